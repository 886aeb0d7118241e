/* Values out of the tree, each with the sentence for when it is something else. All that a form can say goes
 * through read_keys() and one table for each place: what is in no table is refused there. */
#include "form/load.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "base/vocab.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_NAME = 64,
    MOST_DIGITS = 15,          /* all numbers of so many digits are doubles of their own */
    MOST_COMPARED = 100 * 1000 /* names, looking for what may have been meant */
};

/* ---- messages ---- */

static void say(struct loader *l, enum diag_level level, const struct node *at, const char *suggestion,
                const char *format, va_list args)
{
    char *message = xvasprintf(format, args);
    diags_add(l->diags, level, at->line, at->column, at->span, suggestion, "%s", message);
    free(message);
}

void fault(struct loader *l, const struct node *at, const char *suggestion, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(l, DIAG_ERROR, at, suggestion, format, args);
    va_end(args);
}

void warn(struct loader *l, const struct node *at, const char *suggestion, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(l, DIAG_WARNING, at, suggestion, format, args);
    va_end(args);
}

const char *shown(struct loader *l, const char *text)
{
    if (strlen(text) <= 40)
        return text;
    char *cut = xstrndup(text, 200);
    char *fits = utf8_shorten(cut, 40);
    const char *kept = arena_strdup(&l->scratch, fits);
    free(cut);
    free(fits);
    return kept;
}

char *keep(struct loader *l, const char *text)
{
    return arena_strdup(&l->out->arena, text);
}

/* ---- keys ---- */

const struct keys *const all_keys[] = {&form_keys,     &parties_keys, &party_keys,   &section_keys,
                                       &question_keys, &choice_keys,  &scale_keys,   &score_keys,
                                       &tag_keys,      &offer_keys,   &summary_keys, NULL};

static int key_index(const struct keys *keys, const char *name)
{
    for (int i = 0; keys->keys[i].name; i++) {
        if (strcmp(keys->keys[i].name, name) == 0)
            return i;
    }
    return -1;
}

static char *type_list(unsigned types)
{
    const char *names[TYPES + 1];
    int n = 0;
    for (int type = 0; type < TYPES; type++) {
        if (types & ON(type))
            names[n++] = question_type_names[type];
    }
    names[n] = NULL;
    return vocab_list(names);
}

static void unknown_key(struct loader *l, const struct node *key, const struct keys *keys, unsigned types)
{
    const char *words[MOST_KEYS + 1];
    int n = 0;
    for (int i = 0; keys->keys[i].name; i++) {
        if (!types || keys->keys[i].types & types)
            words[n++] = keys->keys[i].name;
    }
    words[n] = NULL;
    const char *nearest = vocab_nearest(words, key->text);
    for (int i = 0; all_keys[i] && !nearest; i++) {
        if (key_index(all_keys[i], key->text) >= 0) {
            fault(l, key, NULL, "\"%s\" is a key of %s, not of %s.", key->text, all_keys[i]->place,
                  keys->place);
            return;
        }
    }
    if (!nearest && strchr(key->text, ' ') && node_is_empty(key->value))
        fault(
            l, key, NULL,
            "A comma ends a text between { and }: if \"%s\" belongs to the text before it, put all of it in "
            "quotes.",
            shown(l, key->text));
    else
        fault(l, key, nearest, "\"%s\" is not a key of %s.", shown(l, key->text), keys->place);
}

void read_keys(struct loader *l, const struct node *map, const struct keys *keys, unsigned types,
               void *target, const struct node *given[MOST_KEYS])
{
    memset(given, 0, MOST_KEYS * sizeof *given);
    for (const struct node *key = map->first; key; key = key->next) {
        int i = key_index(keys, key->text);
        if (i < 0) {
            unknown_key(l, key, keys, types);
        } else if (types && !(keys->keys[i].types & types)) {
            char *list = type_list(keys->keys[i].types);
            fault(l, key, NULL, "\"%s\" has no meaning here: it is a key of questions of type %s.", key->text,
                  list);
            free(list);
        } else if (!given[i]) { /* what stands twice has been said */
            if (node_is_empty(key->value))
                fault(l, key, NULL, "Nothing stands after \"%s\": write it, or take the key out.", key->text);
            given[i] = key;
        }
    }
    for (int i = 0; keys->keys[i].name; i++) {
        if (given[i] && !node_is_empty(given[i]->value))
            keys->keys[i].set(l, given[i], target);
    }
}

void set_elsewhere(struct loader *l, const struct node *key, void *target)
{
    (void)l;
    (void)key;
    (void)target;
}

const struct node *map_find(const struct node *map, const char *name)
{
    for (const struct node *key = map->first; key; key = key->next) {
        if (strcmp(key->text, name) == 0)
            return key;
    }
    return NULL;
}

/* ---- plain values ---- */

static const char *const node_names[] = {"a single value", "a list", "a set of keys"};

