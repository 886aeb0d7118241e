/* regex(): patterns as form authors know them (JavaScript's and Java's) on top of the C library's.
 *
 * A pattern is rewritten into POSIX's extended form: \d, \w, \s and their opposites, also within brackets,
 * escapes,
 * (?:…), and lazy quantifiers, which do not change whether a text matches. What POSIX cannot do (looking
 * ahead or back, \1) is refused, not misread. Repetitions are bounded: the library unrolls them, so that
 * ((a{99}){99}){99} would take all memory there is. */
#include "form/expr_code.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

enum { LONGEST_PATTERN = 1000, MOST_COPIES = 1000, DEEPEST_GROUP = 30 };

struct rewriting {
    const char *at;
    struct strbuf out;
    char **cause;
};

/* A class's letter as the inside of a POSIX bracket, or NULL. */
static const char *class_of(char letter)
{
    switch (letter) {
    case 'd':
    case 'D':
        return "0-9";
    case 'w':
    case 'W':
        return "A-Za-z0-9_";
    case 's':
    case 'S':
        return " \t\n\r\f\v";
    default:
        return NULL;
    }
}

static bool hex_digits(const char *s, int n, unsigned *code)
{
    *code = 0;
    for (int i = 0; i < n; i++) {
        char c = s[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        *code = *code * 16 + (unsigned)digit;
    }
    return true;
}

/* The single character that the escape at r->at (after its backslash) stands for, and past it. */
static bool escaped_character(struct rewriting *r, char text[8])
{
    static const char from[] = "nrtfv", to[] = "\n\r\t\f\v";
    const char *letter = strchr(from, *r->at);
    unsigned code;
    memset(text, 0, 8);
    if (*r->at == '\0')
        return cause_set(r->cause, "ends with a single \\.");
    if (letter) {
        text[0] = to[letter - from];
        r->at++;
    } else if ((*r->at == 'u' && hex_digits(r->at + 1, 4, &code)) ||
               (*r->at == 'x' && hex_digits(r->at + 1, 2, &code))) {
        r->at += *r->at == 'u' ? 5 : 3;
        if (code == 0 || u8_uctomb((uint8_t *)text, code, 8) <= 0)
            return cause_set(r->cause, "has a \\u that is no character.");
    } else if ((*r->at >= 'a' && *r->at <= 'z') || (*r->at >= 'A' && *r->at <= 'Z') ||
               (*r->at >= '0' && *r->at <= '9')) {
        return cause_set(r->cause, "has \\%c, which is not known here.", *r->at);
    } else {
        size_t length = utf8_next(r->at, 0);
        if ((unsigned char)*r->at < 0x80)
            length = 1;
        memcpy(text, r->at, length < 7 ? length : 7);
        r->at += length;
    }
    return true;
}

/* "[…]": POSIX has no escapes in there, and wants "]" first and "-" last. */
static bool rewrite_bracket(struct rewriting *r)
{
    struct strbuf inside = STRBUF_INIT;
    bool negated = false, bracket = false, dash = false, caret = false, good = true;
    char character[8];
    r->at++;
    if (*r->at == '^') {
        negated = true;
        r->at++;
    }
    while (good && *r->at && *r->at != ']') {
        if (*r->at != '\\') {
            if (*r->at == '[' || (*r->at == '^' && !inside.length)) {
                /* "[" could begin "[:", and "^" would be first: both go to the end. */
                caret |= *r->at == '^';
                if (*r->at == '[')
                    strbuf_add(&inside, "[.[.]");
                r->at++;
            } else {
                strbuf_addch(&inside, *r->at++);
            }
            continue;
        }
        r->at++;
        const char *class = *r->at ? class_of(*r->at) : NULL;
        if (class && *r->at < 'a') {
            good = cause_set(r->cause, "has \\%c within [ ], which cannot be done here.", *r->at);
        } else if (class) {
            strbuf_add(&inside, class);
            r->at++;
        } else if ((good = escaped_character(r, character))) {
            bracket |= strcmp(character, "]") == 0;
            dash |= strcmp(character, "-") == 0;
            caret |= strcmp(character, "^") == 0;
            if (strcmp(character, "[") == 0)
                strbuf_add(&inside, "[.[.]");
            else if (!strchr("]-^", character[0]))
                strbuf_add(&inside, character);
        }
    }
    if (good && *r->at != ']')
        good = cause_set(r->cause, "has a [ without its ].");
    if (good && !inside.length && !bracket && !dash && !caret)
        good = cause_set(r->cause, "has nothing between [ and ].");
    if (good) {
        r->at++;
        if (caret && !negated && !bracket && !inside.length) {
            strbuf_add(&r->out, dash ? "(\\^|-)" : "\\^"); /* "[^]" would not end */
        } else {
            strbuf_add(&r->out, negated ? "[^" : "[");
            strbuf_add(&r->out, bracket ? "]" : "");
            strbuf_add(&r->out, inside.text);
            strbuf_add(&r->out, caret ? "^" : "");
            strbuf_add(&r->out, dash ? "-]" : "]");
        }
    }
    strbuf_release(&inside);
    return good;
}

static bool rewrite_escape(struct rewriting *r)
{
    char character[8];
    r->at++;
    const char *class = *r->at ? class_of(*r->at) : NULL;
    if (class) {
        strbuf_addf(&r->out, *r->at < 'a' ? "[^%s]" : "[%s]", class);
        r->at++;
        return true;
    }
    if (*r->at == 'b' || *r->at == 'B') {
        strbuf_addf(&r->out, "\\%c", *r->at++);
        return true;
    }
    if (!escaped_character(r, character))
        return false;
    if (strchr("\\^.[$()|*+?{", character[0])) /* } and ] are themselves outside of brackets */
        strbuf_addch(&r->out, '\\');
    strbuf_add(&r->out, character);
    return true;
}

/* "{2}", "{2,}", "{2,5}" as they are; how many copies the library makes of what stands before. */
static bool rewrite_bounds(struct rewriting *r, double *copies)
{
    char *end;
    const char *start = r->at++;
    unsigned long least = strtoul(r->at, &end, 10), most = least;
    bool digits = *r->at >= '0' && *r->at <= '9';
    if (*end == ',') {
        const char *second = end + 1;
        most = *second == '}' ? least + 1 : strtoul(second, &end, 10);
        if (*second == '}')
            end++;
        digits = digits && (*second == '}' || (*second >= '0' && *second <= '9'));
    }
    if (!digits || *end != '}')
        return cause_set(r->cause, "has a { that does not say how often; a plain one is written \\{.");
    if (most < least)
        return cause_set(r->cause, "has bounds the wrong way round.");
    *copies *= most > 1 ? (double)most : 1;
    if (*copies > MOST_COPIES)
        return cause_set(r->cause, "repeats more than %d times.", MOST_COPIES);
    r->at = end + 1;
    strbuf_addn(&r->out, start, (size_t)(r->at - start));
    return true;
}

static bool rewrite(struct rewriting *r)
{
    double copies = 1; /* of all bounds together: more than there are, and never fewer */
    int depth = 0;
    bool can_repeat = false;
    while (*r->at) {
        bool repeats = strchr("*+?{", *r->at) != NULL;
        if (repeats && !can_repeat)
            return cause_set(r->cause, "has a %c with nothing before it to repeat.", *r->at);
        switch (*r->at) {
        case '\\':
            if (!rewrite_escape(r))
                return false;
            break;
        case '[':
            if (!rewrite_bracket(r))
                return false;
            break;
        case '(':
            if (++depth > DEEPEST_GROUP)
                return cause_set(r->cause, "has brackets within brackets more than %d deep.", DEEPEST_GROUP);
            r->at++;
            if (*r->at == '?' && r->at[1] != ':')
                return cause_set(r->cause, "has (?%c, which cannot be done here.",
                                 r->at[1] > ' ' && r->at[1] < 0x7f ? r->at[1] : ' ');
            if (*r->at == '?')
                r->at += 2;
            strbuf_addch(&r->out, '(');
            can_repeat = false;
            continue;
        case ')':
            if (--depth < 0)
                return cause_set(r->cause, "has a ) without its (.");
            strbuf_addch(&r->out, *r->at++);
            break;
        case '{':
            if (!rewrite_bounds(r, &copies))
                return false;
            break;
        case '*':
        case '+':
        case '?':
            strbuf_addch(&r->out, *r->at++);
            break;
        case '|':
        case '^':
            strbuf_addch(&r->out, *r->at++);
            can_repeat = false;
            continue;
        default:
            strbuf_addch(&r->out, *r->at++);
            break;
        }
        can_repeat = !repeats;
        if (repeats && *r->at == '?')
            r->at++; /* lazy */
    }
    return depth == 0 || cause_set(r->cause, "has a ( without its ).");
}

/* Made once, whichever thread wants it first. */
static locale_t unicode;

static void make_unicode(void)
{
    unicode = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
}

/* Characters and ranges are Unicode's whatever language the computer speaks. Returns what to go back to. */
static locale_t enter_unicode(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, make_unicode);
    return uselocale(unicode); /* where it is not installed this changes nothing */
}

