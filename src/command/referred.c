/* alongside referred: what the supervisor is asked, over the caseload, and answering it. */
#include "command/command.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/utf8.h"
#include "caseload/caseload.h"
#include "command/locate.h"
#include "command/options.h"
#include "report/as_json.h"
#include "session/session.h"
#include "session/waiting.h"
#include "session/words.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside referred [--format FORMAT] [RECORD]\n"
    "       alongside referred RECORD DISAGREEMENT --answer TEXT --name NAME\n"
    "\n"
    "Lists what the two people could not settle and ask somebody else about, over all of your\n"
    "assessments, what has waited longest first: who asks what, since when, and how each sees it.\n"
    "With a disagreement (d1, d2, …), an answer and a name it is answered: the two find the words\n"
    "beside both of their views, and go on with it.\n"
    "\n"
    "  --answer TEXT    the answer\n"
    "  --name NAME      who answers\n"
    "  --format FORMAT  text (for people) or json\n"
    "  --caseload DIR   where assessments are kept\n"
    "  --help           print this and end\n";

enum { LANGUAGE = 0 };

/* ---- the list ---- */

/* Sorted by when it was referred, which is read first. */
struct asked {
    char *since;
    json_t *told;
};

struct list {
    struct asked *asked;
    size_t count, room;
};

static json_t *text(const char *words)
{
    if (!words || !*words)
        return json_null();
    if (utf8_valid(words, strlen(words)))
        return json_string(words);
    char *safe = utf8_safe(words, true);
    json_t *json = json_string(safe);
    free(safe);
    return json;
}

static json_t *owned_text(char *words)
{
    json_t *json = text(words);
    free(words);
    return json;
}

static json_t *view(const struct assessment *a, const struct disagreement *d, enum who party)
{
    json_t *o = json_object();
    json_object_set_new(o, "name", text(assessment_name(a, party, LANGUAGE)));
    json_object_set_new(o, "answer",
                        d->question >= 0 ? owned_text(words_answer(a, d->question, party, LANGUAGE))
                                         : json_null());
    json_object_set_new(o, "because", text(d->after[party].because));
    return o;
}

static json_t *told(const struct session *s, const char *path, const struct disagreement *d)
{
    const struct assessment *a = session_assessment(s);
    const struct event *referral = waiting_referral(a, d);
    json_t *o = json_object();
    json_object_set_new(o, "path", text(path));
    json_object_set_new(o, "record", text(record_id(session_record(s))));
    json_object_set_new(o, "ref", text(session_ref(s)));
    json_object_set_new(o, "form", text(session_form(s)->id));
    json_object_set_new(o, "disagreement", text(d->id));
    json_object_set_new(o, "question",
                        d->question >= 0 ? text(assessment_path(a, d->question)) : json_null());
    json_object_set_new(o, "about", owned_text(words_about(a, d, PRACTITIONER, LANGUAGE)));
    json_object_set_new(o, "asking", text(event_text(referral, "asking")));
    json_object_set_new(o, "to", text(event_text(referral, "to")));
    json_object_set_new(o, "by", text(who_names[d->proposal.by]));
    json_object_set_new(o, "since", text(referral->at));
    json_object_set_new(o, "trouble", text(record_damage(session_record(s))));
    for (int party = 0; party < PARTIES; party++)
        json_object_set_new(o, who_names[party], view(a, d, (enum who)party));
    return o;
}

/* False where it cannot be read, which is said. */
static bool look_into(struct list *list, const char *path)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_READ, &cause);
    const struct assessment *a = s ? session_assessment(s) : NULL;
    if (s)
        locate_say_damage("referred", session_record(s));
    for (size_t i = 0; a && i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        if (d->state != STATE_REFERRED || !waiting_referral(a, d))
            continue;
        GROW(list->asked, list->count, list->room);
        list->asked[list->count++] = (struct asked){xstrdup(waiting_referral(a, d)->at), told(s, path, d)};
    }
    if (!s)
        locate_say("referred", cause);
    free(cause);
    session_close(s);
    return s != NULL;
}

static int longest_first(const void *one, const void *other)
{
    const struct asked *a = one, *b = other;
    return strcmp(a->since, b->since);
}

static const char *of(const json_t *o, const char *key)
{
    const char *words = json_string_value(json_object_get(o, key));
    return words ? words : "";
}

static void print_safe(int indent, const char *before, const char *words)
{
    out_line(stdout, "%*s%s%s", indent, "", before, words);
}

