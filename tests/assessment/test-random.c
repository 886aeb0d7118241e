/* Whatever two people do, in whatever order, with whichever versions of the form: what the rules then owe
 * ends, a second reading of the same record finds each line where it may be and comes to the same assessment,
 * what was derived step by step is what is derived anew, and nothing that must hold is broken.
 *
 * The intents are made up by a generator that starts from fixed numbers, so that a failure comes again. Most
 * are about what there is (a live disagreement, what lies on the table), some are about nothing at all. Then
 * the same with lines that no rule let in, as a hand could have written them. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "assessment/internal.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/walk.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 40, INTENTS = 150, MOST_OWED = 20, REREAD = 8 };

static const char yaml[] =
    "form: random\nversion: \"1\"\ntitle: Random\nlanguages: [en]\n"
    "scales:\n  ladder: {min: 1, max: 5}\n"
    "choices:\n"
    "  counties:\n    - {name: kent, label: Kent}\n    - {name: essex, label: Essex}\n"
    "  towns:\n"
    "    - {name: dover, label: Dover, county: kent}\n"
    "    - {name: harlow, label: Harlow, county: essex}\n"
    "  days:\n"
    "    - {name: mon, label: Mon}\n    - {name: tue, label: Tue}\n    - {name: wed, label: Wed}\n"
    "    - {name: none, label: None, exclusive: true}\n"
    "  wants:\n    - {name: mon, label: Mon}\n    - {name: tue, label: Tue}\n    - {name: wed, label: Wed}\n"
    "  rides:\n    - {name: kent, label: Kent}\n    - {name: other, label: Other, other: true}\n"
    "sections:\n"
    "  - section: one\n    title: One\n    questions:\n"
    "      - {name: home, type: range, scale: ladder, label: \"Home and ${job}, ${step}\", warning: \". != 4 "
    "or ${money} > 2\"}\n"
    "      - {name: money, type: range, scale: ladder, label: Money, tolerance: 1}\n"
    "      - {name: county, type: select_one, choices: counties, label: County, relevant: \"${home} <= 3\"}\n"
    "      - {name: town, type: select_one, choices: towns, label: Town, choice_filter: \"county = "
    "${county}\"}\n"
    "      - {name: days, type: select_multiple, choices: days, label: Days, tolerance: 1}\n"
    "      - {name: since, type: date, label: Since, tolerance: 7, constraint: \". <= today()\"}\n"
    "      - {name: size, type: decimal, label: Size, constraint: \". < 2000 or ${home} > 2\"}\n"
    "      - {name: read, type: acknowledge, label: Read}\n"
    "  - section: two\n    title: Two\n    questions:\n"
    "      - name: inside\n        type: group\n        label: Inside\n        relevant: \"${sum} > 3\"\n"
    "        questions:\n"
    "          - {name: job, type: text, label: Job, compare: true}\n"
    "          - {name: words, type: text, label: Words}\n"
    "          - {name: mood, type: range, scale: ladder, label: Mood, reveal: together}\n"
    "          - {name: aim, type: integer, label: Aim, asked_of: together, min: 1, max: 4}\n"
    "      - {name: goal, type: text, asked_of: together, label: Goal, relevant: \"differs(${home})\"}\n"
    "      - {name: matters, type: range, scale: ladder, asked_of: service_user, label: Matters}\n"
    "      - {name: checked, type: integer, asked_of: practitioner, label: Checked, required: "
    "\"${matters} > 2\"}\n"
    "      - {name: order, type: rank, choices: wants, label: Order, tolerance: 1}\n"
    "      - {name: up, type: time, label: Up, tolerance: 60, warning: \". != '06:00'\"}\n"
    "      - {name: visit, type: date_time, label: Visit, tolerance: 0.5, constraint: \". <= now()\"}\n"
    "      - {name: ride, type: select_one, choices: rides, label: Ride}\n"
    "      - {name: meet, type: time, label: Meet, asked_of: together, warning: \". != '06:00'\"}\n"
    "      - {name: after, type: text, label: After, compare: true, relevant: \"agreed(${money}) > 2 or "
    "today() > date('2026-11-25')\"}\n"
    "      - {name: thanks, type: note, label: Thanks}\n"
    "  - section: goals\n    title: Goals\n    questions:\n"
    "      - name: goals_\n        type: repeat\n        label: Goals\n        max_count: 4\n"
    "        min_count: 1\n        relevant: \"${home} != 2 or ${money} > 1\"\n        questions:\n"
    "          - {name: want, type: text, label: Want, asked_of: together}\n"
    "          - {name: weight, type: range, scale: ladder, label: Weight}\n"
    "          - {name: which, type: select_one, choices: towns, label: Which, compare: true, choice_filter: "
    "\"county = ${county}\"}\n"
    "          - name: deep\n            type: group\n            label: Deep\n"
    "            relevant: \"${weight} > 2 or position(..) = 2\"\n            questions:\n"
    "              - {name: sure, type: integer, label: \"Sure of ${want}, ${many}\", required: true, "
    "reveal: "
    "together}\n"
    "          - name: steps\n            type: repeat\n            label: Steps\n            questions:\n"
    "              - {name: step, type: text, label: Step, compare: true, relevant: \"${weight} != 5\"}\n"
    "              - {name: by, type: date, label: By, constraint: \". <= today()\"}\n"
    "              - {name: at, type: calculate, calculation: \"concat(position(..), ${weight}, ${step})\"}\n"
    "              - {name: late, type: calculate, calculation: \"if(today() > date('2026-11-25'), ${many}, "
    "${lag})\"}\n"
    "              - {name: why, type: text, compare: true, label: \"Why ${late}\", relevant: \"${late} > 3 "
    "or "
    "now() > date('2026-11-23')\"}\n"
    "              - {name: like, type: select_one, choices: towns, label: Like, choice_filter: \"county = "
    "${county} or indexed-repeat(${step}, ${goals_}, 1, ${steps}, 1) != ''\"}\n"
    "          - {name: lag, type: calculate, calculation: \"concat(indexed-repeat(${weight}, ${goals_}, "
    "position(..) - 1), indexed-repeat(${step}, ${goals_}, 1, ${steps}, 2))\"}\n"
    "          - {name: behind, type: integer, label: Behind, relevant: \"${lag} != '' or "
    "sum(${weight}) > 6\"}\n"
    "          - {name: many, type: calculate, calculation: \"count(${step}) + ${sum}\"}\n"
    "      - name: mine\n        type: repeat\n        label: Mine\n        asked_of: service_user\n"
    "        attachable: true\n        questions:\n"
    "          - {name: thing, type: integer, label: Thing}\n"
    "      - {name: enough, type: acknowledge, label: Enough, relevant: \"count(${goals_}) > 1 and "
    "sum(${weight}) < 9\"}\n"
    "  - section: three\n    title: Three\n    questions:\n"
    "      - {name: sum, type: calculate, calculation: \"coalesce(${home}, 0) + coalesce(${money}, 0)\"}\n"
    "      - {name: last, type: calculate, calculation: \"concat(${days}, ${goal}, gap(${home}))\"}\n"
    "      - {name: all, type: calculate, calculation: \"concat(join(' ', ${step}), sum(${weight}), "
    "count(${mine}), join('', ${at}), join('-', ${late}), join('', ${lag}))\"}\n";

/* What another version of it has otherwise. */
static const char *const edits[][2] = {
    {"label: Money, tolerance: 1", "label: Money, tolerance: 0"},
    {"          - {name: words, type: text, label: Words}\n", ""},
    {"{name: days, type: select_multiple, choices: days, label: Days, tolerance: 1}",
     "{name: days, type: text, label: Days}"},
    {"{name: size, type: decimal,", "{name: size, type: integer, min: -5, max: 5,"},
    {"label: Mood, reveal: together", "label: Mood, asked_of: practitioner"},
    {"ladder: {min: 1, max: 5}", "ladder: {min: 1, max: 3}"},
    {"{name: which, type: select_one, choices: towns, label: Which, compare: true, choice_filter: "
     "\"county = ${county}\"}",
     "{name: whether, type: acknowledge, label: Whether}"},
    {"{name: by, type: date, label: By, constraint: \". <= today()\"}",
     "{name: extra, type: integer, label: Extra}"},
    {"max_count: 4", "max_count: 1"},
    {"        asked_of: service_user\n        attachable: true\n", ""},
    {"{name: thing, type: integer,", "{name: thing, type: text,"},
    {"mine", "ours"},
    {"steps", "stages"},
    {"scale: ladder, label: Weight", "scale: ladder, asked_of: together, label: Weight"},
    {"relevant: \"${home} != 2 or ${money} > 1\"", "relevant: \"${home} != 3\""},
    {"label: Aim, asked_of: together,", "label: Aim,"},
    {"      - {name: home,",
     "      - {name: new, type: text, label: New, compare: true}\n      - {name: home,"},
    {"{name: job, type: text, label: Job, compare: true}", "{name: job, type: text, label: Job}"},
    {"{name: order, type: rank, choices: wants", "{name: order, type: rank, choices: counties"},
    {"label: Step, compare: true,", "label: Step, compare: true, asked_of: service_user,"},
};
enum { EDITS = sizeof edits / sizeof *edits };

