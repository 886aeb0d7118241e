/* Figures: over records made by hand, where each number is counted here; and, over a made-up caseload, that
 * each line opens just the rows it counts. */
#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/kit.h"
#include "review/made.h"
#include "review/scales.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAT                                                                                                  \
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"      \
    "\"Sam\"}}\n"
#define CLOSED                                                                                               \
    "{\"by\":\"practitioner\",\"event\":\"told\",\"topic\":\"recap\",\"value\":true}\n"                      \
    "{\"by\":\"practitioner\",\"event\":\"closed\"}\n"
#define PEN(who) "{\"by\":\"practitioner\",\"event\":\"told\",\"topic\":\"pen\",\"value\":\"" who "\"}\n"
#define HEARD(id, p, s)                                                                                      \
    "{\"by\":\"practitioner\",\"event\":\"said\",\"disagreement\":\"" id "\",\"heard\":" p "}\n"             \
    "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"" id "\",\"heard\":" s "}\n"
#define REASON(by, id, reason)                                                                               \
    "{\"by\":\"" by "\",\"event\":\"said\",\"disagreement\":\"" id                                           \
    "\",\"step\":\"moved\",\"reason\":\"" reason "\"}\n"

/* Three records of two cases.
 *
 *               P  S   then  first  ended                seconds
 *   K-1  home   4  2   4 4   P      service user moved   90        gap 2 to 0
 *        safe   3  3         S
 *        money  2  5   2 5   P      both stand           30        gap 3 to 3
 *        pay    y  n   n n   P      practitioner moved   60
 *   K-1  home   1  3   2 2   S      met between          120       gap 2 to 0
 *        money  4  1   3 1   P      both stand           45        gap 3 to 2
 *        raised by the service user: open
 *   K-2  home   5  4   5 5   P      service user moved   600       gap 1 to 0
 *        safe   2  4   2 4   P      needs information, until 2026-03-01
 *        money  ?
 *
 * Both answered: home 3, safe 2, money 2, pay 1: 8; they differ in 7 of them. What they see differently: 8.
 */
static struct collection *by_hand(void)
{
    struct collection *c = collection_new();
    made_add(
        c, "K-1",
        "@2026-01-05T10:00:00Z\n" SAT PEN("practitioner") "P home 4\nS home 2\n+60\nS home 4\n+30\n" REASON(
            "service_user", "d1",
            "gave_way") "= d1\n" HEARD("d1", "5", "2") "S safe 3\nP safe 3\n"
                                                       "P money 2\nS money 5\n+30\n! d2 both_stand\n"
                                                       "P pay yes\nS pay no\n+60\nP pay no\n" REASON(
                                                           "practitioner", "d3",
                                                           "new_fact") "= d3\n" HEARD("d3", "4", "4") CLOSED);
    made_add(c, "K-1",
             "@2026-02-05T10:00:00Z\n" SAT PEN(
                 "service_user") "S home 3\nP home 1\n+120\nP home 2\nS home 2\n= d1\n"
                                 "P money 4\nS money 1\n+45\nP money 3\n! d2 both_stand\n"
                                 "{\"by\":\"service_user\",\"event\":\"raised\",\"because\":\"Too early in "
                                 "the day\"}\n");
    made_add(c, "K-2",
             "@2026-02-10T10:00:00Z\n" SAT "P home 5\nS home 4\n+600\nS home 5\n= d1\nP money ?\n"
             "P safe 2\nS safe 4\n"
             "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d2\",\"as\":\"needs_"
             "information\","
             "\"what\":\"The letter\",\"from\":\"the council\",\"by_when\":\"2026-03-01\"}\n= d2\n");
    clock_fix_at("2026-03-12T12:00:00Z");
    return c;
}

struct expected {
    const char *figure, *label, *words;
};

static void says(const struct scope *scope, const struct expected *expected)
{
    for (; expected->figure; expected++) {
        char *words = made_line(scope, expected->figure, expected->label);
        if (strcmp(words, expected->words) != 0)
            fail_msg("%s, “%s”: %s, not %s", expected->figure, expected->label, words, expected->words);
        free(words);
    }
}

