/* Listings: order, groups, marks, search, and that all of it stays so while more records come. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "review/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SAT(p, s)                                                                                            \
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"" p                           \
    "\",\"service_user\":\"" s "\"}}\n"

/*             date        lead  part   gap  heard_p
 *   K-1 d1    2026-01-05  Rae   Home   2    5
 *   K-1 d2    2026-01-05  Rae   Money  3
 *   K-2 d1    2026-02-10  Ida   Home   1
 *   K-2 d2    2026-02-10  Ida   Home   2
 */
static struct collection *made(void)
{
    struct collection *c = collection_new();
    made_add(c, "K-1",
             "@2026-01-05T10:00:00Z\n" SAT("Rae", "Sam") "P home 4\nS home 2\nS home 4\n= d1\n"
                                                         "{\"by\":\"practitioner\",\"event\":\"said\","
                                                         "\"disagreement\":\"d1\",\"heard\":5}\n"
                                                         "{\"by\":\"service_user\",\"event\":\"said\","
                                                         "\"disagreement\":\"d1\",\"heard\":2}\n"
                                                         "P money 2\nS money 5\n");
    made_add(c, "K-2",
             "@2026-02-10T10:00:00Z\n" SAT("Ida", "Max") "P home 5\nS home 4\nP safe 2\nS safe 4\n");
    return c;
}

static void more(struct collection *c)
{
    made_add(c, "K-0", "@2026-01-20T10:00:00Z\n" SAT("Ada", "Lou") "P money 1\nS money 5\n");
}

static const char *at(const struct listing *l, size_t i, const char *column, struct cell *cell)
{
    return listing_data(l, i, table_column(listing_table(l), column), cell);
}

static void expect(const struct listing *l, const char *wanted)
{
    struct strbuf all = STRBUF_INIT;
    for (size_t i = 0; i < listing_count(l); i++) {
        struct cell one, other;
        strbuf_addf(&all, "%s%s %s", all.length ? ", " : "", at(l, i, "case", &one), at(l, i, "id", &other));
    }
    assert_string_equal(all.text, wanted);
    strbuf_release(&all);
}

