/* Jobs that no command does without a screen or a passphrase: rescuing a record, keeping what is half typed,
 * moving one record to sealed and back, adding to a sealed one. */
#include "player.h"

#include "base/mem.h"
#include "base/path.h"
#include "record/draft.h"
#include "record/key_file.h"
#include "record/reseal.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Told past stdio, so that it is out before the next call. */
static void tell(const char *text)
{
    char *line = xasprintf("%s\n", text);
    if (write(STDOUT_FILENO, line, strlen(line)) < 0)
        _exit(2);
    free(line);
}

/* Put the key into the ring, and its name into id. */
static bool unlock(const char *record, char id[KEY_ID_TEXT], char **cause)
{
    struct key_file file;
    char *folder = path_folder(record);
    unsigned char *key = key_new();
    memcpy(key, player_key, SEAL_KEY_BYTES);
    bool found = key_file_read(folder, &file, NULL, cause) == KEY_FOUND;
    if (found) {
        char *text = key_file_text(&file, key);
        keyring_add(key, text);
        memcpy(id, file.id, KEY_ID_TEXT);
        free(text);
    }
    sodium_free(key);
    free(folder);
    return found;
}

static bool add(struct record *record, char **cause)
{
    bool saved = true;
    for (int n = 1; n <= 3 && saved; n++) {
        char *text = xasprintf("a note of the player's, %d", n);
        json_t *note = json_pack("{ss ss ss}", "by", "service_user", "event", "noted", "text", text);
        saved = record_append(record, note, cause) == RECORD_SAVED;
        json_decref(note);
        free(text);
        if (saved)
            tell("saved");
    }
    return saved;
}

static void type(struct record *record)
{
    for (size_t i = 0; i < PLAYER_TYPED; i++) {
        draft_keep(record, "home", player_typed[i]);
        tell(player_typed[i]);
    }
}

static bool play(const char *what, const char *path, const char *to, char **cause)
{
    char id[KEY_ID_TEXT];
    bool seals = strcmp(what, "seal") == 0, unseals = strcmp(what, "unseal") == 0;
    if ((seals || unseals || strcmp(what, "add") == 0) && !unlock(path, id, cause))
        return false;
    if (seals || unseals)
        return record_reseal(path, seals ? id : NULL, cause) != RESEAL_FAILED;
    struct record *record = record_open(path, RECORD_WRITE, cause);
    bool done = record;
    if (record && strcmp(what, "rescue") == 0)
        done = record_rescue(record, to, cause);
    else if (record && strcmp(what, "add") == 0)
        done = add(record, cause);
    else if (record)
        type(record);
    record_close(record);
    return done;
}

int main(int argc, char **argv)
{
    char *cause = NULL;
    mem_init();
    bool done = argc > 2 && sodium_init() >= 0 && play(argv[1], argv[2], argv[3], &cause);
    if (!done)
        fprintf(stderr, "%s\n", cause ? cause : "not done");
    free(cause);
    return done ? 0 : 2;
}
