/* The form's texts as each of the two has them: the answers they name, and the languages. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const char yaml[] =
    "form: small\nversion: \"1\"\ntitle: \"Of ${who}\"\nlanguages: [en, cy, fr]\n"
    "choices:\n"
    "  homes:\n"
    "    - {name: flat, label: {en: A flat, cy: Fflat}}\n"
    "    - {name: with, label: {en: \"With ${who}\", cy: \"Gyda ${who}\"}}\n"
    "    - {name: same, label: {en: \"The same as ${home}\"}}\n"
    "    - {name: four, label: \"4\"}\n"
    "sections:\n"
    "  - section: one\n    title: {en: \"One: ${who}\", cy: \"Un: ${who}\"}\n    questions:\n"
    "      - {name: who, type: text, label: Who?}\n"
    "      - {name: home, type: select_one, choices: homes, label: {en: {practitioner: Their home, "
    "service_user: "
    "My home}, cy: {practitioner: Eu cartref}}}\n"
    "      - {name: safe, type: range, min: 1, max: 3, labels: {3: {en: Safe, cy: Diogel}}, label: Safe?}\n"
    "      - {name: things, type: select_multiple, choices: homes, label: Things}\n"
    "      - {name: day, type: date, asked_of: together, label: Day}\n"
    "      - {name: secret, type: integer, reveal: together, label: Secret}\n"
    "      - {name: twice, type: calculate, calculation: \"${secret} * 2\"}\n"
    "      - {name: again, type: calculate, calculation: \"${twice} + 0\"}\n"
    "      - {name: all, type: calculate, calculation: \"count(${goal})\"}\n"
    "      - {name: plain, type: note, label: \"Nothing named.\"}\n"
    "      - {name: n_who, type: note, label: \"${who}, ${who}!\"}\n"
    "      - {name: n_home, type: note, label: {en: \"Is ${home} good?\", cy: \"Ydy ${home}?\"}}\n"
    "      - {name: n_safe, type: note, label: {en: \"You say: ${safe}.\", cy: \"Meddech: ${safe}.\"}}\n"
    "      - {name: n_things, type: note, label: \"Of ${things}\"}\n"
    "      - {name: n_day, type: note, label: \"On ${day}\"}\n"
    "      - {name: n_secret, type: note, label: \"${secret} ${twice} ${again}\"}\n"
    "      - {name: n_goals, type: note, label: \"${goal}; ${all}\"}\n"
    "      - {name: late, type: text, relevant: \"${safe} = 3\", label: Late}\n"
    "      - {name: n_late, type: note, label: \"Late: ${late}\"}\n"
    "      - {name: age, type: integer, label: Age, constraint: \". < 100\",\n"
    "         constraint_message: {en: \"Not so old, ${who}.\", cy: \"Ddim mor hen, ${who}.\"}}\n"
    "      - name: goals\n"
    "        type: repeat\n"
    "        label: Goals\n"
    "        questions:\n"
    "          - {name: goal, type: text, label: Goal}\n"
    "          - {name: n_goal, type: note, label: \"How is ${goal}, ${who}?\"}\n";

enum { EN, CY, FR };

static struct form *form;
static struct assessment *a;

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

static int begin(void **state)
{
    (void)state;
    a = assessment_new(form);
    return 0;
}

static int end(void **state)
{
    (void)state;
    assessment_free(a);
    return 0;
}

static void fold(const char *text)
{
    json_t *object = json_loads(text, 0, NULL);
    struct event event;
    char *cause = NULL;
    if (!event_parse(object, false, &event, &cause))
        fail_msg("%s: %s", text, cause);
    assessment_fold(a, &event);
    json_decref(object);
}

static void answer(const char *by, const char *question, const char *value)
{
    char *text = xasprintf("{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"%s\",\"value\":%s}", by,
                           question, value);
    fold(text);
    free(text);
}

static int item(const char *path)
{
    int found = assessment_find(a, path);
    assert_true(found >= 0);
    return found;
}

static const char *label(const char *path, enum who reader, int language)
{
    int at = item(path);
    return assessment_text(a, at, assessment_question(a, at)->label, reader, language);
}

static void test_nothing_named(void **state)
{
    (void)state;
    const struct question *plain = assessment_question(a, item("plain"));
    /* Given out as it is: nothing is made. */
    assert_ptr_equal(label("plain", PRACTITIONER, EN), plain->label->by[EN][PRACTITIONER]);
    assert_ptr_equal(label("home", PRACTITIONER, CY),
                     assessment_question(a, item("home"))->label->by[CY][PRACTITIONER]);
    assert_string_equal(assessment_text(a, -1, NULL, PRACTITIONER, EN), "");
    assert_string_equal(assessment_text(a, -1, NULL, PRACTITIONER, CY), "");
}

