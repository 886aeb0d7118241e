/* Gathering: the same whatever reads it and however many; what is broken stops nothing; it can be stopped,
 * waited for and polled. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "review/cases.h"
#include "review/gather.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *folder;

static int setup(void **state)
{
    (void)state;
    cases_clock = 3600;
    folder = cases_begin(NULL);
    return 0;
}

static void test_threads(void **state)
{
    (void)state;
    assert_true(cases_count() > 50);
    for (int threads = 0; threads <= 9; threads += 3) {
        for (int no_index = 1; no_index >= 0; no_index--) {
            size_t from_index;
            struct collection *c = cases_gather(no_index, threads, &from_index);
            cases_same(c);
            assert_int_equal(collection_broken(c), 0);
            assert_int_equal(from_index, no_index || threads == 0 ? 0 : cases_count());
            collection_free(c);
        }
    }
}

static void put(const char *name, const char *bytes, size_t length)
{
    char *path = cases_path(name);
    cases_write(path, bytes, length);
    free(path);
}

static const char *why(const struct collection *c, const char *name)
{
    for (size_t i = 0; i < collection_count(c); i++) {
        const struct source *source = collection_at(c, i);
        if (strcmp(path_base(source->path), name) == 0)
            return digest_text_of(source->digest, source->digest->broken);
    }
    return "it is not there";
}

static void test_broken(void **state)
{
    (void)state;
    size_t length;
    char *path = cases_path("parked.jsonl"), *sound = cases_read(path, &length);
    free(path);
    char *changed = xmalloc(length + 1);
    memcpy(changed, sound, length + 1);
    strstr(changed, "tenancy")[0] = 'T';
    put("x-changed.jsonl", changed, length);
    put("x-cut.jsonl", sound, 40);
    put("x-empty.jsonl", "", 0);
    put("x-no-json.jsonl", "these are only words\n", 21);
    put("x-zeros.jsonl", "\0\0\0\0\n\0\0", 7);
    put("x-sealed.jsonl",
        "{\"sealed\":1,\"seq\":1,\"record\":\"01JD0000000000000000000000\",\"key\":\"0123456789"
        "abcdef0123456789abcdef\",\"box\":\"AAAA\"}\n",
        114);
    put("x-newer.jsonl", "{\"seq\":1,\"event\":\"opened\",\"format\":9}\n", 38);
    put(".hidden.jsonl", "nothing", 7);
    put("x-no-record.txt", "nothing", 7);
    char *directory = cases_path("x-folder.jsonl"), *fifo = cases_path("x-fifo.jsonl"),
         *nowhere = cases_path("x-nowhere.jsonl");
    assert_int_equal(mkdir(directory, 0700), 0);
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(symlink("not-there", nowhere), 0);
    size_t from_index;
    for (int round = 0; round < 2; round++) {
        struct collection *c = cases_gather(false, 0, &from_index);
        cases_same(c);
        assert_int_equal(collection_count(c), cases_count() + 10);
        assert_int_equal(collection_broken(c), 10);
        assert_int_equal(from_index, round ? cases_count() : 0);
        static const char *const whys[][2] = {
            {"x-changed.jsonl", "its hash does not match"},
            {"x-cut.jsonl", "cut off inside its first line"},
            {"x-empty.jsonl", "is empty"},
            {"x-no-json.jsonl", "not a record"},
            {"x-zeros.jsonl", "not a record"},
            {"x-sealed.jsonl", "is sealed"},
            {"x-newer.jsonl", "newer version"},
            {"x-folder.jsonl", "is a folder"},
            {"x-fifo.jsonl", "no file"},
            {"x-nowhere.jsonl", "No such file"},
        };
        for (size_t i = 0; i < sizeof whys / sizeof *whys; i++) {
            if (!strstr(why(c, whys[i][0]), whys[i][1]))
                fail_msg("%s: %s, not %s", whys[i][0], why(c, whys[i][0]), whys[i][1]);
        }
        collection_free(c);
    }
    free(directory);
    free(fifo);
    free(nowhere);
    free(changed);
    free(sound);
}

static size_t gathered(const char *const *paths, size_t count)
{
    char *cause = NULL;
    struct gather *gather = gather_begin(paths, count, NULL, &cause);
    if (!gather)
        fail_msg("%s", cause);
    struct collection *c = collection_new();
    while (gather_running(gather)) {
        gather_wait(gather, -1);
        gather_take(gather, c);
    }
    size_t found = collection_count(c);
    collection_free(c);
    gather_free(gather);
    return found;
}

/* Folders, files, each named in several ways. */
static void test_paths(void **state)
{
    (void)state;
    char *dotted = xasprintf("%s/./", folder), *one = cases_path(cases_name(0)),
         *same = xasprintf("%s/../%s/%s", folder, path_base(folder), cases_name(0)),
         *other = cases_path(cases_name(1)), *missing = cases_path("missing.jsonl"),
         *no_folder = cases_path("no-folder");
    size_t all = cases_count();
    assert_int_equal(gathered((const char *const[]){folder}, 1), all);
    assert_int_equal(gathered((const char *const[]){folder, dotted, folder}, 3), all);
    assert_int_equal(gathered((const char *const[]){one, folder, same}, 3), all);
    assert_int_equal(gathered((const char *const[]){one}, 1), 1);
    assert_int_equal(gathered((const char *const[]){one, same, one}, 3), 1);
    assert_int_equal(gathered((const char *const[]){one, other, same}, 3), 2);
    assert_int_equal(gathered((const char *const[]){no_folder}, 1), 0);
    assert_int_equal(gathered(NULL, 0), 0);
    char *cause = NULL;
    assert_null(gather_begin((const char *const[]){folder, missing}, 2, NULL, &cause));
    assert_non_null(strstr(cause, "missing.jsonl"));
    free(cause);
    free(no_folder);
    free(missing);
    free(other);
    free(same);
    free(one);
    free(dotted);
}

