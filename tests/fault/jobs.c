/* The jobs: what is asked of the program, and what must hold of the files however it ended.
 *
 * What was told as saved is in the record: what the program counted in its last sentence or, where it was
 * killed, each entry before the one that it had begun to write. What was there before is never lost. In the
 * end the job is gone on with, with nothing going wrong, and comes to the same as if nothing had. */
#include "jobs.h"
#include "player.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/draft.h"
#include "report/verdict.h"
#include "session/script.h"
#include "session/session.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char id[] = "01FAULT0000000000000000000",
                  name[] = "work/caseload/01FAULT0000000000000000000.jsonl";

/* A difference, talked over and settled: with the second yes the program adds two entries of its own. */
static const char *const script[] = {
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
    "\"Sam\"}}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":5}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":1,\"because\":\"a "
    "sofa\"}",
    "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"I can be told to go\"}",
    "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\",\"value\":3}",
    "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}",
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring the housing "
    "team\",\"by_when\":\"2031-01-02\"}",
    "{\"by\":\"service_user\",\"event\":\"signed\",\"name\":\"Sam\"}",
};
enum { LINES = sizeof script / sizeof *script, HALF = 6 };

/* What a power cut left at the end of a record. */
static const char torn[] = "{\"seq\":9,\"prev\":\"";

static char *whole_story;                    /* what the record tells after all of the script */
static char *shown[3], *report, *old_report; /* what show, list and verify print; a report as it should be */

/* ---- a record ---- */

/* The bodies of all entries but the first, without the frame, to compare two records. */
static char *story_of(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 1; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        json_t *body = json_copy(event->body);
        if (event->kind != EVENT_RECOVERED) {
            static const char *const framed[] = {"seq", "prev", "at", "of"};
            for (size_t k = 0; k < sizeof framed / sizeof *framed; k++)
                json_object_del(body, framed[k]);
            char *text = json_dumps(body, JSON_COMPACT | JSON_SORT_KEYS);
            strbuf_addf(&sb, "%s\n", text);
            free(text);
        }
        json_decref(body);
    }
    return strbuf_detach(&sb);
}

/* How many of the script's lines stand in the record: entries that the program did not add. */
static size_t lines_done(const struct assessment *a)
{
    size_t count = 0;
    for (size_t i = 1; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        count += event->by != ALONGSIDE && !event_text(event, "through");
    }
    return count;
}

static size_t count_lines(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += bytes[i] == '\n';
    return count;
}

/* What does not hold of the record as it lies there, or NULL. */
static char *verified(const char *path)
{
    char *cause = NULL;
    struct record *record = record_open(path, RECORD_READ, &cause);
    if (!record)
        return cause;
    struct verdict verdict;
    verify_record(record, &verdict);
    char *said = verdict.verified == VERIFIED_HOLDS ? NULL : xstrdup(verdict.finding);
    verdict_release(&verdict);
    record_close(record);
    return said;
}

/* The record that a job began with must still be there, and `saved` entries that were added. */
static char *check_kept(const struct job *job, size_t saved)
{
    char *path = xasprintf("%s/caseload/%s", job->state, path_base(name));
    size_t was_length, length, sound;
    char *was = file_bytes(place(path), &was_length), *is = file_bytes(place(name), &length), *said = NULL;
    free(path);
    for (sound = was_length; sound && was[sound - 1] != '\n';)
        sound--; /* what was torn off may be set aside */
    if (!is || length < sound || memcmp(is, was, sound) != 0)
        said = xstrdup("what was in the record is no longer there");
    else if (count_lines(is, length) < count_lines(was, sound) + saved)
        said = xasprintf("%zu were told as saved, and %zu are there", saved,
                         count_lines(is, length) - count_lines(was, sound));
    free(was);
    free(is);
    return said;
}

/* How many entries the program said that it added. */
static size_t said_added(const char *err)
{
    const char *sentence = strstr(err, "alongside apply: ");
    size_t count = 0;
    return sentence && sscanf(sentence, "alongside apply: %zu entr", &count) == 1 ? count : 0;
}

