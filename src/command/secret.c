/* Passphrases and codes, from the terminal or a file, in guarded memory. */
#include "command/secret.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/out.h"
#include "record/disk.h"
#include "screen/terminfo.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

struct secret secret_new(void)
{
    struct secret secret = {.text = mem_guarded(PASSPHRASE_MOST + 1)};
    secret.text[0] = '\0';
    return secret;
}

void secret_free(struct secret *secret)
{
    sodium_free(secret->text);
    *secret = (struct secret){0};
}

static bool finish(struct secret *secret, size_t length)
{
    if (length && secret->text[length - 1] == '\r')
        length--;
    secret->text[length] = '\0';
    secret->length = length;
    return length > 0;
}

static bool too_long(char **cause)
{
    return cause_set(cause, "That is too long: a passphrase has %d bytes at most.", PASSPHRASE_MOST);
}

/* ---- the terminal ---- */

enum line { LINE_TYPED, LINE_NONE, LINE_SIGNAL, LINE_LONG };

/* What would leave the terminal without echo. They are held back but for the moments of waiting, so that none
 * can come between looking for one and waiting for a key. */
static const int leaving[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
enum { LEAVING = sizeof leaving / sizeof *leaving };

static volatile sig_atomic_t caught;

static void catch_signal(int number)
{
    caught = number;
}

static enum line read_line(int fd, struct secret *secret, const sigset_t *while_waiting)
{
    size_t length = 0;
    bool longer = false;
    for (;;) {
        struct pollfd input = {.fd = fd, .events = POLLIN};
        int ready = ppoll(&input, 1, NULL, while_waiting);
        if (caught)
            return LINE_SIGNAL;
        if (ready < 0 && errno != EINTR)
            return LINE_NONE;
        if (ready <= 0)
            continue;
        char byte;
        ssize_t n = read(fd, &byte, 1);
        if (n <= 0)
            return LINE_NONE;
        bool whole = byte == '\n';
        if (!whole && length < PASSPHRASE_MOST)
            secret->text[length++] = byte;
        else if (!whole)
            longer = true;
        sodium_memzero(&byte, sizeof byte);
        if (whole)
            return longer ? LINE_LONG : finish(secret, length) ? LINE_TYPED : LINE_NONE;
    }
}

/* Write a text, broken to the terminal's width. */
static bool write_wrapped(int fd, const char *text)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *terminal = copy >= 0 ? fdopen(copy, "w") : NULL;
    if (!terminal) {
        if (copy >= 0)
            close(copy);
        return false;
    }
    setvbuf(terminal, NULL, _IONBF, 0); /* a code that is shown stays in no buffer */
    out_wrapped(terminal, text, out_columns(fd), 0);
    bool written = !ferror(terminal);
    return fclose(terminal) == 0 && written;
}

/* Ask once; a signal that came is put in *number, with the terminal as it was before. */
static enum line ask_once(int fd, struct secret *secret, const char *prompt, bool shown, int *number)
{
    struct sigaction before[LEAVING], catching = {.sa_handler = catch_signal};
    sigset_t held, was;
    sigemptyset(&catching.sa_mask);
    sigemptyset(&held);
    for (int i = 0; i < LEAVING; i++)
        sigaddset(&held, leaving[i]);
    sigprocmask(SIG_BLOCK, &held, &was);
    caught = 0;
    for (int i = 0; i < LEAVING; i++) {
        sigaction(leaving[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN)
            sigaction(leaving[i], &catching, NULL);
    }
    struct termios old, quiet;
    bool changed = tcgetattr(fd, &old) == 0;
    quiet = old;
    quiet.c_iflag |= ICRNL;
    quiet.c_lflag |= ICANON | ISIG | ECHONL;
    if (!shown)
        quiet.c_lflag &= ~(tcflag_t)ECHO;
    changed = changed && tcsetattr(fd, TCSADRAIN, &quiet) == 0;
    enum line line = LINE_NONE;
    if ((changed || shown) && write_wrapped(fd, prompt))
        line = read_line(fd, secret, &was);
    *number = line == LINE_SIGNAL ? caught : 0;
    if (changed)
        tcsetattr(fd, TCSADRAIN, &old);
    if (line == LINE_SIGNAL)
        (void)!write(fd, "\n", 1);
    for (int i = 0; i < LEAVING; i++)
        sigaction(leaving[i], &before[i], NULL);
    sigprocmask(SIG_SETMASK, &was, NULL);
    return line;
}

static int open_terminal(void)
{
    return open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
}

bool secret_has_terminal(void)
{
    int fd = open_terminal();
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

void secret_say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    int fd = open_terminal();
    if (fd >= 0) {
        write_wrapped(fd, text);
        close(fd);
    }
    sodium_memzero(text, strlen(text));
    free(text);
}

bool secret_wipe_terminal(void)
{
    int fd = open_terminal();
    char *bytes = fd >= 0 ? terminfo_wipe(getenv("TERM"), fd, false) : NULL;
    bool wiped = bytes && *bytes && disk_write_all(fd, bytes, strlen(bytes));
    if (fd >= 0)
        close(fd);
    free(bytes);
    return wiped;
}

bool secret_ask(struct secret *secret, const char *prompt, bool shown, char **cause)
{
    secret->length = 0;
    int fd = open_terminal(), number;
    if (fd < 0)
        return cause_set(cause, "There is no terminal to ask at.");
    enum line line;
    /* What was held back happens now: it ends the program, or stops it until it is gone on with. */
    while ((line = ask_once(fd, secret, prompt, shown, &number)) == LINE_SIGNAL) {
        kill(getpid(), number);
        if (number != SIGTSTP)
            break;
    }
    close(fd);
    return line == LINE_TYPED || (line == LINE_LONG && too_long(cause));
}

/* ---- files ---- */

static ssize_t read_byte(int fd, char *byte)
{
    ssize_t n;
    do
        n = read(fd, byte, 1);
    while (n < 0 && errno == EINTR);
    return n;
}

bool secret_from_file(struct secret *secret, const char *path, char **cause)
{
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return cause_errno(cause, "The passphrase cannot be read from %s", name);
    size_t length = 0;
    char byte = '\0';
    ssize_t n;
    /* A byte at a time: what comes after the line is not ours. */
    while ((n = read_byte(fd, &byte)) == 1 && byte != '\n' && length <= PASSPHRASE_MOST)
        secret->text[length++] = byte; /* there is room for one more, and then it is too long */
    sodium_memzero(&byte, sizeof byte);
    bool failed = n < 0 && !cause_errno(cause, "The passphrase cannot be read from %s", name);
    if (!standard)
        close(fd);
    if (failed)
        return false;
    if (length > PASSPHRASE_MOST)
        return too_long(cause);
    return finish(secret, length) ||
           cause_set(cause, "There is no passphrase in the first line of %s.", name);
}
