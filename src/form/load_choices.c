/* Lists of choices and scales: named ones stand at the form's head and are used by name, others are written
 * where they are used. Named ones are sorted by name, since each question looks one up. */
#include "form/load.h"

#include "base/mem.h"
#include "base/vocab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- choices ---- */

struct choice_target {
    struct choice choice;
    const struct node *name;
};

/* A choice's name may be a code that others have given: 7b, GB, 18-24. It stands in lists divided by blanks.
 */
static bool is_choice_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    if (!*text || !strchr(letters, *text))
        return false;
    size_t length = 0;
    while (text[length] && (strchr(letters, text[length]) || text[length] == '-' || text[length] == '.'))
        length++;
    return text[length] == '\0' && length <= 64;
}

static void set_choice_name(struct loader *l, const struct node *key, void *target)
{
    struct choice_target *t = target;
    const char *text = read_scalar(l, key, "a name");
    if (!text)
        return;
    t->name = key->value;
    if (!is_choice_name(text))
        fault(l, key->value, NULL,
              "A choice's name is made of letters a to z, digits, \"_\", \"-\" and \".\" (at most 64), and "
              "\"%s\" is not.",
              shown(l, text));
    t->choice.name = keep(l, text);
}

static void set_choice_label(struct loader *l, const struct node *key, void *target)
{
    struct choice_target *t = target;
    t->choice.label = read_text(l, key);
}

static void set_exclusive(struct loader *l, const struct node *key, void *target)
{
    struct choice_target *t = target;
    read_bool(l, key, &t->choice.exclusive);
}

static void set_other(struct loader *l, const struct node *key, void *target)
{
    struct choice_target *t = target;
    read_bool(l, key, &t->choice.other);
}

static const struct key choice_table[] = {
    {"name", set_choice_name, 0, "what the answer is called in expressions and copies",
     .takes = TAKES_CHOICE_NAME, .needed = 1},
    {"label", set_choice_label, 0, "what people read", .takes = TAKES_TEXT, .needed = 1},
    {"exclusive", set_exclusive, 0, "true: picking it un-picks all others (\"none of these\")",
     .takes = TAKES_BOOLEAN},
    {"other", set_other, 0, "true: picking it asks for words (\"other, please say\")",
     .takes = TAKES_BOOLEAN},
    {0},
};
const struct keys choice_keys = {"a choice", choice_table};

static const struct key *choice_key(const char *name)
{
    for (const struct key *key = choice_table; key->name; key++) {
        if (strcmp(key->name, name) == 0)
            return key;
    }
    return NULL;
}

/* A key of the list's own, for choice_filter to read. */
static void read_extra(struct loader *l, const struct node *key, const char **name, const char **value)
{
    static const char *const words[] = {"name", "label", "exclusive", "other", NULL};
    *name = keep(l, key->text);
    *value = "";
    const char *nearest = vocab_nearest(words, key->text);
    if (nearest)
        warn(l, key, nearest, "\"%s\" is taken for a key of your own, for choice_filter.",
             shown(l, key->text));
    if (!is_name(key->text, ""))
        fault(l, key, NULL,
              "A key of your own is made of small letters a to z, digits and \"_\", and \"%s\" is not.",
              shown(l, key->text));
    const char *text = read_scalar(l, key, "a single value");
    if (text)
        *value = keep(l, text);
}

static void read_choice(struct loader *l, const struct node *item, struct choice *out, struct named *name)
{
    *name = (struct named){.name = "", .where = item};
    *out = (struct choice){.name = ""};
    if (item->kind != NODE_MAP) {
        fault(l, item, NULL, "A choice is written {name: …, label: …}.");
        return;
    }
    struct choice_target target = {.choice = {.name = NULL}};
    size_t extra = 0;
    for (const struct node *key = item->first; key; key = key->next)
        extra += !choice_key(key->text);
    const char **names = arena_array(&l->out->arena, extra, sizeof *names);
    const char **values = arena_array(&l->out->arena, extra, sizeof *values);
    for (const struct node *key = item->first; key; key = key->next) {
        const struct key *known = choice_key(key->text);
        if (node_is_empty(key->value))
            fault(l, key, NULL,
                  known ? "Nothing stands after \"%s\": write it, or take the key out."
                        : "Nothing stands after \"%s\": if a comma before it belongs to a text, put all "
                          "of that text in quotes.",
                  shown(l, key->text));
        else if (known)
            known->set(l, key, &target);
        else {
            read_extra(l, key, &names[target.choice.keys], &values[target.choice.keys]);
            target.choice.keys++;
        }
    }
    target.choice.key_names = names;
    target.choice.key_values = values;
    if (!map_find(item, "name"))
        fault(l, item, NULL, "This choice has no name.");
    if (!map_find(item, "label"))
        fault(l, target.name ? target.name : item, NULL, "This choice has no label.");
    if (target.choice.name)
        *name = (struct named){.name = target.choice.name, .where = target.name};
    else
        target.choice.name = "";
    *out = target.choice;
}