static struct form *form;

/* The form with some of the edits, under a version of its own. */
static char *edited(unsigned which, unsigned version)
{
    char *text = xasprintf("form: random\nversion: \"%u\"\n%s", version, strstr(yaml, "title:"));
    for (int i = 0; i < EDITS; i++) {
        struct strbuf sb = STRBUF_INIT;
        const char *from = text, *at;
        while (which & 1u << i && (at = strstr(from, edits[i][0]))) {
            strbuf_addn(&sb, from, (size_t)(at - from));
            strbuf_add(&sb, edits[i][1]);
            from = at + strlen(edits[i][0]);
        }
        strbuf_add(&sb, from);
        free(text);
        text = strbuf_detach(&sb);
    }
    return text;
}

static int load(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "random");
    form = form_load("random", yaml, sizeof yaml - 1, &diags);
    if (!form)
        diags_print(&diags, yaml, sizeof yaml - 1, stderr);
    bool good = form != NULL;
    diags_release(&diags);
    /* Each of the versions is one that can be read, and another. */
    for (int i = 0; good && i < EDITS; i++) {
        char *text = edited(1u << i, 1);
        diags_init(&diags, "random");
        struct form *other = form_load("random", text, strlen(text), &diags);
        if (!other)
            diags_print(&diags, text, strlen(text), stderr);
        good = other && strcmp(text, yaml) != 0;
        form_free(other);
        diags_release(&diags);
        free(text);
    }
    return good ? 0 : 1;
}

static int unload(void **state)
{
    (void)state;
    form_free(form);
    return 0;
}

/* ---- chance ---- */

static uint64_t seed;

static unsigned chance(unsigned below)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (unsigned)((seed >> 20) % below);
}

#define ONE_OF(array) ((array)[chance(sizeof(array) / sizeof *(array))])

/* ---- a record in memory ---- */

static time_t now;
static size_t done_of[EVENT_UNKNOWN + 1]; /* by kind, what came about in all runs */

