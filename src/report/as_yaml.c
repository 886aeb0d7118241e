/* YAML, by libyaml's emitter. The emitter knows how to quote, but not what a reader will take an unquoted
 * word for: "yes", "1.0" and "2026-01-01" would come back as something else. So a string goes without quotes
 * only where no reader of YAML 1.1 or 1.2 can take it for anything but a string. */
#include "report/as_yaml.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/as_json.h"
#include "report/tree.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistr.h>
#include <yaml.h>

static bool is_reserved(const char *text)
{
    static const char *const words[] = {"y",    "n",     "yes",  "no",   "on",  "off",
                                        "true", "false", "null", "none", "inf", "nan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcasecmp(text, words[i]) == 0)
            return true;
    }
    return false;
}

static bool has_unsafe(const char *text, size_t length)
{
    struct utf8_look look = {0, 0};
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, length - i);
        if (utf8_hidden(&look, c) && c != '\n')
            return true;
    }
    return false;
}

/* Lines that come back as they were in the literal style, and are easy to read there: no blank at a line's
 * end or at the start (which takes a hint that few know), and one newline at the end at most. */
static bool is_literal(const char *text, size_t length)
{
    return length > 1 && memchr(text, '\n', length) && text[0] != ' ' && text[0] != '\n' &&
           !strstr(text, " \n") && text[length - 1] != ' ' &&
           !(text[length - 1] == '\n' && text[length - 2] == '\n');
}

static yaml_scalar_style_t style_of(const char *text, size_t length)
{
    if (has_unsafe(text, length))
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    if (is_literal(text, length))
        return YAML_LITERAL_SCALAR_STYLE;
    if (memchr(text, '\n', length))
        return YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    /* What begins with a letter is no number and no date. The emitter looks after the rest. */
    char first = (char)(text[0] | 0x20); /* small, where it is a letter */
    if (first >= 'a' && first <= 'z' && !is_reserved(text))
        return YAML_PLAIN_SCALAR_STYLE;
    return YAML_SINGLE_QUOTED_SCALAR_STYLE;
}

static bool emit(yaml_emitter_t *emitter, yaml_event_t *event, int made)
{
    if (!made)
        mem_exhausted();
    return yaml_emitter_emit(emitter, event);
}

static bool emit_scalar(yaml_emitter_t *emitter, const char *text, size_t length, yaml_scalar_style_t style)
{
    yaml_event_t event;
    int made =
        yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text, (int)length, 1, 1, style);
    return emit(emitter, &event, made);
}

static bool emit_string(yaml_emitter_t *emitter, const char *text, size_t length)
{
    return emit_scalar(emitter, text, length, style_of(text, length));
}

/* A number that is not whole, as in the JSON but with the full stop and the sign of the exponent that
 * YAML 1.1 wants: 1.0e+20. */
static bool emit_real(yaml_emitter_t *emitter, const json_t *value)
{
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(AS_JSON_DIGITS));
    struct strbuf sb = STRBUF_INIT;
    size_t mantissa = strcspn(text, "e");
    strbuf_addn(&sb, text, mantissa);
    if (text[mantissa]) {
        const char *exponent = text + mantissa + 1;
        if (!strchr(sb.text, '.'))
            strbuf_add(&sb, ".0");
        strbuf_addch(&sb, 'e');
        if (*exponent != '-' && *exponent != '+')
            strbuf_addch(&sb, '+');
        strbuf_add(&sb, exponent);
    }
    bool done = emit_scalar(emitter, sb.text, sb.length, YAML_PLAIN_SCALAR_STYLE);
    strbuf_release(&sb);
    free(text);
    return done;
}

static bool emit_word(yaml_emitter_t *emitter, const char *word)
{
    return emit_scalar(emitter, word, strlen(word), YAML_PLAIN_SCALAR_STYLE);
}

static bool emit_tree(yaml_emitter_t *emitter, const json_t *tree);

