/* The lists that two people fill themselves (a form's repeats): told as a numbered list, opened, added to,
 * put in another order, taken out of; and cards, which are entries about a question.
 *
 * Each command means the list one stands at, or else the entry one is in. What is known of an entry is good
 * only until the next event, so it is looked up by its number anew. */
#include "line/internal.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- which list, which entry ---- */

bool line_at_list(const struct line *l)
{
    return l->at != AT_END && line_question(l)->type == TYPE_REPEAT;
}

/* The list they stand at, or that the question in front is in; -1. */
static int list_here(const struct line *l)
{
    if (l->at == AT_END || line_at_list(l))
        return l->at;
    const struct entry *entry = assessment_entry_of(line_state(l), l->at);
    return entry ? entry->repeat : -1;
}

/* The same for a command about lists; where there is none, that has been said. */
static int list_meant(struct line *l)
{
    int repeat = list_here(l);
    if (repeat < 0)
        prompt_say(&l->p, "This question is in no list that you fill yourselves.");
    return repeat;
}

static const char *list_label(const struct line *l, int repeat)
{
    return words_question(line_state(l), repeat, l->turn, line_language(l, l->turn));
}

static size_t entries_of(const struct line *l, int repeat)
{
    return assessment_entries(line_state(l), repeat);
}

/* “A job” in quotes; "number 2" where nothing is in it yet. */
static char *called(const struct line *l, const struct entry *entry)
{
    char *title = words_entry(line_state(l), entry, l->turn, line_language(l, l->turn));
    char *words = *title ? line_words("“%s”", title)
                         : line_words("number %d", assessment_entry_place(line_state(l), entry));
    free(title);
    return words;
}

/* The first stop in an entry; -1. */
static int first_stop(const struct line *l, const struct entry *entry)
{
    const struct assessment *a = line_state(l);
    int first = walk_next(a, assessment_at(a, assessment_place(a, entry->first) - 1));
    return first >= 0 && walk_within(a, first, entry) ? first : -1;
}

static bool in_list(const struct line *l, int item, int repeat)
{
    const struct entry *entry = assessment_entry_of(line_state(l), item);
    while (entry && entry->repeat != repeat)
        entry = assessment_entry_of(line_state(l), entry->repeat);
    return entry != NULL;
}

/* ---- telling ---- */

/* "A job. Rae has 1 to go. You see 1 thing differently." */
static char *entry_words(const struct line *l, const struct entry *entry)
{
    const struct assessment *a = line_state(l);
    int language = line_language(l, l->turn);
    struct strbuf sb = STRBUF_INIT;
    char *title = words_entry(a, entry, l->turn, language);
    strbuf_add(&sb, *title ? title : "Nothing in it yet");
    line_end_sentence(&sb);
    char *standing = words_entry_standing(a, entry, language), *out = words_entry_out(a, entry, language);
    strbuf_addf(&sb, " %s", standing);
    if (entry->about >= 0) {
        char *about = words_item(a, entry->about, l->turn, language);
        strbuf_addf(&sb, " About: %s", about);
        line_end_sentence(&sb);
        free(about);
    }
    strbuf_addf(&sb, "%s%s", *out ? " " : "", out);
    free(out);
    free(standing);
    free(title);
    return strbuf_detach(&sb);
}

void line_show_list(struct line *l, int repeat)
{
    const struct assessment *a = line_state(l);
    for (size_t i = 0; i < entries_of(l, repeat); i++) {
        char *words = entry_words(l, assessment_entry(a, repeat, i));
        prompt_item(&l->p, i + 1, words);
        free(words);
    }
    char *how_many = words_repeat(a, repeat, line_language(l, l->turn));
    prompt_say(&l->p, "%s", how_many);
    free(how_many);
}

void line_show_where(struct line *l, int item)
{
    const struct assessment *a = line_state(l);
    const struct entry *entry = assessment_entry_of(a, item);
    if (!entry)
        return;
    int language = line_language(l, l->turn);
    char *where = words_where(a, item, l->turn, language);
    char *title = words_entry(a, entry, l->turn, language);
    /* Its own answer is told anyway. */
    bool own = first_stop(l, entry) == item;
    prompt_say(&l->p, "%s%s%s%s.", where, *title && !own ? " (" : "", own ? "" : title,
               *title && !own ? ")" : "");
    free(title);
    free(where);
    if (own && entry->about >= 0) {
        char *about = words_item(a, entry->about, l->turn, language);
        line_say_sentence(l, "This is about: ", about);
        free(about);
    }
}