/* Read a line as the record would: text, and back. */
static bool parse_line(json_t *object, struct event *event, json_t **body)
{
    char *text = json_dumps(object, JSON_COMPACT | JSON_PRESERVE_ORDER), *cause = NULL;
    *body = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(*body);
    bool fits = event_parse(*body, true, event, &cause);
    if (!fits)
        json_decref(*body);
    free(cause);
    free(text);
    return fits;
}

static void append(struct assessment *a, json_t *object)
{
    char at[INSTANT_TEXT];
    clock_fix(now);
    json_object_set_new(object, "seq", json_integer((json_int_t)assessment_events(a) + 1));
    json_object_set_new(object, "at", json_string(clock_instant(at)));
    struct event event;
    json_t *body;
    assert_true(parse_line(object, &event, &body));
    assessment_fold(a, &event);
    done_of[event.kind]++;
    json_decref(body);
}

/* As a session does it; false where it may not be. */
static bool do_intent(struct assessment *a, json_t *intent)
{
    struct event event;
    json_t *body, *owed;
    clock_fix(now);
    assessment_complete(a, intent);
    if (!parse_line(intent, &event, &body))
        return false;
    char *cause = NULL;
    bool may = assessment_follows(a, &event, &cause);
    json_decref(body);
    if (!may) {
        assert_non_null(cause); /* a refusal says why */
        free(cause);
        return false;
    }
    append(a, intent);
    for (int count = 0; (owed = assessment_owed(a)); count++) {
        if (count == MOST_OWED)
            fail_msg("what is owed does not end: %s", json_dumps(owed, JSON_COMPACT));
        append(a, owed);
        json_decref(owed);
    }
    return true;
}

/* ---- items ---- */

/* One after the other, from -1 to -1: those of the form, those of each entry, in or out, and what is left of
 * questions that are gone. */
static int next_item(const struct assessment *a, int item)
{
    return item + 1 < a->item_count ? item + 1 : -1;
}

/* Most are asked somewhere as things stand; some are in no entry, or in one taken out. */
static int any_item(const struct assessment *a)
{
    if (chance(12))
        return assessment_at(a, (int)chance((unsigned)assessment_count(a)));
    return (int)chance((unsigned)a->item_count);
}

/* ---- what is made up ---- */

static json_t *made_up_value(const struct question *q)
{
    static const char *const texts[] = {"a", "b", " a ", "b\n", "", " ", "caf\xc3\xa9"};
    static const double numbers[] = {1,    2, 2.5,       3,     4,      5,
                                     -0.0, 0, 0.1 + 0.2, 1e308, -1e308, 9007199254740993.0};
    static const char *const days[] = {"mon", "tue", "wed", "none", "thu"};
    static const char *const dates[] = {"2026-11-01", "2026-11-05", "2026-11-20", "2026-11-31", "2099-01-01"};
    static const char *const names[] = {"kent",    "essex",   "dover",    "harlow",
                                        "other:a", "other:b", "other: a "};
    static const char *const times[] = {"06:00", "06:30", "07:30", "23:59", "24:00"};
    static const char *const visits[] = {"2026-11-01T10:00", "2026-11-01T21:00", "2026-11-02T10:00",
                                         "2026-11-01", "2099-01-01T00:00"};
    switch (chance(20) ? q->type : (enum question_type)chance(TYPE_GROUP)) {
    case TYPE_INTEGER:
    case TYPE_RANGE:
        if (chance(4))
            return json_integer(1 + (int)chance(5));
        if (!chance(9))
            return json_integer(9223372036854775807);
        return json_real(ONE_OF(numbers));
    case TYPE_DECIMAL:
        return json_real(ONE_OF(numbers));
    case TYPE_SELECT_ONE:
        return json_string(ONE_OF(names));
    case TYPE_SELECT_MULTIPLE: {
        json_t *array = json_array();
        for (unsigned n = chance(4); n > 0; n--)
            json_array_append_new(array, json_string(ONE_OF(days)));
        return array;
    }
    case TYPE_RANK: {
        json_t *order = json_array();
        unsigned first = chance(3);
        for (unsigned n = 0; n < 3; n++)
            json_array_append_new(order,
                                  json_string(days[chance(9) ? (first + n * (1 + first % 2)) % 3 : n]));
        return order;
    }
    case TYPE_DATE:
        return json_string(ONE_OF(dates));
    case TYPE_TIME:
        return json_string(ONE_OF(times));
    case TYPE_DATE_TIME:
        return json_string(ONE_OF(visits));
    case TYPE_ACKNOWLEDGE:
        return json_true();
    default:
        return json_string(ONE_OF(texts));
    }
}

static void set(json_t *intent, const char *key, const char *text)
{
    json_object_set_new(intent, key, json_string(text));
}

/* Something about a disagreement that there is, or nearly is. */
static void about_dispute(const struct assessment *a, json_t *intent, const char *event)
{
    char id[16];
    size_t count = assessment_disagreements(a);
    size_t i = count > 3 && chance(3) ? count - chance(3) : chance((unsigned)count + 2);
    snprintf(id, sizeof id, "d%zu", i);
    set(intent, "event", event);
    set(intent, "disagreement", id);
    const struct disagreement *d = assessment_disagreement_of_id(a, id);
    int question = d && d->question >= 0 ? d->question : any_item(a);
    if (strcmp(event, "said_back") == 0) {
        set(intent, "text", chance(9) ? "what you said" : " ");
    } else if (strcmp(event, "said") == 0 && chance(d && d->state == STATE_REFERRED ? 2 : 9) == 0) {
        set(intent, "by", who_names[SUPERVISOR]);
        set(intent, "text", "Ask them.");
        if (chance(5))
            set(intent, "name", "Pat");
    } else if (strcmp(event, "said") == 0) {
        if (chance(2))
            set(intent, "text", chance(9) ? "because" : " ");
        if (chance(2))
            json_object_set_new(intent, "heard", json_integer(chance(7)));
    } else if (strcmp(event, "proposed") == 0) {
        set(intent, "as", settle_names[chance(3) ? chance(2) : chance(5)]);
        if (chance(4))
            json_object_set_new(intent, "value", made_up_value(assessment_question(a, question)));
        if (chance(3))
            set(intent, "because", "so it is");
        if (chance(2)) {
            set(intent, "what", "the paper");
            set(intent, "by_when", chance(3) ? "2026-12-01" : "soon");
        }
        if (chance(2))
            set(intent, "asking", "who is right?");
    }
}

