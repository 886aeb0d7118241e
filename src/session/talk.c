/* The guided talk: what is left to be done is read from the record, event by event, so that a talk that was
 * broken off, or begun in line mode and gone on with on the screen, goes on where it was.
 *
 * The person it is about speaks first, and is listened to first: the practitioner is the first to say back.
 */
#include "session/talk.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is in the record ---- */

/* The turns of a disagreement that count, oldest first: not undone. */
static const struct event *next_turn(const struct assessment *a, const struct disagreement *d, size_t *i)
{
    while (*i < d->turn_count) {
        const struct event *event = assessment_event_numbered(a, d->turns[(*i)++]);
        if (event && !assessment_is_undone(a, event->seq))
            return event;
    }
    return NULL;
}

static int step_of(const struct event *event)
{
    const char *step = event_text(event, "step");
    int found = step ? vocab_find(step_names, step) : -1;
    return found < 0 ? STEP_WHY : found; /* what was said in no step was said to the matter itself */
}

/* Words of somebody in a step, not a reason for moving and not how they felt. */
static bool is_words(const struct event *event, enum who who, enum talk_step step)
{
    return event->kind == EVENT_SAID && event->by == who && event_text(event, "text") &&
           !event_text(event, "reason") && (int)step == step_of(event);
}

static bool has_said(const struct assessment *a, const struct disagreement *d, enum who who,
                     enum talk_step step)
{
    if (step == STEP_WHY && (d->after[who].because || (d->by == who && d->because)))
        return true;
    size_t i = 0;
    for (const struct event *event; (event = next_turn(a, d, &i));) {
        if (is_words(event, who, step))
            return true;
    }
    return false;
}

/* The mark on what was said back; NULL while there is none. */
static const struct event *mark_of(const struct assessment *a, const struct event *back)
{
    const struct event *mark = NULL, *last = NULL;
    while ((mark = assessment_next_about(a, back->seq, mark))) {
        if (mark->kind == EVENT_MARKED)
            last = mark;
    }
    return last;
}

static bool is_right(const struct event *mark)
{
    return mark && json_is_true(event_value(mark, "right"));
}

static const struct event *last_back(const struct assessment *a, const struct disagreement *d, enum who who)
{
    const struct event *last = NULL;
    size_t i = 0;
    for (const struct event *event; (event = next_turn(a, d, &i));) {
        if (event->kind == EVENT_SAID_BACK && event->by == who)
            last = event;
    }
    return last;
}

/* What is next after the last that `who` said back (NULL: nothing yet); false where it was right. */
static bool back_turn(const struct assessment *a, const struct event *back, enum who who,
                      struct talk_turn *turn)
{
    const struct event *mark = back ? mark_of(a, back) : NULL;
    if (is_right(mark))
        return false;
    *turn = (struct talk_turn){TALK_BACK, TALK_ASKS_WORDS, who, mark ? mark->seq : 0};
    if (back && !mark)
        *turn = (struct talk_turn){TALK_BACK, TALK_ASKS_MARK, who_other(who), back->seq};
    return true;
}

static bool same(const struct question *q, const json_t *one, const json_t *other)
{
    return one && other ? answer_same(q, one, other) : one == other;
}

bool talk_moved(const struct assessment *a, const struct disagreement *d, enum who party)
{
    if (d->question < 0)
        return false;
    const struct question *q = assessment_question(a, d->question);
    const json_t *value = d->before[party].value;
    bool moved = false;
    size_t i = 0;
    for (const struct event *event; (event = next_turn(a, d, &i));) {
        if (event->by != party || event->seq <= d->opened)
            continue;
        if (event->kind == EVENT_SAID && event_text(event, "reason"))
            moved = false;
        if (event->kind != EVENT_ANSWERED)
            continue;
        const json_t *now = event_value(event, "value");
        /* A value that does not fit any more (another version of the form) moved nothing here. */
        if (!now || !answer_fits(q, now, NULL))
            continue;
        if (value && !same(q, value, now))
            moved = true;
        value = now;
    }
    /* Back where they were: nothing to explain. */
    return moved && !same(q, d->before[party].value, assessment_answer(a, d->question, party)->value);
}

