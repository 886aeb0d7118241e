/* The real program ending, and the power with it, before each call that it makes on its files, in each job:
 * see play.h and jobs.c. */
#include "check.h"

#include "base/mem.h"
#include "play.h"
#include "sweep.h"

static void test_kill(void **state)
{
    const struct job *job = *state;
    long calls = sweep_calls(job).all;
    sweep_must(play_each_end(job, NULL, sweep_step(job, calls, 48)));
    print_message("# %s: killed at %ld of %ld calls\n", play_name(job), play_count(), calls);
}

static void test_power(void **state)
{
    static const char *const cuts[] = {"worst", "names", "half"};
    const struct job *job = *state;
    long calls = sweep_calls(job).all;
    for (size_t i = 0; i < 3; i++)
        sweep_must(play_each_end(job, cuts[i], sweep_step(job, calls, i ? 16 : 48)));
    print_message("# %s: the power cut %ld times, in one of 3 ways, at %ld calls\n", play_name(job),
                  play_count(), calls);
}

int main(int argc, char **argv)
{
    static const struct sweep sweeps[] = {{"kill", test_kill}, {"power", test_power}, {NULL, NULL}};
    return sweep_main(argc, argv, sweeps);
}
