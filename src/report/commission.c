/* The commissioner's report put together: the table of its parts, what may be asked for, and items.
 *
 * A figure is in just one part, by the lists below; what is in none of them is not for this report. Nothing
 * is ever worked out from two figures. */
#include "report/commission_make.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/vocab.h"
#include "review/filter.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- items ---- */

struct commission_item *commission_item_add(struct commission_part *part, enum commission_kind kind)
{
    GROW(part->items, part->count, part->room);
    struct commission_item *item = &part->items[part->count++];
    *item = (struct commission_item){.kind = kind, .name = ""};
    return item;
}

struct commission_item *commission_says(struct commission_part *part, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct commission_item *item = commission_item_add(part, COMMISSION_SAYS);
    item->text = xvasprintf(format, args);
    va_end(args);
    return item;
}

void commission_term(struct commission_part *part, const char *title, const char *text)
{
    struct commission_item *item = commission_item_add(part, COMMISSION_TERM);
    item->title = xstrdup(title);
    item->text = xstrdup(text);
}

/* Which of the filter's terms say nothing of the rows that a figure counts? Then it says so. */
static bool is_narrowed(const struct making *making, const struct figure_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        size_t left = 0;
        if (lines->lines[i].table)
            filter_free(filter_parse_for(lines->lines[i].table, making->commission->filter, &left, NULL));
        if (left)
            return false;
    }
    return true;
}

struct commission_item *commission_figure(struct making *making, struct commission_part *part,
                                          const struct figure_kind *kind)
{
    struct figure_lines lines = {0};
    kind->work(&making->scope, &lines);
    if (!lines.count)
        return NULL;
    struct commission_item *item = commission_item_add(part, COMMISSION_FIGURE);
    item->name = kind->name;
    item->title = xstrdup(kind->title);
    item->text = is_narrowed(making, &lines)
                     ? xstrdup(kind->says)
                     : xasprintf("%s The filter says nothing of all that is counted here: that is not "
                                 "narrowed by it.",
                                 kind->says);
    item->formula = xstrdup(*kind->formula ? kind->formula : "a count");
    item->source = xstrdup(kind->source);
    commission_rows(item, &lines);
    figure_lines_release(&lines);
    return item;
}

static void item_release(struct commission_item *item)
{
    commission_rows_release(item);
    for (int party = 0; party < PARTIES; party++) {
        free(item->answer[party]);
        free(item->words[party]);
    }
    for (size_t i = 0; i < sizeof item->held / sizeof *item->held; i++)
        free(item->held[i]);
    free(item->curve.steps);
    free(item->title);
    free(item->text);
    free(item->formula);
    free(item->source);
}

/* ---- months ---- */

static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

static char *month_in_words(int year, int month)
{
    return xasprintf("%s %d", months[month - 1], year);
}

char *commission_month(int64_t seconds)
{
    enum { DAY = 24 * 60 * 60 };
    int year, month, day;
    date_to_civil((int)(seconds / DAY), &year, &month, &day);
    return month_in_words(year, month);
}

/* "2026-03" out of what was typed: a day, a month, a year. NULL and a cause. "" for nothing. */
static char *month_typed(const char *what, const char *typed, const char *month_of_year, char **cause)
{
    char whole[DATE_TEXT] = "";
    int day;
    size_t length = typed ? strlen(typed) : 0;
    if (length == 0)
        return xstrdup("");
    if (length == 4)
        snprintf(whole, sizeof whole, "%s-%s-01", typed, month_of_year);
    else if (length == 7)
        snprintf(whole, sizeof whole, "%s-01", typed);
    else if (length == 10)
        snprintf(whole, sizeof whole, "%s", typed);
    if (!date_parse(whole, &day)) {
        cause_set(cause, "“%s” is no day for %s: write it as 2026, 2026-03 or 2026-03-31.", typed, what);
        return NULL;
    }
    whole[strlen("2026-03")] = '\0';
    return xstrdup(whole);
}

static char *month_told(const char *month)
{
    return month_in_words((int)strtol(month, NULL, 10), (int)strtol(month + strlen("2026-"), NULL, 10));
}

/* ---- what may be asked for ---- */

