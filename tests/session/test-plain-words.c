/* A38: what the program itself says is in plain words. All texts in the sources of what people see are held
 * against the measure that a form's texts are (form/reading.h): a reading grade of 4 or below in each file,
 * no sentence of more than 15 words, and no words that belong to somebody's work.
 *
 * The texts are taken out of the sources themselves, so that a new one is in as soon as it is written: each
 * literal of several words, those that follow each other joined as the compiler joins them. What is only for
 * programs, or for those who write forms, is not among these files. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "form/reading.h"
#include "form/who.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_GRADE = 4, MOST_WORDS = 15, LEAST_WORDS = 30 };

/* Folders of src/, all of whose files say something to people; and files that do not. The rules' refusals are
 * told to programs as well, by the words of the record, so that they may name a party. */
static const struct {
    const char *name;
    bool to_people_alone;
} folders[] = {{"session", true},     {"screen", true},  {"line", true},
               {"assessment", false}, {"record", false}, {"caseload", false}};
static const char *const for_others[] = {"script.c",   /* `alongside apply` */ "upgrade.c",
                                         "preview.c",  "view_faults.c",
                                         "terminfo.c", "event_schema.c"};

/* Words of the trade, and those that make a difference of views a fault. */
static const char *const jargon[] = {
    "service user", "practitioner", /* the PARTIES: there is a name */
    "offender",     "offenders",    "offending",    "client",       "clients",    "compliance",
    "compliant",    "comply",       "intervention", "criminogenic", "desistance", "interventions",
    "engagement",   "responsivity", "supervisee",   "stakeholder",  "outcome",    "outcomes",
    "disposal",     "breach",       "sanction",     "nominal",      "risk",       "need level",
    "dispute",      "conflict",     "error",        "invalid",      "illegal",    "fatal",
    "abort",        "parameter",
};
enum { JARGON = sizeof jargon / sizeof *jargon };

/* ---- literals ---- */

struct texts {
    char **items;
    size_t count, room;
};

static void add_text(struct texts *texts, struct strbuf *sb)
{
    GROW(texts->items, texts->count, texts->room);
    texts->items[texts->count++] = xstrdup(sb->text);
    strbuf_clear(sb);
}

static void texts_release(struct texts *texts)
{
    for (size_t i = 0; i < texts->count; i++)
        free(texts->items[i]);
    free(texts->items);
    *texts = (struct texts){0};
}

/* The end of a literal or comment that begins at `at`. */
static const char *end_of(const char *at)
{
    char quote = *at++;
    while (*at && *at != quote)
        at += *at == '\\' && at[1] ? 2 : 1;
    return *at ? at + 1 : at;
}

static void add_literal(struct strbuf *sb, const char *from, const char *end)
{
    for (from++; from + 1 < end; from++) {
        if (*from != '\\')
            strbuf_addch(sb, *from);
        else if (*++from == 'n')
            strbuf_addch(sb, '\n');
        else if (strchr("\"'\\", *from))
            strbuf_addch(sb, *from);
    }
}

/* The literals of a C source, joined where only blanks and comments stand between. */
static void literals(const char *source, struct texts *texts)
{
    struct strbuf sb = STRBUF_INIT;
    bool open = false;
    for (const char *at = source; *at;) {
        if (strncmp(at, "/*", 2) == 0) {
            const char *end = strstr(at, "*/");
            at = end ? end + 2 : at + strlen(at);
        } else if (*at == '#' && (at == source || at[-1] == '\n') && strncmp(at, "#include", 8) == 0) {
            at += strcspn(at, "\n");
        } else if (*at == '"') {
            const char *end = end_of(at);
            add_literal(&sb, at, end);
            open = true;
            at = end;
        } else if (isspace((unsigned char)*at)) {
            at++;
        } else {
            if (open)
                add_text(texts, &sb);
            open = false;
            at = *at == '\'' ? end_of(at) : at + 1;
        }
    }
    if (open)
        add_text(texts, &sb);
    strbuf_release(&sb);
}

/* With a word where something is filled in. */
static char *filled(const char *text)
{
    struct strbuf sb = STRBUF_INIT;
    while (*text) {
        if (*text != '%') {
            strbuf_addch(&sb, *text++);
            continue;
        }
        text++;
        text += strspn(text, "-+ 0#.*123456789lzhj");
        if (*text == '%')
            strbuf_addch(&sb, '%');
        else if (*text)
            strbuf_add(&sb, strchr("diufg", *text) ? "3" : "Sam");
        text += *text != '\0';
    }
    return strbuf_detach(&sb);
}

/* Is it something to be read: words with a blank between, and not a description of data? */
static bool is_told(const char *text)
{
    const char *at = text, *word;
    size_t length, words = 0, letters = 0;
    if (*text == '{' || *text == '[')
        return false;
    while ((word = reading_word(&at, &length))) {
        words++;
        letters = length > letters ? length : letters;
    }
    return words > 1 && letters > 2;
}

/* ---- measuring ---- */

