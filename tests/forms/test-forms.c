/* The shipped forms hold what the research asks of them. Each row below is one such thing; what is looked at
 * is the YAML as it is written, so that a row also holds for whoever reads the form and not only for what the
 * engine makes of it. What a form does when it is filled in is tested elsewhere. */
#include "check.h"

#include "base/mem.h"
#include "forms/shipped.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const int with_goals[] = {WHOLE_LIFE, REVIEW};

/* A7: how much and how sure, 0 to 10, and why not lower, in words that change with the score. */
static void test_why_not_lower(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int form = with_goals[i];
        static const char *const rulers[] = {"importance", "confidence"};
        for (size_t r = 0; r < 2; r++) {
            char *why = xasprintf("%s_why", rulers[r]), *zero = xasprintf("%s_zero", rulers[r]);
            char *above = xasprintf("${%s} > 0", rulers[r]), *at = xasprintf("${%s} = 0", rulers[r]);
            char *score = xasprintf("${%s}", rulers[r]);
            expect(form, rulers[r], "type", "integer");
            expect(form, rulers[r], "scale", "ten");
            expect(form, why, "relevant", above);
            expect(form, zero, "relevant", at);
            assert_true(says(get(question(form, why)->node, "label"), score));
            assert_true(says(get(question(form, why)->node, "label"), "Why not lower?"));
            assert_true(is_in(question(form, why), "goals"));
            free(why);
            free(zero);
            free(above);
            free(at);
            free(score);
        }
        const struct node *ten = get(get(forms[form].root, "scales"), "ten");
        assert_string_equal(word(ten, "min"), "0");
        assert_string_equal(word(ten, "max"), "10");
    }
}

/* A8: thought, feeling, action, result, about anything, and only where somebody asks for it. */
static void test_thinking_card(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct item *card = question(with_goals[i], "thinking_card");
        assert_string_equal(card->type, "repeat");
        assert_string_equal(word(card->node, "attachable"), "true");
        assert_string_equal(word(card->node, "min_count"), "");
        static const char *const parts[] = {"thought", "feeling", "action", "result"};
        const struct node *in = get(card->node, "questions")->first;
        for (size_t p = 0; p < 4; p++, in = in->next) {
            assert_non_null(in);
            assert_string_equal(word(in, "name"), parts[p]);
            assert_string_equal(word(in, "type"), "text");
        }
        assert_null(in);
    }
}

/* A9: what another agency said may be typed, never without who and when; nothing here works out a risk. */
static void test_no_risk_is_worked_out(void **state)
{
    (void)state;
    assert_string_equal(question(WHOLE_LIFE, "outside")->type, "repeat");
    static const char *const needed[] = {"outside_level", "outside_source", "outside_date"};
    for (size_t i = 0; i < 3; i++) {
        expect(WHOLE_LIFE, needed[i], "required", "true");
        assert_true(is_in(question(WHOLE_LIFE, needed[i]), "outside"));
    }
    expect(WHOLE_LIFE, "outside_level", "type", "text");
    expect(WHOLE_LIFE, "outside_level", "relevant", "${outside_source} != '' and ${outside_date} != ''");
    expect(WHOLE_LIFE, "outside_date", "type", "date");
    for (int f = 0; f < FORMS; f++) {
        for (int i = 0; i < forms[f].count; i++) {
            const struct item *item = &forms[f].items[i];
            if (strstr(item->name, "risk"))
                fail_msg("%s, %s: a name with “risk”", names[f], item->name);
            static const char *const expressions[] = {"calculation", "relevant", "default", "constraint",
                                                      "warning"};
            for (size_t e = 0; e < 5; e++)
                if (strstr(word(item->node, expressions[e]), "${outside") && !is_in(item, "outside"))
                    fail_msg("%s, %s reads what others said of risk", names[f], item->name);
            if (strcmp(item->type, "calculate") == 0 &&
                (says(get(item->node, "label"), "risk") || tagged(item, "risk")))
                fail_msg("%s, %s: a risk worked out", names[f], item->name);
        }
        const struct node *sections = get(forms[f].root, "sections");
        for (const struct node *s = sections->first; s; s = s->next)
            assert_false(says(get(s, "score"), "risk"));
    }
}