/* A column by which nobody can be picked out by name, and no day. */
static bool may_filter(const char *name, size_t length, char **cause)
{
    static const char *const plain[] = {"part", "question", "label", "form", NULL};
    char *column_name = xstrndup(name, length);
    bool known = false, may = true,
         day = filter_same(column_name, "since") || filter_same(column_name, "until");
    for (size_t i = 0; table_list[i]; i++) {
        int found = table_column(table_list[i], column_name);
        const struct column *column = found >= 0 ? &table_list[i]->columns[found] : NULL;
        known |= column != NULL;
        day |= column && column->type == COLUMN_DAY;
        may &= !column || column->type != COLUMN_TEXT || vocab_find(plain, column->name) >= 0;
    }
    free(column_name);
    if (day)
        return cause_set(cause,
                         "The filter cannot hold a day: say the time with --since and --until, in whole "
                         "months.");
    /* What no table knows is refused where the filter is read. */
    return (may || !known) ||
           cause_set(cause,
                     "The filter cannot hold “%.*s”: this report is for people outside, and is never about "
                     "one person or one case. It takes part, question, label, form, and what is a number, "
                     "a word of a list, or yes or no.",
                     (int)length, name);
}

/* Each term by itself, read as a filter reads it. */
static bool check_filter(const char *filter, char **cause)
{
    size_t left;
    struct filter *read = filter_parse_for(table_list[0], filter, &left, cause);
    if (!read)
        return false;
    filter_free(read);
    for (const char *at = filter ? filter : ""; *(at += strspn(at, " \t\n"));) {
        size_t length = strcspn(at, " \t\n\"=!<>~");
        if (!length || !at[length] || !strchr("=!<>~", at[length]))
            return cause_set(cause,
                             "The filter cannot hold words alone, which could be somebody's name: say what "
                             "they are, as in part=home.");
        if (!may_filter(at, length, cause))
            return false;
        /* On to the blank that ends the term; blanks within quotes do not. */
        for (bool quoted = false; *at && (quoted || !strchr(" \t\n", *at)); at++)
            quoted ^= *at == '"';
    }
    return true;
}

bool commission_may(const struct commission_wish *wish, char **cause)
{
    char *since = month_typed("--since", wish->since, "01", cause),
         *until = since ? month_typed("--until", wish->until, "12", cause) : NULL;
    bool may = since && until;
    if (may && *since && *until && strcmp(since, until) > 0)
        may = cause_set(cause, "The time ends before it begins: --since %s, --until %s.", since, until);
    free(since);
    free(until);
    if (!may || !check_filter(wish->filter, cause))
        return false;
    const char *names[16];
    size_t n = 0;
    for (; commission_parts[n].name; n++)
        names[n] = commission_parts[n].name;
    names[n] = NULL;
    return !wish->part || vocab_find(names, wish->part) >= 0 ||
           vocab_refuse("part", wish->part, names, cause);
}

/* ---- the parts ---- */

/* Is one that is not counted a copy of one that is? */
static bool lies_elsewhere(const struct collection *collection, const struct source *source)
{
    const char *id = digest_text_of(source->digest, source->digest->id);
    for (size_t i = 0; !source->facts && *id && i < collection_count(collection); i++) {
        const struct source *other = collection_at(collection, i);
        if (other->facts && strcmp(id, digest_text_of(other->digest, other->digest->id)) == 0)
            return true;
    }
    return false;
}

static void says_records(struct making *making, struct commission_part *part)
{
    const struct collection *collection = making->scope.collection;
    size_t twice = 0, broken = collection_broken(collection);
    for (size_t i = 0; i < collection_count(collection); i++)
        twice += lies_elsewhere(collection, collection_at(collection, i));
    if (making->people < COMMISSION_FEWEST)
        commission_says(part, "It is over fewer than %d people, %s.", COMMISSION_FEWEST,
                        making->commission->period);
    else
        commission_says(part, "It is over %zu people, %s. All times in it are whole months.", making->people,
                        making->commission->period);
    if (*making->commission->filter)
        commission_says(part, "Only what fits this filter is in it: %s", making->commission->filter);
    if (broken > twice)
        commission_says(
            part,
            "Records that could not be read, and are not in it: %zu. A record of which one line cannot "
            "be relied on is left out whole. “alongside review --table broken” says which they are, "
            "and why.",
            broken - twice);
    else
        commission_says(part, "Every record could be read: none is left out.");
    if (twice)
        commission_says(part, "Copies of records that are in it already, and are counted once: %zu.", twice);
}

