/* Stories: what two people do, what is refused, and what is kept.
 *
 * Each folder of tests/stories/ is one: `script.jsonl`, an intent on each line; `record.jsonl`, the entries
 * that the record then holds (without the first, and without seq, prev, at and hash); and `form.yaml`, or
 * `form`, in which the name of a form stands that comes with the program, or the one that the stories share.
 * In a script,
 *
 *     # refused: WORDS          says that the line before is refused with a sentence that holds WORDS
 *     #? QUESTION ... = ANSWER  asks the assessment as it stands there: see `asks` below
 *
 * and any other line that begins with "#" is for the reader. After each story the record is opened again, and
 * gone through entry by entry: each must follow from those before it.
 *
 * STORIES_REWRITE=1 writes record.jsonl anew; read the difference before you keep it. */
#include "check.h"

#include "assessment/answer.h"
#include "assessment/assessment.h"
#include "assessment/supervision.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "session/promised.h"
#include "session/script.h"
#include "session/session.h"
#include "session/timeline.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_STORIES = 400, MOST_FILE = 1 << 20, MOST_WORDS = 4 };

static char *stories; /* the folder */

/* ---- asking the assessment ---- */

static int question_named(const struct assessment *a, const char *name)
{
    int question = assessment_find(a, name);
    if (question < 0)
        fail_msg("the story asks about “%s”, which is no question", name);
    return question;
}

static enum who who_named(const char *name)
{
    int who = vocab_find(who_names, name);
    if (who < 0)
        fail_msg("the story asks about “%s”, who is nobody", name);
    return (enum who)who;
}

static char *yes_or_no(bool yes)
{
    return xstrdup(yes ? "yes" : "no");
}

static char *json_or_nothing(const json_t *value)
{
    return value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : xstrdup("nothing");
}

static char *ask_answer(const struct assessment *a, char **words)
{
    const struct answer *answer = assessment_answer(a, question_named(a, words[0]), who_named(words[1]));
    return answer->missing ? xstrdup(missing_names[answer->missing]) : json_or_nothing(answer->value);
}

static char *ask_because(const struct assessment *a, char **words)
{
    const struct answer *answer = assessment_answer(a, question_named(a, words[0]), who_named(words[1]));
    return xstrdup(answer->because ? answer->because : "nothing");
}

static char *ask_agreed(const struct assessment *a, char **words)
{
    return json_or_nothing(assessment_agreed(a, question_named(a, words[0])));
}

static char *ask_standing(const struct assessment *a, char **words)
{
    static const char *const names[] = {"open", "alone", "same", "differ"};
    return xstrdup(names[assessment_standing(a, question_named(a, words[0]))]);
}

static char *ask_relevant(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_relevant(a, question_named(a, words[0]), who_named(words[1])));
}

static char *ask_waits(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_waits_for(a, question_named(a, words[0]), who_named(words[1])));
}

static char *ask_required(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_required(a, question_named(a, words[0]), who_named(words[1])));
}

static char *ask_revealed(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_revealed(a, question_named(a, words[0])));
}

static char *ask_calculated(const struct assessment *a, char **words)
{
    return value_string(assessment_calculated(a, question_named(a, words[0]), who_named(words[1])));
}

static char *ask_live(const struct assessment *a, char **words)
{
    (void)words;
    return xasprintf("%zu", assessment_live(a));
}

static const struct disagreement *disagreement_named(const struct assessment *a, const char *id)
{
    const struct disagreement *d = assessment_disagreement_of_id(a, id);
    if (!d)
        fail_msg("the story asks about %s, which is no disagreement", id);
    return d;
}

/* "resolved both_stand narrowed" */
static char *ask_state(const struct assessment *a, char **words)
{
    const struct disagreement *d = disagreement_named(a, words[0]);
    const char *outcome = outcome_names[d->outcome], *change = change_names[d->change];
    return xasprintf("%s%s%s%s%s", state_names[d->state], *outcome ? " " : "", outcome, *change ? " " : "",
                     change);
}

