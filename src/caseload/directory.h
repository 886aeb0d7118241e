/* The list of services (form/services.h): services.yaml, in the caseload's folder. */
#ifndef CASELOAD_DIRECTORY_H
#define CASELOAD_DIRECTORY_H

#include "form/services.h"

/* "FOLDER/services.yaml"; the caller frees it. */
char *directory_path(const char *folder);
/* The list of made-up services that comes with the program, to begin one's own from; NULL where it is not
 * there. The caller frees it. */
char *directory_example(void);
/* The list in a folder. NULL and a cause where there is none, which says how to begin one, or where it has
 * faults, which says how to see them. */
struct services *directory_read(const char *folder, char **cause);

#endif
