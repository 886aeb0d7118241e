/* What is said about a sitting, besides the answers: how each arrives, what they do today, how it was. One
 * table of topics; each telling is an event `told`, and the last one of a sitting that is not undone is what
 * holds.
 *
 * A topic more is a row more: the opening and the closing on the screen and in line mode, the export and the
 * manual are made of the table. */
#ifndef ASSESSMENT_TOPICS_H
#define ASSESSMENT_TOPICS_H

#include "assessment/assessment.h"

enum topic_stage { TOPIC_OPENING, TOPIC_CLOSING };

enum topic_type {
    TOPIC_TEXT,     /* their own words */
    TOPIC_SCALE,    /* 1 to 5, in words */
    TOPIC_ONE,      /* one of its words */
    TOPIC_SEVERAL,  /* some of its words; `notes` may say more about each */
    TOPIC_SECTIONS, /* sections of the form, in order */
    TOPIC_DAY,
    TOPIC_NUMBER, /* whole, from 1 */
    TOPIC_SEEN    /* true: it was shown, or said */
};

/* Who tells it. One for both: whoever speaks, and the last to speak counts. */
enum topic_whose { TOPIC_EACH, TOPIC_BOTH, TOPIC_PRACTITIONERS };

/* A word that can be picked, and what it means on the screen. */
struct topic_word {
    const char *word, *label;
};

struct topic {
    const char *name;
    enum topic_stage stage;
    enum topic_type type;
    enum topic_whose whose;
    bool hidden;                    /* the other does not see it before both have told it */
    const struct topic_word *words; /* TOPIC_SCALE (from 1), TOPIC_ONE, TOPIC_SEVERAL; ends with NULL */
    const char *label;              /* what is asked, in plain words */
    const char *help;               /* for the manual */
    /* Is it only there where the form has this text? */
    const struct wording *(*text)(const struct form *form);
};

/* Ends with a NULL name; in the order in which they are gone through. */
extern const struct topic topic_table[];
/* By its name; NULL where there is none such. */
const struct topic *topic_named(const char *name);
/* Has this form a place for it? */
bool topic_is_there(const struct topic *topic, const struct form *form);
/* What a word of a topic means on the screen; the word itself where it has no such. */
const char *topic_word_label(const struct topic *topic, const char *word);

/* Two that sat down again on the same day, after a pause or to change seats, go on with the sitting they
 * began. The index of the sitting in which that one began. */
size_t topic_sitting_began(const struct assessment *a, size_t sitting);
/* How many minutes a sitting took from sitting down to its end (to the last event where it has none), rounded
 * up. */
long topic_minutes(const struct assessment *a, size_t sitting);

/* What was told in a sitting (by its index; assessment_sittings() - 1 is the last), or NULL. `who` is a party
 * for TOPIC_EACH; for the others it does not matter. What was told before a pause of the same day counts. */
const struct event *topic_told(const struct assessment *a, size_t sitting, const struct topic *topic,
                               enum who who);
/* The same of a topic that is one for both, in whichever sitting it was told last; NULL. */
const struct event *topic_told_last(const struct assessment *a, const char *name);
/* Has this party said that their words may be used without their name, so that others learn (topic `voice`)?
 * What they said last in this record holds, in whichever sitting; no where they never said. Yes is only ever
 * of the record it stands in. */
bool topic_voice(const struct assessment *a, enum who party);
/* May either see the other's? */
bool topic_revealed(const struct assessment *a, size_t sitting, const struct topic *topic);

/* The sections for a sitting, in the order agreed on: what the first to choose named, then what the other
 * added. An array of indexes of sections (the caller frees it) and its length; NULL where nobody chose: all
 * of them. */
int *topic_agenda(const struct assessment *a, size_t sitting, size_t *count);
/* Who chose first; ALONGSIDE where nobody has. */
enum who topic_agenda_first(const struct assessment *a, size_t sitting);

#endif
