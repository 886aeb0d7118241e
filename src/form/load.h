/* Loading a form, for the files load*.c only. */
#ifndef FORM_LOAD_H
#define FORM_LOAD_H

#include "form/arena.h"
#include "form/depend.h"
#include "form/form.h"
#include "form/yaml.h"

/* A form and what goes with it out of sight. `form` is first: form_free() and the look-ups come back from it.
 */
struct loaded {
    struct form form;
    struct arena arena;  /* everything the form points to but expressions */
    const int *by_name;  /* question numbers in order of their names */
    struct expr **exprs; /* to be freed */
    size_t expr_count, expr_room;
};

/* The bit of a question type, in key.types. */
#define ON(type) (1u << (type))
enum { ON_ALL = (1u << TYPES) - 1 };

struct loader;

/* What may stand after a key. It is what the key's setter takes, told to those who do not call it: the
 * schema. */
enum takes {
    TAKES_SCALAR,      /* a single value of any kind */
    TAKES_NAME,        /* small letters, digits and "_", a letter first */
    TAKES_FORM_NAME,   /* with "-" and "." too */
    TAKES_CHOICE_NAME, /* with capitals too, and a digit may come first */
    TAKES_TEXT,        /* words, or words for each language and person */
    TAKES_BOOLEAN,
    TAKES_NUMBER,
    TAKES_COUNT,         /* a whole number, 0 or more */
    TAKES_EXPR,          /* an expression */
    TAKES_WORD,          /* one of .words */
    TAKES_SCALARS,       /* a list of single values */
    TAKES_DAY,           /* 2026-03-31 */
    TAKES_NAMED_SCALARS, /* a single value under each of any number of names */
    TAKES_LABELS,        /* texts, each under its number */
    TAKES_KEYS,          /* .keys */
    TAKES_NAMED,         /* .keys under each of any number of names */
    TAKES_KEYS_OR_NAME,  /* .keys, or the name of some given elsewhere */
    TAKES_LIST,          /* a list of .keys */
    TAKES_NAMED_LISTS,   /* such lists, each under its name */
    TAKES_LIST_OR_NAME,  /* such a list, or the name of one given elsewhere */
};

/* One key that may stand in some place of a form. */
struct key {
    const char *name;
    /* Take key->value, which is not empty, into `target`. */
    void (*set)(struct loader *l, const struct node *key, void *target);
    unsigned types;   /* the question types it may stand on; 0 where that does not matter */
    const char *help; /* a line for the manual and the schema */
    enum takes takes;
    unsigned needed;          /* the question types it must stand on; elsewhere 1 where it must stand */
    const char *const *words; /* of TAKES_WORD: ends in NULL */
    const struct keys *keys;  /* of TAKES_KEYS and those after it */
};

/* The keys of one kind of place; the last key's name is NULL. */
struct keys {
    const char *place; /* "a question" */
    const struct key *keys;
};
enum { MOST_KEYS = 60 };
extern const struct keys form_keys, parties_keys, party_keys, section_keys, question_keys, choice_keys,
    scale_keys, score_keys, tag_keys, offer_keys, summary_keys;
extern const struct keys *const all_keys[];           /* a form's; ends in NULL */
extern const struct keys services_keys, service_keys; /* of a list of services (load_services.c) */

/* What may be said once for all that a form, a section or a group holds. */
struct inherited {
    int section, parent, repeat;
    enum who asked_of;
    int because, reveal, kind, stage; /* kind: -1 where nothing is said */
    bool evidence;
};

enum {
    EXPR_RELEVANT,
    EXPR_REQUIRED,
    EXPR_CONSTRAINT,
    EXPR_WARNING,
    EXPR_CALCULATION,
    EXPR_INITIAL,
    EXPR_FILTER,
    EXPRS
};

/* A name and where it stands, to be sorted. */
struct named {
    const char *name;
    const struct node *where;
    int index;
};

struct list_draft {
    struct choice_list list;
    const struct node *key; /* of a named one */
    struct named *sorted;
    bool used, has_keys, filtered;
    bool *picked;                  /* by choice, while form_check() looks: can anybody pick it? */
    const struct node *unrankable; /* a choice that stands in no order: exclusive, or with words; NULL */
};

struct scale_draft {
    struct scale scale;
    const struct node *key;
    bool used, has_step;
    bool faulty; /* what it lacks has been said */
};

/* What is known of a question only while loading. */
struct draft {
    const struct node *where; /* its name, or where it begins */
    const struct node *exprs[EXPRS];
    struct list_draft *list;
};

enum { FIRST_LACKS = 4 };

/* A text, and the key it stands after. */
struct text_place {
    const struct wording *text;
    const struct node *key;
};

/* What a form makes of its answers, before names and expressions are looked up. */
struct score_draft {
    struct score score;
    const struct node *where, *calculation; /* where: NULL where the section has none */
};

struct offer_draft {
    struct offer offer;
    const struct node *where, *relevant;
};

struct summary_draft {
    struct summary summary;
    const struct node *where, *repeat, *tag, *condition, *group_by, *order_by, *show;
};

