/* The whole cycle on plain lines: of this record alone, so that a copy says the same wherever it is made. */
#include "report/cycle_text.h"

#include "session/cycle.h"

#include <stdlib.h>

void cycle_print(const struct page *page)
{
    struct cycle c;
    if (!cycle_is_told(assessment_form(page->a)))
        return;
    cycle_of(&c, page->s, false);
    page_heading(page, "The whole of it");
    for (int stage = 0; stage < STAGES; stage++) {
        char *answered = cycle_answered(&c.parts[stage], page->a);
        page_line(page, INDENT, "%s: %s", cycle_stage_title((enum cycle_stage)stage), answered);
        for (size_t i = 0; i < c.parts[stage].count; i++)
            page_line(page, 2 * INDENT, "%s", c.parts[stage].facts[i]);
        free(answered);
    }
    cycle_release(&c);
}
