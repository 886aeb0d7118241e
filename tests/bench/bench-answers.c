/* One answer, all it takes but the disk: the line of JSON read, its shape and the rules looked at, folded in,
 * what hangs on it worked out again, and what the rules then call for. */
#include "bench/bench.h"

#include "assessment/assessment.h"
#include "base/mem.h"
#include "bench/make-form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWERS = 20000, SUMS_EACH = 20 };

static const int sizes[] = {100, 1000, 10000};

bool bench_take(struct assessment *a, const char *line, size_t length)
{
    char *cause = NULL;
    struct event event;
    json_t *intent = json_loadb(line, length, 0, NULL);
    assessment_complete(a, intent);
    bool taken = event_parse(intent, true, &event, &cause) && assessment_follows(a, &event, &cause);
    if (taken)
        assessment_fold(a, &event);
    free(cause);
    bool owes = false;
    for (json_t *owed; taken && (owed = assessment_owed(a)); owes = true) {
        taken = event_parse(owed, true, &event, NULL);
        assessment_fold(a, &event);
        json_decref(owed);
    }
    json_decref(intent);
    return owes;
}

static void answers_child(const void *what, double figures[FIGURES])
{
    int questions = *(const int *)what;
    size_t length;
    char *source = make_form(questions, &length);
    struct form *form = bench_form(source, length);
    struct assessment *a = assessment_new(form);
    double *took = xcalloc(ANSWERS, sizeof *took);
    unsigned state = 1;
    for (int i = 0; i < ANSWERS; i++) {
        /* Each pair answers the same question; every third pair anew, so that differences come and go. */
        int question = (int)made_up(&state, (unsigned)questions);
        if (i % 2)
            question = (int)figures[5];
        figures[5] = question;
        char line[256];
        int n =
            snprintf(line, sizeof line,
                     "{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"q%d\",\"value\":%u,\"because\":"
                     "\"number %d, said in a few words\"}",
                     who_names[i % 2 ? SERVICE_USER : PRACTITIONER], question, 1 + made_up(&state, 5), i);
        double start = seconds_now();
        figures[3] += bench_take(a, line, (size_t)n);
        took[i] = seconds_now() - start;
    }
    figures[4] = (double)assessment_events(a);
    figures[0] = share_of(took, ANSWERS, 0.5);
    figures[1] = share_of(took, ANSWERS, 0.99);
    figures[2] = share_of(took, ANSWERS, 1);
}

/* ---- in the entries of a repeat ---- */

static const int entry_counts[] = {1, 10, 99};

static void take_text(struct assessment *a, char *line)
{
    bench_take(a, line, strlen(line));
    free(line);
}

static void repeats_child(const void *what, double figures[FIGURES])
{
    int entries = *(const int *)what;
    size_t length;
    char *source = make_repeat_form(&length);
    struct form *form = bench_form(source, length);
    struct assessment *a = assessment_new(form);
    for (int i = 0; i < entries; i++)
        take_text(a, xstrdup("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"entries\"}"));
    double *took = xcalloc(ANSWERS, sizeof *took);
    unsigned state = 1;
    for (int i = 0; i < ANSWERS; i++) {
        char line[256];
        int n = snprintf(line, sizeof line,
                         "{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"q%u#%u\",\"value\":%u}",
                         who_names[i % 2 ? SERVICE_USER : PRACTITIONER], made_up(&state, MADE_QUESTIONS),
                         1 + made_up(&state, (unsigned)entries), 1 + made_up(&state, 5));
        double start = seconds_now();
        bench_take(a, line, (size_t)n);
        took[i] = seconds_now() - start;
    }
    figures[0] = share_of(took, ANSWERS, 0.5);
    figures[1] = share_of(took, ANSWERS, 0.99);
    figures[2] = share_of(took, ANSWERS, 1);
}

static void bench_repeats(void)
{
    heading("The same in a repeat of ten questions, with sums within and over all entries");
    printf("%10s %9s %9s %9s\n", "entries", "p50 us", "p99 us", "max us");
    double one = 0, all = 0;
    for (size_t i = 0; i < sizeof entry_counts / sizeof *entry_counts; i++) {
        double figures[FIGURES];
        in_child(repeats_child, &entry_counts[i], figures);
        printf("%10d %9.1f %9.1f %9.1f\n", entry_counts[i], figures[0] * 1e6, figures[1] * 1e6,
               figures[2] * 1e6);
        one = i == 0 ? figures[1] : one;
        all = figures[1];
    }
    printf("    p99 with 99 entries is %.2f times that with one\n", all / one);
    /* Two lists of 99 are gone through anew, for each person and for what is agreed. */
    aim("an answer in one of 99 entries at p99", all * 1e3, 0.2, "ms");
}

/* ---- choices that hang on an answer ---- */

static const int town_counts[] = {100, 1000, 10000};

static void filters_child(const void *what, double figures[FIGURES])
{
    enum { ROUNDS = 200 };
    int towns = *(const int *)what;
    size_t length;
    char *source = make_filter_form(towns, &length);
    struct form *form = bench_form(source, length);
    struct assessment *a = assessment_new(form);
    int town = assessment_find(a, "town");
    const struct choice_list *choices = form->questions[town].choices;
    double *took = xcalloc(ROUNDS, sizeof *took);
    for (int i = 0; i < ROUNDS; i++) {
        take_text(a, xasprintf("{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"county\","
                               "\"value\":\"c%d\"}",
                               i % 10));
        double start = seconds_now();
        for (size_t c = 0; c < choices->count; c++)
            figures[2] += assessment_offers(a, town, SERVICE_USER, &choices->choices[c]);
        took[i] = seconds_now() - start;
    }
    figures[0] = share_of(took, ROUNDS, 0.5);
    figures[1] = share_of(took, ROUNDS, 0.99);
    figures[2] /= ROUNDS;
}

static void bench_filters(void)
{
    heading("Which choices are offered, by a choice_filter over an answer");
    printf("%10s %9s %9s %12s\n", "choices", "p50 us", "p99 us", "ns a choice");
    double most = 0;
    for (size_t i = 0; i < sizeof town_counts / sizeof *town_counts; i++) {
        double figures[FIGURES];
        in_child(filters_child, &town_counts[i], figures);
        printf("%10d %9.1f %9.1f %12.1f\n", town_counts[i], figures[0] * 1e6, figures[1] * 1e6,
               figures[0] * 1e9 / town_counts[i]);
        most = figures[1];
    }
    aim("a list of 10,000 choices filtered at p99", most * 1e3, 10, "ms");
}

void bench_answers(void)
{
    heading(
        "An answer with all that hangs on it (20,000 answers by the two in turn; nothing written to disk)");
    printf("%10s %9s %9s %9s %9s %16s\n", "questions", "p50 us", "p99 us", "max us", "entries",
           "called for more");
    double small = 0, worst = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double figures[FIGURES];
        in_child(answers_child, &sizes[i], figures);
        printf("%10d %9.1f %9.1f %9.1f %9.0f %16.0f\n", sizes[i], figures[0] * 1e6, figures[1] * 1e6,
               figures[2] * 1e6, figures[4], figures[3]);
        worst = figures[1] > worst ? figures[1] : worst;
        if (i == 0)
            small = figures[1];
        else if (sizes[i] == 10000)
            printf("    p99 at 10,000 questions is %.2f times that at 100\n", figures[1] / small);
    }
    aim("an answer at p99", worst * 1e3, 0.1, "ms");
    bench_repeats();
    bench_filters();
}
