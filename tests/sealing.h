/* A sealed caseload for tests, as cheap to try as there may be. */
#ifndef TESTS_SEALING_H
#define TESTS_SEALING_H

/* Put a new key file into a folder, in the place of any other, under this passphrase; its key is unlocked
 * then. */
void sealing_begin(const char *folder, const char *passphrase);

#endif
