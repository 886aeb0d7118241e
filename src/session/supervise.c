/* Intents of the supervisor, and of the two about what the supervisor wrote; each is one event. */
#include "session/supervise.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/timeline.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

/* ---- the supervisor's ---- */

/* Texts by their keys, a NULL or an empty one left out; NULL ends them. */
static bool act(struct session *s, enum who by, const char *event, const char *const *texts, char **cause)
{
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[by], "event", event);
    for (; *texts; texts += 2) {
        json_t *text = texts[1] && *texts[1] ? json_string(texts[1]) : NULL;
        if (texts[1] && *texts[1] && !text) {
            json_decref(intent);
            return cause_set(cause, "What was typed is not UTF-8 text.");
        }
        if (text)
            json_object_set_new(intent, texts[0], text);
    }
    return session_do(s, intent, cause);
}

#define ACT(s, by, event, cause, ...) act(s, by, event, (const char *const[]){__VA_ARGS__, NULL}, cause)

/* A blank, which the rules refuse in plain words, in place of nothing. */
static const char *or_blank(const char *text)
{
    return text && *text ? text : " ";
}

static bool has_name(const char *name, char **cause)
{
    return (name && name[strspn(name, " \t\n")]) || cause_set(cause, "Say who you are: a name is needed.");
}

bool session_comment(struct session *s, const char *disagreement, bool coaching, const char *name,
                     const char *text, char **cause)
{
    return has_name(name, cause) &&
           ACT(s, SUPERVISOR, "commented", cause, "disagreement", disagreement, "text", or_blank(text),
               "name", name, "as", coaching ? commented_names[AS_COACHING] : NULL);
}

bool session_answer_referral(struct session *s, const char *disagreement, const char *name, const char *text,
                             char **cause)
{
    return ACT(s, SUPERVISOR, "said", cause, "disagreement", disagreement, "text", or_blank(text), "name",
               name);
}

bool session_countersign(struct session *s, const char *name, char **cause)
{
    return has_name(name, cause) && ACT(s, SUPERVISOR, "countersigned", cause, "name", name);
}

bool session_hand_over(struct session *s, enum who by, const char *name, const char *to, const char *because,
                       char **cause)
{
    return has_name(name, cause) &&
           ACT(s, by, "handed_over", cause, "to", or_blank(to), "because", because, "name", name);
}

bool session_lesson(struct session *s, const char *disagreement, const char *name, const char *text,
                    char **cause)
{
    return has_name(name, cause) && ACT(s, SUPERVISOR, "lesson", cause, "disagreement", disagreement, "text",
                                        or_blank(text), "name", name);
}

/* ---- what the two make of it ---- */

size_t supervise_unread(const struct assessment *a, long *seqs, size_t room)
{
    size_t count = 0;
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_COMMENTED, e));) {
        if (comment_acknowledged(a, e->seq))
            continue;
        if (seqs && count < room)
            seqs[count] = e->seq;
        count++;
    }
    return count;
}

const struct event *supervise_unread_about(const struct assessment *a, const struct disagreement *d)
{
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_COMMENTED, e));) {
        if (strcmp(event_text_or(e, "disagreement", ""), d->id) == 0 && !comment_acknowledged(a, e->seq))
            return e;
    }
    return NULL;
}

char *supervise_title(const struct assessment *a, const struct event *comment, int language)
{
    char *about = words_topic(a, comment, SERVICE_USER, language);
    char *title = *about ? xasprintf("%s wrote about “%s”", words_supervisor(comment), about)
                         : xasprintf("%s wrote about all of it", words_supervisor(comment));
    free(about);
    return title;
}

const struct event *supervise_said(const struct assessment *a, long seq, enum who by)
{
    const struct event *said = NULL;
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        if (e->by == by && event_text(e, "text") &&
            (e->kind == EVENT_STATEMENT || e->kind == EVENT_ACKNOWLEDGED))
            said = e;
    }
    return said;
}

static json_t *about(enum who by, const char *event, long seq)
{
    return json_pack("{s:s, s:s, s:I}", "by", who_names[by], "event", event, "of", (json_int_t)seq);
}

bool supervise_read(struct session *s, long seq, char **cause)
{
    return comment_acknowledged(session_assessment(s), seq) ||
           session_do(s, about(PRACTITIONER, "acknowledged", seq), cause);
}

bool supervise_say(struct session *s, long seq, enum who by, const char *text, char **cause)
{
    const struct assessment *a = session_assessment(s);
    const struct event *before = supervise_said(a, seq, by);
    if (before && strcmp(event_text_or(before, "text", ""), text) == 0)
        return true;
    if (before && !session_do(s, about(by, "undone", before->seq), cause))
        return false;
    if (!text[strspn(text, " \t\n")]) /* they took back what they said, and nothing more */
        return true;
    bool reads = by == PRACTITIONER && !comment_acknowledged(a, seq);
    json_t *intent = about(by, reads ? "acknowledged" : "statement", seq);
    json_object_set_new(intent, "text", json_string(text));
    return session_do(s, intent, cause);
}

/* ---- told ---- */

char *supervise_lead_words(const struct assessment *a)
{
    size_t count;
    char day[16];
    struct lead *leads = supervision_leads(a, &count), *now = &leads[count - 1];
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s leads", now->name);
    if (now->handed_over)
        strbuf_addf(&sb, ", since %s. Before: %s", words_day(timeline_local_day(now->at, day)),
                    leads[count - 2].name);
    strbuf_addch(&sb, '.');
    free(leads);
    return strbuf_detach(&sb);
}

char *supervise_countersigned_words(const struct assessment *a)
{
    struct countersignature c = supervision_countersignature(a);
    char day[16];
    if (!c.seq)
        return xstrdup("");
    return xasprintf("%s signed too, on %s.%s", c.name, words_day(timeline_local_day(c.at, day)),
                     c.changed_since ? " Something was changed after that." : "");
}
