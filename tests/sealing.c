/* A sealed caseload for tests. */
#include "sealing.h"

#include "check.h"

#include "record/key_file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void sealing_begin(const char *folder, const char *passphrase)
{
    struct key_file file;
    unsigned char *key = key_new(), code[RECOVERY_BYTES] = "a code of 20 bytes.";
    char *cause = NULL;
    key_file_init(&file, key, KEY_SEALED);
    file.cost = (struct key_cost){KEY_LEAST_PASSES, KEY_LEAST_MEBIBYTES};
    assert_true(key_file_wrap(&file, SLOT_PASSPHRASE, key, passphrase, strlen(passphrase), NULL));
    assert_true(key_file_wrap(&file, SLOT_RECOVERY, key, code, sizeof code, NULL));
    /* One key does not take another's place, so that nothing sealed is lost: here nothing is. */
    assert_true(key_file_remove(folder, NULL));
    if (!key_file_write(folder, &file, key, &cause))
        fail_msg("%s", cause);
    key_file_settle(folder);
    char *text = key_file_text(&file, key);
    keyring_add(key, text);
    free(text);
    sodium_free(key);
}
