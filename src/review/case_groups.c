/* Cases: records are linked by what they follow and by their reference, and each group of linked ones is a
 * case. Links are looked up in sorted lists, and groups are joined as trees (union and find), so that ten
 * thousand records take no time to speak of. */
#include "review/case_groups.h"

#include "base/mem.h"
#include "base/path.h"

#include <stdlib.h>
#include <string.h>

/* What a record is called in one way or the other, to be looked up by. */
struct called {
    const char *name, *path;
    uint32_t source;
};

static uint32_t root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static void join(uint32_t *parent, uint32_t one, uint32_t other)
{
    one = root_of(parent, one);
    other = root_of(parent, other);
    /* The first of them stands for all, so that numbers do not depend on the order of links. */
    if (one < other)
        parent[other] = one;
    else
        parent[one] = other;
}

static size_t folder_length(const char *path)
{
    return (size_t)(path_base(path) - path);
}

static int by_reference(const void *one, const void *other)
{
    const struct called *a = one, *b = other;
    int order = strcmp(a->name, b->name);
    size_t length = folder_length(a->path), its = folder_length(b->path);
    if (order == 0 && length != its)
        return length < its ? -1 : 1;
    return order != 0 ? order : strncmp(a->path, b->path, length);
}

static int by_name(const void *one, const void *other)
{
    return strcmp(((const struct called *)one)->name, ((const struct called *)other)->name);
}

struct cases cases_of(const struct collection *collection)
{
    struct cases cases = {.all = collection_count(collection)};
    cases.of = xcalloc(cases.all + 1, sizeof *cases.of);
    uint32_t *parent = xcalloc(cases.all + 1, sizeof *parent);
    struct called *references = xcalloc(cases.all + 1, sizeof *references),
                  *ids = xcalloc(cases.all + 1, sizeof *ids);
    size_t reference_count = 0, id_count = 0;
    for (uint32_t i = 0; i < cases.all; i++) {
        const struct source *source = collection_at(collection, i);
        const struct digest *digest = source->digest;
        parent[i] = i;
        if (!source->facts)
            continue;
        ids[id_count++] = (struct called){digest_text_of(digest, digest->id), source->path, i};
        if (digest->ref)
            references[reference_count++] =
                (struct called){digest_text_of(digest, digest->ref), source->path, i};
    }
    qsort(references, reference_count, sizeof *references, by_reference);
    for (size_t i = 1; i < reference_count; i++) {
        if (by_reference(&references[i - 1], &references[i]) == 0)
            join(parent, references[i - 1].source, references[i].source);
    }
    qsort(ids, id_count, sizeof *ids, by_name);
    for (size_t i = 0; i < id_count; i++) {
        const struct digest *digest = collection_at(collection, ids[i].source)->digest;
        const struct called wanted = {digest_text_of(digest, digest->follows), "", 0};
        const struct called *found =
            *wanted.name ? bsearch(&wanted, ids, id_count, sizeof *ids, by_name) : NULL;
        if (found)
            join(parent, found->source, ids[i].source);
    }
    for (uint32_t i = 0; i < cases.all; i++) {
        uint32_t root = root_of(parent, i);
        if (!collection_at(collection, i)->facts)
            cases.of[i] = CASE_NONE;
        else
            cases.of[i] = root == i ? (uint32_t)cases.count++ : cases.of[root];
    }
    free(references);
    free(ids);
    free(parent);
    return cases;
}

void cases_release(struct cases *cases)
{
    free(cases->of);
    *cases = (struct cases){0};
}
