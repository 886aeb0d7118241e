/* Answers that neither sees before both are in: two sittings that differ only in such an answer look the same
 * to the last byte that the terminal got, whatever is looked at then. */
#include "check.h"

#include "base/mem.h"
#include "stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What Sam does for one answer, and for another one. A key more would be seen, so both press as many. */
static const struct secret {
    const char *question, *before, *one, *other;
} secrets[] = {
    {"scale", "", "1 Enter", "5 Enter"},
    {"scale", "", "1 1 Enter", "s 3 Enter"},
    {"scale", "", "2 Enter", "3 Enter"},
    {"number", "", "7 Enter Enter", "9 Enter Enter"},
    {"number", "", "7 0 Enter Enter", "1 2 Enter Enter"}, /* one breaks the warning */
    {"number", "", "7 0 Enter Enter", "s 1 Enter Enter"},
    {"number", "", "1 3 Enter", "1 x Enter"}, /* neither can be taken */
    {"who", "", "1 Enter x Enter", "4 Enter x Enter"},
    {"who", "", "1 Enter x Enter", "3 Enter x Enter"}, /* one asks for words */
    {"who", "", "1 1 Enter x Enter", "s 2 Enter x Enter"},
    {"several", "", "1 2 Enter x Enter", "4 3 Enter x Enter"},
    {"order", "", "1 2 3 Enter", "3 1 2 Enter"},
    {"many", "", "0 1 Enter", "1 6 Enter"},
    {"many", "", "1 5 Enter", "s 3 Enter"},
    {"words", "", "g y m Enter", "f i n Enter"},
    {"words", "", "a 1 Enter", "s 3 Enter"},
    {"why", "", "1 Enter 1 n o Enter", "5 Enter 4 n a Enter"},
    {"why", "", "1 1 Enter 1 n o Enter", "s 3 Enter 2 n a Enter"},
    /* One of them wants it hidden. */
    {"home", "h", "1 Enter", "5 Enter"},
    {"home", "h", "1 1 Enter", "s 3 Enter"},
    {"told", "Esc h", "y e s Enter", "b a d Enter"},
};
enum { SECRETS = sizeof secrets / sizeof *secrets };

/* Wherever one can look, at each size. */
static const char *const looks[] = {"F2", "F2 F2",      "d",   "o",     "p",   "g",
                                    "u",  "/ My Enter", "Tab", "Right", "Left"};

static char *sitting(const struct secret *secret, bool other, int rows, int columns)
{
    struct stage *s = stage_seated("hidden.yaml");
    stage_resize(s, rows, columns);
    stage_go(s, secret->question);
    free(stage_screen(s));
    stage_keys(s, secret->before);
    stage_keys(s, other ? secret->other : secret->one);
    free(stage_screen(s));
    stage_keys(s, "Esc");
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        stage_go(s, secret->question);
        stage_keys(s, "Esc");
        stage_keys(s, looks[i]);
        free(stage_screen(s));
        for (int page = 0; page < 6; page++) {
            stage_keys(s, "PageDown");
            free(stage_screen(s));
        }
        stage_keys(s, "Esc Esc");
    }
    char *stream = xstrdup(terminal_stream(s->terminal));
    stage_free(s);
    return stream;
}

static void test_to_the_byte(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {20, 50}};
    for (size_t i = 0; i < SECRETS; i++) {
        for (size_t size = 0; size < 2; size++) {
            char *one = sitting(&secrets[i], false, sizes[size][0], sizes[size][1]),
                 *other = sitting(&secrets[i], true, sizes[size][0], sizes[size][1]);
            size_t same = 0;
            while (one[same] && one[same] == other[same])
                same++;
            if (one[same] || other[same])
                print_error("# %s, “%s” and “%s” at %dx%d, byte %zu of %zu: “%.60s” and “%.60s”\n",
                            secrets[i].question, secrets[i].one, secrets[i].other, sizes[size][1],
                            sizes[size][0], same, strlen(one), one + (same > 30 ? same - 30 : 0),
                            other + (same > 30 ? same - 30 : 0));
            assert_true(strlen(one) > 1000);
            assert_string_equal(one, other);
            free(one);
            free(other);
        }
    }
}

/* The test itself can see a difference. */
static void test_it_would_be_seen(void **state)
{
    (void)state;
    static const struct secret open = {"home", "", "1 Enter", "5 Enter"};
    char *one = sitting(&open, false, 24, 80), *other = sitting(&open, true, 24, 80);
    assert_string_not_equal(one, other);
    free(one);
    free(other);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_would_be_seen),
        cmocka_unit_test(test_to_the_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
