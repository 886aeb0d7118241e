/* The commissioner's report as JSON, and its schema. */
#include "report/commission.h"

#include "base/cause.h"
#include "report/as_json.h"
#include "report/members.h"
#include "report/tree.h"
#include "report/tree_values.h"

#include <math.h>
#include <string.h>

static const char *const kinds[] = {"says", "term", "figure", "voice", "lesson", NULL};
static const char *const shapes[] = {"count", "share", "value", "words", NULL};

static json_t *text_or_null(const char *text)
{
    return tree_text(text && *text ? text : NULL);
}

static json_t *number_or_null(double number)
{
    return isfinite(number) ? json_real(number) : json_null();
}

static json_t *count_or_null(int64_t count)
{
    return count >= 0 ? json_integer(count) : json_null();
}

static json_t *row_tree(const struct commission_row *row)
{
    json_t *tree = json_object();
    bool valued = row->shape == COMMISSION_SHARE || row->shape == COMMISSION_VALUE;
    const struct figure *f = &row->figure;
    bool there = valued && !row->fewer && f->none == FIGURE_THERE,
         ranged = there && f->no_range != FIGURE_HAS_NONE &&
                  !isnan(f->low); /* of a median's range the upper end can be out of sight yet */
    tree_put(tree, "label", tree_text(row->label));
    tree_put(tree, "indent", json_integer(row->indent));
    tree_put(tree, "shape", json_string(shapes[row->shape]));
    tree_put(tree, "count", count_or_null(row->number));
    tree_put(tree, "of", count_or_null(row->of));
    tree_put(tree, "value", there ? number_or_null(f->value) : json_null());
    tree_put(tree, "low", ranged ? number_or_null(f->low) : json_null());
    tree_put(tree, "high", ranged ? number_or_null(f->high) : json_null());
    tree_put(tree, "n", valued && !row->fewer ? json_integer(f->n) : json_null());
    tree_put(tree, "unit", text_or_null(row->unit));
    tree_put(tree, "few", json_boolean(row->fewer));
    tree_put(tree, "words", text_or_null(row->count));
    tree_put(tree, "why", !there && valued ? text_or_null(row->value) : json_null());
    tree_put(tree, "remark", text_or_null(row->remark));
    return tree;
}

static json_t *side_tree(const struct commission_item *item, enum who party)
{
    json_t *tree = json_object();
    if (!item->words[party]) {
        json_decref(tree);
        return json_null();
    }
    tree_put(tree, "answer", text_or_null(item->answer[party]));
    tree_put(tree, "words", tree_text(item->words[party]));
    return tree;
}

static json_t *item_tree(const struct commission_item *item)
{
    json_t *tree = json_object(), *rows;
    tree_put(tree, "kind", json_string(kinds[item->kind]));
    tree_put(tree, "title", text_or_null(item->title));
    tree_put(tree, "text", text_or_null(item->text));
    if (item->kind == COMMISSION_FIGURE) {
        rows = json_array();
        for (size_t i = 0; i < item->row_count; i++)
            json_array_append_new(rows, row_tree(&item->rows[i]));
        tree_put(tree, "name", json_string(item->name));
        tree_put(tree, "formula", text_or_null(item->formula));
        tree_put(tree, "source", text_or_null(item->source));
        tree_put(tree, "rows", rows);
    }
    if (item->kind == COMMISSION_VOICE) {
        json_t *said = json_object();
        for (int party = 0; party < PARTIES; party++)
            tree_put(said, who_names[party], side_tree(item, (enum who)party));
        tree_put(tree, "said", said);
    }
    return tree;
}

static json_t *part_tree(const struct commission_part *part)
{
    json_t *tree = json_object(), *items = json_array();
    for (size_t i = 0; i < part->count; i++)
        json_array_append_new(items, item_tree(&part->items[i]));
    tree_put(tree, "name", json_string(part->name));
    tree_put(tree, "title", json_string(part->title));
    tree_put(tree, "says", json_string(part->says));
    tree_put(tree, "items", items);
    return tree;
}

bool commission_json_write(const struct commission *commission, FILE *out, char **cause)
{
    json_t *tree = json_object(), *parts = json_array();
    for (size_t i = 0; i < commission->count; i++)
        json_array_append_new(parts, part_tree(&commission->parts[i]));
    tree_put(tree, "format", json_string(COMMISSION_FORMAT));
    tree_put(tree, "title", tree_text(commission->title));
    tree_put(tree, "made", json_string(commission->month));
    tree_put(tree, "since", text_or_null(commission->since));
    tree_put(tree, "until", text_or_null(commission->until));
    tree_put(tree, "period", json_string(commission->period));
    tree_put(tree, "filter", text_or_null(commission->filter));
    tree_put(tree, "parts", parts);
    bool written = as_json_print(tree, out) && fflush(out) == 0 && !ferror(out);
    json_decref(tree);
    return written || cause_errno(cause, "It cannot be written");
}

