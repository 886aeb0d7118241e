/* Answers: what each says to a question, mostly the same.
 *
 * A number on a scale comes from how the person is (`level`), so that it hangs together over a record and
 * goes up and down from record to record. The second answer is the first one's unless the two are to differ;
 * then it differs by more than the question's tolerance. */
#include "bench/caseload.h"

#include "assessment/answer.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static json_t *number_of(struct life *l, const struct question *q)
{
    const struct scale *s = q->scale;
    if (!s || !s->has_min || !s->has_max)
        return json_integer(chance_from(&l->chance, 16, 25));
    /* The sum of some chances lies mostly near where they are. */
    double at =
        (l->level - 100) / 400.0 + (chance_below(&l->chance, 41) + chance_below(&l->chance, 41) - 40) / 100.0;
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    double step = s->step > 0 ? s->step : 1;
    double number = s->min + step * (int)((s->max - s->min) / step * at + 0.5);
    return q->type == TYPE_DECIMAL ? json_real(number) : json_integer((json_int_t)number);
}

static json_t *choice_of(struct life *l, const struct choice *choice)
{
    if (!choice->other)
        return json_string(choice->name);
    return json_sprintf("%s:%s", choice->name, chance_word(&l->chance, words_other));
}

/* What stands first is picked most; a worry about somebody's safety is rare. */
static json_t *pick_of(struct life *l, const struct question *q)
{
    int count = (int)q->choices->count;
    int one = chance_below(&l->chance, count), other = chance_below(&l->chance, count);
    int at = one < other ? one : other;
    if (strcmp(q->name, "mind_safe") == 0 && chance_percent(&l->chance, 92))
        at = 0;
    return choice_of(l, &q->choices->choices[at]);
}

static json_t *picks_of(struct life *l, const struct question *q)
{
    json_t *list = json_array();
    int count = (int)q->choices->count, left = chance_from(&l->chance, 1, 3);
    for (int i = chance_below(&l->chance, count); i < count && left > 0; i += chance_from(&l->chance, 1, 3)) {
        const struct choice *choice = &q->choices->choices[i];
        if (choice->exclusive && json_array_size(list))
            continue;
        json_array_append_new(list, choice_of(l, choice));
        left = choice->exclusive ? 0 : left - 1;
    }
    return list;
}

static json_t *order_of(struct life *l, const struct question *q)
{
    json_t *list = json_array();
    for (size_t i = 0; i < q->choices->count; i++)
        json_array_insert_new(list, (size_t)chance_below(&l->chance, (int)i + 1),
                              choice_of(l, &q->choices->choices[i]));
    return list;
}

static json_t *any_value(struct life *l, const struct question *q)
{
    char day[16];
    switch (q->type) {
    case TYPE_TEXT:
        return json_string(chance_word(&l->chance, words_answer));
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return number_of(l, q);
    case TYPE_SELECT_ONE:
        return pick_of(l, q);
    case TYPE_SELECT_MULTIPLE:
        return picks_of(l, q);
    case TYPE_RANK:
        return order_of(l, q);
    case TYPE_DATE:
        return json_string(
            life_day(l, chance_from(&l->chance, 2, 60) * (chance_percent(&l->chance, 50) ? 1 : -1), day));
    case TYPE_TIME:
        return json_string("10:30");
    case TYPE_ACKNOWLEDGE:
        return json_true();
    default:
        return NULL;
    }
}

json_t *life_value(struct life *l, int item, enum who who, const json_t *unlike)
{
    const struct question *q = assessment_question(life_now(l), item);
    for (int tries = 0; tries < 12; tries++) {
        int level = l->level;
        if (unlike) /* so that it is soon another */
            l->level = chance_from(&l->chance, 100, 500);
        json_t *value = any_value(l, q);
        l->level = level;
        if (value && assessment_takes(life_now(l), item, who, value, NULL) &&
            (!unlike || answer_differs(q, unlike, value)))
            return value;
        json_decref(value);
    }
    return NULL;
}

