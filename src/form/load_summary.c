/* What a form makes of its answers: scores, tags, other forms it offers, lists. They name questions that may
 * stand anywhere in the file, so that reading only keeps where the names stand; they are looked up, and
 * expressions compiled, when all questions are there. */
#include "form/load.h"

#include "base/mem.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_OFFERS = 20, MOST_SUMMARIES = 50 };

/* ---- scores ---- */

struct score_target {
    struct score_draft *draft;
    struct scale_draft scale; /* its max, and its bands as labels */
};

static void set_score_calculation(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "the name of a calculation"))
        ((struct score_target *)target)->draft->calculation = key->value;
}

static void set_score_show(struct loader *l, const struct node *key, void *target)
{
    int show;
    if (read_word(l, key, score_show_names, &show))
        ((struct score_target *)target)->draft->score.show = (enum score_show)show;
}

static void set_score_max(struct loader *l, const struct node *key, void *target)
{
    struct score *score = &((struct score_target *)target)->draft->score;
    if (read_number(l, key, &score->max) && score->max <= 0)
        fault(l, key->value, NULL, "\"max\" must be more than 0.");
}

static void set_bands(struct loader *l, const struct node *key, void *target)
{
    set_labels(l, key, &((struct score_target *)target)->scale);
}

static const struct key score_table[] = {
    {"calculation", set_score_calculation, 0, "the name of a question of type calculate", .takes = TAKES_NAME,
     .needed = 1},
    {"show", set_score_show, 0, "number, band, or bar", .takes = TAKES_WORD, .words = score_show_names},
    {"max", set_score_max, 0, "the number at which the bar is full", .takes = TAKES_NUMBER},
    {"bands", set_bands, 0, "what it is called from a number on, like {0: Few, 3: Some}",
     .takes = TAKES_LABELS},
    {0},
};
const struct keys score_keys = {"a score", score_table};

void set_score(struct loader *l, const struct node *key, void *score_draft)
{
    struct score_draft *draft = score_draft;
    struct score_target t = {.draft = draft};
    draft->where = key;
    if (key->value->kind == NODE_SCALAR) {
        draft->calculation = key->value;
        return;
    }
    const struct node *given[MOST_KEYS];
    if (!read_map(l, key, "the name of a calculation, or how it is shown"))
        return;
    read_keys(l, key->value, &score_keys, 0, &t, given);
    draft->score.band_from = t.scale.scale.label_values;
    draft->score.bands = t.scale.scale.labels;
    draft->score.band_count = t.scale.scale.label_count;
    if (!map_find(key->value, "calculation"))
        fault(l, key, NULL, "This score does not say which \"calculation\" it shows.");
    if (draft->score.show == SHOW_BAR && !map_find(key->value, "max"))
        fault(l, key, NULL, "A bar needs a \"max\": the number at which it is full.");
    if (draft->score.show == SHOW_BAND && !map_find(key->value, "bands"))
        fault(l, key, NULL, "To be shown by its band a score needs \"bands\".");
}

/* ---- tags ---- */

static void set_tag_label(struct loader *l, const struct node *key, void *target)
{
    ((struct tag *)target)->label = read_text(l, key);
}

static const struct key tag_table[] = {
    {"label", set_tag_label, 0, "what both read beside the question; without it nothing is shown",
     .takes = TAKES_TEXT},
    {0},
};
const struct keys tag_keys = {"a tag", tag_table};

void set_form_tags(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_map(l, key, "words, each with its label"))
        return;
    struct tag *tags = arena_array(&l->out->arena, key->value->size, sizeof *tags);
    l->tag_names = arena_array(&l->scratch, key->value->size, sizeof *l->tag_names);
    l->tag_used = arena_array(&l->scratch, key->value->size, sizeof *l->tag_used);
    for (const struct node *in = key->value->first; in; in = in->next) {
        const struct node *given[MOST_KEYS];
        struct tag *tag = &tags[l->tag_count];
        if (!is_name(in->text, "-."))
            fault(l, in, NULL,
                  "A tag begins with a small letter and is made of a to z, digits, \"-\" and \"_\" (at most "
                  "64), and \"%s\" is not.",
                  shown(l, in->text));
        tag->name = keep(l, in->text);
        if (read_map(l, in, "a label"))
            read_keys(l, in->value, &tag_keys, 0, tag, given);
        l->tag_names[l->tag_count] =
            (struct named){.name = tag->name, .where = in, .index = (int)l->tag_count};
        l->tag_count++;
    }
    sort_names(l, l->tag_names, l->tag_count, "tag");
    l->form->tags = tags;
    l->form->tag_count = l->tag_count;
}

