/* How Alongside is to behave with a caseload: settings.yaml, in the caseload's folder
 * (alongside-settings(5)). */
#ifndef CASELOAD_SETTINGS_H
#define CASELOAD_SETTINGS_H

#include "form/diag.h"

#include <stdbool.h>
#include <stddef.h>

/* Minutes. */
enum { LOCK_AFTER_LEAST = 1, LOCK_AFTER_MOST = 60, LOCK_AFTER_USUAL = 4 };

struct settings {
    int lock_after;  /* minutes without a key until it locks by itself */
    bool paper_copy; /* may copies to take away be made? */
};

/* "FOLDER/settings.yaml"; the caller frees it. */
char *settings_path(const char *folder);
/* Read them. What is not said there, or has a fault, is as usual; but a `paper_copy` with a fault in it
 * counts as no. All faults are put on `diags`. */
void settings_load(const char *source, size_t length, struct settings *settings, struct diags *diags);
/* Those of a folder; as usual where there is no such file. *trouble (the caller frees it; may be NULL) says
 * the first fault and its line, or is NULL. */
void settings_read(const char *folder, struct settings *settings, char **trouble);

/* The names of the keys, ending in NULL. */
const char *const *settings_names(void);

/* Why no copy on paper is made, in words; NULL where one may be. The caller frees it. */
char *settings_no_paper(const char *folder);

#endif