const char *read_scalar(struct loader *l, const struct node *key, const char *wanted)
{
    const struct node *value = key->value;
    if (value->kind != NODE_SCALAR) {
        fault(l, value, NULL, "\"%s\" must be %s, and this is %s.", shown(l, key->text), wanted,
              node_names[value->kind]);
        return NULL;
    }
    return value->text;
}

bool read_list(struct loader *l, const struct node *key, const char *wanted)
{
    if (key->value->kind != NODE_LIST) {
        fault(l, key->value, NULL, "\"%s\" must be a list of %s, and this is %s.", shown(l, key->text),
              wanted, node_names[key->value->kind]);
        return false;
    }
    if (key->value->size == 0) {
        fault(l, key->value, NULL, "\"%s\" must be a list of %s, and this list is empty.",
              shown(l, key->text), wanted);
        return false;
    }
    return true;
}

bool read_map(struct loader *l, const struct node *key, const char *wanted)
{
    if (key->value->kind == NODE_MAP)
        return true;
    fault(l, key->value, NULL, "\"%s\" must hold %s, and this is %s.", shown(l, key->text), wanted,
          node_names[key->value->kind]);
    return false;
}

bool read_bool(struct loader *l, const struct node *key, bool *out)
{
    const char *text = read_scalar(l, key, "true or false");
    if (!text)
        return false;
    bool yes = strcmp(text, "true") == 0;
    if (!key->value->quoted && (yes || strcmp(text, "false") == 0)) {
        *out = yes;
        return true;
    }
    static const char *const yes_words[] = {"yes", "Yes",  "YES",  "on",   "On", "y",
                                            "Y",   "True", "TRUE", "true", NULL};
    static const char *const no_words[] = {"no", "No",    "NO",    "off",   "Off", "n",
                                           "N",  "False", "FALSE", "false", NULL};
    const char *meant = vocab_find(yes_words, text) >= 0  ? "true"
                        : vocab_find(no_words, text) >= 0 ? "false"
                                                          : NULL;
    fault(l, key->value, meant, "\"%s\" must be true or false, without quotes.", shown(l, key->text));
    return false;
}

/* Not strtod(): that depends on the language the program speaks, and takes much that is not meant. */
bool number_of(const char *text, double *out)
{
    bool negative = *text == '-';
    if (*text == '-' || *text == '+')
        text++;
    double number = 0, scale = 1;
    int digits = 0, before = 0;
    bool point = false;
    for (; *text; text++) {
        if (*text == '.' && !point && before) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9' || ++digits > MOST_DIGITS)
            return false;
        number = number * 10 + (*text - '0');
        if (point)
            scale *= 10;
        else
            before++;
    }
    if (digits == 0 || (point && scale == 1))
        return false;
    *out = number / scale;
    if (negative && *out != 0)
        *out = -*out;
    return true;
}

bool read_number(struct loader *l, const struct node *key, double *out)
{
    const char *text = read_scalar(l, key, "a number");
    if (!text)
        return false;
    if (!key->value->quoted && number_of(text, out))
        return true;
    fault(l, key->value, NULL, "\"%s\" must be a number (like 5 or 0.5), without quotes.",
          shown(l, key->text));
    return false;
}

bool read_word(struct loader *l, const struct node *key, const char *const *words, int *out)
{
    char *list = vocab_list(words);
    const char *text = read_scalar(l, key, list);
    int found = text ? vocab_find(words, text) : -1;
    if (text && found < 0)
        fault(l, key->value, vocab_nearest(words, text), "\"%s\" must be %s.", key->text, list);
    free(list);
    if (found >= 0)
        *out = found;
    return found >= 0;
}

