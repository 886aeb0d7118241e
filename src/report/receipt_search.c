/* Which line of a record does a receipt code belong to? The chain has been held against its hashes when the
 * record was read: a code that fits line N fits all lines up to it. */
#include "report/receipt_search.h"

/* Was a copy made with this line, or is it the last? */
static bool is_of_copies(const struct record *record, size_t line)
{
    return line == record_count(record) || record_event(record, line - 1)->kind == EVENT_COPIED;
}

static size_t count_tries(const struct receipt_search *search, enum receipt_where where)
{
    size_t tries = 0;
    for (size_t line = record_count(search->record); line > 0; line--)
        tries += is_of_copies(search->record, line) == (where == RECEIPT_COPIES);
    return search->most && tries > search->most ? search->most : tries;
}

bool receipt_search(const struct receipt_search *search, enum receipt_where where, size_t *lines,
                    char **cause)
{
    size_t tries = count_tries(search, where), tried = 0;
    *lines = 0;
    for (size_t line = record_count(search->record); line > 0 && tried < tries; line--) {
        struct receipt one;
        if (is_of_copies(search->record, line) != (where == RECEIPT_COPIES))
            continue;
        if (search->progress)
            search->progress(search->context, tried, tries);
        tried++;
        if (!receipt_of(&one, search->record, line, cause))
            return false;
        if (receipt_same(&one, &search->receipt)) {
            *lines = line;
            return true;
        }
    }
    return true;
}

size_t receipt_copies(const struct record *record, size_t lines)
{
    size_t copies = 0;
    for (size_t i = 0; i < lines; i++)
        copies += record_event(record, i)->kind == EVENT_COPIED;
    return copies;
}
