/* All that has a day, what each will do, and what each can do about one of them. */
#include "line/internal.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/acts.h"
#include "session/promised.h"
#include "session/timeline.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- one of them, whole ---- */

static void tell_row(void *context, const char *label, const char *text)
{
    struct line *l = context;
    size_t length = strlen(label);
    prompt_say(&l->p, "%s%s%s%s", label, length && label[length - 1] != '?' ? ":" : "", length ? " " : "",
               text);
}

static void do_act(struct line *l, long seq, enum who by, enum act_kind act)
{
    bool stop = false;
    char *text = NULL, *cause = NULL;
    if (act_asks(act)) {
        char *question = line_words("%s: %s. Enter for nothing:", line_name(l, by), act_asks(act));
        text = line_ask(l, question, "Say it in your own words.", &stop);
        free(question);
    }
    if (!stop && (text || act_goes_without(act)) &&
        line_done(l, act_do(l->s, seq, by, act, text, &cause), &cause))
        line_say_saved(l, "");
    free(text);
}

/* Each is named with what they can do: both can, whoever's turn it is. */
static void open_moment(struct line *l, long seq)
{
    struct {
        enum who by;
        enum act_kind act;
    } rows[PARTIES * ACTS];
    prompt_gap(&l->p);
    timeline_tell(line_state(l), seq, line_language(l, l->turn), tell_row, l);
    int count = 0;
    for (int i = 0; i < PARTIES; i++) {
        enum act_kind acts[ACTS];
        enum who by = i ? who_other(l->turn) : l->turn;
        size_t can = acts_about(l->s, seq, by, acts);
        for (size_t k = 0; k < can; k++) {
            char *words = line_words("%s: %s", line_name(l, by), act_label(acts[k]));
            rows[count].by = by;
            rows[count].act = acts[k];
            prompt_item(&l->p, (size_t)++count, words);
            free(words);
        }
    }
    int picked = count ? line_pick(l, "A number to do that, or Enter to go back:", count) : 0;
    if (picked > 0)
        do_act(l, seq, rows[picked - 1].by, rows[picked - 1].act);
}

/* A number opens one of them; `word` adds one; Enter goes back. -1: back, 0: add, else the number. */
static int pick_or_add(struct line *l, const char *adds, int most)
{
    bool writes = !session_read_only(l->s);
    char *add = writes ? line_words("a %s, ", adds) : xstrdup("");
    char *open = most ? xstrdup("A number opens one, ") : xstrdup("");
    char *question = line_words("%s%sEnter goes back:", open, add);
    int picked = -1;
    for (bool again = true; again;) {
        bool stop;
        char *text = line_ask(l, question, "Type what stands there, or Enter alone.", &stop);
        char *end = text;
        long number = text ? strtol(text, &end, 10) : 0;
        again = false;
        if (text && !stop && writes && strcasecmp(text, "a") == 0)
            picked = 0;
        else if (text && !stop && end != text && !*end && number >= 1 && number <= most)
            picked = (int)number;
        else if (text && !stop)
            again = true;
        if (again)
            prompt_say(&l->p, "“%s” is none of these.", text);
        free(text);
    }
    free(open);
    free(add);
    free(question);
    return picked;
}

/* ---- the timeline ---- */

static void write_down(struct line *l)
{
    int count = 0;
    for (const struct happened_kind *kind = happened_table; kind->name; kind++) {
        char *words = line_words("%s. %s.", kind->label, kind->help);
        prompt_item(&l->p, (size_t)++count, words);
        free(words);
    }
    prompt_item(&l->p, (size_t)++count, "Something was passed on. Both of you see it here.");
    int picked = line_pick(l, "What do you want to write down? A number, or Enter to go back:", count);
    if (picked > 0 && line_sheet(l, picked == count ? sheet_shared(l->s)
                                                    : sheet_happened(l->s, &happened_table[picked - 1])))
        line_say_saved(l, "");
}

static void say_above(struct line *l, char *text)
{
    if (*text)
        prompt_say(&l->p, "%s", text);
    free(text);
}

