/* What bench/peers/peers.mjs asks for: a made-up form as text, and how fast it is loaded and answered here,
 * so that other engines can be held against it in the same run. One person's answers, the same numbers as
 * there. */
#include "bench/bench.h"

#include "assessment/assessment.h"
#include "base/mem.h"
#include "bench/make-form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *form_of(const char *kind, int size, size_t *length)
{
    if (strcmp(kind, "repeat") == 0)
        return make_repeat_form(length);
    return strcmp(kind, "filter") == 0 ? make_filter_form(size, length) : make_form(size, length);
}

/* The next answer as a line of JSON. */
static char *answer_of(const char *kind, int size, int i, unsigned *state)
{
    unsigned question, entry;
    if (strcmp(kind, "filter") == 0)
        return xasprintf("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"county\","
                         "\"value\":\"c%d\"}",
                         i % 10);
    if (strcmp(kind, "repeat") == 0) {
        question = made_up(state, MADE_QUESTIONS);
        entry = made_up(state, (unsigned)size);
        return xasprintf("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"q%u#%u\","
                         "\"value\":%u}",
                         question, entry + 1, 1 + made_up(state, 5));
    }
    question = made_up(state, (unsigned)size);
    return xasprintf("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"q%u\",\"value\":%u}",
                     question, 1 + made_up(state, 5));
}

static size_t offered(const struct assessment *a)
{
    int town = assessment_find(a, "town");
    const struct choice_list *choices = assessment_question(a, town)->choices;
    size_t count = 0;
    for (size_t c = 0; c < choices->count; c++)
        count += assessment_offers(a, town, SERVICE_USER, &choices->choices[c]);
    return count;
}

static double check(const struct assessment *a, const char *kind)
{
    if (strcmp(kind, "filter") == 0)
        return (double)offered(a);
    int sum = assessment_find(a, strcmp(kind, "repeat") == 0 ? "all" : "sum0");
    return value_number(assessment_calculated(a, sum, SERVICE_USER));
}

static void measure(const char *kind, int size, int answers)
{
    size_t length;
    char *source = form_of(kind, size, &length);
    double start = seconds_now();
    struct form *form = bench_form(source, length);
    struct assessment *a = assessment_new(form);
    for (int i = 0; i < size && strcmp(kind, "repeat") == 0; i++) {
        char *line = xstrdup("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"entries\"}");
        bench_take(a, line, strlen(line));
        free(line);
    }
    double loaded = seconds_now() - start;
    double *took = xcalloc((size_t)answers, sizeof *took);
    unsigned state = 1;
    for (int i = 0; i < answers; i++) {
        char *line = answer_of(kind, size, i, &state);
        start = seconds_now();
        bench_take(a, line, strlen(line));
        if (strcmp(kind, "filter") == 0)
            offered(a);
        took[i] = seconds_now() - start;
        free(line);
    }
    printf("{\"load\": %.6f, \"p50\": %.6f, \"p99\": %.6f, \"check\": %g}\n", loaded * 1e3,
           share_of(took, (size_t)answers, 0.5) * 1e3, share_of(took, (size_t)answers, 0.99) * 1e3,
           check(a, kind));
    free(took);
    assessment_free(a);
    form_free(form);
    free(source);
}

int bench_peer(int argc, char **argv)
{
    int size = argc > 3 ? atoi(argv[3]) : 0;
    if (argc == 4 && strcmp(argv[1], "form") == 0 && size > 0) {
        size_t length;
        char *source = form_of(argv[2], size, &length);
        fwrite(source, 1, length, stdout);
        free(source);
        return 0;
    }
    if (argc == 5 && strcmp(argv[1], "peer") == 0 && size > 0 && atoi(argv[4]) > 0) {
        measure(argv[2], size, atoi(argv[4]));
        return 0;
    }
    fputs("usage: bench\n       bench form plain|repeat|filter SIZE\n"
          "       bench peer plain|repeat|filter SIZE ANSWERS\n",
          stderr);
    return 2;
}