static struct list_draft *read_choice_list(struct loader *l, const struct node *key)
{
    struct list_draft *draft = arena_alloc(&l->out->arena, sizeof *draft);
    if (!read_list(l, key, "choices"))
        return draft;
    size_t count = key->value->size, i = 0, named = 0;
    struct choice *choices = arena_array(&l->out->arena, count, sizeof *choices);
    draft->sorted = arena_array(&l->scratch, count, sizeof *draft->sorted);
    for (const struct node *item = key->value->first; item; item = item->next, i++) {
        struct named name;
        read_choice(l, item, &choices[i], &name);
        draft->has_keys |= choices[i].keys > 0;
        if (!draft->unrankable && (choices[i].exclusive || choices[i].other))
            draft->unrankable = item;
        name.index = (int)i;
        if (*name.name)
            draft->sorted[named++] = name;
    }
    sort_names(l, draft->sorted, named, "choice");
    draft->list.choices = choices;
    draft->list.count = count;
    if (named < count) /* look-ups go by the whole: there is a fault in it anyway */
        draft->sorted = NULL;
    return draft;
}

static int lists_by_name(const void *one, const void *other)
{
    const struct list_draft *const *a = one, *const *b = other;
    return strcmp((*a)->list.name, (*b)->list.name);
}

void set_choices(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_map(l, key, "lists of choices, each under its name"))
        return;
    l->lists = arena_array(&l->scratch, key->value->size, sizeof *l->lists);
    for (const struct node *in = key->value->first; in; in = in->next) {
        if (!is_name(in->text, ""))
            fault(l, in, NULL,
                  "A list's name is made of small letters a to z, digits and \"_\", and \"%s\" is not.",
                  shown(l, in->text));
        struct list_draft *draft = read_choice_list(l, in);
        draft->list.name = keep(l, in->text);
        draft->key = in;
        l->lists[l->list_count++] = draft;
    }
    qsort(l->lists, l->list_count, sizeof *l->lists, lists_by_name);
}

struct list_draft *read_choices(struct loader *l, const struct node *key)
{
    if (key->value->kind != NODE_SCALAR)
        return read_choice_list(l, key);
    struct list_draft wanted = {.list = {.name = key->value->text}}, *at = &wanted, **found = NULL;
    if (l->list_count)
        found = bsearch(&at, l->lists, l->list_count, sizeof *l->lists, lists_by_name);
    if (found) {
        (*found)->used = true;
        return *found;
    }
    struct named *names = xcalloc(l->list_count, sizeof *names);
    for (size_t i = 0; i < l->list_count; i++)
        names[i].name = l->lists[i]->list.name;
    fault(l, key->value, nearest_name(l, names, l->list_count, wanted.list.name),
          "The form has no list of choices \"%s\".", shown(l, wanted.list.name));
    free(names);
    return NULL;
}

/* ---- scales ---- */

void set_min(struct loader *l, const struct node *key, void *target)
{
    struct scale_draft *draft = target;
    draft->scale.has_min = read_number(l, key, &draft->scale.min);
}

void set_max(struct loader *l, const struct node *key, void *target)
{
    struct scale_draft *draft = target;
    draft->scale.has_max = read_number(l, key, &draft->scale.max);
}

void set_step(struct loader *l, const struct node *key, void *target)
{
    struct scale_draft *draft = target;
    double step;
    if (!read_number(l, key, &step))
        return;
    if (step > 0) {
        draft->scale.step = step;
        draft->has_step = true;
    } else {
        fault(l, key->value, NULL, "\"step\" must be more than 0.");
    }
}

static void set_wobble(struct loader *l, const struct node *key, void *target)
{
    double wobble;
    if (!read_number(l, key, &wobble))
        return;
    if (wobble > 0)
        ((struct scale_draft *)target)->scale.wobble = wobble;
    else
        fault(l, key->value, NULL, "\"wobble\" must be more than 0.");
}

struct numbered {
    double number;
    const struct node *key;
};

static int by_number(const void *one, const void *other)
{
    const struct numbered *a = one, *b = other;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->key->line != b->key->line
               ? (a->key->line < b->key->line ? -1 : 1)
               : (a->key->column > b->key->column) - (a->key->column < b->key->column);
}

/* Kept in order of their numbers. */
void set_labels(struct loader *l, const struct node *key, void *target)
{
    struct scale_draft *draft = target;
    if (!read_map(l, key, "words for numbers, like {1: never, 5: always}"))
        return;
    struct numbered *order = xcalloc(key->value->size, sizeof *order);
    size_t count = 0;
    for (const struct node *in = key->value->first; in; in = in->next) {
        if (number_of(in->text, &order[count].number))
            order[count++].key = in;
        else
            fault(l, in, NULL, "A word of a scale stands under its number, and \"%s\" is not a number.",
                  shown(l, in->text));
    }
    qsort(order, count, sizeof *order, by_number);
    double *values = arena_array(&l->out->arena, count, sizeof *values);
    const struct wording **labels = arena_array(&l->out->arena, count, sizeof *labels);
    for (size_t i = 0; i < count; i++) {
        if (i && order[i].number == order[i - 1].number &&
            strcmp(order[i].key->text, order[i - 1].key->text) != 0)
            fault(l, order[i].key, NULL, "This number has a word already (on line %u).",
                  order[i - 1].key->line);
        values[i] = order[i].number;
        labels[i] = read_text(l, order[i].key);
    }
    free(order);
    draft->scale.label_values = values;
    draft->scale.labels = labels;
    draft->scale.label_count = count;
}

