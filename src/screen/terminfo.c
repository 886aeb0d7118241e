/* What the terminfo database says of a terminal. In a file of its own: <term.h> defines names such as `lines`
 * and `columns` as macros. */
#include "screen/terminfo.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <curses.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>

#define INSTEAD                                                                                              \
    "Start with --accessible to work line by line, or set TERM to your terminal's type (for example "        \
    "TERM=linux)."

bool terminfo_draws(const char *type, int fd, char **cause)
{
    if (!type || !*type)
        return cause_set(cause, "TERM is not set, so nobody knows how to draw on this terminal. " INSTEAD);
    if (strcmp(type, "dumb") == 0)
        return cause_set(cause, "This terminal cannot draw screens (TERM is \"dumb\"). " INSTEAD);
    int found = 0;
    bool usable = setupterm(type, fd, &found) == OK;
    bool moves = usable && cursor_address && clear_screen;
    if (usable)
        del_curterm(cur_term);
    if (moves)
        return true;
    char *name = utf8_safe(type, false);
    if (usable || found == 1)
        cause_set(cause, "A terminal of type \"%s\" cannot draw screens. " INSTEAD, name);
    else if (found == 0)
        cause_set(cause, "This computer does not know terminals of type \"%s\" (TERM). " INSTEAD, name);
    else
        cause_set(cause,
                  "This computer has no list of terminals (Debian: the package ncurses-base). " INSTEAD);
    free(name);
    return false;
}

bool terminfo_has_lines(const char *type)
{
    static const char *const old[] = {"vt",  "ansi", "pcansi", "cons25", "wsvt25",
                                      "sun", "mach", "hurd",   "cygwin"};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        if (strncmp(type, old[i], strlen(old[i])) == 0)
            return false;
    }
    return true;
}

/* tputs() hands over one byte at a time. */
static struct strbuf *sent;

static int put(int byte)
{
    strbuf_addch(sent, (char)byte);
    return byte;
}

static void add(const char *capability)
{
    if (capability && capability != (const char *)-1)
        tputs(capability, 1, put);
}

char *terminfo_wipe(const char *type, int fd, bool both)
{
    struct strbuf sb = STRBUF_INIT;
    int found;
    bool ours = !cur_term; /* else curses runs on it */
    if (ours && (!type || setupterm(type, fd, &found) != OK))
        return xstrdup("");
    if (!cur_term)
        return xstrdup("");
    sent = &sb;
    both = both && exit_ca_mode && enter_ca_mode;
    if (both)
        add(exit_ca_mode);
    add(clear_screen);
    /* Some terminals put what they clear where it can be scrolled back to, so this comes after it. Nearly all
     * know it whatever their type says; the others pass it over. */
    const char *scrolled = tigetstr("E3");
    if (scrolled && scrolled != (const char *)-1)
        add(scrolled);
    else if (clear_screen && strstr(clear_screen, "\033["))
        strbuf_add(&sb, "\033[3J");
    if (both)
        add(enter_ca_mode);
    sent = NULL;
    if (ours)
        del_curterm(cur_term);
    return sb.length ? strbuf_detach(&sb) : xstrdup("");
}
