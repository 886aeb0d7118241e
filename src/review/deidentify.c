/* The text is cut into words, each folded: no case, no accents, nothing but letters and digits. So are the
 * names. At each word the longest of what begins there is taken, a name or what marks.h knows; what lies
 * between goes out as it is.
 *
 * A person's name is a row of parts; what is looked for is a row of words each of which is a part or the
 * initial of one, whatever their order. Any other name is looked for as a whole, and a place also by those of
 * its words that tell which it is. */
#include "review/deidentify.h"

#include "assessment/assessment.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/without.h"
#include "review/marks.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum {
    LEAST_OF_PART = 2, /* letters: one alone is an initial */
    LEAST_WITH_S = 3,  /* "Sams": the apostrophe left out; not for "Al", which would take "als" */
    MOST_PARTS = 12,
    MOST_JOINED = 24 /* words in a place or a service */
};

/* One way to write a name, folded. */
struct key {
    char *text;
    bool whole; /* it may be written in several words: "K 014" */
};

struct name {
    enum deidentify_as as;
    char *folded; /* all of it: the same again is not added */
    struct key *keys;
    size_t count, room;
    char *initials[MOST_PARTS]; /* folded, of the main parts; of people only */
    size_t initial_count;
};

struct deidentify {
    struct name *names;
    size_t count, room;
};

static const char *const said_instead[AS_KINDS] = {
    [AS_PRACTITIONER] = "the practitioner",
    [AS_SERVICE_USER] = "the service user",
    [AS_SUPERVISOR] = "the supervisor",
    [AS_PERSON] = "somebody",
    [AS_PLACE] = "a place",
    [AS_SERVICE] = "a service",
    [AS_REFERENCE] = "a reference",
};

static bool is_person(enum deidentify_as as)
{
    return as <= AS_PERSON;
}

/* ---- words ---- */

struct token {
    size_t from, to;
    char *key; /* folded */
    bool single;
    bool upper, all_upper; /* its first letter; all of them */
};

struct tokens {
    struct token *list;
    size_t count, room;
};

/* Without case, accents and whatever is no letter or digit. */
static char *fold(const char *s, size_t length)
{
    size_t n;
    uint8_t *folded = u8_casefold((const uint8_t *)s, length, NULL, UNINORM_NFKD, NULL, &n);
    if (!folded)
        mem_exhausted();
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < n;) {
        ucs4_t c;
        int bytes = u8_mbtouc(&c, folded + i, n - i);
        if (uc_is_alpha(c) || uc_is_digit(c))
            strbuf_addn(&sb, (const char *)folded + i, (size_t)bytes);
        i += (size_t)bytes;
    }
    free(folded);
    return strbuf_detach(&sb);
}

static bool in_word(ucs4_t c)
{
    return uc_is_alpha(c) || uc_is_digit(c) || uc_is_general_category(c, UC_CATEGORY_M);
}

static void add_token(struct tokens *tokens, const char *text, size_t from, size_t to)
{
    GROW(tokens->list, tokens->count, tokens->room);
    struct token *token = &tokens->list[tokens->count++];
    *token = (struct token){.from = from, .to = to, .key = fold(text + from, to - from), .all_upper = true};
    int letters = 0;
    for (size_t i = from; i < to; letters++) {
        ucs4_t c;
        i += (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, to - i);
        bool upper = uc_is_upper(c);
        token->upper |= upper && letters == 0;
        token->all_upper &= upper || uc_is_general_category(c, UC_CATEGORY_M);
    }
    ucs4_t first;
    token->single =
        *token->key && u8_strmbtouc(&first, (const uint8_t *)token->key) == (int)strlen(token->key);
}

static struct tokens tokens_of(const char *text)
{
    struct tokens tokens = {0};
    size_t length = strlen(text), from = 0;
    bool inside = false;
    for (size_t i = 0; i < length;) {
        ucs4_t c;
        size_t n = (size_t)u8_mbtouc(&c, (const uint8_t *)text + i, length - i);
        if (in_word(c) && !inside)
            from = i;
        if (!in_word(c) && inside)
            add_token(&tokens, text, from, i);
        inside = in_word(c);
        i += n;
    }
    if (inside)
        add_token(&tokens, text, from, length);
    return tokens;
}

