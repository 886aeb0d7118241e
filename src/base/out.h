/* Where text leaves the program, for a terminal, a pipe or a file that is read as it is: the one door for
 * what is not an export, a page or a screen, which have their own. */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stdio.h>

/* How many columns a terminal has; 0 where the descriptor is none, and lines are not to be broken. */
int out_columns(int fd);
/* A text of lines that is safe to show, each broken where it would run over so many columns (0: never), all
 * but the first part of it set in by `indent`. */
void out_wrapped(FILE *out, const char *text, int columns, int indent);
/* The text made safe to show, on one line: a newline in it is shown too. Nothing after it. */
void out_text(FILE *out, const char *text);
/* The same of a text that is made here, and the end of the line. */
void out_line(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
