/* What is kept can be seen, all of it: in a record with every kind of entry, each with every key it may have,
 * each value stands on F2, and in line mode. The entries are made from the table of events, so a key added
 * there is asked for here. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "line/line.h"
#include "stage.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A value of its own for each key, so that none stands for another; no blanks, so that no line breaks in it.
 */
static json_t *value_for(const struct event_info *info, const struct event_field *field, int number)
{
    char *text = xasprintf("%s_%s_%d", info->name, field->name, number);
    json_t *value = NULL;
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_ANSWER:
        value = json_string(text);
        break;
    case FIELD_INTEGER:
        value = json_integer(700000 + number);
        break;
    case FIELD_BOOLEAN:
        value = json_true();
        break;
    case FIELD_OBJECT:
        value = json_pack("{s:s+, s:{s:s+}}", "one", text, "_one", "two", "within", text, "_two");
        break;
    case FIELD_ARRAY:
        value = json_pack("[s+, s+]", text, "_first", text, "_second");
        break;
    }
    free(text);
    return value;
}

static enum who by_of(const struct event_info *info)
{
    int who = 0;
    while (!(info->by & (1u << who)))
        who++;
    return (enum who)who;
}

/* Another version of the form, as it must be one: its words are looked for like all others. */
static json_t *form_value(const struct stage *s)
{
    const struct form *form = session_form(s->session);
    const char *version = strstr(form->source, "version: ");
    assert_non_null(version);
    size_t before = (size_t)(version - form->source), length = strcspn(version, "\n");
    char *text = xasprintf("%.*sversion: \"9.9\"%s", (int)before, form->source, version + length);
    struct diags diags;
    diags_init(&diags, "newer");
    struct form *newer = form_load("newer", text, strlen(text), &diags);
    assert_non_null(newer);
    json_t *value = json_pack("{s:s, s:s, s:s, s:s}", "id", newer->id, "version", newer->version, "sha256",
                              newer->sha256, "text", text);
    form_free(newer);
    diags_release(&diags);
    free(text);
    return value;
}

static json_t *entry_of(const struct stage *s, int kind, int *number)
{
    const struct event_info *info = &event_table[kind];
    json_t *body = json_pack("{s:s, s:s}", "by", who_names[by_of(info)], "event", info->name);
    for (const struct event_field *f = info->fields; f->name; f++) {
        bool form = kind == EVENT_UPGRADED && strcmp(f->name, "form") == 0;
        json_object_set_new(body, f->name, form ? form_value(s) : value_for(info, f, ++*number));
    }
    return body;
}

/* All screens of the list in front, one after the other, the breaks of lines taken out. */
static char *all_pages(struct stage *s)
{
    struct strbuf sb = STRBUF_INIT;
    char *last = NULL;
    for (int page = 0; page < 2000; page++) {
        char *screen = stage_screen(s);
        strbuf_add(&sb, screen);
        bool end = last && strcmp(screen, last) == 0;
        free(last);
        last = screen;
        if (end)
            break;
        stage_keys(s, "PageDown");
    }
    free(last);
    return strbuf_detach(&sb);
}

static size_t look_for(const json_t *value, const char *shown, const char *where)
{
    size_t found = 0;
    const char *key;
    json_t *member;
    if (json_is_object(value)) {
        json_object_foreach((json_t *)value, key, member) found += look_for(member, shown, where);
        return found;
    }
    for (size_t i = 0; i < json_array_size(value); i++)
        found += look_for(json_array_get(value, i), shown, where);
    if (json_is_array(value))
        return found;
    char *text =
        json_is_string(value) ? xstrdup(json_string_value(value)) : json_dumps(value, JSON_ENCODE_ANY);
    char *rest = text, *word;
    while ((word = strsep(&rest, " \n"))) { /* lines break between words */
        if (!strstr(shown, word))
            fail_msg("%s does not show “%s”", where, word);
    }
    free(text);
    return 1;
}

