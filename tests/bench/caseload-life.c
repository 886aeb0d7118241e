/* One person's records, one after the other. */
#include "bench/caseload.h"

#include "base/date.h"
#include "base/mem.h"
#include "caseload/forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- chance ---- */

uint64_t chance_next(struct chance *chance)
{
    uint64_t z = chance->state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

struct chance chance_of(uint64_t seed, uint64_t number)
{
    struct chance chance = {seed};
    chance.state = chance_next(&chance) + number;
    chance.state = chance_next(&chance);
    return chance;
}

int chance_below(struct chance *chance, int n)
{
    return (int)((chance_next(chance) >> 32) * (uint64_t)n >> 32);
}

int chance_from(struct chance *chance, int least, int most)
{
    return least + chance_below(chance, most - least + 1);
}

bool chance_percent(struct chance *chance, int percent)
{
    return chance_below(chance, 100) < percent;
}

const char *chance_word(struct chance *chance, const char *const *words)
{
    int count = 0;
    while (words[count])
        count++;
    return words[chance_below(chance, count)];
}

int chance_weighed(struct chance *chance, const int *weights)
{
    int sum = 0, which = 0;
    for (int i = 0; weights[i]; i++)
        sum += weights[i];
    for (int at = chance_below(chance, sum); at >= weights[which]; which++)
        at -= weights[which];
    return which;
}

/* ---- what is done in a record ---- */

const struct assessment *life_now(const struct life *l)
{
    return session_assessment(l->s);
}

json_t *intent_by(enum who who, const char *event)
{
    return json_pack("{s:s, s:s}", "by", who_names[who], "event", event);
}

void intent_text(json_t *intent, const char *key, const char *text)
{
    json_object_set_new(intent, key, json_string(text));
}

void intent_integer(json_t *intent, const char *key, long number)
{
    json_object_set_new(intent, key, json_integer(number));
}

void life_act(struct life *l, int seconds, json_t *intent)
{
    char *cause = NULL;
    l->now += seconds;
    clock_fix(l->now);
    json_incref(intent);
    if (!session_do(l->s, intent, &cause))
        give_up("%s, line %zu: %s: %s", l->ref, assessment_events(life_now(l)) + 1,
                json_dumps(intent, JSON_COMPACT), cause);
    json_decref(intent);
}

const char *life_day(const struct life *l, int days, char text[16])
{
    return date_format((int)(l->now / 86400) + days, text);
}

bool life_speaks(const struct life *l, enum who who)
{
    return who != SERVICE_USER || !l->silent;
}

enum who life_either(struct life *l)
{
    return chance_percent(&l->chance, 50) ? PRACTITIONER : SERVICE_USER;
}

enum who life_speaker(struct life *l)
{
    enum who who = life_either(l);
    return life_speaks(l, who) ? who : PRACTITIONER;
}

int life_pace(struct life *l, int least, int most)
{
    return chance_from(&l->chance, least, l->worker.hurried ? least + 1 : most);
}

/* ---- who they are ---- */

struct worker worker_numbered(int number)
{
    return (struct worker){.name = words_practitioners[number],
                           .differs = 5 + number % 8,
                           .they_move = number % 13 == 7,
                           .hurried = number % 11 == 5,
                           .usually = number % 3 == 0 ? SERVICE_USER : PRACTITIONER};
}

/* ---- the forms ---- */

enum made_form { YOUNG_ADULT, WHOLE_LIFE, REVIEW, FEEDBACK, EXIT, FORMS };
static const struct {
    const char *name;
    int least, most; /* sittings */
} forms[FORMS] = {
    {"young-adult", 3, 6}, {"whole-life", 3, 6}, {"review", 2, 4}, {"feedback", 3, 4}, {"exit", 3, 4}};
static struct form *masters[FORMS]; /* their sources are loaded again for each record */

static struct form *form_made(enum made_form which)
{
    struct diags diags;
    diags_init(&diags, forms[which].name);
    if (!masters[which]) {
        char *cause = NULL, *path = forms_find(forms[which].name, &cause);
        if (!path || !(masters[which] = form_read(path, &diags)))
            give_up("%s: %s", forms[which].name, cause ? cause : "this form has faults");
        free(path);
    }
    struct form *form =
        form_load(forms[which].name, masters[which]->source, masters[which]->source_length, &diags);
    diags_release(&diags);
    return form;
}

void life_forms_release(void)
{
    for (int i = 0; i < FORMS; i++)
        form_free(masters[i]);
}

/* ---- the records ---- */

int life_records(uint64_t seed, int number)
{
    static const int weights[] = {20, 30, 25, 15, 10, 0};
    struct chance chance = chance_of(seed ^ 0x5eed, (uint64_t)number);
    return 1 + chance_weighed(&chance, weights);
}

/* As record_new_id() makes it, but for where the chance comes from. */
static void new_id(struct life *l, char id[RECORD_ID_TEXT])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    uint64_t milliseconds = (uint64_t)l->now * 1000 + (uint64_t)chance_below(&l->chance, 1000);
    for (int i = 10; i-- > 0; milliseconds >>= 5)
        id[i] = digits[milliseconds & 31];
    for (int i = 10; i < RECORD_ID_TEXT - 1; i++)
        id[i] = digits[chance_below(&l->chance, 32)];
    id[RECORD_ID_TEXT - 1] = '\0';
}