static void free_tokens(struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        free(tokens->list[i].key);
    free(tokens->list);
}

/* ---- names ---- */

struct deidentify *deidentify_new(void)
{
    return xcalloc(1, sizeof(struct deidentify));
}

void deidentify_free(struct deidentify *d)
{
    for (size_t i = 0; d && i < d->count; i++) {
        struct name *name = &d->names[i];
        for (size_t k = 0; k < name->count; k++)
            free(name->keys[k].text);
        for (size_t k = 0; k < name->initial_count; k++)
            free(name->initials[k]);
        free(name->keys);
        free(name->folded);
    }
    if (d)
        free(d->names);
    free(d);
}

static bool is_one_of(const char *key, const char *const *words)
{
    while (*words && strcmp(*words, key) != 0)
        words++;
    return *words != NULL;
}

static const char *const titles[] = {"mr",  "mrs",   "ms", "miss",    "mx",   "dr",
                                     "sir", "madam", "pc", "officer", "prof", NULL};
/* Words in a name that are no name. */
static const char *const no_names[] = {"the", "and", "of", "our", "my", "mum", "mam", "dad", NULL};
/* Words before a last name, which are no name alone; but Al and Van can be a first one. */
static const char *const particles[] = {"de",  "da",  "di",  "du",  "la",  "le", "el", "al", "bin",
                                        "van", "von", "der", "den", "dos", "st", "ap", "ab", NULL};
/* Words of a place that do not tell which. */
static const char *const of_places[] = {
    "the",       "of",        "and",    "at",      "in",        "on",     "room",     "office",    "offices",
    "prison",    "hmp",       "hmyoi",  "yoi",     "street",    "road",   "lane",     "avenue",    "house",
    "centre",    "center",    "hall",   "library", "cafe",      "court",  "courts",   "probation", "team",
    "unit",      "wing",      "floor",  "ground",  "first",     "second", "third",    "north",     "south",
    "east",      "west",      "new",    "old",     "hub",       "hostel", "approved", "premises",  "service",
    "services",  "community", "civic",  "visits",  "video",     "link",   "phone",    "their",     "his",
    "her",       "home",      "flat",   "kitchen", "interview", "block",  "cell",     "meeting",   "desk",
    "reception", "station",   "police", "town",    "city",      "park",   "church",   "school",    "college",
    "hospital",  "clinic",    "by",     "online",  "call",      "to",     NULL};
/* What somebody is to another, and words around it: no names, where the answer to “who?” is written out. */
static const char *const of_kin[] = {
    "my",      "our",      "the",     "a",          "an",        "and",     "or",          "with",
    "from",    "at",       "in",      "i",          "me",        "mum",     "mam",         "mom",
    "mother",  "dad",      "father",  "brother",    "sister",    "aunt",    "auntie",      "uncle",
    "cousin",  "nan",      "gran",    "granny",     "grandad",   "grandma", "grandmother", "grandfather",
    "partner", "wife",     "husband", "girlfriend", "boyfriend", "friend",  "friends",     "mate",
    "mates",   "boss",     "worker",  "mentor",     "coach",     "teacher", "neighbour",   "family",
    "kids",    "children", "son",     "daughter",   "nobody",    "no",      "one",         "everyone",
    "people",  "church",   "group",   "team",       "probation", "officer", "step",        "half",
    "old",     "next",     "door",    NULL};

static void add_key(struct name *name, char *text, bool whole)
{
    ucs4_t c;
    bool short_one = !*text || u8_strmbtouc(&c, (const uint8_t *)text) == (int)strlen(text);
    for (size_t i = 0; i < name->count && !short_one; i++)
        short_one = strcmp(name->keys[i].text, text) == 0;
    if (short_one) {
        free(text);
        return;
    }
    GROW(name->keys, name->count, name->room);
    name->keys[name->count++] = (struct key){text, whole};
}

