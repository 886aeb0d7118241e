/* Talks: what is said about a difference, and how it ends, in every way that it can.
 *
 * What lies on the table is chosen for the outcome that is wanted; which outcome comes of it the program
 * works out itself. Where that way is not open (there is nothing between a two and a three) one of them
 * moves. */
#include "bench/caseload.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct disagreement *named(const struct life *l, const char *id)
{
    return assessment_disagreement_of_id(life_now(l), id);
}

static json_t *about(enum who by, const char *event, const char *id)
{
    json_t *intent = intent_by(by, event);
    intent_text(intent, "disagreement", id);
    return intent;
}

static void say(struct life *l, const char *id, enum who by, const char *step, const char *text)
{
    if (!life_speaks(l, by))
        return;
    json_t *intent = about(by, "said", id);
    intent_text(intent, "text", text);
    if (step)
        intent_text(intent, "step", step);
    life_act(l, life_pace(l, 12, 90), intent);
}

static void say_back(struct life *l, const char *id, enum who by)
{
    if (!life_speaks(l, by))
        return;
    json_t *intent = about(by, "said_back", id);
    intent_text(intent, "text", chance_word(&l->chance, words_back));
    life_act(l, life_pace(l, 15, 60), intent);
    long back = (long)assessment_events(life_now(l));
    bool right = chance_percent(&l->chance, 80);
    intent = intent_by(who_other(by), "marked");
    intent_integer(intent, "of", back);
    json_object_set_new(intent, "right", json_boolean(right));
    if (!right && life_speaks(l, who_other(by)))
        intent_text(intent, "text", chance_word(&l->chance, words_missing));
    life_act(l, life_pace(l, 3, 20), intent);
}

/* Nothing, a word, or all the steps. */
static void words(struct life *l, const char *id)
{
    static const int lengths[] = {15, 35, 28, 14, 8, 0};
    enum who first = life_either(l), second = who_other(first);
    int turns = l->worker.hurried ? chance_below(&l->chance, 2) : chance_weighed(&l->chance, lengths);
    for (int i = 0; i < turns; i++) {
        say(l, id, first, step_names[STEP_WHY], chance_word(&l->chance, words_why[first]));
        if (i > 0 || !l->worker.hurried)
            say(l, id, second, step_names[STEP_WHY], chance_word(&l->chance, words_why[second]));
    }
    if (l->worker.hurried || turns == 0)
        return;
    for (int party = 0; party < PARTIES && turns > 1; party++) {
        if (chance_percent(&l->chance, 40))
            say_back(l, id, (enum who)party);
        if (chance_percent(&l->chance, 30))
            say(l, id, (enum who)party, step_names[STEP_MIND], chance_word(&l->chance, words_mind[party]));
    }
}

static void both_confirm(struct life *l, const char *id)
{
    enum who first = life_either(l);
    for (int i = 0; i < PARTIES; i++)
        life_act(l, life_pace(l, 2, 15), about(i ? who_other(first) : first, "confirmed", id));
}

static json_t *put_forward(const char *id, enum who by, enum settle as)
{
    json_t *intent = about(by, "proposed", id);
    intent_text(intent, "as", settle_names[as]);
    return intent;
}

/* ---- where to meet ---- */

static json_t *copy_of(const struct life *l, const struct disagreement *d, enum who who)
{
    return json_deep_copy(assessment_answer(life_now(l), d->question, who)->value);
}

/* Is it an answer for both? */
static bool can_be(const struct life *l, int item, const json_t *value)
{
    return value && assessment_takes(life_now(l), item, PRACTITIONER, value, NULL) &&
           assessment_takes(life_now(l), item, SERVICE_USER, value, NULL);
}

static json_t *kept_if(const struct life *l, int item, json_t *value)
{
    if (can_be(l, item, value))
        return value;
    json_decref(value);
    return NULL;
}

/* Between the two on a scale, or NULL. */
static json_t *between(struct life *l, const struct disagreement *d)
{
    const struct question *q = assessment_question(life_now(l), d->question);
    json_int_t p = json_integer_value(assessment_answer(life_now(l), d->question, PRACTITIONER)->value);
    json_int_t s = json_integer_value(assessment_answer(life_now(l), d->question, SERVICE_USER)->value);
    int low = (int)(p < s ? p : s), high = (int)(p < s ? s : p);
    if ((q->type != TYPE_RANGE && q->type != TYPE_INTEGER) || high - low < 2)
        return NULL;
    return kept_if(l, d->question, json_integer(chance_from(&l->chance, low + 1, high - 1)));
}

/* One that is neither's, nor between them. */
static json_t *another(struct life *l, const struct disagreement *d)
{
    const struct question *q = assessment_question(life_now(l), d->question);
    for (int tries = 0; tries < 8; tries++) {
        json_t *p = copy_of(l, d, PRACTITIONER), *s = copy_of(l, d, SERVICE_USER);
        json_t *value = life_value(l, d->question, PRACTITIONER, p);
        enum change change;
        bool right = can_be(l, d->question, value) &&
                     disagreement_outcome(q, p, s, value, value, &change) == OUTCOME_NEW_ANSWER;
        json_decref(p);
        json_decref(s);
        if (right)
            return value;
        json_decref(value);
    }
    return NULL;
}

