/* libyaml gives events; what they say is put into a tree as they come, and whatever goes beyond the bounds
 * ends the reading there and then. Before that, one pass over the bytes refuses what libyaml would take or be
 * slow with: characters that cannot be seen, tabs as indentation (libyaml's own words for them help nobody)
 * and directives (it compares each with all others). libyaml looks at most 1,024 characters ahead of the
 * events it gives, so counting the depth by events is soon enough. */
#include "form/yaml.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unistr.h>
#include <yaml.h>

enum { FEW_KEYS = 8 /* up to as many, each with each is quicker than sorting */ };

struct open {
    struct node *node;
    struct node **tail; /* where the next item or key goes */
    struct node *key;   /* of a map: the key whose value comes next */
};

struct reader {
    struct arena *arena;
    struct diags *diags;
    const char *source; /* without the byte order mark */
    size_t length;
    /* Where the last mark was: libyaml counts characters, and marks only go forward. */
    size_t at_character, at_byte;
    struct open open[YAML_MOST_DEPTH];
    int depth;
    size_t nodes;
    struct node *root;
    bool unsound; /* something is missing in the tree */
};

/* ---- the bytes ---- */

struct place {
    size_t line, column;
};

/* The length of the character at `at` that is not plain ASCII; 0 where reading cannot go on. */
static size_t scan_character(struct reader *r, size_t at, struct place place)
{
    ucs4_t c;
    int n = u8_mbtoucr(&c, (const uint8_t *)r->source + at, r->length - at);
    if (n <= 0) {
        diags_add(r->diags, DIAG_ERROR, place.line, place.column, 1, NULL,
                  "This is not UTF-8 text (byte %02X): save the file as UTF-8.",
                  (unsigned char)r->source[at]);
        r->unsound = true;
        return 0;
    }
    if (utf8_unsafe(c)) {
        diags_add(r->diags, DIAG_ERROR, place.line, place.column, 1, NULL,
                  "A character that cannot be seen stands here (U+%04X): take it out.", (unsigned)c);
        r->unsound = true;
    }
    return (size_t)n;
}

static void scan(struct reader *r)
{
    struct place place = {1, 1}, first_tab = {0, 0};
    size_t tabs = 0;
    bool indentation = true;
    for (size_t i = 0; i < r->length;) {
        unsigned char b = (unsigned char)r->source[i];
        if (b == '\n') {
            place = (struct place){place.line + 1, 1};
            indentation = true;
            i++;
            continue;
        }
        size_t n = 1;
        if (b == '\t') {
            if (indentation && tabs++ == 0)
                first_tab = place;
            indentation = false; /* one for each line */
        } else if (b == '%' && place.column == 1) {
            diags_add(r->diags, DIAG_ERROR, place.line, 1, 1, NULL,
                      "A line of a form cannot begin with \"%%\" (it would be a directive to YAML).");
            r->unsound = true;
        } else if ((b < ' ' || b >= 0x7f) && !(b == '\r' && i + 1 < r->length && r->source[i + 1] == '\n')) {
            n = scan_character(r, i, place);
            if (n == 0)
                break;
        }
        indentation = indentation && (b == ' ' || b == '-');
        place.column++;
        i += n;
    }
    if (tabs) {
        char *more = tabs > 2    ? xasprintf(" (and in %zu more lines)", tabs - 1)
                     : tabs == 2 ? xstrdup(" (and in one more line)")
                                 : xstrdup("");
        diags_add(
            r->diags, DIAG_ERROR, first_tab.line, first_tab.column, 1, NULL,
            "The line is indented with a tab%s: in YAML only spaces indent, so put spaces in its place.",
            more);
        free(more);
        r->unsound = true;
    }
}

/* ---- what libyaml says ---- */

