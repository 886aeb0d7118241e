/* What two people type into line mode, one line a literal. In `before` is what was done before, as intents.
 */
#ifndef TESTS_LINE_STORIES_H
#define TESTS_LINE_STORIES_H

#include <stdbool.h>

struct story {
    const char *name, *form, *before, *typed;
    bool read_only;
};

/* Names, who sits left, the place; nothing of what a sitting opens with. */
#define SAT "Rae\nSam\n2\nVisits hall\nb\n"
#define NOBODY "\n\n\n\nb\n"
/* Sam says 4, Rae 2, neither says why; not now. */
#define DIFFER SAT "4\n2\n\n\n"

/* They talk, and leave out all turns before what shall be written down. */
#define TALK "y\n\n\n\n\n\n\n"
/* Both are in the record, with names and seats. */
#define BOTH                                                                                                 \
    "{\"by\":\"service_user\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"      \
    "\"Sam\"}}\n"                                                                                            \
    "{\"by\":\"service_user\",\"event\":\"answered\",\"question\":\"home\",\"value\":4}\n"                   \
    "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"home\",\"value\":2}\n"

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
    {"settle-moves", "home.yaml", NULL,
     DIFFER "y\nI sleep badly\n\n\n\n\n\n2\n1\nnew fact\ny\ny\n1\nThe lock\n5\n4\nq\n", false},
    {"settle-new-answer", "home.yaml", NULL, DIFFER TALK "3\n1\n9\n3\n\ny\nn\n\n\nb\nt\ny\n\n\n\n\nq\n",
     false},
    {"settle-both-stand", "home.yaml", NULL, DIFFER TALK "4\n1\ny\ny\n\n3\nd\n1\n1\n2\n\n\n\n\n\n\n\n\nq\n",
     false},
    {"settle-find-out", "home.yaml", NULL,
     DIFFER TALK "5\n1\nIs the lock new?\nThe landlord\nsoon\n30 11 2026\ny\ny\n\n\nq\n", false},
    {"settle-ask", "home.yaml", NULL, DIFFER TALK "6\n1\nMay he stay?\n\ny\ny\n\n\nq\n", false},
    {"settle-leave-it", "home.yaml", NULL, DIFFER TALK "7\nn\n7\ny\nb\nt\n\nd\n1\n2\nb\n\nq\n", false},
    {"talk-in-full", "home.yaml", BOTH,
     "t\nI have no key\n\nb\n1\nYou have a room\n"       /* why: one leaves it out, and is asked again */
     "You have nowhere of your own\n2\nIt is cold too\n" /* said back: not quite, */
     "It is cold and not yours\n1\n\n"                   /* then right; the other leaves it out */
     "A key\n\"b\"\n"                                    /* what would change it */
     "\n5\n\n\nt\n\n1\n1\nYou have no key\ny\ny\n6\n\n4\n5\nq\n",
     false},
    /* Three waited, one is news from the supervisor; a settled one is read and opened. */
    {"waited", "home.yaml",
     BOTH
     "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"needs_information\","
     "\"what\":"
     "\"the letter\",\"from\":\"the council\",\"by_when\":\"2026-12-01\"}\n"
     "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"raised\",\"because\":\"You come late\",\"kind\":\"process\"}\n"
     "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d2\",\"as\":\"referred\",\"asking\":"
     "\"Is ten past late?\"}\n"
     "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d2\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"confirmed\",\"disagreement\":\"d2\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"raised\",\"because\":\"I do not like the word risk\",\"kind\":"
     "\"wording\"}\n"
     "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d3\",\"as\":\"stopped\"}\n"
     "+8\n"
     "{\"by\":\"service_user\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}\n"
     "{\"by\":\"supervisor\",\"event\":\"said\",\"disagreement\":\"d2\",\"text\":\"Not to "
     "me.\",\"name\":\"Pat "
     "Green\"}\n",
     "d\n2\nb\n5\nb\n\nd\n3\n1\n\nd\n1\nb\n\nq\n", false},
    /* Nobody sees what one says of having been heard before the other has said it, or has left it out. */
    {"heard-alone", "home.yaml",
     BOTH "{\"by\":\"service_user\",\"event\":\"proposed\",\"disagreement\":\"d1\",\"as\":\"both_stand\"}\n"
          "{\"by\":\"service_user\",\"event\":\"confirmed\",\"disagreement\":\"d1\"}\n",
     "t\ny\n2\n\nt\n1\n\nk\nt\n3\n4\nq\n", false},
    /* By hand: about the question as it is put, about a note on it, about how they work together. */
    {"raise", "home.yaml", NULL,
     SAT "n\nAsk the council\nr\n2\n\nThey will not answer\nr\n3\nb\n\nr\n4\n\nWe never stop in "
         "time\nd\n2\nb\n\nr\n5\nb\nr\n\nq\n",
     false},
    /* A goal of both: no yes before it was said back, and marked. */
    {"say-back", "say-back.yaml", NULL,
     SAT "A job\n\n\nYou want work\n2\nA job I like\ny\ny\nb\nA flat\nb\nq\n", false},
    {"close-again", "home.yaml", NULL, DIFFER "n\nb\np\n2\n\ny\ny\n\n\nq\n", false},
    {"remarks", "types.yaml", NULL,
     NOBODY
     "\n\"b\"\n\"quoted\"\nb\nw\na reason\ne\n3\nn\na note\nc\nc\nk\ns\n3\nr\n1\n\nnot my words\nr\n1\nb\n\n"
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
     "3\nk\nu\nn\nt\n\nd\n1\n1\n\nsign\nf\n\nq\n", true},
    {"nasty", "nasty.yaml",
     "{\"by\":\"practitioner\",\"event\":\"answered\",\"question\":\"words\",\"value\":\"a\\u001b["
     "2Jb\\nc\\u202e\"}",
     "R\x1b]0;x\x07\nS\xe2\x80\xae\n\n\nb\n\x1b[31mred\x07\nk\nn\n\x1b[Hhome\nb\nq\n", false},
    {"goes-on", "home.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}",
     "3\n4\nhalf a wor", false},
    {"end-in-reason", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"moved\"}",
     NOBODY "2025-01-02\nbecause I", false},
    {"back-in-reason", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"moved\"}",
     NOBODY "2025-01-02\nb\nq\n", false},
    {"secret-skip", "types.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"safe\"}",
     SAT "s\ns3\nf\nb\nk\n4\nq\n", false},
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
     "\n\n\n\nplan\npractical\nzebra\n\no\n1\n\nplan\n3\nsign\n\nq\n", false},
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
     "\n\n\n\nway\n1\ncycle\n1\n2\ncycle\n5\ncycle\n\nq\n", false},
    {"sitting", "../screen/forms/sitting.yaml", NULL,
     "Rae\nSam (he/him)\n\nRoom 2\n"
     "1 9\n1 3\n\n\n"    /* the room; what is read */
     "4\n3\n2 1\n3\n1\n" /* how they are, what for today, the keyboard: Sam */
     "o\n\n4\n2\nn\n"    /* differ about money */
     "8\n8\nf\n\n"       /* home; and what Rae added is left */
     "so far\nclose\n\n\nWe laughed\n\n3\n5\n\n1\n1\n"
     "soon\n+7\n10:30\nRoom 2\n+28\n2\nx\n4\n1 3\n\nkind words\n1\n\nkingfisher\ny\nq\n",
     false},
    {"sitting-left", "../screen/forms/sitting.yaml", NULL, SAT "close\nb\nclose\n\nb\nq\n", false},
    {"timeline", "home.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}",
     "time\n?\nz\na\n2\nI drank\nI went to work\n\n20/05/2026\ny\n" /* a lapse, on a day */
     "1\n2\nI do not like to look back\n"                           /* a word of their own to it */
     "a\n5\n2\n1\nThe bus\n\ny\n"                                   /* a missed sitting, by name */
     "a\n13\nThe address\nThe council\nTheir form\nHe said yes\n1\n\ny\n"
     "a\n3\nA month of work\n\n\n" /* a milestone, and no */
     "\nu\ntime\n\nq\n",
     false},
    {"promises", "home.yaml",
     "{\"by\":\"practitioner\",\"event\":\"sat\",\"people\":{\"practitioner\":\"Rae\",\"service_user\":"
     "\"Sam\"}}\n"
     "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring them\",\"by_when\":\"2020-01-02\"}",
     "o\n\ni\na\nBring my papers\nsoon\n31/12/2099\ny\n" /* one more */
     "2\n1\n2\n6\n"                                      /* what each says of it */
     "1\n3\nNobody was there\n\nq\n",
     false},
    {"promises-look", "home.yaml",
     "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring \\u202ethem\"}",
     "i\na\n1\n\ntime\n\nq\n", true},
    {"beside", "home.yaml", "{\"by\":\"practitioner\",\"event\":\"paused\",\"question\":\"home\"}",
     SAT "beside\n3\nA lock\nA walk\n\nbeside\n2\nI see it so\n" /* an offer, and another way to see it */
         "p\nbeside\n1\n4\nA walk with you\nbeside\n4\nMy own words\n" /* changed; nothing waits any more */
         "beside\n8\n2\nI was late\nbeside\n8\n99\n"                   /* about an entry of the record */
         "hide\nhide\nhide\n4\n\nk\nkept all\nlock\nkept all\n99\nq\n",
     false},
    /* What the supervisor wrote is read when a sitting opens, and something said to it; the rest by hand. */
    {"supervised", "home.yaml",
     BOTH
     "{\"by\":\"supervisor\",\"event\":\"commented\",\"disagreement\":\"d1\",\"text\":\"What would Sam call "
     "it?\",\"name\":\"Pat Green\",\"as\":\"coaching\"}\n"
     "{\"by\":\"supervisor\",\"event\":\"commented\",\"text\":\"You took time for this\",\"name\":\"Pat "
     "Green\"}\n"
     "{\"by\":\"supervisor\",\"event\":\"handed_over\",\"to\":\"Bea Lang\",\"because\":\"Rae moves "
     "on\",\"name\":\"Pat Green\"}\n"
     "{\"by\":\"practitioner\",\"event\":\"paused\"}\n+1\n",
     "\n\n\n\n\n\n\n\nI call it a sofa\nI will ask\nb\n"                       /* one read, one not */
     "p\nt\nb\n6\n1\nI go by papers\nb\n\nbeside\n7\nAsk where people sleep\n" /* what is learned */
     "time\n3\n1\n3\n1\nThank you\n\nk\nq\n",
     false},
    {"leave-at-once", "home.yaml", NULL, "q\n", false},
    {"nothing-typed", "home.yaml", NULL, "", false},
};
enum { STORIES = sizeof stories / sizeof *stories };

#endif
