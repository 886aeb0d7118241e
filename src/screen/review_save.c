/* Saving what is in view as a file: in which format, and where. */
#include "screen/review_views.h"

#include "base/mem.h"
#include "report/review.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FORMATS = 8 };

struct saving {
    struct app *app;
    const struct review_format *format;
};

static size_t missed; /* rows that were not written after all: their record has changed */

static void note_missed(const char *path, const char *why)
{
    (void)path;
    (void)why;
    missed++;
}

static bool save(struct app *app, const struct review_format *format, const char *path, char **cause)
{
    const struct browser *b = browser_of(app);
    const struct review_report report = {.collection = b->collection,
                                         .listing = view_review_listing(app),
                                         .stopped = b->reads || b->stopped,
                                         .missed = note_missed};
    missed = 0;
    return review_save(format, &report, path, false, cause);
}

/* ---- asking ---- */

static void ask_place(struct app *app, const struct review_format *format, const char *path);

static bool place_given(struct app *app, const char *text, void *context)
{
    const struct review_format *format = context;
    char *cause = NULL;
    if (!*text) {
        app_say(app, "Nothing was saved.");
    } else if (!save(app, format, text, &cause)) {
        ask_place(app, format, text);
        app_say_cause(app, cause);
    } else if (missed) {
        app_say(app, "Saved, but %zu rows are not in it: their records have changed.", missed);
    } else {
        app_say(app, "Saved. Names and words of people stand in it: take care where it lies.");
    }
    return true;
}

static void ask_place(struct app *app, const struct review_format *format, const char *path)
{
    struct view *field = view_field_new(app, "Save these rows to which new file?", path, false, NULL,
                                        place_given, (void *)format);
    app_push(app, field);
}

static void format_picked(struct app *app, size_t picked, void *context)
{
    const struct review_format *format = &review_formats[picked];
    (void)context;
    const char *home = getenv("HOME"), *end = strcmp(format->name, "text") == 0 ? "txt" : format->name;
    char *path = xasprintf("%s%sreview-%s.%s", home && *home ? home : "", home && *home ? "/" : "",
                           listing_table(view_review_listing(app))->name, end);
    ask_place(app, format, path);
    free(path);
}

void save_ask(struct app *app)
{
    const char *words[MOST_FORMATS];
    size_t count = 0;
    for (; review_formats[count].name && count < MOST_FORMATS; count++)
        words[count] = review_formats[count].help;
    app_push(app, view_pick_new(app, "Save these rows as what?", words, count, format_picked, NULL));
}
