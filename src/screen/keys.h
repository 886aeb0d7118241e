/* Curses' keys as term.h's. */
#ifndef SCREEN_KEYS_H
#define SCREEN_KEYS_H

/* Teach curses the sequences that terminals send besides those of their description. */
void keys_begin(void);
/* The key for a code of wgetch() above 255; TERM_NONE for one that means nothing here. */
int keys_of_code(int code);
/* The key for a character. */
int keys_of_character(unsigned c);

#endif