/* The latest event of a kind, mostly; else any number. */
static json_int_t latest(const struct assessment *a, enum event_kind kind)
{
    const struct event *event = NULL, *last = NULL;
    while ((event = assessment_next(a, kind, event)))
        last = event;
    return last && chance(9) ? last->seq : chance((unsigned)assessment_events(a) + 3);
}

/* What stands beside the answers. */
static void about_beside(const struct assessment *a, json_t *intent)
{
    static const struct {
        const char *event, *of;
        enum event_kind target;
        const char *keys;
    } beside[] = {
        {"promised", NULL, 0, "{\"text\":\"I will\",\"by_when\":\"2026-11-28\"}"},
        {"kept", "promise", EVENT_PROMISED, "{\"kept\":true}"},
        {"kept", "promise", EVENT_PROMISED, "{\"kept\":false}"},
        {"happened", NULL, 0, "{\"what\":\"milestone\",\"on\":\"2026-11-20\",\"text\":\"a job\"}"},
        {"happened", NULL, 0, "{\"what\":\"left\",\"on\":\"2026-11-19\",\"how\":\"moved\"}"},
        {"happened", NULL, 0, "{\"what\":\"returned\",\"on\":\"2026-13-19\"}"},
        {"signed", "of", EVENT_HAPPENED, "{\"name\":\"S\"}"},
        {"signed", "of", EVENT_HAPPENED, "{\"refused\":true}"},
        {"came_of_it", "of", EVENT_HAPPENED, "{\"text\":\"it came\"}"},
        {"came_of_it", "of", EVENT_PROMISED, "{\"text\":\"it came\"}"},
        {"statement", "of", EVENT_PROMISED, "{\"text\":\"I say\"}"},
        {"raised", "of", EVENT_STATEMENT, "{\"because\":\"not so\"}"},
        {"offered", NULL, 0, "{\"options\":[\"one\",\"two\"]}"},
        {"taken", "of", EVENT_OFFERED, "{\"how\":\"accepted\",\"option\":2}"},
        {"taken", "of", EVENT_OFFERED, "{\"how\":\"declined\"}"},
        {"told", NULL, 0, "{\"topic\":\"recap\",\"value\":true}"},
        {"told", NULL, 0, "{\"topic\":\"how_it_was\",\"value\":3}"},
        {"told", NULL, 0, "{\"topic\":\"agenda\",\"value\":[\"one\",\"goals\"]}"},
        {"closed", NULL, 0, "{}"},
        {"sat", NULL, 0, "{}"},
        {"shared", NULL, 0, "{\"what\":\"all\",\"to\":\"a friend\",\"told\":true}"},
        {"copied", NULL, 0, "{\"as\":\"full\"}"},
    };
    size_t i = chance(sizeof beside / sizeof *beside);
    json_t *keys = json_loads(beside[i].keys, 0, NULL);
    assert_non_null(keys);
    json_object_update(intent, keys);
    json_decref(keys);
    set(intent, "event", beside[i].event);
    if (beside[i].of)
        json_object_set_new(intent, beside[i].of, json_integer(latest(a, beside[i].target)));
}

/* What was said back last, marked: by either, so that it is now and then by the one who said it. */
static void about_said_back(const struct assessment *a, json_t *intent)
{
    const struct event *event = NULL, *last = NULL;
    while ((event = assessment_next(a, EVENT_SAID_BACK, event)))
        last = event;
    set(intent, "event", "marked");
    json_object_set_new(intent, "of", json_integer(last && chance(9) ? last->seq : 3));
    json_object_set_new(intent, "right", json_boolean(chance(2)));
}

/* An entry comes, moves or goes. */
static void about_entries(const struct assessment *a, json_t *intent)
{
    static const char *const repeats[] = {"goals_", "goals_", "mine", "steps", "ours", "stages"};
    int next = assessment_next_entry(a);
    if (next <= 3 || chance(3) == 0) {
        set(intent, "event", "added");
        const char *name = ONE_OF(repeats);
        int inner = *name == 's' && next > 1 ? 1 + (int)chance((unsigned)next - 1) : 0;
        json_object_set_new(intent, "question",
                            inner ? json_sprintf("%s#%d", name, inner) : json_string(name));
        if (chance(3) == 0)
            set(intent, "about", assessment_path(a, any_item(a)));
        if (chance(20) == 0)
            json_object_set_new(intent, "entry", json_integer(next + (int)chance(3) - 1));
        return;
    }
    int number = 1 + (int)chance((unsigned)next);
    const struct entry *entry = assessment_entry_numbered(a, number);
    bool move = chance(2);
    set(intent, "event", move ? "moved" : "removed");
    set(intent, "question", entry && chance(20) ? assessment_path(a, entry->repeat) : ONE_OF(repeats));
    json_object_set_new(intent, "entry", json_integer(number));
    if (move && chance(4))
        json_object_set_new(intent, "before", json_integer(1 + (int)chance((unsigned)next)));
}

static unsigned version, edits_now, told; /* the run that it is, told when it fails */

