/* The schema has one definition for each place in a form (a question, a choice …), made from its table of
 * keys, and a few for kinds of values. Each type of question narrows which keys may stand on it by a rule of
 * its own, so that an editor offers all keys, with their help, and says which do not belong. */
#include "form/form_schema.h"

#include "form/load.h"

#include <string.h>

/* ---- kinds of values ---- */

#define NAME "^[a-z][a-z0-9_]{0,63}$"
#define LANGUAGE "^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$"

static json_t *reference(const char *definition)
{
    return json_pack("{s:s+}", "$ref", "#/definitions/", definition);
}

static json_t *pattern(const char *regex)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", regex);
}

/* YAML takes `2.0` for a number and `true` for a boolean; to a form both are words as well. */
static json_t *scalar(void)
{
    return json_pack("{s:[s, s, s]}", "type", "string", "number", "boolean");
}

/* A scalar, or one for each language. */
static json_t *by_language(json_t *each)
{
    return json_pack("{s:s, s:i, s:{s:o}, s:b}", "type", "object", "minProperties", 1, "patternProperties",
                     LANGUAGE, each, "additionalProperties", 0);
}

static json_t *by_party(json_t *each)
{
    return json_pack("{s:s, s:i, s:{s:O, s:o}, s:b}", "type", "object", "minProperties", 1, "properties",
                     who_names[PRACTITIONER], each, who_names[SERVICE_USER], each, "additionalProperties", 0);
}

/* One for everybody; or for each language, or person, one within the other. */
static json_t *text(void)
{
    return json_pack(
        "{s:[o, o, o]}", "anyOf", reference("words"),
        by_language(json_pack("{s:[o, o]}", "anyOf", reference("words"), by_party(reference("words")))),
        by_party(json_pack("{s:[o, o]}", "anyOf", reference("words"), by_language(reference("words")))));
}

static json_t *any_number_of(json_t *one)
{
    return json_pack("{s:s, s:i, s:o}", "type", "array", "minItems", 1, "items", one);
}

static json_t *under_names(json_t *one)
{
    return json_pack("{s:s, s:o, s:o}", "type", "object", "propertyNames", pattern(NAME),
                     "additionalProperties", one);
}

static json_t *or_name(json_t *one)
{
    return json_pack("{s:[o, o]}", "anyOf", reference("name"), one);
}

static json_t *words(const char *const *list)
{
    json_t *all = json_array();
    for (; *list; list++)
        json_array_append_new(all, json_string(*list));
    return json_pack("{s:o}", "enum", all);
}

/* "#/definitions/question" for "a question". */
static json_t *place(const struct keys *keys)
{
    return reference(strchr(keys->place, ' ') + 1);
}

static json_t *taken(const struct key *key)
{
    switch (key->takes) {
    case TAKES_SCALAR:
        return scalar();
    case TAKES_NAME:
        return reference("name");
    case TAKES_FORM_NAME:
        return pattern("^[a-z][a-z0-9_.-]{0,63}$");
    case TAKES_CHOICE_NAME: /* 2 and true are names too, to YAML a number and a boolean */
        return json_pack("{s:[s, s, s], s:s}", "type", "string", "integer", "boolean", "pattern",
                         "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$");
    case TAKES_TEXT:
        return reference("text");
    case TAKES_BOOLEAN:
        return json_pack("{s:s}", "type", "boolean");
    case TAKES_NUMBER:
        return json_pack("{s:s}", "type", "number");
    case TAKES_COUNT:
        return json_pack("{s:s, s:i}", "type", "integer", "minimum", 0);
    case TAKES_EXPR:
        return reference("expression");
    case TAKES_WORD:
        return words(key->words);
    case TAKES_SCALARS:
        return any_number_of(scalar());
    case TAKES_DAY:
        return pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    case TAKES_NAMED_SCALARS:
        return json_pack("{s:s, s:o, s:o}", "type", "object", "propertyNames",
                         pattern("^[a-z][a-z0-9_.-]{0,63}$"), "additionalProperties", scalar());
    case TAKES_LABELS:
        return json_pack("{s:s, s:{s:o}, s:b}", "type", "object", "patternProperties",
                         "^[+-]?[0-9]+([.][0-9]+)?$", reference("text"), "additionalProperties", 0);
    case TAKES_KEYS:
        return place(key->keys);
    case TAKES_NAMED:
        return under_names(place(key->keys));
    case TAKES_KEYS_OR_NAME:
        return or_name(place(key->keys));
    case TAKES_LIST:
        return any_number_of(place(key->keys));
    case TAKES_NAMED_LISTS:
        return under_names(any_number_of(place(key->keys)));
    case TAKES_LIST_OR_NAME:
        return or_name(any_number_of(place(key->keys)));
    }
    return json_true();
}

