/* One line after another, in the order of a sitting. Each looks up what it is about; nothing is kept. */
#include "session/complete.h"

#include "assessment/answer.h"
#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/copy.h"
#include "session/timeline.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

struct look {
    struct complete *c;
    const struct session *s;
    const struct assessment *a;
    size_t sitting;
    long from; /* its first event; all from there on are of this sitting, as it is the last one */
    int language;
};

/* ---- lines ---- */

/* Takes `more`. */
static void add(const struct look *look, const char *what, enum complete_standing standing, char *more)
{
    struct complete *c = look->c;
    if (c->count < COMPLETE_MOST)
        c->lines[c->count++] = (struct complete_line){what, standing, more};
    else
        free(more);
}

static enum complete_standing there(bool is)
{
    return is ? COMPLETE_THERE : COMPLETE_NOT_YET;
}

static void add_name(const struct look *look, struct strbuf *sb, enum who who)
{
    strbuf_addf(sb, "%s%s", sb->length ? ", " : "", assessment_name(look->a, who, look->language));
}

static enum who at_side(const struct look *look, int side)
{
    enum who left = assessment_left(look->a);
    return side ? who_other(left) : left;
}

/* What is said about a sitting: by each, or by one for both. */
static void add_topic(const struct look *look, const char *what, const char *name)
{
    const struct topic *topic = topic_named(name);
    if (!topic_is_there(topic, assessment_form(look->a))) {
        add(look, what, COMPLETE_DOES_NOT_APPLY, xstrdup("this form has none"));
        return;
    }
    struct strbuf lack = STRBUF_INIT;
    bool all = true;
    for (int side = 0; side < PARTIES; side++) {
        enum who who = at_side(look, side);
        bool told = topic_told(look->a, look->sitting, topic, who) != NULL;
        all &= told;
        if (!told && topic->whose == TOPIC_EACH)
            add_name(look, &lack, who);
    }
    add(look, what, there(all), strbuf_detach(&lack));
}

static void add_agenda(const struct look *look)
{
    size_t count;
    int *sections = topic_agenda(look->a, look->sitting, &count);
    bool choice = assessment_form(look->a)->section_count > 1;
    add(look, "What you talk about today",
        choice || sections ? there(sections != NULL) : COMPLETE_DOES_NOT_APPLY,
        xstrdup(choice ? "" : "there is only one part"));
    free(sections);
}

/* ---- answers and differences ---- */

static bool answered_today(const struct look *look)
{
    static const enum event_kind kinds[] = {EVENT_ANSWERED, EVENT_DECLINED};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (const struct event *e = NULL; (e = assessment_next(look->a, kinds[k], e));) {
            if (e->seq > look->from)
                return true;
        }
    }
    return false;
}

/* Questions that one has dealt with and the other not. */
static void add_begun(const struct look *look)
{
    struct strbuf lack = STRBUF_INIT;
    for (int side = 0; side < PARTIES; side++) {
        enum who who = at_side(look, side);
        int waiting = 0;
        for (int place = 0; place < assessment_count(look->a); place++) {
            int item = assessment_at(look->a, place);
            waiting += assessment_waits_for(look->a, item, who) &&
                       answer_given(assessment_answer(look->a, item, who_other(who)));
        }
        if (waiting)
            strbuf_addf(&lack, "%s%d %s for %s", lack.length ? ", " : "", waiting,
                        waiting == 1 ? "waits" : "wait", assessment_name(look->a, who, look->language));
    }
    bool waits = lack.length > 0, any = waits || answered_today(look);
    char *more = strbuf_detach(&lack);
    if (!any) {
        free(more);
        more = xstrdup("no question was answered");
    }
    add(look, "Both answers to what was begun", any ? there(!waits) : COMPLETE_DOES_NOT_APPLY, more);
}

/* Open ones, also of other days; and those that ended in this sitting. */
static void add_differences(const struct look *look)
{
    size_t untouched = 0, open = 0, ended = 0;
    for (size_t i = 0; i < assessment_disagreements(look->a); i++) {
        const struct disagreement *d = assessment_disagreement(look->a, i);
        bool live = disagreement_is_live(d) && (d->question < 0 || assessment_shown(look->a, d->question));
        untouched += live && d->state == STATE_OPEN;
        open += live && d->state == STATE_TALKING;
        ended += d->closed > look->from && d->state != STATE_WITHDRAWN;
    }
    bool any = untouched || open || ended;
    char *more = !any        ? xstrdup("there is nothing")
                 : untouched ? xasprintf("%zu not talked about", untouched)
                 : open      ? xasprintf("%zu still open", open)
                             : xstrdup("");
    add(look, "Talk about what you see differently", any ? there(untouched == 0) : COMPLETE_DOES_NOT_APPLY,
        more);
}