void use_tag(struct loader *l, const struct node *at, const char *name)
{
    if (!l->tag_names)
        return;
    const struct named *found = find_name(l->tag_names, l->tag_count, name);
    if (found)
        l->tag_used[found->index] = true;
    else
        warn(l, at, nearest_name(l, l->tag_names, l->tag_count, name), "The form has no tag \"%s\".",
             shown(l, name));
}

void use_pathway(struct loader *l, const char *name)
{
    const struct named *found = l->tag_names ? find_name(l->tag_names, l->tag_count, name) : NULL;
    if (found)
        l->tag_used[found->index] = true;
}

/* ---- offers ---- */

static void set_offer_form(struct loader *l, const struct node *key, void *target)
{
    struct offer_draft *draft = target;
    const char *text = read_scalar(l, key, "a form's name");
    if (text && !is_name(text, "-."))
        fault(l, key->value, NULL, "\"%s\" cannot be a form's name.", shown(l, text));
    else if (text)
        draft->offer.form = keep(l, text);
}

static void set_offer_relevant(struct loader *l, const struct node *key, void *target)
{
    const char *text = read_scalar(l, key, "an expression");
    if (text && strcmp(text, "true") != 0)
        ((struct offer_draft *)target)->relevant = key->value;
}

static const struct key offer_table[] = {
    {"form", set_offer_form, 0, "the other form's name", .takes = TAKES_FORM_NAME, .needed = 1},
    {"relevant", set_offer_relevant, 0, "an expression: when it may fit", .takes = TAKES_EXPR},
    {0},
};
const struct keys offer_keys = {"an offer", offer_table};

void set_offers(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_list(l, key, "forms that may fit"))
        return;
    l->offers = arena_array(&l->scratch, key->value->size, sizeof *l->offers);
    for (const struct node *item = key->value->first; item; item = item->next) {
        const struct node *given[MOST_KEYS];
        struct offer_draft *draft = &l->offers[l->offer_count];
        if (l->offer_count == MOST_OFFERS) {
            fault(l, item, NULL, "A form offers at most %d others.", MOST_OFFERS);
            break;
        }
        draft->where = item;
        if (item->kind != NODE_MAP) {
            fault(l, item, NULL, "An offer is a set of keys: form and relevant.");
            continue;
        }
        read_keys(l, item, &offer_keys, 0, draft, given);
        if (!map_find(item, "form"))
            fault(l, item, NULL, "This offer does not say which \"form\".");
        l->offer_count++;
    }
}

/* ---- summaries ---- */

static void set_summary(struct loader *l, const struct node *key, void *target)
{
    struct summary_draft *draft = target;
    const char *text = read_scalar(l, key, "a name");
    if (!text)
        return;
    draft->where = key->value;
    if (is_name(text, ""))
        draft->summary.name = keep(l, text);
    else
        fault(l, key->value, NULL,
              "A name begins with a small letter and is made of a to z, digits and \"_\" (at most 64), and "
              "\"%s\" is not.",
              shown(l, text));
}

static void set_summary_title(struct loader *l, const struct node *key, void *target)
{
    ((struct summary_draft *)target)->summary.title = read_text(l, key);
}

static void set_summary_repeat(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "the name of a repeat"))
        ((struct summary_draft *)target)->repeat = key->value;
}

static void set_summary_tag(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "a tag"))
        ((struct summary_draft *)target)->tag = key->value;
}

static void set_summary_where(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "an expression"))
        ((struct summary_draft *)target)->condition = key->value;
}

static void set_summary_group_by(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "a name"))
        ((struct summary_draft *)target)->group_by = key->value;
}

static void set_summary_order_by(struct loader *l, const struct node *key, void *target)
{
    if (read_scalar(l, key, "a name"))
        ((struct summary_draft *)target)->order_by = key->value;
}

