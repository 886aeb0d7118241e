/* Tables: each column of each gives what the record says; and their words are those of the tables they come
 * from. */
#include "check.h"

#include "assessment/happened.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/vocab.h"
#include "review/blueprint.h"
#include "review/made.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define BY(who, event) "{\"by\":\"" who "\",\"event\":\"" event "\""
#define TOLD(who, topic, value) BY(who, "told") ",\"topic\":\"" topic "\",\"value\":" value "}\n"
#define HAPPENED(what, on, more)                                                                             \
    BY("practitioner", "happened") ",\"what\":\"" what "\",\"on\":\"" on "\"" more "}\n"

/* One sitting of 20 minutes, closed; what happened after it; a day on which the work stopped, and went on. */
static const char script[] = "@2026-01-05T10:00:00Z\n" BY(
    "practitioner",
    "sat") ",\"people\":{\"practitioner\":\"Rae\","
           "\"service_user\":\"Sam\"}}\n" TOLD("practitioner", "pen", "\"in_turns\"") TOLD("practitioner",
                                                                                           "arriving", "2")
               TOLD("service_user", "arriving",
                    "4") "P home 4 new lock\nS home 2\n+120\nS home 4\n= d1\n"
                         "P money 2\nS money 5\n" BY("practitioner",
                                                     "promised") ",\"text\":\"Ring the "
                                                                 "landlord\",\"by_when\":\"2026-01-09\"}"
                                                                 "\n" BY("service_user",
                                                                         "promised") ",\"text\":\"Come on "
                                                                                     "Monday\"}\n"
                                                                                     "@2026-01-05T10:20:"
                                                                                     "00Z\n" TOLD(
                                                                                         "practitioner",
                                                                                         "recap",
                                                                                         "true") TOLD("practi"
                                                                                                      "tione"
                                                                                                      "r",
                                                                                                      "practi"
                                                                                                      "ce",
                                                                                                      "[\"str"
                                                                                                      "ucture"
                                                                                                      "\","
                                                                                                      "\"moti"
                                                                                                      "vation"
                                                                                                      "\"]")
                                                                                         TOLD(
                                                                                             "practitioner",
                                                                                             "how_it_was",
                                                                                             "4") TOLD("servi"
                                                                                                       "ce_"
                                                                                                       "user",
                                                                                                       "how_"
                                                                                                       "it_"
                                                                                                       "was",
                                                                                                       "3")
                                                                                             BY("practitione"
                                                                                                "r",
                                                                                                "closed") "}"
                                                                                                          "\n"
                                                                                                          "@2"
                                                                                                          "02"
                                                                                                          "6-"
                                                                                                          "01"
                                                                                                          "-2"
                                                                                                          "0T"
                                                                                                          "09"
                                                                                                          ":0"
                                                                                                          "0:"
                                                                                                          "00"
                                                                                                          "Z"
                                                                                                          "\n" HAPPENED(
                                                                                                              "missed",
                                                                                                              "2026-01-12",
                                                                                                              ",\"whose\":\"service_user\",\"absence\":\"acceptable\",\"text\":\"Ill\"")
                                                                                                              HAPPENED(
                                                                                                                  "late",
                                                                                                                  "2026-01-13",
                                                                                                                  ",\"whose\":\"practitioner\",\"minutes\":15")
                                                                                                                  HAPPENED(
                                                                                                                      "attempt",
                                                                                                                      "2026-01-14",
                                                                                                                      ",\"how\":\"letter\",\"reached\":\"no\"")
                                                                                                                      HAPPENED(
                                                                                                                          "left",
                                                                                                                          "2026-01-15",
                                                                                                                          ",\"how\":\"stopped_coming\"")
                                                                                                                          HAPPENED(
                                                                                                                              "returned",
                                                                                                                              "2026-01-18",
                                                                                                                              "")
                                                                                                                              BY("supervisor", "commented") ",\"disagreement\":\"d2\",\"text\":\"Look again\",\"name\":\"Pat\"}\n" BY(
                                                                                                                                  "practitioner",
                                                                                                                                  "reflected") ",\"text\":\"I asked too fast\"}\n" BY("practitioner",
                                                                                                                                                                                      "lesson") ",\"disagreement\":\"d1\",\"text\":\"Ask Sam, not the file\"}\n" BY("service_user",
                                                                                                                                                                                                                                                                    "statement") ",\"text\":\"It was the lock\"}\n";

