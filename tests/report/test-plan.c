/* What a form makes of the answers: lists, scores, what stays in sight, other forms. Each case is some
 * intents and the lines that are told then; then the same on paper and for programs. */
#include "kit.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "report/as_text.h"
#include "report/tree.h"
#include "session/score.h"
#include "session/summary.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

static char *form_text;
static size_t form_length;

static void add_line(void *context, enum summary_level level, int item, const char *group, const char *text)
{
    static const char *const marks[] = {"# ", "## ", "- ", "! "};
    assert_true((level == SUMMARY_ROW) == (item >= 0));
    assert_true(level == SUMMARY_ROW || level == SUMMARY_GROUP || !*group);
    strbuf_addf(context, "%s%s\n", marks[level], text);
}

static void add_sight(void *context, int item, const char *text)
{
    assert_true(item >= 0);
    strbuf_addf(context, "~ %s\n", text);
}

static void add_offer(void *context, const char *text)
{
    strbuf_addf(context, "> %s\n", text);
}

static void add_score(struct strbuf *sb, const struct session *s, const char *name, const struct score *score)
{
    static const struct score_bar bar = {"#", "-", 4};
    const struct assessment *a = session_assessment(s);
    int item = assessment_find(a, name);
    strbuf_addf(sb, "= %s", name);
    for (int view = PRACTITIONER; view <= TOGETHER; view++) {
        char *words = score ? score_words(a, score, (enum who)view, SERVICE_USER, 0, &bar)
                            : score_value_words(a, item, (enum who)view);
        strbuf_addf(sb, " | %s", words);
        free(words);
    }
    strbuf_add(sb, "\n");
}

static char *all_told(const struct session *s)
{
    const struct assessment *a = session_assessment(s);
    struct strbuf sb = STRBUF_INIT;
    add_score(&sb, s, "hard", session_form(s)->sections[0].score);
    add_score(&sb, s, "shy", NULL);
    add_score(&sb, s, "steps", NULL);
    summary_in_sight(a, SERVICE_USER, 0, add_sight, &sb);
    summary_offers(s, add_offer, &sb);
    summary_tell(a, SERVICE_USER, 0, add_line, &sb);
    return strbuf_detach(&sb);
}

#define P "{'by':'practitioner','event':"
#define S "{'by':'service_user','event':"
#define P_SAYS(question, value) P "'answered','question':'" question "','value':" value "}"
#define S_SAYS(question, value) S "'answered','question':'" question "','value':" value "}"
#define SAT P "'sat','people':{'practitioner':'Rae','service_user':'Sam'},'seats':{'left':'practitioner'}}"
#define ADD(repeat) S "'added','question':'" repeat "'}"

