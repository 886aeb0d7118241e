/* Raising by hand that one sees something differently. */
#include "session/raise.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct offers {
    struct raise_option *options;
    size_t count;
};

static const struct disagreement *open_about(const struct assessment *a, int item)
{
    const struct disagreement *d = item >= 0 ? assessment_disagreement_about(a, item) : NULL;
    return d && disagreement_is_live(d) ? d : NULL;
}

static void offer(struct offers *o, const struct assessment *a, int item, long of, enum kind kind,
                  char *words)
{
    struct raise_option *option = &o->options[o->count++];
    *option = (struct raise_option){.words = words, .item = item, .of = of, .kind = kind};
    const struct disagreement *d = open_about(a, item);
    if (d)
        memcpy(option->open, d->id, sizeof option->open);
}

/* The notes about the item, or where there is none the promises, the latest first. */
static void offer_events(struct offers *o, const struct assessment *a, int item, enum kind kind)
{
    size_t count = 0;
    for (size_t i = assessment_events(a); i-- > 0 && count < RAISE_MOST_EVENTS;) {
        const struct event *event = assessment_event(a, i);
        const char *path = event_text(event, "question"), *text = event_text(event, "text");
        bool here = item >= 0 ? event->kind == EVENT_NOTED && path && assessment_find(a, path) == item
                              : event->kind == EVENT_PROMISED;
        if (!here || !text || assessment_is_undone(a, event->seq))
            continue;
        /* One at a time about a question; what is about a note can be said beside it. */
        bool alone = item < 0 || open_about(a, item);
        offer(o, a, alone ? -1 : item, event->seq, alone ? KIND_FACT : kind,
              xasprintf(item >= 0 ? "A note here: “%s”" : "A promise: “%s”", text));
        count++;
    }
}

size_t raise_options(const struct assessment *a, int item, struct raise_option options[RAISE_MOST])
{
    struct offers o = {options, 0};
    const struct question *q = item >= 0 ? assessment_question(a, item) : NULL;
    enum kind kind = q ? assessment_kind_of(q) : KIND_PROCESS;
    if (q && question_is_answered(q))
        offer(&o, a, item, 0, kind, xstrdup("This answer"));
    else if (q && q->type == TYPE_REPEAT)
        offer(&o, a, item, 0, kind, xstrdup("This list"));
    offer_events(&o, a, item, kind);
    if (q)
        offer(&o, a, item, 0, KIND_WORDING, xstrdup("How the question is put"));
    offer(&o, a, -1, 0, KIND_PROCESS, xstrdup("How we work together"));
    offer(&o, a, -1, 0, KIND_PRIORITY, xstrdup("Something else"));
    return o.count;
}

void raise_release(struct raise_option *options, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(options[i].words);
}

bool raise_it(struct session *s, enum who by, const struct raise_option *option, enum kind kind,
              const char *because, char **cause)
{
    const struct assessment *a = session_assessment(s);
    json_t *intent = json_pack("{s:s, s:s, s:s, s:s}", "by", who_names[by], "event", "raised", "kind",
                               kind_names[kind], "because", because);
    if (option->item >= 0)
        json_object_set_new(intent, "question", json_string(assessment_path(a, option->item)));
    if (option->of)
        json_object_set_new(intent, "of", json_integer(option->of));
    return session_do(s, intent, cause);
}