/* ---- whose turn it is ---- */

/* Who speaks first, who is listened to first. */
static enum who in_order(enum talk_at at, int i)
{
    enum who first = at == TALK_BACK ? PRACTITIONER : SERVICE_USER;
    return i == 0 ? first : who_other(first);
}

/* Is there something for this one, in this step? */
static bool turn_of(const struct assessment *a, const struct disagreement *d, enum talk_at at, enum who who,
                    struct talk_turn *turn)
{
    *turn = (struct talk_turn){at, TALK_ASKS_WORDS, who, 0};
    switch (at) {
    case TALK_WHY:
        return !has_said(a, d, who, STEP_WHY);
    case TALK_BACK:
        return back_turn(a, last_back(a, d, who), who, turn);
    case TALK_MIND:
        return !has_said(a, d, who, STEP_MIND);
    case TALK_WRITE:
        turn->asks = d->proposal.seq ? TALK_ASKS_YES : TALK_ASKS_SETTLE;
        return !(d->proposal.seq && d->proposal.confirmed[who]);
    case TALK_MOVED:
        turn->asks = TALK_ASKS_REASON;
        return talk_moved(a, d, who);
    case TALK_HEARD:
        turn->asks = TALK_ASKS_HEARD;
        return !d->heard[who];
    case TALK_END:
        break;
    }
    return false;
}

static bool turn_at(const struct talk *t, const struct assessment *a, enum talk_at at, enum who who,
                    struct talk_turn *turn)
{
    const struct disagreement *d = talk_about(t, a);
    bool live = d && disagreement_is_live(d);
    if (!d || at >= TALK_END || (at <= TALK_WRITE && !live) || (at == TALK_HEARD && live))
        return false;
    if (!live && d->outcome == OUTCOME_STOPPED)
        return false; /* it was left as it is: nothing more is asked of anybody */
    for (int i = 0; i < PARTIES; i++) {
        enum who of = in_order(at, i);
        /* What is theirs to mark belongs to the turn of the one who said back. */
        if (!t->left_out[at][of] && turn_of(a, d, at, of, turn) && (who >= PARTIES || turn->who == who))
            return true;
    }
    return false;
}

void talk_begin(struct talk *t, const struct assessment *a, const struct disagreement *d)
{
    memset(t, 0, sizeof *t);
    memcpy(t->id, d->id, sizeof t->id);
    t->at = TALK_WRITE;
    if (!disagreement_is_live(d)) {
        t->at = TALK_END;
        return;
    }
    for (int at = TALK_WHY; at < TALK_WRITE && !d->proposal.seq; at++) {
        if (talk_done(a, d, (enum talk_at)at) != TALK_DONE) {
            t->at = (enum talk_at)at;
            return;
        }
    }
}

const struct disagreement *talk_about(const struct talk *t, const struct assessment *a)
{
    return assessment_disagreement_of_id(a, t->id);
}

bool talk_turn(const struct talk *t, const struct assessment *a, struct talk_turn *turn)
{
    return turn_at(t, a, t->at, TOGETHER, turn);
}

bool talk_turn_for(const struct talk *t, const struct assessment *a, enum who who, struct talk_turn *turn)
{
    return turn_at(t, a, t->at, who, turn);
}

void talk_leave_out(struct talk *t, const struct talk_turn *turn)
{
    /* Who does not mark what was said back leaves out being said back to: it is the listener's turn that
     * ends. */
    enum who who = turn->asks == TALK_ASKS_MARK ? who_other(turn->who) : turn->who;
    t->left_out[turn->at][who] = true;
}

bool talk_on(struct talk *t, const struct assessment *a)
{
    const struct disagreement *d = talk_about(t, a);
    enum talk_at before = t->at;
    struct talk_turn turn;
    while (t->at < TALK_END && !talk_turn(t, a, &turn)) {
        if (d && disagreement_is_live(d) && t->at == TALK_WRITE)
            break;
        t->at++;
    }
    return t->at != before;
}

