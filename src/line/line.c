/* Line mode's loop: tell the question, read a line, do what it says. A line is a command from the one table
 * of requests, or else the answer of the one whose turn it is. */
#include "line/line.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "line/internal.h"
#include "session/request.h"
#include "session/preview.h"
#include "session/sitting.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- shorthands ---- */

int line_language(const struct line *l, enum who who)
{
    return l->language[who < PARTIES ? who : l->turn];
}

void line_say_saved(struct line *l, const char *what)
{
    prompt_say(&l->p, "%s%s%s", session_trouble(l->s) ? "Not saved yet" : "Saved", *what ? ": " : ".", what);
}

void line_end_sentence(struct strbuf *sb)
{
    strbuf_add(sb, words_stop(sb->text));
}

void line_say_sentence(struct line *l, const char *before, const char *sentence)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s%s", before, sentence);
    line_end_sentence(&sb);
    prompt_say(&l->p, "%s", sb.text);
    strbuf_release(&sb);
}

const char *line_name(const struct line *l, enum who who)
{
    return assessment_name(line_state(l), who, line_language(l, who));
}

enum who line_at_side(const struct line *l, int side)
{
    enum who left = assessment_left(line_state(l));
    return side ? who_other(left) : left;
}

const struct question *line_question(const struct line *l)
{
    return l->at == AT_END ? NULL : assessment_question(session_assessment(l->s), l->at);
}

static void say_trouble(struct line *l)
{
    if (session_trouble(l->s))
        prompt_say(&l->p, "%s", session_trouble(l->s));
}

static void say_read_only(struct line *l)
{
    prompt_say(&l->p, "You can look, but not write: %s", session_read_only(l->s));
}

bool line_done(struct line *l, bool done, char **cause)
{
    if (!done)
        prompt_say(&l->p, "%s", *cause ? *cause : "That could not be done.");
    free(*cause);
    *cause = NULL;
    say_trouble(l);
    return done;
}

bool line_do(struct line *l, json_t *intent)
{
    char *cause = NULL;
    return line_done(l, session_do(l->s, intent, &cause), &cause);
}

/* ---- going ---- */

static bool waits_for(const struct line *l, enum who who)
{
    return l->at != AT_END && assessment_waits_for(line_state(l), l->at, who);
}

static bool may_have_turn(const struct line *l, enum who who)
{
    const struct question *q = line_question(l);
    bool for_one = q && (question_is_answered(q) || q->type == TYPE_REPEAT) && q->asked_of < PARTIES;
    return !for_one || q->asked_of == who;
}

void line_go(struct line *l, int question)
{
    if (l->at != question)
        l->private[PRACTITIONER] = l->private[SERVICE_USER] = l->veiled = false;
    l->at = question;
    l->arrived = true;
    free(l->listed);
    l->listed = NULL;
    enum who other = who_other(l->turn);
    if (!may_have_turn(l, l->turn) || (!waits_for(l, l->turn) && waits_for(l, other)))
        l->turn = other;
}

void line_go_to(struct line *l, int next)
{
    if (!line_offer_another(l, l->at, next) && !l->leaving && !l->p.ended)
        line_go(l, next);
}

static void go_next(struct line *l)
{
    if (l->at != AT_END) {
        line_go_to(l, walk_next_today(line_state(l), l->at));
        return;
    }
    int waiting = walk_waiting(line_state(l), -1);
    if (waiting >= 0)
        line_go(l, waiting);
    else
        prompt_say(&l->p, "Nothing waits for an answer.");
}

static void go_back(struct line *l)
{
    int previous = walk_previous(line_state(l), l->at == AT_END ? WALK_END : l->at);
    if (previous >= 0)
        line_go(l, previous);
    else
        prompt_say(&l->p, "This is the first question.");
}

static void pass(struct line *l)
{
    enum who other = who_other(l->turn);
    if (may_have_turn(l, other)) {
        l->turn = other;
    } else {
        char *why = words_not_asked(line_state(l), l->at, other, line_language(l, l->turn));
        prompt_say(&l->p, "%s", why);
        free(why);
    }
}