/* Each blank-separated piece: "Anne-Marie O'Brien" gives annemarie, obrien; and anne and marie. */
static void add_person(struct name *name, const char *text)
{
    while (*text) {
        size_t n = strcspn(text, " ,\t\n");
        char *part = fold(text, n);
        if (*part && !is_one_of(part, titles)) {
            ucs4_t c;
            int bytes = u8_strmbtouc(&c, (const uint8_t *)part);
            if (name->initial_count < MOST_PARTS && bytes > 0)
                name->initials[name->initial_count++] = xstrndup(part, (size_t)bytes);
            bool first = name->initial_count == 1;
            if (!is_one_of(part, no_names) && (first || !is_one_of(part, particles)))
                add_key(name, xstrdup(part), false);
            for (size_t at = 0; memchr(text, '-', n) && at < n;) {
                size_t piece = strcspn(text + at, "-");
                piece = at + piece > n ? n - at : piece;
                char *folded = fold(text + at, piece);
                if (is_one_of(folded, particles) || is_one_of(folded, no_names))
                    free(folded);
                else
                    add_key(name, folded, false);
                at += piece + 1;
            }
        }
        free(part);
        text += n;
        text += strspn(text, " ,\t\n");
    }
}

/* All of it, what stands between commas, and each word that begins large and tells which place it is. */
static void add_place(struct name *name, const char *text)
{
    add_key(name, fold(text, strlen(text)), true);
    for (const char *at = text; *at;) {
        size_t n = strcspn(at, ",;");
        char *part = fold(at, n);
        if (!is_one_of(part, of_places))
            add_key(name, xstrdup(part), true);
        free(part);
        at += n + (at[n] != '\0');
    }
    struct tokens words = tokens_of(text);
    for (size_t i = 0; i < words.count; i++) {
        const struct token *word = &words.list[i];
        if (word->upper && strlen(word->key) > LEAST_OF_PART && !is_one_of(word->key, of_places))
            add_key(name, xstrdup(word->key), false);
    }
    free_tokens(&words);
}

/* A service is found as a whole only, with or without "the"; one in small letters ("housing") is no name. */
static void add_service(struct name *name, const char *text)
{
    bool large = false;
    struct tokens words = tokens_of(text);
    for (size_t i = 0; i < words.count; i++)
        large |= words.list[i].upper;
    size_t skip = words.count > 1 && strcmp(words.list[0].key, "the") == 0 ? words.list[1].from : 0;
    free_tokens(&words);
    if (large)
        add_key(name, fold(text + skip, strlen(text + skip)), true);
}

void deidentify_add(struct deidentify *d, enum deidentify_as as, const char *text)
{
    if (!text)
        return;
    char *folded = fold(text, strlen(text));
    bool there = !*folded;
    for (size_t i = 0; i < d->count && !there; i++)
        there = d->names[i].as == as && strcmp(d->names[i].folded, folded) == 0;
    if (there) {
        free(folded);
        return;
    }
    GROW(d->names, d->count, d->room);
    struct name *name = &d->names[d->count++];
    *name = (struct name){.as = as, .folded = folded};
    if (is_person(as))
        add_person(name, text);
    else if (as == AS_PLACE)
        add_place(name, text);
    else if (as == AS_SERVICE)
        add_service(name, text);
    else
        add_key(name, xstrdup(folded), true);
}

/* ---- what a record knows ---- */

static void add_each(struct deidentify *d, const json_t *people)
{
    static const enum deidentify_as as[PARTIES] = {
        [PRACTITIONER] = AS_PRACTITIONER, [SERVICE_USER] = AS_SERVICE_USER};
    for (int party = 0; party < PARTIES; party++)
        deidentify_add(d, as[party], json_string_value(json_object_get(people, who_names[party])));
}

static enum deidentify_as as_of(enum who by)
{
    return by == PRACTITIONER ? AS_PRACTITIONER : by == SERVICE_USER ? AS_SERVICE_USER : AS_SUPERVISOR;
}

/* Who is on their side: the words that begin large and say no more than what somebody is to them are left. */
static void add_answer(struct deidentify *d, const struct event *event)
{
    const char *path = event_text(event, "question"), *text = event_text(event, "value");
    size_t length = path ? strcspn(path, "#") : 0;
    bool who =
        (length == 6 && strncmp(path, "person", 6) == 0) || (length == 3 && strncmp(path, "who", 3) == 0);
    if (!who || !text)
        return;
    struct tokens words = tokens_of(text);
    for (size_t i = 0; i < words.count; i++) {
        char *word = xstrndup(text + words.list[i].from, words.list[i].to - words.list[i].from);
        if (words.list[i].upper && !is_one_of(words.list[i].key, of_kin))
            deidentify_add(d, AS_PERSON, word);
        free(word);
    }
    free_tokens(&words);
}

