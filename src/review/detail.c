/* A row, whole. Parts, one function for each, that add lines; what each person says is made for both by the
 * same call. */
#include "review/detail.h"

#include "assessment/beside.h"
#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/vocab.h"
#include "session/session.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

enum { LANGUAGE = 0 };
/* The question as the practitioner reads it; how each does stands below. */
static const enum who reader = PRACTITIONER;
static const char silent[] = "nothing said";

/* ---- lines ---- */

static struct detail_line *add(struct detail *detail, enum detail_kind kind)
{
    GROW(detail->lines, detail->count, detail->room);
    struct detail_line *line = &detail->lines[detail->count++];
    *line = (struct detail_line){.kind = kind, .by = ALONGSIDE};
    return line;
}

/* The text is taken over. */
static void add_text(struct detail *detail, enum detail_kind kind, char *text)
{
    if (*text)
        add(detail, kind)->text = text;
    else
        free(text);
}

/* What each says is taken over. Where neither said anything there is no line. */
static void add_both(struct detail *detail, const char *label, char *practitioner, char *service_user)
{
    char *said[PARTIES] = {[PRACTITIONER] = practitioner, [SERVICE_USER] = service_user};
    bool any = *practitioner || *service_user;
    struct detail_line *line = any ? add(detail, DETAIL_BOTH) : NULL;
    if (line)
        line->label = xstrdup(label);
    for (int party = 0; party < PARTIES; party++) {
        if (line)
            line->side[party] = *said[party] ? said[party] : xstrdup(silent);
        if (!line || !*said[party])
            free(said[party]);
    }
}

void detail_release(struct detail *detail)
{
    for (size_t i = 0; i < detail->count; i++) {
        struct detail_line *line = &detail->lines[i];
        free(line->label);
        free(line->text);
        for (int party = 0; party < PARTIES; party++)
            free(line->side[party]);
    }
    free(detail->lines);
    free(detail->id);
    for (int party = 0; party < PARTIES; party++)
        free(detail->name[party]);
    *detail = (struct detail){0};
}

static void add_day(struct detail *detail, const char *at, char day[16])
{
    char now[16];
    snprintf(now, sizeof now, "%.10s", at);
    if (strcmp(now, day) == 0)
        return;
    memcpy(day, now, sizeof now);
    add_text(detail, DETAIL_DAY, xstrdup(words_day(now)));
}

static void add_turn(struct detail *detail, const struct assessment *a, const struct event *event, char *told,
                     char day[16])
{
    if (!*told) {
        free(told);
        return;
    }
    add_day(detail, event->at, day);
    struct detail_line *line = add(detail, DETAIL_TURN);
    line->text = assessment_is_undone(a, event->seq) ? xasprintf("%s (taken back)", told) : told;
    if (line->text != told)
        free(told);
    line->by = event->by;
    line->seq = event->seq;
}

/* ---- both views ---- */

static char *quoted(const char *words)
{
    return words && *words ? xasprintf("“%s”", words) : xstrdup("");
}

static char *answer_said(const struct assessment *a, int item, const struct answer *answer)
{
    return answer->value ? words_value(a, item, answer->value, LANGUAGE)
                         : xstrdup(words_missing(answer->missing));
}

static char *heard_said(const struct assessment *a, const struct disagreement *d, enum who party)
{
    int heard = assessment_heard(a, d, party);
    return heard ? xasprintf("%d of 5", heard) : xstrdup("");
}

static void add_asked(struct detail *detail, const struct assessment *a, int item)
{
    const char *p = words_question(a, item, PRACTITIONER, LANGUAGE);
    char *asked = xstrdup(p);
    add_both(detail, "Asked", asked, xstrdup(words_question(a, item, SERVICE_USER, LANGUAGE)));
}

