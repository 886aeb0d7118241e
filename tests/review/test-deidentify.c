/* Feature B12: somebody's words without the names. A case is what was written, and what others may read. */
#include "check.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "review/deidentify.h"
#include "session/session.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct known {
    enum deidentify_as as;
    const char *name;
};

struct row {
    const char *text, *wanted; /* wanted NULL: nothing is replaced */
};

static char *without(const struct known *known, const char *text)
{
    struct deidentify *d = deidentify_new();
    for (; known->name; known++)
        deidentify_add(d, known->as, known->name);
    char *told = deidentify_text(d, text);
    deidentify_free(d);
    return told;
}

static void try_rows(const struct known *known, const struct row *rows)
{
    int bad = 0;
    for (; rows->text; rows++) {
        const char *wanted = rows->wanted ? rows->wanted : rows->text;
        char *told = without(known, rows->text), *again = without(known, told);
        if (strcmp(told, wanted) != 0) {
            print_error("“%s”\n  became “%s”\n  not    “%s”\n", rows->text, told, wanted);
            bad++;
        }
        /* What was replaced is not replaced again. */
        if (strcmp(told, again) != 0) {
            print_error("“%s”, again, became “%s”\n", told, again);
            bad++;
        }
        assert_true(utf8_valid(told, strlen(told)));
        free(again);
        free(told);
    }
    assert_int_equal(bad, 0);
}

static const struct known two[] = {{AS_PRACTITIONER, "Rae Okafor"},
                                   {AS_SERVICE_USER, "Sam Jones"},
                                   {AS_SUPERVISOR, "Dr Jo van Dijk"},
                                   {AS_PLACE, "Room 2, Leeds Probation Office"},
                                   {AS_SERVICE, "the Harbour Project"},
                                   {AS_REFERENCE, "K-014"},
                                   {0}};

static void test_names(void **state)
{
    (void)state;
    static const struct row rows[] = {
        /* whole, apart, turned round; at the beginning of a sentence with a large letter */
        {"Sam Jones was late.", "The service user was late."},
        {"I think Sam was late.", "I think the service user was late."},
        {"Then Jones came.", "Then the service user came."},
        {"It was Jones, Sam who rang.", "It was the service user who rang."},
        {"Late again. Sam rang.", "Late again. The service user rang."},
        {"“Sam rang,” she said.", "“The service user rang,” she said."},
        {"one\nsam two", "one\nThe service user two"},
        /* case */
        {"i told sam", "i told the service user"},
        {"SAM JONES!", "The service user!"},
        {"sAm", "The service user"},
        /* by whole words */
        {"The same sample. Samantha, Jonesy, balsam", NULL},
        {"Sam2 and xSam", NULL},
        {"pre-Sam days", "pre-the service user days"},
        /* possessives */
        {"Sam's flat", "The service user's flat"},
        {"in Sam’s flat", "in the service user’s flat"},
        {"in sams flat", "in the service user's flat"},
        {"the Jones' house", "The service user's house"},
        {"Sam Jones's house", "The service user's house"},
        {"Okafors view", "The practitioner's view"},
        {"in SAM'S view", "in the service user'S view"},
        /* initials */
        {"S. Jones agreed", "The service user agreed"},
        {"as S Jones said", "as the service user said"},
        {"and Sam J. said", "and the service user said"},
        {"and Sam J said", "and the service user said"},
        {"That was Sam J. We went on.", "That was the service user. We went on."},
        {"SJ and RO met", "The service user and the practitioner met"},
        {"to S.J. they said", "to the service user they said"},
        {"to S. J. they said", "to the service user they said"},
        {"sj is no name in small letters", NULL},
        {"Plan S or plan J", NULL},
        {"S", NULL},
        {"Sam and I think", "The service user and I think"},
        {"R. Okafor and S. Jones", "The practitioner and the service user"},
        /* titles and particles */
        {"Ask Mr Jones.", "Ask the service user."},
        {"Ask Mr. Jones.", "Ask the service user."},
        {"Ask Dr van Dijk", "Ask the supervisor"},
        {"Ask Dr Dijk", "Ask the supervisor"},
        {"Ask Jo", "Ask the supervisor"},
        {"Ask J. van Dijk", "Ask the supervisor"},
        {"Jo. Van Dijk", "The supervisor. The supervisor"},
        {"a van came for Jo", "a van came for the supervisor"},
        {"‘Jones’ is what I call him", "‘The service user’ is what I call him"},
        {"The doctor, Dr Who", NULL},
        {"the Sam I know", "The service user I know"},
        {"our Sam", "our the service user"},
        /* several, and twice the same */
        {"Rae said Sam was right", "The practitioner said the service user was right"},
        {"Sam. Sam again.", "The service user. The service user again."},
        {"Sam, Rae", "The service user, the practitioner"},
        {"Sam/Rae", "The service user/the practitioner"},
        {"(Sam)", "(The service user)"},
        {"Sam_Jones", "The service user_the service user"},
        /* places, services, references */
        {"We met in Leeds.", "We met in a place."},
        {"We met in Room 2.", "We met in a place."},
        {"We met in room 3.", NULL},
        {"At Leeds Probation Office, room 2", "At a place, a place"},
        {"the Leeds office", "A place office"},
        {"my probation office", NULL},
        {"The Harbour Project helped", "A service helped"},
        {"with Harbour Project", "with a service"},
        {"a project at the harbour", NULL},
        {"In K-014 and K014 and k 014", "In a reference and a reference and a reference"},
        {"K-0145", NULL},
        /* nothing */
        {"", NULL},
        {" ", NULL},
        {"I was heard.", NULL},
        {"…", NULL},
        {NULL, NULL},
    };
    try_rows(two, rows);
}