void deidentify_add_record(struct deidentify *d, const struct assessment *a)
{
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        const char *name = event_text(event, "name");
        add_each(d, event_value(event, "people"));
        deidentify_add(d, AS_REFERENCE, event_text(event, "ref"));
        deidentify_add(d, AS_PLACE, event_text(event, "place"));
        if (name)
            deidentify_add(d, as_of(event->by), name);
        if (event->kind == EVENT_TOLD)
            deidentify_add(d, AS_PLACE,
                           json_string_value(json_object_get(event_value(event, "notes"), "place")));
        if (event->kind == EVENT_HAPPENED || event->kind == EVENT_SHARED)
            deidentify_add(d, AS_SERVICE, event_text(event, "to"));
        if (event->kind == EVENT_ANSWERED)
            add_answer(d, event);
        if (event->kind == EVENT_HANDED_OVER) {
            deidentify_add(d, AS_PRACTITIONER, event_text(event, "to"));
            deidentify_add(d, AS_PRACTITIONER, event_text(event, "from"));
        }
    }
}

/* ---- finding ---- */

static bool is_between(const char *gap, size_t length, const char *chars, size_t most)
{
    if (length > most)
        return false;
    for (size_t i = 0; i < length;) {
        if (strncmp(gap + i, "\u2019", 3) == 0 || strncmp(gap + i, "\u2010", 3) == 0 ||
            strncmp(gap + i, "\u2011", 3) == 0)
            i += 3;
        else if (strchr(chars, gap[i]))
            i++;
        else
            return false;
    }
    return true;
}

static bool gap_is(const char *text, const struct tokens *t, size_t i, const char *chars, size_t most)
{
    size_t from = t->list[i].to;
    return i + 1 < t->count && is_between(text + from, t->list[i + 1].from - from, chars, most);
}

/* How many words from `i` on make up this key, written together or not; 0. *s: an s stands at its end that
 * is not the name's. */
static size_t match_key(const char *text, const struct tokens *t, size_t i, const struct key *key,
                        bool person, bool *s)
{
    const char *rest = key->text;
    *s = false;
    for (size_t n = 0; n < MOST_JOINED && i + n < t->count; n++) {
        const struct token *token = &t->list[i + n];
        size_t length = strlen(token->key);
        if (n > 0 && !gap_is(text, t, i + n - 1, key->whole ? " .,;:-/'&\n" : " -'.", key->whole ? 3 : 1))
            return 0;
        /* Two words with a blank between are one name only where neither is a letter. */
        if (n > 0 && !key->whole && text[token->from - 1] == ' ' &&
            (token->single || t->list[i + n - 1].single))
            return 0;
        if (person && n == 0 && strlen(key->text) >= LEAST_WITH_S && length == strlen(key->text) + 1 &&
            strncmp(token->key, key->text, length - 1) == 0 && token->key[length - 1] == 's') {
            *s = true;
            return 1;
        }
        if (length == 0 || strncmp(rest, token->key, length) != 0)
            return 0;
        rest += length;
        if (!*rest)
            return n + 1;
    }
    return 0;
}

static size_t longest_key(const char *text, const struct tokens *t, size_t i, const struct name *name,
                          bool *s)
{
    size_t longest = 0;
    *s = false;
    for (size_t k = 0; k < name->count; k++) {
        bool ends_in_s;
        size_t n = match_key(text, t, i, &name->keys[k], is_person(name->as), &ends_in_s);
        if (n > longest || (n && n == longest && !ends_in_s)) {
            longest = n;
            *s = ends_in_s;
        }
    }
    return longest;
}

static bool is_initial(const char *text, const struct token *token, const struct name *name)
{
    bool dot = text[token->to] == '.';
    bool a_word = strcmp(token->key, "i") == 0 || strcmp(token->key, "a") == 0;
    if (!token->single || !token->upper || (a_word && !dot))
        return false;
    for (size_t i = 0; i < name->initial_count; i++) {
        if (strcmp(name->initials[i], token->key) == 0)
            return true;
    }
    return false;
}

