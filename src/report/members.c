/* JSON Schemas out of tables of keys. */
#include "report/members.h"

#include "form/who.h"

static json_t *or_null(json_t *value)
{
    return json_pack("{s:[o, {s:s}]}", "anyOf", value, "type", "null");
}

static json_t *words(const char *const *list)
{
    json_t *all = json_array();
    for (; *list; list++) {
        if (**list)
            json_array_append_new(all, json_string(*list));
    }
    return json_pack("{s:o}", "enum", all);
}

static json_t *held(const struct member *member)
{
    switch (member->holds) {
    case TEXT:
        return json_pack("{s:s}", "type", "string");
    case INTEGER:
        return json_pack("{s:s}", "type", "integer");
    case NUMBER:
        return json_pack("{s:s}", "type", "number");
    case BOOLEAN:
        return json_pack("{s:s}", "type", "boolean");
    case WORD:
        return words(member->words);
    case ANSWER:
    case SCORE: /* a score may be false as well */
        return json_pack("{s:[{s:[s, s]}, {s:o}, {s:s, s:{s:s}}]}", "anyOf", "type", "string", "number",
                         "enum", member->holds == ANSWER ? json_pack("[b]", 1) : json_pack("[b, b]", 1, 0),
                         "type", "array", "items", "type", "string");
    case OBJECT:
        return json_pack("{s:s+}", "$ref", "#/definitions/", member->object->name);
    }
    return json_true();
}

static json_t *value_of(const struct member *member)
{
    json_t *value = held(member);
    if (member->ways & OR_NULL)
        value = or_null(value);
    if (member->ways & LIST)
        value = json_pack("{s:s, s:o}", "type", "array", "items", value);
    if (member->ways & EACH)
        value = json_pack("{s:s, s:{s:O, s:o}, s:[s, s]}", "type", "object", "properties",
                          who_names[PRACTITIONER], value, who_names[SERVICE_USER], value, "required",
                          who_names[PRACTITIONER], who_names[SERVICE_USER]);
    else if (json_object_get(value, "$ref")) /* beside a $ref draft-07 looks at nothing */
        value = json_pack("{s:[o]}", "allOf", value);
    json_object_set_new(value, "description", json_string(member->help));
    return value;
}

static json_t *thing_schema(const struct thing *thing)
{
    json_t *properties = json_object(), *required = json_array();
    for (const struct member *member = thing->members; member->name; member++) {
        json_object_set_new(properties, member->name, value_of(member));
        if (!(member->ways & MAY_LACK))
            json_array_append_new(required, json_string(member->name));
    }
    return json_pack("{s:s, s:o, s:o}", "type", "object", "required", required, "properties", properties);
}

json_t *members_schema(const char *title, const char *description, const char *format,
                       const struct thing *whole, const struct thing *const *things, size_t count)
{
    json_t *definitions = json_object();
    for (size_t i = 0; i < count; i++)
        json_object_set_new(definitions, things[i]->name, thing_schema(things[i]));
    json_t *schema = json_pack("{s:s, s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#",
                               "title", title, "description", description);
    json_t *tree = thing_schema(whole);
    json_object_set_new(json_object_get(tree, "properties"), "format", json_pack("{s:s}", "const", format));
    json_object_update(schema, tree);
    json_decref(tree);
    json_object_set_new(schema, "definitions", definitions);
    return schema;
}
