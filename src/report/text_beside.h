/* What stands beside the answers, on paper. */
#ifndef REPORT_TEXT_BESIDE_H
#define REPORT_TEXT_BESIDE_H

#include "report/page.h"

/* All that has a day, under a heading; nothing where there were only sittings, which stand on top. */
void text_timeline(const struct page *page);
/* What each will do, in two columns under a heading; nothing where nobody promised anything. */
void text_promises(const struct page *page);
/* Those that not both have spoken on yet, with their days, in two columns of the same width; of each person
 * no more than `most`, and then how many more there are. */
void text_open_promises(const struct page *page, size_t most);
/* About a question: offers, other ways to see it, statements, what was said back. */
void text_about(const struct page *page, int item);
/* Notes and statements, as they came, that are told nowhere else. */
void text_notes(const struct page *page);
/* What was said about a sitting, but not that something was shown. */
struct topic;
void text_told(const struct page *page, size_t sitting, const struct topic *topic);

/* Who leads, where that is not simply the practitioner; the last countersignature, where there is one. */
void text_lead(const struct page *page);
void text_countersigned(const struct page *page);

#endif
