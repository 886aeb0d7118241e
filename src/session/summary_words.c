/* The lists told: on the screen, in line mode and on paper in the same words; and as a tree for programs.
 * Also what a form keeps in sight, and which other forms it offers. */
#include "session/summary.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* What goes between two parts: no mark after one that ends in its own. */
static const char *between(const struct strbuf *sb, const char *mark)
{
    if (sb->length == 0)
        return "";
    return strchr(".?!", sb->text[sb->length - 1]) ? " " : mark;
}

/* ---- answers of both ---- */

/* Whose answer, in whose words: a choice has a label for each of the two, and a list is read by one of them.
 */
static char *answer_for(const struct assessment *a, int item, enum who whose, enum who reader, int language)
{
    const json_t *value = assessment_answer(a, item, whose)->value;
    return value ? answer_words(a, item, value, reader, language) : words_answer(a, item, whose, language);
}

/* What each says, by name where they do not say the same, or (`by_name`) where only one of the two has said
 * anything; "" where nobody has. */
static char *answer_of_both(const struct assessment *a, int item, enum who reader, int language, bool by_name)
{
    const struct question *q = assessment_question(a, item);
    if (!assessment_revealed(a, item))
        return xstrdup("shown when both have answered");
    if (q->type == TYPE_CALCULATE)
        return value_string(assessment_calculated(a, item, TOGETHER));
    if (q->asked_of != ASKED_OF_BOTH)
        return answer_for(a, item, q->asked_of, reader, language);
    enum who left = assessment_left(a);
    char *words[PARTIES] = {answer_for(a, item, left, reader, language),
                            answer_for(a, item, who_other(left), reader, language)};
    struct strbuf sb = STRBUF_INIT;
    bool one = strcmp(words[0], words[1]) == 0 || (!by_name && (!*words[0] || !*words[1]));
    if (one)
        strbuf_add(&sb, *words[0] ? words[0] : words[1]);
    for (int side = 0; side < PARTIES && !one; side++) {
        if (*words[side])
            strbuf_addf(&sb, "%s%s: %s", between(&sb, "; "),
                        assessment_name(a, side ? who_other(left) : left, language), words[side]);
    }
    free(words[0]);
    free(words[1]);
    return strbuf_detach(&sb);
}

/* "Both", "Rae". */
static const char *holder(const struct assessment *a, const struct summary_row *row, int language)
{
    if (row->holds[PRACTITIONER] && row->holds[SERVICE_USER])
        return "both";
    return assessment_name(a, row->holds[PRACTITIONER] ? PRACTITIONER : SERVICE_USER, language);
}

/* ---- groups and rows ---- */

static char *plain_word(const char *word)
{
    char *words = xstrdup(word);
    for (char *c = words; *c; c++) {
        if (*c == '_')
            *c = ' ';
    }
    return words;
}

char *summary_group_words(const struct assessment *a, const struct summary_list *list, int group,
                          enum who reader, int language)
{
    const struct summary_group *g = &list->groups[group];
    const struct question *q = assessment_question(a, g->item);
    if (!*g->key)
        return xstrdup(list->summary->group_by == GROUP_PATHWAY ? "All other" : "Not said yet");
    switch (list->summary->group_by) {
    case GROUP_PATHWAY: {
        const char *label =
            assessment_text(a, -1, form_tag_label(assessment_form(a), g->key), reader, language);
        return *label ? xstrdup(label) : plain_word(g->key);
    }
    case GROUP_SECTION:
        return xstrdup(words_section(a, q->section, reader, language));
    default:
        return answer_for(a, g->item, g->as, reader, language);
    }
}

/* "By when? 2026-12-01" */
static void add_labelled(struct strbuf *sb, const char *label, const char *answer)
{
    bool question = *label && label[strlen(label) - 1] == '?';
    strbuf_addf(sb, "%s%s %s", label, question ? "" : ":", answer);
}

/* The first that is shown is what the row is called; of the others each with its label. */
static char *entry_words(const struct assessment *a, const struct summary *s, int item, enum who reader,
                         int language)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < s->show_count; i++) {
        int shown = assessment_item_from(a, s->show[i], item);
        if (shown < 0 || !assessment_shown(a, shown))
            continue;
        char *answer = answer_of_both(a, shown, reader, language, false);
        if (*answer && i == 0)
            strbuf_add(&sb, answer);
        else if (*answer)
            strbuf_add(&sb, between(&sb, ". "));
        if (*answer && i > 0)
            add_labelled(&sb, words_question(a, shown, reader, language), answer);
        free(answer);
    }
    if (sb.length)
        return strbuf_detach(&sb);
    strbuf_release(&sb);
    return words_where(a, item, reader, language); /* nothing said yet: which one it is */
}

