/* What is typed to look over many records: any bytes as a table's filter, order, group and columns, a line
 * for each. It is refused with a reason or it is sound: it lets through what it says in one step as in two,
 * the rows that are shown are those it lets through, and what a figure takes of it is a filter too. */
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "review/listing.h"
#include "session/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(what)                                                                                           \
    do {                                                                                                     \
        if (!(what))                                                                                         \
            abort();                                                                                         \
    } while (0)

enum { NOON = 1795262400 };

static const char form_source[] =
    "form: f\nversion: \"1\"\ntitle: F\nsections:\n  - section: s\n    title: S\n    questions:\n"
    "      - {name: home, type: range, label: Home, min: 1, max: 5}\n"
    "      - {name: help, type: select_one, label: Help, choices: [{name: a, label: A}, {name: b, label: "
    "B}]}\n";

static const char *const intents[] = {
    "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
    "\"Sam\"}}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2,\"because\":\"It is "
    "\\\"cold\\\"\"}",
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"help\",\"value\":\"a\"}",
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"help\",\"value\":\"b\"}",
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring them\",\"by_when\":\"2099-12-31\"}",
    "{\"by\":\"supervisor\",\"event\":\"commented\",\"disagreement\":\"d1\",\"text\":\"Well "
    "asked\",\"name\":\"Pat\"}",
    "{\"by\":\"practitioner\",\"event\":\"lesson\",\"text\":\"Ask Sam\"}",
    NULL,
};

static struct collection *collection;

static void begin(void)
{
    struct diags diags;
    mem_init();
    clock_fix(NOON);
    collection = collection_new();
    diags_init(&diags, "f");
    struct form *form = form_load("f", form_source, sizeof form_source - 1, &diags);
    MUST(form);
    struct session *s = session_in_memory(form, NULL);
    for (int i = 0; intents[i]; i++) {
        clock_fix(NOON + 60 * i);
        MUST(session_do(s, json_loads(intents[i], 0, NULL), NULL));
    }
    const struct facts *facts;
    struct digester *digester = digester_new();
    struct digest *digest = digest_of(digester, session_record(s), &facts);
    MUST(facts && digest_count(digest, DIGEST_DISAGREEMENTS) > 0 && digest_count(digest, DIGEST_REMARKS) > 0);
    collection_add(collection, "/one.jsonl", digest, facts);
    collection_add(collection, "/two.jsonl", digest_broken("X", "K-1", "It is empty."), NULL);
    digester_free(digester);
    session_close(s);
    diags_release(&diags);
}

/* What is refused is refused with a reason. */
static void change(struct listing *listing, bool (*way)(struct listing *, const char *, char **),
                   const char *typed)
{
    char *cause = NULL;
    bool taken = way(listing, typed, &cause);
    MUST(taken == !cause);
    free(cause);
}

static void look_at_rows(const struct listing *listing, const struct filter *filter)
{
    size_t taken = 0, all = 0;
    const struct table *table = listing_table(listing);
    for (size_t i = 0; i < collection_count(collection); i++) {
        const struct source *source = collection_at(collection, i);
        for (uint32_t n = 0; n < table->rows(source); n++) {
            if (table->has && !table->has(source, n))
                continue;
            bool takes = filter_takes(filter, source, n);
            MUST(takes == (filter_takes_source(filter, source) && filter_takes_row(filter, source, n)));
            MUST(takes == (listing_find(listing, (struct row){(uint32_t)i, n}) >= 0));
            taken += takes;
            all++;
        }
    }
    MUST(listing_count(listing) == taken && listing_all(listing) == all);
}

static void look_at_filter(struct listing *listing, const char *text)
{
    const struct table *table = listing_table(listing);
    char *cause = NULL, *ways = filter_ways_on(table, text);
    free(ways);
    struct filter *filter = filter_parse(table, text, &cause);
    MUST((filter != NULL) == !cause);
    free(cause);
    MUST((filter != NULL) == listing_filter(listing, text, NULL));
    if (filter) {
        MUST(strcmp(listing_filter_text(listing), text) == 0);
        look_at_rows(listing, filter);
    }
    size_t left;
    struct filter *some = filter_parse_for(table, text, &left, NULL);
    char *rest = filter_text_for(table, text);
    struct filter *again = filter_parse(table, rest, NULL);
    MUST(again && (!filter || (some && left == 0)));
    for (size_t i = 0; some && i < collection_count(collection); i++) {
        const struct source *source = collection_at(collection, i);
        for (uint32_t n = 0; n < table->rows(source); n++)
            MUST(filter_takes(some, source, n) == filter_takes(again, source, n));
    }
    filter_free(again);
    filter_free(some);
    filter_free(filter);
    free(rest);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!collection)
        begin();
    if (size == 0 || memchr(data, '\0', size))
        return 0;
    size_t tables = 0;
    while (table_list[tables])
        tables++;
    const struct table *table = table_list[data[0] % tables];
    char *typed = xstrndup((const char *)data + 1, size - 1), *at = typed;
    const char *lines[4] = {"", "", "", ""};
    for (int i = 0; i < 4 && at; i++)
        lines[i] = strsep(&at, "\n");
    struct listing *listing = listing_new(collection, table);
    look_at_filter(listing, lines[0]);
    change(listing, listing_sort, lines[1]);
    change(listing, listing_group, lines[2]);
    change(listing, listing_columns, lines[3]);
    MUST(listing_column_count(listing) > 0);
    for (size_t i = 0; i < listing_count(listing); i++) {
        for (size_t k = 0; k < listing_column_count(listing); k++) {
            struct cell cell;
            const char *shown = listing_shown(listing, i, listing_column(listing, k), &cell);
            MUST(utf8_valid(shown, strlen(shown)));
        }
    }
    if (listing_count(listing) && *lines[0])
        MUST(listing_search(listing, lines[0], 0, false) < (long)listing_count(listing));
    listing_free(listing);
    free(typed);
    return 0;
}
