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

enum { LINES_A_PAGE = 20 };

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
        if (i && i % LINES_A_PAGE == 0) {
            char *typed = prompt_read(&look->p, "Enter for more, or s to skip the rest:");
            bool on = typed && !*typed;
            free(typed);
            if (!on)
                return;
        }
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
    return session_hand_over(s, SUPERVISOR, act->name, act->words, NULL, cause);
}

static bool do_lesson(struct session *s, const struct act *act, char **cause)
{
    return session_lesson(s, act->id, act->name, act->words, cause);
}

static const struct act_kind {
    const char *word, *help;
    const char *asks;        /* NULL: no words are needed */
    bool about_disagreement; /* only where the row is about one */
    bool (*run)(struct session *s, const struct act *act, char **cause);
} acts[] = {
    {"a", "Write a comment. Both read it", "Your comment, or Enter for none:", false, do_comment},
    {"A", "Write as a coach. Both read it", "Your words, or Enter for none:", false, do_coach},
    {"R", "Answer what you were asked. Both views stay as they are", "Your answer, or Enter for none:", true,
     do_answer},
    {"C", "Sign it too", NULL, false, do_countersign},
    {"H", "Hand over to another lead", "Who leads from now on? Enter for nobody:", false, do_hand_over},
    {"L", "Write what others can learn", "What can others learn? Enter for nothing:", false, do_lesson},
};
enum { ACTS = sizeof acts / sizeof *acts };

static bool act_on(struct look *look, size_t source, const struct act_kind *kind, const char *id)
{
    struct act act = {.id = id, .name = asked_name(look)};
    char *words = act.name && kind->asks ? ask(look, kind->asks) : NULL, *cause = NULL;
    act.words = words;
    bool done = false;
    struct session *s =
        act.name && (words || !kind->asks)
            ? session_open(collection_at(look->collection, source)->path, RECORD_WRITE, &cause)
            : NULL;
    if (s) {
        done = kind->run(s, &act, &cause);
        if (session_trouble(s))
            prompt_say(&look->p, "%s", session_trouble(s));
        session_close(s);
    }
    if (done) {
        read_again(look, source);
        prompt_say(&look->p, "Saved. Both find it in the record.");
    } else if (cause) {
        look_refused(look, cause);
    } else {
        prompt_say(&look->p, "Nothing was written.");
    }
    free(words);
    return done;
}

static const struct act_kind *act_typed(const char *typed, bool disagreement)
{
    for (size_t i = 0; i < ACTS; i++) {
        if (strcmp(acts[i].word, typed) == 0 && (disagreement || !acts[i].about_disagreement))
            return &acts[i];
    }
    return NULL;
}

static void tell_acts(struct look *look, bool disagreement)
{
    for (size_t i = 0; i < ACTS; i++) {
        if (disagreement || !acts[i].about_disagreement)
            prompt_say(&look->p, "  %s: %s", acts[i].word, acts[i].help);
    }
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
        char *typed = prompt_read(&look->p, "Enter to go back to the rows, or ? for what you can do:");
        const struct act_kind *kind = typed ? act_typed(typed, *detail.id) : NULL;
        stay = typed && *typed && strcmp(typed, "q") != 0;
        if (kind)
            act_on(look, row.source, kind, *detail.id ? detail.id : NULL);
        else if (stay)
            tell_acts(look, *detail.id);
        free(typed);
    }
    detail_release(&detail);
}
