/* `alongside check FORM…`: is there anything wrong with a form, and where? */
#ifndef COMMAND_CHECK_H
#define COMMAND_CHECK_H

/* The exit status: 0 no faults, 1 faults, 2 a file that cannot be read. */
int command_check(int argc, char **argv);

#endif