/* The bytes that were torn off are in the record yet, or beside it, and nowhere twice. */
static char *check_torn(bool gone_on)
{
    size_t length, found = 0, other;
    char *bytes = file_bytes(place(name), &length);
    size_t n = sizeof torn - 1;
    found += length >= n && memcmp(bytes + length - n, torn, n) == 0 && !gone_on;
    free(bytes);
    for (int i = 0; i < 4; i++) {
        char *path = i ? xasprintf("%s.torn.%d", name, i) : xasprintf("%s.torn", name);
        char *aside = file_bytes(place(path), &other);
        found += aside && other == n && memcmp(aside, torn, n) == 0;
        free(aside);
        free(path);
    }
    return found == 0             ? xstrdup("the unfinished line is lost")
           : found > 1 && gone_on ? xstrdup("the unfinished line was set aside twice")
                                  : NULL;
}

/* What was said not to be saved is not there, nor half of it. */
static char *check_not_saved(const char *err)
{
    size_t length;
    if (!strstr(err, "This was not saved: ") || strstr(err, "could not be taken back"))
        return NULL;
    char *bytes = file_bytes(place(name), &length);
    bool whole = bytes && length && bytes[length - 1] == '\n';
    free(bytes);
    return whole ? NULL : xstrdup("what was told as not saved is there by half");
}

/* Go on where the script was broken off; in the end it tells the same story. */
static char *go_on(bool recovered)
{
    char *cause = NULL;
    struct session *s = session_open(place(name), RECORD_READ, &cause);
    if (!s)
        return cause;
    if (record_damage(session_record(s))) {
        session_close(s);
        return xstrdup("the record is damaged");
    }
    struct strbuf rest = STRBUF_INIT;
    for (size_t i = lines_done(session_assessment(s)); i < LINES; i++)
        strbuf_addf(&rest, "%s\n", script[i]);
    session_close(s);
    file_write(place("rest"), rest.text ? rest.text : "", rest.length);
    strbuf_release(&rest);
    static const struct job further = {.name = "further", .arguments = {"apply", "F-1", "@rest"}};
    char *said = job_must(&further, 0);
    if (!said)
        said = verified(place(name));
    if (said)
        return said;
    s = session_open(place(name), RECORD_READ, NULL);
    char *story = story_of(session_assessment(s));
    size_t told_of = 0;
    for (size_t i = 0; i < record_count(session_record(s)); i++) {
        const struct event *event = record_event(session_record(s), i);
        told_of += event->kind == EVENT_RECOVERED && event_integer(event, "bytes") == sizeof torn - 1;
    }
    if (strcmp(story, whole_story) != 0)
        said = xasprintf("gone on with, it tells another story:\n%s", story);
    else if (recovered && told_of != 1)
        said = xasprintf("the record tells %zu times of what was set aside", told_of);
    free(story);
    session_close(s);
    return said;
}

/* ---- each job's own ---- */

static char *check_apply(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    bool recovers = strcmp(job->state, "torn") == 0;
    /* Where memory ran out nothing more is said, and each write that was begun was done. */
    size_t saved = ended->killed        ? (ended->begun ? (size_t)ended->begun - 1 : 0)
                   : wrong->kind == 'm' ? (size_t)ended->begun
                                        : said_added(ended->err);
    char *said = check_kept(job, saved);
    if (!said && !ended->killed)
        said = check_not_saved(ended->err);
    if (!said && recovers)
        said = check_torn(false);
    if (!said && ended->status == 0 && said_added(ended->err) == 0)
        said = xstrdup("it is done, and does not say what");
    if (!said)
        said = go_on(recovers);
    if (!said && recovers)
        said = check_torn(true);
    return said;
}

/* Every record in the folder is a record. */
static char *check_records(size_t *count)
{
    char *said = NULL;
    DIR *dir = opendir(place("work/caseload"));
    const struct dirent *item;
    *count = 0;
    while (dir && !said && (item = readdir(dir))) {
        size_t n = strlen(item->d_name);
        if (n < 6 || strcmp(item->d_name + n - 6, ".jsonl") != 0)
            continue;
        char *path = path_join(place("work/caseload"), item->d_name);
        said = verified(path);
        ++*count;
        free(path);
    }
    if (dir)
        closedir(dir);
    return said;
}

static char *check_new(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    size_t count, after;
    char *said = check_records(&count);
    bool told_so = strstr(ended->out, ".jsonl");
    if (said)
        return said;
    if (told_so && count != 1)
        return xstrdup("it was begun, and is not there");
    if (ended->status == 0 && !told_so)
        return xstrdup("it does not say where");
    if (ended->status > 0 && count && wrong->kind != 'm' && !wrong->done && !strstr(ended->err, "was begun"))
        return xstrdup("it was not begun, and is there");
    said = job_must(job, 0);
    if (!said)
        said = check_records(&after);
    if (!said && after != count + 1)
        said = xasprintf("%zu records after another one was begun", after);
    return said;
}

