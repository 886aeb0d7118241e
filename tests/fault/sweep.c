/* By itself a sweep takes some of the calls only, at even distances. FAULTS=all leaves out none. */
#include "sweep.h"

#include "check.h"

#include "base/mem.h"
#include "scarce.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TESTS = 256 };

static bool all;

void sweep_must(char *said)
{
    if (said)
        fail_msg("%s", said);
}

struct fault_told sweep_calls(const struct job *job)
{
    sweep_must(play(job, &(struct wrong){0}));
    return *play_told();
}

long sweep_step(const struct job *job, long calls, long most)
{
    if (play_is_slow(job))
        most = most / 4 + 1;
    return all || calls <= most ? 1 : (calls + most - 1) / most;
}

void sweep_ways(const struct job *job, const struct wrong ways[], size_t count)
{
    enum { MOST_EACH = 6 };
    struct fault_told calls = sweep_calls(job);
    for (size_t i = 0; i < count; i++) {
        size_t kind = (size_t)(strchr(FAULT_LETTERS, ways[i].kind) - FAULT_LETTERS);
        sweep_must(play_each(job, ways[i], sweep_step(job, calls.calls[kind], MOST_EACH)));
    }
    print_message("# %s: %ld calls failed\n", play_name(job), play_count());
}

int sweep_main(int argc, char **argv, const struct sweep sweeps[])
{
    const char *wanted = getenv("FAULTS"),
               *why = SCARCE_CANNOT ? "a sanitizer wants to be loaded first" : NULL;
    mem_init();
    if (!why)
        why = play_begin();
    if (why) {
        printf("1..0 # SKIP %s\n", why);
        return 0;
    }
    all = wanted && strcmp(wanted, "all") == 0;
    struct CMUnitTest tests[MOST_TESTS];
    size_t count = 0;
    for (; sweeps->name; sweeps++) {
        const struct job *job;
        for (int i = 0; (job = play_nth(i)); i++) {
            char *name = xasprintf("%s, %s", sweeps->name, play_name(job));
            assert_true(count < MOST_TESTS);
            if (argc < 2 || strstr(name, argv[1]))
                tests[count++] = (struct CMUnitTest){name, sweeps->test, NULL, NULL, (void *)job};
            else
                free(name);
        }
    }
    int failed = _cmocka_run_group_tests("sweeps", tests, count, NULL, NULL);
    for (size_t i = 0; i < count; i++)
        free((char *)tests[i].name);
    play_end();
    return failed;
}
