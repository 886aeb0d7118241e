/* Somebody's words without the names: for lessons that others read, and for voices in a report (feature B12).
 *
 * What it does. Names that it was told are replaced by plain words (“the practitioner”), large and small
 * letters and accents alike, by whole words, with what belongs to them ('s): whole, first and last name each
 * alone, turned round, with initials (“S. Jones”, “Sam J.”, “SJ”), with a title before them. It also takes
 * out what looks like a telephone number, a full date, a British postcode, a number by which a person is
 * known (National Insurance, NHS, prison, police, probation, the case's own reference), an e-mail or web
 * address and a name on a network, whoever they belong to.
 *
 * What it cannot do. It knows no name but those it was told: a child's, a friend's, a street's or a nickname
 * stays, and so does a name that was typed wrong. It does not know what a sentence gives away: a job, an
 * injury or a day in the news can tell who somebody is without any name. Where somebody is called Will, each
 * “will” is replaced: too much rather than too little. So what it gives back is for a person to read before
 * others do, and nobody is promised more than “without your name”.
 *
 * The table of cases is tests/review/test-deidentify.c. */
#ifndef REVIEW_DEIDENTIFY_H
#define REVIEW_DEIDENTIFY_H

#include "assessment/assessment.h"

/* What a name is a name of. */
enum deidentify_as {
    AS_PRACTITIONER,
    AS_SERVICE_USER,
    AS_SUPERVISOR,
    AS_PERSON, /* somebody else */
    AS_PLACE,
    AS_SERVICE, /* an organisation */
    AS_REFERENCE,
    AS_KINDS
};

struct deidentify;

/* One that knows no names yet. */
struct deidentify *deidentify_new(void);
void deidentify_free(struct deidentify *d);
/* A name more; it is copied. NULL and "" are none; the same again changes nothing. */
void deidentify_add(struct deidentify *d, enum deidentify_as as, const char *text);
/* All that a record knows: who sat down under which names and where, who signed, commented and leads, to whom
 * things were sent, who is on their side (answers to a question `person` or `who`), the case's reference.
 * Also what was undone: a name that was taken back is a name. */
void deidentify_add_record(struct deidentify *d, const struct assessment *a);
/* The text with all of that replaced. The caller frees it. The same for the same names in any order. */
char *deidentify_text(const struct deidentify *d, const char *text);

#endif
