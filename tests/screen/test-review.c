/* The supervisor's browser: what the keys do, how it looks, that it can be used while records are being read,
 * that it can be locked, and that both people have the same room in it. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/keyring.h"
#include "review/cases.h"
#include "review/digest.h"
#include "screen/review_views.h"
#include "screen/stage.h"

#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const told[] = {"both-stand-narrowed",
                                   "both-stand-unchanged",
                                   "met-between",
                                   "new-answer",
                                   "parked",
                                   "practitioner-moved",
                                   "raised",
                                   "referred",
                                   "service-user-moved",
                                   "stopped",
                                   "signing",
                                   "promises",
                                   NULL};

/* ---- collections ---- */

static void add_record(struct collection *collection, const char *path)
{
    struct digester *digester = digester_new();
    const struct facts *facts;
    struct digest *digest = digest_read(digester, path, &facts);
    collection_add(collection, path, digest, facts);
    digester_free(digester);
}

static struct collection *collect(const char *const *stories)
{
    struct collection *collection = collection_new();
    cases_begin(stories);
    for (size_t i = 0; i < cases_count(); i++) {
        char *path = cases_path(cases_name(i));
        add_record(collection, path);
        free(path);
    }
    return collection;
}

static struct stage *over_stories(void)
{
    return stage_review(collect(told), NULL, NULL, "xterm-256color");
}

static struct listing *listed(struct stage *s)
{
    return view_review_listing(s->app);
}

/* The row under the cursor, as it stands on the screen, without the figures beside it. */
static char *line_at_cursor(struct stage *s)
{
    int row, column;
    char *screen = stage_screen(s), *at = screen;
    canvas_cursor_at(app_canvas(s->app), &row, &column);
    while (row-- > 0)
        at = strchr(at, '\n') + 1;
    char *line = xstrndup(at, strcspn(at, "\n")), *bar = strstr(line, "│");
    if (bar)
        *bar = '\0';
    free(screen);
    return line;
}

static void check_at_cursor(struct stage *s, const char *words)
{
    char *line = line_at_cursor(s);
    if (!strstr(line, words))
        fail_msg("“%s” is not at the cursor: “%s”", words, line);
    free(line);
}

/* ---- how it looks ---- */

static const struct stage_size sizes[] = {{24, 80}, {30, 100}, {20, 50}, {40, 150}};
enum { SIZES = sizeof sizes / sizeof *sizes };

static void test_looks(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    stage_check_sizes(s, "review-rows", sizes, SIZES);
    stage_resize(s, 24, 80);
    stage_keys(s, "Right Right Right Right Right S Down m Down m g");
    stage_check_sizes(s, "review-groups", sizes, 3);
    stage_keys(s, "f");
    stage_type(s, "gap>=2 ended=mo");
    stage_check_sizes(s, "review-filter", sizes, 3);
    stage_keys(s, "Enter");
    stage_check_sizes(s, "review-filter-refused", sizes, 1);
    stage_keys(s, "Backspace Backspace");
    stage_type(s, "practitioner_moved,service_user_moved,both_stand");
    stage_keys(s, "Enter");
    stage_check_sizes(s, "review-filtered", sizes, 3);
    stage_keys(s, "v");
    stage_check_sizes(s, "review-figures", sizes, 3);
    stage_keys(s, "?");
    stage_check_sizes(s, "review-definition", sizes, 1);
    stage_keys(s, "Esc Esc Enter");
    stage_check_sizes(s, "review-detail", sizes, SIZES);
    stage_keys(s, "Esc P");
    stage_check_sizes(s, "review-pictures", sizes, 3);
    stage_keys(s, "Esc Q");
    stage_check_sizes(s, "review-questions", sizes, 1);
    stage_keys(s, "Esc T");
    stage_check_sizes(s, "review-tables", sizes, 3);
    stage_keys(s, "Down Down Down Down Enter");
    stage_check_sizes(s, "review-records", sizes, 3);
    stage_keys(s, "F1");
    stage_check_sizes(s, "review-help", sizes, 1);
    stage_free(s);
}