/* ---- going in ---- */

/* Go into an entry; where nothing is asked in it, stay and say so. */
static void go_into(struct line *l, const struct entry *entry)
{
    int first = walk_entry(line_state(l), entry);
    if (first >= 0)
        line_go(l, first);
    else
        prompt_say(&l->p, "Nothing is asked in it as things stand.");
}

void line_open(struct line *l, const char *typed)
{
    size_t count = entries_of(l, l->at), digits = strspn(typed, "0123456789");
    unsigned long number = digits > 0 && digits < 6 && !typed[digits] ? strtoul(typed, NULL, 10) : 0;
    if (number >= 1 && number <= count)
        go_into(l, assessment_entry(line_state(l), l->at, number - 1));
    else if (count == 0)
        prompt_say(&l->p, "There is nothing to open here yet. a adds one, Enter goes on.");
    else if (count == 1)
        prompt_say(&l->p, "“%s” is not one of the numbers. Type 1 to open it, or ? for help.", typed);
    else
        prompt_say(&l->p, "“%s” is not one of the numbers. Type a number from 1 to %zu, or ? for help.",
                   typed, count);
}

void line_past_list(struct line *l)
{
    const struct assessment *a = line_state(l);
    size_t count = entries_of(l, l->at);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = assessment_entry(a, l->at, i);
        struct walk_progress p = walk_entry_progress(a, entry);
        if (p.done < p.questions) {
            go_into(l, entry);
            return;
        }
    }
    int next = walk_next(a, l->at);
    while (next >= 0 && count && in_list(l, next, l->at))
        next = walk_next(a, next);
    line_go_to(l, next);
}

char *line_list_prompt(const struct line *l)
{
    size_t count = entries_of(l, l->at);
    bool looks = session_read_only(l->s);
    bool room = !looks && count < (size_t)line_question(l)->max_count;
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s, ", line_name(l, l->turn));
    if (count)
        strbuf_add(&sb, "a number to open one, ");
    if (room)
        strbuf_add(&sb, "a to add one, ");
    if (count && !looks)
        strbuf_add(&sb, "x to take one out, ");
    strbuf_add(&sb, "Enter to go on, ? for help:");
    return strbuf_detach(&sb);
}

/* ---- adding ---- */

/* Who adds to a list that is one person's own: that one; else the one whose turn it is. */
static enum who adder(const struct line *l, int repeat)
{
    const struct question *q = assessment_question(line_state(l), repeat);
    return q->asked_of < PARTIES ? q->asked_of : l->turn;
}

/* Add one and go into it; NULL where it may not be, and that has been said. */
static const struct entry *add(struct line *l, int repeat, int about)
{
    char *cause = NULL;
    int number = assessment_next_entry(line_state(l));
    if (!line_done(l, session_add_entry(l->s, adder(l, repeat), repeat, about, &cause), &cause))
        return NULL;
    char *words = line_words("one more in “%s”.", list_label(l, repeat));
    line_say_saved(l, words);
    free(words);
    l->turn = adder(l, repeat);
    l->arrived = true;
    go_into(l, assessment_entry_numbered(line_state(l), number));
    return assessment_entry_numbered(line_state(l), number);
}

void line_add(struct line *l)
{
    int repeat = list_meant(l);
    if (repeat >= 0)
        add(l, repeat, -1);
}

