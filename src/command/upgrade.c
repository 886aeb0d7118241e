/* alongside upgrade: go on with another version of the form.
 *
 * What cannot be kept is said first, all of it and in words, and nothing is done without a yes. */
#include "command/command.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "command/locate.h"
#include "command/options.h"
#include "session/session.h"
#include "session/words.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static const char usage[] =
    "Usage: alongside upgrade [--by WHO] [--yes] RECORD FORM\n"
    "\n"
    "Goes on with another version of an assessment's form. Answers are carried over by the\n"
    "question's name. What cannot be kept is listed first; nothing is done without a yes.\n"
    "\n"
    "RECORD is a file, a reference or an id; FORM is a YAML file, or the name of a form that\n"
    "comes with the program.\n"
    "\n"
    "  --by WHO        who does it: practitioner (where nothing is said) or service_user\n"
    "  --yes           do it without asking\n"
    "  --caseload DIR  where records are looked for by reference\n"
    "  --help          print this and end\n"
    "\n"
    "The exit status is 0 where it was done, 1 where not, 2 where that cannot be told.\n";

static void print(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void print(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    char *line = xvasprintf(format, ap);
    va_end(ap);
    out_line(stdout, "%s", line);
    free(line);
}

/* ---- what becomes of what is there ---- */

static void print_answer(const struct assessment *a, const struct loss *loss)
{
    char *words = words_answer(a, loss->item, loss->who, 0);
    print("  %s: %s, “%s” (%s)", assessment_path(a, loss->item), assessment_name(a, loss->who, 0), words,
          loss->question ? "not asked any more" : "not an answer any more");
    free(words);
}

static void print_disagreement(const struct assessment *a, const struct loss *loss)
{
    const struct disagreement *d = loss->disagreement;
    char *outcome = words_outcome(a, d, 0), *about = words_about(a, d, PRACTITIONER, 0);
    print("  %s, about “%s”: %s", d->id, about, outcome);
    free(outcome);
    free(about);
}

static size_t print_losses(const struct assessment *a, const struct loss *losses, size_t count,
                           bool disagreements, const char *heading)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if ((losses[i].disagreement != NULL) != disagreements)
            continue;
        if (found++ == 0)
            print("%s", heading);
        if (disagreements)
            print_disagreement(a, &losses[i]);
        else
            print_answer(a, &losses[i]);
    }
    return found;
}

/* Answers that stay although that version would not take them if they were given now. */
static void print_doubts(const struct assessment *a, const struct form *form)
{
    struct assessment *next = assessment_upgraded(a, form);
    size_t found = 0;
    for (int place = 0; place < assessment_count(next); place++) {
        int item = assessment_at(next, place);
        for (int who = PRACTITIONER; who <= TOGETHER; who++) {
            const struct answer *answer = assessment_answer(next, item, (enum who)who);
            char *cause = NULL;
            if (!answer->value || assessment_takes(next, item, (enum who)who, answer->value, &cause))
                continue;
            if (found++ == 0)
                print("These are kept, and that version would not take them as they are. Look at them "
                      "together:");
            char *words = words_answer(next, item, (enum who)who, 0);
            print("  %s: %s, “%s” (%s)", assessment_path(next, item), assessment_name(next, (enum who)who, 0),
                  words, cause);
            free(words);
            free(cause);
        }
    }
    assessment_free(next);
}

static size_t answers_in(const struct assessment *a)
{
    size_t count = 0;
    for (int place = 0; place < assessment_count(a); place++) {
        for (int who = PRACTITIONER; who <= TOGETHER; who++)
            count += answer_given(assessment_answer(a, assessment_at(a, place), (enum who)who));
    }
    return count;
}

/* The questions that the form asks and the one before it does not know. */
static void print_new(const struct form *before, const struct form *form)
{
    struct strbuf names = STRBUF_INIT;
    for (int i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        if (question_is_answered(q) && form_find(before, q->name) < 0)
            strbuf_addf(&names, "%s%s", names.length ? ", " : "", q->name);
    }
    if (names.length)
        print("New questions: %s.", names.text);
    strbuf_release(&names);
}