/* A terminal without lines and blocks; and one without colours. */
static void test_plain_terminals(void **state)
{
    (void)state;
    static const char *const types[] = {"vt100", "linux"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct stage *s = stage_review(collect(told), NULL, NULL, types[i]);
        char *name = xasprintf("review-%s", types[i]);
        stage_check(s, name);
        stage_free(s);
        free(name);
    }
    setlocale(LC_ALL, "C");
    setenv("NO_COLOR", "1", 1);
    struct stage *s = over_stories();
    stage_check(s, "review-no-colour");
    stage_free(s);
    unsetenv("NO_COLOR");
    setlocale(LC_ALL, "");
}

/* ---- what the keys do ---- */

static void test_one_step_back(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    size_t all = listing_count(listed(s));
    stage_keys(s, "f");
    stage_type(s, "ended=both_stand");
    stage_keys(s, "Enter");
    size_t stand = listing_count(listed(s));
    assert_in_range(stand, 1, all - 1);
    stage_keys(s, "f");
    stage_type(s, " gap>=4");
    stage_keys(s, "Enter");
    assert_true(listing_count(listed(s)) <= stand);
    stage_keys(s, "Esc");
    assert_string_equal(listing_filter_text(listed(s)), "ended=both_stand");
    /* A figure's rows, and the figures of those, and all the way back. */
    stage_keys(s, "v Down Enter");
    assert_ptr_equal(listing_table(listed(s)), &table_pairs);
    stage_keys(s, "v");
    assert_true(stage_shows(s, "Figures of what is in view"));
    stage_keys(s, "Esc Esc Esc");
    assert_string_equal(listing_filter_text(listed(s)), "ended=both_stand");
    stage_keys(s, "Esc");
    assert_int_equal(listing_count(listed(s)), all);
    stage_keys(s, "Esc");
    assert_false(s->over);
    assert_true(stage_shows(s, "q leaves"));
    stage_keys(s, "q");
    assert_true(s->over);
    stage_free(s);
}

static void test_filter_that_is_none(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    stage_keys(s, "f");
    stage_type(s, "gap>=large");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "“gap” is a number: “large” is none"));
    assert_true(stage_shows(s, "gap>=large")); /* what was typed stays */
    stage_keys(s, "Backspace Backspace Backspace Backspace Backspace");
    stage_type(s, "2");
    stage_keys(s, "Enter");
    assert_string_equal(listing_filter_text(listed(s)), "gap>=2");
    stage_keys(s, "f");
    stage_type(s, " part=nowhere");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Nothing passes this filter. Esc goes back."));
    stage_keys(s, "Enter a A R C H m n Up Down PageDown End g s v Esc"); /* with no row under the cursor */
    stage_keys(s, "Esc");
    assert_true(listing_count(listed(s)) > 0);
    stage_free(s);
}

/* Tab goes on typing as far as there is one way on, and shows the ways there are. */
static void test_tab(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *becomes;
    } cases[] = {{"ende", "ended"},
                 {"gap>=2 ende", "gap>=2 ended"},
                 {"heard", "heard_"},
                 {"ended=serv", "ended=service_user_moved"},
                 {"ended=open,both", "ended=open,both_stand"},
                 {"nothing", "nothing"},
                 {"case=C", "case=C"}};
    struct stage *s = over_stories();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stage_keys(s, "f");
        stage_type(s, cases[i].typed);
        stage_keys(s, "Tab");
        char *line = line_at_cursor(s);
        char *typed = line + strspn(line, " ");
        if (strcmp(typed, cases[i].becomes) != 0)
            fail_msg("“%s” becomes “%s”", cases[i].typed, typed);
        free(line);
        stage_keys(s, "Esc");
    }
    stage_free(s);
}