/* The disagreement about the question they are at, if it is not settled. */
static const struct disagreement *live_here(const struct line *l)
{
    const struct disagreement *d =
        l->at == AT_END ? NULL : assessment_disagreement_about(line_state(l), l->at);
    return d && disagreement_is_live(d) ? d : NULL;
}

static void talk_here(struct line *l)
{
    const struct disagreement *d =
        l->at == AT_END ? NULL : assessment_disagreement_about(line_state(l), l->at);
    if (d)
        line_talk(l, d->id);
    else
        prompt_say(&l->p, "There is nothing to settle here. r says that you see something differently.");
}

/* The two differ: each may say why, then they talk now or later. */
static void when_differing(struct line *l, const struct disagreement *d)
{
    const struct question *q = line_question(l);
    char id[sizeof d->id];
    memcpy(id, d->id, sizeof id);
    bool stop = false;
    bool ask =
        q->because == BECAUSE_WHEN_DIFFERING && assessment_standing(line_state(l), l->at) == STANDING_DIFFER;
    for (int i = 0; i < PARTIES && !stop && ask; i++) {
        enum who who = i ? who_other(assessment_left(line_state(l))) : assessment_left(line_state(l));
        const struct answer *answer = assessment_answer(line_state(l), l->at, who);
        if (!answer->value || answer->because)
            continue;
        char *because = line_ask_reason(l, who, &stop);
        if (because && line_answer_again(l, who, because, NULL))
            line_say_saved(l, "");
        free(because);
    }
    if (!stop && line_yes(l, "Talk about it now? y for now, n for later:") > 0)
        line_talk(l, id);
}

void line_go_on(struct line *l)
{
    enum who other = who_other(l->turn);
    if (waits_for(l, other) && line_question(l)->asked_of != TOGETHER) {
        l->turn = other;
        return;
    }
    const struct question *q = line_question(l);
    bool both = q && q->asked_of == ASKED_OF_BOTH && !waits_for(l, l->turn);
    if (both && l->veiled)
        line_show_answers(l, l->at);
    int here = l->at;
    const struct disagreement *d = live_here(l);
    if (both && !(d && d->proposal.seq))
        line_show_standing(l, l->at);
    if (d && d->proposal.seq)
        line_talk(l, d->id);
    else if (d)
        when_differing(l, d);
    if (!l->leaving && !l->p.ended && l->at == here)
        go_next(l);
}

char *line_initial(const struct line *l, json_t **value)
{
    const struct question *q = line_question(l);
    /* Of what is hidden, Enter alone would tell that it is that one. */
    bool starts =
        q && !line_hides(l) && waits_for(l, l->turn) && question_is_answered(q) && q->asked_of != TOGETHER;
    json_t *initial = starts ? assessment_initial(line_state(l), l->at, l->turn) : NULL;
    char *words = initial ? words_value(line_state(l), l->at, initial, line_language(l, l->turn)) : NULL;
    if (value)
        *value = initial;
    else
        json_decref(initial);
    return words;
}

/* Enter alone. */
static void accept(struct line *l)
{
    const struct question *q = line_question(l);
    const struct disagreement *d = live_here(l);
    if (session_read_only(l->s)) {
        go_next(l);
        return;
    }
    if (line_at_list(l)) {
        line_past_list(l);
        return;
    }
    if (d && d->proposal.seq) {
        line_talk(l, d->id);
        return;
    }
    if (q && q->asked_of == TOGETHER && assessment_together(line_state(l), l->at)->seq) {
        line_both_confirm(l);
        return;
    }
    json_t *initial = NULL;
    char *words = line_initial(l, &initial);
    free(words);
    if (initial) {
        line_take(l, initial);
        return;
    }
    go_next(l);
}

/* ---- commands ---- */

static void help(struct line *l);

static void leave(struct line *l)
{
    l->leaving = true;
}

