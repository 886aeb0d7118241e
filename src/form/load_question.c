/* Questions: their keys, in one table, and the rules between them. Questions are numbered as they stand in
 * the file, a group before what it holds; what a group says about all it holds (asked_of, because …) goes
 * down with it. */
#include "form/load.h"

#include "base/mem.h"
#include "base/vocab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const asked_of_names[] = {"both", "practitioner", "service_user", "together", NULL};

enum {
    ON_NUMBERS = ON(TYPE_INTEGER) | ON(TYPE_DECIMAL) | ON(TYPE_RANGE),
    ON_LISTS = ON(TYPE_SELECT_ONE) | ON(TYPE_SELECT_MULTIPLE) | ON(TYPE_RANK),
    ON_MOMENTS = ON(TYPE_DATE) | ON(TYPE_TIME) | ON(TYPE_DATE_TIME),
    ON_COMPARED = ON(TYPE_TEXT) | ON_NUMBERS | ON_LISTS | ON_MOMENTS,
    ON_ANSWERED = ON_COMPARED | ON(TYPE_ACKNOWLEDGE),
    ON_HOLDING = ON(TYPE_GROUP) | ON(TYPE_REPEAT),
    ON_SHOWN = ON_ANSWERED | ON(TYPE_NOTE) | ON_HOLDING,
};

struct target {
    struct question q;
    struct draft draft;
    struct inherited inherited;
    struct scale_draft own_scale; /* min, max, step and labels on the question itself */
    struct scale_draft *scale;
};

static void set_name(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    const char *text = read_scalar(l, key, "a name");
    if (!text)
        return;
    t->draft.where = key->value;
    if (is_name(text, ""))
        t->q.name = keep(l, text);
    else
        fault(l, key->value, NULL,
              "A name begins with a small letter and is made of a to z, digits and \"_\" (at most 64), and "
              "\"%s\" is not.",
              shown(l, text));
}

static void set_label(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->q.label = read_text(l, key);
}

static void set_hint(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->q.hint = read_text(l, key);
}

static void set_guidance(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->q.guidance = read_text(l, key);
}

static void set_constraint_message(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->q.constraint_message = read_text(l, key);
}

static void set_warning_message(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->q.warning_message = read_text(l, key);
}

static void set_asked_of(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    int index;
    if (read_word(l, key, asked_of_names, &index))
        t->inherited.asked_of = index == 0 ? ASKED_OF_BOTH : (enum who)(index - 1);
}

void set_because(struct loader *l, const struct node *key, void *inherited)
{
    read_word(l, key, because_names, &((struct inherited *)inherited)->because);
}

void set_reveal(struct loader *l, const struct node *key, void *inherited)
{
    read_word(l, key, reveal_names, &((struct inherited *)inherited)->reveal);
}

void set_kind(struct loader *l, const struct node *key, void *inherited)
{
    read_word(l, key, kind_names, &((struct inherited *)inherited)->kind);
}

void set_stage(struct loader *l, const struct node *key, void *inherited)
{
    read_word(l, key, stage_names, &((struct inherited *)inherited)->stage);
}

void set_evidence(struct loader *l, const struct node *key, void *inherited)
{
    read_bool(l, key, &((struct inherited *)inherited)->evidence);
}

static void set_own_because(struct loader *l, const struct node *key, void *target)
{
    set_because(l, key, &((struct target *)target)->inherited);
}

static void set_own_reveal(struct loader *l, const struct node *key, void *target)
{
    set_reveal(l, key, &((struct target *)target)->inherited);
}

static void set_own_kind(struct loader *l, const struct node *key, void *target)
{
    set_kind(l, key, &((struct target *)target)->inherited);
}

static void set_own_stage(struct loader *l, const struct node *key, void *target)
{
    set_stage(l, key, &((struct target *)target)->inherited);
}

static void set_own_evidence(struct loader *l, const struct node *key, void *target)
{
    set_evidence(l, key, &((struct target *)target)->inherited);
}

static void set_expr(struct loader *l, const struct node *key, void *target, int which)
{
    if (read_scalar(l, key, "an expression"))
        ((struct target *)target)->draft.exprs[which] = key->value;
}

static void set_required(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    const char *text = read_scalar(l, key, "true, false or an expression");
    if (text && (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0))
        fault(l, key->value, *text == 'y' ? "true" : "false",
              "\"required\" must be true, false or an expression.");
    else if (text && strcmp(text, "true") == 0)
        t->q.always_required = true;
    else if (text && strcmp(text, "false") != 0)
        t->draft.exprs[EXPR_REQUIRED] = key->value;
}

