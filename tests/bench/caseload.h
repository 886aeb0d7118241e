/* A made-up caseload, the same for the same seed: what its parts share.
 *
 * A life is one person's: their records one after the other, each made by sessions in memory whose clock is
 * stopped and moved on, so that every rule of the program holds in them, and then written out as they are.
 * Nothing comes from this computer's clock, its time zone or chance. */
#ifndef BENCH_CASELOAD_H
#define BENCH_CASELOAD_H

#include "session/session.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* ---- chance: splitmix64 (Steele, Lea and Flood 2014, doi 10.1145/2660193.2660195) ---- */

struct chance {
    uint64_t state;
};

/* Begin a row of numbers of its own for each seed and number. */
struct chance chance_of(uint64_t seed, uint64_t number);
uint64_t chance_next(struct chance *chance);
/* From 0 to below `n`, which is not 0. */
int chance_below(struct chance *chance, int n);
/* From `least` to `most`. */
int chance_from(struct chance *chance, int least, int most);
/* True so many times in a hundred. */
bool chance_percent(struct chance *chance, int percent);
/* One of some words, NULL at the end. */
const char *chance_word(struct chance *chance, const char *const *words);
/* One of as many as there are weights, 0 at the end. */
int chance_weighed(struct chance *chance, const int *weights);

/* ---- words: lists, NULL at the end ---- */

extern const char *const words_practitioners[], *const words_people[], *const words_pronouns[];
extern const char *const words_places[];
extern const char *const words_answer[], *const words_other[]; /* answers in words; “other: …” */
extern const char *const *const words_because[PARTIES];        /* why they answered as they did */
extern const char *const *const words_why[PARTIES], *const *const words_mind[PARTIES];
extern const char *const words_back[], *const words_reframed[];
extern const char *const words_missing[], *const words_moved[], *const words_raised[], *const words_settled[];
extern const char *const words_find_out[], *const words_from[], *const words_found[];
extern const char *const words_asking[], *const words_asked[], *const words_supervisors[];
extern const char *const words_comment[], *const words_coaching[], *const words_read[];
extern const char *const words_reflected[], *const words_lesson[], *const words_handed_over[];
extern const char *const *const words_promise[PARTIES];
extern const char *const words_came[], *const words_note[];
extern const char *const words_best[], *const words_setting[], *const words_statement[];
extern const char *const words_event[], *const words_lapse[], *const words_held[], *const words_next[];
extern const char *const words_reached[], *const words_late[], *const words_services[], *const words_for[];
extern const char *const words_left[], *const words_returned[], *const words_refused[], *const words_step[];
extern const char *const words_offer[], *const words_began[], *const words_deciders[], *const words_closing[];

/* ---- a life ---- */

/* How a practitioner works, by their number. */
struct worker {
    const char *name;
    int differs;      /* of a hundred questions that both answer, about how many */
    bool they_move;   /* whoever they talk with always moves */
    bool hurried;     /* their talks are over in less than a minute */
    enum who usually; /* who answers first, mostly */
};
enum { WORKERS = 40 };
struct worker worker_numbered(int number);

enum { MOST_PROMISES = 32 };

struct life {
    struct chance chance;
    struct worker worker;
    const char *person, *pronouns;
    char ref[16];
    int level;         /* how they are: 100 to 500 */
    enum who left;     /* who sits there */
    time_t now;        /* seconds; moved on by act() */
    struct session *s; /* the record that is being made */
    bool agreed;       /* in it all is agreed at once */
    bool silent;       /* in it the person says nothing in words of their own */
    long promises[MOST_PROMISES];
    int promise_count;
};

/* What is known while it is made: the assessment as it is now. */
const struct assessment *life_now(const struct life *life);
/* Who is called `who` in an intent. */
json_t *intent_by(enum who who, const char *event);
void intent_text(json_t *intent, const char *key, const char *text);
void intent_integer(json_t *intent, const char *key, long number);
/* Do it so many seconds later. What is refused ends the program with the reason: what is made up here is to
 * be right. */
void life_act(struct life *life, int seconds, json_t *intent);
/* A day so many days from now, "YYYY-MM-DD". */
const char *life_day(const struct life *life, int days, char text[16]);
/* Has the person, or the practitioner, words of their own in this record? */
bool life_speaks(const struct life *life, enum who who);
/* Either of them, who has words. */
enum who life_speaker(struct life *life);
enum who life_either(struct life *life);
/* How long an act takes, in seconds: a little more each time, or a moment in a hurry. */
int life_pace(struct life *life, int least, int most);

/* caseload-answers.c: go through these sections of the form and answer. */
void life_answer(struct life *life, int first_section, int end_section);
/* Some answers given before are others now. */
void life_answer_again(struct life *life, int most);
/* A value that `who` may answer with, or NULL; `unlike`: that differs from it, or NULL. */
json_t *life_value(struct life *life, int item, enum who who, const json_t *unlike);
/* Answer it, with a reason now and then. Takes the value over. */
void life_answers(struct life *life, int item, enum who who, json_t *value, const char *because);

/* caseload-talks.c: talk over what is open; some of it; the newest there is. */
void life_talk(struct life *life);
void life_talk_now(struct life *life);
/* What was parked or referred comes back, some of it; something is raised by hand. */
void life_talk_comes_back(struct life *life);
void life_raise(struct life *life);

/* caseload-sittings.c: sittings, and what happens between them. */
void life_sitting(struct life *life, int first_section, int end_section, bool last);
void life_between(struct life *life, bool may_hand_over);
void life_begins(struct life *life);
void life_leaves(struct life *life);
void life_sign(struct life *life);

/* caseload-supervision.c: a supervisor answers, comments, hands over between two sittings; what they wrote is
 * read; at the end it is countersigned, and somebody says what can be learned. */
void life_supervision(struct life *life, bool may_hand_over);
void life_reads_comments(struct life *life);
void life_looks_back(struct life *life);

/* caseload-life.c: all the records of person `number`, at most `most` of them. `keep` is called with each
 * when it is done. */
struct life_plan {
    uint64_t seed;
    int number, records;
    void (*keep)(void *context, const struct record *record, int which);
    void *context;
};
/* How many records a person has. */
int life_records(uint64_t seed, int number);
void life_make(const struct life_plan *plan);
void life_forms_release(void);

/* caseload-files.c */
/* Write a record's lines as they are to a new file in the folder; how many bytes. Ends the program where that
 * fails. */
size_t file_keep(const char *folder, const struct record *record);
/* Break the file of that record in one of the known ways, which is told. */
enum { BREAKS = 5 };
const char *file_break(const char *folder, const struct record *record, int way, struct chance *chance);

/* Say what went wrong and end the program. */
void give_up(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

#endif