enum {
    HERE = 1,   /* is about the question they are at */
    WRITES = 2, /* has nothing to do where one can only look */
    SECRET = 4, /* what is typed for it would tell an answer that is to be seen together */
};

static const struct command {
    enum request request;
    void (*run)(struct line *l);
    unsigned flags;
    const char *help; /* where it is another than on the screen; else NULL */
} commands[] = {
    {REQUEST_HELP, help, 0, "This help"},
    {REQUEST_NEXT, go_next, 0, NULL},
    {REQUEST_PREVIOUS, go_back, 0, NULL},
    {REQUEST_PASS, pass, 0, "Pass to the other person"},
    {REQUEST_SKIP, line_skip, HERE | WRITES | SECRET, NULL},
    {REQUEST_REASON, line_reason, HERE | WRITES | SECRET, NULL},
    {REQUEST_EVIDENCE, line_evidence, HERE | WRITES | SECRET, NULL},
    {REQUEST_GUIDANCE, line_guidance, HERE, NULL},
    {REQUEST_NOTE, line_note, HERE | WRITES, NULL},
    {REQUEST_COME_BACK, line_come_back, HERE | WRITES, NULL},
    {REQUEST_TALK, talk_here, HERE, NULL},
    {REQUEST_RAISE, line_raise, WRITES, NULL},
    {REQUEST_BESIDE, line_beside, HERE | WRITES, NULL},
    {REQUEST_PRIVATE, line_hide, HERE | WRITES, NULL},
    {REQUEST_ADD, line_add, HERE | WRITES, NULL},
    {REQUEST_TAKE_OUT, line_take_out, HERE | WRITES, NULL},
    {REQUEST_MOVE, line_move, HERE | WRITES, NULL},
    {REQUEST_LIST, line_list, HERE, NULL},
    {REQUEST_CARD, line_card, HERE, NULL},
    {REQUEST_DIFFERENCES, line_differences, 0, NULL},
    {REQUEST_OVERVIEW, line_overview, 0, NULL},
    {REQUEST_PLAN, line_plan, 0, NULL},
    {REQUEST_SERVICES, line_services, 0, NULL},
    {REQUEST_DISTANCE, line_distance, 0, NULL},
    {REQUEST_CYCLE, line_cycle, 0, NULL},
    {REQUEST_COMPLETE, line_complete, 0, NULL},
    {REQUEST_TIMELINE, line_timeline, 0, NULL},
    {REQUEST_PROMISES, line_promises, 0, NULL},
    {REQUEST_SEARCH, line_search, 0, NULL},
    {REQUEST_KEPT, line_kept, HERE, "All that is kept about this question"},
    {REQUEST_RECORD, line_record, 0, NULL},
    {REQUEST_UNDO, line_undo, WRITES, NULL},
    {REQUEST_REDO, line_redo, WRITES, NULL},
    {REQUEST_PEOPLE, line_people, WRITES, NULL},
    {REQUEST_CLOSE, line_close, WRITES, NULL},
    {REQUEST_LANGUAGE, line_language_of, 0, "Change the language for the one whose turn it is"},
    {REQUEST_SIGN, line_sign, 0, NULL},
    {REQUEST_COPY, line_copy, 0, NULL},
    {REQUEST_LOCK, line_lock, 0, NULL},
    {REQUEST_LEAVE, leave, 0, NULL},
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static const struct command *command_of(const char *word)
{
    for (size_t i = 0; i < COMMANDS; i++) {
        if (strcasecmp(request_table[commands[i].request].word, word) == 0)
            return &commands[i];
    }
    return NULL;
}

/* Is this a word that line mode takes as a command? */
static bool line_is_command(const char *word)
{
    return command_of(word) != NULL;
}

static void help(struct line *l)
{
    const struct question *q = line_question(l);
    if (q && question_is_answered(q) && !q->read_only) {
        char *way = line_way_to_answer(l, l->at, l->turn);
        char *initial = line_initial(l, NULL);
        prompt_say(&l->p, "To answer, type %s, then Enter.", way);
        if (initial)
            prompt_say(&l->p, "Enter alone answers: %s. f goes on without.", initial);
        else
            prompt_say(&l->p, "Enter alone goes on to the next question.");
        free(initial);
        free(way);
    } else {
        prompt_say(&l->p, "Enter alone goes on to the next question.");
    }
    if (line_at_list(l))
        prompt_say(&l->p, "This is a list that you fill yourselves. Its number opens one of them.");
    prompt_say(&l->p, "Or type one of these:");
    for (size_t i = 0; i < COMMANDS; i++) {
        const struct request_info *info = &request_table[commands[i].request];
        char mark[24];
        snprintf(mark, sizeof mark, "  %-8s ", info->word);
        prompt_put(&l->p, mark, commands[i].help ? commands[i].help : info->help);
    }
    prompt_say(&l->p, "To write one of these words as your answer, put it in quotes: \"b\".");
    prompt_say(&l->p, "In all other places, b goes back and q leaves.");
}

char *line_plain(const char *typed)
{
    static const char blanks[] = " \t";
    typed += strspn(typed, blanks);
    char *text = xstrdup(typed);
    size_t length = strlen(text);
    while (length && strchr(blanks, text[length - 1]))
        text[--length] = '\0';
    if (length > 2 && text[0] == '"' && text[length - 1] == '"') {
        char *inside = xstrndup(text + 1, length - 2);
        if (line_is_command(inside) || strcmp(inside, ".") == 0) {
            free(text);
            return inside;
        }
        free(inside);
    }
    return text;
}

/* ---- the loop ---- */

static void show_end(struct line *l)
{
    const struct assessment *a = line_state(l);
    struct walk_progress progress = walk_progress(a, -1), today = walk_progress_today(a);
    prompt_gap(&l->p);
    if (walk_has_today(a))
        prompt_say(&l->p, "That was all you chose for today: %d of %d questions of it are done.", today.done,
                   today.questions);
    prompt_say(&l->p,
               walk_has_today(a) ? "Of all questions, %d of %d are done."
                                 : "This is the end. %d of %d questions are done.",
               progress.done, progress.questions);
    if (assessment_live(a))
        prompt_say(&l->p, "You see %zu %s differently: d lists them.", assessment_live(a),
                   assessment_live(a) == 1 ? "thing" : "things");
    if (progress.done < progress.questions)
        prompt_say(&l->p, "Enter goes to the first question that waits.");
    if (!session_read_only(l->s))
        prompt_say(&l->p, "close closes this sitting: you look back on it together.");
    prompt_say(&l->p, "o shows all parts, sign is for signing, b goes back, q leaves.");
}

/* What is asked for now: "Sam, a number from 1 to 5, or ? for help:". The caller frees it. */
static char *main_prompt(const struct line *l)
{
    const struct question *q = line_question(l);
    if (!q)
        return xstrdup("What now? ? for help:");
    if (line_at_list(l))
        return line_list_prompt(l);
    if (session_read_only(l->s) || !question_is_answered(q) || q->read_only)
        return xstrdup("Enter to go on, ? for help:");
    char *way = line_way_to_answer(l, l->at, l->turn);
    char *initial = line_initial(l, NULL); /* what Enter alone takes */
    char *text = line_words("%s, %s%s%s%s%s, or ? for help:", line_name(l, l->turn),
                            q->asked_of == TOGETHER ? "for both of you, " : "", way,
                            l->p.hidden ? " (nobody sees it as you type)" : "", initial ? ", Enter for " : "",
                            initial ? initial : "");
    free(initial);
    free(way);
    return text;
}

static void run(struct line *l, const struct command *command)
{
    if (!(command->flags & SECRET))
        l->p.hidden = false;
    if ((command->flags & HERE) && l->at == AT_END)
        prompt_say(&l->p, "That is about a question. You are at the end: b goes back.");
    else if ((command->flags & WRITES) && session_read_only(l->s))
        say_read_only(l);
    else
        command->run(l);
}

static void take(struct line *l, const char *typed)
{
    char *word = line_plain(typed);
    /* Quotes around a command word have made it an answer. */
    bool quoted = *word && typed[strspn(typed, " \t")] == '"' && *word != '"';
    const struct command *command = quoted ? NULL : command_of(word);
    if (command)
        run(l, command);
    else if (!*word)
        accept(l);
    else if (line_at_list(l))
        line_open(l, word);
    else if (session_read_only(l->s))
        say_read_only(l);
    else if (line_skip_hidden(l, word))
        ;
    else if (!line_question(l))
        prompt_say(&l->p, "There is no command “%s”. Type ? for help.", word);
    else
        line_answer(l, word);
    free(word);
}

/* Each fault with its place in words; the line itself with a caret under it is for eyes. */
static void say_faults(struct line *l, const char *faults)
{
    char *all = xstrdup(faults), *rest = all, *line;
    while ((line = strsep(&rest, "\n"))) {
        if (*line && (*line != ' ' || strstr(line, "did you mean")))
            prompt_say(&l->p, "%s", line);
    }
    free(all);
}

/* A form that is tried out may be another by now: before each prompt. */
static void look_at_form(struct line *l, struct preview *p)
{
    char *path = l->at == AT_END ? NULL : xstrdup(assessment_path(line_state(l), l->at));
    enum preview_news news = preview_look(p);
    if (news != PREVIEW_SAME) {
        prompt_gap(&l->p);
        prompt_say(&l->p, news == PREVIEW_NEW
                              ? "The form was read again."
                              : "The form has faults now, so it is gone on with as it was before.");
        say_faults(l, preview_faults(p));
    }
    if (news == PREVIEW_NEW) {
        int at = path ? assessment_find(line_state(l), path) : -1;
        for (int party = 0; party < PARTIES; party++) {
            if (l->language[party] >= session_form(l->s)->language_count)
                l->language[party] = 0;
        }
        free(l->listed);
        l->listed = NULL;
        enum who turn = l->turn;
        line_go(l, at >= 0 && walk_stops(line_state(l), at) ? at : walk_start(line_state(l)));
        if (at >= 0)
            l->turn = turn;
    }
    free(path);
}

/* The question that they are at, after it was locked. */
static void tell_again(void *line)
{
    struct line *l = line;
    if (l->at == AT_END) {
        show_end(l);
        return;
    }
    const struct question *q = line_question(l);
    bool hidden = l->p.hidden;
    line_show(l);
    free(l->listed);
    l->listed = NULL;
    if (!session_read_only(l->s) && !q->read_only)
        line_list_answers(l, l->at, l->turn);
    l->p.hidden = hidden;
}

static void go_through(struct line *l)
{
    while (!l->leaving && !l->p.ended) {
        if (session_preview(l->s))
            look_at_form(l, session_preview(l->s));
        /* The entry they were in may have been taken out. */
        while (l->at != AT_END && assessment_place(line_state(l), l->at) < 0)
            line_go(l, assessment_entry_of(line_state(l), l->at)->repeat);
        if (l->arrived) {
            l->arrived = false;
            say_trouble(l);
            if (session_trouble(l->s))
                prompt_say(&l->p, "q asks you for another place.");
            if (l->at == AT_END)
                show_end(l);
            else
                line_show(l);
        }
        if (!session_read_only(l->s) && sitting_break_due(line_state(l), &l->rested))
            prompt_say(&l->p, "%s", sitting_break_told);
        const struct question *q = line_question(l);
        if (q && !session_read_only(l->s) && !q->read_only)
            line_list_answers(l, l->at, l->turn);
        l->p.hidden = line_hides(l);
        char *question = main_prompt(l);
        l->p.again = tell_again;
        char *typed = prompt_read(&l->p, question);
        l->p.again = NULL;
        free(question);
        if (typed)
            take(l, typed);
        l->p.hidden = false;
        free(typed);
    }
}

/* Offer to save what is in memory only to another place. */
static void rescue(struct line *l)
{
    bool stop = false;
    while (session_trouble(l->s) && !stop && !l->p.ended) {
        char *path = line_ask(l, "Save all of it to a new file. Its name, or Enter to leave without:",
                              "Type the name of a file that is not there yet, on another disk.", &stop);
        char *cause = NULL;
        if (!path)
            break;
        if (line_done(l, session_rescue(l->s, path, &cause), &cause))
            prompt_say(&l->p, "All of it is saved in %s.", path);
        free(path);
    }
}

static int stop_for_now(struct line *l)
{
    if (l->p.lock.locked) { /* nothing more is written: it was all kept when it was locked */
        lock_note_left();
        return session_trouble(l->s) ? 2 : 0;
    }
    prompt_gap(&l->p);
    if (session_read_only(l->s)) {
        prompt_say(&l->p, "You have only looked. Nothing was changed.");
        return 0;
    }
    if (session_is_in_memory(l->s)) {
        prompt_say(&l->p, "That was a preview: nothing was kept.");
        return 0;
    }
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[l->turn], "event", "paused");
    if (line_question(l))
        json_object_set_new(intent, "question", json_string(assessment_path(line_state(l), l->at)));
    bool saved = line_do(l, intent);
    if (session_trouble(l->s)) {
        l->leaving = false; /* so that it can be asked for */
        rescue(l);
        l->leaving = true;
    }
    if (!saved || session_trouble(l->s))
        return 2;
    /* Rescued, it lies where it was rescued to. */
    prompt_say(&l->p, "Everything is saved in %s. You can go on from here later.",
               record_path(session_record(l->s)));
    return 0;
}