static void add_views(struct detail *detail, const struct assessment *a, const struct disagreement *d)
{
    bool hidden = d->question >= 0 && !assessment_revealed(a, d->question);
    static const char waits[] = "not shown before both have answered";
    const struct answer *first = d->before, *now = d->after;
    if (d->question >= 0)
        add_asked(detail, a, d->question);
    add_both(detail, "First", answer_said(a, d->question, &first[PRACTITIONER]),
             answer_said(a, d->question, &first[SERVICE_USER]));
    add_both(detail, "Why", quoted(first[PRACTITIONER].because), quoted(first[SERVICE_USER].because));
    add_both(detail, "Known by", xstrdup(words_evidence(first[PRACTITIONER].evidence)),
             xstrdup(words_evidence(first[SERVICE_USER].evidence)));
    if (hidden) {
        add_both(detail, "Now", xstrdup(waits), xstrdup(waits));
        return;
    }
    const char *label = d->closed ? "As it closed" : "Now";
    add_both(detail, label, answer_said(a, d->question, &now[PRACTITIONER]),
             answer_said(a, d->question, &now[SERVICE_USER]));
    bool new_reason = false;
    for (int party = 0; party < PARTIES; party++)
        new_reason |= now[party].because &&
                      (!first[party].because || strcmp(now[party].because, first[party].because) != 0);
    if (new_reason)
        add_both(detail, "Why then", quoted(now[PRACTITIONER].because), quoted(now[SERVICE_USER].because));
    add_both(detail, "Felt heard", heard_said(a, d, PRACTITIONER), heard_said(a, d, SERVICE_USER));
}

static void add_standing(struct detail *detail, const struct assessment *a, const struct disagreement *d)
{
    add_text(detail, DETAIL_TITLE, words_about(a, d, reader, LANGUAGE));
    if (d->question >= 0)
        add_text(detail, DETAIL_TEXT, words_where(a, d->question, reader, LANGUAGE));
    add_text(detail, DETAIL_TEXT, words_outcome(a, d, LANGUAGE));
    if (d->by != ALONGSIDE && d->because)
        add_text(detail, DETAIL_TEXT,
                 xasprintf("%s raised it: “%s”", assessment_name(a, d->by, LANGUAGE), d->because));
}

static void add_talk(struct detail *detail, const struct assessment *a, const struct disagreement *d)
{
    char day[16] = "";
    const struct event *of = d->of ? assessment_event_numbered(a, d->of) : NULL;
    add_text(detail, DETAIL_HEADING, xstrdup("All that was said about it"));
    if (of)
        add_turn(detail, a, of, words_event(a, of, LANGUAGE), day);
    for (size_t i = 0; i < d->turn_count; i++) {
        const struct event *event = assessment_event_numbered(a, d->turns[i]);
        add_turn(detail, a, event, words_turn(a, event, LANGUAGE), day);
    }
}

/* ---- the sitting around it ---- */

static bool is_turn(const struct disagreement *d, long seq)
{
    for (size_t i = 0; d && i < d->turn_count; i++) {
        if (d->turns[i] == seq)
            return true;
    }
    return false;
}

/* The sitting that an event lies in: from where they sat down to where it was closed or left (else to where
 * they next sat down). What is gone on with after a pause is one. */
static bool find_sitting(const struct assessment *a, long seq, long *from, long *to)
{
    *from = 0;
    *to = (long)assessment_events(a) + 1;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        const struct sitting *sitting = assessment_sitting(a, i);
        bool goes_on = sitting->began != i;
        if (!goes_on && sitting->opened > seq) {
            *to = *to < sitting->opened ? *to : sitting->opened;
            break;
        }
        if (!goes_on)
            *from = sitting->opened;
        *to = sitting->closed ? sitting->closed + 1 : (long)assessment_events(a) + 1;
    }
    return *from > 0 && seq < *to;
}

static void add_sitting(struct detail *detail, const struct assessment *a, long seq,
                        const struct disagreement *d)
{
    long from, to;
    if (!find_sitting(a, seq, &from, &to))
        return;
    char day[16] = "";
    add_text(detail, DETAIL_HEADING, xstrdup("The sitting it was found in"));
    for (long at = from; at < to; at++) {
        const struct event *event = assessment_event_numbered(a, at);
        if (event && at == seq)
            add_text(detail, DETAIL_HERE, xstrdup("Here they were found to see it differently."));
        else if (event && !is_turn(d, at))
            add_turn(detail, a, event, words_event(a, event, LANGUAGE), day);
    }
}

/* ---- the same question over time ---- */

static bool same_folder(const char *one, const char *other)
{
    size_t length = (size_t)(path_base(one) - one);
    return length == (size_t)(path_base(other) - other) && strncmp(one, other, length) == 0;
}

static const char *text_of(const struct source *source, digest_text text)
{
    return digest_text_of(source->digest, text);
}

