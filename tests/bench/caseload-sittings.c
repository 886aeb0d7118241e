/* Sittings, from how each arrives to the word at the end, and what happens between two of them. */
#include "bench/caseload.h"

#include "assessment/happened.h"
#include "assessment/topics.h"
#include "session/copy.h"

#include <stdio.h>

static void tell(struct life *l, enum who by, const char *topic, json_t *value)
{
    json_t *intent = intent_by(by, "told");
    intent_text(intent, "topic", topic);
    json_object_set_new(intent, "value", value);
    life_act(l, life_pace(l, 3, 20), intent);
}

/* Each on a scale of 5, as they are, some of them. */
static void tell_each(struct life *l, const char *topic, int percent)
{
    for (int party = 0; party < PARTIES; party++) {
        int value = (l->level + chance_from(&l->chance, -120, 160)) / 100;
        if (chance_percent(&l->chance, percent))
            tell(l, (enum who)party, topic, json_integer(value < 1 ? 1 : value > 5 ? 5 : value));
    }
}

/* One to three of a topic's words, in their order. */
static json_t *some_words(struct life *l, const char *topic)
{
    json_t *list = json_array();
    for (const struct topic_word *w = topic_named(topic)->words; w->word; w++) {
        if (chance_percent(&l->chance, 35) || (!w[1].word && json_array_size(list) == 0))
            json_array_append_new(list, json_string(w->word));
    }
    return list;
}

static void tell_pen(struct life *l)
{
    static const char *const pens[] = {"service_user", "practitioner", "in_turns"};
    static const int whose[] = {30, 45, 25, 0};
    tell(l, life_either(l), "pen", json_string(pens[chance_weighed(&l->chance, whose)]));
}

static void sit_down(struct life *l, int first_section)
{
    const struct form *form = session_form(l->s);
    json_t *intent = intent_by(PRACTITIONER, "sat");
    json_object_set_new(
        intent, "people",
        json_pack("{s:s, s:s}", who_names[PRACTITIONER], l->worker.name, who_names[SERVICE_USER], l->person));
    json_object_set_new(intent, "seats", json_pack("{s:s}", "left", who_names[l->left]));
    if (chance_percent(&l->chance, 40))
        json_object_set_new(intent, "pronouns", json_pack("{s:s}", who_names[SERVICE_USER], l->pronouns));
    intent_text(intent, "place", chance_word(&l->chance, words_places));
    life_act(l, 0, intent);
    if (chance_percent(&l->chance, 70))
        tell(l, life_either(l), "room", some_words(l, "room"));
    tell_each(l, "arriving", 80);
    for (int party = 0; party < PARTIES; party++) {
        if (chance_percent(&l->chance, 50))
            tell(l, (enum who)party, "agenda", json_pack("[s]", form->sections[first_section].name));
    }
    if (chance_percent(&l->chance, 85))
        tell_pen(l);
}

/* What became of what was promised before: kept, not, or nothing said. */
static void look_at_promises(struct life *l)
{
    int left = 0;
    for (int i = 0; i < l->promise_count; i++) {
        long promise = l->promises[i];
        if (!chance_percent(&l->chance, 70)) {
            l->promises[left++] = promise;
            continue;
        }
        json_t *intent = intent_by(life_either(l), "kept");
        intent_integer(intent, "promise", promise);
        json_object_set_new(intent, "kept", json_boolean(chance_percent(&l->chance, 68)));
        life_act(l, life_pace(l, 4, 15), intent);
        if (chance_percent(&l->chance, 20)) {
            intent = intent_by(PRACTITIONER, "came_of_it");
            intent_integer(intent, "of", promise);
            intent_text(intent, "text", chance_word(&l->chance, words_came));
            life_act(l, life_pace(l, 8, 30), intent);
        }
    }
    l->promise_count = left;
}

