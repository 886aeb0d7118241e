#include "review/made.h"

#include "check.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/kit.h"
#include "session/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct form *small_form(void)
{
    struct strbuf text = STRBUF_INIT;
    strbuf_add(&text, "form: small\nversion: '1'\ntitle: Small\nlanguages: [en]\n"
                      "scales:\n  ladder: {min: 1, max: 5, labels: {5: Well, 1: Hard}}\n"
                      "choices:\n  pay:\n    - {name: 'yes', label: 'Yes'}\n    - {name: 'no', label: 'No'}\n"
                      "sections:\n  - section: home\n    title: Home\n    questions:\n"
                      "      - {name: home, type: range, scale: ladder, label: Home}\n"
                      "      - {name: safe, type: range, scale: ladder, label: Safe}\n"
                      "  - section: money\n    title: Money\n    questions:\n"
                      "      - {name: money, type: range, scale: ladder, label: Money}\n"
                      "      - {name: pay, type: select_one, choices: pay, label: Pay}\n"
                      "  - section: many\n    title: Many\n    questions:\n");
    for (int i = 1; i <= 30; i++)
        strbuf_addf(&text, "      - {name: q%d, type: range, scale: ladder, label: Q%d}\n", i, i);
    struct diags diags;
    diags_init(&diags, "small");
    struct form *form = form_load("small", text.text, text.length, &diags);
    diags_release(&diags);
    strbuf_release(&text);
    assert_non_null(form);
    return form;
}

static void do_line(struct session *s, const char *line)
{
    char *cause = NULL;
    struct script_count count = {0};
    if (script_do(s, line, strlen(line), &count, &cause) != SCRIPT_DONE)
        fail_msg("%s: %s", line, cause ? cause : "refused");
}

static void answer(struct session *s, char who, const char *rest)
{
    char name[32], value[32];
    int used = 0;
    assert_int_equal(sscanf(rest, "%31s %31s%n", name, value, &used), 2);
    const char *by = who == 'P' ? "practitioner" : "service_user", *because = rest + used;
    char *line;
    if (strcmp(value, "?") == 0)
        line = xasprintf(
            "{\"by\":\"%s\",\"event\":\"declined\",\"question\":\"%s\",\"missing\":\"not_sure\"}", by, name);
    else
        line = xasprintf("{\"by\":\"%s\",\"event\":\"answered\",\"question\":\"%s\",\"value\":%s%s%s%s%s%s}",
                         by, name, strchr("0123456789", *value) ? "" : "\"", value,
                         strchr("0123456789", *value) ? "" : "\"", *because ? ",\"because\":\"" : "",
                         *because ? because + 1 : "", *because ? "\"" : "");
    do_line(s, line);
    free(line);
}

static void confirm(struct session *s, const char *id)
{
    static const char *const by[PARTIES] = {"practitioner", "service_user"};
    for (int party = 0; party < PARTIES; party++) {
        char *line =
            xasprintf("{\"by\":\"%s\",\"event\":\"confirmed\",\"disagreement\":\"%s\"}", by[party], id);
        do_line(s, line);
        free(line);
    }
}

static void play(struct session *s, const char *line)
{
    char id[16], as[32];
    switch (*line) {
    case '@':
        clock_fix_at(line + 1);
        break;
    case '+':
        clock_fix(clock_now() + strtol(line + 1, NULL, 10));
        break;
    case 'P':
    case 'S':
        answer(s, *line, line + 1);
        break;
    case '=':
        confirm(s, line + 2);
        break;
    case '!':
        assert_int_equal(sscanf(line + 1, "%15s %31s", id, as), 2);
        char *proposed = xasprintf(
            "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"%s\",\"as\":\"%s\"}", id, as);
        do_line(s, proposed);
        free(proposed);
        confirm(s, id);
        break;
    default:
        do_line(s, line);
    }
}

