/* A form: a questionnaire, checked, in memory.
 *
 * form_load() makes it from YAML (form/load.c); after that it is immutable. Everything a form points to
 * belongs to the form and lives until form_free(). Questions are numbered from 0 in the order they are asked,
 * groups before what they hold; a number is how the rest of the program names a question. */
#ifndef FORM_FORM_H
#define FORM_FORM_H

#include "form/diag.h"
#include "form/expr.h"
#include "form/who.h"

#include <stdbool.h>
#include <stddef.h>

enum { FORM_MOST_LANGUAGES = 8, FORM_MOST_ENTRIES = 99 };

enum question_type {
    TYPE_TEXT,
    TYPE_INTEGER,
    TYPE_DECIMAL,
    TYPE_RANGE,
    TYPE_SELECT_ONE,
    TYPE_SELECT_MULTIPLE,
    TYPE_RANK,
    TYPE_DATE,
    TYPE_TIME,
    TYPE_DATE_TIME,
    TYPE_ACKNOWLEDGE,
    TYPE_NOTE,
    TYPE_CALCULATE,
    TYPE_GROUP,
    TYPE_REPEAT,
};
enum { TYPES = TYPE_REPEAT + 1 };
extern const char *const question_type_names[];

enum because { BECAUSE_NEVER, BECAUSE_WHEN_DIFFERING, BECAUSE_ALWAYS };
extern const char *const because_names[];

enum reveal { REVEAL_AS_TYPED, REVEAL_TOGETHER };
extern const char *const reveal_names[];

/* What two answers that lie apart differ about. */
enum kind {
    KIND_SCORE,
    KIND_FACT,
    KIND_CAUSE,
    KIND_PRIORITY,
    KIND_GOAL,
    KIND_SAFETY,
    KIND_WORDING,
    KIND_PROCESS
};
extern const char *const kind_names[];

/* Which part of the work it belongs to: finding out, planning, doing, looking again, looking back. */
enum cycle_stage { STAGE_ASSESS, STAGE_PLAN, STAGE_IMPLEMENT, STAGE_REVIEW, STAGE_EVALUATE };
enum { STAGES = STAGE_EVALUATE + 1 };
extern const char *const stage_names[];

/* Why an answer is missing. Each is an answer of its own; none counts as a disagreement. */
enum missing { MISSING_NONE, MISSING_NOT_SURE, MISSING_DOES_NOT_APPLY, MISSING_RATHER_NOT_SAY };
extern const char *const missing_names[]; /* "", "not_sure", "does_not_apply", "rather_not_say" */

/* How it is known. */
enum evidence {
    EVIDENCE_NONE,
    EVIDENCE_SAW,
    EVIDENCE_TOLD,
    EVIDENCE_TOLD_BY_OTHER,
    EVIDENCE_PAPER,
    EVIDENCE_UNCHECKED
};
extern const char *const evidence_names[]; /* "", "saw", "told", "told_by_other", "paper", "not_checked" */

/* A text as each party reads it in each language; NULL where the form gives none. */
struct wording {
    const char *by[FORM_MOST_LANGUAGES][PARTIES];
    bool names_answers; /* has ${name} in it, in one language at least */
};

struct choice {
    const char *name;
    const struct wording *label;
    bool exclusive; /* picking it un-picks all others ("none of these") */
    bool other;     /* picking it asks for words: the answer is "name:words" */
    /* Further keys of the choice, for choice_filter: names and values in pairs, `keys` of each. */
    const char *const *key_names, *const *key_values;
    size_t keys;
};

struct choice_list {
    const char *name; /* NULL for one written in place */
    const struct choice *choices;
    size_t count;
};

/* What a number may be and how its steps are called. */
struct scale {
    const char *name; /* NULL for one written in place */
    bool has_min, has_max;
    double min, max, step; /* step: 1 unless given; 0 for a decimal that may be anything */
    double wobble;         /* what chance alone may change; 0: the form does not say */
    const double *label_values;
    const struct wording *const *labels;
    size_t label_count;
};

struct question {
    int number;
    const char *name;
    enum question_type type;
    int section; /* index into form->sections */
    int parent;  /* the number of the group or repeat it stands in, or -1 */
    int repeat;  /* the number of the innermost repeat it stands in, or -1 */
    int end;     /* group, repeat: what it holds is [number + 1, end); else number + 1 */
    size_t line; /* in the YAML file, for messages */

    const struct wording *label, *hint, *guidance, *constraint_message, *warning_message; /* NULL: none */
    const struct choice_list *choices; /* select_one, select_multiple, rank */
    const struct scale *scale;         /* integer, decimal, range; NULL: no bounds */
    enum who asked_of;                 /* PRACTITIONER, SERVICE_USER, TOGETHER; or ASKED_OF_BOTH */
    enum because because;
    enum reveal reveal;
    int kind; /* enum kind: what a difference is about; -1: what its type says */
    enum cycle_stage stage;
    bool evidence;
    bool compare;
    double tolerance;
    bool read_only, carry_over;
    bool in_sight;            /* its answer stays in sight: shown at the opening of every later sitting */
    bool trend;               /* its answers are shown over time */
    int rows;                 /* text: lines shown; 1 for one line */
    int min_count, max_count; /* repeat: how many entries */
    bool attachable;          /* repeat: an entry can be about any question */
    bool say_back;     /* together: no yes before one said back what they heard, and the other marked it */
    bool reads_across; /* what it works out may read other entries than its own (indexed-repeat) */
    const char *pathway;
    const char *const *tags;
    size_t tag_count;