/* A10: what can change says so, in the same words to both. */
static void test_what_can_change(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct node *label = get(get(get(forms[with_goals[i]].root, "tags"), "can_change"), "label");
        assert_non_null(label);
        assert_int_equal(label->kind, NODE_SCALAR);
        int carrying = 0;
        for (int q = 0; q < forms[with_goals[i]].count; q++)
            carrying += tagged(&forms[with_goals[i]].items[q], "can_change");
        assert_int_equal(carrying, 8);
    }
}

/* A12, A26, A45: what stays in sight, and what need not be told twice. */
static void test_kept_in_sight_and_brought_along(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        expect(with_goals[i], "good_year", "in_sight", "true");
        expect(with_goals[i], "who_now", "type", "text");
        expect(with_goals[i], "who_now", "carry_over", "true");
        assert_string_equal(asked_of(question(with_goals[i], "who_now")), "service_user");
    }
    static const char *const past[] = {"past_worked", "past_wrong"};
    for (size_t i = 0; i < 2; i++) {
        expect(WHOLE_LIFE, past[i], "carry_over", "true");
        assert_string_equal(asked_of(question(WHOLE_LIFE, past[i])), "service_user");
    }
}

/* A15: what is in the way of a goal, around a person or inside; either can be listed alone. */
static void test_obstacles(void **state)
{
    (void)state;
    assert_true(is_in(question(WHOLE_LIFE, "obstacles"), "goals"));
    assert_string_equal(question(WHOLE_LIFE, "obstacles")->type, "repeat");
    expect_choices(WHOLE_LIFE, "obstacle_kind", "practical inside");
    expect_summary(WHOLE_LIFE, "practical_obstacles", "where", "${obstacle_kind} = 'practical'");
    expect_summary(WHOLE_LIFE, "inside_obstacles", "where", "${obstacle_kind} = 'inside'");
}

/* A17, A47, B26: who does what by when, of which kind, in which spirit, leading where; what the practitioner
 * is late with is listed to both. */
static void test_steps(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int form = with_goals[i];
        assert_true(is_in(question(form, "steps"), "goals"));
        assert_string_equal(question(form, "steps")->type, "repeat");
        static const char *const parts[] = {"step", "who", "by", "kind", "system", "style", "status"};
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            assert_true(is_in(question(form, parts[p]), "steps"));
        expect_choices(form, "kind", "act refer signpost");
        expect_choices(form, "system", "corrections welfare treatment community");
        expect_choices(form, "style", "advise assist befriend");
        expect(form, "style", "relevant", "${who} = 'practitioner' or ${who} = 'both'");
        expect(form, "system", "relevant", "${kind} = 'refer' or ${kind} = 'signpost'");
        expect_summary(form, "overdue", "repeat", "steps");
        expect_summary(form, "overdue", "where",
                       "${who} = 'practitioner' and ${by} < today() and ${status} != 'done' and ${status} != "
                       "'dropped'");
    }
    expect_summary(WHOLE_LIFE, "referrals", "group_by", "system");
}

