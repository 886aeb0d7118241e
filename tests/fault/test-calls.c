/* Each call of the real program failing, falling short or being its last, in real jobs: see play.h and
 * jobs.c.
 *
 * Every kind of call is swept in every job. FAULTS=all leaves out none of them; by itself the long sweeps
 * take some of the calls only. */
#include "check.h"

#include "base/mem.h"
#include "play.h"
#include "scarce.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bool all;

static void must_hold(char *said)
{
    if (said)
        fail_msg("%s", said);
}

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

/* Each step of as many that about `most` of `calls` are taken; FAULTS=all: of all. */
static long step_of(const struct job *job, long calls, long most)
{
    if (play_is_slow(job))
        most = most / 12 + 1;
    return all || calls <= most ? 1 : (calls + most - 1) / most;
}

/* How many calls there are where nothing fails. */
static struct fault_told calls_of(const struct job *job)
{
    must_hold(play(job, &(struct wrong){0}));
    return *play_told();
}

static void test_errors(void **state)
{
    const struct job *job = *state;
    struct fault_told calls = calls_of(job);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t kind = (size_t)(strchr(FAULT_LETTERS, ways[i].kind) - FAULT_LETTERS);
        must_hold(play_each(job, ways[i], step_of(job, calls.calls[kind], 8)));
    }
    print_message("# %s: %ld calls failed\n", play_name(job), play_count());
}

static void test_memory(void **state)
{
    const struct job *job = *state;
    struct wrong wrong = {.kind = 'm', .error = ENOMEM};
    long places = calls_of(job).calls[FAULT_MEMORY];
    must_hold(play_each(job, wrong, step_of(job, places, 24)));
    wrong.on = true;
    must_hold(play_each(job, wrong, step_of(job, places, 6)));
    print_message("# %s: memory ran out at %ld of %ld places\n", play_name(job), play_count(), places);
}

static void test_kill(void **state)
{
    const struct job *job = *state;
    long calls = calls_of(job).all;
    must_hold(play_each_end(job, NULL, step_of(job, calls, 48)));
    print_message("# %s: killed at %ld of %ld calls\n", play_name(job), play_count(), calls);
}

static void test_power(void **state)
{
    static const char *const cuts[] = {"worst", "names", "half"};
    const struct job *job = *state;
    long calls = calls_of(job).all;
    for (size_t i = 0; i < 3; i++)
        must_hold(play_each_end(job, cuts[i], step_of(job, calls, i ? 16 : 48)));
    print_message("# %s: the power cut %ld times, in one of 3 ways, at %ld calls\n", play_name(job),
                  play_count(), calls);
}

int main(int argc, char **argv)
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
    static const struct {
        const char *name;
        CMUnitTestFunction test;
    } kinds[] = {
        {"errors", test_errors}, {"memory", test_memory}, {"kill", test_kill}, {"power", test_power}};
    struct CMUnitTest tests[96];
    size_t count = 0;
    for (size_t k = 0; k < 4; k++) {
        for (int i = 0; play_nth(i); i++) {
            char *name = xasprintf("%s, %s", kinds[k].name, play_name(play_nth(i)));
            if (argc < 2 || strstr(name, argv[1]))
                tests[count++] = (struct CMUnitTest){name, kinds[k].test, NULL, NULL, (void *)play_nth(i)};
        }
    }
    int failed = _cmocka_run_group_tests("calls", tests, count, NULL, NULL);
    play_end();
    return failed;
}
