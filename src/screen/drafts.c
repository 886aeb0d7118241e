/* What is half typed, kept beside the record. */
#include "screen/drafts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static char *place_of(const char *place, enum who who)
{
    return xasprintf("%s %s", place, who_names[who]);
}

void drafts_keep(struct app *app, const char *place, enum who who, const char *text)
{
    char *whole = place_of(place, who);
    if (*text)
        session_keep_draft(app_session(app), whole, text);
    else
        session_drop_draft(app_session(app));
    free(whole);
}

char *drafts_of(struct app *app, const char *place, enum who who)
{
    char *at = NULL, *text = session_draft(app_session(app), &at), *whole = place_of(place, who);
    if (text && strcmp(at, whole) != 0) {
        free(text);
        text = NULL;
    }
    free(at);
    free(whole);
    return text;
}

int drafts_question(struct app *app)
{
    char *at = NULL, *text = session_draft(app_session(app), &at);
    if (!text)
        return -1;
    at[strcspn(at, ": ")] = '\0';
    int question = form_find(app_form(app), at);
    free(at);
    free(text);
    return question;
}

void drafts_drop(struct app *app)
{
    session_drop_draft(app_session(app));
}
