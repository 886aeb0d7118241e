/* What the program says about an assessment, in plain words. Short sentences, names rather than roles, and
 * never a word such as "wrong", "conflict" or "error" about two people who see a thing differently. */
#include "session/words.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/supervise.h"
#include "session/waiting.h"
#include "session/words_beside.h"
#include "session/walk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *words_missing(enum missing missing)
{
    static const char *const words[] = {"", "Not sure", "Does not apply", "Rather not say"};
    return words[missing];
}

const char *words_evidence(enum evidence evidence)
{
    static const char *const words[] = {
        "", "I saw it", "They told me", "Someone else told me", "It is on paper", "Not checked",
    };
    return words[evidence];
}

const char *words_question(const struct assessment *a, int question, enum who reader, int language)
{
    const struct question *q = assessment_question(a, question);
    const char *label = assessment_text(a, question, q->label, reader, language);
    return *label ? label : q->name;
}

char *words_item(const struct assessment *a, int question, enum who reader, int language)
{
    char *where = words_where(a, question, reader, language);
    const char *label = words_question(a, question, reader, language);
    char *words = *where ? xasprintf("%s: %s", where, label) : xstrdup(label);
    free(where);
    return words;
}

const char *words_section(const struct assessment *a, int section, enum who reader, int language)
{
    const struct section *s = &assessment_form(a)->sections[section];
    const char *title = assessment_text(a, -1, s->title, reader, language);
    return *title ? title : s->name;
}

/* ---- answers ---- */

static char *answer_in(const struct assessment *a, int question, enum who who, int language, bool brief)
{
    const struct answer *answer = assessment_answer(a, question, who);
    if (answer->value)
        return brief ? answer_brief(a, question, answer->value, who, language)
                     : answer_words(a, question, answer->value, who, language);
    return xstrdup(words_missing(answer->missing));
}

char *words_answer(const struct assessment *a, int question, enum who who, int language)
{
    return answer_in(a, question, who, language, false);
}

char *words_answer_brief(const struct assessment *a, int question, enum who who, int language)
{
    return answer_in(a, question, who, language, true);
}

char *words_last(const struct assessment *a, int question, enum who who, int language)
{
    const struct question *q = assessment_question(a, question);
    const json_t *value = assessment_last(a, question, who);
    if (!value) {
        bool asked = who != TOGETHER && question_asked_of(q, who);
        return xstrdup(asked && assessment_had_last(a, question) ? "Last time: no answer" : "");
    }
    char *answer = answer_words(a, question, value, who, language);
    char *words = xasprintf("Last time: %s", answer);
    free(answer);
    return words;
}

char *words_last_why(const struct assessment *a, int question, enum who who, int language)
{
    char *words = words_last(a, question, who, language);
    const char *because = assessment_last_because(a, question, who);
    if (!because)
        return words;
    char *both = xasprintf("%s. “%s”", words, because);
    free(words);
    return both;
}

const char *words_stood(const struct assessment *a, int question)
{
    return assessment_both_stood(a, question) ? "Both views stood last time." : "";
}

char *words_stood_said(const struct assessment *a, int question, size_t i, int language)
{
    const char *text;
    enum who by = assessment_stood_said(a, question, i, &text);
    return xasprintf("%s said then: “%s”", assessment_name(a, by, language), text);
}

char *words_value(const struct assessment *a, int question, const json_t *value, int language)
{
    if (!value)
        return xstrdup("");
    if (question >= 0)
        return answer_words(a, question, value, SERVICE_USER, language);
    return json_is_string(value) ? xstrdup(json_string_value(value)) : json_dumps(value, JSON_ENCODE_ANY);
}

/* ---- how they stand ---- */

static const char *plural(double n, const char *one, const char *many)
{
    return n == 1 ? one : many;
}

/* "1 day 2 hours 30 minutes apart" */
static char *time_apart(long minutes)
{
    const struct {
        long count;
        const char *one, *many;
    } parts[] = {{minutes / 1440, "day", "days"},
                 {minutes / 60 % 24, "hour", "hours"},
                 {minutes % 60, "minute", "minutes"}};
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count)
            strbuf_addf(&sb, "%ld %s ", parts[i].count,
                        plural((double)parts[i].count, parts[i].one, parts[i].many));
    }
    strbuf_add(&sb, "apart");
    return strbuf_detach(&sb);
}

char *words_apart(const struct question *q, const json_t *one, const json_t *other)
{
    double gap = answer_gap(q, one, other);
    if (gap == 0)
        return xstrdup("");
    char *number = number_words(gap), *words = NULL;
    switch (q->type) {
    case TYPE_RANGE:
    case TYPE_INTEGER:
        words = xasprintf("%s %s apart", number, plural(gap, "step", "steps"));
        break;
    case TYPE_DECIMAL:
        words = xasprintf("%s apart", number);
        break;
    case TYPE_DATE:
        words = xasprintf("%s %s apart", number, plural(gap, "day", "days"));
        break;
    case TYPE_TIME:
        words = time_apart((long)gap);
        break;
    case TYPE_DATE_TIME:
        words = time_apart(lround(gap * 1440));
        break;
    case TYPE_RANK:
        words = xasprintf("%s %s apart", number, plural(gap, "place", "places"));
        break;
    case TYPE_SELECT_MULTIPLE:
        words = xasprintf("%s of these", number);
        break;
    default:
        break;
    }
    free(number);
    return words ? words : xstrdup("");
}

