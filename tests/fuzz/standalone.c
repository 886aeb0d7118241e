/* A main() for the fuzzers where there is no libFuzzer: CHANGES FOLDER... Each file in a folder is tried as
 * it is and then with small changes, so many times and the same ones each time. Speaks TAP; a fault ends it
 * as it would end a fuzzer. */
#include "base/mem.h"
#include "base/path.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST = 1 << 20 };

static uint32_t chance(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void try_changed(const char *text, size_t length, uint32_t *state)
{
    char *changed = xmalloc(length + 8);
    memcpy(changed, text, length);
    size_t now = length;
    for (uint32_t n = chance(state) % 4; now && n < 4; n++) {
        size_t at = chance(state) % now, from = chance(state) % now;
        switch (chance(state) % 4) {
        case 0:
            changed[at] = (char)chance(state);
            break;
        case 1:
            changed[at] = changed[from];
            break;
        case 2:
            memmove(changed + at, changed + at + 1, --now - at);
            break;
        default:
            memmove(changed + at + 1, changed + at, now++ - at);
            changed[at] = changed[from];
            break;
        }
    }
    LLVMFuzzerTestOneInput((const uint8_t *)changed, now);
    free(changed);
}

/* False where the file cannot be read. */
static bool try_file(const char *path, int changes)
{
    size_t length;
    char *cause, *text = path_read(path, LARGEST, &length, &cause);
    printf("# %s\n", path_base(path)); /* the last one named is the one that ends it */
    fflush(stdout);
    if (!text) {
        printf("# %s\n", cause);
        free(cause);
        return false;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    uint32_t state = 2463534242u;
    for (int i = 0; i < changes; i++)
        try_changed(text, length, &state);
    free(text);
    return true;
}

static bool try_folder(const char *folder, int changes, int *tried)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    bool sound = true;
    for (int i = 0; i < count; i++) {
        char *path = path_join(folder, entries[i]->d_name);
        if (entries[i]->d_name[0] != '.') {
            sound = try_file(path, changes) && sound;
            ++*tried;
        }
        free(path);
        free(entries[i]);
    }
    if (count < 0)
        return false;
    free(entries);
    return sound && *tried > 0;
}

int main(int argc, char **argv)
{
    int changes = argc > 1 ? atoi(argv[1]) : 0;
    mem_init();
    for (int i = 2; i < argc; i++) {
        int tried = 0;
        bool sound = try_folder(argv[i], changes, &tried);
        printf("%sok %d - %s: %d inputs, each as it is and changed %d times\n", sound ? "" : "not ", i - 1,
               path_base(argv[i]), tried, changes);
    }
    printf("1..%d\n", argc - 2);
    return 0;
}