static void set_relevant(struct loader *l, const struct node *key, void *target)
{
    const char *text = read_scalar(l, key, "an expression");
    if (text && strcmp(text, "true") != 0)
        ((struct target *)target)->draft.exprs[EXPR_RELEVANT] = key->value;
}

static void set_constraint(struct loader *l, const struct node *key, void *target)
{
    set_expr(l, key, target, EXPR_CONSTRAINT);
}

static void set_warning(struct loader *l, const struct node *key, void *target)
{
    set_expr(l, key, target, EXPR_WARNING);
}

static void set_calculation(struct loader *l, const struct node *key, void *target)
{
    set_expr(l, key, target, EXPR_CALCULATION);
}

static void set_default(struct loader *l, const struct node *key, void *target)
{
    set_expr(l, key, target, EXPR_INITIAL);
}

static void set_choice_filter(struct loader *l, const struct node *key, void *target)
{
    set_expr(l, key, target, EXPR_FILTER);
}

static void set_question_choices(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    t->draft.list = read_choices(l, key);
    t->q.choices = t->draft.list ? &t->draft.list->list : NULL;
}

static void set_scale(struct loader *l, const struct node *key, void *target)
{
    ((struct target *)target)->scale = read_scale(l, key);
}

static void set_own_min(struct loader *l, const struct node *key, void *target)
{
    set_min(l, key, &((struct target *)target)->own_scale);
}

static void set_own_max(struct loader *l, const struct node *key, void *target)
{
    set_max(l, key, &((struct target *)target)->own_scale);
}

static void set_own_step(struct loader *l, const struct node *key, void *target)
{
    set_step(l, key, &((struct target *)target)->own_scale);
}

static void set_own_labels(struct loader *l, const struct node *key, void *target)
{
    set_labels(l, key, &((struct target *)target)->own_scale);
}

static void set_tolerance(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    if (!read_number(l, key, &t->q.tolerance))
        return;
    static const char *const counts[TYPES] = {[TYPE_DATE] = "days",
                                              [TYPE_TIME] = "minutes",
                                              [TYPE_SELECT_MULTIPLE] = "choices",
                                              [TYPE_RANK] = "places"};
    const char *whole = counts[t->q.type];
    if (t->q.tolerance < 0)
        fault(l, key->value, NULL, "\"tolerance\" cannot be less than 0.");
    else if (whole && t->q.tolerance != floor(t->q.tolerance))
        fault(l, key->value, NULL, "\"tolerance\" is a number of %s here and must be whole.", whole);
}

static void set_compare(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.compare);
}

static void set_rows(struct loader *l, const struct node *key, void *target)
{
    double rows;
    if (!read_number(l, key, &rows))
        return;
    if (rows < 1 || rows > 20 || rows != floor(rows))
        fault(l, key->value, NULL, "\"rows\" must be a whole number from 1 to 20.");
    else
        ((struct target *)target)->q.rows = (int)rows;
}

static void set_count(struct loader *l, const struct node *key, int least, int *count)
{
    double number;
    if (!read_number(l, key, &number))
        return;
    if (number < least || number > FORM_MOST_ENTRIES || number != floor(number))
        fault(l, key->value, NULL, "\"%s\" must be a whole number from %d to %d.", key->text, least,
              FORM_MOST_ENTRIES);
    else
        *count = (int)number;
}

static void set_min_count(struct loader *l, const struct node *key, void *target)
{
    set_count(l, key, 0, &((struct target *)target)->q.min_count);
}

static void set_max_count(struct loader *l, const struct node *key, void *target)
{
    set_count(l, key, 1, &((struct target *)target)->q.max_count);
}

static void set_say_back(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.say_back);
}

static void set_attachable(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.attachable);
}

static void set_pathway(struct loader *l, const struct node *key, void *target)
{
    const char *text = read_scalar(l, key, "a word");
    if (!text)
        return;
    ((struct target *)target)->q.pathway = keep(l, text);
    use_pathway(l, text);
}