/* "agree 4", by whom, and who has said yes: "agree 4 by alongside, yes practitioner" */
static char *ask_table(const struct assessment *a, char **words)
{
    const struct proposal *p = words[0][0] == 'd' && assessment_disagreement_of_id(a, words[0])
                                   ? &disagreement_named(a, words[0])->proposal
                                   : assessment_together(a, question_named(a, words[0]));
    if (!p->seq)
        return xstrdup("nothing");
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, settle_names[p->as]);
    if (p->value) {
        char *value = json_or_nothing(p->value);
        strbuf_addf(&sb, " %s", value);
        free(value);
    }
    strbuf_addf(&sb, " by %s", who_names[p->by]);
    for (int party = 0; party < PARTIES; party++) {
        if (p->confirmed[party])
            strbuf_addf(&sb, ", yes %s", who_names[party]);
    }
    return strbuf_detach(&sb);
}

static char *ask_heard(const struct assessment *a, char **words)
{
    return xasprintf("%d", disagreement_named(a, words[0])->heard[who_named(words[1])]);
}

/* As far as it may be shown. */
static char *ask_shown(const struct assessment *a, char **words)
{
    return xasprintf("%d", assessment_heard(a, disagreement_named(a, words[0]), who_named(words[1])));
}

static char *ask_turns(const struct assessment *a, char **words)
{
    return xasprintf("%zu", disagreement_named(a, words[0])->turn_count);
}

static char *ask_undo(const struct assessment *a, char **words)
{
    long seq = assessment_undoable(a, who_named(words[0]));
    return xstrdup(seq ? event_table[assessment_event(a, (size_t)seq - 1)->kind].name : "nothing");
}

static char *ask_redo(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_redoable(a, who_named(words[0])) != 0);
}

static char *ask_signed(const struct assessment *a, char **words)
{
    const struct signature *s = assessment_signature(a, who_named(words[0]));
    if (!s->seq)
        return xstrdup("nothing");
    return xasprintf("%s%s", s->refused ? "refused" : s->name, s->changed_since ? ", changed since" : "");
}

static char *ask_come_back(const struct assessment *a, char **words)
{
    return yes_or_no(assessment_come_back(a, question_named(a, words[0])));
}

static char *ask_paused(const struct assessment *a, char **words)
{
    (void)words;
    int question = assessment_paused_at(a);
    return xstrdup(question < 0 ? "nothing" : assessment_path(a, question));
}

static char *ask_name(const struct assessment *a, char **words)
{
    return xstrdup(assessment_name(a, who_named(words[0]), 0));
}

static char *ask_left(const struct assessment *a, char **words)
{
    (void)words;
    return xstrdup(who_names[assessment_left(a)]);
}

/* The numbers of a repeat's entries in their order, those that one of them wants out in brackets: "1 (3) 2"
 */
static char *ask_entries(const struct assessment *a, char **words)
{
    int repeat = question_named(a, words[0]);
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < assessment_entries(a, repeat); i++) {
        const struct entry *entry = assessment_entry(a, repeat, i);
        bool out = entry->out[PRACTITIONER] || entry->out[SERVICE_USER];
        assert_int_equal(assessment_entry_place(a, entry), i + 1);
        strbuf_addf(&sb, out ? "%s(%d)" : "%s%d", i ? " " : "", entry->number);
    }
    return *sb.text ? strbuf_detach(&sb) : xstrdup("nothing");
}

/* How many sittings there were, and whether the last goes on. */
static char *ask_sittings(const struct assessment *a, char **words)
{
    (void)words;
    size_t n = assessment_sittings(a);
    return xasprintf("%zu%s", n, n && !assessment_sitting(a, n - 1)->closed ? ", open" : "");
}

static char *or_no(char *told)
{
    if (*told)
        return told;
    free(told);
    return xstrdup("no");
}

/* All that has a day. */
static char *ask_timeline(const struct assessment *a, char **words)
{
    size_t count;
    struct moment *moments = timeline_make(a, 0, &count);
    struct strbuf sb = STRBUF_INIT;
    (void)words;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&sb, "%s%s %s%s", i ? " / " : "", moments[i].day, moments[i].words,
                    moments[i].later ? " (later)" : "");
    timeline_free(moments, count);
    return strbuf_detach(&sb);
}

