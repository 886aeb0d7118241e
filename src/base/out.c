/* Text on its way out. Names of files, arguments, what others wrote: whatever it is made of, it is made safe
 * as a whole, so that no caller has to know which part of it came from where. */
#include "base/out.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int out_columns(int fd)
{
    struct winsize size;
    return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void out_wrapped(FILE *out, const char *text, int columns, int indent)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        struct utf8_line *lines = NULL;
        char *line = xstrndup(text, length);
        size_t count = columns > indent + 1 && utf8_width(line) > columns
                           ? utf8_wrap(line, columns - indent, &lines)
                           : 0;
        for (size_t i = 0; i < count; i++)
            fprintf(out, "%*s%.*s%s", i ? indent : 0, "", (int)lines[i].length, line + lines[i].start,
                    i + 1 < count ? "\n" : "");
        if (count == 0)
            fputs(line, out);
        explicit_bzero(line, length); /* it may be a code that is shown once */
        free(line);
        free(lines);
        text += length;
        if (*text == '\n')
            fputc(*text++, out);
    }
}

void out_text(FILE *out, const char *text)
{
    char *safe = utf8_safe(text, false);
    fputs(safe, out);
    free(safe);
}

void out_line(FILE *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    out_text(out, text);
    fputc('\n', out);
    free(text);
}
