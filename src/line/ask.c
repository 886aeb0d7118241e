/* Small questions (words, one of a list, yes or no), and the answers to the form's: one row of behaviour for
 * each type of question. */
#include "line/internal.h"

#include "assessment/answer.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/typed.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- small questions ---- */

char *line_ask(struct line *l, const char *question, const char *help, bool *stop)
{
    *stop = false;
    for (;;) {
        char *typed = l->leaving ? NULL : prompt_read(&l->p, question);
        if (!typed) {
            *stop = true;
            return NULL;
        }
        if (strcmp(typed, "?") == 0) {
            prompt_say(&l->p, "%s b goes back, q leaves. To write just b, q or ?, put it in quotes: \"b\".",
                       help);
            free(typed);
            continue;
        }
        *stop = strcasecmp(typed, "b") == 0 || strcasecmp(typed, "q") == 0;
        if (strcasecmp(typed, "q") == 0)
            l->leaving = true;
        char *text = line_plain(typed);
        free(typed);
        if (!*stop && *text)
            return text;
        free(text);
        return NULL;
    }
}

/* A whole number and nothing else; -1. */
static int number_typed(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 6 && !text[digits] ? (int)strtol(text, NULL, 10) : -1;
}

int line_pick(struct line *l, const char *question, int most)
{
    char *help = most == 1 ? xstrdup("Type 1, or Enter alone for none.")
                           : line_words("Type a number from 1 to %d, or Enter alone for none.", most);
    int number;
    bool again;
    do {
        bool stop;
        char *text = line_ask(l, question, help, &stop);
        number = stop ? -1 : text ? number_typed(text) : 0;
        again = !stop && text && (number < 1 || number > most);
        if (again)
            prompt_say(&l->p, "%s", help);
        free(text);
    } while (again);
    free(help);
    return number;
}

int line_yes(struct line *l, const char *question)
{
    for (;;) {
        bool stop;
        char *text = line_ask(l, question, "Type y for yes or n for no.", &stop);
        if (stop)
            return -1;
        bool yes = text && (strcasecmp(text, "y") == 0 || strcasecmp(text, "yes") == 0);
        bool no = !text || strcasecmp(text, "n") == 0 || strcasecmp(text, "no") == 0;
        free(text);
        if (yes || no)
            return yes;
        prompt_say(&l->p, "Please type y for yes or n for no.");
    }
}

/* ---- the types of answer ---- */

/* A choice that can be picked now, by its number in the list; NULL. */
static const struct choice *offered(const struct line *l, int item, enum who who, int number)
{
    const struct question *q = assessment_question(line_state(l), item);
    for (size_t i = 0; i < q->choices->count; i++) {
        if (assessment_offers(line_state(l), item, who, &q->choices->choices[i]) && --number == 0)
            return &q->choices->choices[i];
    }
    return NULL;
}

static int offers(const struct line *l, int item, enum who who)
{
    int count = 0;
    while (offered(l, item, who, count + 1))
        count++;
    return count;
}

/* One of the list: what is typed for it, a blank, its words on one line. */
static void list_item(struct strbuf *sb, const char *typed, const char *label)
{
    strbuf_addf(sb, "%s ", typed);
    size_t start = sb->length;
    strbuf_add(sb, label);
    for (size_t i = start; i < sb->length; i++) {
        if (sb->text[i] == '\n')
            sb->text[i] = ' ';
    }
    strbuf_addch(sb, '\n');
}

static void list_choices(const struct line *l, int item, enum who who, struct strbuf *sb)
{
    const struct choice *choice;
    for (int i = 1; (choice = offered(l, item, who, i)); i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", i);
        const char *label = assessment_text(line_state(l), item, choice->label, who, line_language(l, who));
        list_item(sb, number, *label ? label : choice->name);
    }
}

static void list_labels(const struct line *l, int item, enum who who, struct strbuf *sb)
{
    const struct question *q = assessment_question(line_state(l), item);
    for (size_t i = 0; q->scale && i < q->scale->label_count; i++) {
        char *number = number_words(q->scale->label_values[i]);
        list_item(sb, number,
                  assessment_text(line_state(l), item, q->scale->labels[i], who, line_language(l, who)));
        free(number);
    }
}

static char *way_text(const struct line *l, int item, enum who who)
{
    (void)who;
    return xstrdup(assessment_question(line_state(l), item)->rows > 1
                       ? "your words, a line with a single . after them"
                       : "your words");
}

