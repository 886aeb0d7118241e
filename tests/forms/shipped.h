/* The shipped forms as they are written: their YAML with what stands in what, and questions to ask of it.
 * What is not there, or is not as expected, fails the test. */
#ifndef TESTS_FORMS_SHIPPED_H
#define TESTS_FORMS_SHIPPED_H

#include "base/strbuf.h"
#include "form/yaml.h"

#include <stdbool.h>

enum { MOST_QUESTIONS = 400 };
enum { WHOLE_LIFE, REVIEW, FEEDBACK, YOUNG_ADULT, EXIT, FORMS };
extern const char *const names[FORMS];

struct item {
    const struct node *node;
    const char *name, *type, *section;
    const struct item *within; /* the group or repeat it stands in */
    int place;                 /* in its section, from 0; groups count as well */
};

struct shipped {
    struct arena arena;
    const struct node *root;
    struct item items[MOST_QUESTIONS];
    int count;
};
extern struct shipped forms[FORMS];

/* All of them; for cmocka's group. */
int read_forms(void **state);
int forget_forms(void **state);
/* FOLDER/forms/NAME.yaml; the caller frees it. */
char *form_path(int form);

/* The value of a map's key, or NULL; the same as a word, or "". */
const struct node *get(const struct node *map, const char *key);
const char *word(const struct node *map, const char *key);
/* The item of a list in which `key` is `value`, or NULL. */
const struct node *listed(const struct node *list, const char *key, const char *value);
/* Every text in a node, one after the other. */
void gather(struct strbuf *all, const struct node *node);
bool says(const struct node *node, const char *words);

const struct item *find(int form, const char *name); /* or NULL */
const struct item *question(int form, const char *name);
void expect(int form, const char *name, const char *key, const char *value);
/* The names of its choices, with blanks between. */
void expect_choices(int form, const char *name, const char *expected);
const struct node *summary(int form, const char *name);
void expect_summary(int form, const char *name, const char *key, const char *value);

/* Is it in that repeat or group, however deep? */
bool is_in(const struct item *item, const char *name);
/* Who is asked: the nearest word on it. */
const char *asked_of(const struct item *item);
bool tagged(const struct item *item, const char *tag);
/* Is it rated on the ladder? */
bool is_ladder(const struct item *item);

#endif
