/* What the process does for itself first, and which swap it warns of. */
#include "check.h"

#include "base/guard.h"
#include "base/mem.h"
#include "base/path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the process ---- */

/* In a child of its own: 0, or which of it does not hold. */
static int guarded(void)
{
    for (int fd = 0; fd < 3; fd++)
        close(fd);
    guard_process();
    for (int fd = 0; fd < 3; fd++) {
        if (fcntl(fd, F_GETFD) < 0)
            return 1;
    }
    char c = 'x';
    if (read(0, &c, 1) >= 0 || write(1, &c, 1) >= 0 || write(2, &c, 1) >= 0)
        return 2; /* what was closed is as unusable as it was */
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_cur != 0 || limit.rlim_max != 0)
        return 3;
    if (umask(0) != 077)
        return 4;
#if !defined __SANITIZE_ADDRESS__ && !defined __clang__
    if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0)
        return 5;
#endif
    return 0;
}

static void test_process(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0)
        _exit(guarded());
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* What is open stays what it is. */
static void test_open_stays(void **state)
{
    (void)state;
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(told[1], 1);
        close(0);
        guard_process();
        _exit(write(1, "x", 1) != 1);
    }
    int status;
    char c = ' ';
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(read(told[0], &c, 1), 1);
    assert_int_equal(c, 'x');
    close(told[0]);
    close(told[1]);
}

/* ---- swap ---- */

static char root[] = "/tmp/test-guard-XXXXXX";

#define HEAD "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
#define LUKS "CRYPT-LUKS2-0123-swap\n"

/* Files of a tree as "path", "text", …; a path that ends in a slash is a folder. FILE_DEVICE stands for the
 * folder in sys of the device that the tree itself lies on. */
#define FILE_DEVICE "*"
static const struct {
    const char *what, *swaps;
    const char *tree[8];
    const char *warns; /* of which area; NULL: of none */
} cases[] = {
    {"no list of swap", NULL, {0}, NULL},
    {"none", HEAD, {0}, NULL},
    {"a partition",
     HEAD "/dev/sda3 partition\t100\t0\t-2\n",
     {"sys/class/block/sda3/size", "8\n"},
     "/dev/sda3"},
    {"one that sys does not know", HEAD "/dev/sda3 partition 100 0 -2\n", {0}, "/dev/sda3"},
    {"encrypted", HEAD "/dev/dm-1 partition 100 0 -2\n", {"sys/class/block/dm-1/dm/uuid", LUKS}, NULL},
    {"encrypted with a key of its own each day",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "CRYPT-PLAIN-swap\n"},
     NULL},
    {"checked, not encrypted",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "CRYPT-INTEGRITY-x\n"},
     "/dev/dm-1"},
    {"only called so",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "LVM-CRYPT-LUKS2\n"},
     "/dev/dm-1"},
    {"a volume on an encrypted disk",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "LVM-abc\n", "sys/class/block/dm-1/slaves/dm-0/dm/uuid", LUKS},
     NULL},
    {"a volume on an open disk",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "LVM-abc\n", "sys/class/block/dm-1/slaves/sda2/size", "8\n"},
     "/dev/dm-1"},
    {"a volume on two disks, one of them open",
     HEAD "/dev/dm-1 partition 100 0 -2\n",
     {"sys/class/block/dm-1/dm/uuid", "LVM-abc\n", "sys/class/block/dm-1/slaves/dm-0/dm/uuid", LUKS,
      "sys/class/block/dm-1/slaves/sda2/size", "8\n"},
     "/dev/dm-1"},
    {"memory",
     HEAD "/dev/zram0 partition 100 0 100\n",
     {"sys/class/block/zram0/backing_dev", "none\n"},
     NULL},
    {"memory, of an older kernel", HEAD "/dev/zram0 partition 100 0 100\n", {0}, NULL},
    {"memory that is written on",
     HEAD "/dev/zram0 partition 100 0 100\n",
     {"sys/class/block/zram0/backing_dev", "/dev/sda4\n"},
     "/dev/zram0"},
    {"a file on an open disk", HEAD "/swapfile file 100 0 -2\n", {"swapfile", ""}, "/swapfile"},
    {"a file on an encrypted disk",
     HEAD "/swapfile file 100 0 -2\n",
     {"swapfile", "", FILE_DEVICE "/dm/uuid", LUKS},
     NULL},
    {"a file with a blank in its name",
     HEAD "/swap\\040file file 100 0 -2\n",
     {"swap file", "", FILE_DEVICE "/dm/uuid", LUKS},
     NULL},
    {"a file that is gone", HEAD "/swap\\040(deleted) file 100 0 -2\n", {0}, "/swap (deleted)"},
    {"memory first, then a partition",
     HEAD "/dev/zram0 partition 100 0 100\n/dev/sda3 partition 100 0 -2\n",
     {0},
     "/dev/sda3"},
    {"a name that would write to the terminal", HEAD "/dev/\\033[2J partition 100 0 -2\n", {0}, "[2J"},
    {"a list that ends early", HEAD "/dev/sda3", {0}, NULL},
};

static void put(const char *name, const char *text)
{
    char device[64], *path;
    struct stat st;
    assert_int_equal(stat(root, &st), 0);
    snprintf(device, sizeof device, "sys/dev/block/%u:%u", major(st.st_dev), minor(st.st_dev));
    path = name[0] == '*' ? xasprintf("%s/%s%s", root, device, name + 1) : xasprintf("%s/%s", root, name);
    char *folder = path_folder(path), *cause = NULL;
    assert_true(path_make_folder(folder, &cause));
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    free(folder);
    free(path);
}

static void clear(void)
{
    char *command = xasprintf("rm -rf %s/proc %s/sys %s/swap*", root, root, root);
    assert_int_equal(system(command), 0);
    free(command);
}

static void test_swap(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(root));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cases[i].swaps)
            put("proc/swaps", cases[i].swaps);
        for (size_t k = 0; k < sizeof cases[i].tree / sizeof *cases[i].tree && cases[i].tree[k]; k += 2)
            put(cases[i].tree[k], cases[i].tree[k + 1]);
        char *warning = guard_swap_warning_in(root);
        if (cases[i].warns ? !warning || !strstr(warning, cases[i].warns) : warning != NULL)
            fail_msg("%s: %s", cases[i].what, warning ? warning : "no warning");
        if (warning)
            assert_null(strchr(warning, '\033'));
        free(warning);
        clear();
    }
    assert_int_equal(rmdir(root), 0);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_process),
        cmocka_unit_test(test_open_stays),
        cmocka_unit_test(test_swap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