static size_t look_for_all(const struct session *s, const char *shown, const char *where)
{
    size_t found = 0;
    for (size_t i = 0; i < record_count(session_record(s)); i++) {
        const struct event *event = record_event(session_record(s), i);
        const char *key;
        json_t *value;
        json_object_foreach(event->body, key, value)
        {
            bool first = strcmp(key, "at") == 0 || strcmp(key, "by") == 0 ||
                         strcmp(key, "event") == 0; /* in one line */
            if (!first && strcmp(key, "seq") != 0 && !strstr(shown, key))
                fail_msg("%s does not name “%s”", where, key);
            found += look_for(value, shown, where);
        }
    }
    return found;
}

static struct stage *with_everything(void)
{
    struct stage *s = stage_seated("names.yaml");
    int number = 0;
    for (int kind = 0; kind < EVENT_UNKNOWN; kind++) {
        char *cause = NULL;
        json_t *body = entry_of(s, kind, &number);
        if (kind != EVENT_OPENED && record_append(session_record(s->session), body, &cause) != RECORD_SAVED)
            fail_msg("%s: %s", event_table[kind].name, cause);
        json_decref(body);
    }
    json_t *newer = json_pack("{s:s, s:s, s:s}", "by", "service_user", "event", "of_a_newer_version",
                              "unheard_of", "novel_1");
    record_append(session_record(s->session), newer, NULL);
    json_decref(newer);
    stage_again(s, RECORD_READ);
    return s;
}

static void test_a50_on_the_screen(void **state)
{
    (void)state;
    struct stage *s = with_everything();
    stage_keys(s, "F2 F2");
    assert_true(stage_shows(s, "Everything that is kept"));
    char *shown = all_pages(s);
    assert_true(look_for_all(s->session, shown, "F2") > 200);
    /* Each key is said in plain words too. */
    for (int kind = EVENT_RECOVERED; kind < EVENT_UNKNOWN; kind++) {
        for (const struct event_field *f = event_table[kind].fields; f->name; f++) {
            char *first = xstrndup(f->help, strcspn(f->help, " ,:;"));
            assert_non_null(strstr(shown, first));
            free(first);
        }
    }
    free(shown);
    stage_free(s);
}

static void test_a50_in_line_mode(void **state)
{
    (void)state;
    struct stage *s = with_everything();
    char *written = NULL, typed[] = "kept all\n\nq\n";
    size_t size = 0;
    FILE *in = fmemopen(typed, strlen(typed), "r"), *out = open_memstream(&written, &size);
    line_run(s->session, in, out);
    fclose(in);
    fclose(out);
    assert_true(look_for_all(s->session, written, "kept all") > 200);
    free(written);
    stage_free(s);
}

/* A word, or an entry by its number. */
static void test_finding(void **state)
{
    (void)state;
    struct stage *s = stage_seated("names.yaml");
    for (int i = 0; i < 30; i++)
        stage_do(s, "{\"by\":\"practitioner\",\"event\":\"noted\",\"text\":\"one of many\"}");
    stage_do(s, "{\"by\":\"practitioner\",\"event\":\"statement\",\"of\":7,\"text\":\"the one about it\"}");
    stage_keys(s, "F2 F2");
    assert_false(stage_shows(s, "21. Rae noted"));
    stage_keys(s, "/ 2 1 Enter");
    assert_true(stage_shows(s, "21. Rae noted"));
    stage_keys(s, "/");
    stage_type(s, "about it");
    stage_keys(s, "Enter");
    assert_true(stage_shows(s, "the one about it"));
    /* b says something to the entry at the cursor. */
    stage_keys(s, "/ 9 Enter b");
    assert_true(stage_shows(s, "what do you want to say to entry 9?"));
    stage_type(s, "I was not there");
    stage_keys(s, "Enter");
    const struct event *last =
        record_event(session_record(s->session), record_count(session_record(s->session)) - 1);
    assert_int_equal(last->kind, EVENT_STATEMENT);
    assert_int_equal(event_integer(last, "of"), 9);
    /* F2 once more goes back. */
    stage_keys(s, "F2");
    assert_false(stage_shows(s, "Everything that is kept"));
    stage_free(s);
}

int main(void)
{
    setlocale(LC_ALL, "");
    mem_init();
    unsetenv("NO_COLOR");
    alarm(300);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a50_on_the_screen),
        cmocka_unit_test(test_a50_in_line_mode),
        cmocka_unit_test(test_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
