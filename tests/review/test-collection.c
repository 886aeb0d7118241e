/* The collection: what counts of several copies of one record, whichever came first. */
#include "check.h"

#include "base/mem.h"
#include "review/collection.h"

#include <stdlib.h>
#include <string.h>

/* A digest with nothing but a head, and its texts. */
static struct digest *digest_made(const char *id, uint32_t entries, int64_t last)
{
    struct digest *digest = digest_broken(id, "R", "");
    digest->entries = entries;
    digest->last = last;
    return digest;
}

static struct facts *facts_made(const char *sha256, int other)
{
    struct facts *facts = xcalloc(1, sizeof *facts);
    facts->size = sizeof *facts;
    facts->version = DIGEST_VERSION;
    facts->id = (digest_text)other;
    memcpy(facts->sha256, sha256, strlen(sha256));
    return facts;
}

static const char *why(const struct collection *c, size_t i)
{
    const struct digest *digest = collection_at(c, i)->digest;
    return digest_text_of(digest, digest->broken);
}

static void test_counts(void **state)
{
    (void)state;
    struct collection *c = collection_new();
    struct facts *facts = facts_made("aa", 0), *same = facts_made("aa", 0), *forged = facts_made("aa", 1);
    collection_add(c, "a", digest_made("A", 3, 1), facts);
    collection_add(c, "b", digest_made("B", 3, 1), same);
    collection_add(c, "c", digest_broken("A", "", "It is damaged."), NULL);
    collection_add(c, "d", digest_made("D", 3, 1), forged);
    free(facts);
    free(same);
    free(forged);
    assert_int_equal(collection_count(c), 4);
    assert_int_equal(collection_broken(c), 1);
    assert_string_equal(collection_at(c, 1)->path, "b");
    assert_ptr_equal(collection_at(c, 0)->facts, collection_at(c, 1)->facts);
    assert_ptr_not_equal(collection_at(c, 0)->facts, collection_at(c, 3)->facts);
    assert_null(collection_at(c, 2)->facts);
    assert_string_equal(why(c, 2), "It is damaged.");
    assert_null(collection_at(c, 4));
    collection_free(c);
    collection_free(NULL);
}

/* Three copies in every order: the same one counts, and the others say where it lies. */
static void test_copies(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        uint32_t entries;
        int64_t last;
    } copies[][3] = {
        {{"x/a", 5, 9}, {"y/a", 7, 1}, {"z/a", 6, 9}}, /* more entries */
        {{"x/a", 5, 8}, {"y/a", 5, 9}, {"z/a", 5, 7}}, /* written to last */
        {{"x/a", 5, 8}, {"w/a", 5, 8}, {"z/a", 5, 8}}, /* by name */
    };
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    struct facts *facts = facts_made("aa", 0);
    for (size_t row = 0; row < sizeof copies / sizeof *copies; row++) {
        for (size_t order = 0; order < 6; order++) {
            struct collection *c = collection_new();
            for (int i = 0; i < 3; i++) {
                int one = orders[order][i];
                collection_add(c, copies[row][one].path,
                               digest_made("A", copies[row][one].entries, copies[row][one].last), facts);
            }
            assert_int_equal(collection_broken(c), 2);
            for (size_t i = 0; i < 3; i++) {
                const struct source *source = collection_at(c, i);
                assert_int_equal(source->facts != NULL, orders[order][i] == 1);
                assert_int_equal(strstr(why(c, i), copies[row][1].path) != NULL, orders[order][i] != 1);
                assert_string_equal(digest_text_of(source->digest, source->digest->id), "A");
                assert_string_equal(digest_text_of(source->digest, source->digest->ref), "R");
            }
            collection_free(c);
        }
    }
    free(facts);
}

static void test_replaced(void **state)
{
    (void)state;
    struct facts *facts = facts_made("aa", 0);
    struct collection *c = collection_new();
    collection_add(c, "x/a", digest_made("A", 5, 1), facts);
    collection_add(c, "y/a", digest_made("A", 6, 1), facts);
    assert_null(collection_at(c, 0)->facts);
    assert_non_null(strstr(why(c, 0), "more entries"));
    /* Two more came: now this one counts. */
    collection_replace(c, 0, digest_made("A", 7, 2), facts);
    assert_non_null(collection_at(c, 0)->facts);
    assert_int_equal(collection_at(c, 0)->digest->entries, 7);
    assert_null(collection_at(c, 1)->facts);
    assert_int_equal(collection_broken(c), 1);
    /* It is broken now: the other counts again. */
    collection_replace(c, 0, digest_broken("A", "", "It is damaged."), NULL);
    assert_string_equal(why(c, 0), "It is damaged.");
    assert_int_equal(collection_at(c, 1)->digest->entries, 6);
    assert_non_null(collection_at(c, 1)->facts);
    assert_int_equal(collection_broken(c), 1);
    /* And mended. */
    collection_replace(c, 0, digest_made("A", 6, 1), facts);
    assert_non_null(collection_at(c, 0)->facts);
    assert_non_null(strstr(why(c, 1), "as many entries"));
    /* Another record stands under that name by now: each counts. */
    collection_replace(c, 0, digest_made("B", 1, 1), facts);
    assert_int_equal(collection_broken(c), 0);
    collection_free(c);
    free(facts);
}

/* Many ids, each twice, the copies leaving again one by one. */
static void test_many(void **state)
{
    (void)state;
    enum { MANY = 1000 };
    struct facts *facts = facts_made("aa", 0);
    struct collection *c = collection_new();
    for (uint32_t i = 0; i < 2 * MANY; i++) {
        char *id = xasprintf("id-%u", i % MANY);
        collection_add(c, id, digest_made(id, i / MANY + 1, 0), facts);
        free(id);
    }
    assert_int_equal(collection_broken(c), MANY);
    for (size_t i = 0; i < MANY; i++) {
        assert_null(collection_at(c, i)->facts);
        assert_non_null(collection_at(c, MANY + i)->facts);
    }
    for (size_t i = 0; i < MANY; i++) {
        size_t one = i * 7 % MANY;
        collection_replace(c, MANY + one, digest_broken("", "", "It is gone."), NULL);
        assert_non_null(collection_at(c, one)->facts);
        assert_int_equal(collection_broken(c), MANY);
    }
    for (size_t i = 0; i < MANY; i++)
        collection_replace(c, i, digest_broken("", "", "It is gone."), NULL);
    assert_int_equal(collection_broken(c), 2 * MANY);
    collection_free(c);
    free(facts);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests_name("review/test-collection", tests, NULL, NULL);
}
