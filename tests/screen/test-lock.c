/* The lock: nothing of anybody is left on the terminal, no key is left in the program, and after the
 * passphrase all is as it was. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/keyring.h"
#include "screen/stage.h"
#include "sealing.h"
#include "session/lock.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char passphrase[] = "six plain words";
static const char locked[] = "Alongside is locked.", hidden[] = "Alongside is hidden.";
static const char wrong[] = "That is not the passphrase.";
static const char preview_form[] = "form: tried\nversion: \"1\"\ntitle: A form\nsections:\n"
                                   "  - section: one\n    questions:\n"
                                   "      - {name: home, type: text, label: How is home?}\n";

static void type_passphrase(struct stage *s)
{
    stage_type(s, passphrase);
    stage_keys(s, "Enter");
}

static size_t entries(const struct stage *s)
{
    return record_count(session_record(s->session));
}

/* The folder the stage's record lies in. */
static char *folder_of(const struct stage *s)
{
    return path_folder(record_path(session_record(s->session)));
}

/* ---- what is seen ---- */

static void check_screen_is(struct stage *s, const char *wanted)
{
    char *screen = stage_screen(s);
    assert_string_equal(screen, wanted);
    free(screen);
}

/* No word of four letters and more that stood there before was sent since then, but for those of the lock. */
static void check_not_sent(struct stage *s, size_t since, const char *before, const char *lock_screen)
{
    const char *stream = terminal_stream(s->terminal) + since;
    char *words = xstrdup(before), *rest = words, *word;
    while ((word = strsep(&rest, " \n.,:;?!\"()[]<>─│┌┐└┘├┤“”"))) {
        if (strlen(word) >= 4 && !strstr(lock_screen, word) && strstr(stream, word))
            fail_msg("“%s” was sent", word);
    }
    free(words);
}

/* Each view, by the keys that lead to it from the first question. */
static const char *const ways[] = {"",  "F1", "F2", "F2 F2", "F3", "F4",  "F8", "F12",   "d",      "o",
                                   "p", "v",  "y",  "z",     "T",  "T a", "i",  "i a",   "/",      "n",
                                   "w", "e",  "s",  "r",     "b",  "C",   "1",  "Tab 2", "Ctrl-Z", "F12 1"};

static void test_every_view(void **state)
{
    (void)state;
    char *lock_screen = NULL;
    stage_sealed_under(passphrase);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct stage *s = stage_seated("all.yaml");
        stage_keys(s, ways[i]);
        char *before = stage_picture(s), *words = stage_screen(s);
        size_t since = strlen(terminal_stream(s->terminal)), kept = entries(s);
        stage_keys(s, "F9");
        assert_true(keyring_is_empty());
        if (!lock_screen)
            lock_screen = stage_screen(s);
        check_screen_is(s, lock_screen);
        stage_keys(s, "F1 Tab F2 Ctrl-L Up d F9");
        stage_click(s, 2, 10);
        stage_click(s, 23, 3);
        stage_resize(s, 30, 100);
        stage_resize(s, 24, 80);
        stage_keys(s, "Ctrl-U");
        check_screen_is(s, lock_screen);
        check_not_sent(s, since, words, lock_screen);
        assert_int_equal(entries(s), kept);
        type_passphrase(s);
        assert_false(keyring_is_empty());
        char *after = stage_picture(s);
        assert_string_equal(after, before);
        free(before);
        free(words);
        free(after);
        stage_free(s);
    }
    free(lock_screen);
}

static void test_home_in_front(void **state)
{
    (void)state;
    static const struct stage_size sizes[] = {{24, 80}, {20, 50}};
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F9");
    stage_type(s, "half of i");
    stage_check_sizes(s, "lock", sizes, 2);
    for (int rows = 1; rows < 12; rows++) {
        int row, column;
        stage_resize(s, rows, 3 * rows);
        assert_false(stage_shows(s, "Home"));
        canvas_cursor_at(app_canvas(s->app), &row, &column);
        assert_in_range(row, 0, rows - 1);
        assert_in_range(column, 0, 3 * rows - 1);
    }
    stage_free(s);
    stage_sealed_under(NULL);
    s = stage_seated("all.yaml");
    stage_keys(s, "F9");
    stage_check_sizes(s, "lock-hidden", sizes, 2);
    stage_free(s);
}

