/* Each form is read and checked on its own and all there is to say is said at once: faults on standard error,
 * like a compiler, and one line on standard output for each form without. */
#include "command/check.h"
#include "command/options.h"

#include "base/path.h"
#include "base/utf8.h"
#include "caseload/forms.h"
#include "form/form.h"
#include "form/yaml.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "Usage: alongside check [--strict] FORM...\n"
    "Check forms: what is wrong is said with file, line and column.\n"
    "\n"
    "  --strict  take warnings for errors\n"
    "  --help    this\n"
    "\n"
    "FORM is a YAML file, the name of a form that comes with the program, or - for standard\n"
    "input. The exit status is 0 where there are no errors, 1 where there are, 2 where a form\n"
    "cannot be read.\n";

static void say_sound(const char *name, const struct form *form, size_t warnings)
{
    char *safe = utf8_safe(name, false);
    printf("%s: %s%s%s: %d section%s, %d question%s: ", safe, form->id, *form->version ? " " : "",
           form->version, form->section_count, form->section_count == 1 ? "" : "s", form->count,
           form->count == 1 ? "" : "s");
    if (warnings)
        printf("no errors, %zu warning%s\n", warnings, warnings == 1 ? "" : "s");
    else
        printf("no faults\n");
    free(safe);
}

static void take_warnings_for_errors(struct diags *diags)
{
    for (size_t i = 0; i < diags->count && i < diags->room; i++)
        diags->items[i].level = DIAG_ERROR;
    diags->errors = diags->count;
}

static int check(const char *name, bool strict)
{
    size_t length;
    char *cause = NULL;
    char *path = forms_find(name, &cause);
    char *source = path ? path_read(path, YAML_MOST_BYTES, &length, &cause) : NULL;
    if (!source) {
        char *safe = utf8_safe(cause, false);
        fprintf(stderr, "alongside check: %s\n", safe);
        free(safe);
        free(cause);
        free(path);
        return 2;
    }
    struct diags diags;
    diags_init(&diags, path);
    struct form *form = form_check(source, length, &diags);
    if (strict)
        take_warnings_for_errors(&diags);
    diags_print(&diags, source, length, stderr);
    if (form && !diags.errors)
        say_sound(path, form, diags.count);
    int status = diags.errors ? 1 : 0;
    form_free(form);
    diags_release(&diags);
    free(source);
    free(path);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_check(int argc, char **argv)
{
    bool strict = false;
    const struct option_row options[] = {{"strict", 0, &strict, NULL}, {NULL, 0, NULL, NULL}};
    int status =
        options_read(argc, argv, options, (struct operands){1, -1, "name at least one form.", NULL}, help);
    if (status >= 0)
        return status;
    status = 0;
    for (int i = optind; i < argc; i++) {
        int one = check(argv[i], strict);
        if (one > status)
            status = one;
    }
    return status;
}