static void test_by_hand(void **state)
{
    (void)state;
    struct collection *c = by_hand();
    struct scope all = {c, NULL};
    static const struct expected expected[] = {
        {"differ", "They see it differently at first", "7 of 8: too few for a share"},
        {"differ", "Home", "4 of 5: too few for a share"},
        {"differ", "Money", "3 of 3: too few for a share"},
        {"kinds", "All that they see differently", "8"},
        {"kinds", "A score", "6 of 8: too few for a share"},
        {"kinds", "A fact", "1 of 8: too few for a share"},
        {"kinds", "How they work together", "1 of 8: too few for a share"},
        {"kinds", "Two answers that differ", "7 of 8: too few for a share"},
        {"kinds", "Raised by the practitioner", "0 of 8: too few for a share"},
        {"kinds", "Raised by the service user", "1 of 8: too few for a share"},
        {"agreement", "Scales of 5 steps: what both answered", "7"},
        {"agreement", "The same answer", "1 of 7: too few for a share"},
        {"agreement", "A list of 2: Pay", "1"},
        {"gap", "Before any talk", "n 6. There are fewer than 10, so only the counts are shown."},
        {"gap", "Nearer than before", "4 of 6: too few for a share"},
        {"gap", "As far apart as before", "2 of 6: too few for a share"},
        {"gap", "Farther apart than before", "0 of 6: too few for a share"},
        {"outcomes", "The practitioner moved", "1 of 8: too few for a share"},
        {"outcomes", "The service user moved", "2 of 8: too few for a share"},
        {"outcomes", "They met between", "1 of 8: too few for a share"},
        {"outcomes", "A new answer", "0 of 8: too few for a share"},
        {"outcomes", "Both views stand", "2 of 8: too few for a share"},
        {"outcomes", "Something is to be found out", "1 of 8: too few for a share"},
        {"outcomes", "Open", "1 of 8: too few for a share"},
        {"parts", "Home", "4"},
        {"parts", "Money", "3"},
        {"parts", "No part of the form", "1"},
        {"moved", "Just one of the two moved", "3 of 8: too few for a share"},
        {"moved", "The practitioner moved", "1 of 3: too few for a share"},
        {"moved", "The service user moved", "2 of 3: too few for a share"},
        /* K-1 home 0, home 1/2, money 1; K-2 home 0: of those that moved on a scale */
        {"moved", "The practitioner moved all of it", "1 of 4: too few for a share"},
        {"moved", "Both moved", "1 of 4: too few for a share"},
        {"moved", "The service user moved all of it", "2 of 4: too few for a share"},
        {"first", "The practitioner answered first", "6 of 8: too few for a share"},
        {"first", "The service user answered first", "2 of 8: too few for a share"},
        {"first", "Who answered first moved", "1 of 3: too few for a share"},
        {"first", "Who answered second moved", "2 of 3: too few for a share"},
        {"reasons", "The practitioner said why they changed an answer", "1"},
        {"reasons", "The service user said why they changed an answer", "1"},
        {"reasons", "Gave way", "0 of 1: too few for a share"},
        {"heard", "How far the practitioner felt heard",
         "n 2. There are fewer than 10, so only the counts are shown."},
        {"heard", "4", "1 of 2: too few for a share"},
        {"minutes", "In less than a minute",
         "3 of 7: too few for a share"}, /* 30, 45, and the one that was parked at once */
        {"waiting", "Something is to be found out", "1 of 8: too few for a share"},
        {"waiting", "Its day is over", "1 of 1: too few for a share"},
        {"waiting", "Somebody else is asked", "0 of 8: too few for a share"},
        {"pen", "The practitioner had the keyboard first", "3 of 8: too few for a share"},
        {"pen", "The service user had the keyboard first", "3 of 8: too few for a share"},
        {"pen", "Nobody said who", "2 of 8: too few for a share"},
        {"declined", "Records in which the practitioner gave no answer to some question",
         "1 of 3: too few for a share"},
        {"declined", "Records in which the service user gave no answer to some question",
         "0 of 3: too few for a share"},
        {0},
    };
    says(&all, expected);
    /* What is in view: one case, one part, a day. What a table cannot tell is left to the others. */
    static const struct {
        const char *filter;
        struct expected expected[3];
    } views[] = {
        {"case=k-2",
         {{"differ", "They see it differently at first", "2 of 2: too few for a share"},
          {"outcomes", "All that they see differently", "2"}}},
        {"part=home since=2026-02",
         {{"differ", "They see it differently at first", "3 of 3: too few for a share"},
          {"outcomes", "The service user moved", "1 of 3: too few for a share"}}},
        {"ended=both_stand",
         {{"differ", "They see it differently at first", "7 of 8: too few for a share"},
          {"kinds", "All that they see differently", "2"}}},
    };
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        struct scope view = {c, views[i].filter};
        says(&view, views[i].expected);
        made_lines_open(&view);
    }
    assert_true(made_lines_open(&all) > 50);
    collection_free(c);
}

