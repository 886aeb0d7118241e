/* Writing lines that fit, and reading one at a time. */
#ifndef LINE_PROMPT_H
#define LINE_PROMPT_H

#include <stdbool.h>
#include <stdio.h>

struct prompt {
    FILE *in, *out;
    bool terminal; /* what is typed is echoed by a terminal, not by us */
    bool hidden;   /* what is read next is shown to nobody */
    bool ended;    /* no more will come: the input ended, the output is gone, or a signal came */
};

/* Take the two streams, which stay the caller's, and the signals that ask a program to end; give the signals
 * back. After such a signal nothing more is to be read from `in`. Only one prompt at a time. */
void prompt_init(struct prompt *p, FILE *in, FILE *out);
void prompt_release(struct prompt *p);

/* An empty line. */
void prompt_gap(struct prompt *p);
/* A paragraph: made safe to show, wrapped, all lines but the first set in by two blanks. */
void prompt_say(struct prompt *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same behind a mark of ours ("   3. "), all lines but the first set in by as much. */
void prompt_put(struct prompt *p, const char *mark, const char *text);
/* One of a numbered list. */
void prompt_item(struct prompt *p, size_t number, const char *text);

/* Ask, and read a line, without its end; the caller frees it. NULL, and p->ended, where none comes. A line
 * that was not ended with Enter is not a line: it is given back in words, not taken. */
char *prompt_read(struct prompt *p, const char *question);

#endif