static void set_tags(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    if (!read_list(l, key, "words"))
        return;
    const char **tags = arena_array(&l->out->arena, key->value->size, sizeof *tags);
    for (const struct node *item = key->value->first; item; item = item->next) {
        if (item->kind != NODE_SCALAR || node_is_empty(item))
            fault(l, item, NULL, "A tag must be a word.");
        else
            tags[t->q.tag_count++] = keep(l, item->text);
        if (item->kind == NODE_SCALAR)
            use_tag(l, item, item->text);
    }
    t->q.tags = tags;
}

static void set_read_only(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.read_only);
}

static void set_in_sight(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.in_sight);
}

static void set_trend(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.trend);
}

static void set_carry_over(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct target *)target)->q.carry_over);
}

enum {
    KEY_NAME,
    KEY_TYPE,
    KEY_LABEL,
    KEY_CHOICES,
    KEY_SCALE,
    KEY_MIN,
    KEY_MAX,
    KEY_STEP,
    KEY_LABELS,
    KEY_CALCULATION,
    KEY_CONSTRAINT,
    KEY_CONSTRAINT_MESSAGE,
    KEY_WARNING,
    KEY_WARNING_MESSAGE,
    KEY_TOLERANCE,
    KEY_COMPARE,
    KEY_QUESTIONS,
    KEY_OTHERS
};

