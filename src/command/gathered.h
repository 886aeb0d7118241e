/* Records that a command looks over: many folders and records at once. */
#ifndef COMMAND_GATHERED_H
#define COMMAND_GATHERED_H

#include "review/reading.h"

#include <stdbool.h>
#include <stddef.h>

struct gathered_paths {
    char **paths;
    size_t count, room;
};

/* Those that are named: folders, files, or what records are called; the caseload where none is. Each sealed
 * folder is unlocked. False where one is not there, which has been said. To be released either way. */
bool gathered_find(struct gathered_paths *paths, const char *command, const char *caseload, char **names,
                   int count);
void gathered_paths_release(struct gathered_paths *paths);
/* Is it a folder, and not a record? */
bool gathered_is_folder(const char *path);
/* All records into the collection, telling how far it is where standard error is a terminal. False where that
 * cannot be begun, which has been said. *stopped: somebody pressed Ctrl-C to see what there was before all
 * were read, which has been said too; where it is NULL, Ctrl-C ends the program. */
bool gathered_read(const struct gathered_paths *paths, const char *command, bool no_index,
                   struct collection *collection, bool *stopped);
/* For so long at most (-1: for as long as it takes) what comes in goes into the collection. Ctrl-C stops the
 * reading. */
void gathered_wait(const struct review_reading *reading, struct collection *collection, int milliseconds);

#endif