void made_add(struct collection *collection, const char *ref, const char *script)
{
    static int number;
    const char *path = kit_path("made.jsonl");
    char id[RECORD_ID_TEXT], *cause = NULL;
    snprintf(id, sizeof id, "01JDMADE000000000000%06d", number++);
    if (*script == '@')
        clock_fix_at(strndupa(script + 1, strcspn(script, "\n") - 1));
    struct session *s = session_begin(path, id, ref, small_form(), &cause);
    if (!s)
        fail_msg("%s", cause);
    for (const char *at = script; *at;) {
        size_t length = strcspn(at, "\n");
        char *line = xstrndup(at, length);
        play(s, line);
        free(line);
        at += length + (at[length] == '\n');
    }
    session_close(s);
    struct digester *digester = digester_new();
    const struct facts *facts;
    struct digest *digest = digest_read(digester, path, &facts);
    assert_string_equal(digest_text_of(digest, digest->broken), "");
    collection_add(collection, id, digest, facts);
    unlink(path);
    digester_free(digester);
}

long made_rows(const struct collection *collection, const struct table *table, const char *text)
{
    char *cause = NULL;
    struct filter *filter = filter_parse(table, text, &cause);
    long rows = 0;
    if (!filter) {
        print_error("%s: %s: %s\n", table->name, text, cause);
        free(cause);
        return -1;
    }
    for (size_t i = 0; i < collection_count(collection); i++) {
        const struct source *source = collection_at(collection, i);
        for (uint32_t n = 0; n < table->rows(source); n++)
            rows += (!table->has || table->has(source, n)) && filter_takes(filter, source, n);
    }
    filter_free(filter);
    return rows;
}

char *made_line(const struct scope *scope, const char *figure, const char *label)
{
    char *cause = NULL, *words = NULL;
    const struct figure_kind *kind = figure_kind_named(figure, &cause);
    if (!kind)
        fail_msg("%s", cause);
    struct figure_lines lines = {0};
    kind->work(scope, &lines);
    for (size_t i = 0; i < lines.count && !words; i++) {
        if (strcmp(lines.lines[i].label, label) == 0)
            words = figure_line_words(&lines.lines[i]);
    }
    if (!words)
        fail_msg("%s has no line “%s”", figure, label);
    figure_lines_release(&lines);
    return words;
}

size_t made_lines_open(const struct scope *scope)
{
    size_t told = 0;
    for (const struct figure_kind *kind = figure_table; kind->name; kind++) {
        struct figure_lines lines = {0};
        kind->work(scope, &lines);
        for (size_t i = 0; i < lines.count; i++) {
            const struct figure_line *line = &lines.lines[i];
            if (!line->table)
                continue;
            told++;
            long rows = made_rows(scope->collection, line->table, line->filter);
            if (rows != line->count)
                fail_msg("%s: “%s” counts %lld, and %s: %s opens %ld", kind->name, line->label,
                         (long long)line->count, line->table->name, line->filter, rows);
            if (line->shape == SHAPE_SHARE && line->count > line->of)
                fail_msg("%s: “%s” is %lld of %lld", kind->name, line->label, (long long)line->count,
                         (long long)line->of);
            /* Several rows can be one person's. */
            if (line->shape == SHAPE_VALUE && line->figure.n > line->count)
                fail_msg("%s: “%s” is of %lld, and counts %lld", kind->name, line->label,
                         (long long)line->figure.n, (long long)line->count);
        }
        figure_lines_release(&lines);
    }
    for (const struct flag_kind *kind = flag_table; kind->name; kind++) {
        struct flags flags = {0};
        kind->look(scope, &flags);
        for (size_t i = 0; i < flags.count; i++) {
            /* The number in the question is the number of rows: the first there is behind the case's name. */
            const char *question = flags.flags[i].question, *all = strstr(question, "all "),
                       *number = all ? all + 4 : question;
            long rows = made_rows(scope->collection, flags.flags[i].table, flags.flags[i].filter);
            long told_rows = strspn(number, "0123456789") ? strtol(number, NULL, 10) : 1;
            if (rows != told_rows)
                fail_msg("%s: %s: %s opens %ld", kind->name, question, flags.flags[i].filter, rows);
            told++;
        }
        flags_release(&flags);
    }
    return told;
}