/* What stands there about one of those, by its entry's number. */
static char *ask_since(const struct assessment *a, char **words)
{
    size_t count;
    struct moment *moments = timeline_make(a, 0, &count);
    char *told = NULL;
    for (size_t i = 0; i < count; i++) {
        if (moments[i].seq == atol(words[0]))
            told = xstrdup(moments[i].standing);
    }
    timeline_free(moments, count);
    return or_no(told ? told : xstrdup(""));
}

static char *ask_kept(const struct assessment *a, char **words)
{
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    char *told = NULL;
    for (size_t i = 0; i < count; i++) {
        if (promises[i].seq == atol(words[0]))
            told = promised_standing(a, &promises[i], 0);
    }
    free(promises);
    return or_no(told ? told : xstrdup(""));
}

static char *ask_overdue(const struct assessment *a, char **words)
{
    return or_no(promised_overdue(a, who_named(words[0]), 0));
}

static char *ask_attendance(const struct assessment *a, char **words)
{
    (void)words;
    return or_no(timeline_attendance(a, 0));
}

/* Without when the work began, which is today. */
static char *ask_episodes(const struct assessment *a, char **words)
{
    (void)words;
    char *told = timeline_episodes(a), *stop = strstr(told, ". ");
    char *rest = or_no(xstrdup(stop ? stop + 2 : ""));
    free(told);
    return rest;
}

/* "Bea Lang, after Rae Moss" */
static char *ask_lead(const struct assessment *a, char **words)
{
    (void)words;
    size_t count;
    struct lead *leads = supervision_leads(a, &count);
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = count; i-- > 0;)
        strbuf_addf(&sb, "%s%s", i + 1 == count ? "" : ", after ", leads[i].name);
    free(leads);
    return strbuf_detach(&sb);
}

/* "1 of 2", or the words of each: "d1 Pat Green (coaching): Well held; read" */
static char *ask_unread(const struct assessment *a, char **words)
{
    (void)words;
    size_t count;
    free(supervision_comments(a, &count));
    return xasprintf("%zu of %zu", supervision_unacknowledged(a), count);
}

static char *ask_comments(const struct assessment *a, char **words)
{
    (void)words;
    size_t count;
    struct comment *comments = supervision_comments(a, &count);
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&sb, "%s%s%s%s: %s%s", i ? "; " : "",
                    comments[i].disagreement ? comments[i].disagreement->id : "all",
                    comments[i].coaching ? " coaching " : " ", comments[i].name, comments[i].text,
                    comments[i].acknowledged ? " (read)" : "");
    free(comments);
    return or_no(strbuf_detach(&sb));
}

static char *learned_told(struct learned *learned, size_t count)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count; i++)
        strbuf_addf(&sb, "%s%s %s: %s", i ? "; " : "",
                    learned[i].disagreement ? learned[i].disagreement->id : "-", learned[i].name,
                    learned[i].text);
    free(learned);
    return or_no(strbuf_detach(&sb));
}

static char *ask_reflections(const struct assessment *a, char **words)
{
    (void)words;
    size_t count;
    struct learned *learned = supervision_reflections(a, &count);
    return learned_told(learned, count);
}

static char *ask_lessons(const struct assessment *a, char **words)
{
    (void)words;
    size_t count;
    struct learned *learned = supervision_lessons(a, &count);
    return learned_told(learned, count);
}

static char *ask_countersigned(const struct assessment *a, char **words)
{
    (void)words;
    struct countersignature c = supervision_countersignature(a);
    return c.seq ? xasprintf("%s%s", c.name, c.changed_since ? ", changed since" : "") : xstrdup("no");
}

static const struct ask {
    const char *name;
    int words; /* that follow the name */
    char *(*ask)(const struct assessment *a, char **words);
} asks[] = {
    {"answer", 2, ask_answer},
    {"because", 2, ask_because},
    {"agreed", 1, ask_agreed},
    {"standing", 1, ask_standing},
    {"relevant", 2, ask_relevant},
    {"waits", 2, ask_waits},
    {"required", 2, ask_required},
    {"revealed", 1, ask_revealed},
    {"calculated", 2, ask_calculated},
    {"live", 0, ask_live},
    {"state", 1, ask_state},
    {"table", 1, ask_table},
    {"heard", 2, ask_heard},
    {"shown", 2, ask_shown},
    {"turns", 1, ask_turns},
    {"undo", 1, ask_undo},
    {"redo", 1, ask_redo},
    {"signed", 1, ask_signed},
    {"come_back", 1, ask_come_back},
    {"paused", 0, ask_paused},
    {"name", 1, ask_name},
    {"left", 0, ask_left},
    {"sittings", 0, ask_sittings},
    {"entries", 1, ask_entries},
    {"timeline", 0, ask_timeline},
    {"since", 1, ask_since},
    {"kept", 1, ask_kept},
    {"overdue", 1, ask_overdue},
    {"episodes", 0, ask_episodes},
    {"attendance", 0, ask_attendance},
    {"lead", 0, ask_lead},
    {"unread", 0, ask_unread},
    {"comments", 0, ask_comments},
    {"reflections", 0, ask_reflections},
    {"lessons", 0, ask_lessons},
    {"countersigned", 0, ask_countersigned},
};

