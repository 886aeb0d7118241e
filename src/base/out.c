/* Text on its way out. Names of files, arguments, what others wrote: whatever it is made of, it is made safe
 * as a whole, so that no caller has to know which part of it came from where. */
#include "base/out.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdlib.h>

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
