/* What the parts of the export tree put into it. What a key has no value for is null. */
#ifndef REPORT_TREE_VALUES_H
#define REPORT_TREE_VALUES_H

#include "assessment/assessment.h"

/* Takes the value over. */
void tree_put(json_t *object, const char *key, json_t *value);
json_t *tree_text(const char *text);
/* A copy. */
json_t *tree_value(const json_t *value);
/* Who had signed, or said that they will not, before that entry; nothing where nobody had. */
void tree_put_later(json_t *tree, const struct assessment *a, long seq);

#endif
