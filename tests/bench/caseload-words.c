/* What the made-up people say: plain short sentences, none of anybody's. */
#include "bench/caseload.h"

const char *const words_practitioners[] = {
    "Rae Ashby",  "Tom Bright", "Ines Cole",  "Owen Dale",  "Priya Eden",  "Max Fenn",   "Nora Gale",
    "Ali Hart",   "Beth Ivers", "Cal Jessop", "Dina Keane", "Evan Lock",   "Fay Marsh",  "Gus Nolan",
    "Hope Orme",  "Ian Pell",   "Jo Quill",   "Kit Rowe",   "Lena Shaw",   "Mo Tandy",   "Nell Usher",
    "Oscar Vale", "Pam West",   "Ravi Yates", "Sara Abel",  "Ted Birch",   "Uma Croft",  "Vic Dunn",
    "Wren Ellis", "Yan Flood",  "Zoe Grant",  "Amir Hale",  "Bella Innes", "Carl Joyce", "Della Knox",
    "Ellis Lang", "Flo Mead",   "Greg Nash",  "Hana Oakes", "Iris Pope",   NULL};
const char *const words_people[] = {
    "Sam",    "Dean",  "Kayla", "Liam",  "Jade",   "Aaron",  "Chloe",  "Marcus", "Tia",    "Jordan", "Kelly",
    "Ryan",   "Amy",   "Leon",  "Paige", "Callum", "Stacey", "Nathan", "Gemma",  "Tyrone", "Lee",    "Mia",
    "Darren", "Shan",  "Kyle",  "Becky", "Ash",    "Jamal",  "Toni",   "Craig",  "Robyn",  "Dwayne", "Carly",
    "Joel",   "Nikki", "Shaun", "Ella",  "Reece",  "Donna",  "Zak",    NULL};
const char *const words_pronouns[] = {"he/him", "she/her", "they/them", NULL};
const char *const words_places[] = {
    "Room 2", "Visits hall", "The office on Mill Lane", "Wing office", "The library", "At home", NULL};

const char *const words_answer[] = {"My sister has my back.",
                                    "A room of my own with a door that shuts.",
                                    "I get up and I turn up.",
                                    "The garden, and working with my hands.",
                                    "I ring my mum when it gets hard.",
                                    "My uncle. He never gave up on me.",
                                    "I walked away from a fight in June.",
                                    "I cook for the whole house on Sundays.",
                                    "I have been clean for ten weeks.",
                                    "The course starts in spring, and there is a place.",
                                    "I learned to read in there. I read to my boy now.",
                                    "Somebody who rings back.",
                                    "Say it straight and do not change it later.",
                                    "I want to see my girls at weekends.",
                                    "A job where they know and still want me.",
                                    "I keep my money in a tin, so I see what is left.",
                                    "I went back and said sorry.",
                                    "The gym three times a week.",
                                    "My old coach still asks after me.",
                                    "I like it when it is quiet.",
                                    "Do not send me to a new worker again.",
                                    "Fixing bikes. I am good at that.",
                                    "I stayed, though I wanted to run.",
                                    "I write it down when I am angry.",
                                    NULL};
const char *const words_other[] = {"something at home", "a friend of mine", "I will say it next time",
                                   "it is hard to put in words", NULL};
const char *const *const words_because[PARTIES] = {
    (const char *const[]){"There is an address on the plan.", "I have seen the letter from the bank.",
                          "The course has not said yes so far.", "Three weeks is not long yet.",
                          "The nurse saw no cause to worry.", "I have not asked enough about it.",
                          "It went well each time I was there.", "Two late starts this month.", NULL},
    (const char *const[]){"I am on a sofa. They can tell me to go.", "I owe more than it says there.",
                          "My boss says I can start on Monday.", "I sleep four hours, if that.",
                          "It is better than it ever was.", "Nobody asked me about it before.",
                          "I did it. I just did not say.", "My mates are not like that any more.", NULL}};
const char *const *const words_why[PARTIES] = {
    (const char *const[]){
        "I went by what the file says, and that is a year old.",
        "I have seen you do well, and I put down what I saw.",
        "I was thinking of the last three months, not of today.",
        "For me a three means it can go either way.", "It worries me that there is no plan for the weekend.",
        "The letter says one thing, and you say another.", "You told me it was hard, so I put hard.",
        "I want to be sure before I write that it is settled.", NULL},
    (const char *const[]){
        "You only see me on a Tuesday. The rest of the week is not like that.",
        "I know what it looks like, but it is not like that.",
        "I have done all I was asked, and it still says two.", "It is my house and I know when it is safe.",
        "I was ill that week. That is why I did not come.", "I have changed. Nobody writes that down.",
        "It is worse than you think, and I did not want to say.",
        "My cousin said I can stay as long as I like.", NULL}};
const char *const *const words_mind[PARTIES] = {
    (const char *const[]){"If I saw the tenancy I would think again.", "A word from the course would do it.",
                          "Two more weeks like this one.", NULL},
    (const char *const[]){"If somebody asked my boss, they would know.", "Nothing would. It is how I feel.",
                          "If it was written in plain words I could say yes.", NULL}};
const char *const words_back[] = {"You say that it looks settled from outside, and is not.",
                                  "You went by the paper, and the paper is old.",
                                  "You want it to be seen that you tried.",
                                  "You are worried about the weekends most of all.",
                                  "You need more time before you say that it is fine.",
                                  NULL};
