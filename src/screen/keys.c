/* Curses' keys as term.h's: two tables.
 *
 * Terminals are often not what TERM says (a modern emulator on TERM=vt100, a console behind a serial line),
 * so the sequences that nearly all of them send are known whatever TERM says, where its description gives
 * them no other meaning. */
#include "screen/keys.h"

#include "screen/term.h"

#include <curses.h>
#include <stddef.h>

/* Codes of our own, beyond those curses gives out by itself. */
enum { CODE_WORD_LEFT = 0x4001, CODE_WORD_RIGHT };

static const struct {
    int code;
    int key;
} codes[] = {
    {KEY_UP, TERM_UP},
    {KEY_SR, TERM_UP},
    {KEY_DOWN, TERM_DOWN},
    {KEY_SF, TERM_DOWN},
    {KEY_LEFT, TERM_LEFT},
    {KEY_SLEFT, TERM_LEFT},
    {KEY_RIGHT, TERM_RIGHT},
    {KEY_SRIGHT, TERM_RIGHT},
    {KEY_HOME, TERM_HOME},
    {KEY_FIND, TERM_HOME}, /* the same key on a VT220 */
    {KEY_A1, TERM_HOME},
    {KEY_SHOME, TERM_HOME},
    {KEY_END, TERM_END},
    {KEY_LL, TERM_END},
    {KEY_SELECT, TERM_END},
    {KEY_C1, TERM_END},
    {KEY_SEND, TERM_END},
    {KEY_PPAGE, TERM_PAGE_UP},
    {KEY_A3, TERM_PAGE_UP},
    {KEY_NPAGE, TERM_PAGE_DOWN},
    {KEY_C3, TERM_PAGE_DOWN},
    {KEY_BACKSPACE, TERM_BACKSPACE},
    {KEY_DC, TERM_DELETE},
    {KEY_SDC, TERM_DELETE},
    {KEY_ENTER, TERM_ENTER},
    {KEY_BTAB, TERM_BACKTAB},
    {KEY_HELP, TERM_F1},
    {KEY_SUSPEND, 'z' & 0x1f}, /* Ctrl-Z, on TERM=linux */
    {KEY_UNDO, 'z' & 0x1f},
    {KEY_REDO, 'r' & 0x1f},
    {CODE_WORD_LEFT, TERM_WORD_LEFT},
    {CODE_WORD_RIGHT, TERM_WORD_RIGHT},
};

static const struct {
    const char *sequence;
    int code;
} sequences[] = {
    {"\033[A", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP},
    {"\033OB", KEY_DOWN},
    {"\033OC", KEY_RIGHT},
    {"\033OD", KEY_LEFT},
    {"\033[H", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033OH", KEY_HOME},
    {"\033OF", KEY_END},
    {"\033[1~", KEY_HOME},
    {"\033[4~", KEY_END},
    {"\033[7~", KEY_HOME},
    {"\033[8~", KEY_END},
    {"\033[3~", KEY_DC},
    {"\033[5~", KEY_PPAGE},
    {"\033[6~", KEY_NPAGE},
    {"\033[Z", KEY_BTAB},
    {"\033OM", KEY_ENTER},
    {"\033OP", KEY_F(1)},
    {"\033OQ", KEY_F(2)},
    {"\033OR", KEY_F(3)},
    {"\033OS", KEY_F(4)},
    {"\033[[A", KEY_F(1)},
    {"\033[[B", KEY_F(2)},
    {"\033[[C", KEY_F(3)},
    {"\033[[D", KEY_F(4)},
    {"\033[[E", KEY_F(5)},
    {"\033[11~", KEY_F(1)},
    {"\033[12~", KEY_F(2)},
    {"\033[13~", KEY_F(3)},
    {"\033[14~", KEY_F(4)},
    {"\033[15~", KEY_F(5)},
    {"\033[17~", KEY_F(6)},
    {"\033[18~", KEY_F(7)},
    {"\033[19~", KEY_F(8)},
    {"\033[20~", KEY_F(9)},
    {"\033[21~", KEY_F(10)},
    {"\033[23~", KEY_F(11)},
    {"\033[24~", KEY_F(12)},
    {"\033[1;5D", CODE_WORD_LEFT},
    {"\033[1;5C", CODE_WORD_RIGHT},
    {"\033Od", CODE_WORD_LEFT},
    {"\033Oc", CODE_WORD_RIGHT},
};

void keys_begin(void)
{
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        int code = sequences[i].code;
        /* Curses may know the word keys by codes it chose by itself; ours take their place. */
        if (code >= CODE_WORD_LEFT || key_defined(sequences[i].sequence) == 0)
            define_key(sequences[i].sequence, code);
    }
}

int keys_of_code(int code)
{
    if (code >= KEY_F(1) && code <= KEY_F(12))
        return TERM_F1 + (code - KEY_F(1));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        if (codes[i].code == code)
            return codes[i].key;
    }
    return TERM_NONE;
}

int keys_of_character(unsigned c)
{
    switch (c) {
    case '\0':
        return TERM_NONE;
    case '\t':
        return TERM_TAB;
    case '\r':
    case '\n':
        return TERM_ENTER;
    case '\b':
    case 0x7f:
        return TERM_BACKSPACE;
    default:
        return (int)c;
    }
}
