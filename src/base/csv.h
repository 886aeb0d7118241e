/* Tables for spreadsheets (RFC 4180). */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stdio.h>

/* One cell, and what comes after it: a comma, or the end of the line. It is quoted; what a spreadsheet would
 * take for a formula gets an apostrophe before it, numbers of our own do not. */
void csv_cell(FILE *out, const char *text, bool number, bool last);

#endif
