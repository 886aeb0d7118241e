/* Reads the command's name and hands over; nothing else. */
#include "config.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "command/command.h"

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
    puts("\n\"alongside COMMAND --help\" says more about one of them.");
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
    char *safe = utf8_safe(name, false);
    fprintf(stderr, "alongside: there is no command called \"%s\".", safe);
    if (nearest)
        fprintf(stderr, " Did you mean \"%s\"?", nearest);
    fputs(" \"alongside --help\" lists them all.\n", stderr);
    free(safe);
    return 2;
}

/* `alongside --caseload DIR COMMAND`: where every command looks then. Returns how many arguments it took. */
static int take_caseload(int argc, char **argv)
{
    static const char option[] = "--caseload";
    size_t n = sizeof option - 1;
    if (argc < 2 || strncmp(argv[1], option, n) != 0 || (argv[1][n] == '\0' && argc < 3))
        return 0;
    if (argv[1][n] != '\0' && argv[1][n] != '=')
        return 0;
    setenv("ALONGSIDE_CASELOAD", argv[1][n] ? argv[1] + n + 1 : argv[2], 1);
    return argv[1][n] ? 1 : 2;
}

int main(int argc, char **argv)
{
    mem_init();
    setlocale(LC_ALL, "");
    int taken = take_caseload(argc, argv);
    argc -= taken;
    argv += taken;
    if (argc < 2)
        return command_home();
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
        return help();
    if (strcmp(argv[1], "--version") == 0)
        return version();
    const struct command *command = command_find(argv[1], NULL);
    if (!command)
        return unknown(argv[1]);
    if (argc > 2 && strcmp(argv[2], "--version") == 0)
        return version();
    return command->run(argc - 1, argv + 1);
}
