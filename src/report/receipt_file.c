/* An export read back, as far as its receipt needs it: JSON by jansson, YAML by libyaml's events. Of a YAML
 * export only the few keys that are wanted are kept, so that a file that is none, however it nests, costs
 * nothing but the reading. */
#include "report/receipt_file.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "report/tree.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { MOST_BYTES = 256 * 1024 * 1024, MOST_DEPTH = 64 };

/* ---- YAML ---- */

/* Where the reader stands. Levels: 1 is the export itself, 2 what stands right in one of its keys. */
enum { WHOLE = 1, MEMBER = 2 };

struct walk {
    json_t *tree; /* texts by key, and in "integrity" the same once more */
    int depth;
    char *key[MEMBER + 1]; /* the one whose value comes next; NULL: a key comes next */
    bool of_map[MEMBER + 1];
    bool wrong;
};

/* Is what is read now the value of "integrity"? */
static bool in_integrity(const struct walk *r)
{
    return r->key[WHOLE] && strcmp(r->key[WHOLE], "integrity") == 0;
}

static json_t *keeper(const struct walk *r)
{
    if (r->depth == WHOLE)
        return r->tree;
    if (r->depth == MEMBER && r->of_map[MEMBER] && in_integrity(r))
        return json_object_get(r->tree, "integrity");
    return NULL;
}

/* A value has been read at this level: a key comes next. */
static void value_done(struct walk *r)
{
    if (r->depth < WHOLE || r->depth > MEMBER)
        return;
    free(r->key[r->depth]);
    r->key[r->depth] = NULL;
}

static void take_scalar(struct walk *r, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    if (event->data.scalar.length != strlen(text) || r->depth < WHOLE) {
        r->wrong = true;
        return;
    }
    json_t *keeps = keeper(r);
    if (!keeps)
        return;
    if (!r->key[r->depth]) {
        r->wrong = r->wrong || json_object_get(keeps, text) != NULL; /* twice: which one is meant? */
        r->key[r->depth] = xstrdup(text);
        json_object_set_new(keeps, text, json_null());
    } else {
        bool null = event->data.scalar.plain_implicit &&
                    (strcmp(text, "null") == 0 || strcmp(text, "~") == 0 || *text == '\0');
        json_object_set_new(keeps, r->key[r->depth], null ? json_null() : json_string(text));
        value_done(r);
    }
}

static void take_start(struct walk *r, bool map)
{
    bool keyed = r->depth == 0 || !keeper(r) || r->key[r->depth];
    /* The whole is a map, and none of its keys is anything but a word. */
    if (!keyed || (r->depth == 0 && !map) || r->depth >= MOST_DEPTH) {
        r->wrong = true;
        return;
    }
    if (r->depth == WHOLE && map && in_integrity(r))
        json_object_set_new(r->tree, "integrity", json_object());
    r->depth++;
    if (r->depth <= MEMBER)
        r->of_map[r->depth] = map;
}

/* Take one in; true when the document has ended. */
static bool take(struct walk *r, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        take_scalar(r, event);
        return false;
    case YAML_MAPPING_START_EVENT:
    case YAML_SEQUENCE_START_EVENT:
        take_start(r, event->type == YAML_MAPPING_START_EVENT);
        return false;
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        value_done(r); /* where a key lacks its value, which libyaml does not let through */
        r->depth--;
        value_done(r);
        return false;
    case YAML_ALIAS_EVENT: /* no export has any */
        r->wrong = true;
        return false;
    case YAML_DOCUMENT_END_EVENT:
    case YAML_STREAM_END_EVENT:
        return true;
    default:
        return false;
    }
}

/* What is wanted of it; NULL where it is no YAML, or none of ours. */
static json_t *read_yaml(const char *text, size_t length)
{
    yaml_parser_t parser;
    yaml_event_t event;
    struct walk r = {.tree = json_object()};
    if (!yaml_parser_initialize(&parser))
        mem_exhausted();
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, length);
    for (bool ended = false; !ended && !r.wrong;) {
        if (!yaml_parser_parse(&parser, &event)) {
            if (parser.error == YAML_MEMORY_ERROR)
                mem_exhausted();
            r.wrong = true;
            break;
        }
        ended = take(&r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
    free(r.key[WHOLE]);
    free(r.key[MEMBER]);
    if (!r.wrong)
        return r.tree;
    json_decref(r.tree);
    return NULL;
}

/* ---- either ---- */

/* A whole number from 1, as JSON has it or as text; 0 for anything else. */
static size_t lines_of(const json_t *value)
{
    if (json_is_integer(value))
        return json_integer_value(value) > 0 ? (size_t)json_integer_value(value) : 0;
    const char *text = json_string_value(value);
    char *end;
    if (!text || *text < '1' || *text > '9')
        return 0;
    errno = 0;
    unsigned long long lines = strtoull(text, &end, 10);
    return errno || *end ? 0 : (size_t)lines;
}

static bool is_head(const char *text)
{
    return text && strlen(text) == RECORD_HASH_TEXT - 1 &&
           strspn(text, "0123456789abcdef") == RECORD_HASH_TEXT - 1;
}

static bool claim_of(const json_t *tree, struct receipt_claim *claim)
{
    const json_t *integrity = json_object_get(tree, "integrity");
    const char *format = json_string_value(json_object_get(tree, "format")),
               *record = json_string_value(json_object_get(tree, "record")),
               *head = json_string_value(json_object_get(integrity, "head")),
               *receipt = json_string_value(json_object_get(integrity, "receipt"));
    size_t lines = lines_of(json_object_get(integrity, "lines"));
    if (!format || strcmp(format, TREE_FORMAT) != 0 || !record || !is_head(head) || !lines)
        return false;
    *claim = (struct receipt_claim){xstrdup(record), xstrdup(head), lines, receipt ? xstrdup(receipt) : NULL};
    return true;
}

bool receipt_file_read(const char *path, struct receipt_claim *claim, char **cause)
{
    size_t length;
    char *text = path_read(path, MOST_BYTES, &length, cause);
    if (!text)
        return false;
    json_t *tree = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    if (!tree)
        tree = read_yaml(text, length);
    bool read = tree && claim_of(tree, claim);
    if (!read)
        cause_set(
            cause,
            "%s is no export of an assessment: neither JSON nor YAML with a record and its “integrity” in "
            "it. “alongside export” writes one.",
            path);
    json_decref(tree);
    free(text);
    return read;
}

void receipt_claim_release(struct receipt_claim *claim)
{
    free(claim->record);
    free(claim->head);
    free(claim->receipt);
}
