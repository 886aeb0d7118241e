/* Which process holds a file's lock. */
#ifndef RECORD_HOLDER_H
#define RECORD_HOLDER_H

#include <sys/stat.h>

/* The id of the process that holds an open-file-description lock on this file, as far as /proc lets us see; 0
 * where that is not to be found out. */
long holder_find(const struct stat *file);

#endif
