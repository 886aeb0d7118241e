/* Tables for spreadsheets. Quotes keep a comma in its cell, but not a formula from being worked out: that is
 * what the apostrophe is for. */
#include "base/csv.h"

#include <string.h>

void csv_cell(FILE *out, const char *text, bool number, bool last)
{
    fputc('"', out);
    if (!number && *text && strchr("=+-@\t\r", *text))
        fputc('\'', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputs(last ? "\"\r\n" : "\",", out);
}