/* Another version of the form. */
static void about_form(json_t *intent)
{
    unsigned which = edits_now;
    for (unsigned n = 1 + chance(2); n > 0; n--)
        which ^= 1u << chance(EDITS);
    char *text = edited(which, chance(9) ? ++version : version);
    set(intent, "event", "upgraded");
    json_object_set_new(intent, "form", json_pack("{s:s}", "text", text));
    free(text);
    edits_now = which;
}

static json_t *made_up_intent(const struct assessment *a)
{
    enum who by = (enum who)chance(2);
    int item = any_item(a);
    const struct question *q = assessment_question(a, item);
    const char *path = assessment_path(a, item);
    json_t *intent = json_pack("{s:s}", "by", who_names[by]);
    unsigned what = chance(12) ? chance(110) : 100 + chance(11);
    if (chance(9) == 0) {
        about_beside(a, intent);
    } else if (what == 110) {
        about_form(intent);
    } else if (what >= 100) {
        about_entries(a, intent);
    } else if (what < 34) {
        set(intent, "event", "answered");
        set(intent, "question", path);
        json_object_set_new(intent, "value", made_up_value(q));
        if (chance(3) == 0)
            set(intent, "because", "I know");
        if (chance(2))
            json_object_set_new(intent, "passed", json_true());
    } else if (what < 38) {
        set(intent, "event", "declined");
        set(intent, "question", path);
        set(intent, "missing", missing_names[chance(4)]);
    } else if (what < 42) {
        set(intent, "event", "cleared");
        set(intent, "question", path);
    } else if (what < 46) {
        set(intent, "event", "raised");
        set(intent, "because", "I see it otherwise");
        if (chance(5))
            set(intent, "question", path);
    } else if (what < 52) {
        unsigned how = chance(4);
        if (how == 0)
            about_said_back(a, intent);
        else
            about_dispute(a, intent, how == 1 ? "said_back" : "said");
    } else if (what < 60) {
        about_dispute(a, intent, "proposed");
    } else if (what < 72) {
        about_dispute(a, intent, "confirmed");
    } else if (what < 74) {
        about_dispute(a, intent, "reopened");
    } else if (what < 84) {
        /* answered together */
        bool propose = chance(3) == 0;
        set(intent, "event", propose ? "proposed" : "confirmed");
        for (int i = 0; i < 30 && q->asked_of != TOGETHER; i++)
            q = assessment_question(a, item = any_item(a));
        path = assessment_path(a, item);
        set(intent, "question", path);
        if (propose && chance(2))
            json_object_set_new(intent, "passed", json_true());
        if (propose)
            json_object_set_new(intent, "value", made_up_value(q));
    } else if (what < 88) {
        set(intent, "event", "noted");
        set(intent, "question", path);
        json_object_set_new(intent, "come_back", json_boolean(chance(2)));
    } else if (what < 89) {
        set(intent, "event", chance(2) ? "sat" : "paused");
        now += (time_t)chance(2) * 24 * 60 * 60; /* what is parked comes back on a later day */
    } else if (what < 90) {
        set(intent, "event", "signed");
        set(intent, "name", "S");
    } else {
        set(intent, "event", "undone");
        unsigned how = chance(10);
        if (how < 3) /* anything */
            json_object_set_new(intent, "of", json_integer(chance((unsigned)assessment_events(a) + 2)));
        else if (how < 6 && assessment_redoable(a, by))
            json_object_set_new(intent, "of", json_integer(assessment_redoable(a, by)));
    }
    return intent;
}

/* ---- what an assessment says, all of it ---- */

static void tell_value(struct strbuf *sb, const json_t *value)
{
    char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    strbuf_addf(sb, " %s", text ? text : "-");
    free(text);
}

static void tell_answer(struct strbuf *sb, const struct answer *answer)
{
    strbuf_addf(sb, " [%ld", answer->seq);
    tell_value(sb, answer->value);
    strbuf_addf(sb, " %d %d %s %s]", (int)answer->missing, (int)answer->evidence,
                answer->because ? answer->because : "-", answer->at);
}

static void tell_proposal(struct strbuf *sb, const struct proposal *p)
{
    strbuf_addf(sb, " (%ld %d %d %d%d", p->seq, (int)p->by, (int)p->as, p->confirmed[0], p->confirmed[1]);
    tell_value(sb, p->value);
    strbuf_addf(sb, " %s %s)", p->because ? p->because : "-", p->what ? p->what : "-");
}

static void tell_question(struct strbuf *sb, const struct assessment *a, int q)
{
    strbuf_addf(sb, "%s at %d:", assessment_path(a, q), assessment_place(a, q));
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        tell_answer(sb, assessment_answer(a, q, (enum who)who));
        char *calculated = value_string(assessment_calculated(a, q, (enum who)who));
        strbuf_addf(sb, " <%s>", calculated);
        free(calculated);
    }
    for (int who = 0; who < PARTIES; who++) {
        strbuf_addf(sb, " %d%d%d", assessment_relevant(a, q, (enum who)who),
                    assessment_waits_for(a, q, (enum who)who), assessment_required(a, q, (enum who)who));
    }
    const struct disagreement *d = assessment_disagreement_about(a, q);
    strbuf_addf(sb, " standing %d, revealed %d, back %d, about %s", (int)assessment_standing(a, q),
                assessment_revealed(a, q), assessment_come_back(a, q), d ? d->id : "-");
    tell_value(sb, assessment_agreed(a, q));
    tell_proposal(sb, assessment_together(a, q));
    strbuf_addf(sb, " %s\n", assessment_text(a, q, assessment_question(a, q)->label, SERVICE_USER, 0));
}

