/* Writing lines that fit, and reading one at a time.
 *
 * A signal that ends the program must neither be missed between looking at the flag and reading, nor tear
 * what is being done. So its handler only notes it and puts the null device in the input's place: a read
 * under way is interrupted, a later one finds the end.
 *
 * On a terminal nothing is read before there is something to read. Until then it waits for signals too, by
 * way of a pipe: those that lock it, and (the clock) the lock by itself. A terminal gives out one line at a
 * time, so nothing of the next one waits in the stream. */
#include "line/prompt.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/ticks.h"
#include "base/utf8.h"
#include "line/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_COLUMNS = 72, LEAST_COLUMNS = 20, MOST_LINE = 32 * 1024 };

static const int ending[] = {SIGHUP, SIGINT, SIGTERM};
static const int others[] = {SIGTSTP, SIGCONT};
enum { ENDINGS = sizeof ending / sizeof *ending, OTHERS = sizeof others / sizeof *others };

static struct sigaction before[ENDINGS], others_before[OTHERS], pipe_before;
static volatile sig_atomic_t caught, hiding, stopping, sparing, spared;
static int wake[2] = {-1, -1};
static int input_fd = -1, null_fd = -1;
static struct termios echoing;
static volatile sig_atomic_t echo_is_off;

/* A terminal that was not hung up. */
static bool terminal_is_there(void)
{
    struct pollfd input = {.fd = input_fd};
    struct termios modes;
    return poll(&input, 1, 0) == 0 && tcgetattr(input_fd, &modes) == 0;
}

static void on_ending(int signal)
{
    int saved = errno;
    if (signal == SIGHUP && terminal_is_there()) {
        hiding = 1;
    } else if (signal == SIGINT && sparing) {
        sparing = 0;
        spared = 1;
    } else {
        caught = signal;
        if (input_fd >= 0 && null_fd >= 0)
            dup2(null_fd, input_fd);
    }
    ssize_t ignored = write(wake[1], "", 1);
    (void)ignored;
    errno = saved;
}

static void on_other(int signal)
{
    int saved = errno;
    if (signal == SIGTSTP)
        stopping = 1;
    else
        hiding = 1;
    ssize_t ignored = write(wake[1], "", 1);
    (void)ignored;
    errno = saved;
}

bool prompt_is_ending(void)
{
    return caught;
}

void prompt_spare(bool on)
{
    sparing = on;
}

static void echo_back(void)
{
    if (echo_is_off)
        tcsetattr(input_fd, TCSADRAIN, &echoing);
    echo_is_off = 0;
}

static void echo_off(void)
{
    struct termios silent;
    if (echo_is_off || tcgetattr(input_fd, &echoing) != 0)
        return;
    silent = echoing;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (tcsetattr(input_fd, TCSADRAIN, &silent) == 0)
        echo_is_off = 1;
}

void prompt_echo(bool on)
{
    if (on)
        echo_back();
    else
        echo_off();
}

static void watch_others(void)
{
    struct sigaction action = {.sa_handler = on_other};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < OTHERS; i++) {
        sigaction(others[i], NULL, &others_before[i]);
        if (others_before[i].sa_handler != SIG_IGN)
            sigaction(others[i], &action, NULL);
    }
}

void prompt_init(struct prompt *p, FILE *in, FILE *out, const struct session *session)
{
    *p = (struct prompt){.in = in, .out = out};
    lock_init(&p->lock, session, NULL);
    input_fd = fileno(in);
    p->terminal = input_fd >= 0 && isatty(input_fd);
    null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    caught = hiding = stopping = sparing = spared = 0;
    if (pipe2(wake, O_CLOEXEC | O_NONBLOCK) != 0)
        wake[0] = wake[1] = -1; /* then a signal is seen with the next line */
    if (p->terminal)
        watch_others();
    struct sigaction action = {.sa_handler = on_ending}; /* no SA_RESTART: a read is to be interrupted */
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < ENDINGS; i++) {
        sigaction(ending[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN) /* nohup */
            sigaction(ending[i], &action, NULL);
    }
    action.sa_handler = SIG_IGN; /* who reads us may go: then writing fails, and we leave in order */
    sigaction(SIGPIPE, &action, &pipe_before);
    mem_before_exit(echo_back);
}

