/* What the player does, for those who look at it afterwards. */
#ifndef TESTS_FAULT_PLAYER_H
#define TESTS_FAULT_PLAYER_H

/* What it types, one after the other; it tells each that was kept. */
static const char *const player_typed[] = {"I ", "I sl", "I sleep ", "I sleep on a", "I sleep on a sofa."};
enum { PLAYER_TYPED = sizeof player_typed / sizeof *player_typed };

/* The key of the sealed records that it works on: 32 bytes. */
static const char player_key[] = "the key of the tests, 32 bytes..";

#endif
