/* Cases: which records are of one person, by what they follow and by their reference in one folder. */
#include "check.h"

#include "base/mem.h"
#include "review/case_groups.h"

#include <stdlib.h>
#include <string.h>

static const struct facts *facts;

/* A record as its digest has it: id, reference, the id it follows. */
struct made {
    const char *path, *id, *ref, *follows;
};

static void add(struct collection *collection, const struct made *one)
{
    enum { IDS = 3 };
    const char *const texts[IDS] = {one->id, one->ref, one->follows};
    size_t size = sizeof(struct digest) + 1;
    for (int i = 0; i < IDS; i++)
        size += strlen(texts[i]) + 1;
    struct digest *digest = xcalloc(1, size);
    digest->size = (uint32_t)size;
    digest->version = DIGEST_VERSION;
    digest->parts[DIGEST_TEXT] = (struct digest_span){sizeof *digest, (uint32_t)(size - sizeof *digest)};
    digest_text at = 1;
    digest_text *const places[IDS] = {&digest->id, &digest->ref, &digest->follows};
    for (int i = 0; i < IDS; i++) {
        if (!*texts[i])
            continue;
        memcpy((char *)digest + sizeof *digest + at, texts[i], strlen(texts[i]) + 1);
        *places[i] = at;
        at += (digest_text)strlen(texts[i]) + 1;
    }
    collection_add(collection, one->path, digest, facts);
}

static int setup(void **state)
{
    (void)state;
    struct facts *block = xcalloc(1, sizeof *block + 1);
    block->size = sizeof *block;
    facts = block;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free((void *)(uintptr_t)facts);
    return 0;
}

static void test_groups(void **state)
{
    (void)state;
    static const struct made rows[] = {
        {"a/1", "I1", "K-1", ""},   {"a/2", "I2", "K-2", ""},
        {"a/3", "I3", "K-1", ""},                          /* the same reference, the same folder */
        {"b/4", "I4", "K-1", ""},                          /* another folder */
        {"b/5", "I5", "", ""},      {"b/6", "I6", "", ""}, /* no reference is none in common */
        {"b/7", "I7", "K-9", "I5"},                        /* follows, under another reference */
        {"a/8", "I8", "", "I7"},                           /* and on, in another folder */
        {"a/9", "I9", "K-2", "I6"},                        /* joins two that were apart */
        {"c/0", "J0", "", "I0"},                           /* follows what is not there */
    };
    struct collection *collection = collection_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add(collection, &rows[i]);
    struct cases cases = cases_of(collection);
    static const uint32_t of[] = {0, 1, 0, 2, 3, 1, 3, 3, 1, 4};
    assert_int_equal(cases.all, sizeof of / sizeof *of);
    assert_int_equal(cases.count, 5);
    for (size_t i = 0; i < cases.all; i++)
        assert_int_equal(cases.of[i], of[i]);
    cases_release(&cases);
    collection_free(collection);
}

static void test_nothing(void **state)
{
    (void)state;
    struct collection *collection = collection_new();
    struct cases cases = cases_of(collection);
    assert_int_equal(cases.count, 0);
    cases_release(&cases);
    collection_add(collection, "x/1", digest_broken("I1", "K-1", "no"), NULL);
    add(collection, &(struct made){"x/2", "I2", "K-1", "I1"});
    cases = cases_of(collection);
    assert_int_equal(cases.count, 1);
    assert_true(cases.of[0] == CASE_NONE);
    assert_int_equal(cases.of[1], 0);
    cases_release(&cases);
    collection_free(collection);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_groups),
        cmocka_unit_test(test_nothing),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