/* Setters are called in this order. */
static const struct key question_table[] = {
    [KEY_NAME] = {"name", set_name, ON_ALL, "unique in the form; small letters, digits and '_'",
                  .takes = TAKES_NAME, .needed = ON_ALL},
    [KEY_TYPE] = {"type", set_elsewhere, ON_ALL, "what kind of answer", .takes = TAKES_WORD, .needed = ON_ALL,
                  .words = question_type_names},
    [KEY_LABEL] = {"label", set_label, ON_ALL, "the question, for each person and language",
                   .takes = TAKES_TEXT, .needed = ON_ALL & ~ON(TYPE_CALCULATE) & ~ON(TYPE_GROUP)},
    [KEY_CHOICES] = {"choices", set_question_choices, ON_LISTS, "the name of a list, or the list itself",
                     .takes = TAKES_LIST_OR_NAME, .needed = ON_LISTS, .keys = &choice_keys},
    [KEY_SCALE] = {"scale", set_scale, ON_NUMBERS, "the name of a scale, or the scale itself",
                   .takes = TAKES_KEYS_OR_NAME, .keys = &scale_keys},
    [KEY_MIN] = {"min", set_own_min, ON_NUMBERS, "the lowest number", .takes = TAKES_NUMBER},
    [KEY_MAX] = {"max", set_own_max, ON_NUMBERS, "the highest number", .takes = TAKES_NUMBER},
    [KEY_STEP] = {"step", set_own_step, ON_NUMBERS, "from one number to the next", .takes = TAKES_NUMBER},
    [KEY_LABELS] = {"labels", set_own_labels, ON_NUMBERS, "what single numbers are called",
                    .takes = TAKES_LABELS},
    [KEY_CALCULATION] = {"calculation", set_calculation, ON(TYPE_CALCULATE), "what it works out",
                         .takes = TAKES_EXPR, .needed = ON(TYPE_CALCULATE)},
    [KEY_CONSTRAINT] = {"constraint", set_constraint, ON_ANSWERED, "what must be true of the answer, '.'",
                        .takes = TAKES_EXPR},
    [KEY_CONSTRAINT_MESSAGE] = {"constraint_message", set_constraint_message, ON_ANSWERED,
                                "what to say where the constraint does not hold", .takes = TAKES_TEXT},
    [KEY_WARNING] = {"warning", set_warning, ON_ANSWERED,
                     "what is usually true of the answer, '.'; where it is not, they are asked once more",
                     .takes = TAKES_EXPR},
    [KEY_WARNING_MESSAGE] = {"warning_message", set_warning_message, ON_ANSWERED,
                             "what to ask where the warning does not hold", .takes = TAKES_TEXT},
    [KEY_TOLERANCE] = {"tolerance", set_tolerance,
                       ON_NUMBERS | ON(TYPE_SELECT_MULTIPLE) | ON(TYPE_RANK) | ON_MOMENTS,
                       "how far two answers may lie apart and still agree", .takes = TAKES_NUMBER},
    [KEY_COMPARE] = {"compare", set_compare, ON_COMPARED,
                     "are the two answers compared? Text is not, unless asked", .takes = TAKES_BOOLEAN},
    [KEY_QUESTIONS] = {"questions", set_elsewhere, ON_HOLDING, "what a group or a repeat holds",
                       .takes = TAKES_LIST, .needed = ON_HOLDING, .keys = &question_keys},
    [KEY_OTHERS] = {"hint", set_hint, ON_SHOWN, "a line that always shows", .takes = TAKES_TEXT},
    {"guidance", set_guidance, ON_SHOWN, "more, shown when asked for", .takes = TAKES_TEXT},
    {"asked_of", set_asked_of, ON_SHOWN,
     "both, practitioner, service_user, or together: one answer, both confirm", .takes = TAKES_WORD,
     .words = asked_of_names},
    {"required", set_required, ON_ANSWERED, "true, false or an expression", .takes = TAKES_EXPR},
    {"relevant", set_relevant, ON_ALL, "an expression: when it is asked", .takes = TAKES_EXPR},
    {"default", set_default, ON_COMPARED, "an expression: the answer to start from", .takes = TAKES_EXPR},
    {"choice_filter", set_choice_filter, ON_LISTS, "an expression over a choice's own keys: which are shown",
     .takes = TAKES_EXPR},
    {"reveal", set_own_reveal, ON_ANSWERED | ON_HOLDING, "as_typed, or together: hidden until both are in",
     .takes = TAKES_WORD, .words = reveal_names},
    {"kind", set_own_kind, ON_ANSWERED | ON_HOLDING, "what a difference about it is: fact, process and so on",
     .takes = TAKES_WORD, .words = kind_names},
    {"stage", set_own_stage, ON_ALL, "which part of the work it is: assess, plan and so on",
     .takes = TAKES_WORD, .words = stage_names},
    {"because", set_own_because, ON_ANSWERED | ON_HOLDING,
     "ask for a reason: never, when_differing or always", .takes = TAKES_WORD, .words = because_names},
    {"evidence", set_own_evidence, ON_ANSWERED | ON_HOLDING, "true: ask how it is known",
     .takes = TAKES_BOOLEAN},
    {"pathway", set_pathway, ON_ALL, "a word for grouping in reports", .takes = TAKES_SCALAR},
    {"tags", set_tags, ON_ALL, "words for grouping in reports", .takes = TAKES_SCALARS},
    {"read_only", set_read_only, ON_ANSWERED, "true: shown as it was last time, not asked",
     .takes = TAKES_BOOLEAN},
    {"carry_over", set_carry_over, ON_ANSWERED | ON(TYPE_REPEAT),
     "true: last time's answer is the one to start from, last time's entries go on", .takes = TAKES_BOOLEAN},
    {"in_sight", set_in_sight, ON_ANSWERED, "true: its answer is shown when a later sitting begins",
     .takes = TAKES_BOOLEAN},
    {"trend", set_trend, ON_ANSWERED & ~ON(TYPE_TEXT), "true: its answers are shown over time",
     .takes = TAKES_BOOLEAN},
    {"rows", set_rows, ON(TYPE_TEXT), "lines to write in, 1 to 20", .takes = TAKES_COUNT},
    {"min_count", set_min_count, ON(TYPE_REPEAT), "the fewest entries, 0 unless given", .takes = TAKES_COUNT},
    {"max_count", set_max_count, ON(TYPE_REPEAT), "the most entries, 20 unless given, at most 99",
     .takes = TAKES_COUNT},
    {"attachable", set_attachable, ON(TYPE_REPEAT), "true: an entry can be made about any question",
     .takes = TAKES_BOOLEAN},
    {"say_back", set_say_back, ON_ANSWERED,
     "true: before a yes, one says back what they heard, and the other says if it is right",
     .takes = TAKES_BOOLEAN},
    {0},
};
const struct keys question_keys = {"a question", question_table};

/* What those who know XLSForm, or a spreadsheet, write for a type. */
static const char *type_elsewhere(const char *text)
{
    static const char *const known[][2] = {
        {"string", "text"},
        {"int", "integer"},
        {"number", "integer"},
        {"boolean", "acknowledge"},
        {"trigger", "acknowledge"},
        {"begin_repeat", "repeat"},
        {"begin repeat", "repeat"},
        {"begin_group", "group"},
        {"begin group", "group"},
        {"ranking", "rank"},
        {"select", "select_one"},
        {"radio", "select_one"},
        {"slider", "range"},
        {"checkbox", "select_multiple"},
        {"checkboxes", "select_multiple"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcasecmp(text, known[i][0]) == 0)
            return known[i][1];
    }
    return vocab_nearest(question_type_names, text);
}