static void print_asked(const json_t *o)
{
    const char *called = *of(o, "ref") ? of(o, "ref") : of(o, "record");
    char *line =
        xasprintf("%s %s, since %.10s: %s", called, of(o, "disagreement"), of(o, "since"), of(o, "about"));
    print_safe(0, "", line);
    free(line);
    for (int party = 0; party < PARTIES; party++) {
        const json_t *side = json_object_get(o, who_names[party]);
        const char *because = of(side, "because");
        line = xasprintf("%s: %s%s%s%s", of(side, "name"), *of(side, "answer") ? of(side, "answer") : "-",
                         *because ? " “" : "", because, *because ? "”" : "");
        print_safe(2, "", line);
        free(line);
    }
    if (*of(o, "trouble"))
        print_safe(2, "The record is damaged and can only be read: ", of(o, "trouble"));
    const char *asks = of(json_object_get(o, of(o, "by")), "name");
    line = xasprintf("%s asks %s: “%s”", *asks ? asks : "They", *of(o, "to") ? of(o, "to") : "you",
                     of(o, "asking"));
    print_safe(2, "", line);
    free(line);
}

static void print_list(const struct list *list, bool json)
{
    json_t *all = json_array();
    for (size_t i = 0; i < list->count; i++) {
        json_array_append(all, list->asked[i].told);
        if (json)
            continue;
        if (i)
            putchar('\n');
        print_asked(list->asked[i].told);
    }
    if (json) {
        as_json_print(all, stdout);
    } else if (list->count == 0) {
        locate_say("referred", "Nothing is asked of anybody.");
    } else {
        locate_say("referred", "To answer: alongside referred RECORD DISAGREEMENT --name NAME --answer TEXT");
    }
    json_decref(all);
}

/* All of the caseload, or one record. */
static bool gather(struct list *list, const char *given, const char *record)
{
    if (record) {
        char *path = locate_record("referred", given, record);
        bool read = path && look_into(list, path);
        free(path);
        return read;
    }
    char *cause = NULL, *folder = locate_caseload("referred", given);
    struct caseload caseload = {0};
    bool listed = folder && caseload_list(folder, &caseload, &cause);
    if (cause)
        locate_say("referred", cause);
    for (size_t i = 0; i < caseload.count; i++)
        look_into(list, caseload.entries[i].path); /* one that cannot be read hides no other */
    caseload_release(&caseload);
    free(folder);
    free(cause);
    return listed;
}

static int list(const char *caseload, const char *record, bool json)
{
    struct list list = {0};
    int status = gather(&list, caseload, record) ? 0 : 2;
    if (list.count)
        qsort(list.asked, list.count, sizeof *list.asked, longest_first);
    if (status == 0)
        print_list(&list, json);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        locate_say("referred", "The list cannot be written.");
        status = 2;
    }
    for (size_t i = 0; i < list.count; i++) {
        free(list.asked[i].since);
        json_decref(list.asked[i].told);
    }
    free(list.asked);
    return status;
}

/* ---- answering ---- */

static bool say(struct session *s, const char *id, const char *answer, const char *name, char **cause)
{
    json_t *intent = json_pack("{s:s, s:s, s:s, s:s, s:s}", "by", who_names[SUPERVISOR], "event", "said",
                               "disagreement", id, "text", answer, "name", name);
    if (intent)
        return session_do(s, intent, cause);
    *cause = xstrdup("The answer, or the name, is not UTF-8 text.");
    return false;
}

static int answer(const char *path, const char *id, const char *words, const char *name)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &cause);
    bool done = s && say(s, id, words, name, &cause);
    if (!done) {
        locate_say("referred", cause);
    } else {
        const struct assessment *a = session_assessment(s);
        char *told =
            xasprintf("Saved. %s and %s find it beside both of their views, and go on with it.",
                      assessment_name(a, PRACTITIONER, LANGUAGE), assessment_name(a, SERVICE_USER, LANGUAGE));
        locate_say("referred", session_trouble(s) ? session_trouble(s) : told);
        done = !session_trouble(s);
        free(told);
    }
    free(cause);
    session_close(s);
    return done ? 0 : 2;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_referred(int argc, char **argv)
{
    const char *caseload = NULL, *format = "text", *words = NULL, *name = NULL;
    const struct option_row options[] = {{"format", 'f', NULL, &format},
                                         {"caseload", 0, NULL, &caseload},
                                         {"answer", 0, NULL, &words},
                                         {"name", 0, NULL, &name},
                                         {NULL, 0, NULL, NULL}};
    int status =
        options_read(argc, argv, options,
                     (struct operands){0, 2, NULL, "one record and one disagreement at a time."}, help);
    if (status >= 0)
        return status;
    bool json = strcmp(format, "json") == 0;
    if (!json && strcmp(format, "text") != 0) {
        locate_say("referred", "--format is text or json.");
        return 2;
    }
    int given = argc - optind;
    if (given < 2 && !words && !name)
        return list(caseload, given ? argv[optind] : NULL, json);
    if (given < 2 || !words || !name) {
        locate_say("referred", given < 2 ? "Say which it is an answer to: RECORD DISAGREEMENT."
                               : !words  ? "Say what the answer is: --answer TEXT."
                                         : "Say who answers: --name NAME.");
        return 2;
    }
    char *path = locate_record("referred", caseload, argv[optind]);
    status = path ? answer(path, argv[optind + 1], words, name) : 2;
    free(path);
    return status;
}
