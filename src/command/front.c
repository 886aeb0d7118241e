/* Which front end: one place, so that every command decides alike. */
#include "command/front.h"

#include "base/out.h"
#include "line/line.h"
#include "screen/screen.h"
#include "screen/terminfo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool front_has_people(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

bool front_is_plain(bool accessible)
{
    const char *asked = getenv("ACCESSIBLE"), *term = getenv("TERM");
    return accessible || (asked && *asked && strcmp(asked, "0") != 0) || !term || !*term ||
           strcmp(term, "dumb") == 0 || !front_has_people();
}

void front_plain(void)
{
    static char *wipes; /* as long as the program */
    if (!wipes && isatty(STDOUT_FILENO)) {
        wipes = terminfo_wipe(getenv("TERM"), STDOUT_FILENO, false);
        line_wipes_with(wipes);
    }
}

static int run_lines(struct session *s)
{
    front_plain();
    return line_run(s, stdin, stdout);
}

int front_run(struct session *s, bool accessible)
{
    if (front_is_plain(accessible))
        return run_lines(s);
    char *cause = NULL;
    int status = screen_run(s, &cause);
    if (status < 0) { /* no screen here: why, and on without one */
        out_line(stderr, "alongside: %s", cause);
        status = run_lines(s);
    }
    free(cause);
    return status;
}