void prompt_release(struct prompt *p)
{
    fflush(p->out);
    for (int i = 0; i < ENDINGS; i++)
        sigaction(ending[i], &before[i], NULL);
    for (int i = 0; i < OTHERS && p->terminal; i++)
        sigaction(others[i], &others_before[i], NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
    mem_before_exit(NULL);
    lock_release(&p->lock);
    if (wake[0] >= 0) {
        close(wake[0]);
        close(wake[1]);
    }
    wake[0] = wake[1] = -1;
    if (null_fd >= 0)
        close(null_fd);
    input_fd = null_fd = -1;
}

/* ---- writing ---- */

/* It ends while it is locked: nothing is shown any more. */
static bool is_mute(const struct prompt *p)
{
    return p->ended && p->lock.locked;
}

void prompt_gap(struct prompt *p)
{
    if (!is_mute(p))
        fputc('\n', p->out);
}

/* How long a line may be now: a narrow terminal would break words where it ends. */
static int columns(const struct prompt *p)
{
    struct winsize size;
    int fd = fileno(p->out);
    if (fd < 0 || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_col > MOST_COLUMNS)
        return MOST_COLUMNS;
    return size.ws_col < LEAST_COLUMNS ? LEAST_COLUMNS : size.ws_col;
}

/* The last line of it without its end, if it is `open`; returns that line's width. */
static int put(struct prompt *p, const char *first, int indent, const char *text, bool open)
{
    if (is_mute(p))
        return 0;
    char *safe = utf8_safe(text, true);
    size_t length = strlen(safe);
    while (length && safe[length - 1] == '\n')
        safe[--length] = '\0';
    struct utf8_line *lines;
    size_t count = utf8_wrap(safe, columns(p) - indent, &lines);
    for (size_t i = 0; i < count; i++) {
        if (i == 0)
            fputs(first, p->out);
        else if (lines[i].length)
            fprintf(p->out, "%*s", indent, "");
        fwrite(safe + lines[i].start, 1, lines[i].length, p->out);
        if (!open || i + 1 < count)
            fputc('\n', p->out);
    }
    int width = lines[count - 1].width + indent;
    free(lines);
    free(safe);
    return width;
}

void prompt_say(struct prompt *p, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    put(p, "", 2, text, false);
    free(text);
}

void prompt_put(struct prompt *p, const char *mark, const char *text)
{
    put(p, mark, utf8_width(mark), text, false);
}

void prompt_item(struct prompt *p, size_t number, const char *text)
{
    char mark[32];
    snprintf(mark, sizeof mark, "%4zu. ", number);
    prompt_put(p, mark, text);
}

/* ---- waiting ---- */

enum prompt_news prompt_wait(struct prompt *p, int milliseconds, bool deaf)
{
    for (;;) {
        char drained[64];
        while (wake[0] >= 0 && read(wake[0], drained, sizeof drained) > 0)
            ;
        if (caught)
            return NEWS_INPUT;
        if (stopping || hiding) {
            bool stop = stopping;
            stopping = hiding = 0;
            return stop ? NEWS_STOP : NEWS_HIDE;
        }
        if (spared) {
            spared = 0;
            return NEWS_SPARED;
        }
        struct pollfd all[] = {{.fd = deaf ? -1 : fileno(p->in), .events = POLLIN},
                               {.fd = wake[0], .events = POLLIN}};
        int ready = ticks_wait(all, 2, milliseconds);
        if (ready == 0)
            return NEWS_TIME;
        if (ready > 0 && all[0].revents)
            return NEWS_INPUT;
    }
}

void prompt_stop(struct prompt *p)
{
    bool silent = echo_is_off;
    fflush(p->out);
    echo_back();
    /* Nobody could wake it up again where stopping is ignored. */
    if (others_before[0].sa_handler != SIG_IGN) {
        struct sigaction stop = {.sa_handler = SIG_DFL}, ours;
        sigemptyset(&stop.sa_mask);
        sigaction(SIGTSTP, &stop, &ours);
        kill(0, SIGTSTP); /* all that the shell started as one job, as the terminal itself would */
        sigaction(SIGTSTP, &ours, NULL);
    }
    stopping = hiding = 0;
    if (silent)
        echo_off();
}

char *prompt_take_begun(struct prompt *p)
{
    struct termios modes, at_once;
    struct strbuf sb = STRBUF_INIT;
    if (!p->terminal || caught || tcgetattr(input_fd, &modes) != 0)
        return NULL;
    at_once = modes;
    at_once.c_lflag &= ~(tcflag_t)ICANON;
    at_once.c_cc[VMIN] = at_once.c_cc[VTIME] = 0;
    tcsetattr(input_fd, TCSANOW, &at_once);
    char block[256];
    ssize_t n;
    while (sb.length < MOST_LINE && (n = read(input_fd, block, sizeof block)) > 0)
        strbuf_addn(&sb, block, (size_t)n);
    tcsetattr(input_fd, TCSANOW, &modes);
    return sb.length ? strbuf_detach(&sb) : NULL;
}

/* ---- reading ---- */

/* A line into `sb`, its end taken off; false where the input ended first. */
static bool read_line(struct prompt *p, struct strbuf *sb, bool *too_long)
{
    for (;;) {
        int c = getc(p->in);
        if (c == EOF && !caught && ferror(p->in) && errno == EINTR) {
            clearerr(p->in); /* the window changed its size, or we were stopped for a while */
            continue;
        }
        if (c == EOF || caught)
            return false;
        if (c == '\n')
            break;
        if (sb->length < MOST_LINE)
            strbuf_addch(sb, (char)c);
        else
            *too_long = true;
    }
    if (sb->length && sb->text[sb->length - 1] == '\r')
        strbuf_remove(sb, sb->length - 1, 1);
    return true;
}

/* A terminal has shown what was typed and gone to the next line. Where nothing has, we do, so that what a
 * pipe gives can be read as what happened. */
static void show_typed(struct prompt *p, const char *text, int width)
{
    if (p->terminal && !p->hidden)
        return;
    if (p->hidden || !*text) {
        fputc('\n', p->out);
    } else if (width + utf8_width(text) <= columns(p)) {
        prompt_put(p, "", text);
    } else {
        fputc('\n', p->out);
        prompt_put(p, "  ", text);
    }
}

char *prompt_read(struct prompt *p, const char *question)
{
    struct strbuf sb = STRBUF_INIT;
    while (!p->ended) {
        bool silent = p->hidden && p->terminal;
        if (silent)
            echo_off(); /* before they are asked, so that not even the first letter shows */
        int width = put(p, "", 2, question, true) + 1;
        fputc(' ', p->out);
        bool too_long = false, written = fflush(p->out) != EOF;
        if (written && p->terminal && !prompt_heed(p))
            continue;
        bool whole = written && read_line(p, &sb, &too_long), stays = p->warned;
        if (silent)
            echo_back();
        lock_touch(&p->lock);
        p->warned = false;
        if (whole && stays && !sb.length)
            continue; /* that is all that this Enter does */
        if (!whole) {
            p->ended = true;
            prompt_gap(p);
            if (sb.length)
                prompt_say(p, "The last line was not ended with Enter, so it was not taken%s%s%s",
                           p->hidden ? "." : ": “", p->hidden ? "" : sb.text, p->hidden ? "" : "”.");
        } else if (too_long) {
            prompt_gap(p);
            prompt_say(p, "That line is too long: the most is %d bytes. Nothing of it was taken.", MOST_LINE);
        } else if (!utf8_valid(sb.text, sb.length)) {
            prompt_gap(p);
            prompt_say(p, "That was not text in UTF-8. Nothing of it was taken. Please type it again.");
        } else {
            char *text = strbuf_detach(&sb);
            show_typed(p, text, width);
            return text;
        }
        strbuf_clear(&sb);
    }
    strbuf_release(&sb);
    return NULL;
}
