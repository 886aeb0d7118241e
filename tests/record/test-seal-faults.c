/* A sealed record, the moving to and fro and the key file, with each system call failing in turn, and with
 * the process killed and the power cut at each: a record is whole in one of its two forms and a second call
 * finishes the moving; some key file opens; and what is sealed is nowhere in the open. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "faults.h"
#include "kit.h"
#include "record/chain.h"
#include "record/draft.h"
#include "record/reseal.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOTES = 2 };

static const char secret[] = "note ", half[] = "half a secret", torn[] = "{\"seq\":4,\"pre";
static char *folder, id[KEY_ID_TEXT];
static bool sealing;

static void told(const char *when, const char *what)
{
    fail_msg("%s: %s", when, what);
}

/* ---- the cases ---- */

/* A record with something half typed and a line set aside, about to be moved. */
static void prepare_moving(void)
{
    const char *path = kit_path("r");
    kit_empty();
    keyring_wipe();
    kit_sample(path, NOTES);
    struct record *record = record_open(path, RECORD_WRITE, NULL);
    draft_keep(record, "home", half);
    record_close(record);
    char *aside = xasprintf("%s.torn", path);
    kit_write(aside, torn, sizeof torn - 1);
    record_close(record_open(path, RECORD_WRITE, NULL)); /* says that it was set aside */
    strcpy(id, kit_protect(sealing ? KEY_SEALING : KEY_OPENING));
    if (!sealing)
        assert_int_equal(record_reseal(path, id, NULL), RESEAL_DONE);
    free(aside);
}

static const char *moved_to(void)
{
    return sealing ? id : NULL;
}

/* Whole, and then wholly moved by a call that nothing happens to. */
static void look_moved(const char *when)
{
    const char *path = kit_path("r");
    char *cause = NULL, *place = NULL;
    for (int again = 0; again < 2; again++) {
        struct record *record = record_open(path, RECORD_WRITE, &cause);
        if (!record)
            told(when, cause);
        if (record_damage(record) || record_torn(record) || record_count(record) != NOTES + 2)
            told(when, "the record is not whole");
        char *text = draft_load(record, &place);
        if (!text || strcmp(text, half) != 0)
            told(when, "what was half typed is lost");
        free(text);
        free(place);
        place = NULL;
        record_close(record);
        if (!again && record_reseal(path, moved_to(), &cause) == RESEAL_FAILED)
            told(when, cause);
    }
    if (record_reseal(path, moved_to(), NULL) != RESEAL_NOTHING)
        told(when, "it was not moved, all of it");
    DIR *files = opendir(folder);
    const struct dirent *item;
    while ((item = readdir(files))) {
        if (item->d_name[0] == '.' || strcmp(item->d_name, "alongside.key") == 0)
            continue;
        size_t length;
        char *file = path_join(folder, item->d_name), *bytes = kit_read(file, &length);
        if (strstr(file, ".new") || strstr(file, "-part"))
            told(when, file);
        if (sealing && (strstr(bytes, secret) || strstr(bytes, half) || strstr(bytes, torn)))
            told(when, "something still lies there in the open");
        if (!sealing && strstr(bytes, "sealed"))
            told(when, "something is still sealed");
        free(bytes);
        free(file);
    }
    closedir(files);
}

static void move_it(void)
{
    record_reseal(kit_path("r"), moved_to(), NULL);
}

/* A key file that is changed; a sealed record that is added to. */
static void prepare_key(void)
{
    kit_empty();
    keyring_wipe();
    strcpy(id, kit_protect(KEY_SEALED));
    kit_sample(kit_path("r"), NOTES);
}

static bool change_key(void)
{
    struct key_file file;
    if (key_file_read(folder, &file, NULL, NULL) != KEY_FOUND)
        return false;
    file.state = KEY_OPENING;
    return key_file_write(folder, &file, keyring_find(id), NULL);
}

static void change_it(void)
{
    if (change_key())
        key_file_settle(folder);
}

static enum key_state key_state(const char *when)
{
    struct key_file file;
    char *cause = NULL, for_new[KEY_ID_TEXT];
    if (key_file_read(folder, &file, NULL, &cause) != KEY_FOUND)
        told(when, cause ? cause : "there is no key file");
    if (!key_file_for_new(folder, for_new, &cause)) /* made by who holds the key */
        told(when, cause);
    return file.state;
}

static void look_key(const char *when)
{
    key_state(when);
    if (!change_key() || key_state(when) != KEY_OPENING)
        told(when, "it cannot be written again");
    key_file_settle(folder);
    if (key_state(when) != KEY_OPENING)
        told(when, "the new one is not there");
}

static void remove_it(void)
{
    key_file_remove(folder, NULL);
}

/* Taken away, or all of it as good as before. */
static void look_removed(const char *when)
{
    struct key_file file;
    char *cause = NULL;
    if (key_file_read(folder, &file, NULL, &cause) == KEY_BROKEN)
        told(when, cause);
    if (!key_file_remove(folder, &cause))
        told(when, cause);
    if (key_file_read(folder, &file, NULL, NULL) != KEY_NONE)
        told(when, "it is still there");
}

static void prepare_remove(void)
{
    prepare_key();
    assert_true(change_key()); /* one from before is there too */
    assert_true(kit_exists(kit_path("alongside.key.bak")));
}

