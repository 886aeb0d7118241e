/* Each allocation failing in turn, in each command, in the talk of a session and on the screen: the program
 * ends saying so, or does what it was to do. It never crashes and never hangs, the terminal is given back,
 * and what was reported saved is in the record, which is sound.
 *
 * A run has some thousand allocations. Each place that asks for memory, as told by the calls that led there,
 * has its first one failed, and of the others each nineteenth; with ALONGSIDE_TEST_ALL=1 every one is. */
#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "command/command.h"
#include "record/record.h"
#include "scarce.h"
#include "screen/app.h"
#include "screen/screen.h"
#include "screen/terminal.h"
#include "session/script.h"
#include "session/session.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { SECONDS = 600, MOST_SAID = 4096, MOST_ARGUMENTS = 8, MOST_CALLS = 1 << 17, EACH = 19 };

static char folder[] = "/tmp/alongside-memory-XXXXXX";
static char *form_path, *script_path, *lines_path, *pristine, *full, *work;

/* What a child tells, whatever becomes of it. */
struct told {
    long calls;    /* allocations, where it came to its end */
    size_t saved;  /* entries that were reported saved */
    bool finished; /* came to its end */
};
static struct told *told;

/* Who asked for the nth allocation, where nothing failed: told by the child too. */
static unsigned long *places;

/* ---- durability is not what is tested here, and slow ---- */

int fdatasync(int fd)
{
    (void)fd;
    return 0;
}

int fsync(int fd)
{
    (void)fd;
    return 0;
}

/* ---- files ---- */

static char *in_folder(const char *name)
{
    return xasprintf("%s/%s", folder, name);
}

static void copy(const char *from, const char *to)
{
    char block[65536];
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    size_t n;
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* What both do and say: answers that differ and agree, talk, settling, undoing, a note, a signature. */
static const char script[] =
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
    "\"Sam\"}}\n"
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2,\"because\":"
    "\"caf\\u00e9\"}\n"
    "{\"by\":\"service_user\",\"event\":\"said\",\"disagreement\":\"d1\",\"text\":\"I sleep on a sofa\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"agree\",\"value\":2}\n"
    "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
    "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"help\",\"value\":\"want\"}\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"free_days\",\"value\":[\"mon\",\"wed\"]}"
    "\n"
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"moved_in\",\"value\":\"2026-10-01\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"age\",\"value\":31}\n"
    "{\"by\":\"practitioner\",\"event\":\"undone\"}\n"
    "{\"by\":\"service_user\",\"event\":\"declined\",\"question\":\"money\",\"missing\":\"rather_not_say\"}\n"
    "{\"by\":\"practitioner\",\"event\":\"noted\",\"question\":\"home\",\"text\":\"Call the landlord\"}\n"
    "{\"by\":\"service_user\",\"event\":\"signed\",\"name\":\"Sam\"}\n";

/* ---- the stories ---- */

struct story {
    const char *name;
    /* Runs in a child of its own; the program's exit status. */
    int (*play)(const struct story *story);
    const char *arguments[MOST_ARGUMENTS]; /* of a command; R, F, S: the record, the form, the script */
    const char *input;                     /* a file's text; NULL: nothing */
    const char *words;                     /* must be said where it came to its end */
    int status;                            /* where nothing fails */
    bool begun;                            /* the record has the script's entries already */
};

static int play_command(const struct story *story)
{
    char *arguments[MOST_ARGUMENTS + 1];
    int count = 0;
    for (; count < MOST_ARGUMENTS && story->arguments[count]; count++) {
        const char *a = story->arguments[count];
        arguments[count] = xstrdup(strcmp(a, "R") == 0   ? work
                                   : strcmp(a, "F") == 0 ? form_path
                                   : strcmp(a, "S") == 0 ? script_path
                                                         : a);
    }
    arguments[count] = NULL;
    optind = 1;
    int status = command_find(arguments[0], NULL)->run(count, arguments);
    return fflush(stdout) == 0 ? status : 2;
}

static int play_session(const struct story *story)
{
    (void)story;
    char *cause = NULL;
    struct session *s = session_open(work, RECORD_WRITE, &cause);
    int status = s ? 0 : 2;
    for (const char *line = script, *end; s && status == 0 && (end = strchr(line, '\n')); line = end + 1) {
        struct script_count count = {0};
        size_t length = (size_t)(end - line);
        char *text = xstrndup(line, length);
        if (script_do(s, text, length, &count, &cause) != SCRIPT_DONE)
            status = 2;
        else
            told->saved = record_count(session_record(s));
        free(text);
    }
    if (s && status == 0) {
        session_keep_draft(s, "home", "half a word");
        char *place = NULL;
        free(session_draft(s, &place));
        free(place);
        session_drop_draft(s);
    }
    session_close(s);
    if (cause)
        fprintf(stderr, "%s\n", cause);
    free(cause);
    return status;
}

/* ---- one run ---- */

static int count_saved(const char *path)
{
    struct record *record = record_open(path, RECORD_READ, NULL);
    if (!record)
        return -1;
    int count = record_damage(record) || record_torn(record) ? -1 : (int)record_count(record);
    record_close(record);
    return count;
}

static const char *said(int fd)
{
    static char text[MOST_SAID];
    ssize_t n = pread(fd, text, sizeof text - 1, 0);
    text[n > 0 ? n : 0] = '\0';
    return text;
}

/* A child on its own: it does not hang for ever, and crashes as any program does (cmocka would catch it). */
static void set_out(int errors)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        signal(crashes[i], SIG_DFL);
    alarm(SECONDS);
    dup2(errors, STDERR_FILENO);
}