static char *way_number(const struct line *l, int item, enum who who)
{
    (void)who;
    const struct question *q = assessment_question(line_state(l), item);
    const struct scale *s = q->scale;
    const char *kind = q->type == TYPE_DECIMAL ? "a number" : "a whole number";
    if (q->type == TYPE_RANGE)
        kind = "a number";
    char *min = s && s->has_min ? number_words(s->min) : NULL,
         *max = s && s->has_max ? number_words(s->max) : NULL, *words;
    if (min && max)
        words = line_words("%s from %s to %s", kind, min, max);
    else if (min || max)
        words = line_words("%s of %s or %s", kind, min ? min : max, min ? "more" : "less");
    else
        words = xstrdup(kind);
    free(min);
    free(max);
    return words;
}

/* Where the form's choice_filter offers none. */
static const char nothing_offered[] = "nothing to pick from yet (it hangs on another answer)";

static char *way_one(const struct line *l, int item, enum who who)
{
    if (offers(l, item, who) == 0)
        return xstrdup(nothing_offered);
    return line_words("a number from 1 to %d", offers(l, item, who));
}

static char *way_several(const struct line *l, int item, enum who who)
{
    if (offers(l, item, who) == 0)
        return xstrdup(nothing_offered);
    return line_words("one or more numbers from 1 to %d, blanks between", offers(l, item, who));
}

static char *way_order(const struct line *l, int item, enum who who)
{
    int count = offers(l, item, who);
    if (count == 0)
        return xstrdup(nothing_offered);
    return line_words("the numbers 1 to %d in your order, the first one first", count);
}

static char *way_time(const struct line *l, int item, enum who who)
{
    (void)l, (void)item, (void)who;
    return xstrdup("a time like 14:30 or 2.30pm");
}

static char *way_moment(const struct line *l, int item, enum who who)
{
    (void)l, (void)item, (void)who;
    return xstrdup("a day and a time like 30/11/2026 14:30");
}

static char *way_date(const struct line *l, int item, enum who who)
{
    (void)l, (void)item, (void)who;
    return xstrdup("a day like 2026-11-30 or 30/11/2026");
}

static char *way_yes(const struct line *l, int item, enum who who)
{
    (void)l, (void)item, (void)who;
    return xstrdup("y for yes");
}

/* More lines up to one with a single full stop. */
static json_t *read_text(struct line *l, int item, enum who who, const char *typed, char **cause)
{
    (void)who, (void)cause;
    struct strbuf sb = STRBUF_INIT;
    bool whole = assessment_question(line_state(l), item)->rows <= 1;
    if (!whole && strcmp(typed, ".") == 0) {
        cause_set(cause, "Nothing was written, so nothing is saved.");
        return NULL;
    }
    strbuf_add(&sb, typed);
    while (!whole) {
        char *more = prompt_read(&l->p, "more, or a single . to end:");
        if (!more)
            break;
        whole = strcmp(more, ".") == 0;
        if (!whole) {
            strbuf_addch(&sb, '\n');
            strbuf_add(&sb, strcmp(more, "\".\"") == 0 ? "." : more);
        }
        free(more);
    }
    if (!whole)
        cause_set(cause, "The text was not ended, so it was not taken.");
    json_t *value = whole ? json_string(sb.text) : NULL;
    strbuf_release(&sb);
    return value;
}

/* What the screens' fields take too: numbers, days and times. */
static json_t *read_field(struct line *l, int item, enum who who, const char *typed, char **cause)
{
    (void)who;
    return typed_answer(assessment_question(line_state(l), item), typed, cause);
}

static bool some_ask_words(const struct question *q)
{
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        if (q->choices->choices[i].other)
            return true;
    }
    return false;
}

/* A choice that asks for words without them: what are they? Hidden, it is asked whatever was picked. NULL
 * where they leave it. */
static json_t *ask_words(struct line *l, int item, enum who who, json_t *value, char **cause)
{
    const struct question *q = assessment_question(line_state(l), item);
    const struct choice *choice = typed_lacks_words(q, value);
    bool stop, hides = line_hides(l);
    if (!choice && (!hides || !some_ask_words(q)))
        return value;
    char *question = hides ? xstrdup("If you picked one that wants words, type them now. Else only Enter:")
                           : line_words("%s, please say:", assessment_text(line_state(l), item, choice->label,
                                                                           who, line_language(l, who)));
    char *words = line_ask(l, question, "Say it in your own words.", &stop);
    json_t *said = !choice ? json_incref(value) : words ? typed_with_words(q, value, words) : NULL;
    if (!said)
        cause_set(cause, "Nothing was written, so this was not taken.");
    json_decref(value);
    free(question);
    free(words);
    return said;
}

