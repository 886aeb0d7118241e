/* Tables for spreadsheets (RFC 4180). */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stdio.h>

/* One cell, and what comes after it: a comma, or the end of the line. It is quoted and safe to look at; what
 * a spreadsheet would work out gets an apostrophe before it, numbers of our own do not. Newlines stay. */
void csv_cell(FILE *out, const char *text, bool number, bool last);

#endif