/* ---- places ---- */

/* Beside a $ref draft-07 looks at nothing, so the help goes around it. */
static json_t *described(const struct key *key)
{
    json_t *value = taken(key);
    if (json_object_get(value, "$ref"))
        value = json_pack("{s:[o]}", "allOf", value);
    json_object_set_new(value, "description", json_string(key->help));
    return value;
}

/* The names of the keys for these types (0: of all) that may stand, or that must. */
static json_t *names(const struct keys *keys, unsigned types, bool needed)
{
    json_t *list = json_array();
    for (const struct key *key = keys->keys; key->name; key++) {
        unsigned on = needed ? key->needed : key->types;
        if (types ? (on & types) == types : on)
            json_array_append_new(list, json_string(key->name));
    }
    return list;
}

/* A choice has keys of its own beside these, for choice_filter. */
static json_t *place_schema(const struct keys *keys)
{
    json_t *properties = json_object(), *schema;
    for (const struct key *key = keys->keys; key->name; key++)
        json_object_set_new(properties, key->name, described(key));
    schema = json_pack("{s:s, s:o}", "type", "object", "properties", properties);
    if (keys == &choice_keys) {
        json_object_set_new(schema, "propertyNames", pattern(NAME));
        json_object_set_new(schema, "additionalProperties", scalar());
    } else {
        json_object_set_new(schema, "additionalProperties", json_false());
    }
    json_t *needed = names(keys, keys == &question_keys ? ON_ALL : 0, true);
    if (json_array_size(needed))
        json_object_set(schema, "required", needed);
    json_decref(needed);
    return schema;
}

/* For each type which keys belong to it, and which it needs. */
static json_t *type_rules(void)
{
    json_t *rules = json_array();
    for (int type = 0; question_type_names[type]; type++) {
        json_t *is = json_pack("{s:{s:{s:s}}, s:[s]}", "properties", "type", "const",
                               question_type_names[type], "required", "type");
        json_t *then =
            json_pack("{s:{s:o}, s:o}", "propertyNames", "enum", names(&question_keys, ON(type), false),
                      "required", names(&question_keys, ON(type), true));
        json_array_append_new(rules, json_pack("{s:o, s:o}", "if", is, "then", then));
    }
    return rules;
}

json_t *form_schema(void)
{
    json_t *definitions = json_object();
    json_object_set_new(definitions, "name", pattern(NAME));
    json_object_set_new(
        definitions, "words",
        json_pack("{s:[s, s, s], s:s}", "type", "string", "number", "boolean", "pattern", "[^ \n]"));
    json_object_set_new(definitions, "text", text());
    json_object_set_new(definitions, "expression", scalar());
    for (int i = 0; all_keys[i]; i++) {
        if (all_keys[i] != &form_keys)
            json_object_set_new(definitions, strchr(all_keys[i]->place, ' ') + 1, place_schema(all_keys[i]));
    }
    json_object_set_new(json_object_get(definitions, "question"), "allOf", type_rules());
    json_t *schema = json_pack("{s:s, s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#",
                               "title", "A form of Alongside", "description",
                               "Shapes only; “alongside check” finds all else. See alongside-form(5).");
    json_t *form = place_schema(&form_keys);
    json_object_update(schema, form);
    json_decref(form);
    json_object_set_new(schema, "definitions", definitions);
    return schema;
}

json_t *services_schema(void)
{
    json_t *schema =
        json_pack("{s:s, s:s, s:s}", "$schema", "http://json-schema.org/draft-07/schema#", "title",
                  "A list of services of Alongside", "description",
                  "Shapes only; “alongside services --check” finds all else. See alongside-services(5).");
    json_t *list = place_schema(&services_keys);
    json_object_update(schema, list);
    json_decref(list);
    json_object_set_new(schema, "definitions", json_pack("{s:o}", "service", place_schema(&service_keys)));
    return schema;
}
