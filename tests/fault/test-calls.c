/* Each call of the real program that changes or opens files failing or falling short, in each job: see play.h
 * and jobs.c. */
#include "check.h"

#include "sweep.h"

#include <errno.h>

/* How each kind of call can go wrong. */
static const struct wrong ways[] = {
    {.kind = 'w', .error = EIO},
    {.kind = 'w', .error = ENOSPC, .on = true},
    {.kind = 'w', .error = EINTR},
    {.kind = 'w', .amount = "half"},
    {.kind = 'w', .amount = "one"},
    {.kind = 'w', .amount = "half", .error = ENOSPC, .on = true},
    {.kind = 'w', .amount = "one", .error = EDQUOT, .on = true},
    {.kind = 's', .error = EIO},
    {.kind = 's', .error = EIO, .power = "worst"},
    {.kind = 's', .error = ENOSPC, .on = true},
    {.kind = 's', .error = EINTR},
    {.kind = 's', .error = EIO, .done = true},
    {.kind = 'o', .error = EMFILE},
    {.kind = 'o', .error = EACCES, .on = true},
    {.kind = 'o', .error = EROFS, .on = true},
    {.kind = 'n', .error = EIO},
    {.kind = 'n', .error = EROFS, .on = true},
    {.kind = 'n', .error = EIO, .done = true},
    {.kind = 'l', .error = EAGAIN},
    {.kind = 'l', .error = ENOLCK, .on = true},
    {.kind = 't', .error = EIO, .on = true},
    {.kind = 't', .error = EINTR},
};

static void test_errors(void **state)
{
    sweep_ways(*state, ways, sizeof ways / sizeof *ways);
}

int main(int argc, char **argv)
{
    static const struct sweep sweeps[] = {{"errors", test_errors}, {NULL, NULL}};
    return sweep_main(argc, argv, sweeps);
}
