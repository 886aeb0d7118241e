/* Lists of words: the help (from the one table of requests), and what a question means. */
#include "screen/views.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- help ---- */

static void build_help(struct app *app, struct list *list, int columns, int about)
{
    static const char *const how[] = {
        "Each of you has your own side and answers for yourself. Neither can change what the other says.",
        "Where you see a thing differently, you can talk about it. Nobody is wrong. Both answers are kept.",
        "Every answer is saved as soon as you press Enter. You can stop at any moment.",
        "In a text, Enter saves, and Ctrl-N begins a new line. After Esc the letters are keys.",
    };
    static const char *const over[] = {
        "Each row is one thing that two people see differently. Nobody is wrong. Both views stand there.",
        "One column is marked with >. Left and right mark another one. Sort and group go by it.",
        "The figures at the side are of the rows in view. Enter on a figure opens the rows behind it.",
        "What you write here goes into the record. Both people can read it. It changes no answer.",
    };
    const char *const *words = about == WHERE_REVIEW ? over : how;
    (void)app;
    list_add(list, STYLE_STRONG, -1, "How it works");
    for (size_t i = 0; i < sizeof how / sizeof *how; i++)
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 2, words[i]);
    list_add(list, STYLE_PLAIN, -1, "%s", "");
    list_add(list, STYLE_STRONG, -1, "Keys");
    for (int r = REQUEST_NONE + 1; r < REQUESTS; r++) {
        const struct request_info *info = &request_table[r];
        enum request_where where = request_where((enum request)r);
        if (!*info->keys || (where != (enum request_where)about && where != WHERE_ANYWHERE))
            continue;
        /* By its name in the footer too, so that it can be searched for. */
        bool named = *info->label && !utf8_contains(info->help, info->label);
        char *line =
            xasprintf("%-15s %s%s%s", info->keys, named ? info->label : "", named ? ". " : "", info->help);
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 16, line);
        free(line);
    }
}

static const struct list_kind help_kind = {"Help", build_help, NULL, NULL};

struct view *view_help_new(struct app *app)
{
    enum request_where where = app_context(app) ? WHERE_REVIEW : WHERE_RECORD;
    return view_list_new(app, &help_kind, (int)where);
}

/* ---- what a question means ---- */

static void build_guidance(struct app *app, struct list *list, int columns, int about)
{
    enum who reader = app_keyboard(app);
    int language = app_language(app, reader);
    list_add_wrapped(list, STYLE_STRONG, -1, columns, 0,
                     words_question(app_assessment(app), about, reader, language));
    const struct question *q = assessment_question(app_assessment(app), about);
    const char *texts[] = {assessment_text(app_assessment(app), about, q->hint, reader, language),
                           assessment_text(app_assessment(app), about, q->guidance, reader, language)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!*texts[i])
            continue;
        list_add(list, STYLE_PLAIN, -1, "%s", "");
        list_add_wrapped(list, STYLE_PLAIN, -1, columns, 0, texts[i]);
    }
}

static const struct list_kind guidance_kind = {"What this question means", build_guidance, NULL, NULL};

struct view *view_guidance_new(struct app *app, int question)
{
    return view_list_new(app, &guidance_kind, question);
}
