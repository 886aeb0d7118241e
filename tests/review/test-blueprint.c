/* Feature A3: the practitioner's ticks (A1) by the four parts of the blueprint. */
#include "check.h"

#include "assessment/topics.h"
#include "base/mem.h"
#include "review/blueprint.h"

#include <stdio.h>
#include <string.h>

/* Each of the six skills counts for one part, and none of the parts is empty. */
static void test_every_skill(void **state)
{
    (void)state;
    const struct topic_word *word = topic_named("practice")->words;
    size_t skills[BLUEPRINT_PARTS] = {0};
    for (int i = 0; i < BLUEPRINT_SKILLS; i++, word++) {
        assert_non_null(word->word);
        assert_string_equal(blueprint_table[i].skill, word->word);
        assert_int_equal(blueprint_skill(word->word), i);
        assert_in_range(blueprint_table[i].part, 0, BLUEPRINT_PARTS - 1);
        skills[blueprint_table[i].part]++;
    }
    assert_null(word->word);
    for (int part = 0; part < BLUEPRINT_PARTS; part++) {
        assert_true(skills[part] > 0);
        assert_true(strlen(blueprint_title((enum blueprint_part)part)) > 0);
        assert_true(strlen(blueprint_words((enum blueprint_part)part)) > 0);
    }
    assert_int_equal(blueprint_skill("warmth"), -1);
    assert_int_equal(blueprint_skill(NULL), -1);
}

/* A3: a fixed mapping reproduces counts. The ticks in the order structure, relationship, pro_social,
 * motivation, cognitive, responsivity. */
static void test_counts(void **state)
{
    (void)state;
    static const struct {
        size_t ticked[BLUEPRINT_SKILLS], sittings, ticks[BLUEPRINT_PARTS];
    } cases[] = {
        {{0, 0, 0, 0, 0, 0}, 0, {0, 0, 0, 0}},      {{0, 0, 0, 0, 0, 0}, 7, {0, 0, 0, 0}},
        {{1, 0, 0, 0, 0, 0}, 1, {1, 0, 0, 0}},      {{0, 1, 0, 0, 0, 0}, 1, {0, 1, 0, 0}},
        {{0, 0, 1, 0, 0, 0}, 1, {0, 1, 0, 0}},      {{0, 0, 0, 1, 0, 0}, 1, {0, 1, 0, 0}},
        {{0, 0, 0, 0, 1, 0}, 1, {0, 0, 1, 0}},      {{0, 0, 0, 0, 0, 1}, 1, {0, 0, 0, 1}},
        {{1, 1, 1, 1, 1, 1}, 1, {1, 3, 1, 1}},      {{5, 9, 2, 7, 1, 4}, 9, {5, 18, 1, 4}},
        {{12, 3, 0, 30, 8, 0}, 31, {12, 33, 8, 0}},
    };
    static const size_t skills[BLUEPRINT_PARTS] = {1, 3, 1, 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct blueprint_count parts[BLUEPRINT_PARTS];
        size_t all = 0, ticked = 0;
        blueprint_counts(cases[i].ticked, cases[i].sittings, parts);
        for (int part = 0; part < BLUEPRINT_PARTS; part++) {
            if (parts[part].ticks != cases[i].ticks[part])
                fail_msg("case %zu, part %d: %zu, not %zu", i, part, parts[part].ticks, cases[i].ticks[part]);
            assert_int_equal(parts[part].of, skills[part] * cases[i].sittings);
            assert_int_equal(parts[part].skills, skills[part]);
            all += parts[part].ticks;
        }
        for (int skill = 0; skill < BLUEPRINT_SKILLS; skill++)
            ticked += cases[i].ticked[skill];
        assert_int_equal(all, ticked); /* no tick is lost, none counted twice */
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_skill),
        cmocka_unit_test(test_counts),
    };
    return cmocka_run_group_tests_name("A3", tests, NULL, NULL);
}
