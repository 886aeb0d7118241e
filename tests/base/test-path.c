/* Names of files and folders, and reading a whole file. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[] = "/tmp/test-path-XXXXXX";

static char *in(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", root, name);
    return path;
}

static void same(char *got, const char *expected)
{
    if (expected)
        assert_string_equal(got, expected);
    else
        assert_null(got);
    free(got);
}

static void test_names(void **state)
{
    (void)state;
    same(path_join("a", "b"), "a/b");
    same(path_join("a/", "b"), "a/b");
    same(path_join("/", "b"), "/b");
    same(path_join("", "b"), "/b");
    same(path_folder("a/b"), "a");
    same(path_folder("/b"), "/");
    same(path_folder("b"), ".");
    assert_string_equal(path_base("a/b"), "b");
    assert_string_equal(path_base("b"), "b");
}

static void test_data_home(void **state)
{
    (void)state;
    static const struct {
        const char *xdg, *home, *expected;
    } cases[] = {
        {"/data", "/home/rae", "/data"},
        {NULL, "/home/rae", "/home/rae/.local/share"},
        {"", "/home/rae", "/home/rae/.local/share"},
        {"data", "/home/rae", "/home/rae/.local/share"}, /* where that lies depends on where one is */
        {NULL, NULL, NULL},
        {NULL, "", NULL},
        {NULL, "rae", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cases[i].xdg ? setenv("XDG_DATA_HOME", cases[i].xdg, 1) : unsetenv("XDG_DATA_HOME");
        cases[i].home ? setenv("HOME", cases[i].home, 1) : unsetenv("HOME");
        same(path_data_home(), cases[i].expected);
    }
}

static void not_made(const char *path, const char *because)
{
    char *cause = NULL;
    assert_false(path_make_folder(path, &cause));
    assert_non_null(strstr(cause, because));
    free(cause);
}

static void test_make_folder(void **state)
{
    (void)state;
    struct stat st;
    assert_true(path_make_folder(in("one/two/three"), NULL));
    assert_true(path_make_folder(in("one/two/three"), NULL));
    assert_int_equal(stat(in("one/two"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    int fd = open(in("file"), O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    close(fd);
    not_made(in("file"), "is in the way: it is not a folder.");
    not_made(in("file/below"), "is in the way: it is not a folder.");
    assert_int_equal(symlink("nowhere", in("link")), 0);
    not_made(in("link"), "is in the way: it is not a folder.");
    not_made("/proc/nothing/of/this", "cannot be made");
}

/* What is read from `path`, where that is of at most `most` bytes; or why it is not. */
static void reads(const char *path, size_t most, const char *expected, const char *because)
{
    size_t length = 99;
    char *cause = NULL, *text = path_read(path, most, &length, &cause);
    if (because) {
        assert_null(text);
        assert_non_null(cause);
        assert_non_null(strstr(cause, because));
    } else {
        assert_null(cause);
        assert_int_equal(length, strlen(expected));
    }
    same(text, expected);
    free(cause);
}

static void test_read(void **state)
{
    (void)state;
    FILE *file = fopen(in("words"), "w");
    assert_non_null(file);
    fputs("one two", file);
    assert_int_equal(fclose(file), 0);
    reads(in("words"), 100, "one two", NULL);
    reads(in("words"), 7, "one two", NULL);
    reads(in("words"), 6, NULL, "is longer than the 6 bytes that are allowed.");
    reads(in("none"), 100, NULL, "cannot be read: No such file");
    reads(root, 100, NULL, "is a folder, not a file.");
    reads("/proc/self/mem", 100, NULL, "cannot be read: "); /* it opens, but nothing lies at its beginning */

    int before = dup(STDIN_FILENO), words = open(in("words"), O_RDONLY);
    dup2(words, STDIN_FILENO);
    reads("-", 100, "one two", NULL);
    reads("-", 100, "", NULL); /* it has been read, and is open still */
    int folder = open(root, O_RDONLY);
    dup2(folder, STDIN_FILENO);
    reads("-", 100, NULL, "is a folder, not a file.");
    reads("-", 100, NULL, "is a folder, not a file."); /* what is not ours is not closed */
    close(STDIN_FILENO);
    reads("-", 100, NULL, "cannot be read");
    dup2(before, STDIN_FILENO);
    close(before);
    close(words);
    close(folder);
}

static int begin(void **state)
{
    (void)state;
    return mkdtemp(root) ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    static const char *const made[] = {"words", "link", "file", "one/two/three", "one/two", "one"};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        remove(in(made[i]));
    return rmdir(root);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_data_home),
        cmocka_unit_test(test_make_folder),
        cmocka_unit_test(test_read),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
