/* Figures: how the talk was: heard, how long, what waits, who typed. */
#include "review/figures_lines.h"

#include <stddef.h>

void work_heard(const struct scope *scope, struct figure_lines *lines)
{
#define HEARD(column, of)                                                                                    \
    LINE_PART("5", column "=5", of), LINE_PART("4", column "=4", of), LINE_PART("3", column "=3", of),       \
        LINE_PART("2", column "=2", of), LINE_PART("1", column "=1", of)
    static const struct line_wanted wanted[] = {
        LINE_MIDDLE("How far the practitioner felt heard", "heard_p!=\"\"", "heard_p", "of 5", 0),
        HEARD("heard_p", OF_LINE(0)),
        LINE_MIDDLE("How far the service user felt heard", "heard_s!=\"\"", "heard_s", "of 5", 0),
        HEARD("heard_s", OF_LINE(6)),
        LINE_MIDDLE("The practitioner, where the practitioner moved",
                    "ended=practitioner_moved heard_p!=\"\"", "heard_p", "of 5", 0),
        LINE_MIDDLE("The service user, where the service user moved",
                    "ended=service_user_moved heard_s!=\"\"", "heard_s", "of 5", 0),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_minutes(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_MIDDLE("From found to closed, while they sat together", "minutes!=\"\"", "minutes", "minutes",
                    0),
        LINE_PART("In less than a minute", "seconds<60", OF_LINE(0)),
        LINE_MIDDLE("Days from found to closed", "days!=\"\"", "days", "days", 0),
        LINE_SHARE("Opened again", "reopened>0", OF_ALL),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_waiting(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {
        LINE_SHARE("Something is to be found out", "state=parked", OF_ALL),
        LINE_MIDDLE("For how long now", "state=parked", "waits_days", "days", 1),
        LINE_PART("Its day is over", "state=parked overdue=yes", OF_LINE(0)),
        LINE_SHARE("Somebody else is asked", "state=referred", OF_ALL),
        LINE_MIDDLE("For how long now", "state=referred", "waits_days", "days", 1),
        LINE_PART("Its day is over", "state=referred overdue=yes", OF_LINE(3)),
        LINE_SHARE("Somebody else is asked, or has answered", "answered!=\"\"", OF_ALL),
        LINE_PART("An answer has come", "answered=yes", OF_LINE(6)),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_pen(const struct scope *scope, struct figure_lines *lines)
{
#define MOVERS(pen, of)                                                                                      \
    LINE_BOTH("The practitioner moved", pen " ended=practitioner_moved", of),                                \
        LINE_BOTH("The service user moved", pen " ended=service_user_moved", of)
    static const struct line_wanted wanted[] = {
        LINE_SHARE("The practitioner had the keyboard first", "pen=practitioner", OF_ALL),
        MOVERS("pen=practitioner", OF_LINE(0)),
        LINE_SHARE("The service user had the keyboard first", "pen=service_user", OF_ALL),
        MOVERS("pen=service_user", OF_LINE(3)),
        LINE_SHARE("Each in turn", "pen=in_turns", OF_ALL),
        MOVERS("pen=in_turns", OF_LINE(6)),
        LINE_SHARE("Nobody said who", "pen=\"\"", OF_ALL),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}
