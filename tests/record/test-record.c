/* A record from making to opening again: locks, damage, what is refused, and what is kept. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "faults.h"
#include "kit.h"
#include "record/chain.h"
#include "record/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int setup(void **state)
{
    (void)state;
    kit_path("r");
    kit_empty();
    return 0;
}

static void not_opened(const char *path, enum record_mode mode, const char *wanted)
{
    char *cause = NULL;
    struct record *record = record_open(path, mode, &cause);
    assert_null(record);
    if (!strstr(cause, wanted))
        fail_msg("%s, not %s", cause, wanted);
    free(cause);
}

static void not_appended(struct record *record, const char *wanted)
{
    char *cause = NULL;
    size_t count = record_count(record);
    assert_int_equal(kit_append(record, 99, &cause), RECORD_NOT_SAVED);
    assert_int_equal(record_count(record), count);
    if (!strstr(cause, wanted))
        fail_msg("%s, not %s", cause, wanted);
    free(cause);
}

static void test_round(void **state)
{
    (void)state;
    struct record *record = kit_create();
    struct stat st;
    assert_int_equal(stat(kit_path("r"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_string_equal(record_id(record), "01JD0000000000000000000000");
    assert_string_equal(record_path(record), kit_path("r"));
    for (int n = 1; n <= 20; n++) {
        assert_int_equal(kit_append(record, n, NULL), RECORD_SAVED);
        assert_int_equal(record_event(record, (size_t)n)->seq, n + 1);
    }
    char head[RECORD_HASH_TEXT];
    strcpy(head, record_head(record));
    record_close(record);
    for (int mode = RECORD_READ; mode <= RECORD_WRITE; mode++) {
        record = kit_reopen((enum record_mode)mode);
        assert_null(record_damage(record));
        assert_int_equal(record_torn(record), 0);
        assert_int_equal(record_count(record), 21);
        assert_string_equal(record_head(record), head);
        for (int n = 1; n <= 20; n++)
            assert_int_equal(kit_notes(record, n), 1);
        if (mode == RECORD_READ)
            not_appended(record, "opened for reading only");
        else
            assert_null(record_read_only(record));
        record_close(record);
    }
    record = kit_reopen(RECORD_WRITE);
    assert_int_equal(kit_append(record, 21, NULL), RECORD_SAVED);
    record_close(record);
    record = kit_reopen(RECORD_READ);
    assert_int_equal(record_count(record), 22);
    record_close(record);
}

/* What is appended is in the file as soon as it is said to be, one line each; and what memory holds is what
 * is read. */
static void test_lines(void **state)
{
    (void)state;
    struct record *record = kit_create();
    json_t *note = kit_note(1);
    json_object_set_new(note, "seq", json_integer(77));
    json_object_set_new(note, "hash", json_string("mine"));
    assert_int_equal(record_append(record, note, NULL), RECORD_SAVED);
    assert_null(json_object_get(record_event(record, 1)->body, "hash"));
    assert_int_equal(json_object_size(note), 5); /* the caller's own is as it was */
    json_decref(note);
    size_t length;
    char *text = kit_read(kit_path("r"), &length);
    char *second = strchr(text, '\n') + 1;
    assert_memory_equal(second, "{\"seq\":2,\"prev\":\"", 17);
    assert_string_equal(strchr(second, '\n'), "\n");
    struct record *read = record_from_text(text, length, NULL);
    assert_non_null(read);
    for (size_t i = 0; i < 2; i++)
        assert_true(json_equal(record_event(read, i)->body, record_event(record, i)->body));
    record_close(read);
    free(text);
    record_close(record);
}

