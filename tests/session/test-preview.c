/* A form that is tried out: what goes on with a new version of its file, and what does not. */
#include "check.h"

#include "base/mem.h"
#include "session/preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/alongside-preview-XXXXXX";

#define HEAD "form: life\nversion: \"1\"\ntitle: Life\nsections:\n  - section: one\n    questions:\n"
#define HOME "      - {name: home, type: range, min: 1, max: 5, label: Home}\n"
#define RENT "      - {name: rent, type: integer, label: Rent, relevant: \"${home} > 2\"}\n"
#define PLAN "      - {name: plan, type: text, asked_of: together, label: Plan}\n"
#define GOALS                                                                                                \
    "      - name: goals\n        type: repeat\n        label: Goal\n        questions:\n"                   \
    "          - {name: goal, type: text, label: The goal}\n"

static void save(const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static struct preview *begin(const char *text)
{
    struct diags diags;
    char *cause = NULL;
    save(text);
    diags_init(&diags, path);
    struct preview *p = preview_new(path, &diags, &cause);
    if (!p)
        fail_msg("%s", cause ? cause : diags.items[0].message);
    diags_release(&diags);
    return p;
}

static void act(struct preview *p, const char *intent)
{
    char *cause = NULL;
    if (!session_do(preview_session(p), json_loads(intent, 0, NULL), &cause))
        fail_msg("%s: %s", intent, cause);
}

static const struct answer *answer(struct preview *p, const char *question, enum who who)
{
    const struct assessment *a = session_assessment(preview_session(p));
    int item = assessment_find(a, question);
    assert_true(item >= 0);
    return assessment_answer(a, item, who);
}

/* One question stands before the one that it is asked because of; an entry gets another number. */
static void test_carried_over(void **state)
{
    (void)state;
    struct preview *p = begin(HEAD HOME RENT PLAN GOALS);
    act(p, "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\"},\"seats\":{"
           "\"left\":"
           "\"service_user\"}}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4,\"because\":"
           "\"A key\"}");
    act(p, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":5}");
    act(p, "{\"by\":\"service_user\",\"event\":\"declined\",\"question\":\"rent\",\"missing\":\"not_sure\"}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"proposed\",\"question\":\"plan\",\"value\":\"A walk\"}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"question\":\"plan\"}");
    act(p, "{\"by\":\"service_user\",\"event\":\"confirmed\",\"question\":\"plan\"}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"added\",\"question\":\"goals\"}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"undone\"}");
    act(p, "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}");
    act(p, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#2\",\"value\":\"A job\"}");
    session_keep_draft(preview_session(p), "home", "half");
    assert_int_equal(preview_look(p), PREVIEW_SAME);
    save(HEAD GOALS PLAN RENT HOME);
    assert_int_equal(preview_look(p), PREVIEW_NEW);
    assert_string_equal(preview_faults(p), "");
    const struct assessment *a = session_assessment(preview_session(p));
    assert_string_equal(assessment_name(a, PRACTITIONER, 0), "Rae");
    assert_int_equal(assessment_left(a), SERVICE_USER);
    assert_string_equal(answer(p, "home", PRACTITIONER)->because, "A key");
    assert_int_equal(answer(p, "rent", SERVICE_USER)->missing, MISSING_NOT_SURE);
    assert_string_equal(json_string_value(answer(p, "plan", TOGETHER)->value), "A walk");
    assert_string_equal(json_string_value(answer(p, "goal#1", SERVICE_USER)->value), "A job");
    assert_int_equal(assessment_live(a), 1);
    char *place, *text = session_draft(preview_session(p), &place);
    assert_string_equal(text, "half");
    free(text);
    free(place);
    /* What does not fit is left out; the rest goes on. */
    save(HEAD "      - {name: home, type: range, min: 1, max: 4, label: Home}\n" RENT);
    assert_int_equal(preview_look(p), PREVIEW_NEW);
    assert_int_equal(json_integer_value(answer(p, "home", PRACTITIONER)->value), 4);
    assert_null(answer(p, "home", SERVICE_USER)->value);
    preview_free(p);
}

/* What was kept past a warning is kept. */
static void test_passed(void **state)
{
    (void)state;
#define AGE "      - {name: age, type: integer, warning: \". < 100\", label: "
#define MEET "      - {name: meet, type: integer, asked_of: together, warning: \". > 0\", label: Meetings}\n"
    struct preview *p = begin(HEAD AGE "Age}\n" MEET);
    act(p, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":101,\"passed\":"
           "true}");
    act(p,
        "{\"by\":\"practitioner\",\"event\":\"proposed\",\"question\":\"meet\",\"value\":0,\"passed\":true}");
    act(p, "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"question\":\"meet\"}");
    act(p, "{\"by\":\"service_user\",\"event\":\"confirmed\",\"question\":\"meet\"}");
    save(HEAD AGE "How old?}\n" MEET);
    assert_int_equal(preview_look(p), PREVIEW_NEW);
    assert_int_equal(json_integer_value(answer(p, "age", SERVICE_USER)->value), 101);
    assert_true(answer(p, "age", SERVICE_USER)->passed);
    assert_true(json_is_integer(answer(p, "meet", TOGETHER)->value));
    preview_free(p);
#undef AGE
#undef MEET
}

static void test_faulty(void **state)
{
    (void)state;
    struct preview *p = begin(HEAD HOME);
    act(p, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}");
    struct session *s = preview_session(p);
    save(HEAD HOME HOME);
    assert_int_equal(preview_look(p), PREVIEW_FAULTY);
    assert_true(preview_is_faulty(p));
    assert_non_null(strstr(preview_faults(p), ":8:"));
    assert_int_equal(preview_look(p), PREVIEW_SAME);
    assert_int_equal(json_integer_value(answer(p, "home", PRACTITIONER)->value), 4);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(preview_look(p), PREVIEW_FAULTY);
    assert_int_equal(preview_fault_count(p), 1);
    assert_int_equal(preview_look(p), PREVIEW_SAME);
    save(HEAD HOME);
    assert_int_equal(preview_look(p), PREVIEW_NEW);
    assert_false(preview_is_faulty(p));
    assert_ptr_equal(preview_session(p), s);
    assert_int_equal(json_integer_value(answer(p, "home", PRACTITIONER)->value), 4);
    preview_free(p);
}

static void test_new_refused(void **state)
{
    (void)state;
    struct diags diags;
    char *cause = NULL;
    diags_init(&diags, path);
    save(HEAD HOME HOME);
    assert_null(preview_new(path, &diags, &cause));
    assert_null(cause);
    assert_int_equal(diags.errors, 1);
    assert_int_equal(unlink(path), 0);
    assert_null(preview_new(path, &diags, &cause));
    assert_non_null(cause);
    free(cause);
    diags_release(&diags);
}

int main(void)
{
    mem_init();
    int fd = mkstemp(path);
    if (fd < 0)
        return 99;
    close(fd);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_carried_over), cmocka_unit_test(test_passed),
                                       cmocka_unit_test(test_faulty), cmocka_unit_test(test_new_refused)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