/* A goal has all its parts, is nobody's but theirs, and there are six at most. */
static void test_goals(void **state)
{
    (void)state;
    static const char *const parts[] = {"goal",       "goal_area", "goal_good",     "goal_why",
                                        "steps",      "obstacles", "obstacle_help", "importance",
                                        "confidence", "goal_know", "goal_status",   "dropped_by"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        assert_true(is_in(question(WHOLE_LIFE, parts[i]), "goals"));
    for (size_t i = 0; i < 2; i++) {
        expect(with_goals[i], "goals", "max_count", "6");
        assert_string_equal(asked_of(question(with_goals[i], "goal")), "service_user");
        expect_choices(with_goals[i], "goal_status", "not_started doing done cannot_yet changed dropped");
        /* A22 */
        expect_summary(with_goals[i], "by_good", "repeat", "goals");
        expect_summary(with_goals[i], "by_good", "group_by", "goal_good");
    }
    expect_choices(WHOLE_LIFE, "worker_part", "step none_agreed");
    expect(WHOLE_LIFE, "worker_part", "required", "true");
    assert_string_equal(asked_of(question(WHOLE_LIFE, "worker_part")), "together");
}

/* A33: said, and no more than said. */
static void test_goals_of_one_kind(void **state)
{
    (void)state;
    expect_choices(WHOLE_LIFE, "goal_for", "life trouble both");
    expect(WHOLE_LIFE, "one_kind", "type", "note");
    for (int i = 0; i < forms[WHOLE_LIFE].count; i++)
        assert_null(strstr(word(forms[WHOLE_LIFE].items[i].node, "constraint"), "${goal_for}"));
}

/* A18, A19, A20, A21: three lines and one more, each for itself. */
static void test_feedback_over_time(void **state)
{
    (void)state;
    static const char *const lines[] = {"came", "did", "kept_word", "today", "warm", "mine", "worth_it"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        expect(FEEDBACK, lines[i], "trend", "true");
    assert_string_equal(asked_of(question(FEEDBACK, "today")), "both");
    assert_string_equal(asked_of(question(FEEDBACK, "warm")), "service_user");
    for (int i = 0; i < forms[FEEDBACK].count; i++)
        assert_string_not_equal(forms[FEEDBACK].items[i].type, "calculate"); /* never summed */
}

/* B34: nobody sees the other's until both are in; two steps apart are a difference. Quick to fill in. */
static void test_feedback_both_ways(void **state)
{
    (void)state;
    assert_string_equal(word(forms[FEEDBACK].root, "reveal"), "together");
    assert_string_equal(word(forms[FEEDBACK].root, "kind"), "process");
    int asked[2] = {0}, compared = 0;
    for (int i = 0; i < forms[FEEDBACK].count; i++) {
        const struct item *item = &forms[FEEDBACK].items[i];
        const char *who = asked_of(item);
        if (strcmp(item->type, "note") == 0)
            continue;
        asked[0] += strcmp(who, "service_user") != 0;
        asked[1] += strcmp(who, "practitioner") != 0;
        if (strcmp(item->type, "range") != 0)
            continue;
        const struct node *scale = get(get(forms[FEEDBACK].root, "scales"), word(item->node, "scale"));
        assert_string_equal(word(scale, "min"), "1");
        assert_string_equal(word(scale, "max"), "5");
        if (strcmp(who, "both") == 0) {
            expect(FEEDBACK, item->name, "tolerance", "1");
            compared++;
        }
    }
    assert_true(compared >= 8);
    assert_true(asked[0] <= 14 && asked[1] <= 15);
}

/* A24, A30: signs of change of three kinds, none before the other; events with their day. Both go with
 * anything. */
static void test_change_and_events(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int form = with_goals[i];
        expect(form, "progress", "attachable", "true");
        expect_choices(form, "progress_kind", "act identity belonging");
        assert_string_equal(word(question(form, "progress_kind")->node, "relevant"), ""); /* no gate */
        expect_summary(form, "signs_of_change", "group_by", "progress_kind");
        expect(form, "life_events", "type", "repeat");
        expect(form, "life_events", "attachable", "true");
        expect(form, "life_event_when", "type", "date");
        expect(form, "life_event_when", "required", "true");
    }
}

/* A27, B20 */
static void test_people_and_services(void **state)
{
    (void)state;
    expect(WHOLE_LIFE, "people", "type", "repeat");
    assert_string_equal(asked_of(question(WHOLE_LIFE, "person")), "service_user");
    assert_string_equal(asked_of(question(WHOLE_LIFE, "belief")), "practitioner");
    assert_true(tagged(question(WHOLE_LIFE, "belief"), "belief"));
    expect_summary(WHOLE_LIFE, "belief", "tag", "belief");
    expect_summary(WHOLE_LIFE, "on_my_side", "repeat", "people");
    expect(WHOLE_LIFE, "services", "type", "repeat");
    expect_choices(WHOLE_LIFE, "service_role", "key_worker niche gap_filler");
    expect_summary(WHOLE_LIFE, "services", "group_by", "service_role");
    assert_non_null(strstr(word(question(WHOLE_LIFE, "gap_fillers")->node, "calculation"), "'gap_filler'"));
}

/* A46: feelings in words, for both. */
static void test_feeling_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        expect(with_goals[i], "feelings", "type", "select_multiple");
        assert_string_equal(asked_of(question(with_goals[i], "feelings")), "both");
        expect(with_goals[i], "feelings", "compare", "false");
    }
}

