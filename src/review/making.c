/* A block that grows, and what the parts of a digest are made with. */
#include "review/making.h"

#include "base/date.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void block_init(struct block *b)
{
    *b = (struct block){.text = STRBUF_INIT};
    for (int part = 0; part < DIGEST_PARTS; part++)
        b->parts[part] = (struct strbuf)STRBUF_INIT;
    strbuf_addn(&b->text, "", 1);
}

void block_put(struct block *b, int part, const void *one, size_t size)
{
    strbuf_addn(&b->parts[part], one, size);
    b->counts[part]++;
}

digest_text block_text(struct block *b, const char *words)
{
    if (!words || !*words)
        return 0;
    digest_text at = (digest_text)b->text.length;
    strbuf_addn(&b->text, words, strlen(words) + 1);
    return at;
}

digest_text block_text_taken(struct block *b, char *words)
{
    digest_text at = block_text(b, words);
    free(words);
    return at;
}

void *block_end(struct block *b, void *head, size_t head_size, struct digest_span *const *spans)
{
    struct strbuf all = STRBUF_INIT;
    strbuf_addn(&all, head, head_size);
    for (int part = 0; part < DIGEST_PARTS; part++) {
        struct strbuf *from = part == DIGEST_TEXT ? &b->text : &b->parts[part];
        if (spans[part]) {
            while (all.length % sizeof(int64_t))
                strbuf_addch(&all, '\0');
            spans[part]->at = (uint32_t)all.length;
            spans[part]->count = (uint32_t)(part == DIGEST_TEXT ? b->text.length : b->counts[part]);
            strbuf_addn(&all, from->text, from->length);
        }
        strbuf_release(&b->parts[part]);
    }
    strbuf_release(&b->text);
    *(uint32_t *)head = (uint32_t)all.length; /* `size` comes first in either */
    memcpy(all.text, head, head_size);
    return strbuf_detach(&all);
}

uint16_t making_few(size_t count)
{
    return count < UINT16_MAX ? (uint16_t)count : UINT16_MAX;
}

int64_t making_when(const struct assessment *a, long seq)
{
    const struct event *event = seq > 0 ? assessment_event_numbered(a, seq) : NULL;
    return event ? (int64_t)clock_parse(event->at) : 0;
}

int64_t making_last_entry(const struct assessment *a)
{
    return making_when(a, (long)assessment_events(a));
}

int64_t making_sitting_end(const struct assessment *a, size_t i)
{
    const struct sitting *sitting = assessment_sitting(a, i);
    if (*sitting->until)
        return (int64_t)clock_parse(sitting->until);
    return i + 1 < assessment_sittings(a) ? (int64_t)clock_parse(assessment_sitting(a, i + 1)->at)
                                          : making_last_entry(a);
}

int32_t making_seconds_together(const struct assessment *a, int64_t from, int64_t to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        int64_t begin = (int64_t)clock_parse(assessment_sitting(a, i)->at), end = making_sitting_end(a, i);
        begin = begin > from ? begin : from;
        end = end < to ? end : to;
        sum += end > begin ? end - begin : 0;
    }
    if (assessment_sittings(a) == 0)
        sum = to > from ? to - from : 0;
    return sum < INT32_MAX ? (int32_t)sum : INT32_MAX;
}

size_t making_sitting_of(const struct assessment *a, long seq)
{
    size_t found = 0;
    for (size_t i = 0; i < assessment_sittings(a) && assessment_sitting(a, i)->opened <= seq; i++)
        found = topic_sitting_began(a, i) + 1;
    return found;
}

uint8_t making_place_of_word(const struct topic_word *words, const char *word)
{
    for (uint8_t i = 0; words && word && words[i].word; i++) {
        if (strcmp(words[i].word, word) == 0)
            return (uint8_t)(i + 1);
    }
    return 0;
}

uint8_t making_told_word(const struct assessment *a, size_t sitting, const char *topic, enum who who)
{
    const struct topic *t = topic_named(topic);
    const struct event *told = topic_told(a, sitting, t, who);
    if (!told || !topic_revealed(a, sitting, t))
        return 0;
    const json_t *value = event_value(told, "value");
    if (t->type == TOPIC_SCALE) {
        json_int_t step = json_integer_value(value);
        return step >= 1 && step <= 5 ? (uint8_t)step : 0;
    }
    return making_place_of_word(t->words, json_string_value(value));
}
