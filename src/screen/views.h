/* The views, each in a file of its own, and how to make one. All take the app they are for; app_push() shows
 * them. */
#ifndef SCREEN_VIEWS_H
#define SCREEN_VIEWS_H

#include "screen/app.h"

/* view_answer.c: the question in front, each person's answer on their own side. */
struct view *view_answer_new(struct app *app);
/* view_entries.c: a repeat in front: the list of its entries. */
struct view *view_entries_new(struct app *app);
/* view_talk.c: talking a difference over, and what to write down. */
struct view *view_talk_new(struct app *app, const struct disagreement *d);
/* view_people.c: who is here, who sits where, the place. Opens a sitting. */
struct view *view_people_new(struct app *app);
/* view_sign.c: each signs by typing their name, or says that they will not. */
struct view *view_sign_new(struct app *app);

/* view_field.c: one text, asked for in a box at the foot of the screen: a note, a reason, a word to find.
 * `done` is called with the text when Enter is pressed (and the view is gone already); not at all on Esc,
 * which is asked for twice where words with a draft would go.
 * It returns true where the words are saved or not wanted, so that no draft of them is kept. `several`:
 * Ctrl-N begins a new line. `draft` names the place of the draft ("note:home"), NULL: not kept. */
struct view *view_field_new(struct app *app, const char *title, const char *text, bool several,
                            const char *draft, bool (*done)(struct app *app, const char *text, void *context),
                            void *context);
/* Call this where it is left with Esc, with the same context. */
void view_field_left(struct view *field, void (*left)(struct app *app, void *context));
/* What Enter does there, where nothing is saved: "Find". Esc goes back then. */
void view_field_call(struct view *field, const char *label);
/* What is typed there is not shown: neither may see the other's answer yet. */
void view_field_hide(struct view *field);
/* view_pick.c: a few choices in a box at the foot: skip with which code, how it is known. Nothing is
 * preselected. */
struct view *view_pick_new(struct app *app, const char *title, const char *const *words, size_t count,
                           void (*done)(struct app *app, size_t picked, void *context), void *context);
/* The cursor stands on this one from the start: what the program itself puts forward, never an answer. */
void view_pick_start(struct view *pick, size_t at);
/* Call this where none is picked (Esc), with the same context. */
void view_pick_left(struct view *pick, void (*left)(struct app *app, void *context));

/* Only the digits pick, and no highlight moves: neither may see the other's answer yet. */
void view_pick_hide(struct view *pick);
/* view_choose.c: some of a list, in a box at the foot; `ordered`: in the order in which they are marked.
 * `done` gets the numbers of those marked, from 0. Not called on Esc. Options are added one by one, then
 * those marked already. */
struct view *view_choose_new(struct app *app, const char *title, bool ordered,
                             void (*done)(struct app *app, const size_t *marked, size_t count, void *context),
                             void *context);
void view_choose_add(struct view *view, const char *words);
void view_choose_mark(struct view *view, size_t option);
/* view_sheet.c: a sheet to be filled in (session/sheet.h); it is the view's from then on. `done`, or NULL, is
 * called when the sheet was done (not when it was left), and the view is gone already. */
struct sheet;
struct view *view_sheet_new(struct app *app, struct sheet *sheet, void (*done)(struct app *app));

/* view_list.c: a list to read and search in (/ n N), whose rows may lead somewhere. The rows are made anew
 * for each drawing, for the width there is, so that they are always as things stand. */
