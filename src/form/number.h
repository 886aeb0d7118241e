/* Numbers as text, by XPath's grammar and whatever the locale says. */
#ifndef FORM_NUMBER_H
#define FORM_NUMBER_H

enum { NUMBER_TEXT = 40 };

/* Blanks, "-", digits with at most one point, blanks; NaN for anything else. */
double number_parse(const char *text);
/* The shortest text that reads back as the same number: "0.1", "17", "-0" as "0", "NaN", "Infinity", and from
 * 1e21 and below 1e-6 as ODK's engines do, "1e+21". */
const char *number_text(double number, char text[NUMBER_TEXT]);
/* Rounded half away from zero to `places` digits after the point (before it where negative), in
 * decimal: 1.475 to two places is 1.48. */
double number_round(double number, int places);

#endif
