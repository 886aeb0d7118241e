/* Options of a command: getopt_long() driven by a table. argv[0] is the command's name. */
#include "command/options.h"

#include "base/mem.h"
#include "base/vocab.h"
#include "command/locate.h"
#include "command/unlock.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OPTIONS = 20, HELP = MOST_OPTIONS, PASSPHRASE };

static int wrong(const char *command, const char *sentence)
{
    if (sentence)
        locate_say(command, sentence);
    fprintf(stderr, "Try 'alongside %s --help'.\n", command);
    return 2;
}

void options_fault(const char *command, char *const *argv, const struct option *options, int found)
{
    const char *word = argv[optind - 1];
    char letter[2] = {(char)optopt, '\0'}, *name = xstrndup(word, strcspn(word, "="));
    size_t length = strlen(name), meant = 0, count = 0;
    const char *names[MOST_OPTIONS + 3];
    for (const struct option *o = options; o->name && count < MOST_OPTIONS + 2; o++) {
        names[count++] = o->name;
        meant += length > 2 && strncmp(o->name, name + 2, length - 2) == 0;
    }
    names[count] = NULL;
    bool is_long = strncmp(word, "--", 2) == 0;
    const char *nearest = is_long ? vocab_nearest(names, name + 2) : NULL;
    char *sentence;
    if (found == ':')
        sentence = xasprintf("%s wants a word after it.", name);
    else if (!is_long)
        sentence = xasprintf("there is no option -%s.", letter);
    else if (meant > 1)
        sentence = xasprintf("more than one option begins with %s.", name);
    else if (meant == 1)
        sentence = xasprintf("nothing can stand after %s.", name);
    else
        sentence = xasprintf("there is no option %s%s%s%s", name, nearest ? ": did you mean --" : ".",
                             nearest ? nearest : "", nearest ? "?" : "");
    locate_say(command, sentence);
    free(sentence);
    free(name);
}

int options_read(int argc, char **argv, const struct option_row *rows, struct operands operands,
                 void (*help)(void))
{
    const char *command = argv[0];
    struct option options[MOST_OPTIONS + 3] = {{NULL, 0, NULL, 0}};
    char letters[2 * MOST_OPTIONS + 3] = ":h", *letter = letters + 2;
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
    opterr = 0; /* getopt_long() would print what was typed as it is */
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
        if (found == '?' || found == ':' || row < 0 || row >= count) {
            options_fault(command, argv, options, found);
            return wrong(command, NULL);
        }
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