static void work_about(struct making *making, struct commission_part *part)
{
    commission_says(
        part, "Two people sat down together: a practitioner, and a person whose life it is about. Each "
              "gave their own answers to the same questions. Where they saw something differently, they "
              "talked it over, and wrote down how it ended.");
    commission_says(part,
                    "This report is made only of what was written down in that work. Nobody was asked one "
                    "more question for it.");
    says_records(making, part);
    commission_term(
        part, "How to read it",
        "Counts come first. Each share says of how many it is, and so does every other figure (n). "
        "Beside it stands its range: a range worked out like this holds the true value 95 times in "
        "100. A wide range says that little is known.");
    commission_term(part, "Too few to say",
                    "Below 10 there are only counts. What is set against chance needs 30.");
    commission_term(
        part, "Fewer than 5",
        "A count of people, of records, of times of working together, or of what happened to somebody is "
        "not printed where it is below 5, none among them; nor where all but fewer than 5 are meant. Where "
        "it could be worked out from the counts beside it, one or more of those are not shown either, and "
        "it is not said which is which.");
    commission_term(
        part, "How much, and how well",
        "How much was done stands apart from how it was done. There is no figure that mixes parts, and "
        "none that sums it up.");
    commission_term(
        part, "What it cannot say",
        "It does not say what caused what: there is no second group to hold this one against. It knows "
        "what was written down, which is not all that happened. To see something differently is no fault, "
        "and to agree is not the aim. Nothing here is a mark for or against anybody, and nobody, no "
        "service and no part of a form is held up against another.");
}

static void work_table(struct making *making, struct commission_part *part, const struct figure_kind *table)
{
    for (const struct figure_kind *kind = table; kind->name; kind++)
        commission_figure(making, part, kind);
}

static struct commission_item *figure_in(struct commission_part *part, const char *name)
{
    for (size_t i = 0; i < part->count; i++) {
        if (strcmp(part->items[i].name, name) == 0)
            return &part->items[i];
    }
    return NULL;
}

static void work_outputs(struct making *making, struct commission_part *part)
{
    work_table(making, part, commission_outputs);
    struct commission_item *sittings = figure_in(part, "time");
    if (sittings)
        commission_draw_months(making, sittings);
}

/* The review's own figures, by part. */
static const char *const quality[] = {"differ",   "kinds",    "outcomes", "parts",    "moved",   "first",
                                      "reasons",  "gap",      "heard",    "minutes",  "waiting", "agreement",
                                      "promises", "declined", "practice", "complete", NULL};
static const char *const engagement[] = {"sittings", "attendance", "drop_out", NULL};

size_t commission_has_figure(const char *name)
{
    return (size_t)(vocab_find(quality, name) >= 0) + (size_t)(vocab_find(engagement, name) >= 0);
}

/* Of the review's own figures, by name; one that is not there yet is left out. */
static void work_named(struct making *making, struct commission_part *part, const char *const *names)
{
    for (; *names; names++) {
        const struct figure_kind *kind = figure_kind_named(*names, NULL);
        if (kind)
            commission_figure(making, part, kind);
    }
}

static void work_quality(struct making *making, struct commission_part *part)
{
    static const struct {
        const char *name;
        int indent;
    } bars[] = {{"differ", 0}, {"outcomes", 1}};
    work_named(making, part, quality);
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        struct commission_item *item = figure_in(part, bars[i].name);
        if (item)
            commission_bars(item, bars[i].indent);
    }
    static const char *const long_ones[] = {"parts", "agreement"};
    for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++) {
        struct commission_item *item = figure_in(part, long_ones[i]);
        if (item)
            commission_leave_out_small(item);
    }
    struct commission_item *agreement = figure_in(part, "agreement");
    if (agreement)
        commission_draw_agreement(making, agreement);
}

