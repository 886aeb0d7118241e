/* A list of services from YAML, by the same means as a form: two tables of keys, and the loader's sentences
 * for values that are something else. The loader wants a form to put things into; this one has no questions
 * and only holds the texts. */
#include "form/services.h"

#include "form/load.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/utf8.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_SERVICES = 2000,
    MOST_AREAS = 200,
    MOST_LANGUAGES = 50,
    MOST_NAME_COLUMNS = 70,
    MOST_TEXT = 1000
};

const char *const way_in_names[] = {"", "yourself", "referral", "either", NULL};

/* `services` is first: services_free() comes back from it. */
struct held {
    struct services services;
    struct loaded loaded;
};

/* ---- texts ---- */

/* A text of its own, without the newline that a block of lines ends in; NULL after a fault. */
static const char *take_text(struct loader *l, const struct node *key)
{
    const char *text = read_scalar(l, key, "a text");
    if (!text)
        return NULL;
    size_t length = strlen(text);
    while (length && strchr(" \n", text[length - 1]))
        length--;
    if (length == 0) {
        fault(l, key, NULL, "\"%s\" has no words: write them, or take the key out.", shown(l, key->text));
        return NULL;
    }
    if (characters(text, length) > MOST_TEXT) {
        fault(l, key->value, NULL, "\"%s\" has more than %d characters: people read this on a small screen.",
              shown(l, key->text), MOST_TEXT);
        return NULL;
    }
    return arena_strndup(&l->out->arena, text, length);
}

/* The same of one line, not too wide to stand at the head of others. */
static const char *take_line(struct loader *l, const struct node *key)
{
    const char *text = take_text(l, key);
    if (text && (strchr(text, '\n') || utf8_width(text) > MOST_NAME_COLUMNS)) {
        fault(l, key->value, NULL, "\"%s\" must be one line of at most %d characters.", shown(l, key->text),
              MOST_NAME_COLUMNS);
        return NULL;
    }
    return text;
}

/* ---- a service ---- */

struct target {
    struct service service;
    const struct services *services;
    const struct named *areas; /* sorted */
    bool *used;
    const struct node *where, *checked;
};

#define SETS(name, member, take)                                                                             \
    static void name(struct loader *l, const struct node *key, void *target)                                 \
    {                                                                                                        \
        ((struct target *)target)->service.member = take(l, key);                                            \
    }
SETS(set_what, what, take_text)
SETS(set_whom, whom, take_text)
SETS(set_address, address, take_text)
SETS(set_phone, phone, take_text)
SETS(set_web, web, take_line)
SETS(set_open, opening, take_text)

static void set_name(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    t->service.name = take_line(l, key);
    t->where = key->value;
}

/* The items of a list that are single values; what else stands there is said. */
static size_t take_items(struct loader *l, const struct node *key, const char *wanted, size_t most,
                         const struct node ***items)
{
    size_t count = 0;
    *items = arena_array(&l->scratch, key->value->size, sizeof **items);
    for (const struct node *item = key->value->first; item; item = item->next) {
        if (item->kind != NODE_SCALAR || node_is_empty(item) || strspn(item->text, " \n") == item->size)
            fault(l, item, NULL, "\"%s\" must be a list of %s.", shown(l, key->text), wanted);
        else
            (*items)[count++] = item;
    }
    if (count > most) {
        fault(l, key, NULL, "\"%s\" has %zu in it: %zu are the most.", shown(l, key->text), count, most);
        count = 0;
    }
    return count;
}

