/* How hard a form is to read for the service user: each section's reading grade, over all that they read in
 * it, and each sentence that is too long. In English alone, since the formula was made for that. */
#include "form/load.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "form/reading.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What people who find reading hard can read: a reading age of nine. */
enum { MOST_GRADE = 4, MOST_WORDS = 15, GRADE_TO_AGE = 5 };
/* A few words more or less make the grade of a short text jump. */
enum { LEAST_WORDS = 30 };
/* Words shown as long, of at least so many syllables. */
enum { SHOWN = 3, LONG_WORD = 3 };

static int english(const struct loader *l)
{
    for (int i = 0; i < l->form->language_count; i++) {
        const char *language = l->form->languages[i];
        if (strncmp(language, "en", 2) == 0 && (language[2] == '\0' || language[2] == '-'))
            return i;
    }
    return -1;
}

/* NULL where it is not given in that language, or not for the service user. */
static const char *text_in(const struct wording *w, int language)
{
    return w->by[language][SERVICE_USER];
}

/* ---- sentences ---- */

/* Where the text of a language stands that the service user reads, within the keys after a label. */
static const struct node *node_of(const struct loader *l, const struct node *key, int language)
{
    while (key->value->kind == NODE_MAP) {
        const struct node *in = map_find(key->value, l->form->languages[language]);
        in = in ? in : map_find(key->value, who_names[SERVICE_USER]);
        if (!in)
            break;
        key = in;
    }
    return key->value;
}

static void advise_sentences(struct loader *l, int language)
{
    for (size_t i = 0; i < l->text_count; i++) {
        const char *text = text_in(l->texts[i].text, language);
        size_t start = 0, length = 0, words = text ? reading_longest(text, &start, &length) : 0;
        if (words <= MOST_WORDS)
            continue;
        struct node at = *node_of(l, l->texts[i].key, language);
        if (at.kind == NODE_SCALAR && at.exact) {
            at.column += (uint32_t)(at.quoted + characters(text, start));
            at.span = (uint32_t)characters(text + start, length);
        }
        warn(l, &at, NULL, "This sentence has %zu words: %d are the most that are easy to read.", words,
             MOST_WORDS);
    }
}

/* ---- sections ---- */

struct pooled {
    const struct wording *text;
    size_t place;
};

struct pool {
    struct pooled *texts;
    size_t count, room;
};

static void pool_add(struct pool *pool, const struct wording *text)
{
    if (!text)
        return;
    GROW(pool->texts, pool->count, pool->room);
    pool->texts[pool->count] = (struct pooled){text, pool->count};
    pool->count++;
}

static int by_place(const void *one, const void *other)
{
    const struct pooled *a = one, *b = other;
    return (a->place > b->place) - (a->place < b->place);
}

static int by_address(const void *one, const void *other)
{
    const struct pooled *a = one, *b = other;
    return a->text == b->text ? by_place(a, b) : a->text < b->text ? -1 : 1;
}

/* Each text once: a scale is read once however often it is used. */
static void pool_unify(struct pool *pool)
{
    size_t kept = 1;
    if (pool->count == 0)
        return;
    qsort(pool->texts, pool->count, sizeof *pool->texts, by_address);
    for (size_t i = 1; i < pool->count; i++) {
        if (pool->texts[i].text != pool->texts[i - 1].text)
            pool->texts[kept++] = pool->texts[i];
    }
    qsort(pool->texts, kept, sizeof *pool->texts, by_place); /* addresses are another each time */
    pool->count = kept;
}

/* What stands in a section. */
static void pool_section(const struct loader *l, const struct section *section, struct pool *pool)
{
    pool->count = 0;
    pool_add(pool, section->title);
    for (size_t k = 0; section->score && k < section->score->band_count; k++)
        pool_add(pool, section->score->bands[k]);
    for (int i = section->first; i < section->first + section->count; i++) {
        const struct question *q = &l->questions[i];
        const struct wording *const own[] = {q->label, q->hint, q->guidance, q->constraint_message,
                                             q->warning_message};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            pool_add(pool, own[k]);
        for (size_t k = 0; q->choices && k < q->choices->count; k++)
            pool_add(pool, q->choices->choices[k].label);
        for (size_t k = 0; q->scale && k < q->scale->label_count; k++)
            pool_add(pool, q->scale->labels[k]);
    }
    pool_unify(pool);
}

/* What stands in no section: the lists, and the tags beside questions. */
static void pool_lists(const struct loader *l, struct pool *pool)
{
    pool->count = 0;
    for (size_t i = 0; i < l->summary_count; i++) {
        pool_add(pool, l->summaries[i].summary.title);
        pool_add(pool, l->summaries[i].summary.one_kind);
    }
    for (size_t i = 0; i < l->form->tag_count; i++)
        pool_add(pool, l->form->tags[i].label);
    pool_unify(pool);
}

struct long_word {
    const char *word;
    size_t length;
    int syllables;
};

static bool is_same(const struct long_word *a, const char *word, size_t length)
{
    return a->length == length && strncasecmp(a->word, word, length) == 0;
}

/* The longest few words, in `longest`, longest first. */
static void keep_longest(struct long_word longest[SHOWN], const char *text)
{
    const char *word;
    size_t length;
    while ((word = reading_word(&text, &length))) {
        int syllables = reading_syllables(word, length), place = 0;
        if (syllables < LONG_WORD)
            continue;
        while (place < SHOWN && longest[place].syllables >= syllables &&
               !is_same(&longest[place], word, length))
            place++;
        if (place == SHOWN || (longest[place].word && is_same(&longest[place], word, length)))
            continue;
        memmove(&longest[place + 1], &longest[place], (size_t)(SHOWN - 1 - place) * sizeof *longest);
        longest[place] = (struct long_word){word, length, syllables};
    }
}

static void advise_pool(struct loader *l, const struct node *where, const char *what, const struct pool *pool,
                        int language)
{
    struct reading_sum reading = {0};
    struct long_word longest[SHOWN] = {{0}};
    for (size_t i = 0; i < pool->count; i++) {
        const char *text = text_in(pool->texts[i].text, language);
        if (!text)
            continue;
        reading_add(&reading, text);
        keep_longest(longest, text);
    }
    double grade = reading_grade(&reading);
    if (reading.words < LEAST_WORDS || grade < MOST_GRADE + 0.05) /* as it is written, with one place */
        return;
    struct strbuf words = STRBUF_INIT;
    for (int i = 0; i < SHOWN && longest[i].word; i++)
        strbuf_addf(&words, "%s“%.*s”", i ? ", " : " Long words: ", (int)longest[i].length, longest[i].word);
    warn(l, where, NULL,
         "What the service user reads in %s has a reading grade of %.1f (a reading age of %.0f): up to %d "
         "is easy to "
         "read. Shorter words and sentences bring it down.%s%s",
         what, grade, grade + GRADE_TO_AGE, MOST_GRADE, words.length ? words.text : "",
         words.length ? "." : "");
    strbuf_release(&words);
}

void advise_reading(struct loader *l)
{
    int language = english(l);
    if (language < 0)
        return;
    advise_sentences(l, language);
    struct pool pool = {0};
    for (int i = 0; i < l->section_name_count; i++) {
        pool_section(l, &l->sections[l->section_names[i].index], &pool);
        advise_pool(l, l->section_names[i].where, "here", &pool, language);
    }
    pool_lists(l, &pool);
    if (l->summary_count)
        advise_pool(l, l->summaries[0].where, "the lists and the tags", &pool, language);
    free(pool.texts);
}
