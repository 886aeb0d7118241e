/* What report/review_json.c writes, key by key. tests/command/test-review.sh holds the two together. */
#include "report/review_schema.h"

#include "report/members.h"
#include "report/review.h"
#include "report/tree_schema.h"
#include "review/table.h"

#include <string.h>

/* clang-format off */
static const struct member broken_members[] = {
    KEY("path", TEXT, 0, "where it lies"),
    KEY("record", TEXT, OR_NULL, "its id, as far as it is known"),
    KEY("ref", TEXT, OR_NULL, "the case's reference, as far as it is known"),
    KEY("why", TEXT, 0, "why it is not counted"),
    END,
};
static const struct thing broken = {"broken", broken_members};

static const struct member outcome_members[] = {
    KEY("open", INTEGER, 0, "it has not ended"),
    KEY("practitioner_moved", INTEGER, 0, "the practitioner took the other's answer"),
    KEY("service_user_moved", INTEGER, 0, "the service user took the other's answer"),
    KEY("met_between", INTEGER, 0, "both moved, to an answer between"),
    KEY("new_answer", INTEGER, 0, "both moved, to an answer that lies elsewhere"),
    KEY("both_stand", INTEGER, 0, "both kept their answers"),
    KEY("needs_information", INTEGER, 0, "something has to be found out"),
    KEY("referred", INTEGER, 0, "somebody else was asked"),
    KEY("stopped", INTEGER, 0, "they left it"),
    KEY("agreed", INTEGER, 0, "raised by hand, and settled"),
    END,
};
static const struct thing outcomes = {"outcomes", outcome_members};

static const struct member figure_members[] = {
    KEY("value", NUMBER, OR_NULL, "null where it is not shown"),
    KEY("n", INTEGER, 0, "what it is of"),
    KEY("low", NUMBER, OR_NULL, "how far it can be off, 95 %; null where there is no range"),
    KEY("high", NUMBER, OR_NULL, "the same"),
    KEY("why", TEXT, OR_NULL, "why the value is null"),
    END,
};
static const struct thing figure = {"figure", figure_members};

static const struct member moved_members[] = {
    KEY("practitioner", INTEGER, 0, "how often the practitioner alone moved, to the other's answer"),
    KEY("service_user", INTEGER, 0, "how often the service user alone moved, to the other's answer"),
    KEY("both", INTEGER, 0, "how often they met between"),
    IS("sign_test", figure, 0, "p, two-sided, of the first two: how often a coin would be as uneven"),
    END,
};
static const struct thing moved = {"moved", moved_members};

#define SCALE_MEMBERS                                                                                        \
    KEY("ordered", BOOLEAN, 0, "a scale; false: a list of choices"),                                         \
    KEY("question", TEXT, OR_NULL, "of a list: the question; each has a table of its own"),                  \
    KEY("pairs", INTEGER, 0, "how many questions both answered on it"),                                      \
    IS("percent", figure, 0, "the share of the same answers, 0 to 1"),                                       \
    IS("kappa", figure, 0, "Cohen's, on a scale with quadratic weights"),                                    \
    IS("ac2", figure, 0, "Gwet's, with the same weights; of a list AC1"),                                    \
    IS("alpha", figure, 0, "Krippendorff's, ordinal on a scale, else nominal")

static const struct member scale_members[] = {
    KEY("steps", INTEGER, 0, "how many answers there are to give"),
    SCALE_MEMBERS,
    END,
};
static const struct thing scale = {"scale", scale_members};

static const struct member agreement_members[] = {
    KEY("steps", INTEGER, OR_NULL, "of the scale most pairs are on; null where there are none"),
    SCALE_MEMBERS,
    IS("scales", scale, LIST, "the same for each number of steps, and after them for each list"),
    END,
};
static const struct thing agreement = {"agreement", agreement_members};

static const char *const shapes[] = {"count", "share", "value", "words", NULL};
static const struct member line_members[] = {
    KEY("label", TEXT, OR_NULL, "what it is"),
    KEY("indent", INTEGER, 0, "1: a part of the line before"),
    ONE_OF("shape", shapes, 0, "what kind of figure"),
    KEY("words", TEXT, OR_NULL, "as it is shown"),
    KEY("count", INTEGER, OR_NULL, "how many"),
    KEY("of", INTEGER, OR_NULL, "of how many"),
    IS("figure", figure, OR_NULL, "a share from 0 to 1, or a value of the unit"),
    KEY("lower", NUMBER, OR_NULL, "the value is a middle: a quarter of the values lie below this"),
    KEY("upper", NUMBER, OR_NULL, "the same: a quarter lie above this"),
    KEY("unit", TEXT, OR_NULL, "of a value"),
    KEY("remark", TEXT, OR_NULL, "what is to be known about it"),
    KEY("table", TEXT, OR_NULL, "the table that has the rows it is made of"),
    KEY("filter", TEXT, OR_NULL, "those rows"),
    END,
};
static const struct thing line = {"line", line_members};