static void test_languages(void **state)
{
    (void)state;
    assert_string_equal(label("plain", SERVICE_USER, CY), "[en] Nothing named.");
    assert_string_equal(label("home", PRACTITIONER, EN), "Their home");
    assert_string_equal(label("home", PRACTITIONER, CY), "Eu cartref");
    /* Their own words in the first language before the other's in theirs. */
    assert_string_equal(label("home", SERVICE_USER, CY), "[en] My home");
    assert_string_equal(label("home", SERVICE_USER, FR), "[en] My home");
    int home = item("home");
    json_t *flat = json_string("flat"), *four = json_string("four");
    char *words = answer_words(a, home, flat, SERVICE_USER, FR);
    assert_string_equal(words, "[en] A flat");
    free(words);
    /* What has no letters in it is the same in any language. */
    words = answer_words(a, home, four, SERVICE_USER, FR);
    assert_string_equal(words, "4");
    free(words);
    json_decref(flat);
    json_decref(four);
}

static void test_whose(void **state)
{
    (void)state;
    assert_string_equal(label("n_who", PRACTITIONER, EN), "___, ___!");
    answer("service_user", "who", "\"Sam\"");
    const char *first = label("n_who", PRACTITIONER, EN);
    assert_string_equal(first, "Sam, Sam!");                   /* the other's, while there is no own */
    assert_ptr_equal(label("n_who", PRACTITIONER, EN), first); /* made once */
    assert_string_equal(label("n_who", SERVICE_USER, EN), "Sam, Sam!");
    answer("practitioner", "who", "\"Samuel\"");
    assert_string_equal(label("n_who", PRACTITIONER, EN), "Samuel, Samuel!");
    assert_string_equal(label("n_who", SERVICE_USER, EN), "Sam, Sam!");
    assert_string_equal(label("n_who", TOGETHER, EN), "Samuel, Sam, Samuel, Sam!");
    fold("{\"by\":\"practitioner\",\"event\":\"declined\",\"question\":\"who\",\"missing\":\"not_sure\"}");
    assert_string_equal(label("n_who", PRACTITIONER, EN), "___, ___!");
    /* Where nobody is asked: the title of the form, of a section. */
    assert_string_equal(assessment_text(a, -1, form->title, SERVICE_USER, EN), "Of Sam");
    assert_string_equal(assessment_text(a, -1, form->sections[0].title, SERVICE_USER, CY), "Un: Sam");
}

static void test_in_words(void **state)
{
    (void)state;
    answer("service_user", "home", "\"flat\"");
    answer("service_user", "safe", "3");
    answer("service_user", "things", "[\"flat\",\"four\"]");
    fold("{\"by\":\"together\",\"event\":\"answered\",\"question\":\"day\",\"value\":\"2026-11-30\"}");
    assert_string_equal(label("n_home", SERVICE_USER, EN), "Is A flat good?");
    assert_string_equal(label("n_home", SERVICE_USER, CY), "Ydy Fflat?");
    assert_string_equal(label("n_safe", SERVICE_USER, EN), "You say: Safe.");
    assert_string_equal(label("n_safe", SERVICE_USER, CY), "Meddech: Diogel.");
    answer("service_user", "safe", "2");
    assert_string_equal(label("n_safe", SERVICE_USER, EN), "You say: 2.");
    assert_string_equal(label("n_things", SERVICE_USER, EN), "Of A flat, 4");
    assert_string_equal(label("n_day", SERVICE_USER, EN), "On 2026-11-30");
    /* What a person wrote is no text of the form: nothing in it is filled in. It stands on one line, cut. */
    answer("service_user", "who", "\"${home}\\nand\\tmore\"");
    assert_string_equal(label("n_who", SERVICE_USER, EN), "${home} and more, ${home} and more!");
    char *much = xasprintf("\"%0300d\"", 7);
    answer("service_user", "who", much);
    free(much);
    assert_int_equal(strlen(label("n_who", SERVICE_USER, EN)), 2 * 100 + 3);
}

