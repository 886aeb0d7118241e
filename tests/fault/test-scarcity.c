/* Memory that runs out in the real program, for once or for good, in each job: see play.h and jobs.c. What
 * test-memory does in its own process, this does to the commands. */
#include "check.h"

#include "base/mem.h"
#include "play.h"
#include "sweep.h"

#include <errno.h>

static void test_memory(void **state)
{
    const struct job *job = *state;
    struct wrong wrong = {.kind = 'm', .error = ENOMEM};
    long places = sweep_calls(job).calls[FAULT_MEMORY];
    sweep_must(play_each(job, wrong, sweep_step(job, places, 24)));
    wrong.on = true;
    sweep_must(play_each(job, wrong, sweep_step(job, places, 6)));
    print_message("# %s: memory ran out at %ld of %ld places\n", play_name(job), play_count(), places);
}

int main(int argc, char **argv)
{
    static const struct sweep sweeps[] = {{"memory", test_memory}, {NULL, NULL}};
    return sweep_main(argc, argv, sweeps);
}