/* So many questions that both answered, of which every third differs by one. */
static struct collection *so_many(int pairs)
{
    struct collection *c = collection_new();
    struct strbuf script = STRBUF_INIT;
    strbuf_add(&script, "@2026-01-05T10:00:00Z\n" SAT);
    for (int i = 1, d = 0; i <= pairs; i++) {
        strbuf_addf(&script, "P q%d %d\nS q%d %d\n", i, 1 + i % 4, i, 1 + i % 4 + (i % 3 == 0));
        if (i % 3 == 0)
            strbuf_addf(&script, "+%d\n! d%d both_stand\n", 10 * i, ++d);
    }
    made_add(c, "K-1", script.text);
    strbuf_release(&script);
    return c;
}

/* 9 and 10, 29 and 30: from where on a rate, and what is set against chance, is shown. */
static void test_guards(void **state)
{
    (void)state;
    static const struct {
        int pairs;
        bool rate, chance;
    } rows[] = {{9, false, false}, {10, true, false}, {29, true, false}, {30, true, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct collection *c = so_many(rows[i].pairs);
        struct scope all = {c, NULL};
        for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
            struct figure_lines lines = {0};
            kind->work(&all, &lines);
            for (size_t k = 0; k < lines.count; k++) {
                const struct figure_line *line = &lines.lines[k];
                if (line->shape == SHAPE_SHARE)
                    assert_int_equal(line->figure.none == FIGURE_THERE, line->of >= 10);
                if (line->shape == SHAPE_VALUE && line->figure.none == FIGURE_THERE)
                    assert_true(line->figure.n >= line->figure.fewest && line->figure.n >= 10);
                if (strncmp(line->label, "Kappa", 5) == 0 || strncmp(line->label, "AC2", 3) == 0 ||
                    strncmp(line->label, "Alpha", 5) == 0) {
                    assert_int_equal(line->figure.fewest, 30);
                    assert_int_equal(line->figure.none == FIGURE_THERE, rows[i].chance);
                }
            }
            figure_lines_release(&lines);
        }
        char *words = made_line(&all, "differ", "They see it differently at first");
        assert_int_equal(strstr(words, "%") != NULL, rows[i].rate);
        free(words);
        /* 9 of 30 are closed with both standing: their middle is not shown; of 30 it is. */
        made_lines_open(&all);
        collection_free(c);
    }
}

/* The same numbers by way of the figures and straight from the formulas. */
static void test_agreement(void **state)
{
    (void)state;
    struct collection *c = so_many(30);
    struct scope all = {c, NULL};
    struct scale_tables tables;
    scale_tables_count(&all, &tables);
    assert_int_equal(tables.count, 1);
    const struct scale_table *t = &tables.tables[0];
    assert_int_equal(t->n, 30);
    assert_int_equal(t->steps, 5);
    assert_true(t->from == 1 && t->step == 1);
    /* i % 4 is 0, 1, 2, 3 in 7, 8, 8, 7 of 1 to 30; i % 3 == 0 in 10: i = 12, 24 of the first (answer 1), 9,
     * 21 of the second, 6, 18, 30 of the third, 3, 15, 27 of the fourth. */
    static const int64_t counted[25] = {5, 2, 0, 0, 0, 0, 6, 2, 0, 0, 0, 0, 5,
                                        3, 0, 0, 0, 0, 4, 3, 0, 0, 0, 0, 0};
    for (int i = 0; i < 25; i++)
        assert_int_equal(t->table[i], counted[i]);
    struct scale_agreement agreement = scale_agreement(t);
    /* po = 1 - 10/30/4 with linear weights. Rows 7 8 8 7 0, columns 5 8 7 7 3: the sum of |i-j| r_i c_j is
     * 7(8+14+21+12) + 8(5+7+14+9) + 8(10+8+7+6) + 7(15+16+7+3) = 385 + 280 + 248 + 287 = 1200; pe = 1 -
     * 1200/900/4. */
    double po = 1 - 10. / 30 / 4, pe = 1 - 1200. / 900 / 4;
    assert_true(fabs(agreement.kappa[0].value - (po - pe) / (1 - pe)) < 1e-12);
    assert_true(fabs(agreement.percent.value - 20. / 30) < 1e-12);
    scale_tables_release(&tables);
    collection_free(c);
}

