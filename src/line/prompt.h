/* Writing lines that fit, and reading one at a time. */
#ifndef LINE_PROMPT_H
#define LINE_PROMPT_H

#include "session/lock.h"

#include <stdbool.h>
#include <stdio.h>

struct prompt {
    FILE *in, *out;
    struct lock lock;
    bool warned; /* that it will lock */
    /* What is told once more when it was locked and is open again, before the question: or NULL. */
    void (*again)(void *context);
    /* What is to stand still before keys are taken away; NULL. */
    void (*closing)(void *context);
    /* What Ctrl-C stops, instead of the program, at a terminal: the first one only; NULL. */
    void (*interrupted)(void *context);
    void *context;
    bool terminal; /* what is typed is echoed by a terminal, not by us */
    bool hidden;   /* what is read next is shown to nobody */
    bool ended;    /* no more will come: the input ended, the output is gone, or a signal came */
};

/* Take the two streams, which stay the caller's, and the signals that ask a program to end; give the signals
 * back. After such a signal nothing more is to be read from `in`. `session`, borrowed, is what may be locked;
 * NULL: the caseload. Only one prompt at a time. */
void prompt_init(struct prompt *p, FILE *in, FILE *out, const struct session *session);
void prompt_release(struct prompt *p);

/* The next Ctrl-C stops something (`interrupted`); without it, the program. */
void prompt_spare(bool on);

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

/* ---- for line/lock.c ---- */

enum prompt_news {
    NEWS_INPUT, /* there is something to read, or never will be */
    NEWS_TIME,  /* the time is over, or the computer woke up */
    NEWS_HIDE,  /* somebody outside wants it locked: SIGHUP, with the terminal still there, or SIGCONT */
    NEWS_STOP,  /* it is to stop: prompt_stop() */
    NEWS_SPARED /* Ctrl-C, where it does not end the program */
};
/* Wait for input from a terminal, or for a signal; -1: for ever. With `deaf`: not for input. */
enum prompt_news prompt_wait(struct prompt *p, int milliseconds, bool deaf);
/* Stop as a shell's job does; returns when it is gone on with. */
void prompt_stop(struct prompt *p);
void prompt_echo(bool on);
/* What was typed and not ended with Enter is taken out of the terminal: as it was typed, the caller's to
 * free; NULL where there is nothing. */
char *prompt_take_begun(struct prompt *p);
/* Did a signal come that ends the program? */
bool prompt_is_ending(void);

#endif
