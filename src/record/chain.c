/* The chain. A line is hashed and checked as the bytes it is, never as what a JSON library would write for
 * the same object: a newer or another writer may space or escape differently, and a line is evidence as it
 * stands. A line that is made here is read back through the same check before it is kept, so nothing can be
 * written that would not be read. */
#include "record/chain.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/without.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "record/spare.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    HASH_KEY = sizeof ",\"hash\":\"" - 1,           /* from the comma to the hash … */
    HASH_END = HASH_KEY + RECORD_HASH_TEXT - 1 + 2, /* … and on to the line's end */
};

/* What the chain gives to each line; `by` and `event` come from whoever made the event. */
static const char *const given_keys[] = {"seq", "prev", "at", "hash", NULL};
static const char *const leading_keys[] = {"by", "event", NULL};

void chain_init(struct chain *chain)
{
    chain->count = 0;
    chain->spare = NULL;
    memset(chain->head, '0', RECORD_HASH_TEXT - 1);
    chain->head[RECORD_HASH_TEXT - 1] = '\0';
}

void chain_hash(const void *bytes, size_t length, char hash[RECORD_HASH_TEXT])
{
    unsigned char raw[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(raw, bytes, length);
    sodium_bin2hex(hash, RECORD_HASH_TEXT, raw, sizeof raw);
}

size_t chain_most(enum event_kind kind)
{
    return kind == EVENT_OPENED || kind == EVENT_UPGRADED ? RECORD_MOST_FORM_LINE : RECORD_MOST_LINE;
}

static bool too_long(size_t most, char **cause)
{
    return cause_set(cause, "it is longer than the %zu bytes a line may have", most);
}

char *chain_line(const struct chain *chain, json_t *object, size_t *length, char **cause)
{
    char at[INSTANT_TEXT], hash[RECORD_HASH_TEXT];
    json_t *whole = json_object();
    json_object_set_new(whole, "seq", json_integer((json_int_t)chain->count + 1));
    json_object_set_new(whole, "prev", json_string(chain->head));
    json_object_set_new(whole, "at", json_string(clock_instant(at)));
    for (int i = 0; leading_keys[i]; i++)
        json_object_set(whole, leading_keys[i], json_object_get(object, leading_keys[i]));
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) /* cannot be: a key without a value */
    {
        if (vocab_find(given_keys, key) < 0 && vocab_find(leading_keys, key) < 0)
            json_object_set_nocheck(whole, key, value);
    }
    char *text = json_dumps(whole, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(whole);
    if (!text) {
        cause_set(cause, "This cannot be written as a line of JSON.");
        return NULL;
    }
    size_t hashed = strlen(text) - 1; /* without its brace */
    chain_hash(text, hashed, hash);
    char *line = xasprintf("%.*s,\"hash\":\"%s\"}", (int)hashed, text, hash);
    free(text);
    *length = hashed + HASH_END;
    return line;
}

/* Two digits from 00 to `most`. */
static bool is_two_digits(const char *s, int most)
{
    return s[0] >= '0' && s[0] <= '9' && s[1] >= '0' && s[1] <= '9' && (s[0] - '0') * 10 + s[1] - '0' <= most;
}

/* "YYYY-MM-DDTHH:MM:SSZ", a leap second included. */
static bool is_instant(const char *text)
{
    if (!text || strlen(text) != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != 'Z')
        return false;
    char date[11] = "";
    int day;
    memcpy(date, text, 10);
    return date_parse(date, &day) && is_two_digits(text + 11, 23) && is_two_digits(text + 14, 59) &&
           is_two_digits(text + 17, 60);
}

/* The hash that a line ends in; NULL where it does not end in one. */
static const char *hash_of(const char *line, size_t length)
{
    if (length <= HASH_END || memcmp(line + length - HASH_END, ",\"hash\":\"", HASH_KEY) != 0 ||
        memcmp(line + length - 2, "\"}", 2) != 0)
        return NULL;
    return line + length - HASH_END + HASH_KEY;
}

/* Is the line's object the next one of the chain, with an event of a right shape? */
static bool check_object(const struct chain *chain, json_t *object, struct event *event, char **cause)
{
    json_t *seq = json_object_get(object, "seq");
    const char *prev = json_string_value(json_object_get(object, "prev"));
    const char *at = json_string_value(json_object_get(object, "at"));
    if (!json_is_integer(seq))
        return cause_set(cause, "it does not say which line it is");
    if (json_integer_value(seq) != (json_int_t)chain->count + 1 && !WITHOUT("number of the line"))
        return cause_set(cause, "it says that it is line %" JSON_INTEGER_FORMAT, json_integer_value(seq));
    if (!prev || (strcmp(prev, chain->head) != 0 && !WITHOUT("line before")))
        return cause_set(cause, chain->count ? "it does not follow from the line before it"
                                             : "it says that there was a line before it");
    if (!is_instant(at))
        return cause_set(cause, "its time is not a time");
    if (!event_parse(object, false, event, cause))
        return false;
    if ((event->kind == EVENT_OPENED) != (chain->count == 0))
        return cause_set(cause, "a record has “opened” on its first line, and only there");
    if (event->kind == EVENT_OPENED && event_integer(event, "format") != CHAIN_FORMAT)
        return cause_set(cause, "it is of a format that this version of Alongside does not know");
    return true;
}

bool chain_check(struct chain *chain, const char *line, size_t length, struct event *event, char **cause)
{
    if (length > RECORD_MOST_FORM_LINE)
        return too_long(RECORD_MOST_FORM_LINE, cause);
    if (!utf8_valid(line, length))
        return cause_set(cause, "it is not text");
    const char *said = hash_of(line, length);
    if (!said)
        return cause_set(cause, "it does not end in its hash");
    char hash[RECORD_HASH_TEXT];
    chain_hash(line, length - HASH_END, hash);
    if (memcmp(hash, said, RECORD_HASH_TEXT - 1) != 0 && !WITHOUT("hash"))
        return cause_set(cause, "its hash does not match");
    json_error_t error = {0};
    json_t *object = spare_parse(chain, line, length, HASH_END, &error);
    if (!json_is_object(object)) {
        json_decref(object);
        return cause_set(cause, json_error_code(&error) == json_error_duplicate_key
                                    ? "it has the same key twice"
                                    : "it is not a JSON object");
    }
    struct event found = {0};
    if (!check_object(chain, object, &found, cause)) {
        json_decref(object);
        return false;
    }
    if (length > chain_most(found.kind)) {
        json_decref(object);
        return too_long(chain_most(found.kind), cause);
    }
    json_object_del(object, "hash");
    *event = found;
    chain->count++;
    memcpy(chain->head, hash, sizeof hash);
    return true;
}

long chain_newer(const char *line, size_t length)
{
    json_error_t error = {0};
    json_t *object =
        length <= RECORD_MOST_FORM_LINE ? json_loadb(line, length, JSON_REJECT_DUPLICATES, &error) : NULL;
    const char *name = json_string_value(json_object_get(object, "event"));
    json_int_t format = json_integer_value(json_object_get(object, "format"));
    bool newer = name && strcmp(name, event_table[EVENT_OPENED].name) == 0 && format > CHAIN_FORMAT;
    json_decref(object);
    return newer ? (long)format : 0;
}
