/* Figures: how much they differ, what about, and how far apart they are. */
#include "review/figures_lines.h"

#include <stddef.h>

void work_differ(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted all[] = {
        LINE_SHARE("They see it differently at first", "differ=yes", OF_ALL),
        {0},
    };
    static const struct line_wanted part[] = {LINE_PART("", "differ=yes", OF_ALL), {0}};
    lines_work(scope, &table_pairs, all, lines, NULL);
    figure_line_hears(&lines->lines[0], scope, &table_pairs);
    lines_by_part(scope, &table_pairs, part, lines);
}

void work_kinds(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_COUNT("All that they see differently", ""),
        LINE_PART("A score", "kind=score", OF_ALL),
        LINE_PART("A fact", "kind=fact", OF_ALL),
        LINE_PART("What something comes from", "kind=cause", OF_ALL),
        LINE_PART("What comes first", "kind=priority", OF_ALL),
        LINE_PART("A goal", "kind=goal", OF_ALL),
        LINE_PART("Safety", "kind=safety", OF_ALL),
        LINE_PART("The words for it", "kind=wording", OF_ALL),
        LINE_PART("How they work together", "kind=process", OF_ALL),
        LINE_SHARE("Two answers that differ", "by=alongside", OF_ALL),
        LINE_SHARE("Raised by the practitioner", "by=practitioner", OF_ALL),
        LINE_SHARE("Raised by the service user", "by=service_user", OF_ALL),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_gap(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_MIDDLE("Before any talk", "scale=scale gap!=\"\"", "gap", "apart", 0),
        LINE_MIDDLE("Of those that are closed: before", "scale=scale became!=\"\"", "gap", "apart", 0),
        LINE_MIDDLE("Of those that are closed: after", "scale=scale became!=\"\"", "gap_after", "apart", 0),
        LINE_PART("Nearer than before", "scale=scale became=narrowed", OF_LINE(1)),
        LINE_PART("As far apart as before", "scale=scale became=same", OF_LINE(1)),
        LINE_PART("Farther apart than before", "scale=scale became=widened", OF_LINE(1)),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_declined(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_SHARE("Records in which the practitioner gave no answer to some question", "declined_p>0",
                   OF_ALL),
        LINE_SHARE("Records in which the service user gave no answer to some question", "declined_s>0",
                   OF_ALL),
        LINE_MIDDLE("The practitioner, in each of those", "declined_p>0", "declined_p", "questions", 1),
        LINE_MIDDLE("The service user, in each of those", "declined_s>0", "declined_s", "questions", 1),
        {0},
    };
    lines_work(scope, &table_records, wanted, lines, NULL);
}
