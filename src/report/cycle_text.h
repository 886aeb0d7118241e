/* The whole cycle (session/cycle.h) as a part of a summary on plain lines. */
#ifndef REPORT_CYCLE_TEXT_H
#define REPORT_CYCLE_TEXT_H

#include "report/page.h"

/* Nothing where the form is about finding out alone. */
void cycle_print(const struct page *page);

#endif