/* In words for someone who writes forms, not parsers. `opened`: the place is where the thing began. */
static const struct {
    const char *problem, *sentence;
    bool opened;
} problems[] = {
    {"mapping values are not allowed in this context",
     "A \":\" cannot stand here: put the whole text in quotes, or check how far the line is indented.",
     false},
    {"could not find expected ':'", "A key is followed by \":\" and a space, and this is not.", true},
    {"did not find expected key",
     "A key is expected here: check that the line is indented like those around it and that quotes are "
     "closed.",
     false},
    {"did not find expected '-' indicator",
     "An item that begins with \"- \" is expected here: check how far the line is indented.", false},
    {"did not find expected ',' or ']'",
     "What \"[\" opens here does not go on with \",\" or \"]\": between them, a text with ${...} or a comma "
     "needs quotes.",
     true},
    {"did not find expected ',' or '}'",
     "What \"{\" opens here does not go on with \",\" or \"}\": between them, a text with ${...} or a comma "
     "needs quotes.",
     true},
    {"did not find expected node content", "Something is missing before this.", false},
    {"found character that cannot start any token",
     "A text cannot begin with this character: put the text in quotes.", false},
    {"found unexpected end of stream", "The quotes opened here are never closed.", true},
    {"found unexpected document indicator", "The quotes opened here are never closed.", true},
    {"found unknown escape character",
     "A \"\\\" before this means nothing in double quotes: write \"\\\\\", or use single quotes.", false},
    {"did not find expected hexdecimal number",
     "A \"\\x\", \"\\u\" or \"\\U\" is followed by 2, 4 or 8 hex digits.", false},
    {"found invalid Unicode character escape code", "There is no character of that number.", false},
    {"did not find expected <document start>",
     "This does not belong to what stands above: check how far the line is indented.", false},
    {"block sequence entries are not allowed in this context",
     "A list begins on a line of its own: put this \"- \" on the next line.", false},
    {"did not find expected comment or line break", "After \"|\" or \">\" the text begins on the next line.",
     false},
    {"did not find expected alphabetic or numeric character",
     "A text that begins with \"&\" or \"*\" must stand in quotes.", true},
};

static void parser_problem(struct reader *r, const yaml_parser_t *parser)
{
    r->unsound = true;
    const char *problem = parser->problem ? parser->problem : "it cannot be read";
    if (parser->error == YAML_MEMORY_ERROR)
        mem_exhausted();
    yaml_mark_t mark = parser->problem_mark;
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++) {
        if (strcmp(problem, problems[i].problem) != 0)
            continue;
        if (problems[i].opened && parser->context)
            mark = parser->context_mark;
        diags_add(r->diags, DIAG_ERROR, mark.line + 1, mark.column + 1, 1, NULL, "%s", problems[i].sentence);
        return;
    }
    diags_add(r->diags, DIAG_ERROR, mark.line + 1, mark.column + 1, 1, NULL, "This is not YAML: %s.",
              problem);
}

/* ---- the tree ---- */

static size_t byte_at(struct reader *r, size_t character)
{
    if (character < r->at_character)
        r->at_character = r->at_byte = 0;
    while (r->at_character < character && r->at_byte < r->length) {
        r->at_byte++;
        while (r->at_byte < r->length && ((unsigned char)r->source[r->at_byte] & 0xc0) == 0x80)
            r->at_byte++;
        r->at_character++;
    }
    return r->at_byte;
}

static void refuse(struct reader *r, yaml_mark_t mark, const char *sentence)
{
    diags_add(r->diags, DIAG_ERROR, mark.line + 1, mark.column + 1, 1, NULL, "%s", sentence);
    r->unsound = true;
}

/* Put a node where it belongs. False where it cannot stand there. */
static bool place_node(struct reader *r, struct node *node)
{
    if (r->depth == 0) {
        r->root = node;
        return true;
    }
    struct open *open = &r->open[r->depth - 1];
    if (open->key) {
        open->key->value = node;
        open->key = NULL;
        return true;
    }
    if (open->node->kind == NODE_MAP) {
        if (node->kind != NODE_SCALAR) {
            diags_add(r->diags, DIAG_ERROR, node->line, node->column, 1, NULL, "A key must be a word.");
            r->unsound = true;
            return false;
        }
        open->key = node;
    }
    *open->tail = node;
    open->tail = &node->next;
    open->node->size++;
    return true;
}

