/* The assessment's accessors where no story goes: starting answers, choices on offer, and events that make no
 * sense. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char yaml[] = "form: small\nversion: \"1\"\ntitle: Small\nlanguages: [en]\n"
                           "parties:\n  practitioner: {label: Worker}\n"
                           "choices:\n"
                           "  counties:\n    - {name: kent, label: Kent}\n    - {name: essex, label: Essex}\n"
                           "  towns:\n"
                           "    - {name: dover, label: Dover, county: kent}\n"
                           "    - {name: harlow, label: Harlow, county: essex}\n"
                           "sections:\n  - section: one\n    title: One\n    questions:\n"
                           "      - {name: county, type: select_one, choices: counties, label: County}\n"
                           "      - {name: town, type: select_one, choices: towns, label: Town, "
                           "choice_filter: \"county = ${county}\"}\n"
                           "      - {name: age, type: integer, label: Age, default: \"40 + 2\"}\n"
                           "      - {name: since, type: date, label: Since, default: \"'2026-01-02'\"}\n"
                           "      - {name: word, type: text, label: Word, default: \"''\"}\n"
                           "      - {name: towns, type: select_multiple, choices: towns, label: Towns, "
                           "default: \"'dover harlow'\"}\n"
                           "      - {name: must, type: text, label: Must, required: \"${age} > 40\"}\n"
                           "  - section: two\n    title: Two\n    questions:\n"
                           "      - name: inside\n"
                           "        type: group\n"
                           "        label: Inside\n"
                           "        relevant: ${age} > 18\n"
                           "        questions:\n"
                           "          - {name: deep, type: text, label: Deep}\n"
                           "      - {name: until, type: date, label: Until}\n"
                           "      - {name: begun, type: calculate, calculation: once(today())}\n"
                           "      - {name: left, type: calculate, calculation: \"${until} - today()\"}\n"
                           "      - {name: first_age, type: calculate, calculation: \"once(${age} + 0)\"}\n"
                           "      - {name: late, type: text, label: Why late?, relevant: \"${left} < 0\"}\n";

static struct form *form;

static int load(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "small");
    form = form_load("small", yaml, sizeof yaml - 1, &diags);
    if (!form)
        diags_print(&diags, yaml, sizeof yaml - 1, stderr);
    diags_release(&diags);
    return form ? 0 : 1;
}

static int unload(void **state)
{
    (void)state;
    form_free(form);
    return 0;
}

static int named(const char *name)
{
    int question = form_find(form, name);
    assert_true(question >= 0);
    return question;
}

/* Fold it in as it is, whether it may or not. */
static void fold(struct assessment *a, const char *text)
{
    json_t *object = json_loads(text, 0, NULL);
    struct event event;
    char *cause = NULL;
    if (!event_parse(object, false, &event, &cause))
        fail_msg("%s: %s", text, cause);
    assessment_fold(a, &event);
    json_decref(object);
}

static void test_starting_answers(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(form);
    static const struct {
        const char *question, *value;
    } table[] = {{"age", "42"},
                 {"since", "\"2026-01-02\""},
                 {"towns", "[\"dover\",\"harlow\"]"},
                 {"word", NULL},
                 {"county", NULL}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        json_t *value = assessment_initial(a, named(table[i].question), SERVICE_USER);
        char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        if (!text != !table[i].value || (text && strcmp(text, table[i].value) != 0))
            fail_msg("%s starts with %s", table[i].question, text ? text : "nothing");
        free(text);
        json_decref(value);
    }
    assessment_free(a);
}

static void test_choices_on_offer(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(form);
    const struct question *town = &form->questions[named("town")];
    const struct choice *dover = question_choice(town, "dover"), *harlow = question_choice(town, "harlow");
    assert_false(assessment_offers(a, town->number, PRACTITIONER, dover));
    fold(a, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"county\",\"value\":\"kent\"}");
    /* The practitioner has said nothing yet, so theirs is the other's. */
    assert_true(assessment_offers(a, town->number, PRACTITIONER, dover));
    assert_false(assessment_offers(a, town->number, PRACTITIONER, harlow));
    fold(a, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"county\",\"value\":\"essex\"}");
    assert_true(assessment_offers(a, town->number, PRACTITIONER, harlow));
    assert_true(assessment_offers(a, town->number, SERVICE_USER, dover));
    assessment_free(a);
}