/* ---- over a made-up caseload ---- */

static struct collection *collection_in(const char *folder)
{
    struct collection *c = collection_new();
    struct digester *digester = digester_new();
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!strstr(entry->d_name, ".jsonl"))
            continue;
        char *path = xasprintf("%s/%s", folder, entry->d_name);
        const struct facts *facts;
        struct digest *digest = digest_read(digester, path, &facts);
        collection_add(c, path, digest, facts);
        free(path);
    }
    closedir(dir);
    digester_free(digester);
    return c;
}

static void test_lines_open_their_rows(void **state)
{
    (void)state;
    const char *folder = kit_path("caseload");
    char *forms = xasprintf("%s/forms", getenv("srcdir") ? getenv("srcdir") : ".");
    setenv("ALONGSIDE_FORMS", forms, true);
    free(forms);
    pid_t child = fork();
    if (child == 0) {
        if (freopen("/dev/null", "w", stdout))
            execl("tests/bench/make-caseload", "make-caseload", folder, "150", "7", "1", (char *)NULL);
        _exit(127);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    struct collection *c = collection_in(folder);
    assert_int_equal(collection_count(c), 150);
    static const char *const scopes[] = {
        NULL,
        "since=2023-06",
        "part=thinking,own_feet",
        "gap>=2 ended=open,both_stand",
        "first=service_user",
        "\"young-adult\" until=2024",
        "case=nobody",
        "form=young-adult declined_p>0 state=parked,referred",
    };
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        struct scope scope = {c, scopes[i]};
        assert_true(made_lines_open(&scope) >= 40);
    }
    for (size_t i = 0; i < collection_count(c); i++)
        unlink(collection_at(c, i)->path);
    rmdir(folder);
    collection_free(c);
}

/* ---- filters, as figures use them ---- */

/* What a figure takes from what was typed for another table. */
static void test_filters_of_other_tables(void **state)
{
    (void)state;
    static const struct {
        const struct table *table;
        const char *typed, *taken;
    } rows[] = {
        {&table_pairs, "part=home  ended=open since=2026-01", "part=home since=2026-01"},
        {&table_pairs, "ended=open", ""},
        /* Of those that differ all differ: how the answers stand to each other is left out, and what was
           said. */
        {&table_pairs, "\"new lock\" gap>=2", ""},
        {&table_pairs, "differ=yes case=K-1 p=4", "case=K-1"},
        {&table_disagreements, "\"new lock\" gap>=2", "\"new lock\" gap>=2"},
        {&table_disagreements, "part=home ended=open", "part=home ended=open"},
        /* The same name with other words: what is no word here is left out, and no slip. */
        {&table_happened, "kind=process case=K-1", "case=K-1"},
        {&table_disagreements, "kind=missed", ""},
        {&table_happened, "kind=missed", "kind=missed"},
        {&table_records, "differ=yes", ""},
        {&table_records, "differ>3", "differ>3"},
        /* Of no table: nothing is taken. */
        {&table_pairs, "colour=red part=home", ""},
        {&table_pairs, "part=\"home", ""},
        {&table_pairs, NULL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *taken = filter_text_for(rows[i].table, rows[i].typed);
        assert_string_equal(taken, rows[i].taken);
        free(taken);
    }
    size_t left;
    char *cause = NULL;
    assert_null(filter_parse_for(&table_pairs, "colour=red", &left, &cause));
    assert_non_null(strstr(cause, "colour"));
    free(cause);
    struct filter *filter = filter_parse_for(&table_pairs, "ended=open part=home kind=fact", &left, NULL);
    assert_int_equal(left, 2);
    filter_free(filter);
}

/* Filters held against rows together take what each takes by itself. */
static void test_filter_sets(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "part=home",
        "part=home gap>=2",
        "gap>=2 ended=open,both_stand",
        "gap=\"\"",
        "gap!=\"\" part!=home",
        "since=2026-02 part=home",
        "case=K-1 ended=both_stand",
        "reasons_s~way",
        "gap~2",
        "ended=any heard_p=5",
        "ended!=open,referred part=Money",
        "seconds<60",
        "state=parked",
        "overdue=yes state=parked",
        "first_moved=no",
    };
    enum { TEXTS = sizeof texts / sizeof *texts };
    struct collection *c = by_hand();
    struct filter_set *set = filter_set_new(&table_disagreements);
    struct filter *filters[TEXTS];
    size_t taken = 0;
    for (size_t i = 0; i < TEXTS; i++) {
        filters[i] = filter_parse(&table_disagreements, texts[i], NULL);
        assert_true(filter_set_add(set, texts[i], NULL));
    }
    for (size_t i = 0; i < collection_count(c); i++) {
        const struct source *source = collection_at(c, i);
        for (uint32_t n = 0; n < table_disagreements.rows(source); n++) {
            uint64_t takes = filter_set_takes(set, source, n);
            for (size_t k = 0; k < TEXTS; k++) {
                if ((takes >> k & 1) != filter_takes(filters[k], source, n))
                    fail_msg("“%s”, record %zu, row %u", texts[k], i, n);
                taken += takes >> k & 1;
            }
        }
    }
    assert_true(taken > 30);
    char *cause = NULL;
    assert_false(filter_set_add(set, "colour=red", &cause));
    free(cause);
    cause = NULL;
    assert_false(filter_set_add(set, "home", &cause));
    assert_non_null(cause);
    free(cause);
    for (size_t i = 0; i < TEXTS; i++)
        filter_free(filters[i]);
    filter_set_free(set);
    collection_free(c);
}