void talk_go(struct talk *t, enum talk_at at)
{
    t->at = at;
    for (int party = 0; party < PARTIES && at < TALK_END; party++)
        t->left_out[at][party] = false;
}

enum talk_done talk_done(const struct assessment *a, const struct disagreement *d, enum talk_at at)
{
    struct talk_turn turn;
    int left = 0;
    if (at == TALK_WRITE)
        return !disagreement_is_live(d) ? TALK_DONE : d->proposal.seq ? TALK_HALF_DONE : TALK_NOT_DONE;
    for (int party = 0; party < PARTIES; party++)
        left += turn_of(a, d, at, (enum who)party, &turn);
    return left == 0 ? TALK_DONE : left < PARTIES ? TALK_HALF_DONE : TALK_NOT_DONE;
}

/* ---- together answers ---- */

bool talk_together_turn(const struct assessment *a, int item, struct talk_turn *turn)
{
    const struct proposal *p = assessment_together(a, item);
    if (!assessment_question(a, item)->say_back || !p->seq)
        return false;
    const struct event *event = assessment_event_numbered(a, p->seq), *last = NULL;
    while ((event = assessment_next(a, EVENT_SAID_BACK, event))) {
        const char *path = event_text(event, "question");
        if (!path || assessment_find(a, path) != item)
            continue;
        last = event;
        if (mark_of(a, event))
            return false; /* it was marked: the yes is theirs to give, whatever the mark */
    }
    return back_turn(a, last, last ? last->by : PRACTITIONER, turn);
}

/* ---- in words ---- */

const char *talk_title(enum talk_at at, bool brief)
{
    static const char *const titles[][2] = {
        [TALK_WHY] = {"Why", "Why"},
        [TALK_BACK] = {"Say back", "Say back"},
        [TALK_MIND] = {"What would change it", "Change?"},
        [TALK_WRITE] = {"Write it down", "Write"},
        [TALK_MOVED] = {"What changed", "Changed"},
        [TALK_HEARD] = {"I was heard", "Heard"},
        [TALK_END] = {"", ""},
    };
    return titles[at][brief];
}

char *talk_prompt(const struct assessment *a, const struct talk_turn *turn, int language)
{
    const char *name = assessment_name(a, turn->who, language);
    const char *other = assessment_name(a, who_other(turn->who), language);
    switch (turn->asks) {
    case TALK_ASKS_WORDS:
        if (turn->at == TALK_WHY)
            return xasprintf("%s: why do you see it like that? Say it in your own words.", name);
        if (turn->at == TALK_MIND)
            return xasprintf("%s: what would change your mind?", name);
        if (turn->of) {
            const struct event *mark = assessment_event_numbered(a, turn->of);
            const char *missing = mark ? event_text(mark, "text") : NULL;
            return missing && *missing
                       ? xasprintf("%s: not quite, %s says: “%s”%s Say it once more.", name, other, missing,
                                   words_stop(missing))
                       : xasprintf("%s: not quite. Say once more what you heard %s say.", name, other);
        }
        return xasprintf("%s: say in your own words what %s said.", name, other);
    case TALK_ASKS_MARK: {
        const struct event *back = assessment_event_numbered(a, turn->of);
        const char *text = back ? event_text(back, "text") : NULL;
        return xasprintf("%s: %s heard: “%s”%s Is that right?", name, other, text ? text : "",
                         words_stop(text ? text : "."));
    }
    case TALK_ASKS_SETTLE:
        return xstrdup("What shall we write down?");
    case TALK_ASKS_YES:
        return xasprintf("%s: do you say yes to this?", name);
    case TALK_ASKS_REASON:
        return xasprintf("%s: you changed your answer. What made you change it?", name);
    case TALK_ASKS_HEARD:
        return xasprintf("%s: in this talk I was heard.", name);
    }
    return xstrdup("");
}

static void add_paragraph(struct strbuf *sb, const char *before, const char *text)
{
    if (text && *text)
        strbuf_addf(sb, "%s%s“%s”", sb->length ? "\n" : "", before, text);
}