/* The screen behind the alternate one, and what is given back at the end. */
static void test_behind(void **state)
{
    (void)state;
    static const char behind[] = "\033[?1049lalongside open K-014\033[?1049h";
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    terminal_bytes_sent(s->terminal);
    assert_true(write(fileno(terminal_out(s->terminal)), behind, sizeof behind - 1) > 0);
    size_t since = strlen(terminal_stream(s->terminal));
    stage_keys(s, "F9");
    const char *stream = terminal_stream(s->terminal) + since;
    assert_non_null(strstr(stream, "\033[3J")); /* what could be scrolled back to */
    assert_non_null(strstr(stream, "\033[2J"));
    assert_null(strstr(stream, "\033]")); /* the terminal's title is as it was */
    assert_true(terminal_alternate(s->terminal));
    stage_keys(s, "Ctrl-Q");
    assert_true(s->over);
    screen_end(s->app);
    app_free(s->app);
    s->app = NULL;
    terminal_close_term(s->terminal);
    assert_false(terminal_alternate(s->terminal));
    char *screen = terminal_screen(s->terminal);
    assert_int_equal(strspn(screen, " \n"), strlen(screen));
    free(screen);
    stage_free(s);
}

/* ---- what is kept ---- */

static void test_half_typed(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "n");
    stage_type(s, "half a wo");
    stage_keys(s, "F9");
    char *draft = xasprintf("%s.draft", record_path(session_record(s->session))), *cause = NULL;
    size_t length;
    char *text = path_read(draft, 1 << 16, &length, &cause);
    assert_non_null(text);
    assert_null(strstr(text, "half"));
    /* Nothing can be written while it is locked. */
    assert_false(session_do(
        s->session, json_pack("{s:s, s:s, s:s}", "by", "service_user", "event", "note", "text", "x"), NULL));
    type_passphrase(s);
    assert_true(stage_shows(s, "half a wo"));
    stage_type(s, "rd");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "The note is saved"));
    free(text);
    free(draft);
    stage_free(s);
}

/* It ends while it is locked: nothing more is written, and the words are there the next time. */
static void test_ends_locked(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    for (int how = 0; how < 3; how++) {
        struct stage *s = stage_seated("all.yaml");
        stage_keys(s, "n");
        stage_type(s, "half a wo");
        stage_keys(s, "F9 a b");
        size_t before = entries(s);
        if (how == 0)
            stage_hang_up(s);
        else if (how == 1)
            stage_keys(s, "Ctrl-Q");
        else {
            raise(SIGTERM);
            stage_wait(s);
        }
        assert_true(s->over);
        assert_true(lock_was_left());
        screen_end(s->app);
        assert_int_equal(entries(s), before);
        stage_free(s);
    }
}

/* ---- the passphrase ---- */

static void test_typing(void **state)
{
    (void)state;
    stage_sealed_under("Grüße, 日本!");
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F9 Enter");
    assert_false(stage_shows(s, wrong)); /* nothing was tried */
    stage_type(s, "nonsense");
    assert_true(stage_shows(s, "Passphrase: ********\n"));
    stage_keys(s, "Ctrl-U");
    assert_false(stage_shows(s, "*"));
    stage_type(s, "Grüße, 日本é");
    stage_keys(s, "Backspace");
    assert_true(stage_shows(s, "Passphrase: *********\n"));
    stage_type(s, "!");
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, locked));
    /* More than there is room for is passed over, and can all be taken back. */
    stage_keys(s, "F9");
    for (int i = 0; i < 1200; i++)
        stage_keys(s, "x");
    for (int i = 0; i < 1200; i++)
        stage_keys(s, "Backspace");
    stage_type(s, "Grüße, 日本!");
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, locked));
    stage_free(s);
}

