/* alongside services: who can help, out of the list in the caseload's folder. */
#include "command/command.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/out.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "caseload/caseload.h"
#include "caseload/directory.h"
#include "command/locate.h"
#include "command/options.h"
#include "form/yaml.h"
#include "report/as_json.h"
#include "session/services_words.h"

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside services [--area AREA] [--format FORMAT] [WORD...]\n"
    "   or: alongside services --check FILE\n"
    "\n"
    "Lists the services in the file services.yaml of your caseload: those that have all the words\n"
    "in what is said about them. Nothing is asked of any network.\n"
    "\n"
    "  --area AREA      only those that help with this: a part of life, like home\n"
    "  --format FORMAT  text (for people), json or csv\n"
    "  --caseload DIR   where assessments, and services.yaml, are kept\n"
    "  --check FILE     say what is wrong with a list of services, and where\n"
    "  --help           print this and end\n"
    "\n"
    "The exit status is 1 where no service is found, or where the file has faults.\n";

static const char *const formats[] = {"text", "json", "csv", NULL};
enum { TEXT, JSON, CSV };
enum { COLUMNS = 79 };

/* What is looked for. */
struct wanted {
    const char *words; /* with blanks between */
    int area;          /* -1: any */
};

static bool is_wanted(const struct services *services, const struct service *s, const struct wanted *wanted)
{
    return (wanted->area < 0 || service_in_area(s, wanted->area)) &&
           service_holds(services, s, wanted->words);
}

/* ---- for people ---- */

static void print_wrapped(const char *text, int indent)
{
    char *safe = utf8_safe(text, true);
    struct utf8_line *lines;
    size_t count = utf8_wrap(safe, COLUMNS - indent, &lines);
    for (size_t i = 0; i < count; i++)
        printf("%*s%.*s\n", indent, "", (int)lines[i].length, safe + lines[i].start);
    free(lines);
    free(safe);
}

static void take(void *context, const char *line)
{
    (void)context;
    print_wrapped(line, 4);
}

static void print_text(const struct services *services, const struct wanted *wanted)
{
    bool between = services->made_up;
    if (services->made_up)
        print_wrapped(services_made_up, 0);
    for (size_t i = 0; i < services->count; i++) {
        const struct service *s = &services->list[i];
        if (!is_wanted(services, s, wanted))
            continue;
        if (between)
            putchar('\n');
        between = true;
        print_wrapped(s->name, 0);
        services_tell(services, s, clock_today(), take, NULL);
    }
}

/* ---- for programs ---- */

static const char *checked_on(const struct service *s, char day[DATE_TEXT])
{
    return s->has_checked ? date_format(s->checked, day) : NULL;
}

static json_t *text_or_null(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *json_service(const struct services *services, const struct service *s)
{
    char day[DATE_TEXT];
    json_t *areas = json_array(), *languages = json_array(), *o = json_object();
    for (size_t i = 0; i < s->area_count; i++)
        json_array_append_new(areas, json_string(services->areas[s->areas[i]].name));
    for (size_t i = 0; i < s->language_count; i++)
        json_array_append_new(languages, json_string(s->languages[i]));
    json_object_set_new(o, "name", json_string(s->name));
    json_object_set_new(o, "what", json_string(s->what));
    json_object_set_new(o, "areas", areas);
    json_object_set_new(o, "for", text_or_null(s->whom));
    json_object_set_new(o, "address", text_or_null(s->address));
    json_object_set_new(o, "phone", text_or_null(s->phone));
    json_object_set_new(o, "web", text_or_null(s->web));
    json_object_set_new(o, "open", text_or_null(s->opening));
    json_object_set_new(o, "languages", languages);
    json_object_set_new(o, "way_in", text_or_null(s->way_in ? way_in_names[s->way_in] : NULL));
    json_object_set_new(o, "checked", text_or_null(checked_on(s, day)));
    json_object_set_new(o, "old", json_boolean(service_is_old(s, clock_today())));
    return o;
}

static void print_json(const struct services *services, const struct wanted *wanted)
{
    json_t *areas = json_object(), *list = json_array();
    for (size_t i = 0; i < services->area_count; i++)
        json_object_set_new(areas, services->areas[i].name, json_string(services->areas[i].label));
    for (size_t i = 0; i < services->count; i++) {
        if (is_wanted(services, &services->list[i], wanted))
            json_array_append_new(list, json_service(services, &services->list[i]));
    }
    json_t *tree = json_pack("{s:s, s:s, s:b, s:o, s:o}", "format", "alongside-services/1", "title",
                             services->title, "made_up", services->made_up, "areas", areas, "services", list);
    as_json_print(tree, stdout);
    json_decref(tree);
}

static void print_csv(const struct services *services, const struct wanted *wanted)
{
    fputs("name,what,areas,for,address,phone,web,open,languages,way_in,checked,old\r\n", stdout);
    for (size_t i = 0; i < services->count; i++) {
        const struct service *s = &services->list[i];
        if (!is_wanted(services, s, wanted))
            continue;
        char day[DATE_TEXT];
        struct strbuf areas = STRBUF_INIT, languages = STRBUF_INIT;
        for (size_t k = 0; k < s->area_count; k++)
            strbuf_addf(&areas, "%s%s", k ? " " : "", services->areas[s->areas[k]].name);
        for (size_t k = 0; k < s->language_count; k++)
            strbuf_addf(&languages, "%s%s", k ? ", " : "", s->languages[k]);
        const char *const cells[] = {s->name,
                                     s->what,
                                     areas.text,
                                     s->whom,
                                     s->address,
                                     s->phone,
                                     s->web,
                                     s->opening,
                                     languages.text,
                                     way_in_names[s->way_in],
                                     checked_on(s, day),
                                     service_is_old(s, clock_today()) ? "true" : "false"};
        enum { CELLS = sizeof cells / sizeof *cells };
        for (size_t k = 0; k < CELLS; k++)
            csv_cell(stdout, cells[k] ? cells[k] : "", false, k + 1 == CELLS);
        strbuf_release(&areas);
        strbuf_release(&languages);
    }
}

/* ---- looking ---- */

static int print(const struct services *services, const struct wanted *wanted, int format)
{
    size_t found = 0;
    for (size_t i = 0; i < services->count; i++)
        found += is_wanted(services, &services->list[i], wanted);
    if (format == JSON)
        print_json(services, wanted);
    else if (format == CSV)
        print_csv(services, wanted);
    else if (found)
        print_text(services, wanted);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        locate_say("services", "The list cannot be written.");
        return 2;
    }
    if (!found)
        locate_say("services", "no service is like that.");
    return found ? 0 : 1;
}