static char *apart(const struct assessment *a, int question)
{
    return words_apart(assessment_question(a, question), assessment_answer(a, question, PRACTITIONER)->value,
                       assessment_answer(a, question, SERVICE_USER)->value);
}

static char *standing_of_two(const struct assessment *a, int question, int language)
{
    const struct disagreement *d = assessment_disagreement_about(a, question);
    if (d && !disagreement_is_live(d)) {
        char *outcome = words_outcome(a, d, language);
        bool left = d->outcome == OUTCOME_STOPPED; /* with or without a talk: that is all there is to say */
        char *words =
            xasprintf("%s%s%s", left ? "" : "You talked about this. ", outcome, words_stop(outcome));
        free(outcome);
        return words;
    }
    const struct question *q = assessment_question(a, question);
    bool same = answer_same(q, assessment_answer(a, question, PRACTITIONER)->value,
                            assessment_answer(a, question, SERVICE_USER)->value);
    if (assessment_standing(a, question) == STANDING_SAME) {
        if (d)
            return xstrdup("You say the same now. Press Enter: is it settled?");
        if (same)
            return xstrdup("You both say the same.");
        char *far = apart(a, question);
        char *words = xasprintf("You are close here%s%s.", *far ? ": " : "", far);
        free(far);
        return words;
    }
    const struct event *waited = d ? waiting_came_back(a, d) : NULL;
    if (waited)
        return waiting_brief(a, d);
    char *far = apart(a, question);
    const struct event *comment = d ? supervise_unread_about(a, d) : NULL;
    char *last =
        comment ? xasprintf("%s wrote about it", words_supervisor(comment)) : xstrdup("Nobody is wrong");
    char *words = xasprintf("You see this differently%s%s. %s.", *far ? ": " : "", far, last);
    free(last);
    free(far);
    return words;
}

/* Nobody is trapped by it, so it is said together with the way out. */
static const char *need(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    for (int party = 0; party < PARTIES; party++) {
        enum who who = q->asked_of == TOGETHER ? TOGETHER : (enum who)party;
        bool asked = q->asked_of == TOGETHER || question_asked_of(q, (enum who)party);
        if (asked && assessment_relevant(a, question, (enum who)party) &&
            !answer_given(assessment_answer(a, question, who)) &&
            assessment_required(a, question, (enum who)party))
            return "This one is needed, and “not sure” counts too.";
    }
    return "";
}

char *words_standing(const struct assessment *a, int question, int language)
{
    const struct question *q = assessment_question(a, question);
    if (!question_is_answered(q))
        return xstrdup("");
    if (q->asked_of == TOGETHER) {
        const struct proposal *p = assessment_together(a, question);
        if (p->seq)
            return xstrdup("Both say yes with F5 and F6 if this is your answer.");
        if (answer_given(assessment_answer(a, question, TOGETHER)))
            return xstrdup("This is your answer together.");
        const char *needed = need(a, question);
        return xasprintf("One answer, from both of you.%s%s", *needed ? " " : "", needed);
    }
    const struct answer *answers[PARTIES] = {assessment_answer(a, question, PRACTITIONER),
                                             assessment_answer(a, question, SERVICE_USER)};
    enum standing standing = assessment_standing(a, question);
    if (standing == STANDING_DIFFER || standing == STANDING_SAME)
        return standing_of_two(a, question, language);
    const struct disagreement *d = assessment_disagreement_about(a, question);
    if (d && disagreement_is_live(d))
        return xasprintf("%s wants to talk about this.", assessment_name(a, d->by, language));
    for (int party = 0; party < PARTIES; party++) {
        const char *name = assessment_name(a, (enum who)party, language);
        if (answers[party]->missing != MISSING_NONE && assessment_revealed(a, question))
            return xasprintf("%s: %s. That is an answer too.", name, words_missing(answers[party]->missing));
    }
    bool none = !answer_given(answers[PRACTITIONER]) && !answer_given(answers[SERVICE_USER]);
    if (none && !assessment_revealed(a, question)) {
        const char *needed = need(a, question);
        return xasprintf("Neither answer shows until both are in.%s%s", *needed ? " " : "", needed);
    }
    if (standing == STANDING_ALONE)
        return xstrdup(need(a, question));
    for (int party = 0; party < PARTIES; party++) {
        enum who other = who_other((enum who)party);
        if (!answer_given(answers[party]) || answer_given(answers[other]))
            continue;
        const char *name = assessment_name(a, (enum who)party, language);
        if (!assessment_revealed(a, question))
            return xasprintf("%s has answered. You see both answers when both are in.", name);
        return xasprintf("%s has answered. %s can answer too.", name, assessment_name(a, other, language));
    }
    return xstrdup(need(a, question));
}

