/* What a loaded form answers. The body of struct form is in its header, since all of the program reads it;
 * the index of names and what has to be freed lie behind it, in struct loaded. */
#include "form/form.h"

#include "base/vocab.h"
#include "form/load.h"

#include <stdlib.h>
#include <string.h>

const char *const question_type_names[] = {
    "text", "integer",   "decimal",     "range", "select_one", "select_multiple", "rank",   "date",
    "time", "date_time", "acknowledge", "note",  "calculate",  "group",           "repeat", NULL};
const char *const because_names[] = {"never", "when_differing", "always", NULL};
const char *const reveal_names[] = {"as_typed", "together", NULL};
const char *const kind_names[] = {"score",  "fact",    "cause",   "priority", "goal",
                                  "safety", "wording", "process", NULL};
const char *const stage_names[] = {"assess", "plan", "implement", "review", "evaluate", NULL};
const char *const missing_names[] = {"", "not_sure", "does_not_apply", "rather_not_say", NULL};
const char *const evidence_names[] = {"", "saw", "told", "told_by_other", "paper", "not_checked", NULL};

const char *const score_show_names[] = {"number", "band", "bar", NULL};

static const struct loaded *loaded(const struct form *form)
{
    return (const struct loaded *)form;
}

void form_free(struct form *form)
{
    if (!form)
        return;
    struct loaded *all = (struct loaded *)form;
    for (size_t i = 0; i < all->expr_count; i++)
        expr_free(all->exprs[i]);
    free(all->exprs);
    arena_release(&all->arena);
    free(all);
}

int form_find(const struct form *form, const char *name)
{
    const int *by_name = loaded(form)->by_name;
    int low = 0, high = form->count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int order = strcmp(form->questions[by_name[middle]].name, name);
        if (order == 0)
            return by_name[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return -1;
}

const char *form_nearest(const struct form *form, const char *name)
{
    const char *nearest = NULL;
    size_t best = 0;
    for (int i = 0; i < form->count; i++) {
        const char *candidate = form->questions[i].name;
        if (!vocab_is_near(candidate, name))
            continue;
        size_t distance = vocab_distance(candidate, name, strlen(name) + strlen(candidate));
        if (!nearest || distance < best) {
            nearest = candidate;
            best = distance;
        }
    }
    return nearest;
}

const char *wording_found(const struct wording *w, enum who party, int language, int *found)
{
    enum who own = party == PRACTITIONER ? PRACTITIONER : SERVICE_USER, other = who_other(own);
    *found = language;
    if (!w)
        return "";
    if (language < 0 || language >= FORM_MOST_LANGUAGES)
        language = 0;
    const struct {
        int language;
        enum who party;
    } order[] = {{language, own}, {0, own}, {language, other}, {0, other}};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        *found = order[i].language;
        if (w->by[*found][order[i].party])
            return w->by[*found][order[i].party];
    }
    for (*found = 0; *found < FORM_MOST_LANGUAGES; ++*found) {
        if (w->by[*found][own])
            return w->by[*found][own];
        if (w->by[*found][other])
            return w->by[*found][other];
    }
    *found = language;
    return "";
}

const char *wording(const struct wording *w, enum who party, int language)
{
    int found;
    return wording_found(w, party, language, &found);
}

bool question_is_answered(const struct question *q)
{
    return q->type != TYPE_NOTE && q->type != TYPE_CALCULATE && q->type != TYPE_GROUP &&
           q->type != TYPE_REPEAT;
}

bool question_asked_of(const struct question *q, enum who party)
{
    return q->asked_of == ASKED_OF_BOTH || q->asked_of == party;
}

bool question_is_compared(const struct question *q)
{
    return question_is_answered(q) && q->compare && q->asked_of == ASKED_OF_BOTH;
}

const struct choice *question_choice(const struct question *q, const char *value)
{
    size_t length = strcspn(value, ":"); /* no name has one */
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        const char *name = q->choices->choices[i].name;
        if (strlen(name) == length && memcmp(name, value, length) == 0)
            return &q->choices->choices[i];
    }
    return NULL;
}

const char *choice_words(const char *value, size_t *length)
{
    static const char blanks[] = " \t\n";
    *length = 0;
    const char *words = strchr(value, ':');
    if (!words)
        return NULL;
    words++;
    words += strspn(words, blanks);
    *length = strlen(words);
    while (*length && strchr(blanks, words[*length - 1]))
        --*length;
    return words;
}

const struct wording *question_label_of(const struct question *q, double number)
{
    for (size_t i = 0; q->scale && i < q->scale->label_count; i++) {
        if (q->scale->label_values[i] == number)
            return q->scale->labels[i];
    }
    return NULL;
}

const struct wording *form_tag_label(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->tag_count; i++) {
        if (strcmp(form->tags[i].name, name) == 0)
            return form->tags[i].label;
    }
    return NULL;
}

const struct wording *score_band(const struct score *score, double number)
{
    const struct wording *reached = NULL;
    for (size_t i = 0; i < score->band_count && score->band_from[i] <= number; i++)
        reached = score->bands[i];
    return reached;
}