/* A32: in every part of life what is good is asked before how it is; nothing makes anybody answer it. A29:
 * and each strength is people, a chance, or a skill. */
static void test_strengths_first(void **state)
{
    (void)state;
    static const int rated[] = {WHOLE_LIFE, REVIEW, YOUNG_ADULT};
    for (size_t f = 0; f < sizeof rated / sizeof *rated; f++) {
        const struct shipped *form = &forms[rated[f]];
        int sections = 0;
        for (int i = 0; i < form->count; i++) {
            if (!is_ladder(&form->items[i]))
                continue;
            /* The first that asks for an answer of its own in this section, opening card aside. */
            const struct item *first = NULL;
            for (int j = 0; j <= i && !first; j++) {
                const struct item *item = &form->items[j];
                if (strcmp(item->section, form->items[i].section) == 0 && strcmp(item->type, "group") != 0 &&
                    strcmp(item->name, "harm_open") != 0)
                    first = item;
            }
            if (!first || strcmp(first->type, "text") != 0 ||
                !(tagged(first, "strength") || strcmp(first->name, "harm_strength") == 0))
                fail_msg("%s, %s: %s comes first", names[rated[f]], form->items[i].section,
                         first ? first->name : "nothing");
            assert_string_equal(word(first->node, "required"), "");
            sections += i == 0 || strcmp(form->items[i - 1].section, form->items[i].section) == 0;
            if (rated[f] == WHOLE_LIFE) {
                char *kind = xasprintf("%s_kind", first->name);
                expect_choices(WHOLE_LIFE, kind, "people skill both");
                free(kind);
            }
        }
        assert_true(sections >= 4);
    }
}

static void expect_of(const char *area, const char *suffix, const char *key, const char *value)
{
    char *name = xasprintf("%s%s", area, suffix);
    char *filled = xstrdup(""); /* value, with the area for each % */
    for (const char *at = value; *at; at++) {
        char *more = *at == '%' ? xasprintf("%s%s", filled, area) : xasprintf("%s%c", filled, *at);
        free(filled);
        filled = more;
    }
    expect(WHOLE_LIFE, name, key, filled);
    free(filled);
    free(name);
}

/* Each part of life goes the same way: what is good, how it is, how much it matters, whether to work on it,
 * help. */
static void test_every_part_goes_the_same_way(void **state)
{
    (void)state;
    static const struct {
        const char *suffix, *key, *value;
    } parts[] = {
        {"_strength", "type", "text"},
        {"_strength_kind", "relevant", "${%_strength} != ''"},
        {"", "type", "range"},
        {"", "tolerance", "0"},
        {"", "because", "when_differing"},
        {"", "evidence", "true"},
        {"", "trend", "true"},
        {"_matters", "scale", "matters"},
        {"_matters", "asked_of", "service_user"},
        {"_work", "choices", "work"},
        {"_work", "because", "when_differing"},
        {"_help", "choices", "help"},
        {"_help", "asked_of", "service_user"},
        {"_help", "relevant", "${%} <= 3 or ${%_work} = 'now'"},
        {"_handled", "choices", "handled"},
        {"_handled", "relevant", "${%} <= 3 or ${%_work} = 'now' or ${%_help} = 'want'"},
    };
    for (int i = 0; i < forms[WHOLE_LIFE].count; i++) {
        const struct item *item = &forms[WHOLE_LIFE].items[i];
        if (!is_ladder(item) || is_in(item, "harm_card"))
            continue;
        int before = -1;
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            expect_of(item->name, parts[p].suffix, parts[p].key, parts[p].value);
            char *name = xasprintf("%s%s", item->name, parts[p].suffix);
            const struct item *part = question(WHOLE_LIFE, name);
            assert_string_equal(part->section, item->section);
            assert_true(part->place >= before);
            before = part->place;
            free(name);
        }
    }
    for (int f = WHOLE_LIFE; f <= REVIEW; f++)
        for (int i = 0; i < forms[f].count; i++)
            if (is_ladder(&forms[f].items[i]))
                expect(f, forms[f].items[i].name, "trend", "true");
}