static void work_engagement(struct making *making, struct commission_part *part)
{
    work_named(making, part, engagement);
    struct commission_item *item = figure_in(part, "sittings");
    if (item)
        commission_leave_out(item, 1); /* month by month they are drawn among the outputs */
    item = figure_in(part, "drop_out");
    if (item)
        commission_draw_staying(making, item);
}

static void work_change(struct making *making, struct commission_part *part)
{
    work_table(making, part, commission_change);
    struct commission_item *item = figure_in(part, "first_to_last_parts");
    if (item)
        commission_leave_out_small(item);
}

static size_t count_kind(const struct commission_part *part, enum commission_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < part->count; i++)
        count += part->items[i].kind == kind;
    return count;
}

static void work_voices(struct making *making, struct commission_part *part)
{
    work_table(making, part, commission_voice);
    commission_says(
        part, "Nobody picked what follows. For each way that something ended there is the newest in which "
              "both said yes and both gave a reason; where there is none, the newest with the reason of one "
              "who said yes. One person is heard once at most.");
    commission_says(
        part, "Before this goes out, somebody who knows the people has to read it. Names that the records "
              "know are taken out, and so are numbers, addresses and days. A name that no record knows, or "
              "a story that only one person can tell, is still there.");
    commission_voices(making, part);
    if (!count_kind(part, COMMISSION_VOICE))
        commission_says(part, "There are no words that may be used.");
    commission_lessons(making, part);
}

/* All figures of the other parts, once more in one place. */
static void work_definitions(struct making *making, struct commission_part *part)
{
    static const struct {
        const char *title, *text;
    } terms[] = {
        {"n", "How many answers, talks, promises or people a figure is of."},
        {"Share", "So many of so many, in hundredths: count / n."},
        {"Range",
         "From the lower to the upper end, 95 %. Of a share it is Wilson's. Questions that the same two "
         "people answered are not quite independent: such a range is rather too narrow than too wide."},
        {"Middle", "As many lie above it as below it (the median); its range comes from the ordered values."},
        {"p, the sign test",
         "How often a split at least as uneven as this one would come of tossing a coin."},
        {"Kappa, AC, alpha",
         "How far two people agree beyond what chance would bring: 1 is always, 0 is as chance "
         "would have it."},
        {"Moved", "Changed their answer after the talk. It does not say who was right."},
        {"Seen differently",
         "Two answers further apart than the form lets pass, or what somebody raised by hand."},
        {"Too few to say", "n is below 10, or below 30 for what is set against chance."},
    };
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        commission_term(part, terms[i].title, terms[i].text);
    for (size_t i = 0; i < making->commission->count; i++) {
        const struct commission_part *other = &making->commission->parts[i];
        for (size_t k = 0; other != part && k < other->count; k++) {
            const struct commission_item *item = &other->items[k];
            if (item->kind != COMMISSION_FIGURE)
                continue;
            char *text = xasprintf("%s Worked out: %s.%s%s%s", item->text, item->formula,
                                   *item->source ? " Source: " : "", item->source, *item->source ? "." : "");
            commission_term(part, item->title, text);
            free(text);
        }
    }
}

const struct commission_kind_of_part commission_parts[] = {
    {"about", "What this is", "Over what it is, how it is to be read, and what it cannot say.", work_about,
     false},
    {"outputs", "How much was done",
     "Counts of the work. They say nothing of how good it was: that is the next part, and the two are never "
     "mixed.",
     work_outputs, false},
    {"quality", "How it was done",
     "How far the two saw things alike, how it ended where they did not, and whether what was promised was "
     "kept.",
     work_quality, true},
    {"engagement", "Who comes, and who stays",
     "Sittings that took place or were missed, and how long people stay. Those who left stay in every count.",
     work_engagement, true},
    {"change", "What changed over time",
     "How people's own answers went, and how the practitioners' did: two views, never added up.", work_change,
     true},
    {"voices", "What people say", "Words of people who said that they may be used, without their names.",
     work_voices, true},
    {"definitions", "What each figure means",
     "Every figure's definition, how it is worked out and whose formula it is, once more in one place.",
     work_definitions, false},
    {0},
};

/* ---- the whole ---- */

