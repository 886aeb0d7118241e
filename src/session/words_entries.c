/* What is said about repeats and their entries. */
#include "session/words.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "session/walk.h"

#include <stdlib.h>
#include <string.h>

/* What this one says there, or said last time. */
static const json_t *said(const struct assessment *a, int item, enum who who)
{
    const json_t *value = assessment_answer(a, item, who)->value;
    return value ? value : assessment_last(a, item, who);
}

int words_entry_item(const struct assessment *a, const struct entry *entry)
{
    const struct question *repeat = assessment_question(a, entry->repeat);
    for (int item = entry->first; item < entry->first + repeat->end - repeat->number - 1; item++) {
        bool any = said(a, item, PRACTITIONER) || said(a, item, SERVICE_USER) || said(a, item, TOGETHER);
        if (any && assessment_revealed(a, item))
            return item;
    }
    return -1;
}

char *words_entry_by(const struct assessment *a, const struct entry *entry, enum who who, int language)
{
    int item = words_entry_item(a, entry);
    if (item < 0 || !said(a, item, who))
        return xstrdup("");
    char *words = answer_words(a, item, said(a, item, who), who, language);
    for (char *c = words; *c; c++)
        *c = *c == '\n' ? ' ' : *c;
    return words;
}

char *words_entry(const struct assessment *a, const struct entry *entry, enum who reader, int language)
{
    enum who first = reader < PARTIES ? reader : SERVICE_USER;
    const enum who order[] = {TOGETHER, first, who_other(first)};
    char *words = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order && (!words || !*words); i++) {
        free(words);
        words = words_entry_by(a, entry, order[i], language);
    }
    return words;
}

char *words_entry_standing(const struct assessment *a, const struct entry *entry, int language)
{
    struct walk_progress p = walk_entry_progress(a, entry);
    struct strbuf sb = STRBUF_INIT;
    int left = p.to_go[PRACTITIONER] + p.to_go[SERVICE_USER] + p.to_go[TOGETHER];
    if (p.done == 0 && left > 0 && words_entry_item(a, entry) < 0)
        strbuf_addf(&sb, "%s added this. ", assessment_name(a, entry->by, language));
    bool each = p.to_go[PRACTITIONER] == p.to_go[SERVICE_USER];
    if (each && p.to_go[PRACTITIONER] > 0)
        strbuf_addf(&sb, "Each of you has %d to go. ", p.to_go[PRACTITIONER]);
    for (int who = 0; who < PARTIES && !each; who++) {
        if (p.to_go[who] > 0)
            strbuf_addf(&sb, "%s has %d to go. ", assessment_name(a, (enum who)who, language), p.to_go[who]);
    }
    if (p.to_go[TOGETHER] > 0)
        strbuf_addf(&sb, "Together you have %d to go. ", p.to_go[TOGETHER]);
    if (left == 0)
        strbuf_add(&sb, "All answered. ");
    if (p.differ)
        strbuf_addf(&sb, "You see %d %s differently. ", p.differ, p.differ == 1 ? "thing" : "things");
    char *words = strbuf_detach(&sb);
    words[strlen(words) - 1] = '\0';
    return words;
}

char *words_entry_out(const struct assessment *a, const struct entry *entry, int language)
{
    for (int party = 0; party < PARTIES; party++) {
        if (entry->in && entry->out[party])
            return xasprintf("%s says: take it out. It goes when %s says so too.",
                             assessment_name(a, (enum who)party, language),
                             assessment_name(a, who_other((enum who)party), language));
    }
    return xstrdup("");
}

char *words_repeat(const struct assessment *a, int repeat, int language)
{
    const struct question *q = assessment_question(a, repeat);
    int count = (int)assessment_entries(a, repeat);
    struct strbuf sb = STRBUF_INIT;
    if (q->asked_of < PARTIES)
        strbuf_addf(&sb, "This list is for %s. ", assessment_name(a, q->asked_of, language));
    if (count >= q->max_count)
        strbuf_addf(&sb, "That is %d, and no more fit.", count);
    else if (q->min_count == q->max_count)
        strbuf_addf(&sb, "It takes %d. You have %d.", q->min_count, count);
    else if (q->min_count > 0)
        strbuf_addf(&sb, "At least %d, no more than %d. You have %d.", q->min_count, q->max_count, count);
    else
        strbuf_addf(&sb, "No more than %d. You have %d.", q->max_count, count);
    return strbuf_detach(&sb);
}

/* The repeats that an item stands in: how many. */
static int depth_of(const struct assessment *a, int item)
{
    int depth = 0;
    for (const struct entry *e = assessment_entry_of(a, item); e; e = assessment_entry_of(a, e->repeat))
        depth++;
    return depth;
}

/* The innermost `levels` of where an item is; the innermost label in `columns` at most (-1: whole). */
static char *where(const struct assessment *a, const struct entry *entry, enum who reader, int language,
                   int levels, int columns)
{
    const struct entry *outer = assessment_entry_of(a, entry->repeat);
    char *before = levels > 1 && outer ? where(a, outer, reader, language, levels - 1, -1) : xstrdup("");
    int place = assessment_entry_place(a, entry);
    char *count = place ? xasprintf(", %d of %zu", place, assessment_entries(a, entry->repeat))
                        : xstrdup(", one taken out");
    const char *whole = words_question(a, entry->repeat, reader, language);
    int room = columns - utf8_width(count);
    char *label = columns < 0 ? xstrdup(whole) : utf8_shorten(whole, room > 4 ? room : 4);
    char *words = xasprintf("%s%s%s%s", before, *before ? ": " : "", label, count);
    free(before);
    free(count);
    free(label);
    return words;
}

char *words_where(const struct assessment *a, int question, enum who reader, int language)
{
    const struct entry *entry = assessment_entry_of(a, question);
    return entry ? where(a, entry, reader, language, depth_of(a, question), -1) : xstrdup("");
}

char *words_where_short(const struct assessment *a, int question, enum who reader, int language, int columns)
{
    const struct entry *entry = assessment_entry_of(a, question);
    if (!entry)
        return xstrdup("");
    for (int levels = depth_of(a, question); levels > 0; levels--) {
        char *words = where(a, entry, reader, language, levels, -1);
        if (utf8_width(words) <= columns)
            return words;
        free(words);
    }
    return where(a, entry, reader, language, 1, columns);
}

int words_cards(const struct assessment *a, int item)
{
    int count = 0;
    for (long number = 1; number < assessment_next_entry(a); number++) {
        const struct entry *entry = assessment_entry_numbered(a, number);
        count += entry->in && entry->about == item;
    }
    return count;
}
