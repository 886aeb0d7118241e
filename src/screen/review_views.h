/* The views of the browser, and what they share. */
#ifndef SCREEN_REVIEW_VIEWS_H
#define SCREEN_REVIEW_VIEWS_H

#include "review/figures.h"
#include "review/listing.h"
#include "screen/review.h"
#include "screen/views.h"

/* ---- review.c: the program ---- */

struct browser {
    struct collection *collection;
    const struct review_reading *reading; /* NULL: all has been read */
    bool reads, stopped;                  /* it is still going on; somebody stopped it */
    size_t shown;                         /* how many records there were when they were last looked at */
    size_t looks;                         /* how often: a view that saw fewer looks anew when it is drawn */
    size_t changes;                       /* collection_changes() then */
    char *supervisor;                     /* their name, once they have said it */
    struct acting *acting;                /* what they are doing (review_act.c); NULL */
};
struct browser *browser_of(const struct app *app);
/* The collection was changed: all views look anew. */
void browser_changed(struct app *app);
/* Stop reading for good. False where nothing is being read. */
bool browser_stop(struct app *app);
/* "10,240". The caller frees it. */
char *browser_number(size_t number);

/* ---- view_review.c: rows ---- */

/* The rows of a table; NULL and a cause where filter, order, group or columns are not to be had. */
struct view *view_review_new(struct app *app, const struct table *table, const char *filter,
                             const char *order, const char *grouped, const char *columns, char **cause);
/* The listing of the view of rows on top, or next below; NULL. */
struct listing *view_review_listing(struct app *app);
/* The rows of another table in its place. */
void view_review_table(struct app *app, const struct table *table);
/* Rows over what is in view: Esc goes back to it. */
void view_review_open(struct app *app, const struct table *table, const char *filter);
/* The filter is another now; Esc goes back to the one before. False and a cause. */
bool view_review_filter(struct app *app, const char *text, char **cause);

/* The cursor of the rows below to the next row, or the one before: which one that is. False at an end. */
bool view_review_step(struct app *app, bool backward, const struct table **table, struct row *row);

/* ---- review_layout.c: how they look ---- */

enum { MOST_SHOWN = 64, MOST_LINES = 200 };

/* A line beside the rows. */
struct pane_line {
    char *label, *value; /* either can be "" */
    enum style style;
    int64_t part, of; /* a bar; of 0: none */
};

/* The view of rows: what is in view, where the cursor is, and how that was drawn last. */
struct rows_view {
    struct view view;
    struct listing *listing;
    char **before; /* the filters that Esc goes back to, the last one last */
    size_t before_count, before_room;
    size_t looks; /* browser.looks, when its rows were listed */
    size_t cursor, top;
    bool used;              /* a key was pressed: before that the cursor is at the top, whatever comes in */
    size_t column;          /* the marked one, of those shown */
    size_t first;           /* the first of them in sight */
    int widths[MOST_SHOWN]; /* of those shown; of others 0 */
    int room;               /* the columns of the screen that they were worked out for */
    char *looked_for;

    struct pane_line *pane;
    size_t pane_count, pane_room, pane_looks;
    char *pane_filter; /* that it is of; NULL: none was made yet */
    int pane_rows;

    int head;                  /* the row of the screen with the columns' titles */
    long line_row[MOST_LINES]; /* below it: the row of the listing; -1: none */
    int lines;                 /* how many there is room for */
    int at[MOST_SHOWN];        /* where each column stands; -1: not in sight */
};

void review_layout_draw(struct rows_view *v, struct canvas *c, struct area area);
/* Widths are worked out anew: other columns, other rows. */
void review_layout_forget(struct rows_view *v);
void review_layout_release(struct rows_view *v);

/* ---- view_lines.c: lines to read, some of which lead somewhere ---- */

struct lines_kind {
    const char *title;
    /* Fill them in for this many columns: when the width or the collection is another, and not before. */
    void (*build)(struct app *app, struct list *list, int columns);
    /* Enter; the view stays below. NULL: nothing leads anywhere. */
    void (*open)(struct app *app, struct list *list, int target);
    /* Another request, with the target at the cursor or -1; true where it was one. NULL: none. */
    bool (*request)(struct app *app, struct list *list, enum request request, int target);
    enum lines_footer { FOOTER_LINES, FOOTER_FIGURES, FOOTER_ACTS } footer;
    const char *enter;           /* the footer's word for Enter */
    void (*release)(void *held); /* of list->held; NULL */
};
struct view *view_lines_new(struct app *app, const struct lines_kind *kind, void *held);
/* The cursor to the first line with this target. */
void view_lines_go(struct view *view, int target);

/* ---- the others ---- */

/* view_detail.c: a row, whole. */
struct view *view_detail_new(struct app *app, const struct table *table, struct row row);
/* review_act.c: what a supervisor does about a row. True where it is such a request. act_forget(): what was
 * being asked for is not done. */
void act_forget(struct browser *b);
bool act_request(struct app *app, enum request request, const struct table *table, struct row row);
/* review_save.c: the rows in view as a file. */
void save_ask(struct app *app);

/* view_filter.c: typing a filter, with what can follow. */
struct view *view_filter_new(struct app *app, const struct table *table, const char *text);
/* view_figures.c: what comes of the rows in view; questions; one figure's definition. */
struct view *view_figures_new(struct app *app, const struct table *table, const char *filter);
struct view *view_flags_new(struct app *app, const struct table *table, const char *filter);
/* view_pictures.c: pictures of what is in view; and, for a list, any picture, and where the two stood and
 * stand in disagreement `number`, where that has a scale. */
struct picture;
struct view *view_pictures_new(struct app *app, const struct table *table, const char *filter);
void picture_add(struct app *app, struct list *list, int columns, const struct picture *picture);
void picture_ladder(struct app *app, struct list *list, int columns, const struct source *source,
                    uint32_t number);
/* view_tables.c: the tables there are. */
struct view *view_tables_new(struct app *app);

#endif