void life_answers(struct life *l, int item, enum who who, json_t *value, const char *because)
{
    const struct question *q = assessment_question(life_now(l), item);
    json_t *intent = intent_by(who, "answered");
    intent_text(intent, "question", assessment_path(life_now(l), item));
    json_object_set_new(intent, "value", value);
    if (because && life_speaks(l, who))
        intent_text(intent, "because", because);
    if (q->evidence && chance_percent(&l->chance, 25))
        intent_text(intent, "evidence", evidence_names[chance_from(&l->chance, 1, 5)]);
    json_object_set_new(intent, "passed", json_true()); /* taken out again where no warning is broken */
    life_act(l, life_pace(l, 8, 75), intent);
}

static const char *some_because(struct life *l, enum who who, int percent)
{
    return chance_percent(&l->chance, percent) ? chance_word(&l->chance, words_because[who]) : NULL;
}

/* One who does not answer says why not; the service user more often. */
static bool declines(struct life *l, int item, enum who who)
{
    if (!chance_percent(&l->chance, who == SERVICE_USER ? 4 : 1))
        return false;
    json_t *intent = intent_by(who, "declined");
    intent_text(intent, "question", assessment_path(life_now(l), item));
    intent_text(intent, "missing", missing_names[chance_from(&l->chance, 1, 3)]);
    life_act(l, life_pace(l, 4, 20), intent);
    return true;
}

static bool waits(const struct life *l, int item, enum who who)
{
    return assessment_waits_for(life_now(l), item, who);
}

static void answer_alone(struct life *l, int item, enum who who)
{
    if (!waits(l, item, who) || declines(l, item, who))
        return;
    bool words = assessment_question(life_now(l), item)->type == TYPE_TEXT;
    if (words && (!life_speaks(l, who) || chance_percent(&l->chance, who == SERVICE_USER ? 15 : 45)))
        return;
    json_t *value = life_value(l, item, who, NULL);
    if (value)
        life_answers(l, item, who, value, some_because(l, who, 3));
}

/* A slip of a finger: taken back at once, before anybody has said a word about it. */
static void takes_back(struct life *l, int item, enum who who, const json_t *meant)
{
    life_act(l, life_pace(l, 2, 6), intent_by(who, "undone"));
    if (assessment_takes(life_now(l), item, who, meant, NULL))
        life_answers(l, item, who, json_deep_copy(meant), NULL);
}

static void answer_both(struct life *l, int item)
{
    const struct question *q = assessment_question(life_now(l), item);
    enum who first = chance_percent(&l->chance, 85) ? l->worker.usually : who_other(l->worker.usually);
    enum who second = who_other(first);
    answer_alone(l, item, first);
    const json_t *said = assessment_answer(life_now(l), item, first)->value;
    if (!said || !question_is_compared(q) || !waits(l, item, second)) {
        answer_alone(l, item, second);
        return;
    }
    if (declines(l, item, second))
        return;
    bool differs = !l->agreed && chance_percent(&l->chance, l->worker.differs);
    json_t *meant = json_deep_copy(said); /* of what the next fold may take away */
    json_t *value = differs ? life_value(l, item, second, meant) : NULL;
    differs = value;
    if (!value && assessment_takes(life_now(l), item, second, meant, NULL))
        value = json_deep_copy(meant);
    if (!value)
        value = life_value(l, item, second, NULL);
    if (value)
        life_answers(l, item, second, value, some_because(l, second, differs ? 60 : 2));
    if (differs && chance_percent(&l->chance, 3))
        takes_back(l, item, second, meant);
    else if (differs && (l->worker.hurried || chance_percent(&l->chance, 40)))
        life_talk_now(l);
    json_decref(meant);
}

