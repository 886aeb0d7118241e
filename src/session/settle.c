/* The ways to settle a disagreement, and doing it. */
#include "session/settle.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <stdlib.h>

struct list {
    struct settle_option *options;
    size_t count;
};

static void add(struct list *list, enum settle as, enum settle_needs needs, const json_t *value, char *words)
{
    list->options[list->count++] = (struct settle_option){as, needs, value, words};
}

static char *change_words(const struct assessment *a, const struct disagreement *d, enum who mover,
                          int language)
{
    char *value = answer_brief(a, d->question, d->after[who_other(mover)].value, mover, language);
    char *words = xasprintf("%s changes to: %s", assessment_name(a, mover, language), value);
    free(value);
    return words;
}

size_t settle_options(const struct assessment *a, const struct disagreement *d, enum who by, int language,
                      struct settle_option options[SETTLE_MOST])
{
    struct list list = {options, 0};
    const struct question *q = d->question >= 0 ? assessment_question(a, d->question) : NULL;
    if (q && !question_is_answered(q))
        q = NULL; /* a list: there are no answers to change */
    bool two = q && d->after[PRACTITIONER].value && d->after[SERVICE_USER].value;
    bool same = two && answer_same(q, d->after[PRACTITIONER].value, d->after[SERVICE_USER].value);
    if (two && same) {
        add(&list, SETTLE_AGREE, NEEDS_NOTHING, d->after[PRACTITIONER].value,
            xstrdup("We agree on what stands there now"));
    } else if (two) {
        /* In the order in which they sit. */
        enum who left = assessment_left(a), right = who_other(left);
        add(&list, SETTLE_AGREE, NEEDS_NOTHING, d->after[right].value, change_words(a, d, left, language));
        add(&list, SETTLE_AGREE, NEEDS_NOTHING, d->after[left].value, change_words(a, d, right, language));
    }
    if (q && q->asked_of == ASKED_OF_BOTH)
        add(&list, SETTLE_AGREE, NEEDS_ANSWER, NULL, xstrdup("We choose a new answer together"));
    else
        add(&list, SETTLE_AGREE, NEEDS_NOTHING, NULL, xstrdup("We agree now"));
    if (!two || !same)
        add(&list, SETTLE_BOTH_STAND, NEEDS_NOTHING, NULL,
            xstrdup("We keep both answers, with both reasons"));
    add(&list, SETTLE_NEEDS_INFORMATION, NEEDS_WHAT, NULL, xstrdup("We come back when we know more"));
    add(&list, SETTLE_REFERRED, NEEDS_ASKING, NULL, xstrdup("We ask someone else"));
    if (by == SERVICE_USER)
        add(&list, SETTLE_STOPPED, NEEDS_NOTHING, NULL,
            xasprintf("%s leaves it (only %s can choose this)", assessment_name(a, SERVICE_USER, language),
                      assessment_name(a, SERVICE_USER, language)));
    return list.count;
}

void settle_release(struct settle_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(options[i].words);
}

static json_t *intent_about(const struct disagreement *d, enum who by, const char *event)
{
    return json_pack("{s:s, s:s, s:s}", "by", who_names[by], "event", event, "disagreement", d->id);
}

static void set(json_t *intent, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(intent, key, json_string(text));
}

bool settle_propose(struct session *s, const struct disagreement *d, enum who by,
                    const struct settle_option *option, json_t *value, const char *words, const char *from,
                    const char *by_when, const char *because, char **cause)
{
    json_t *intent = intent_about(d, by, "proposed");
    set(intent, "as", settle_names[option->as]);
    if (value)
        json_object_set_new(intent, "value", value);
    else if (option->value)
        json_object_set(intent, "value", (json_t *)option->value);
    set(intent, "because", because);
    if (option->needs == NEEDS_WHAT) {
        set(intent, "what", words);
        set(intent, "from", from);
        set(intent, "by_when", by_when);
    } else if (option->needs == NEEDS_ASKING) {
        set(intent, "asking", words);
        set(intent, "to", from);
    }
    return session_do(s, intent, cause);
}

bool settle_confirm(struct session *s, const struct disagreement *d, enum who by, char **cause)
{
    return session_do(s, intent_about(d, by, "confirmed"), cause);
}

bool settle_say(struct session *s, const struct disagreement *d, enum who by, const char *text, char **cause)
{
    json_t *intent = intent_about(d, by, "said");
    set(intent, "text", text);
    return session_do(s, intent, cause);
}

bool settle_heard(struct session *s, const struct disagreement *d, enum who by, int heard, char **cause)
{
    json_t *intent = intent_about(d, by, "said");
    json_object_set_new(intent, "heard", json_integer(heard));
    return session_do(s, intent, cause);
}

bool settle_reopen(struct session *s, const struct disagreement *d, enum who by, char **cause)
{
    return session_do(s, intent_about(d, by, "reopened"), cause);
}
