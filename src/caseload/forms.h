/* The forms that come with the program, by name. */
#ifndef CASELOAD_FORMS_H
#define CASELOAD_FORMS_H

#include <stddef.h>

/* The file that `name` means: a path (with a slash, or ending in ".yaml" or ".yml", or "-" for standard
 * input), or the name of a form that came with the program ("whole-life"). NULL and a cause, with "did you
 * mean", where there is none. The caller frees it. */
char *forms_find(const char *name, char **cause);
/* A file that came with the forms ("demo.jsonl"); NULL where it is not there. The caller frees it. */
char *forms_file(const char *file);
/* The names of the forms that came with the program, sorted, NULL at the end; freed with forms_release(). */
char **forms_list(void);
void forms_release(char **names);

#endif
