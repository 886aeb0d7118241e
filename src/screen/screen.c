/* The way in from the command line: a terminal, a program on it, the right first view. */
#include "screen/screen.h"

#include "screen/app.h"
#include "screen/drafts.h"
#include "screen/views.h"
#include "session/preview.h"
#include "session/sitting.h"
#include "session/walk.h"

#include <stdio.h>
#include <stdlib.h>

static void first_views(struct app *app)
{
    const struct session *s = app_session(app);
    app_push(app, view_answer_new(app));
    /* Where they paused, with the keyboard before the same one; what was half typed comes first. */
    for (size_t i = assessment_events(session_assessment(s)); i-- > 0;) {
        const struct event *event = assessment_event(session_assessment(s), i);
        if (event->kind == EVENT_PAUSED && event->by < PARTIES) {
            app_give_keyboard(app, event->by);
            break;
        }
    }
    enum who whose = TOGETHER;
    int question = drafts_question(app, &whose);
    app_go(app, question);
    if (question >= 0 && whose < PARTIES)
        app_give_keyboard(app, whose);
    if (!session_read_only(s) && !sitting_goes_on(session_assessment(s)))
        app_push(app, view_people_new(app));
}

struct app *screen_begin(struct session *s, struct term *term)
{
    struct app *app = app_new(s, term);
    if (session_preview(s))
        term_watch(term, preview_watch(session_preview(s)));
    first_views(app);
    if (app_settings_trouble(app))
        app_say(app, "%s", app_settings_trouble(app));
    return app;
}

void screen_begin_again(struct app *app, const char *path)
{
    const struct assessment *a = app_assessment(app);
    int question = assessment_find(a, path);
    app_clear(app, question >= 0 && walk_stops(a, question) ? question : -1);
    first_views(app);
}

void screen_end(struct app *app)
{
    struct session *s = app_session(app);
    int question = app_question(app);
    if (!app_is_locked(app) && !session_read_only(s) && sitting_goes_on(session_assessment(s)) && question >= 0) {
        json_t *intent = json_pack("{s:s, s:s, s:s}", "by", who_names[app_keyboard(app)], "event", "paused",
                                   "question", assessment_path(session_assessment(s), question));
        session_do(s, intent, NULL); /* where it cannot be saved, only the place to go on from is lost */
    }
}

int screen_run(struct session *s, char **cause)
{
    struct term *term = term_open(getenv("TERM"), stdout, stdin, cause);
    if (!term)
        return -1;
    struct app *app = screen_begin(s, term);
    int status = app_run(app);
    screen_end(app);
    app_free(app);
    term_close(term);
    return status;
}
