/* What report/trend.c writes as JSON, key by key. tests/command/test-trend.sh holds the two together. */
#include "report/trend_schema.h"

#include "form/who.h"
#include "report/members.h"
#include "report/trend.h"

/* clang-format off */
static const struct member point_members[] = {
    KEY("record", TEXT, 0, "the assessment's id"),
    KEY("sitting", INTEGER, 0, "which sitting of it, from 1; 0 before the first"),
    KEY("at", TEXT, 0, "when it was answered"),
    KEY("last", BOOLEAN, 0, "is it the last answer of that sitting?"),
    KEY("value", ANSWER, OR_NULL, "as in the record; null where there is a reason why not"),
    KEY("words", TEXT, 0, "as it is read"),
    END,
};
static const struct thing point = {"point", point_members};

static const struct member series_members[] = {
    KEY("question", TEXT, 0, "its name; of one in a list with the assessment it is in"),
    KEY("label", TEXT, 0, "as people read it"),
    ONE_OF("by", who_names, 0, "whose answers"),
    KEY("name", TEXT, 0, "what they are called"),
    IS("points", point, LIST, "every answer, the earliest first"),
    END,
};
static const struct thing series = {"series", series_members};

static const struct member side_members[] = {
    KEY("name", TEXT, 0, "what they are called"),
    KEY("first", ANSWER, OR_NULL, "the answer that later ones are compared with"),
    KEY("last", ANSWER, OR_NULL, "of the assessment before; in the first one, of the sitting before"),
    KEY("now", ANSWER, OR_NULL, "of the latest assessment that asks it"),
    KEY("baseline", BOOLEAN, 0, "are there two answers, to be compared?"),
    KEY("change", NUMBER, OR_NULL, "from the first to the latest; null where it may not be told"),
    KEY("more_than_wobble", BOOLEAN, OR_NULL, "is that more than the form's wobble? null where it gives none"),
    END,
};
static const struct thing side = {"side", side_members};

static const struct member row_members[] = {
    KEY("question", TEXT, 0, "as in the series"),
    KEY("label", TEXT, 0, "as people read it"),
    IS("practitioner", side, OR_NULL, "null where they are not asked"),
    IS("service_user", side, OR_NULL, "null where they are not asked"),
    IS("together", side, OR_NULL, "null where both are not asked as one"),
    END,
};
static const struct thing row = {"row", row_members};

static const struct member mark_members[] = {
    KEY("on", TEXT, 0, "the day"),
    KEY("question", TEXT, 0, "the date's path; or lapse, life_event"),
    KEY("label", TEXT, 0, "what kind of thing it is"),
    ONE_OF("by", who_names, 0, "who told it"),
    KEY("name", TEXT, 0, "what they are called"),
    KEY("sitting", INTEGER, 0, "in which sitting, from 1; 0 before the first"),
    KEY("record", TEXT, 0, "in which assessment"),
    KEY("at", TEXT, 0, "when it was told"),
    KEY("words", TEXT, 0, "as people read it"),
    END,
};
static const struct thing mark = {"mark", mark_members};

static const struct member trend_members[] = {
    KEY("format", TEXT, 0, "which format, and its version"),
    KEY("ref", TEXT, 0, "the case's reference"),
    IS("series", series, LIST, "each question as each person answered it"),
    IS("distance", row, LIST, "how far they have come, question by question"),
    IS("happened", mark, LIST, "what happened, the earliest first"),
    END,
};
/* clang-format on */

static const struct thing whole = {"trend", trend_members};
static const struct thing *const things[] = {&point, &series, &side, &row, &mark};

json_t *trend_schema(void)
{
    return members_schema("Answers over time, by Alongside",
                          "What “alongside trend --format json” writes. See alongside(1).", TREND_FORMAT,
                          &whole, things, sizeof things / sizeof *things);
}