/* One entry of a kind was to be added; `again` is the status of doing it once more. */
static char *check_added(const struct job *job, const struct ended *ended, enum event_kind kind, int again)
{
    char *said = check_kept(job, ended->status == 0);
    /* It is done, or it was not; or it was, and not all that follows. */
    struct record *record = said ? NULL : record_open(place(name), RECORD_READ, &said);
    bool done = false;
    for (size_t i = 0; record && i < record_count(record); i++)
        done = done || record_event(record, i)->kind == kind;
    if (!said && record_damage(record))
        said = xstrdup(record_damage(record));
    record_close(record);
    if (!said)
        said = job_must(job, done ? again : 0);
    return said ? said : verified(place(name));
}

static char *check_upgrade(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    return check_added(job, ended, EVENT_UPGRADED, 1);
}

/* A supervisor may write as often as they like. */
static char *check_comment(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    return check_added(job, ended, EVENT_COMMENTED, 0);
}

/* Who leads already cannot be handed over to. */
static char *check_handover(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    return check_added(job, ended, EVENT_HANDED_OVER, 2);
}

/* What stands as it is cannot be signed a second time. */
static char *check_countersign(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    (void)wrong;
    return check_added(job, ended, EVENT_COUNTERSIGNED, 2);
}

static bool holds(const char *path, const char *text)
{
    size_t length;
    char *bytes = file_bytes(path, &length);
    bool same = bytes && length == strlen(text) && memcmp(bytes, text, length) == 0;
    free(bytes);
    return same;
}

/* It may be there, though it was told as not made: the program said that it cannot know. */
static bool is_unsure(const struct wrong *wrong, const struct ended *ended)
{
    return wrong->done || wrong->kind == 'm' || strstr(ended->err, "did not confirm");
}

/* Nothing under its final name but all of it. */
static char *check_report(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    const char *path = place("work/out/report.txt");
    bool over = job->prepare, made = holds(path, report), there = access(path, F_OK) == 0;
    bool misread = wrong->kind == 'r' && !wrong->error;
    if (misread &&
        strstr(ended->err, "The record is damaged")) { /* a wrong byte was read: what is sound was written */
        unlink(path);
        return job_must(job, 0);
    }
    if (ended->status == 0 && !made)
        return xstrdup("it was made, and is not there");
    if (there && !made && !(over && holds(path, old_report)))
        return xstrdup("half of it is there, under its name");
    if (!there && over)
        return xstrdup("what was there before is lost");
    if (ended->status > 0 && made && !is_unsure(wrong, ended))
        return xstrdup("it was not made, and is there");
    if (!over)
        unlink(path);
    char *said = job_must(job, 0);
    return said || holds(place("work/out/report.txt"), report) ? said : xstrdup("made again, it is another");
}

/* What is looked over, as a file: all of it, or all but what could not be read, which is told; and the record
 * is as it was, whatever became of the index. Made again, by way of what is left of that, it is all of it. */
static char *check_looked_over(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    const char *path = place("work/out/looked-over");
    size_t length, again_length;
    char *said = check_kept(job, 0), *made = file_bytes(path, &length), *again = NULL;
    /* A report says in which month it was made: by a clock that fails, in another. */
    bool less = wrong->kind == 'c';
    if (ended->status == 1)
        less = strstr(ended->err, name + strlen("work/caseload/")) || strstr(ended->err, "Not in it");
    unlink(path);
    if (!said && ended->status == 0 && !made)
        said = xstrdup("it was made, and is not there");
    if (!said && ended->status > 0 && made && !less && !is_unsure(wrong, ended))
        said = xstrdup("it was not made, and is there");
    if (!said)
        said = job_must(job, 0);
    if (!said)
        again = file_bytes(path, &again_length);
    if (!said && !again)
        said = xstrdup("made again, it is not there");
    if (!said && made && !less && (length != again_length || memcmp(made, again, length) != 0))
        said = xstrdup("half of it is there, under its name");
    free(made);
    free(again);
    return said ? said : verified(place(name));
}

/* Its last line is the record's head. */
static bool is_whole_copy(const char *bytes, size_t length)
{
    static const size_t head = RECORD_HASH_TEXT - 1;
    return length > head && strstr(bytes, "Your receipt") && bytes[length - 1] == '\n' &&
           strspn(bytes + length - 1 - head, "0123456789abcdef") == head;
}

