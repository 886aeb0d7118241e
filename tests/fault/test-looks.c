/* Each call of the real program that reads or looks failing, or reading wrongly, and the clock, and guarded
 * memory: see play.h and jobs.c. */
#include "check.h"

#include "sweep.h"

#include <errno.h>

/* How each kind of call can go wrong. */
static const struct wrong ways[] = {
    {.kind = 'r', .error = EIO},
    {.kind = 'r', .error = EIO, .on = true},
    {.kind = 'r', .error = EINTR},
    {.kind = 'r'},
    {.kind = 'x', .error = EIO},
    {.kind = 'a', .error = EIO},
    {.kind = 'a', .error = EACCES, .on = true},
    {.kind = 'c', .error = EINVAL},
    {.kind = 'c'},
    {.kind = 'c', .on = true},
    {.kind = 'p', .error = ENOMEM},
    {.kind = 'p', .error = EAGAIN, .on = true},
};

static void test_looks(void **state)
{
    sweep_ways(*state, ways, sizeof ways / sizeof *ways);
}

int main(int argc, char **argv)
{
    static const struct sweep sweeps[] = {{"looks", test_looks}, {NULL, NULL}};
    return sweep_main(argc, argv, sweeps);
}