/* ---- the ways to settle it ---- */

enum way { THEY_MOVE, WORKER_MOVES, MEET, NEW, STAND, PARK, REFER, STOP, LEAVE_OPEN };
static const int ways[] = {25, 25, 13, 6, 16, 6, 4, 3, 2, 0};

/* Who moved says why. */
static void say_moved(struct life *l, const char *id, enum who who)
{
    const struct disagreement *d = named(l, id);
    if (d->question < 0 || assessment_answer(life_now(l), d->question, who)->seq <= d->opened ||
        !chance_percent(&l->chance, l->worker.hurried ? 30 : 75))
        return;
    json_t *intent = about(who, "said", id);
    intent_text(intent, "step", step_names[STEP_MOVED]);
    intent_text(intent, "reason",
                reason_names[who == SERVICE_USER && l->worker.they_move
                                 ? REASON_GAVE_WAY
                                 : chance_below(&l->chance, REASON_OTHER + 1)]);
    if (life_speaks(l, who) && chance_percent(&l->chance, 50))
        intent_text(intent, "text", chance_word(&l->chance, words_moved));
    life_act(l, life_pace(l, 3, 30), intent);
}

static void say_heard(struct life *l, const char *id, enum who who)
{
    static const int usual[] = {4, 7, 15, 38, 36, 0}, pressed[] = {20, 30, 30, 15, 5, 0};
    if (!chance_percent(&l->chance, 75))
        return;
    json_t *intent = about(who, "said", id);
    intent_integer(
        intent, "heard",
        1 + chance_weighed(&l->chance, who == SERVICE_USER && l->worker.they_move ? pressed : usual));
    life_act(l, life_pace(l, 2, 9), intent);
}

static bool agree(struct life *l, const char *id, enum way way)
{
    const struct disagreement *d = named(l, id);
    int item = d->question;
    json_t *value = way == MEET           ? between(l, d)
                    : way == NEW          ? another(l, d)
                    : way == WORKER_MOVES ? copy_of(l, d, SERVICE_USER)
                                          : copy_of(l, d, PRACTITIONER);
    if (!value || !(value = kept_if(l, item, value)))
        return false;
    if (!l->worker.hurried && chance_percent(&l->chance, 7)) { /* a first try that falls */
        json_t *first = put_forward(id, life_either(l), SETTLE_BOTH_STAND);
        life_act(l, life_pace(l, 5, 30), first);
    }
    json_t *intent = put_forward(id, life_speaker(l), SETTLE_AGREE);
    json_object_set_new(intent, "value", value);
    if (chance_percent(&l->chance, 20))
        intent_text(intent, "because", chance_word(&l->chance, words_moved));
    life_act(l, life_pace(l, 4, 30), intent);
    both_confirm(l, id);
    return true;
}

/* Where `who` stands once they have come nearer to the other (1), gone further off (-1) or past them (0);
 * NULL where there is no such answer, or it would be the other's. */
static json_t *shifted(const struct life *l, int item, enum who who, int step)
{
    const struct question *q = assessment_question(life_now(l), item);
    const json_t *others = assessment_answer(life_now(l), item, who_other(who))->value;
    json_int_t own = json_integer_value(assessment_answer(life_now(l), item, who)->value);
    json_int_t other = json_integer_value(others), toward = own < other ? 1 : -1;
    json_t *value =
        json_integer(step ? own + step * toward : other + toward * (1 + (json_int_t)q->tolerance));
    if (assessment_takes(life_now(l), item, who, value, NULL) && answer_differs(q, value, others))
        return value;
    json_decref(value);
    return NULL;
}

/* Before both stand one of them may go somewhere else. */
static void shift(struct life *l, const char *id)
{
    int item = named(l, id)->question, step = chance_from(&l->chance, -1, 1);
    enum who who = l->worker.they_move ? SERVICE_USER : life_either(l);
    if (assessment_question(life_now(l), item)->type != TYPE_RANGE)
        return;
    json_t *value = shifted(l, item, who, 1);
    if (!value || step < 1) {
        json_decref(value);
        value = shifted(l, item, who, step);
    }
    if (value)
        life_answers(l, item, who, value, chance_word(&l->chance, words_moved));
}

static bool both_stand(struct life *l, const char *id)
{
    const struct disagreement *d = named(l, id);
    if (d->question >= 0 && assessment_standing(life_now(l), d->question) != STANDING_DIFFER)
        return false;
    if (d->question >= 0 && chance_percent(&l->chance, 45))
        shift(l, id);
    life_act(l, life_pace(l, 4, 30), put_forward(id, life_either(l), SETTLE_BOTH_STAND));
    both_confirm(l, id);
    return true;
}