    const struct expr *relevant, *required, *constraint, *warning, *calculation, *initial,
        *choice_filter; /* NULL: none */
    /* `required: true` and `relevant: true` are constants in no need of an expression. */
    bool always_required;
};
#define ASKED_OF_BOTH ((enum who) - 1)

/* What a section comes to, and how it is shown. Higher bands come later; a band begins at its number. */
enum score_show { SHOW_NUMBER, SHOW_BAND, SHOW_BAR };
extern const char *const score_show_names[];

struct score {
    int calculation; /* the question, of type calculate */
    enum score_show show;
    double max; /* of the bar; 0: none */
    const double *band_from;
    const struct wording *const *bands;
    size_t band_count;
};

struct section {
    const char *name;
    const struct wording *title; /* NULL: the name is shown */
    int first, count;            /* questions [first, first + count) */
    enum cycle_stage stage;      /* what its questions have unless they say otherwise */
    const struct score *score;   /* or NULL */
};

/* A word for grouping questions. One with a label is shown with the question, to both. */
struct tag {
    const char *name;
    const struct wording *label; /* or NULL */
};

/* Another form that may fit. */
struct offer {
    const char *form;
    const struct expr *relevant; /* NULL: always */
};

enum grouping { GROUP_NONE, GROUP_PATHWAY, GROUP_SECTION, GROUP_ANSWER, GROUP_QUESTION };

/* A list made from the answers: entries of a repeat, or questions with a tag. */
struct summary {
    const char *name;
    const struct wording *title;
    int repeat;               /* the repeat's question, or -1 */
    const char *tag;          /* or NULL */
    const struct expr *where; /* in an entry's own sight, or with "." as the answer; NULL: all */
    enum grouping group_by;   /* GROUP_QUESTION: of a repeat */
    int group_question;       /* a select_one in the repeat or around it, or -1 */
    int order_question;       /* a date, time or number in the repeat or around it, or -1 */
    const int *show;          /* questions in the repeat */
    size_t show_count;
    const struct wording *one_kind; /* said where all that is listed is in one group; or NULL */
};

struct form {
    const char *id, *version;
    const struct wording *title;
    const char *languages[FORM_MOST_LANGUAGES];
    int language_count; /* at least 1 */
    const struct wording *party_label[PARTIES];
    const struct wording *principle, *must_pass_on; /* said when a sitting opens; NULL: none */

    const struct section *sections;
    int section_count;
    const struct question *questions;
    int count;

    const struct tag *tags;
    size_t tag_count;
    const struct offer *offers;
    size_t offer_count;
    const struct summary *summaries;
    size_t summary_count;

    /* Dependency: those whose relevance, calculation or choice filter reads question q, and, of a group, what
     * it holds (its relevance is theirs), as dependents[dependent_start[q] .. dependent_start[q + 1]): one
     * step, to be followed on from there. And each question's place in an order in which everything stands
     * after what it reads. */
    const int *dependents, *dependent_start;
    const int *rank;

    const char *source; /* the whole YAML text, as the record keeps it */
    size_t source_length;
    char sha256[65]; /* of the source, in hex */
};

/* Read and check a form. `name` stands in messages. All faults are put on `diags`; NULL where one is an
 * error. */
struct form *form_load(const char *name, const char *source, size_t length, struct diags *diags);
/* The same, and with it all that may be advised to who writes the form: what is never asked, what nobody can
 * pick, what is hard to read. That takes longer. */
struct form *form_check(const char *source, size_t length, struct diags *diags);
/* As form_load(), from a file ("-" for standard input); a file that cannot be read is a fault too. */
struct form *form_read(const char *path, struct diags *diags);
void form_free(struct form *form);

/* A question's number by its name, or -1. */
int form_find(const struct form *form, const char *name);
/* The name most like `name`, or NULL. */
const char *form_nearest(const struct form *form, const char *name);

/* The wording for a party (TOGETHER and others read the service user's) in a language; where that is not
 * given, the first language's, then the other party's, then any. "" for NULL. Never NULL. */
const char *wording(const struct wording *w, enum who party, int language);
/* The same, and the language that it was found in. */
const char *wording_found(const struct wording *w, enum who party, int language, int *found);

/* Has it answers at all (not a note, a calculation, a group or a repeat)? */
bool question_is_answered(const struct question *q);
/* Is it asked of this party (PRACTITIONER or SERVICE_USER)? A `together` question is asked of neither alone.
 */
bool question_asked_of(const struct question *q, enum who party);
/* Are the two people's answers compared? */
bool question_is_compared(const struct question *q);
/* What a tag is called where people see it, or NULL. */
const struct wording *form_tag_label(const struct form *form, const char *name);
/* The highest band that this number reaches, or NULL. */
const struct wording *score_band(const struct score *score, double number);
/* The choice that an answer names, by its name or by "name:words"; NULL. */
const struct choice *question_choice(const struct question *q, const char *value);
/* The words in "name:words", without the blanks around them; NULL where there is no ":". */
const char *choice_words(const char *value, size_t *length);
/* What the scale calls a number, or NULL where it has no word for it. */
const struct wording *question_label_of(const struct question *q, double number);

#endif