/* All of it at once, as a paste comes. */
static void test_pasting(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F9");
    terminal_send(s->terminal, passphrase, strlen(passphrase));
    for (size_t i = 0; i < strlen(passphrase); i++)
        stage_wait(s);
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, locked));
    stage_free(s);
}

static void try_wrong(struct stage *s)
{
    stage_type(s, "six plain word");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, wrong));
}

static void test_wrong(void **state)
{
    (void)state;
    static const int waits[] = {2, 4, 8, 16, 32, 60, 60};
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F9");
    try_wrong(s);
    assert_false(stage_shows(s, "wait"));
    try_wrong(s);
    assert_false(stage_shows(s, "wait"));
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        try_wrong(s);
        char *says = xasprintf("Please wait: %d seconds.", waits[i]);
        assert_true(stage_shows(s, says));
        /* What is typed now is not even taken, right or wrong. */
        type_passphrase(s);
        assert_false(stage_shows(s, "*"));
        assert_true(stage_shows(s, says));
        stage_pass(s, waits[i] - 1);
        assert_true(stage_shows(s, "Please wait: 1 second."));
        stage_pass(s, 1);
        assert_false(stage_shows(s, "wait"));
        free(says);
    }
    type_passphrase(s);
    assert_false(stage_shows(s, locked));
    /* It counts anew. */
    stage_keys(s, "F9");
    try_wrong(s);
    assert_false(stage_shows(s, "wait"));
    type_passphrase(s);
    stage_free(s);
}

/* A key file of somebody's own in place of ours, with a passphrase that they know; or none. */
static void test_other_key(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "F9");
    char *folder = folder_of(s), *file = path_join(folder, "alongside.key"), *aside = path_join(folder, "k");
    assert_int_equal(rename(file, aside), 0);
    type_passphrase(s);
    assert_true(stage_shows(s, locked));
    assert_true(stage_shows(s, "Is the key file there"));
    assert_false(stage_shows(s, folder));
    sealing_begin(folder, "mine");
    keyring_wipe();
    stage_type(s, "mine");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, locked));
    assert_true(stage_shows(s, "The key file is another one now."));
    assert_true(keyring_is_empty());
    assert_int_equal(rename(aside, file), 0);
    type_passphrase(s);
    assert_false(stage_shows(s, locked));
    free(folder);
    free(file);
    free(aside);
    stage_free(s);
}

/* ---- by itself ---- */

static void test_by_itself(void **state)
{
    (void)state;
    static const struct {
        const char *settings;
        int minutes;
    } cases[] = {{NULL, 4}, {"lock_after: 1\n", 1}, {"lock_after: 60\n", 60}};
    stage_sealed_under(passphrase);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int until = cases[i].minutes * 60 - LOCK_WARNS_SECONDS;
        struct stage *s = stage_seated("all.yaml");
        if (cases[i].settings) {
            stage_save_settings(cases[i].settings);
            stage_again(s, RECORD_WRITE);
            stage_keys(s, "Esc");
        }
        char *before = stage_screen(s);
        size_t kept = entries(s);
        stage_pass(s, until - 1);
        check_screen_is(s, before);
        stage_pass(s, 1);
        assert_true(stage_shows(s, "Alongside locks in 30 seconds. Press any key to stay."));
        stage_keys(s, "d"); /* puts it off, and that is all */
        check_screen_is(s, before);
        stage_pass(s, until);
        assert_true(stage_shows(s, "Press any key to stay."));
        stage_click(s, 23, 3);
        check_screen_is(s, before);
        stage_pass(s, until);
        stage_resize(s, 24, 80); /* nobody pressed that */
        assert_true(stage_shows(s, "Press any key to stay."));
        stage_pass(s, LOCK_WARNS_SECONDS - 1);
        assert_true(stage_shows(s, "Press any key to stay."));
        stage_pass(s, 1);
        assert_true(stage_shows(s, locked));
        assert_true(keyring_is_empty());
        stage_pass(s, 3600);
        type_passphrase(s);
        check_screen_is(s, before);
        assert_int_equal(entries(s), kept);
        free(before);
        stage_free(s);
    }
}