/* The order of calls is what saving rests on: looked at, one write, a sync, nothing else. */
/* The calls that make a new file here: without a name until it is whole, where the file system knows such. */
static const char *making(void)
{
    int fd = open("/tmp", O_TMPFILE | O_RDWR, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0 ? "owsls" : "oowss";
}

static void trace_is(const char *wanted)
{
    assert_string_equal(faults_trace(), wanted);
}

static void test_order(void **state)
{
    (void)state;
    char *wanted = xasprintf("oo" /* is there a key file, or one from before? */
                             "of%s" /* the folder, its kind, the file */,
                             making());
    json_t *opened = kit_opened();
    faults_begin((struct fault){0});
    struct record *record = record_create(kit_path("r"), opened, NULL);
    faults_end();
    trace_is(wanted);
    free(wanted);
    json_decref(opened);
    faults_begin((struct fault){0});
    assert_int_equal(kit_append(record, 1, NULL), RECORD_SAVED);
    faults_end();
    assert_string_equal(faults_trace(), "apwd");
    record_close(record);
    FILE *file = fopen(kit_path("r"), "ab");
    fputs("{\"seq\":3,", file);
    fclose(file);
    faults_begin((struct fault){0});
    record = kit_reopen(RECORD_WRITE);
    faults_end();
    wanted = xasprintf("oofp"  /* read */
                       "oo"    /* is there a key file, by which it would have to be sealed? */
                       "o"     /* nothing set aside yet */
                       "ppu%s" /* what is torn: read, twice; no half one there; made, written, synced */
                       "lus"   /* given its name, and that synced */
                       "tsp"   /* only now cut off */
                       "opop"  /* does the record say so? */
                       "apwd"  /* now it does */
                       "o",    /* nothing else set aside */
                       making());
    trace_is(wanted);
    free(wanted);
    record_close(record);
}

static void test_create_refused(void **state)
{
    (void)state;
    kit_write(kit_path("r"), "mine\n", 5);
    json_t *opened = kit_opened(), *note = kit_note(1);
    char *cause = NULL;
    assert_null(record_create(kit_path("r"), opened, &cause));
    assert_non_null(strstr(cause, "File exists"));
    free(cause);
    size_t length;
    char *text = kit_read(kit_path("r"), &length);
    assert_string_equal(text, "mine\n");
    free(text);
    kit_empty();

    assert_int_equal(symlink(kit_path("other"), kit_path("r")), 0);
    assert_null(record_create(kit_path("r"), opened, NULL)); /* nor through a link to nowhere */
    assert_false(kit_exists(kit_path("other")));
    kit_empty();

    assert_null(record_create(kit_path("r"), note, &cause));
    assert_non_null(strstr(cause, "“opened”"));
    free(cause);
    json_object_set_new(opened, "format", json_integer(2));
    assert_null(record_create(kit_path("r"), opened, NULL));
    assert_false(kit_exists(kit_path("r")));
    assert_null(record_create("/nowhere/at/all", opened, &cause));
    free(cause);
    json_decref(opened);
    json_decref(note);
}

static void test_open_refused(void **state)
{
    (void)state;
    const char *path = kit_path("r");
    not_opened(path, RECORD_READ, "cannot be opened");
    not_opened("/tmp", RECORD_READ, "is a folder");
    not_opened("/dev/null", RECORD_READ, "no file");
    assert_int_equal(mkfifo(path, 0600), 0);
    not_opened(path, RECORD_READ, "no file");
    kit_empty();
    kit_write(kit_path("other"), "x\n", 2);
    assert_int_equal(symlink(kit_path("other"), path), 0);
    not_opened(path, RECORD_WRITE, "is a link");
    kit_empty();
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        {"", "is empty"},
        {"{\"seq\":1", "cut off inside its first line"},
        {"hello\n", "not a record that can be read: line 1"},
        {"{\"event\":\"opened\",\"format\":2,\"anything\":\"else\"}\n",
         "newer version of Alongside. Its format is 2"},
        {"{\"sealed\":1,\"seq\":1,\"box\":\"AAAA\"}\n", "it is sealed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int mode = RECORD_READ; mode <= RECORD_WRITE; mode++) {
            size_t length;
            kit_write(path, cases[i].text, strlen(cases[i].text));
            not_opened(path, (enum record_mode)mode, cases[i].wanted);
            char *text = kit_read(path, &length);
            assert_string_equal(text, cases[i].text);
            free(text);
        }
        char *cause = NULL;
        assert_null(record_from_text(cases[i].text, strlen(cases[i].text), &cause));
        assert_non_null(strstr(cause, cases[i].wanted));
        free(cause);
    }
    kit_write(path, "x", 1);
    assert_int_equal(truncate(path, 300L * 1024 * 1024), 0);
    not_opened(path, RECORD_READ, "too large");
}

/* A whole record of a newer format, its hashes right, is not opened either. */
static void test_newer(void **state)
{
    (void)state;
    const char *start =
        "{\"seq\":1,\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"at\":\"2026-11-21T10:02:11Z\",\"by\":\"practitioner\",\"event\":\"opened\",\"format\":2,"
        "\"record\":\"01\",\"form\":{}";
    char hash[RECORD_HASH_TEXT];
    chain_hash(start, strlen(start), hash);
    char *text = xasprintf("%s,\"hash\":\"%s\"}\n", start, hash), *cause = NULL;
    assert_null(record_from_text(text, strlen(text), &cause));
    assert_non_null(strstr(cause, "newer version"));
    free(cause);
    free(text);
}