static bool find_area(const struct services *services, const char *name, int *area)
{
    *area = name ? services_area(services, name) : -1;
    if (!name || *area >= 0)
        return true;
    const char *nearest = services_nearest_area(services, name);
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "there is no area “%s”", name);
    if (nearest)
        strbuf_addf(&sb, ": did you mean “%s”?", nearest);
    for (size_t i = 0; i < services->area_count && !nearest; i++)
        strbuf_addf(&sb, "%s%s%s", i ? ", " : ". There is ", services->areas[i].name,
                    i + 1 == services->area_count ? "." : "");
    locate_say("services", sb.text);
    strbuf_release(&sb);
    return false;
}

static int look(const char *caseload, const char *area, int format, char *const *words)
{
    char *cause = NULL, *folder = caseload_folder(caseload, &cause);
    struct services *services = folder ? directory_read(folder, &cause) : NULL;
    struct strbuf all = STRBUF_INIT;
    struct wanted wanted;
    int status = 2;
    for (; *words; words++)
        strbuf_addf(&all, "%s ", *words);
    wanted.words = all.text;
    if (!services)
        locate_say("services", cause);
    else if (!utf8_valid(all.text, all.length))
        locate_say("services", "What is looked for is not UTF-8 text.");
    else if (find_area(services, area, &wanted.area))
        status = print(services, &wanted, format);
    strbuf_release(&all);
    services_free(services);
    free(folder);
    free(cause);
    return status;
}

/* ---- checking ---- */

static int check(const char *path)
{
    char *cause = NULL;
    size_t length;
    char *source = path_read(path, YAML_MOST_BYTES, &length, &cause);
    if (!source) {
        locate_say("services", cause);
        free(cause);
        return 2;
    }
    struct diags diags;
    diags_init(&diags, path);
    struct services *services = services_load(source, length, clock_today(), &diags);
    diags_print(&diags, source, length, stderr);
    if (services) {
        out_line(stdout, "%s: %zu service%s in %zu area%s: no faults", path, services->count,
                 services->count == 1 ? "" : "s", services->area_count, services->area_count == 1 ? "" : "s");
    }
    int status = services ? 0 : 1;
    diags_release(&diags);
    services_free(services);
    free(source);
    return status;
}

static void help(void)
{
    fputs(usage, stdout);
}

int command_services(int argc, char **argv)
{
    const char *caseload = NULL, *format = "text", *area = NULL, *file = NULL;
    const struct option_row options[] = {{"area", 'a', NULL, &area},
                                         {"format", 'f', NULL, &format},
                                         {"caseload", 0, NULL, &caseload},
                                         {"check", 0, NULL, &file},
                                         {NULL, 0, NULL, NULL}};
    int status = options_read(argc, argv, options, (struct operands){0, -1, NULL, NULL}, help);
    if (status >= 0)
        return status;
    int chosen = vocab_find(formats, format);
    if (chosen < 0) {
        locate_say("services", "--format is text, json or csv.");
        return 2;
    }
    if (file && (optind < argc || area)) {
        locate_say("services", "--check looks at one file, and at nothing else.");
        return 2;
    }
    return file ? check(file) : look(caseload, area, chosen, argv + optind);
}