static void set_in_areas(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    const struct node **items;
    if (!read_list(l, key, "areas, like [home, money]"))
        return;
    size_t count = take_items(l, key, "areas, like [home, money]", MOST_AREAS, &items);
    int *areas = arena_array(&l->out->arena, count, sizeof *areas);
    for (size_t i = 0; i < count && t->areas; i++) { /* without areas that has been said */
        const struct named *found = find_name(t->areas, t->services->area_count, items[i]->text);
        if (!found) {
            fault(l, items[i], nearest_name(l, t->areas, t->services->area_count, items[i]->text),
                  "There is no area \"%s\": those there are stand under \"areas\".",
                  shown(l, items[i]->text));
            continue;
        }
        t->used[found->index] = true;
        areas[t->service.area_count++] = found->index;
    }
    t->service.areas = areas;
}

static void set_spoken(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    const struct node **items;
    if (!read_list(l, key, "languages, like [English, Welsh]"))
        return;
    t->service.language_count =
        take_items(l, key, "languages, like [English, Welsh]", MOST_LANGUAGES, &items);
    const char **languages = arena_array(&l->out->arena, t->service.language_count, sizeof *languages);
    for (size_t i = 0; i < t->service.language_count; i++)
        languages[i] = keep(l, items[i]->text);
    t->service.languages = languages;
}

static void set_way_in(struct loader *l, const struct node *key, void *target)
{
    int way;
    if (read_word(l, key, way_in_names + 1, &way))
        ((struct target *)target)->service.way_in = (enum way_in)(way + 1);
}

static void set_checked(struct loader *l, const struct node *key, void *target)
{
    struct target *t = target;
    const char *text = read_scalar(l, key, "a day");
    t->checked = key->value;
    if (!text)
        return;
    t->service.has_checked = date_parse(text, &t->service.checked);
    if (!t->service.has_checked)
        fault(l, key->value, NULL, "\"checked\" must be a day, like 2026-03-31, and \"%s\" is not.",
              shown(l, text));
}

static const struct key service_table[] = {
    {"name", set_name, 0, "what it is called", .takes = TAKES_SCALAR, .needed = 1},
    {"what", set_what, 0, "what it does, in a sentence or two", .takes = TAKES_SCALAR, .needed = 1},
    {"areas", set_in_areas, 0, "what it helps with: names from the list's own areas", .takes = TAKES_SCALARS,
     .needed = 1},
    {"for", set_whom, 0, "who it is for", .takes = TAKES_SCALAR},
    {"address", set_address, 0, "where it is", .takes = TAKES_SCALAR},
    {"phone", set_phone, 0, "its telephone number", .takes = TAKES_SCALAR},
    {"web", set_web, 0, "its page or e-mail address, to be written down", .takes = TAKES_SCALAR},
    {"open", set_open, 0, "when it is open", .takes = TAKES_SCALAR},
    {"languages", set_spoken, 0, "the languages spoken there, as people call them", .takes = TAKES_SCALARS},
    {"way_in", set_way_in, 0, "how to get in: yourself (just ask), referral, or either", .takes = TAKES_WORD,
     .words = way_in_names + 1},
    {"checked", set_checked, 0, "the day on which somebody last made sure that all this is so",
     .takes = TAKES_DAY},
    {0},
};
const struct keys service_keys = {"a service", service_table};

/* ---- the list ---- */

struct list_target {
    struct held *out;
    int today;
    struct named *areas;
    bool *used;
};

static void set_title(struct loader *l, const struct node *key, void *target)
{
    ((struct list_target *)target)->out->services.title = take_line(l, key);
}

static void set_made_up(struct loader *l, const struct node *key, void *target)
{
    read_bool(l, key, &((struct list_target *)target)->out->services.made_up);
}

