/* The door between a line as it is said and a line as it is kept: open, for now. */
#include "record/frame.h"

#include "base/cause.h"

#include <string.h>

/* How a sealed line begins. This version cannot make or read one, and says so rather than call it damaged. */
static const char sealed[] = "{\"sealed\":";

void frame_close(const char *line, size_t length, struct strbuf *stored)
{
    strbuf_addn(stored, line, length);
    strbuf_addch(stored, '\n');
}

bool frame_open(const char *stored, size_t length, struct strbuf *line, char **cause)
{
    if (length >= sizeof sealed - 1 && memcmp(stored, sealed, sizeof sealed - 1) == 0)
        return cause_set(cause, "it is sealed, and this version of Alongside cannot open sealed records");
    strbuf_clear(line);
    strbuf_addn(line, stored, length);
    return true;
}
