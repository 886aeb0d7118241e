/* What a supervisor does about a row: the record is opened for writing, it is done, and the record is read
 * anew. What was typed is never lost because a record is open elsewhere. */
#include "screen/review_views.h"

#include "base/cause.h"
#include "base/mem.h"
#include "review/digest.h"
#include "session/supervise.h"

#include <stdlib.h>
#include <string.h>

enum act { ACT_COMMENT, ACT_COACH, ACT_ANSWER, ACT_COUNTERSIGN, ACT_HAND_OVER };

/* What is being done, while it is asked for: one at a time, the browser's. */
struct acting {
    enum act act;
    size_t source;
    char *path;         /* that it was then */
    char *disagreement; /* its id; "" for the whole */
    char *to;           /* ACT_HAND_OVER: who leads from now on */
};

void act_forget(struct browser *b)
{
    struct acting *acting = b->acting;
    if (!acting)
        return;
    b->acting = NULL;
    free(acting->path);
    free(acting->disagreement);
    free(acting->to);
    free(acting);
}

static void left(struct app *app, void *context)
{
    (void)context;
    act_forget(browser_of(app));
}

/* ---- doing it ---- */

static bool do_it(struct session *s, const struct acting *a, const char *name, const char *text, char **cause)
{
    const char *id = *a->disagreement ? a->disagreement : NULL;
    switch (a->act) {
    case ACT_COMMENT:
    case ACT_COACH:
        return session_comment(s, id, a->act == ACT_COACH, name, text, cause);
    case ACT_ANSWER:
        return session_answer_referral(s, id, name, text, cause);
    case ACT_COUNTERSIGN:
        return session_countersign(s, name, cause);
    case ACT_HAND_OVER:
        return session_hand_over(s, SUPERVISOR, name, a->to, *text ? text : NULL, cause);
    }
    return false;
}

/* Its row is as it is now, and so are all figures. */
static void read_anew(struct app *app, const struct acting *a)
{
    struct browser *b = browser_of(app);
    struct digester *digester = digester_new();
    const struct facts *facts;
    struct digest *digest = digest_read(digester, a->path, &facts);
    collection_replace(b->collection, a->source, digest, facts);
    digester_free(digester);
    browser_changed(app);
}

static bool act(struct app *app, const struct acting *a, const char *text, char **cause)
{
    struct session *s = session_open(a->path, RECORD_WRITE, cause);
    if (!s)
        return false;
    if (session_read_only(s)) {
        cause_set(cause, "Nothing can be written there: %s.", session_read_only(s));
        session_close(s);
        return false;
    }
    bool done = do_it(s, a, browser_of(app)->supervisor, text, cause);
    char *trouble = done && session_trouble(s) ? xstrdup(session_trouble(s)) : NULL;
    session_close(s);
    if (!done)
        return false;
    read_anew(app, a);
    if (trouble)
        app_say(app, "%s", trouble);
    else
        app_say(app, "Saved. Both find it in the record.");
    free(trouble);
    return true;
}

/* ---- asking ---- */

static void ask_words(struct app *app, struct acting *a, const char *text);

static const char *title_of(const struct acting *a)
{
    switch (a->act) {
    case ACT_COMMENT:
        return *a->disagreement ? "Your comment on this. Both people can read it."
                                : "Your comment on this record. Both people can read it.";
    case ACT_COACH:
        return "What you say as a coach. Both people can read it.";
    case ACT_ANSWER:
        return "Your answer to what they asked. Their answers stay as they are.";
    case ACT_HAND_OVER:
        return "Why? You can leave this out.";
    case ACT_COUNTERSIGN: /* has no words */
        break;
    }
    return "";
}

/* What cannot be saved stands there again, to be tried again. */
static bool words_given(struct app *app, const char *text, void *context)
{
    struct acting *a = context;
    char *cause = NULL;
    if (!*text && a->act != ACT_HAND_OVER) {
        app_say(app, "Nothing was written, and nothing is saved.");
        act_forget(browser_of(app));
    } else if (act(app, a, text, &cause)) {
        act_forget(browser_of(app));
    } else {
        ask_words(app, a, text);
        app_say_cause(app, cause);
    }
    return true;
}

static void ask_words(struct app *app, struct acting *a, const char *text)
{
    struct view *field = view_field_new(app, title_of(a), text, true, NULL, words_given, a);
    view_field_left(field, left);
    app_push(app, field);
}