static void test_groups_and_needs(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(form);
    int deep = named("deep"), must = named("must");
    assert_false(assessment_shown(a, deep));
    assert_false(assessment_required(a, must, SERVICE_USER));
    fold(a, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":30}");
    fold(a, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"age\",\"value\":17}");
    assert_true(assessment_relevant(a, deep, SERVICE_USER));
    assert_false(assessment_relevant(a, deep, PRACTITIONER));
    assert_true(assessment_shown(a, deep));
    assert_false(assessment_waits_for(a, named("inside"), SERVICE_USER)); /* a group asks nothing */
    fold(a, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":41}");
    assert_true(assessment_required(a, must, SERVICE_USER));
    assert_false(assessment_required(a, must, PRACTITIONER));
    assessment_free(a);
}

static void check_calculated(const struct assessment *a, const char *question, const char *wanted)
{
    char *is = value_string(assessment_calculated(a, named(question), PRACTITIONER));
    if (strcmp(is, wanted) != 0)
        fail_msg("%s is “%s”, not “%s”", question, is, wanted);
    free(is);
}

/* What asks for the day is as of the last entry, whenever the record is read; once() stays as it was first.
 */
static void test_days_go_by(void **state)
{
    (void)state;
    char *before = xstrdup(getenv("TZ") ? getenv("TZ") : "");
    setenv("TZ", "UTC", 1);
    struct assessment *a = assessment_new(form);
    fold(a, "{\"by\":\"practitioner\",\"event\":\"opened\",\"at\":\"2020-02-01T10:00:00Z\",\"format\":1,"
            "\"record\":\"01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"form\":{}}");
    check_calculated(a, "begun", "2020-02-01");
    fold(a, "{\"by\":\"practitioner\",\"event\":\"answered\",\"at\":\"2020-02-01T10:00:00Z\","
            "\"question\":\"until\",\"value\":\"2020-02-03\"}");
    fold(a, "{\"by\":\"practitioner\",\"event\":\"answered\",\"at\":\"2020-02-01T10:00:00Z\","
            "\"question\":\"age\",\"value\":30}");
    check_calculated(a, "left", "2");
    check_calculated(a, "first_age", "30");
    assert_false(assessment_shown(a, named("late")));
    fold(a, "{\"by\":\"practitioner\",\"event\":\"answered\",\"at\":\"2020-02-05T10:00:00Z\","
            "\"question\":\"age\",\"value\":31}");
    check_calculated(a, "begun", "2020-02-01");
    check_calculated(a, "left", "-2");
    check_calculated(a, "first_age", "30");
    assert_true(assessment_shown(a, named("late")));
    assessment_free(a);
    setenv("TZ", before, 1);
    free(before);
}

static void test_names(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(form);
    assert_string_equal(assessment_name(a, PRACTITIONER, 0), "Worker");
    assert_string_equal(assessment_name(a, SERVICE_USER, 0), "Service user");
    assert_string_equal(assessment_name(a, ALONGSIDE, 0), "Alongside");
    assert_int_equal(assessment_paused_at(a), -1);
    assert_int_equal(assessment_undoable(a, PRACTITIONER), 0);
    assert_int_equal(assessment_redoable(a, PRACTITIONER), 0);
    assert_null(assessment_disagreement_of_id(a, "d1"));
    assert_null(assessment_disagreement_about(a, 0));
    assert_null(assessment_owed(a));
    assessment_free(a);
}

/* Whatever has the shape of an event can be folded in, may it follow or not, and breaks nothing: every kind,
 * by everybody who may, about things that are not there. */