static char *question_words(const struct assessment *a, const struct summary *s, int item, enum who reader,
                            int language)
{
    const struct question *q = assessment_question(a, item);
    char *label = words_item(a, item, reader, language);
    bool bare = s->group_by == GROUP_ANSWER || q->type == TYPE_NOTE;
    char *answer = bare ? xstrdup("") : answer_of_both(a, item, reader, language, false);
    const char *section = s->group_by == GROUP_SECTION ? "" : words_section(a, q->section, reader, language);
    size_t length = strlen(section);
    bool said = strncmp(label, section, length) == 0 && label[length] == ':'; /* "Home: who helps?" */
    struct strbuf sb = STRBUF_INIT;
    if (*section && !said)
        strbuf_addf(&sb, "%s: ", section);
    if (*answer)
        add_labelled(&sb, label, answer);
    else
        strbuf_add(&sb, label);
    free(answer);
    free(label);
    return strbuf_detach(&sb);
}

char *summary_row_words(const struct assessment *a, const struct summary_list *list,
                        const struct summary_row *row, enum who reader, int language)
{
    const struct summary *s = list->summary;
    char *what = s->tag ? question_words(a, s, row->item, reader, language)
                        : entry_words(a, s, row->item, reader, language);
    char *words = xasprintf("%s (%s)", what, holder(a, row, language));
    free(what);
    return words;
}

/* ---- told ---- */

static const char *group_noun(const struct summary *s)
{
    return s->group_by == GROUP_PATHWAY ? "areas" : "parts";
}

static char *title_words(const struct assessment *a, const struct summary_list *list, enum who reader,
                         int language)
{
    const struct summary *s = list->summary;
    const char *title = assessment_text(a, -1, s->title, reader, language);
    bool places = s->group_by == GROUP_PATHWAY || s->group_by == GROUP_SECTION;
    if (list->of == 0)
        return xasprintf("%s: none yet", title);
    if (places && list->listed)
        return xasprintf("%s: %d of %d, in %d of %zu %s", title, list->listed, list->of,
                         summary_groups_listed(list), list->group_count, group_noun(s));
    return xasprintf("%s: %d of %d", title, list->listed, list->of);
}

void summary_tell(const struct assessment *a, enum who reader, int language,
                  void (*line)(void *context, enum summary_level level, int item, const char *group,
                               const char *text),
                  void *context)
{
    const struct form *form = assessment_form(a);
    for (size_t i = 0; i < form->summary_count; i++) {
        struct summary_list list;
        summary_make(a, &form->summaries[i], &list);
        char *title = title_words(a, &list, reader, language), *group = xstrdup("");
        int in = -1;
        line(context, SUMMARY_TITLE, -1, "", title);
        if (summary_is_one_kind(&list) && list.summary->one_kind)
            line(context, SUMMARY_REMARK, -1, "",
                 assessment_text(a, -1, list.summary->one_kind, reader, language));
        for (size_t r = 0; r < list.count; r++) {
            const struct summary_row *row = &list.rows[r];
            if (row->group != in) {
                in = row->group;
                free(group);
                group = summary_group_words(a, &list, in, reader, language);
                const struct summary_group *g = &list.groups[in];
                char *heading = xasprintf("%s: %d of %d", group, g->listed, g->of);
                line(context, SUMMARY_GROUP, -1, group, heading);
                free(heading);
            }
            char *words = summary_row_words(a, &list, row, reader, language);
            line(context, SUMMARY_ROW, row->item, group, words);
            free(words);
        }
        if (list.hidden) {
            char *hidden = xasprintf("%d more: shown when both have answered", list.hidden);
            line(context, SUMMARY_REMARK, -1, "", hidden);
            free(hidden);
        }
        free(group);
        free(title);
        summary_release(&list);
    }
}

/* ---- as a tree ---- */