static const struct {
    const char *intents[24];
    const char *told[12]; /* lines that are there, in this order; "!…": is nowhere */
} cases[] = {
    /* Nothing said is no number, and no list counts what is not there. */
    {{SAT},
     {"= hard | 2 of 2 not answered yet | 2 of 2 not answered yet | 2 of 2 not agreed yet\n",
      "= shy |  |  | \n", "= steps | 0 | 0 | 0\n", "# Our goals: none yet\n",
      "# What gets in the way: none yet\n", "# Nobody does this yet: 0 of 2\n", "# Overdue: none yet\n",
      "# Belief: 0 of 1\n", "!~", "!>"}},
    /* Each their own number, beside it what is missing; what was passed is said apart; never a sum of both.
     */
    {{SAT, P_SAYS("home", "1"), S_SAYS("home", "1"), S_SAYS("money", "2"),
      P "'declined','question':'money','missing':'not_sure'}"},
     {"= hard | #--- 1 of 4, Few. 1 of 2 left open | ##-- 2 of 4, Some | "
      "#--- 1 of 4, Few. 1 of 2 left open"}},
    /* What one has not said is not taken from the other without a word. */
    {{SAT, S_SAYS("home", "1"), S_SAYS("money", "1")},
     {"= hard | 2 of 2 not answered yet | ##-- 2 of 4, Some | 2 of 2 not agreed yet\n"}},
    /* What shows when both have answered tells nothing before, by no way. */
    {{SAT, P_SAYS("both", "1")}, {"= shy |  |  | \n", "# Belief: none yet\n", "! 1 more: shown when", "!>"}},
    {{SAT, P_SAYS("both", "1"), S_SAYS("both", "2")},
     {"= shy | 2 | 3 | \n", "> There is also “nowhere” for this: alongside new nowhere\n",
      "# Belief: 1 of 1\n", "- My life: Both at once: Rae: 1; Sam: 2 (both)\n"}},
    {{SAT, S_SAYS("year", "'A home'"), P_SAYS("year", "'Some peace'"), S_SAYS("age", "16")},
     {"~ What would a good year look like? Rae: Some peace; Sam: A home\n",
      "> There is also “young-adult” for this: alongside new young-adult\n"}},
    {{SAT, S_SAYS("age", "26")}, {"!>"}},
    /* Whose it is; two groups where they differ; groups as the choices stand. */
    {{SAT, ADD("goals"), S_SAYS("goal#1", "'Get my card'"), S_SAYS("good#1", "'work'"), ADD("goals"),
      P_SAYS("goal#2", "'See my girl'"), S_SAYS("goal#2", "'See Ann'"), P_SAYS("good#2", "'health'"),
      S_SAYS("good#2", "'family'"), ADD("goals"), P_SAYS("status#3", "'dropped'"),
      P_SAYS("good#3", "'work'")},
     {"= steps | 2 | 2 | \n", "# Our goals: 2 of 3\n", "## Health: 1 of 1\n",
      "- Rae: See my girl; Sam: See Ann (Rae)\n", "## Family: 1 of 1\n",
      "- Rae: See my girl; Sam: See Ann (Sam)\n", "## Work: 1 of 2\n", "- Get my card (both)\n"}},
    /* All of one kind is said, and one alone is no kind. */
    {{SAT, ADD("goals"), S_SAYS("good#1", "'work'"), ADD("goals"), S_SAYS("good#2", "'work'")},
     {"# Our goals: 2 of 2\n! All of these are of one kind.\n## Work: 2 of 2\n- Goal, 1 of 2 (both)\n"}},
    {{SAT, ADD("goals"), S_SAYS("good#1", "'work'")}, {"!! All"}},
    {{SAT, ADD("goals"), ADD("goals")}, {"## Not said yet: 2 of 2\n", "!! All"}},
    /* A repeat within another: what is shown may come from around it. Taken out is gone. */
    {{SAT, ADD("goals"), S_SAYS("goal#1", "'Get my card'"), ADD("blocks#1"), S_SAYS("block#2", "'No bus'"),
      S_SAYS("kind#2", "'practical'"), ADD("blocks#1"), S_SAYS("block#3", "'I get scared'"),
      S_SAYS("kind#3", "'inside'"), ADD("blocks#1"), S "'removed','question':'blocks#1','entry':4}"},
     {"# What gets in the way: 2 of 2\n", "## Practical: 1 of 1\n",
      "- No bus. In our own words: Get my card (both)\n", "## Inside me: 1 of 1\n"}},
    /* A sentence ends once. */
    {{SAT, ADD("goals"), P_SAYS("goal#1", "'See my girl.'"), S_SAYS("goal#1", "'Who knows?'"),
      ADD("blocks#1"), S_SAYS("block#2", "'No bus!'"), S_SAYS("kind#2", "'practical'")},
     {"- Rae: See my girl. Sam: Who knows?",
      "- No bus! In our own words: Rae: See my girl. Sam: Who knows? (both)\n"}},
    /* How many areas nobody looks after yet, with words for them where the form has some. */
    {{SAT, S_SAYS("home_by", "'nobody'"), P_SAYS("home_by", "'here'"), P_SAYS("money_by", "'here'")},
     {"# Nobody does this yet: 1 of 2, in 1 of 2 areas\n", "## A place to live: 1 of 1\n",
      "- My life: Who does home? Rae: We do this here; Sam: Nobody yet (Sam)\n", "!## money debt"}},
    {{SAT, S_SAYS("money_by", "'nobody'"), P_SAYS("money_by", "'nobody'")},
     {"## money debt: 1 of 1\n- My life: Who does money? Nobody yet (both)\n"}},
    /* Overdue as of the latest entry. */
    {{SAT, ADD("goals"), P_SAYS("by#1", "'2026-11-20'"), ADD("goals"), P_SAYS("by#2", "'2026-11-21'")},
     {"# Overdue: 1 of 2\n- Goal, 1 of 2 (both)\n"}},
};

static struct session *played(size_t i)
{
    static int plays;
    char *name = xasprintf("plan%d", plays++);
    struct session *s = kit_begin_with(name, form_text, form_length);
    for (size_t k = 0; cases[i].intents[k]; k++)
        kit_do(s, cases[i].intents[k]);
    free(name);
    return s;
}

