/* Items and the entries of repeats.
 *
 * Items lie in one array. First comes one for each question of the form, so that outside of repeats an item
 * is its question's number; each entry then adds a run of items, one for each question its repeat holds, in
 * the form's order. A question in a repeat within that has a place in the run too, which only holds its
 * number: it is asked in the inner entries alone. So from an entry to its questions and back is an addition.
 *
 * Which entries are in, and in which order, follows from the events that added, moved and took out, those
 * undone left out: it is made anew from them whenever one comes. */
#include "assessment/internal.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- items ---- */

int item_new(struct assessment *a, const struct question *q, int entry)
{
    GROW(a->items, a->item_count, a->item_room);
    struct item *item = &a->items[a->item_count];
    *item = (struct item){.q = q, .entry = entry, .place = -1};
    for (int slot = 0; slot < SLOTS; slot++)
        item->slot[slot].answer.at = "";
    return a->item_count++;
}

bool item_is_template(const struct assessment *a, int item)
{
    const struct item *i = &a->items[item];
    return i->q->repeat >= 0 &&
           (i->entry < 0 || a->items[a->entries[i->entry].repeat].q->number != i->q->repeat);
}

bool item_is_gone(const struct assessment *a, int item)
{
    return a->items[item].q->number < 0;
}

const struct question *assessment_question(const struct assessment *a, int item)
{
    return a->items[item].q;
}

const char *assessment_path(const struct assessment *a, int item)
{
    return a->items[item].path ? a->items[item].path : a->items[item].q->name;
}

int assessment_item_in(const struct assessment *a, const struct entry *entry, int question)
{
    return entry->first + question - a->items[entry->repeat].q->number - 1;
}

int assessment_find(const struct assessment *a, const char *path)
{
    const char *mark = strchr(path, '#');
    if (!mark) {
        int question = form_find(a->form, path);
        return question >= 0 && a->form->questions[question].repeat < 0 ? question : -1;
    }
    char *end, *name = xstrndup(path, (size_t)(mark - path));
    int question = form_find(a->form, name);
    free(name);
    const struct entry *entry =
        mark[1] >= '1' && mark[1] <= '9' ? assessment_entry_numbered(a, strtol(mark + 1, &end, 10)) : NULL;
    if (question < 0 || !entry || *end || a->form->questions[question].repeat < 0 ||
        a->form->questions[question].repeat != a->items[entry->repeat].q->number)
        return -1;
    return assessment_item_in(a, entry, question);
}

/* ---- the order ---- */

static void order_add(struct assessment *a, int item)
{
    GROW(a->order, a->order_count, a->order_room);
    a->items[item].place = a->order_count;
    a->order[a->order_count++] = item;
}

/* Questions [from, to), in an entry or (-1) in none. */
static void order_run(struct assessment *a, int from, int to, int entry)
{
    for (int question = from; question < to; question++) {
        int item = entry < 0 ? question : assessment_item_in(a, &a->entries[entry], question);
        order_add(a, item);
        const struct question *q = a->items[item].q;
        if (q->type != TYPE_REPEAT)
            continue;
        for (int i = 0; i < a->items[item].entry_count; i++) {
            a->entries[a->items[item].entries[i]].in = true;
            order_run(a, question + 1, q->end, a->items[item].entries[i]);
        }
        question = q->end - 1;
    }
}

void order_refresh(struct assessment *a)
{
    for (int i = 0; i < a->order_count; i++)
        a->items[a->order[i]].place = -1;
    for (int i = 0; i < a->entry_count; i++)
        a->entries[i].in = false;
    a->order_count = 0;
    order_run(a, 0, a->form->count, -1);
}

int assessment_count(const struct assessment *a)
{
    return a->order_count;
}

int assessment_at(const struct assessment *a, int place)
{
    return a->order[place];
}

int assessment_place(const struct assessment *a, int item)
{
    return a->items[item].place;
}

void items_init(struct assessment *a)
{
    for (int question = 0; question < a->form->count; question++)
        item_new(a, &a->form->questions[question], -1);
    order_refresh(a);
}

void items_release(struct assessment *a)
{
    for (int i = 0; i < a->item_count; i++) {
        struct item *item = &a->items[i];
        for (int slot = 0; slot < SLOTS; slot++) {
            value_release(&item->slot[slot].value);
            value_release(&item->calculated[slot]);
            free(item->slot[slot].versions);
        }
        free(item->path);
        free(item->entries);
        free(item->structure);
    }
    free(a->items);
    free(a->entries);
    free(a->order);
}