static json_t *row_tree(const struct assessment *a, const struct summary_list *list,
                        const struct summary_row *row, int language)
{
    const struct summary *s = list->summary;
    const struct entry *entry = assessment_entry_of(a, row->item);
    json_t *tree = json_object(), *holds = json_array(), *shows = json_array();
    for (int party = 0; party < PARTIES; party++) {
        if (row->holds[party])
            json_array_append_new(holds, json_string(who_names[party]));
    }
    if (s->tag)
        json_array_append_new(shows, json_string(assessment_path(a, row->item)));
    for (size_t i = 0; i < s->show_count; i++) {
        int shown = assessment_item_from(a, s->show[i], row->item);
        if (shown >= 0)
            json_array_append_new(shows, json_string(assessment_path(a, shown)));
    }
    char *words = summary_row_words(a, list, row, SERVICE_USER, language);
    json_object_set_new(tree, "entry", entry ? json_integer(entry->number) : json_null());
    json_object_set_new(tree, "questions", shows);
    json_object_set_new(tree, "words", json_string(words));
    json_object_set_new(tree, "group",
                        row->group >= 0 ? json_string(list->groups[row->group].key) : json_null());
    json_object_set_new(tree, "holds_for", holds);
    free(words);
    return tree;
}

static json_t *list_tree(const struct assessment *a, const struct summary *summary, int language)
{
    struct summary_list list;
    summary_make(a, summary, &list);
    json_t *tree = json_object(), *groups = json_array(), *rows = json_array();
    for (size_t i = 0; i < list.group_count; i++) {
        const struct summary_group *g = &list.groups[i];
        char *label = summary_group_words(a, &list, (int)i, SERVICE_USER, language);
        json_array_append_new(groups, json_pack("{s:s, s:s, s:i, s:i}", "group", g->key, "label", label,
                                                "listed", g->listed, "of", g->of));
        free(label);
    }
    for (size_t i = 0; i < list.count; i++)
        json_array_append_new(rows, row_tree(a, &list, &list.rows[i], language));
    json_object_set_new(tree, "summary", json_string(summary->name));
    json_object_set_new(tree, "title",
                        json_string(assessment_text(a, -1, summary->title, SERVICE_USER, language)));
    json_object_set_new(tree, "listed", json_integer(list.listed));
    json_object_set_new(tree, "of", json_integer(list.of));
    json_object_set_new(tree, "hidden", json_integer(list.hidden));
    json_object_set_new(tree, "one_kind", json_boolean(summary_is_one_kind(&list)));
    json_object_set_new(tree, "groups", groups);
    json_object_set_new(tree, "items", rows);
    summary_release(&list);
    return tree;
}

json_t *summary_tree(const struct assessment *a, int language)
{
    const struct form *form = assessment_form(a);
    json_t *tree = json_array();
    for (size_t i = 0; i < form->summary_count; i++)
        json_array_append_new(tree, list_tree(a, &form->summaries[i], language));
    return tree;
}

/* ---- in sight, offers, tags ---- */

void summary_in_sight(const struct assessment *a, enum who reader, int language,
                      void (*line)(void *context, int item, const char *text), void *context)
{
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        if (!q->in_sight || !assessment_shown(a, item) || !assessment_revealed(a, item))
            continue;
        char *answer = answer_of_both(a, item, reader, language, true);
        if (*answer) {
            char *label = words_item(a, item, reader, language);
            struct strbuf sb = STRBUF_INIT;
            add_labelled(&sb, label, answer);
            line(context, item, sb.text);
            strbuf_release(&sb);
            free(label);
        }
        free(answer);
    }
}

/* Does it hold for either, on what both may see? */
static bool is_offered(const struct assessment *a, const struct offer *offer)
{
    if (!offer->relevant)
        return true;
    for (int party = 0; party < PARTIES; party++) {
        if (assessment_basis(a, offer->relevant, -1, (enum who)party).revealed &&
            assessment_holds(a, offer->relevant, -1, (enum who)party))
            return true;
    }
    return false;
}

void summary_offers(const struct session *s, void (*line)(void *context, const char *text), void *context)
{
    const struct assessment *a = session_assessment(s);
    const struct form *form = session_form(s);
    for (size_t i = 0; i < form->offer_count; i++) {
        const struct offer *offer = &form->offers[i];
        if (!is_offered(a, offer))
            continue;
        char *words = xasprintf("There is also “%s” for this: alongside new %s", session_offer_title(s, i),
                                offer->form);
        line(context, words);
        free(words);
    }
}

char *summary_tags(const struct assessment *a, const struct question *q, enum who reader, int language)
{
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < q->tag_count; i++) {
        const char *label =
            assessment_text(a, -1, form_tag_label(assessment_form(a), q->tags[i]), reader, language);
        if (*label)
            strbuf_addf(&sb, "%s%s", sb.length ? ", " : "", label);
    }
    return strbuf_detach(&sb);
}
