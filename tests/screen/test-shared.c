/* A49, A50: nothing is there for one of the two alone. Held over the tables, so that a new event or key of
 * forms that would keep something from one of them is found: who may do an event, which text of a form is
 * whose, which key names a person. And over every record of the stories: what is kept about a question is
 * shown to whoever has the keyboard, word for word. */
#include "check.h"

#include "assessment/beside.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "form/load.h"
#include "record/event.h"
#include "screen/stage.h"

#include <dirent.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BIT(who) (1u << (who))
#define BOTH (BIT(PRACTITIONER) | BIT(SERVICE_USER))

/* ---- events ---- */

/* What is asked of the practitioner alone: the work that they answer for. Each is a duty, none takes anything
 * from the other, who sees it and has the last word beside it: a `statement`, a `lesson`. */
static const char *const duties[] = {
    "acknowledged", /* to read what the supervisor wrote to them */
    "reflected",    /* to think about their own work */
    "handed_over",  /* to say who leads it */
    NULL,
};

/* Whatever the one may do the other may, but for those duties; and there is no right of the other's alone. */
static void test_a49_events(void **state)
{
    (void)state;
    int duties_seen = 0;
    for (const struct event_info *info = event_table; info->name; info++) {
        bool alone = (info->by & BOTH) != 0 && (info->by & BOTH) != BOTH, duty = false;
        for (const char *const *name = duties; *name; name++)
            duty |= strcmp(*name, info->name) == 0;
        duties_seen += duty;
        if (alone && !(duty && (info->by & BOTH) == BIT(PRACTITIONER)))
            fail_msg("“%s” is for one of the two alone", info->name);
        if ((strcmp(info->name, "statement") == 0 || strcmp(info->name, "lesson") == 0) &&
            !(info->by & BIT(SERVICE_USER)))
            fail_msg("“%s” is what the other has beside it", info->name);
    }
    assert_int_equal(duties_seen, 3);
}

/* ---- forms ---- */

/* A text that is given for one person alone is read by the other as well. */
static void test_a49_texts(void **state)
{
    (void)state;
    struct wording w = {0};
    for (int party = 0; party < PARTIES; party++) {
        w.by[0][party] = "Only here";
        w.by[0][!party] = NULL;
        assert_string_equal(wording(&w, (enum who) !party, 0), "Only here");
    }
}

/* Keys that name a person: each has to be looked at here before it is let in. `asked_of` says who answers;
 * what is asked and what was said both see (below). The names of the people stand on their own. */
static void test_a49_keys(void **state)
{
    (void)state;
    int looked_at = 0;
    for (int i = 0; all_keys[i]; i++) {
        for (const struct key *key = all_keys[i]->keys; key->name; key++) {
            bool names_one = strcmp(key->name, who_names[PRACTITIONER]) == 0 ||
                             strcmp(key->name, who_names[SERVICE_USER]) == 0;
            for (const char *const *word = key->words; word && *word; word++)
                names_one |= strcmp(*word, who_names[PRACTITIONER]) == 0;
            looked_at += names_one;
            if (names_one && strcmp(key->name, "asked_of") != 0 && all_keys[i] != &parties_keys)
                fail_msg("“%s” of %s names one person: show here that it hides nothing from the other",
                         key->name, all_keys[i]->place);
        }
    }
    assert_true(looked_at >= 3);
}

/* What is asked of one stands before both, with what that one said and why, whoever has the keyboard. */
static void test_a49_asked_of_one(void **state)
{
    (void)state;
    static const char *const asked[] = {"mine", "theirs"};
    struct stage *s = stage_seated("shared.yaml");
    stage_do(s, "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"mine\",\"value\":3,"
                "\"because\":\"My own words\"}");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"theirs\",\"value\":1,"
                "\"because\":\"My own words\"}");
    for (int q = 0; q < 2; q++) {
        for (int party = 0; party < PARTIES; party++) {
            stage_go(s, asked[q]);
            app_give_keyboard(s->app, (enum who)party);
            assert_true(stage_shows(s, q ? "1 (*)" : "3 (*)"));
            assert_true(stage_shows(s, "My own words"));
            assert_true(stage_shows(s, q ? "What does Rae decide?" : "How much does it matter?"));
        }
    }
    stage_free(s);
}

/* ---- records ---- */

static void without_blanks(char *text)
{
    char *to = text;
    for (; *text; text++) {
        if (*text != ' ' && *text != '\n')
            *to++ = *text;
    }
    *to = '\0';
}

/* All that is kept about the question in front, as it is shown to this person; the caller frees it. */
static char *kept_for(struct stage *s, int item, enum who reader)
{
    app_go(s->app, item);
    app_give_keyboard(s->app, reader);
    stage_keys(s, "F2");
    char *screen = stage_screen(s);
    stage_keys(s, "q"); /* Esc waits for what may follow it */
    without_blanks(screen);
    return screen;
}

