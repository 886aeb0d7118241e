/* The looks are templates in a table where they are of fixed length, and a function where they are not. All
 * of them are ASCII, so bytes are enough; a byte of another character counts as a letter, and so as no end.
 *
 * Sources. Postcodes: BS 7666, the six forms of the outward part. The numbers of the Ministry of Justice and
 * the police: the forms in which they are printed. National Insurance: HMRC's manual NIM39110. */
#include "review/marks.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80);
}

static bool is_word(char c)
{
    return is_digit(c) || is_letter(c);
}

/* ---- of fixed length ---- */

/* A: a letter, 9: a digit, ?: a blank, a hyphen or nothing, else itself. */
static const struct {
    const char *look, *words;
} looks[] = {
    {"AA9A?9AA", "a postcode"},    {"AA99?9AA", "a postcode"}, {"AA9?9AA", "a postcode"},
    {"A9A?9AA", "a postcode"},     {"A99?9AA", "a postcode"},  {"A9?9AA", "a postcode"},
    {"AA?99?99?99?A", "a number"},                             /* National Insurance */
    {"A9999AA", "a number"},                                   /* prison */
    {"A999999", "a number"},                                   /* probation */
    {"9999/9999999A", "a number"},                             /* police */
    {"99/9999999A", "a number"},   {"999999/99A", "a number"}, /* criminal records office */
};

static size_t look_length(const char *text, const char *look)
{
    size_t i = 0;
    for (; *look; look++) {
        bool fits = *look == 'A'   ? is_letter(text[i]) && !((unsigned char)text[i] & 0x80)
                    : *look == '9' ? is_digit(text[i])
                                   : text[i] == *look;
        if (*look == '?')
            i += text[i] == ' ' || text[i] == '-';
        else if (fits)
            i++;
        else
            return 0;
    }
    return is_word(text[i]) ? 0 : i;
}

/* ---- numbers ---- */

static size_t digits_at(const char *text)
{
    size_t n = 0;
    while (is_digit(text[n]))
        n++;
    return n;
}

static int number_at(const char *text, size_t digits)
{
    int number = 0;
    for (size_t i = 0; i < digits && i < 9; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

static bool is_year(const char *text, size_t digits)
{
    return digits == 4 && (number_at(text, 2) == 19 || number_at(text, 2) == 20);
}

/* What may stand between two groups of digits of one number: its length; 0 where it ends. */
static size_t between_groups(const char *text)
{
    static const char *const between[] = {" (0) ", "(0)", ") ", " - ", " (", " ", "-", ".", "/", ")", NULL};
    for (const char *const *b = between; *b; b++) {
        size_t n = strlen(*b);
        if (strncmp(text, *b, n) == 0 && is_digit(text[n]))
            return n;
    }
    return 0;
}

static bool is_money(const char *text, size_t at)
{
    return at > 0 && (text[at - 1] == '$' || (at > 1 && strncmp(text + at - 2, "\u00a3", 2) == 0) ||
                      (at > 2 && strncmp(text + at - 3, "\u20ac", 3) == 0));
}

/* A telephone number has seven to fifteen digits (ITU-T E.164); in groups or not. */
static const char *phone_at(const char *text, size_t at, size_t *from, size_t *to)
{
    enum { LEAST = 7, MOST = 15, LONE = 6 };
    size_t digits = 0, groups = 0, i = at, start = at;
    bool long_group = false, years = true;
    for (size_t n; (n = digits_at(text + i)) > 0 && digits + n <= MOST;) {
        digits += n;
        groups++;
        long_group |= n >= 3;
        years &= is_year(text + i, n);
        i += n;
        *to = i;
        i += between_groups(text + i);
    }
    if (start > 0 && text[start - 1] == '(')
        start--;
    if (start > 0 && text[start - 1] == '+')
        start--;
    bool marked = start < at || text[at] == '0';
    *from = start;
    if (is_money(text, at) || years)
        return NULL;
    if (digits >= LEAST && (marked || long_group))
        return "a phone number";
    *from = at;
    return groups == 1 && digits >= LONE ? "a number" : NULL;
}

/* ---- days ---- */

static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                     "june",     "july",     "august", "september", "october",
                                     "november", "december", NULL};

/* Its letters; 0 where none stands there. Short forms of three letters or four ("sept") do. */
static size_t month_at(const char *text)
{
    size_t n = 0;
    while (is_letter(text[n]))
        n++;
    for (const char *const *month = months; *month; month++) {
        bool is_short = n == 3 || (n == 4 && strcasecmp(*month, "september") == 0);
        if ((n == strlen(*month) || is_short) && n >= 3 && strncasecmp(text, *month, n) == 0)
            return n;
    }
    return 0;
}

static size_t day_at(const char *text)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", NULL};
    size_t n = digits_at(text);
    if (n < 1 || n > 2 || number_at(text, n) < 1 || number_at(text, n) > 31)
        return 0;
    for (const char *const *ending = endings; *ending; ending++) {
        if (strncasecmp(text + n, *ending, 2) == 0)
            n += 2;
    }
    return is_word(text[n]) ? 0 : n;
}