/* Are two records of one case: does the one follow the other, or have they a reference in common? */
static bool are_linked(const struct source *one, const struct source *other)
{
    const char *ref = text_of(one, one->digest->ref), *follows = text_of(one, one->digest->follows);
    return (*ref && strcmp(ref, text_of(other, other->digest->ref)) == 0 &&
            same_folder(one->path, other->path)) ||
           (*follows && strcmp(follows, text_of(other, other->digest->id)) == 0);
}

static _Thread_local const struct collection *ordering; /* qsort() hands on nothing */

static int begun_first(const void *one, const void *other)
{
    const struct source *a = collection_at(ordering, *(const size_t *)one),
                        *b = collection_at(ordering, *(const size_t *)other);
    if (a->digest->begun != b->digest->begun)
        return a->digest->begun < b->digest->begun ? -1 : 1;
    return strcmp(a->path, b->path);
}

size_t *detail_case(const struct collection *collection, size_t i, size_t *count)
{
    size_t all = collection_count(collection), n = 1;
    size_t *found = xcalloc(all + 1, sizeof *found);
    bool *in = xcalloc(all + 1, sizeof *in);
    found[0] = i;
    in[i] = true;
    for (size_t next = 0; next < n; next++) {
        const struct source *one = collection_at(collection, found[next]);
        for (size_t k = 0; k < all; k++) {
            const struct source *other = collection_at(collection, k);
            if (in[k] || !other->facts || !(are_linked(one, other) || are_linked(other, one)))
                continue;
            found[n++] = k;
            in[k] = true;
        }
    }
    free(in);
    ordering = collection;
    qsort(found, n, sizeof *found, begun_first);
    *count = n;
    return found;
}

/* What one said, as an event has it; "" where it took an answer away. */
static char *event_said(const struct assessment *a, int item, const struct event *event)
{
    if (!event || event->kind == EVENT_CLEARED)
        return xstrdup("");
    if (event_waits(a, event))
        return xstrdup("answered, not shown before both have");
    if (event->kind == EVENT_DECLINED) {
        int missing = vocab_find(missing_names, event_text_or(event, "missing", ""));
        return xstrdup(words_missing(missing < 0 ? MISSING_NONE : (enum missing)missing));
    }
    char *value = words_value(a, item, event_value(event, "value"), LANGUAGE);
    const char *because = event_text(event, "because");
    char *said = because ? xasprintf("%s “%s”", value, because) : xstrdup(value);
    free(value);
    return said;
}

static void add_day_of_answers(struct detail *detail, const struct assessment *a, int item,
                               const struct event *const said[PARTIES], const char *day)
{
    add_both(detail, words_day(day), event_said(a, item, said[PRACTITIONER]),
             event_said(a, item, said[SERVICE_USER]));
}

/* Each day on which either answered, with what both then said. */
static void add_answers(struct detail *detail, const struct assessment *a, const char *path)
{
    int item = assessment_find(a, path);
    const struct event *said[PARTIES] = {0};
    char day[16] = "";
    for (size_t i = 0; item >= 0 && i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        bool answers =
            event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED || event->kind == EVENT_CLEARED;
        const char *question = answers ? event_text(event, "question") : NULL;
        if (!question || strcmp(question, path) != 0 || event->by >= PARTIES ||
            assessment_is_undone(a, event->seq))
            continue;
        if (*day && strncmp(day, event->at, 10) != 0)
            add_day_of_answers(detail, a, item, said, day);
        snprintf(day, sizeof day, "%.10s", event->at);
        said[event->by] = event;
    }
    if (*day)
        add_day_of_answers(detail, a, item, said, day);
}

static void add_over_time(struct detail *detail, const struct collection *collection, size_t source,
                          const struct session *s, const char *path)
{
    size_t count;
    size_t *sources = detail_case(collection, source, &count);
    add_text(detail, DETAIL_HEADING, xstrdup("The same question over time"));
    for (size_t i = 0; i < count; i++) {
        char *why = NULL;
        const char *other = collection_at(collection, sources[i])->path;
        if (sources[i] != source && strchr(path, '#'))
            continue; /* an entry's number means nothing in another record */
        struct session *opened = sources[i] == source ? NULL : session_open(other, RECORD_READ, &why);
        const struct session *at = opened ? opened : sources[i] == source ? s : NULL;
        if (at)
            add_answers(detail, session_assessment(at), path);
        else
            add_text(detail, DETAIL_TEXT, xstrdup(why));
        session_close(opened);
        free(why);
    }
    free(sources);
}