/* A36: for each part of life, who sees to it; and the list of those that nobody does. */
static void test_every_part_is_handled_or_not(void **state)
{
    (void)state;
    int areas = 0;
    for (int i = 0; i < forms[WHOLE_LIFE].count; i++) {
        const struct item *item = &forms[WHOLE_LIFE].items[i];
        if (!is_ladder(item) || strcmp(item->name, "harm_sex") == 0)
            continue;
        char *handled = xasprintf("%s_handled", item->name);
        expect_choices(WHOLE_LIFE, handled, "here brokered nobody");
        const struct item *who = question(WHOLE_LIFE, handled);
        assert_true(tagged(who, "handled"));
        /* B17: with its pathway, where it has one */
        assert_string_equal(word(who->node, "pathway"), word(item->node, "pathway"));
        assert_int_equal(tagged(who, "on_pathway"), *word(item->node, "pathway") != '\0');
        free(handled);
        areas++;
    }
    assert_int_equal(areas, 17);
    expect_summary(WHOLE_LIFE, "nobody_yet", "tag", "handled");
    expect_summary(WHOLE_LIFE, "nobody_yet", "where", ". = 'nobody'");
}

/* B17: each pathway is there, and those that are not met are listed and counted. */
static void test_pathways(void **state)
{
    (void)state;
    static const char *const pathways[] = {"accommodation", "ete",           "finance",
                                           "health",        "drugs_alcohol", "families",
                                           "attitudes",     "abuse",         "sex_work"};
    for (size_t f = 0; f < 2; f++) {
        for (size_t p = 0; p < sizeof pathways / sizeof *pathways; p++) {
            int found = 0;
            for (int i = 0; i < forms[with_goals[f]].count; i++) {
                const struct item *item = &forms[with_goals[f]].items[i];
                found += is_ladder(item) && strcmp(word(item->node, "pathway"), pathways[p]) == 0;
            }
            if (!found)
                fail_msg("%s: pathway %s is not there", names[with_goals[f]], pathways[p]);
        }
    }
    expect_summary(WHOLE_LIFE, "unmet_pathways", "tag", "on_pathway");
    expect_summary(WHOLE_LIFE, "unmet_pathways", "group_by", "pathway");
    const char *count = word(question(WHOLE_LIFE, "unmet")->node, "calculation");
    for (int i = 0; i < forms[WHOLE_LIFE].count; i++) {
        const struct item *item = &forms[WHOLE_LIFE].items[i];
        if (!is_ladder(item) || !*word(item->node, "pathway") || strcmp(item->section, "harm") == 0)
            continue;
        char *nobody = xasprintf("${%s_handled} = 'nobody'", item->name);
        if (!strstr(count, nobody))
            fail_msg("unmet does not count %s", item->name);
        free(nobody);
    }
}

