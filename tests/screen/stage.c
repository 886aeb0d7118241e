/* The whole program on a terminal in this process. */
#include "screen/stage.h"

#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/ticks.h"
#include "base/utf8.h"
#include "form/form.h"
#include "record/keyring.h"
#include "sealing.h"
#include "session/preview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { NOON = 1795615320 }; /* 2026-11-25, 14:02 */

static char folder[64], record[96], earlier_record[96], form_file[96], services_file[96], settings_file[96],
    key_file[96];
static const char *passphrase;
static long long ticks, asleep;
static struct stage *live; /* that a test which failed may have left */

static void remove_folder(void)
{
    unlink(record);
    unlink(earlier_record);
    unlink(form_file);
    unlink(services_file);
    unlink(settings_file);
    unlink(key_file);
    char *draft = xasprintf("%s.draft", record), *word = xasprintf("%s.word", draft);
    unlink(draft);
    unlink(word);
    free(word);
    free(draft);
    rmdir(folder);
}

static void make_folder(void)
{
    if (!*folder) {
        snprintf(folder, sizeof folder, "/tmp/alongside-screen-XXXXXX");
        assert_non_null(mkdtemp(folder));
        snprintf(form_file, sizeof form_file, "%s/form.yaml", folder);
        snprintf(services_file, sizeof services_file, "%s/services.yaml", folder);
        snprintf(settings_file, sizeof settings_file, "%s/settings.yaml", folder);
        snprintf(key_file, sizeof key_file, "%s/alongside.key", folder);
        snprintf(earlier_record, sizeof earlier_record, "%s/earlier.jsonl", folder);
        snprintf(record, sizeof record, "%s/record.jsonl", folder);
        atexit(remove_folder);
    }
    remove_folder();
    assert_int_equal(mkdir(folder, 0700), 0);
    setenv("ALONGSIDE_CASELOAD", folder, 1); /* what this person has of their own is out of sight */
}

static char *source_path(const char *name)
{
    static const char *const folders[] = {"tests/screen/forms", "tests", "forms"};
    const char *source = getenv("srcdir");
    char *path = NULL;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        free(path);
        path = xasprintf("%s/%s/%s", source ? source : ".", folders[i], name);
        if (access(path, R_OK) == 0)
            break;
    }
    return path;
}

static struct form *load_form(const char *name)
{
    struct diags diags;
    char *path = source_path(name);
    diags_init(&diags, path);
    struct form *form = form_read(path, &diags);
    for (size_t i = 0; i < diags.count && !form; i++)
        print_error("# %s:%zu: %s\n", path, diags.items[i].line, diags.items[i].message);
    diags_release(&diags);
    free(path);
    assert_non_null(form);
    return form;
}

static void begin(struct stage *s)
{
    s->terminal = terminal_new(s->rows, s->columns, s->type);
    s->app = screen_begin(s->session, terminal_term(s->terminal));
    s->over = false;
}

static void end(struct stage *s)
{
    if (s->collection) {
        review_end(s->app);
        terminal_free(s->terminal);
        collection_free(s->collection);
        s->collection = NULL;
        return;
    }
    if (s->app) /* NULL: a test has ended it itself */
        screen_end(s->app);
    app_free(s->app);
    terminal_free(s->terminal);
    if (s->preview)
        preview_free(s->preview);
    else
        session_close(s->session);
    s->preview = NULL;
    s->session = NULL;
}

static void stop_clocks(void)
{
    setenv("TZ", "UTC", 1);
    tzset();
    clock_fix(NOON);
    ticks = 1000 * 1000;
    asleep = 0;
    ticks_fix(ticks, asleep);
}

static void set_up(void)
{
    if (live)
        stage_free(live);
    stop_clocks();
    make_folder();
    keyring_wipe();
    if (passphrase)
        sealing_begin(folder, passphrase);
}

void stage_sealed_under(const char *words)
{
    passphrase = words;
}

static struct stage *new_stage(const char *form, const char *type)
{
    set_up();
    struct stage *s = xcalloc(1, sizeof *s);
    char *cause = NULL;
    s->session = session_begin(record, "01ARZ3NDEKTSV4RRFFQ69G5FAV", "K-014", load_form(form), &cause);
    if (!s->session)
        fail_msg("%s", cause);
    s->rows = 24;
    s->columns = 80;
    s->type = type;
    live = s;
    return s;
}

struct stage *stage_new(const char *form, const char *type)
{
    struct stage *s = new_stage(form, type);
    begin(s);
    return s;
}

struct stage *stage_review(struct collection *collection, const struct review_reading *reading,
                           const struct review_start *start, const char *type)
{
    static const struct review_start usual;
    if (live)
        stage_free(live);
    stop_clocks();
    struct stage *s = xcalloc(1, sizeof *s);
    char *cause = NULL;
    s->rows = 24;
    s->columns = 80;
    s->type = type;
    s->collection = collection;
    s->terminal = terminal_new(s->rows, s->columns, s->type);
    s->app = review_begin(collection, reading, start ? start : &usual, terminal_term(s->terminal), &cause);
    if (!s->app)
        fail_msg("%s", cause);
    return live = s;
}

const char *stage_record(void)
{
    return record;
}

const char *stage_folder(void)
{
    return folder;
}

static const char seated[] =
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\","
    "\"service_user\":\"Sam\"},\"seats\":{\"left\":\"practitioner\"}}";

struct stage *stage_seated(const char *form)
{
    struct stage *s = new_stage(form, "xterm-256color");
    stage_do(s, seated);
    begin(s);
    return s;
}