static void set_areas(struct loader *l, const struct node *key, void *target)
{
    struct list_target *t = target;
    if (!read_map(l, key, "areas, like {home: A place to live}"))
        return;
    if (key->value->size > MOST_AREAS) {
        fault(l, key, NULL, "There are %u areas: %d are the most.", (unsigned)key->value->size, MOST_AREAS);
        return;
    }
    struct service_area *areas = arena_array(&l->out->arena, key->value->size, sizeof *areas);
    t->areas = arena_array(&l->scratch, key->value->size, sizeof *t->areas);
    t->used = arena_array(&l->scratch, key->value->size, sizeof *t->used);
    size_t count = 0;
    for (const struct node *in = key->value->first; in; in = in->next, count++) {
        if (!is_name(in->text, "-."))
            fault(l, in, NULL,
                  "An area's name begins with a small letter and is made of a to z, digits, \"-\" and \"_\" "
                  "(at "
                  "most 64), and \"%s\" is not.",
                  shown(l, in->text));
        const char *label = take_line(l, in);
        areas[count] = (struct service_area){keep(l, in->text), label ? label : ""};
        t->areas[count] = (struct named){.name = areas[count].name, .where = in, .index = (int)count};
    }
    sort_names(l, t->areas, count, "area");
    t->out->services.areas = areas;
    t->out->services.area_count = count;
}

/* What makes a service of little use. */
static void advise(struct loader *l, const struct target *t, int today)
{
    const struct service *s = &t->service;
    if (!s->address && !s->phone && !s->web)
        warn(l, t->where, NULL, "Nobody can reach this service: give an address, a phone or a web page.");
    if (!s->has_checked && !t->checked)
        warn(l, t->where, NULL, "It is not said when this was \"checked\": people are told to ring first.");
    else if (s->has_checked && s->checked > today)
        warn(l, t->checked, NULL, "\"checked\" is a day that has not come yet.");
    else if (s->has_checked && service_is_old(s, today))
        warn(l, t->checked, NULL, "This was checked %d days ago: people are told to ring first.",
             today - s->checked);
}

static void read_service(struct loader *l, const struct node *item, const struct list_target *list,
                         struct service *out, struct named *name)
{
    struct target t = {.services = &list->out->services, .areas = list->areas, .used = list->used};
    const struct node *given[MOST_KEYS];
    size_t errors_before = l->diags->errors;
    t.where = item;
    if (item->kind != NODE_MAP) {
        fault(l, item, NULL, "A service is a set of keys: name, what, areas and so on.");
    } else {
        read_keys(l, item, &service_keys, 0, &t, given);
        for (const struct key *key = service_table; key->name; key++) {
            if (key->needed && !map_find(item, key->name))
                fault(l, t.where, NULL, "This service has no \"%s\".", key->name);
        }
        if (list->today && l->diags->errors == errors_before)
            advise(l, &t, list->today);
    }
    *name = (struct named){.name = t.service.name ? t.service.name : "", .where = t.where};
    *out = t.service;
}

static void set_services(struct loader *l, const struct node *key, void *target)
{
    struct list_target *t = target;
    if (!read_list(l, key, "services"))
        return;
    if (key->value->size > MOST_SERVICES) {
        fault(l, key, NULL, "There are %u services: %d are the most.", (unsigned)key->value->size,
              MOST_SERVICES);
        return;
    }
    size_t count = 0, named = 0;
    struct service *list = arena_array(&l->out->arena, key->value->size, sizeof *list);
    struct named *names = arena_array(&l->scratch, key->value->size, sizeof *names);
    for (const struct node *item = key->value->first; item; item = item->next, count++) {
        read_service(l, item, t, &list[count], &names[named]);
        names[named].index = (int)count;
        named += *names[named].name != '\0';
    }
    sort_names(l, names, named, "service");
    t->out->services.list = list;
    t->out->services.count = count;
}

/* Areas come before what names them, wherever they stand in the file. */
static const struct key services_table[] = {
    {"title", set_title, 0, "what the list is called", .takes = TAKES_SCALAR},
    {"made_up", set_made_up, 0, "true: none of them is real, which is said wherever they are shown",
     .takes = TAKES_BOOLEAN},
    {"areas", set_areas, 0,
     "what services help with: names of sections or pathways of forms, each with what people read",
     .takes = TAKES_NAMED_SCALARS, .needed = 1},
    {"services", set_services, 0, "a list of services", .takes = TAKES_LIST, .needed = 1,
     .keys = &service_keys},
    {0},
};
const struct keys services_keys = {"a list of services", services_table};

