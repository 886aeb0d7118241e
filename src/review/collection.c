/* The collection: sources by number, by the id of what they hold, and the forms' facts once each.
 *
 * Sources of one record hang in a ring (`same`); which of them counts is worked out anew whenever one of the
 * ring changes, so that it does not depend on who came first. Each keeps its own digest although it may be
 * left out: the other may go. */
#include "review/collection.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 64 };

struct held {
    struct source source; /* what is told of it */
    struct digest *own;   /* what was read */
    const struct facts *facts;
    struct digest *left_out; /* told instead while another copy counts; NULL */
    struct held *same;       /* the next in the ring of one record; itself where there is no other */
};

struct collection {
    struct held **sources;
    size_t count, room;
    /* By id: one of each ring. Open addressing, at most half full; nothing is ever taken out. */
    struct held **by_id;
    size_t slots, used;
    struct facts **facts;
    size_t facts_count, facts_room;
    size_t broken;
    size_t changes;
};

struct collection *collection_new(void)
{
    return xcalloc(1, sizeof(struct collection));
}

static void held_free(struct held *held)
{
    free(held->source.path);
    free(held->own);
    free(held->left_out);
    free(held);
}

void collection_free(struct collection *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->count; i++)
        held_free(c->sources[i]);
    for (size_t i = 0; i < c->facts_count; i++)
        free(c->facts[i]);
    free(c->sources);
    free(c->by_id);
    free(c->facts);
    free(c);
}

/* ---- forms ---- */

/* The collection's own copy, by all of it: what was stored may claim another form's sum, and a digest fits
 * the facts that it was held against. */
static const struct facts *facts_kept(struct collection *c, const struct facts *facts)
{
    for (size_t i = c->facts_count; i-- > 0;) {
        if (c->facts[i]->size == facts->size && memcmp(c->facts[i], facts, facts->size) == 0)
            return c->facts[i];
    }
    struct facts *copy = xmalloc(facts->size);
    memcpy(copy, facts, facts->size);
    GROW(c->facts, c->facts_count, c->facts_room);
    return c->facts[c->facts_count++] = copy;
}

/* ---- which of one record's copies counts ---- */

static bool sound(const struct held *held)
{
    return held->facts != NULL;
}

static const char *id_of(const struct held *held)
{
    return digest_text_of(held->own, held->own->id);
}

/* Does `a` count rather than `b`? */
static bool before(const struct held *a, const struct held *b)
{
    if (a->own->entries != b->own->entries)
        return a->own->entries > b->own->entries;
    if (a->own->last != b->own->last)
        return a->own->last > b->own->last;
    return strcmp(a->source.path, b->source.path) < 0;
}

/* What is told of one, and whether it counts. `other` is the copy that counts instead, or NULL. */
static void tell(struct collection *c, struct held *held, const struct held *other)
{
    bool counted = held->source.facts != NULL;
    free(held->left_out);
    held->left_out = NULL;
    if (other) {
        char *why = xasprintf("It is left out: the same record lies also in %s, %s.", other->source.path,
                              other->own->entries > held->own->entries ? "with more entries"
                                                                       : "with as many entries");
        held->left_out = digest_broken(id_of(held), digest_text_of(held->own, held->own->ref), why);
        free(why);
    }
    held->source.digest = other ? held->left_out : held->own;
    held->source.facts = other ? NULL : held->facts;
    if (counted && !held->source.facts) {
        c->broken++;
        c->changes++;
    } else if (!counted && held->source.facts) {
        c->broken--;
    }
}

static void settle(struct collection *c, struct held *ring)
{
    struct held *best = ring;
    for (struct held *held = ring->same; held != ring; held = held->same) {
        if (before(held, best))
            best = held;
    }
    tell(c, best, NULL);
    for (struct held *held = best->same; held != best; held = held->same)
        tell(c, held, best);
}

/* ---- by id ---- */

static size_t slot_of(const struct collection *c, const char *id)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */
    for (const char *at = id; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    size_t slot = (size_t)(hash ^ hash >> 32) & (c->slots - 1);
    while (c->by_id[slot] && strcmp(id_of(c->by_id[slot]), id) != 0)
        slot = (slot + 1) & (c->slots - 1);
    return slot;
}

static void by_id_grow(struct collection *c)
{
    struct held **old = c->by_id;
    size_t slots = c->slots;
    c->slots = slots ? 2 * slots : SMALLEST;
    c->by_id = xcalloc(c->slots, sizeof *c->by_id);
    for (size_t i = 0; i < slots; i++) {
        if (old[i])
            c->by_id[slot_of(c, id_of(old[i]))] = old[i];
    }
    free(old);
}

static void join(struct collection *c, struct held *held)
{
    if (2 * (c->used + 1) > c->slots)
        by_id_grow(c);
    struct held **slot = &c->by_id[slot_of(c, id_of(held))];
    if (*slot) {
        held->same = (*slot)->same;
        (*slot)->same = held;
    } else {
        *slot = held;
        c->used++;
    }
    settle(c, held);
}

/* Take one out of its ring. Where it was the last its id's place is closed up, as what it named is gone. */
static void leave(struct collection *c, struct held *held)
{
    size_t slot = slot_of(c, id_of(held));
    struct held *previous = held;
    while (previous->same != held)
        previous = previous->same;
    previous->same = held->same;
    held->same = held;
    if (previous != held) {
        c->by_id[slot] = previous;
        settle(c, previous);
        return;
    }
    c->by_id[slot] = NULL;
    c->used--;
    for (size_t next = (slot + 1) & (c->slots - 1); c->by_id[next]; next = (next + 1) & (c->slots - 1)) {
        struct held *moved = c->by_id[next];
        c->by_id[next] = NULL;
        c->by_id[slot_of(c, id_of(moved))] = moved;
    }
}

/* ---- the collection ---- */

static void hold(struct collection *c, struct held *held, struct digest *digest, const struct facts *facts)
{
    held->own = held->source.digest = digest;
    held->facts = facts ? facts_kept(c, facts) : NULL;
    held->source.facts = NULL;
    held->same = held;
    c->broken++;
    if (sound(held))
        join(c, held);
}

void collection_add(struct collection *c, const char *path, struct digest *digest, const struct facts *facts)
{
    struct held *held = xcalloc(1, sizeof *held);
    held->source.path = xstrdup(path);
    GROW(c->sources, c->count, c->room);
    c->sources[c->count++] = held;
    hold(c, held, digest, facts);
}

void collection_replace(struct collection *c, size_t i, struct digest *digest, const struct facts *facts)
{
    struct held *held = c->sources[i];
    struct digest *old = held->own, *left_out = held->left_out;
    held->left_out = NULL;
    c->changes++;
    c->broken -= held->source.facts == NULL;
    held->source.facts = NULL;
    if (sound(held))
        leave(c, held);
    hold(c, held, digest, facts);
    free(old);
    free(left_out);
}

size_t collection_count(const struct collection *c)
{
    return c->count;
}

const struct source *collection_at(const struct collection *c, size_t i)
{
    return i < c->count ? &c->sources[i]->source : NULL;
}

size_t collection_changes(const struct collection *c)
{
    return c->changes;
}

size_t collection_broken(const struct collection *c)
{
    return c->broken;
}
