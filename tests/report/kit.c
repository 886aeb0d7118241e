/* What the tests of reports share. */
#include "kit.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "record/chain.h"

#include "check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[] = "/tmp/alongside-report-XXXXXX";
static time_t clock_at;

static int take_away(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static void tidy(void)
{
    nftw(folder, take_away, 8, FTW_DEPTH | FTW_PHYS);
}

char *kit_path(const char *name)
{
    static bool made;
    if (!made) {
        if (!mkdtemp(folder))
            abort();
        made = true;
        setenv("TZ", "UTC", 1);
        atexit(tidy);
    }
    return path_join(folder, name);
}

static const char form_text[] =
    "form: kit\n"
    "version: \"1.0\"\n"
    "title: Every kind of question\n"
    "languages: [en]\n"
    "parties:\n"
    "  practitioner: {label: Practitioner}\n"
    "  service_user: {label: Service user}\n"
    "scales:\n"
    "  ladder:\n"
    "    min: 1\n"
    "    max: 5\n"
    "    labels: {5: Going well, 4: Mostly OK, 3: Up and down, 2: Hard, 1: Very hard}\n"
    "choices:\n"
    "  help:\n"
    "    - {name: have, label: I have it}\n"
    "    - {name: want, label: I want it}\n"
    "    - {name: \"no\", label: I do not want it}\n"
    "sections:\n"
    "  - section: home\n"
    "    title: Home\n"
    "    score: {calculation: whole, bands: {1: Low, 3: High}}\n"
    "    questions:\n"
    "      - name: welcome\n"
    "        type: note\n"
    "        label: \"Home: where one lives\"\n"
    "      - name: home\n"
    "        type: range\n"
    "        scale: ladder\n"
    "        evidence: true\n"
    "        label:\n"
    "          practitioner: How settled is their housing?\n"
    "          service_user: Is where I live settled?\n"
    "      - name: help\n"
    "        type: select_one\n"
    "        choices: help\n"
    "        tags: [helping]\n"
    "        label: Help with it\n"
    "      - name: helps\n"
    "        type: select_multiple\n"
    "        choices: help\n"
    "        label: All help there is\n"
    "      - name: deep\n"
    "        type: text\n"
    "        relevant: ${home} >= 5\n"
    "        label: Only if it goes well\n"
    "  - section: rest\n"
    "    title: The rest\n"
    "    questions:\n"
    "      - {name: words, type: text, label: In own words}\n"
    "      - {name: more, type: text, label: More words}\n"
    "      - {name: weight, type: decimal, compare: false, label: A number}\n"
    "      - {name: day, type: date, label: A day}\n"
    "      - {name: yes, type: acknowledge, label: Understood}\n"
    "      - {name: count, type: integer, asked_of: service_user, label: How many}\n"
    "      - {name: goal, type: text, asked_of: together, label: Our goal}\n"
    "      - {name: secret, type: integer, reveal: together, label: Both at once}\n"
    "      - {name: later, type: text, label: Not come to yet}\n"
    "      - {name: third, type: calculate, label: A third, calculation: '${home} div 3'}\n"
    "      - {name: nothing, type: calculate, label: No number, calculation: \"number('x')\"}\n"
    "      - {name: whole, type: calculate, label: Whole, calculation: '${home} + 1'}\n"
    "      - {name: helper, type: calculate, calculation: '${home} + 39'}\n"
    "      - {name: card, type: repeat, label: A card, questions: [{name: worry, type: text, label: "
    "Worry}]}\n"
    "summaries:\n"
    "  - {summary: cards, title: Our cards, repeat: card, show: [worry]}\n"
    "  - {summary: help, title: Help there is, tag: helping, group_by: answer}\n";

static const char lists_text[] =
    "form: lists\n"
    "version: \"1.0\"\n"
    "title: Lists\n"
    "languages: [en]\n"
    "scales:\n"
    "  ladder: {min: 1, max: 5, labels: {5: Very much, 1: Not at all}}\n"
    "sections:\n"
    "  - section: home\n"
    "    title: Home\n"
    "    questions:\n"
    "      - {name: home, type: range, scale: ladder, label: How is home?}\n"
    "  - section: plan\n"
    "    title: What we want\n"
    "    questions:\n"
    "      - name: goals\n"
    "        type: repeat\n"
    "        label: Our goals\n"
    "        min_count: 1\n"
    "        questions:\n"
    "          - {name: goal, type: text, asked_of: service_user, label: What do I want?}\n"
    "          - name: deep\n"
    "            type: group\n"
    "            questions:\n"
    "              - {name: matters, type: range, scale: ladder, label: How much does it matter?}\n"
    "          - name: steps\n"
    "            type: repeat\n"
    "            label: Steps\n"
    "            questions:\n"
    "              - {name: step, type: text, asked_of: together, label: What will we do?}\n"
    "          - {name: twice, type: calculate, label: Twice as much, calculation: '${matters} * 2'}\n"
    "      - name: cards\n"
    "        type: repeat\n"
    "        label: Cards\n"
    "        attachable: true\n"
    "        questions:\n"
    "          - {name: thought, type: text, asked_of: service_user, label: What did I think?}\n"
    "  - section: rest\n"
    "    title: The rest\n"
    "    questions:\n"
    "      - {name: enough, type: text, label: What else?}\n";

struct session *kit_begin_with(const char *name, const char *yaml, size_t length)
{
    struct diags diags;
    diags_init(&diags, "kit");
    struct form *form = form_load("kit", yaml, length, &diags);
    if (!form)
        diags_print(&diags, yaml, length, stderr);
    assert_non_null(form);
    diags_release(&diags);
    clock_at = clock_parse("2026-11-21T10:00:00Z");
    clock_fix(clock_at);
    char *path = kit_path(name), *cause = NULL;
    struct session *s = session_begin(path, "01JDKIT0000000000000000000", "K-014", form, &cause);
    if (!s)
        print_error("%s\n", cause);
    assert_non_null(s);
    free(path);
    return s;
}

struct session *kit_begin(const char *name)
{
    return kit_begin_with(name, form_text, sizeof form_text - 1);
}

void kit_do(struct session *s, const char *intent)
{
    char *text = xstrdup(intent), *cause = NULL;
    for (char *p = text; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *object = json_loads(text, 0, NULL);
    assert_non_null(object);
    clock_at += 60;
    clock_fix(clock_at);
    if (!session_do(s, object, &cause)) {
        print_error("%s: %s\n", text, cause);
        fail();
    }
    free(text);
}

const char *const kit_nasty[] = {"yes",
                                 "no",
                                 "on",
                                 "Off",
                                 "y",
                                 "N",
                                 "true",
                                 "False",
                                 "null",
                                 "NULL",
                                 "~",
                                 "",
                                 " ",
                                 "1",
                                 "1.0",
                                 "-1",
                                 "+1",
                                 "0x1F",
                                 "0o17",
                                 "017",
                                 "1e3",
                                 "1_000",
                                 ".5",
                                 "5.",
                                 ".inf",
                                 "-.INF",
                                 ".nan",
                                 "NaN",
                                 "inf",
                                 "12:30:45",
                                 "2026-01-01",
                                 "2026-01-01T10:00:00Z",
                                 "=",
                                 "<<",
                                 "---",
                                 "...",
                                 "-",
                                 "- a",
                                 "?",
                                 "? a",
                                 ":",
                                 "a: b",
                                 "a:",
                                 ": a",
                                 "a #b",
                                 "#a",
                                 "[a]",
                                 "{a: b}",
                                 "a, b",
                                 "&a",
                                 "*a",
                                 "!a",
                                 "!!str a",
                                 "|",
                                 ">",
                                 "%a",
                                 "@a",
                                 "`a`",
                                 "'a'",
                                 "\"a\"",
                                 "it's",
                                 "\\",
                                 "a\\nb",
                                 " a",
                                 "a ",
                                 "a\n",
                                 "a\n\n",
                                 "\na",
                                 "\n",
                                 "\n\n",
                                 "a\nb",
                                 "a\n\nb",
                                 "a \nb",
                                 "a\n b",
                                 " a\nb",
                                 "a\n\tb",
                                 "\ta\nb",
                                 "a\nb\n",
                                 "a\nb\n\n",
                                 "a\n#b\n",
                                 "a\n---\nb",
                                 "a\n...\nb",
                                 "a\n- b: c",
                                 "a\tb",
                                 "\t",
                                 "a\rb",
                                 "a\r\nb",
                                 "\x01",
                                 "\x1b[31mred\x1b[0m",
                                 "\x7f",
                                 "a\xc2\x85"
                                 "b",
                                 "a\xc2\x85\nb",
                                 "\xc2\x9b"
                                 "31m",
                                 "\xc2\xa0",
                                 "\xc2\xad",
                                 "a\xe2\x80\xa8"
                                 "b",
                                 "a\xe2\x80\xa9\nb",
                                 "\xe2\x80\xae"
                                 "evil",
                                 "\xe2\x80\x8b",
                                 "\xef\xbb\xbf"
                                 "bom",
                                 "a\xef\xbb\xbf\nb",
                                 "\xef\xbf\xbe",
                                 "ŵyl",
                                 "Ŵ\nŷ",
                                 "日本語",
                                 "🙂",
                                 "🙂\nb",
                                 "\xf3\xa0\x81\x81",
                                 "e\xcc\x81",
                                 "\xcc\x81",
                                 "A long line that goes on and on, well beyond eighty columns, so that an "
                                 "emitter with a width would like to fold "
                                 "it somewhere, and then a reader has to put it together again.",
                                 NULL};

struct session *kit_story(const char *name)
{
    static const char *const intents[] = {
        "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae','service_user':'Sam'},"
        "'seats':{'left':'practitioner'},'place':'visits hall'}",
        "{'by':'service_user','event':'answered','question':'home','value':2,'because':'I am on a sofa'}",
        "{'by':'practitioner','event':'answered','question':'home','value':4,'evidence':'paper'}",
        "{'by':'service_user','event':'said','disagreement':'d1','text':'The tenancy is in her name'}",
        "{'by':'practitioner','event':'answered','question':'home','value':2,'because':'I had only seen the "
        "paper'}",
        "{'by':'practitioner','event':'confirmed','disagreement':'d1'}",
        "{'by':'service_user','event':'confirmed','disagreement':'d1'}",
        "{'by':'service_user','event':'said','disagreement':'d1','heard':5}",
        "{'by':'service_user','event':'answered','question':'help','value':'want'}",
        "{'by':'practitioner','event':'answered','question':'help','value':'no'}",
        "{'by':'service_user','event':'said','disagreement':'d2','text':'I asked for it\\nmore than once'}",
        "{'by':'service_user','event':'said','disagreement':'d2','text':'A slip'}",
        "{'by':'service_user','event':'undone'}",
        "{'by':'practitioner','event':'proposed','disagreement':'d2','as':'both_stand','because':'Both are "
        "so'}",
        "{'by':'practitioner','event':'answered','question':'helps','value':['have','want']}",
        "{'by':'service_user','event':'answered','question':'helps','value':['want','have']}",
        "{'by':'practitioner','event':'answered','question':'words','value':'yes'}",
        "{'by':'service_user','event':'answered','question':'words','value':'1.0'}",
        "{'by':'practitioner','event':'answered','question':'more','value':'One line\\nand - another: "
        "one\\n'}",
        "{'by':'service_user','event':'answered','question':'more','value':'\\u001b[31m \\u202e "
        "\\ud83d\\ude42'}",
        "{'by':'practitioner','event':'answered','question':'weight','value':0.1}",
        "{'by':'service_user','event':'answered','question':'weight','value':1e21}",
        "{'by':'service_user','event':'answered','question':'day','value':'2026-12-24'}",
        "{'by':'practitioner','event':'declined','question':'day','missing':'not_sure','because':'Not told'}",
        "{'by':'service_user','event':'answered','question':'yes','value':true}",
        "{'by':'service_user','event':'answered','question':'count','value':3}",
        "{'by':'service_user','event':'proposed','question':'goal','value':'A key of my own'}",
        "{'by':'service_user','event':'confirmed','question':'goal'}",
        "{'by':'practitioner','event':'confirmed','question':'goal'}",
        "{'by':'practitioner','event':'answered','question':'secret','value':7}",
        "{'by':'practitioner','event':'answered','question':'later','value':'typed in the wrong place'}",
        "{'by':'practitioner','event':'undone'}",
        "{'by':'service_user','event':'raised','because':'We always meet too early','kind':'process'}",
        "{'by':'service_user','event':'noted','question':'help','come_back':true}",
        "{'by':'practitioner','event':'noted','question':'help','text':'Bring the form'}",
        "{'by':'practitioner','event':'promised','text':'Ring the council','by_when':'2026-11-30'}",
        "{'by':'practitioner','event':'kept','promise':42,'kept':true}",
        "{'by':'service_user','event':'statement','question':'home','text':'It is my sister, not my "
        "landlord'}",
        "{'by':'practitioner','event':'signed','name':'Rae R'}",
        "{'by':'service_user','event':'signed','refused':true,'because':'Not today'}",
        "{'by':'practitioner','event':'answered','question':'weight','value':0.3}",
        "{'by':'practitioner','event':'noted','text':'On the wrong record'}",
        "{'by':'practitioner','event':'undone'}",
        "{'by':'practitioner','event':'paused','question':'later'}",
    };
    struct session *s = kit_begin(name);
    for (size_t i = 0; i < sizeof intents / sizeof *intents; i++)
        kit_do(s, intents[i]);
    return s;
}

struct session *kit_lists(const char *name)
{
    static const char *const intents[] = {
        "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae','service_user':'Sam'}}",
        "{'by':'service_user','event':'added','question':'goals'}",
        "{'by':'service_user','event':'answered','question':'goal#1','value':'A job'}",
        "{'by':'service_user','event':'answered','question':'matters#1','value':5}",
        "{'by':'practitioner','event':'answered','question':'matters#1','value':2,'because':'Not now'}",
        "{'by':'service_user','event':'added','question':'steps#1'}",
        "{'by':'service_user','event':'proposed','question':'step#2','value':'Ring them'}",
        "{'by':'practitioner','event':'confirmed','question':'step#2'}",
        "{'by':'service_user','event':'confirmed','question':'step#2'}",
        "{'by':'practitioner','event':'added','question':'goals'}",
        "{'by':'service_user','event':'answered','question':'goal#3','value':'A flat'}",
        "{'by':'practitioner','event':'added','question':'goals'}",
        "{'by':'service_user','event':'answered','question':'goal#4','value':'A boat'}",
        "{'by':'service_user','event':'answered','question':'matters#4','value':1}",
        "{'by':'practitioner','event':'answered','question':'matters#4','value':5}",
        "{'by':'practitioner','event':'noted','question':'goal#4','text':'Not this year'}",
        "{'by':'service_user','event':'removed','question':'goals','entry':4}",
        "{'by':'practitioner','event':'removed','question':'goals','entry':4}",
        "{'by':'practitioner','event':'removed','question':'goals','entry':1}",
        "{'by':'practitioner','event':'moved','question':'goals','entry':1}",
        "{'by':'service_user','event':'added','question':'cards','about':'matters#1'}",
        "{'by':'service_user','event':'answered','question':'thought#5','value':'Why me?'}",
        "{'by':'service_user','event':'added','question':'cards'}",
        "{'by':'practitioner','event':'noted','question':'step#2','come_back':true}",
        "{'by':'practitioner','event':'noted','question':'goals','come_back':true}",
        "{'by':'service_user','event':'answered','question':'enough','value':'No'}",
    };
    struct session *s = kit_begin_with(name, lists_text, sizeof lists_text - 1);
    for (size_t i = 0; i < sizeof intents / sizeof *intents; i++)
        kit_do(s, intents[i]);
    return s;
}

char *kit_written(const struct session *s, bool (*write)(const struct session *, FILE *, char **))
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    assert_true(write(s, out, NULL));
    fclose(out);
    return text;
}

char *kit_read(const char *path, size_t *length)
{
    char *text = path_read(path, 1 << 24, length, NULL);
    assert_non_null(text);
    return text;
}

void kit_write(const char *path, const char *bytes, size_t length)
{
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, length, out), length);
    assert_int_equal(fclose(out), 0);
}

