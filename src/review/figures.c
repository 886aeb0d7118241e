/* Figures: the table, and what all of them need. */
#include "review/figures.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "review/figures_lines.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OF_SHARES "count / n; the range is Wilson's"
#define OF_MIDDLES "the values in their order: the one in the middle, and those at a quarter and at three"
#define FROM_SHARES "Wilson 1927; Newcombe 1998"
#define FROM_MIDDLES "Hyndman and Fan 1996; Conover 1999"
#define OF_SIGNS "p = 2 P(B <= the smaller of the two), at most 1, B heads of as many tosses of a coin"

const struct figure_kind figure_table[] = {
    {"differ", "How much they differ",
     "Of the questions that both answered, how many they answered further apart than the form lets pass, "
     "before any talk.",
     OF_SHARES, FROM_SHARES, work_differ},
    {"kinds", "What they differ about",
     "What each thing that they see differently is about, by the form or the kind of answer, and who raised "
     "it.",
     OF_SHARES, FROM_SHARES, work_kinds},
    {"agreement", "How far they agree before any talk",
     "How near their first answers lie, all of them and beyond what luck would bring; agreeing is not the "
     "aim. "
     "Only answers with the same steps go together.",
     "percent = sum of p_ii; kappa and AC = (po - pe) / (1 - pe); alpha = 1 - Do / De",
     "Cohen 1968; Gwet 2014; Krippendorff 2011", work_agreement},
    {"gap", "How far apart they are",
     "On scales, how far apart two answers lie when they are found to differ, and when it is closed.",
     OF_MIDDLES, FROM_MIDDLES, work_gap},
    {"outcomes", "How it ended",
     "How each thing that they see differently ended. That one of them moved says nothing about who was "
     "right.",
     OF_SHARES, FROM_SHARES, work_outcomes},
    {"parts", "How it ended, by part of the form",
     "The same for each part of the form. No part is better for ending in one way or another.", OF_SHARES,
     FROM_SHARES, work_outcomes_by_part},
    {"moved", "Who moved",
     "Where just one of the two changed their answer: who. If one side moves more often than luck explains, "
     "that is worth a question; it does not say why.",
     OF_SIGNS "; of the way: |P1-P0| / (|P1-P0| + |S1-S0|)",
     "Dixon and Mood 1946; Conover 1999; the share of the way is ours", work_moved},
    {"first", "Who answers first", "Who answered first, and whether who does is who moves in the end.",
     OF_SIGNS, "Dixon and Mood 1946; Conover 1999", work_first},
    {"reasons", "Why they changed an answer",
     "What each said, for themselves, made them change an answer. They can say several things, or none.",
     OF_SHARES, FROM_SHARES, work_reasons},
    {"heard", "How far each felt heard",
     "From 1 to 5, as each said for themselves, where both have said it or the sitting is over.", OF_MIDDLES,
     FROM_MIDDLES, work_heard},
    {"minutes", "How long it took",
     "How long they sat over a thing from finding it to closing it. A short talk is no fault, and a long one "
     "is "
     "no merit.",
     OF_MIDDLES, FROM_MIDDLES, work_minutes},
    {"waiting", "What waits",
     "What is to be found out, or is asked of somebody else, as things stand today, and for how long.",
     OF_MIDDLES, FROM_MIDDLES, work_waiting},
    {"pen", "Who typed",
     "Who had the keyboard first in the sitting in which a thing was found, and who moved then.", OF_SHARES,
     FROM_SHARES, work_pen},
    {"declined", "What was not answered",
     "Questions that one of them is not sure about, that do not apply, or that they would rather not answer. "
     "That is everybody's right.",
     OF_SHARES, FROM_SHARES, work_declined},
    {"written", "What was written beside it",
     "What either wrote beside the answers, what supervisors wrote and was acknowledged, what is learned "
     "from it.",
     OF_SHARES, FROM_SHARES, work_written},
    {"sittings", "How often they meet",
     "Sittings by month, with each person and from one to the next. Records of one case are one person's.",
     OF_MIDDLES, FROM_MIDDLES, work_sittings},
    {"attendance", "What took place",
     "Of what was arranged and is written down: what took place, was missed, was called off, by whom; none "
     "of it "
     "is held against anybody.",
     OF_SHARES, FROM_SHARES, work_attendance},
    {"promises", "Promises kept",
     "What each promised, and what each of the two says became of it. The one word is not set against the "
     "other.",
     OF_SHARES, FROM_SHARES, work_promises},
    {"drop_out", "How long it goes on",
     "For what share of people the work goes on longer than so many days. It ended where they stopped coming "
     "or "
     "chose to leave. What ended in any other way, and what still goes on, counts for as long as it was "
     "seen, up to "
     "its last entry (censored).",
     "S(t) = product of (1 - d/r), over all times up to t",
     "Kaplan and Meier 1958; Kalbfleisch and Prentice 2002", work_drop_out},
    {"practice", "Skills used",
     "In how many sittings the practitioner ticked each of six skills, and how many ticks that makes for "
     "each of "
     "four parts of the work. It does not say how well.",
     "the ticks of a part's skills, of as many as these skills times the sittings",
     "Rex and Hosking 2013; the parts are those of SEED, from Rex and Smith", work_practice},
    {"complete", "What is there at the end",
     "In how many sittings and records what can belong to it was there. Not all of it belongs to each.", "",
     "", work_complete},
    {0},
};

