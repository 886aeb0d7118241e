/* alongside-record(5) says of each event, of each topic of a sitting and of each kind of happening what the
 * tables say, in the same words. */
#include "check.h"

#include "assessment/happened.h"
#include "assessment/topics.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "kit.h"
#include "record/event.h"

#include <stdlib.h>
#include <string.h>

static const char *const type_words[] = {
    [FIELD_TEXT] = "text",     [FIELD_INTEGER] = "whole number", [FIELD_BOOLEAN] = "true or false",
    [FIELD_OBJECT] = "object", [FIELD_ARRAY] = "list",           [FIELD_ANSWER] = "answer",
};

/* "practitioner, service_user or alongside" */
static char *who_may(unsigned by)
{
    const char *names[8];
    size_t n = 0;
    for (int who = 0; who_names[who]; who++) {
        if (by & (1u << who))
            names[n++] = who_names[who];
    }
    names[n] = NULL;
    return vocab_list(names);
}

/* What the page has to say of an event. */
static void add_event(struct strbuf *sb, const struct event_info *info)
{
    char *by = who_may(info->by);
    strbuf_addf(sb, ".It Cm %s\n%s\nBy %s.\n", info->name, info->help, by);
    free(by);
    if (info->fields[0].name)
        strbuf_add(sb, ".Bl -tag -width \"by_whenXX\" -compact\n");
    for (const struct event_field *f = info->fields; f->name; f++)
        strbuf_addf(sb, ".It Va %s\n%s%s: %s.\n", f->name, type_words[f->type], f->required ? ", needed" : "",
                    f->help);
    if (info->fields[0].name)
        strbuf_add(sb, ".El\n");
}

static char *events_list(void)
{
    struct strbuf sb = STRBUF_INIT;
    for (int i = 0; i < EVENT_UNKNOWN; i++)
        add_event(&sb, &event_table[i]);
    return strbuf_detach(&sb);
}

static void add_words(struct strbuf *sb, const struct topic_word *words)
{
    for (const struct topic_word *w = words; w && w->word; w++)
        strbuf_addf(sb, ".Cm %s\n(%s)%s\n", w->word, w->label, w[1].word ? "," : ".");
}

static char *topics_list(void)
{
    static const char *const stages[] = {"Opening", "Closing"};
    static const char *const whose[] = {"each", "either, for both", "the practitioner"};
    static const char *const types[] = {
        "a text", "a number from 1 to 5", "one word", "a list of words", "a list of sections",
        "a day",  "a whole number",       "true"};
    struct strbuf sb = STRBUF_INIT;
    for (const struct topic *t = topic_table; t->name; t++) {
        strbuf_addf(&sb, ".It Cm %s\n%s: %s.\nBy %s; %s%s%s\n", t->name, stages[t->stage], t->help,
                    whose[t->whose], types[t->type], t->hidden ? ", hidden until both are in" : "",
                    t->words ? ":" : ".");
        add_words(&sb, t->words);
    }
    return strbuf_detach(&sb);
}

static char *happenings_list(void)
{
    struct strbuf sb = STRBUF_INIT;
    for (const struct happened_kind *k = happened_table; k->name; k++) {
        strbuf_addf(&sb, ".It Cm %s\n%s.\n%s.\n", k->name, k->label, k->help);
        strbuf_add(&sb, ".Bl -tag -width \"decided_byXX\" -compact\n");
        for (const struct happened_field *f = k->fields; f->name; f++) {
            strbuf_addf(&sb, ".It Va %s\n%s%s\n", f->name, f->label, f->required ? " (needed)" : "");
            add_words(&sb, f->words);
        }
        strbuf_add(&sb, ".El\n");
    }
    return strbuf_detach(&sb);
}

/* mdoc has each sentence on a line of its own. */
static char *sentences(char *text)
{
    for (char *at = text; (at = strpbrk(at, ".?")); at++) {
        if (at[1] == ' ' && at[2] >= 'A' && at[2] <= 'Z')
            at[1] = '\n';
    }
    return text;
}

/* The list between its two marks in the page is just this; GOLDEN_UPDATE=1 writes it anew. */
static void check_list(const char *name, char *(*make)(void))
{
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/man/alongside-record.5", srcdir ? srcdir : ".");
    size_t length;
    char *page = kit_read(path, &length), *wanted = sentences(make());
    char *begin = xasprintf(".\\\" %s: as the program has them\n", name);
    char *from = strstr(page, begin), *to = from ? strstr(from, ".\\\" end\n") : NULL;
    assert_non_null(to);
    from += strlen(begin);
    bool same = strlen(wanted) == (size_t)(to - from) && memcmp(from, wanted, strlen(wanted)) == 0;
    if (!same && getenv("GOLDEN_UPDATE")) {
        char *whole = xasprintf("%.*s%s%s", (int)(from - page), page, wanted, to);
        kit_write(path, whole, strlen(whole));
        free(whole);
    } else if (!same) {
        fail_msg("man/alongside-record.5 has to say of %s, just so:\n%s", name, wanted);
    }
    free(begin);
    free(wanted);
    free(page);
    free(path);
}

static void test_events(void **state)
{
    (void)state;
    check_list("events", events_list);
}

static void test_topics(void **state)
{
    (void)state;
    check_list("topics", topics_list);
}

static void test_happenings(void **state)
{
    (void)state;
    check_list("happenings", happenings_list);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_events),
        cmocka_unit_test(test_topics),
        cmocka_unit_test(test_happenings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
