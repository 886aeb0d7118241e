/* Who: the two people, and the others that can stand in a record's `by`. */
#include "form/who.h"

#include <stddef.h>

const char *const who_names[] = {"practitioner", "service_user", "together", "supervisor", "alongside", NULL};

enum who who_other(enum who party)
{
    return party == PRACTITIONER ? SERVICE_USER : PRACTITIONER;
}
