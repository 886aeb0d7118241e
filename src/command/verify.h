/* How `alongside verify` says what it found. */
#ifndef COMMAND_VERIFY_H
#define COMMAND_VERIFY_H

/* A finding, on standard output: "PATH: SENTENCE". Made safe to show. */
void verify_print(const char *path, const char *sentence);
/* Something worth knowing, on standard error; nothing for NULL. */
void verify_say(const char *path, const char *sentence);

#endif
