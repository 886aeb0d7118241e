/* What the process does for itself before it knows anything worth guarding. */
#ifndef BASE_GUARD_H
#define BASE_GUARD_H

/* First of all in main(): 0, 1 and 2 are open files, so that no record can come to stand in for one of them;
 * new files are for their owner alone; a crash leaves no core; and no other program of the same person can
 * look into this one's memory. */
void guard_process(void);

/* A sentence that says that memory may be written to a disk in the open, where there is swap that is not
 * known to be encrypted; NULL where there is none. The caller frees it. */
char *guard_swap_warning(void);
/* The same, with what stands for / in front of proc/swaps, sys/ and the files that are swapped to (for the
 * tests). */
char *guard_swap_warning_in(const char *root);

#endif
