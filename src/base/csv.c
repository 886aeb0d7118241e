/* Tables for spreadsheets. Quotes keep a comma in its cell, but not a formula from being worked out: that is
 * what the apostrophe is for.
 *
 * A formula begins with =, +, - or @, also in the wide forms of Chinese and Japanese keyboards. That is
 * looked for not only where the cell begins. Some readers drop blanks before it. One that expects semicolons
 * between cells (Excel wherever the comma is the decimal sign) takes a quote in the middle of a cell for a
 * letter, and begins a new cell at a semicolon or a newline in the text. So blanks and quotes are passed
 * over, and each of these places is looked at. Controls, the byte order mark and what else cannot be seen
 * have become visible by then, and what stands behind them is no beginning any more. */
#include "base/csv.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unistr.h>

static bool begins_formula(ucs4_t c)
{
    static const ucs4_t signs[] = {'=',    '+',    '-',    '@',             /* as they are typed here, */
                                   0xff1d, 0xff0b, 0xff0d, 0xff20,          /* wide, */
                                   0xfe66, 0xfe62, 0xfe63, 0xfe6b, 0x2212}; /* small; the minus of print */
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i] == c)
            return true;
    }
    return false;
}

static bool separates(ucs4_t c)
{
    return c == ',' || c == ';' || c == '\n';
}

static bool is_passed_over(ucs4_t c)
{
    return c == '"' || c == '\'' || uc_is_property_white_space(c);
}

void csv_cell(FILE *out, const char *text, bool number, bool last)
{
    char *safe = utf8_safe(text, true);
    size_t length = strlen(safe);
    bool beginning = !number; /* of what a reader may take for a cell */
    fputc('"', out);
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        size_t n = (size_t)u8_mbtouc(&c, (const uint8_t *)safe + i, length - i);
        if (beginning && begins_formula(c))
            fputc('\'', out);
        beginning = !number && (separates(c) || (beginning && is_passed_over(c)));
        if (c == '"')
            fputc('"', out);
        fwrite(safe + i, 1, n, out);
        i += n;
    }
    fputs(last ? "\"\r\n" : "\",", out);
    free(safe);
}
