/* The form's texts as one reader has them: in their language, or in another with a mark that says which, and
 * with the answers that the text names.
 *
 * Most texts are what the form holds and are given out as they are. What had to be put together is kept until
 * the next event, by text, item, reader and language, so that drawing a screen again makes nothing anew and
 * what was given out stays good. */
#include "assessment/answer.h"
#include "assessment/internal.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEEPEST = 4,  /* texts in answers in texts: a choice's label may name an answer, too */
    LONGEST = 100 /* columns of an answer within a text */
};
static const char nothing[] = "___";

struct made {
    const struct wording *wording;
    int item, language, depth;
    enum who reader;
    char *text; /* NULL: this place is free */
};

struct texts {
    struct made *made; /* a hash table, half empty at least */
    size_t count, room;
    int depth;
    int language[PARTIES];
};

struct texts *texts_new(void)
{
    return xcalloc(1, sizeof(struct texts));
}

void texts_clear(struct texts *t)
{
    for (size_t i = 0; i < t->room && t->count > 0; i++) {
        if (t->made[i].text) {
            free(t->made[i].text);
            t->made[i].text = NULL;
            t->count--;
        }
    }
}

void texts_free(struct texts *t)
{
    texts_clear(t);
    free(t->made);
    free(t);
}

void assessment_read_in(const struct assessment *a, enum who party, int language)
{
    a->texts->language[party == PRACTITIONER ? PRACTITIONER : SERVICE_USER] = language;
}

int assessment_language(const struct assessment *a, enum who party)
{
    return a->texts->language[party == PRACTITIONER ? PRACTITIONER : SERVICE_USER];
}

/* The place of such a text, or the free one where it would be. */
static struct made *place_of(struct made *made, size_t room, const struct made *wanted)
{
    size_t hash = (size_t)((uintptr_t)wanted->wording / 16) + (size_t)(wanted->item + 1) * 0x9e3779b1u;
    hash = (hash * 31 + (size_t)wanted->reader) * 31 + (size_t)(wanted->language + wanted->depth);
    /* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): there is always a free place, so there is room */
    for (size_t i = hash % room;; i = (i + 1) % room) {
        struct made *m = &made[i];
        if (!m->text ||
            (m->wording == wanted->wording && m->item == wanted->item && m->reader == wanted->reader &&
             m->language == wanted->language && m->depth == wanted->depth))
            return m;
    }
}

static void grow(struct texts *t)
{
    size_t room = t->room ? 2 * t->room : 64;
    struct made *made = xcalloc(room, sizeof *made);
    for (size_t i = 0; i < t->room; i++) {
        if (t->made[i].text)
            *place_of(made, room, &t->made[i]) = t->made[i];
    }
    free(t->made);
    t->made = made;
    t->room = room;
}

/* ---- answers within a text ---- */

struct hidden {
    const struct assessment *a;
    bool found;
};

static void look_behind(void *context, int item)
{
    struct hidden *h = context;
    const struct item *c = &h->a->items[item];
    bool given = answer_given(&c->slot[PRACTITIONER].answer) || answer_given(&c->slot[SERVICE_USER].answer);
    h->found |= given && !assessment_revealed(h->a, item);
}

/* Does a calculation rest, by however many steps, on an answer that is not to be seen yet? */
static bool rests_on_hidden(const struct assessment *a, int question, int from)
{
    const struct form *form = a->form;
    bool *seen = xcalloc((size_t)form->count, sizeof *seen);
    int *left = xreallocarray(NULL, (size_t)form->count, sizeof *left), count = 0;
    struct hidden h = {.a = a};
    left[count++] = question;
    seen[question] = true;
    while (count && !h.found) {
        const struct question *q = &form->questions[left[--count]];
        if (question_is_answered(q))
            items_seen(a, q->number, from, look_behind, &h);
        size_t n = 0;
        const int *reads = q->calculation ? expr_references(q->calculation, &n) : NULL;
        for (size_t i = 0; i < n; i++) {
            if (!seen[reads[i]]) {
                seen[reads[i]] = true;
                left[count++] = reads[i];
            }
        }
    }
    free(seen);
    free(left);
    return h.found;
}

/* ${name} while its answers are being written down. */
struct naming {
    const struct assessment *a;
    struct strbuf *sb;
    enum who reader;
    int language;
    int from; /* the item the text stands at, or -1 */
    bool any;
};

static void add_words(struct naming *n, const char *words)
{
    if (!*words)
        return;
    if (n->any)
        strbuf_add(n->sb, ", ");
    n->any = true;
    /* One line, and no longer than a text can bear. */
    char *line = xstrdup(words);
    for (char *c = line; *c; c++) {
        if (*c == '\n' || *c == '\t')
            *c = ' ';
    }
    char *fitting = utf8_shorten(line, LONGEST);
    strbuf_add(n->sb, fitting);
    free(fitting);
    free(line);
}

