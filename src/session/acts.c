/* What can be done about what stands there already. Whether it is offered is asked of the rules, with the
 * intent that it would be. */
#include "session/acts.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "assessment/supervision.h"

#include <stdlib.h>

static const struct act {
    const char *label, *asks;
    bool goes_without;
    const char *event;
    const char *text; /* the key of its words */
} acts[ACTS] = {
    [ACT_READ] = {"I have read it", NULL, true, "acknowledged", NULL},
    [ACT_READ_WORDS] = {"I have read it, and say something to it", "What do you say to it?", false,
                        "acknowledged", "text"},
    [ACT_KEPT] = {"It was kept", NULL, true, "kept", NULL},
    [ACT_NOT_KEPT] = {"It was not kept", NULL, true, "kept", NULL},
    [ACT_CAME_OF_IT] = {"Say what came of it", "What came of it?", false, "came_of_it", "text"},
    [ACT_SIGN] = {"Sign it", "Type your name to sign", false, "signed", "name"},
    [ACT_WILL_NOT_SIGN] = {"I will not sign it", "You do not have to sign. If you like, say why", true,
                           "signed", "because"},
    [ACT_STATEMENT] = {"Say something to it", "What do you want to say? It stays beside it", false,
                       "statement", "text"},
    [ACT_RAISE] = {"I see this differently", "What do you see differently?", false, "raised", "because"},
    [ACT_TAKE_BACK] = {"Take it back: I wrote it by mistake", NULL, true, "undone", NULL},
};

const char *act_label(enum act_kind act)
{
    return acts[act].label;
}

const char *act_asks(enum act_kind act)
{
    return acts[act].asks;
}

bool act_goes_without(enum act_kind act)
{
    return acts[act].goes_without;
}

static json_t *intent_of(long seq, enum who by, enum act_kind act, const char *text)
{
    json_t *intent = json_pack("{s:s, s:s, s:I}", "by", who_names[by], "event", acts[act].event,
                               acts[act].event == acts[ACT_KEPT].event ? "promise" : "of", (json_int_t)seq);
    if (acts[act].text && text && *text)
        json_object_set_new(intent, acts[act].text, json_string(text));
    if (act == ACT_KEPT || act == ACT_NOT_KEPT)
        json_object_set_new(intent, "kept", json_boolean(act == ACT_KEPT));
    if (act == ACT_WILL_NOT_SIGN)
        json_object_set_new(intent, "refused", json_true());
    return intent;
}

/* What they have said already is not offered again: they can take it back. */
static bool is_said(const struct assessment *a, long seq, enum who by, enum act_kind act)
{
    /* To say something to what they have not read yet is to say that they have. */
    if (act == ACT_STATEMENT && by == PRACTITIONER)
        return assessment_event_numbered(a, seq)->kind == EVENT_COMMENTED && !comment_acknowledged(a, seq);
    const struct event *signature = happened_signed(a, seq, by);
    /* Who has signed and does not want to any more takes it back; who would not may sign another day. */
    if (act == ACT_SIGN || act == ACT_WILL_NOT_SIGN)
        return signature && (act == ACT_WILL_NOT_SIGN || !json_is_true(event_value(signature, "refused")));
    if (act != ACT_KEPT && act != ACT_NOT_KEPT)
        return false;
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    bool said = false;
    for (size_t i = 0; i < count; i++)
        said |= promises[i].seq == seq &&
                promises[i].kept[by] == (act == ACT_KEPT ? PROMISE_KEPT : PROMISE_NOT_KEPT);
    free(promises);
    return said;
}

size_t acts_about(const struct session *s, long seq, enum who by, enum act_kind can[ACTS])
{
    const struct assessment *a = session_assessment(s);
    const struct event *event = assessment_event_numbered(a, seq);
    size_t n = 0;
    if (!event || session_read_only(s) || assessment_is_undone(a, seq) || event->kind == EVENT_SAT)
        return 0;
    for (int act = 0; act < ACTS; act++) {
        json_t *intent = intent_of(seq, by, (enum act_kind)act, "x");
        if (!is_said(a, seq, by, (enum act_kind)act) && session_may(s, intent, NULL))
            can[n++] = (enum act_kind)act;
        json_decref(intent);
    }
    return n;
}

bool act_do(struct session *s, long seq, enum who by, enum act_kind act, const char *text, char **cause)
{
    return session_do(s, intent_of(seq, by, act, text), cause);
}
