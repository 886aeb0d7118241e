/* Options of a command: getopt_long() driven by a table. argv[0] is the command's name. */
#include "command/options.h"

#include "base/mem.h"
#include "command/locate.h"
#include "command/unlock.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 12, HELP = MOST_OPTIONS, PASSPHRASE };

static int wrong(const char *command, const char *sentence)
{
    if (sentence)
        locate_say(command, sentence);
    fprintf(stderr, "Try 'alongside %s --help'.\n", command);
    return 2;
}

static int read_rows(int argc, char **argv, const char *command, const struct option_row *rows,
                     struct operands operands, void (*help)(void))
{
    struct option options[MOST_OPTIONS + 3] = {{NULL, 0, NULL, 0}};
    char letters[2 * MOST_OPTIONS + 2] = "h", *letter = letters + 1;
    int count = 0, more = 0;
    bool reaches_caseload = false;
    for (; count < MOST_OPTIONS && rows[count].name; count++) {
        reaches_caseload |= strcmp(rows[count].name, "caseload") == 0;
        bool takes = rows[count].text != NULL;
        options[count] =
            (struct option){rows[count].name, takes ? required_argument : no_argument, NULL, count};
        if (rows[count].letter) {
            *letter++ = rows[count].letter;
            if (takes)
                *letter++ = ':';
        }
    }
    *letter = '\0';
    options[count + more++] = (struct option){"help", no_argument, NULL, HELP};
    if (reaches_caseload) /* what may be locked: as before the command's name */
        options[count + more] = (struct option){"passphrase-file", required_argument, NULL, PASSPHRASE};
    optind = 0; /* begin anew: the home screen runs several commands in one process */
    for (int found; (found = getopt_long(argc, argv, letters, options, NULL)) != -1;) {
        if (found == 'h' || found == HELP) {
            help();
            return 0;
        }
        if (found == PASSPHRASE) {
            setenv(UNLOCK_VARIABLE, optarg, 1);
            continue;
        }
        int row = found;
        for (int i = 0; i < count && found > PASSPHRASE; i++)
            row = rows[i].letter == found ? i : row;
        if (row < 0 || row >= count)
            return wrong(command, NULL); /* getopt_long() has said why */
        if (rows[row].text)
            *rows[row].text = optarg;
        else
            *rows[row].flag = true;
    }
    int given = argc - optind;
    if (given < operands.least)
        return wrong(command, operands.too_few);
    if (operands.most >= 0 && given > operands.most)
        return wrong(command, operands.too_many);
    return -1;
}

int options_read(int argc, char **argv, const struct option_row *rows, struct operands operands,
                 void (*help)(void))
{
    char *command = argv[0];
    argv[0] = xasprintf("alongside %s", command); /* what getopt_long() complains with */
    int status = read_rows(argc, argv, command, rows, operands, help);
    free(argv[0]);
    argv[0] = command;
    return status;
}
