/* From what a person calls a record or a form to its file, for the commands that read one. */
#ifndef COMMAND_LOCATE_H
#define COMMAND_LOCATE_H

#include "form/form.h"

#include "record/record.h"

#include <stdbool.h>

/* The caseload folder (`given`, NULL: the usual one), unlocked where it is sealed. What there is to say goes
 * to standard error as `alongside COMMAND: …`. NULL where there is none, or it stays locked. The caller frees
 * it. */
char *locate_caseload(const char *command, const char *given);

/* The path of the record called `name` (a path, a reference, an id) in the caseload folder `caseload` (NULL:
 * the usual one), the folder it lies in unlocked. NULL where there is none, which has been said. The caller
 * frees it. */
char *locate_record(const char *command, const char *caseload, const char *name);

/* The form called `name` (a path, one that comes with the program, - for standard input). Its faults, or why
 * it cannot be read, go to standard error. NULL where it cannot be used. */
struct form *locate_form(const char *command, const char *name);

/* Say something on standard error, made safe to show: "alongside COMMAND: …". */
void locate_say(const char *command, const char *sentence);

/* Say that a record is damaged, so that nobody takes what is sound in it for the whole; nothing where it is
 * not. */
void locate_say_damage(const char *command, const struct record *record);

/* Say that --force would have helped, where it was the file that is there which was in the way. */
void locate_say_force(const char *command, const char *output, bool force);

#endif
