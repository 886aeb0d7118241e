/* Which front end: one place, so that every command decides alike. */
#include "command/front.h"

#include "base/out.h"
#include "line/line.h"
#include "screen/screen.h"

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

int front_run(struct session *s, bool accessible)
{
    if (front_is_plain(accessible))
        return line_run(s, stdin, stdout);
    char *cause = NULL;
    int status = screen_run(s, &cause);
    if (status < 0) { /* no screen here: why, and on without one */
        out_line(stderr, "alongside: %s", cause);
        status = line_run(s, stdin, stdout);
    }
    free(cause);
    return status;
}
