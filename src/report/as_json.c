/* JSON, indented, keys in the order of the tree. Plain standard JSON, and yet safe to look at in a terminal:
 * characters that could turn direction, hide or control are written as escapes. */
#include "report/as_json.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

/* \uXXXX, in two halves (UTF-16) where it takes two. */
static void write_escape(ucs4_t c, FILE *out)
{
    if (c < 0x10000)
        fprintf(out, "\\u%04X", (unsigned)c);
    else
        fprintf(out, "\\u%04X\\u%04X", (unsigned)(0xd800 + ((c - 0x10000) >> 10)),
                (unsigned)(0xdc00 + (c & 0x3ff)));
}

bool as_json_escaped(const char *text, size_t length, FILE *out, char **cause)
{
    const char *end = text + length, *run = text; /* what is to be written as it is begins at `run` */
    struct utf8_look look = {0, 0};
    for (const char *p = text; p < end;) {
        ucs4_t c = (unsigned char)*p;
        int n = 1;
        if (c >= 0x80)
            n = u8_mbtouc(&c, (const uint8_t *)p, (size_t)(end - p));
        bool hidden = utf8_hidden(&look, c);
        if (hidden && c >= 0x7f) {
            fwrite(run, 1, (size_t)(p - run), out);
            write_escape(c, out);
            run = p + n;
        }
        p += n;
    }
    fwrite(run, 1, (size_t)(end - run), out);
    if (fflush(out) == 0 && !ferror(out))
        return true;
    return cause_errno(cause, "It cannot be written");
}

bool as_json_print(const json_t *tree, FILE *out)
{
    char *text = json_dumps(tree, JSON_INDENT(2));
    bool written = text && as_json_escaped(text, strlen(text), out, NULL);
    fputc('\n', out);
    free(text);
    return written;
}

bool as_json_write(const struct session *s, FILE *out, char **cause)
{
    json_t *tree = tree_build(s);
    char *text = json_dumps(tree, JSON_INDENT(2) | JSON_REAL_PRECISION(AS_JSON_DIGITS));
    json_decref(tree);
    if (!text)
        return cause_set(cause, "It cannot be written as JSON.");
    /* The newline of the last line goes where the NUL was. */
    size_t length = strlen(text);
    text[length] = '\n';
    bool written = as_json_escaped(text, length + 1, out, cause);
    free(text);
    return written;
}
