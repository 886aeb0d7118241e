/* What stands around every view: the line on top and the footer. */
#ifndef SCREEN_AROUND_H
#define SCREEN_AROUND_H

#include "screen/app.h"

enum { MOST_FOOTER = 16 };

/* The footer as it was drawn: where each request stands. */
struct footer {
    struct footer_item {
        int column, columns;
        enum request request;
    } items[MOST_FOOTER];
    size_t count;
};

/* Draw both for the view on top. */
void around_draw(struct app *app, struct view *top, struct canvas *c, struct footer *footer);
/* The request that stands at this column of the footer; REQUEST_NONE. */
enum request footer_at(const struct footer *footer, int column);

#endif
