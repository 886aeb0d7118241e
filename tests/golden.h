/* Expected texts that are kept in files: screens, mostly. Generic: any text will do. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H

/* Fail, showing the lines that differ, where `text` is not what stands in tests/screen/golden/NAME. With
 * GOLDEN_UPDATE=1 in the environment the file is written instead, which the output says; look at the
 * difference before it is committed. Refused where CI is set. */
void golden_check(const char *name, const char *text);
/* The same for another folder of the sources. */
void golden_check_in(const char *folder, const char *name, const char *text);

#endif
