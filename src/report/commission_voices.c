/* What people said, and what they learned, for others to read.
 *
 * Only the words of those who said that they may be used (topic `voice`; what was said last in a record
 * holds), without the names that their record knows (review/deidentify). Nobody picks them: for each way that
 * something ended there is the newest in which both said yes and both gave a reason, else the newest with the
 * words of one who said yes. One person's case gives one of them at most. The records of those few are opened
 * once more, since the names are in there. */
#include "report/commission_make.h"

#include "base/mem.h"
#include "review/deidentify.h"
#include "review/figures_lines.h"
#include "session/session.h"

#include <stdlib.h>
#include <string.h>

enum said { NOT_SAID, YES, NO };

/* ---- how many may be heard ---- */

/* What each case's newest record that says anything says. */
static void work_voice(const struct scope *scope, struct figure_lines *lines)
{
    static const char *const labels[PARTIES][3] = {
        {"Practitioners: not asked, or not answered", "Practitioners: yes", "Practitioners: no"},
        {"Service users: not asked, or not answered", "Service users: yes", "Service users: no"},
    };
    static const enum said order[] = {YES, NO, NOT_SAID};
    struct cases cases = cases_of(scope->collection);
    struct newest {
        int64_t at[PARTIES];
        uint8_t said[PARTIES];
        bool there;
    } *newest = xcalloc(cases.count + 1, sizeof *newest);
    size_t left;
    struct filter *filter = filter_parse_for(&table_records, scope->filter, &left, NULL);
    for (size_t i = 0; filter && i < cases.all; i++) {
        const struct source *source = collection_at(scope->collection, i);
        if (!source->facts || !filter_takes(filter, source, 0))
            continue;
        struct newest *one = &newest[cases.of[i]];
        one->there = true;
        for (int party = 0; party < PARTIES; party++) {
            if (source->digest->voice[party] != NOT_SAID && source->digest->last >= one->at[party]) {
                one->at[party] = source->digest->last;
                one->said[party] = source->digest->voice[party];
            }
        }
    }
    int64_t counts[PARTIES][3] = {{0}}, all = 0;
    for (size_t i = 0; i < cases.count; i++) {
        all += newest[i].there;
        for (int party = 0; newest[i].there && party < PARTIES; party++)
            counts[party][newest[i].said[party]]++;
    }
    for (int party = PARTIES; party-- > 0;) {
        struct figure_line *head = figure_line_add(
            lines,
            party == SERVICE_USER ? "What service users said" : "What practitioners said, of each person",
            SHAPE_COUNT);
        head->count = all;
        head->table = &table_records;
        for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
            struct figure_line *line = figure_line_add(lines, labels[party][order[k]], SHAPE_SHARE);
            line->count = counts[party][order[k]];
            line->of = all;
            line->indent = 1;
            line->figure = figure_guard(rate_wilson(line->count, all));
            line->table = &table_records;
        }
    }
    filter_free(filter);
    free(newest);
    cases_release(&cases);
}

const struct figure_kind commission_voice[] = {
    {"may_be_heard", "May their words be used",
     "What each answered when a sitting closed: may my words be used without my name, so that others learn? "
     "What was said last holds. Without a yes nothing of theirs is here.",
     "count / n, with Wilson's range", "Wilson 1927; Newcombe 1998", work_voice},
    {0},
};

/* ---- voices ---- */

/* The newest for one way to end, of those that both may be heard in; and of those that one may. */
struct candidate {
    const struct source *source;
    const struct digest_disagreement *d;
    uint32_t person;
    bool both;
};

struct choosing {
    const struct making *making;
    uint32_t at;
    enum outcome outcome;
    const bool *used; /* by case */
    struct candidate best;
};

static bool may_be_heard(const struct source *source, const struct digest_disagreement *d, enum who party)
{
    return source->digest->voice[party] == YES && d->because[party];
}

/* Is the one to be taken rather than the other? What both may be heard in first, then the newer, then by what
 * the record is called, so that it is the same each time. */
static bool is_before(const struct candidate *one, const struct candidate *other)
{
    if (!other->d)
        return true;
    if (one->both != other->both)
        return one->both;
    if (one->d->closed != other->d->closed)
        return one->d->closed > other->d->closed;
    return strcmp(digest_text_of(one->source->digest, one->source->digest->id),
                  digest_text_of(other->source->digest, other->source->digest->id)) < 0;
}

static void consider(void *to, const struct source *source, uint32_t number)
{
    struct choosing *choosing = to;
    const struct collection *collection = choosing->making->scope.collection;
    while (collection_at(collection, choosing->at) != source)
        choosing->at++;
    struct candidate one = {source, digest_disagreement(source->digest, number),
                            choosing->making->cases.of[choosing->at], false};
    bool p = may_be_heard(source, one.d, PRACTITIONER), s = may_be_heard(source, one.d, SERVICE_USER);
    one.both = p && s;
    if (one.d->outcome == choosing->outcome && one.d->closed && one.d->question >= 0 && (p || s) &&
        !choosing->used[one.person] && is_before(&one, &choosing->best))
        choosing->best = one;
}

