/* What is kept about a question, and in the whole record; and taking back what one did oneself. */
#include "line/internal.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "session/kept.h"

#include <stdlib.h>
#include <string.h>

static char *told(const struct line *l, const struct event *event)
{
    return kept_told(line_state(l), event, line_language(l, l->turn));
}

/* Word for word, and what the key means. Its number stands before it. */
static void show_field(void *context, const char *key, const char *help, const char *value)
{
    struct line *l = context;
    char *copy = xstrdup(value), *rest = copy, *words = strsep(&rest, "\n");
    char *first = *help ? line_words("%s (%s): %s", key, help, words) : line_words("%s: %s", key, words);
    prompt_put(&l->p, "      ", first);
    while (rest) {
        words = strsep(&rest, "\n");
        prompt_put(&l->p, "        ", words);
    }
    free(first);
    free(copy);
}

static void show_event(struct line *l, const struct event *event, long sealed)
{
    char *words = told(l, event);
    prompt_item(&l->p, (size_t)event->seq, words);
    kept_fields(l->s, event, sealed, show_field, l);
    free(words);
}

void line_kept(struct line *l)
{
    const struct assessment *a = line_state(l);
    size_t count = 0;
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (!event_is_about(a, event, l->at))
            continue;
        if (count++ == 0)
            prompt_say(&l->p, "All that is kept about this question, by the number of the entry:");
        show_event(l, event, KEPT_NO_SEALS);
    }
    if (count == 0)
        prompt_say(&l->p, "Nothing is kept about this question yet.");
    prompt_say(&l->p, "kept all shows the whole record.");
}

struct looking {
    const char *word;
    bool found;
};

static void look_at_field(void *context, const char *key, const char *help, const char *value)
{
    struct looking *looking = context;
    looking->found |= utf8_contains(key, looking->word) || utf8_contains(help, looking->word) ||
                      utf8_contains(value, looking->word);
}

static bool has_word(const struct line *l, const struct event *event, long sealed, const char *word)
{
    struct looking looking = {word, false};
    char *words = told(l, event);
    looking.found = utf8_contains(words, word);
    kept_fields(l->s, event, sealed, look_at_field, &looking);
    free(words);
    return looking.found;
}

void line_record(struct line *l)
{
    const struct assessment *a = line_state(l);
    bool stop;
    long sealed = event_first_waiting(a);
    prompt_say(&l->p, "Everything that is kept: %zu %s.", assessment_events(a),
               assessment_events(a) == 1 ? "entry" : "entries");
    char *typed = line_ask(l, "The number of an entry, a word to find, or Enter for all:",
                           "A number shows that entry. A word shows all entries that have it.", &stop);
    bool number = typed && strspn(typed, "0123456789") == strlen(typed);
    size_t shown = 0;
    for (size_t i = 0; i < assessment_events(a) && !stop; i++) {
        const struct event *event = assessment_event(a, i);
        if (typed && (number ? strtol(typed, NULL, 10) != event->seq : !has_word(l, event, sealed, typed)))
            continue;
        show_event(l, event, sealed);
        shown++;
    }
    if (!stop && shown == 0)
        prompt_say(&l->p, number ? "There is no entry %s." : "No entry has “%s” in it.", typed);
    free(typed);
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
    int question = event ? event_item(a, event) : -1;
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
