/* The home menu in line mode: a heading, a numbered list, one of them picked. It knows nothing of what the
 * items are. */
#include "line/line.h"

#include "line/prompt.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

int line_home(FILE *in, FILE *out, const char *heading, const char *const *items, size_t count)
{
    struct prompt p;
    int picked = -1;
    prompt_init(&p, in, out);
    prompt_gap(&p);
    prompt_say(&p, "%s", heading);
    for (size_t i = 0; i < count; i++)
        prompt_item(&p, i + 1, items[i]);
    for (bool leave = false; picked < 0 && !leave;) {
        char *typed = prompt_read(&p, "A number, or q to leave:");
        leave = !typed || strcasecmp(typed, "q") == 0;
        size_t digits = typed ? strspn(typed, "0123456789") : 0;
        unsigned long number = digits > 0 && digits < 6 && !typed[digits] ? strtoul(typed, NULL, 10) : 0;
        if (number >= 1 && number <= count)
            picked = (int)number - 1;
        else if (!leave)
            prompt_say(&p, "Type a number from 1 to %zu, then Enter. q leaves.", count);
        free(typed);
    }
    prompt_release(&p);
    return picked;
}

char *line_home_ask(FILE *in, FILE *out, const char *prompt)
{
    struct prompt p;
    prompt_init(&p, in, out);
    char *typed = prompt_read(&p, prompt);
    prompt_release(&p);
    if (typed && *typed)
        return typed;
    free(typed);
    return NULL;
}
