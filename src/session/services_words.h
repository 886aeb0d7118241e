/* Services in words, the same for the screen, line mode and the command. */
#ifndef SESSION_SERVICES_WORDS_H
#define SESSION_SERVICES_WORDS_H

#include "assessment/assessment.h"
#include "form/services.h"

/* Said wherever a list of made-up services is shown. */
extern const char services_made_up[];

/* Which areas are about what an item asks: those named as its section, or as a pathway in that; by their
 * index, and none for -1. The caller frees it. */
bool *services_areas_near(const struct assessment *a, int item, const struct services *services);
bool service_is_near(const struct service *service, const bool *areas_near);
/* What they are called: "A place to live, Body and mind"; "" where there are none. The caller frees it. */
char *services_near_words(const struct services *services, const bool *areas_near);

/* All that is said about a service but its name, line by line: "Phone: 01632 960001". `take` gets each. */
void services_tell(const struct services *services, const struct service *service, int today,
                   void (*take)(void *context, const char *line), void *context);
/* When it was checked, and whether that is long ago. The caller frees it. */
char *services_checked_words(const struct service *service, int today);

#endif