static void set_summary_show(struct loader *l, const struct node *key, void *target)
{
    if (read_list(l, key, "questions of the repeat"))
        ((struct summary_draft *)target)->show = key->value;
}

static void set_summary_one_kind(struct loader *l, const struct node *key, void *target)
{
    ((struct summary_draft *)target)->summary.one_kind = read_text(l, key);
}

static const struct key summary_table[] = {
    {"summary", set_summary, 0, "its name, unique among the summaries", .takes = TAKES_NAME, .needed = 1},
    {"title", set_summary_title, 0, "what people read above it", .takes = TAKES_TEXT, .needed = 1},
    {"repeat", set_summary_repeat, 0, "the repeat whose entries it lists; or", .takes = TAKES_NAME},
    {"tag", set_summary_tag, 0, "the tag whose questions it lists", .takes = TAKES_SCALAR},
    {"where", set_summary_where, 0, "an expression: which are listed", .takes = TAKES_EXPR},
    {"group_by", set_summary_group_by, 0,
     "a select_one of the repeat; with a tag: pathway, section or answer", .takes = TAKES_NAME},
    {"order_by", set_summary_order_by, 0,
     "a date, a time or a number of the repeat: its entries in that order, those without it last",
     .takes = TAKES_NAME},
    {"show", set_summary_show, 0, "questions of the repeat, to be shown of each entry",
     .takes = TAKES_SCALARS},
    {"one_kind", set_summary_one_kind, 0, "what to say where all that is listed is in one group",
     .takes = TAKES_TEXT},
    {0},
};
const struct keys summary_keys = {"a summary", summary_table};

static void check_summary(struct loader *l, const struct node *map, const struct summary_draft *draft)
{
    const struct node *repeat = map_find(map, "repeat"), *tag = map_find(map, "tag");
    if (!map_find(map, "summary"))
        fault(l, map, NULL, "This summary has no name: begin it with \"summary: name\".");
    if (!map_find(map, "title"))
        fault(l, draft->where, NULL, "This summary has no title.");
    if (repeat && tag)
        fault(l, tag, NULL, "A summary lists a \"repeat\" or what has a \"tag\", not both.");
    if (!repeat && !tag)
        fault(l, draft->where, NULL,
              "This summary does not say what it lists: give it a \"repeat\" or a \"tag\".");
    if (tag && !repeat && map_find(map, "show"))
        fault(l, map_find(map, "show"), NULL,
              "\"show\" is for the entries of a repeat: with a tag the answer is shown.");
    if (tag && !repeat && map_find(map, "order_by"))
        fault(l, map_find(map, "order_by"), NULL,
              "\"order_by\" is for the entries of a repeat: what has a tag stands as it is asked.");
    if (repeat && !tag && !map_find(map, "show"))
        fault(l, repeat, NULL, "This summary does not say what to \"show\" of each entry.");
    if (map_find(map, "one_kind") && !map_find(map, "group_by"))
        fault(l, map_find(map, "one_kind"), NULL,
              "\"one_kind\" is said of groups: this summary needs a \"group_by\".");
}

void set_summaries(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_list(l, key, "summaries"))
        return;
    l->summaries = arena_array(&l->scratch, key->value->size, sizeof *l->summaries);
    struct named *names = arena_array(&l->scratch, key->value->size, sizeof *names);
    size_t named = 0;
    for (const struct node *item = key->value->first; item; item = item->next) {
        const struct node *given[MOST_KEYS];
        if (item->kind != NODE_MAP) {
            fault(l, item, NULL, "A summary is a set of keys: summary, title, repeat and so on.");
            continue;
        }
        if (l->summary_count == MOST_SUMMARIES) {
            fault(l, item, NULL, "A form has at most %d summaries.", MOST_SUMMARIES);
            break;
        }
        struct summary_draft *draft = &l->summaries[l->summary_count];
        draft->where = item;
        draft->summary.repeat = draft->summary.group_question = draft->summary.order_question = -1;
        read_keys(l, item, &summary_keys, 0, draft, given);
        check_summary(l, item, draft);
        if (draft->summary.name)
            names[named++] = (struct named){
                .name = draft->summary.name, .where = draft->where, .index = (int)l->summary_count};
        l->summary_count++;
    }
    sort_names(l, names, named, "summary");
}

