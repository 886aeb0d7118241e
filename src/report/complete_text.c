/* What there is of the last sitting: the lines of session/complete, one under the other. */
#include "report/complete_text.h"

#include "base/cause.h"
#include "report/as_text.h"
#include "report/page.h"
#include "session/complete.h"

#include <stdlib.h>

bool complete_text_write(const struct session *s, int columns, FILE *out, char **cause)
{
    struct page page = {.s = s, .a = session_assessment(s), .out = out};
    struct complete c;
    page.columns = columns < AS_TEXT_LEAST ? AS_TEXT_LEAST : columns;
    complete_of(&c, s, LANGUAGE);
    page_line(&page, 0, "%s", c.title);
    for (size_t i = 0; i < c.count; i++) {
        char *told = complete_told(&c.lines[i]);
        page_line(&page, INDENT, "%s", told);
        free(told);
    }
    complete_release(&c);
    return (fflush(out) == 0 && !ferror(out)) || cause_errno(cause, "It cannot be written");
}