/* One puts it forward, both say yes; where the form wants it, it is said back before. */
static void answer_together(struct life *l, int item)
{
    enum who by = life_either(l);
    char *path = xstrdup(assessment_path(life_now(l), item));
    json_t *value = life_value(l, item, SERVICE_USER, NULL);
    if (value) {
        json_t *intent = intent_by(by, "proposed");
        intent_text(intent, "question", path);
        json_object_set_new(intent, "value", value);
        json_object_set_new(intent, "passed", json_true());
        life_act(l, life_pace(l, 10, 60), intent);
    }
    if (value && assessment_question(life_now(l), item)->say_back) {
        json_t *intent = intent_by(who_other(by), "said_back");
        intent_text(intent, "question", path);
        intent_text(intent, "text", chance_word(&l->chance, words_back));
        life_act(l, life_pace(l, 10, 50), intent);
        intent = intent_by(by, "marked");
        intent_integer(intent, "of", (long)assessment_events(life_now(l)));
        json_object_set_new(intent, "right", json_true());
        life_act(l, life_pace(l, 3, 12), intent);
    }
    for (int party = 0; party < PARTIES && value; party++) {
        json_t *intent = intent_by((enum who)party, "confirmed");
        intent_text(intent, "question", path);
        life_act(l, life_pace(l, 2, 10), intent);
    }
    free(path);
}

/* An entry or two in a list that is empty yet. */
static void fill(struct life *l, int item)
{
    const struct question *q = assessment_question(life_now(l), item);
    if (assessment_entries(life_now(l), item) > 0 || !chance_percent(&l->chance, 55))
        return;
    enum who by = q->asked_of < PARTIES            ? q->asked_of
                  : chance_percent(&l->chance, 60) ? SERVICE_USER
                                                   : PRACTITIONER;
    for (int n = chance_percent(&l->chance, 25) ? 2 : 1; n > 0; n--) {
        json_t *intent = intent_by(by, "added");
        intent_text(intent, "question", assessment_path(life_now(l), item));
        life_act(l, life_pace(l, 4, 15), intent);
    }
}

/* Another way to see what one of them said. */
static void reframe(struct life *l, int item)
{
    json_t *intent = intent_by(PRACTITIONER, "reframed");
    intent_text(intent, "question", assessment_path(life_now(l), item));
    intent_text(intent, "text", chance_word(&l->chance, words_reframed));
    life_act(l, life_pace(l, 15, 50), intent);
}

static void answer_item(struct life *l, int item)
{
    const struct question *q = assessment_question(life_now(l), item);
    if (!assessment_shown(life_now(l), item) || q->read_only)
        return;
    if (q->type == TYPE_REPEAT)
        fill(l, item);
    else if (!question_is_answered(q) || chance_percent(&l->chance, 4))
        return;
    else if (q->asked_of == ASKED_OF_BOTH)
        answer_both(l, item);
    else if (q->asked_of != TOGETHER)
        answer_alone(l, item, q->asked_of);
    else if (!assessment_answer(life_now(l), item, TOGETHER)->value && life_speaks(l, SERVICE_USER))
        answer_together(l, item);
}

void life_answer(struct life *l, int first, int end)
{
    for (int place = 0; place < assessment_count(life_now(l)); place++) { /* entries come into it */
        int item = assessment_at(life_now(l), place);
        int section = assessment_question(life_now(l), item)->section;
        if (section >= first && section < end)
            answer_item(l, item);
    }
}

/* What has changed both mostly see; a practitioner whose people always move stays where they are. */
void life_answer_again(struct life *l, int most)
{
    for (int n = chance_below(&l->chance, most + 1), tries = 0; n > 0 && tries < 40; tries++) {
        int item = assessment_at(life_now(l), chance_below(&l->chance, assessment_count(life_now(l))));
        const struct question *q = assessment_question(life_now(l), item);
        enum who who = l->worker.they_move ? SERVICE_USER : life_either(l), other = who_other(who);
        if (q->type != TYPE_RANGE || q->asked_of != ASKED_OF_BOTH ||
            assessment_standing(life_now(l), item) != STANDING_SAME)
            continue;
        json_t *value = life_value(l, item, who, NULL);
        if (value)
            life_answers(l, item, who, json_copy(value), some_because(l, who, 40));
        if (value && !l->worker.they_move && chance_percent(&l->chance, 75) &&
            assessment_takes(life_now(l), item, other, value, NULL))
            life_answers(l, item, other, json_copy(value), some_because(l, other, 5));
        if (chance_percent(&l->chance, 15))
            reframe(l, item);
        json_decref(value);
        n--;
    }
}