static bool found(const regex_t *pattern, const char *text)
{
    locale_t before = enter_unicode();
    bool matches = regexec(pattern, text, 0, NULL, 0) == 0;
    uselocale(before);
    return matches;
}

bool pattern_compile(regex_t *into, const char *pattern, char **cause)
{
    if (strlen(pattern) > LONGEST_PATTERN)
        return cause_set(cause, "is longer than %d characters.", LONGEST_PATTERN);
    struct rewriting r = {.at = pattern, .out = STRBUF_INIT, .cause = cause};
    bool good = rewrite(&r);
    if (good) {
        locale_t before = enter_unicode();
        int error = regcomp(into, r.out.text, REG_EXTENDED | REG_NOSUB);
        uselocale(before);
        if (error == REG_ESPACE)
            mem_exhausted();
        if (error) {
            char reason[128];
            regerror(error, into, reason, sizeof reason);
            good = cause_set(cause, "cannot be read (%s).", reason);
        }
    }
    strbuf_release(&r.out);
    return good;
}

bool function_regex(struct call *c)
{
    const char *text = slot_text(&c->args[0]);
    if (c->op->pattern) {
        slot_boolean(c->out, found(c->op->pattern, text));
        return true;
    }
    regex_t pattern;
    char *cause = NULL;
    if (!pattern_compile(&pattern, slot_text(&c->args[1]), &cause)) {
        cause_set(c->cause, "The pattern %s", cause);
        free(cause);
        return false;
    }
    slot_boolean(c->out, found(&pattern, text));
    regfree(&pattern);
    return true;
}
