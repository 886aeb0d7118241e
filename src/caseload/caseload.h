/* The caseload: a folder with one file for each record, "<record id>.jsonl".
 *
 * It is made, readable by its owner alone, when first written to; until then an empty one. */
#ifndef CASELOAD_CASELOAD_H
#define CASELOAD_CASELOAD_H

#include "form/form.h"

#include <stdbool.h>
#include <stddef.h>

/* Where it is: `given` (--caseload DIR), else $ALONGSIDE_CASELOAD, else "alongside" in the person's data
 * folder. NULL and a cause where nothing says. The caller frees it. */
char *caseload_folder(const char *given, char **cause);
/* Make it ready to be written to. False and a cause where it is no folder, is somebody else's, or cannot be
 * made. */
bool caseload_prepare(const char *folder, char **cause);
/* NULL, or what is unwise about it (others can look into it), and what to do. The caller frees it. */
char *caseload_warning(const char *folder);
/* Can a case be called this? Something short, printable, that a shell does not take for a path or an option.
 */
bool caseload_ref_fits(const char *ref, char **cause);
/* Where a new record with this id goes. The caller frees it. */
char *caseload_new_path(const char *folder, const char *id);

enum { NO_DAY = -2147483647 };

/* What a record says of its reviews (caseload/due.h). Days as base/date counts them. */
struct review {
    char *follows;       /* the id of the record it follows; "" */
    bool is_one;         /* its form is mostly one for reviews */
    bool left;           /* the work has stopped for now */
    int begun, sat_last; /* the days it was begun on, and they sat last */
    int on;              /* the day chosen for the next one, or NO_DAY */
    int weeks, told;     /* the interval chosen, 0: none; and the day of the sitting in which it was */
    char *kind;          /* "formal", "informal" or "" */
};

/* What can be told of a record in a list. Every string is there, "" where there is nothing to say; but for
 * `trouble`. */
struct caseload_entry {
    char *path, *id, *ref;
    char *form, *version, *title; /* the form's id and version, and its title in its first language */
    char *begun, *last;           /* instants: of its first entry and its latest */
    size_t entries;               /* sound ones */
    size_t live;                  /* disagreements that are open */
    bool signed_by[PARTIES];
    bool exposed;           /* it lies in the open, in a folder that is sealed */
    enum cycle_stage stage; /* what most of its form's questions are for */
    struct review review;   /* its texts are NULL where the record cannot be read */
    char *trouble;          /* NULL, or why it can only be read, or not even that */
};

struct caseload {
    struct caseload_entry *entries; /* the one worked on last comes first */
    size_t count;
};

/* List it. A record that cannot be read is in the list with its trouble. A folder that is not there is empty.
 * False and a cause where the folder cannot be looked into. */
bool caseload_list(const char *folder, struct caseload *caseload, char **cause);
void caseload_release(struct caseload *caseload);

/* Is this what a record's file can be called? */
bool caseload_is_record_name(const char *name);
/* The names of the records' files, in order: a list of *count, each to be freed, and it. A folder that is not
 * there has none. False and a cause where it cannot be looked into. */
bool caseload_names(const char *folder, char ***names, size_t *count, char **cause);

/* What the review keeps beside the records, only to be faster (review/index): a file of SQLite's, and the one
 * that SQLite would look for beside it. */
extern const char caseload_index[], caseload_index_journal[];
/* Take both away, so that what they hold is made anew when it is wanted. False, with errno, where one of them
 * stays. (A folder of such a name is none of ours, and stays.) */
bool caseload_forget_index(const char *folder);

/* Is this a path (with a slash, or of a file that ends in ".jsonl"), and nothing to be looked for? */
bool caseload_is_path(const char *name);
/* The record that `name` means: a path, a reference, an id
 * or the beginning of one. Of several with one reference it is the one begun last, and *remark (may be NULL)
 * says so. NULL and a cause where there is none, or the beginning fits several. The caller frees it, and the
 * remark. */
char *caseload_find(const char *folder, const char *name, char **remark, char **cause);
/* Why there is none of that name, and which may be meant. */
void caseload_unknown(const char *folder, const struct caseload *caseload, const char *name, char **cause);

#endif
