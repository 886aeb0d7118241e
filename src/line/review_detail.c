/* One row in line mode, whole, and what a supervisor can do about it. Whatever is done stands in the record
 * for both people; what they said is never changed. */
#include "line/review_inside.h"

#include "assessment/assessment.h"
#include "base/mem.h"
#include "line/internal.h"
#include "session/supervise.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- telling ---- */

static void tell_both(struct look *look, const struct detail *detail, const struct detail_line *line)
{
    enum who left = detail->left, right = who_other(left);
    char *text = xasprintf("%s. %s: %s%s %s: %s%s", line->label, detail->name[left], line->side[left],
                           words_stop(line->side[left]), detail->name[right], line->side[right],
                           words_stop(line->side[right]));
    prompt_put(&look->p, "", text);
    free(text);
}

static void tell_line(struct look *look, const struct detail *detail, const struct detail_line *line)
{
    switch (line->kind) {
    case DETAIL_BOTH:
        tell_both(look, detail, line);
        break;
    case DETAIL_HEADING:
        prompt_gap(&look->p);
        prompt_say(&look->p, "%s:", line->text);
        break;
    case DETAIL_DAY:
        prompt_say(&look->p, "%s:", line->text);
        break;
    case DETAIL_TURN:
    case DETAIL_HERE:
        prompt_put(&look->p, "  ", line->text);
        break;
    case DETAIL_TITLE:
    case DETAIL_TEXT:
        prompt_say(&look->p, "%s", line->text);
        break;
    }
}

/* Some of it at a time; Enter goes on. */
static void tell(struct look *look, const struct detail *detail)
{
    prompt_gap(&look->p);
    for (size_t i = 0; i < detail->count; i++) {
        if (!look_goes_on(look, i))
            return;
        tell_line(look, detail, &detail->lines[i]);
    }
}

/* ---- acting ---- */

/* What was typed; NULL where nothing was. */
static char *ask(struct look *look, const char *question)
{
    char *typed = prompt_read(&look->p, question);
    if (typed && *typed)
        return typed;
    free(typed);
    return NULL;
}

static const char *asked_name(struct look *look)
{
    if (!look->name)
        look->name = ask(look, "Your name, as both will read it:");
    return look->name;
}

/* Read anew what was written to. */
static void read_again(struct look *look, size_t source)
{
    const struct facts *facts;
    struct digest *digest =
        digest_read(look->digester, collection_at(look->collection, source)->path, &facts);
    collection_replace(look->collection, source, digest, facts);
    listing_refresh(look->listing);
}

/* What one act needs. */
struct act {
    const char *id;    /* of the disagreement; NULL: the whole record */
    const char *name;  /* who acts */
    const char *words; /* what was typed */
    const char *more;  /* and what may be left out; NULL */
};

static bool do_comment(struct session *s, const struct act *act, char **cause)
{
    return session_comment(s, act->id, false, act->name, act->words, cause);
}

static bool do_coach(struct session *s, const struct act *act, char **cause)
{
    return session_comment(s, act->id, true, act->name, act->words, cause);
}

static bool do_answer(struct session *s, const struct act *act, char **cause)
{
    return session_answer_referral(s, act->id, act->name, act->words, cause);
}

static bool do_countersign(struct session *s, const struct act *act, char **cause)
{
    return session_countersign(s, act->name, cause);
}

static bool do_hand_over(struct session *s, const struct act *act, char **cause)
{
    return session_hand_over(s, SUPERVISOR, act->name, act->words, act->more, cause);
}

static bool do_lesson(struct session *s, const struct act *act, char **cause)
{
    return session_lesson(s, act->id, act->name, act->words, cause);
}

static const struct act_kind {
    const char *words, *help; /* all words for it; the first two are told */
    const char *asks;         /* Enter alone is for nothing */
    const char *asks_more;    /* what can be left out; NULL */
    bool about_disagreement;  /* only where the row is about one */
    bool (*run)(struct session *s, const struct act *act, char **cause);
} acts[] = {
    {"a,comment", "Write a comment. Both read it", "Your comment, or Enter for none:", NULL, false,
     do_comment},
    {"A,coach", "Write as a coach. Both read it", "Your words, or Enter for none:", NULL, false, do_coach},
    {"R,answer,reply", "Answer what you were asked. Both views stay as they are",
     "Your answer, or Enter for none:", NULL, true, do_answer},
    {"C,sign,countersign", "Sign it too", "Sign this record too? Type yes, or Enter for no:", NULL, false,
     do_countersign},
    {"H,hand,handover", "Hand over to another lead",
     "Who leads from now on? Enter for nobody:", "Why? You can leave this out:", false, do_hand_over},
    {"L,lesson,learn", "Write what others can learn", "What can others learn? Enter for nothing:", NULL,
     false, do_lesson},
};
enum { ACTS = sizeof acts / sizeof *acts };

