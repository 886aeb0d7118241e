/* The whole program on a terminal in this process: a record in a folder of its own, keys typed, the screen
 * looked at. The clock stands still, at 14:02. */
#ifndef TESTS_SCREEN_STAGE_H
#define TESTS_SCREEN_STAGE_H

#include "screen/app.h"
#include "screen/review.h"
#include "screen/terminal.h"

struct stage {
    struct terminal *terminal;
    struct session *session;
    struct app *app;
    const char *type;
    int rows, columns;
    struct preview *preview;       /* or NULL; then the session is its */
    bool over;                     /* the program has ended */
    struct collection *collection; /* of the browser; or NULL */
};

/* A new record with a form of tests/screen/forms, tests/ or forms/ ("all.yaml", "whole-life.yaml"), and on
 * 80x24 the first screen, which asks who is here. What an earlier stage left goes. */
struct stage *stage_new(const char *form, const char *type);
/* The same, past that first screen: Rae sits left, Sam right and has the keyboard. */
struct stage *stage_seated(const char *form);
/* The same with a form and the events of a file in forms/. */
struct stage *stage_demo(const char *form, const char *events);
/* The same as stage_seated(), after an earlier assessment of the form `before` with these events (JSON, one a
 * line). */
struct stage *stage_following(const char *form, const char *before, const char *events);
/* A preview of a form with this text, past the first screen; its file saved anew; and a step that is no key:
 * the program sees that by itself. */
struct stage *stage_preview(const char *text);
void stage_save_form(const char *text);
void stage_wait(struct stage *s);
/* A list of services beside the record: before it is looked at, and gone with the stage. */
void stage_save_services(const char *text);
/* The supervisor's browser over a collection, which is the stage's from then on: no record is open in it. The
 * record of the stage before is closed, and still there. */
struct stage *stage_review(struct collection *collection, const struct review_reading *reading,
                           const struct review_start *start, const char *type);
/* Where the record of a stage lies, and its folder. */
const char *stage_record(void);
const char *stage_folder(void);
void stage_free(struct stage *s);
/* The next stages are in a sealed caseload, with this passphrase (NULL: not). And its settings. */
void stage_sealed_under(const char *passphrase);
void stage_save_settings(const char *text);

/* Type keys (see terminal_type_keys), each taken by the program before the next one. */
void stage_keys(struct stage *s, const char *keys);
/* Type words as they stand, blanks too. */
void stage_type(struct stage *s, const char *words);
void stage_click(struct stage *s, int row, int column);
void stage_resize(struct stage *s, int rows, int columns);
/* The line breaks: the program sees the end of its input. */
/* Time goes by, or the computer sleeps, and then comes a step that is no key. The clock stands still between.
 */
void stage_pass(struct stage *s, int seconds);
void stage_sleep(struct stage *s, int seconds);
void stage_hang_up(struct stage *s);
/* End the program if it still runs, close the record, and begin again with it as in a new process. */
void stage_again(struct stage *s, enum record_mode mode);

/* Go to a question by its name or path; do what one of them asks for, as a JSON object. */
void stage_go(struct stage *s, const char *question);
void stage_do(struct stage *s, const char *intent);
int stage_question(const struct stage *s, const char *name);
const struct answer *stage_answer(const struct stage *s, const char *question, enum who who);

/* What is on the screen now, painted through the terminal; the caller frees it. */
char *stage_screen(struct stage *s);
/* The same with attributes and the cursor (terminal_picture). */
char *stage_picture(struct stage *s);
bool stage_shows(struct stage *s, const char *text);
struct stage_size {
    int rows, columns;
};
/* Is it as in the golden file? At each of these sizes: NAME-80x24 and so on. */
void stage_check(struct stage *s, const char *golden);
void stage_check_sizes(struct stage *s, const char *golden, const struct stage_size *sizes, size_t count);

#endif