static void tell_entries(struct strbuf *sb, const struct assessment *a)
{
    for (int number = 1; number < assessment_next_entry(a); number++) {
        const struct entry *entry = assessment_entry_numbered(a, number);
        strbuf_addf(sb, "entry %d of %s: %ld by %d about %d, in %d at %d, out %d%d\n", entry->number,
                    assessment_path(a, entry->repeat), entry->seq, (int)entry->by, entry->about, entry->in,
                    assessment_entry_place(a, entry), entry->out[0], entry->out[1]);
    }
}

static void tell_dispute(struct strbuf *sb, const struct disagreement *d)
{
    strbuf_addf(
        sb,
        "%s: about %d, kind %d, state %d, by %d, first %d, %ld to %ld, heard %d %d, outcome %d, change %d",
        d->id, d->question, (int)d->kind, (int)d->state, (int)d->by, (int)d->first, d->opened, d->closed,
        d->heard[0], d->heard[1], (int)d->outcome, (int)d->change);
    for (int who = 0; who < PARTIES; who++) {
        tell_answer(sb, &d->before[who]);
        tell_answer(sb, &d->after[who]);
    }
    tell_proposal(sb, &d->proposal);
    tell_value(sb, d->value);
    for (size_t i = 0; i < d->turn_count; i++)
        strbuf_addf(sb, " %ld", d->turns[i]);
    strbuf_add(sb, "\n");
}

static char *tell(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    clock_fix(now);
    for (int item = -1; (item = next_item(a, item)) >= 0;)
        tell_question(&sb, a, item);
    tell_entries(&sb, a);
    for (size_t i = 0; i < assessment_disagreements(a); i++)
        tell_dispute(&sb, assessment_disagreement(a, i));
    for (int who = 0; who < PARTIES; who++) {
        const struct signature *s = assessment_signature(a, (enum who)who);
        strbuf_addf(&sb, "signed %ld %d; undo %ld, redo %ld\n", s->seq, s->changed_since,
                    assessment_undoable(a, (enum who)who), assessment_redoable(a, (enum who)who));
    }
    strbuf_addf(&sb, "live %zu, sittings %zu, paused %d; undone", assessment_live(a), assessment_sittings(a),
                assessment_paused_at(a));
    for (size_t i = 0; i < assessment_events(a); i++) {
        if (assessment_is_undone(a, (long)i + 1))
            strbuf_addf(&sb, " %zu", i + 1);
    }
    return strbuf_detach(&sb);
}

/* ---- what must hold ---- */

static void check_question(const struct assessment *a, int q)
{
    const char *name = assessment_path(a, q);
    const struct disagreement *rated = NULL;
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        if (d->question != q || d->state == STATE_WITHDRAWN)
            continue;
        if (d->by == ALONGSIDE) {
            if (rated)
                fail_msg("%s: %s and %s are both about its two answers", name, rated->id, d->id);
            rated = d;
        }
        for (int who = 0; disagreement_is_live(d) && who < PARTIES; who++) {
            const struct answer *now_ = assessment_answer(a, q, (enum who)who);
            if (d->after[who].seq != now_->seq && d->after[who].value && now_->value &&
                !answer_same(assessment_question(a, q), d->after[who].value, now_->value))
                fail_msg("%s: %s tells an answer that is no longer so", name, d->id);
        }
    }
    bool differ = assessment_standing(a, q) == STANDING_DIFFER;
    if (differ && assessment_shown(a, q) && !rated)
        fail_msg("%s: the answers differ, and there is no disagreement", name);
    if (rated && disagreement_is_live(rated) && !rated->proposal.seq &&
        assessment_standing(a, q) == STANDING_SAME)
        fail_msg("%s: the answers came together, and it is not put forward", name);
    for (int who = 0; who <= TOGETHER; who++) {
        const struct answer *answer = assessment_answer(a, q, (enum who)who);
        if (answer->value && assessment_is_undone(a, answer->seq))
            fail_msg("%s: the answer of entry %ld stands, which is undone", name, answer->seq);
    }
}

/* Each repeat's entries are its own, each once, no more than it may hold; what is in is gone through in that
 * order, and what is not is asked of nobody. */
static void check_entries(const struct assessment *a)
{
    for (int item = -1; (item = next_item(a, item)) >= 0;) {
        const struct question *q = assessment_question(a, item);
        const struct entry *in = assessment_entry_of(a, item);
        if (in && !in->in && (assessment_place(a, item) >= 0 || assessment_shown(a, item)))
            fail_msg("%s is asked in an entry that was taken out", assessment_path(a, item));
        if (assessment_find(a, assessment_path(a, item)) != item && assessment_place(a, item) >= 0)
            fail_msg("%s is not found by its path", assessment_path(a, item));
        if (q->type != TYPE_REPEAT)
            continue;
        if (assessment_entries(a, item) > (size_t)q->max_count && assessment_upgrades(a) == 0)
            fail_msg("%s has %zu entries", assessment_path(a, item), assessment_entries(a, item));
        int last = assessment_place(a, item);
        for (size_t i = 0; i < assessment_entries(a, item) && last >= 0; i++) {
            const struct entry *entry = assessment_entry(a, item, i);
            if (entry->repeat != item || assessment_entry_place(a, entry) != (int)i + 1 ||
                assessment_place(a, entry->first) <= last)
                fail_msg("%s: entry %d is out of place", assessment_path(a, item), entry->number);
            last = assessment_place(a, entry->first);
        }
    }
    for (int place = 0; place < assessment_count(a); place++)
        assert_int_equal(assessment_place(a, assessment_at(a, place)), place);
    int place = 0, from, to;
    for (int section = 0; section < assessment_form(a)->section_count; section++, place = to) {
        walk_section(a, section, &from, &to);
        assert_int_equal(from, place);
        for (int i = from; i < to; i++)
            assert_int_equal(assessment_question(a, assessment_at(a, i))->section, section);
    }
    assert_int_equal(place, assessment_count(a));
}