static void promise(struct life *l, enum who by)
{
    char day[16];
    if (l->promise_count >= MOST_PROMISES || !life_speaks(l, by))
        return;
    json_t *intent = intent_by(by, "promised");
    intent_text(intent, "text", chance_word(&l->chance, words_promise[by]));
    if (chance_percent(&l->chance, 60))
        intent_text(intent, "by_when", life_day(l, chance_from(&l->chance, 3, 30), day));
    life_act(l, life_pace(l, 10, 50), intent);
    l->promises[l->promise_count++] = (long)assessment_events(life_now(l));
}

/* Beside the answers: a note, a statement, an offer. */
static void write_beside(struct life *l)
{
    if (chance_percent(&l->chance, 20)) {
        json_t *intent = intent_by(PRACTITIONER, "noted");
        intent_text(intent, "text", chance_word(&l->chance, words_note));
        life_act(l, life_pace(l, 10, 40), intent);
    }
    if (chance_percent(&l->chance, 10) && life_speaks(l, SERVICE_USER)) {
        json_t *intent = intent_by(SERVICE_USER, "statement");
        intent_text(intent, "text", chance_word(&l->chance, words_statement));
        life_act(l, life_pace(l, 10, 60), intent);
    }
    if (chance_percent(&l->chance, 10)) {
        json_t *intent = intent_by(PRACTITIONER, "offered");
        json_object_set_new(intent, "options",
                            json_pack("[s, s]", words_offer[chance_below(&l->chance, 2)],
                                      words_offer[chance_from(&l->chance, 2, 3)]));
        life_act(l, life_pace(l, 20, 60), intent);
        long offer = (long)assessment_events(life_now(l));
        bool taken = chance_percent(&l->chance, 70);
        intent = intent_by(SERVICE_USER, "taken");
        intent_integer(intent, "of", offer);
        intent_text(intent, "how", taken_names[taken ? 0 : 2]);
        if (taken)
            intent_integer(intent, "option", chance_from(&l->chance, 1, 2));
        life_act(l, life_pace(l, 5, 30), intent);
    }
}

/* May their words be used without their name? Most say yes, some no, some nothing. */
static void tell_voice(struct life *l)
{
    const struct topic *voice = topic_named("voice");
    for (int party = 0; party < PARTIES && voice; party++) {
        if (chance_percent(&l->chance, 30))
            tell(l, (enum who)party, voice->name,
                 json_string(voice->words[chance_percent(&l->chance, 75) ? 0 : 1].word));
    }
}

/* The day, the place, what comes next; then it is over. Some leave without. */
static void get_up(struct life *l, bool last)
{
    char day[16];
    if (chance_percent(&l->chance, 6)) {
        life_act(l, life_pace(l, 3, 20), intent_by(life_either(l), "paused"));
        return;
    }
    tell(l, PRACTITIONER, "recap", json_true());
    for (int party = 0; party < PARTIES; party++) {
        if (chance_percent(&l->chance, 45) && life_speaks(l, (enum who)party))
            tell(l, (enum who)party, "best_bit", json_string(chance_word(&l->chance, words_best)));
    }
    tell_each(l, "how_it_was", 75);
    if (chance_percent(&l->chance, 12))
        tell(l, life_speaker(l), "setting", json_string(chance_word(&l->chance, words_setting)));
    if (chance_percent(&l->chance, 60))
        tell(l, PRACTITIONER, "practice", some_words(l, "practice"));
    if (!last)
        tell(l, life_either(l), "next", json_string(life_day(l, 14, day)));
    if (last && chance_percent(&l->chance, 60)) {
        tell(l, life_either(l), "review", json_string(life_day(l, chance_from(&l->chance, 28, 90), day)));
        tell(l, life_either(l), "review_kind",
             json_string(chance_percent(&l->chance, 50) ? "formal" : "informal"));
        tell(l, life_either(l), "review_weeks", json_integer(chance_from(&l->chance, 4, 13)));
    }
    tell_voice(l);
    json_t *intent = intent_by(life_either(l), "closed");
    if (chance_percent(&l->chance, 10))
        intent_text(intent, "word", chance_word(&l->chance, words_closing));
    life_act(l, life_pace(l, 3, 30), intent);
}