static void add_back(struct strbuf *sb, const struct assessment *a, const struct event *back, int language)
{
    const struct event *mark = mark_of(a, back);
    add_paragraph(sb, "Heard: ", event_text(back, "text"));
    if (!mark)
        return;
    const char *name = assessment_name(a, mark->by, language), *missing = event_text(mark, "text");
    if (is_right(mark))
        strbuf_addf(sb, " %s: right.", name);
    else if (missing && *missing)
        strbuf_addf(sb, " %s: not quite. “%s”", name, missing);
    else
        strbuf_addf(sb, " %s: not quite.", name);
}

char *talk_voice(const struct assessment *a, const struct disagreement *d, enum who who, enum talk_at at,
                 int language)
{
    struct strbuf sb = STRBUF_INIT;
    if (who < PARTIES) {
        add_paragraph(&sb, "", d->after[who].because);
        if (d->by == who)
            add_paragraph(&sb, "", d->because);
    }
    size_t i = 0;
    for (const struct event *event; (event = next_turn(a, d, &i));) {
        if (event->by != who)
            continue;
        if (who == SUPERVISOR) {
            bool wrote = event->kind == EVENT_COMMENTED;
            char *says = xasprintf(wrote ? "%s wrote: " : "%s says: ", words_supervisor(event));
            if (wrote || event->kind == EVENT_SAID)
                add_paragraph(&sb, says, event_text(event, "text"));
            free(says);
        } else if (is_words(event, who, STEP_WHY)) {
            add_paragraph(&sb, "", event_text(event, "text"));
        } else if (is_words(event, who, STEP_MIND) && at >= TALK_MIND) {
            add_paragraph(&sb, "What would change it: ", event_text(event, "text"));
        } else if (event_text(event, "reason") && at >= TALK_WRITE) {
            char *said = words_turn(a, event, language);
            strbuf_addf(&sb, "%s%s", sb.length ? "\n" : "", said);
            free(said);
        } else if (event->kind == EVENT_SAID_BACK && at == TALK_BACK && event == last_back(a, d, who)) {
            add_back(&sb, a, event, language);
        }
    }
    return strbuf_detach(&sb);
}

/* ---- doing it ---- */

static json_t *intent_by(enum who by, const char *event)
{
    return json_pack("{s:s, s:s}", "by", who_names[by], "event", event);
}

static void set(json_t *intent, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(intent, key, json_string(text));
}

bool talk_say(struct session *s, const struct disagreement *d, const struct talk_turn *turn, const char *text,
              char **cause)
{
    json_t *intent = intent_by(turn->who, turn->at == TALK_BACK ? "said_back" : "said");
    set(intent, "disagreement", d->id);
    if (turn->at != TALK_BACK)
        set(intent, "step", step_names[turn->at == TALK_MIND ? STEP_MIND : STEP_WHY]);
    set(intent, "text", text);
    return session_do(s, intent, cause);
}

bool talk_say_about(struct session *s, int item, const struct talk_turn *turn, const char *text, char **cause)
{
    json_t *intent = intent_by(turn->who, "said_back");
    set(intent, "question", assessment_path(session_assessment(s), item));
    set(intent, "text", text);
    return session_do(s, intent, cause);
}

bool talk_mark(struct session *s, const struct talk_turn *turn, bool right, const char *text, char **cause)
{
    json_t *intent = intent_by(turn->who, "marked");
    json_object_set_new(intent, "of", json_integer(turn->of));
    json_object_set_new(intent, "right", json_boolean(right));
    set(intent, "text", text);
    return session_do(s, intent, cause);
}

bool talk_say_reason(struct session *s, const struct disagreement *d, enum who who, enum reason reason,
                     const char *text, char **cause)
{
    json_t *intent = intent_by(who, "said");
    set(intent, "disagreement", d->id);
    set(intent, "step", step_names[STEP_MOVED]);
    set(intent, "reason", reason_names[reason]);
    set(intent, "text", text);
    return session_do(s, intent, cause);
}
