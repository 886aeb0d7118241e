/* Scores. What is not answered is said beside the number, and where nothing is answered there is no number:
 * an expression may well make 0 of an empty answer. */
#include "session/score.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"

#include <math.h>
#include <stdlib.h>

struct basis score_basis(const struct assessment *a, int item, enum who view)
{
    return assessment_basis(a, assessment_question(a, item)->calculation, item, view);
}

static bool is_told(struct basis basis)
{
    return basis.revealed && (basis.answered > 0 || basis.of == 0);
}

const struct value *score_told(const struct assessment *a, int item, enum who view)
{
    return assessment_asked(a, item, view) && is_told(score_basis(a, item, view))
               ? assessment_calculated(a, item, view)
               : NULL;
}

char *score_value_words(const struct assessment *a, int item, enum who view)
{
    const struct value *value = score_told(a, item, view);
    if (!value)
        return xstrdup("");
    if (value->type != VALUE_NUMBER)
        return value_string(value);
    return isnan(value->number) ? xstrdup("") : number_words(round(value->number * 100) / 100);
}

char *score_gap_words(const struct assessment *a, int item, enum who view)
{
    struct basis basis = score_basis(a, item, view);
    int waiting = basis.of - basis.answered - basis.passed;
    if (!basis.revealed)
        return xstrdup("Shown when both have answered");
    struct strbuf sb = STRBUF_INIT;
    if (waiting > 0)
        strbuf_addf(&sb, "%d of %d not %s yet", waiting, basis.of, view == TOGETHER ? "agreed" : "answered");
    if (basis.passed > 0)
        strbuf_addf(&sb, "%s%d of %d left open", waiting > 0 ? ", " : "", basis.passed, basis.of);
    return strbuf_detach(&sb);
}

bool score_is_told(const struct assessment *a, int item)
{
    bool told = false;
    for (int view = PRACTITIONER; view <= TOGETHER && !told; view++) {
        char *value = score_value_words(a, item, (enum who)view);
        told = *value != '\0';
        free(value);
    }
    return told;
}

/* The number, or NaN. */
static double number_of(const struct assessment *a, const struct score *score, enum who view)
{
    const struct value *value = score_told(a, score->calculation, view);
    return value ? value_number(value) : NAN;
}

const struct wording *score_band_of(const struct assessment *a, const struct score *score, enum who view)
{
    double number = number_of(a, score, view);
    return isnan(number) ? NULL : score_band(score, number);
}

static void add_bar(struct strbuf *sb, const struct score *score, double number, const struct score_bar *bar)
{
    double part = number / score->max;
    int full = (int)lround(bar->columns * (part < 0 ? 0 : part > 1 ? 1 : part));
    for (int i = 0; i < bar->columns; i++)
        strbuf_add(sb, i < full ? bar->full : bar->empty);
    strbuf_addch(sb, ' ');
}

char *score_words(const struct assessment *a, const struct score *score, enum who view, enum who reader,
                  int language, const struct score_bar *bar)
{
    char *value = score_value_words(a, score->calculation, view);
    char *gap = score_gap_words(a, score->calculation, view);
    double number = number_of(a, score, view);
    const char *band =
        assessment_text(a, score->calculation, score_band_of(a, score, view), reader, language);
    struct strbuf sb = STRBUF_INIT;
    if (*value && score->show == SHOW_BAND && *band) {
        strbuf_add(&sb, band);
    } else if (*value) {
        if (score->show == SHOW_BAR && bar && !isnan(number))
            add_bar(&sb, score, number, bar);
        strbuf_add(&sb, value);
        if (score->max > 0) {
            char *max = number_words(score->max);
            strbuf_addf(&sb, " of %s", max);
            free(max);
        }
        if (*band)
            strbuf_addf(&sb, ", %s", band);
    } else if (!*gap) {
        strbuf_addch(&sb, '-');
    }
    if (*gap)
        strbuf_addf(&sb, "%s%s", sb.length ? ". " : "", gap);
    free(value);
    free(gap);
    return strbuf_detach(&sb);
}