static void add_value(struct naming *n, const struct value *value)
{
    if (value->type == VALUE_LIST) {
        for (size_t i = 0; i < value->count; i++)
            add_words(n, value->items[i]);
    } else if (value->type == VALUE_BOOLEAN) {
        add_words(n, value->boolean ? "yes" : "no");
    } else if (value->type != VALUE_NUMBER || !isnan(value->number)) {
        char *words = value_string(value);
        add_words(n, words);
        free(words);
    }
}

static void add_answer(struct naming *n, int item, const json_t *value)
{
    /* What a scale calls a number stands in a sentence better than the number. */
    const struct wording *label =
        json_is_number(value) ? question_label_of(n->a->items[item].q, json_number_value(value)) : NULL;
    if (label) {
        add_words(n, assessment_text(n->a, item, label, n->reader, n->language));
        return;
    }
    char *words = answer_brief(n->a, item, value, n->reader, n->language);
    add_words(n, words);
    free(words);
}

/* Where nobody is meant more than the other: what they agree on, or what each says. */
static void add_both(struct naming *n, int item)
{
    const json_t *agreed = assessment_agreed(n->a, item);
    if (agreed)
        add_answer(n, item, agreed);
    for (int party = 0; party < PARTIES && !agreed; party++) {
        const json_t *value = n->a->items[item].slot[party].answer.value;
        if (value)
            add_answer(n, item, value);
    }
}

/* One item's answer as the reader has it: their own, else the other's. What is not to be seen yet is told to
 * nobody, for both look at one screen. */
static void name_item(void *context, int item)
{
    struct naming *n = context;
    const struct assessment *a = n->a;
    const struct item *c = &a->items[item];
    bool one = n->reader < PARTIES;
    if (one ? !c->relevant[n->reader] : !assessment_shown(a, item))
        return;
    if (c->q->type == TYPE_CALCULATE) {
        if (!rests_on_hidden(a, c->q->number, item))
            add_value(n, &c->calculated[one ? n->reader : TOGETHER]);
    } else if (!assessment_revealed(a, item)) {
        return;
    } else if (c->q->read_only) {
        const json_t *value = assessment_last(a, item, one ? n->reader : PRACTITIONER);
        if (!value)
            value = assessment_last(a, item,
                                    c->q->asked_of == TOGETHER ? TOGETHER
                                    : one                      ? who_other(n->reader)
                                                               : SERVICE_USER);
        if (value)
            add_answer(n, item, value);
    } else if (c->q->asked_of == TOGETHER) {
        if (c->slot[TOGETHER].answer.value)
            add_answer(n, item, c->slot[TOGETHER].answer.value);
    } else if (one) {
        const struct answer *own = &c->slot[n->reader].answer, *other = &c->slot[who_other(n->reader)].answer;
        const json_t *value = answer_given(own) ? own->value : other->value;
        if (value)
            add_answer(n, item, value);
    } else {
        add_both(n, item);
    }
}

static void fill(struct naming *n, const char *text)
{
    const char *open, *close;
    while ((open = strstr(text, "${")) && (close = strchr(open, '}'))) {
        strbuf_addn(n->sb, text, (size_t)(open - text));
        char *name = xstrndup(open + 2, (size_t)(close - open - 2));
        int question = form_find(n->a->form, name);
        free(name);
        n->any = false;
        if (question >= 0 && n->a->texts->depth <= DEEPEST)
            items_seen(n->a, question, n->from, name_item, n);
        if (!n->any)
            strbuf_add(n->sb, nothing);
        text = close + 1;
    }
    strbuf_add(n->sb, text);
}

/* ---- texts ---- */

/* Are there words in it at all? A number is the same in any language. */
static bool has_letters(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80 || (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z'))
            return true;
    }
    return false;
}

const char *assessment_text(const struct assessment *a, int item, const struct wording *w, enum who reader,
                            int language)
{
    int found;
    const char *text = wording_found(w, reader, language, &found);
    bool foreign = found != language && has_letters(text);
    if (!foreign && !(w && w->names_answers))
        return text;
    struct texts *t = a->texts;
    /* Within another text there is a limit to what is filled in: what is made there is kept for itself. */
    struct made wanted = {
        .wording = w, .item = item, .language = language, .depth = t->depth, .reader = reader};
    if (t->room) {
        const struct made *there = place_of(t->made, t->room, &wanted);
        if (there->text)
            return there->text;
    }
    struct strbuf sb = STRBUF_INIT;
    /* A text of a form that was left may be in a language that this one does not have. */
    if (foreign && found < a->form->language_count)
        strbuf_addf(&sb, "[%s] ", a->form->languages[found]);
    /* What stands in it goes with its words. */
    struct naming n = {.a = a, .sb = &sb, .reader = reader, .language = found, .from = item};
    t->depth++;
    fill(&n, text);
    t->depth--;
    wanted.text = strbuf_detach(&sb);
    if (2 * ++t->count > t->room)
        grow(t);
    *place_of(t->made, t->room, &wanted) = wanted;
    return wanted.text;
}