static json_t *read_choices(struct line *l, int item, enum who who, const char *typed, char **cause)
{
    const struct question *q = assessment_question(line_state(l), item);
    const struct choice **all = xcalloc(q->choices->count, sizeof *all), *choice;
    size_t count = 0;
    while ((choice = offered(l, item, who, (int)count + 1)))
        all[count++] = choice;
    json_t *value = typed_choices(q, all, count, typed, cause);
    free(all);
    return value ? ask_words(l, item, who, value, cause) : NULL;
}

char *line_read_day(struct line *l, const char *typed)
{
    char text[DATE_TEXT];
    if (typed_day(typed, text))
        return xstrdup(text);
    prompt_say(&l->p, "“%s” is not a day. Type it like this: 30/11/2026.", typed);
    return NULL;
}

static json_t *read_yes(struct line *l, int item, enum who who, const char *typed, char **cause)
{
    (void)l, (void)item, (void)who;
    if (strcasecmp(typed, "y") == 0 || strcasecmp(typed, "yes") == 0 || strcmp(typed, "1") == 0)
        return json_true();
    cause_set(cause, "Type y for yes. If it is not yes, leave it: Enter alone goes on.");
    return NULL;
}

static const struct asking {
    void (*list)(const struct line *l, int item, enum who who, struct strbuf *sb);
    char *(*way)(const struct line *l, int item, enum who who);
    json_t *(*read)(struct line *l, int item, enum who who, const char *typed, char **cause);
} askings[] = {
    [TYPE_TEXT] = {NULL, way_text, read_text},
    [TYPE_INTEGER] = {list_labels, way_number, read_field},
    [TYPE_DECIMAL] = {list_labels, way_number, read_field},
    [TYPE_RANGE] = {list_labels, way_number, read_field},
    [TYPE_SELECT_ONE] = {list_choices, way_one, read_choices},
    [TYPE_SELECT_MULTIPLE] = {list_choices, way_several, read_choices},
    [TYPE_RANK] = {list_choices, way_order, read_choices},
    [TYPE_DATE] = {NULL, way_date, read_field},
    [TYPE_TIME] = {NULL, way_time, read_field},
    [TYPE_DATE_TIME] = {NULL, way_moment, read_field},
    [TYPE_ACKNOWLEDGE] = {NULL, way_yes, read_yes},
    [TYPE_NOTE] = {NULL, NULL, NULL},
    [TYPE_CALCULATE] = {NULL, NULL, NULL},
    [TYPE_GROUP] = {NULL, NULL, NULL},
    [TYPE_REPEAT] = {NULL, NULL, NULL},
};

bool line_hides(const struct line *l)
{
    const struct question *q = line_question(l);
    bool own = q && l->private[l->turn] && session_may_hide(l->s, l->turn, l->at, NULL);
    return q && question_is_answered(q) && !session_read_only(l->s) &&
           (own || !assessment_revealed(line_state(l), l->at));
}

void line_list_answers(struct line *l, int question, enum who who)
{
    const struct question *q = assessment_question(session_assessment(l->s), question);
    struct strbuf sb = STRBUF_INIT;
    if (askings[q->type].list)
        askings[q->type].list(l, question, who, &sb);
    if (l->listed && strcmp(l->listed, sb.text) == 0) {
        strbuf_release(&sb);
        return;
    }
    free(l->listed);
    l->listed = xstrdup(sb.text);
    char *rest = sb.text;
    for (char *item; sb.length && (item = strsep(&rest, "\n"));) {
        size_t digits = strcspn(item, " ");
        char mark[48];
        if (!item[0])
            continue;
        snprintf(mark, sizeof mark, "%4.*s. ", (int)(digits < 40 ? digits : 40), item);
        prompt_put(&l->p, mark, item[digits] ? item + digits + 1 : "");
    }
    strbuf_release(&sb);
}

char *line_way_to_answer(const struct line *l, int question, enum who who)
{
    const struct question *q = assessment_question(session_assessment(l->s), question);
    return askings[q->type].way ? askings[q->type].way(l, question, who) : xstrdup("nothing");
}

/* Does what is said about a wrong answer say how to type it already? */
static bool says_how(const struct question *q)
{
    return q->type == TYPE_DATE || q->type == TYPE_TIME || q->type == TYPE_DATE_TIME ||
           q->type == TYPE_ACKNOWLEDGE;
}

