/* Reads the command's name and hands over; nothing else. */
#include "config.h"

#include "base/guard.h"
#include "base/mem.h"
#include "base/out.h"
#include "command/command.h"
#include "command/unlock.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int help(void)
{
    puts("Usage: alongside [COMMAND [ARGUMENT]...]\n\n"
         "Two people fill in an assessment side by side.\n\n"
         "Commands:");
    for (const struct command *c = commands; c->name; c++)
        printf("  %-10s %s\n", c->name, c->summary);
    puts("\nBefore a command:\n"
         "  --accessible    one prompt at a time, for screen readers\n"
         "  --caseload DIR  where assessments are kept\n"
         "  --passphrase-file FILE\n"
         "                  a sealed caseload's passphrase: the first line of a file\n"
         "  --version       print which version this is, and end\n"
         "\n\"alongside help COMMAND\" says more about one of them.");
    return 0;
}

static int version(void)
{
    puts(PACKAGE_NAME " " PACKAGE_VERSION);
    return 0;
}

static int unknown(const char *name)
{
    const char *nearest;
    command_find(name, &nearest);
    out_line(stderr,
             "alongside: there is no command called \"%s\".%s%s%s \"alongside --help\" lists them all.", name,
             nearest ? " Did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
    return 2;
}

/* `alongside help COMMAND`: as `alongside COMMAND --help`. */
static int help_of(char *name)
{
    char option[] = "--help";
    char *asked[] = {name, option, NULL};
    const struct command *command = command_find(name, NULL);
    return command ? command->run(2, asked) : unknown(name);
}

/* Options before the command with a value, and the variable that each sets. */
static const struct {
    const char *name, *variable;
} with_value[] = {{"--caseload", "ALONGSIDE_CASELOAD"}, {"--passphrase-file", UNLOCK_VARIABLE}};

/* Take `word`, or it and the one after it; how many, 0 where it is none of these. */
static int take_value(const char *word, const char *next)
{
    for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++) {
        size_t n = strlen(with_value[i].name);
        if (strncmp(word, with_value[i].name, n) != 0 || (word[n] && word[n] != '='))
            continue;
        if (!word[n] && !next)
            return 0;
        setenv(with_value[i].variable, word[n] ? word + n + 1 : next, 1);
        return word[n] ? 1 : 2;
    }
    return 0;
}

/* `alongside --caseload DIR --accessible COMMAND`: for whichever command it is. How many arguments it took.
 */
static int take_options(int argc, char **argv)
{
    int taken = 0, more = 1;
    for (; taken + 1 < argc && more; taken += more) {
        const char *word = argv[taken + 1];
        if (strcmp(word, "--accessible") == 0)
            setenv("ACCESSIBLE", "1", 1);
        else
            more = take_value(word, argv[taken + 2]); /* argv ends in NULL */
    }
    return taken;
}

static int run(int argc, char **argv)
{
    int taken = take_options(argc, argv);
    argc -= taken;
    argv += taken;
    if (argc < 2)
        return command_home();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help();
    if (strcmp(argv[1], "help") == 0)
        return argc > 2 ? help_of(argv[2]) : help();
    if (strcmp(argv[1], "--version") == 0)
        return version();
    const struct command *command = command_find(argv[1], NULL);
    if (!command)
        return unknown(argv[1]);
    if (argc > 2 && strcmp(argv[2], "--version") == 0)
        return version();
    return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
    guard_process();
    mem_init();
    setlocale(LC_ALL, "");
    int status = run(argc, argv);
    if ((fflush(stdout) != 0 || ferror(stdout)) && status != 2) {
        fputs("alongside: what was asked for cannot be written to standard output.\n", stderr);
        return 2;
    }
    return status;
}