/* B18: all needs stand in one list, in the order of a life; no tag puts one before another. */
static void test_nothing_is_ordered_by_tag(void **state)
{
    (void)state;
    static const char *const order[] = {"home",    "skills",   "money",  "body",      "mind",     "drugs",
                                        "alcohol", "gambling", "family", "friends",   "thinking", "identity",
                                        "hope",    "time",     "fair",   "practical", "harm"};
    size_t at = 0;
    int turns = 0;
    bool before = false;
    for (int i = 0; i < forms[WHOLE_LIFE].count; i++) {
        const struct item *item = &forms[WHOLE_LIFE].items[i];
        if (!is_ladder(item) || strcmp(item->name, "harm_sex") == 0)
            continue;
        assert_true(at < sizeof order / sizeof *order);
        assert_string_equal(item->name, order[at++]);
        turns += tagged(item, "can_change") != before;
        before = tagged(item, "can_change");
    }
    assert_true(turns > 3); /* mixed, not the one kind and then the other */
    for (int f = 0; f < FORMS; f++) {
        const struct node *summaries = get(forms[f].root, "summaries");
        for (const struct node *s = summaries ? summaries->first : NULL; s; s = s->next)
            assert_string_not_equal(word(s, "tag"), "can_change");
    }
}

/* A42, B23 */
static void test_young_adult(void **state)
{
    (void)state;
    const struct node *offer = listed(get(forms[WHOLE_LIFE].root, "offers"), "form", "young-adult");
    assert_non_null(offer);
    assert_string_equal(word(offer, "relevant"), "${age} >= 16 and ${age} <= 25");
    expect(WHOLE_LIFE, "age", "type", "integer");
    expect_choices(YOUNG_ADULT, "ya_done", "all part not_done");
    expect(YOUNG_ADULT, "ya_not_done_why", "relevant", "${ya_done} = 'part' or ${ya_done} = 'not_done'");
    static const char *const topics[] = {"living",      "first_money", "friends_pull", "ahead", "cooling",
                                         "responsible", "others_side", "treated",      "past",  "moving_on",
                                         "trusted",     "mind_works",  "talk_summary"};
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        question(YOUNG_ADULT, topics[i]);
    int pairs = 0;
    for (int i = 0; i < forms[YOUNG_ADULT].count; i++) {
        const struct item *item = &forms[YOUNG_ADULT].items[i];
        if (strcmp(item->type, "range") != 0)
            continue;
        expect(YOUNG_ADULT, item->name, "scale", "ladder");
        expect(YOUNG_ADULT, item->name, "because", "when_differing");
        assert_string_equal(asked_of(item), "both");
        assert_true(tagged(item, "topic"));
        pairs++;
    }
    assert_int_equal(pairs, 8);
    for (int i = 0; i < forms[YOUNG_ADULT].count; i++) /* no score of how grown up somebody is */
        assert_string_not_equal(forms[YOUNG_ADULT].items[i].type, "calculate");
    const struct node *sections = get(forms[YOUNG_ADULT].root, "sections");
    for (const struct node *s = sections->first; s; s = s->next)
        assert_null(get(s, "score"));
}

/* B11: planned or not, both voices; where one is missing it says so, and the other stands alone. */
static void test_exit(void **state)
{
    (void)state;
    expect_choices(EXIT, "ended", "planned moved released stopped_coming withdrawn other");
    static const char *const both[] = {"helped", "not_helped", "believed",
                                       "heard",  "unfinished", "come_back"};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        assert_string_equal(asked_of(question(EXIT, both[i])), "both");
    expect(EXIT, "both_sides", "relevant", "${side} != 'missing'");
    expect(EXIT, "one_side", "relevant", "${side} = 'missing'");
    expect(EXIT, "side_missing", "relevant", "${side} = 'missing'");
    for (int i = 0; i < forms[EXIT].count; i++)
        if (is_in(&forms[EXIT].items[i], "one_side"))
            assert_string_equal(asked_of(&forms[EXIT].items[i]), "practitioner");
    expect_summary(EXIT, "side_missing", "tag", "side");
    expect_summary(EXIT, "side_missing", "where", ". = 'missing'");
    assert_true(says(get(summary(EXIT, "side_missing"), "title"), "Their side is missing"));
    expect_choices(EXIT, "copy", "given not_given refused");
    expect(EXIT, "record_until", "type", "date");
}