bool is_name(const char *text, const char *more)
{
    if (*text < 'a' || *text > 'z')
        return false;
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    while (text[length] && strchr(more, text[length]))
        length += 1 + strspn(text + length + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return text[length] == '\0' && length <= MOST_NAME;
}

/* ---- texts ---- */

const struct wording *text_of(struct loader *l, const char *text)
{
    struct wording *w = arena_alloc(&l->out->arena, sizeof *w);
    for (int party = 0; party < PARTIES; party++)
        w->by[0][party] = text;
    return w;
}

static int language_index(const struct loader *l, const char *name)
{
    for (int i = 0; i < l->form->language_count; i++) {
        if (strcmp(l->form->languages[i], name) == 0)
            return i;
    }
    return -1;
}

static int party_index(const char *name)
{
    return strcmp(name, who_names[PRACTITIONER]) == 0   ? PRACTITIONER
           : strcmp(name, who_names[SERVICE_USER]) == 0 ? SERVICE_USER
                                                        : -1;
}

/* Languages and parties may stand in either order, one within the other; -1 for what has not been said. */
static void read_words(struct loader *l, const struct node *key, struct wording *w, int language, int party)
{
    const struct node *value = key->value;
    if (value->kind == NODE_LIST) {
        fault(l, value, NULL,
              "\"%s\" must be a text, or one for each language or person, and this is a list.",
              shown(l, key->text));
        return;
    }
    if (value->kind == NODE_SCALAR) {
        if (node_is_empty(value) || strspn(value->text, " \n") == value->size) {
            fault(l, key, NULL, "\"%s\" has no words: write them, or take the key out.", shown(l, key->text));
            return;
        }
        size_t length = value->size; /* a block of lines ends in a newline, which is not meant */
        while (strchr(" \n", value->text[length - 1]))
            length--;
        const char *text = arena_strndup(&l->out->arena, value->text, length);
        if (strstr(text, "${")) {
            w->names_answers = true;
            GROW(l->naming, l->naming_count, l->naming_room);
            l->naming[l->naming_count++] = value;
        }
        for (int p = 0; p < PARTIES; p++) {
            if (party < 0 || party == p)
                w->by[language < 0 ? 0 : language][p] = text;
        }
        return;
    }
    const char *words[FORM_MOST_LANGUAGES + PARTIES + 1];
    int n = 0;
    for (int i = 0; language < 0 && i < l->form->language_count; i++)
        words[n++] = l->form->languages[i];
    for (int i = 0; party < 0 && i < PARTIES; i++)
        words[n++] = who_names[i];
    words[n] = NULL;
    if (n == 0) {
        fault(l, value, NULL, "\"%s\" must be a text, and this is a set of keys.", shown(l, key->text));
        return;
    }
    if (value->size == 0)
        fault(l, value, NULL, "\"%s\" has no words: write them, or take the key out.", shown(l, key->text));
    bool languages_here = false, parties_here = false;
    for (const struct node *in = value->first; in; in = in->next) {
        int this_language = language < 0 ? language_index(l, in->text) : -1;
        int this_party = party < 0 ? party_index(in->text) : -1;
        if (this_language < 0 && this_party < 0) {
            char *list = vocab_list(words);
            fault(l, in, vocab_nearest(words, in->text), "A text is given for %s, not for \"%s\".", list,
                  shown(l, in->text));
            free(list);
            continue;
        }
        if ((this_language >= 0 && parties_here) || (this_party >= 0 && languages_here)) {
            fault(l, in, NULL, "Languages and people cannot stand side by side: put one within the other.");
            continue;
        }
        languages_here |= this_language >= 0;
        parties_here |= this_party >= 0;
        read_words(l, in, w, this_language >= 0 ? this_language : language,
                   this_party >= 0 ? this_party : party);
    }
}

/* Texts are read from the top of the file to its foot, more or less. */
static void note_lack(struct loader *l, int language, const struct node *key)
{
    size_t lines = l->untranslated[language].line_count, last = lines < FIRST_LACKS ? lines : FIRST_LACKS;
    if (l->untranslated[language].count++ == 0)
        l->untranslated[language].first = key;
    if (last > 0 && l->untranslated[language].lines[last - 1] == key->line)
        return;
    if (lines < FIRST_LACKS)
        l->untranslated[language].lines[lines] = key->line;
    l->untranslated[language].line_count++;
}

const struct wording *read_text(struct loader *l, const struct node *key)
{
    struct wording *w = arena_alloc(&l->out->arena, sizeof *w);
    size_t errors_before = l->diags->errors;
    read_words(l, key, w, -1, -1);
    if (l->advising) {
        GROW(l->texts, l->text_count, l->text_room);
        l->texts[l->text_count++] = (struct text_place){w, key};
    }
    if (l->diags->errors > errors_before)
        return w;
    for (int i = 0; i < l->form->language_count; i++) {
        if (w->by[i][PRACTITIONER] || w->by[i][SERVICE_USER])
            continue;
        note_lack(l, i, key);
    }
    return w;
}

/* ---- names ---- */

static int by_name(const void *one, const void *other)
{
    const struct named *a = one, *b = other;
    int order = strcmp(a->name, b->name);
    return order ? order : (a->index > b->index) - (a->index < b->index);
}

void sort_names(struct loader *l, struct named *names, size_t count, const char *what)
{
    if (count)
        qsort(names, count, sizeof *names, by_name);
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (strcmp(names[first].name, names[i].name) == 0)
            fault(l, names[i].where, NULL, "There is a %s \"%s\" already (on line %u).", what, names[i].name,
                  names[first].where->line);
        else
            first = i;
    }
}

const struct named *find_name(const struct named *names, size_t count, const char *name)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(names[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(names[low].name, name) == 0 ? &names[low] : NULL;
}

const char *nearest_name(struct loader *l, const struct named *names, size_t count, const char *name)
{
    if (l->compared > MOST_COMPARED)
        return NULL;
    l->compared += count;
    const char *words[2] = {NULL, NULL}, *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < count && best > 0; i++) {
        words[0] = names[i].name;
        if (!vocab_nearest(words, name))
            continue;
        size_t distance = vocab_distance(names[i].name, name, best);
        if (distance < best) {
            best = distance;
            nearest = names[i].name;
        }
    }
    return nearest;
}
