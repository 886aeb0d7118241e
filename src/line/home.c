/* The home menu in line mode: a heading, a numbered list, one of them picked. It knows nothing of what the
 * items are. */
#include "line/line.h"

#include "line/internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct menu {
    struct prompt *p;
    const char *heading;
    const char *const *items;
    size_t count;
};

static void tell(void *menu)
{
    const struct menu *m = menu;
    prompt_gap(m->p);
    prompt_say(m->p, "%s", m->heading);
    for (size_t i = 0; i < m->count; i++)
        prompt_item(m->p, i + 1, m->items[i]);
}

int line_home(FILE *in, FILE *out, const char *heading, const char *const *items, size_t count)
{
    struct prompt p;
    int picked = -1;
    struct menu menu = {&p, heading, items, count};
    prompt_init(&p, in, out, NULL);
    p.again = tell;
    p.context = &menu;
    if (p.lock.trouble)
        prompt_say(&p, "%s", p.lock.trouble);
    tell(&menu);
    for (bool leave = false; picked < 0 && !leave;) {
        char *typed = prompt_read(&p, "A number, or q to leave:");
        if (typed && strcasecmp(typed, "lock") == 0) {
            prompt_lock(&p, false);
            tell(&menu);
            free(typed);
            continue;
        }
        leave = !typed || strcasecmp(typed, "q") == 0;
        size_t digits = typed ? strspn(typed, "0123456789") : 0;
        unsigned long number = digits > 0 && digits < 6 && !typed[digits] ? strtoul(typed, NULL, 10) : 0;
        if (number >= 1 && number <= count)
            picked = (int)number - 1;
        else if (!leave)
            prompt_say(&p, "Type a number from 1 to %zu, then Enter. q leaves.", count);
        free(typed);
    }
    if (p.lock.locked)
        lock_note_left();
    prompt_release(&p);
    return picked;
}

char *line_home_ask(FILE *in, FILE *out, const char *prompt)
{
    struct prompt p;
    prompt_init(&p, in, out, NULL);
    char *typed = prompt_read(&p, prompt);
    if (p.lock.locked)
        lock_note_left();
    prompt_release(&p);
    if (typed && *typed)
        return typed;
    free(typed);
    return NULL;
}
