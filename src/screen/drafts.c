/* What is half typed, kept beside the record. The record's folder keeps one text with its place. What is
 * typed now is that text, so that it is synced as its words end; others that wait stand in its place:
 * {"at":"home:why service_user","more":{"money practitioner":"…"}}. Where the cursor is not at the end of the
 * words, it stands with them: "cursor":12, and among those that wait {"text":"…","cursor":12}. */
#include "screen/drafts.h"

#include "base/mem.h"
#include "base/vocab.h"
#include "session/walk.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static char *key_of(const char *place, enum who who)
{
    return xasprintf("%s %s", place, who_names[who]);
}

/* The words, with the cursor (an integer; NULL: at their end). */
static json_t *words_at(const char *text, json_t *cursor)
{
    return cursor ? json_pack("{s:s, s:O}", "text", text, "cursor", cursor) : json_string(text);
}

static const char *text_of(const json_t *words)
{
    return json_string_value(json_is_object(words) ? json_object_get(words, "text") : words);
}

/* All of them by place, the last typed last. */
static json_t *load(struct app *app)
{
    char *at = NULL, *text = session_draft(app_session(app), &at);
    json_t *all = NULL;
    if (text) {
        json_t *whole = *at == '{' ? json_loads(at, 0, NULL) : NULL, *more = json_object_get(whole, "more");
        const char *last = whole ? json_string_value(json_object_get(whole, "at")) : at;
        all = json_is_object(more) ? json_incref(more) : json_object();
        if (last)
            json_object_set_new(all, last, words_at(text, json_object_get(whole, "cursor")));
        json_decref(whole);
    }
    free(at);
    free(text);
    return all ? all : json_object();
}

/* The last of them; NULL. */
static const char *last_of(json_t *all)
{
    const char *key, *last = NULL;
    json_t *text;
    json_object_foreach(all, key, text)
    {
        if (text_of(text))
            last = key;
    }
    return last;
}

static void store(struct app *app, json_t *all)
{
    const char *last = last_of(all);
    if (!last) {
        session_drop_draft(app_session(app));
        return;
    }
    json_t *words = json_incref(json_object_get(all, last)), *cursor = json_object_get(words, "cursor");
    char *at = xstrdup(last), *text = xstrdup(text_of(words));
    json_object_del(all, at);
    char *place = NULL;
    if (json_object_size(all) > 0 || cursor) {
        json_t *whole = json_pack("{s:s, s:O*, s:O}", "at", at, "cursor", cursor, "more", all);
        place = json_dumps(whole, JSON_COMPACT);
        json_decref(whole);
    }
    session_keep_draft(app_session(app), place ? place : at, text);
    json_decref(words);
    free(place);
    free(at);
    free(text);
}

void drafts_keep(struct app *app, const char *place, enum who who, const char *text, size_t cursor)
{
    json_t *all = load(app);
    char *key = key_of(place, who);
    json_object_del(all, key);
    if (*text) {
        json_t *at = cursor < strlen(text) ? json_integer((json_int_t)cursor) : NULL;
        json_object_set_new(all, key, words_at(text, at));
        json_decref(at);
    }
    store(app, all);
    free(key);
    json_decref(all);
}

char *drafts_of(struct app *app, const char *place, enum who who, size_t *cursor)
{
    json_t *all = load(app);
    char *key = key_of(place, who);
    const json_t *words = json_object_get(all, key);
    const char *text = text_of(words);
    char *copy = text ? xstrdup(text) : NULL;
    const json_t *at = json_object_get(words, "cursor");
    *cursor = json_is_integer(at) && json_integer_value(at) >= 0 ? (size_t)json_integer_value(at) : SIZE_MAX;
    free(key);
    json_decref(all);
    return copy;
}

int drafts_question(struct app *app, enum who *who)
{
    json_t *all = load(app), *text;
    const char *key;
    int last = -1;
    json_object_foreach(all, key, text)
    {
        char *name = xstrndup(key, strcspn(key, ": "));
        int question = assessment_find(app_assessment(app), name);
        /* Words in what was taken out wait until it is brought back. */
        if (question >= 0 && walk_stops(app_assessment(app), question)) {
            const char *whose = strrchr(key, ' ');
            int found = whose ? vocab_find(who_names, whose + 1) : -1;
            last = question;
            *who = found >= 0 ? (enum who)found : TOGETHER;
        }
        free(name);
    }
    json_decref(all);
    return last;
}

void drafts_drop(struct app *app, const char *place, enum who who)
{
    drafts_keep(app, place, who, "", 0);
}