static void test_sort_and_marks(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    int gap = table_column(&table_disagreements, "gap");
    struct cell cell;
    stage_keys(s, "Right Right Right Right Right S");
    for (size_t i = 1; i < listing_count(listed(s)); i++) {
        double before = (listing_data(listed(s), i - 1, gap, &cell), cell.number);
        listing_data(listed(s), i, gap, &cell);
        assert_false(cell.number > before);
    }
    stage_keys(s, "s Home");
    double first = (listing_data(listed(s), 0, gap, &cell), cell.number);
    listing_data(listed(s), 1, gap, &cell);
    assert_true(first <= cell.number);
    stage_keys(s, "m Space");
    assert_int_equal(listing_marks(listed(s)), 2);
    stage_keys(s, "M");
    assert_int_equal(listing_count(listed(s)), 2);
    stage_keys(s, "Esc");
    assert_true(listing_count(listed(s)) > 2);
    stage_keys(s, "Home m");
    assert_int_equal(listing_marks(listed(s)), 1);
    stage_free(s);
}

static void test_find(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    stage_keys(s, "n");
    assert_true(stage_shows(s, "/ finds a word."));
    stage_keys(s, "/");
    stage_type(s, "met between");
    stage_keys(s, "Enter");
    check_at_cursor(s, "met between");
    stage_keys(s, "Down n");
    check_at_cursor(s, "met between");
    stage_keys(s, "/");
    stage_type(s, "elephant");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "“elephant” is not in these rows."));
    stage_free(s);
}

static void test_columns(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    stage_keys(s, "c");
    for (int i = 0; i < 7; i++) /* take off those that are marked; then the eighth, and the second */
        stage_keys(s, "Space Down");
    stage_keys(s, "Space Home Up Up Up Up Up Up Up Up Down Space Enter");
    assert_int_equal(listing_column_count(listed(s)), 2);
    assert_string_equal(listing_table(listed(s))->columns[listing_column(listed(s), 0)].name, "question");
    stage_keys(s, "Right Right Right");
    stage_keys(s, "c Space Enter");
    stage_free(s);
}

static void test_tables_and_clicks(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    for (size_t i = 1; table_list[i]; i++) {
        stage_keys(s, "t Enter Esc v Esc");
        assert_ptr_equal(listing_table(listed(s)), table_list[i]);
    }
    stage_keys(s, "t");
    assert_ptr_equal(listing_table(listed(s)), table_list[0]);
    free(stage_screen(s)); /* what is clicked on was seen */
    stage_click(s, 4, 10);
    int row, column;
    canvas_cursor_at(app_draw(s->app), &row, &column);
    assert_int_equal(row, 4);
    stage_click(s, 1, 4);
    free(stage_screen(s));
    stage_click(s, 1, 4); /* a title twice: sorted by it */
    assert_true(strncmp(listing_sort_text(listed(s)), "date", 4) == 0);
    free(stage_screen(s));
    stage_click(s, 3, 10);
    free(stage_screen(s));
    stage_click(s, 3, 10); /* a row twice: opened */
    assert_true(stage_shows(s, "One row, whole"));
    stage_free(s);
}

/* ---- while records are being read ---- */

/* Hands over one record at a time. */
struct slow {
    size_t next;
    int pipe[2];
    bool over, paused;
    int pauses;
    bool had_keys; /* when it was paused last */
};

static int slow_fd(void *reader)
{
    return ((struct slow *)reader)->pipe[0];
}

static size_t slow_take(void *reader, struct collection *collection)
{
    struct slow *slow = reader;
    assert_false(slow->paused);
    if (slow->over || slow->next >= cases_count())
        return 0;
    char *path = cases_path(cases_name(slow->next++));
    add_record(collection, path);
    free(path);
    return 1;
}

static void slow_progress(void *reader, size_t *done, size_t *total)
{
    *done = ((struct slow *)reader)->next;
    *total = cases_count();
}

static bool slow_running(void *reader)
{
    const struct slow *slow = reader;
    return !slow->over && slow->next < cases_count();
}

static void slow_stop(void *reader)
{
    ((struct slow *)reader)->over = true;
}

static void slow_pause(void *reader)
{
    struct slow *slow = reader;
    slow->paused = true;
    slow->pauses++;
    slow->had_keys = !keyring_is_empty();
}

