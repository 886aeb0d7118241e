/* The summary: what it says, in as many columns as there are, and nothing raw in it. */
#include "kit.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "report/as_text.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>

static char *text_in(const struct session *s, int columns)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_true(as_text_in(s, columns, out, NULL));
    fclose(out);
    return text;
}

static void assert_says(const char *text, const char *part)
{
    if (!strstr(text, part))
        print_error("“%s” is not in:\n%s\n", part, text);
    assert_non_null(strstr(text, part));
}

static void test_says(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "Every kind of question, version 1.0: K-014\nRae (Practitioner) and Sam (Service user)\n"
        "Sitting: 2026-11-21 10:01 to 10:44, visits hall\n",
        "  How settled is their housing?         │ Is where I live settled?\n"
        "    2: Hard                             │   2: Hard\n"
        "    “I had only seen the paper”         │   “I am on a sofa”\n"
        "  d1 (score): Rae moved to Sam's answer.\n"
        "    2026-11-21\n"
        "    10:03  The two see this differently. Rae: “4: Mostly OK”, Sam: “2: Hard”.\n"
        "    10:04  Sam said: “The tenancy is in her name”\n",
        "  Help with it\n"
        "    I do not want it                    │   I want it\n"
        "  You see this differently. Nobody is wrong.\n",
        "Sam said: “A slip” (taken back)\n",
        "On the table: You keep both answers, with both reasons.\n",
        "Answered: shown when both have      │   No answer yet\n",
        "    This one is for Sam.                │   3\n",
        "  Our goal\n    A key of my own\n",
        "  A third\n    Rae: 0.67\n    Sam: 0.67\n    Agreed: 0.67\n",
        "  Whole\n    Rae: 3, High\n    Sam: 3, High\n    Agreed: 3, High\n",
        "  Help there is: 1 of 1\n",
        "We always meet too early",
        "“Bring the form”",
        "Rae signed as “Rae R”, 2026-11-21 10:39.\n    Something was changed after that.\n",
        "Sam chose not to sign, 2026-11-21 10:40. “Not today”\n",
        "  2 questions for Rae\n",
        "  To come back to: Help with it\n",
        "  1 question here nobody has answered yet.\n",
        "  50 entries\n  Head ",
    };
    struct session *s = kit_story("says.jsonl");
    char *text = text_in(s, 80);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_says(text, parts[i]);
    assert_null(strstr(text, "typed in the wrong place")); /* undone */
    assert_null(strstr(text, "On the wrong record"));      /* so is this */
    assert_null(strstr(text, "No number"));                /* a score that is none */
    assert_null(strstr(text, "helper"));                   /* a score without a label */
    assert_null(strstr(text, "Only if it goes well"));     /* not asked */
    free(text);
    session_close(s);
}

/* Whatever the width, no line is wider, and nothing that hides or controls gets out. */
static void check_fits(struct session *s)
{
    for (size_t i = 0; kit_nasty[i]; i++) {
        json_t *intent =
            json_pack("{s:s, s:s, s:s}", "by", "practitioner", "event", "noted", "text",
                      strspn(kit_nasty[i], " \t\n") == strlen(kit_nasty[i]) ? "-" : kit_nasty[i]);
        assert_true(session_do(s, intent, NULL));
    }
    for (int columns = 1; columns <= 130; columns += 3) {
        char *text = text_in(s, columns), *rest = text, *line;
        int most = columns < AS_TEXT_LEAST ? AS_TEXT_LEAST : columns;
        while ((line = strsep(&rest, "\n"))) {
            size_t length = strlen(line);
            if (utf8_width(line) > most)
                print_error("%d columns: “%s”\n", columns, line);
            assert_true(utf8_width(line) <= most);
            assert_true(length == 0 || line[length - 1] != ' ');
            for (size_t i = 0; i < length;) {
                ucs4_t c;
                i += (size_t)u8_mbtouc(&c, (const uint8_t *)line + i, length - i);
                assert_false(utf8_unsafe(c));
            }
        }
        free(text);
    }
    session_close(s);
}

static void test_fits(void **state)
{
    (void)state;
    check_fits(kit_story("fits.jsonl"));
    check_fits(kit_lists("fits-lists.jsonl"));
}

