/* What is kept about a question, all of it; and taking back what one did oneself. */
#include "line/internal.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* The question an event is about, by itself, by its disagreement or by what it takes back; -1. */
static int about(const struct line *l, const struct event *event)
{
    const struct assessment *a = line_state(l);
    const char *name = event_text(event, "question"), *id = event_text(event, "disagreement");
    if (name)
        return assessment_find(session_assessment(l->s), name);
    const struct disagreement *d = id ? assessment_disagreement_of_id(a, id) : NULL;
    if (d)
        return d->question;
    long of = event->kind == EVENT_UNDONE ? event_integer(event, "of") : 0;
    /* What is taken back lies before it, so this ends. */
    return of >= 1 && of < event->seq ? about(l, assessment_event_numbered(a, of)) : -1;
}

/* Would telling it tell an answer that is to be seen together? */
static bool is_secret(const struct line *l, const struct event *event)
{
    int question = about(l, event);
    return question >= 0 && !assessment_revealed(line_state(l), question) &&
           (event->kind == EVENT_ANSWERED || event->kind == EVENT_DECLINED);
}

static char *told(const struct line *l, const struct event *event)
{
    if (is_secret(l, event))
        return line_words("%s answered. You see it when both have answered.", line_name(l, event->by));
    return words_event(line_state(l), event, line_language(l, l->turn));
}

/* The fields as they are stored; the chain's own are left out. */
static void show_fields(struct line *l, const struct event *event)
{
    struct strbuf sb = STRBUF_INIT;
    const char *key;
    json_t *value;
    json_object_foreach(event->body, key, value)
    {
        if (strcmp(key, "prev") == 0 || strcmp(key, "seq") == 0)
            continue;
        if (strcmp(key, "heard") == 0 && !assessment_heard_shown(line_state(l), event))
            continue;
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        strbuf_addf(&sb, "%s%s %s", sb.length ? ", " : "", key, text ? text : "?");
        free(text);
    }
    prompt_put(&l->p, "      ", sb.text);
    strbuf_release(&sb);
}

void line_kept(struct line *l)
{
    const struct assessment *a = line_state(l);
    size_t count = 0;
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (about(l, event) != l->at)
            continue;
        char *words = told(l, event);
        char *all = line_words("%s%s", words, assessment_is_undone(a, event->seq) ? " (Taken back.)" : "");
        if (count++ == 0)
            prompt_say(&l->p, "All that is kept about this question, by the number of the entry:");
        prompt_item(&l->p, (size_t)event->seq, all);
        if (!is_secret(l, event))
            show_fields(l, event);
        free(all);
        free(words);
    }
    if (count == 0)
        prompt_say(&l->p, "Nothing is kept about this question yet.");
}

/* ---- taking back ---- */

/* Take back, or bring back, entry `of`, and go to where it was. */
static void turn_back(struct line *l, long of, const char *done_words,
                      bool (*turn)(struct session *, enum who, char **))
{
    const struct assessment *a = line_state(l);
    const struct event *event = assessment_event_numbered(a, of);
    /* Told before it is taken back, as it is then. */
    char *words = event ? told(l, event) : NULL, *cause = NULL;
    int question = event ? about(l, event) : -1;
    if (line_done(l, turn(l->s, l->turn, &cause), &cause)) {
        prompt_say(&l->p, "%s: %s", done_words, words ? words : "");
        if (question >= 0 && assessment_shown(line_state(l), question)) {
            enum who who = l->turn;
            line_go(l, question);
            l->turn = who;
        }
    }
    free(words);
}

void line_undo(struct line *l)
{
    turn_back(l, assessment_undoable(line_state(l), l->turn), "Taken back", session_undo);
}

void line_redo(struct line *l)
{
    const struct assessment *a = line_state(l);
    long undone = assessment_redoable(a, l->turn);
    long of = undone ? event_integer(assessment_event_numbered(a, undone), "of") : 0;
    turn_back(l, of, "Brought back", session_redo);
}