static bool emit_object(yaml_emitter_t *emitter, const json_t *tree)
{
    yaml_event_t event;
    if (!emit(emitter, &event,
              yaml_mapping_start_event_initialize(&event, NULL, NULL, 1, YAML_BLOCK_MAPPING_STYLE)))
        return false;
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)tree, key, value)
    {
        if (!emit_string(emitter, key, strlen(key)) || !emit_tree(emitter, value))
            return false;
    }
    return emit(emitter, &event, yaml_mapping_end_event_initialize(&event));
}

/* A list of plain values stands on one line. */
static bool is_short(const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        const json_t *item = json_array_get(array, i);
        if (json_is_object(item) || json_is_array(item) ||
            strlen(json_is_string(item) ? json_string_value(item) : "") > 24)
            return false;
    }
    return true;
}

static bool emit_array(yaml_emitter_t *emitter, const json_t *tree)
{
    yaml_event_t event;
    yaml_sequence_style_t style = is_short(tree) ? YAML_FLOW_SEQUENCE_STYLE : YAML_BLOCK_SEQUENCE_STYLE;
    if (!emit(emitter, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1, style)))
        return false;
    for (size_t i = 0; i < json_array_size(tree); i++) {
        if (!emit_tree(emitter, json_array_get(tree, i)))
            return false;
    }
    return emit(emitter, &event, yaml_sequence_end_event_initialize(&event));
}

static bool emit_tree(yaml_emitter_t *emitter, const json_t *tree)
{
    char digits[32];
    switch (json_typeof(tree)) {
    case JSON_OBJECT:
        return emit_object(emitter, tree);
    case JSON_ARRAY:
        return emit_array(emitter, tree);
    case JSON_STRING:
        return emit_string(emitter, json_string_value(tree), json_string_length(tree));
    case JSON_INTEGER:
        snprintf(digits, sizeof digits, "%" JSON_INTEGER_FORMAT, json_integer_value(tree));
        return emit_word(emitter, digits);
    case JSON_REAL:
        return emit_real(emitter, tree);
    case JSON_TRUE:
        return emit_word(emitter, "true");
    case JSON_FALSE:
        return emit_word(emitter, "false");
    default:
        return emit_word(emitter, "null");
    }
}

static int keep(void *data, unsigned char *bytes, size_t length)
{
    strbuf_addn(data, (const char *)bytes, length);
    return 1;
}

static bool emit_document(yaml_emitter_t *emitter, const json_t *tree)
{
    yaml_event_t event;
    return emit(emitter, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING)) &&
           emit(emitter, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 0)) &&
           emit_tree(emitter, tree) && emit(emitter, &event, yaml_document_end_event_initialize(&event, 1)) &&
           emit(emitter, &event, yaml_stream_end_event_initialize(&event));
}

bool as_yaml_tree(const json_t *tree, FILE *out, char **cause)
{
    yaml_emitter_t emitter;
    if (!yaml_emitter_initialize(&emitter))
        mem_exhausted();
    struct strbuf text = STRBUF_INIT;
    yaml_emitter_set_output(&emitter, keep, &text);
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_emitter_set_indent(&emitter, 2);
    yaml_emitter_set_width(&emitter, -1); /* a reason stays on its line */
    bool made = emit_document(&emitter, tree);
    if (!made && emitter.error == YAML_MEMORY_ERROR)
        mem_exhausted();
    if (!made)
        cause_set(cause, "It cannot be written as YAML: %s.", emitter.problem);
    yaml_emitter_delete(&emitter);
    bool written = made && as_json_escaped(text.text, text.length, out, cause);
    strbuf_release(&text);
    return written;
}

bool as_yaml_write(const struct session *s, FILE *out, char **cause)
{
    json_t *tree = tree_build(s);
    bool written = as_yaml_tree(tree, out, cause);
    json_decref(tree);
    return written;
}
