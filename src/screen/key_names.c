/* Which request a key stands for, by the names of keys in the table of requests. */
#include "screen/key_names.h"

#include "screen/term.h"

#include <stdlib.h>
#include <string.h>

/* The key that a name of the table stands for; TERM_NONE where it is a range (handled apart). */
static int key_named(const char *name, size_t length)
{
    static const struct {
        const char *name;
        int key;
    } named[] = {
        {"Tab", TERM_TAB},      {"Shift-Tab", TERM_BACKTAB},
        {"Up", TERM_UP},        {"Down", TERM_DOWN},
        {"Left", TERM_LEFT},    {"Right", TERM_RIGHT},
        {"PgUp", TERM_PAGE_UP}, {"PgDn", TERM_PAGE_DOWN},
        {"Enter", TERM_ENTER},  {"Esc", 27},
        {"Space", ' '},         {"Del", TERM_DELETE},
        {"Home", TERM_HOME},    {"End", TERM_END},
    };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strlen(named[i].name) == length && strncmp(named[i].name, name, length) == 0)
            return named[i].key;
    }
    if (length == 1)
        return (unsigned char)name[0];
    if (length == 6 && strncmp(name, "Ctrl-", 5) == 0)
        return name[5] & 0x1f;
    if (name[0] == 'F' && length <= 3)
        return TERM_F1 + (int)strtol(name + 1, NULL, 10) - 1;
    return TERM_NONE;
}

enum request request_for_key(int key, enum request_where where)
{
    if (key >= '0' && key <= '9' && where == WHERE_RECORD)
        return REQUEST_PICK;
    for (int r = REQUEST_NONE + 1; r < REQUESTS; r++) {
        enum request_where there = request_where((enum request)r);
        if (there != where && there != WHERE_ANYWHERE)
            continue;
        for (const char *name = request_table[r].keys; *name;) {
            size_t length = strcspn(name, " ");
            if (key_named(name, length) == key)
                return (enum request)r;
            name += length + strspn(name + length, " ");
        }
    }
    return REQUEST_NONE;
}