static void test_letters(void **state)
{
    (void)state;
    static const struct known known[] = {{AS_PRACTITIONER, "José Núñez-García"},
                                         {AS_SERVICE_USER, "Siobhán O’Brien"},
                                         {AS_PERSON, "Anne-Marie"},
                                         {AS_PERSON, "Ольга Петрова"},
                                         {AS_PERSON, "Strauß"},
                                         {AS_PERSON, "Al"},
                                         {0}};
    static const struct row rows[] = {
        {"jose said", "The practitioner said"},
        {"JOSÉ said", "The practitioner said"},
        {"with Jose\u0301.", "with the practitioner."}, /* the accent as a character of its own */
        {"with Nunez Garcia", "with the practitioner"},
        {"with García", "with the practitioner"},
        {"with J. Núñez-García.", "with the practitioner."},
        {"siobhan o'brien's mum", "The service user's mum"},
        {"Mrs OBrien rang", "The service user rang"},
        {"Mrs O Brien rang", "Mrs O Brien rang"}, /* what it cannot know */
        {"to O'BRIEN", "to the service user"},
        {"Anne Marie came", "Somebody came"},
        {"Annemarie came", "Somebody came"},
        {"Marie came", "Somebody came"},
        {"анна и ольга", "анна и somebody"},
        {"ПЕТРОВА", "Somebody"},
        {"Frau Strauss", "Frau somebody"},
        {"al and als, ALSO", "Somebody and als, ALSO"},
        {NULL, NULL},
    };
    try_rows(known, rows);
}

static void test_same_name(void **state)
{
    (void)state;
    static const struct known known[] = {{AS_PRACTITIONER, "Sam Hill"},
                                         {AS_SERVICE_USER, "Sam Jones"},
                                         {AS_SUPERVISOR, "Ann Hill"},
                                         {AS_PLACE, "Jones House"},
                                         {0}};
    static const struct row rows[] = {
        {"Sam said", "Somebody said"},
        {"Sam Hill said", "The practitioner said"},
        {"Sam Jones said", "The service user said"},
        {"Ms Hill said", "Somebody said"},
        {"Ann Hill said", "The supervisor said"},
        {"at Jones House", "at a place"},
        {"Jones", "The service user"},
        {NULL, NULL},
    };
    try_rows(known, rows);
    /* The order in which names come makes no difference. */
    struct known turned[sizeof known / sizeof *known] = {{0}};
    size_t n = sizeof known / sizeof *known - 1;
    for (size_t i = 0; i < n; i++)
        turned[i] = known[n - 1 - i];
    try_rows(turned, rows);
}

/* Too much rather than too little, and that is said. */
static void test_names_that_are_words(void **state)
{
    (void)state;
    static const struct known known[] = {{AS_SERVICE_USER, "Will Reading"}, {AS_PERSON, ""}, {0}};
    static const struct row rows[] = {
        {"I will go", "I the service user go"},
        {"I will", "I the service user"},
        {"willing, reader", NULL},
        {NULL, NULL},
    };
    try_rows(known, rows);
}

static const struct known nobody[] = {{0}};

