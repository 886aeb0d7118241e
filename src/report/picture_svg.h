/* Pictures as SVG, for pages and paper: the same that review/picture draws with plain characters. */
#ifndef REPORT_PICTURE_SVG_H
#define REPORT_PICTURE_SVG_H

#include "base/markup.h"
#include "review/picture.h"

/* How wide a picture is in its own units, which are pixels where nobody says otherwise. */
enum { PICTURE_SVG_WIDTH = 640 };

/* Write one <svg> element at this place: complete in itself, without a script, a font or anything from
 * elsewhere, in black, white and grey. It has a title, and all that it shows in words, for screen readers.
 * `id` has to be another one for each picture of a page: letters, digits and hyphens. Where there is no
 * picture the element says why. */
void picture_svg(struct markup *m, const struct picture *picture, const char *id);

#endif