static struct collection *collection;

static int set_up(void **state)
{
    (void)state;
    collection = collection_new();
    made_add(collection, "K-1", script);
    collection_add(collection, "/nowhere/x.jsonl", digest_broken("X", "K-9", "It is empty."), NULL);
    clock_fix_at("2026-01-25T12:00:00Z");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    collection_free(collection);
    return 0;
}

static void test_cells(void **state)
{
    (void)state;
    static const struct {
        const char *table, *filter, *column, *data;
    } cases[] = {
        {"disagreements", "id=d1", "date", "2026-01-05"},
        {"disagreements", "id=d1", "case", "K-1"},
        {"disagreements", "id=d1", "part", "Home"},
        {"disagreements", "id=d1", "question", "home"},
        {"disagreements", "id=d1", "label", "Home"},
        {"disagreements", "id=d1", "p", "4"},
        {"disagreements", "id=d1", "s", "2"},
        {"disagreements", "id=d1", "p_after", "4"},
        {"disagreements", "id=d1", "s_after", "4"},
        {"disagreements", "id=d1", "gap", "2"},
        {"disagreements", "id=d1", "gap_after", "0"},
        {"disagreements", "id=d1", "ended", "service_user_moved"},
        {"disagreements", "id=d2", "ended", "open"},
        {"disagreements", "id=d2", "minutes", ""},
        {"disagreements", "id=d1", "state", "resolved"},
        {"disagreements", "id=d1", "by", "alongside"},
        {"disagreements", "id=d1", "first", "practitioner"},
        {"disagreements", "id=d1", "pen", "in_turns"},
        {"disagreements", "id=d1", "closed", "2026-01-05"},
        {"disagreements", "id=d1", "days", "0"},
        {"disagreements", "id=d1", "minutes", "2"},
        {"disagreements", "id=d1", "seconds", "120"},
        {"disagreements", "id=d1", "heard_p", ""},
        {"disagreements", "id=d1", "why_p", "new lock"},
        {"disagreements", "id=d1", "why_s", ""},
        {"disagreements", "id=d2", "comments", "1"},
        {"disagreements", "id=d2", "unread", "1"},
        {"disagreements", "id=d1", "sitting", "1"},
        {"disagreements", "id=d1", "person", "Sam"},
        {"disagreements", "id=d1", "lead", "Rae"},
        {"disagreements", "id=d1", "form", "small"},
        {"compared", "question=home", "p", "4"},
        {"compared", "question=home", "s", "2"},
        {"compared", "question=home", "differ", "yes"},
        {"compared", "question=home", "steps", "5"},
        {"compared", "question=home", "id", "d1"},
        {"compared", "question=home", "entry", ""},
        {"records", "case=K-1", "date", "2026-01-05"},
        {"records", "case=K-1", "last", "2026-01-20"},
        {"records", "case=K-1", "sittings", "1"},
        {"records", "case=K-1", "compared", "2"},
        {"records", "case=K-1", "differ", "2"},
        {"records", "case=K-1", "open", "1"},
        {"records", "case=K-1", "signed", "no"},
        {"records", "case=K-1", "countersigned", "no"},
        {"records", "case=K-1", "answers_p", "2"},
        {"records", "case=K-1", "answers_s", "2"},
        {"records", "case=K-1", "asked_p", "34"},
        {"records", "case=K-1", "promises", "2"},
        {"sittings", "", "date", "2026-01-05"},
        {"sittings", "", "sitting", "1"},
        {"sittings", "", "minutes", "20"},
        {"sittings", "", "pen", "in_turns"},
        {"sittings", "", "answers_p", "2"},
        {"sittings", "", "answers_s", "3"},
        {"sittings", "", "found", "2"},
        {"sittings", "", "settled", "1"},
        {"sittings", "", "arriving_p", "2"},
        {"sittings", "", "arriving_s", "4"},
        {"sittings", "", "it_was_p", "4"},
        {"sittings", "", "it_was_s", "3"},
        {"sittings", "", "agenda", "no"},
        {"sittings", "", "recap", "yes"},
        {"sittings", "", "next", "no"},
        {"sittings", "", "closed", "yes"},
        {"sittings", "", "skills", "2"},
        {"sittings", "", "structure", "yes"},
        {"sittings", "", "motivation", "yes"},
        {"sittings", "", "relationship", "no"},
        {"promises", "by=practitioner", "text", "Ring the landlord"},
        {"promises", "by=practitioner", "date", "2026-01-05"},
        {"promises", "by=practitioner", "due", "2026-01-09"},
        {"promises", "by=practitioner", "overdue", "yes"},
        {"promises", "by=practitioner", "kept_p", "not_said"},
        {"promises", "by=service_user", "due", ""},
        {"promises", "by=service_user", "overdue", ""},
        {"happened", "kind=missed", "whose", "service_user"},
        {"happened", "kind=missed", "absence", "acceptable"},
        {"happened", "kind=missed", "text", "Ill"},
        {"happened", "kind=missed", "date", "2026-01-12"},
        {"happened", "kind=missed", "by", "practitioner"},
        {"happened", "kind=late", "whose", "practitioner"},
        {"happened", "kind=late", "minutes", "15"},
        {"happened", "kind=late", "absence", ""},
        {"happened", "kind=attempt", "how", "letter"},
        {"happened", "kind=attempt", "reached", "no"},
        {"happened", "kind=left", "how", "stopped_coming"},
        {"episodes", "episode=1", "date", "2026-01-05"},
        {"episodes", "episode=1", "to", "2026-01-15"},
        {"episodes", "episode=1", "days", "10"},
        {"episodes", "episode=1", "how", "stopped_coming"},
        {"episodes", "episode=1", "goes_on", "no"},
        {"episodes", "episode=2", "date", "2026-01-18"},
        {"episodes", "episode=2", "to", ""},
        {"episodes", "episode=2", "goes_on", "yes"},
        {"remarks", "kind=comment", "text", "Look again"},
        {"remarks", "kind=comment", "by", "supervisor"},
        {"remarks", "kind=comment", "name", "Pat"},
        {"remarks", "kind=comment", "part", "Money"},
        {"remarks", "kind=comment", "id", "d2"},
        {"remarks", "kind=comment", "read", "no"},
        {"remarks", "kind=comment", "read_on", ""},
        {"remarks", "kind=reflection", "read", ""},
        {"remarks", "kind=statement", "text", "It was the lock"},
        {"lessons", "", "date", "2026-01"},
        {"lessons", "", "part", "Home"},
        {"lessons", "", "by", "practitioner"},
        {"lessons", "", "text", "Ask the service user, not the file"},
        {"broken", "", "why", "It is empty."},
        {"broken", "", "path", "/nowhere/x.jsonl"},
        {"broken", "", "case", "K-9"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct table *table = table_named(cases[i].table, NULL);
        struct listing *l = listing_new(collection, table);
        struct cell cell;
        char *cause = NULL;
        if (!listing_filter(l, cases[i].filter, &cause))
            fail_msg("%s: %s", cases[i].filter, cause);
        assert_int_equal(listing_count(l), 1);
        const char *data = listing_data(l, 0, table_column_named(table, cases[i].column, NULL), &cell);
        if (strcmp(data, cases[i].data) != 0)
            fail_msg("%s of %s: “%s”, not “%s”", cases[i].column, cases[i].table, data, cases[i].data);
        listing_free(l);
    }
}

/* What every column has to be, and every cell of it. */
static void test_columns(void **state)
{
    (void)state;
    for (size_t t = 0; table_list[t]; t++) {
        const struct table *table = table_list[t];
        assert_ptr_equal(table_named(table->name, NULL), table);
        assert_true(*table->title && *table->help);
        int shown = 0;
        for (int k = 0; table->columns[k].name; k++) {
            const struct column *column = &table->columns[k];
            assert_int_equal(table_column(table, column->name), k); /* no two of one name */
            assert_true(*column->title && *column->help && column->width > 0);
            assert_false(filter_same(column->name, "since") || filter_same(column->name, "until"));
            for (const char *c = column->name; *c; c++)
                assert_true(islower((unsigned char)*c) || *c == '_');
            assert_true((column->type == COLUMN_WORD) == (column->words != NULL));
            shown += column->shown;
            for (size_t i = 0; i < collection_count(collection); i++) {
                const struct source *source = collection_at(collection, i);
                for (uint32_t n = 0; n < table->rows(source); n++) {
                    struct cell cell;
                    if (table->has && !table->has(source, n))
                        continue;
                    const char *data = cell_data(column, source, n, &cell);
                    if (column->words && *data && vocab_find(column->words, data) < 0)
                        fail_msg("%s of %s: “%s” is none of its words", column->name, table->name, data);
                    if (column->type == COLUMN_YES && *data)
                        assert_true(strcmp(data, "yes") == 0 || strcmp(data, "no") == 0);
                    if (column->type == COLUMN_DAY && *data)
                        assert_true(strlen(data) == 10 || strlen(data) == 7);
                    assert_int_equal(column_compare(column, source, n, source, n), 0);
                }
            }
        }
        assert_true(shown >= 2);
        struct listing *l = listing_new(collection, table); /* its own order can be had */
        assert_string_equal(listing_sort_text(l), table->sort);
        listing_free(l);
    }
    char *cause = NULL;
    assert_null(table_named("sitings", &cause));
    assert_non_null(strstr(cause, "did you mean “sittings”?"));
    free(cause);
}

/* A lesson leads back to nobody: no column of the case is in its table. */
static void test_lessons(void **state)
{
    (void)state;
    static const char *const telling[] = {"case", "person", "lead", "record", "name", "path", "id"};
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        assert_int_equal(table_column(&table_lessons, telling[i]), -1);
}

static const struct column *column_of(const char *table, const char *column)
{
    const struct table *found = table_named(table, NULL);
    return &found->columns[table_column_named(found, column, NULL)];
}

static void same_words(const struct column *column, const struct topic_word *words)
{
    size_t i = 0;
    for (; words[i].word; i++)
        assert_string_equal(column->words[i], words[i].word);
    assert_null(column->words[i]);
}

static const struct topic_word *field_words(const char *kind, const char *field)
{
    for (const struct happened_field *f = happened_named(kind)->fields; f->name; f++) {
        if (strcmp(f->name, field) == 0)
            return f->words;
    }
    return NULL;
}

/* A word more in one of those tables is asked for here. */
static void test_words(void **state)
{
    (void)state;
    same_words(column_of("sittings", "pen"), topic_named("pen")->words);
    same_words(column_of("disagreements", "pen"), topic_named("pen")->words);
    same_words(column_of("happened", "whose"), field_words("missed", "whose"));
    same_words(column_of("happened", "whose"), field_words("late", "whose"));
    same_words(column_of("happened", "whose"), field_words("cancelled", "whose"));
    same_words(column_of("happened", "absence"), field_words("missed", "absence"));
    same_words(column_of("happened", "reached"), field_words("attempt", "reached"));
    same_words(column_of("episodes", "how"), field_words("left", "how"));
    size_t kinds = 0;
    for (; happened_table[kinds].name; kinds++) {
        assert_string_equal(column_of("happened", "kind")->words[kinds], happened_table[kinds].name);
        for (const struct happened_field *f = happened_table[kinds].fields; f->name; f++) {
            for (const struct topic_word *w = strcmp(f->name, "how") == 0 ? f->words : NULL; w && w->word;
                 w++)
                assert_true(vocab_find(column_of("happened", "how")->words, w->word) >= 0);
        }
    }
    assert_null(column_of("happened", "kind")->words[kinds]);
    for (int i = 0; i < BLUEPRINT_SKILLS; i++) /* each has a column of its own, by its name */
        assert_int_equal(column_of("sittings", blueprint_table[i].skill)->type, COLUMN_YES);
    for (int i = 1; outcome_names[i]; i++)
        assert_true(vocab_find(column_of("disagreements", "ended")->words, outcome_names[i]) >= 0);
    for (int i = 0; remark_names[i]; i++)
        assert_string_equal(column_of("remarks", "kind")->words[i], remark_names[i]);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_lessons),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
