/* How each style looks.
 *
 * The terminal's own background may be black or white and its palette anybody's, so a colour is only ever
 * used with both sides named: black on cyan, black on green, white on blue. Those three keep 4.5:1 for text
 * on the palettes of the Linux console and xterm; red, brown and magenta do not. All else is
 * the terminal's own colours with bold, underline and reverse, which every console has. So each style can be
 * told without colour, and dim is not used: many consoles cannot show it, and those that can make it hard to
 * read. */
#include "screen/look.h"

#include <stddef.h>
#include <stdlib.h>

enum pair { OWN, LEFT, RIGHT, DIFFER };

static const struct {
    attr_t coloured, plain;
    enum pair pair;
} looks[STYLES] = {
    [STYLE_PLAIN] = {A_NORMAL, A_NORMAL, OWN},
    [STYLE_QUIET] = {A_NORMAL, A_NORMAL, OWN},
    [STYLE_STRONG] = {A_BOLD, A_BOLD, OWN},
    /* The two people: the same weight, in colour and without. */
    [STYLE_LEFT] = {A_NORMAL, A_BOLD, LEFT},
    [STYLE_RIGHT] = {A_NORMAL, A_BOLD, RIGHT},
    [STYLE_FOCUS] = {A_REVERSE, A_REVERSE, OWN},
    [STYLE_CHOSEN] = {A_BOLD, A_BOLD, OWN},
    [STYLE_DIFFER] = {A_BOLD, A_BOLD | A_UNDERLINE, DIFFER},
    [STYLE_SAME] = {A_BOLD, A_BOLD, OWN},
    [STYLE_KEY] = {A_BOLD, A_BOLD, OWN},
    [STYLE_TITLE] = {A_BOLD | A_REVERSE, A_BOLD | A_REVERSE, OWN},
    [STYLE_NOTICE] = {A_BOLD, A_BOLD, OWN},
    [STYLE_FIELD] = {A_UNDERLINE, A_UNDERLINE, OWN},
    [STYLE_EMPTY] = {A_UNDERLINE, A_UNDERLINE, OWN},
};

/* Characters that not every terminal's font has, and what says the same in ASCII. Those that no bare console
 * has stand in ASCII everywhere, so that a screen reads the same on all. */
static const struct {
    wchar_t character;
    char ascii;
    bool on_consoles; /* fonts of bare consoles have it */
} substitutes[] = {
    {L'─', '-', true},  {L'│', '|', true},  {L'┌', '+', true},  {L'┐', '+', true},  {L'└', '+', true},
    {L'┘', '+', true},  {L'├', '+', true},  {L'┤', '+', true},  {L'┬', '+', true},  {L'┴', '+', true},
    {L'┼', '+', true},  {L'█', '#', true},  {L'▒', ':', true},  {L'░', '.', true},  {L'■', '#', true},
    {L'▲', '^', true},  {L'▼', 'v', true},  {L'→', '>', true},  {L'←', '<', true},  {L'≠', '#', true},
    {L'⟨', '<', false}, {L'⟩', '>', false}, {L'‘', '\'', true}, {L'’', '\'', true}, {L'“', '"', true},
    {L'”', '"', true},  {L'–', '-', true},  {L'—', '-', true},  {L'…', '.', true},  {L'•', '*', true},
};

bool look_begin(void)
{
    const char *no = getenv("NO_COLOR");
    if ((no && *no) || !has_colors() || start_color() == ERR || COLORS < 8 || COLOR_PAIRS <= DIFFER)
        return false;
    use_default_colors();
    init_pair(LEFT, COLOR_BLACK, COLOR_CYAN);
    init_pair(RIGHT, COLOR_BLACK, COLOR_GREEN);
    init_pair(DIFFER, COLOR_WHITE, COLOR_BLUE);
    return true;
}

attr_t look_of(enum style style, bool coloured, short *pair)
{
    *pair = coloured ? (short)looks[style].pair : OWN;
    return coloured ? looks[style].coloured : looks[style].plain;
}

wchar_t look_character(wchar_t c, bool lines)
{
    if (c < 0x80)
        return c;
    for (size_t i = 0; i < sizeof substitutes / sizeof *substitutes; i++) {
        if (substitutes[i].character == c)
            return lines && substitutes[i].on_consoles ? c : (wchar_t)substitutes[i].ascii;
    }
    return c;
}