/* ---- when all questions are there ---- */

/* The question that is named here, or -1 after a fault. */
static int question_at(struct loader *l, const struct node *at)
{
    const struct named *found = find_name(l->names, (size_t)l->name_count, at->text);
    if (!found)
        fault(l, at, nearest_name(l, l->names, (size_t)l->name_count, at->text),
              "There is no question \"%s\".", shown(l, at->text));
    return found ? found->index : -1;
}

static const struct score *resolve_score(struct loader *l, struct score_draft *draft)
{
    int calculation = draft->calculation ? question_at(l, draft->calculation) : -1;
    if (calculation < 0)
        return NULL;
    const struct question *q = &l->questions[calculation];
    if (q->type != TYPE_CALCULATE)
        fault(l, draft->calculation, NULL,
              "A score is a question of type calculate, and \"%s\" is of type %s.", q->name,
              question_type_names[q->type]);
    else if (q->repeat >= 0)
        fault(l, draft->calculation, NULL,
              "\"%s\" is worked out in each entry of \"%s\": a score stands outside of repeats.", q->name,
              l->questions[q->repeat].name);
    struct score *score = arena_alloc(&l->out->arena, sizeof *score);
    *score = draft->score;
    score->calculation = calculation;
    return score;
}

/* Is it asked in the repeat's entries: in the repeat itself or in what is around that? */
static bool is_in_sight(const struct loader *l, int question, int repeat)
{
    int of = l->questions[question].repeat;
    while (repeat >= 0 && repeat != of)
        repeat = l->questions[repeat].repeat;
    return repeat >= 0;
}

static int question_in(struct loader *l, const struct node *at, int repeat)
{
    int question = question_at(l, at);
    if (question < 0 || is_in_sight(l, question, repeat))
        return question;
    fault(l, at, NULL, "\"%s\" is not a question in the entries of \"%s\".", shown(l, at->text),
          l->questions[repeat].name);
    return -1;
}

/* Do its answers lie one after the other? */
static bool has_place(const struct question *q)
{
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_DATE_TIME:
        return true;
    default:
        return false;
    }
}

static void resolve_repeat(struct loader *l, struct summary_draft *draft)
{
    struct summary *s = &draft->summary;
    int repeat = question_at(l, draft->repeat);
    if (repeat < 0)
        return;
    if (l->questions[repeat].type != TYPE_REPEAT) {
        fault(l, draft->repeat, NULL, "\"%s\" is not a repeat.", shown(l, draft->repeat->text));
        return;
    }
    s->repeat = repeat;
    if (draft->group_by) {
        s->group_by = GROUP_QUESTION;
        s->group_question = question_in(l, draft->group_by, repeat);
        if (s->group_question >= 0 && l->questions[s->group_question].type != TYPE_SELECT_ONE)
            fault(l, draft->group_by, NULL,
                  "Entries are grouped by a question of type select_one, and \"%s\" is of type %s.",
                  shown(l, draft->group_by->text), question_type_names[l->questions[s->group_question].type]);
    }
    if (draft->order_by) {
        s->order_question = question_in(l, draft->order_by, repeat);
        if (s->order_question >= 0 && !has_place(&l->questions[s->order_question]))
            fault(l, draft->order_by, NULL,
                  "Entries are put in order by a date, a time or a number, and \"%s\" is of type %s.",
                  shown(l, draft->order_by->text), question_type_names[l->questions[s->order_question].type]);
    }
    if (!draft->show)
        return;
    int *show = arena_array(&l->out->arena, draft->show->size, sizeof *show);
    for (const struct node *item = draft->show->first; item; item = item->next) {
        int question = -1;
        if (item->kind == NODE_SCALAR)
            question = question_in(l, item, repeat);
        else
            fault(l, item, NULL, "\"show\" is a list of names.");
        if (question < 0)
            continue;
        const struct question *q = &l->questions[question];
        if (question_is_answered(q) || q->type == TYPE_CALCULATE)
            show[s->show_count++] = question;
        else
            fault(l, item, NULL, "\"%s\" is of type %s: there is no answer to show.", q->name,
                  question_type_names[q->type]);
    }
    s->show = show;
}

