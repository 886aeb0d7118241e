/* Why something could not be done, in plain words. */
#include "base/cause.h"

#include "base/mem.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool cause_set(char **cause, const char *format, ...)
{
    if (cause) {
        va_list args;
        va_start(args, format);
        *cause = xvasprintf(format, args);
        va_end(args);
    }
    return false;
}

bool cause_errno(char **cause, const char *format, ...)
{
    const char *reason = strerror(errno);
    if (cause) {
        va_list args;
        va_start(args, format);
        char *what = xvasprintf(format, args);
        va_end(args);
        *cause = xasprintf("%s: %s", what, reason);
        free(what);
    }
    return false;
}