static const struct {
    const char *name;
    bool sealing;
    void (*prepare)(void), (*act)(void), (*look)(const char *when);
    int least; /* calls, so that a test that does nothing is noticed */
} cases[] = {
    {"sealing", true, prepare_moving, move_it, look_moved, 40},
    {"opening", false, prepare_moving, move_it, look_moved, 40},
    {"key file", true, prepare_key, change_it, look_key, 10},
    {"key file away", true, prepare_remove, remove_it, look_removed, 6},
};
enum { CASES = sizeof cases / sizeof *cases };

static int setup(void **state)
{
    (void)state;
    free(folder);
    folder = path_folder(kit_path("r"));
    return 0;
}

/* ---- the same again and again ---- */

/* The files as they were prepared, put back without the syncs that making them takes. */
static struct {
    char *name, *bytes;
    size_t length;
} kept[8];
static int kept_count;

static void keep(void)
{
    DIR *files = opendir(folder);
    const struct dirent *item;
    for (; kept_count > 0; kept_count--) {
        free(kept[kept_count - 1].name);
        free(kept[kept_count - 1].bytes);
    }
    while ((item = readdir(files))) {
        if (item->d_name[0] == '.')
            continue;
        assert_true(kept_count < 8);
        kept[kept_count].name = path_join(folder, item->d_name);
        kept[kept_count].bytes = kit_read(kept[kept_count].name, &kept[kept_count].length);
        kept_count++;
    }
    closedir(files);
}

static void begin(int i)
{
    sealing = cases[i].sealing;
    cases[i].prepare();
    keep();
}

static void begin_again(void)
{
    kit_empty();
    for (int i = 0; i < kept_count; i++)
        kit_write(kept[i].name, kept[i].bytes, kept[i].length);
}

/* ---- failing ---- */

static void test_faults(void **state)
{
    (void)state;
    static const int errors[] = {0, EIO};
    for (int i = 0; i < CASES; i++) {
        int runs = 0;
        begin(i);
        for (const char *call = FAULT_CALLS; *call; call++) {
            for (int e = 0; e < 4; e++) {
                bool hit = true;
                if (errors[e / 2] == 0 && *call != 'w')
                    continue;
                for (int nth = 1; hit; nth++, runs++) {
                    char when[100];
                    snprintf(when, sizeof when, "%s: call %c, number %d, errno %d%s", cases[i].name, *call,
                             nth, errors[e / 2], e % 2 ? ", always" : "");
                    begin_again();
                    faults_begin((struct fault){*call, nth, errors[e / 2], e % 2});
                    cases[i].act();
                    hit = faults_end();
                    cases[i].look(when);
                }
            }
        }
        assert_true(runs > cases[i].least);
    }
}

/* What fails is said, once, and what is said to be done is done. */
static void test_faults_said(void **state)
{
    (void)state;
    int failed = 0;
    for (int way = 0; way < 2; way++) {
        begin(way);
        bool hit = true;
        for (int nth = 1; hit; nth++) {
            char *cause = NULL;
            begin_again();
            faults_begin((struct fault){.nth = nth, .error = EIO});
            enum reseal result = record_reseal(kit_path("r"), moved_to(), &cause);
            hit = faults_end();
            assert_int_equal(result == RESEAL_FAILED, cause != NULL);
            assert_int_not_equal(result, RESEAL_NOTHING);
            failed += result == RESEAL_FAILED;
            if (result == RESEAL_DONE)
                assert_int_equal(record_reseal(kit_path("r"), moved_to(), NULL), RESEAL_NOTHING);
            free(cause);
        }
    }
    assert_true(failed > 60);
}

/* ---- killed ---- */

static bool killed(void (*act)(void), int nth, enum crash when, bool power)
{
    pid_t child = fork();
    if (child == 0) {
        faults_crash(nth, when, power);
        act();
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status),
                     WIFSIGNALED(status) ? SIGKILL : 0);
    return WIFSIGNALED(status);
}

static void kill_everywhere(bool power)
{
    for (int i = 0; i < CASES; i++) {
        int kills = 0;
        begin(i);
        /* After one call is before the next. */
        for (int when = CRASH_BEFORE; when <= (power ? CRASH_BEFORE : CRASH_HALFWAY); when++) {
            bool was_killed = true;
            for (int nth = 1; was_killed || (when == CRASH_HALFWAY && nth < cases[i].least); nth++) {
                char what[100];
                snprintf(what, sizeof what, "%s: %s %s call %d", cases[i].name,
                         power ? "power cut" : "killed", when == CRASH_BEFORE ? "before" : "in the middle of",
                         nth);
                begin_again();
                was_killed = killed(cases[i].act, nth, (enum crash)when, power);
                cases[i].look(what);
                kills += was_killed;
            }
        }
        assert_true(kills > cases[i].least);
    }
}

static void test_kill(void **state)
{
    (void)state;
    kill_everywhere(false);
}

static void test_power(void **state)
{
    (void)state;
    kill_everywhere(true);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_faults, setup),
        cmocka_unit_test_setup(test_faults_said, setup),
        cmocka_unit_test_setup(test_kill, setup),
        cmocka_unit_test_setup(test_power, setup),
    };
    return cmocka_run_group_tests_name("seal-faults", tests, NULL, NULL);
}
