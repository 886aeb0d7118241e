/* A caseload's key, in its folder: the file alongside.key (alongside-record(5)).
 *
 * The key is random and never changes. It lies in the file twice, in boxes: once under the passphrase, by way
 * of Argon2id, and once under the recovery code. The whole file has a hash at its end, which finds damage,
 * and a proof under the key, which finds what somebody else changed. */
#ifndef RECORD_KEY_FILE_H
#define RECORD_KEY_FILE_H

#include "record/keyring.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a folder's records are: all sealed, on the way there, on the way back into the open. */
enum key_state { KEY_SEALED, KEY_SEALING, KEY_OPENING, KEY_STATES };
enum key_slot { SLOT_PASSPHRASE, SLOT_RECOVERY, KEY_SLOTS };

enum { KEY_SALT_BYTES = 16, KEY_MOST_BOX = 512 };
/* What one try at a passphrase costs (Argon2id), and its bounds: below, guessing is cheap; above, a file made
 * in bad faith could stop the computer. */
struct key_cost {
    unsigned passes, mebibytes;
};
enum { KEY_LEAST_PASSES = 3, KEY_MOST_PASSES = 64, KEY_LEAST_MEBIBYTES = 64, KEY_MOST_MEBIBYTES = 1024 };

/* A recovery code: 160 random bits. */
enum { RECOVERY_BYTES = 20, RECOVERY_TEXT = 42 };

struct key_file {
    enum key_state state;
    char id[KEY_ID_TEXT];
    struct key_cost cost; /* of the passphrase */
    struct {
        unsigned char salt[KEY_SALT_BYTES];
        char box[KEY_MOST_BOX];
    } slots[KEY_SLOTS];
    char proof[KEY_PROOF_TEXT]; /* as read; made anew by each writing */
};

enum key_found {
    KEY_NONE,   /* no key file in this folder */
    KEY_FOUND,  /* read */
    KEY_BROKEN, /* there, and of no use: a cause says why */
};

/* Read the folder's. Where it is damaged and the one from before the last change (alongside.key.bak) is
 * sound, that one is read, and *remark (the caller frees it; may be NULL) says so. */
enum key_found key_file_read(const char *folder, struct key_file *file, char **remark, char **cause);
/* The same from the text itself (a fuzzer): a cause that reads on from "it cannot be used: ". */
bool key_file_from_text(const char *text, size_t length, struct key_file *file, char **cause);
/* The path of a folder's key file; the caller frees it. */
char *key_file_path(const char *folder);

/* A new one for a new key, with nothing in its slots yet. */
void key_file_init(struct key_file *file, const unsigned char key[SEAL_KEY_BYTES], enum key_state state);
/* Put the key into a slot under a secret: a passphrase (UTF-8; the same however it is composed), or a
 * recovery code's bytes. False and a cause where there is not enough memory for it. */
bool key_file_wrap(struct key_file *file, enum key_slot slot, const unsigned char key[SEAL_KEY_BYTES],
                   const void *secret, size_t length, char **cause);

enum key_unlocked {
    KEY_UNLOCKED, /* *key is the caller's, to be given to sodium_free() */
    KEY_WRONG,    /* it is another secret */
    KEY_CHANGED,  /* the secret is right, but something else than Alongside wrote in the file */
    KEY_NO_MEMORY,
};
/* Try a secret. Each comes with a cause but for KEY_UNLOCKED; right and wrong ones do the same work. */
enum key_unlocked key_file_unlock(const struct key_file *file, enum key_slot slot, const void *secret,
                                  size_t length, unsigned char **key, char **cause);

/* Write it whole: beside, synced, read back, then renamed. The one before stays as alongside.key.bak until
 * key_file_settle(). Never over another key's. */
bool key_file_write(const char *folder, const struct key_file *file, const unsigned char key[SEAL_KEY_BYTES],
                    char **cause);
/* The text that key_file_write() writes; the caller frees it. */
char *key_file_text(const struct key_file *file, const unsigned char key[SEAL_KEY_BYTES]);
/* The present one is known to be good: take the one before away (unless it is of another key). */
void key_file_settle(const char *folder);
/* Take it away, and the one before: nothing in the folder is sealed any more. */
bool key_file_remove(const char *folder, char **cause);
/* Put a sealed record's key file into the folder it goes on in, unless it is there; *put says whether it was
 * put. False and a cause where that folder has another key, or assessments in the open. */
bool key_file_accompany(const char *id, const char *folder, bool *put, char **cause);

/* How a new record in this folder is to be kept: *id is the key's, or "" for in the open. False and a cause
 * where that cannot be told, or the key is not unlocked. */
bool key_file_for_new(const char *folder, char id[KEY_ID_TEXT], char **cause);

/* May a record that lies in the open in this folder be written to? Not where all are sealed: somebody put it
 * there. False and a cause. */
bool key_file_lets_open(const char *folder, char **cause);

/* A cost that takes this computer about a second: 3 passes over 256 MiB and up; `light`: over the least that
 * is safe, for a computer with little memory. */
struct key_cost key_cost_here(bool light);

#endif