/* "#? state d1 = open". False where the line is no such question. */
static bool put_question(const struct assessment *a, const char *line, size_t number)
{
    if (strncmp(line, "#? ", 3) != 0)
        return false;
    const char *equals = strstr(line, " = ");
    char *question = equals ? xstrndup(line + 3, (size_t)(equals - line - 3)) : xstrdup("");
    char *words[MOST_WORDS] = {NULL}, *rest = question;
    int count = 0;
    while (count < MOST_WORDS && (words[count] = strsep(&rest, " ")))
        count++;
    const struct ask *ask = NULL;
    for (size_t i = 0; i < sizeof asks / sizeof *asks && !ask; i++)
        ask = strcmp(asks[i].name, words[0]) == 0 && asks[i].words == count - 1 ? &asks[i] : NULL;
    if (!ask)
        fail_msg("line %zu: nothing can be asked like this: %s", number, line);
    char *answer = ask->ask(a, words + 1);
    if (strcmp(answer, equals + 3) != 0)
        fail_msg("line %zu: %s: it is “%s”", number, line + 3, answer);
    free(answer);
    free(question);
    return true;
}

/* ---- telling a story ---- */

static const char refusal[] = "# refused: ";

static void do_line(struct session *s, const char *line, const char *next, size_t number)
{
    char *cause = NULL;
    struct script_count count = {0};
    enum script_end end = script_do(s, line, strlen(line), &count, &cause);
    const char *expected =
        next && strncmp(next, refusal, strlen(refusal)) == 0 ? next + strlen(refusal) : NULL;
    if (expected && end != SCRIPT_REFUSED)
        fail_msg("line %zu should be refused: %s", number, line);
    if (!expected && end != SCRIPT_DONE)
        fail_msg("line %zu is refused: %s", number, cause);
    if (expected && !strstr(cause, expected))
        fail_msg("line %zu is refused, but with: %s", number, cause);
    free(cause);
}

static void play(struct session *s, char *script)
{
    char *rest = script, *line = strsep(&rest, "\n"), *next;
    for (size_t number = 1; line; number++, line = next) {
        next = strsep(&rest, "\n");
        if (!put_question(session_assessment(s), line, number) && !script_is_blank(line))
            do_line(s, line, next, number);
    }
}

/* The entries after the first, as record.jsonl has them. */
static char *entries_of(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 1; i < assessment_events(a); i++) {
        json_t *body = json_copy(assessment_event(a, i)->body);
        static const char *const frame[] = {"seq", "prev", "at", "hash"};
        for (size_t k = 0; k < sizeof frame / sizeof *frame; k++)
            json_object_del(body, frame[k]);
        char *text = json_dumps(body, JSON_COMPACT);
        strbuf_addf(&sb, "%s\n", text);
        free(text);
        json_decref(body);
    }
    return strbuf_detach(&sb);
}

static void compare_entries(const char *path, const char *entries)
{
    char *cause = NULL;
    size_t length;
    if (getenv("STORIES_REWRITE")) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        fputs(entries, out);
        assert_int_equal(fclose(out), 0);
        return;
    }
    char *expected = path_read(path, MOST_FILE, &length, &cause);
    if (!expected)
        fail_msg("%s", cause);
    const char *e = expected, *is = entries;
    for (size_t line = 1; *e || *is; line++) {
        size_t el = strcspn(e, "\n"), il = strcspn(is, "\n");
        if (el != il || memcmp(e, is, el) != 0)
            fail_msg("%s:%zu: expected %.*s\nbut it is %.*s", path, line, (int)el, e, (int)il, is);
        e += el + (e[el] != '\0');
        is += il + (is[il] != '\0');
    }
    free(expected);
}

