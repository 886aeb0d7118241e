/* Jobs that no command does without a screen: rescuing a record, and keeping what is half typed. */
#include "base/mem.h"
#include "record/draft.h"
#include "record/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const typed[] = {"I ", "I sl", "I sleep ", "I sleep on a", "I sleep on a sofa."};

int main(int argc, char **argv)
{
    mem_init();
    char *cause = NULL;
    struct record *record = argc > 2 ? record_open(argv[2], RECORD_WRITE, &cause) : NULL;
    bool done = record;
    if (record && strcmp(argv[1], "rescue") == 0) {
        done = argc == 4 && record_rescue(record, argv[3], &cause);
    } else if (record) {
        for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
            draft_keep(record, "home", typed[i]);
            char *line = xasprintf("%s\n", typed[i]);
            if (write(STDOUT_FILENO, line, strlen(line)) < 0)
                done = false;
            free(line);
        }
    }
    if (!done)
        fprintf(stderr, "%s\n", cause ? cause : "not done");
    free(cause);
    record_close(record);
    return done ? 0 : 2;
}
