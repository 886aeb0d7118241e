/* Who can help, on the screen: what has to do with the question in front first, found by a word. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static char *example(void)
{
    const char *source = getenv("srcdir");
    char *path = path_join(source ? source : ".", "examples/services.yaml"), *cause = NULL;
    size_t length;
    char *text = path_read(path, 1 << 20, &length, &cause);
    if (!text)
        fail_msg("%s", cause);
    free(path);
    return text;
}

static void sizes(struct stage *s, const char *golden)
{
    static const struct stage_size all[] = {{20, 50}, {24, 80}};
    stage_check_sizes(s, golden, all, 2);
}

static void test_a16_near(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    char *text = example();
    stage_save_services(text);
    free(text);
    stage_go(s, "home");
    stage_keys(s, "v");
    sizes(s, "services-home");
    /* Read on to what is for other things. */
    stage_keys(s, "End");
    assert_true(stage_shows(s, "Safe Harbour"));
    stage_keys(s, "Esc");
    stage_go(s, "mind"); /* by its pathway */
    stage_keys(s, "v /");
    stage_type(s, "drink");
    stage_keys(s, "Enter");
    sizes(s, "services-found");
    stage_keys(s, "Esc /");
    stage_type(s, "zebra");
    stage_keys(s, "Enter");
    sizes(s, "services-none-found");
    stage_keys(s, "Esc Esc");
    stage_free(s);
}

/* A part of life that the list has, and nobody is in. */
static void test_nobody(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_save_services("title: Ours\nareas: {home: A place to live, time: Time}\nservices:\n"
                        "  - {name: Keys, what: Flats., areas: [home], phone: '1'}\n");
    stage_go(s, "time");
    stage_keys(s, "v");
    sizes(s, "services-nobody");
    stage_keys(s, "Esc");
    stage_go(s, "passed_on"); /* of no area: all, under the list's own title */
    stage_keys(s, "v");
    assert_true(stage_shows(s, "Ours"));
    assert_false(stage_shows(s, "For other things"));
    stage_free(s);
}

static void test_no_list(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_go(s, "home");
    assert_false(stage_shows(s, "Services"));
    stage_keys(s, "v");
    assert_true(stage_shows(s, "There is no list of services yet."));
    stage_free(s);
}

static void test_faulty(void **state)
{
    (void)state;
    struct stage *s = stage_seated("whole-life.yaml");
    stage_save_services("areas: {home: A}\nservices:\n  - {nmae: Keys, what: Flats., areas: [home]}\n");
    stage_go(s, "home");
    stage_keys(s, "v");
    assert_true(stage_shows(s, "The list of services has faults."));
    assert_false(stage_shows(s, "Flats."));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a16_near),
        cmocka_unit_test(test_nobody),
        cmocka_unit_test(test_no_list),
        cmocka_unit_test(test_faulty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