/* ---- entries ---- */

size_t assessment_entries(const struct assessment *a, int repeat)
{
    return (size_t)a->items[repeat].entry_count;
}

const struct entry *assessment_entry(const struct assessment *a, int repeat, size_t i)
{
    return &a->entries[a->items[repeat].entries[i]];
}

const struct entry *assessment_entry_of(const struct assessment *a, int item)
{
    return a->items[item].entry < 0 ? NULL : &a->entries[a->items[item].entry];
}

const struct entry *assessment_entry_numbered(const struct assessment *a, long number)
{
    return number >= 1 && number <= a->entry_count ? &a->entries[number - 1] : NULL;
}

static int place_of(const struct item *repeat, int entry)
{
    for (int i = 0; i < repeat->entry_count; i++) {
        if (repeat->entries[i] == entry)
            return i;
    }
    return -1;
}

int assessment_entry_place(const struct assessment *a, const struct entry *entry)
{
    return entry->in ? place_of(&a->items[entry->repeat], entry->number - 1) + 1 : 0;
}

int assessment_next_entry(const struct assessment *a)
{
    return a->entry_count + 1;
}

void entry_built(struct assessment *a, int entry, enum who by, long seq)
{
    for (; entry >= 0; entry = a->items[a->entries[entry].repeat].entry) {
        for (int party = 0; party < PARTIES; party++) {
            if (!a->entries[entry].built[party] && (by == (enum who)party || by == TOGETHER))
                a->entries[entry].built[party] = seq;
        }
    }
}

/* Is it from the assessment that this one follows? */
static bool handed_on(const struct assessment *a, const struct entry *entry)
{
    return assessment_event_numbered(a, entry->seq)->kind == EVENT_OPENED;
}

/* Does what this party says alone, in that event, take it out? A slip of one's own that the other has not
 * built on goes at once; so does what only one of them is asked. */
static bool goes(const struct assessment *a, const struct entry *entry, enum who party, long seq)
{
    const struct question *q = a->items[entry->repeat].q;
    long built = entry->built[who_other(party)];
    return q->asked_of == party || entry->out[who_other(party)] ||
           (entry->by == party && !handed_on(a, entry) && !(built && built < seq));
}

bool assessment_goes_at_once(const struct assessment *a, const struct entry *entry, enum who party)
{
    return goes(a, entry, party, (long)a->event_count + 1);
}

bool entry_has_no_room(const struct assessment *a, const struct entry *entry)
{
    const struct item *repeat = &a->items[entry->repeat];
    return place_of(repeat, entry->number - 1) < 0 && repeat->entry_count >= repeat->q->max_count;
}

static void list_remove(struct item *repeat, int entry)
{
    int at = place_of(repeat, entry);
    if (at < 0)
        return;
    repeat->entry_count--;
    memmove(repeat->entries + at, repeat->entries + at + 1,
            (size_t)(repeat->entry_count - at) * sizeof *repeat->entries);
}

/* `before`: an entry in the list, or -1 for the end. */
static void list_insert(struct item *repeat, int entry, int before)
{
    int at = place_of(repeat, before);
    if (at < 0)
        at = repeat->entry_count;
    GROW(repeat->entries, repeat->entry_count, repeat->entry_room);
    memmove(repeat->entries + at + 1, repeat->entries + at,
            (size_t)(repeat->entry_count - at) * sizeof *repeat->entries);
    repeat->entries[at] = entry;
    repeat->entry_count++;
}

static void apply(struct assessment *a, struct item *repeat, struct step *step)
{
    const struct event *event = assessment_event_numbered(a, step->seq);
    if (event->kind == EVENT_OPENED) {
        for (int i = 0; i < a->entry_count && a->entries[i].seq == event->seq; i++) {
            if (&a->items[a->entries[i].repeat] == repeat)
                list_insert(repeat, i, -1);
        }
        return;
    }
    const struct entry *named = assessment_entry_numbered(a, event_integer(event, "entry"));
    if (!named || &a->items[named->repeat] != repeat)
        return;
    const struct entry *before = assessment_entry_numbered(a, event_integer(event, "before"));
    int entry = named->number - 1;
    switch (event->kind) {
    case EVENT_ADDED:
        if (a->entries[entry].seq == event->seq)
            list_insert(repeat, entry, -1);
        break;
    case EVENT_MOVED:
        if (place_of(repeat, entry) >= 0) {
            list_remove(repeat, entry);
            list_insert(repeat, entry, before ? before->number - 1 : -1);
        }
        break;
    case EVENT_REMOVED:
        if (event->by >= PARTIES)
            break;
        if (event->seq >= a->upgraded)
            step->goes = goes(a, &a->entries[entry], event->by, event->seq);
        if (step->goes)
            list_remove(repeat, entry);
        a->entries[entry].out[event->by] = true;
        break;
    default:
        break;
    }
}

