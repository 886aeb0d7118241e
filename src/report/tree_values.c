/* What the parts of the export tree put into it. */
#include "report/tree_values.h"

#include "assessment/beside.h"

void tree_put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

json_t *tree_text(const char *text)
{
    return text && *text ? json_string(text) : json_null();
}

json_t *tree_value(const json_t *value)
{
    return value ? json_deep_copy(value) : json_null();
}

void tree_put_later(json_t *tree, const struct assessment *a, long seq)
{
    unsigned who = event_after_signing(a, seq);
    json_t *list = who ? json_array() : NULL;
    for (int party = 0; list && party < PARTIES; party++) {
        if (who & (1u << party))
            json_array_append_new(list, json_string(who_names[party]));
    }
    if (list)
        tree_put(tree, "after_signing_of", list);
}
