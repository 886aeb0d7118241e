/* Passphrases: made, and judged. */
#include "caseload/passphrase.h"

#include "base/cause.h"
#include "base/utf8.h"
#include "caseload/caseload.h"

#include <sodium.h>
#include <string.h>
#include <strings.h>

void passphrase_make(char *text)
{
    size_t length = 0;
    for (int i = 0; i < PASSPHRASE_WORDS; i++) {
        const char *word = passphrase_list[randombytes_uniform(PASSPHRASE_LIST)];
        if (i)
            text[length++] = ' ';
        memcpy(text + length, word, strlen(word));
        length += strlen(word);
    }
    text[length] = '\0';
}

/* The first thing that whoever finds the computer would try. */
static bool is_a_reference(const char *text, const char *folder)
{
    struct caseload caseload;
    bool found = false;
    if (!caseload_list(folder, &caseload, NULL))
        return false;
    for (size_t i = 0; i < caseload.count && !found; i++)
        found = strcasecmp(text, caseload.entries[i].ref) == 0;
    caseload_release(&caseload);
    return found;
}

bool passphrase_fits(const char *text, size_t length, const char *folder, char **cause)
{
    if (strlen(text) != length || !utf8_valid(text, length))
        return cause_set(cause, "That is not UTF-8 text.");
    size_t characters = 0;
    bool same = true;
    for (size_t at = 0, first = utf8_next(text, 0); at < length; characters++) {
        size_t next = utf8_next(text, at);
        same = same && next - at == first && memcmp(text, text + at, first) == 0;
        at = next;
    }
    if (characters < PASSPHRASE_LEAST)
        return cause_set(cause,
                         "That is too short: %zu of at least %d characters. Four words or more are good.",
                         characters, PASSPHRASE_LEAST);
    if (same)
        return cause_set(cause, "That is one character again and again, and soon found. Take other words.");
    if (is_a_reference(text, folder))
        return cause_set(cause, "That is the reference of a case, and soon found. Take other words.");
    return true;
}
