/* Answers over time (session/trend.h), and how far they have come (session/distance.h), written down. */
#ifndef REPORT_TREND_H
#define REPORT_TREND_H

#include "session/distance.h"

#include <stdio.h>

/* The JSON's "format". */
#define TREND_FORMAT "alongside-trend/1"

void trend_write_text(const struct distance *distance, FILE *out);
void trend_write_json(const struct distance *distance, const char *ref, FILE *out);
/* One row an answer; no cell is one that a spreadsheet would work out. */
void trend_write_csv(const struct trend *trend, const char *ref, FILE *out);

#endif
