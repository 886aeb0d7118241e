/* The screen's program: a stack of views over one session, a terminal to show them on, and who has the
 * keyboard.
 *
 * A view draws itself on a canvas and handles keys and requests; it never paints. The loop paints once, when
 * no more keys are waiting. A new view is one file with one struct view_class. */
#ifndef SCREEN_APP_H
#define SCREEN_APP_H

#include "screen/canvas.h"
#include "screen/term.h"
#include "session/request.h"
#include "session/session.h"

#include <stdbool.h>
#include <stddef.h>

struct app;
struct view;

/* A part of the canvas. */
struct area {
    int row, column, rows, columns;
};

enum in_front { FRONT_NONE, FRONT_QUESTION, FRONT_ENTRIES };

struct view_class {
    /* Is it the view of what is in front: a question, or the list of a repeat? The one gives way to the other
     * as they go on. */
    enum in_front in_front;
    /* What stands in the line on top, left; the caller frees it. */
    char *(*title)(struct view *v);
    /* The requests in the footer, ending in REQUEST_NONE. Also what the footer's items do when clicked. */
    const enum request *footer;
    /* The footer's word for a request as things stand; NULL, or returning NULL: the table's. */
    const char *(*label)(struct view *v, enum request request);
    /* Draw into the area and put the cursor on the focused item. The area is all but the top line, the footer
     * and a row for notices above it; a view that shows app_notice() itself says so and has that row too. */
    void (*draw)(struct view *v, struct canvas *c, struct area area);
    bool shows_notice;
    /* A key before it is looked up in the table of requests: true where it was used. For text fields. NULL:
     * none. */
    bool (*key)(struct view *v, int key);
    /* Which requests its keys stand for. */
    enum request_where where;
    /* A request (`key` is what was pressed: the digit of REQUEST_PICK). True where the view did something
     * with it. */
    bool (*request)(struct view *v, enum request request, int key);
    /* A click inside the area. NULL: none. */
    void (*click)(struct view *v, int row, int column);
    /* The program ends (hang-up, end of input, a signal): keep what is half typed. NULL: nothing to keep. */
    void (*ending)(struct view *v);
    /* Free what the view holds, and the view. */
    void (*free)(struct view *v);
};

/* The beginning of every view. */
struct view {
    const struct view_class *class;
    struct app *app;
    struct view *below;
};

/* ---- the program ---- */

/* `session` may be NULL (the home screen); it is borrowed, and so is the terminal. */
struct app *app_new(struct session *session, struct term *term);
void app_free(struct app *app);
/* One without a session over a folder of records, NULL for the usual one: its lock is that folder's. */
struct app *app_new_over(const char *folder, struct term *term);

/* What a program without a session is told of. Each may be NULL. */
struct app_hooks {
    void (*changed)(struct app *app); /* there is something to read where term_watch() was told to look */
    void (*locks)(struct app *app);   /* it is about to lock: the keys are wiped next */
    void (*opens)(struct app *app);   /* it was opened again */
    char *(*status)(struct app *app); /* what stands on top, right; the caller frees it */
};
/* `context` is what they, and the views, find with app_context(). Both stay the caller's. */
void app_serve(struct app *app, const struct app_hooks *hooks, void *context);
void *app_context(const struct app *app);
char *app_status(struct app *app);
struct term *app_term(const struct app *app);
/* Show and handle keys until the last view is gone. Exit status: 0, or 2 where something is not on the disk.
 */
int app_run(struct app *app);
/* One step of it, for tests: paint if nothing is waiting, take one key; false when the program is over.
 * `wait`: -1. */
bool app_step(struct app *app, int wait);
/* Draw all of it on its canvas, as would be shown. */
const struct canvas *app_draw(struct app *app);
/* As it was drawn last: the size there is. */
const struct canvas *app_canvas(const struct app *app);

/* The views that a session begins with (who is here, then the question to go on from), and what is written
 * down when the people leave: screen.c, and the tests. */
struct app *screen_begin(struct session *s, struct term *term);
void screen_end(struct app *app);
/* All views anew, at the question of that path if it is there: the form in the session is another one now. */
void screen_begin_again(struct app *app, const char *path);

/* Is it locked, so that nothing is shown and nothing can be written? And what is wrong with the settings of
 * the caseload; NULL. */
bool app_is_locked(const struct app *app);
const char *app_settings_trouble(const struct app *app);

/* ---- for views ---- */

/* Put a view on top; it belongs to the app. Take the topmost off (and free it). */
void app_push(struct app *app, struct view *v);
void app_pop(struct app *app);
/* Take all off, and be at that question; -1: where it begins. */
void app_clear(struct app *app, int question);
const struct view *app_top(const struct app *app);
/* End the program. */
void app_leave(struct app *app);

struct session *app_session(const struct app *app);
const struct assessment *app_assessment(const struct app *app);
const struct form *app_form(const struct app *app);

/* Who has the keyboard, and passing it on. */
enum who app_keyboard(const struct app *app);
void app_give_keyboard(struct app *app, enum who party);
/* The same, by the program itself: because it is their turn. And: was that so, with nothing done since? */
void app_hand_over(struct app *app, enum who party);
bool app_was_handed_over(const struct app *app);
/* The language a party reads. */
int app_language(const struct app *app, enum who party);
void app_next_language(struct app *app, enum who party);
/* Who sits on this side: 0 left, 1 right; and the side of a party. */
enum who app_party_at(const struct app *app, int side);
int app_side_of(const struct app *app, enum who party);
const char *app_name(const struct app *app, enum who party);

/* The question in front, and going to another. */
int app_question(const struct app *app);
void app_go(struct app *app, int question);
/* The same, leaving whatever view stands over the question in front. */
void app_return(struct app *app, int question);
/* The one that was in front before it; -1. */
int app_came_from(const struct app *app);
/* An entry is written about the question in front: its number, for as long as they stay in it; else 0. */
void app_begin_card(struct app *app, int entry);
int app_card(const struct app *app);

/* Say something until the next key; cleared by it. */
void app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Say a cause and free it. Returns false. */
bool app_say_cause(struct app *app, char *cause);
/* Where nothing can be written, say so and why; true then. */
bool app_only_reads(struct app *app);
/* What is to be said, or NULL. Trouble with the disk comes before everything else, and stays. */
const char *app_notice(const struct app *app);

/* A party's style: the same weight for both. */
enum style app_style(const struct app *app, enum who party);

/* ---- drawing that more than one view needs ---- */

/* Draw the view below a box that stands at the foot of the screen from row `top` on. app_covered(): how many
 * rows of its area are hidden by that, for the view that is drawn below it; 0: none. */
void app_draw_below(struct app *app, struct view *below, struct canvas *c, struct area area, int top);
int app_covered(const struct app *app);

/* What is to be said, if anything is, whole; and how many rows that takes: one, most often. */
int notice_rows(const struct app *app, int columns);
void draw_notice(struct app *app, struct canvas *c, int row, int columns);
/* A line across. */
void draw_rule(struct canvas *c, int row, int column, int columns);
/* "[#####------]" */
void draw_bar(struct canvas *c, int row, int column, int columns, int part, int whole);

#endif
