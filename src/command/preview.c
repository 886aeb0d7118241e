/* alongside preview: try a form out, both sides, without keeping anything. */
#include "command/command.h"

#include "base/path.h"
#include "caseload/forms.h"
#include "command/front.h"
#include "command/locate.h"
#include "command/options.h"
#include "form/yaml.h"
#include "session/preview.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside preview [--accessible] FORM\n"
    "\n"
    "Tries a form out: fill it in, both sides. Nothing is kept. When the form's file is saved,\n"
    "it is read again and gone on with; where it has faults they are shown, and the version\n"
    "before stays in use.\n"
    "\n"
    "FORM is a YAML file, or the name of a form that comes with the program.\n"
    "\n"
    "  --accessible  one prompt at a time instead of the split screen\n"
    "  --help        print this and end\n";

/* The faults of a form that cannot be tried out at all. */
static void print_faults(struct diags *diags, const char *path)
{
    size_t length;
    char *source = path_read(path, YAML_MOST_BYTES, &length, NULL);
    diags_print(diags, source, length, stderr);
    free(source);
}

static int preview(const char *path, bool accessible)
{
    char *cause = NULL;
    struct diags diags;
    diags_init(&diags, path);
    struct preview *p = preview_new(path, &diags, &cause);
    int status = 2;
    if (p)
        status = front_run(preview_session(p), accessible);
    else if (cause)
        locate_say("preview", cause);
    else
        print_faults(&diags, path);
    preview_free(p);
    diags_release(&diags);
    free(cause);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_preview(int argc, char **argv)
{
    bool accessible = false;
    const struct option_row options[] = {{"accessible", 0, &accessible, NULL}, {NULL, 0, NULL, NULL}};
    int status = options_read(
        argc, argv, options,
        (struct operands){1, 1, "say which form: alongside preview life.yaml", "one form at a time."}, help);
    if (status >= 0)
        return status;
    if (strcmp(argv[optind], "-") == 0) {
        locate_say("preview", "standard input is where the two of you type: the form has to be a file.");
        return 2;
    }
    char *cause = NULL, *path = forms_find(argv[optind], &cause);
    if (!path)
        locate_say("preview", cause);
    status = path ? preview(path, accessible) : 2;
    free(path);
    free(cause);
    return status;
}