static void slow_resume(void *reader)
{
    ((struct slow *)reader)->paused = false;
}

static struct review_reading reading_of(struct slow *slow)
{
    *slow = (struct slow){0};
    assert_int_equal(pipe(slow->pipe), 0);
    assert_int_equal(write(slow->pipe[1], "x", 1), 1);
    return (struct review_reading){slow,         slow_fd,   slow_take,  slow_progress,
                                   slow_running, slow_stop, slow_pause, slow_resume};
}

static void close_slow(struct slow *slow)
{
    close(slow->pipe[0]);
    close(slow->pipe[1]);
}

static void test_while_reading(void **state)
{
    (void)state;
    struct slow slow;
    cases_begin(told);
    struct review_reading reading = reading_of(&slow);
    struct stage *s = stage_review(collection_new(), &reading, NULL, "xterm-256color");
    assert_true(stage_shows(s, "Nothing has been read yet"));
    assert_true(stage_shows(s, "0 of 12 read"));
    while (listing_count(listed(s)) < 3)
        stage_wait(s);
    stage_keys(s, "Down");
    char *before = line_at_cursor(s);
    int row, column, row_then;
    canvas_cursor_at(app_canvas(s->app), &row, &column);
    while (slow_running(&slow)) {
        stage_wait(s);
        char *now = line_at_cursor(s);
        assert_string_equal(now, before); /* rows come in above and below it */
        free(now);
    }
    canvas_cursor_at(app_canvas(s->app), &row_then, &column);
    assert_int_equal(row_then, row);
    assert_false(stage_shows(s, " read"));
    assert_true(listing_count(listed(s)) > 8);
    free(before);
    stage_free(s);
    close_slow(&slow);
}

static void test_stopping(void **state)
{
    (void)state;
    static const char *const keys[] = {"Esc", "Ctrl-C"};
    for (size_t i = 0; i < 2; i++) {
        struct slow slow;
        cases_begin(told);
        struct review_reading reading = reading_of(&slow);
        struct stage *s = stage_review(collection_new(), &reading, NULL, "xterm-256color");
        stage_wait(s);
        stage_wait(s);
        stage_keys(s, keys[i]);
        assert_true(slow.over);
        assert_false(s->over);
        assert_true(stage_shows(s, "Reading has stopped."));
        assert_true(stage_shows(s, "2 of 12 read"));
        stage_keys(s, "Down v Esc Enter Esc");
        stage_free(s);
        close_slow(&slow);
    }
}

static void test_what_cannot_be_read(void **state)
{
    (void)state;
    struct collection *collection = collect(told);
    collection_add(collection, "no/such.jsonl", digest_broken("", "", "There is nothing at no/such.jsonl."),
                   NULL);
    struct stage *s = stage_review(collection, NULL, NULL, "xterm-256color");
    assert_true(stage_shows(s, "1 not read: b"));
    stage_keys(s, "b");
    check_at_cursor(s, "There is nothing");
    stage_keys(s, "Enter Esc a");
    assert_true(stage_shows(s, "cannot be read"));
    stage_keys(s, "Esc");
    assert_ptr_equal(listing_table(listed(s)), &table_disagreements);
    stage_free(s);
}

static void test_few(void **state)
{
    (void)state;
    struct stage *s = stage_review(collection_new(), NULL, NULL, "xterm-256color");
    assert_true(stage_shows(s, "There are no records here yet."));
    stage_keys(s, "Enter v Esc P Esc Q Esc T Esc x Esc m M s S g c Esc f Esc t Enter / x Enter n N");
    stage_check_sizes(s, "review-empty", sizes, 3);
    stage_free(s);
    static const char *const one[] = {"met-between", NULL};
    s = stage_review(collect(one), NULL, NULL, "xterm-256color");
    assert_int_equal(listing_count(listed(s)), 1);
    stage_keys(s, "Down End Up g Enter Right");
    assert_true(stage_shows(s, "This is the last of these rows."));
    stage_keys(s, "Left");
    assert_true(stage_shows(s, "This is the first of these rows."));
    stage_free(s);
}