static bool can_be_read(int fd)
{
    struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
    return poll(&poll_fd, 1, 0) == 1;
}

static void test_poll(void **state)
{
    (void)state;
    struct gather *gather = gather_begin(&folder, 1, NULL, NULL);
    struct collection *c = collection_new();
    while (gather_running(gather)) {
        struct pollfd fd = {.fd = gather_fd(gather), .events = POLLIN};
        assert_int_equal(poll(&fd, 1, -1), 1);
        gather_take(gather, c);
    }
    assert_int_equal(collection_count(c), cases_count());
    assert_false(gather_wait(gather, -1));
    assert_false(gather_wait(gather, 5));
    assert_int_equal(gather_take(gather, c), 0);
    assert_false(can_be_read(gather_fd(gather)));
    gather_free(gather);
    collection_free(c);
}

/* Stopped at once, and after some: what is there by then is sound, the rest is read the next time. */
static void test_stop(void **state)
{
    (void)state;
    size_t from_index;
    for (size_t after = 0; after < 40; after += 13) {
        struct gather *gather = gather_begin(&folder, 1, &(struct gather_options){.threads = 1}, NULL);
        struct collection *c = collection_new();
        while (collection_count(c) < after && gather_running(gather)) {
            gather_wait(gather, -1);
            gather_take(gather, c);
        }
        gather_stop(gather);
        while (gather_running(gather)) {
            gather_wait(gather, -1);
            gather_take(gather, c);
        }
        size_t done, total;
        gather_progress(gather, &done, &total, &from_index);
        assert_int_equal(done, collection_count(c));
        assert_int_equal(total, cases_count());
        assert_true(done >= after);
        gather_stop(gather);
        gather_free(gather);
        collection_free(c);
        c = cases_gather(false, 0, &from_index);
        cases_same(c);
        assert_true(from_index >= done);
        collection_free(c);
    }
    /* Freed without anything being taken. */
    gather_free(gather_begin(&folder, 1, NULL, NULL));
    gather_free(NULL);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_threads, setup), cmocka_unit_test_setup(test_broken, setup),
        cmocka_unit_test_setup(test_paths, setup),   cmocka_unit_test_setup(test_poll, setup),
        cmocka_unit_test_setup(test_stop, setup),
    };
    return cmocka_run_group_tests_name("review/test-gather", tests, NULL, NULL);
}