/* What a newer version of the same format may have written is kept, shown and gone on from. */
static void test_unknown(void **state)
{
    (void)state;
    struct record *record = kit_create();
    json_t *object = json_pack("{ss ss ss}", "by", "together", "event", "danced", "to", "a \"new\" song");
    assert_int_equal(record_append(record, object, NULL), RECORD_SAVED);
    json_decref(object);
    assert_int_equal(kit_append(record, 1, NULL), RECORD_SAVED);
    record_close(record);
    record = kit_reopen(RECORD_WRITE);
    assert_null(record_damage(record));
    const struct event *event = record_event(record, 1);
    assert_int_equal(event->kind, EVENT_UNKNOWN);
    assert_int_equal(event->by, TOGETHER);
    assert_string_equal(event_text(event, "to"), "a \"new\" song");
    record_close(record);
}

static void test_bounds(void **state)
{
    (void)state;
    struct record *record = kit_create();
    static char words[RECORD_MOST_LINE + 1];
    memset(words, 'a', sizeof words - 1);
    json_t *note = kit_note(1);
    json_object_set_new(note, "text", json_string(words));
    char *cause = NULL;
    assert_int_equal(record_append(record, note, &cause), RECORD_NOT_SAVED);
    assert_non_null(strstr(cause, "longer than the 65536 bytes"));
    free(cause);
    /* the longest that fits, and one byte more */
    words[1] = '\0';
    json_object_set_new(note, "text", json_string(words));
    assert_int_equal(record_append(record, note, NULL), RECORD_SAVED);
    size_t length;
    char *text = kit_read(kit_path("r"), &length);
    size_t rest = RECORD_MOST_LINE - strlen(strchr(text, '\n') + 2);
    free(text);
    words[1] = 'a';
    words[rest + 1] = '\0';
    words[rest + 1] = 'a';
    words[rest + 2] = '\0';
    json_object_set_new(note, "text", json_string(words));
    assert_int_equal(record_append(record, note, NULL), RECORD_NOT_SAVED);
    words[rest + 1] = '\0';
    json_object_set_new(note, "text", json_string(words));
    assert_int_equal(record_append(record, note, NULL), RECORD_SAVED);
    json_decref(note);
    /* a line with a form in it may be longer */
    words[rest + 1] = 'a';
    json_t *upgraded =
        json_pack("{ss ss s{ss}}", "by", "practitioner", "event", "upgraded", "form", "text", words);
    assert_int_equal(record_append(record, upgraded, NULL), RECORD_SAVED);
    json_decref(upgraded);
    assert_int_equal(kit_append(record, 2, NULL), RECORD_SAVED);
    record_close(record);
    record = kit_reopen(RECORD_READ);
    assert_null(record_damage(record));
    assert_int_equal(record_count(record), 5);
    record_close(record);
}

/* An event of the wrong shape is not written: it could not be read again. */
static void test_shape(void **state)
{
    (void)state;
    struct record *record = kit_create();
    json_t *object = json_pack("{ss ss}", "by", "service_user", "event", "answered");
    char *cause = NULL;
    assert_int_equal(record_append(record, object, &cause), RECORD_NOT_SAVED);
    assert_string_equal(cause, "This cannot be saved: “answered” needs “question”: the question's name.");
    free(cause);
    json_decref(object);
    json_t *opened = kit_opened();
    assert_int_equal(record_append(record, opened, NULL), RECORD_NOT_SAVED);
    json_decref(opened);
    assert_int_equal(kit_append(record, 1, NULL), RECORD_SAVED);
    record_close(record);
}

/* ---- one writer ---- */

static void test_second_writer(void **state)
{
    (void)state;
    int ready[2], done[2];
    char c = 0;
    assert_int_equal(pipe(ready) | pipe(done), 0);
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* as the program does: its name is told all the same */
        struct record *record = kit_create();
        kit_append(record, 1, NULL);
        if (write(ready[1], &c, 1) != 1 || read(done[0], &c, 1) < 0)
            _exit(1);
        record_close(record);
        _exit(0);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    char who[64];
    snprintf(who, sizeof who, "open in another Alongside (process %d)", (int)child);
    not_opened(kit_path("r"), RECORD_WRITE, who);
    struct record *record = kit_reopen(RECORD_READ);
    assert_int_equal(record_count(record), 2);
    assert_non_null(strstr(record_read_only(record), who));
    not_appended(record, who);
    record_close(record);
    assert_int_equal(write(done[1], &c, 1), 1);
    int status;
    waitpid(child, &status, 0);
    assert_int_equal(status, 0);
    record = kit_reopen(RECORD_WRITE);
    assert_int_equal(kit_append(record, 2, NULL), RECORD_SAVED);
    record_close(record);
    close(ready[0]);
    close(ready[1]);
    close(done[0]);
    close(done[1]);
}