bool line_offer_another(struct line *l, int from, int to)
{
    const struct assessment *a = line_state(l);
    const struct entry *entry = assessment_entry_of(a, from);
    for (; entry && entry->in && !(to >= 0 && walk_within(a, to, entry));
         entry = assessment_entry_of(a, entry->repeat)) {
        int repeat = entry->repeat, about = entry->about;
        size_t count = entries_of(l, repeat);
        if (entry->number == l->card) {
            l->card = 0;
            if (about >= 0 && walk_stops(a, about)) {
                prompt_say(&l->p, "That was all of it. Back to where you were.");
                line_go(l, about);
                return true;
            }
        }
        const struct question *q = assessment_question(a, repeat);
        if ((size_t)assessment_entry_place(a, entry) < count || count >= (size_t)q->max_count ||
            session_read_only(l->s))
            continue;
        char *question =
            line_words("That was all of this one. Another one in “%s”? a for another, Enter to go on:",
                       list_label(l, repeat));
        for (bool again = true; again;) {
            bool stop;
            char *text = line_ask(l, question, "Type a to add one more, or Enter alone to go on.", &stop);
            bool more = text && strcasecmp(text, "a") == 0;
            again = text && !more;
            if (again)
                prompt_say(&l->p, "Type a for another, or Enter alone to go on.");
            free(text);
            if (more || stop) {
                free(question);
                if (more)
                    add(l, repeat, -1);
                return true;
            }
        }
        free(question);
    }
    return false;
}

/* ---- taking out ---- */

/* The number of the entry that a command is about: the one they are in, or the one they pick; 0. */
static int entry_meant(struct line *l, const char *question)
{
    const struct assessment *a = line_state(l);
    int repeat = list_meant(l);
    if (repeat < 0)
        return 0;
    if (!line_at_list(l))
        return assessment_entry_of(a, l->at)->number;
    int count = (int)entries_of(l, repeat);
    if (count == 0)
        prompt_say(&l->p, "There is nothing in this list yet.");
    int picked = count > 1 ? line_pick(l, question, count) : count;
    return picked > 0 ? assessment_entry(a, repeat, (size_t)picked - 1)->number : 0;
}

/* One of them says to take it out. */
static bool say_out(struct line *l, enum who who, int number)
{
    char *cause = NULL;
    return line_done(
        l, session_remove_entry(l->s, who, assessment_entry_numbered(line_state(l), number), &cause), &cause);
}

static const struct entry *still_in(const struct line *l, int number)
{
    const struct entry *entry = assessment_entry_numbered(line_state(l), number);
    return assessment_entry_place(line_state(l), entry) ? entry : NULL;
}

void line_take_out(struct line *l)
{
    int number = entry_meant(l, "Take out which one? A number, or Enter for none:");
    if (!number)
        return;
    const struct entry *entry = assessment_entry_numbered(line_state(l), number);
    int repeat = entry->repeat;
    enum who who = adder(l, repeat), other = who_other(who);
    char *name = called(l, entry);
    char *question =
        line_words("%s, take out %s? What was said in it is kept. y or n:", line_name(l, who), name);
    int yes = entry->out[who] ? 1 : line_yes(l, question);
    free(question);
    if (yes > 0 && !entry->out[who])
        yes = say_out(l, who, number);
    entry = still_in(l, number);
    if (yes > 0 && entry) {
        /* The other has had a part in it: it goes when both say so. */
        question = line_words("%s, do you say so too: take out %s? y or n:", line_name(l, other), name);
        if (line_yes(l, question) > 0)
            say_out(l, other, number);
        else
            prompt_say(&l->p, "Then it stays. It goes when both of you say so.");
        free(question);
    }
    if (!still_in(l, number)) {
        line_say_saved(l, "it is taken out. u takes that back.");
        line_go(l, repeat);
        l->turn = who;
    }
    l->arrived = true;
    free(name);
}

/* ---- moving, and back to the list ---- */

void line_move(struct line *l)
{
    int number = entry_meant(l, "Move which one? A number, or Enter for none:");
    if (!number)
        return;
    const struct assessment *a = line_state(l);
    const struct entry *entry = assessment_entry_numbered(a, number), *before = NULL;
    int repeat = entry->repeat, from = assessment_entry_place(a, entry), most = (int)entries_of(l, repeat);
    if (most < 2) {
        prompt_say(&l->p, "There is only this one in the list.");
        return;
    }
    char *question =
        line_words("To which place, 1 to %d? It is number %d now. Enter to leave it there:", most, from);
    int to = line_pick(l, question, most);
    free(question);
    if (to <= 0 || to == from)
        return;
    int next = to > from ? to : to - 1; /* of the list as it is, counted from 0 */
    if (next < most)
        before = assessment_entry(a, repeat, (size_t)next);
    char *cause = NULL;
    if (line_done(l, session_move_entry(l->s, adder(l, repeat), entry, before, &cause), &cause))
        line_say_saved(l, "it is moved.");
    l->arrived = true;
}