/* A line with its number, `prev` and hash made anew; *head goes on. */
static char *relinked(const char *line, size_t seq, char head[RECORD_HASH_TEXT])
{
    json_t *object = json_loads(line, 0, NULL);
    assert_non_null(object);
    json_object_set_new(object, "seq", json_integer((json_int_t)seq));
    json_object_set_new(object, "prev", json_string(head));
    json_object_del(object, "hash");
    char *text = json_dumps(object, JSON_COMPACT);
    int length = (int)strlen(text) - 1;
    chain_hash(text, (size_t)length, head);
    char *made = xasprintf("%.*s,\"hash\":\"%s\"}", length, text, head);
    free(text);
    json_decref(object);
    return made;
}

static char *replaced(const char *line, const char *old, const char *new)
{
    const char *at = strstr(line, old);
    if (!at)
        print_error("there is no %s in %s\n", old, line);
    assert_non_null(at);
    return xasprintf("%.*s%s%s", (int)(at - line), line, new, at + strlen(old));
}

void kit_forge(const char *from, const char *to, size_t line, const char *old, const char *new, bool forged)
{
    size_t length, seq = 0;
    char *text = kit_read(from, &length), *rest = text, *read;
    char head[RECORD_HASH_TEXT];
    memset(head, '0', sizeof head - 1);
    head[sizeof head - 1] = '\0';
    struct strbuf out = STRBUF_INIT;
    for (size_t i = 1; (read = strsep(&rest, "\n")) && *read; i++) {
        if (i == line && !new)
            continue;
        char *edited = i == line ? replaced(read, old, new) : xstrdup(read);
        char *made = forged ? relinked(edited, ++seq, head) : xstrdup(edited);
        strbuf_addf(&out, "%s\n", made);
        free(made);
        free(edited);
    }
    kit_write(to, out.text, out.length);
    strbuf_release(&out);
    free(text);
}

json_t *kit_member(const json_t *array, const char *key, const char *value)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        json_t *item = json_array_get(array, i);
        const char *has = json_string_value(json_object_get(item, key));
        if (has && strcmp(has, value) == 0)
            return item;
    }
    return NULL;
}

json_t *kit_question(const json_t *tree, const char *name)
{
    json_t *sections = json_object_get(tree, "sections");
    for (size_t i = 0; i < json_array_size(sections); i++) {
        json_t *found = kit_member(json_object_get(json_array_get(sections, i), "questions"), "name", name);
        if (found)
            return found;
    }
    return NULL;
}
