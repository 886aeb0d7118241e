/* The commands: one file each, and one table. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

struct command {
    const char *name;
    /* argv[0] is the command's name. The program's exit status: 0, 1 (what was asked did not hold), 2 (it
     * could not be done). */
    int (*run)(int argc, char **argv);
    const char *summary; /* for --help */
};

/* Ends with a NULL name. */
extern const struct command commands[];
/* NULL where there is none; *nearest (may be NULL) is then what may have been meant, or NULL. */
const struct command *command_find(const char *name, const char **nearest);

int command_new(int argc, char **argv);
int command_open(int argc, char **argv);
int command_demo(int argc, char **argv);
int command_list(int argc, char **argv);
int command_apply(int argc, char **argv);
int command_show(int argc, char **argv);
int command_trend(int argc, char **argv);
int command_export(int argc, char **argv);
int command_copy(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_upgrade(int argc, char **argv);
int command_services(int argc, char **argv);
int command_report(int argc, char **argv);
int command_review(int argc, char **argv);
int command_referred(int argc, char **argv);
int command_comment(int argc, char **argv);
int command_countersign(int argc, char **argv);
int command_handover(int argc, char **argv);
int command_protect(int argc, char **argv);
int command_passphrase(int argc, char **argv);
int command_unlock(int argc, char **argv);
int command_print(int argc, char **argv);
int command_preview(int argc, char **argv);
int command_eval(int argc, char **argv);
int command_schema(int argc, char **argv);

/* `alongside` alone: the home screen. */
int command_home(void);

#endif