/* ---- key by key ---- */

/* clang-format off */
static const struct member row_members[] = {
    KEY("label", TEXT, 0, "what it is of"),
    KEY("indent", INTEGER, 0, "1: a part of the row before"),
    ONE_OF("shape", shapes, 0, "a count, a share, a figure of its own unit, or words alone"),
    KEY("count", INTEGER, OR_NULL, "how many; null where it is not printed"),
    KEY("of", INTEGER, OR_NULL, "of how many; null where it is no share, or is not printed"),
    KEY("value", NUMBER, OR_NULL, "the figure; of a share 0 to 1; null where there is none: see why"),
    KEY("low", NUMBER, OR_NULL, "the lower end of its range"),
    KEY("high", NUMBER, OR_NULL, "the upper end of its range"),
    KEY("n", INTEGER, OR_NULL, "how many the figure is of"),
    KEY("unit", TEXT, OR_NULL, "share, p, minutes, steps and so on"),
    KEY("few", BOOLEAN, 0, "it is not printed, as few people stand behind it, or behind the one beside it"),
    KEY("words", TEXT, OR_NULL, "how many, as people read it"),
    KEY("why", TEXT, OR_NULL, "why there is no figure"),
    KEY("remark", TEXT, OR_NULL, "what else is to be known"),
    END,
};
static const struct thing row = {"row", row_members};

static const struct member side_members[] = {
    KEY("answer", TEXT, OR_NULL, "what they answered first"),
    KEY("words", TEXT, 0, "why, in their words, without names"),
    END,
};
static const struct thing side = {"side", side_members};

static const struct member said_members[] = {
    IS("practitioner", side, OR_NULL, "null where they have not said that their words may be used"),
    IS("service_user", side, OR_NULL, "the same"),
    END,
};
static const struct thing said = {"said", said_members};

static const struct member item_members[] = {
    ONE_OF("kind", kinds, 0, "what it is"),
    KEY("title", TEXT, OR_NULL, "of a figure or a term; of a voice how it ended; of a lesson whose it is"),
    KEY("text", TEXT, OR_NULL, "of a figure what it tells; of a voice what was asked; else what it says"),
    KEY("name", TEXT, MAY_LACK, "of a figure: its name, which is in one part only"),
    KEY("formula", TEXT, MAY_LACK | OR_NULL, "of a figure: how it is worked out"),
    KEY("source", TEXT, MAY_LACK | OR_NULL, "of a figure: whose formula it is; null for a count"),
    IS("rows", row, LIST | MAY_LACK, "of a figure"),
    IS("said", said, MAY_LACK, "of a voice: what each said"),
    END,
};
static const struct thing item = {"item", item_members};

static const struct member part_members[] = {
    KEY("name", TEXT, 0, "about, outputs, quality, engagement, change, voices or definitions"),
    KEY("title", TEXT, 0, "as people read it"),
    KEY("says", TEXT, 0, "what it is about"),
    IS("items", item, LIST, "in their order"),
    END,
};
static const struct thing part = {"part", part_members};

static const struct member report_members[] = {
    KEY("format", TEXT, 0, "which format, and its version"),
    KEY("title", TEXT, 0, "as it was given"),
    KEY("made", TEXT, 0, "the month it was made in"),
    KEY("since", TEXT, OR_NULL, "the first month it is over; null where nobody said"),
    KEY("until", TEXT, OR_NULL, "the last month it is over; null where nobody said"),
    KEY("period", TEXT, 0, "the same in words"),
    KEY("filter", TEXT, OR_NULL, "what alone is in it; null: all"),
    IS("parts", part, LIST, "in their order; with --part just one"),
    END,
};
/* clang-format on */
static const struct thing whole = {"report", report_members};
static const struct thing *const things[] = {&row, &side, &said, &item, &part};

json_t *commission_schema(void)
{
    return members_schema("A commissioner's report, by Alongside",
                          "What “alongside report --format json” writes. See alongside(1).",
                          COMMISSION_FORMAT, &whole, things, sizeof things / sizeof *things);
}