/* ---- promises ---- */

static void add_promises(const struct look *look)
{
    size_t count, made = 0, no_day = 0, due = 0, unsaid = 0;
    struct promise *promises = assessment_promises(look->a, &count);
    for (size_t i = 0; i < count; i++) {
        const struct promise *p = &promises[i];
        bool today = p->seq > look->from;
        made += today;
        no_day += today && !p->by_when;
        due += p->overdue;
        unsaid += p->overdue &&
                  (p->kept[PRACTITIONER] == PROMISE_NOT_SAID || p->kept[SERVICE_USER] == PROMISE_NOT_SAID);
    }
    free(promises);
    add(look, "A day for what you promised", made ? there(no_day == 0) : COMPLETE_DOES_NOT_APPLY,
        !made    ? xstrdup("nothing was promised")
        : no_day ? xasprintf("%zu without a day", no_day)
                 : xstrdup(""));
    add(look, "A word on what was due", due ? there(unsaid == 0) : COMPLETE_DOES_NOT_APPLY,
        !due     ? xstrdup("nothing was due")
        : unsaid ? xasprintf("%zu not spoken about by both", unsaid)
                 : xstrdup(""));
}

/* ---- the end ---- */

static const char closed[] = "The end of this sitting";

static void add_next(const struct look *look)
{
    const struct event *next = topic_told(look->a, look->sitting, topic_named("next"), SERVICE_USER);
    const char *day = next ? event_text(next, "value") : NULL;
    add(look, "The day you meet next", there(day != NULL), xstrdup(day ? words_day(day) : ""));
}

static void add_copy(const struct look *look)
{
    static const char what[] = "A copy to take away";
    char *none = copy_no_paper(look->s);
    size_t copies = 0;
    for (const struct event *e = NULL; (e = assessment_next(look->a, EVENT_COPIED, e));)
        copies += e->seq > look->from;
    if (none && !copies)
        add(look, what, COMPLETE_DOES_NOT_APPLY, xstrdup("no paper is made here"));
    else
        add(look, what, there(copies > 0), xstrdup(""));
    free(none);
}

void complete_of(struct complete *c, const struct session *s, int language)
{
    const struct assessment *a = session_assessment(s);
    size_t sittings = assessment_sittings(a);
    *c = (struct complete){0};
    if (!sittings) {
        c->title = xstrdup("Nobody has sat down yet");
        return;
    }
    struct look look = {c, s, a, sittings - 1, 0, language};
    const struct sitting *first = assessment_sitting(a, topic_sitting_began(a, look.sitting));
    look.from = first->opened;
    char day[DATE_TEXT];
    c->title = xasprintf("Your sitting on %s", words_day(timeline_local_day(first->at, day)));
    add_topic(&look, "The room", "room");
    add_topic(&look, "What we work by", "principle");
    add_topic(&look, "What must be passed on", "pass_on");
    add_topic(&look, "How each of you is", "arriving");
    add_agenda(&look);
    add_begun(&look);
    add_differences(&look);
    add_promises(&look);
    add_topic(&look, "A look back on what you did", "recap");
    add_topic(&look, "How today was for each of you", "how_it_was");
    add_next(&look);
    add_topic(&look, "How you were helped today", "practice");
    add_copy(&look);
    add(&look, closed, there(assessment_sitting(a, look.sitting)->closed != 0), xstrdup(""));
}

void complete_release(struct complete *c)
{
    free(c->title);
    for (size_t i = 0; i < c->count; i++)
        free(c->lines[i].more);
    *c = (struct complete){0};
}

/* ---- told ---- */

char *complete_told(const struct complete_line *line)
{
    static const char *const words[] = {"there", "not yet", "does not apply"};
    bool more = *line->more != '\0';
    return xasprintf("%s: %s%s%s%s.", line->what, words[line->standing], more ? " (" : "", line->more,
                     more ? ")" : "");
}

char *complete_not_yet(const struct complete *c)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < c->count; i++) {
        if (c->lines[i].standing == COMPLETE_NOT_YET && c->lines[i].what != closed)
            strbuf_addf(&sb, "%s%s", sb.length ? "; " : "Not yet: ", c->lines[i].what);
    }
    if (sb.length)
        strbuf_addch(&sb, '.');
    return strbuf_detach(&sb);
}