/* The lock is the open file's: opening and closing it once more for reading does not give it up. */
static void test_lock_lasts(void **state)
{
    (void)state;
    struct record *record = kit_create();
    record_close(kit_reopen(RECORD_READ));
    not_opened(kit_path("r"), RECORD_WRITE, "open in another program");
    record_close(record);
    record_close(kit_reopen(RECORD_WRITE));
}

/* ---- somebody else's hand ---- */

static void test_astray(void **state)
{
    (void)state;
    const char *path = kit_path("r");
    for (int how = 0; how < 5; how++) {
        kit_empty();
        struct record *record = kit_create();
        assert_int_equal(kit_append(record, 1, NULL), RECORD_SAVED);
        size_t length;
        char *text = kit_read(path, &length);
        const char *wanted = "changed";
        if (how == 0) {
            wanted = "taken away";
            assert_int_equal(unlink(path), 0);
        } else if (how == 1) {
            wanted = "replaced"; /* by the very same text, even: the lock is on the other one */
            kit_write(kit_path("other"), text, length);
            assert_int_equal(rename(kit_path("other"), path), 0);
        } else if (how == 2) {
            assert_int_equal(truncate(path, (off_t)length - 1), 0);
        } else if (how == 3) {
            FILE *file = fopen(path, "ab");
            fputc('x', file);
            fclose(file);
        } else {
            text[length - 10] ^= 1;
            FILE *file = fopen(path, "r+b");
            fwrite(text, 1, length, file);
            fclose(file);
            text[length - 10] ^= 1;
        }
        faults_begin((struct fault){0});
        not_appended(record, wanted);
        faults_end();
        assert_null(strchr(faults_trace(), 'w'));
        /* what we have is whole all the same, and goes on in another place */
        assert_true(record_rescue(record, kit_path("new"), NULL));
        assert_string_equal(record_path(record), kit_path("new"));
        assert_int_equal(kit_append(record, 2, NULL), RECORD_SAVED);
        record_close(record);
        record = record_open(kit_path("new"), RECORD_READ, NULL);
        assert_null(record_damage(record));
        assert_int_equal(kit_notes(record, 1) + kit_notes(record, 2), 2);
        record_close(record);
        free(text);
    }
}

/* ---- lines moved, dropped, doubled, swapped ---- */

static void damaged(const char *lines[], const char *wanted)
{
    struct strbuf text = STRBUF_INIT;
    for (int i = 0; lines[i]; i++)
        strbuf_add(&text, lines[i]);
    for (int way = 0; way < 3; way++) {
        struct record *record;
        if (way == 2) {
            record = record_from_text(text.text, text.length, NULL);
        } else {
            kit_write(kit_path("r"), text.text, text.length);
            record = record_open(kit_path("r"), (enum record_mode)way, NULL);
        }
        assert_non_null(record);
        if (!wanted) {
            assert_null(record_damage(record));
        } else {
            if (!record_damage(record) || !strstr(record_damage(record), wanted))
                fail_msg("%s, not %s", record_damage(record), wanted);
            assert_non_null(record_read_only(record));
            size_t length;
            if (way < 2) {
                not_appended(record, "Nothing can be added");
                char *now = kit_read(kit_path("r"), &length);
                assert_string_equal(now, text.text); /* never repaired */
                free(now);
                char *cause = NULL;
                assert_false(record_rescue(record, kit_path("new"), &cause));
                free(cause);
            }
        }
        record_close(record);
    }
    strbuf_release(&text);
}