/* A word that goes before a last name, and the last name does follow. */
static bool is_particle(const char *text, const struct tokens *t, size_t i, const struct name *name)
{
    bool s;
    return i + 1 < t->count && is_one_of(t->list[i].key, particles) && gap_is(text, t, i, " -", 1) &&
           (longest_key(text, t, i + 1, name, &s) || is_particle(text, t, i + 1, name));
}

/* "SJ", "SPJ": all of them, or the first and the last. */
static bool are_initials(const struct token *token, const struct name *name)
{
    if (!token->all_upper || name->initial_count < 2)
        return false;
    struct strbuf all = STRBUF_INIT, ends = STRBUF_INIT;
    for (size_t i = 0; i < name->initial_count; i++)
        strbuf_add(&all, name->initials[i]);
    strbuf_add(&ends, name->initials[0]);
    strbuf_add(&ends, name->initials[name->initial_count - 1]);
    bool are = strcmp(all.text, token->key) == 0 || strcmp(ends.text, token->key) == 0;
    strbuf_release(&all);
    strbuf_release(&ends);
    return are;
}

/* "SAM'S": no initial. */
static bool after_apostrophe(const char *text, const struct token *token)
{
    return token->from > 0 && (text[token->from - 1] == '\'' ||
                               (token->from >= 3 && strncmp(text + token->from - 3, "\u2019", 3) == 0));
}

struct found {
    size_t words, from, to; /* 0 words: nothing */
    bool s;
};

static struct found match_person(const char *text, const struct tokens *t, size_t first,
                                 const struct name *name)
{
    size_t i = first, full = 0, initials = 0, dotted = 0;
    bool s = false, last_initial = false;
    if (are_initials(&t->list[i], name))
        return (struct found){1, t->list[i].from, t->list[i].to, false};
    while (i < t->count && !s) {
        if (i > first && !gap_is(text, t, i - 1, full ? " .,-'\n" : " .-'\n", 3))
            break;
        bool after_comma =
            i > first && memchr(text + t->list[i - 1].to, ',', t->list[i].from - t->list[i - 1].to);
        size_t n = longest_key(text, t, i, name, &s);
        if (n && (!after_comma || !last_initial)) {
            full++;
            last_initial = false;
            i += n;
        } else if (is_particle(text, t, i, name)) {
            last_initial = false;
            i++;
        } else if (!n && !after_comma && !after_apostrophe(text, &t->list[i]) &&
                   is_initial(text, &t->list[i], name)) {
            initials++;
            dotted += text[t->list[i].to] == '.';
            last_initial = true;
            i++;
        } else {
            break;
        }
        /* A sentence may end here, and the next begin with the same name. */
        if (!last_initial && text[t->list[i - 1].to] == '.')
            break;
    }
    if (i == first || (!full && (initials < 2 || !dotted)))
        return (struct found){0};
    struct found found = {i - first, t->list[first].from, t->list[i - 1].to, s};
    /* The full stop of an initial, unless it may be the sentence's too. */
    const char *after = text + found.to;
    if (last_initial && *after == '.' &&
        (after[1] == '\'' || (after[1] == ' ' && after[2] >= 'a' && after[2] <= 'z')))
        found.to++;
    return found;
}

static struct found match_other(const char *text, const struct tokens *t, size_t first,
                                const struct name *name)
{
    bool s;
    size_t n = longest_key(text, t, first, name, &s);
    return n ? (struct found){n, t->list[first].from, t->list[first + n - 1].to, false} : (struct found){0};
}

/* The longest name that begins at a word. Two people's, equally long: “somebody”. */
static struct found find_name(const struct deidentify *d, const char *text, const struct tokens *t, size_t i,
                              enum deidentify_as *as)
{
    struct found best = {0};
    for (size_t k = 0; k < d->count; k++) {
        const struct name *name = &d->names[k];
        struct found found =
            is_person(name->as) ? match_person(text, t, i, name) : match_other(text, t, i, name);
        bool same = found.words && found.words == best.words;
        if (found.words > best.words || (same && best.s && !found.s)) {
            best = found;
            *as = name->as;
        } else if (same && found.s == best.s && name->as != *as) {
            *as = is_person(name->as) && is_person(*as) ? AS_PERSON : name->as < *as ? name->as : *as;
        }
    }
    return best;
}