/* A review can be held against a whole-life assessment: what has one name is one question, in the same words.
 */
static void test_last_time_is_the_same_question(void **state)
{
    (void)state;
    int shared = 0, ladders = 0;
    for (int i = 0; i < forms[REVIEW].count; i++) {
        const struct item *now = &forms[REVIEW].items[i], *then = find(WHOLE_LIFE, now->name);
        if (!then)
            continue;
        static const char *const keys[] = {"type", "scale", "choices", "tolerance", "pathway", "min", "max"};
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
            expect(REVIEW, now->name, keys[k], word(then->node, keys[k]));
        assert_string_equal(asked_of(now), asked_of(then));
        struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
        gather(&a, strcmp(now->type, "group") == 0 ? NULL : get(now->node, "label"));
        gather(&b, strcmp(then->type, "group") == 0 ? NULL : get(then->node, "label"));
        if (strcmp(a.text, b.text) != 0)
            fail_msg("%s is asked in other words:\n%s%s", now->name, a.text, b.text);
        strbuf_release(&a);
        strbuf_release(&b);
        ladders += is_ladder(now);
        shared++;
    }
    assert_int_equal(ladders, 18);
    assert_true(shared > 40);
    /* and each list or scale of one name is the same list */
    static const char *const lists[] = {"scales", "choices"};
    for (size_t l = 0; l < 2; l++) {
        const struct node *here = get(forms[REVIEW].root, lists[l]),
                          *there = get(forms[WHOLE_LIFE].root, lists[l]);
        for (const struct node *in = here->first; in; in = in->next) {
            if (!get(there, in->text))
                continue;
            struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
            gather(&a, in->value);
            gather(&b, get(there, in->text));
            assert_string_equal(a.text, b.text);
            strbuf_release(&a);
            strbuf_release(&b);
        }
    }
}

/* Each says where it comes from, in comments at its head: who, when, and a doi. */
static void test_sources(void **state)
{
    (void)state;
    for (int f = 0; f < FORMS; f++) {
        char *path = form_path(f), line[512];
        FILE *in = fopen(path, "re");
        assert_non_null(in);
        int years = 0, dois = 0, own = 0;
        while (fgets(line, sizeof line, in) && line[0] == '#') {
            for (const char *at = line; (at = strchr(at, '(')); at++)
                years += strspn(at + 1, "0123456789") == 4 && at[5] == ')';
            dois += strstr(line, "doi 10.") != NULL;
            own += strstr(line, "our own; none is taken from another instrument") != NULL;
        }
        fclose(in);
        if (years < 3 || dois < 1 || own != 1)
            fail_msg("%s: %d years, %d dois, own wording said %d times", names[f], years, dois, own);
        free(path);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_why_not_lower),
        cmocka_unit_test(test_thinking_card),
        cmocka_unit_test(test_no_risk_is_worked_out),
        cmocka_unit_test(test_what_can_change),
        cmocka_unit_test(test_kept_in_sight_and_brought_along),
        cmocka_unit_test(test_obstacles),
        cmocka_unit_test(test_steps),
        cmocka_unit_test(test_goals),
        cmocka_unit_test(test_goals_of_one_kind),
        cmocka_unit_test(test_feedback_over_time),
        cmocka_unit_test(test_feedback_both_ways),
        cmocka_unit_test(test_change_and_events),
        cmocka_unit_test(test_people_and_services),
        cmocka_unit_test(test_feeling_words),
        cmocka_unit_test(test_strengths_first),
        cmocka_unit_test(test_every_part_goes_the_same_way),
        cmocka_unit_test(test_every_part_is_handled_or_not),
        cmocka_unit_test(test_pathways),
        cmocka_unit_test(test_nothing_is_ordered_by_tag),
        cmocka_unit_test(test_young_adult),
        cmocka_unit_test(test_exit),
        cmocka_unit_test(test_last_time_is_the_same_question),
        cmocka_unit_test(test_sources),
    };
    return cmocka_run_group_tests(tests, read_forms, forget_forms);
}