static void test_moved(void **state)
{
    (void)state;
    kit_sample(kit_path("r"), 4);
    size_t length;
    char *text = kit_read(kit_path("r"), &length), *l[5];
    char *at = text;
    for (int i = 0; i < 5; i++) {
        char *end = strchr(at, '\n') + 1;
        l[i] = xstrndup(at, (size_t)(end - at));
        at = end;
    }
    damaged((const char *[]){l[0], l[1], l[2], l[3], l[4], NULL}, NULL);
    damaged((const char *[]){l[0], l[2], l[3], l[4], NULL}, "line 2: it says that it is line 3");
    damaged((const char *[]){l[0], l[1], l[1], l[2], NULL}, "line 3: it says that it is line 2");
    damaged((const char *[]){l[0], l[1], l[3], l[2], l[4], NULL}, "line 3: it says that it is line 4");
    damaged((const char *[]){l[0], l[1], "\n", l[2], NULL}, "line 3: it does not end in its hash");
    damaged((const char *[]){l[0], l[1], "{\"seq\":3}\n", NULL},
            "line 3: it does not end in its hash"); /* the last */
    damaged((const char *[]){l[0], l[1], "\xff\n", l[2], NULL}, "line 3: it is not text");
    damaged((const char *[]){l[0], l[0], NULL}, "line 2: it says that it is line 1");
    char *crlf = xasprintf("%.*s\r\n", (int)strlen(l[1]) - 1, l[1]);
    damaged((const char *[]){l[0], crlf, NULL}, "line 2: it does not end in its hash");
    free(crlf);
    /* a line of another record with the same number */
    struct record *record = record_open(kit_path("r"), RECORD_READ, NULL);
    record_close(record);
    kit_empty();
    json_t *opened = kit_opened();
    json_object_set_new(opened, "ref", json_string("K-015"));
    record = record_create(kit_path("r"), opened, NULL);
    json_decref(opened);
    kit_append(record, 1, NULL);
    record_close(record);
    char *other = kit_read(kit_path("r"), &length);
    damaged((const char *[]){l[0], strchr(other, '\n') + 1, NULL}, "line 2: it does not follow");
    free(other);
    /* a tail so long that it was never a line of ours */
    char *tail = xmalloc(RECORD_MOST_FORM_LINE + 2);
    memset(tail, 'x', RECORD_MOST_FORM_LINE + 1);
    tail[RECORD_MOST_FORM_LINE + 1] = '\0';
    damaged((const char *[]){l[0], l[1], tail, NULL}, "line 3: what follows is too long");
    free(tail);
    for (int i = 0; i < 5; i++)
        free(l[i]);
    free(text);
}