/* The words of the list as they stand, whole; NULL. */
static const char *jargon_in(const char *text, bool names_parties)
{
    for (size_t i = names_parties ? PARTIES : 0; i < JARGON; i++) {
        size_t length = strlen(jargon[i]);
        for (const char *at = text; (at = strcasestr(at, jargon[i])); at++) {
            bool begins = at == text || !isalpha((unsigned char)at[-1]);
            if (begins && !isalpha((unsigned char)at[length]))
                return jargon[i];
        }
    }
    return NULL;
}

/* Before somebody has given a name they are called by what they are here for. */
static bool is_name_of_role(const char *text)
{
    return strcmp(text, "Service user") == 0 || strcmp(text, "Practitioner") == 0;
}

struct found {
    size_t texts, words;
    int faults;
    bool silent;
    bool names_parties; /* the two may be called by what they are */
};

static void look(const char *name, const char *source, struct found *found)
{
    struct texts texts = {0};
    struct reading_sum sum = {0};
    literals(source, &texts);
    for (size_t i = 0; i < texts.count; i++) {
        char *text = filled(texts.items[i]);
        size_t start = 0, length = 0;
        if (is_told(text)) {
            found->texts++;
            reading_add(&sum, text);
            if (reading_longest(text, &start, &length) > MOST_WORDS) {
                found->faults++;
                if (!found->silent)
                    print_error("# %s: more than %d words: “%.*s”\n", name, MOST_WORDS, (int)length,
                                text + start);
            }
            const char *word = is_name_of_role(text) ? NULL : jargon_in(text, found->names_parties);
            if (word) {
                found->faults++;
                if (!found->silent)
                    print_error("# %s: “%s” is not a word for everybody: “%s”\n", name, word, text);
            }
        }
        free(text);
    }
    found->words += sum.words;
    double grade = reading_grade(&sum);
    if (sum.words >= LEAST_WORDS && grade > MOST_GRADE + 0.05) {
        found->faults++;
        if (!found->silent)
            print_error("# %s: a reading grade of %.1f: up to %d is easy to read\n", name, grade, MOST_GRADE);
    }
    texts_release(&texts);
}

static bool is_for_others(const char *name)
{
    for (size_t i = 0; i < sizeof for_others / sizeof *for_others; i++) {
        if (strcmp(for_others[i], name) == 0)
            return true;
    }
    return false;
}

static void look_in(const char *folder, struct found *found)
{
    const char *source = getenv("srcdir");
    char *path = xasprintf("%s/src/%s", source ? source : ".", folder);
    struct dirent **names;
    int count = scandir(path, &names, NULL, alphasort);
    assert_true(count > 0);
    for (int i = 0; i < count; i++) {
        const char *name = names[i]->d_name;
        if (strlen(name) > 2 && strcmp(name + strlen(name) - 2, ".c") == 0 && !is_for_others(name)) {
            size_t length;
            char *file = path_join(path, name), *text = path_read(file, 1 << 20, &length, NULL);
            char *called = xasprintf("%s/%s", folder, name);
            assert_non_null(text);
            look(called, text, found);
            free(called);
            free(text);
            free(file);
        }
        free(names[i]);
    }
    free(names);
    free(path);
}

static void test_a38_plain(void **state)
{
    (void)state;
    struct found found = {0};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        found.names_parties = !folders[i].to_people_alone;
        look_in(folders[i].name, &found);
    }
    print_message("# %zu texts of %zu words\n", found.texts, found.words);
    assert_true(found.texts > 600);
    assert_int_equal(found.faults, 0);
}

/* What is taken out of a source, and that each kind of fault is found. */
static void test_what_is_not_plain_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *source;
        size_t texts;
        int faults;
    } cases[] = {
        {"say(\"Both answers are kept.\");", 1, 0},
        {"say(\"Both answers \" /* \"and so on\" */\n    \"are kept.\");", 1, 0},
        {"#include \"some thing\"\nchar c = '\"'; say(\"Both are kept\", \"and told\");", 2, 0},
        {"pack(\"{s:s, s:s}\", \"by\", \"event\");", 0, 0},
        {"say(\"%s says \\\"yes\\\" to %d of %zu.\");", 1, 0},
        {"say(\"This sentence goes on and on and on and on, and on and on it goes, to the end.\");", 1, 1},
        {"say(\"The offender said so.\");", 1, 1},
        {"say(\"The offenderly said so.\");", 1, 0},
        {"say(\"What the service user says.\");", 1, 1},
        {"say(\"Individual circumstances necessitate multidisciplinary consideration.\", \"Organisational "
         "responsibilities encompass comprehensive documentation.\", \"Subsequent communication facilitates "
         "collaborative determination.\", \"Additional information accompanies preliminary notification.\", "
         "\"Everybody participating acknowledges organisational expectations.\", \"Administrative "
         "authorities communicate eligibility considerations.\");",
         6, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct found found = {.silent = true};
        look("here", cases[i].source, &found);
        if (found.texts != cases[i].texts || found.faults != cases[i].faults)
            fail_msg("%s: %zu texts, %d faults", cases[i].source, found.texts, found.faults);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a38_plain),
        cmocka_unit_test(test_what_is_not_plain_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
