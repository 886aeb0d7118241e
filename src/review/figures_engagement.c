/* Figures of engagement: sittings, who came, promises, for how long it goes on, skills, what is written down.
 */
#include "base/date.h"
#include "base/mem.h"
#include "review/blueprint.h"
#include "review/engagement.h"
#include "review/figures_lines.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- sittings ---- */

static void add_middle(struct figure_lines *lines, const struct scope *scope, const char *label,
                       const double *values, size_t n, const char *unit, int64_t rows)
{
    struct quartiles middle = quartiles_guard(quartiles_of(values, n));
    struct figure_line *line = figure_line_value(lines, label, middle.median, unit);
    line->lower = middle.lower;
    line->upper = middle.upper;
    figure_line_opens(line, scope, &table_sittings, "", rows);
}

static void add_months(struct figure_lines *lines, const struct scope *scope,
                       const struct sittings_counted *counted)
{
    enum { SHOWN = 24 };
    size_t from = counted->month_count > SHOWN ? counted->month_count - SHOWN : 0;
    int64_t before = 0;
    for (size_t i = 0; i < from; i++)
        before += counted->months[i];
    for (size_t i = from; i < counted->month_count; i++) {
        int month = counted->first_month + (int)i;
        char label[DATE_TEXT], *filter;
        snprintf(label, sizeof label, "%04d-%02d", month / 12, month % 12 + 1);
        if (i == from && i > 0) {
            filter = xasprintf("date<%s", label);
            figure_line_opens(figure_line_add(lines, "Before that", SHAPE_COUNT), scope, &table_sittings,
                              filter, before);
            lines->lines[lines->count - 1].indent = 1;
            free(filter);
        }
        filter = xasprintf("date=%s", label);
        figure_line_opens(figure_line_add(lines, label, SHAPE_COUNT), scope, &table_sittings, filter,
                          counted->months[i]);
        lines->lines[lines->count - 1].indent = 1;
        free(filter);
    }
}

void work_sittings(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_MIDDLE("How long one took", "minutes!=\"\"", "minutes", "minutes", 0),
        LINE_MIDDLE("How it was for the practitioner", "it_was_p!=\"\"", "it_was_p", "of 5", 0),
        LINE_MIDDLE("How it was for the service user", "it_was_s!=\"\"", "it_was_s", "of 5", 0),
        {0},
    };
    struct sittings_counted counted;
    sittings_count(scope, &counted);
    figure_line_opens(figure_line_add(lines, "Sittings", SHAPE_COUNT), scope, &table_sittings, "",
                      counted.all);
    add_months(lines, scope, &counted);
    add_middle(lines, scope, "Sittings with one person", counted.each, counted.each_count, "sittings",
               counted.all);
    add_middle(lines, scope, "From one to that person's next", counted.between, counted.between_count, "days",
               counted.all);
    lines_work(scope, &table_sittings, wanted, lines, NULL);
    sittings_release(&counted);
}

/* ---- who came ---- */

static void count_one(void *to, const struct source *source, uint32_t number)
{
    (void)source;
    (void)number;
    ++*(int64_t *)to;
}