/* What was typed just when it locked was not meant for the passphrase. */
static void test_late_key(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    stage_keys(s, "n");
    stage_type(s, "half");
    terminal_send(s->terminal, "xy", 2);
    stage_pass(s, 240);
    assert_true(stage_shows(s, locked));
    assert_false(stage_shows(s, "*"));
    type_passphrase(s);
    assert_true(stage_shows(s, "half"));
    assert_false(stage_shows(s, "halfx"));
    stage_free(s);
}

static void test_sleep(void **state)
{
    (void)state;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    size_t since = strlen(terminal_stream(s->terminal));
    stage_sleep(s, 1);
    assert_false(stage_shows(s, locked));
    stage_sleep(s, 30);
    assert_null(strstr(terminal_stream(s->terminal) + since, "Rae"));
    assert_true(stage_shows(s, locked));
    stage_sleep(s, 30);
    type_passphrase(s);
    assert_false(stage_shows(s, locked));
    stage_free(s);
}

/* ---- signals ---- */

static void test_signals(void **state)
{
    (void)state;
    static const int numbers[] = {SIGHUP, SIGCONT};
    stage_sealed_under(passphrase);
    for (size_t i = 0; i < 2; i++) {
        struct stage *s = stage_seated("all.yaml");
        stage_keys(s, "n");
        stage_type(s, "half a wo");
        size_t since = strlen(terminal_stream(s->terminal));
        raise(numbers[i]);
        stage_wait(s);
        assert_false(s->over);
        assert_true(stage_shows(s, locked));
        assert_null(strstr(terminal_stream(s->terminal) + since, "half"));
        assert_true(keyring_is_empty());
        raise(numbers[i]);
        stage_wait(s);
        assert_false(s->over);
        assert_true(stage_shows(s, locked));
        type_passphrase(s);
        assert_true(stage_shows(s, "half a wo"));
        stage_free(s);
    }
}

/* ---- without a passphrase ---- */

static void test_hidden(void **state)
{
    (void)state;
    stage_sealed_under(NULL);
    struct stage *s = stage_seated("all.yaml");
    char *before = stage_screen(s);
    stage_pass(s, 210);
    assert_true(stage_shows(s, "Alongside hides this in 30 seconds."));
    stage_pass(s, 30);
    assert_true(stage_shows(s, hidden));
    stage_keys(s, "a 1 Tab");
    assert_true(stage_shows(s, hidden));
    stage_keys(s, "Enter");
    check_screen_is(s, before);
    free(before);
    stage_free(s);
    s = stage_preview(preview_form);
    stage_keys(s, "F9");
    assert_true(stage_shows(s, "Nothing of this is kept."));
    stage_save_form("form: [\n");
    stage_pass(s, 1);
    assert_true(stage_shows(s, hidden));
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Preview"));
    stage_free(s);
}

/* ---- settings ---- */

static void test_faulty_settings(void **state)
{
    (void)state;
    stage_sealed_under(NULL);
    struct stage *s = stage_seated("all.yaml");
    stage_save_settings("lock_afer: 9\n");
    stage_again(s, RECORD_WRITE);
    assert_true(stage_shows(s, "settings.yaml, line 1: \"lock_afer\" is not a key of the settings. Did you"));
    assert_true(stage_shows(s, "mean \"lock_after\"?"));
    stage_save_settings("paper_copy: no\n");
    stage_again(s, RECORD_WRITE);
    stage_keys(s, "Esc F12");
    assert_true(stage_shows(s, "No copy on paper is made here"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_view),      cmocka_unit_test(test_home_in_front),
        cmocka_unit_test(test_behind),          cmocka_unit_test(test_half_typed),
        cmocka_unit_test(test_ends_locked),     cmocka_unit_test(test_typing),
        cmocka_unit_test(test_pasting),         cmocka_unit_test(test_wrong),
        cmocka_unit_test(test_other_key),       cmocka_unit_test(test_by_itself),
        cmocka_unit_test(test_late_key),        cmocka_unit_test(test_sleep),
        cmocka_unit_test(test_signals),         cmocka_unit_test(test_hidden),
        cmocka_unit_test(test_faulty_settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