/* From the first line that tells of the record on: what stands above it is each one's own wording. */
static const char *record_part(const char *kept)
{
    const char *at = strstr(kept, "Allthatiskept");
    return at ? at : "";
}

/* A story told again. What the program says by itself it says again; what is refused is left out. */
static struct stage *tell(const char *story)
{
    const char *source = getenv("srcdir");
    char *form = xasprintf("stories/%s/form.yaml", story);
    char *own = xasprintf("%s/tests/%s", source ? source : ".", form);
    char *path = xasprintf("%s/tests/stories/%s/record.jsonl", source ? source : ".", story);
    size_t length;
    char *text = path_read(path, 1 << 22, &length, NULL), *rest = text, *line, *cause = NULL;
    struct stage *s = text ? stage_seated(access(own, R_OK) == 0 ? form : "stories/form.yaml") : NULL;
    while (s && (line = strsep(&rest, "\n"))) {
        json_t *intent = json_loads(line, 0, NULL);
        const char *by = json_string_value(json_object_get(intent, "by"));
        if (!by || strcmp(by, who_names[ALONGSIDE]) == 0 || strcmp(by, who_names[TOGETHER]) == 0 ||
            json_object_get(intent, "through"))
            json_decref(intent);
        else if (!session_do(s->session, intent, &cause))
            free(cause);
    }
    free(text);
    free(path);
    free(own);
    free(form);
    return s;
}

static bool is_about(const struct assessment *a, const struct event *event, int item)
{
    const char *about = event_text(event, "question");
    return about && strcmp(about, assessment_path(a, item)) == 0;
}

static bool is_spoken_of(const struct assessment *a, int item)
{
    for (size_t i = 0; i < assessment_events(a); i++) {
        if (is_about(a, assessment_event(a, i), item))
            return true;
    }
    return false;
}

/* How many of its values do not stand there, each key by itself; what ties its line to others is on another
 * list. */
static int missing_of(const json_t *body, const char *shown, const char *story)
{
    int missing = 0;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)body, key, value)
    {
        if (strcmp(key, "prev") == 0)
            continue;
        if (json_is_object(value)) {
            missing += missing_of(value, shown, story);
            continue;
        }
        for (size_t i = 0; i < (json_is_array(value) ? json_array_size(value) : 1); i++) {
            const json_t *one = json_is_array(value) ? json_array_get(value, i) : value;
            char *raw =
                json_is_string(one) ? xstrdup(json_string_value(one)) : json_dumps(one, JSON_ENCODE_ANY);
            without_blanks(raw);
            if (strlen(raw) < 1000 && !strstr(shown, raw)) {
                print_error("# %s: not shown: %s: %s\n", story, key, raw);
                missing++;
            }
            free(raw);
        }
    }
    return missing;
}

static int look_at(const char *story, int *lines)
{
    struct stage *s = tell(story);
    if (!s)
        return 0;
    stage_resize(s, 200, 160);
    const struct assessment *a = session_assessment(s->session);
    int wrong = 0;
    for (int place = 0; place < assessment_count(a) && place < 8; place++) {
        int item = assessment_at(a, place);
        if (!is_spoken_of(a, item) || !assessment_revealed(a, item))
            continue;
        char *first = kept_for(s, item, PRACTITIONER), *other = kept_for(s, item, SERVICE_USER);
        if (strcmp(record_part(first), record_part(other)) != 0) {
            print_error("# %s, %s: not the same to both\n", story, assessment_path(a, item));
            wrong++;
        }
        for (size_t i = 0; i < assessment_events(a); i++) {
            const struct event *event = assessment_event(a, i);
            if (!is_about(a, event, item) || event_waits(a, event))
                continue;
            wrong += missing_of(event->body, first, story);
            ++*lines;
        }
        free(first);
        free(other);
    }
    stage_free(s);
    return wrong;
}

static void test_a50_records(void **state)
{
    (void)state;
    const char *source = getenv("srcdir");
    char *folder = path_join(source ? source : ".", "tests/stories");
    struct dirent **names;
    int count = scandir(folder, &names, NULL, alphasort), wrong = 0, lines = 0;
    assert_true(count > 50);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] != '.' && !strchr(names[i]->d_name, '.'))
            wrong += look_at(names[i]->d_name, &lines);
        free(names[i]);
    }
    free(names);
    free(folder);
    assert_int_equal(wrong, 0);
    assert_true(lines > 200);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a49_events),  cmocka_unit_test(test_a49_texts),
        cmocka_unit_test(test_a49_keys),    cmocka_unit_test(test_a49_asked_of_one),
        cmocka_unit_test(test_a50_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