const char *const words_missing[] = {"It is more about who decides.", "You left out the bit about my mum.",
                                     "Not worried. Tired.", NULL};
const char *const words_moved[] = {"I had only seen the form.",
                                   "I did not know about the job.",
                                   "I meant last year, not now.",
                                   "We had read the question in two ways.",
                                   "It was not worth a fight.",
                                   "It made sense when you said it.",
                                   NULL};
const char *const words_raised[] = {
    "I see what happened in March in another way.", "The plan goes too fast for me.",
    "We do not mean the same thing by safe.", "Who is told about this?", NULL};
const char *const words_settled[] = {"We go slower, and look again in May.", "We ask before anybody is told.",
                                     "We write down both.", NULL};
const char *const words_find_out[] = {"What the tenancy says", "If the course has a place",
                                      "What the doctor wrote", "How much is still owed", NULL};
const char *const words_from[] = {"the council", "the college", "the surgery", "the bank", NULL};
const char *const words_found[] = {"The letter has come.", "They rang back, and it is as you said.",
                                   "I asked them, and they do not know.", NULL};
const char *const words_asking[] = {"Does a sofa count as a home?", "Which weeks do we look at?",
                                    "May this stand as it is?", "Who has to be told?", NULL};
const char *const words_asked[] = {"I say what you both saw should stand.",
                                   "Look at the last four weeks, not the year.",
                                   "It is a roof. It is not yet a home.", "Ask first, then tell.", NULL};
const char *const words_supervisors[] = {"Pat Green", "Lou Weir", "Chris Penn", "Dee Marlow", NULL};
const char *const words_comment[] = {
    "Both views are clear. Thank you.", "What would help to hear more of them?",
    "Shall we talk about this on Thursday?", "You gave this time. It shows.", NULL};

const char *const *const words_promise[PARTIES] = {
    (const char *const[]){"Ring the housing team", "Ask about the course", "Write to the bank with you",
                          "Find out who runs the group", "Be on time", "Send the letter by Friday", NULL},
    (const char *const[]){"Go to the job centre", "Ring my sister", "Bring the letter",
                          "See the doctor about my tooth", "Put ten pounds away each week",
                          "Come, even when it is a bad day", NULL}};
const char *const words_came[] = {"It is done, and it helped.", "They said to try again in May.",
                                  "It did not work out. We try another way.", NULL};
const char *const words_note[] = {"Ask again next time.", "Bring the form for the bank account.",
                                  "There is a leaflet about this.", NULL};
const char *const words_best[] = {"We laughed.",
                                  "You let me finish.",
                                  "It was short.",
                                  "That I could see it all.",
                                  "We found the number to ring.",
                                  NULL};
const char *const words_setting[] = {"A warmer room", "A door that shuts", "Less noise", NULL};
const char *const words_statement[] = {"I want it known that I tried.", "This is not all there is to me.",
                                       "I said so before, too.", NULL};
const char *const words_event[] = {"My sister had a baby.",     "I lost my grandad.", "I got the job.",
                                   "We moved to another town.", "My dog died.",       NULL};
const char *const words_lapse[] = {"I drank on Saturday.", "I went back there one night.",
                                   "I lost my temper at work.", NULL};
const char *const words_held[] = {"I went to work on Monday.", "I rang you.", "I did not use.", NULL};
const char *const words_next[] = {"I ring Jo first.", "I stay at my sister's.", NULL};
const char *const words_reached[] = {"Six months in one place", "The first week at work",
                                     "A certificate from the course", NULL};
const char *const words_late[] = {"The bus did not come.", "The wing was locked down.", "A court date.",
                                  "The child was ill.", NULL};
const char *const words_services[] = {"The housing team",   "The debt line", "The health centre",
                                      "The fathers' group", "The college",   NULL};
const char *const words_for[] = {"A room of their own", "A plan for the debt", "A check of the tooth",
                                 "Somebody to talk to", NULL};
const char *const words_left[] = {"It was too much just now.", "A new job, far away.", NULL};
const char *const words_returned[] = {"Somebody rang me.", "It was my own idea.", "My sister said to.", NULL};
const char *const words_refused[] = {"It does not say what I said.", "I want to read it at home first.",
                                     NULL};
const char *const words_step[] = {"It goes well.", "It is a hard time.", NULL};
const char *const words_offer[] = {"We meet at the library", "You bring somebody along",
                                   "We do a short one each week", "We write and do not meet", NULL};
const char *const words_began[] = {"The court asked for it.", "They asked for it themselves.", NULL};
const char *const words_deciders[] = {"The court", "The panel", "Both of us", NULL};
const char *const words_reframed[] = {"Or: it is new, and new things take time.",
                                      "Or: you kept on asking. That is a strength.", NULL};
const char *const words_coaching[] = {"Try to let the silence be, and see what comes.",
                                      "What did you hear them say, in their words?",
                                      "Next time ask what would help before you offer it.", NULL};
const char *const words_read[] = {"Thank you, I will try that.", "I had not seen it like that.", NULL};
const char *const words_reflected[] = {"I went by the file too fast.", "I ask first now, and write after.",
                                       "It helped that we both saw the screen.", NULL};
const char *const words_lesson[] = {"Ask what a week is really like.", "A sofa is not a home: ask twice.",
                                    "Writing down both views took the heat out.", NULL};
const char *const words_handed_over[] = {"I go to another team.", "They asked for somebody else.",
                                         "I am away until spring.", NULL};
const char *const words_closing[] = {"kingfisher", "teapot", "marmalade", "window", "blue", NULL};