struct list_row {
    char *text; /* the list's own */
    enum style style;
    int target; /* given to `open`; -1: nothing to open */
};
struct list {
    struct list_row *rows;
    size_t count, room;
    const char *wanted; /* a word that all rows are to have to do with; NULL: all rows are shown */
    void *held;         /* what view_list_holding_new() was given */
};
struct list_kind {
    const char *title;
    /* Fill in the rows for this many columns. `about` is what the view was made with. */
    void (*build)(struct app *app, struct list *list, int columns, int about);
    /* Enter on a row with a target. The view is gone already. NULL: rows lead nowhere. */
    void (*open)(struct app *app, int target);
    const char *enter; /* the footer's word for Enter, or NULL */
};
/* What some lists can do besides. */
struct list_more {
    /* Another request, with the target of the row at the cursor (-1: none), and what the view was made with.
     * True where it was one; the view may be gone then. And the footer's words for those; NULL: as in all lists. */
    bool (*request)(struct app *app, enum request request, int target, int about);
    const char *(*label)(struct app *app, enum request request);
};
void view_list_more(struct view *view, const struct list_more *more);
/* Its rows are others only where the record, the width or the keyboard is: they may be many. */
void view_list_steady(struct view *view);
bool view_is_list(const struct view *v, const struct list_kind *kind);
struct view *view_list_new(struct app *app, const struct list_kind *kind, int about);
/* One whose rows are made of something that is too dear to be made for each drawing: the view has it from
 * then on, and lets go of it with `release`. */
struct view *view_list_holding_new(struct app *app, const struct list_kind *kind, int about, void *held,
                                   void (*release)(void *held));
/* The cursor to the first row that leads to this target, if there is one. */
void view_list_go(struct view *view, int target);
/* The same for a kind that heeds list->wanted: finding a word leaves what has to do with it. */
struct view *view_list_filtered_new(struct app *app, const struct list_kind *kind, int about);
void list_add(struct list *list, enum style style, int target, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Wrapped to the columns, lines after the first indented. */
void list_add_wrapped(struct list *list, enum style style, int target, int columns, int indent,
                      const char *text);

/* view_lists.c: what is shown in such lists. */
struct view *view_help_new(struct app *app);
struct view *view_guidance_new(struct app *app, int question);
/* view_services.c: who can help: what has to do with the question in front first. Where there is no list of
 * services, that is said, and how to begin one. */
void services_show(struct app *app);
/* view_kept.c: what is kept about a question, and in the whole record. */
struct view *view_kept_new(struct app *app, int question);
struct view *view_record_new(struct app *app);
/* view_rescue.c: where to save all of it when the disk has failed. `why`: why the place named before did not
 * do, or NULL. */
struct view *view_rescue_new(struct app *app, const char *why);
/* view_copy.c: a copy to take away: which kind, where to, and then its receipt code. */
void copy_ask(struct app *app);
/* view_faults.c: what is wrong with a form that is tried out (session/preview.h). faults_look(): look at its
 * file, go on with it where it is another and can be used, show what is wrong where not. `asked`: by a key,
 * not by itself. */
void faults_look(struct app *app, bool asked);
/* view_turns.c: all that was said and done about a difference, word for word. */
struct view *view_turns_new(struct app *app, const struct disagreement *d);
/* view_home.c: only under screen_home(), which knows what is in it. */
struct view *view_home_new(struct app *app);
/* view_differences.c, view_overview.c */
struct view *view_differences_new(struct app *app);
struct view *view_overview_new(struct app *app);
/* view_complete.c: what there is of this sitting. */
struct view *view_complete_new(struct app *app);
/* view_distance.c: how far they have come. view_cycle.c: all stages of the work. */
struct view *view_distance_new(struct app *app);
struct view *view_cycle_new(struct app *app);
/* view_timeline.c: all that has a day; more of it is written down there. */
struct view *view_timeline_new(struct app *app);
/* view_moment.c: all of one thing that happened, was passed on or is promised, and what each can do about it.
 */
struct view *view_moment_new(struct app *app, long seq);
/* view_promises.c: what each will do, in two columns. */
struct view *view_promises_new(struct app *app);
/* view_plan.c: what the form makes of the answers: as a view, and as rows of the overview. */
struct view *view_plan_new(struct app *app);
void plan_add_in_sight(struct app *app, struct list *list, int columns);
void plan_add_score(struct app *app, struct list *list, int columns, int section);
void plan_add_offers(struct app *app, struct list *list, int columns);

#endif