static void test_nonsense(void **state)
{
    (void)state;
    static const char *const extras[] = {
        "{\"question\":\"nowhere\",\"disagreement\":\"d9\",\"of\":99,\"promise\":99,\"text\":\"\"}",
        "{\"question\":\"age\",\"value\":\"words\",\"missing\":\"?\",\"disagreement\":\"d1\",\"of\":1}",
        "{\"question\":\"age\",\"value\":5,\"disagreement\":\"d1\",\"as\":\"agree\",\"of\":2,\"because\":"
        "\"x\"}",
        "{\"question\":\"age\",\"value\":7,\"disagreement\":\"d2\",\"as\":\"??\",\"of\":3,\"outcome\":\"?\"}",
        "{\"question\":\"inside\",\"value\":7,\"disagreement\":\"d0\",\"of\":-1,\"text\":\"x\",\"heard\":70}",
        "{\"question\":\"age\",\"value\":9,\"disagreement\":\"\",\"of\":0,\"through\":\"d1\",\"come_back\":"
        "true}",
        "{\"people\":{\"practitioner\":7},\"seats\":{\"left\":[]},\"agenda\":[7],\"at\":\"yesterday\",\"of\":"
        "20}",
        "{\"question\":\"age\",\"value\":1,\"disagreement\":\"d1\",\"as\":\"both_stand\",\"of\":12}",
    };
    /* What some kinds cannot be without. */
    static const char frame[] =
        "{\"format\":1,\"record\":\"x\",\"form\":{},\"bytes\":1,\"sha256\":\"x\",\"first\":\"?\","
        "\"kind\":\"?\",\"practitioner\":1,\"service_user\":2,\"kept\":true,\"to\":\"x\","
        "\"what\":\"x\",\"because\":\"x\",\"missing\":\"x\",\"value\":3,\"promise\":1,"
        "\"disagreement\":\"d1\",\"outcome\":\"?\",\"text\":\"x\",\"name\":\"x\",\"entry\":1,"
        "\"topic\":\"arriving\",\"options\":[7],\"how\":\"?\",\"on\":\"x\",\"right\":true,\"as\":\"?\"}";
    struct assessment *a = assessment_new(form);
    size_t count = 0, kinds[EVENT_UNKNOWN + 1] = {0};
    for (int i = 0; i < (EVENT_UNKNOWN + 1) * (ALONGSIDE + 1) * 3; i++) {
        int kind = i * 7 % (EVENT_UNKNOWN + 1), by = i / (EVENT_UNKNOWN + 1) % (ALONGSIDE + 1);
        for (size_t x = 0; x < sizeof extras / sizeof *extras; x++) {
            json_t *body = json_loads(frame, 0, NULL), *extra = json_loads(extras[x], 0, NULL);
            json_object_update(body, extra);
            json_decref(extra);
            const char *name = event_table[kind].name;
            json_object_set_new(body, "event", json_string(name ? name : "from_a_newer_version"));
            json_object_set_new(body, "by", json_string(who_names[by]));
            struct event event;
            if (event_parse(body, false, &event, NULL)) {
                char *cause = NULL;
                if (!assessment_follows(a, &event, &cause))
                    assert_non_null(cause);
                free(cause);
                assessment_fold(a, &event);
                json_t *owed = assessment_owed(a);
                json_decref(owed);
                assert_int_equal(assessment_events(a), ++count);
                kinds[kind]++;
            }
            json_decref(body);
        }
    }
    for (int kind = 0; kind <= EVENT_UNKNOWN; kind++) {
        if (!kinds[kind])
            fail_msg("“%s” was never tried", event_table[kind].name);
    }
    for (int q = 0; q < form->count; q++) {
        for (int party = 0; party < PARTIES; party++) {
            const json_t *value = assessment_answer(a, q, (enum who)party)->value;
            assert_true(!value || answer_fits(&form->questions[q], value, NULL));
        }
    }
    assessment_free(a);
}

/* A way to settle it that no rule let in (a newer version's, or written by a hand) is not owed for ever. */
static void test_no_answer_to_agree_on(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"age\",\"value\":40}",
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":41}",
        "{\"by\":\"alongside\",\"event\":\"differed\",\"disagreement\":\"d1\",\"question\":\"age\","
        "\"practitioner\":40,\"service_user\":41,\"first\":\"practitioner\",\"kind\":\"score\"}",
        "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\","
        "\"value\":\"old\"}",
        "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
        "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}"};
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fold(a, lines[i]);
    json_t *owed = assessment_owed(a);
    char *text = json_dumps(owed, JSON_COMPACT);
    fold(a, text);
    free(text);
    json_decref(owed);
    assert_null(assessment_owed(a));
    assert_int_equal(assessment_disagreement(a, 0)->state, STATE_RESOLVED);
    assessment_free(a);
}