static void park(struct life *l, const char *id)
{
    char day[16];
    json_t *intent = put_forward(id, life_speaker(l), SETTLE_NEEDS_INFORMATION);
    intent_text(intent, "what", chance_word(&l->chance, words_find_out));
    if (chance_percent(&l->chance, 80))
        intent_text(intent, "from", chance_word(&l->chance, words_from));
    if (chance_percent(&l->chance, 70))
        intent_text(intent, "by_when", life_day(l, chance_from(&l->chance, 7, 60), day));
    life_act(l, life_pace(l, 10, 50), intent);
    both_confirm(l, id);
}

static void refer(struct life *l, const char *id)
{
    json_t *intent = put_forward(id, life_speaker(l), SETTLE_REFERRED);
    intent_text(intent, "asking", chance_word(&l->chance, words_asking));
    intent_text(intent, "to", "the supervisor");
    life_act(l, life_pace(l, 10, 50), intent);
    both_confirm(l, id);
}

/* What is about no question: agreed in words, or both stand. */
static void settle_raised(struct life *l, const char *id)
{
    if (chance_percent(&l->chance, 30)) {
        both_stand(l, id);
        return;
    }
    json_t *intent = put_forward(id, life_speaker(l), SETTLE_AGREE);
    if (chance_percent(&l->chance, 70))
        intent_text(intent, "value", chance_word(&l->chance, words_settled));
    life_act(l, life_pace(l, 8, 40), intent);
    both_confirm(l, id);
}

static void settle(struct life *l, const char *id)
{
    const struct disagreement *d = named(l, id);
    int item = d->question;
    enum way way = (enum way)chance_weighed(&l->chance, ways);
    enum way instead = l->worker.they_move || chance_percent(&l->chance, 50) ? THEY_MOVE : WORKER_MOVES;
    if (l->worker.they_move && way < STAND)
        way = THEY_MOVE;
    if (way == LEAVE_OPEN)
        return;
    if (way == PARK)
        park(l, id);
    else if (way == REFER)
        refer(l, id);
    else if (way == STOP)
        life_act(l, life_pace(l, 4, 20), put_forward(id, SERVICE_USER, SETTLE_STOPPED));
    else if (item < 0)
        settle_raised(l, id);
    else if (d->proposal.seq && d->proposal.by == ALONGSIDE)
        both_confirm(l, id); /* they have come to the same by themselves */
    else if (!(way == STAND && both_stand(l, id)) && !agree(l, id, way) && !agree(l, id, instead))
        both_stand(l, id);
    for (int party = 0; party < PARTIES && item >= 0; party++)
        say_moved(l, id, (enum who)party);
    for (int party = 0; party < PARTIES; party++)
        say_heard(l, id, (enum who)party);
}

static bool can_be_talked_about(const struct life *l, const struct disagreement *d)
{
    return disagreement_is_live(d) &&
           (d->question < 0 || (assessment_shown(life_now(l), d->question) &&
                                assessment_answer(life_now(l), d->question, PRACTITIONER)->value &&
                                assessment_answer(life_now(l), d->question, SERVICE_USER)->value));
}

static void talk_over(struct life *l, size_t i)
{
    const struct disagreement *d = assessment_disagreement(life_now(l), i);
    char id[sizeof d->id];
    memcpy(id, d->id, sizeof id);
    if (!can_be_talked_about(l, d) || chance_percent(&l->chance, 6))
        return;
    words(l, id);
    settle(l, id);
}

void life_talk(struct life *l)
{
    for (size_t i = 0; i < assessment_disagreements(life_now(l)); i++)
        talk_over(l, i);
}

void life_talk_now(struct life *l)
{
    talk_over(l, assessment_disagreements(life_now(l)) - 1);
}

void life_talk_comes_back(struct life *l)
{
    for (size_t i = 0; i < assessment_disagreements(life_now(l)); i++) {
        const struct disagreement *d = assessment_disagreement(life_now(l), i);
        char id[sizeof d->id];
        memcpy(id, d->id, sizeof id);
        if (d->state == STATE_PARKED && chance_percent(&l->chance, 70))
            say(l, id, chance_percent(&l->chance, 60) ? PRACTITIONER : SERVICE_USER, NULL,
                chance_word(&l->chance, words_found));
        else if (d->state == STATE_RESOLVED && d->outcome == OUTCOME_BOTH_STAND &&
                 chance_percent(&l->chance, 5))
            life_act(l, life_pace(l, 4, 20), about(life_either(l), "reopened", id));
    }
}

void life_raise(struct life *l)
{
    enum who by = life_speaks(l, SERVICE_USER) ? life_either(l) : PRACTITIONER;
    json_t *intent = intent_by(by, "raised");
    intent_text(intent, "because", chance_word(&l->chance, words_raised));
    intent_text(intent, "kind", kind_names[chance_percent(&l->chance, 50) ? KIND_PROCESS : KIND_GOAL]);
    life_act(l, life_pace(l, 15, 60), intent);
    if (chance_percent(&l->chance, 8)) /* thought better of */
        life_act(l, life_pace(l, 4, 20), intent_by(by, "undone"));
}
