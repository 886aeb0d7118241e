/* The ring: a short list, for a program holds the keys of the few caseloads that it was given. */
#include "record/keyring.h"

#include "base/mem.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

struct held {
    struct held *next;
    char id[KEY_ID_TEXT];
    unsigned char *key;
    char *file;
};

static struct held *ring;

unsigned char *key_new(void)
{
    unsigned char *key = mem_guarded(SEAL_KEY_BYTES);
    randombytes_buf(key, SEAL_KEY_BYTES);
    return key;
}

static void keyed_hash(const unsigned char key[SEAL_KEY_BYTES], const char *text, size_t length,
                       unsigned char *hash, size_t size)
{
    crypto_generichash(hash, size, (const unsigned char *)text, length, key, SEAL_KEY_BYTES);
}

void key_id(const unsigned char key[SEAL_KEY_BYTES], char id[KEY_ID_TEXT])
{
    static const char about[] = "alongside key id";
    unsigned char hash[KEY_ID_BYTES];
    keyed_hash(key, about, sizeof about - 1, hash, sizeof hash);
    sodium_bin2hex(id, KEY_ID_TEXT, hash, sizeof hash);
}

void key_proof(const unsigned char key[SEAL_KEY_BYTES], const char *text, size_t length,
               char proof[KEY_PROOF_TEXT])
{
    unsigned char hash[32];
    keyed_hash(key, text, length, hash, sizeof hash);
    sodium_bin2hex(proof, KEY_PROOF_TEXT, hash, sizeof hash);
}

static struct held *find(const char *id)
{
    struct held *held = ring;
    while (held && strcmp(held->id, id) != 0)
        held = held->next;
    return held;
}

void keyring_add(const unsigned char key[SEAL_KEY_BYTES], const char *file)
{
    char id[KEY_ID_TEXT];
    key_id(key, id);
    struct held *held = find(id);
    if (!held) {
        held = xcalloc(1, sizeof *held);
        memcpy(held->id, id, sizeof id);
        held->key = mem_guarded(SEAL_KEY_BYTES);
        memcpy(held->key, key, SEAL_KEY_BYTES);
        sodium_mprotect_readonly(held->key);
        held->next = ring;
        ring = held;
    }
    char *copy = xstrdup(file);
    free(held->file);
    held->file = copy;
}

const unsigned char *keyring_find(const char *id)
{
    const struct held *held = find(id);
    return held ? held->key : NULL;
}

const char *keyring_file(const char *id)
{
    const struct held *held = find(id);
    return held ? held->file : NULL;
}

bool keyring_is_empty(void)
{
    return !ring;
}

void keyring_wipe(void)
{
    while (ring) {
        struct held *held = ring;
        ring = held->next;
        sodium_free(held->key); /* overwrites it first */
        free(held->file);
        free(held);
    }
}