struct services *services_load(const char *source, size_t length, int today, struct diags *diags)
{
    size_t errors_before = diags->errors;
    struct held *out = xcalloc(1, sizeof *out);
    struct loader l = {.out = &out->loaded, .form = &out->loaded.form, .diags = diags};
    struct list_target target = {.out = out, .today = today};
    const struct node *root = node_read(source, length, &l.scratch, diags);
    const struct node *given[MOST_KEYS];
    if (root && root->kind != NODE_MAP) {
        fault(&l, root, NULL, "A list of services is a set of keys: title, areas and services.");
    } else if (root) {
        read_keys(&l, root, &services_keys, 0, &target, given);
        for (const struct key *key = services_table; key->name; key++) {
            if (key->needed && !map_find(root, key->name))
                fault(&l, root, NULL, "The list has no \"%s\".", key->name);
        }
        bool advise_areas = today && diags->errors == errors_before;
        for (size_t i = 0; i < out->services.area_count && advise_areas; i++) {
            if (!target.used[target.areas[i].index])
                warn(&l, target.areas[i].where, NULL, "No service helps with this area.");
        }
    }
    arena_release(&l.scratch);
    if (!out->services.title)
        out->services.title = "Services";
    if (root && diags->errors == errors_before)
        return &out->services;
    services_free(&out->services);
    return NULL;
}

struct services *services_read(const char *path, struct diags *diags)
{
    size_t length;
    char *cause = NULL;
    char *source = path_read(path, YAML_MOST_BYTES, &length, &cause);
    if (!source) {
        diags_add(diags, DIAG_ERROR, 0, 0, 0, NULL, "%s", cause);
        free(cause);
        return NULL;
    }
    struct services *services = services_load(source, length, 0, diags);
    free(source);
    return services;
}

void services_free(struct services *services)
{
    if (!services)
        return;
    struct held *held = (struct held *)services;
    arena_release(&held->loaded.arena);
    free(held);
}

/* ---- what can be asked of it ---- */

int services_area(const struct services *services, const char *name)
{
    for (size_t i = 0; i < services->area_count; i++) {
        if (strcmp(services->areas[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}

const char *services_nearest_area(const struct services *services, const char *name)
{
    const char **names = xcalloc(services->area_count + 1, sizeof *names);
    for (size_t i = 0; i < services->area_count; i++)
        names[i] = services->areas[i].name;
    const char *nearest = vocab_nearest(names, name);
    free(names);
    return nearest;
}

bool service_in_area(const struct service *service, int area)
{
    for (size_t i = 0; i < service->area_count; i++) {
        if (service->areas[i] == area)
            return true;
    }
    return false;
}

bool service_is_old(const struct service *service, int today)
{
    return !service->has_checked || today - service->checked > SERVICE_OLD_DAYS;
}

static bool holds_word(const struct services *services, const struct service *s, const char *word)
{
    const char *const texts[] = {s->name, s->what, s->whom, s->address, s->phone, s->web, s->opening};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (texts[i] && utf8_contains(texts[i], word))
            return true;
    }
    for (size_t i = 0; i < s->area_count; i++) {
        if (utf8_contains(services->areas[s->areas[i]].label, word) ||
            utf8_contains(services->areas[s->areas[i]].name, word))
            return true;
    }
    for (size_t i = 0; i < s->language_count; i++) {
        if (utf8_contains(s->languages[i], word))
            return true;
    }
    return false;
}

bool service_holds(const struct services *services, const struct service *service, const char *wanted)
{
    char *words = xstrdup(wanted), *rest = words, *word;
    bool all = true;
    while (all && (word = strsep(&rest, " \t")))
        all = !*word || holds_word(services, service, word);
    free(words);
    return all;
}
