/* From what a person calls a record to its file, for the commands that read one. */
#ifndef COMMAND_LOCATE_H
#define COMMAND_LOCATE_H

/* The path of the record called `name` (a path, a reference, an id) in the caseload folder `caseload` (NULL:
 * the usual one). What there is to say goes to standard error as `alongside COMMAND: …`. NULL where there is
 * none. The caller frees it. */
char *locate_record(const char *command, const char *caseload, const char *name);

/* Say something on standard error, made safe to show: "alongside COMMAND: …". */
void locate_say(const char *command, const char *sentence);

#endif