void line_list(struct line *l)
{
    if (line_at_list(l)) {
        const struct entry *outer = assessment_entry_of(line_state(l), l->at);
        line_go(l, outer ? outer->repeat : l->at);
        return;
    }
    int repeat = list_meant(l);
    if (repeat >= 0)
        line_go(l, repeat);
}

/* ---- cards ---- */

/* What can be picked as a card about the question in front: those that are there, then a new one in each list
 * that takes cards. */
struct cards {
    struct line *l;
    struct strbuf words; /* each ended by a newline */
    int count, there;
    int found[2 * FORM_MOST_ENTRIES]; /* entries' numbers, then items of lists */
};

static void cards_add(struct cards *cards, int found, char *words)
{
    if (cards->count < (int)(sizeof cards->found / sizeof *cards->found)) {
        cards->found[cards->count++] = found;
        for (char *c = words; *c; c++)
            *c = *c == '\n' ? ' ' : *c;
        strbuf_addf(&cards->words, "%s\n", words);
    }
    free(words);
}

static struct cards cards_about(struct line *l, int item)
{
    const struct assessment *a = line_state(l);
    struct cards cards = {.l = l, .words = STRBUF_INIT};
    for (int number = 1; number < assessment_next_entry(a); number++) {
        const struct entry *entry = assessment_entry_numbered(a, number);
        if (entry->about != item || !entry->in || first_stop(l, entry) < 0)
            continue;
        char *name = called(l, entry);
        cards_add(&cards, number, line_words("%s: %s", list_label(l, entry->repeat), name));
        free(name);
    }
    cards.there = cards.count;
    for (int place = 0; place < assessment_count(a); place++) {
        int repeat = assessment_at(a, place);
        const struct question *q = assessment_question(a, repeat);
        if (q->type == TYPE_REPEAT && q->attachable && walk_stops(a, repeat) &&
            entries_of(l, repeat) < (size_t)q->max_count && !session_read_only(l->s))
            cards_add(&cards, repeat, line_words("%s: a new one", list_label(l, repeat)));
    }
    return cards;
}

void line_show_cards(struct line *l, int item)
{
    struct cards cards = cards_about(l, item);
    char *rest = cards.words.text;
    for (int i = 0; i < cards.there; i++)
        prompt_say(&l->p, "About this: %s.", strsep(&rest, "\n"));
    strbuf_release(&cards.words);
}

/* Either the form has no cards, or as many are written as it takes. */
static void say_no_card(struct line *l)
{
    const struct assessment *a = line_state(l);
    for (int place = 0; place < assessment_count(a); place++) {
        int repeat = assessment_at(a, place);
        const struct question *q = assessment_question(a, repeat);
        if (q->type != TYPE_REPEAT || !q->attachable || !walk_stops(a, repeat) || session_read_only(l->s))
            continue;
        prompt_say(&l->p, "“%s” has %zu already, and no more fit.", list_label(l, repeat),
                   entries_of(l, repeat));
        return;
    }
    prompt_say(&l->p, "No card can be written about this question.");
}

void line_card(struct line *l)
{
    struct cards cards = cards_about(l, l->at);
    char *rest = cards.words.text;
    int picked = cards.count == 1 ? 1 : 0;
    for (int i = 0; i < cards.count && cards.count > 1; i++)
        prompt_item(&l->p, (size_t)i + 1, strsep(&rest, "\n"));
    if (cards.count > 1)
        picked = line_pick(l, "Which one? A number, or Enter for none:", cards.count);
    if (cards.count == 0)
        say_no_card(l);
    const struct entry *entry = NULL;
    if (picked > cards.there)
        entry = add(l, cards.found[picked - 1], l->at);
    else if (picked > 0)
        entry = assessment_entry_numbered(line_state(l), cards.found[picked - 1]);
    if (picked > 0 && picked <= cards.there)
        go_into(l, entry);
    if (entry)
        l->card = entry->number;
    strbuf_release(&cards.words);
}