/* What is to be shown first can be said; what cannot be had is refused before there is a screen. */
static void test_start(void **state)
{
    (void)state;
    const struct review_start start = {.table = "records",
                                       .filter = "differ>0",
                                       .sort = "-entries",
                                       .group = "signed",
                                       .columns = "case,entries"};
    struct stage *s = stage_review(collect(told), NULL, &start, "xterm-256color");
    assert_ptr_equal(listing_table(listed(s)), &table_records);
    assert_int_equal(listing_column_count(listed(s)), 2);
    assert_int_equal(listing_group_column(listed(s)), table_column(&table_records, "signed"));
    struct term *term = terminal_term(s->terminal);
    const struct review_start wrong = {.filter = "elephants=3"};
    char *cause = NULL;
    struct app *app = s->app;
    assert_null(review_begin(s->collection, NULL, &wrong, term, &cause));
    assert_non_null(strstr(cause, "elephants"));
    free(cause);
    s->app = app;
    stage_free(s);
}

/* ---- acting ---- */

static void test_comment(void **state)
{
    (void)state;
    static const char *const one[] = {"met-between", NULL};
    struct stage *s = stage_review(collect(one), NULL, NULL, "xterm-256color");
    const struct column *comments =
        &table_disagreements.columns[table_column(&table_disagreements, "comments")];
    struct cell cell;
    stage_keys(s, "a");
    assert_true(stage_shows(s, "What is your name?"));
    stage_type(s, "Pat Green");
    stage_keys(s, "Enter");
    stage_type(s, "Well heard, both of you.");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Saved. Both find it in the record."));
    assert_string_equal(cell_data(comments, listing_source(listed(s), 0), 0, &cell), "1");
    stage_keys(s, "A"); /* the name is asked once */
    stage_type(s, "Ask once more what it is like.");
    stage_keys(s, "Enter");
    assert_string_equal(cell_data(comments, listing_source(listed(s), 0), 0, &cell), "2");
    stage_keys(s, "Enter");
    stage_resize(s, 60, 80);
    assert_true(stage_shows(s, "Well heard, both of you."));
    stage_keys(s, "R");
    assert_true(stage_shows(s, "Nothing is asked of you here."));
    stage_keys(s, "a Enter");
    assert_true(stage_shows(s, "Nothing was written, and nothing is saved."));
    stage_keys(s, "H");
    stage_type(s, "Bea Lang");
    stage_keys(s, "Enter Enter");
    assert_true(stage_shows(s, "Saved."));
    struct cell lead;
    column_lead(collection_at(s->collection, 0), 0, &lead);
    assert_string_equal(lead.text, "Bea Lang");
    stage_keys(s, "C 2");
    stage_keys(s, "C 1"); /* they have not signed: it says so */
    assert_false(stage_shows(s, "Saved."));
    stage_free(s);
}

/* A record that is open elsewhere says so, and what was typed stays, to be tried again. */
static void test_open_elsewhere(void **state)
{
    (void)state;
    static const char asks[] =
        "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"referred\","
        "\"asking\":\"Well?\"}";
    static const char *const events[] = {
        "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"safe\",\"value\":7}",
        "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"safe\",\"value\":4}", asks,
        "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
        "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}"};
    struct stage *s = stage_seated("all.yaml");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        stage_do(s, events[i]);
    struct collection *collection = collection_new();
    add_record(collection, stage_record());
    s = stage_review(collection, NULL, NULL, "xterm-256color");
    char *cause = NULL;
    struct session *other = session_open(stage_record(), RECORD_WRITE, &cause);
    assert_non_null(other);
    stage_keys(s, "R");
    stage_type(s, "Pat");
    stage_keys(s, "Enter");
    stage_type(s, "It does, for now.");
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, "Saved."));
    assert_true(stage_shows(s, "open"));
    assert_true(stage_shows(s, "It does, for now."));
    session_close(other);
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Saved."));
    assert_true(digest_disagreement(collection_at(s->collection, 0)->digest, 0)->answered);
    stage_keys(s, "R");
    assert_true(stage_shows(s, "Nothing is asked of you here."));
    stage_keys(s, "Enter");
    stage_resize(s, 60, 80);
    assert_true(stage_shows(s, "It does, for now."));
    stage_free(s);
}

