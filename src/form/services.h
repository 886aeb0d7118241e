/* A list of services: who can help with what, where they are and how to get in.
 *
 * It is a YAML file of its own, read within the same bounds as a form and with the same words about what is
 * wrong (form/load_services.c). All texts belong to the list. */
#ifndef FORM_SERVICES_H
#define FORM_SERVICES_H

#include "form/diag.h"

#include <stdbool.h>
#include <stddef.h>

/* How a person gets in. */
enum way_in { WAY_IN_UNSAID, WAY_IN_YOURSELF, WAY_IN_REFERRAL, WAY_IN_EITHER };
extern const char *const way_in_names[]; /* "", "yourself", "referral", "either" */

/* After so many days what was checked may have changed: half a year. */
enum { SERVICE_OLD_DAYS = 183 };

/* What services help with: the name of a section or pathway of forms, and what people read. */
struct service_area {
    const char *name, *label;
};

struct service {
    const char *name, *what;                            /* what it does, in a sentence or two */
    const char *whom, *address, *phone, *web, *opening; /* NULL: not said */
    const int *areas;                                   /* indices */
    size_t area_count;
    const char *const *languages; /* as people call them: English, Welsh */
    size_t language_count;
    enum way_in way_in;
    bool has_checked;
    int checked; /* the day (base/date.h) */
};

struct services {
    const char *title;
    bool made_up; /* none of them is real */
    const struct service_area *areas;
    size_t area_count;
    const struct service *list; /* in the order of the file */
    size_t count;
};

/* Read and check a list. All faults are put on `diags`; NULL where one is an error. With `today` (0: not
 * wanted) there is advice too: what nobody can reach, what was checked long ago or never. */
struct services *services_load(const char *source, size_t length, int today, struct diags *diags);
/* As that, without advice, from a file; a file that cannot be read is a fault too. */
struct services *services_read(const char *path, struct diags *diags);
void services_free(struct services *services);

/* The area of this name, or -1. */
int services_area(const struct services *services, const char *name);
/* The area's name most like `name`, or NULL. */
const char *services_nearest_area(const struct services *services, const char *name);
bool service_in_area(const struct service *service, int area);
/* Was it checked so long ago that it may have changed, or never? */
bool service_is_old(const struct service *service, int today);
/* Do all the words of `wanted` stand in what is said about the service? */
bool service_holds(const struct services *services, const struct service *service, const char *wanted);

#endif