static char *unnamed(const struct deidentify *names, const struct digest *digest, digest_text words)
{
    return deidentify_text(names, digest_text_of(digest, words));
}

/* Add one. False where its record cannot be read any more, or is another by now. */
static bool add_voice(struct commission_part *part, const struct candidate *one, const char *title)
{
    const struct digest *digest = one->source->digest;
    struct session *s = session_open(one->source->path, RECORD_READ, NULL);
    bool same = s && strcmp(record_id(session_record(s)), digest_text_of(digest, digest->id)) == 0;
    if (same) {
        struct deidentify *names = deidentify_new();
        deidentify_add_record(names, session_assessment(s));
        struct commission_item *item = commission_item_add(part, COMMISSION_VOICE);
        const struct facts_question *question = facts_question(one->source->facts, (size_t)one->d->question);
        item->title = xstrdup(title);
        item->text = xstrdup(facts_text(one->source->facts, question->label));
        for (int party = 0; party < PARTIES; party++) {
            if (digest->voice[party] != YES)
                continue;
            item->answer[party] = unnamed(names, digest, one->d->answer[BEFORE][party]);
            item->words[party] = unnamed(names, digest, one->d->because[party]);
        }
        deidentify_free(names);
    }
    session_close(s);
    return same;
}

void commission_voices(struct making *making, struct commission_part *part)
{
    static const struct {
        enum outcome outcome;
        const char *title;
    } ways[] = {
        {OUTCOME_PRACTITIONER_MOVED, "The practitioner moved"},
        {OUTCOME_SERVICE_USER_MOVED, "The service user moved"},
        {OUTCOME_MET_BETWEEN, "They met between"},
        {OUTCOME_NEW_ANSWER, "They found a new answer"},
        {OUTCOME_BOTH_STAND, "Both views stand"},
    };
    bool *used = xcalloc(making->cases.count + 1, sizeof *used);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct choosing choosing = {.making = making, .outcome = ways[i].outcome, .used = used};
        scope_each(&making->scope, &table_disagreements, consider, &choosing);
        if (choosing.best.d && add_voice(part, &choosing.best, ways[i].title))
            used[choosing.best.person] = true;
    }
    free(used);
}

/* ---- lessons ---- */

struct lesson {
    const struct source *source;
    const struct digest_remark *remark;
};
struct lessons {
    struct lesson *lessons;
    size_t count, room;
};

static void add_lesson(void *to, const struct source *source, uint32_t number)
{
    const struct digest_remark *remark = digest_remark(source->digest, number);
    struct lessons *lessons = to;
    /* A supervisor is not asked for leave: they write it for others. */
    if (remark->by != SUPERVISOR && (remark->by >= PARTIES || source->digest->voice[remark->by] != YES))
        return;
    GROW(lessons->lessons, lessons->count, lessons->room);
    lessons->lessons[lessons->count++] = (struct lesson){source, remark};
}

static const char *words_of(const struct lesson *lesson)
{
    return digest_text_of(lesson->source->digest, lesson->remark->unnamed);
}

static int newest_first(const void *one, const void *other)
{
    const struct lesson *a = one, *b = other;
    if (a->remark->at != b->remark->at)
        return a->remark->at > b->remark->at ? -1 : 1;
    int order = strcmp(words_of(a), words_of(b));
    return order ? order : (a->remark->by > b->remark->by) - (a->remark->by < b->remark->by);
}

/* Did the same words stand there before? They are told once. */
static bool is_told(const struct lessons *lessons, size_t i)
{
    for (size_t before = 0; before < i; before++) {
        if (strcmp(words_of(&lessons->lessons[before]), words_of(&lessons->lessons[i])) == 0)
            return true;
    }
    return false;
}

void commission_lessons(struct making *making, struct commission_part *part)
{
    struct lessons lessons = {0};
    scope_each(&making->scope, &table_lessons, add_lesson, &lessons);
    if (lessons.count) {
        qsort(lessons.lessons, lessons.count, sizeof *lessons.lessons, newest_first);
        commission_says(
            part,
            "What was learned, the newest first, %d at most: what was written for others to read, by a "
            "supervisor, or by one of the two who said yes.",
            COMMISSION_MOST_LESSONS);
    }
    for (size_t i = 0, told = 0; i < lessons.count && told < COMMISSION_MOST_LESSONS; i++) {
        const struct lesson *one = &lessons.lessons[i];
        if (is_told(&lessons, i))
            continue;
        told++;
        struct commission_item *item = commission_item_add(part, COMMISSION_LESSON);
        item->title = xstrdup(one->remark->by == SUPERVISOR     ? "A supervisor"
                              : one->remark->by == PRACTITIONER ? "A practitioner"
                                                                : "A service user");
        item->text = xstrdup(words_of(one));
    }
    free(lessons.lessons);
}
