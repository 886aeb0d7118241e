/* Memory that runs out in the real program, for once or for good, in each job: see play.h and jobs.c. What
 * test-memory does in its own process, this does to the commands. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "play.h"
#include "sweep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* What counts the lines that were reached asks for memory as the program ends, and crashes where there is
 * none. */
static bool measures_coverage(void)
{
    size_t length;
    const char *program = getenv("ALONGSIDE");
    char *bytes = program ? path_read(program, (size_t)1 << 28, &length, NULL) : NULL;
    bool measures = bytes && memmem(bytes, length, "GCOV_PREFIX", strlen("GCOV_PREFIX"));
    free(bytes);
    return measures;
}

int main(int argc, char **argv)
{
    if (measures_coverage()) {
        printf("1..0 # SKIP what measures coverage does not bear a want of memory\n");
        return 0;
    }
    static const struct sweep sweeps[] = {{"memory", test_memory}, {NULL, NULL}};
    return sweep_main(argc, argv, sweeps);
}