/* ---- what is said beside them ---- */

static void add_words(struct strbuf *words, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool blank = text[i] == ' ' || text[i] == '\n';
        if (text[i] == '\\' && i + 1 < length && text[i + 1] == '&')
            i++;
        else if (!blank || (words->length && words->text[words->length - 1] != ' '))
            strbuf_addch(words, blank ? ' ' : text[i]);
    }
    if (words->length && words->text[words->length - 1] != ' ')
        strbuf_addch(words, ' ');
}

/* What the page says, without its markup: one blank between words, and "## " before what heads a part. */
static char *page_words(void)
{
    size_t length;
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/man/alongside-statistics.7", srcdir ? srcdir : ".");
    char *page = kit_read(path, &length);
    assert_non_null(page);
    free(path);
    struct strbuf words = STRBUF_INIT;
    for (const char *at = page; at < page + length; at += strcspn(at, "\n") + 1) {
        size_t line = strcspn(at, "\n");
        if (strncmp(at, ".Ss ", 4) == 0)
            add_words(&words, "##", 2);
        if (*at != '.')
            add_words(&words, at, line);
        else if (strncmp(at, ".Dl ", 4) == 0 || strncmp(at, ".Ss ", 4) == 0)
            add_words(&words, at + 4, line - 4);
    }
    free(page);
    return strbuf_detach(&words);
}

/* Where the page says it, behind `from`. */
static const char *in_page(const char *from, char *wanted)
{
    struct strbuf words = STRBUF_INIT;
    add_words(&words, wanted, strlen(wanted));
    const char *found = strstr(from, words.text);
    if (!found)
        fail_msg("alongside-statistics(7) does not say, after what comes before it: %s", words.text);
    strbuf_release(&words);
    free(wanted);
    return found;
}

/* The page says of each figure, in the order of the table, its title, its sentence, its formula and its
 * source, word for word, and so do the words beside it; the same of each question. */
static void test_definitions(void **state)
{
    (void)state;
    char *page = page_words();
    const char *last = page;
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        last = in_page(last, xasprintf("## %s %s %s %s%s", kind->title, kind->says, kind->formula,
                                       kind->source, *kind->source ? "." : "")); /* a count has neither */
        char *words = figure_definition_words(kind);
        assert_true(strstr(words, kind->says) && strstr(words, kind->formula) && strstr(words, kind->source));
        free(words);
    }
    for (const struct flag_kind *kind = flag_table; kind->name; kind++)
        last = in_page(last, xasprintf("## %s %s", kind->title, kind->says));
    char *cause = NULL;
    assert_null(figure_kind_named("outcome", &cause));
    assert_non_null(strstr(cause, "outcomes"));
    free(cause);
    free(page);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_guards),
        cmocka_unit_test(test_agreement),
        cmocka_unit_test(test_lines_open_their_rows),
        cmocka_unit_test(test_filters_of_other_tables),
        cmocka_unit_test(test_filter_sets),
        cmocka_unit_test(test_definitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