void work_attendance(const struct scope *scope, struct figure_lines *lines)
{
#define WHOSE(kind, of)                                                                                      \
    LINE_PART("The practitioner", kind " whose=practitioner", of),                                           \
        LINE_PART("The service user", kind " whose=service_user", of),                                       \
        LINE_PART("Somebody else", kind " whose=other", of)
#define REASONS(who, whose, of)                                                                              \
    LINE_PART(who ": for a good reason", whose " absence=acceptable", of),                                   \
        LINE_PART(who ": for no good reason", whose " absence=not_acceptable", of),                          \
        LINE_PART(who ": not known, or not said", whose " absence=not_known,\"\"", of)
    enum { MISSED = 0, CALLED_OFF = 10, WANTED = 40 };
    static const struct line_wanted wanted[] = {
        LINE_SHARE("Missed", "kind=missed", OF_ALL),
        WHOSE("kind=missed", OF_LINE(0)),
        REASONS("The practitioner", "kind=missed whose=practitioner", OF_LINE(1)),
        REASONS("The service user", "kind=missed whose=service_user", OF_LINE(2)),
        LINE_SHARE("Called off before", "kind=cancelled", OF_ALL),
        WHOSE("kind=cancelled", OF_LINE(CALLED_OFF)),
        LINE_COUNT("Began late", "kind=late"),
        WHOSE("kind=late", OF_LINE(14)),
        LINE_MIDDLE("By how much", "kind=late minutes!=\"\"", "minutes", "minutes", 1),
        LINE_COUNT("Tries to get in touch", "kind=attempt"),
        LINE_PART("It got through", "kind=attempt reached=yes", OF_LINE(19)),
        LINE_COUNT("The work stopped", "kind=left"),
        LINE_COUNT("Came back", "kind=returned"),
        {0},
    };
    int64_t sat = 0, counts[WANTED];
    scope_each(scope, &table_sittings, count_one, &sat);
    size_t took_place = lines->count;
    figure_line_opens(figure_line_add(lines, "Took place", SHAPE_SHARE), scope, &table_sittings, "", sat);
    lines_work(scope, &table_happened, wanted, lines, counts);
    int64_t planned = sat + counts[MISSED] + counts[CALLED_OFF];
    const size_t of_planned[] = {took_place, took_place + 1 + MISSED, took_place + 1 + CALLED_OFF};
    for (size_t i = 0; i < sizeof of_planned / sizeof *of_planned; i++) {
        struct figure_line *line = &lines->lines[of_planned[i]];
        line->of = planned;
        line->among = -1;
        line->figure = figure_guard(rate_wilson(line->count, planned));
    }
}

/* ---- promises ---- */

void work_promises(const struct scope *scope, struct figure_lines *lines)
{
#define PROMISED(by, all)                                                                                    \
    LINE_PART("Kept, as the practitioner says", by " kept_p=kept", OF_LINE((all) + 2)),                      \
        LINE_PART("The practitioner says what became of it", by " kept_p=kept,not_kept", OF_LINE(all)),      \
        LINE_PART("Kept, as the service user says", by " kept_s=kept", OF_LINE((all) + 4)),                  \
        LINE_PART("The service user says what became of it", by " kept_s=kept,not_kept", OF_LINE(all)),      \
        LINE_PART("Kept, as both say", by " kept_p=kept kept_s=kept", OF_LINE(all)),                         \
        LINE_PART("The day is over, and neither says it was kept", by " overdue=yes", OF_LINE(all))
    static const struct line_wanted wanted[] = {
        LINE_COUNT("The practitioner's promises", "by=practitioner"),
        PROMISED("by=practitioner", 0),
        LINE_COUNT("The service user's promises", "by=service_user"),
        PROMISED("by=service_user", 7),
        {0},
    };
    lines_work(scope, &table_promises, wanted, lines, NULL);
}

/* ---- for how long ---- */

/* How many had dropped out by then, or were still followed, whichever is fewer: from the curve, as it stands
 * on a day, both can be worked out. */
static int64_t few_behind(const struct drop_out *drop_out, double days)
{
    int64_t dropped = 0, there = 0;
    for (size_t i = 0; i < drop_out->count; i++) {
        dropped += drop_out->times[i].ended && drop_out->times[i].time <= days;
        there += drop_out->times[i].time > days;
    }
    return dropped < there ? dropped : there;
}

