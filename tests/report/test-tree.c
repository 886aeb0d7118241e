/* The export tree: what is in it, and that both views count the same. */
#include "kit.h"

#include "base/mem.h"
#include "report/tree.h"

#include "check.h"

#include <stdlib.h>
#include <string.h>

/* Is the value at a path ("practitioner.value", "turns.3.event") this, written as JSON with ' for quotes? */
static void assert_at(const json_t *tree, const char *path, const char *expected)
{
    char *steps = xstrdup(path), *rest = steps, *step, *want = xstrdup(expected);
    const json_t *at = tree;
    while ((step = strsep(&rest, ".")))
        at = json_is_array(at) ? json_array_get(at, strtoul(step, NULL, 10)) : json_object_get(at, step);
    for (char *p = want; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    char *got =
        at ? json_dumps(at, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15)) : xstrdup("(absent)");
    if (strcmp(got, want) != 0)
        print_error("%s: %s, not %s\n", path, got, want);
    assert_string_equal(got, want);
    free(got);
    free(want);
    free(steps);
}

static json_t *tree_of(struct session *s)
{
    json_t *tree = tree_build(s);
    char *path = kit_path("tree.jsonl");
    session_close(s);
    remove(path);
    free(path);
    return tree;
}

static json_t *story_tree(void)
{
    return tree_of(kit_story("tree.jsonl"));
}

static void test_what_is_in_it(void **state)
{
    (void)state;
    static const struct {
        const char *question, *path, *expected;
    } cases[] = {
        {"home", "label.practitioner", "'How settled is their housing?'"},
        {"home", "label.service_user", "'Is where I live settled?'"},
        {"home", "practitioner.value", "2"},
        {"home", "practitioner.words", "'2: Hard'"},
        {"home", "practitioner.because", "'I had only seen the paper'"},
        {"home", "service_user.because", "'I am on a sofa'"},
        {"home", "agreed", "2"},
        {"home", "together", "null"},
        {"help", "agreed", "null"},
        {"help", "come_back", "true"},
        {"helps", "agreed", "['have','want']"},
        {"day", "practitioner.missing", "'not_sure'"},
        {"day", "practitioner.words", "'Not sure'"},
        {"day", "practitioner.value", "null"},
        {"count", "practitioner", "null"},
        {"count", "asked_of", "'service_user'"},
        {"goal", "together.value", "'A key of my own'"},
        {"goal", "practitioner", "null"},
        {"weight", "practitioner.value", "0.3"},
        {"later", "practitioner.value", "null"}, /* undone */
        {"deep", "relevant", "{'practitioner':false,'service_user':false}"},
        {"welcome", "practitioner", "(absent)"},
    };
    json_t *tree = story_tree();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_at(kit_question(tree, cases[i].question), cases[i].path, cases[i].expected);
    assert_null(kit_question(tree, "whole")); /* under scores */
    json_decref(tree);
}

