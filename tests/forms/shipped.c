#include "check.h"

#include "forms/shipped.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const names[FORMS] = {"whole-life", "review", "feedback", "young-adult", "exit"};
struct shipped forms[FORMS];

/* ---- reading ---- */

char *form_path(int form)
{
    const char *folder = getenv("srcdir");
    return xasprintf("%s/forms/%s.yaml", folder ? folder : ".", names[form]);
}

const struct node *get(const struct node *map, const char *key)
{
    for (const struct node *in = map && map->kind == NODE_MAP ? map->first : NULL; in; in = in->next)
        if (strcmp(in->text, key) == 0)
            return in->value;
    return NULL;
}

const char *word(const struct node *map, const char *key)
{
    const struct node *value = get(map, key);
    return value && value->kind == NODE_SCALAR ? value->text : "";
}

const struct node *listed(const struct node *list, const char *key, const char *value)
{
    for (const struct node *in = list ? list->first : NULL; in; in = in->next)
        if (strcmp(word(in, key), value) == 0)
            return in;
    return NULL;
}

static void collect(struct shipped *form, const struct node *questions, const char *section,
                    const struct item *within, int *place)
{
    for (const struct node *in = questions ? questions->first : NULL; in; in = in->next) {
        assert_true(form->count < MOST_QUESTIONS);
        struct item *item = &form->items[form->count++];
        *item = (struct item){in, word(in, "name"), word(in, "type"), section, within, (*place)++};
        collect(form, get(in, "questions"), section, item, place);
    }
}

int read_forms(void **state)
{
    (void)state;
    for (int i = 0; i < FORMS; i++) {
        char *path = form_path(i);
        FILE *in = fopen(path, "re");
        struct strbuf source = STRBUF_INIT;
        char piece[4096];
        size_t n;
        while (in && (n = fread(piece, 1, sizeof piece, in)) > 0)
            strbuf_addn(&source, piece, n);
        if (!in)
            fail_msg("%s is not there", path);
        fclose(in);
        struct diags diags;
        diags_init(&diags, path);
        forms[i].root = node_read(source.text, source.length, &forms[i].arena, &diags);
        assert_non_null(forms[i].root);
        assert_int_equal(diags.count, 0);
        diags_release(&diags);
        strbuf_release(&source);
        const struct node *sections = get(forms[i].root, "sections");
        for (const struct node *s = sections ? sections->first : NULL; s; s = s->next) {
            int place = 0;
            collect(&forms[i], get(s, "questions"), word(s, "section"), NULL, &place);
        }
        assert_true(forms[i].count > 10);
        free(path);
    }
    return 0;
}

int forget_forms(void **state)
{
    (void)state;
    for (int i = 0; i < FORMS; i++)
        arena_release(&forms[i].arena);
    return 0;
}

/* ---- asking ---- */

const struct item *find(int form, const char *name)
{
    for (int i = 0; i < forms[form].count; i++)
        if (strcmp(forms[form].items[i].name, name) == 0)
            return &forms[form].items[i];
    return NULL;
}

const struct item *question(int form, const char *name)
{
    const struct item *item = find(form, name);
    if (!item)
        fail_msg("%s has no question %s", names[form], name);
    return item;
}

void expect(int form, const char *name, const char *key, const char *value)
{
    const char *found = word(question(form, name)->node, key);
    if (strcmp(found, value) != 0)
        fail_msg("%s, %s: %s is “%s”, not “%s”", names[form], name, key, found, value);
}

bool is_in(const struct item *item, const char *name)
{
    for (const struct item *up = item->within; up; up = up->within)
        if (strcmp(up->name, name) == 0)
            return true;
    return false;
}

const char *asked_of(const struct item *item)
{
    for (; item; item = item->within)
        if (*word(item->node, "asked_of"))
            return word(item->node, "asked_of");
    return "both";
}

bool tagged(const struct item *item, const char *tag)
{
    const struct node *tags = get(item->node, "tags");
    for (const struct node *in = tags ? tags->first : NULL; in; in = in->next)
        if (strcmp(in->text, tag) == 0)
            return true;
    return false;
}

/* The names of a question's choices, with blanks between. */
static char *choices_of(int form, const char *name)
{
    const struct node *choices = get(question(form, name)->node, "choices");
    assert_non_null(choices);
    if (choices->kind == NODE_SCALAR)
        choices = get(get(forms[form].root, "choices"), choices->text);
    struct strbuf all = STRBUF_INIT;
    for (const struct node *in = choices ? choices->first : NULL; in; in = in->next)
        strbuf_addf(&all, "%s%s", all.length ? " " : "", word(in, "name"));
    return strbuf_detach(&all);
}

void expect_choices(int form, const char *name, const char *expected)
{
    char *found = choices_of(form, name);
    assert_string_equal(found, expected);
    free(found);
}

const struct node *summary(int form, const char *name)
{
    const struct node *found = listed(get(forms[form].root, "summaries"), "summary", name);
    if (!found)
        fail_msg("%s has no summary %s", names[form], name);
    return found;
}

void expect_summary(int form, const char *name, const char *key, const char *value)
{
    assert_string_equal(word(summary(form, name), key), value);
}

void gather(struct strbuf *all, const struct node *node)
{
    if (!node)
        return;
    if (node->kind == NODE_SCALAR)
        strbuf_addf(all, "%s\n", node->text);
    for (const struct node *in = node->kind == NODE_SCALAR ? NULL : node->first; in; in = in->next)
        gather(all, node->kind == NODE_MAP ? in->value : in);
}

bool says(const struct node *node, const char *words)
{
    struct strbuf all = STRBUF_INIT;
    gather(&all, node);
    bool found = all.length && strstr(all.text, words);
    strbuf_release(&all);
    return found;
}

bool is_ladder(const struct item *item)
{
    return strcmp(word(item->node, "scale"), "ladder") == 0;
}