static void test_save(void **state)
{
    (void)state;
    struct stage *s = over_stories();
    char *path = cases_path("rows.csv");
    stage_keys(s, "x 2 Ctrl-U");
    stage_type(s, path);
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "Saved."));
    size_t length;
    char *text = cases_read(path, &length);
    assert_non_null(strstr(text, "met_between"));
    free(text);
    stage_keys(s, "x 2 Ctrl-U");
    stage_type(s, path); /* what is there is not written over, and the name stays */
    stage_keys(s, "Enter");
    assert_false(stage_shows(s, "Saved."));
    assert_true(stage_shows(s, "rows.csv"));
    stage_keys(s, "Esc");
    unlink(path);
    stage_free(s);
    free(path);
}

/* ---- the lock ---- */

static const char passphrase[] = "six plain words";

static void test_lock(void **state)
{
    (void)state;
    struct slow slow;
    stage_sealed_under(passphrase);
    struct stage *s = stage_seated("all.yaml");
    cases_begin(told);
    struct review_reading reading = reading_of(&slow);
    const struct review_start start = {.folder = stage_folder()};
    struct collection *collection = collection_new();
    add_record(collection, stage_record());
    s = stage_review(collection, &reading, &start, "xterm-256color");
    while (listing_count(listed(s)) < 2)
        stage_wait(s);
    stage_keys(s, "f");
    stage_type(s, "ended=met_b");
    char *before = stage_picture(s);
    stage_keys(s, "F9");
    assert_int_equal(slow.pauses, 1);
    assert_true(slow.had_keys); /* no thread asks for a key once they are wiped */
    assert_true(slow.paused);
    assert_true(keyring_is_empty());
    static const char *const words[] = {"Date", "C1", "between", "Filter", "read", "see differently"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (stage_shows(s, words[i]))
            fail_msg("“%s” is seen", words[i]);
    }
    stage_keys(s, "Down Enter v Q Ctrl-L F1 Ctrl-U");
    assert_true(keyring_is_empty());
    stage_type(s, passphrase);
    stage_keys(s, "Enter");
    assert_false(keyring_is_empty());
    assert_false(slow.paused);
    char *after = stage_picture(s);
    assert_string_equal(after, before);
    stage_keys(s, "Esc");
    while (slow_running(&slow))
        stage_wait(s);
    free(before);
    free(after);
    stage_free(s);
    close_slow(&slow);
    stage_sealed_under(NULL);
}

/* A gathering that is held, again and again, comes to its end with each record once, and no thread in
 * between. */
static void test_gathering_held(void **state)
{
    (void)state;
    struct collection *collection = collection_new();
    const char *folder = cases_begin(NULL);
    char *cause = NULL;
    struct review_gather *gather = review_gather_begin(&folder, 1, NULL, collection, &cause);
    assert_non_null(gather);
    const struct review_reading *reading = review_gather_reading(gather);
    size_t done, total, rounds = 0;
    for (; reading->running(reading->reader); rounds++) {
        if (rounds < 4) {
            reading->pause(reading->reader);
            assert_int_equal(reading->fd(reading->reader), -1);
            assert_true(reading->running(reading->reader));
            reading->progress(reading->reader, &done, &total);
            assert_int_equal(done, collection_count(collection));
            reading->resume(reading->reader);
        }
        reading->take(reading->reader, collection);
        reading->progress(reading->reader, &done, &total);
        assert_true(done <= total);
        assert_int_equal(total, cases_count());
    }
    assert_int_equal(collection_count(collection), cases_count());
    assert_int_equal(collection_broken(collection), 0);
    reading->pause(reading->reader);
    reading->resume(reading->reader);
    assert_false(reading->running(reading->reader));
    review_gather_free(gather);
    collection_free(collection);
    collection = collection_new();
    gather = review_gather_begin(&folder, 1, NULL, collection, &cause);
    reading = review_gather_reading(gather);
    reading->stop(reading->reader);
    assert_false(reading->running(reading->reader));
    reading->progress(reading->reader, &done, &total);
    assert_int_equal(total, cases_count());
    assert_int_equal(done, collection_count(collection));
    reading->pause(reading->reader);
    reading->resume(reading->reader);
    assert_false(reading->running(reading->reader));
    review_gather_free(gather);
    collection_free(collection);
}