/* What is in an entry says in which; a repeat says which there are, in their order. */
static void test_lists(void **state)
{
    (void)state;
    static const struct {
        const char *question, *path, *expected;
    } cases[] = {
        {"goals", "type", "'repeat'"},
        {"goals", "entry", "(absent)"},
        {"goals", "asked_of", "'both'"},
        {"goals", "practitioner", "(absent)"},
        {"goals", "come_back", "true"},
        {"goals", "entries.0",
         "{'entry':3,'place':1,'about':null,'by':'practitioner','at':'2026-11-21T10:10:00Z','wanted_out':[]"
         "}"},
        {"goals", "entries.1",
         "{'entry':1,'place':2,'about':null,'by':'service_user','at':'2026-11-21T10:02:00Z','wanted_out':['"
         "practitioner']}"},
        {"goals", "entries.2", "(absent)"},
        {"goal#1", "entry", "1"},
        {"goal#1", "group", "'goals'"},
        {"goal#1", "service_user.value", "'A job'"},
        {"deep#1", "group", "'goals'"},
        {"matters#1", "group", "'deep'"},
        {"matters#1", "entry", "1"},
        {"steps#1", "entry", "1"},
        {"steps#1", "entries.0.entry", "2"},
        {"steps#3", "entries", "[]"},
        {"step#2", "entry", "2"},
        {"step#2", "group", "'steps'"},
        {"step#2", "together.value", "'Ring them'"},
        {"cards", "entries.0.about", "'matters#1'"},
        {"enough", "entry", "(absent)"},
    };
    json_t *tree = tree_of(kit_lists("tree.jsonl"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_at(kit_question(tree, cases[i].question), cases[i].path, cases[i].expected);
    assert_null(kit_question(tree, "goal#4")); /* taken out */
    assert_null(kit_question(tree, "goal"));   /* asked in entries alone */
    assert_at(tree, "sections.1.questions.1.name", "'goal#3'");
    assert_at(tree, "sections.2.questions.0.name", "'enough'");
    assert_at(tree, "scores.1.name", "'twice#1'");
    assert_at(tree, "scores.1.entry", "1");
    assert_at(tree, "scores.1.service_user", "10");
    assert_at(tree, "disagreements.0.question", "'matters#1'");
    assert_at(tree, "disagreements.1.question", "'matters#4'"); /* the record keeps it */
    json_decref(tree);
}

static void test_the_rest(void **state)
{
    (void)state;
    static const struct {
        const char *path, *expected;
    } cases[] = {
        {"format", "'alongside-export/1'"},
        {"record", "'01JDKIT0000000000000000000'"},
        {"ref", "'K-014'"},
        {"form.id", "'kit'"},
        {"people.practitioner", "{'name':'Rae','pronouns':null,'label':'Practitioner'}"},
        {"sittings.0.place", "'visits hall'"},
        {"sittings.0.until", "'2026-11-21T10:44:00Z'"},
        {"sittings.0.minutes", "43"},
        {"sittings.0.chose_first", "null"},
        {"sittings.0.agenda", "[]"},
        {"scores.0.practitioner", "0.666666666666667"},
        {"scores.1.practitioner", "null"}, /* NaN */
        {"scores.2.agreed", "3"},
        {"disagreements.0.outcome", "'practitioner_moved'"},
        {"disagreements.0.confirmed_by", "['practitioner','service_user']"},
        {"disagreements.0.first", "'service_user'"},
        {"disagreements.0.opened", "'2026-11-21T10:03:00Z'"},
        {"disagreements.0.closed", "'2026-11-21T10:07:00Z'"},
        {"disagreements.0.practitioner.before", "4"},
        {"disagreements.0.practitioner.after", "2"},
        {"disagreements.0.service_user.heard", "5"},
        {"disagreements.0.turns.0.event", "'differed'"},
        {"disagreements.0.turns.0.prev", "(absent)"},
        {"disagreements.1.state", "'talking'"},
        {"disagreements.1.outcome", "null"},
        {"disagreements.1.turns.2.undone", "true"},
        {"disagreements.1.turns.1.undone", "(absent)"},
        {"disagreements.2.question", "null"},
        {"disagreements.2.by", "'service_user'"},
        {"disagreements.2.because", "'We always meet too early'"},
        {"disagreements.2.first", "null"},
        {"notes.0.text", "'Bring the form'"},
        {"notes.1", "(absent)"},
        {"promises.0.kept.practitioner", "true"},
        {"promises.0.kept.service_user", "null"},
        {"promises.0.overdue", "false"},
        {"statements.0.question", "'home'"},
        {"signatures.practitioner.changed_since", "true"},
        {"signatures.service_user.refused", "true"},
        {"integrity.lines", "50"},
        {"integrity.damage", "null"},
        {"integrity.receipt", "null"}, /* it is worked out where it is asked for */
    };
    json_t *tree = story_tree();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_at(tree, cases[i].path, cases[i].expected);
    json_decref(tree);
}

/* The keys of an object in their order, and of the objects in it. */
static char *shape(const json_t *tree)
{
    char *keys = xstrdup("");
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)tree, key, value)
    {
        char *more = xasprintf("%s %s", keys, key);
        free(keys);
        keys = more;
    }
    return keys;
}