/* ---- a row ---- */

static void add_columns(struct detail *detail, const struct table *table, const struct source *source,
                        uint32_t number)
{
    add_text(detail, DETAIL_TITLE, xstrdup(table->title));
    for (const struct column *column = table->columns; column->name; column++) {
        struct cell cell;
        const char *shown = cell_shown(column, source, number, &cell);
        if (*shown)
            add_text(detail, DETAIL_TEXT, xasprintf("%s: %s", column->title, shown));
    }
}

static bool tell_disagreement(struct detail *detail, const struct collection *collection, size_t source,
                              const struct session *s, const char *id, char **cause)
{
    const struct assessment *a = session_assessment(s);
    const struct disagreement *d = assessment_disagreement_of_id(a, id);
    if (!d)
        return cause_set(cause, "The record has changed since it was looked at.");
    free(detail->id);
    detail->id = xstrdup(id);
    add_standing(detail, a, d);
    add_text(detail, DETAIL_HEADING, xstrdup("What both say"));
    add_views(detail, a, d);
    add_talk(detail, a, d);
    add_sitting(detail, a, d->opened, d);
    if (d->question >= 0)
        add_over_time(detail, collection, source, s, assessment_path(a, d->question));
    return true;
}

/* The path of a question that both answered: "goal#2" in an entry. The caller frees it. */
static char *pair_path(const struct source *source, const struct digest_pair *pair)
{
    const char *name = facts_text(source->facts, facts_question(source->facts, (size_t)pair->question)->name);
    return pair->entry ? xasprintf("%s#%d", name, (int)pair->entry) : xstrdup(name);
}

static void tell_pair(struct detail *detail, const struct collection *collection, size_t source,
                      const struct session *s, const char *path)
{
    const struct assessment *a = session_assessment(s);
    int item = assessment_find(a, path);
    if (item >= 0) {
        add_text(detail, DETAIL_TITLE, words_item(a, item, reader, LANGUAGE));
        add_text(detail, DETAIL_TEXT, words_standing(a, item, LANGUAGE));
        add_asked(detail, a, item);
    }
    add_over_time(detail, collection, source, s, path);
}

/* The disagreement that a row is about; NULL. */
static const struct digest_disagreement *disagreement_of_row(const struct source *source,
                                                             const struct table *table, uint32_t number)
{
    int32_t at = -1;
    if (table == &table_disagreements)
        at = (int32_t)number;
    else if (table == &table_pairs)
        at = digest_pair(source->digest, number)->disagreement;
    else if (table == &table_remarks)
        at = digest_remark(source->digest, number)->disagreement;
    return at < 0 ? NULL : digest_disagreement(source->digest, (size_t)at);
}

static bool tell_row(struct detail *detail, const struct collection *collection, const struct table *table,
                     struct row row, const struct session *s, char **cause)
{
    const struct source *source = collection_at(collection, row.source);
    const struct digest_disagreement *d = disagreement_of_row(source, table, row.number);
    if (table != &table_disagreements && table != &table_pairs)
        add_columns(detail, table, source, row.number);
    if (d)
        return tell_disagreement(detail, collection, row.source, s, text_of(source, d->id), cause);
    if (table == &table_pairs) {
        char *path = pair_path(source, digest_pair(source->digest, row.number));
        tell_pair(detail, collection, row.source, s, path);
        free(path);
    }
    return true;
}

bool detail_read(struct detail *detail, const struct collection *collection, const struct table *table,
                 struct row row, char **cause)
{
    const struct source *source = collection_at(collection, row.source);
    *detail = (struct detail){.id = xstrdup("")};
    struct session *s = source->facts ? session_open(source->path, RECORD_READ, cause) : NULL;
    bool told = !source->facts;
    for (int party = 0; party < PARTIES; party++)
        detail->name[party] =
            xstrdup(s ? assessment_name(session_assessment(s), (enum who)party, LANGUAGE) : "");
    if (s) {
        detail->left = assessment_left(session_assessment(s));
        told = tell_row(detail, collection, table, row, s, cause);
    } else if (told) {
        add_columns(detail, table, source, row.number);
    }
    session_close(s);
    if (!told)
        detail_release(detail);
    return told;
}