static struct node *new_node(struct reader *r, const yaml_event_t *event, enum node_kind kind)
{
    yaml_mark_t start = event->start_mark, end = event->end_mark;
    if (++r->nodes > YAML_MOST_NODES) {
        refuse(r, start, "The form holds more than can be read (500,000 keys and values).");
        return NULL;
    }
    struct node *node = arena_alloc(r->arena, sizeof *node);
    node->kind = kind;
    node->line = (uint32_t)start.line + 1;
    node->column = (uint32_t)start.column + 1;
    if (kind == NODE_SCALAR && start.line == end.line)
        node->span = (uint32_t)(end.column - start.column);
    else if (kind != NODE_SCALAR)
        node->span = 1;
    return node;
}

static bool begin(struct reader *r, const yaml_event_t *event, enum node_kind kind)
{
    if (r->depth == YAML_MOST_DEPTH) {
        refuse(r, event->start_mark, "This nests more than 32 deep.");
        return false;
    }
    struct node *node = new_node(r, event, kind);
    if (!node || !place_node(r, node))
        return false;
    r->open[r->depth++] = (struct open){.node = node, .tail = &node->first};
    return true;
}

static int by_text(const void *one, const void *other)
{
    const struct node *const *a = one, *const *b = other;
    int order = strcmp((*a)->text, (*b)->text);
    if (order == 0)
        order = (*a)->line != (*b)->line ? ((*a)->line < (*b)->line ? -1 : 1)
                                         : ((*a)->column < (*b)->column ? -1 : (*a)->column > (*b)->column);
    return order;
}

static void say_twice(struct reader *r, const struct node *first, const struct node *again)
{
    char *shown = utf8_shorten(again->text, 40);
    diags_add(r->diags, DIAG_ERROR, again->line, again->column, again->span, NULL,
              "The key \"%s\" stands here a second time (the first is on line %u).", shown, first->line);
    free(shown);
}

static void find_duplicates(struct reader *r, const struct node *map)
{
    if (map->size <= FEW_KEYS) {
        for (const struct node *key = map->first; key; key = key->next) {
            for (const struct node *before = map->first; before != key; before = before->next) {
                if (strcmp(before->text, key->text) == 0) {
                    say_twice(r, before, key);
                    break;
                }
            }
        }
        return;
    }
    const struct node **keys = xcalloc(map->size, sizeof *keys);
    size_t n = 0;
    for (const struct node *key = map->first; key; key = key->next)
        keys[n++] = key;
    qsort(keys, n, sizeof *keys, by_text);
    size_t first = 0;
    for (size_t i = 1; i < n; i++) {
        if (strcmp(keys[first]->text, keys[i]->text) == 0)
            say_twice(r, keys[first], keys[i]);
        else
            first = i;
    }
    free(keys);
}

/* Controls may have come in by an escape, and tabs stand in texts as they are. */
static void check_text(struct reader *r, const struct node *node)
{
    const uint8_t *text = (const uint8_t *)node->text;
    for (size_t i = 0; i < node->size;) {
        if ((text[i] >= ' ' && text[i] < 0x7f) || text[i] == '\n') {
            i++;
            continue;
        }
        ucs4_t c;
        int n = u8_mbtouc(&c, text + i, node->size - i);
        if (utf8_unsafe(c)) {
            if (c == '\t')
                diags_add(r->diags, DIAG_ERROR, node->line, node->column, node->span, NULL,
                          "A tab stands in this text: put spaces in its place.");
            else
                diags_add(r->diags, DIAG_ERROR, node->line, node->column, node->span, NULL,
                          "This text holds a character that cannot be seen (U+%04X): take it out.",
                          (unsigned)c);
            return;
        }
        i += (size_t)n;
    }
}

