/* Any sheet, row by row: what is read is told, what is asked is asked, of each where each is asked. Enter
 * alone leaves a row as it is, b leaves all of the rest out. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/complete.h"

#include <stdlib.h>
#include <string.h>

/* What they typed is kept; asked again where it was nothing that can be. */
enum asked { GONE, LEFT_OUT, SAID };

static void list_options(struct line *l, const struct sheet *sheet, size_t row, enum who who)
{
    const char *label;
    for (size_t i = 0; i < sheet_options(sheet, row); i++) {
        sheet_option(sheet, row, i, who, line_language(l, who), &label);
        prompt_item(&l->p, i + 1, label);
    }
}

/* "2 5 1" as options; NULL where it is not that. The caller frees it. */
static size_t *numbers_typed(const char *text, size_t most, size_t *count)
{
    size_t *numbers = xcalloc(strlen(text) + 1, sizeof *numbers);
    *count = 0;
    while (*(text += strspn(text, " ,;"))) {
        size_t digits = strspn(text, "0123456789");
        long number = digits && digits < 4 ? strtol(text, NULL, 10) : 0;
        bool again = false;
        for (size_t i = 0; i < *count; i++)
            again = again || numbers[i] == (size_t)number - 1;
        if (number < 1 || (size_t)number > most) {
            free(numbers);
            return NULL;
        }
        if (!again)
            numbers[(*count)++] = (size_t)number - 1;
        text += digits;
    }
    return numbers;
}

static json_t *read_value(struct line *l, const struct sheet *sheet, size_t row, const char *typed)
{
    char *cause = NULL;
    if (!sheet_options(sheet, row)) {
        json_t *value = sheet_typed(sheet, row, typed, &cause);
        line_done(l, value != NULL, &cause);
        return value;
    }
    enum topic_type type = sheet->rows[row].type;
    bool one = type == TOPIC_SCALE || type == TOPIC_ONE;
    size_t count, most = sheet_options(sheet, row);
    if (!one && strcmp(typed, "0") == 0)
        return json_array();
    size_t *numbers = numbers_typed(typed, most, &count);
    json_t *value =
        numbers && (one ? count == 1 : count > 0) ? sheet_picked(sheet, row, numbers, count) : NULL;
    free(numbers);
    if (!value)
        prompt_say(&l->p,
                   one ? "Type a number from 1 to %zu."
                       : "Type numbers from 1 to %zu, blanks between. 0 is none.",
                   most);
    return value;
}

static const json_t *noted(const struct sheet *sheet, size_t row, enum who who)
{
    return sheet->class->noted ? sheet->class->noted(sheet, row, who) : NULL;
}

static bool is_in(const json_t *value, const char *word)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (strcmp(json_string_value(json_array_get(value, i)), word) == 0)
            return true;
    }
    return false;
}

/* What more can be said about it, beside the value as it stands. */
static void ask_notes(struct line *l, struct sheet *sheet, size_t row, enum who who)
{
    const struct sheet_row *r = &sheet->rows[row];
    const json_t *before = noted(sheet, row, who), *value = sheet->class->given(sheet, row, who);
    json_t *notes = before ? json_deep_copy(before) : json_object();
    bool stop = false;
    for (const struct topic_word *n = r->notes; n && n->word && !stop; n++) {
        if (r->type == TOPIC_SEVERAL && !is_in(value, n->word))
            continue;
        char *question = r->type == TOPIC_SEVERAL
                             ? line_words("%s. More about that? Enter for none:", n->label)
                             : line_words("%s Enter to leave out:", n->label);
        char *text = line_ask(l, question, "In your own words.", &stop);
        if (text)
            json_object_set_new(notes, n->word, json_string(text));
        free(text);
        free(question);
    }
    char *cause = NULL;
    if (value && json_object_size(notes) > 0 && !(before && json_equal(before, notes)))
        line_done(l, sheet->class->set(sheet, row, who, json_deep_copy(value), json_incref(notes), &cause),
                  &cause);
    json_decref(notes);
}

static char *way_to_say(const struct sheet *sheet, size_t row)
{
    switch (sheet->rows[row].type) {
    case TOPIC_DAY:
        return xstrdup(" A day (30/11/2026, or +7 for a week from today)");
    case TOPIC_SEVERAL:
        return xstrdup(" Numbers, blanks between");
    case TOPIC_SECTIONS:
        return xstrdup(" Numbers, the first one first");
    case TOPIC_SCALE:
    case TOPIC_ONE:
        return xasprintf(" A number from 1 to %zu", sheet_options(sheet, row));
    default:
        return xstrdup("");
    }
}

