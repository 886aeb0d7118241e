/* What goes to a case conference of several agencies (feature B7): the service user's own words, all that the
 * two see differently and have not settled, with both views in the same room, the promises that are open, who
 * leads, and room for what each asks of the meeting.
 *
 * Nothing of that is picked: who makes the paper cannot leave out a word or a view. Only what one of the two
 * is not to see yet is not there. */
#ifndef REPORT_CONFERENCE_TEXT_H
#define REPORT_CONFERENCE_TEXT_H

#include "report/page.h"

void conference_print(const struct page *page);

#endif
