/* A row, whole: every row of every table over the records of all stories; and which records are of one case.
 */
#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "review/cases.h"
#include "review/detail.h"

#include <stdlib.h>
#include <string.h>

static struct collection *collection;

static int set_up(void **state)
{
    (void)state;
    cases_begin(NULL);
    collection = cases_gather(true, 1, NULL);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    collection_free(collection);
    return 0;
}

static void look_at(const struct detail *detail, const struct table *table, const struct source *source,
                    uint32_t n)
{
    assert_true(detail->count > 0);
    assert_int_equal(detail->lines[0].kind, DETAIL_TITLE);
    bool both = false, talk = false;
    for (size_t i = 0; i < detail->count; i++) {
        const struct detail_line *line = &detail->lines[i];
        bool sides = line->kind == DETAIL_BOTH;
        /* Neither is ever told without the other, and neither side is empty. */
        assert_true((line->label != NULL) == sides && (line->text == NULL) == sides);
        for (int party = 0; party < PARTIES; party++)
            assert_true((line->side[party] != NULL) == sides && (!sides || *line->side[party]));
        assert_true(!line->text || *line->text);
        assert_true(!line->text || utf8_valid(line->text, strlen(line->text)));
        assert_true((line->seq > 0) == (line->kind == DETAIL_TURN));
        both |= sides;
        talk |= line->kind == DETAIL_TURN;
    }
    if (table != &table_disagreements)
        return;
    /* What was raised by hand can be about no question: then there are no two answers. */
    assert_true(both || digest_disagreement(source->digest, n)->question < 0);
    assert_true(talk && *detail->id);
}

static void test_every_row(void **state)
{
    (void)state;
    size_t rows = 0;
    for (size_t t = 0; table_list[t]; t++) {
        const struct table *table = table_list[t];
        for (size_t i = 0; i < collection_count(collection); i++) {
            const struct source *source = collection_at(collection, i);
            for (uint32_t n = 0; n < table->rows(source); n++) {
                struct detail detail;
                char *cause = NULL;
                if (table->has && !table->has(source, n))
                    continue;
                if (!detail_read(&detail, collection, table, (struct row){(uint32_t)i, n}, &cause))
                    fail_msg("%s %u of %s: %s", table->name, (unsigned)n, source->path, cause);
                look_at(&detail, table, source, n);
                detail_release(&detail);
                rows++;
            }
        }
    }
    assert_true(rows > 300);
}

static const struct source *of_story(const char *name, size_t *number)
{
    for (*number = 0; *number < collection_count(collection); ++*number) {
        const struct source *source = collection_at(collection, *number);
        const char *found = strstr(source->path, name);
        if (found && found[-1] == '/' && strcmp(found + strlen(name), ".jsonl") == 0)
            return source;
    }
    fail_msg("there is no story %s", name);
    return NULL;
}

static const char *side(const struct detail *detail, const char *label, enum who party)
{
    for (size_t i = 0; i < detail->count; i++) {
        if (detail->lines[i].kind == DETAIL_BOTH && strcmp(detail->lines[i].label, label) == 0)
            return detail->lines[i].side[party];
    }
    return "";
}

/* stories/both-stand-unchanged: 4, “New lock fitted”; 2, “He knows where I live”. */
static void test_both_views(void **state)
{
    (void)state;
    size_t number;
    struct detail detail;
    of_story("both-stand-unchanged", &number);
    assert_true(
        detail_read(&detail, collection, &table_disagreements, (struct row){(uint32_t)number, 0}, NULL));
    assert_int_equal(side(&detail, "First", PRACTITIONER)[0], '4');
    assert_int_equal(side(&detail, "First", SERVICE_USER)[0], '2');
    assert_int_equal(side(&detail, "As it closed", PRACTITIONER)[0], '4');
    assert_int_equal(side(&detail, "As it closed", SERVICE_USER)[0], '2');
    assert_string_equal(side(&detail, "Why", PRACTITIONER), "“New lock fitted”");
    assert_string_equal(side(&detail, "Why", SERVICE_USER), "“He knows where I live”");
    detail_release(&detail);
}

/* What is gone, or has been put in its place, is said, and nothing is told. */
static void test_changed(void **state)
{
    (void)state;
    size_t number, length;
    struct detail detail;
    char *cause = NULL;
    const struct source *source = of_story("service-user-moved", &number);
    char *was = cases_read(source->path, &length);
    struct row row = {(uint32_t)number, 0};
    cases_write(source->path, "", 0);
    assert_false(detail_read(&detail, collection, &table_disagreements, row, &cause));
    assert_non_null(cause);
    free(cause);
    cause = NULL;
    size_t line = (size_t)(strchr(was, '\n') - was) + 1; /* begun, and nothing said yet */
    cases_write(source->path, was, line);
    assert_false(detail_read(&detail, collection, &table_disagreements, row, &cause));
    assert_string_equal(cause, "The record has changed since it was looked at.");
    free(cause);
    cases_write(source->path, was, length);
    free(was);
}

/* What belongs to one case: the same reference in the same folder, or one that follows another. */
static void test_case(void **state)
{
    (void)state;
    static const struct {
        const char *path, *id, *ref;
    } sources[] = {
        {"a/1", "A", "K-1"}, {"a/2", "B", "K-2"}, {"a/3", "C", "K-1"},
        {"b/4", "D", "K-1"}, {"a/5", "E", ""},    {"a/6", "F", ""},
    };
    struct collection *c = collection_new();
    struct facts facts = {.size = sizeof facts, .version = DIGEST_VERSION};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
        struct digest *digest = digest_broken(sources[i].id, sources[i].ref, "");
        digest->begun = (int64_t)(10 - i); /* the later in the list, the earlier begun */
        if (i == 1)
            digest->follows = digest->id; /* itself: never ends in a circle */
        collection_add(c, sources[i].path, digest, &facts);
    }
    size_t count, *found = detail_case(c, 0, &count);
    assert_int_equal(count, 2);
    assert_int_equal(found[0], 2);
    assert_int_equal(found[1], 0);
    free(found);
    for (size_t alone = 3; alone < 6; alone++) {
        found = detail_case(c, alone, &count);
        assert_int_equal(count, 1);
        assert_int_equal(found[0], alone);
        free(found);
    }
    collection_free(c);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_row),
        cmocka_unit_test(test_both_views),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_case),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
