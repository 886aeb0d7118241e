/* Diagnostics are kept in the order they were found and sorted only when printed: the loader looks at a form
 * in several rounds, but who mends a file goes through it from top to bottom. */
#include "form/diag.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST = 200,        /* diagnostics kept */
    BEFORE_CARET = 60, /* columns of a long line shown before the caret */
    MOST_COLUMNS = 100 /* columns of a line shown */
};

const char *const diag_level_names[] = {"warning", "error", NULL};

void diags_init(struct diags *diags, const char *name)
{
    *diags = (struct diags){.name = xstrdup(name)};
}

void diags_release(struct diags *diags)
{
    for (size_t i = 0; i < diags->count && i < MOST; i++) {
        free(diags->items[i].message);
        free(diags->items[i].suggestion);
    }
    free(diags->items);
    free(diags->name);
    *diags = (struct diags){0};
}

void diags_add(struct diags *diags, enum diag_level level, size_t line, size_t column, size_t length,
               const char *suggestion, const char *format, ...)
{
    diags->errors += level == DIAG_ERROR;
    if (diags->count >= MOST) {
        diags->count++;
        return;
    }
    va_list args;
    va_start(args, format);
    GROW(diags->items, diags->count, diags->room);
    diags->items[diags->count++] = (struct diag){
        .level = level,
        .line = line,
        .column = column,
        .length = length,
        .message = xvasprintf(format, args),
        .suggestion = suggestion ? xstrdup(suggestion) : NULL,
    };
    va_end(args);
}

static int by_place(const void *one, const void *other)
{
    const struct diag *const *a = one, *const *b = other;
    if ((*a)->line != (*b)->line)
        return (*a)->line < (*b)->line ? -1 : 1;
    if ((*a)->column != (*b)->column)
        return (*a)->column < (*b)->column ? -1 : 1;
    return *a < *b ? -1 : 1; /* as they were found */
}

/* Bytes that the first `characters` characters of a text take up. */
static size_t bytes_of(const char *text, size_t length, size_t characters)
{
    size_t i = 0;
    while (i < length && characters > 0) {
        i++;
        while (i < length && ((unsigned char)text[i] & 0xc0) == 0x80)
            i++;
        characters--;
    }
    return i;
}

static char *safe_part(const char *text, size_t length)
{
    char *part = xstrndup(text, length);
    char *safe = utf8_safe(part, false);
    free(part);
    return safe;
}

/* Print the line with a caret under the place, the end of a line that is too long cut off and its beginning
 * too where the place would not be seen otherwise. */
static void print_place(const char *text, size_t length, const struct diag *diag, FILE *out)
{
    /* A line may be as long as a file: look at no more of it than can be shown. */
    size_t at = bytes_of(text, length, diag->column - 1), start = at;
    for (int back = 0; back < BEFORE_CARET && start > 0; back++) {
        do {
            start--;
        } while (start > 0 && ((unsigned char)text[start] & 0xc0) == 0x80);
    }
    char *before = safe_part(text + start, at - start);
    bool cut = start > 0;
    const char *shown = before;
    int before_width = utf8_width(shown);
    while (before_width > BEFORE_CARET) {
        size_t first = utf8_next(shown, 0);
        before_width -= utf8_width_of(shown, first);
        shown += first;
        cut = true;
    }
    int indent = before_width + (cut ? 3 : 0);
    size_t rest = bytes_of(text + at, length - at, MOST_COLUMNS + 1);
    size_t marked = bytes_of(text + at, rest, diag->length);
    char *under = safe_part(text + at, marked);
    char *after = safe_part(text + at, rest);
    int room = MOST_COLUMNS - indent;
    char *after_shown = utf8_shorten(after, room);
    fprintf(out, "    %s%s%s\n", cut ? "..." : "", shown, after_shown);
    int width = utf8_width(under);
    fprintf(out, "    %*s^", indent, "");
    for (int i = 1; i < width && i < room; i++)
        fputc('~', out);
    fputc('\n', out);
    free(before);
    free(under);
    free(after);
    free(after_shown);
}

static void print_one(const char *name, const struct diag *diag, FILE *out)
{
    char *message = utf8_safe(diag->message, false);
    fprintf(out, "%s:", name);
    if (diag->line)
        fprintf(out, "%zu:", diag->line);
    if (diag->line && diag->column)
        fprintf(out, "%zu:", diag->column);
    fprintf(out, " %s: %s\n", diag_level_names[diag->level], message);
    free(message);
}

const struct diag **diags_in_order(const struct diags *diags, size_t *kept)
{
    *kept = diags->count < MOST ? diags->count : MOST;
    const struct diag **order = xcalloc(*kept, sizeof *order);
    for (size_t i = 0; i < *kept; i++)
        order[i] = &diags->items[i];
    qsort(order, *kept, sizeof *order, by_place);
    return order;
}

void diags_print(struct diags *diags, const char *source, size_t length, FILE *out)
{
    size_t kept;
    const struct diag **order = diags_in_order(diags, &kept);
    char *name = utf8_safe(diags->name, false);
    size_t line = 1, start = 0; /* of the source; it is gone through once, as the order is by line */
    for (size_t i = 0; i < kept; i++) {
        const struct diag *diag = order[i];
        print_one(name, diag, out);
        if (source && diag->line) {
            while (line < diag->line && start < length) {
                const char *newline = memchr(source + start, '\n', length - start);
                start = newline ? (size_t)(newline - source) + 1 : length;
                line++;
            }
            const char *newline = start < length ? memchr(source + start, '\n', length - start) : NULL;
            size_t end = newline ? (size_t)(newline - source) : length;
            if (end > start && source[end - 1] == '\r')
                end--;
            size_t bom = line == 1 && end >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
            if (diag->column && line == diag->line && end > start + bom)
                print_place(source + start + bom, end - start - bom, diag, out);
        }
        if (diag->suggestion) {
            char *suggestion = utf8_safe(diag->suggestion, false);
            fprintf(out, "    did you mean \"%s\"?\n", suggestion);
            free(suggestion);
        }
    }
    if (diags->count > kept)
        fprintf(out, "%s: and %zu more\n", name, diags->count - kept);
    free(name);
    free(order);
}