struct loader {
    struct loaded *out;
    struct form *form;
    struct arena scratch; /* the tree, and what goes when loading ends */
    struct diags *diags;
    struct question *questions;
    struct draft *drafts;
    int count, room, draft_room;
    struct section *sections;
    struct named *section_names;
    int section_count, section_name_count;
    struct score_draft *scores; /* as many as sections */
    struct named *tag_names;    /* sorted */
    bool *tag_used;
    size_t tag_count;
    struct offer_draft *offers;
    size_t offer_count;
    struct summary_draft *summaries;
    size_t summary_count;
    struct named *names; /* of the questions, sorted */
    int name_count;
    struct list_draft **lists; /* the named ones, sorted */
    size_t list_count;
    struct scale_draft **scales;
    size_t scale_count;
    struct inherited defaults;
    struct { /* texts that a language lacks: how many, where the first is, and on which lines the first few */
        size_t count;
        const struct node *first;
        unsigned lines[FIRST_LACKS];
        size_t line_count; /* of all, also beyond those */
    } untranslated[FORM_MOST_LANGUAGES];
    const struct node **naming; /* texts with ${name} in them, to be looked at when all names are there */
    size_t naming_count, naming_room;
    bool advising; /* for form_check(): then all texts are noted */
    struct text_place *texts;
    size_t text_count, text_room;
    size_t compared; /* names compared to find what may have been meant */
};

/* ---- load_read.c: values ---- */

void fault(struct loader *l, const struct node *at, const char *suggestion, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void warn(struct loader *l, const struct node *at, const char *suggestion, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* A text of the file cut short for a message; belongs to the scratch arena. */
const char *shown(struct loader *l, const char *text);

/* Call the setters for the keys in `map`, in the table's order, and say what does not belong there. `types`
 * is the bit of the question's type, 0 where that does not matter. given[i] becomes the node of
 * keys->keys[i], NULL for none. */
void read_keys(struct loader *l, const struct node *map, const struct keys *keys, unsigned types,
               void *target, const struct node *given[MOST_KEYS]);
/* For keys that are taken by other means. */
void set_elsewhere(struct loader *l, const struct node *key, void *target);
/* The value of a key, or NULL. */
const struct node *map_find(const struct node *map, const char *name);

/* Each says what is wanted and returns false (NULL) where the value is something else. */
const char *read_scalar(struct loader *l, const struct node *key, const char *wanted);
bool read_bool(struct loader *l, const struct node *key, bool *out);
bool read_number(struct loader *l, const struct node *key, double *out);
bool number_of(const char *text, double *out);
bool read_word(struct loader *l, const struct node *key, const char *const *words, int *out);
bool read_list(struct loader *l, const struct node *key, const char *wanted);
bool read_map(struct loader *l, const struct node *key, const char *wanted);
const struct wording *read_text(struct loader *l, const struct node *key);
const struct wording *text_of(struct loader *l, const char *text);
/* Is it a name: [a-z][a-z0-9_]*, at most 64? (`more`: characters that may also stand in it) */
bool is_name(const char *text, const char *more);
char *keep(struct loader *l, const char *text);

/* Sort by name and say which stand twice; `what` is "question" and the like. */
void sort_names(struct loader *l, struct named *names, size_t count, const char *what);
const struct named *find_name(const struct named *names, size_t count, const char *name);
/* The one most like `name`, or NULL; NULL too when very many have been looked for. */
const char *nearest_name(struct loader *l, const struct named *names, size_t count, const char *name);

/* ---- load_choices.c ---- */

void set_choices(struct loader *l, const struct node *key, void *target);
void set_scales(struct loader *l, const struct node *key, void *target);
/* A named one or one written in place; NULL after a fault. */
struct list_draft *read_choices(struct loader *l, const struct node *key);
struct scale_draft *read_scale(struct loader *l, const struct node *key);
/* Take one key of a scale (also where it stands on a question itself) into a struct scale_draft. */
void set_min(struct loader *l, const struct node *key, void *target);
void set_max(struct loader *l, const struct node *key, void *target);
void set_step(struct loader *l, const struct node *key, void *target);
void set_labels(struct loader *l, const struct node *key, void *target);
void check_scale(struct loader *l, const struct scale_draft *draft, const struct node *at);
void warn_unused(struct loader *l);

/* ---- load_question.c ---- */

void read_questions(struct loader *l, const struct node *key, struct inherited inherited);
void set_because(struct loader *l, const struct node *key, void *inherited);
void set_reveal(struct loader *l, const struct node *key, void *inherited);
void set_stage(struct loader *l, const struct node *key, void *inherited);
void set_kind(struct loader *l, const struct node *key, void *inherited);
void set_evidence(struct loader *l, const struct node *key, void *inherited);

/* ---- load_summary.c: what a form makes of its answers ---- */

void set_score(struct loader *l, const struct node *key, void *score_draft);
void set_form_tags(struct loader *l, const struct node *key, void *target);
void set_offers(struct loader *l, const struct node *key, void *target);
void set_summaries(struct loader *l, const struct node *key, void *target);
/* A question, at `at`, has this tag or is on this pathway: is it one of the form's? */
void use_tag(struct loader *l, const struct node *at, const char *name);
void use_pathway(struct loader *l, const char *name);
/* Look up all that they name, compile what they ask, and put them into the form. */
void load_summaries(struct loader *l);

/* ---- load_expr.c ---- */

enum { SELF_ANY = -1 /* an answer to some question */, SELF_NONE = -2 /* it cannot stand there */ };
/* Compile and check a condition that belongs to no question; NULL after a fault. `key`: the key it stands
 * under; `self`: the question that "." answers, or one of these. `here`: the repeat in whose entries it is
 * looked at, or -1. */
const struct expr *load_expr(struct loader *l, const struct node *node, const char *key, int self, int here);

/* Compile and check all expressions, once all questions are there. */
void load_exprs(struct loader *l);
/* The same for the ${name} in texts. */
void load_texts(struct loader *l);
/* How many characters so many bytes are. */
size_t characters(const char *text, size_t bytes);
/* Find out what depends on what. */
void load_depend(struct loader *l);

/* ---- load_reach.c, load_reading.c: advice, for form_check() ---- */

/* What is never asked, or never picked; of a form without errors only. */
void advise_reach(struct loader *l);
/* What is hard to read. */
void advise_reading(struct loader *l);

#endif
