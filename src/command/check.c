/* Each form is read and checked on its own and all there is to say is said at once: faults on standard error,
 * like a compiler, and one line on standard output for each form without; or all of it as one JSON object on
 * standard output. */
#include "command/check.h"
#include "command/options.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "caseload/forms.h"
#include "command/locate.h"
#include "form/form.h"
#include "form/yaml.h"
#include "report/as_json.h"

#include <getopt.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside check [--strict] [--format FORMAT] FORM...\n"
    "Check forms: what is wrong is said with file, line and column.\n"
    "\n"
    "  --strict         take warnings for errors\n"
    "  --format FORMAT  text, for people; or json, one object for other programs\n"
    "  --help           this\n"
    "\n"
    "FORM is a YAML file, the name of a form that comes with the program, or - for standard\n"
    "input. The exit status is 0 where there are no errors, 1 where there are, 2 where a form\n"
    "cannot be read.\n";

enum { TEXT, JSON };
static const char *const formats[] = {"text", "json", NULL};

/* A form and what there is to say about it. */
struct checked {
    char *path, *source;
    size_t length;
    struct form *form; /* NULL where there are errors */
    struct diags diags;
    int status;
};

/* ---- for people ---- */

static void say_sound(const struct checked *c)
{
    const struct form *form = c->form;
    size_t warnings = c->diags.count;
    char *found = warnings ? xasprintf("no errors, %zu warning%s", warnings, warnings == 1 ? "" : "s")
                           : xstrdup("no faults");
    out_line(stdout, "%s: %s%s%s: %d section%s, %d question%s: %s", c->path, form->id,
             *form->version ? " " : "", form->version, form->section_count,
             form->section_count == 1 ? "" : "s", form->count, form->count == 1 ? "" : "s", found);
    free(found);
}

static void say(struct checked *c)
{
    diags_print(&c->diags, c->source, c->length, stderr);
    if (c->form && !c->diags.errors)
        say_sound(c);
}

/* ---- for other programs ---- */

/* Null for none: a fault of a whole file has no line. */
static json_t *place(size_t number)
{
    return number ? json_integer((json_int_t)number) : json_null();
}

/* Null for none. The name of a file need not be UTF-8. */
static json_t *text(const char *words)
{
    if (!words)
        return json_null();
    if (utf8_valid(words, strlen(words)))
        return json_string(words);
    char *safe = utf8_safe(words, true);
    json_t *string = json_string(safe);
    free(safe);
    return string;
}

static json_t *diagnostic(const struct diags *diags, const struct diag *diag)
{
    return json_pack("{s:o, s:o, s:o, s:I, s:s, s:o, s:o}", "file", text(diags->name), "line",
                     place(diag->line), "column", place(diag->column), "length", (json_int_t)diag->length,
                     "severity", diag_level_names[diag->level], "message", text(diag->message), "suggestion",
                     text(diag->suggestion));
}

static json_t *file_tree(const struct checked *c)
{
    size_t kept;
    const struct diag **order = diags_in_order(&c->diags, &kept);
    json_t *all = json_array();
    for (size_t i = 0; i < kept; i++)
        json_array_append_new(all, diagnostic(&c->diags, order[i]));
    free(order);
    return json_pack("{s:o, s:o, s:o, s:I, s:I, s:o}", "file", text(c->diags.name), "form",
                     text(c->form ? c->form->id : NULL), "version", text(c->form ? c->form->version : NULL),
                     "errors", (json_int_t)c->diags.errors, "warnings",
                     (json_int_t)(c->diags.count - c->diags.errors), "diagnostics", all);
}

static bool print_tree(json_t *files, bool strict)
{
    json_t *tree =
        json_pack("{s:s, s:b, s:o}", "format", "alongside-check/1", "strict", strict, "files", files);
    bool written = as_json_print(tree, stdout);
    json_decref(tree);
    return written;
}

/* ---- one form ---- */

static void take_warnings_for_errors(struct diags *diags)
{
    for (size_t i = 0; i < diags->count && i < diags->room; i++)
        diags->items[i].level = DIAG_ERROR;
    diags->errors = diags->count;
}

static void check(const char *name, bool strict, struct checked *c)
{
    char *cause = NULL;
    *c = (struct checked){.path = forms_find(name, &cause)};
    if (c->path)
        c->source = path_read(c->path, YAML_MOST_BYTES, &c->length, &cause);
    diags_init(&c->diags, c->path ? c->path : name);
    if (c->source) {
        c->form = form_check(c->source, c->length, &c->diags);
        if (strict)
            take_warnings_for_errors(&c->diags);
        c->status = c->diags.errors ? 1 : 0;
    } else {
        diags_add(&c->diags, DIAG_ERROR, 0, 0, 0, NULL, "%s", cause);
        locate_say("check", cause);
        c->status = 2;
    }
    free(cause);
}

static void checked_release(struct checked *c)
{
    form_free(c->form);
    diags_release(&c->diags);
    free(c->source);
    free(c->path);
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_check(int argc, char **argv)
{
    bool strict = false;
    const char *format_name = NULL;
    const struct option_row options[] = {
        {"strict", 0, &strict, NULL}, {"format", 0, NULL, &format_name}, {NULL, 0, NULL, NULL}};
    int status =
        options_read(argc, argv, options, (struct operands){1, -1, "name at least one form.", NULL}, help);
    if (status >= 0)
        return status;
    int format = format_name ? vocab_find(formats, format_name) : TEXT;
    if (format < 0) {
        locate_say("check", "--format is text or json.");
        return 2;
    }
    json_t *files = format == JSON ? json_array() : NULL;
    status = 0;
    for (int i = optind; i < argc; i++) {
        struct checked c;
        check(argv[i], strict, &c);
        if (files)
            json_array_append_new(files, file_tree(&c));
        else if (c.source)
            say(&c);
        if (c.status > status)
            status = c.status;
        checked_release(&c);
    }
    if (files && !print_tree(files, strict))
        return 2;
    return status;
}