const struct flag_kind flag_table[] = {
    {"agreed", "Nothing seen differently",
     "Asked about records in which both answered at least 20 questions that are compared, and none of them "
     "differently.",
     look_agreed},
    {"one_side", "One side always moves",
     "Asked about a case in which just one of the two moved at least 5 times, and each time the same one.",
     look_one_side},
    {"same_first", "The same one always first",
     "Asked about a case in which both answered at least 20 questions, and the same one answered each of "
     "them first.",
     look_same_first},
    {"under_a_minute", "Closed in less than a minute",
     "Asked where at least 5 things were closed less than a minute after they were found.",
     look_under_a_minute},
    {"no_words", "Closed without words",
     "Asked where at least 5 things were closed, and one of the two gave neither a reason nor said anything "
     "in the "
     "talk.",
     look_no_words},
    {"unread", "Not read yet", "Asked where what a supervisor wrote is not acknowledged: from 1 on.",
     look_unread},
    {"promises", "Promises past their day",
     "Asked where the day of a practitioner's promise is over, and neither says that it was kept: from 1 on.",
     look_promises},
    {"overdue", "Its day is over",
     "Asked where something waits to be found out, or for somebody's answer, and the day for that is over: "
     "from 1 on.",
     look_overdue},
    {0},
};

const struct figure_kind *figure_kind_named(const char *name, char **cause)
{
    const char *names[64];
    size_t n = 0;
    for (; figure_table[n].name; n++) {
        if (strcmp(figure_table[n].name, name) == 0)
            return &figure_table[n];
        names[n] = figure_table[n].name;
    }
    names[n] = NULL;
    vocab_refuse("figure", name, names, cause);
    return NULL;
}

void figure_lines_release(struct figure_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        free(lines->lines[i].label);
        free(lines->lines[i].words);
        free(lines->lines[i].filter);
    }
    free(lines->lines);
    *lines = (struct figure_lines){0};
}

void flags_release(struct flags *flags)
{
    for (size_t i = 0; i < flags->count; i++) {
        free(flags->flags[i].question);
        free(flags->flags[i].filter);
    }
    free(flags->flags);
    *flags = (struct flags){0};
}

char *figure_definition_words(const struct figure_kind *kind)
{
    return xasprintf("%s\nFormula: %s.\nSource: %s.\n", kind->says,
                     *kind->formula ? kind->formula : "a count", *kind->source ? kind->source : "a count");
}

/* Two digits behind the point of what has no unit (kappa), one at most of what has. */
static void add_number(struct strbuf *words, double number, const char *unit)
{
    if (*unit)
        strbuf_addf(words, "%.*f", number == floor(number) ? 0 : 1, number);
    else
        strbuf_addf(words, "%.2f", number);
}

int figure_unit_length(const char *unit, double number)
{
    size_t length = strlen(unit);
    return (int)(length && number == 1 && unit[length - 1] == 's' ? length - 1 : length);
}

static void add_value(struct strbuf *words, const struct figure_line *line)
{
    const struct figure *f = &line->figure;
    if (f->none != FIGURE_THERE) {
        strbuf_addf(words, "n %lld. %s", (long long)f->n, figure_why(f->none));
        return;
    }
    if (strcmp(line->unit, "p") == 0) {
        if (f->value < 0.001)
            strbuf_add(words, "p below 0.001");
        else
            strbuf_addf(words, "p %.3f", f->value);
        strbuf_addf(words, ", n %lld", (long long)f->n);
        return;
    }
    add_number(words, f->value, line->unit);
    strbuf_addf(words, "%s%.*s", *line->unit ? " " : "", figure_unit_length(line->unit, f->value),
                line->unit);
    if (f->no_range == FIGURE_THERE) {
        strbuf_add(words, " (");
        add_number(words, f->low, line->unit);
        strbuf_add(words, " to ");
        add_number(words, f->high, line->unit);
        strbuf_addch(words, ')');
    }
    if (!isnan(line->lower) && !isnan(line->upper)) {
        strbuf_add(words, ", quarters ");
        add_number(words, line->lower, line->unit);
        strbuf_add(words, " and ");
        add_number(words, line->upper, line->unit);
    }
    strbuf_addf(words, ", n %lld", (long long)f->n);
}

static void add_share(struct strbuf *words, const struct figure_line *line)
{
    const struct figure *f = &line->figure;
    strbuf_addf(words, "%lld of %lld", (long long)line->count, (long long)line->of);
    if (f->none == FIGURE_UNDER_10)
        strbuf_add(words, ": too few for a share");
    if (f->none != FIGURE_THERE)
        return;
    int digits = f->no_range == FIGURE_THERE ? figure_digits(f->low, f->high) : 0;
    strbuf_addf(words, " (%.*f %%", digits, f->value * 100);
    if (f->no_range == FIGURE_THERE)
        strbuf_addf(words, ", %.*f to %.*f", digits, f->low * 100, digits, f->high * 100);
    strbuf_addch(words, ')');
}

char *figure_line_words(const struct figure_line *line)
{
    struct strbuf words = STRBUF_INIT;
    switch (line->shape) {
    case SHAPE_COUNT:
        strbuf_addf(&words, "%lld", (long long)line->count);
        break;
    case SHAPE_SHARE:
        add_share(&words, line);
        break;
    case SHAPE_VALUE:
        add_value(&words, line);
        break;
    case SHAPE_WORDS:
        strbuf_add(&words, line->words ? line->words : "");
        break;
    }
    return strbuf_detach(&words);
}