static const struct member kind_members[] = {
    KEY("name", TEXT, 0, "which figure"),
    KEY("title", TEXT, 0, "the same for people"),
    KEY("says", TEXT, 0, "what it tells, and what not"),
    KEY("formula", TEXT, OR_NULL, "null for a count"),
    KEY("source", TEXT, OR_NULL, "who it is from"),
    IS("lines", line, LIST, "the figure"),
    END,
};
static const struct thing kind = {"kind", kind_members};

static const struct member flag_members[] = {
    KEY("name", TEXT, 0, "which kind of question"),
    KEY("says", TEXT, 0, "when it is asked"),
    KEY("question", TEXT, 0, "the question itself"),
    KEY("table", TEXT, OR_NULL, "the table that has the rows it is about"),
    KEY("filter", TEXT, OR_NULL, "those rows"),
    END,
};
static const struct thing flag = {"flag", flag_members};

/* The columns of the table that was asked for, or some of them: alongside-review(5). */
static const struct member row_members[] = {END};
static const struct thing row = {"row", row_members};

/* The export's own is put in its place. */
static const struct thing disagreement = {"disagreement", row_members};

static const struct member review_members[] = {
    KEY("format", TEXT, 0, "which format, and its version"),
    KEY("whole", BOOLEAN, 0, "false: the reading was stopped, and there are more records"),
    KEY("table", TEXT, 0, "what a row is"),
    KEY("filter", TEXT, OR_NULL, "which rows; what follows is of these"),
    KEY("sort", TEXT, OR_NULL, "in which order"),
    KEY("group", TEXT, OR_NULL, "by which column they stand together"),
    KEY("records", INTEGER, 0, "how many records were read, whatever the filter"),
    IS("broken", broken, LIST, "those that are not counted"),
    KEY("compared", INTEGER, 0, "how many questions both answered"),
    KEY("differ", INTEGER, 0, "in how many of these they differed at first"),
    IS("outcomes", outcomes, 0, "how what they see differently ended"),
    IS("moved", moved, 0, "who moved"),
    IS("agreement", agreement, 0, "how far the answers agreed before any talk, on the scale most are on"),
    IS("figures", kind, LIST | MAY_LACK, "with --figures"),
    IS("flags", flag, LIST | MAY_LACK, "with --flags"),
    IS("disagreements", disagreement, LIST | MAY_LACK, "of the table disagreements: each in full"),
    IS("rows", row, LIST | MAY_LACK, "of another table"),
    END,
};
/* clang-format on */

static const struct thing whole = {"review", review_members};
static const struct thing *const things[] = {&broken, &outcomes, &figure, &moved, &scale,       &agreement,
                                             &line,   &kind,     &flag,   &row,   &disagreement};

/* Copy a definition out of another schema, and all that it refers to. */
static void take_definition(json_t *to, const json_t *from, const char *name);

static void take_referred(json_t *to, const json_t *from, const json_t *tree)
{
    static const char begins[] = "#/definitions/";
    const char *key;
    json_t *value;
    size_t i;
    if (json_is_object(tree)) {
        json_object_foreach((json_t *)tree, key, value)
        {
            const char *named = strcmp(key, "$ref") == 0 ? json_string_value(value) : NULL;
            if (named && strncmp(named, begins, sizeof begins - 1) == 0)
                take_definition(to, from, named + sizeof begins - 1);
            take_referred(to, from, value);
        }
    }
    json_array_foreach(tree, i, value) take_referred(to, from, value);
}

static void take_definition(json_t *to, const json_t *from, const char *name)
{
    if (json_object_get(to, name))
        return;
    json_t *definition = json_object_get(from, name);
    json_object_set(to, name, definition);
    take_referred(to, from, definition);
}

json_t *review_schema(void)
{
    json_t *schema = members_schema("Many records looked over, by Alongside",
                                    "What “alongside review --format json” writes. See alongside-review(5).",
                                    REVIEW_FORMAT, &whole, things, sizeof things / sizeof *things);
    json_t *export = tree_schema(), *definitions = json_object_get(schema, "definitions");
    json_object_del(definitions, disagreement.name);
    take_definition(definitions, json_object_get(export, "definitions"), disagreement.name);
    json_t *its = json_object_get(definitions, disagreement.name), *keys = json_object_get(its, "properties");
    json_object_set_new(
        keys, "record",
        json_pack("{s:s, s:s}", "type", "string", "description", "the id of the record it is in"));
    json_object_set_new(keys, "ref",
                        json_pack("{s:[{s:s}, {s:s}], s:s}", "anyOf", "type", "string", "type", "null",
                                  "description", "that case's reference"));
    json_array_append_new(json_object_get(its, "required"), json_string("record"));
    json_array_append_new(json_object_get(its, "required"), json_string("ref"));
    json_decref(export);
    return schema;
}
