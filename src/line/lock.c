/* The lock in line mode. What stood on the terminal is cleared away where that is possible, and nothing but
 * the passphrase is asked for. It is read byte by byte past the stream, whose buffer is ordinary memory, into
 * guarded memory; only where input is no terminal does the stream have it. */
#include "line/internal.h"

#include "base/mem.h"
#include "caseload/unlock.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *wipes;

void line_wipes_with(const char *bytes)
{
    wipes = bytes;
}

/* ---- telling ---- */

static void tell(struct prompt *p)
{
    bool wiped = wipes && *wipes;
    if (wiped)
        fputs(wipes, p->out);
    else
        prompt_gap(p);
    for (const char *const *words = lock_words(&p->lock); *words; words++)
        prompt_say(p, "%s", *words);
    if (!wiped)
        prompt_say(p, "Lines from before may still stand above, or in what a screen reader keeps.");
    if (lock_may_leave(&p->lock))
        prompt_say(p, "q closes Alongside.");
}

static const char *ask_words(const struct prompt *p)
{
    return lock_asks(&p->lock) ? "Passphrase: " : "Enter to go on: ";
}

/* ---- reading ---- */

struct secret {
    char *typed; /* PASSPHRASE_MOST bytes, guarded */
    size_t length;
    bool too_long;
};

static void add(struct secret *s, char c)
{
    if (s->length < PASSPHRASE_MOST)
        s->typed[s->length++] = c;
    else
        s->too_long = true;
}

/* The next byte; false where there is none, and p->ended where there will be none. */
static bool next_byte(struct prompt *p, char *c)
{
    if (!p->terminal) {
        int got = getc(p->in);
        p->ended = got == EOF;
        *c = (char)got;
        return !p->ended;
    }
    enum prompt_news news = prompt_wait(p, -1, false);
    if (news == NEWS_STOP)
        prompt_stop(p);
    if (news == NEWS_STOP || news == NEWS_HIDE) {
        tell(p);
        fputs(ask_words(p), p->out);
        fflush(p->out);
    }
    if (news != NEWS_INPUT)
        return false;
    ssize_t n = prompt_is_ending() ? 0 : read(fileno(p->in), c, 1);
    /* Ctrl-D does not take what is in memory only; a terminal that is gone does. */
    if (n == 0 && !prompt_is_ending() && !lock_may_leave(&p->lock) && isatty(fileno(p->in)))
        return false;
    p->ended = n == 0 || (n < 0 && errno != EINTR);
    return n == 1;
}

/* A line, without its end. */
static void read_secret(struct prompt *p, struct secret *s)
{
    char c = 0;
    s->length = 0;
    s->too_long = false;
    prompt_echo(false);
    if (fputs(ask_words(p), p->out) == EOF || fflush(p->out) == EOF)
        p->ended = true;
    while (!p->ended && c != '\n') {
        c = 0;
        if (next_byte(p, &c) && c != '\n')
            add(s, c);
    }
    prompt_echo(true);
    sodium_memzero(&c, sizeof c);
    if (s->length && s->typed[s->length - 1] == '\r')
        s->length--;
    if (!p->ended)
        prompt_gap(p);
}

/* ---- trying ---- */

/* Until the next try is taken. What is typed meanwhile is lost. */
static void wait_between(struct prompt *p)
{
    int seconds = lock_wait(&p->lock);
    if (seconds == 0)
        return;
    prompt_say(p, "Please wait: %d seconds.", seconds);
    fflush(p->out);
    prompt_echo(false);
    while (lock_wait(&p->lock) > 0 && !prompt_is_ending()) {
        if (prompt_wait(p, lock_next(&p->lock), true) == NEWS_STOP)
            prompt_stop(p);
    }
    char *typed = prompt_take_begun(p);
    if (typed)
        sodium_memzero(typed, strlen(typed));
    free(typed);
    prompt_echo(true);
}

/* True where it is open again. */
static bool try_once(struct prompt *p, struct secret *s)
{
    wait_between(p);
    read_secret(p, s);
    bool leaves = s->length == 1 && (s->typed[0] == 'q' || s->typed[0] == 'Q') && lock_may_leave(&p->lock);
    if (leaves)
        p->ended = true;
    if (p->ended || (lock_asks(&p->lock) && s->length == 0))
        return false;
    const char *why = s->too_long ? "That is too long." : NULL;
    if (!why && lock_asks(&p->lock)) {
        prompt_say(p, "One moment.");
        fflush(p->out);
    }
    why = why ? why : lock_try(&p->lock, s->typed, s->length);
    sodium_memzero(s->typed, PASSPHRASE_MOST);
    if (why)
        prompt_say(p, "%s", why);
    return !why;
}

static void say_begun(struct prompt *p, const char *begun, bool hidden)
{
    if (hidden)
        prompt_say(p, "What you had begun to type was not taken.");
    else
        prompt_say(p, "What you had begun to type was not taken: “%s”.", begun);
}

void prompt_lock(struct prompt *p, bool stop)
{
    struct secret s = {.typed = mem_guarded(PASSPHRASE_MOST)};
    bool hidden = p->hidden;
    prompt_echo(true);
    char *begun = prompt_take_begun(p);
    if (p->closing)
        p->closing(p->context);
    lock_close(&p->lock);
    p->warned = false;
    tell(p);
    if (stop) {
        prompt_stop(p);
        tell(p);
    }
    bool open = false;
    while (!open && !p->ended)
        open = try_once(p, &s);
    sodium_free(s.typed);
    if (open && begun)
        say_begun(p, begun, hidden);
    free(begun);
}

/* ---- from the loop ---- */

static void lock_and_tell(struct prompt *p, bool stop)
{
    prompt_lock(p, stop);
    if (!p->ended && p->again)
        p->again(p->context);
}

bool prompt_heed(struct prompt *p)
{
    enum lock_due due = lock_due(&p->lock);
    enum prompt_news news = NEWS_TIME;
    while (news == NEWS_TIME && (due == LOCK_NOT_YET || (due == LOCK_WARNS && p->warned))) {
        news = prompt_wait(p, lock_next(&p->lock), false);
        due = lock_due(&p->lock);
    }
    if (news == NEWS_INPUT && due != LOCK_NOW)
        return true;
    if (news == NEWS_SPARED && p->interrupted) {
        prompt_gap(p);
        p->interrupted(p->context);
    } else if (due == LOCK_NOW || news == NEWS_HIDE || news == NEWS_STOP) {
        lock_and_tell(p, news == NEWS_STOP);
    } else if (due == LOCK_WARNS && !p->warned) {
        p->warned = true;
        prompt_gap(p);
        prompt_say(p, *p->lock.key ? "Alongside locks in 30 seconds. Press Enter to stay."
                                   : "Alongside hides this in 30 seconds. Press Enter to stay.");
    }
    return false;
}

void line_lock(struct line *l)
{
    prompt_lock(&l->p, false);
    l->arrived = true;
}