static void test_told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct session *s = played(i);
        char *told = all_told(s);
        const char *at = told;
        for (size_t k = 0; cases[i].told[k]; k++) {
            const char *part = cases[i].told[k];
            bool never = *part == '!' && strncmp(part, "! ", 2) != 0;
            const char *found = never ? strstr(told, part + 1) : strstr(at, part);
            if (never == (found != NULL))
                fail_msg("case %zu: “%s” is %sin:\n%s", i, part, never ? "" : "not ", told);
            at = never ? at : found;
        }
        free(told);
        session_close(s);
    }
}

static void test_text(void **state)
{
    (void)state;
    struct session *s = played(1);
    kit_do(s, S_SAYS("home_by", "'nobody'"));
    char *text = kit_written(s, as_text_write);
    static const char *const parts[] = {
        "  Hard parts\n    Rae: ###------- 1 of 4, Few. 1 of 2 left open\n"
        "    Sam: #####----- 2 of 4, Some\n    Agreed: ###------- 1 of 4, Few. 1 of 2 left open\n",
        "\nOur plan\n",
        "  Nobody does this yet: 1 of 2, in 1 of 2 areas\n  A place to live: 1 of 1\n"
        "    - My life: Who does home? Nobody yet (Sam)\n",
        "  [I can change this, A place to live]\n",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!strstr(text, parts[i]))
            fail_msg("“%s” is not in:\n%s", parts[i], text);
    }
    free(text);
    session_close(s);
}

static void assert_json(const json_t *tree, const char *expected)
{
    char *text = json_dumps(tree, JSON_COMPACT | JSON_ENCODE_ANY);
    assert_string_equal(text, expected);
    free(text);
}

static void test_tree(void **state)
{
    (void)state;
    struct session *s = played(1);
    kit_do(s, S_SAYS("home_by", "'nobody'"));
    json_t *tree = tree_build(s);
    const json_t *scores = json_object_get(tree, "scores");
    json_t *hard = kit_member(scores, "name", "hard");
    assert_json(json_object_get(hard, "practitioner"), "1");
    assert_json(json_object_get(hard, "service_user"), "2");
    assert_json(json_object_get(hard, "agreed"), "1");
    assert_json(json_object_get(hard, "section"), "\"life\"");
    assert_json(json_object_get(hard, "band"),
                "{\"practitioner\":\"Few\",\"service_user\":\"Some\",\"agreed\":\"Few\"}");
    assert_json(json_object_get(hard, "basis"), "{\"practitioner\":{\"answered\":1,\"passed\":1,\"of\":2},"
                                                "\"service_user\":{\"answered\":2,\"passed\":0,\"of\":2},"
                                                "\"agreed\":{\"answered\":1,\"passed\":1,\"of\":2}}");
    json_t *shy = kit_member(scores, "name", "shy");
    assert_json(json_object_get(shy, "practitioner"), "null");
    assert_json(json_object_get(shy, "band"), "null");
    const json_t *nobody = kit_member(json_object_get(tree, "plan"), "summary", "nobody_yet");
    assert_json(json_object_get(nobody, "items"),
                "[{\"entry\":null,\"questions\":[\"home_by\"],"
                "\"words\":\"My life: Who does home? Nobody yet (Sam)\",\"group\":\"home\","
                "\"holds_for\":[\"service_user\"]}]");
    assert_json(json_object_get(nobody, "groups"),
                "[{\"group\":\"home\",\"label\":\"A place to live\",\"listed\":1,\"of\":1},"
                "{\"group\":\"money_debt\",\"label\":\"money debt\",\"listed\":0,\"of\":1}]");
    json_decref(tree);
    session_close(s);
}

static void test_tags(void **state)
{
    (void)state;
    struct session *s = played(0);
    const struct assessment *a = session_assessment(s);
    static const struct {
        const char *question;
        enum who reader;
        const char *tags;
    } rows[] = {
        {"home", PRACTITIONER, "They can change this, A place to live"},
        {"home", SERVICE_USER, "I can change this, A place to live"},
        {"home_by", SERVICE_USER, ""},
        {"money", SERVICE_USER, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *tags =
            summary_tags(a, assessment_question(a, assessment_find(a, rows[i].question)), rows[i].reader, 0);
        assert_string_equal(tags, rows[i].tags);
        free(tags);
    }
    session_close(s);
}

int main(void)
{
    mem_init();
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/tests/screen/forms/plan.yaml", srcdir ? srcdir : ".");
    form_text = kit_read(path, &form_length);
    free(path);
    setenv("ALONGSIDE_FORMS", "/nowhere", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_told),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_tree),
        cmocka_unit_test(test_tags),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(form_text);
    return failed;
}