static void test_numbers(void **state)
{
    (void)state;
    static const struct row rows[] = {
        /* telephones */
        {"Ring 07700 900123.", "Ring a phone number."},
        {"Ring 07700900123", "Ring a phone number"},
        {"Ring +44 7700 900 123 now", "Ring a phone number now"},
        {"Ring +44 (0)7700 900123", "Ring a phone number"},
        {"Ring (0113) 496 0000", "Ring a phone number"},
        {"Ring 0113-496-0000", "Ring a phone number"},
        {"Ring 0113.496.0000", "Ring a phone number"},
        {"Ring 496 0000", "Ring a phone number"},
        {"Ring 4960000", "Ring a phone number"},
        {"07700 900123, 07700 900124", "A phone number, a phone number"},
        /* no telephones */
        {"Ring 999 or 111", NULL},
        {"in 2019 2020 2021", NULL},
        {"2019/2020", NULL},
        {"from 3 to 5, 10/10 and 9/10", NULL},
        {"£1000000 and €2500000 and $1234567", NULL},
        {"12.5 per cent, 1 in 10, 100", NULL},
        {"10,000 records", NULL},
        /* numbers of a person */
        {"NHS 943 476 5919", "NHS a phone number"},
        {"AB 12 34 56 C", "A number"},
        {"AB123456C", "A number"},
        {"prison A1234BC", "prison a number"},
        {"a1234bc", "A number"},
        {"PNC 2003/1234567A or 03/1234567A", "PNC a number or a number"},
        {"CRN X123456", "CRN a number"},
        {"case 123456", "case a number"},
        {"case 12345", NULL},
        {"A1234BCD and XA1234BC", NULL},
        /* postcodes */
        {"LS2 7EW", "A postcode"},
        {"at ls2 7ew.", "at a postcode."},
        {"M1 1AE, B33 8TH, CR2 6XH, DN55 1PT, W1A 1HQ, EC1A 1BB",
         "A postcode, a postcode, a postcode, a postcode, a postcode, a postcode"},
        {"EC1A1BB", "A postcode"},
        {"M1 motorway, A1 road, size 12 XL", NULL},
        {"LS2 7EWX", NULL},
        {NULL, NULL},
    };
    try_rows(nobody, rows);
}

static void test_days(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"born 12/03/1990", "born a date"},
        {"born 12.3.90, in Leeds", "born a date, in Leeds"},
        {"12-03-1990", "A date"},
        {"12 03 1990", "A date"},
        {"on 1990-03-12 he", "on a date he"},
        {"on 12 March 1990 he", "on a date he"},
        {"on 12th March, 1990 he", "on a date he"},
        {"on the 12th of March he", "on a date he"},
        {"on 12 Mar '90 he", "on a date he"},
        {"12-Mar-90", "A date"},
        {"on March 12th, 1990.", "on a date."},
        {"on Sept. 3 he", "on a date he"},
        {"DOB: 1990", "DOB: a date"},
        {"I was born in 1990.", "I was born in a date."},
        {"born in March 1990", "born in a date"},
        {"my birthday is 12 March", "my birthday is a date"},
        /* no days */
        {"in 1990 and in March 1990", NULL},
        {"32/03/90 is none", NULL},
        {"we may 5 times, in march 12 of us", NULL},
        {"version 1.5.2", NULL},
        {"10.10.10.10", NULL},
        {"3 marches, 4 decembers", NULL},
        {"1/2 and 3-4", NULL},
        {NULL, NULL},
    };
    try_rows(nobody, rows);
}

static void test_addresses(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"Write to sam.jones+x@mail.example.org.", "Write to an e-mail address."},
        {"S@B.CO", "An e-mail address"},
        {"see https://example.org/sam?x=1.", "see a web address."},
        {"see www.example.org, there", "see a web address, there"},
        {"I am @sam_j on it", "I am a name on a network on it"},
        {"2 @ 3, a@b", NULL},
        {NULL, NULL},
    };
    try_rows(nobody, rows);
    /* A name in an address does not break it up. */
    static const struct row named[] = {{"sam@example.org", "An e-mail address"},
                                       {"www.sam.org", "A web address"},
                                       {"@sam", "A name on a network"},
                                       {NULL, NULL}};
    try_rows(two, named);
}