static char *question_of(struct line *l, const struct sheet *sheet, size_t row, enum who who)
{
    if (sheet->rows[row].type == TOPIC_SEEN)
        return sheet->rows[row].whose == TOPIC_PRACTITIONERS
                   ? line_words("%s, Enter when you have read it:", line_name(l, who))
                   : xstrdup("Enter when you have both read it:");
    char *asks = sheet_asks(sheet, row, who, line_language(l, who)), *way = way_to_say(sheet, row);
    bool said = sheet->class->given(sheet, row, who) != NULL,
         ends = strchr("?.", asks[strlen(asks) - 1]) != NULL;
    char *question =
        line_words("%s%s%s%s%s%s:", asks, ends ? "" : ".", way,
                   sheet->rows[row].hidden ? " (nobody sees it as you type)" : "", *way ? ", " : " ",
                   said                      ? "Enter to keep it"
                   : sheet->rows[row].needed ? (*way ? "it is needed" : "It is needed")
                                             : "Enter to leave it out");
    free(asks);
    free(way);
    return question;
}

static enum asked ask(struct line *l, struct sheet *sheet, size_t row, enum who who)
{
    char *question = question_of(l, sheet, row, who);
    bool seen = sheet->rows[row].type == TOPIC_SEEN, stop = false, said = false;
    enum asked result = LEFT_OUT;
    while (!said && !stop) {
        l->p.hidden = sheet->rows[row].hidden;
        char *typed = line_ask(l, question, "Enter alone leaves it out.", &stop), *cause = NULL;
        l->p.hidden = false;
        json_t *value = stop ? NULL : seen ? json_true() : typed ? read_value(l, sheet, row, typed) : NULL;
        bool nothing = !stop && !typed && !seen;
        free(typed);
        if (nothing)
            break;
        said = value && line_done(l, sheet->class->set(sheet, row, who, value, NULL, &cause), &cause);
    }
    if (said && sheet->rows[row].notes)
        ask_notes(l, sheet, row, who);
    free(question);
    return stop || l->leaving || l->p.ended ? GONE : said ? SAID : result;
}

/* What both have said, where it could not be shown before. */
static void show_both(struct line *l, const struct sheet *sheet, size_t row)
{
    for (int i = 0; i < PARTIES; i++) {
        enum who left = assessment_left(line_state(l)), who = i ? who_other(left) : left;
        char *value = sheet->class->value(sheet, row, who, line_language(l, who));
        if (*value)
            prompt_say(&l->p, "%s: %s", line_name(l, who), value);
        free(value);
    }
}

static void show_lines(struct line *l, const char *text)
{
    char *all = xstrdup(text), *rest = all, *line;
    while ((line = strsep(&rest, "\n"))) {
        if (*line)
            prompt_say(&l->p, "%s", line);
    }
    free(all);
}

static bool ask_row(struct line *l, struct sheet *sheet, size_t row)
{
    const struct sheet_row *r = &sheet->rows[row];
    struct sheet *other = sheet->class->opens ? sheet->class->opens(sheet, row) : NULL;
    if (other) {
        char *asks = line_words("%s y for yes, Enter for no:", r->label);
        int yes = line_yes(l, asks);
        free(asks);
        if (yes > 0)
            line_sheet(l, other);
        else
            sheet_free(other);
        return yes >= 0;
    }
    if (r->text) {
        prompt_say(&l->p, "%s", r->label);
        show_lines(l, r->text);
    }
    list_options(l, sheet, row, SERVICE_USER);
    if (r->whose != TOPIC_EACH)
        return ask(l, sheet, row, r->whose == TOPIC_PRACTITIONERS ? PRACTITIONER : l->turn) != GONE;
    if (ask(l, sheet, row, SERVICE_USER) == GONE || ask(l, sheet, row, PRACTITIONER) == GONE)
        return false;
    if (r->hidden)
        show_both(l, sheet, row);
    return true;
}

/* All that is needed, and then their word for it. True where it was done. */
static bool finish(struct line *l, struct sheet *sheet)
{
    char *cause = NULL;
    if (!sheet->class->done)
        return true;
    size_t lacks;
    while ((lacks = sheet_lacks(sheet)) < sheet->count) {
        prompt_say(&l->p, "This comes first: %s", sheet->rows[lacks].label);
        if (!ask_row(l, sheet, lacks))
            return false;
    }
    if (sheet->closes) {
        struct complete c;
        complete_of(&c, l->s, line_language(l, l->turn));
        char *not_yet = complete_not_yet(&c);
        if (*not_yet)
            prompt_say(&l->p, "%s None of it has to be.", not_yet);
        free(not_yet);
        complete_release(&c);
    }
    char *question = line_words("%s? y for yes, Enter for no:", sheet->done_words);
    int yes = line_yes(l, question);
    free(question);
    return yes > 0 && line_done(l, sheet->class->done(sheet, l->turn, &cause), &cause);
}

bool line_sheet(struct line *l, struct sheet *sheet)
{
    bool on = true;
    prompt_gap(&l->p);
    prompt_say(&l->p, "%s. Enter alone leaves one out; b leaves all the rest out.", sheet->title);
    if (sheet->above)
        show_lines(l, sheet->above);
    for (size_t row = 0; row < sheet->count && on; row++)
        on = ask_row(l, sheet, row);
    bool done = on && finish(l, sheet);
    if (!done && sheet->left_words && !l->p.ended)
        prompt_say(&l->p, "%s", sheet->left_words);
    sheet_free(sheet);
    return done;
}