void entry_items(struct assessment *a, int entry)
{
    const struct question *q = a->items[a->entries[entry].repeat].q;
    a->entries[entry].first = a->item_count;
    for (int question = q->number + 1; question < q->end; question++) {
        int item = item_new(a, &a->form->questions[question], entry);
        a->items[item].path = xasprintf("%s#%d", a->items[item].q->name, entry + 1);
    }
}

bool entry_has_items(const struct assessment *a, int repeat)
{
    const struct question *q = a->items[repeat].q;
    return q->end - q->number - 1 <= MOST_ITEMS - a->item_count;
}

bool entry_add(struct assessment *a, long seq, enum who by, int repeat, const char *about)
{
    if (!entry_has_items(a, repeat))
        return false;
    GROW(a->entries, a->entry_count, a->entry_room);
    int entry = a->entry_count++;
    a->entries[entry] = (struct entry){
        .number = entry + 1,
        .repeat = repeat,
        .about = about ? assessment_find(a, about) : -1,
        .by = by,
        .seq = seq,
    };
    entry_built(a, a->items[repeat].entry, by, seq);
    entry_items(a, entry);
    return true;
}

void entries_refresh(struct assessment *a, int repeat)
{
    struct item *item = &a->items[repeat];
    item->entry_count = 0;
    for (int i = 0; i < a->entry_count; i++) {
        if (a->entries[i].repeat == repeat)
            a->entries[i].out[PRACTITIONER] = a->entries[i].out[SERVICE_USER] = false;
    }
    for (int i = 0; i < item->structure_count; i++) {
        if (!a->undone[item->structure[i].seq - 1])
            apply(a, item, &item->structure[i]);
    }
    order_refresh(a);
    derive_structure(a, repeat);
}

void entries_by(struct assessment *a, int repeat, long seq)
{
    struct item *item = &a->items[repeat];
    GROW(item->structure, item->structure_count, item->structure_room);
    struct step *step = &item->structure[item->structure_count++];
    *step = (struct step){.seq = seq};
    apply(a, item, step);
    order_refresh(a);
    derive_structure(a, repeat);
}

/* ---- what a question is, seen from somewhere ---- */

/* All items of a question within the run of an entry, or (-1) outside of all. */
static void use_all(const struct assessment *a, const struct question *q, int entry,
                    void (*use)(void *context, int item), void *context)
{
    int outer = entry < 0 ? -1 : a->items[a->entries[entry].repeat].q->number;
    if (q->repeat == outer) {
        use(context, entry < 0 ? q->number : assessment_item_in(a, &a->entries[entry], q->number));
        return;
    }
    /* The repeat that holds it, of those in this run. */
    int repeat = q->repeat;
    while (a->form->questions[repeat].repeat != outer)
        repeat = a->form->questions[repeat].repeat;
    const struct item *item =
        &a->items[entry < 0 ? repeat : assessment_item_in(a, &a->entries[entry], repeat)];
    for (int i = 0; i < item->entry_count; i++)
        use_all(a, q, item->entries[i], use, context);
}

bool items_seen(const struct assessment *a, int question, int from, void (*use)(void *context, int item),
                void *context)
{
    const struct question *q = &a->form->questions[question];
    int entry = from < 0 ? -1 : a->items[from].entry;
    for (; entry >= 0; entry = a->items[a->entries[entry].repeat].entry) {
        const struct question *repeat = a->items[a->entries[entry].repeat].q;
        if (question > repeat->number && question < repeat->end)
            break;
    }
    use_all(a, q, entry, use, context);
    return q->repeat == (entry < 0 ? -1 : a->items[a->entries[entry].repeat].q->number);
}

int item_seen(const struct assessment *a, int question, int from)
{
    const struct question *q = &a->form->questions[question];
    if (q->repeat < 0)
        return question;
    int entry = from < 0 ? -1 : a->items[from].entry;
    for (; entry >= 0; entry = a->items[a->entries[entry].repeat].entry) {
        if (a->items[a->entries[entry].repeat].q->number == q->repeat)
            return assessment_item_in(a, &a->entries[entry], question);
    }
    return -1;
}