static bool scalar(struct reader *r, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    yaml_mark_t start = event->start_mark;
    if (length > YAML_MOST_SCALAR) {
        refuse(r, start, "This text is longer than 16 KiB.");
        return false;
    }
    struct node *node = new_node(r, event, NODE_SCALAR);
    if (!node)
        return false;
    yaml_scalar_style_t style = event->data.scalar.style;
    node->quoted = style != YAML_PLAIN_SCALAR_STYLE;
    node->text = arena_strndup(r->arena, text, length);
    node->size = (uint32_t)length;
    bool one_line = style == YAML_PLAIN_SCALAR_STYLE || style == YAML_SINGLE_QUOTED_SCALAR_STYLE ||
                    style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    size_t byte = byte_at(r, start.index) + node->quoted;
    node->exact = one_line && byte + length <= r->length && memcmp(r->source + byte, text, length) == 0;
    if (memchr(text, '\0', length)) {
        diags_add(r->diags, DIAG_ERROR, node->line, node->column, node->span, NULL,
                  "This text holds a character that cannot be seen (U+0000): take it out.");
        r->unsound = true;
    } else {
        check_text(r, node);
    }
    bool is_key = r->depth && r->open[r->depth - 1].node->kind == NODE_MAP && !r->open[r->depth - 1].key;
    if (is_key && !node->quoted && strcmp(node->text, "<<") == 0)
        refuse(r, start, "A form has no merge keys (\"<<\"): write out what is meant.");
    return place_node(r, node);
}

/* False where reading ends, well or not. */
static bool take(struct reader *r, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    bool more = true;
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (r->root) {
            refuse(r, event->start_mark, "A second document begins here: a form is one document.");
            return false;
        }
        break;
    case YAML_ALIAS_EVENT:
        refuse(r, event->start_mark,
               "A form has no aliases (\"*\"): write out what is meant, or put the text in quotes.");
        struct node *stand_in = new_node(r, event, NODE_SCALAR);
        if (stand_in)
            stand_in->text = "";
        return stand_in && place_node(r, stand_in);
    case YAML_SCALAR_EVENT:
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
        more = scalar(r, event);
        break;
    case YAML_SEQUENCE_START_EVENT:
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
        more = begin(r, event, NODE_LIST);
        break;
    case YAML_MAPPING_START_EVENT:
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
        more = begin(r, event, NODE_MAP);
        break;
    case YAML_MAPPING_END_EVENT:
        find_duplicates(r, r->open[r->depth - 1].node);
        r->depth--;
        break;
    case YAML_SEQUENCE_END_EVENT:
        r->depth--;
        break;
    case YAML_STREAM_END_EVENT:
        return false;
    default:
        break;
    }
    if (anchor)
        refuse(r, event->start_mark,
               "A form has no anchors (\"&\"): write out what is meant, or put the text in quotes.");
    if (tag)
        refuse(r, event->start_mark, "A form has no tags (\"!\"): leave it out, or put the text in quotes.");
    return more;
}

static void parse(struct reader *r)
{
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser))
        mem_exhausted();
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser, (const unsigned char *)r->source, r->length);
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&parser, &event)) {
            parser_problem(r, &parser);
            break;
        }
        more = take(r, &event);
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

const struct node *node_read(const char *source, size_t length, struct arena *arena, struct diags *diags)
{
    struct reader r = {.arena = arena, .diags = diags, .source = source, .length = length};
    if (length > YAML_MOST_BYTES) {
        diags_add(diags, DIAG_ERROR, 0, 0, 0, NULL,
                  "The file is longer than the 4 MiB that a form may have.");
        return NULL;
    }
    if (length >= 3 && memcmp(source, "\xef\xbb\xbf", 3) == 0) {
        r.source += 3;
        r.length -= 3;
    }
    scan(&r);
    if (!r.unsound)
        parse(&r);
    if (!r.unsound && !r.root) {
        diags_add(diags, DIAG_ERROR, 0, 0, 0, NULL, "There is nothing in this file.");
        return NULL;
    }
    return r.unsound ? NULL : r.root;
}

bool node_is_empty(const struct node *node)
{
    return node->kind == NODE_SCALAR && !node->quoted &&
           (node->size == 0 || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}