static void print_all(const struct session *s, const struct form *form)
{
    const struct assessment *a = session_assessment(s);
    const struct form *now = session_form(s);
    size_t count, answers = answers_in(a);
    struct loss *losses = assessment_losses(a, form, &count);
    print("%s: from version %s to version %s%s.", form->id, now->version, form->version,
          strverscmp(form->version, now->version) < 0 ? ", which is older by its number" : "");
    size_t gone = print_losses(a, losses, count, false,
                               "These answers go. They stay in the record, and count no longer:");
    print_losses(a, losses, count, true, "These settled differences lose their question:");
    print("%s %zu of %zu answers.", gone ? "Kept:" : "All are kept:", answers - gone, answers);
    print_doubts(a, form);
    print_new(now, form);
    free(losses);
}

/* ---- asking and doing ---- */

static bool says_yes(void)
{
    fputs("Go on with that version? Type yes, or Enter to leave all as it is: ", stdout);
    fflush(stdout);
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, stdin);
    if (length <= 0)
        putchar('\n');
    static const char blanks[] = " \t\r\n";
    const char *word = length > 0 ? line + strspn(line, blanks) : "";
    size_t letters = strcspn(word, blanks);
    bool alone = word[letters + strspn(word + letters, blanks)] == '\0';
    bool yes = alone && ((letters == 3 && strncasecmp(word, "yes", 3) == 0) ||
                         (letters == 1 && strncasecmp(word, "y", 1) == 0));
    free(line);
    return yes;
}

static bool upgrade(struct session *s, const char *by, const struct form *form, char **cause)
{
    return session_do(s,
                      json_pack("{s:s, s:s, s:{s:s, s:s, s:s, s:s%}}", "by", by, "event", "upgraded", "form",
                                "id", form->id, "version", form->version, "sha256", form->sha256, "text",
                                form->source, form->source_length),
                      cause);
}

static int run(struct session *s, const struct form *form, const char *by, bool yes)
{
    char *cause = NULL;
    int status = 1;
    if (session_read_only(s)) {
        cause_set(&cause, "Nothing can be written here: %s.", session_read_only(s));
        status = 2;
    } else if (assessment_may_upgrade(session_assessment(s), form, &cause)) {
        print_all(s, form);
        bool asked = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
        size_t before = assessment_disagreements(session_assessment(s));
        if (!yes && !asked) {
            cause_set(&cause, "Nothing was done: say --yes to do it without being asked.");
        } else if (!yes && !says_yes()) {
            print("All is as it was.");
        } else if (upgrade(s, by, form, &cause)) {
            size_t more = assessment_disagreements(session_assessment(s)) - before;
            if (more)
                print("Opened, since that version compares more closely: %zu.", more);
            print("It goes on with version %s.", form->version);
            status = session_trouble(s) ? 2 : 0;
            if (session_trouble(s))
                cause_set(&cause, "%s", session_trouble(s));
        }
    }
    if (cause) {
        locate_say("upgrade", cause);
        free(cause);
    }
    if (fflush(stdout) != 0)
        status = 2;
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_upgrade(int argc, char **argv)
{
    const char *caseload = NULL, *by = who_names[PRACTITIONER];
    bool yes = false;
    const struct option_row options[] = {{"by", 0, NULL, &by},
                                         {"yes", 0, &yes, NULL},
                                         {"caseload", 0, NULL, &caseload},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options,
                              (struct operands){2, 2, "say which record, and which form to go on with.",
                                                "one record and one form at a time."},
                              help);
    if (status >= 0)
        return status;
    int who = vocab_find(who_names, by);
    if (who < 0 || who >= PARTIES) {
        locate_say("upgrade", "--by is practitioner or service_user.");
        return 2;
    }
    char *path = locate_record("upgrade", caseload, argv[optind]), *cause = NULL;
    struct form *form = path ? locate_form("upgrade", argv[optind + 1]) : NULL;
    struct session *s = form ? session_open(path, RECORD_WRITE, &cause) : NULL;
    status = s ? run(s, form, by, yes) : 2;
    if (cause)
        locate_say("upgrade", cause);
    free(cause);
    session_close(s);
    form_free(form);
    free(path);
    return status;
}
