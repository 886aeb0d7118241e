/* Filters: which rows each lets through, and what is said of one that is none. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "review/made.h"

#include <stdlib.h>
#include <string.h>

#define SAT(p, s)                                                                                            \
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"" p                           \
    "\",\"service_user\":\"" s "\"}}\n"

/*             date        P  S  ended               why_p           heard
 *   K-1 d1    2026-01-05  4  2  service user moved  new lock        5, 2
 *   K-1 d2    2026-01-05  2  5  both stand
 *   K-2 d1    2026-02-10  5  4  open                Any old “day”
 *   K-2 d2    2026-03-01  2  4  open
 */
static struct collection *collection;

static int set_up(void **state)
{
    (void)state;
    collection = collection_new();
    made_add(
        collection, "K-1",
        "@2026-01-05T10:00:00Z\n" SAT("Rae Cole", "Sam") "P home 4 new lock\nS home 2\n+60\nS home 4\n= d1\n"
                                                         "{\"by\":\"practitioner\",\"event\":\"said\","
                                                         "\"disagreement\":\"d1\",\"heard\":5}\n"
                                                         "{\"by\":\"service_user\",\"event\":\"said\","
                                                         "\"disagreement\":\"d1\",\"heard\":2}\n"
                                                         "P money 2\nS money 5\n+30\n! d2 both_stand\n");
    made_add(collection, "K-2",
             "@2026-02-10T10:00:00Z\n" SAT("Ida", "Max") "P home 5 Any old “day”\nS home 4\n"
                                                         "@2026-03-01T10:00:00Z\nP safe 2\nS safe 4\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    collection_free(collection);
    return 0;
}

/* "K-1 d1, K-2 d1": the rows of a listing. */
static char *rows(const struct listing *listing)
{
    struct strbuf all = STRBUF_INIT;
    const struct table *table = listing_table(listing);
    for (size_t i = 0; i < listing_count(listing); i++) {
        struct cell one, other;
        strbuf_addf(&all, "%s%s %s", all.length ? ", " : "",
                    listing_data(listing, i, table_column(table, "case"), &one),
                    listing_data(listing, i, table_column(table, "id"), &other));
    }
    return strbuf_detach(&all);
}

static void test_takes(void **state)
{
    (void)state;
    static const struct {
        const char *filter, *rows;
    } cases[] = {
        {"", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"   ", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        /* words of a text: whole, large and small letters alike, by title or by name */
        {"case=k-1", "K-1 d1, K-1 d2"},
        {"part=HOME", "K-1 d1, K-2 d1, K-2 d2"},
        {"lead=\"rae cole\"", "K-1 d1, K-1 d2"},
        {"lead=rae-cole", "K-1 d1, K-1 d2"},
        {"lead=rae", ""},
        {"lead~rae", "K-1 d1, K-1 d2"},
        {"part!=home", "K-1 d2"},
        {"case>K-1", "K-2 d1, K-2 d2"},
        /* numbers */
        {"gap=2", "K-1 d1, K-2 d2"},
        {"gap>=2", "K-1 d1, K-1 d2, K-2 d2"},
        {"gap>2", "K-1 d2"},
        {"gap<2", "K-2 d1"},
        {"gap<=1", "K-2 d1"},
        {"gap!=2", "K-1 d2, K-2 d1"},
        {"gap=1,3", "K-1 d2, K-2 d1"},
        {"gap!=1,3", "K-1 d1, K-2 d2"},
        {"gap>-1", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"gap>2.5", "K-1 d2"},
        {"gap~2", "K-1 d1, K-2 d2"},
        /* what is not there is less, more and other than nothing */
        {"heard_p>0", "K-1 d1"},
        {"heard_p<9", "K-1 d1"},
        {"heard_p!=5", "K-1 d2, K-2 d1, K-2 d2"},
        {"heard_p=\"\"", "K-1 d2, K-2 d1, K-2 d2"},
        {"heard_p!=\"\"", "K-1 d1"},
        {"heard_p=\"\",5", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        /* words of a list */
        {"ended=both_stand", "K-1 d2"},
        {"ended=\"Both Stand\"", "K-1 d2"},
        {"ended=both-stand", "K-1 d2"},
        {"ended=open,both_stand", "K-1 d2, K-2 d1, K-2 d2"},
        {"ended!=open", "K-1 d1, K-1 d2"},
        {"ended~moved", "K-1 d1"},
        {"ended=any", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"ended=ANY gap=3", "K-1 d2"},
        /* days, and parts of them */
        {"date=2026-01-05", "K-1 d1, K-1 d2"},
        {"date=2026-02", "K-2 d1"},
        {"date=2026", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"date>2026-01", "K-2 d1, K-2 d2"},
        {"date>=2026-02-10", "K-2 d1, K-2 d2"},
        {"date<2026-02-10", "K-1 d1, K-1 d2"},
        {"date<=2026-02", "K-1 d1, K-1 d2, K-2 d1"},
        {"since=2026-02", "K-2 d1, K-2 d2"},
        {"until=2026-02", "K-1 d1, K-1 d2, K-2 d1"},
        {"since=2026-02 until=2026-02", "K-2 d1"},
        {"SINCE=2026-03", "K-2 d2"},
        {"closed=\"\"", "K-2 d1, K-2 d2"},
        {"closed=2026-01", "K-1 d1, K-1 d2"},
        /* words alone: anywhere; several must all be there */
        {"lock", "K-1 d1"},
        {"LOCK rae", "K-1 d1"},
        {"lock ida", ""},
        {"\"new lock\"", "K-1 d1"},
        {"\"lock new\"", ""},
        {"old,", "K-2 d1"},
        {"\"\"", "K-1 d1, K-1 d2, K-2 d1, K-2 d2"},
        {"why_p~“day”", "K-2 d1"},
        {"why_p=\"new lock\",\"x y\" gap=2", "K-1 d1"},
        {"  part=home\tgap>=2\n ended=open ", "K-2 d2"},
        {"part=home part!=home", ""},
        /* never true, and no fault */
        {"why_p=\x1b[31m", ""},
        {"case=%s%n", ""},
        {"case=../../etc", ""},
        {"case~\xe2\x80\xae", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *cause = NULL;
        struct listing *listing = listing_new(collection, &table_disagreements);
        if (!listing_sort(listing, "case,id", &cause) || !listing_filter(listing, cases[i].filter, &cause))
            fail_msg("%s: %s", cases[i].filter, cause);
        char *found = rows(listing);
        if (strcmp(found, cases[i].rows) != 0)
            fail_msg("%s: “%s”, not “%s”", cases[i].filter, found, cases[i].rows);
        assert_string_equal(listing_filter_text(listing), cases[i].filter);
        free(found);
        listing_free(listing);
    }
}

static void test_refuses(void **state)
{
    (void)state;
    static const struct {
        const char *filter, *why;
    } cases[] = {
        {"gapp>1", "there is no column “gapp”: did you mean “gap”?"},
        {"gap>two", "“gap” is a number: “two” is none"},
        {"gap>", ""}, /* nothing is wanted: no row has it */
        {"gap>1,2", "several values can stand after = and != only"},
        {"date=January", "“date” is a day: write it as 2026, 2026-01 or 2026-01-31"},
        {"since=2026-1", "“date” is a day: write it as 2026, 2026-01 or 2026-01-31"},
        {"date=2026/01/01", "“date” is a day: write it as 2026, 2026-01 or 2026-01-31"},
        {"ended=opne", "there is no ended “opne”: did you mean “open”?"},
        {"answered=maybe", "“answered” is yes or no"},
        {"case=\"K-1", "a quote is not closed"},
        {"\"K-1", "a quote is not closed"},
        {"part=home ended=nowhere_near", "there is no ended “nowhere_near”"},
        {"minutes_of_it=3 gap=1", "there is no column “minutes_of_it”"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *cause = NULL;
        struct filter *filter = filter_parse(&table_disagreements, cases[i].filter, &cause);
        if (*cases[i].why) {
            if (filter || !cause || strncmp(cause, cases[i].why, strlen(cases[i].why)) != 0)
                fail_msg("%s: %s", cases[i].filter, cause ? cause : "it was taken");
        } else {
            assert_non_null(filter);
            assert_null(cause);
        }
        filter_free(filter);
        free(cause);
    }
}

/* Terms of other tables are left out and counted; what is no column of any is refused all the same. */
static void test_for_another_table(void **state)
{
    (void)state;
    static const struct {
        const char *filter, *taken;
        size_t left;
    } cases[] = {
        {"part=home ended=open gap>=2", "part=home", 2},
        {"ended=open heard_p>3", "", 2},
        {"since=2026 differ=yes", "since=2026", 1},
        {"since=2026 lock", "since=2026", 1},
        {"", "", 0},
    };
    size_t left;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct filter *filter = filter_parse_for(&table_pairs, cases[i].filter, &left, NULL);
        assert_non_null(filter);
        filter_free(filter);
        assert_int_equal(left, cases[i].left);
        char *text = filter_text_for(&table_pairs, cases[i].filter);
        struct filter *again = filter_parse(&table_pairs, text, NULL);
        assert_non_null(again);
        assert_int_equal(made_rows(collection, &table_pairs, text),
                         made_rows(collection, &table_pairs, cases[i].taken));
        filter_free(again);
        free(text);
    }
    assert_null(filter_parse_for(&table_pairs, "endde=open", &left, NULL));
    assert_null(filter_parse_for(&table_pairs, "ended=opne", &left, NULL));
}

/* A term for just one value finds the rows that have it, whatever it holds. */
static void test_term(void **state)
{
    (void)state;
    const struct table *table = &table_disagreements;
    for (const struct column *column = table->columns; column->name; column++) {
        for (size_t i = 0; i < collection_count(collection); i++) {
            const struct source *source = collection_at(collection, i);
            for (uint32_t n = 0; n < table->rows(source); n++) {
                struct cell cell;
                char *term = filter_term(column, cell_data(column, source, n, &cell)), *cause = NULL;
                struct filter *filter = filter_parse(table, term, &cause);
                if (!filter)
                    fail_msg("%s: %s", term, cause);
                if (!filter_takes(filter, source, n))
                    fail_msg("%s does not take its own row", term);
                assert_int_equal(filter_takes(filter, source, n),
                                 filter_takes_source(filter, source) && filter_takes_row(filter, source, n));
                filter_free(filter);
                free(term);
            }
        }
    }
}

static void test_ways_on(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *ways;
    } cases[] = {
        {"ga", "gap  how far apart that is\ngap_after  how far apart that is\n"},
        {"part=home answere", "answered  referred: was it answered\n"},
        {"ended=s", "service_user_moved\nstopped\n"},
        {"ended=open,ag", "agreed\n"},
        {"ended=zz", ""},
        {"gap=", ""},
        {"nothing=", ""},
        {"xyz", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *ways = filter_ways_on(&table_disagreements, cases[i].typed);
        assert_string_equal(ways, cases[i].ways);
        free(ways);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_takes),
        cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_for_another_table),
        cmocka_unit_test(test_term),
        cmocka_unit_test(test_ways_on),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
