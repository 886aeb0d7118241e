/* Sparing. What is left out of a line is left out where the parser's state is certain: right after the line's
 * first bytes, which are compared as a whole; right before its end; and, for a form's text, at a place that
 * is found by its bytes alone. There a word is put that nobody can have written into the line, as it is drawn
 * when the program starts: where it comes out as the form's text, and nowhere else, that is what stood
 * there. */
#include "record/spare.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_TEXTS = 16, WORTH_IT = 512, WORD = 33 };

static const char key[] = "\"text\":\"";

struct text {
    char *raw; /* as it stands in a line, between its quotes */
    size_t length;
    json_t *value;
};

struct spare {
    struct text texts[MOST_TEXTS];
    size_t count, oldest;
    char word[WORD];
};

struct spare *spare_new(void)
{
    struct spare *spare = xcalloc(1, sizeof *spare);
    unsigned char bytes[WORD / 2];
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(spare->word, sizeof spare->word, bytes, sizeof bytes);
    return spare;
}

static void text_release(struct text *text)
{
    free(text->raw);
    json_decref(text->value);
}

void spare_free(struct spare *spare)
{
    if (!spare)
        return;
    for (size_t i = 0; i < spare->count; i++)
        text_release(&spare->texts[i]);
    free(spare);
}

/* ---- forms' texts ---- */

/* Where the first string under a key "text" begins; NULL. */
static const char *text_in(const char *bytes, size_t length)
{
    const char *at = memmem(bytes, length, key, sizeof key - 1);
    return at ? at + sizeof key - 1 : NULL;
}

/* The text that stands at `at`, up to its closing quote. */
static const struct text *known_text(const struct spare *spare, const char *at, const char *end)
{
    for (size_t i = 0; at && i < spare->count; i++) {
        const struct text *text = &spare->texts[i];
        if ((size_t)(end - at) > text->length && at[text->length] == '"' &&
            memcmp(at, text->raw, text->length) == 0)
            return text;
    }
    return NULL;
}

static json_t *form_text(json_t *object)
{
    return json_object_get(json_object_get(object, "form"), "text");
}

/* How many bytes a string has up to its closing quote; all where there is none. */
static size_t raw_length(const char *at, size_t most)
{
    size_t n = 0;
    while (n < most && at[n] != '"')
        n += at[n] == '\\' ? 2 : 1;
    return n;
}

/* Remember the form's text of this line, if what stands in the line under that key is what was read as it. */
static void learn(struct spare *spare, json_t *object, const char *line, size_t length)
{
    json_t *value = form_text(object);
    const char *at = text_in(line, length);
    if (!json_is_string(value) || json_string_length(value) < WORTH_IT || !at)
        return;
    size_t most = (size_t)(line + length - at), raw = raw_length(at, most);
    if (raw >= most)
        return;
    json_t *again = json_loadb(at - 1, raw + 2, JSON_DECODE_ANY, NULL);
    if (json_equal(again, value)) {
        struct text *text = &spare->texts[spare->count < MOST_TEXTS ? spare->count++ : spare->oldest];
        if (text->raw) {
            text_release(text);
            spare->oldest = (spare->oldest + 1) % MOST_TEXTS;
        }
        *text = (struct text){xmalloc(raw), raw, json_incref(value)};
        memcpy(text->raw, at, raw);
    }
    json_decref(again);
}

/* ---- lines ---- */

static json_t *parse(const char *line, size_t length, json_error_t *error)
{
    /* jansson refuses invalid UTF-8, NULs, what stands after the object, and a nesting of more than 2048. */
    return json_loadb(line, length, JSON_REJECT_DUPLICATES, error);
}

/* Put what was left out back in; false where it did not stand there. */
static bool complete(const struct chain *chain, json_t *object, const struct text *text)
{
    if (!json_is_object(object) || json_object_get(object, "hash") ||
        json_string_setn_nocheck(json_object_get(object, "prev"), chain->head, strlen(chain->head)) != 0)
        return false;
    if (!text)
        return true;
    json_t *form = json_object_get(object, "form"), *word = json_object_get(form, "text");
    return json_is_string(word) && strcmp(json_string_value(word), chain->spare->word) == 0 &&
           json_object_set_nocheck(form, "text", text->value) == 0;
}

/* The line's beginning as the chain wants it, up to where `prev` begins; 0 where it is another one. */
static size_t start_length(const struct chain *chain, const char *line, size_t length)
{
    char start[48];
    size_t n = (size_t)snprintf(start, sizeof start, "{\"seq\":%zu,\"prev\":\"", chain->count + 1);
    size_t hash = strlen(chain->head);
    return length > n + hash && memcmp(line, start, n) == 0 && memcmp(line + n, chain->head, hash) == 0 &&
                   line[n + hash] == '"'
               ? n
               : 0;
}

/* All but its `prev`, its hash and a known text; NULL where it has to be parsed whole. */
static json_t *parse_short(const struct chain *chain, const char *line, size_t length, size_t ending)
{
    size_t start = length > ending ? start_length(chain, line, length - ending) : 0;
    if (!start)
        return NULL;
    const char *rest = line + start + strlen(chain->head), *end = line + length - ending;
    const struct text *text = NULL;
    char room[2048], *at = room;
    if (chain->spare && chain->count == 0)
        text = known_text(chain->spare, text_in(rest, (size_t)(end - rest)), end);
    if (length + WORD > sizeof room)
        at = xmalloc(length + WORD);
    char *to = mempcpy(at, line, start);
    if (text) {
        const char *from = text_in(rest, (size_t)(end - rest));
        to = mempcpy(to, rest, (size_t)(from - rest));
        to = mempcpy(to, chain->spare->word, WORD - 1);
        rest = from + text->length;
    }
    to = mempcpy(to, rest, (size_t)(end - rest));
    *to++ = '}';
    json_t *object = parse(at, (size_t)(to - at), NULL);
    if (at != room)
        free(at);
    if (complete(chain, object, text))
        return object;
    json_decref(object);
    return NULL;
}

json_t *spare_parse(const struct chain *chain, const char *line, size_t length, size_t ending,
                    json_error_t *error)
{
    json_t *object = parse_short(chain, line, length, ending);
    if (!object)
        object = parse(line, length, error);
    if (chain->spare && chain->count == 0 && object) {
        const struct text *known = known_text(chain->spare, text_in(line, length), line + length);
        if (!known || form_text(object) != known->value)
            learn(chain->spare, object, line, length);
    }
    return object;
}