/* The people who are here, unless they are known. */
static void begin(struct line *l)
{
    const struct form *form = session_form(l->s);
    const struct assessment *a = line_state(l);
    const char *title = assessment_text(a, -1, form->title, SERVICE_USER, 0);
    const char *ref = session_ref(l->s);
    prompt_say(&l->p, "%s%s%s%s", *title ? title : form->id, *ref ? " (" : "", ref, *ref ? ")" : "");
    if (session_read_only(l->s)) {
        say_read_only(l);
        return;
    }
    if (session_is_in_memory(l->s))
        prompt_say(&l->p, "Preview: nothing is kept. When the form's file is saved, it is read again.");
    size_t sittings = assessment_sittings(a);
    if (sittings > 0)
        line_show_in_sight(l);
    if (sittings == 0 || assessment_sitting(a, sittings - 1)->closed)
        line_people(l);
    else
        prompt_say(&l->p, "%s and %s are here. Type who to change that.", line_name(l, PRACTITIONER),
                   line_name(l, SERVICE_USER));
}

int line_run(struct session *s, FILE *in, FILE *out)
{
    struct line l = {.s = s, .turn = SERVICE_USER};
    for (int party = 0; party < PARTIES; party++) {
        l.language[party] = sitting_language(session_assessment(s), (enum who)party);
        assessment_read_in(session_assessment(s), (enum who)party, l.language[party]);
    }
    prompt_init(&l.p, in, out, s);
    l.p.context = &l;
    if (l.p.lock.trouble)
        prompt_say(&l.p, "%s", l.p.lock.trouble);
    begin(&l);
    if (!l.leaving && !l.p.ended && !session_read_only(s) && session_is_in_memory(s))
        prompt_say(&l.p, "? is help, q leaves.");
    else if (!l.leaving && !l.p.ended && !session_read_only(s))
        prompt_say(&l.p, "Each answer is saved when you press Enter. ? is help, q leaves.");
    if (!l.arrived) /* they may have chosen what comes first */
        line_go(&l, walk_start(line_state(&l)));
    go_through(&l);
    int status = stop_for_now(&l);
    prompt_release(&l.p);
    free(l.listed);
    return status;
}