static char *check_copy(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    size_t length;
    bool noted = ended->status == 0 && !strstr(ended->err, "not noted in the record");
    char *said = check_kept(job, noted), *bytes = file_bytes(place("work/out/copy.txt"), &length);
    if (!said && ended->status == 0 && !bytes)
        said = xstrdup("it was made, and is not there");
    if (!said && ended->status > 0 && bytes && !is_unsure(wrong, ended))
        said = xstrdup("it was not made, and is there");
    if (!said && bytes && !is_whole_copy(bytes, length))
        said = xstrdup("half of it is there, under its name");
    if (bytes)
        unlink(place("work/out/copy.txt"));
    free(bytes);
    if (!said)
        said = job_must(job, 0);
    return said ? said : verified(place(name));
}

/* All of it is told, or that it is not. */
static char *check_told(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    int which = strcmp(job->name, "show") == 0 ? 0 : strcmp(job->name, "list") == 0 ? 1 : 2;
    if (ended->status == 0 && wrong->kind != 'c' && strcmp(ended->out, shown[which]) != 0 &&
        !strstr(ended->out, "amaged") && !strstr(ended->out, strerror(wrong->error)))
        return xstrdup("it says that it told all, and did not");
    char *said = check_kept(job, 0);
    return said ? said : job_must(job, 0);
}

static char *check_rescue(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    const char *path = place("work/out/rescued.jsonl");
    size_t length, was_length;
    char *said = check_kept(job, 0), *is = file_bytes(path, &length),
         *was = file_bytes(place(name), &was_length);
    (void)wrong;
    bool same = is && length == was_length && memcmp(is, was, length) == 0;
    if (!said && ended->status == 0 && !same)
        said = xstrdup("it was rescued, and is not there");
    if (!said && is && !same)
        said = xstrdup("half of it is there, under its name");
    free(is);
    free(was);
    if (!said) {
        unlink(place("work/out/rescued.jsonl"));
        said = job_must(job, 0);
    }
    return said;
}

static char *check_draft(const struct job *job, const struct wrong *wrong, const struct ended *ended)
{
    char *said = check_kept(job, 0);
    struct record *record = said ? NULL : record_open(place(name), RECORD_READ, &said);
    if (!record)
        return said;
    char *where = NULL, *text = draft_load(record, &where);
    record_close(record);
    size_t told_of = count_lines(ended->out, strlen(ended->out)), found = 0, least = told_of;
    for (size_t i = 0; text && i < PLAYER_TYPED; i++)
        found = strcmp(text, player_typed[i]) == 0 ? i + 1 : found;
    /* Without power, what was typed within a word may be gone; the word before it is not. No failure of
     * keeping it is told, so where calls fail it may be older, but never half. */
    while (wrong->power && least && player_typed[least - 1][strlen(player_typed[least - 1]) - 1] != ' ' &&
           player_typed[least - 1][strlen(player_typed[least - 1]) - 1] != '.')
        least--;
    if (text && !found)
        said = xasprintf("what was typed comes back as “%s”", text);
    else if (!wrong->nth && found < least)
        said = xasprintf("what was typed comes back as “%s”, and “%s” was kept", text ? text : "nothing",
                         player_typed[least - 1]);
    free(where);
    free(text);
    return said ? said : job_must(job, 0);
}

static void prepare_report(void)
{
    file_write(place("work/out/report.txt"), old_report, strlen(old_report));
}

/* The other of the two signs as well. */
static void prepare_countersign(void)
{
    static const char signs[] = "{\"by\":\"practitioner\",\"event\":\"signed\",\"name\":\"Rae\"}\n";
    static const struct job sign = {.name = "sign", .arguments = {"apply", "F-1", "@sign"}};
    file_write(place("sign"), signs, sizeof signs - 1);
    char *said = job_must(&sign, 0);
    if (said) {
        fputs(said, stderr);
        abort();
    }
}

