/* It is as strict as event_parse() is with what a person or a program asks for: no event and no key but those
 * of the table. Each event is a rule of its own: if it is that one, then it has these keys. */
#include "record/event_schema.h"

#include "record/event.h"

/* The keys that every line of a record has, and what the chain makes of them. */
static json_t *frame(void)
{
    return json_pack("{s:{s:s, s:i, s:s}, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}, s:{s:s, s:s, s:s}}",     //
                     "seq", "type", "integer", "minimum", 1, "description", "the line's number, from 1", //
                     "prev", "type", "string", "pattern", "^[0-9a-f]{64}$", "description",
                     "the hash of the line before", //
                     "at", "type", "string", "pattern",
                     "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", "description",
                     "when, in UTC", //
                     "hash", "type", "string", "pattern", "^[0-9a-f]{64}$", "description",
                     "of this line's bytes up to here");
}

static json_t *typed(enum field_type type)
{
    static const char *const names[] = {
        [FIELD_TEXT] = "string",   [FIELD_INTEGER] = "integer", [FIELD_BOOLEAN] = "boolean",
        [FIELD_OBJECT] = "object", [FIELD_ARRAY] = "array",
    };
    if (type != FIELD_ANSWER)
        return json_pack("{s:s}", "type", names[type]);
    return json_pack("{s:[{s:[s, s]}, {s:b}, {s:s, s:{s:s}}]}", "anyOf", "type", "string", "number", "const",
                     1, "type", "array", "items", "type", "string");
}

static json_t *who_may(unsigned by)
{
    json_t *all = json_array();
    for (int who = 0; who_names[who]; who++) {
        if (by & (1u << who))
            json_array_append_new(all, json_string(who_names[who]));
    }
    return json_pack("{s:o}", "enum", all);
}

static json_t *rule(const struct event_info *info, json_t *frame_keys)
{
    json_t *properties = json_object(), *required = json_array();
    json_object_set_new(properties, "event", json_pack("{s:s}", "description", info->help));
    json_object_set_new(properties, "by", who_may(info->by));
    for (const struct event_field *field = info->fields; field->name; field++) {
        json_t *value = typed(field->type);
        json_object_set_new(value, "description", json_string(field->help));
        json_object_set_new(properties, field->name, value);
        if (field->required)
            json_array_append_new(required, json_string(field->name));
    }
    const char *key;
    json_t *value;
    json_object_foreach(frame_keys, key, value) json_object_set_new(properties, key, json_true());
    return json_pack("{s:{s:{s:{s:s}}, s:[s]}, s:{s:o, s:o, s:b}}", "if", "properties", "event", "const",
                     info->name, "required", "event", "then", "properties", properties, "required", required,
                     "additionalProperties", 0);
}

json_t *event_schema(void)
{
    json_t *events = json_array(), *rules = json_array(), *properties = frame();
    for (const struct event_info *info = event_table; info->name; info++) {
        json_array_append_new(events, json_string(info->name));
        json_array_append_new(rules, rule(info, properties));
    }
    json_object_set_new(properties, "event",
                        json_pack("{s:o, s:s}", "enum", events, "description", "what was done"));
    json_t *by = who_may(~0u);
    json_object_set_new(by, "description", json_string("who did it"));
    json_object_set_new(properties, "by", by);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:o, s:[s, s], s:{s:[s, s, s]}, s:o}", "$schema",
        "http://json-schema.org/draft-07/schema#", "title", "An event of Alongside", "description",
        "A line of a record, or of a script for “alongside apply” (without seq, prev, at and hash). See "
        "alongside-record(5).",
        "type", "object", "properties", properties, "required", "event", "by", "dependencies", "hash", "seq",
        "prev", "at", "allOf", rules);
}
