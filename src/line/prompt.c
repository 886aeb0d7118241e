/* Writing lines that fit, and reading one at a time.
 *
 * A signal that ends the program must neither be missed between looking at the flag and reading, nor tear
 * what is being done. So its handler only notes it and puts the null device in the input's place: a read
 * under way is interrupted, a later one finds the end. */
#include "line/prompt.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

enum { MOST_COLUMNS = 72, LEAST_COLUMNS = 20, MOST_LINE = 32 * 1024 };

static const int ending[] = {SIGHUP, SIGINT, SIGTERM};
enum { ENDINGS = sizeof ending / sizeof *ending };

static struct sigaction before[ENDINGS], pipe_before;
static volatile sig_atomic_t caught;
static int input_fd = -1, null_fd = -1;
static struct termios echoing;
static volatile sig_atomic_t echo_is_off;

static void on_ending(int signal)
{
    int saved = errno;
    caught = signal;
    if (input_fd >= 0 && null_fd >= 0)
        dup2(null_fd, input_fd);
    errno = saved;
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
    if (tcgetattr(input_fd, &echoing) != 0)
        return;
    silent = echoing;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
    if (tcsetattr(input_fd, TCSADRAIN, &silent) == 0)
        echo_is_off = 1;
}

void prompt_init(struct prompt *p, FILE *in, FILE *out)
{
    *p = (struct prompt){.in = in, .out = out};
    input_fd = fileno(in);
    p->terminal = input_fd >= 0 && isatty(input_fd);
    null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    caught = 0;
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
    sigaction(SIGPIPE, &pipe_before, NULL);
    mem_before_exit(NULL);
    if (null_fd >= 0)
        close(null_fd);
    input_fd = null_fd = -1;
}

/* ---- writing ---- */

void prompt_gap(struct prompt *p)
{
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
        bool too_long = false;
        bool whole = fflush(p->out) != EOF && read_line(p, &sb, &too_long);
        if (silent)
            echo_back();
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