/* Each entry is a block of its own; what was taken out is told by the record alone. */
static void test_lists(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "  Our goals, 1 of 2: A flat\n\n    What do I want?\n      This one is for Sam.",
        "  Our goals, 2 of 2: A job\n    Rae says to take this out.\n\n    What do I want?\n",
        "\n    How much does it matter?\n"
        "      2                                  │   5: Very much\n"
        "      “Not now”                          │\n"
        "    You see this differently: 3 steps apart. Nobody is wrong.\n    d1 (score): Not talked about "
        "yet.\n",
        "\n    Steps, 1 of 1: Ring them\n\n      What will we do?\n        Ring them\n      To come back "
        "to.\n",
        "  Cards, 1 of 2: Why me?\n    About: Our goals, 2 of 2: How much does it matter?\n",
        "\n  Cards, 2 of 2\n\n  2 questions here nobody has answered yet.\n",
        "\n  What else?\n    No answer yet                       │   No\n",
        "  Our goals, 2 of 2: Twice as much\n    Rae: 4\n    Sam: 10\n    Agreed: 1 of 1 not agreed yet\n",
        "“Not this year” (Our goals, one taken out: What do I want?)\n",
        "  Seen differently (d1): Our goals, 2 of 2: How much does it matter?\n"
        "  To come back to: Our goals\n"
        "  To come back to: Our goals, 2 of 2: Steps, 1 of 1: What will we do?\n",
    };
    struct session *s = kit_lists("lists.jsonl");
    char *text = text_in(s, 80);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_says(text, parts[i]);
    assert_null(strstr(text, "A boat"));
    assert_null(strstr(text, "d2"));
    free(text);
    session_close(s);
}

/* Narrow: under each other, with names. */
static void test_narrow(void **state)
{
    (void)state;
    struct session *s = kit_story("narrow.jsonl");
    char *text = text_in(s, 40);
    assert_says(
        text, "  Rae:\n    How settled is their housing?\n      2: Hard\n      “I had only seen the paper”\n"
              "  Sam:\n    Is where I live settled?\n      2: Hard\n");
    assert_null(strstr(text, "│"));
    free(text);
    session_close(s);
}

/* Who sits left stands left. */
static void test_seats(void **state)
{
    (void)state;
    struct session *s = kit_story("seats.jsonl");
    kit_do(s, "{'by':'service_user','event':'sat','people':{'service_user':'Sam'},'seats':{'left':'service_"
              "user'}}");
    char *text = text_in(s, 80);
    assert_says(text, "  Sam                                   │ Rae\n");
    assert_says(text, "    I want it                           │   I do not want it\n");
    free(text);
    session_close(s);
}

/* What is no longer asked is kept, and is not shown as if it stood. */
static void test_no_longer_asked(void **state)
{
    (void)state;
    struct session *s = kit_begin("gone.jsonl");
    kit_do(s, "{'by':'service_user','event':'answered','question':'home','value':5}");
    kit_do(s, "{'by':'service_user','event':'answered','question':'deep','value':'It does'}");
    char *text = text_in(s, 80);
    assert_null(strstr(text, "Not asked any more"));
    free(text);
    kit_do(s, "{'by':'service_user','event':'answered','question':'home','value':1}");
    text = text_in(s, 80);
    assert_says(text, "It does");
    assert_says(text, "  Not asked any more, by the other answers. Kept, and left out of all sums.\n");
    free(text);
    session_close(s);
}

static void test_looking_back(void **state)
{
    (void)state;
    session_close(kit_story("back.jsonl"));
    char *path = kit_path("back.jsonl");
    struct session *s = session_open_at(path, 5, NULL);
    char *text = text_in(s, 80);
    assert_says(text, "This is how it stood after 5 of 50 entries.\n");
    assert_says(
        text,
        "  You see this differently: 2 steps apart. Nobody is wrong.\n  d1 (score): Not talked about yet.\n");
    assert_says(text, "    (It is on paper)");
    assert_says(text, "  Rae has not signed yet.\n");
    free(text);
    free(path);
    session_close(s);
}

/* A damaged record, and one that was cut off: what is sound is shown, and that it is not all. */
static void test_damaged(void **state)
{
    (void)state;
    session_close(kit_story("sound.jsonl"));
    char *from = kit_path("sound.jsonl"), *to = kit_path("damaged.jsonl");
    kit_forge(from, to, 8, "proposed", "proposal", false);
    struct session *s = session_open(to, RECORD_READ, NULL);
    assert_non_null(s);
    char *text = text_in(s, 80);
    assert_says(text, "This record is damaged: line 8: its hash does not match.");
    assert_says(text, "Sam said: “The tenancy is in her name”");
    free(text);
    session_close(s);

    size_t length;
    char *bytes = kit_read(from, &length);
    kit_write(to, bytes, length - 5);
    s = session_open(to, RECORD_READ, NULL);
    text = text_in(s, 80);
    assert_says(text, "The last entry was not finished (");
    free(text);
    session_close(s);
    free(bytes);
    free(from);
    free(to);
}

static void test_new(void **state)
{
    (void)state;
    struct session *s = kit_begin("new.jsonl");
    char *text = text_in(s, 80);
    assert_says(text, "Practitioner and Service user\n");
    assert_says(text, "  1 entry\n");
    free(text);
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_says),         cmocka_unit_test(test_fits),
        cmocka_unit_test(test_lists),        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_seats),        cmocka_unit_test(test_no_longer_asked),
        cmocka_unit_test(test_looking_back), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_new),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