static void sure(struct app *app, size_t picked, void *context)
{
    struct acting *a = context;
    char *cause = NULL;
    if (picked == 0 && !act(app, a, "", &cause))
        app_say_cause(app, cause);
    act_forget(browser_of(app));
}

static bool lead_given(struct app *app, const char *text, void *context)
{
    struct acting *a = context;
    if (!*text) {
        app_say(app, "No name was typed, and nothing is saved.");
        act_forget(browser_of(app));
        return true;
    }
    free(a->to);
    a->to = xstrdup(text);
    ask_words(app, a, "");
    return true;
}

static void ask(struct app *app, struct acting *a)
{
    static const char *const yes[] = {"Yes, I sign it too", "No"};
    struct view *view;
    switch (a->act) {
    case ACT_COUNTERSIGN:
        view = view_pick_new(app, "Sign this record too?", yes, 2, sure, a);
        view_pick_left(view, left);
        app_push(app, view);
        return;
    case ACT_HAND_OVER:
        view = view_field_new(app, "Who leads from now on? Their name", "", false, NULL, lead_given, a);
        view_field_call(view, "Go on");
        view_field_left(view, left);
        app_push(app, view);
        return;
    default:
        ask_words(app, a, "");
        return;
    }
}

static bool name_given(struct app *app, const char *text, void *context)
{
    struct acting *a = context;
    if (!*text) {
        app_say(app, "It needs your name. Nothing is saved.");
        act_forget(browser_of(app));
        return true;
    }
    browser_of(app)->supervisor = xstrdup(text);
    ask(app, a);
    return true;
}

static void ask_name(struct app *app, struct acting *a)
{
    struct view *field = view_field_new(app, "What is your name? It stands in the record with what you do.",
                                        "", false, NULL, name_given, a);
    view_field_call(field, "Go on");
    view_field_left(field, left);
    app_push(app, field);
}

/* ---- which ---- */

static bool act_of(enum request request, enum act *act)
{
    switch (request) {
    case REQUEST_COMMENT:
        *act = ACT_COMMENT;
        return true;
    case REQUEST_COACH:
        *act = ACT_COACH;
        return true;
    case REQUEST_ANSWER:
        *act = ACT_ANSWER;
        return true;
    case REQUEST_COUNTERSIGN:
        *act = ACT_COUNTERSIGN;
        return true;
    case REQUEST_HAND_OVER:
        *act = ACT_HAND_OVER;
        return true;
    default:
        return false;
    }
}

/* The disagreement that a row is of: its id, "" where it is of none. */
static char *disagreement_of(const struct source *source, const struct table *table, struct row row)
{
    struct cell cell;
    int column = table == &table_disagreements || table == &table_pairs ? table_column(table, "id") : -1;
    return xstrdup(column >= 0 ? cell_data(&table->columns[column], source, row.number, &cell) : "");
}

/* Is this what they asked somebody, and wait for? */
static bool was_asked(const struct source *source, const char *id)
{
    for (size_t i = 0; i < digest_count(source->digest, DIGEST_DISAGREEMENTS); i++) {
        const struct digest_disagreement *d = digest_disagreement(source->digest, i);
        if (strcmp(digest_text_of(source->digest, d->id), id) == 0)
            return d->state == STATE_REFERRED && !d->answered;
    }
    return false;
}

bool act_request(struct app *app, enum request request, const struct table *table, struct row row)
{
    struct browser *b = browser_of(app);
    const struct source *source = collection_at(b->collection, row.source);
    enum act act;
    if (!act_of(request, &act))
        return false;
    if (!source || !source->facts) {
        app_say(app, "This record cannot be read, so nothing can be written there.");
        return true;
    }
    char *id = disagreement_of(source, table, row);
    if (act == ACT_ANSWER && !was_asked(source, id)) {
        app_say(app, "Nothing is asked of you here. The filter state=referred shows what is.");
        free(id);
        return true;
    }
    struct acting *a = xcalloc(1, sizeof *a);
    act_forget(b);
    b->acting = a;
    a->act = act;
    a->source = row.source;
    a->path = xstrdup(source->path);
    a->disagreement = id;
    if (b->supervisor)
        ask(app, a);
    else
        ask_name(app, a);
    return true;
}