static void check_disputes(const struct assessment *a)
{
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        if (disagreement_is_live(d) != (d->closed == 0))
            fail_msg("%s: state %s, closed %ld", d->id, state_names[d->state], d->closed);
        if (!disagreement_is_live(d) && d->state != STATE_WITHDRAWN && d->outcome == OUTCOME_NONE)
            fail_msg("%s ended and has no outcome", d->id);
    }
}

/* What can be undone, and redone, is as the two lists say. */
static void check_undo(const struct assessment *a)
{
    for (int who = 0; who < PARTIES; who++) {
        long of[] = {assessment_undoable(a, (enum who)who), assessment_redoable(a, (enum who)who)};
        for (int i = 0; i < 2; i++) {
            if (!of[i])
                continue;
            char *cause = NULL;
            struct event event;
            json_t *intent = json_pack("{s:s, s:s, s:I}", "by", who_names[who], "event", "undone", "of",
                                       (json_int_t)of[i]);
            assert_true(event_parse(intent, true, &event, NULL));
            if (!assessment_follows(a, &event, &cause))
                fail_msg("entry %ld is offered to be taken back, and refused: %s", of[i], cause);
            json_decref(intent);
        }
    }
}

static const struct event *target_of(const struct assessment *a, const struct event *event)
{
    const char *key = event->kind == EVENT_KEPT ? "promise" : "of";
    return assessment_event_numbered(a, event_integer(event, key));
}

/* What can be found by its kind, and from what it is about, is what a look through all events finds; and
 * nothing was said about what was taken back before. */
static void check_beside(const struct assessment *a)
{
    const struct event *next = NULL, *first = NULL;
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i), *target = target_of(a, event);
        if (event->kind == EVENT_UNDONE || assessment_is_undone(a, event->seq))
            continue;
        if (event->kind == EVENT_KEPT || event->kind == EVENT_TAKEN || event->kind == EVENT_MARKED)
            assert_true(target && target->seq < event->seq);
        if (event->kind == EVENT_TOLD)
            assert_ptr_equal(next = assessment_next(a, EVENT_TOLD, next), event);
        if (!target || event->kind == EVENT_KEPT)
            continue;
        for (first = NULL; (first = assessment_next_about(a, target->seq, first)) && first != event;)
            assert_true(first->seq < event->seq && event_integer(first, "of") == target->seq);
        assert_ptr_equal(first, event);
    }
    assert_null(assessment_next(a, EVENT_TOLD, next));
}

/* What is relevant, and what is calculated, in all that is asked. */
static char *tell_derived(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        strbuf_addf(&sb, "%s %d%d", assessment_path(a, item), assessment_relevant(a, item, PRACTITIONER),
                    assessment_relevant(a, item, SERVICE_USER));
        for (int who = PRACTITIONER; who <= TOGETHER; who++) {
            char *calculated = value_string(assessment_calculated(a, item, (enum who)who));
            strbuf_addf(&sb, " <%s>", calculated);
            free(calculated);
        }
        strbuf_add(&sb, "\n");
    }
    return strbuf_detach(&sb);
}

/* The first line that is another says more than all of both. */
static void assert_same_lines(const char *one, const char *other)
{
    const char *line = one, *theirs = other;
    for (; *one && *one == *other; one++, other++) {
        if (*one == '\n') {
            line = one + 1;
            theirs = other + 1;
        }
    }
    if (*one != *other)
        fail_msg("in run %u “%.*s” is now “%.*s”", told, (int)strcspn(line, "\n"), line,
                 (int)strcspn(theirs, "\n"), theirs);
}

/* What came step by step is what comes of deriving everything now. */
static void check_derived(struct assessment *a)
{
    char *by_steps = tell_derived(a);
    clock_fix(clock_parse(assessment_event(a, assessment_events(a) - 1)->at));
    derive_all(a);
    char *anew = tell_derived(a);
    assert_same_lines(by_steps, anew);
    free(by_steps);
    free(anew);
}

/* The same record read again, on another day. */
static void check_again(const struct assessment *a)
{
    clock_fix(now + 400L * 24 * 3600);
    struct assessment *again = assessment_new(form);
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        char *cause = NULL;
        if (!assessment_follows(again, event, &cause))
            fail_msg("entry %zu, %s, does not follow: %s", i + 1, json_dumps(event->body, JSON_COMPACT),
                     cause);
        assessment_fold(again, event);
    }
    json_t *owed = assessment_owed(again);
    assert_null(owed);
    char *live = tell(a), *fresh = tell(again);
    assert_same_lines(live, fresh);
    free(live);
    free(fresh);
    assessment_free(again);
}

static struct assessment *begin(uint64_t from)
{
    seed = from * 0x9E3779B97F4A7C15u + 1;
    now = 1763719331 + 365 * 24 * 3600;
    clock_fix(now);
    struct assessment *a = assessment_new(form);
    json_t *opened = json_pack("{s:s, s:s, s:i, s:s, s:{}}", "by", "practitioner", "event", "opened",
                               "format", 1, "record", "01RANDOM", "form");
    append(a, opened);
    json_decref(opened);
    version = 1;
    edits_now = 0;
    return a;
}

static void run(uint64_t from)
{
    struct assessment *a = begin(from);
    for (int done = 0; done < INTENTS;) {
        now += (int)chance(20000) - 2000; /* it may go back */
        unsigned before = edits_now;
        json_t *intent = made_up_intent(a);
        bool taken = do_intent(a, intent);
        json_decref(intent);
        if (!taken) {
            edits_now = before;
            continue;
        }
        done++;
        check_derived(a);
        for (int item = -1; (item = next_item(a, item)) >= 0;)
            check_question(a, item);
        check_disputes(a);
        check_entries(a);
        check_undo(a);
        check_beside(a);
        if (done % REREAD == 0)
            check_again(a);
    }
    check_again(a);
    assessment_free(a);
    clock_fix(0);
}