/* ---- writing it anew ---- */

struct output {
    struct strbuf sb;
    const char *text;
    size_t done; /* of the text */
};

/* Does a sentence begin where `sb` ends? */
static bool begins(const struct strbuf *sb)
{
    size_t n = sb->length;
    bool blank = n == 0;
    while (n > 0 && strchr(" \t\"'(", sb->text[n - 1])) {
        blank = true;
        n--;
    }
    if (n >= 3 &&
        (strncmp(sb->text + n - 3, "\u201c", 3) == 0 || strncmp(sb->text + n - 3, "\u2018", 3) == 0))
        n -= 3;
    return n == 0 || sb->text[n - 1] == '\n' ||
           (blank &&
            (strchr(".!?", sb->text[n - 1]) || (n >= 3 && strncmp(sb->text + n - 3, "\u2026", 3) == 0)));
}

static void replace(struct output *out, size_t from, size_t to, const char *words, bool s)
{
    strbuf_addn(&out->sb, out->text + out->done, from - out->done);
    bool large = begins(&out->sb);
    strbuf_add(&out->sb, words);
    char *first = &out->sb.text[out->sb.length - strlen(words)];
    if (large && *first >= 'a' && *first <= 'z')
        *first = (char)(*first - 'a' + 'A');
    if (s)
        strbuf_add(&out->sb, "'s");
    out->done = to;
}

/* A title before a person's name goes with it, and so does an article before what brings its own. */
static size_t begin_of(const struct output *out, const struct tokens *t, size_t i, size_t from,
                       const char *words, bool person)
{
    static const char *const articles[] = {"the", "a", "an", NULL};
    bool own =
        strncmp(words, "the ", 4) == 0 || strncmp(words, "a ", 2) == 0 || strncmp(words, "an ", 3) == 0;
    while (i > 0 && t->list[i - 1].from >= out->done && gap_is(out->text, t, i - 1, " .", 2)) {
        const char *before = t->list[i - 1].key;
        bool dot = out->text[t->list[i - 1].to] == '.';
        if (!(person && is_one_of(before, titles)) && !(own && !dot && is_one_of(before, articles)))
            break;
        from = t->list[--i].from;
    }
    return from;
}

/* "the Jones' house": an apostrophe alone after an s, which is not the end of what is quoted. */
static bool owns(const char *text, const struct token *last, size_t from, size_t *to)
{
    size_t mark = text[*to] == '\'' ? 1 : strncmp(text + *to, "\u2019", 3) == 0 ? 3 : 0;
    bool quoted =
        from > 0 && (text[from - 1] == '\'' || (from >= 3 && strncmp(text + from - 3, "\u2018", 3) == 0));
    if (!mark || quoted || last->key[strlen(last->key) - 1] != 's' || text[*to + mark] != ' ')
        return false;
    *to += mark;
    return true;
}

char *deidentify_text(const struct deidentify *d, const char *text)
{
    struct output out = {.sb = STRBUF_INIT, .text = text};
    struct tokens t = tokens_of(text);
    for (size_t i = 0; i < t.count; i++) {
        size_t from, to = 0;
        enum deidentify_as as = AS_KINDS;
        if (t.list[i].from < out.done)
            continue;
        struct found found = find_name(d, text, &t, i, &as);
        const char *words = marks_at(text, t.list[i].from, &from, &to);
        if (WITHOUT("names taken out"))
            found.words = 0;
        if (WITHOUT("numbers taken out"))
            words = NULL;
        bool name = found.words && (!words || found.to > to);
        if (!name && !words)
            continue;
        if (name) {
            words = said_instead[as];
            from = found.from;
            to = found.to;
            if (is_person(as) && owns(text, &t.list[i + found.words - 1], from, &to))
                found.s = true;
        }
        from = begin_of(&out, &t, i, from < out.done ? out.done : from, words, name && is_person(as));
        replace(&out, from, to, words, name && found.s);
    }
    strbuf_add(&out.sb, text + out.done);
    free_tokens(&t);
    return strbuf_detach(&out.sb);
}