static char *period_words(const struct collection *collection, const char *since, const char *until)
{
    int64_t first = 0, last = 0;
    for (size_t i = 0; i < collection_count(collection); i++) {
        const struct source *source = collection_at(collection, i);
        if (!source->facts)
            continue;
        first = !first || source->digest->begun < first ? source->digest->begun : first;
        last = source->digest->last > last ? source->digest->last : last;
    }
    if (!first && !*since && !*until)
        return xstrdup("and there is no time to tell of");
    char *from = *since  ? month_told(since)
                 : first ? commission_month(first)
                         : NULL,
         *to = *until ? month_told(until)
               : last ? commission_month(last)
                      : NULL;
    char *words;
    if (!from || !to)
        words = xasprintf("%s %s", from ? "since" : "until", from ? from : to);
    else if (strcmp(from, to) == 0)
        words = xasprintf("in %s", from);
    else
        words = xasprintf("from %s to %s", from, to);
    free(from);
    free(to);
    return words;
}

static void add_part(struct making *making, const struct commission_kind_of_part *kind)
{
    struct commission *commission = making->commission;
    GROW(commission->parts, commission->count, commission->room);
    struct commission_part *part = &commission->parts[commission->count++];
    *part = (struct commission_part){.name = kind->name, .title = kind->title, .says = kind->says};
    if (!kind->withheld || making->people >= COMMISSION_FEWEST)
        kind->work(making, part);
    else
        commission_says(
            part,
            "Fewer than %d people are in it. What would stand here would be about somebody who could "
            "be known, so it is left out: too few to say.",
            COMMISSION_FEWEST);
}

struct commission *commission_new(const struct commission_wish *wish, char **cause)
{
    if (!commission_may(wish, cause))
        return NULL;
    struct commission *commission = xcalloc(1, sizeof *commission);
    char now[INSTANT_TEXT];
    commission->since = month_typed("", wish->since, "01", NULL);
    commission->until = month_typed("", wish->until, "12", NULL);
    commission->filter = xstrdup(wish->filter ? wish->filter : "");
    commission->title =
        xstrdup(wish->title && *wish->title ? wish->title : "What came of working side by side");
    commission->period = period_words(wish->collection, commission->since, commission->until);
    commission->month = xstrndup(clock_instant(now), strlen("2026-03"));
    commission->made = month_told(commission->month);
    char *filter = xasprintf("%s%s%s%s%s", commission->filter, *commission->since ? " since=" : "",
                             commission->since, *commission->until ? " until=" : "", commission->until);
    struct making making = {
        .commission = commission, .scope = {wish->collection, filter}, .cases = cases_of(wish->collection)};
    making.people = commission_people(&making.scope, &making.cases);
    for (const struct commission_kind_of_part *kind = commission_parts; kind->name; kind++) {
        if (!wish->part || strcmp(wish->part, kind->name) == 0)
            add_part(&making, kind);
    }
    cases_release(&making.cases);
    free(filter);
    return commission;
}

void commission_free(struct commission *commission)
{
    if (!commission)
        return;
    for (size_t i = 0; i < commission->count; i++) {
        for (size_t k = 0; k < commission->parts[i].count; k++)
            item_release(&commission->parts[i].items[k]);
        free(commission->parts[i].items);
    }
    free(commission->parts);
    free(commission->title);
    free(commission->period);
    free(commission->made);
    free(commission->since);
    free(commission->until);
    free(commission->month);
    free(commission->filter);
    free(commission);
}

/* ---- formats ---- */

const struct commission_format commission_formats[] = {
    {"text", commission_text_write, "plain lines"},
    {"html", commission_html_write, "one page for a browser or a printer, complete in itself"},
    {"json", commission_json_write, "for other programs"},
    {NULL, NULL, NULL},
};

const struct commission_format *commission_format_named(const char *name, char **cause)
{
    const char *names[sizeof commission_formats / sizeof *commission_formats];
    size_t count = 0;
    for (; commission_formats[count].name; count++) {
        if (strcmp(commission_formats[count].name, name) == 0)
            return &commission_formats[count];
        names[count] = commission_formats[count].name;
    }
    names[count] = NULL;
    char *list = vocab_list(names);
    cause_set(cause, "there is no format “%s”: it is %s.", name, list);
    free(list);
    return NULL;
}