/* All tags of questions, sorted, each once; *count of them. The caller frees the array. */
static struct named *tags_in_use(const struct loader *l, size_t *count)
{
    struct named *names = NULL;
    size_t room = 0;
    *count = 0;
    for (int i = 0; i < l->count; i++) {
        for (size_t t = 0; t < l->questions[i].tag_count; t++) {
            GROW(names, *count, room);
            names[(*count)++] = (struct named){.name = l->questions[i].tags[t]};
        }
    }
    return names;
}

static bool has_tag(const struct loader *l, const char *tag)
{
    for (int i = 0; i < l->count; i++) {
        for (size_t t = 0; t < l->questions[i].tag_count; t++) {
            if (strcmp(l->questions[i].tags[t], tag) == 0)
                return true;
        }
    }
    return false;
}

static void resolve_tag(struct loader *l, struct summary_draft *draft)
{
    struct summary *s = &draft->summary;
    s->tag = keep(l, draft->tag->text);
    if (!has_tag(l, s->tag)) {
        size_t count;
        struct named *names = tags_in_use(l, &count);
        fault(l, draft->tag, nearest_name(l, names, count, s->tag), "No question has the tag \"%s\".",
              shown(l, s->tag));
        free(names);
    }
    if (!draft->group_by)
        return;
    static const char *const words[] = {"pathway", "section", "answer", NULL};
    int word = vocab_find(words, draft->group_by->text);
    if (word < 0)
        fault(l, draft->group_by, vocab_nearest(words, draft->group_by->text),
              "What has a tag is grouped by pathway, section or answer.");
    else
        s->group_by = (enum grouping)(GROUP_PATHWAY + word);
}

static void load_scores(struct loader *l)
{
    for (int i = 0; i < l->section_count; i++) {
        if (l->scores[i].where)
            l->sections[i].score = resolve_score(l, &l->scores[i]);
    }
}

static void load_offers(struct loader *l)
{
    struct offer *offers = arena_array(&l->out->arena, l->offer_count, sizeof *offers);
    for (size_t i = 0; i < l->offer_count; i++) {
        offers[i] = l->offers[i].offer;
        if (l->offers[i].relevant)
            offers[i].relevant = load_expr(l, l->offers[i].relevant, "relevant", SELF_NONE, -1);
    }
    l->form->offers = offers;
    l->form->offer_count = l->offer_count;
}

/* The question that has the tag, as long as all that have it are answered alike. */
static int tagged(const struct loader *l, const char *tag)
{
    int found = SELF_ANY;
    for (int i = 0; i < l->count; i++) {
        const struct question *q = &l->questions[i], *first = found >= 0 ? &l->questions[found] : q;
        bool has = false;
        for (size_t t = 0; t < q->tag_count; t++)
            has |= strcmp(q->tags[t], tag) == 0;
        if (has && (q->type != first->type || q->choices != first->choices))
            return SELF_ANY;
        found = has && found < 0 ? i : found;
    }
    return found;
}

static void load_lists(struct loader *l)
{
    struct summary *summaries = arena_array(&l->out->arena, l->summary_count, sizeof *summaries);
    for (size_t i = 0; i < l->summary_count; i++) {
        struct summary_draft *draft = &l->summaries[i];
        if (draft->repeat)
            resolve_repeat(l, draft);
        else if (draft->tag)
            resolve_tag(l, draft);
        bool by_tag = draft->tag && !draft->repeat; /* both is a fault, and it goes by the repeat */
        if (draft->condition)
            draft->summary.where =
                load_expr(l, draft->condition, "where", by_tag ? tagged(l, draft->summary.tag) : SELF_NONE,
                          by_tag ? -1 : draft->summary.repeat);
        summaries[i] = draft->summary;
    }
    l->form->summaries = summaries;
    l->form->summary_count = l->summary_count;
}

void load_summaries(struct loader *l)
{
    load_scores(l);
    load_offers(l);
    load_lists(l);
    for (size_t i = 0; i < l->tag_count; i++) {
        const struct named *tag = &l->tag_names[i];
        if (!l->tag_used[tag->index])
            warn(l, tag->where, NULL, "No question has the tag \"%s\".", shown(l, tag->name));
    }
}