static size_t blanks_at(const char *text)
{
    return strspn(text, " .,-/");
}

/* A year after a day and a month, and what stands before it: "1990", ", 1990", " '90"; 0. */
static size_t year_at(const char *text)
{
    size_t blanks = strspn(text, " ,./-"), short_year = strspn(text + blanks, "'");
    const char *year = text + blanks + short_year;
    size_t n = digits_at(year);
    bool is = is_year(year, n) || (n == 2 && (short_year || text[0] == '/' || text[0] == '-'));
    return is && blanks && !is_word(year[n]) ? blanks + short_year + n : 0;
}

/* "12/3/1990", "12.03.90", "12 03 1990", "1990-03-12". */
static size_t date_in_numbers(const char *text)
{
    size_t n[3], i = 0;
    int value[3];
    char between = '\0';
    for (int part = 0; part < 3; part++) {
        n[part] = digits_at(text + i);
        value[part] = number_at(text + i, n[part]);
        i += n[part];
        if (part == 2)
            break;
        if (!text[i] || !strchr("/.- ", text[i]) || (between && text[i] != between))
            return 0;
        between = text[i++];
    }
    if (is_word(text[i]) || ((text[i] == '.' || text[i] == '/') && is_digit(text[i + 1])))
        return 0;
    bool year_first = is_year(text, n[0]) && n[1] <= 2 && n[2] <= 2;
    bool year_last =
        n[0] <= 2 && n[1] <= 2 && (is_year(text + i - n[2], n[2]) || (n[2] == 2 && between != ' '));
    int day = year_first ? value[2] : value[0], month = value[1];
    bool a_day = day >= 1 && day <= 31 && month >= 1 && month <= 31 && (day <= 12 || month <= 12);
    return n[0] && n[1] && n[2] && a_day && (year_first || year_last) ? i : 0;
}

/* "12 March", "12th of March 1990", "12-Mar-90". */
static size_t date_day_first(const char *text)
{
    size_t i = day_at(text), blanks = i ? blanks_at(text + i) : 0;
    if (!blanks)
        return 0;
    i += blanks;
    if (strncasecmp(text + i, "of ", 3) == 0)
        i += 3;
    size_t month = month_at(text + i);
    if (!month)
        return 0;
    i += month;
    return i + year_at(text + i);
}

/* "March 12", "March 12th, 1990". A month in small letters may be another word. */
static size_t date_month_first(const char *text)
{
    size_t month = month_at(text), blanks = month ? strspn(text + month, " .") : 0;
    size_t day = blanks ? day_at(text + month + blanks) : 0;
    if (!day)
        return 0;
    size_t i = month + blanks + day, year = year_at(text + i);
    return *text >= 'a' && !year ? 0 : i + year;
}

