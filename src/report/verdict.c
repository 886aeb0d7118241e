/* A record held against its rules: the same two functions that made it, assessment_follows() and
 * assessment_fold(), over each line again. The chain itself is checked when a record is opened. */
#include "report/verdict.h"

#include "assessment/assessment.h"
#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "form/form.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void verdict_release(struct verdict *verdict)
{
    free(verdict->finding);
    free(verdict->clock);
    free(verdict->unknown);
    free(verdict->owed);
    memset(verdict, 0, sizeof *verdict);
}

/* Takes the sentence over. */
static void find(struct verdict *verdict, enum verified verified, size_t line, char *sentence)
{
    verdict->verified = verified;
    verdict->line = line;
    verdict->finding = xasprintf("line %zu: %s", line, sentence);
    free(sentence);
}

/* ---- the form in the first line ---- */

static bool same_text(const json_t *object, const char *key, const char *text)
{
    const char *said = json_string_value(json_object_get(object, key));
    return said && strcmp(said, text) == 0;
}

static struct form *load(const char *text, size_t length, size_t line, struct verdict *verdict)
{
    struct diags diags;
    diags_init(&diags, "the form");
    struct form *form = form_load("the form", text, length, &diags);
    for (size_t i = 0; !form && i < diags.count && !verdict->finding; i++) {
        if (diags.items[i].level == DIAG_ERROR)
            find(verdict, VERIFIED_UNKNOWN, line,
                 xasprintf("the form in it cannot be used by this version (its line %zu: %s), so no rule can "
                           "be checked%s.",
                           diags.items[i].line, diags.items[i].message, line > 1 ? " from here on" : ""));
    }
    diags_release(&diags);
    return form;
}

/* The form; NULL and a finding where it is not what the line says it is. */
static struct form *form_of(const struct record *record, struct verdict *verdict)
{
    const json_t *said = event_value(record_event(record, 0), "form");
    const json_t *text = json_object_get(said, "text");
    if (!json_is_string(text)) {
        find(verdict, VERIFIED_BROKEN, 1, xstrdup("there is no form in it."));
        return NULL;
    }
    unsigned char raw[crypto_hash_sha256_BYTES];
    char hash[2 * sizeof raw + 1];
    crypto_hash_sha256(raw, (const unsigned char *)json_string_value(text), json_string_length(text));
    sodium_bin2hex(hash, sizeof hash, raw, sizeof raw);
    if (!same_text(said, "sha256", hash)) {
        find(verdict, VERIFIED_BROKEN, 1, xstrdup("the form in it is not the one whose hash it gives."));
        return NULL;
    }
    struct form *form = load(json_string_value(text), json_string_length(text), 1, verdict);
    if (form && !(same_text(said, "id", form->id) && same_text(said, "version", form->version))) {
        find(verdict, VERIFIED_BROKEN, 1,
             xasprintf("it says another name or version than the form in it, which is %s %s.", form->id,
                       form->version));
        form_free(form);
        return NULL;
    }
    return form;
}

/* ---- the events ---- */

static void look_at_clock(const struct record *record, size_t i, struct verdict *verdict)
{
    if (i == 0 || verdict->clock)
        return;
    const char *before = record_event(record, i - 1)->at, *now = record_event(record, i)->at;
    if (strcmp(now, before) < 0)
        verdict->clock =
            xasprintf("line %zu: the clock went back here, from %s to %s. What came first is told "
                      "by the lines, not the clock.",
                      i + 1, before, now);
}

/* Events that this version does not know: how many, and each name once. */
static void look_for_unknown(const struct record *record, struct verdict *verdict)
{
    json_t *names = json_object();
    struct strbuf list = STRBUF_INIT;
    size_t count = 0;
    for (size_t i = 0; i < record_count(record); i++) {
        const struct event *event = record_event(record, i);
        if (event->kind != EVENT_UNKNOWN)
            continue;
        count++;
        const char *name = event_text(event, "event");
        if (!json_object_get(names, name))
            strbuf_addf(&list, "%s%s", list.length ? ", " : "", name);
        json_object_set_new(names, name, json_true());
    }
    if (count)
        verdict->unknown = xasprintf(
            "%zu %s of a kind that this version does not know (%s): kept, and held against no rule.", count,
            count == 1 ? "entry is" : "entries are", list.text);
    strbuf_release(&list);
    json_decref(names);
}

static void look_for_owed(const struct assessment *a, struct verdict *verdict)
{
    json_t *owed = assessment_owed(a);
    if (owed)
        verdict->owed =
            xasprintf("by the rules “%s” comes next and is not written yet: that happens when it is "
                      "opened for writing.",
                      json_string_value(json_object_get(owed, "event")));
    json_decref(owed);
}

/* A form to go on with that this version cannot read is nothing wrong with the record. */
static void look_at_form(const struct event *event, size_t line, struct verdict *verdict)
{
    const json_t *text =
        event->kind == EVENT_UPGRADED ? json_object_get(event_value(event, "form"), "text") : NULL;
    if (json_is_string(text))
        form_free(load(json_string_value(text), json_string_length(text), line, verdict));
}

static void replay(const struct record *record, const struct form *form, struct verdict *verdict)
{
    struct assessment *a = assessment_new(form);
    size_t count = record_count(record);
    for (size_t i = 0; i < count && !verdict->finding; i++) {
        const struct event *event = record_event(record, i);
        char *why = NULL;
        look_at_clock(record, i, verdict);
        look_at_form(event, i + 1, verdict);
        if (verdict->finding)
            break;
        if (assessment_follows(a, event, &why))
            assessment_fold(a, event);
        else
            find(verdict, VERIFIED_BROKEN, i + 1,
                 xasprintf("“%s” cannot be here: %s", event_table[event->kind].name, why));
        free(why);
    }
    if (!verdict->finding)
        look_for_owed(a, verdict);
    assessment_free(a);
}

void verify_record(const struct record *record, struct verdict *verdict)
{
    memset(verdict, 0, sizeof *verdict);
    look_for_unknown(record, verdict);
    struct form *form = form_of(record, verdict);
    if (form)
        replay(record, form, verdict);
    form_free(form);
    if (verdict->verified == VERIFIED_BROKEN)
        return;
    /* What is wrong with the chain is wrong after all sound lines, and is more than what cannot be told. */
    size_t next = record_count(record) + 1;
    if (record_damage(record)) {
        free(verdict->finding);
        free(verdict->owed); /* nothing is ever added to it */
        verdict->owed = NULL;
        verdict->verified = VERIFIED_BROKEN;
        verdict->line = next;
        verdict->finding = xasprintf("%s. The %zu %s before it %s as written.", record_damage(record),
                                     next - 1, next == 2 ? "line" : "lines", next == 2 ? "is" : "are");
    } else if (record_torn(record)) {
        free(verdict->finding);
        find(
            verdict, VERIFIED_BROKEN, next,
            xasprintf("it was not finished (%zu bytes), as after a power cut. Opening the record for writing "
                      "sets those bytes aside and says so in it.",
                      record_torn(record)));
    }
}