struct stage *stage_demo(const char *form, const char *events)
{
    struct stage *s = new_stage(form, "xterm-256color");
    char *path = source_path(events), *line = NULL;
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    size_t room = 0;
    while (getline(&line, &room, f) > 0)
        stage_do(s, line);
    free(line);
    fclose(f);
    free(path);
    begin(s);
    return s;
}

static void save(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

void stage_save_form(const char *text)
{
    save(form_file, text);
}

void stage_save_settings(const char *text)
{
    save(settings_file, text);
}

void stage_save_services(const char *text)
{
    save(services_file, text);
}

struct stage *stage_preview(const char *text)
{
    set_up();
    struct stage *s = xcalloc(1, sizeof *s);
    char *cause = NULL;
    struct diags diags;
    stage_save_form(text);
    diags_init(&diags, form_file);
    s->preview = preview_new(form_file, &diags, &cause);
    if (!s->preview)
        fail_msg("%s", cause ? cause : "the form has faults");
    diags_release(&diags);
    s->session = preview_session(s->preview);
    s->rows = 24;
    s->columns = 80;
    s->type = "xterm-256color";
    live = s;
    stage_do(s, seated);
    begin(s);
    return s;
}

struct stage *stage_following(const char *form, const char *before, const char *events)
{
    struct stage *s = new_stage(before, "xterm-256color");
    char *all = xstrdup(events), *rest = all, *line, *cause = NULL;
    while ((line = strsep(&rest, "\n")))
        stage_do(s, line);
    free(all);
    struct session *earlier = s->session;
    assert_int_equal(rename(record, earlier_record), 0);
    s->session =
        session_follow(record, "01ARZ3NDEKTSV4RRFFQ69G5FB0", "K-014", load_form(form), earlier, &cause);
    if (!s->session)
        fail_msg("%s", cause);
    session_close(earlier);
    stage_do(s, seated);
    begin(s);
    return s;
}

void stage_free(struct stage *s)
{
    end(s);
    free(s);
    live = NULL;
}

void stage_again(struct stage *s, enum record_mode mode)
{
    char *cause = NULL;
    end(s);
    s->session = session_open(record, mode, &cause);
    if (!s->session)
        fail_msg("%s", cause);
    begin(s);
}

/* ---- keys ---- */

static void step(struct stage *s)
{
    if (!s->over)
        s->over = !app_step(s->app, -1);
}

void stage_wait(struct stage *s)
{
    step(s);
}

static void key(struct stage *s, const char *name)
{
    terminal_type_keys(s->terminal, name);
    step(s);
}

void stage_keys(struct stage *s, const char *keys)
{
    while (*keys) {
        size_t length = strcspn(keys, " ");
        char *name = xstrndup(keys, length);
        if (length)
            key(s, name);
        free(name);
        keys += length + (keys[length] == ' ');
    }
}

void stage_type(struct stage *s, const char *words)
{
    while (*words) {
        size_t length = 1;
        while (((unsigned char)words[length] & 0xc0) == 0x80)
            length++;
        terminal_send(s->terminal, words, length);
        step(s);
        words += length;
    }
}

void stage_click(struct stage *s, int row, int column)
{
    terminal_click(s->terminal, row, column);
    step(s);
}

void stage_resize(struct stage *s, int rows, int columns)
{
    s->rows = rows;
    s->columns = columns;
    terminal_resize(s->terminal, rows, columns);
    step(s);
}

/* Two steps: what has changed is seen, and then waited with. */
static void let_time_pass(struct stage *s)
{
    ticks_fix(ticks, asleep);
    for (int i = 0; i < 2 && !s->over; i++)
        s->over = !app_step(s->app, 0);
}

void stage_pass(struct stage *s, int seconds)
{
    ticks += 1000LL * seconds;
    let_time_pass(s);
}

void stage_sleep(struct stage *s, int seconds)
{
    asleep += 1000LL * seconds;
    let_time_pass(s);
}

void stage_hang_up(struct stage *s)
{
    terminal_hang_up(s->terminal);
    step(s);
    assert_true(s->over);
}

void stage_go(struct stage *s, const char *question)
{
    app_go(s->app, stage_question(s, question));
    key(s, "Ctrl-L"); /* what was said before is gone */
}

void stage_do(struct stage *s, const char *intent)
{
    char *cause = NULL;
    json_t *object = json_loads(intent, 0, NULL);
    assert_non_null(object);
    if (!session_do(s->session, object, &cause))
        fail_msg("%s: %s", intent, cause);
}

int stage_question(const struct stage *s, const char *name)
{
    int question = assessment_find(session_assessment(s->session), name);
    if (question < 0)
        fail_msg("no question %s", name);
    return question;
}

const struct answer *stage_answer(const struct stage *s, const char *question, enum who who)
{
    return assessment_answer(session_assessment(s->session), stage_question(s, question), who);
}

/* ---- looking ---- */

static void paint(struct stage *s)
{
    term_show(terminal_term(s->terminal), app_draw(s->app));
}

char *stage_screen(struct stage *s)
{
    paint(s);
    return terminal_screen(s->terminal);
}

char *stage_picture(struct stage *s)
{
    paint(s);
    return terminal_picture(s->terminal);
}

bool stage_shows(struct stage *s, const char *text)
{
    paint(s);
    return terminal_shows(s->terminal, text);
}

void stage_check(struct stage *s, const char *golden)
{
    paint(s);
    terminal_check(s->terminal, golden);
}

void stage_check_sizes(struct stage *s, const char *golden, const struct stage_size *sizes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stage_resize(s, sizes[i].rows, sizes[i].columns);
        char *name = xasprintf("%s-%dx%d", golden, sizes[i].columns, sizes[i].rows);
        stage_check(s, name);
        free(name);
    }
}