static void test_anything(void **state)
{
    (void)state;
    const char *only = getenv("RANDOM_RUN"), *runs = getenv("RANDOM_RUNS");
    if (only) {
        run(strtoull(only, NULL, 10));
        return;
    }
    uint64_t most = runs ? strtoull(runs, NULL, 10) : RUNS;
    for (uint64_t i = 1; i <= most; i++) {
        told = (unsigned)i;
        run(i);
    }
    /* Refused all of the time would be no test. */
    static const enum event_kind kinds[] = {
        EVENT_ANSWERED, EVENT_DECLINED,  EVENT_CLEARED,  EVENT_DIFFERED, EVENT_RAISED, EVENT_SAID,
        EVENT_PROPOSED, EVENT_CONFIRMED, EVENT_RESOLVED, EVENT_REOPENED, EVENT_UNDONE, EVENT_ADDED,
        EVENT_MOVED,    EVENT_REMOVED,   EVENT_UPGRADED, EVENT_PROMISED, EVENT_KEPT,   EVENT_HAPPENED,
        EVENT_SIGNED,   EVENT_TOLD,      EVENT_OFFERED,  EVENT_TAKEN,    EVENT_SAT,    EVENT_CAME_OF_IT};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (done_of[kinds[i]] < 20)
            fail_msg("“%s” came about %zu times only", event_table[kinds[i]].name, done_of[kinds[i]]);
    }
}

/* ---- lines that no rule let in ---- */

/* A line that only the program writes, about anything. */
static json_t *forged(const struct assessment *a)
{
    static const char *const events[] = {"differed", "resolved", "parked",   "referred",
                                         "reopened", "answered", "proposed", "recovered"};
    const char *event = ONE_OF(events);
    char id[16];
    snprintf(id, sizeof id, "d%u", chance((unsigned)assessment_disagreements(a) + 2));
    int item = any_item(a);
    const struct question *q = assessment_question(a, item);
    bool answered = strcmp(event, "answered") == 0;
    json_t *line = json_pack("{s:s, s:s, s:s}", "by", answered ? who_names[chance(3)] : "alongside", "event",
                             event, "question", assessment_path(a, item));
    if (answered)
        set(line, "through", id);
    else
        set(line, "disagreement", id);
    json_object_set_new(line, "value", made_up_value(q));
    if (strcmp(event, "differed") == 0) {
        json_object_set_new(line, "practitioner", made_up_value(q));
        json_object_set_new(line, "service_user", made_up_value(q));
        set(line, "first", "nobody");
        set(line, "kind", "unheard");
    }
    if (strcmp(event, "resolved") == 0)
        set(line, "outcome", chance(2) ? "agreed" : "won");
    if (strcmp(event, "proposed") == 0)
        set(line, "as", settle_names[chance(5)]);
    return line;
}

/* Numbers that a number of an entry or a line may not be. */
static void misnumber(json_t *line)
{
    static const char *const keys[] = {"entry", "before", "of"};
    static const json_int_t numbers[] = {0, -1, 1LL << 32, (1LL << 32) + 1, 1LL << 40, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        json_int_t number = json_integer_value(json_object_get(line, keys[i]));
        if (number)
            json_object_set_new(line, keys[i],
                                json_integer(chance(2) ? number + (1LL << 32) : ONE_OF(numbers)));
    }
}

/* As one that is read from a file, and then gone on with. */
static void run_unruly(uint64_t from)
{
    struct assessment *a = begin(from);
    json_t *owed;
    for (int done = 0; done < INTENTS; done++) {
        now += (int)chance(20000) - 2000;
        clock_fix(now);
        json_t *line = chance(3) ? made_up_intent(a) : forged(a), *body;
        struct event event;
        if (chance(3))
            assessment_complete(a, line);
        if (chance(6) == 0)
            misnumber(line);
        bool fits = parse_line(line, &event, &body);
        if (fits) {
            json_decref(body);
            append(a, line);
            check_derived(a);
        }
        json_decref(line);
    }
    int count = 0;
    for (; (owed = assessment_owed(a)); count++) {
        if (count == 10 * INTENTS)
            fail_msg("what is owed does not end: %s", json_dumps(owed, JSON_COMPACT));
        append(a, owed);
        json_decref(owed);
    }
    check_derived(a);
    for (int place = 0; place < assessment_count(a); place++)
        assert_int_equal(assessment_place(a, assessment_at(a, place)), place);
    clock_fix(now);
    struct assessment *again = assessment_new(form);
    for (size_t i = 0; i < assessment_events(a); i++)
        assessment_fold(again, assessment_event(a, i));
    char *live = tell(a), *fresh = tell(again);
    assert_same_lines(live, fresh);
    free(live);
    free(fresh);
    assessment_free(again);
    assessment_free(a);
    clock_fix(0);
}

static void test_unruly(void **state)
{
    (void)state;
    const char *only = getenv("UNRULY_RUN"), *runs = getenv("RANDOM_RUNS");
    if (only) {
        run_unruly(strtoull(only, NULL, 10));
        return;
    }
    uint64_t most = runs ? strtoull(runs, NULL, 10) : RUNS;
    for (uint64_t i = 1; i <= most; i++) {
        told = (unsigned)i;
        run_unruly(i);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_anything), cmocka_unit_test(test_unruly)};
    return cmocka_run_group_tests(tests, load, unload);
}