static void say_not_taken(struct line *l)
{
    char *words = session_not_taken(l->s, l->turn, l->at);
    prompt_say(&l->p, "%s", words);
    free(words);
}

json_t *line_read_answer(struct line *l, int question, enum who who, const char *typed)
{
    const struct question *q = assessment_question(session_assessment(l->s), question);
    char *cause = NULL;
    bool hides = line_hides(l); /* then why not would tell */
    json_t *value = askings[q->type].read ? askings[q->type].read(l, question, who, typed, &cause) : NULL;
    if (value && hides && !assessment_fits(line_state(l), question, who, value, NULL)) {
        say_not_taken(l);
        json_decref(value);
        value = NULL;
    } else if (!value && hides && cause) {
        say_not_taken(l);
    } else if (value && !assessment_fits(line_state(l), question, who, value, &cause)) {
        prompt_say(&l->p, "%s", cause);
        json_decref(value);
        value = NULL;
    } else if (!value) {
        char *way = line_way_to_answer(l, question, who);
        prompt_say(&l->p, "%s", cause ? cause : "There is nothing to answer here. Enter goes on.");
        if (cause && !l->p.ended && !says_how(q))
            prompt_say(&l->p, "Type %s.", way);
        free(way);
    }
    free(cause);
    return value;
}

/* ---- giving an answer ---- */

char *line_ask_reason(struct line *l, enum who who, bool *stop)
{
    char *question = line_words("%s, why? Enter to leave out:", line_name(l, who));
    char *because = line_ask(l, question, "Say why, in your own words.", stop);
    free(question);
    return because;
}

bool line_answer_again(struct line *l, enum who who, const char *because, const char *evidence)
{
    const struct answer *answer = assessment_answer(line_state(l), l->at, who);
    char *cause = NULL;
    if (!answer->value && line_hides(l) && because) /* skipped, which nobody sees yet */
        return line_done(l, session_decline_hidden(l->s, who, l->at, answer->missing, because, &cause),
                         &cause);
    if (!answer->value)
        return line_hides(l);
    json_t *value = json_deep_copy(answer->value);
    return line_done(l,
                     session_answer(l->s, who, l->at, value, because ? because : answer->because,
                                    evidence ? evidence : evidence_names[answer->evidence], &cause),
                     &cause);
}

int line_ask_evidence(struct line *l)
{
    for (int i = EVIDENCE_SAW; evidence_names[i]; i++)
        prompt_item(&l->p, (size_t)i, words_evidence((enum evidence)i));
    char *question = line_words("%s, how do you know? Enter to leave out:", line_name(l, l->turn));
    int picked = line_pick(l, question, EVIDENCE_UNCHECKED);
    free(question);
    return picked;
}

void line_both_confirm(struct line *l)
{
    if (!line_say_back(l))
        return;
    for (int i = 0; i < PARTIES; i++) {
        const struct proposal *p = assessment_together(line_state(l), l->at);
        enum who who = i ? who_other(assessment_left(line_state(l))) : assessment_left(line_state(l));
        if (!p->seq || p->confirmed[who])
            continue;
        char *value = words_value(line_state(l), l->at, p->value, line_language(l, who));
        char *question = line_words("%s, do you say yes to this: %s? y or n:", line_name(l, who), value);
        int yes = line_yes(l, question);
        free(question);
        free(value);
        if (yes <= 0) {
            prompt_say(&l->p, "Then it stays open. You can put forward another answer.");
            return;
        }
        if (!line_do(l, json_pack("{s:s, s:s, s:s}", "by", who_names[who], "event", "confirmed", "question",
                                  assessment_path(line_state(l), l->at))))
            return;
    }
    line_say_saved(l, "This is your answer together.");
    line_go_on(l);
}

static void put_forward(struct line *l, json_t *value, const char *because)
{
    json_t *intent = json_pack("{s:s, s:s, s:s, s:o}", "by", who_names[l->turn], "event", "proposed",
                               "question", assessment_path(line_state(l), l->at), "value", value);
    json_object_set_new(intent, "passed", json_true()); /* the warning, if there is one, was read */
    if (because)
        json_object_set_new(intent, "because", json_string(because));
    if (line_do(l, intent))
        line_both_confirm(l);
}