void life_sitting(struct life *l, int first, int end, bool last)
{
    sit_down(l, first < end ? first : 0);
    life_reads_comments(l);
    look_at_promises(l);
    life_talk_comes_back(l);
    life_answer(l, first, end);
    if (chance_percent(&l->chance, 12)) /* the keyboard goes over */
        tell_pen(l);
    if (first > 0)
        life_answer_again(l, l->agreed ? 0 : 1);
    if (!l->agreed && chance_percent(&l->chance, 7))
        life_raise(l);
    life_talk(l);
    write_beside(l);
    for (int party = 0; party < PARTIES; party++) {
        for (int n = chance_below(&l->chance, 4); n > 0; n--)
            promise(l, (enum who)party);
    }
    get_up(l, last);
}

/* ---- between two sittings ---- */

static json_t *happening(struct life *l, enum who by, const char *what)
{
    char day[16];
    json_t *intent = intent_by(by, "happened");
    intent_text(intent, "what", what);
    intent_text(intent, "on", life_day(l, -chance_below(&l->chance, 4), day));
    return intent;
}

static void attempts(struct life *l)
{
    static const char *const ways[] = {"call", "letter", "message", "visit", NULL};
    for (int n = chance_from(&l->chance, 1, 3); n > 0; n--) {
        bool reached = n == 1 && chance_percent(&l->chance, 60);
        json_t *intent = happening(l, PRACTITIONER, "attempt");
        intent_text(intent, "how", chance_word(&l->chance, ways));
        intent_text(intent, "reached", reached ? "yes" : "no");
        life_act(l, chance_from(&l->chance, 40000, 200000), intent);
    }
}

static void did_not_take_place(struct life *l)
{
    static const char *const whose[] = {"service_user", "service_user", "practitioner", "other", NULL};
    static const char *const absences[] = {"acceptable", "acceptable", "not_acceptable", "not_known", NULL};
    static const char *const kinds[] = {"missed", "missed", "late", "cancelled", NULL};
    const char *kind = chance_word(&l->chance, kinds);
    json_t *intent = happening(l, life_speaker(l), kind);
    intent_text(intent, "whose", chance_word(&l->chance, whose));
    if (kind[0] == 'm' && chance_percent(&l->chance, 70))
        intent_text(intent, "absence", chance_word(&l->chance, absences));
    if (kind[0] == 'l')
        intent_integer(intent, "minutes", chance_from(&l->chance, 5, 40));
    if (chance_percent(&l->chance, 40))
        intent_text(intent, "text", chance_word(&l->chance, words_late));
    life_act(l, chance_from(&l->chance, 20000, 90000), intent);
    if (kind[0] == 'm' && chance_percent(&l->chance, 60))
        attempts(l);
}

void life_leaves(struct life *l)
{
    static const char *const ways[] = {"planned", "moved", "released", "stopped_coming", "withdrew", NULL};
    json_t *intent = happening(l, PRACTITIONER, "left");
    intent_text(intent, "how", chance_word(&l->chance, ways));
    if (chance_percent(&l->chance, 40))
        intent_text(intent, "text", chance_word(&l->chance, words_left));
    life_act(l, chance_from(&l->chance, 20000, 90000), intent);
    attempts(l);
}

static void goes_and_comes_back(struct life *l)
{
    life_leaves(l);
    l->now += 86400L * chance_from(&l->chance, 20, 70);
    json_t *intent = happening(l, life_speaker(l), "returned");
    if (chance_percent(&l->chance, 60))
        intent_text(intent, "text", chance_word(&l->chance, words_returned));
    life_act(l, chance_from(&l->chance, 20000, 90000), intent);
}

