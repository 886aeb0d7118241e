/* Writing beside a question: another way to see it, an offer, a statement; saying what becomes of an offer;
 * answering hidden until both are in. */
#include "line/internal.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "session/beside.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WAYS = 3 };

/* One on each line, until Enter alone. NULL where there is none. */
static char *ask_ways(struct line *l)
{
    struct strbuf sb = STRBUF_INIT;
    bool stop = false;
    for (int i = 0; i < MOST_WAYS && !stop; i++) {
        char *question =
            line_words(i ? "Another one, or Enter for no more:" : "%s, a way to go on, or Enter for none:",
                       line_name(l, l->turn));
        char *way = line_ask(l, question, beside_kinds[BESIDE_OFFER].help, &stop);
        free(question);
        if (!way)
            break;
        strbuf_addf(&sb, "%s%s", sb.length ? "\n" : "", way);
        free(way);
    }
    if (sb.length && (!stop || l->leaving))
        return strbuf_detach(&sb);
    strbuf_release(&sb);
    return NULL;
}

static void write_one(struct line *l, enum beside kind, int item, long of)
{
    bool stop;
    const char *asks = beside_kinds[kind].asks;
    char *question =
        line_words("%s, %s%s Enter for nothing:", line_name(l, l->turn), asks, strchr(asks, '?') ? "" : ".");
    char *text = kind == BESIDE_OFFER ? ask_ways(l) : line_ask(l, question, beside_kinds[kind].help, &stop);
    char *cause = NULL;
    free(question);
    if (text && line_done(l, beside_write(l->s, l->turn, kind, item, of, text, &cause), &cause))
        prompt_say(&l->p, "%s", kind == BESIDE_NOTE ? "Saved. k shows it." : beside_kinds[kind].saved);
    free(text);
}

void line_learn(struct line *l, const struct disagreement *d)
{
    enum beside kinds[BESIDES];
    bool stop;
    char id[sizeof d->id];
    snprintf(id, sizeof id, "%s", d->id);
    size_t count = beside_offered(l->turn, true, kinds);
    for (size_t i = 0; i < count; i++)
        prompt_item(&l->p, i + 1, beside_kinds[kinds[i]].label);
    char *question = line_words("%s, a number, or Enter for none:", line_name(l, l->turn));
    int picked = line_pick(l, question, (int)count);
    free(question);
    if (picked <= 0)
        return;
    const struct beside_kind *kind = &beside_kinds[kinds[picked - 1]];
    question = line_words("%s, %s Enter for nothing:", line_name(l, l->turn), kind->asks);
    char *text = line_ask(l, question, kind->help, &stop), *cause = NULL;
    d = assessment_disagreement_of_id(line_state(l), id);
    if (text && d && line_done(l, beside_learn(l->s, l->turn, kinds[picked - 1], d, text, &cause), &cause))
        prompt_say(&l->p, "%s", kind->saved);
    free(text);
    free(question);
}

/* What the one whose turn it is makes of an offer. */
static void answer_offer(struct line *l)
{
    struct reply replies[MOST_REPLIES];
    const struct event *offer = offer_waiting(line_state(l), l->at, l->turn);
    size_t count = beside_replies(offer, replies);
    char *cause = NULL, *text = NULL,
         *question = line_words("%s, a number, or Enter for later:", line_name(l, l->turn));
    for (size_t i = 0; i < count; i++)
        prompt_item(&l->p, i + 1, replies[i].words);
    int picked = line_pick(l, question, (int)count);
    bool stop = false, changed = picked > 0 && replies[picked - 1].how == 1;
    if (changed)
        text = line_ask(l, "What instead? In your own words:", "Write how you would have it.", &stop);
    if (picked > 0 && (!changed || text) &&
        line_done(l, beside_reply(l->s, l->turn, offer, &replies[picked - 1], text, &cause), &cause))
        line_say_saved(l, "");
    free(text);
    free(question);
    beside_replies_release(replies, count);
}

/* A statement about any entry of the record. */
static void about_entry(struct line *l)
{
    bool stop;
    char *number = line_ask(l, "About which entry? Its number (kept all shows them), or Enter for none:",
                            "Each entry of the record has a number.", &stop);
    char *end = number;
    long of = number ? strtol(number, &end, 10) : 0;
    if (number && (*end || !assessment_event_numbered(line_state(l), of)))
        prompt_say(&l->p, "There is no entry %s.", number);
    else if (number)
        write_one(l, BESIDE_STATEMENT, -1, of);
    free(number);
}

void line_beside(struct line *l)
{
    char *offer = beside_waiting(line_state(l), l->at, l->turn, line_language(l, l->turn));
    size_t first = *offer != '\0', count = 0;
    if (first)
        prompt_item(&l->p, ++count, offer);
    enum beside kinds[BESIDES];
    size_t kind_count = beside_offered(l->turn, false, kinds);
    for (size_t i = 0; i < kind_count; i++)
        prompt_item(&l->p, ++count, beside_kinds[kinds[i]].label);
    prompt_item(&l->p, ++count, "A statement about an entry of the record");
    char *question = line_words("%s, what do you want to write here? A number, or Enter to go back:",
                                line_name(l, l->turn));
    int picked = line_pick(l, question, (int)count);
    if (picked == (int)count)
        about_entry(l);
    else if (picked > (int)first)
        write_one(l, kinds[picked - 1 - (int)first], l->at, 0);
    else if (picked > 0)
        answer_offer(l);
    free(question);
    free(offer);
}

void line_show_beside(struct line *l, int item)
{
    const struct assessment *a = line_state(l);
    for (const struct event *e = NULL; (e = beside_next(a, item, e));) {
        char *words = beside_words(a, e, line_language(l, l->turn));
        prompt_say(&l->p, "%s", words);
        free(words);
    }
    char *waiting = beside_waiting(a, item, l->turn, line_language(l, l->turn));
    if (*waiting)
        prompt_say(&l->p, "%s Type beside to answer it.", waiting);
    free(waiting);
}

void line_hide(struct line *l)
{
    char *cause = NULL;
    if (!line_done(l, session_may_hide(l->s, l->turn, l->at, &cause), &cause))
        return;
    l->private[l->turn] = !l->private[l->turn];
    prompt_say(&l->p, l->private[l->turn] ? "What you answer now does not show until both answers are in."
                                          : "What you answer now shows.");
    if (l->private[l->turn])
        prompt_say(&l->p, "Unseen skips: s1 not sure, s2 does not apply, s3 rather not say.");
}