/* Wherever there is a practitioner's object there is a service user's, right after it, of the same shape. */
static size_t assert_side_by_side(const json_t *tree)
{
    size_t pairs = 0;
    const char *key, *before = "";
    json_t *value;
    if (json_is_array(tree)) {
        for (size_t i = 0; i < json_array_size(tree); i++)
            pairs += assert_side_by_side(json_array_get(tree, i));
    }
    json_object_foreach((json_t *)tree, key, value)
    {
        if (strcmp(key, "service_user") == 0) {
            const json_t *other = json_object_get(tree, "practitioner");
            assert_string_equal(before, "practitioner");
            if (json_is_object(value) && json_is_object(other)) {
                char *one = shape(other), *two = shape(value);
                assert_string_equal(one, two);
                free(one);
                free(two);
                pairs++;
            }
        }
        before = key;
        pairs += assert_side_by_side(value);
    }
    return pairs;
}

static void test_side_by_side(void **state)
{
    (void)state;
    json_t *tree = story_tree();
    assert_true(assert_side_by_side(tree) > 10);
    json_decref(tree);
    tree = tree_of(kit_lists("tree.jsonl"));
    assert_true(assert_side_by_side(tree) > 5);
    json_decref(tree);
}

/* In order, and each once. */
static void test_turns_once(void **state)
{
    (void)state;
    json_t *tree = story_tree(), *disagreements = json_object_get(tree, "disagreements");
    for (size_t i = 0; i < json_array_size(disagreements); i++) {
        json_t *turns = json_object_get(json_array_get(disagreements, i), "turns");
        json_int_t last = 0;
        for (size_t t = 0; t < json_array_size(turns); t++) {
            json_int_t seq = json_integer_value(json_object_get(json_array_get(turns, t), "seq"));
            assert_true(seq > last);
            last = seq;
        }
    }
    json_decref(tree);
}

/* alongside-export(5) names each key there is, as a variable. */
static void assert_documented(const json_t *tree, const char *page)
{
    const char *key;
    json_t *value;
    for (size_t i = 0; i < json_array_size(tree); i++)
        assert_documented(json_array_get(tree, i), page);
    json_object_foreach((json_t *)tree, key, value)
    {
        bool named = false;
        for (const char *at = page; !named && (at = strstr(at, key)); at++)
            named = strchr(" \n", at[-1]) && strchr(" \n", at[strlen(key)]);
        if (!named)
            print_error("man/alongside-export.5 has nothing on “%s”\n", key);
        assert_true(named);
        if (strcmp(key, "turns") != 0) /* these are alongside-record(5)'s */
            assert_documented(value, page);
    }
}

static void test_page(void **state)
{
    (void)state;
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/man/alongside-export.5", srcdir ? srcdir : ".");
    size_t length;
    char *page = kit_read(path, &length);
    json_t *tree = story_tree();
    assert_documented(tree, page);
    json_decref(tree);
    tree = tree_of(kit_lists("tree.jsonl"));
    assert_documented(tree, page);
    json_decref(tree);
    free(page);
    free(path);
}

static void test_looking_back(void **state)
{
    (void)state;
    session_close(kit_story("back.jsonl"));
    char *path = kit_path("back.jsonl");
    struct session *all = session_open(path, RECORD_READ, NULL), *then = session_open_at(path, 5, NULL);
    json_t *tree = tree_build(then);
    assert_at(tree, "integrity.lines", "5");
    assert_at(tree, "disagreements.0.state", "'open'");
    assert_at(tree, "signatures.practitioner", "null");
    const char *head = event_text(record_event(session_record(all), 5), "prev");
    assert_string_equal(json_string_value(json_object_get(json_object_get(tree, "integrity"), "head")), head);
    assert_string_not_equal(head, record_head(session_record(all)));
    json_decref(tree);
    session_close(then);
    session_close(all);
    free(path);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_in_it), cmocka_unit_test(test_lists),
        cmocka_unit_test(test_the_rest),      cmocka_unit_test(test_side_by_side),
        cmocka_unit_test(test_turns_once),    cmocka_unit_test(test_page),
        cmocka_unit_test(test_looking_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
