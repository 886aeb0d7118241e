/* Any bytes as a key file. Twice: as they are; and as the inside of one with a proof and a hash that are
 * right, since no fuzzer finds those. What is read has to be what would be written again, to the byte, and
 * within the bounds; the recovery code is tried on it, and the passphrase never, which costs what the file
 * says. */
#include "base/mem.h"
#include "base/strbuf.h"
#include "record/chain.h"
#include "record/key_file.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(what)                                                                                           \
    do {                                                                                                     \
        if (!(what))                                                                                         \
            abort();                                                                                         \
    } while (0)

static const unsigned char code[RECOVERY_BYTES] = "a code of 20 bytes.";
static unsigned char *key;

/* Ends in a NUL? */
static bool is_text(const char *text, size_t room)
{
    return memchr(text, '\0', room) != NULL;
}

static void look(const char *text, size_t length)
{
    struct key_file file;
    char *cause = NULL;
    bool read = key_file_from_text(text, length, &file, &cause);
    MUST(read == !cause);
    free(cause);
    if (!read)
        return;
    MUST(file.state < KEY_STATES && is_text(file.id, sizeof file.id) &&
         is_text(file.proof, sizeof file.proof));
    MUST(file.cost.passes >= KEY_LEAST_PASSES && file.cost.passes <= KEY_MOST_PASSES);
    MUST(file.cost.mebibytes >= KEY_LEAST_MEBIBYTES && file.cost.mebibytes <= KEY_MOST_MEBIBYTES);
    for (int slot = 0; slot < KEY_SLOTS; slot++)
        MUST(is_text(file.slots[slot].box, KEY_MOST_BOX));
    /* Written again under our key it is the same but for the proof and the hash, and reads the same. */
    char *again = key_file_text(&file, key);
    const char *proof = strstr(again, ",\"proof\":\"");
    MUST(strlen(again) == length && proof && memcmp(again, text, (size_t)(proof - again)) == 0);
    struct key_file second;
    MUST(key_file_from_text(again, length, &second, NULL));
    MUST(second.state == file.state && strcmp(second.id, file.id) == 0 &&
         memcmp(&second.cost, &file.cost, sizeof file.cost) == 0 &&
         memcmp(second.slots, file.slots, sizeof file.slots) == 0);
    free(again);
    unsigned char *found = NULL;
    enum key_unlocked unlocked = key_file_unlock(&file, SLOT_RECOVERY, code, sizeof code, &found, &cause);
    MUST((unlocked == KEY_UNLOCKED) == (found != NULL) && (unlocked == KEY_UNLOCKED) == !cause);
    sodium_free(found);
    free(cause);
}

/* The bytes as all that the proof is over. */
static void look_inside(const char *inside, size_t length)
{
    struct strbuf sb = STRBUF_INIT;
    char proof[KEY_PROOF_TEXT], hash[RECORD_HASH_TEXT];
    strbuf_addn(&sb, inside, length);
    key_proof(key, sb.text, sb.length, proof);
    strbuf_addf(&sb, ",\"proof\":\"%s\"", proof);
    chain_hash(sb.text, sb.length, hash);
    strbuf_addf(&sb, ",\"hash\":\"%s\"}\n", hash);
    look(sb.text, sb.length);
    strbuf_release(&sb);
}

/* One of ours, its fields and its recovery slot as the bytes say: so that it is read, and opens or not. */
static void look_at_ours(const uint8_t *data, size_t size)
{
    struct key_file file;
    key_file_init(&file, key, (enum key_state)(data[0] % KEY_STATES));
    file.cost = (struct key_cost){data[1], (unsigned)data[2] * 8};
    MUST(key_file_wrap(&file, SLOT_RECOVERY, key, code, sizeof code, NULL));
    char *box = file.slots[SLOT_RECOVERY].box;
    size_t length = strlen(box);
    for (size_t i = 3; i + 2 < size; i += 3)
        box[(size_t)(data[i] << 8 | data[i + 1]) % length] = data[i + 2] ? (char)data[i + 2] : 'A';
    struct key_file read;
    char *text = key_file_text(&file, key);
    if (key_file_from_text(text, strlen(text), &read, NULL)) {
        unsigned char *found = NULL;
        if (key_file_unlock(&read, SLOT_RECOVERY, code, sizeof code, &found, NULL) == KEY_UNLOCKED)
            MUST(memcmp(found, key, SEAL_KEY_BYTES) == 0);
        sodium_free(found);
    }
    look(text, strlen(text));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!key) {
        mem_init();
        key = key_new();
        memset(key, 1, SEAL_KEY_BYTES);
    }
    look((const char *)data, size);
    look_inside((const char *)data, size);
    if (size > 2)
        look_at_ours(data, size);
    return 0;
}