/* Opened again it is as it was: nothing is owed, and each entry follows from those before it. */
static void check_again(const char *path, const char *entries)
{
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_WRITE, &cause);
    if (!s)
        fail_msg("%s", cause);
    char *again = entries_of(session_assessment(s));
    assert_string_equal(again, entries);
    free(again);
    struct assessment *a = assessment_new(session_form(s));
    for (size_t i = 0; i < assessment_events(session_assessment(s)); i++) {
        const struct event *event = assessment_event(session_assessment(s), i);
        if (!assessment_follows(a, event, &cause))
            fail_msg("entry %ld does not follow: %s", event->seq, cause);
        assessment_fold(a, event);
    }
    assert_null(assessment_owed(a));
    assessment_free(a);
    session_close(s);
}

/* The path of the form that comes with the program and that a story names; NULL where it names none. */
static char *shipped_form(const char *folder)
{
    char *naming = path_join(folder, "form"), *cause = NULL, *path = NULL;
    size_t length;
    char *name = access(naming, F_OK) == 0 ? path_read(naming, MOST_FILE, &length, &cause) : NULL;
    if (name)
        path = xasprintf("%s/../../forms/%.*s.yaml", stories, (int)strcspn(name, "\n"), name);
    free(name);
    free(cause);
    free(naming);
    return path;
}

static struct form *form_of_story(const char *folder)
{
    char *own = path_join(folder, "form.yaml"), *shared = path_join(stories, "form.yaml");
    char *shipped = shipped_form(folder);
    const char *path = shipped ? shipped : access(own, F_OK) == 0 ? own : shared;
    struct diags diags;
    diags_init(&diags, path);
    struct form *form = form_read(path, &diags);
    if (!form) {
        diags_print(&diags, NULL, 0, stderr);
        fail_msg("%s cannot be used", path);
    }
    diags_release(&diags);
    free(own);
    free(shared);
    free(shipped);
    return form;
}

static void tell(void **state)
{
    char *folder = path_join(stories, *state), *cause = NULL;
    char temporary[] = "/tmp/alongside-story-XXXXXX";
    assert_non_null(mkdtemp(temporary));
    char *path = path_join(temporary, "story.jsonl");
    struct session *s =
        session_begin(path, "01STORY0000000000000000000", "K-014", form_of_story(folder), &cause);
    if (!s)
        fail_msg("%s", cause);

    char *script_path = path_join(folder, "script.jsonl"), *record_path_ = path_join(folder, "record.jsonl");
    size_t length;
    char *script = path_read(script_path, MOST_FILE, &length, &cause);
    if (!script)
        fail_msg("%s", cause);
    play(s, script);
    char *entries = entries_of(session_assessment(s));
    session_close(s);
    compare_entries(record_path_, entries);
    check_again(path, entries);

    unlink(path);
    rmdir(temporary);
    free(entries);
    free(script);
    free(script_path);
    free(record_path_);
    free(path);
    free(folder);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

int main(void)
{
    mem_init();
    const char *srcdir = getenv("srcdir");
    stories = path_join(srcdir ? srcdir : ".", "tests/stories");
    static struct CMUnitTest tests[MOST_STORIES];
    size_t count = 0;
    DIR *dir = opendir(stories);
    if (!dir)
        return 99;
    const struct dirent *item;
    while ((item = readdir(dir)) && count < MOST_STORIES) {
        char *folder = path_join(stories, item->d_name), *script = path_join(folder, "script.jsonl");
        if (item->d_name[0] != '.' && access(script, R_OK) == 0) {
            char *name = xstrdup(item->d_name);
            tests[count++] = (struct CMUnitTest){name, tell, NULL, NULL, name};
        }
        free(script);
        free(folder);
    }
    closedir(dir);
    qsort(tests, count, sizeof *tests, by_name);
    int failed = count ? _cmocka_run_group_tests("stories", tests, count, NULL, NULL) : 99;
    for (size_t i = 0; i < count; i++)
        free((char *)tests[i].name);
    free(stories);
    return failed;
}
