/* Expected texts that are kept in files. */
#include "golden.h"

#include "check.h"

#include "base/mem.h"
#include "base/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

static void write_file(const char *path, const char *text)
{
    if (set("CI"))
        fail_msg("GOLDEN_UPDATE is for people who then look at what has changed: not for CI");
    FILE *f = fopen(path, "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        fail_msg("%s cannot be written", path);
    print_message("# GOLDEN_UPDATE: wrote %s\n", path);
}

/* One line of a text and its length, moving on to the next; false at the end. */
static bool next_line(const char **text, const char **line, int *length)
{
    if (**text == '\0')
        return false;
    *line = *text;
    *length = (int)strcspn(*text, "\n");
    *text += *length + ((*text)[*length] == '\n');
    return true;
}

/* Line by line in place: a screen's lines do not move. */
static void print_difference(const char *expected, const char *got)
{
    for (int number = 1; *expected || *got; number++) {
        const char *a = "", *b = "";
        int a_length = 0, b_length = 0;
        bool in_a = next_line(&expected, &a, &a_length), in_b = next_line(&got, &b, &b_length);
        if (in_a && in_b && a_length == b_length && memcmp(a, b, (size_t)a_length) == 0)
            continue;
        if (in_a)
            print_error("# %3d - %.*s\n", number, a_length, a);
        if (in_b)
            print_error("# %3d + %.*s\n", number, b_length, b);
    }
}

void golden_check(const char *name, const char *text)
{
    golden_check_in("tests/screen/golden", name, text);
}

void golden_check_in(const char *folder, const char *name, const char *text)
{
    const char *source = getenv("srcdir");
    char *path = xasprintf("%s/%s/%s", source ? source : ".", folder, name);
    if (set("GOLDEN_UPDATE")) {
        write_file(path, text);
        free(path);
        return;
    }
    size_t length;
    char *cause = NULL;
    char *expected = path_read(path, 1 << 20, &length, &cause);
    if (!expected) {
        print_error("# %s\n%s", cause, text);
        free(cause);
        free(path);
        fail_msg("no golden %s: make it with GOLDEN_UPDATE=1", name);
        return;
    }
    bool same = strcmp(expected, text) == 0;
    if (!same) {
        print_error("# not as in %s (- expected, + got):\n", path);
        print_difference(expected, text);
    }
    free(expected);
    free(path);
    assert_true(same);
}