/* The label of a choice may name an answer, and even its own. */
static void test_within(void **state)
{
    (void)state;
    answer("service_user", "who", "\"Ann\"");
    answer("service_user", "home", "\"with\"");
    assert_string_equal(label("n_home", SERVICE_USER, EN), "Is With Ann good?");
    assert_string_equal(label("n_home", SERVICE_USER, CY), "Ydy Gyda Ann?");
    answer("service_user", "home", "\"same\"");
    assert_string_equal(label("n_home", SERVICE_USER, EN),
                        "Is The same as The same as The same as The same as ___ good?");
}

static void test_not_to_be_seen(void **state)
{
    (void)state;
    static const enum who readers[] = {PRACTITIONER, SERVICE_USER, TOGETHER};
    answer("service_user", "secret", "7");
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(label("n_secret", readers[i], EN), "___ ___ ___");
    answer("practitioner", "secret", "5");
    assert_string_equal(label("n_secret", SERVICE_USER, EN), "7 14 14");
    assert_string_equal(label("n_secret", PRACTITIONER, EN), "5 10 10");
    /* Not asked any more: as if there were none. */
    answer("service_user", "safe", "3");
    answer("service_user", "late", "\"yes\"");
    assert_string_equal(label("n_late", SERVICE_USER, EN), "Late: yes");
    answer("service_user", "safe", "1");
    assert_string_equal(label("n_late", SERVICE_USER, EN), "Late: ___");
}

static void test_in_entries(void **state)
{
    (void)state;
    assert_string_equal(label("n_goals", SERVICE_USER, EN), "___; 0");
    fold("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\",\"entry\":1}");
    fold("{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\",\"entry\":2}");
    answer("service_user", "goal#1", "\"Work\"");
    answer("service_user", "goal#2", "\"Rest\"");
    answer("service_user", "who", "\"Sam\"");
    assert_string_equal(label("n_goal#1", SERVICE_USER, EN), "How is Work, Sam?");
    assert_string_equal(label("n_goal#2", SERVICE_USER, EN), "How is Rest, Sam?");
    assert_string_equal(label("n_goals", SERVICE_USER, EN), "Work, Rest; 2");
    fold("{\"by\":\"service_user\",\"event\":\"moved\",\"question\":\"goals\",\"entry\":2,\"before\":1}");
    assert_string_equal(label("n_goals", SERVICE_USER, EN), "Rest, Work; 2");
    fold("{\"by\":\"service_user\",\"event\":\"removed\",\"question\":\"goals\",\"entry\":2}");
    assert_string_equal(label("n_goals", SERVICE_USER, EN), "Work; 1");
}

/* What the rules say is said in the language of the one it is said to. */
static void test_refusal(void **state)
{
    (void)state;
    answer("service_user", "who", "\"Sam\"");
    static const struct {
        int language;
        const char *said;
    } rows[] = {{EN, "Not so old, Sam."}, {CY, "Ddim mor hen, Sam."}, {FR, "[en] Not so old, Sam."}};
    json_t *object = json_loads(
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":100}", 0, NULL);
    struct event event;
    assert_true(event_parse(object, false, &event, NULL));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *cause = NULL;
        assessment_read_in(a, SERVICE_USER, rows[i].language);
        assert_false(assessment_follows(a, &event, &cause));
        assert_string_equal(cause, rows[i].said);
        free(cause);
    }
    json_decref(object);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_named, begin, end),
        cmocka_unit_test_setup_teardown(test_languages, begin, end),
        cmocka_unit_test_setup_teardown(test_whose, begin, end),
        cmocka_unit_test_setup_teardown(test_in_words, begin, end),
        cmocka_unit_test_setup_teardown(test_within, begin, end),
        cmocka_unit_test_setup_teardown(test_not_to_be_seen, begin, end),
        cmocka_unit_test_setup_teardown(test_in_entries, begin, end),
        cmocka_unit_test_setup_teardown(test_refusal, begin, end),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