static void test_order(void **state)
{
    (void)state;
    struct collection *c = made();
    struct listing *l = listing_new(c, &table_disagreements);
    char *cause = NULL;
    static const struct {
        const char *sort, *rows;
    } cases[] = {
        {"", "K-2 d1, K-2 d2, K-1 d1, K-1 d2"}, /* the table's own: -date,case,id */
        {"gap,case", "K-2 d1, K-1 d1, K-2 d2, K-1 d2"},
        {"-gap,case", "K-1 d2, K-1 d1, K-2 d2, K-2 d1"},
        {"-gap,-case", "K-1 d2, K-2 d2, K-1 d1, K-2 d1"},
        {" -date , -id ", "K-2 d2, K-2 d1, K-1 d2, K-1 d1"},
        /* the same: as they stand in the record */
        {"case", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"-case", "K-2 d1, K-2 d2, K-1 d1, K-1 d2"},
        /* what is not there comes last, both ways */
        {"heard_p,case", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"-heard_p,case", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"-heard_p,-case", "K-1 d1, K-2 d1, K-2 d2, K-1 d2"},
        /* words in the order of their list, not of the alphabet: open comes before the ways it can end */
        {"ended,case", "K-1 d2, K-2 d1, K-2 d2, K-1 d1"},
        {"lead", "K-2 d1, K-2 d2, K-1 d1, K-1 d2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(listing_sort(l, cases[i].sort, &cause));
        expect(l, cases[i].rows);
    }
    /* What cannot be had leaves all as it was. */
    assert_false(listing_sort(l, "gap,nowhere", &cause));
    expect(l, cases[sizeof cases / sizeof *cases - 1].rows);
    assert_string_equal(listing_sort_text(l), "lead");
    free(cause);
    cause = NULL;
    assert_false(listing_sort(l, "gap,gap,gap,gap,gap,gap,gap,gap,gap", &cause));
    assert_string_equal(cause, "that is sorted by more than 8 columns");
    free(cause);
    listing_free(l);
    collection_free(c);
}

/* Two looks at the same records show the same, whichever was read first. */
static void test_order_of_reading(void **state)
{
    (void)state;
    struct collection *one = made(), *other = collection_new();
    for (size_t i = collection_count(one); i-- > 0;) {
        const struct source *source = collection_at(one, i);
        struct digest *copy = xmalloc(source->digest->size);
        memcpy(copy, source->digest, source->digest->size);
        collection_add(other, source->path, copy, source->facts);
    }
    for (const struct column *column = table_disagreements.columns; column->name; column++) {
        struct listing *a = listing_new(one, &table_disagreements),
                       *b = listing_new(other, &table_disagreements);
        assert_true(listing_sort(a, column->name, NULL));
        assert_true(listing_sort(b, column->name, NULL));
        for (size_t i = 0; i < listing_count(a); i++) {
            assert_string_equal(listing_source(a, i)->path, listing_source(b, i)->path);
            assert_int_equal(listing_row(a, i).number, listing_row(b, i).number);
        }
        listing_free(a);
        listing_free(b);
    }
    collection_free(one);
    collection_free(other);
}

static void test_groups(void **state)
{
    (void)state;
    struct collection *c = made();
    struct listing *l = listing_new(c, &table_disagreements);
    const char *value;
    size_t count;
    assert_false(listing_begins_group(l, 0, &value, &count));
    /* By name, although Rae's are not more; and then Home, although it has most. */
    assert_true(listing_group(l, "lead", NULL));
    expect(l, "K-2 d1, K-2 d2, K-1 d1, K-1 d2");
    assert_true(listing_begins_group(l, 0, &value, &count));
    assert_string_equal(value, "Ida");
    assert_int_equal(count, 2);
    assert_false(listing_begins_group(l, 1, &value, &count));
    assert_true(listing_begins_group(l, 2, &value, &count));
    assert_string_equal(value, "Rae");
    assert_false(listing_begins_group(l, 4, &value, &count));
    assert_true(listing_group(l, "part", NULL) && listing_sort(l, "-gap,case", NULL));
    expect(l, "K-1 d1, K-2 d2, K-2 d1, K-1 d2");
    assert_true(listing_begins_group(l, 3, &value, &count));
    assert_string_equal(value, "Money");
    assert_int_equal(count, 1);
    /* With more of another name, and one whose group is the first by the alphabet though it came last. */
    more(c);
    assert_true(listing_group(l, "lead", NULL));
    assert_true(listing_begins_group(l, 0, &value, &count));
    assert_string_equal(value, "Ada");
    assert_int_equal(count, 1);
    char *cause = NULL;
    assert_false(listing_group(l, "leda", &cause));
    assert_string_equal(cause, "there is no column “leda”: did you mean “lead”?");
    free(cause);
    assert_true(listing_group(l, "", NULL));
    assert_int_equal(listing_group_column(l), -1);
    listing_free(l);
    collection_free(c);
}

static void test_columns(void **state)
{
    (void)state;
    struct collection *c = collection_new();
    struct listing *l = listing_new(c, &table_disagreements);
    size_t usual = listing_column_count(l);
    assert_true(usual > 3);
    assert_true(listing_columns(l, "gap, case,gap", NULL));
    assert_int_equal(listing_column_count(l), 2);
    assert_string_equal(table_disagreements.columns[listing_column(l, 0)].name, "gap");
    char *cause = NULL;
    assert_false(listing_columns(l, "gap,nix", &cause));
    assert_non_null(cause);
    free(cause);
    assert_int_equal(listing_column_count(l), 2);
    assert_true(listing_columns(l, "", NULL));
    assert_int_equal(listing_column_count(l), usual);
    assert_true(listing_columns(l, " , ,", NULL));
    assert_int_equal(listing_column_count(l), usual);
    assert_int_equal(listing_search(l, "x", 0, false), -1);
    listing_free(l);
    collection_free(c);
}

static void test_marks(void **state)
{
    (void)state;
    struct collection *c = made();
    struct listing *l = listing_new(c, &table_disagreements);
    assert_true(listing_sort(l, "case,id", NULL));
    listing_mark(l, 3, true);
    listing_mark(l, 0, true);
    listing_mark(l, 0, true);
    listing_mark(l, 2, true);
    listing_mark(l, 2, false);
    listing_mark(l, 2, false);
    assert_int_equal(listing_marks(l), 2);
    /* They are of rows, not of places. */
    assert_true(listing_sort(l, "-case,-id", NULL));
    assert_true(listing_marked(l, 0) && !listing_marked(l, 1) && !listing_marked(l, 2) &&
                listing_marked(l, 3));
    more(c);
    listing_refresh(l);
    assert_int_equal(listing_count(l), 5);
    assert_int_equal(listing_marks(l), 2);
    /* Filtered away they stay. */
    assert_true(listing_filter(l, "case=K-1", NULL));
    listing_only_marked(l, true);
    assert_true(listing_shows_only_marked(l));
    expect(l, "K-1 d1");
    assert_true(listing_filter(l, "", NULL));
    expect(l, "K-2 d2, K-1 d1");
    assert_int_equal(listing_all(l), 5);
    listing_only_marked(l, false);
    assert_int_equal(listing_count(l), 5);
    listing_free(l);
    collection_free(c);
}

/* The row that somebody looks at is found again, wherever it has come to stand. */
static void test_growing(void **state)
{
    (void)state;
    struct collection *c = collection_new();
    struct listing *l = listing_new(c, &table_disagreements);
    assert_int_equal(listing_count(l), 0);
    assert_true(listing_sort(l, "case,id", NULL) && listing_filter(l, "gap>1", NULL));
    struct row row = {0};
    for (int i = 9; i > 0; i--) {
        char ref[8];
        snprintf(ref, sizeof ref, "K-%d", i);
        made_add(c, ref,
                 "@2026-01-05T10:00:00Z\n" SAT("Rae", "Sam") "P home 1\nS home 2\nP safe 1\nS safe 3\n");
        listing_refresh(l);
        assert_int_equal(listing_count(l), 10 - i);
        assert_int_equal(listing_all(l), 2 * (10 - i));
        if (i == 9)
            row = listing_row(l, 0);
        assert_int_equal(listing_find(l, row), 9 - i);
    }
    assert_true(listing_filter(l, "gap=1", NULL));
    assert_int_equal(listing_find(l, row), -1);
    listing_free(l);
    collection_free(c);
}

static void test_search(void **state)
{
    (void)state;
    struct collection *c = made();
    struct listing *l = listing_new(c, &table_disagreements);
    assert_true(listing_sort(l, "case,id", NULL));
    assert_int_equal(listing_search(l, "k-2", 0, false), 2);
    assert_int_equal(listing_search(l, "k-2", 2, false), 3);
    assert_int_equal(listing_search(l, "k-2", 3, false), 2); /* round */
    assert_int_equal(listing_search(l, "K-1", 0, true), 1);
    assert_int_equal(listing_search(l, "K-1", 1, true), 0);
    assert_int_equal(listing_search(l, "service user", 3, false), 0); /* as it is shown */
    assert_int_equal(listing_search(l, "money", 1, false), 1);        /* the only one is found again */
    assert_int_equal(listing_search(l, "rae", 0, false), -1);         /* a column that is not shown */
    assert_true(listing_columns(l, "lead", NULL));
    assert_int_equal(listing_search(l, "rae", 0, false), 1);
    listing_free(l);
    collection_free(c);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),  cmocka_unit_test(test_order_of_reading),
        cmocka_unit_test(test_groups), cmocka_unit_test(test_columns),
        cmocka_unit_test(test_marks),  cmocka_unit_test(test_growing),
        cmocka_unit_test(test_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