const struct job jobs[] = {
    {"new", NULL, {"new", "--ref", "F-2", "--no-open", "@form.yaml"}, NULL, check_new, false},
    {"apply", "begun", {"apply", "F-1", "@script"}, NULL, check_apply, false},
    {"recover", "torn", {"apply", "F-1", "@later"}, NULL, check_apply, false},
    {"upgrade", "done", {"upgrade", "--yes", "F-1", "@form-2.yaml"}, NULL, check_upgrade, false},
    {"comment", "done", {"comment", "--name", "Pat Green", "F-1", "Well held"}, NULL, check_comment, false},
    {"handover",
     "done",
     {"handover", "--name", "Pat Green", "--to", "Bea", "F-1"},
     NULL,
     check_handover,
     false},
    {"countersign",
     "done",
     {"countersign", "--name", "Pat Green", "F-1"},
     prepare_countersign,
     check_countersign,
     false},
    {"review",
     "done",
     {"review", "--table", "compared", "--format", "csv", "--output", "@work/out/looked-over"},
     NULL,
     check_looked_over,
     false},
    {"report",
     "done",
     {"report", "--format", "html", "--output", "@work/out/looked-over"},
     NULL,
     check_looked_over,
     false},
    {"export",
     "done",
     {"export", "--format", "text", "-o", "@work/out/report.txt", "F-1"},
     NULL,
     check_report,
     false},
    {"export-over",
     "done",
     {"export", "--format", "text", "--force", "-o", "@work/out/report.txt", "F-1"},
     prepare_report,
     check_report,
     false},
    {"copy", "done", {"copy", "-o", "@work/out/copy.txt", "F-1"}, NULL, check_copy, true},
    {"show", "done", {"show", "F-1"}, NULL, check_told, false},
    {"list", "done", {"list"}, NULL, check_told, false},
    {"verify", "done", {"verify", "F-1"}, NULL, check_told, false},
    {"rescue",
     "done",
     {"!rescue", "@work/caseload/01FAULT0000000000000000000.jsonl", "@work/out/rescued.jsonl"},
     NULL,
     check_rescue,
     false},
    {"draft",
     "done",
     {"!draft", "@work/caseload/01FAULT0000000000000000000.jsonl"},
     NULL,
     check_draft,
     false},
    {NULL, NULL, {NULL}, NULL, NULL, false},
};

/* ---- what they start from ---- */

static void write_script(const char *file, size_t from)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = from; i < LINES; i++)
        strbuf_addf(&sb, "%s\n", script[i]);
    file_write(place(file), sb.text, sb.length);
    strbuf_release(&sb);
}

static char *output_of(const char *job)
{
    struct ended ended = job_run(play_job(job), &(struct wrong){0});
    char *out = ended.status == 0 ? xstrdup(ended.out) : NULL;
    ended_release(&ended);
    return out;
}

const char *jobs_begin(void)
{
    const char *sources = getenv("srcdir");
    char *path = xasprintf("%s/tests/stories/form.yaml", sources ? sources : ".");
    size_t length;
    char *text = file_bytes(path, &length), *version = text ? strstr(text, "version: \"1.0\"") : NULL;
    free(path);
    if (!version)
        return "the stories' form is not there";
    file_write(place("form.yaml"), text, length);
    memcpy(version, "version: \"2.0\"", 14);
    file_write(place("form-2.yaml"), text, length);
    free(text);
    write_script("script", 0);
    write_script("later", HALF);

    struct diags diags;
    diags_init(&diags, "form.yaml");
    struct form *form = form_read(place("form.yaml"), &diags);
    diags_release(&diags);
    mkdir(place("work"), 0700);
    mkdir(place("work/caseload"), 0700);
    mkdir(place("work/out"), 0700);
    struct session *s = form ? session_begin(place(name), id, "F-1", form, NULL) : NULL;
    if (!s)
        return "no record can be begun";
    folder_copy(place("work"), place("begun"));
    for (size_t i = 0; i < LINES; i++) {
        struct script_count count = {0};
        if (i == HALF) {
            folder_copy(place("work"), place("torn"));
            char *record = xasprintf("torn/caseload/%s", path_base(name));
            FILE *file = fopen(place(record), "ab");
            fputs(torn, file);
            fclose(file);
            free(record);
        }
        if (script_do(s, script[i], strlen(script[i]), &count, NULL) != SCRIPT_DONE)
            return "the script cannot be played";
    }
    whole_story = story_of(session_assessment(s));
    session_close(s);
    folder_copy(place("work"), place("done"));
    shown[0] = output_of("show");
    shown[1] = output_of("list");
    shown[2] = output_of("verify");
    char *none = job_must(play_job("export"), 0);
    report = file_bytes(place("work/out/report.txt"), &length);
    old_report = xstrdup("What was there before.\n");
    return none || !shown[0] || !shown[1] || !shown[2] || !report ? "the program does not do what it should"
                                                                  : NULL;
}
