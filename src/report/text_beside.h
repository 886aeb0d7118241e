/* What stands beside the answers, on paper. */
#ifndef REPORT_TEXT_BESIDE_H
#define REPORT_TEXT_BESIDE_H

#include "report/page.h"

/* All that has a day, under a heading; nothing where there were only sittings, which stand on top. */
void text_timeline(const struct page *page);
/* What each will do, in two columns under a heading; nothing where nobody promised anything. */
void text_promises(const struct page *page);
/* What was said back about a question, and whether that was right. */
void text_said_back(const struct page *page, int item);
/* Is it told there already, and so not to be told again among the notes? */
bool text_is_beside(const struct assessment *a, const struct event *event);

#endif
