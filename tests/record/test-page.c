/* alongside-record(5) says of each event what the table of events says, in the same words. */
#include "check.h"

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
static char *section(const struct event_info *info)
{
    struct strbuf sb = STRBUF_INIT;
    char *by = who_may(info->by);
    strbuf_addf(&sb, ".It Cm %s\n%s\nBy %s.\n", info->name, info->help, by);
    free(by);
    if (info->fields[0].name)
        strbuf_add(&sb, ".Bl -tag -width \"by_whenXX\" -compact\n");
    for (const struct event_field *f = info->fields; f->name; f++)
        strbuf_addf(&sb, ".It Va %s\n%s%s: %s.\n", f->name, type_words[f->type],
                    f->required ? ", needed" : "", f->help);
    if (info->fields[0].name)
        strbuf_add(&sb, ".El\n");
    return strbuf_detach(&sb);
}

static void test_page(void **state)
{
    (void)state;
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/man/alongside-record.5", srcdir ? srcdir : ".");
    size_t length;
    char *page = kit_read(path, &length);
    for (int i = 0; i < EVENT_UNKNOWN; i++) {
        char *wanted = section(&event_table[i]);
        if (!strstr(page, wanted))
            fail_msg("man/alongside-record.5 has to say, just so:\n%s", wanted);
        free(wanted);
    }
    int listed = 0;
    const char *events = strstr(page, "\n.Sh EVENTS"), *end = events ? strstr(events + 1, "\n.Sh ") : NULL;
    assert_non_null(end);
    for (const char *at = events; (at = strstr(at, "\n.It Cm ")) && at < end; at++)
        listed++;
    assert_int_equal(listed, EVENT_UNKNOWN); /* and of no other event */
    free(page);
    free(path);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_page)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