/* Is it a whole number of steps, as near as decimals come? */
static bool is_whole(double steps)
{
    return fabs(steps - round(steps)) < 1e-6;
}

void check_scale(struct loader *l, const struct scale_draft *draft, const struct node *at)
{
    const struct scale *s = &draft->scale;
    if (s->has_min && s->has_max) {
        if (s->min >= s->max) {
            fault(l, at, NULL, "\"min\" (%g) must be less than \"max\" (%g).", s->min, s->max);
            return;
        }
        if (draft->has_step && !is_whole((s->max - s->min) / s->step))
            fault(l, at, NULL, "Steps of %g do not lead from %g to %g.", s->step, s->min, s->max);
    }
    for (size_t i = 0; i < s->label_count; i++) {
        double number = s->label_values[i];
        if ((s->has_min && number < s->min) || (s->has_max && number > s->max))
            fault(l, at, NULL, "The scale has a word for %g, which is not on it.", number);
        else if (draft->has_step && s->has_min && !is_whole((number - s->min) / s->step))
            fault(l, at, NULL, "The scale has a word for %g, which lies between its steps.", number);
    }
}

static const struct key scale_table[] = {
    {"min", set_min, 0, "the lowest number", .takes = TAKES_NUMBER},
    {"max", set_max, 0, "the highest number", .takes = TAKES_NUMBER},
    {"step", set_step, 0, "from one number to the next; 1 unless given", .takes = TAKES_NUMBER},
    {"labels", set_labels, 0, "what single numbers are called, like {1: never, 5: always}",
     .takes = TAKES_LABELS},
    {"wobble", set_wobble, 0,
     "what chance alone may change between two times: less than that is told as no sure change",
     .takes = TAKES_NUMBER},
    {0},
};
const struct keys scale_keys = {"a scale", scale_table};

static struct scale_draft *read_own_scale(struct loader *l, const struct node *key)
{
    struct scale_draft *draft = arena_alloc(&l->out->arena, sizeof *draft);
    draft->scale.step = 1;
    const struct node *given[MOST_KEYS];
    size_t errors_before = l->diags->errors;
    if (read_map(l, key, "the scale's min, max, step and labels")) {
        read_keys(l, key->value, &scale_keys, 0, draft, given);
        check_scale(l, draft, key);
    }
    draft->faulty = l->diags->errors > errors_before;
    return draft;
}

static int scales_by_name(const void *one, const void *other)
{
    const struct scale_draft *const *a = one, *const *b = other;
    return strcmp((*a)->scale.name, (*b)->scale.name);
}

void set_scales(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_map(l, key, "scales, each under its name"))
        return;
    l->scales = arena_array(&l->scratch, key->value->size, sizeof *l->scales);
    for (const struct node *in = key->value->first; in; in = in->next) {
        if (!is_name(in->text, ""))
            fault(l, in, NULL,
                  "A scale's name is made of small letters a to z, digits and \"_\", and \"%s\" is not.",
                  shown(l, in->text));
        struct scale_draft *draft = read_own_scale(l, in);
        draft->scale.name = keep(l, in->text);
        draft->key = in;
        l->scales[l->scale_count++] = draft;
    }
    qsort(l->scales, l->scale_count, sizeof *l->scales, scales_by_name);
}

struct scale_draft *read_scale(struct loader *l, const struct node *key)
{
    if (key->value->kind != NODE_SCALAR)
        return read_own_scale(l, key);
    struct scale_draft wanted = {.scale = {.name = key->value->text}}, *at = &wanted, **found = NULL;
    if (l->scale_count)
        found = bsearch(&at, l->scales, l->scale_count, sizeof *l->scales, scales_by_name);
    if (found) {
        (*found)->used = true;
        return *found;
    }
    struct named *names = xcalloc(l->scale_count, sizeof *names);
    for (size_t i = 0; i < l->scale_count; i++)
        names[i].name = l->scales[i]->scale.name;
    fault(l, key->value, nearest_name(l, names, l->scale_count, wanted.scale.name),
          "The form has no scale \"%s\".", shown(l, wanted.scale.name));
    free(names);
    return NULL;
}

void warn_unused(struct loader *l)
{
    for (size_t i = 0; i < l->list_count; i++) {
        const struct list_draft *list = l->lists[i];
        if (!list->used)
            warn(l, list->key, NULL, "No question uses the choices \"%s\".", shown(l, list->list.name));
        else if (list->has_keys && !list->filtered)
            warn(l, list->key, NULL,
                 "Choices of \"%s\" have keys of your own, and no choice_filter reads them.",
                 shown(l, list->list.name));
    }
    for (size_t i = 0; i < l->scale_count; i++) {
        if (!l->scales[i]->used)
            warn(l, l->scales[i]->key, NULL, "No question uses the scale \"%s\".",
                 shown(l, l->scales[i]->scale.name));
    }
}
