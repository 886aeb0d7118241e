/* What two people type into line mode, one line a literal. In `before` is what was done before, as intents.
 */
#ifndef TESTS_LINE_STORIES_H
#define TESTS_LINE_STORIES_H

#include <stdbool.h>

struct story {
    const char *name, *form, *before, *typed;
    bool read_only;
};

#define SAT "Rae\nSam\n2\nVisits hall\n" /* names, who sits left, the place */
#define NOBODY "\n\n\n\n"
/* Sam says 4, Rae 2, neither says why; not now. */
#define DIFFER SAT "4\n2\n\n\n"

static const struct story stories[] = {
    {"every-type", "types.yaml", NULL,
     SAT "\n"                                      /* the note */
         "Sammy\nSam\n"                            /* called */
         "g\n.\nI was\nevicted.\n\n\".\"\n.\n"     /* story */
         "9\n2\n4\nnew lock fitted\nhe knows\nn\n" /* home: too high, then they differ, each says why */
         "2.5\n3\n4\n"                             /* rooms */
         "95,50\n95.50\n"                          /* rent */
         "4\n2\n1\n3\n\nn\n"     /* works: no such choice, then how it is known; and left out */
         "1 4\n1 5\n1, 3\n3 1\n" /* helps */
         "30/02/2026\n1/12/2026\nI had to wait\n30/11/2025\nthe lease began\n2025-11-30\nlease\n" /* moved */
         "no\ny\n"                                                                                /* heard */
         "2\n3\nn\n" /* safe: to be seen together */
         "2\ny\ny\n" /* next: together */
         "sign\n1\nSam\nsign\n2\nI want to read it first\nq\n",
     false},
    {"settle-moves", "home.yaml", NULL, DIFFER "y\n8\nI sleep badly\n2\n1\nnew fact\ny\ny\n5\n4\nq\n", false},
    {"settle-new-answer", "home.yaml", NULL, DIFFER "y\n3\n1\n9\n3\n\ny\nn\n\nb\nt\ny\n\n\nq\n", false},
    {"settle-both-stand", "home.yaml", NULL, DIFFER "y\n4\n1\ny\ny\n\n3\nd\n1\ny\n\nq\n", false},
    {"settle-find-out", "home.yaml", NULL,
     DIFFER "y\n5\n1\nIs the lock new?\nThe landlord\nsoon\n30 11 2026\ny\ny\n\n\nq\n", false},
    {"settle-ask", "home.yaml", NULL, DIFFER "y\n6\n1\nMay he stay?\n\ny\ny\n\n\nq\n", false},
    {"settle-leave-it", "home.yaml", NULL, DIFFER "y\n7\nn\n7\ny\nb\nq\n", false},
    {"close-again", "home.yaml", NULL, DIFFER "n\nb\np\n2\n\ny\ny\n\n\nq\n", false},
    {"remarks", "types.yaml", NULL,
     NOBODY "\n\"b\"\n\"quoted\"\nb\nw\na reason\ne\n3\nn\na note\nc\nc\nk\ns\n3\nr\nnot my words\nr\nagain\n"
            "o\n1\n4\n/\nrent\n1\n/\nzebra\nlang\n2\nlang\n\nwho\nRae\n\n\n\n?\nzzz\nf\n\nq\n",
     false},
    {"undo", "home.yaml", NULL, SAT "3\n3\nu\nu\nredo\nu\nredo\np\nu\nu\nq\n", false},
    {"together-no", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"next\"}",
     NOBODY "3\n1\ny\nn\n\ny\nb\nb\nq\n", false},
    {"secret", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"safe\"}",
     SAT "5\nk\nu\nredo\no\n2\n\nd\nf\nb\nw\nbecause of him\n1\nt\n\nq\n", false},
    {"look-only", "home.yaml",
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}\n"
     "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}",
     "3\nk\nu\nn\nt\nd\n1\nsign\nf\n\nq\n", true},
    {"nasty", "nasty.yaml",
     "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"words\",\"value\":\"a\\u001b["
     "2Jb\\nc\\u202e\"}",
     "R\x1b]0;x\x07\nS\xe2\x80\xae\n\n\n\x1b[31mred\x07\nk\nn\n\x1b[Hhome\nb\nq\n", false},
    {"goes-on", "home.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}",
     "3\n4\nhalf a wor", false},
    {"end-in-reason", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"moved\"}",
     NOBODY "2025-01-02\nbecause I", false},
    {"back-in-reason", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"moved\"}",
     NOBODY "2025-01-02\nb\nq\n", false},
    {"secret-skip", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"safe\"}",
     SAT "s\n3\nf\nb\nk\n4\nq\n", false},
    {"names", "../screen/forms/names.yaml", NULL,
     SAT "Sammy\nlang\n2\n1\n3\nn\n1\n2\nn\n99\n2\n99\n2\n\na\nRing\n1\n2\nn\na\nWrite\n2\n1\nn\n\n\nq\n",
     false},
    {"list", "lists.yaml", NULL,
     SAT "\nz\nx\nm\na\n"             /* an empty list; one is added, and one is in it */
         "A job\n5\n2\nn\n"           /* they differ in it */
         "a\nRing them\n\na\n"        /* a step, not another, but another goal */
         "A flat\n3\n3\n\n\n"         /* no step, no other goal */
         "b\nb\n"                     /* back into the second goal */
         "l\n4\nm\n1\n2\n1\nm\n1\n\n" /* the list; moved to the end */
         "\"a\"\n?\nd\n1\n\n"         /* what differs says where */
         "o\n2\n4\nk\nn\nask again\nc\n/\nmuch\n2\nq\n",
     false},
    {"list-take-out", "lists.yaml", NULL,
     SAT "\na\nA slip\nx\nn\nx\ny\n"        /* alone, at once: nothing of the other's is in it */
         "u\nl\na\nA job\n4\n4\n\n\nb\nb\n" /* taken back, and another */
         "l\nx\n2\ny\nn\n"                  /* one says so, the other not */
         "x\n2\nn\np\nx\n2\ny\n"            /* then the other too */
         "k\nx\nb\nx\nq\n",
     false},
    {"list-full", "lists.yaml", NULL,
     SAT "\nf\np\na\none\na\ntwo\nl\na\nl\na\nx\n1\ny\na\nthree\nu\nu\nu\nq\n", false},
    {"list-cards", "lists.yaml", NULL,
     SAT "card\nThey will throw me out\n"         /* and back to the question */
         "4\n4\nb\ncard\n1\nl\nb\nb\nb\nb\n"      /* the card again */
         "card\n2\n\"b\"\ncard\n3\ncard\n1\n\n\n" /* a second, and no room for a third */
         "f\nl\ncard\nq\n",
     false},
    {"list-look", "lists.yaml",
     "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"A "
     "\\njob\\u202e\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"goals\"}",
     "1\na\nl\nx\nm\n2\n\n\nl\nf\nf\ncard\n?\nq\n", true},
    {"more-kinds", "more.yaml", NULL,
     SAT "g\n1 3\n2 3 1\n1 2 2\n1 2 3\ny\n3\n1\n3 1 2\n\ny\ny\n\n\n" /* wants: a new order, together */
         "half six\n6.30am\n8:05\nn\n"                               /* up */
         "30/11/2026\n30/11/2026 2pm\ny\ny\n"                        /* visit, together */
         "2\nMy aunt\n2: My uncle\nn\n"       /* helper: asked for words, and with them */
         "2\n\n1 2 the mosque\n"              /* helpers: left out, and with them */
         "60\nn\n60\n\n1\n4\n2\nn\nb\nk\nf\n" /* drinks: again, then kept */
         "7\n\ny\ny\n"                        /* visits, together */
         "?\n\n6\nn\nq\n",                    /* nights: Enter takes what stands there */
     false},
    /* None after all; a name that is taken, and half a page; no other name for the next; to look only. */
    {"copy", "home.yaml", NULL, SAT "3\ncopy\n\ncopy\n2\ncase.record\ncopy\n2\ncopy.txt\nk\ncopy\n1\nb\nq\n",
     false},
    {"copy-look-only", "home.yaml", NULL, "copy\n1\nnowhere/copy.txt\ncopy\n1\nlook.txt\nq\n", true},
    {"warning-left", "more.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"drinks\"}",
     SAT "60\nq\n", false},
    {"plan", "../screen/forms/plan.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"year\",\"value\":\"A home\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"age\",\"value\":20}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home_by\",\"value\":\"nobody\"}\n"
     "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"goals\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"goal#1\",\"value\":\"Get my card\"}\n"
     "{\"by\":\"service_user\",\"event\":\"added\",\"question\":\"blocks#1\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"block#2\",\"value\":\"No bus\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"kind#2\",\"value\":\"practical\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"paused\"}\n",
     NOBODY "plan\npractical\nzebra\n\no\n1\n\nplan\n3\nsign\n\nq\n", false},
    {"way", "../screen/forms/ladder.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":3}\n"
     "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":5}\n"
     "{\"by\":\"practitioner\",\"event\":\"paused\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"sat\"}\n"
     "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":7}\n"
     "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}\n"
     "{\"by\":\"practitioner\",\"event\":\"paused\"}\n",
     NOBODY "way\n1\ncycle\n1\n2\ncycle\n5\ncycle\n\nq\n", false},
    {"leave-at-once", "home.yaml", NULL, "q\n", false},
    {"nothing-typed", "home.yaml", NULL, "", false},
};
enum { STORIES = sizeof stories / sizeof *stories };

#endif
