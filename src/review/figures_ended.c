/* Figures: how it ended, and who moved. */
#include "review/figures_lines.h"

#include "base/mem.h"

#include <stddef.h>

/* The one stands beside the other, always. */
#define ENDINGS                                                                                              \
    LINE_BOTH("The practitioner moved", "ended=practitioner_moved", OF_ALL),                                 \
        LINE_BOTH("The service user moved", "ended=service_user_moved", OF_ALL),                             \
        LINE_PART("They met between", "ended=met_between", OF_ALL),                                          \
        LINE_PART("A new answer", "ended=new_answer", OF_ALL),                                               \
        LINE_PART("Both views stand", "ended=both_stand", OF_ALL),                                           \
        LINE_PART("Agreed", "ended=agreed", OF_ALL),                                                         \
        LINE_PART("Something is to be found out", "ended=needs_information", OF_ALL),                        \
        LINE_PART("Somebody else is asked", "ended=referred", OF_ALL),                                       \
        LINE_PART("Stopped", "ended=stopped", OF_ALL), LINE_PART("Open", "ended=open", OF_ALL),              \
    {                                                                                                        \
        0                                                                                                    \
    }

void work_outcomes(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {LINE_COUNT("All that they see differently", ""), ENDINGS};
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}

void work_outcomes_by_part(const struct scope *scope, struct figure_lines *lines)
{
    static const struct line_wanted wanted[] = {LINE_COUNT("", ""), ENDINGS};
    lines_by_part(scope, &table_disagreements, wanted, lines);
}

void work_moved(const struct scope *scope, struct figure_lines *lines)
{
    enum { JUST_ONE, PRACTITIONER_DID, SERVICE_USER_DID, COUNTS };
    static const struct line_wanted wanted[] = {
        LINE_SHARE("Just one of the two moved", "ended=practitioner_moved,service_user_moved", OF_ALL),
        LINE_PART("The practitioner moved", "ended=practitioner_moved", OF_LINE(JUST_ONE)),
        LINE_PART("The service user moved", "ended=service_user_moved", OF_LINE(JUST_ONE)),
        {0},
    };
    static const struct line_wanted shares[] = {
        LINE_MIDDLE("Of the way that was moved: what the practitioner moved", "share!=\"\"", "share", "", 0),
        LINE_PART("The practitioner moved all of it", "share=1", OF_LINE(0)),
        LINE_PART("Both moved", "share>0 share<1", OF_LINE(0)),
        LINE_PART("The service user moved all of it", "share=0", OF_LINE(0)),
        {0},
    };
    int64_t counts[COUNTS];
    lines_work(scope, &table_disagreements, wanted, lines, counts);
    struct figure_line *test =
        figure_line_value(lines, "How often a coin would come out as uneven (sign test)",
                          sign_test(counts[PRACTITIONER_DID], counts[SERVICE_USER_DID]), "p");
    figure_line_opens(test, scope, &table_disagreements, wanted[JUST_ONE].filter, counts[JUST_ONE]);
    lines_work(scope, &table_disagreements, shares, lines, NULL);
}

void work_first(const struct scope *scope, struct figure_lines *lines)
{
    enum { JUST_ONE, FIRST_DID, SECOND_DID, COUNTS };
    static const struct line_wanted answered[] = {
        LINE_SHARE("The practitioner answered first", "first=practitioner", OF_ALL),
        LINE_SHARE("The service user answered first", "first=service_user", OF_ALL),
        {0},
    };
#define FIRST(words, who, how)                                                                               \
    LINE_PART(words, "first=" who " ended=" how " first_moved!=\"\"", OF_LINE(JUST_ONE))
    static const struct line_wanted moved[] = {
        LINE_SHARE("Just one of the two moved, and somebody answered first", "first_moved!=\"\"", OF_ALL),
        LINE_PART("Who answered first moved", "first_moved=yes", OF_LINE(JUST_ONE)),
        LINE_PART("Who answered second moved", "first_moved=no", OF_LINE(JUST_ONE)),
        FIRST("The practitioner first: the practitioner moved", "practitioner", "practitioner_moved"),
        FIRST("The practitioner first: the service user moved", "practitioner", "service_user_moved"),
        FIRST("The service user first: the practitioner moved", "service_user", "practitioner_moved"),
        FIRST("The service user first: the service user moved", "service_user", "service_user_moved"),
        {0},
    };
    int64_t counts[sizeof moved / sizeof *moved];
    lines_work(scope, &table_pairs, answered, lines, NULL);
    lines_work(scope, &table_disagreements, moved, lines, counts);
    struct figure_line *test =
        figure_line_value(lines, "How often a coin would come out as uneven (sign test)",
                          sign_test(counts[FIRST_DID], counts[SECOND_DID]), "p");
    figure_line_opens(test, scope, &table_disagreements, moved[JUST_ONE].filter, counts[JUST_ONE]);
}

void work_reasons(const struct scope *scope, struct figure_lines *lines)
{
#define REASONS(column, of)                                                                                  \
    LINE_PART("Something new", column "~\"new fact\"", of),                                                  \
        LINE_PART("The question was read another way", column "~misread", of),                               \
        LINE_PART("Another time was meant", column "~\"time frame\"", of),                                   \
        LINE_PART("Another measure", column "~standard", of),                                                \
        LINE_PART("Changed their mind", column "~\"changed mind\"", of),                                     \
        LINE_PART("Gave way", column "~\"gave way\"", of), LINE_PART("Something else", column "~other", of)
    static const struct line_wanted wanted[] = {
        LINE_COUNT("The practitioner said why they changed an answer", "reasons_p!=\"\""),
        REASONS("reasons_p", OF_LINE(0)),
        LINE_COUNT("The service user said why they changed an answer", "reasons_s!=\"\""),
        REASONS("reasons_s", OF_LINE(8)),
        {0},
    };
    lines_work(scope, &table_disagreements, wanted, lines, NULL);
}
