/* Reading age: syllables against a table of words, sentences, and the grade of texts whose grade is known. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "form/form.h"
#include "form/reading.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* By a dictionary. */
static const char *const words_of[] = {
    [1] = "a I the be me you are is was use used home house life there where live lives days bed yes eye "
          "eyes please "
          "fire don't can't we'll I've it's through thought friend friends have drugs health help course "
          "stopped "
          "called based changed walked worked clothes months choose talk taught world first 15 tried",
    [2] =
        "money housing worry people table little prison worker being doing trying buying saying going "
        "someone "
        "something sometimes homework safely careful useful homeless hopeless statement movement wanted "
        "needed "
        "started houses changes uses handled troubled centre hundred quiet client patient nation special "
        "social "
        "angry worried married player beyond okay maybe business friendly evening every trouble isn't didn't "
        "couldn't create ruin fuel chaos feeling feelings kindness lonely likely women children lawyer "
        "office "
        "notice problem support person practice naked poem doctor crisis household half-way didn’t café "
        "million",
    [3] = "family area idea offender probation anyone everyone everything easier happier easiest worrying "
          "employment "
          "alcohol accident agreement settlement important medicine services together tomorrow remember "
          "period radio "
          "video serious violent usual actual media suicide criminal relation wherever element example "
          "decision "
          "opinion religion religious benefit history previous day-to-day",
    [4] = "society everybody identity experience community ability supervision appreciate information "
          "situation "
          "relationship reality television actually usually immediate independent medication disagreement",
    [5] =
        "accommodation alcoholism opportunity university individual appropriately communication imagination",
    [6] = "rehabilitation responsibility",
};

static void test_syllables(void **state)
{
    (void)state;
    int looked_at = 0, wrong = 0;
    for (int expected = 1; expected <= 6; expected++) {
        char *list = xstrdup(words_of[expected]), *rest = list, *word;
        while ((word = strsep(&rest, " "))) {
            int got = reading_syllables(word, strlen(word));
            looked_at++;
            if (got != expected) {
                fprintf(stderr, "%s: %d syllables, not %d\n", word, got, expected);
                wrong++;
            }
        }
        free(list);
    }
    assert_true(looked_at > 200);
    assert_int_equal(wrong, 0);
}

static void test_sentences(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t words, sentences, longest;
        const char *sentence; /* the longest */
    } cases[] = {
        {"How am I today?", 4, 1, 4, "How am I today"},
        {"I can stop. I can go on later.", 8, 2, 5, "I can go on later"},
        {"Home", 1, 0, 1, "Home"},
        {"Work and learning", 3, 0, 3, "Work and learning"},
        {"Yes, there is a step", 5, 1, 5, "Yes, there is a step"},
        {"Money (e.g. rent), day-to-day.", 5, 1, 5, "Money (e.g. rent), day-to-day"},
        {"It's 3.5 or 4. “Fine.” Isn’t it?", 7, 3, 4, "It's 3.5 or 4"},
        {"First line\nSecond line", 4, 0, 2, "First line"},
        {"Wait… what?! No!", 3, 3, 1, "Wait"},
        {"", 0, 0, 0, ""},
        {"…?", 0, 0, 0, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading_sum reading = {0};
        size_t start = 0, length = 0;
        reading_add(&reading, cases[i].text);
        size_t longest = reading_longest(cases[i].text, &start, &length);
        if (reading.words != cases[i].words || reading.sentences != cases[i].sentences ||
            longest != cases[i].longest)
            fail_msg("%s: %zu words, %zu sentences, longest %zu", cases[i].text, reading.words,
                     reading.sentences, longest);
        assert_int_equal(length, strlen(cases[i].sentence));
        assert_memory_equal(cases[i].text + start, cases[i].sentence, length);
    }
}

static double grade_of(const char *text)
{
    struct reading_sum reading = {0};
    reading_add(&reading, text);
    return reading_grade(&reading);
}

/* Reckoned by hand from the formula. */
static void test_grade(void **state)
{
    (void)state;
    assert_float_equal(grade_of("The cat sat on the mat."), 0.39 * 6 + 11.8 - 15.59, 1e-6);
    assert_float_equal(grade_of("I worry. I have no money now."), 0.39 * 3.5 + 11.8 * 9 / 7 - 15.59, 1e-6);
    /* A label makes the words longer and the sentences no shorter. */
    struct reading_sum with = {0};
    reading_add(&with, "The cat sat on the mat.");
    reading_add(&with, "Accommodation");
    assert_float_equal(reading_grade(&with), 0.39 * 6 + 11.8 * 11 / 7 - 15.59, 1e-6);
    assert_true(isnan(grade_of("")));
    /* An easy text and a hard one are told apart. */
    assert_true(grade_of("I can skip a question. I can stop at any time.") < 4);
    assert_true(
        grade_of(
            "Individuals subject to statutory supervision are required to disclose any alteration in their "
            "residential circumstances immediately.") > 15);
}

/* ---- held against style(1), where it is installed ---- */

static void add_sentences(struct strbuf *sb, const struct wording *w)
{
    const char *text = wording(w, SERVICE_USER, 0);
    if (!*text || !strchr(".?!", text[strlen(text) - 1]))
        return;
    for (; *text; text++) /* to style a colon ends a sentence */
        strbuf_addch(sb, *text == ':' ? ',' : *text);
    strbuf_add(sb, "\n\n");
}

static void test_style(void **state)
{
    (void)state;
    /* Words and sentences are the same. Of a grade the two may lie half apart: to style, people, money and
     * little have one syllable. */
    const double tolerance = 0.5;
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/forms/whole-life.yaml", srcdir ? srcdir : ".");
    struct diags diags;
    diags_init(&diags, path);
    struct form *form = form_read(path, &diags);
    assert_non_null(form);
    struct strbuf texts = STRBUF_INIT;
    for (int i = 0; i < form->count; i++) {
        add_sentences(&texts, form->questions[i].label);
        add_sentences(&texts, form->questions[i].hint);
        add_sentences(&texts, form->questions[i].guidance);
    }
    char name[] = "/tmp/alongside-reading-XXXXXX";
    int fd = mkstemp(name);
    FILE *file = fdopen(fd, "w");
    fputs(texts.text, file);
    fclose(file);
    char *command = xasprintf("LC_ALL=C style %s 2>/dev/null", name);
    FILE *style = popen(command, "r");
    double grade = NAN;
    size_t words = 0, sentences = 0;
    for (char line[200]; fgets(line, sizeof line, style);)
        if (sscanf(line, " Kincaid: %lf", &grade) != 1 && strstr(line, " words, average"))
            words = strtoul(line, NULL, 10);
        else if (strstr(line, " sentences, average"))
            sentences = strtoul(line, NULL, 10);
    pclose(style);
    remove(name);
    struct reading_sum ours = {0};
    reading_add(&ours, texts.text);
    free(command);
    strbuf_release(&texts);
    form_free(form);
    diags_release(&diags);
    free(path);
    if (isnan(grade)) {
        print_message("style (Debian: diction) is not installed\n");
        skip();
    }
    assert_int_equal(ours.words, words);
    assert_int_equal(ours.sentences, sentences);
    if (fabs(reading_grade(&ours) - grade) > tolerance)
        fail_msg("grade %.2f, and %.2f by style", reading_grade(&ours), grade);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_syllables),
        cmocka_unit_test(test_sentences),
        cmocka_unit_test(test_grade),
        cmocka_unit_test(test_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
