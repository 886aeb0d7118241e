/* Options of a command, read from one table for each: a new option is one row. */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include <getopt.h>
#include <stdbool.h>

/* `--name` sets *flag; `--name TEXT` (and `-letter TEXT`, where a letter is given) sets *text. */
struct option_row {
    const char *name; /* NULL ends the table */
    char letter;      /* or 0 */
    bool *flag;
    const char **text;
};

/* What a command takes besides options. */
struct operands {
    int least, most;                /* most: -1 for any number */
    const char *too_few, *too_many; /* what is said then; NULL where it cannot happen */
};

/* Read them. `--help` and `-h` call `help`. Returns -1 to go on, optind being the first operand; else the
 * exit status: 0 after help, 2 where something is not right, which has been said. */
int options_read(int argc, char **argv, const struct option_row *rows, struct operands operands,
                 void (*help)(void));

/* Say what getopt_long() found wrong ('?' or ':') with the option it came to last, without printing what was
 * typed as it is, as getopt_long() itself would. The options' letters begin with ':'. */
void options_fault(const char *command, char *const *argv, const struct option *options, int found);

#endif
