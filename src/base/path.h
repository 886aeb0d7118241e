/* Names of files and folders. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>
#include <stddef.h>

/* "folder/name"; the caller frees it. */
char *path_join(const char *folder, const char *name);
/* The part after the last slash; points into `path`. */
const char *path_base(const char *path);
/* The folder a path lies in ("." where it names none); the caller frees it. */
char *path_folder(const char *path);
/* Make a folder and those above it that are missing, mode 0700. */
bool path_make_folder(const char *path, char **cause);
/* $XDG_DATA_HOME, or .local/share in $HOME; NULL where neither is there. The caller frees it. (Who asks the C
 * library for a home folder may find it on the network: getpwuid() opens a socket.) */
char *path_data_home(void);
/* Read a whole file of at most `most` bytes; "-" is standard input. The text ends in a NUL that *length does
 * not count; the caller frees it. NULL and a cause where it cannot be read or is longer. */
char *path_read(const char *path, size_t most, size_t *length, char **cause);

#endif