/* May it be the answer? Asked before a reason is asked for; where not, why not has been said. */
static bool may_answer(struct line *l, json_t *value)
{
    const struct question *q = line_question(l);
    char *cause = NULL;
    json_t *intent = json_pack("{s:s, s:s, s:s, s:O, s:b}", "by", who_names[l->turn], "event",
                               q->asked_of == TOGETHER ? "proposed" : "answered", "question",
                               assessment_path(line_state(l), l->at), "value", value, "passed", 1);
    bool may = session_may(l->s, intent, &cause);
    json_decref(intent);
    if (!may && line_hides(l)) {
        free(cause);
        say_not_taken(l);
        return false;
    }
    return may || line_done(l, false, &cause);
}

/* What the question's warning asks back is read, and Enter keeps the answer. */
static bool keep_it(struct line *l, const json_t *value)
{
    char *warning = line_hides(l) ? session_hidden_warning(l->s, l->turn, l->at)
                                  : session_warning(l->s, l->turn, l->at, value);
    if (!warning)
        return true;
    bool stop = false;
    line_say_sentence(l, "", warning);
    char *text = line_ask(l, "Enter keeps your answer. n: answer again.",
                          "Press Enter alone to keep it. Type n to answer again.", &stop);
    bool keep = !text && !stop && !l->p.ended;
    free(text);
    free(warning);
    return keep;
}

void line_answer(struct line *l, const char *typed)
{
    if (line_question(l)->read_only)
        prompt_say(&l->p, "This is only shown. Enter goes on.");
    json_t *value = line_question(l)->read_only ? NULL : line_read_answer(l, l->at, l->turn, typed);
    if (value)
        line_take(l, value);
}

void line_take(struct line *l, json_t *value)
{
    const struct question *q = line_question(l);
    char *because = NULL, *cause = NULL;
    bool stop = false, hides = line_hides(l);
    int evidence = 0;
    if (!may_answer(l, value)) {
        json_decref(value);
        return;
    }
    if (!keep_it(l, value)) {
        prompt_say(&l->p, "This answer was not saved.");
        json_decref(value);
        return;
    }
    if (q->because == BECAUSE_ALWAYS)
        because = line_ask_reason(l, l->turn, &stop);
    if (q->evidence && !stop && q->asked_of != TOGETHER) {
        evidence = line_ask_evidence(l);
        stop = evidence < 0;
    }
    /* They go, or the line goes dead: what they had answered is kept. Going back takes it back. */
    if (stop && !l->leaving && !l->p.ended) {
        prompt_say(&l->p, "This answer was not saved.");
        json_decref(value);
    } else if (q->asked_of == TOGETHER) {
        put_forward(l, value, because);
    } else if (line_done(l,
                         (l->private[l->turn] ? session_answer_hidden : session_answer_passed)(
                             l->s, l->turn, l->at, value, because,
                             evidence_names[evidence > 0 ? evidence : 0], &cause),
                         &cause)) {
        char *words =
            hides ? xstrdup("") : words_answer(line_state(l), l->at, l->turn, line_language(l, l->turn));
        line_say_saved(l, words);
        free(words);
        l->p.hidden = false;
        l->veiled = hides;
        line_go_on(l);
    }
    free(because);
}

bool line_skip_hidden(struct line *l, const char *typed)
{
    if (!line_hides(l) || (typed[0] | ' ') != 's' || typed[1] < '1' || typed[1] > '3' || typed[2])
        return false;
    const struct question *q = line_question(l);
    bool stop = false;
    char *cause = NULL, *because = NULL;
    int evidence = 0;
    /* The same is asked as of an answer. */
    if (some_ask_words(q))
        free(line_ask(l, "If you picked one that wants words, type them now. Else only Enter:",
                      "Say it in your own words.", &stop));
    if (!keep_it(l, NULL)) {
        prompt_say(&l->p, "This answer was not saved.");
        return true;
    }
    if (q->because == BECAUSE_ALWAYS)
        because = line_ask_reason(l, l->turn, &stop);
    if (q->evidence && !stop)
        evidence = line_ask_evidence(l);
    if ((stop || evidence < 0) && !l->leaving && !l->p.ended) {
        prompt_say(&l->p, "This answer was not saved.");
    } else if (line_done(l,
                         session_decline_hidden(l->s, l->turn, l->at, (enum missing)(typed[1] - '0'), because,
                                                &cause),
                         &cause)) {
        line_say_saved(l, "");
        l->p.hidden = false;
        l->veiled = true;
        line_go_on(l);
    }
    free(because);
    return true;
}
