/* The screen: how long until it is painted first, and what each key sends, on a terminal of 80x24. */
#include "bench/bench.h"

#include "base/mem.h"
#include "bench/make-form.h"
#include "record/chain.h"
#include "screen/app.h"
#include "screen/screen.h"
#include "screen/terminal.h"
#include "session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { KEYS = 200, ON_THE_WAY = 40 };

struct stage {
    const char *name;
    int questions; /* of a made-up form; 0: the shipped one */
};

static const struct stage stages[] = {{"whole-life", 0}, {"made-up 1000", 1000}, {"made-up 10000", 10000}};

static struct form *stage_form(const struct stage *stage)
{
    if (!stage->questions) {
        const char *folder = getenv("srcdir");
        char *path = xasprintf("%s/forms/whole-life.yaml", folder ? folder : ".");
        struct form *form = bench_read(path);
        free(path);
        return form;
    }
    size_t length;
    char *source = make_form(stage->questions, &length);
    struct form *form = bench_form(source, length);
    free(source);
    return form;
}

struct keys {
    double bytes, most, milliseconds;
};

/* Press these keys in turn: bytes and time for each. */
static struct keys press(struct app *app, struct terminal *t, const char *const *keys, size_t count)
{
    struct keys sum = {0};
    for (int i = 0; i < KEYS; i++) {
        terminal_type_keys(t, keys[(size_t)i % count]);
        double start = seconds_now();
        app_step(app, -1); /* takes the key */
        term_show(terminal_term(t), app_draw(app));
        sum.milliseconds += (seconds_now() - start) * 1e3 / KEYS;
        double bytes = (double)terminal_bytes_sent(t);
        sum.bytes += bytes / KEYS;
        sum.most = bytes > sum.most ? bytes : sum.most;
    }
    return sum;
}

struct painted {
    double open, paint, painted;
    struct keys cursor, pass, question;
};

static struct painted perform(const struct stage *stage, const char *path, const char *type)
{
    static const char *const cursor[] = {"Down", "Down", "Up", "Up"}, *const pass[] = {"Tab"},
                             *const question[] = {"PageDown"};
    struct painted p = {0};
    char id[RECORD_ID_TEXT], *cause = NULL;
    record_new_id(id);
    struct session *s = session_begin(path, id, "B-1", stage_form(stage), &cause);
    /* Somebody sits there already, so that the first view is the question. */
    if (s && session_do(s, json_pack("{s:s, s:s}", "by", who_names[PRACTITIONER], "event", "sat"), &cause)) {
        session_close(s);
        double start = seconds_now();
        s = session_open(path, RECORD_WRITE, &cause);
        p.open = (seconds_now() - start) * 1e3;
    }
    if (!s || cause) {
        fprintf(stderr, "bench: %s\n", cause);
        exit(2);
    }
    struct terminal *t = terminal_new(24, 80, type);
    double start = seconds_now();
    struct app *app = screen_begin(s, terminal_term(t));
    app_step(app, 0);
    p.paint = (seconds_now() - start) * 1e3;
    p.painted = (double)terminal_bytes_sent(t);
    /* Past the first words, to a question with a scale. */
    for (int i = 0; i < ON_THE_WAY && app_form(app)->questions[app_question(app)].type != TYPE_RANGE; i++) {
        terminal_type_keys(t, "PageDown");
        app_step(app, -1);
    }
    term_show(terminal_term(t), app_draw(app));
    terminal_bytes_sent(t);
    p.cursor = press(app, t, cursor, sizeof cursor / sizeof *cursor);
    p.pass = press(app, t, pass, 1);
    p.question = press(app, t, question, 1);
    app_free(app);
    terminal_free(t);
    session_close(s);
    return p;
}

static void print_keys(const struct keys *keys)
{
    printf("  %5.0f %5.0f %5.2f", keys->bytes, keys->most, keys->milliseconds);
}

void bench_screen(void)
{
    static const char *const types[] = {"linux", "xterm-256color"};
    heading("The screen at 80x24 (open: the record; first: the first paint; then 200 keys of each kind: "
            "bytes sent "
            "on average and at most, ms from the key to the bytes)");
    printf("%-13s %-14s %7s %7s %5s  %17s  %17s  %17s\n", "form", "terminal", "open ms", "first", "bytes",
           "Up and Down", "Tab", "PageDown");
    double slowest = 0, most = 0;
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        for (size_t k = 0; k < sizeof types / sizeof *types; k++) {
            char path[] = "/tmp/alongside-bench-XXXXXX";
            if (!mkdtemp(path))
                exit(2);
            char *record = xasprintf("%s/r.jsonl", path);
            struct painted p = perform(&stages[i], record, types[k]);
            printf("%-13s %-14s %7.2f %7.2f %5.0f", stages[i].name, types[k], p.open, p.paint, p.painted);
            print_keys(&p.cursor);
            print_keys(&p.pass);
            print_keys(&p.question);
            putchar('\n');
            slowest = p.paint > slowest ? p.paint : slowest;
            most = p.cursor.most > most ? p.cursor.most : most;
            unlink(record);
            rmdir(path);
            free(record);
        }
    }
    aim("the first paint in", slowest, 20, "ms");
    aim("a cursor key sends", most, 200, "bytes");
}