/* "I was heard" is what was said last and not taken back. */
static void test_heard_taken_back(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int heard;
    } rows[] = {
        {"{\"by\":\"service_user\",\"event\":\"raised\",\"because\":\"I see it otherwise\"}", 0},
        {"{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"heard\":2}", 2},
        {"{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"heard\":4}", 4},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}", 2},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":4}", 4},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":2}", 4},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}", 0},
    };
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fold(a, rows[i].line);
        assert_int_equal(assessment_disagreement(a, 0)->heard[SERVICE_USER], rows[i].heard);
    }
    assessment_free(a);
}

/* A reason given once the two differ is said in that disagreement too, as long as it is open; undone, it is
 * not. */
static void test_reason_while_differing(void **state)
{
    (void)state;
    static const struct {
        const char *line, *because;
    } rows[] = {
        {"{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"age\",\"value\":40}", NULL},
        {"{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":41}", NULL},
        {"{\"by\":\"alongside\",\"event\":\"differed\",\"disagreement\":\"d1\",\"question\":\"age\","
         "\"practitioner\":40,\"service_user\":41,\"first\":\"practitioner\",\"kind\":\"score\"}",
         NULL},
        {"{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":41,"
         "\"because\":\"I should know\"}",
         "I should know"},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":4}", NULL},
        {"{\"by\":\"service_user\",\"event\":\"undone\",\"of\":5}", "I should know"},
    };
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fold(a, rows[i].line);
        if (i < 2)
            continue;
        const char *because = assessment_disagreement(a, 0)->after[SERVICE_USER].because;
        assert_string_equal(because ? because : "", rows[i].because ? rows[i].because : "");
    }
    assessment_free(a);
}

static bool may(struct assessment *a, const char *text)
{
    json_t *object = json_loads(text, 0, NULL);
    struct event event;
    char *cause = NULL;
    assert_true(event_parse(object, true, &event, NULL));
    bool may = assessment_follows(a, &event, &cause);
    assert_true(may == !cause);
    free(cause);
    json_decref(object);
    return may;
}

/* What hangs on something that was taken back can neither be said nor brought back. */
static void test_about_what_was_taken_back(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"I will\"}",
         "{\"by\":\"service_user\",\"event\":\"kept\",\"promise\":1,\"kept\":true}"},
        {"{\"by\":\"practitioner\",\"event\":\"offered\",\"options\":[\"a\"]}",
         "{\"by\":\"service_user\",\"event\":\"taken\",\"of\":1,\"how\":\"accepted\"}"},
        {"{\"by\":\"practitioner\",\"event\":\"said_back\",\"question\":\"age\",\"text\":\"40\"}",
         "{\"by\":\"service_user\",\"event\":\"marked\",\"of\":1,\"right\":true}"},
        {"{\"by\":\"practitioner\",\"event\":\"happened\",\"what\":\"milestone\",\"on\":\"2026-11-20\","
         "\"text\":\"a job\"}",
         "{\"by\":\"service_user\",\"event\":\"came_of_it\",\"of\":1,\"text\":\"a coat\"}"},
        {"{\"by\":\"practitioner\",\"event\":\"noted\",\"text\":\"a note\"}",
         "{\"by\":\"service_user\",\"event\":\"statement\",\"of\":1,\"text\":\"no\"}"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct assessment *a = assessment_new(form);
        fold(a, pairs[i][0]);
        assert_true(may(a, pairs[i][1]));
        fold(a, pairs[i][1]);
        fold(a, "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":2}");
        assert_int_equal(assessment_redoable(a, SERVICE_USER), 3);
        assert_true(may(a, "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}"));
        fold(a, "{\"by\":\"practitioner\",\"event\":\"undone\",\"of\":1}");
        assert_false(may(a, pairs[i][1]));
        assert_false(may(a, "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}"));
        assert_int_equal(assessment_redoable(a, SERVICE_USER), 0);
        fold(a, "{\"by\":\"practitioner\",\"event\":\"undone\",\"of\":4}");
        assert_true(may(a, "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}"));
        assessment_free(a);
    }
}