char *words_position(const struct assessment *a, int question, bool brief)
{
    int number, of;
    const char *what = assessment_question(a, question)->type == TYPE_REPEAT ? "List" : "Note";
    walk_position(a, question, &number, &of);
    bool counts = walk_counts(a, question), past = number > of;
    if (of == 0)
        return xstrdup(brief ? "" : what);
    if (past)
        number = of;
    if (brief)
        return xasprintf("%d of %d", number, of);
    return counts ? xasprintf("Question %d of %d", number, of)
                  : xasprintf("%s %s question %d of %d", what, past ? "after" : "before", number, of);
}

char *words_not_asked(const struct assessment *a, int question, enum who party, int language)
{
    const struct question *q = assessment_question(a, question);
    const char *name = assessment_name(a, party, language);
    bool list = q->type == TYPE_REPEAT;
    if (!question_is_answered(q) && !list)
        return xstrdup("");
    if (list ? q->asked_of == who_other(party) : q->asked_of != TOGETHER && !question_asked_of(q, party))
        return xasprintf("This one is for %s.", assessment_name(a, who_other(party), language));
    if (!list && !assessment_relevant(a, question, party))
        return xasprintf("Not asked of %s, by the other answers. You may still answer.", name);
    return xstrdup("");
}

/* ---- disagreements ---- */

const char *words_stop(const char *sentence)
{
    static const char quote[] = "”";
    size_t n = strlen(sentence), q = strlen(quote);
    if (n >= q && strcmp(sentence + n - q, quote) == 0)
        n -= q;
    return n && strchr(".?!", sentence[n - 1]) ? "" : ".";
}

/* What a parked or referred one waits for. */
static char *words_waiting(const struct assessment *a, const struct disagreement *d)
{
    const struct event *event = assessment_event_numbered(a, d->closed);
    bool parked = d->outcome == OUTCOME_NEEDS_INFORMATION;
    char *what = parked ? waiting_for_words(event) : waiting_asked_words(event);
    char *words = xasprintf(parked ? "You are waiting for %s" : "You are asking %s", what);
    free(what);
    return words;
}

char *words_outcome(const struct assessment *a, const struct disagreement *d, int language)
{
    const char *practitioner = assessment_name(a, PRACTITIONER, language);
    const char *service_user = assessment_name(a, SERVICE_USER, language);
    if (d->state == STATE_OPEN)
        return xstrdup("Not talked about yet");
    if (d->state == STATE_TALKING)
        return xstrdup("You are talking about it");
    if (d->state == STATE_WITHDRAWN)
        return xstrdup("Taken back");
    switch (d->outcome) {
    case OUTCOME_PRACTITIONER_MOVED:
        return xasprintf("%s moved to %s's answer", practitioner, service_user);
    case OUTCOME_SERVICE_USER_MOVED:
        return xasprintf("%s moved to %s's answer", service_user, practitioner);
    case OUTCOME_MET_BETWEEN:
        return xstrdup("You met in between");
    case OUTCOME_NEW_ANSWER:
        return xstrdup("You found a new answer");
    case OUTCOME_BOTH_STAND:
        return xstrdup("Both views stand");
    case OUTCOME_NEEDS_INFORMATION:
    case OUTCOME_REFERRED:
        return words_waiting(a, d);
    case OUTCOME_STOPPED:
        return xasprintf("%s chose to leave it", service_user);
    case OUTCOME_AGREED:
        return xstrdup("You agreed");
    case OUTCOME_NONE:
        break;
    }
    return xstrdup("Settled");
}

char *words_proposal(const struct assessment *a, const struct disagreement *d, int language)
{
    const struct proposal *p = &d->proposal;
    if (!p->seq)
        return xstrdup("");
    char *value = words_value(a, d->question, p->value, language);
    char *words = NULL, *waits = NULL;
    switch (p->as) {
    case SETTLE_AGREE:
        words = p->value             ? xasprintf("You both write down: %s", value)
                : d->by == ALONGSIDE ? xstrdup("You are close enough to agree.")
                                     : xstrdup("You agree now.");
        break;
    case SETTLE_BOTH_STAND:
        words = xstrdup("You keep both answers, with both reasons.");
        break;
    case SETTLE_NEEDS_INFORMATION:
        waits = waiting_for_words(assessment_event_numbered(a, p->seq));
        words = xasprintf("You come back to it when you know more: %s", waits);
        break;
    case SETTLE_REFERRED:
        waits = waiting_asked_words(assessment_event_numbered(a, p->seq));
        words = xasprintf("You ask %s", waits);
        break;
    case SETTLE_STOPPED:
        words = xasprintf("%s leaves it.", assessment_name(a, SERVICE_USER, language));
        break;
    }
    free(waits);
    free(value);
    return words;
}

char *words_about(const struct assessment *a, const struct disagreement *d, enum who reader, int language)
{
    if (d->question >= 0)
        return words_item(a, d->question, reader, language);
    return xstrdup(d->because ? d->because : "");
}

/* ---- events ---- */
