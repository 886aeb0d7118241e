/* Who: the two people, and the others that can stand in a record's `by`. */
#ifndef FORM_WHO_H
#define FORM_WHO_H

enum who { PRACTITIONER, SERVICE_USER, TOGETHER, SUPERVISOR, ALONGSIDE };

/* The two people are the first two, so that what each of them has is an array of PARTIES. */
#define PARTIES 2

/* "practitioner", "service_user", … : a vocabulary (base/vocab.h). */
extern const char *const who_names[];

/* The other of the two people. */
enum who who_other(enum who party);

#endif
