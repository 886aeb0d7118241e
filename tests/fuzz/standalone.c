/* A main() for the fuzzers where there is no libFuzzer: CHANGES FILE... Each file named, and each file in a
 * folder named, is tried as it is and then with so many small changes, the same ones each time. Speaks TAP; a
 * fault ends it as it would end a fuzzer. */
#include "base/mem.h"
#include "base/path.h"

#include <dirent.h>
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

static void try_file(const char *path, int changes, int *count)
{
    size_t length;
    char *cause, *text = path_read(path, LARGEST, &length, &cause);
    ++*count;
    if (!text) {
        printf("not ok %d - %s\n# %s\n", *count, path_base(path), cause);
        free(cause);
        return;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)text, length);
    uint32_t state = 2463534242u;
    for (int i = 0; i < changes; i++)
        try_changed(text, length, &state);
    printf("ok %d - %s\n", *count, path_base(path));
    free(text);
}

int main(int argc, char **argv)
{
    int count = 0, changes = argc > 1 ? atoi(argv[1]) : 0;
    mem_init();
    for (int i = 2; i < argc; i++) {
        struct dirent **entries;
        int n = scandir(argv[i], &entries, NULL, alphasort);
        if (n < 0)
            try_file(argv[i], changes, &count);
        for (int k = 0; k < n; k++) {
            char *path = path_join(argv[i], entries[k]->d_name);
            if (entries[k]->d_name[0] != '.')
                try_file(path, changes, &count);
            free(path);
            free(entries[k]);
        }
        if (n >= 0)
            free(entries);
    }
    printf("1..%d\n", count);
    return 0;
}