/* Words from a damaged file reach nobody raw. */
static void test_safe(void **state)
{
    (void)state;
    kit_sample(kit_path("r"), 0);
    size_t length;
    char *first = kit_read(kit_path("r"), &length), *head = strstr(first, "\"hash\":\"") + 8;
    char *start =
        xasprintf("{\"seq\":2,\"prev\":\"%.64s\",\"at\":\"2026-11-21T10:02:11Z\",\"by\":\"\\u001b[31m"
                  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"event\":\"noted\"",
                  head);
    char hash[RECORD_HASH_TEXT];
    chain_hash(start, strlen(start), hash);
    char *text = xasprintf("%s%s,\"hash\":\"%s\"}\n", first, start, hash);
    struct record *record = record_from_text(text, strlen(text), NULL);
    assert_non_null(strstr(record_damage(record), "there is no party “⟨U+001B⟩[31maaaaaaa"));
    assert_null(strstr(record_damage(record), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    record_close(record);
    free(text);
    free(start);
    free(first);
}

/* ---- rescue ---- */

static void test_rescue(void **state)
{
    (void)state;
    struct record *record = kit_create();
    assert_int_equal(kit_append(record, 1, NULL), RECORD_SAVED);
    /* a healthy record is copied, and stays where it is */
    assert_true(record_rescue(record, kit_path("copy"), NULL));
    assert_string_equal(record_path(record), kit_path("r"));
    /* never over something */
    kit_write(kit_path("other"), "mine", 4);
    char *cause = NULL;
    assert_false(record_rescue(record, kit_path("other"), &cause));
    assert_non_null(strstr(cause, "File exists"));
    free(cause);
    /* one failed sync, and nothing is written there again, though syncs would work now */
    faults_begin((struct fault){.call = 'd', .nth = 1, .error = EIO});
    assert_int_equal(kit_append(record, 2, &cause), RECORD_UNSAFE);
    assert_true(faults_end());
    assert_non_null(strstr(cause, "did not confirm"));
    free(cause);
    assert_true(record_unsafe(record));
    faults_begin((struct fault){0});
    assert_int_equal(kit_append(record, 3, &cause), RECORD_UNSAFE);
    faults_end();
    assert_string_equal(faults_trace(), "");
    free(cause);
    assert_int_equal(record_count(record), 4);
    assert_int_equal(kit_notes(record, 2) + kit_notes(record, 3), 2);
    faults_begin((struct fault){0});
    assert_true(record_rescue(record, kit_path("new"), NULL));
    faults_end();
    char *wanted = xasprintf("o%sp", making()); /* synced, and read back */
    assert_memory_equal(faults_trace(), wanted, strlen(wanted));
    free(wanted);
    assert_false(record_unsafe(record));
    assert_int_equal(kit_append(record, 4, NULL), RECORD_SAVED);
    not_opened(kit_path("new"), RECORD_WRITE, "open in another program");
    record_close(record);
    record = record_open(kit_path("new"), RECORD_WRITE, NULL);
    assert_null(record_damage(record));
    for (int n = 1; n <= 4; n++)
        assert_int_equal(kit_notes(record, n), 1);
    record_close(record);
    size_t length;
    char *mine = kit_read(kit_path("other"), &length);
    assert_string_equal(mine, "mine");
    free(mine);
}

/* ---- where it lies ---- */

static void test_kinds(void **state)
{
    (void)state;
    static const unsigned long bad[] = {0x6969, 0x517B,     0xFF534D42, 0xFE534D42,
                                        0x4D44, 0x2011BAB0, 0x65735546, 0x01021997};
    static const unsigned long good[] = {0xEF53,     0x58465342, 0x9123683E, 0x01021994,
                                         0x794C7630, 0x2FC12FC1, 0xF2F52010};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_non_null(disk_refusal(bad[i]));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(disk_refusal(good[i]));
}

/* A full disk, really: a file system of a few pages of our own, out of everybody else's sight. */
static int on_tiny_disk(void)
{
    const char *folder = kit_path("disk");
    if (mkdir(folder, 0700) != 0 || unshare(CLONE_NEWNS) != 0 ||
        mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tiny", folder, "tmpfs", 0, "size=16k") != 0)
        return 77;
    char path[128], other[128], *cause = NULL;
    snprintf(path, sizeof path, "%s/r", folder);
    snprintf(other, sizeof other, "%s/rescued", folder);
    json_t *opened = kit_opened();
    struct record *record = record_create(path, opened, NULL);
    if (!record)
        return 1;
    int saved = 0;
    enum record_saved result;
    while ((result = kit_append(record, saved + 1, &cause)) == RECORD_SAVED && saved < 1000)
        saved++;
    if (result != RECORD_NOT_SAVED || !strstr(cause, "Make room") || saved == 1000)
        return 2;
    free(cause);
    cause = NULL;
    if (kit_append(record, saved + 1, &cause) != RECORD_NOT_SAVED || (int)record_count(record) != saved + 1)
        return 3;
    free(cause);
    cause = NULL;
    if (record_rescue(record, other, &cause) || kit_exists(other))
        return 4;
    free(cause);
    json_object_set_new(opened, "ref", json_string("K-015"));
    if (record_create(other, opened, NULL) || kit_exists(other))
        return 5;
    json_decref(opened);
    record_close(record);
    record = record_open(path, RECORD_WRITE, NULL);
    if (!record || record_damage(record) || record_torn(record) || (int)record_count(record) != saved + 1)
        return 6;
    /* room again, and on it goes */
    if (mount("tiny", folder, "tmpfs", MS_REMOUNT, "size=64k") != 0 ||
        kit_append(record, saved + 1, NULL) != RECORD_SAVED)
        return 7;
    record_close(record);
    return 0;
}

static void test_full(void **state)
{
    (void)state;
    kit_path("disk");
    pid_t child = fork();
    if (child == 0)
        _exit(on_tiny_disk());
    int status;
    waitpid(child, &status, 0);
    if (WEXITSTATUS(status) == 77) {
        rmdir(kit_path("disk"));
        print_message("# a full disk was not tried: only root may mount one\n");
        return; /* not skip(): this cmocka's TAP calls that a failure */
    }
    assert_int_equal(status, 0);
}

int main(void)
{
    mem_init();
#define TEST(f) cmocka_unit_test_setup(f, setup)
    const struct CMUnitTest tests[] = {
        TEST(test_round),        TEST(test_lines),         TEST(test_order),      TEST(test_create_refused),
        TEST(test_open_refused), TEST(test_newer),         TEST(test_unknown),    TEST(test_bounds),
        TEST(test_shape),        TEST(test_second_writer), TEST(test_lock_lasts), TEST(test_astray),
        TEST(test_moved),        TEST(test_safe),          TEST(test_rescue),     TEST(test_kinds),
        TEST(test_full),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