/* What was parked comes back on another day, also when the clock was set back, by days or by years; and not
 * on the same. */
static void test_parked_by_another_clock(void **state)
{
    (void)state;
    static const struct {
        const char *day;
        bool back;
    } rows[] = {{"2026-11-21", false},
                {"2026-11-22", true},
                {"2026-11-20", true},
                {"1970-01-01", true},
                {"2041-11-21", true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct assessment *a = assessment_new(form);
        fold(a, "{\"by\":\"practitioner\",\"event\":\"raised\",\"disagreement\":\"d1\",\"because\":\"no\"}");
        fold(a, "{\"by\":\"alongside\",\"event\":\"parked\",\"at\":\"2026-11-21T10:02:11Z\","
                "\"disagreement\":\"d1\",\"what\":\"a letter\"}");
        char *sat =
            xasprintf("{\"by\":\"practitioner\",\"event\":\"sat\",\"at\":\"%sT09:00:00Z\"}", rows[i].day);
        fold(a, sat);
        json_t *owed = assessment_owed(a);
        assert_int_equal(owed != NULL, rows[i].back);
        json_decref(owed);
        free(sat);
        assessment_free(a);
    }
}

/* A mark, and that it was taken back, are turns of the disagreement that was said back in. */
static void test_a_mark_is_a_turn(void **state)
{
    (void)state;
    struct assessment *a = assessment_new(form);
    fold(a, "{\"by\":\"practitioner\",\"event\":\"raised\",\"disagreement\":\"d1\",\"because\":\"no\"}");
    fold(a, "{\"by\":\"practitioner\",\"event\":\"said_back\",\"disagreement\":\"d1\",\"text\":\"so\"}");
    fold(a, "{\"by\":\"service_user\",\"event\":\"marked\",\"of\":2,\"right\":true}");
    fold(a, "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":3}");
    assert_int_equal(assessment_disagreement(a, 0)->turn_count, 4);
    assessment_free(a);
}

/* How far one felt heard is 1 to 5, whatever a hand has written. */
static void test_heard_beyond(void **state)
{
    (void)state;
    static const char *const numbers[] = {"4294967297", "-1", "6", "9223372036854775807"};
    struct assessment *a = assessment_new(form);
    fold(a, "{\"by\":\"practitioner\",\"event\":\"raised\",\"disagreement\":\"d1\",\"because\":\"no\"}");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char *said = xasprintf(
            "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"heard\":%s}", numbers[i]);
        fold(a, said);
        assert_int_equal(assessment_disagreement(a, 0)->heard[SERVICE_USER], 0);
        free(said);
    }
    assessment_free(a);
}

/* What was brought back is undone by itself, not by undoing that it was brought back. */
static void test_undo_of_a_redo(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":40}",
        "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":1}",
        "{\"by\":\"service_user\",\"event\":\"undone\",\"of\":2}"};
    struct assessment *a = assessment_new(form);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        fold(a, lines[i]);
    json_t *intent = json_pack("{s:s, s:s, s:i}", "by", "service_user", "event", "undone", "of", 3);
    struct event event;
    char *cause = NULL;
    assert_true(event_parse(intent, true, &event, NULL));
    assert_false(assessment_follows(a, &event, &cause));
    assert_non_null(cause);
    free(cause);
    json_decref(intent);
    assert_int_equal(assessment_undoable(a, SERVICE_USER), 1);
    assessment_free(a);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_starting_answers),
        cmocka_unit_test(test_choices_on_offer),
        cmocka_unit_test(test_groups_and_needs),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_days_go_by),
        cmocka_unit_test(test_nonsense),
        cmocka_unit_test(test_no_answer_to_agree_on),
        cmocka_unit_test(test_heard_taken_back),
        cmocka_unit_test(test_undo_of_a_redo),
        cmocka_unit_test(test_reason_while_differing),
        cmocka_unit_test(test_about_what_was_taken_back),
        cmocka_unit_test(test_parked_by_another_clock),
        cmocka_unit_test(test_a_mark_is_a_turn),
        cmocka_unit_test(test_heard_beyond),
    };
    return cmocka_run_group_tests_name("assessment", tests, load, unload);
}