static void life_itself(struct life *l)
{
    static const int weights[] = {30, 20, 12, 18, 10, 0};
    static const char *const kinds[] = {"life_event", "lapse", "milestone", "referral", "step"};
    int which = chance_weighed(&l->chance, weights);
    enum who by = which < 2 ? SERVICE_USER : PRACTITIONER;
    const char *const *texts[] = {words_event, words_lapse, words_reached, words_for, words_step};
    json_t *intent = happening(l, by, kinds[which]);
    intent_text(intent, "text", chance_word(&l->chance, texts[which]));
    if (which == 1 && chance_percent(&l->chance, 60))
        intent_text(intent, "held", chance_word(&l->chance, words_held));
    if (which == 1 && chance_percent(&l->chance, 40))
        intent_text(intent, "next", chance_word(&l->chance, words_next));
    if (which == 3)
        intent_text(intent, "to", chance_word(&l->chance, words_services));
    if (which == 4)
        intent_text(intent, "direction", chance_percent(&l->chance, 50) ? "up" : "down");
    life_act(l, chance_from(&l->chance, 20000, 90000), intent);
    long seq = (long)assessment_events(life_now(l));
    for (int party = 0; party < PARTIES && which == 2; party++) {
        intent = intent_by((enum who)party, "signed");
        intent_integer(intent, "of", seq);
        intent_text(intent, "name", party == PRACTITIONER ? l->worker.name : l->person);
        life_act(l, life_pace(l, 5, 30), intent);
    }
    if (which == 3 && chance_percent(&l->chance, 50)) {
        intent = intent_by(PRACTITIONER, "came_of_it");
        intent_integer(intent, "of", seq);
        intent_text(intent, "text", chance_word(&l->chance, words_came));
        life_act(l, chance_from(&l->chance, 90000, 400000), intent);
    }
}

void life_begins(struct life *l)
{
    json_t *intent = happening(l, PRACTITIONER, "entry");
    intent_text(intent, "text", chance_word(&l->chance, words_began));
    intent_text(intent, "decided_by", chance_word(&l->chance, words_deciders));
    life_act(l, 60, intent);
}

void life_between(struct life *l, bool may_hand_over)
{
    if (chance_percent(&l->chance, 30))
        did_not_take_place(l);
    if (chance_percent(&l->chance, 30) && life_speaks(l, SERVICE_USER))
        life_itself(l);
    if (chance_percent(&l->chance, 5))
        goes_and_comes_back(l);
    life_supervision(l, may_hand_over);
}

void life_sign(struct life *l)
{
    for (int party = 0; party < PARTIES; party++) {
        bool refuses = party == SERVICE_USER && chance_percent(&l->chance, 9);
        if (!chance_percent(&l->chance, party == SERVICE_USER ? 75 : 85))
            continue;
        json_t *intent = intent_by((enum who)party, "signed");
        if (refuses)
            json_object_set_new(intent, "refused", json_true());
        else
            intent_text(intent, "name", party == PRACTITIONER ? l->worker.name : l->person);
        if (refuses && life_speaks(l, SERVICE_USER))
            intent_text(intent, "because", chance_word(&l->chance, words_refused));
        life_act(l, life_pace(l, 5, 40), intent);
    }
    if (chance_percent(&l->chance, 20)) {
        json_t *intent = intent_by(PRACTITIONER, "shared");
        intent_text(intent, "what", chance_word(&l->chance, words_for));
        intent_text(intent, "to", chance_word(&l->chance, words_services));
        json_object_set_new(intent, "told", json_true());
        life_act(l, life_pace(l, 20, 90), intent);
    }
    if (chance_percent(&l->chance, 25)) {
        json_t *intent = intent_by(life_either(l), "copied");
        intent_text(intent, "as", copy_names[chance_below(&l->chance, 2)]);
        life_act(l, life_pace(l, 10, 60), intent);
    }
    life_looks_back(l);
}