/* Is what was asked for there to be done? */
static bool may_act(struct look *look, const struct act_kind *kind, const struct session *s,
                    const struct act *act, char **cause)
{
    if (session_read_only(s))
        *cause = xasprintf("Nothing can be written there: %s.", session_read_only(s));
    else if (kind->run == do_countersign && strcasecmp(act->words, "yes") != 0 &&
             strcasecmp(act->words, "y") != 0)
        prompt_say(&look->p, "It was not signed.");
    else
        return true;
    return false;
}

/* What was typed is told again where it could not be saved, so that it is not lost. */
static void tell_not_saved(struct look *look, const struct act_kind *kind, const char *words)
{
    if (kind->run != do_countersign)
        prompt_say(&look->p, "What you typed is not saved: “%s”", words);
}

static bool act_on(struct look *look, size_t source, const struct act_kind *kind, const char *id)
{
    struct act act = {.id = id, .name = asked_name(look)};
    char *words = act.name ? ask(look, kind->asks) : NULL, *cause = NULL;
    char *more = words && kind->asks_more ? ask(look, kind->asks_more) : NULL;
    act.words = words;
    act.more = more;
    bool done = false;
    struct session *s = words && !look->p.ended ? session_open(collection_at(look->collection, source)->path,
                                                               RECORD_WRITE, &cause)
                                                : NULL;
    if (s) {
        done = may_act(look, kind, s, &act, &cause) && kind->run(s, &act, &cause);
        if (session_trouble(s))
            prompt_say(&look->p, "%s", session_trouble(s));
        session_close(s);
    }
    if (done) {
        read_again(look, source);
        prompt_say(&look->p, "Saved. Both find it in the record.");
    } else if (cause) {
        look_refused(look, cause);
        tell_not_saved(look, kind, words);
    } else if (!words) {
        prompt_say(&look->p, "Nothing was written.");
    }
    free(words);
    free(more);
    return done;
}

static const struct act_kind *act_typed(const char *typed, size_t length, bool disagreement)
{
    for (size_t i = 0; i < ACTS; i++) {
        if (look_is_word(acts[i].words, typed, length) && (disagreement || !acts[i].about_disagreement))
            return &acts[i];
    }
    return NULL;
}

void look_tell_acts(struct look *look, bool disagreement)
{
    for (size_t i = 0; i < ACTS; i++) {
        const char *other = acts[i].words + 2;
        if (disagreement || !acts[i].about_disagreement)
            prompt_say(&look->p, "  %.1s or %.*s: %s.", acts[i].words, (int)strcspn(other, ","), other,
                       acts[i].help);
    }
}

bool look_act(struct look *look, const char *word, size_t length, const char *rest)
{
    const struct act_kind *kind = act_typed(word, length, true);
    size_t number = look_number(rest, listing_count(look->listing));
    if (!kind)
        return false;
    if (!number) {
        prompt_say(&look->p, "Type the number of its row too, like: %.*s 3", (int)length, word);
        return true;
    }
    struct detail detail;
    char *cause = NULL;
    struct row row = listing_row(look->listing, number - 1);
    if (!detail_read(&detail, look->collection, listing_table(look->listing), row, &cause)) {
        look_refused(look, cause);
        return true;
    }
    if (!collection_at(look->collection, row.source)->facts)
        prompt_say(&look->p, "This record cannot be read, so nothing can be written there.");
    else if (kind->about_disagreement && !*detail.id)
        prompt_say(&look->p, "Nothing is asked of you here. “f state=referred” shows what is.");
    else
        act_on(look, row.source, kind, *detail.id ? detail.id : NULL);
    detail_release(&detail);
    return true;
}

/* ---- a row ---- */

void look_open(struct look *look, size_t i)
{
    struct detail detail;
    char *cause = NULL;
    struct row row = listing_row(look->listing, i);
    bool read = collection_at(look->collection, row.source)->facts != NULL;
    if (!detail_read(&detail, look->collection, listing_table(look->listing), row, &cause)) {
        look_refused(look, cause);
        return;
    }
    tell(look, &detail);
    for (bool stay = read; stay && !look->p.ended;) {
        char *typed = look_read(look, "Enter to go back to the rows, or ? for what you can do:");
        const struct act_kind *kind = typed ? act_typed(typed, strlen(typed), *detail.id) : NULL;
        bool asks = typed && look_is_word("?,help,h", typed, strlen(typed));
        bool next = typed && look_is_word("n,next", typed, strlen(typed));
        stay = kind || asks;
        if (kind) {
            act_on(look, row.source, kind, *detail.id ? detail.id : NULL);
        } else if (asks) {
            look_tell_acts(look, *detail.id);
            prompt_say(&look->p, "  n or next: The next row. All other words are as among the rows.");
        } else if (next && i + 1 < listing_count(look->listing)) {
            look->pending = xasprintf("%zu", i + 2);
        } else if (next) {
            prompt_say(&look->p, "That was the last row.");
        } else if (typed && *typed && !look_is_word("back,b,q,quit", typed, strlen(typed))) {
            look->pending = typed;
            typed = NULL;
        }
        free(typed);
    }
    detail_release(&detail);
}
