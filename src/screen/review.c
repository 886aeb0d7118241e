/* The browser's program: records that come in while it is used, the lock, what stands on top. */
#include "screen/review.h"

#include "base/cause.h"
#include "base/mem.h"
#include "screen/review_views.h"
#include "session/lock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct browser *browser_of(const struct app *app)
{
    return app_context(app);
}

char *browser_number(size_t number)
{
    char digits[24], text[32];
    int length = snprintf(digits, sizeof digits, "%zu", number), to = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[to++] = ',';
        text[to++] = digits[i];
    }
    text[to] = '\0';
    return xstrdup(text);
}

/* ---- records that come in ---- */

static void look(struct browser *b)
{
    b->shown = collection_count(b->collection);
    b->changes = collection_changes(b->collection);
    b->looks++;
}

void browser_changed(struct app *app)
{
    look(browser_of(app));
}

/* Is it time to look at all of them anew? At once where one is not what it was. Else each time that there is
 * an eighth more, so that looking costs no more than reading. */
static bool is_due(const struct browser *b)
{
    return collection_changes(b->collection) != b->changes ||
           collection_count(b->collection) > b->shown + b->shown / 8;
}

static void take(struct app *app)
{
    struct browser *b = browser_of(app);
    if (!b->reads)
        return;
    b->reading->take(b->reading->reader, b->collection);
    bool goes_on = b->reading->running(b->reading->reader);
    if (!goes_on) {
        b->reads = false;
        term_watch(app_term(app), -1);
    }
    if (!goes_on || is_due(b))
        look(b);
}

bool browser_stop(struct app *app)
{
    struct browser *b = browser_of(app);
    if (!b->reads)
        return false;
    b->reading->stop(b->reading->reader);
    b->reading->take(b->reading->reader, b->collection);
    term_watch(app_term(app), -1);
    b->reads = false;
    b->stopped = true;
    look(b);
    return true;
}

/* ---- what the program is told of ---- */

static void on_lock(struct app *app)
{
    struct browser *b = browser_of(app);
    if (!b->reads)
        return;
    term_watch(app_term(app), -1);
    b->reading->pause(b->reading->reader);
}

static void go_on(struct app *app)
{
    struct browser *b = browser_of(app);
    if (!b->reads)
        return;
    b->reading->resume(b->reading->reader);
    term_watch(app_term(app), b->reading->fd(b->reading->reader));
}

static char *status(struct app *app)
{
    struct browser *b = browser_of(app);
    bool wide = canvas_columns(app_canvas(app)) >= 100;
    size_t broken = collection_broken(b->collection), done = 0, total = 0;
    char *text;
    if (b->reads || b->stopped) {
        b->reading->progress(b->reading->reader, &done, &total);
        char *read = browser_number(done), *all = browser_number(total);
        text = xasprintf("%s of %s read%s", read, all, b->stopped && wide ? ": stopped" : "");
        free(read);
        free(all);
    } else if (broken) {
        char *count = browser_number(broken);
        text = xasprintf(wide ? "%s could not be read: b" : "%s not read: b", count);
        free(count);
    } else {
        text = xstrdup("");
    }
    return text;
}

static const struct app_hooks hooks = {.changed = take, .locks = on_lock, .opens = go_on, .status = status};

/* ---- the way in ---- */

struct app *review_begin(struct collection *collection, const struct review_reading *reading,
                         const struct review_start *start, struct term *term, char **cause)
{
    const struct table *table = start->table ? table_named(start->table, cause) : table_list[0];
    if (!table)
        return NULL;
    struct browser *b = xcalloc(1, sizeof *b);
    b->collection = collection;
    b->reading = reading;
    b->reads = reading && reading->running(reading->reader);
    look(b);
    struct app *app = app_new_over(start->folder, term);
    app_serve(app, &hooks, b);
    struct view *rows =
        view_review_new(app, table, start->filter, start->sort, start->group, start->columns, cause);
    if (!rows) {
        review_end(app);
        return NULL;
    }
    app_push(app, rows);
    if (reading && b->reads)
        term_watch(term, reading->fd(reading->reader));
    if (app_settings_trouble(app))
        app_say(app, "%s", app_settings_trouble(app));
    return app;
}

void review_end(struct app *app)
{
    struct browser *b = browser_of(app);
    if (b->reads)
        b->reading->stop(b->reading->reader);
    term_watch(app_term(app), -1);
    app_free(app);
    act_forget(b);
    free(b->supervisor);
    free(b);
}

int screen_review(struct collection *collection, const struct review_reading *reading,
                  const struct review_start *start, char **cause)
{
    struct term *term = term_open(getenv("TERM"), stdout, stdin, cause);
    if (!term)
        return -1;
    struct app *app = review_begin(collection, reading, start, term, cause);
    int status_code = app ? app_run(app) : -1;
    if (app)
        review_end(app);
    term_close(term);
    return status_code;
}
