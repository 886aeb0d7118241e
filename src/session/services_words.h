/* Services in words, the same for the screen, line mode and the command. */
#ifndef SESSION_SERVICES_WORDS_H
#define SESSION_SERVICES_WORDS_H

#include "assessment/assessment.h"
#include "form/services.h"

/* Said wherever a list of made-up services is shown. */
extern const char services_made_up[];

/* Is the service for what is asked about in an item: its section, or a pathway of that? -1: for nothing. */
bool services_near(const struct assessment *a, int item, const struct services *services,
                   const struct service *service);
/* What the areas of an item are called: "A place to live, Body and mind"; "" where the list has none for it.
 * The caller frees it. */
char *services_near_words(const struct assessment *a, int item, const struct services *services);

/* All that is said about a service but its name, line by line: "Phone: 01632 960001". `take` gets each. */
void services_tell(const struct services *services, const struct service *service, int today,
                   void (*take)(void *context, const char *line), void *context);
/* When it was checked, and whether that is long ago. The caller frees it. */
char *services_checked_words(const struct service *service, int today);

#endif