void line_timeline(struct line *l)
{
    for (int picked = 1; picked >= 0 && !l->leaving && !l->p.ended;) {
        size_t count;
        const struct assessment *a = line_state(l);
        int language = line_language(l, l->turn);
        struct moment *moments = timeline_make(a, language, &count);
        prompt_gap(&l->p);
        say_above(l, timeline_attendance(a, language));
        say_above(l, timeline_episodes(a));
        for (size_t i = 0; i < count; i++) {
            struct strbuf sb = STRBUF_INIT;
            strbuf_addf(&sb, "%s: %s", timeline_day(moments[i].day), moments[i].words);
            line_end_sentence(&sb);
            if (moments[i].later)
                strbuf_add(&sb, " That was written after signing.");
            if (*moments[i].standing)
                strbuf_addf(&sb, " %s", moments[i].standing);
            prompt_item(&l->p, i + 1, sb.text);
            strbuf_release(&sb);
        }
        if (!count)
            prompt_say(&l->p, "Nothing stands here yet.");
        picked = pick_or_add(l, "writes something down", (int)count);
        long seq = picked > 0 ? moments[picked - 1].seq : 0;
        timeline_free(moments, count);
        if (picked == 0)
            write_down(l);
        else if (picked > 0)
            open_moment(l, seq);
    }
}

/* ---- promises ---- */

/* Those of one of them, numbered on from `count`. */
static size_t list_promises(struct line *l, enum who party, const struct promise *promises, size_t all,
                            size_t count, long *seqs)
{
    size_t before = count;
    prompt_say(&l->p, "%s will:", line_name(l, party));
    for (size_t i = 0; i < all; i++) {
        if (promises[i].by != party)
            continue;
        char *due = promised_due(&promises[i]),
             *standing = promised_standing(line_state(l), &promises[i], line_language(l, l->turn));
        struct strbuf sb = STRBUF_INIT;
        strbuf_add(&sb, promises[i].text);
        line_end_sentence(&sb);
        if (*due) {
            strbuf_addf(&sb, " %s", due);
            line_end_sentence(&sb);
        }
        if (*standing)
            strbuf_addf(&sb, " %s", standing);
        seqs[count++] = promises[i].seq;
        prompt_item(&l->p, count, sb.text);
        strbuf_release(&sb);
        free(standing);
        free(due);
    }
    if (count == before)
        prompt_say(&l->p, "Nothing yet.");
    return count;
}

/* In an entry of a list (a goal) it is about that. */
static int promise_about(const struct line *l)
{
    return l->at != AT_END && assessment_entry_of(line_state(l), l->at) ? l->at : -1;
}

void line_promises(struct line *l)
{
    for (int picked = 1; picked >= 0 && !l->leaving && !l->p.ended;) {
        size_t all, count = 0;
        struct promise *promises = assessment_promises(line_state(l), &all);
        long *seqs = xcalloc(all + 1, sizeof *seqs);
        enum who left = assessment_left(line_state(l));
        prompt_gap(&l->p);
        count = list_promises(l, left, promises, all, count, seqs);
        count = list_promises(l, who_other(left), promises, all, count, seqs);
        char *adds = line_words("adds a promise of %s", line_name(l, l->turn));
        picked = pick_or_add(l, adds, (int)count);
        long seq = picked > 0 ? seqs[picked - 1] : 0;
        free(adds);
        free(seqs);
        free(promises);
        if (picked > 0)
            open_moment(l, seq);
        else if (picked == 0 && line_sheet(l, sheet_promised_about(l->s, promise_about(l))))
            line_say_saved(l, "");
    }
}

void line_show_overdue(struct line *l)
{
    for (int i = 0; i < PARTIES; i++) {
        enum who party = i ? who_other(assessment_left(line_state(l))) : assessment_left(line_state(l));
        char *words = promised_overdue(line_state(l), party, line_language(l, l->turn));
        if (*words)
            prompt_say(&l->p, "%s", words);
        free(words);
    }
}