/* ---- many rows ---- */

static size_t asked; /* cells that were worked out */

static void get_number(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)source;
    asked++;
    cell_number(cell, number);
}

static size_t many(const struct source *source)
{
    (void)source;
    return 100000;
}

static const struct column number_columns[] = {
    {"number", "Number", "a number", COLUMN_NUMBER, 8, true, NULL, get_number}, {0}};
static const struct table numbers = {"numbers", "Numbers", "a row for each", number_columns,
                                     many,      NULL,      "number", NULL};

/* Drawing, and going through them, costs what is in sight and no more. */
static void test_many_rows(void **state)
{
    (void)state;
    static const char *const one[] = {"met-between", NULL};
    struct stage *s = stage_review(collect(one), NULL, NULL, "xterm-256color");
    view_review_table(s->app, &numbers);
    stage_keys(s, "Down");
    assert_int_equal(listing_count(listed(s)), 100000);
    asked = 0;
    static const char *const keys[] = {"End", "PageUp", "Up", "Home", "PageDown", "End", "m", "Up", "Ctrl-L"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        stage_keys(s, keys[i]);
        free(stage_screen(s));
    }
    if (asked > 3000)
        fail_msg("%zu cells were worked out", asked);
    assert_true(asked > 100);
    stage_free(s);
}

/* ---- both have the same room ---- */

static void get_words(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)source;
    (void)number;
    cell->text = "the same long answer of both, which goes on and on, over more than one line of the screen, "
                 "until somebody cuts it off where there is no more room for any of it, and goes on still";
}

static void get_seven(const struct source *source, uint32_t number, struct cell *cell)
{
    (void)source;
    (void)number;
    cell->text = "7";
}

static size_t only_one(const struct source *source)
{
    (void)source;
    return 1;
}

static const struct column equal_columns[] = {{"p", "P", "", COLUMN_TEXT, 3, true, NULL, get_seven},
                                              {"s", "S", "", COLUMN_TEXT, 3, true, NULL, get_seven},
                                              {"why_p", "Why P", "", COLUMN_TEXT, 24, true, NULL, get_words},
                                              {"why_s", "Why S", "", COLUMN_TEXT, 24, true, NULL, get_words},
                                              {0}};
static const struct table equal = {"equal", "Equal", "", equal_columns, only_one, NULL, "p", NULL};

/* How many letters of the words stand after the first and after the second “7 “”, and on how many rows. */
static void test_a49_same_room(void **state)
{
    (void)state;
    static const struct stage_size all[] = {{24, 80}, {30, 100}, {20, 50}, {40, 150},
                                            {24, 72}, {13, 41},  {24, 81}};
    static const char *const one[] = {"both-stand-narrowed", NULL}; /* Ana and Ben: names of one length */
    struct stage *s = stage_review(collect(one), NULL, NULL, "xterm-256color");
    const struct digest *digest = collection_at(s->collection, 0)->digest;
    assert_int_equal(utf8_width(digest_text_of(digest, digest->name[PRACTITIONER])),
                     utf8_width(digest_text_of(digest, digest->name[SERVICE_USER])));
    view_review_table(s->app, &equal);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        stage_resize(s, all[i].rows, all[i].columns);
        const struct canvas *c = app_draw(s->app);
        struct strbuf side[PARTIES] = {STRBUF_INIT, STRBUF_INIT};
        int found = 0;
        for (int row = 0; row < canvas_rows(c); row++) {
            for (int column = 0; column + 3 < canvas_columns(c); column++) {
                enum style style;
                if (strcmp(canvas_cell(c, row, column, &style), "7") != 0 ||
                    strcmp(canvas_cell(c, row, column + 2, &style), "“") != 0)
                    continue;
                assert_true(found < PARTIES);
                int end = all[i].columns >= 72 && found == 0 ? all[i].columns / 2 : canvas_columns(c);
                for (; column < end; column++) {
                    strbuf_add(&side[found], canvas_cell(c, row, column, &style));
                    assert_int_equal(style, STYLE_PLAIN);
                }
                found++;
                column--;
            }
        }
        assert_int_equal(found, PARTIES);
        for (int who = 0; who < PARTIES; who++) {
            while (side[who].length && side[who].text[side[who].length - 1] == ' ')
                side[who].text[--side[who].length] = '\0';
        }
        if (strcmp(side[0].text, side[1].text) != 0)
            fail_msg("%dx%d: “%s” and “%s”", all[i].columns, all[i].rows, side[0].text, side[1].text);
        strbuf_release(&side[0]);
        strbuf_release(&side[1]);
    }
    stage_free(s);
}