void work_drop_out(const struct scope *scope, struct figure_lines *lines)
{
    static const struct {
        const char *label;
        double days;
    } after[] = {{"Goes on after 30 days", 30},
                 {"Goes on after 90 days", 90},
                 {"Goes on after 180 days", 180},
                 {"Goes on after 365 days", 365}};
    static const struct line_wanted wanted[] = {
        LINE_SHARE("They stopped coming", "how=stopped_coming", OF_ALL),
        LINE_SHARE("They chose to leave", "how=withdrew", OF_ALL),
        LINE_SHARE("It ended as planned", "how=planned", OF_ALL),
        LINE_SHARE("They moved away", "how=moved", OF_ALL),
        LINE_SHARE("They were released", "how=released", OF_ALL),
        LINE_SHARE("It ended in another way, or nobody said how", "goes_on=no how=other,\"\"", OF_ALL),
        LINE_SHARE("It goes on, as far as the record tells", "goes_on=yes", OF_ALL),
        {0},
    };
    struct drop_out drop_out;
    drop_out_work(scope, &drop_out);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
        struct figure_line *line =
            figure_line_value(lines, after[i].label, survival_at(&drop_out.curve, after[i].days), "");
        figure_line_opens(line, scope, &table_episodes, "", drop_out.rows);
        line->behind = few_behind(&drop_out, after[i].days);
    }
    struct figure_line *half =
        figure_line_value(lines, "Half have dropped out after", drop_out.curve.median, "days");
    figure_line_opens(half, scope, &table_episodes, "", drop_out.rows);
    if (half->figure.none == FIGURE_THERE)
        half->behind = few_behind(&drop_out, half->figure.value);
    lines_work(scope, &table_episodes, wanted, lines, NULL);
    drop_out_release(&drop_out);
}

/* ---- skills, and what is there at the end ---- */

void work_practice(const struct scope *scope, struct figure_lines *lines)
{
    enum { TICKED = 1 };
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Sittings", ""),
        LINE_COUNT("Gave the sitting a shape", "structure=yes"),
        LINE_COUNT("Built trust", "relationship=yes"),
        LINE_COUNT("Was fair and open, and showed how", "pro_social=yes"),
        LINE_COUNT("Drew out their own reasons to change", "motivation=yes"),
        LINE_COUNT("Looked at how thinking leads to acting", "cognitive=yes"),
        LINE_COUNT("Fitted it to this person's needs", "responsivity=yes"),
        {0},
    };
    int64_t counts[TICKED + BLUEPRINT_SKILLS];
    lines_work(scope, &table_sittings, wanted, lines, counts);
    size_t ticked[BLUEPRINT_SKILLS] = {0};
    for (int i = 0; i < BLUEPRINT_SKILLS; i++)
        ticked[i] = (size_t)counts[TICKED + i];
    struct blueprint_count parts[BLUEPRINT_PARTS];
    blueprint_counts(ticked, (size_t)counts[0], parts);
    for (int part = 0; part < BLUEPRINT_PARTS; part++) {
        struct figure_line *line =
            figure_line_add(lines, blueprint_title((enum blueprint_part)part), SHAPE_WORDS);
        line->words = xasprintf("%zu of %zu", parts[part].ticks, parts[part].of);
        line->count = (int64_t)parts[part].ticks;
        line->of = (int64_t)parts[part].of;
    }
}

void work_complete(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("Sittings", ""),
        LINE_COUNT("It was chosen what to talk about", "agenda=yes"),
        LINE_COUNT("What was done was looked at together", "recap=yes"),
        LINE_COUNT("The practitioner said how it was", "it_was_p!=\"\""),
        LINE_COUNT("The service user said how it was", "it_was_s!=\"\""),
        LINE_COUNT("The day of the next one was agreed", "next=yes"),
        LINE_COUNT("It was closed, and not only left", "closed=yes"),
        {0},
    };
    static const struct line_wanted records[] = {
        LINE_COUNT("Records", ""),
        LINE_COUNT("Both have signed", "signed=both"),
        LINE_COUNT("A supervisor has signed", "countersigned=yes"),
        {0},
    };
    lines_work(scope, &table_sittings, wanted, lines, NULL);
    lines_work(scope, &table_records, records, lines, NULL);
}

void work_written(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("What the practitioner wrote beside it", "kind=statement by=practitioner"),
        LINE_COUNT("What the service user wrote beside it", "kind=statement by=service_user"),
        LINE_COUNT("Comments by a supervisor", "kind=comment,coaching"),
        LINE_PART("Acknowledged", "kind=comment,coaching read=yes", OF_LINE(2)),
        LINE_COUNT("What a practitioner takes from it", "kind=reflection"),
        LINE_COUNT("What others can learn", "kind=lesson"),
        LINE_COUNT("Another took the lead", "kind=handed_over"),
        {0},
    };
    lines_work(scope, &table_remarks, wanted, lines, NULL);
}
