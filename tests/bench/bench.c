/* make bench: a short table of how long things take, how much memory they hold, and how much is sent. Each
 * figure has beside it what it is to be held against, measured in the same run: this machine's speed divides
 * out. */
#include "bench/bench.h"

#include "base/mem.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int missed;

double seconds_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

double in_child(void (*work)(const void *what, double figures[FIGURES]), const void *what,
                double figures[FIGURES])
{
    int ends[2], status;
    struct rusage usage;
    const size_t size = FIGURES * sizeof *figures;
    fflush(stdout);
    if (pipe(ends) != 0)
        exit(2);
    memset(figures, 0, size);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        work(what, figures);
        _exit(write(ends[1], figures, size) == (ssize_t)size ? 0 : 2);
    }
    close(ends[1]);
    bool told = child > 0 && read(ends[0], figures, size) == (ssize_t)size;
    close(ends[0]);
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0 || !told) {
        fputs("bench: a measurement did not come to its end.\n", stderr);
        exit(2);
    }
    return (double)usage.ru_maxrss / 1024;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double share_of(double *numbers, size_t count, double share)
{
    qsort(numbers, count, sizeof *numbers, by_size);
    size_t i = (size_t)((double)count * share);
    return numbers[i < count ? i : count - 1];
}

unsigned made_up(unsigned *state, unsigned below)
{
    *state = *state * 1103515245u + 12345u;
    return (*state >> 16) % below;
}

static struct form *sound(struct form *form, struct diags *diags, const char *source, size_t length)
{
    if (!form) {
        diags_print(diags, source, length, stderr);
        exit(2);
    }
    diags_release(diags);
    return form;
}

struct form *bench_form(const char *source, size_t length)
{
    struct diags diags;
    diags_init(&diags, "made-up");
    struct form *form = form_load("made-up", source, length, &diags);
    return sound(form, &diags, source, length);
}

struct form *bench_read(const char *path)
{
    struct diags diags;
    diags_init(&diags, path);
    struct form *form = form_read(path, &diags);
    return sound(form, &diags, "", 0);
}

void heading(const char *text)
{
    printf("\n%s\n", text);
}

void aim(const char *what, double is, double most, const char *unit)
{
    bool met = is <= most;
    missed += !met;
    printf("    aim: %s at most %g %s: %.3g %s, %s\n", what, most, unit, is, unit, met ? "met" : "MISSED");
}

int aims_missed(void)
{
    return missed;
}

int main(int argc, char **argv)
{
    mem_init();
    setlocale(LC_ALL, "");
    if (argc > 1)
        return bench_peer(argc, argv);
    double start = seconds_now();
    bench_load();
    bench_answers();
    bench_screen();
    bench_record();
    bench_review(getenv("BENCH_CASELOAD"));
    printf("\n%s, in %.0f s\n", aims_missed() ? "Aims were missed" : "All aims were met",
           seconds_now() - start);
    return 0;
}