/* ---- any keys ---- */

static uint32_t seed = 20261122;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static void test_any_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "Up",  "Down", "Left",      "Right", "PageUp", "PageDown", "Home",   "End", "Enter", "Enter", "Enter",
        "Esc", "Esc",  "Esc",       "Tab",   "F1",     "?",        "/",      "n",   "N",     "f",     "s",
        "S",   "g",    "c",         "m",     "Space",  "M",        "t",      "T",   "v",     "i",     "Q",
        "P",   "b",    "a",         "A",     "R",      "C",        "H",      "d",   "x",     "1",     "2",
        "=",   "gap",  "Backspace", "é",     "日",     "Ctrl-L",   "Ctrl-C", "F9",  "F9",    "Ctrl-N"};
    char *home = xstrdup(getenv("HOME") ? getenv("HOME") : "");
    for (int round = 0; round < 20; round++) {
        struct slow slow;
        struct collection *collection = collect(told);
        setenv("HOME", "/nowhere/at/all", 1); /* nothing is saved there */
        struct review_reading reading = reading_of(&slow);
        bool reads = any(2);
        if (reads) {
            collection_free(collection);
            collection = collection_new();
        }
        struct stage *s = stage_review(collection, reads ? &reading : NULL, NULL, "xterm-256color");
        for (int i = 0; i < 300 && !s->over; i++) {
            uint32_t what = any(60);
            if (what == 0)
                stage_resize(s, 1 + (int)any(60), 1 + (int)any(200));
            else if (what < 3)
                stage_click(s, (int)any((uint32_t)s->rows), (int)any((uint32_t)s->columns));
            else
                stage_keys(s, keys[any(sizeof keys / sizeof *keys)]);
            if (s->over)
                break;
            int row, column;
            const struct canvas *c = app_draw(s->app);
            canvas_cursor_at(c, &row, &column);
            if (row < 0 || row >= canvas_rows(c) || column < 0 || column >= canvas_columns(c))
                fail_msg("the cursor is at row %d, column %d", row, column);
        }
        stage_free(s);
        close_slow(&slow);
    }
    setenv("HOME", home, 1);
    free(home);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(600);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_looks),
        cmocka_unit_test(test_plain_terminals),
        cmocka_unit_test(test_one_step_back),
        cmocka_unit_test(test_filter_that_is_none),
        cmocka_unit_test(test_tab),
        cmocka_unit_test(test_sort_and_marks),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_tables_and_clicks),
        cmocka_unit_test(test_while_reading),
        cmocka_unit_test(test_stopping),
        cmocka_unit_test(test_what_cannot_be_read),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_comment),
        cmocka_unit_test(test_open_elsewhere),
        cmocka_unit_test(test_save),
        cmocka_unit_test(test_lock),
        cmocka_unit_test(test_gathering_held),
        cmocka_unit_test(test_many_rows),
        cmocka_unit_test(test_a49_same_room),
        cmocka_unit_test(test_any_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