/* Whatever is written, no known name stands in what comes out, as a word. */
static void test_none_left(void **state)
{
    (void)state;
    static const char *const pieces[] = {"Sam", "JONES", "rae",  "Okafor's", "S.",     "J.",       "SJ",
                                         ",",   " ",     "the",  "07700",    "900123", "@",        "-",
                                         "’",   "\n",    "Mr",   "K-014",    "Leeds",  "12 March", "1990",
                                         ".",   "é",     "born", "jones",    "Sam's"};
    static const char *const names[] = {"sam", "jones", "rae", "okafor", "leeds", NULL};
    enum { PIECES = sizeof pieces / sizeof *pieces, ROUNDS = 3000 };
    uint32_t seed = 1;
    for (int round = 0; round < ROUNDS; round++) {
        char text[256] = "";
        for (int i = 0; i < 7; i++) {
            seed = seed * 1664525u + 1013904223u;
            strcat(text, pieces[(seed >> 16) % PIECES]);
            if (seed >> 31)
                strcat(text, " ");
        }
        /* Only where the name stands as a word of its own in what was written. */
        char *told = without(two, text);
        for (const char *const *name = names; *name; name++) {
            for (const char *at = told; (at = strcasestr(at, *name)); at++) {
                bool before = at > told && (isalnum((unsigned char)at[-1]) || (at[-1] & 0x80));
                char after = at[strlen(*name)];
                if (!before && !isalnum((unsigned char)after) && !(after & 0x80))
                    fail_msg("“%s” became “%s”", text, told);
            }
        }
        free(told);
    }
}

/* What a record knows: also names that were changed since, and places. */
static void test_record(void **state)
{
    (void)state;
    static const char form_text[] =
        "form: f\nversion: \"1\"\ntitle: F\nsections:\n  - section: s\n    title: S\n"
        "    questions:\n      - {name: home, type: text, label: Home}\n"
        "      - {name: person, type: text, label: Who is on my side?}\n";
    static const char *const events[] = {
        "{'by':'practitioner','event':'sat','people':{'practitioner':'Rae Okafor','service_user':'Sam'},"
        "'place':'Leeds'}",
        "{'by':'service_user','event':'sat','people':{'service_user':'Samira Bell'}}",
        "{'by':'service_user','event':'answered','question':'person','value':'My sister Nadia, and Tom'}",
        "{'by':'service_user','event':'answered','question':'home','value':'Fine here, Quiet'}",
        "{'by':'practitioner','event':'told','topic':'next','value':'2030-01-01','notes':{'place':'Wakefield'"
        "}}",
        "{'by':'practitioner','event':'shared','what':'The plan','to':'Harbour Project'}",
        "{'by':'supervisor','event':'commented','text':'Well done','name':'Jo Marsh'}",
        "{'by':'supervisor','event':'handed_over','to':'Mo Achebe','name':'Jo Marsh'}",
        "{'by':'practitioner','event':'signed','name':'R. A. Okafor-Lund'}",
    };
    struct diags diags;
    diags_init(&diags, "f");
    struct form *form = form_load("f", form_text, strlen(form_text), &diags);
    assert_non_null(form);
    diags_release(&diags);
    struct session *s = session_in_memory(form, NULL);
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        char *event = xstrdup(events[i]), *cause = NULL;
        for (char *at = event; (at = strchr(at, '\'')); at++)
            *at = '"';
        if (!session_do(s, json_loads(event, 0, NULL), &cause))
            fail_msg("%s: %s", event, cause);
        free(event);
    }
    struct deidentify *d = deidentify_new();
    deidentify_add_record(d, session_assessment(s));
    static const struct row rows[] = {
        {"Rae and Sam", "The practitioner and the service user"},
        {"Samira Bell, of Leeds", "The service user, of a place"},
        {"in Wakefield with the Harbour Project", "in a place with a service"},
        {"Nadia rang. Tom too, my sister said.", "Somebody rang. Somebody too, my sister said."},
        {"Jo Marsh, Ms Lund", "The supervisor, the practitioner"},
        {"Mr Achebe leads now", "The practitioner leads now"},
        {"It is quiet and fine here.", NULL}, /* an answer is no name */
        {NULL, NULL},
    };
    for (const struct row *row = rows; row->text; row++) {
        char *told = deidentify_text(d, row->text);
        assert_string_equal(told, row->wanted ? row->wanted : row->text);
        free(told);
    }
    deidentify_free(d);
    session_close(s);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),     cmocka_unit_test(test_letters),
        cmocka_unit_test(test_same_name), cmocka_unit_test(test_names_that_are_words),
        cmocka_unit_test(test_numbers),   cmocka_unit_test(test_days),
        cmocka_unit_test(test_addresses), cmocka_unit_test(test_none_left),
        cmocka_unit_test(test_record),
    };
    return cmocka_run_group_tests_name("B12", tests, NULL, NULL);
}
