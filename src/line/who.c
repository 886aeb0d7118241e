/* The people: who is here and where they sit, the language each reads, signing. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/sheet.h"
#include "session/sitting.h"
#include "session/walk.h"

#include <stdlib.h>
#include <string.h>

/* What a sitting opens with; then to what they chose to talk about. */
static void open_sitting(struct line *l)
{
    const struct form *form = session_form(l->s);
    bool quiet = session_is_in_memory(l->s) && !form->principle && !form->must_pass_on;
    if (!sitting_is_new(line_state(l))) {
        char *unread = sitting_unread_words(line_state(l), l->language[PRACTITIONER]);
        if (unread)
            prompt_say(&l->p, "%s “time” shows it.", unread);
        free(unread);
    }
    if (!sitting_is_new(line_state(l)) || quiet)
        return;
    line_sheet(l, sheet_sitting(l->s, TOPIC_OPENING));
    const struct assessment *a = line_state(l);
    const struct event *pen = topic_told(a, assessment_sittings(a) - 1, topic_named("pen"), TOGETHER);
    const char *who = pen ? event_text(pen, "value") : NULL;
    for (int party = 0; who && party < PARTIES; party++)
        l->turn = strcmp(who, who_names[party]) == 0 ? (enum who)party : l->turn;
    int today = walk_today(line_state(l));
    if (today >= 0)
        line_go(l, today);
}

void line_close(struct line *l)
{
    if (!sitting_goes_on(line_state(l)))
        prompt_say(&l->p, "No sitting goes on now. who: who is here.");
    else if (line_sheet(l, sheet_sitting(l->s, TOPIC_CLOSING)))
        prompt_say(&l->p, "Thank you both. This sitting is closed. q leaves; sign is for signing.");
}

void line_people(struct line *l)
{
    static const char help[] =
        "Type a name, or Enter alone to leave it as it is. You can add how to speak of you: Sam (he/him).";
    bool stop = false;
    char *names[PARTIES] = {NULL};
    prompt_say(
        &l->p,
        "Who is here? Enter alone leaves a line as it is. You can say how to speak of you: Sam (he/him).");
    for (int who = 0; who < PARTIES && !stop; who++) {
        char *question = line_words("Name (%s):", line_name(l, (enum who)who));
        names[who] = line_ask(l, question, help, &stop);
        free(question);
        if (!names[who])
            names[who] = sitting_typed(line_state(l), (enum who)who);
    }
    enum who left = assessment_left(line_state(l));
    int side = 0;
    if (!stop) {
        for (int i = 0; i < PARTIES; i++) {
            enum who who = i ? who_other(left) : left;
            prompt_item(&l->p, (size_t)i + 1, *names[who] ? names[who] : line_name(l, who));
        }
        side = line_pick(l, "Who sits on the left?", PARTIES);
        stop = side < 0;
    }
    char *place = stop ? NULL : line_ask(l, "Which place is this?", "Type a place, or Enter alone.", &stop);
    if (!stop) {
        const char *typed[PARTIES] = {names[PRACTITIONER], names[SERVICE_USER]};
        json_t *intent =
            sitting_sat(l->s, l->turn, typed, side == 2 ? who_other(left) : left, place, l->language);
        if (line_do(l, intent)) {
            line_say_saved(l, "");
            prompt_say(&l->p, "%s sits on the left, %s on the right.",
                       line_name(l, assessment_left(line_state(l))),
                       line_name(l, who_other(assessment_left(line_state(l)))));
            open_sitting(l);
        }
    }
    free(place);
    free(names[PRACTITIONER]);
    free(names[SERVICE_USER]);
}

void line_language_of(struct line *l)
{
    const struct form *form = session_form(l->s);
    if (form->language_count < 2) {
        prompt_say(&l->p, "This form has one language only: %s.", form->languages[0]);
        return;
    }
    for (int i = 0; i < form->language_count; i++)
        prompt_item(&l->p, (size_t)i + 1, form->languages[i]);
    char *question = line_words("%s, which language?", line_name(l, l->turn));
    int picked = line_pick(l, question, form->language_count);
    free(question);
    if (picked <= 0)
        return;
    l->language[l->turn] = picked - 1;
    assessment_read_in(line_state(l), l->turn, picked - 1);
    l->arrived = true;
    prompt_say(&l->p, "%s reads %s now.", line_name(l, l->turn), form->languages[picked - 1]);
}

/* ---- signing ---- */

static void show_signature(struct line *l, enum who who)
{
    const struct signature *s = assessment_signature(line_state(l), who);
    if (!s->seq)
        prompt_say(&l->p, "%s has not signed.", line_name(l, who));
    else if (s->refused)
        prompt_say(&l->p, "%s chose not to sign%s%s%s", line_name(l, who), s->because ? ": “" : ".",
                   s->because ? s->because : "", s->because ? "”" : "");
    else
        prompt_say(&l->p, "%s signed as “%s”.%s", line_name(l, who), s->name,
                   s->changed_since ? " Something was changed after that." : "");
}

void line_sign(struct line *l)
{
    struct walk_progress progress = walk_progress(line_state(l), -1);
    size_t live = assessment_live(line_state(l));
    prompt_say(&l->p, "%d of %d questions are done. You see %zu %s differently.", progress.done,
               progress.questions, live, live == 1 ? "thing" : "things");
    show_signature(l, PRACTITIONER);
    show_signature(l, SERVICE_USER);
    line_show_offers(l);
    if (session_read_only(l->s))
        return;
    prompt_item(&l->p, 1, "I sign: I type my name");
    prompt_item(&l->p, 2, "I will not sign");
    char *question = line_words("%s, 1 or 2, or Enter for neither:", line_name(l, l->turn));
    int picked = line_pick(l, question, 2);
    free(question);
    if (picked <= 0)
        return;
    bool stop;
    char *text = picked == 1 ? line_ask(l, "Type your name:", "Your name, as you write it.", &stop)
                             : line_ask(l, "Why? Enter to leave out:", "In your own words.", &stop);
    if (stop || (picked == 1 && !text)) {
        prompt_say(&l->p, "Nothing was signed.");
        free(text);
        return;
    }
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[l->turn], "event", "signed");
    if (picked == 1)
        json_object_set_new(intent, "name", json_string(text));
    else
        json_object_set_new(intent, "refused", json_true());
    if (picked == 2 && text)
        json_object_set_new(intent, "because", json_string(text));
    if (line_do(l, intent)) {
        line_say_saved(l, "");
        show_signature(l, l->turn);
        l->turn = who_other(l->turn);
    }
    free(text);
}
