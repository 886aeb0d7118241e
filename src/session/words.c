/* What the program says about an assessment, in plain words. Short sentences, names rather than roles, and
 * never a word such as "wrong", "conflict" or "error" about two people who see a thing differently. */
#include "session/words.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
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
    const json_t *value = assessment_last(a, question, who);
    if (!value)
        return xstrdup("");
    char *answer = answer_words(a, question, value, who, language);
    char *words = xasprintf("Last time: %s", answer);
    free(answer);
    return words;
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

/* "3 steps apart"; NULL where the gap says nothing. */
static char *apart(const struct assessment *a, int question)
{
    const struct question *q = assessment_question(a, question);
    double gap = answer_gap(q, assessment_answer(a, question, PRACTITIONER)->value,
                            assessment_answer(a, question, SERVICE_USER)->value);
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
    return words;
}

static char *standing_of_two(const struct assessment *a, int question, int language)
{
    const struct disagreement *d = assessment_disagreement_about(a, question);
    if (d && !disagreement_is_live(d)) {
        char *outcome = words_outcome(a, d, language);
        char *words = xasprintf("You talked about this. %s.", outcome);
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
        char *words = xasprintf("You are close here%s%s.", far ? ": " : "", far ? far : "");
        free(far);
        return words;
    }
    char *far = apart(a, question);
    char *words =
        xasprintf("You see this differently%s%s. Nobody is wrong.", far ? ": " : "", far ? far : "");
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
        return xasprintf("You will find out more%s%s", d->proposal.what ? ": " : "",
                         d->proposal.what ? d->proposal.what : "");
    case OUTCOME_REFERRED:
        return xasprintf("Someone else is asked%s%s", d->proposal.asking ? ": " : "",
                         d->proposal.asking ? d->proposal.asking : "");
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
    char *words = NULL;
    switch (p->as) {
    case SETTLE_AGREE:
        words = p->value ? xasprintf("You both write down: %s", value)
                         : xstrdup("You are close enough to agree.");
        break;
    case SETTLE_BOTH_STAND:
        words = xstrdup("You keep both answers, with both reasons.");
        break;
    case SETTLE_NEEDS_INFORMATION:
        words = xasprintf("You come back to it when you know more: %s", p->what ? p->what : "");
        break;
    case SETTLE_REFERRED:
        words = xasprintf("You ask someone else: %s", p->asking ? p->asking : "");
        break;
    case SETTLE_STOPPED:
        words = xasprintf("%s leaves it.", assessment_name(a, SERVICE_USER, language));
        break;
    }
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

static const char *text_of(const struct event *event, const char *key)
{
    const char *text = event_text(event, key);
    return text ? text : "";
}

/* A value as it read with the form that was in force when the event was written. */
static char *value_then(const struct assessment *a, const struct event *event, const char *path,
                        const json_t *value, int language)
{
    return path && value ? answer_words_then(a, path, event->seq, value, SERVICE_USER, language)
                         : words_value(a, -1, value, language);
}

char *words_topic(const struct assessment *a, const struct event *event, enum who reader, int language)
{
    const char *name = event_text(event, "question");
    const struct disagreement *d = assessment_disagreement_of_id(a, text_of(event, "disagreement"));
    int question = name ? assessment_find(a, name) : d ? d->question : -1;
    if (question >= 0)
        return words_item(a, question, reader, language);
    const struct question *then = name ? assessment_question_then(a, name, event->seq) : NULL;
    const char *label = then ? assessment_text(a, -1, then->label, reader, language) : "";
    return d && !name ? words_about(a, d, reader, language) : xstrdup(*label ? label : name ? name : "");
}

static const char *form_text(const struct event *event, const char *key)
{
    const char *text = json_string_value(json_object_get(event_value(event, "form"), key));
    return text ? text : "";
}

static void add_quoted(struct strbuf *sb, const char *text)
{
    if (text && *text)
        strbuf_addf(sb, " “%s”", text);
}

static void tell_answer(struct strbuf *sb, const struct assessment *a, const struct event *event,
                        int language)
{
    char *value = value_then(a, event, event_text(event, "question"), event_value(event, "value"), language);
    bool moved = event_text(event, "through") != NULL;
    size_t length = strlen(value);
    bool ended = length && strchr(".?!", value[length - 1]);
    strbuf_addf(sb, "%s %s “%s”%s", assessment_name(a, event->by, language),
                event->by == TOGETHER ? "answered:"
                : moved               ? "changed to"
                                      : "answered",
                value, ended ? "" : ".");
    add_quoted(sb, event_text(event, "because"));
    if (json_is_true(event_value(event, "passed")))
        strbuf_add(sb, " It was asked back, and kept.");
    free(value);
}

/* Both answers as they were then. */
static void tell_difference(struct strbuf *sb, const struct assessment *a, const struct event *event,
                            int language)
{
    strbuf_add(sb, "The two see this differently.");
    for (int party = 0; party < PARTIES; party++) {
        char *value = value_then(a, event, event_text(event, "question"),
                                 event_value(event, who_names[party]), language);
        strbuf_addf(sb, "%s %s: “%s”", party ? "," : "", assessment_name(a, (enum who)party, language),
                    value);
        free(value);
    }
    strbuf_addch(sb, '.');
}

/* “Get my card”, where anything stands in it. */
static void add_entry(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const struct entry *entry = assessment_entry_numbered(a, event_integer(event, "entry"));
    char *title = entry ? words_entry(a, entry, event->by, language) : xstrdup("");
    if (*title)
        add_quoted(sb, title);
    else
        strbuf_add(sb, " one with nothing in it");
    free(title);
}

/* What a new entry is about. */
static void add_about(struct strbuf *sb, const struct assessment *a, const struct event *event, int language)
{
    const char *path = event_text(event, "about");
    int item = path ? assessment_find(a, path) : -1;
    if (item < 0)
        return;
    char *about = words_item(a, item, event->by, language);
    strbuf_add(sb, ", about");
    add_quoted(sb, about);
    free(about);
}

static void tell_settling(struct strbuf *sb, const struct assessment *a, const struct event *event,
                          int language)
{
    static const char *const ways[] = {"to agree on", "to keep both answers", "to find out",
                                       "to ask someone else:", "to leave it"};
    const char *as = text_of(event, "as");
    int way = -1;
    for (int i = 0; settle_names[i]; i++) {
        if (strcmp(settle_names[i], as) == 0)
            way = i;
    }
    const struct disagreement *d = assessment_disagreement_of_id(a, text_of(event, "disagreement"));
    const char *question = event_text(event, "question");
    if (!question && d && d->question >= 0)
        question = assessment_path(a, d->question);
    char *value = value_then(a, event, question, event_value(event, "value"), language);
    if (event->by == ALONGSIDE)
        strbuf_add(sb, "The answers have come together. Is it settled?");
    else
        strbuf_addf(sb, "%s put forward %s", assessment_name(a, event->by, language),
                    way >= 0 ? ways[way] : "an answer:");
    if (event->by != ALONGSIDE || *value)
        add_quoted(sb, *value                    ? value
                       : *text_of(event, "what") ? text_of(event, "what")
                                                 : text_of(event, "asking"));
    free(value);
}

char *words_turn(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    const char *name = assessment_name(a, event->by, language);
    const struct disagreement *d = assessment_disagreement_of_id(a, text_of(event, "disagreement"));
    switch (event->kind) {
    case EVENT_OPENED:
        strbuf_add(&sb, event_value(event, "follows") ? "The assessment was begun, after an earlier one."
                                                      : "The assessment was begun.");
        break;
    case EVENT_RECOVERED:
        strbuf_addf(&sb, "%ld bytes that were not finished were set aside.", event_integer(event, "bytes"));
        break;
    case EVENT_SAT:
        strbuf_addf(&sb, "%s and %s sat down together", assessment_name(a, PRACTITIONER, language),
                    assessment_name(a, SERVICE_USER, language));
        strbuf_addf(&sb, "%s%s.", *text_of(event, "place") ? ": " : "", text_of(event, "place"));
        break;
    case EVENT_PAUSED:
        strbuf_add(&sb, "They stopped for now.");
        break;
    case EVENT_ANSWERED:
        tell_answer(&sb, a, event, language);
        break;
    case EVENT_DECLINED:
        for (int i = 1; missing_names[i]; i++) {
            if (strcmp(missing_names[i], text_of(event, "missing")) == 0)
                strbuf_addf(&sb, "%s: %s.", name, words_missing((enum missing)i));
        }
        add_quoted(&sb, event_text(event, "because"));
        break;
    case EVENT_CLEARED:
        strbuf_addf(&sb, "%s took the answer back.", name);
        break;
    case EVENT_RAISED:
        strbuf_addf(&sb, "%s sees this differently.", name);
        add_quoted(&sb, event_text(event, "because"));
        break;
    case EVENT_DIFFERED:
        tell_difference(&sb, a, event, language);
        break;
    case EVENT_SAID:
        if (event_integer(event, "heard"))
            strbuf_addf(&sb, "%s felt heard: %ld of 5.", name, event_integer(event, "heard"));
        else
            strbuf_addf(&sb, "%s said:", name);
        add_quoted(&sb, event_text(event, "text"));
        break;
    case EVENT_PROPOSED:
        tell_settling(&sb, a, event, language);
        break;
    case EVENT_CONFIRMED:
        strbuf_addf(&sb, "%s said yes.", name);
        break;
    case EVENT_RESOLVED:
    case EVENT_PARKED:
    case EVENT_REFERRED:
        if (d && d->closed == event->seq) {
            char *outcome = words_outcome(a, d, language);
            strbuf_addf(&sb, "%s.", outcome);
            free(outcome);
        } else {
            strbuf_addf(&sb, "It was settled (%s).",
                        *text_of(event, "outcome") ? text_of(event, "outcome") : text_of(event, "event"));
        }
        break;
    case EVENT_REOPENED:
        strbuf_add(&sb, "It is open again.");
        break;
    case EVENT_UNDONE:
        strbuf_addf(&sb, "%s took back entry %ld.", name, event_integer(event, "of"));
        break;
    case EVENT_NOTED:
        if (event_value(event, "come_back"))
            strbuf_add(&sb, json_is_true(event_value(event, "come_back")) ? "To come back to."
                                                                          : "No longer to come back to.");
        else
            strbuf_addf(&sb, "%s noted:", name);
        add_quoted(&sb, event_text(event, "text"));
        break;
    case EVENT_ADDED:
        strbuf_addf(&sb, "%s added", name);
        add_entry(&sb, a, event, language);
        add_about(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_MOVED:
        strbuf_addf(&sb, "%s moved", name);
        add_entry(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_REMOVED:
        strbuf_addf(&sb, "%s said to take out", name);
        add_entry(&sb, a, event, language);
        strbuf_addch(&sb, '.');
        break;
    case EVENT_UPGRADED:
        strbuf_addf(&sb, "%s went on with version %s of the form", name, form_text(event, "version"));
        strbuf_addf(&sb, ", in place of version %s.", assessment_form_before(a, event->seq)->version);
        break;
    case EVENT_SIGNED:
        if (json_is_true(event_value(event, "refused")))
            strbuf_addf(&sb, "%s chose not to sign.", name);
        else
            strbuf_addf(&sb, "%s signed as “%s”.", name, text_of(event, "name"));
        add_quoted(&sb, event_text(event, "because"));
        break;
    default:
        strbuf_addf(&sb, "%s: %s", name,
                    event->kind == EVENT_UNKNOWN ? text_of(event, "event") : event_table[event->kind].help);
        add_quoted(&sb, event_text(event, "text"));
        break;
    }
    return strbuf_detach(&sb);
}

char *words_event(const struct assessment *a, const struct event *event, int language)
{
    enum who reader = event->by == PRACTITIONER ? PRACTITIONER : SERVICE_USER;
    char *told = words_turn(a, event, language), *about = words_topic(a, event, reader, language);
    if (!*about || event->kind == EVENT_PAUSED) {
        free(about);
        return told;
    }
    char *words = xasprintf("%s (%s)", told, about);
    free(told);
    free(about);
    return words;
}

char *words_act(const struct assessment *a, const struct event *event, int language)
{
    static const char *const acts[EVENT_UNKNOWN + 1] = {
        [EVENT_ANSWERED] = "%s's answer",
        [EVENT_DECLINED] = "%s's answer",
        [EVENT_CLEARED] = "that %s took an answer back",
        [EVENT_RAISED] = "that %s sees it differently",
        [EVENT_SAID] = "what %s said",
        [EVENT_PROPOSED] = "what %s put forward",
        [EVENT_CONFIRMED] = "%s's yes",
        [EVENT_NOTED] = "%s's note",
        [EVENT_ADDED] = "what %s added",
        [EVENT_MOVED] = "what %s moved",
        [EVENT_REMOVED] = "that %s took one out",
    };
    const char *name = assessment_name(a, event->by, language);
    if (event->kind == EVENT_NOTED && event_value(event, "come_back"))
        return xasprintf("%s's mark", name);
    return xasprintf(acts[event->kind] ? acts[event->kind] : "the last thing that %s did", name);
}
