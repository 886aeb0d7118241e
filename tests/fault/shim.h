/* What a test asks of the preloaded shim (by its environment), and what the shim tells back (by a file that
 * both have mapped). */
#ifndef TESTS_FAULT_SHIM_H
#define TESTS_FAULT_SHIM_H

/* The kinds of calls, each with its letter. Those up to FAULT_LOOK are counted on files below FAULT_BELOW
 * only, and one number counts them all: the process can be ended at each. */
enum fault_kind {
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_OPEN,
    FAULT_NAME, /* link, unlink, rename, mkdir */
    FAULT_LOCK,
    FAULT_CUT,
    FAULT_READ, /* of a folder too */
    FAULT_CLOSE,
    FAULT_LOOK, /* stat and the like */
    FAULT_MEMORY,
    FAULT_CLOCK,
    FAULT_PAGES, /* mmap, mlock, mprotect: guarded memory */
    FAULT_KINDS,
};
#define FAULT_LETTERS "wsonltrxamcp"

/*  FAULT_BELOW   the folder whose files count
 *  FAULT_TOLD    the file for struct fault_told
 *  FAULT_KIND    a letter: which calls fail
 *  FAULT_NTH     which of them, from 1
 *  FAULT_ERROR   with this errno; 0: the clock steps back ten days, a wrong byte is read or written
 *  FAULT_ON      set: and from then on always
 *  FAULT_SHORT   set: the first one, a write, takes "half" or "one" byte instead
 *  FAULT_DONE    set: what was asked for is done, and failure told all the same
 *  FAULT_END     the process ends before this call of all that count
 *  FAULT_POWER   and so does the power, then or when the process is done: what was not synced is lost,
 *                "worst": names and contents; "names": contents only; "half": half of what came to be after
 * the last sync is there
 */
struct fault_told {
    long calls[FAULT_KINDS];
    long all;         /* of those at which the process can be ended */
    long hits;        /* how many failed */
    long begun;       /* writes to a record that were begun */
    char trace[4000]; /* the letters of all those calls */
};

#endif