/* To a working day so many days on, and some hour of it. */
static void next_day(struct life *l, int days)
{
    int day = (int)(l->now / 86400) + days;
    day += (day + 3) % 7 == 5 ? 2 : (day + 3) % 7 == 6 ? 1 : 0; /* 1970-01-01 was a Thursday */
    l->now = (time_t)day * 86400 + chance_from(&l->chance, 9 * 60, 16 * 60) * 60;
}

static enum made_form which_form(struct life *l, int which, bool last, bool was_first)
{
    if (which == 0 || was_first) {
        static const int weights[] = {66, 2, 1, 25, 6, 0};
        return (enum made_form)chance_weighed(&l->chance, weights);
    }
    static const int weights[] = {33, 1, 7, 45, 14, 0}, at_last[] = {26, 1, 7, 34, 32, 0};
    return (enum made_form)chance_weighed(&l->chance, last ? at_last : weights);
}

static bool is_followed(enum made_form form)
{
    return form <= REVIEW;
}

static void make_record(struct life *l, enum made_form which, const struct session *earlier, bool last)
{
    char id[RECORD_ID_TEXT], *cause = NULL;
    struct form *form = form_made(which);
    next_day(l, 0);
    clock_fix(l->now);
    new_id(l, id);
    int sections = form->section_count;
    l->s = earlier ? session_follow(NULL, id, l->ref, form, earlier, &cause)
                   : session_begin(NULL, id, l->ref, form, &cause);
    if (!l->s)
        give_up("%s: %s", l->ref, cause);
    l->agreed = chance_percent(&l->chance, 6);
    l->silent = chance_percent(&l->chance, 5);
    l->promise_count = 0;
    int sittings = chance_from(&l->chance, forms[which].least, forms[which].most);
    int leaves = last && chance_percent(&l->chance, 25) ? chance_below(&l->chance, sittings) : sittings;
    if (!earlier && chance_percent(&l->chance, 40))
        life_begins(l);
    for (int i = 0; i < sittings; i++) {
        life_sitting(l, sections * i / sittings, sections * (i + 1) / sittings, i + 1 == sittings);
        if (i == leaves) {
            life_leaves(l);
            return;
        }
        if (i + 1 < sittings) {
            life_between(l, is_followed(which));
            next_day(l, chance_from(&l->chance, 5, 24));
        }
    }
    life_sign(l);
}

void life_make(const struct life_plan *plan)
{
    struct life l = {.chance = chance_of(plan->seed, (uint64_t)plan->number)};
    struct session *earlier = NULL;
    l.worker = worker_numbered(plan->number % WORKERS);
    l.person = chance_word(&l.chance, words_people);
    l.pronouns = chance_word(&l.chance, words_pronouns);
    l.level = chance_from(&l.chance, 150, 420);
    l.left = chance_percent(&l.chance, 50) ? PRACTITIONER : SERVICE_USER;
    snprintf(l.ref, sizeof l.ref, "C%05d", plan->number + 1);
    l.now = (time_t)86400 * (19366 + chance_below(&l.chance, 720)); /* from 2023-01-09 on */
    for (int i = 0; i < plan->records; i++) {
        enum made_form which = which_form(&l, i, i + 1 == plan->records, !earlier);
        bool follows = earlier && is_followed(which);
        make_record(&l, which, follows ? earlier : NULL, i + 1 == plan->records);
        plan->keep(plan->context, session_record(l.s), i);
        if (is_followed(which)) {
            session_close(earlier);
            earlier = l.s;
        } else {
            session_close(l.s);
        }
        l.level += chance_from(&l.chance, -40, 80);
        l.level = l.level > 470 ? 470 : l.level;
        next_day(&l, chance_from(&l.chance, 20, 60));
    }
    session_close(earlier);
    clock_fix(0);
}