static void begin(long nth, bool all)
{
    if (nth)
        scarce_begin(nth, all);
    else
        scarce_watch(places, MOST_CALLS);
}

static void run_child(const struct story *story, long nth, bool all, int errors)
{
    set_out(errors);
    int input = open(story->input ? lines_path : "/dev/null", O_RDONLY), output = open("/dev/null", O_WRONLY);
    dup2(input, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    begin(nth, all);
    int status = story->play(story);
    told->calls = scarce_end();
    told->finished = true;
    _exit(status);
}

/* Run with the nth allocation failing. True where it came to that. */
static bool run(const void *what, long nth, bool all)
{
    const struct story *story = what;
    copy(story->begun ? full : pristine, work);
    memset(told, 0, sizeof *told);
    int errors = memfd_create("errors", 0), status;
    assert_true(errors >= 0);
    fflush(stdout);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        run_child(story, nth, all, errors);
    assert_int_equal(waitpid(child, &status, 0), child);
    const char *words = said(errors);
    close(errors);
    if (!WIFEXITED(status))
        fail_msg("%s, allocation %ld%s: signal %d after: %s", story->name, nth, all ? " and on" : "",
                 WTERMSIG(status), words);
    status = WEXITSTATUS(status);
    bool reached = nth && (!told->finished || told->calls >= nth);
    bool as_meant = status == story->status && told->finished;
    if (!as_meant && !(status == 2 && (strstr(words, "out of memory") || strstr(words, strerror(ENOMEM)))))
        fail_msg("%s, allocation %ld%s: status %d after: %s", story->name, nth, all ? " and on" : "", status,
                 words);
    if (as_meant && story->words && !strstr(words, story->words))
        fail_msg("%s, allocation %ld%s: without a word that it failed: %s", story->name, nth,
                 all ? " and on" : "", words);
    if (count_saved(work) < (int)told->saved || count_saved(work) < 1)
        fail_msg("%s, allocation %ld%s: %zu saved, %d in the record", story->name, nth, all ? " and on" : "",
                 told->saved, count_saved(work));
    return reached;
}

/* Is this the first time that this place asks? */
static bool is_first(long nth)
{
    for (long i = 0; i < nth - 1; i++) {
        if (places[i] == places[nth - 1])
            return false;
    }
    return true;
}

/* Run with one after the other failing; `play` says whether it came to that. */
static void with_each_allocation(const char *name, bool (*play)(const void *what, long nth, bool all),
                                 const void *what)
{
    bool every = getenv("ALONGSIDE_TEST_ALL") != NULL;
    play(what, 0, false);
    assert_true(told->finished);
    assert_in_range(told->calls, 10, MOST_CALLS);
    long calls = told->calls, runs = 0, came = 0;
    for (long nth = 1; nth <= calls; nth++) {
        bool first = is_first(nth);
        if (!places[nth - 1] || (!every && !first && nth % EACH != 0))
            continue;
        came += play(what, nth, false);
        runs++;
        if (first && what)
            play(what, nth, true);
    }
    assert_true(came > runs / 2);
    print_message("# %s: %ld of %ld allocations failed\n", name, runs, calls);
}

static const struct story stories[] = {
    {.name = "apply", .play = play_command, .arguments = {"apply", "R", "S"}, .words = "added"},
    {.name = "session", .play = play_session},
    {.name = "show", .play = play_command, .arguments = {"show", "R"}, .begun = true},
    {.name = "export as YAML",
     .play = play_command,
     .arguments = {"export", "R", "--format", "yaml"},
     .begun = true},
    {.name = "export as JSON",
     .play = play_command,
     .arguments = {"export", "R", "--format", "json"},
     .begun = true},
    {.name = "verify", .play = play_command, .arguments = {"verify", "R"}, .begun = true},
    {.name = "check", .play = play_command, .arguments = {"check", "F"}},
    /* Not regex(): glibc's regcomp() frees twice where its memory runs out. */
    {.name = "eval",
     .play = play_command,
     .arguments = {"eval", "--set", "a=3", "concat(string(${a} + 1), substring-before('ab', 'b'))"}},
    {.name = "open in line mode",
     .play = play_command,
     .arguments = {"open", "--accessible", "R"},
     .input = "Rae\nSam\n\n\n4\nw\nbecause\n2\nt\nb\n?\no\nd\nk\nu\nn\nA note\n/home\nq\n",
     .begun = true},
};

static void test_commands(void **state)
{
    const struct story *story = *state;
    if (story->input)
        write_text(lines_path, story->input);
    with_each_allocation(story->name, run, story);
}

/* ---- the screen ---- */

static const char *const keys[] = {"4", "Enter", "Tab",   "2",   "Enter", "PageDown", "PageUp",
                                   "w", "é",     "Enter", "o",   "Enter", "d",        "Enter",
                                   "u", "1",     "F1",    "Esc", "F2",    "q",        "q"};

/* Plays on a terminal, asking for each key by a byte on `ready`. */
static void screen_child(struct terminal *t, int ready, long nth, bool all)
{
    char *cause = NULL;
    int status = 2;
    begin(nth, all);
    struct session *s = session_open(work, RECORD_WRITE, &cause);
    struct term *term = s ? term_open("xterm-256color", terminal_out(t), terminal_in(t), &cause) : NULL;
    if (term) {
        struct app *app = screen_begin(s, term);
        bool goes_on = true;
        while (goes_on && write(ready, ".", 1) == 1) {
            goes_on = app_step(app, -1);
            if (!session_trouble(s))
                told->saved = record_count(session_record(s));
        }
        screen_end(app);
        app_free(app);
        term_close(term);
        status = 0;
    }
    session_close(s);
    if (cause)
        fprintf(stderr, "%s\n", cause);
    free(cause);
    told->calls = scarce_end();
    told->finished = true;
    _exit(status);
}

static bool run_screen(const void *what, long nth, bool all)
{
    (void)what;
    copy(full, work);
    memset(told, 0, sizeof *told);
    struct terminal *t = terminal_bare(24, 80, "xterm-256color");
    struct termios before, after;
    assert_int_equal(tcgetattr(fileno(terminal_in(t)), &before), 0);
    int errors = memfd_create("errors", 0), ends[2], status;
    assert_int_equal(pipe(ends), 0);
    fflush(stdout);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        set_out(errors);
        screen_child(t, ends[1], nth, all);
    }
    close(ends[1]);
    char dot;
    size_t typed = 0;
    bool shown = false;
    while (read(ends[0], &dot, 1) == 1) {
        shown = shown || terminal_alternate(t);
        /* Out of whatever it is in by then. */
        terminal_type_keys(t, typed < sizeof keys / sizeof *keys ? keys[typed] : typed % 2 ? "q" : "Esc");
        typed++;
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    const char *words = said(errors);
    close(errors);
    if (!WIFEXITED(status))
        fail_msg("screen, allocation %ld: signal %d after: %s", nth, WTERMSIG(status), words);
    status = WEXITSTATUS(status);
    bool as_meant = status == 0 && told->finished && shown;
    if (!as_meant && !(status == 2 && (strstr(words, "out of memory") || strstr(words, strerror(ENOMEM)))))
        fail_msg("screen, allocation %ld: status %d after: %s", nth, status, words);
    assert_int_equal(tcgetattr(fileno(terminal_in(t)), &after), 0);
    int row, column;
    if (terminal_alternate(t) || !terminal_cursor(t, &row, &column) || before.c_lflag != after.c_lflag ||
        before.c_iflag != after.c_iflag || before.c_oflag != after.c_oflag)
        fail_msg("screen, allocation %ld: the terminal was not given back", nth);
    if (count_saved(work) < (int)told->saved || count_saved(work) < 1)
        fail_msg("screen, allocation %ld: %zu saved, %d in the record", nth, told->saved, count_saved(work));
    terminal_free(t);
    return nth && (!told->finished || told->calls >= nth);
}

static void test_screen(void **state)
{
    (void)state;
    with_each_allocation("screen", run_screen, NULL);
}

/* ---- the whole ---- */

static void *shared(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_ptr_not_equal(memory, MAP_FAILED);
    return memory;
}

static int setup(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    told = shared(sizeof *told);
    places = shared(MOST_CALLS * sizeof *places);
    const char *sources = getenv("srcdir");
    form_path = xasprintf("%s/tests/stories/form.yaml", sources ? sources : ".");
    script_path = in_folder("script.jsonl");
    lines_path = in_folder("lines");
    pristine = in_folder("pristine.jsonl");
    full = in_folder("full.jsonl");
    work = in_folder("work.jsonl");
    write_text(script_path, script);

    struct diags diags;
    diags_init(&diags, form_path);
    struct form *form = form_read(form_path, &diags);
    diags_release(&diags);
    assert_non_null(form);
    struct session *s = session_begin(pristine, "01JD0000000000000000000000", "K-1", form, NULL);
    assert_non_null(s);
    session_close(s);
    copy(pristine, work);
    assert_int_equal(play_session(NULL), 0);
    copy(work, full);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    char *command = xasprintf("rm -r %s", folder);
    int status = system(command);
    free(command);
    return status;
}

int main(void)
{
    if (SCARCE_CANNOT) {
        puts("1..0 # SKIP a sanitizer brings a malloc() of its own, which cannot be made to fail");
        return 0;
    }
    mem_init();
    setlocale(LC_ALL, "C.UTF-8");
    /* The C library loads what it knows of UTF-8 at its first use; where it cannot it takes all for ASCII. */
    mblen("é", MB_CUR_MAX);
    enum { STORIES = sizeof stories / sizeof *stories };
    struct CMUnitTest tests[STORIES + 1];
    for (int i = 0; i < STORIES; i++)
        tests[i] = (struct CMUnitTest){stories[i].name, test_commands, NULL, NULL, (void *)&stories[i]};
    tests[STORIES] = (struct CMUnitTest)cmocka_unit_test(test_screen);
    return cmocka_run_group_tests(tests, setup, teardown);
}