/* Does "born" or the like stand right before, with no more than "in" or "on" between? */
static bool says_born(const char *text, size_t at)
{
    static const char *const before[] = {"born", "birth", "birthday", "dob", "d.o.b", NULL};
    static const char *const between[] = {"in", "on", "is", "was", "of", "the", NULL};
    while (at > 0) {
        while (at > 0 && strchr(" :.,-", text[at - 1]))
            at--;
        size_t end = at;
        while (at > 0 && (is_word(text[at - 1]) || text[at - 1] == '.'))
            at--;
        bool goes_on = false;
        for (const char *const *word = before; *word; word++) {
            if (strlen(*word) == end - at && strncasecmp(text + at, *word, end - at) == 0)
                return true;
        }
        for (const char *const *word = between; *word; word++)
            goes_on |= strlen(*word) == end - at && strncasecmp(text + at, *word, end - at) == 0;
        if (!goes_on)
            return false;
    }
    return false;
}

/* A year alone, or a month and a year, are of little use to find somebody; but not when they were born. */
static size_t born_at(const char *text, size_t at)
{
    size_t month = month_at(text + at), i = at + month + (month ? strspn(text + at + month, " ") : 0);
    size_t n = digits_at(text + i);
    return is_year(text + i, n) && !is_word(text[i + n]) && says_born(text, at) ? i + n - at : 0;
}

/* ---- addresses ---- */

static bool in_address(char c)
{
    return is_word(c) || (c && strchr("._%+-", c));
}

static size_t domain_at(const char *text)
{
    size_t i = 0, end = 0;
    bool dot = false;
    for (; is_word(text[i]) || text[i] == '-' || (text[i] == '.' && is_word(text[i + 1])); i++) {
        dot |= text[i] == '.';
        end = i + 1;
    }
    return dot ? end : 0;
}

static size_t mail_at(const char *text)
{
    size_t i = 0;
    while (in_address(text[i]))
        i++;
    size_t domain = text[i] == '@' ? domain_at(text + i + 1) : 0;
    return domain ? i + 1 + domain : 0;
}

static size_t web_at(const char *text)
{
    static const char *const beginnings[] = {"https://", "http://", "www.", NULL};
    for (const char *const *b = beginnings; *b; b++) {
        size_t n = strlen(*b);
        if (strncasecmp(text, *b, n) != 0)
            continue;
        n += strcspn(text + n, " \t\n\"<>");
        while (n > 0 && strchr(".,;:!?)", text[n - 1]))
            n--;
        return n;
    }
    return 0;
}

/* "@sam_j" */
static size_t handle_at(const char *text, size_t at)
{
    if (at == 0 || text[at - 1] != '@' || (at > 1 && is_word(text[at - 2])))
        return 0;
    size_t i = 0;
    while (is_word(text[at + i]) || text[at + i] == '_' || (text[at + i] == '.' && is_word(text[at + i + 1])))
        i++;
    return i;
}

/* ---- any ---- */

const char *marks_at(const char *text, size_t at, size_t *from, size_t *to)
{
    const char *here = text + at;
    size_t n;
    *from = at;
    if ((n = mail_at(here)) > 0)
        return *to = at + n, "an e-mail address";
    if ((n = web_at(here)) > 0)
        return *to = at + n, "a web address";
    if ((n = handle_at(text, at)) > 0)
        return *from = at - 1, *to = at + n, "a name on a network";
    /* "10.10.10.10" is none, wherever one begins to read. */
    bool within = at > 1 && (here[-1] == '.' || here[-1] == '/') && is_digit(here[-2]);
    if ((!within && (n = date_in_numbers(here)) > 0) || (n = date_day_first(here)) > 0 ||
        (n = date_month_first(here)) > 0 || (n = born_at(text, at)) > 0)
        return *to = at + n, "a date";
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        if ((n = look_length(here, looks[i].look)) > 0)
            return *to = at + n, looks[i].words;
    }
    return is_digit(*here) ? phone_at(text, at, from, to) : NULL;
}