/* "select_one yesno", as XLSForm has it. */
static bool fault_list_in_type(struct loader *l, const struct node *value, const char *text)
{
    static const char *const types[] = {"select_one ", "select_multiple ", "rank "};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t length = strlen(types[i]);
        if (strncmp(text, types[i], length) != 0 || strspn(text, " ") == strlen(text))
            continue;
        fault(l, value, NULL,
              "A list of choices has a key of its own here: write \"type: %.*s, choices: %s\".",
              (int)length - 1, types[i], shown(l, text + length));
        return true;
    }
    return false;
}

/* The type, or -1 after a fault. */
static int read_type(struct loader *l, const struct node *map)
{
    const struct node *key = map_find(map, "type");
    if (!key) {
        fault(l, map, NULL, "This question has no type.");
        return -1;
    }
    if (node_is_empty(key->value))
        return -1; /* read_keys() says so */
    const char *text = read_scalar(l, key, "a word");
    if (!text)
        return -1;
    int type = vocab_find(question_type_names, text);
    if (type >= 0 || fault_list_in_type(l, key->value, text))
        return type;
    const char *meant = type_elsewhere(text);
    char *list = meant ? NULL : vocab_list(question_type_names);
    if (meant)
        fault(l, key->value, meant, "There is no type \"%s\".", shown(l, text));
    else
        fault(l, key->value, NULL, "There is no type \"%s\": it is %s.", shown(l, text), list);
    free(list);
    return type;
}

static void take_scale(struct loader *l, struct target *t, const struct node *const *given)
{
    const struct node *own = NULL;
    for (int i = KEY_MIN; i <= KEY_LABELS && !own; i++)
        own = given[i];
    struct scale_draft *draft = t->scale;
    if (given[KEY_SCALE] && own) {
        fault(l, own, NULL,
              "\"%s\" belongs into the scale: a question has either a \"scale\" or its own \"min\", \"max\".",
              own->text);
        return;
    }
    if (own) {
        draft = arena_alloc(&l->out->arena, sizeof *draft);
        *draft = t->own_scale;
        check_scale(l, draft, own);
    }
    if (t->q.type == TYPE_RANGE && !given[KEY_SCALE] && !(given[KEY_MIN] && given[KEY_MAX]))
        fault(l, t->draft.where, NULL, "A range needs \"min\" and \"max\", or a \"scale\" that has them.");
    if (!draft || draft->faulty)
        return;
    const struct scale *s = &draft->scale;
    if (t->q.type == TYPE_RANGE && given[KEY_SCALE] && !(s->has_min && s->has_max))
        fault(l, given[KEY_SCALE]->value, NULL, "A range needs a scale with \"min\" and \"max\".");
    if (t->q.type == TYPE_RANGE && !draft->has_step && s->max - s->min != floor(s->max - s->min))
        fault(l, own ? own : given[KEY_SCALE]->value, NULL,
              "Steps of 1 do not lead from %g to %g: give it a \"step\".", s->min, s->max);
    if (t->q.type == TYPE_INTEGER &&
        (s->min != floor(s->min) || s->max != floor(s->max) || s->step != floor(s->step)))
        fault(l, own ? own : given[KEY_SCALE]->value, NULL,
              "\"min\", \"max\" and \"step\" of an integer must be whole numbers.");
    if (t->q.type == TYPE_DECIMAL && !draft->has_step) {
        struct scale *any = arena_alloc(&l->out->arena, sizeof *any);
        *any = *s;
        any->step = 0;
        s = any;
    }
    t->q.scale = s;
}

/* What is put in order has two choices or more, and each of them has a place. */
static void check_rank(struct loader *l, const struct target *t, const struct node *key)
{
    const struct list_draft *list = t->draft.list;
    if (list->unrankable)
        fault(l, list->list.name ? key->value : list->unrankable, NULL,
              "A rank puts all choices in order: none of them can be \"exclusive\" or \"other\".");
    if (list->list.count == 1)
        fault(l, key->value, NULL, "A rank needs two choices at least.");
}

