/* A terminal is told nothing by what people write: a record full of hostile words, every key pressed, and all
 * that went to the terminal read again. What drives a terminal there is what curses
 * sends for drawing; no title, no clipboard, no string for the terminal at all, and no character that cannot
 * be seen. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "review/digest.h"
#include "stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* Each begins with what would do harm if it came through. */
static const char *const hostile[] = {
    "\x1b]52;c;aGVsbG8=\a clipboard",     /* with BEL, */
    "\x1b]52;c;aGVsbG8=\x1b\\ clipboard", /* with ST, */
    "\xc2\x9d"
    "52;c;aGVsbG8="
    "\xc2\x9c"
    " clipboard", /* with both of C1 */
    "\x1b]0;title\a title",
    "\x1b[2J\x1b[1;1H cleared",
    "\xc2\x9b"
    "31m red",
    "\x1bP+q544e\x1b\\ asked",
    "\x1b_apc\x1b\\ \x1b^pm\x1b\\ \x1bXsos\x1b\\",
    "\x1b"
    "c reset \x0e \x0f \b\b\b \r over",
    "\u202e\u2066 turned \u2069\u202c",
    "\u200b\u2060\ufeff\u00ad nothing \u200d\u200c",
    "\U000e0041\U000e0042\U000e007f tagged",
    "\U0001f600\ufe0f\ufe0e\U000e0100 selected",
    "\ufffe\ufdd0\ue000 no characters",
    "z\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336\u0336 flood",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

/* ---- what the terminal was sent ---- */

struct heard {
    struct strbuf text; /* all that is to be drawn */
    int bad; /* strings for the terminal (OSC, DCS, APC, PM, SOS), resets, controls that curses has no use for
              */
};

/* By ECMA-48, and no more of it than it takes: what an escape begins, and where a sequence ends. */
static struct heard hear(const char *stream)
{
    struct heard heard = {STRBUF_INIT, 0};
    for (const char *p = stream; *p; p++) {
        if (*p == '\x1b' && p[1] == '[') {
            p += 2 + strspn(p + 2, "0123456789:;<=>?");
            p += strspn(p, " !\"#$%&'()*+,-./");
            heard.bad += *p < '@' || *p > '~';
        } else if (*p == '\x1b') {
            heard.bad += p[1] == '\0' || strchr("]PX^_c\\", p[1]) != NULL;
            p += 1 + strspn(p + 1, " !\"#$%&'()*+,-./");
        } else if ((unsigned char)*p < ' ') {
            heard.bad += !strchr("\b\t\n\r\x0e\x0f", *p);
        } else {
            strbuf_addch(&heard.text, *p);
        }
        if (!*p)
            break;
    }
    return heard;
}

/* Told here anew, not asked of the program: is it one that hides, turns or belongs to nobody? */
static bool is_hidden(ucs4_t c)
{
    return (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
           (c >= 0xe000 && c <= 0xf8ff) || (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe ||
           c >= 0xe0000;
}

static void check_stream(struct stage *s)
{
    struct heard heard = hear(terminal_stream(s->terminal));
    assert_int_equal(heard.bad, 0);
    const uint8_t *text = (const uint8_t *)heard.text.text;
    for (size_t i = 0; i < heard.text.length;) {
        ucs4_t c;
        int n = u8_mbtoucr(&c, text + i, heard.text.length - i);
        assert_true(n > 0);
        assert_false(is_hidden(c));
        i += (size_t)n;
    }
    strbuf_release(&heard.text);
}

/* ---- the record ---- */

static size_t said;

static const char *next(void)
{
    return hostile[said++ % HOSTILE];
}

static void intend(struct stage *s, json_t *intent)
{
    assert_non_null(intent);
    char *text = json_dumps(intent, 0);
    stage_do(s, text);
    free(text);
    json_decref(intent);
}

static struct stage *full_stage(void)
{
    struct stage *s = stage_seated("stories/form.yaml");
    intend(s, json_pack("{s:s, s:s, s:{s:s, s:s}, s:s}", "by", "practitioner", "event", "sat", "people",
                        "practitioner", next(), "service_user", next(), "place", next()));
    intend(s, json_pack("{s:s, s:s, s:s, s:i, s:s}", "by", "practitioner", "event", "answered", "question",
                        "home", "value", 4, "because", next()));
    intend(s, json_pack("{s:s, s:s, s:s, s:i, s:s}", "by", "service_user", "event", "answered", "question",
                        "home", "value", 2, "because", next()));
    for (size_t i = 0; i < HOSTILE; i++) {
        intend(s, json_pack("{s:s, s:s, s:s, s:s}", "by", i % 2 ? "practitioner" : "service_user", "event",
                            "noted", "question", "home", "text", next()));
        intend(s, json_pack("{s:s, s:s, s:s}", "by", i % 2 ? "practitioner" : "service_user", "event",
                            "promised", "text", next()));
        intend(s, json_pack("{s:s, s:s, s:s}", "by", i % 2 ? "practitioner" : "service_user", "event",
                            "statement", "text", hostile[i]));
        intend(s, json_pack("{s:s, s:s, s:s, s:s, s:s}", "by", "practitioner", "event", "happened", "what",
                            "milestone", "on", "2026-01-01", "text", hostile[i]));
        intend(s, json_pack("{s:s, s:s, s:s, s:s}", "by", i % 2 ? "practitioner" : "service_user", "event",
                            "said", "disagreement", "d1", "text", next()));
    }
    return s;
}

/* ---- every key ---- */

static void press(struct stage *s, const char *keys)
{
    if (s->over) {
        check_stream(s);
        stage_again(s, RECORD_WRITE);
        stage_keys(s, "Enter Enter Enter Enter Enter Enter"); /* who is here */
    }
    stage_keys(s, keys);
}

static void test_every_key(void **state)
{
    (void)state;
    static const char *const names[] = {"F1",    "F2",     "F3",     "F4",  "F5",   "F6",
                                        "F7",    "F8",     "F10",    "Tab", "Up",   "Down",
                                        "Enter", "Ctrl-N", "Ctrl-L", "/ a", "Space"};
    struct stage *s = full_stage();
    stage_go(s, "home");
    for (int key = '!'; key <= '~'; key++) {
        char one[2] = {(char)key, '\0'};
        press(s, one);
        press(s, "Down Enter Esc Esc");
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        press(s, names[i]);
        press(s, "Down Down Enter Esc Esc");
    }
    check_stream(s);
}

/* They stand there, and can be read. */
static void test_shown(void **state)
{
    (void)state;
    struct stage *s = full_stage();
    struct strbuf all = STRBUF_INIT;
    stage_go(s, "home");
    press(s, "F2 F2"); /* all that is kept, on a tall screen */
    stage_resize(s, 200, 100);
    for (int i = 0; i < 10; i++) {
        char *screen = stage_screen(s);
        strbuf_add(&all, screen);
        free(screen);
        press(s, "PageDown");
    }
    static const char *const shown[] = {"U+001B", "U+202E", "U+009B", "U+200B", "U+E0041"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (!strstr(all.text, shown[i]))
            print_error("# %s is not shown\n", shown[i]);
        assert_non_null(strstr(all.text, shown[i]));
    }
    strbuf_release(&all);
    check_stream(s);
}

/* ---- the browser ---- */

static struct stage *look_over_again(void)
{
    struct collection *collection = collection_new();
    struct digester *digester = digester_new();
    const struct facts *facts;
    struct digest *digest = digest_read(digester, stage_record(), &facts);
    assert_non_null(facts);
    collection_add(collection, stage_record(), digest, facts);
    collection_add(collection, hostile[4], digest_broken(hostile[3], hostile[5], hostile[0]), NULL);
    digester_free(digester);
    struct stage *s = stage_review(collection, NULL, NULL, "xterm-256color");
    stage_resize(s, 60, 150);
    return s;
}

static void test_review(void **state)
{
    (void)state;
    struct stage *s = full_stage();
    char *home = xstrdup(getenv("HOME") ? getenv("HOME") : "");
    setenv("HOME", "/nowhere/at/all", 1); /* nothing is saved there */
    s = look_over_again();
    size_t shown = 0;
    for (int key = '!'; key <= '~'; key++) {
        char one[2] = {(char)key, '\0'};
        if (s->over) {
            check_stream(s);
            s = look_over_again();
        }
        stage_keys(s, one);
        shown += stage_shows(s, "U+001B");
        stage_keys(s, "Down Enter");
        shown += stage_shows(s, "U+001B");
        stage_keys(s, "Esc Esc t");
        shown += stage_shows(s, "U+001B");
    }
    assert_true(shown > 20);
    stage_keys(s, "a");
    for (size_t i = 0; i < HOSTILE; i++)
        terminal_send(s->terminal, hostile[i], strlen(hostile[i]));
    stage_keys(s, "Ctrl-L Enter Esc Esc");
    check_stream(s);
    stage_free(s);
    setenv("HOME", home, 1);
    free(home);
}

/* The ears themselves: each of the words, as it is, is heard. */
static void test_ears(void **state)
{
    (void)state;
    for (size_t i = 0; i < HOSTILE; i++) {
        struct heard heard = hear(hostile[i]);
        bool bad = heard.bad || strchr(hostile[i], '[') || strstr(hostile[i], "flood");
        for (size_t at = 0; at < heard.text.length && !bad;) {
            ucs4_t c;
            at += (size_t)u8_mbtouc(&c, (const uint8_t *)heard.text.text + at, heard.text.length - at);
            bad = is_hidden(c);
        }
        assert_true(bad);
        strbuf_release(&heard.text);
    }
}

int main(void)
{
    mem_init();
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ears),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_every_key),
        cmocka_unit_test(test_review),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