static void check_rules(struct loader *l, struct target *t, const struct node *const *given)
{
    const struct question *q = &t->q;
    const struct node *where = t->draft.where;
    if (!given[KEY_LABEL] && q->type != TYPE_CALCULATE && q->type != TYPE_GROUP)
        fault(l, where, NULL, "This question has no label.");
    if (q->type == TYPE_CALCULATE && !given[KEY_CALCULATION])
        fault(l, where, NULL, "A question of type calculate needs a \"calculation\".");
    if ((ON(q->type) & ON_LISTS) && !given[KEY_CHOICES])
        fault(l, where, NULL, "A question of type %s needs \"choices\".", question_type_names[q->type]);
    if ((ON(q->type) & ON_HOLDING) && !given[KEY_QUESTIONS])
        fault(l, where, NULL, "A %s needs \"questions\".", question_type_names[q->type]);
    if (q->type == TYPE_REPEAT && q->min_count > q->max_count)
        fault(l, where, NULL, "\"min_count\" is %d and \"max_count\" %d: no number of entries is both.",
              q->min_count, q->max_count);
    if (q->say_back && q->asked_of != TOGETHER)
        fault(l, where, NULL,
              "\"say_back\" is for a question that is answered together (asked_of: together).");
    if (q->attachable && q->repeat >= 0)
        fault(l, where, NULL, "A repeat within another belongs to its entries: it cannot be \"attachable\".");
    if (ON(q->type) & ON_NUMBERS)
        take_scale(l, t, given);
    if (given[KEY_CONSTRAINT_MESSAGE] && !given[KEY_CONSTRAINT])
        warn(l, given[KEY_CONSTRAINT_MESSAGE], NULL,
             "This is never said: the question has no \"constraint\".");
    if (given[KEY_WARNING_MESSAGE] && !given[KEY_WARNING])
        warn(l, given[KEY_WARNING_MESSAGE], NULL, "This is never said: the question has no \"warning\".");
    if (q->type == TYPE_RANK && q->choices)
        check_rank(l, t, given[KEY_CHOICES]);
    const struct node *about = given[KEY_TOLERANCE] ? given[KEY_TOLERANCE] : given[KEY_COMPARE];
    if (about && q->asked_of != ASKED_OF_BOTH)
        warn(l, about, NULL, "This does nothing: answers are compared only where both are asked.");
    if (t->draft.list && t->draft.exprs[EXPR_FILTER])
        t->draft.list->filtered = true;
}

static void read_question(struct loader *l, const struct node *map, struct inherited inherited)
{
    if (map->kind != NODE_MAP) {
        fault(l, map, NULL, "A question is a set of keys: name, type, label and so on.");
        return;
    }
    struct target t = {.inherited = inherited,
                       .own_scale.scale.step = 1,
                       .draft.where = map,
                       .q = {.name = "",
                             .line = map->line,
                             .parent = inherited.parent,
                             .repeat = inherited.repeat,
                             .max_count = 20,
                             .rows = 1}};
    int type = read_type(l, map);
    t.q.section = inherited.section;
    t.q.type = type < 0 ? TYPE_TEXT : (enum question_type)type;
    t.q.compare = type >= 0 && (ON(t.q.type) & ON_COMPARED & ~ON(TYPE_TEXT));

    const struct node *given[MOST_KEYS];
    read_keys(l, map, &question_keys, type < 0 ? 0 : ON(type), &t, given);
    if (!given[KEY_NAME])
        fault(l, map, NULL, "This question has no name.");
    bool answered = type >= 0 && (ON(type) & ON_ANSWERED);
    t.q.asked_of = t.inherited.asked_of;
    t.q.because = answered ? (enum because)t.inherited.because : BECAUSE_NEVER;
    t.q.reveal = (enum reveal)t.inherited.reveal;
    t.q.kind = t.inherited.kind;
    t.q.stage = (enum cycle_stage)t.inherited.stage;
    t.q.evidence = answered && t.inherited.evidence;
    if (type >= 0)
        check_rules(l, &t, given);

    GROW(l->drafts, l->count, l->draft_room);
    GROW(l->questions, l->count, l->room);
    t.q.number = l->count;
    l->drafts[l->count] = t.draft;
    l->questions[l->count++] = t.q;
    const struct node *within = given[KEY_QUESTIONS];
    if (within && !node_is_empty(within->value)) {
        t.inherited.parent = t.q.number;
        if (t.q.type == TYPE_REPEAT)
            t.inherited.repeat = t.q.number;
        read_questions(l, within, t.inherited);
    }
    l->questions[t.q.number].end = l->count;
}

void read_questions(struct loader *l, const struct node *key, struct inherited inherited)
{
    if (!read_list(l, key, "questions"))
        return;
    for (const struct node *item = key->value->first; item; item = item->next)
        read_question(l, item, inherited);
}
