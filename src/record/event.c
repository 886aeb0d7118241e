/* Events: the one table of what there can be in a record, and a look at an object's shape against it. What an
 * event means, and whether it may happen now, is the assessment's business. */
#include "record/event.h"

#include "base/cause.h"
#include "base/utf8.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

#define BIT(who) (1u << (who))
#define PEOPLE (BIT(PRACTITIONER) | BIT(SERVICE_USER))
#define FIELDS(...)                                                                                          \
    (const struct event_field[])                                                                             \
    {                                                                                                        \
        __VA_ARGS__,                                                                                         \
        {                                                                                                    \
            NULL, FIELD_TEXT, false, NULL                                                                    \
        }                                                                                                    \
    }

#define DISAGREEMENT                                                                                         \
    {                                                                                                        \
        "disagreement", FIELD_TEXT, true, "which one: d1, d2, …"                                           \
    }
#define QUESTION                                                                                             \
    {                                                                                                        \
        "question", FIELD_TEXT, true, "the question's name"                                                  \
    }
#define REPEAT                                                                                               \
    {                                                                                                        \
        "question", FIELD_TEXT, true, "the repeat"                                                           \
    }
#define ENTRY                                                                                                \
    {                                                                                                        \
        "entry", FIELD_INTEGER, true, "its number"                                                           \
    }
#define ABOUT                                                                                                \
    {                                                                                                        \
        "question", FIELD_TEXT, false, "the question's name, where it is about one"                          \
    }
#define BECAUSE                                                                                              \
    {                                                                                                        \
        "because", FIELD_TEXT, false, "the reason, in their own words"                                       \
    }
#define ABOUT_DISAGREEMENT                                                                                   \
    {                                                                                                        \
        "disagreement", FIELD_TEXT, false, "which one, where it is about one: d1, d2, …"                   \
    }
#define PASSED                                                                                               \
    {                                                                                                        \
        "passed", FIELD_BOOLEAN, false, "true where the question's warning was read and passed"              \
    }
#define WAITING                                                                                              \
    {"what", FIELD_TEXT, false, "what has to be found out"}, {"from", FIELD_TEXT, false, "from whom"},       \
    {                                                                                                        \
        "by_when", FIELD_TEXT, false, "a date"                                                               \
    }
#define REFERRING                                                                                            \
    {"asking", FIELD_TEXT, false, "the question to be answered"},                                            \
    {                                                                                                        \
        "to", FIELD_TEXT, false, "who is asked"                                                              \
    }

const struct event_info event_table[] = {
    [EVENT_OPENED] =
        {"opened", BIT(PRACTITIONER) | BIT(SERVICE_USER) | BIT(ALONGSIDE),
         FIELDS({"format", FIELD_INTEGER, true, "the format's major version: 1"},
                {"record", FIELD_TEXT, true, "the record's id"},
                {"ref", FIELD_TEXT, false, "the case's own reference"},
                {"form", FIELD_OBJECT, true, "id, version, sha256 and text of the form"},
                {"follows", FIELD_OBJECT, false,
                 "record, lines, head and at of the one it follows, as it was then"},
                {"last", FIELD_OBJECT, false, "by question and party, the answers that one had in the end"},
                {"last_because", FIELD_OBJECT, false, "by question and party, the reasons given with them"},
                {"stood", FIELD_OBJECT, false,
                 "by question where both views stood, what was said: by and text of each"},
                {"people", FIELD_OBJECT, false, "the name of each party, to start from"},
                {"lead", FIELD_TEXT, false, "who leads the work, where it was handed over before"},
                {"pronouns", FIELD_OBJECT, false, "of each party, to start from"},
                {"seats", FIELD_OBJECT, false, "who sat on the left"},
                {"entries", FIELD_ARRAY, false,
                 "entries of repeats that go on here: question, by and about of each"}),
         "The record was begun."},
    [EVENT_RECOVERED] = {"recovered", BIT(ALONGSIDE),
                         FIELDS({"bytes", FIELD_INTEGER, true, "how many were set aside"},
                                {"sha256", FIELD_TEXT, true, "of those bytes"}),
                         "A line that was not finished was set aside."},
    [EVENT_SAT] = {"sat", PEOPLE,
                   FIELDS({"people", FIELD_OBJECT, false, "the name of each party"},
                          {"seats", FIELD_OBJECT, false, "who sits on the left"},
                          {"pronouns", FIELD_OBJECT, false, "he, she, they … as each party says"},
                          {"languages", FIELD_OBJECT, false, "the language each party reads"},
                          {"place", FIELD_TEXT, false, "where"},
                          {"agenda", FIELD_ARRAY, false, "the sections for today, in order"}),
                   "The two sat down together."},
    [EVENT_PAUSED] = {"paused", PEOPLE, FIELDS({"question", FIELD_TEXT, false, "where they were"}),
                      "They stopped for now."},
    [EVENT_ANSWERED] = {"answered", PEOPLE | BIT(TOGETHER),
                        FIELDS(QUESTION, {"value", FIELD_ANSWER, true, "the answer"}, BECAUSE,
                               {"evidence", FIELD_TEXT, false, "how it is known"}, PASSED,
                               {"private", FIELD_BOOLEAN, false,
                                "true where the other is not to see it before both have answered"},
                               {"through", FIELD_TEXT, false, "the disagreement whose settling changed it"}),
                        "An answer was given."},
    [EVENT_DECLINED] = {"declined", PEOPLE,
                        FIELDS(QUESTION, {"missing", FIELD_TEXT, true, "the missing code"}, BECAUSE,
                               {"private", FIELD_BOOLEAN, false,
                                "true where the other is not to see it before both have answered"}),
                        "Not sure, does not apply, or rather not say."},
    [EVENT_CLEARED] = {"cleared", PEOPLE, FIELDS(QUESTION), "An answer was taken back."},
    [EVENT_RAISED] = {"raised", PEOPLE,
                      FIELDS(ABOUT, {"because", FIELD_TEXT, true, "what is seen differently"},
                             {"kind", FIELD_TEXT, false, "what kind of disagreement"},
                             {"of", FIELD_INTEGER, false,
                              "the number of a note, a promise, … where it is about one"},
                             {"disagreement", FIELD_TEXT, false, "its id, given by the program"}),
                      "A disagreement was raised by hand."},
    [EVENT_DIFFERED] = {"differed", BIT(ALONGSIDE),
                        FIELDS(DISAGREEMENT, QUESTION, {"practitioner", FIELD_ANSWER, true, "their answer"},
                               {"service_user", FIELD_ANSWER, true, "their answer"},
                               {"first", FIELD_TEXT, true, "who answered first"},
                               {"kind", FIELD_TEXT, true, "what kind of disagreement"}),
                        "Two answers were found to differ."},
    [EVENT_SAID] = {"said", PEOPLE | BIT(SUPERVISOR),
                    FIELDS(DISAGREEMENT, {"text", FIELD_TEXT, false, "in their own words"},
                           {"step", FIELD_TEXT, false, "the step of the talk it belongs to"},
                           {"reason", FIELD_TEXT, false, "what made them change their answer"},
                           {"name", FIELD_TEXT, false, "the supervisor's"},
                           {"heard", FIELD_INTEGER, false, "1 to 5: I was heard"}),
                    "Words about a disagreement."},
    [EVENT_PROPOSED] = {"proposed", PEOPLE | BIT(ALONGSIDE),
                        FIELDS({"disagreement", FIELD_TEXT, false, "which one: d1, d2, …"},
                               {"question", FIELD_TEXT, false, "for an answer given together"},
                               {"as", FIELD_TEXT, false, "how to settle it"},
                               {"value", FIELD_ANSWER, false, "the answer to agree on"}, BECAUSE, PASSED,
                               WAITING, REFERRING),
                        "A way to settle it was put forward."},
    [EVENT_CONFIRMED] = {"confirmed", PEOPLE,
                         FIELDS({"disagreement", FIELD_TEXT, false, "which one: d1, d2, …"},
                                {"question", FIELD_TEXT, false, "for an answer given together"}),
                         "One of them said yes to it."},
    [EVENT_RESOLVED] = {"resolved", BIT(ALONGSIDE),
                        FIELDS(DISAGREEMENT, {"outcome", FIELD_TEXT, true, "how it ended"},
                               {"value", FIELD_ANSWER, false, "what they agreed on"},
                               {"change", FIELD_TEXT, false, "for both_stand: how the gap changed"}),
                        "A disagreement was settled."},
    [EVENT_PARKED] = {"parked", BIT(ALONGSIDE), FIELDS(DISAGREEMENT, WAITING),
                      "It waits for something to be found out."},
    [EVENT_REFERRED] = {"referred", BIT(ALONGSIDE), FIELDS(DISAGREEMENT, REFERRING),
                        "Somebody else is asked."},
    [EVENT_REOPENED] = {"reopened", PEOPLE | BIT(ALONGSIDE), FIELDS(DISAGREEMENT, BECAUSE),
                        "It is open again."},
    [EVENT_UNDONE] = {"undone", PEOPLE, FIELDS({"of", FIELD_INTEGER, true, "the number of what was undone"}),
                      "Something of their own was undone."},
    [EVENT_NOTED] = {"noted", PEOPLE,
                     FIELDS(ABOUT, {"text", FIELD_TEXT, false, "the note"},
                            {"come_back", FIELD_BOOLEAN, false,
                             "come back to this question later, or no longer"}),
                     "A note, or a mark to come back."},
    [EVENT_PROMISED] = {"promised", PEOPLE,
                        FIELDS({"text", FIELD_TEXT, true, "what they will do"}, ABOUT,
                               {"by_when", FIELD_TEXT, false, "a date"}),
                        "A promise was made."},
    [EVENT_KEPT] = {"kept", PEOPLE,
                    FIELDS({"promise", FIELD_INTEGER, true, "the number of the promise"},
                           {"kept", FIELD_BOOLEAN, true, "whether it was"}),
                    "What became of a promise."},
    [EVENT_SIGNED] = {"signed", PEOPLE,
                      FIELDS({"name", FIELD_TEXT, false, "as they typed it"},
                             {"refused", FIELD_BOOLEAN, false, "true where they will not sign"}, BECAUSE,
                             {"of", FIELD_INTEGER, false,
                              "the number of a milestone, where it is signed for that"}),
                      "One of them signed, or said they will not."},
    [EVENT_CLOSED] = {"closed", PEOPLE,
                      FIELDS({"word", FIELD_TEXT, false, "a word of the service user's own"}),
                      "The sitting was closed."},
    [EVENT_SHARED] = {"shared", PEOPLE,
                      FIELDS({"what", FIELD_TEXT, true, "what was passed on"},
                             {"to", FIELD_TEXT, true, "to whom"}, BECAUSE,
                             {"basis", FIELD_TEXT, false, "on what basis"},
                             {"on", FIELD_TEXT, false, "the day"},
                             {"told", FIELD_BOOLEAN, false, "whether the person was told"}),
                      "Something was passed on to somebody else."},
    [EVENT_STATEMENT] = {"statement", PEOPLE,
                         FIELDS(
                             ABOUT,
                             {"of", FIELD_INTEGER, false, "the number of any event, where it is about one"},
                             {"text", FIELD_TEXT, true, "in their own words"}),
                         "A statement of their own beside an item."},
    [EVENT_COMMENTED] = {"commented", BIT(SUPERVISOR),
                         FIELDS(ABOUT_DISAGREEMENT, {"text", FIELD_TEXT, true, "the comment"},
                                {"name", FIELD_TEXT, false, "who wrote it"},
                                {"as", FIELD_TEXT, false, "comment, or coaching; not there: a comment"}),
                         "A supervisor's comment, which both people see."},
    [EVENT_COUNTERSIGNED] = {"countersigned", BIT(SUPERVISOR),
                             FIELDS({"name", FIELD_TEXT, true, "as they typed it"}),
                             "A supervisor signed too, after both people."},
    [EVENT_ADDED] = {"added", PEOPLE,
                     FIELDS(REPEAT, {"entry", FIELD_INTEGER, true, "its number, from 1, never used again"},
                            {"about", FIELD_TEXT, false,
                             "the question it is about, where it is attached to one"}),
                     "An entry was added to a repeat."},
    [EVENT_MOVED] = {"moved", PEOPLE,
                     FIELDS(REPEAT, ENTRY,
                            {"before", FIELD_INTEGER, false,
                             "the entry it now stands before; none: it is last"}),
                     "An entry was put in another place."},
    [EVENT_REMOVED] = {"removed", PEOPLE, FIELDS(REPEAT, ENTRY),
                       "One of them said to take an entry out; it goes when both have."},
    [EVENT_UPGRADED] = {"upgraded", PEOPLE,
                        FIELDS({"form", FIELD_OBJECT, true, "id, version, sha256 and text of the form"}),
                        "It goes on with another version of its form."},
    [EVENT_TOLD] = {"told", PEOPLE,
                    FIELDS({"topic", FIELD_TEXT, true, "what about"},
                           {"value", FIELD_ANSWER, true, "a word, a number, true, or a list of words"},
                           {"notes", FIELD_OBJECT, false, "words besides, by the topic's words"}),
                    "One of them said something about this sitting."},
    [EVENT_SAID_BACK] = {"said_back", PEOPLE,
                         FIELDS({"disagreement", FIELD_TEXT, false, "which one: d1, d2, …"},
                                {"question", FIELD_TEXT, false, "for an answer given together"},
                                {"text", FIELD_TEXT, true, "what they heard the other say"}),
                         "One of them said back what they heard."},
    [EVENT_MARKED] = {"marked", PEOPLE,
                      FIELDS({"of", FIELD_INTEGER, true, "the number of what was said back"},
                             {"right", FIELD_BOOLEAN, true, "true: right; false: not quite"},
                             {"text", FIELD_TEXT, false, "what was missing"}),
                      "The other said whether that was right."},
    [EVENT_REFRAMED] = {"reframed", PEOPLE,
                        FIELDS(QUESTION, {"text", FIELD_TEXT, true, "the other way to see it"}),
                        "Another way to see it. The first words stay."},
    [EVENT_OFFERED] = {"offered", PEOPLE,
                       FIELDS(ABOUT, {"text", FIELD_TEXT, false, "what for"},
                              {"options", FIELD_ARRAY, true, "one to three texts"}),
                       "Ways to go on were offered."},
    [EVENT_TAKEN] = {"taken", PEOPLE,
                     FIELDS({"of", FIELD_INTEGER, true, "the number of the offer"},
                            {"how", FIELD_TEXT, true, "accepted, changed or declined"},
                            {"option", FIELD_INTEGER, false, "which one, from 1"},
                            {"text", FIELD_TEXT, false, "changed: into what"}),
                     "What the other made of the offer."},
    [EVENT_HAPPENED] = {"happened", PEOPLE,
                        FIELDS({"what", FIELD_TEXT, true, "the kind of thing"},
                               {"on", FIELD_TEXT, true, "the day"},
                               {"text", FIELD_TEXT, false, "in their own words"},
                               {"held", FIELD_TEXT, false, "lapse: what held"},
                               {"next", FIELD_TEXT, false, "lapse: what comes next"},
                               {"how", FIELD_TEXT, false, "attempt, left: in which way"},
                               {"reached", FIELD_TEXT, false, "attempt: whether it got through"},
                               {"whose", FIELD_TEXT, false, "missed, late, cancelled: by whom"},
                               {"absence", FIELD_TEXT, false, "missed: acceptable or not"},
                               {"minutes", FIELD_INTEGER, false, "late: by how many"},
                               {"to", FIELD_TEXT, false, "referral: to whom"},
                               {"role", FIELD_TEXT, false, "referral: the part that service plays"},
                               {"system", FIELD_TEXT, false, "referral: of which system it is"},
                               {"direction", FIELD_TEXT, false, "step: up or down"},
                               {"decided_by", FIELD_TEXT, false, "entry, step: who decided"},
                               {"criteria", FIELD_TEXT, false, "entry: by which criteria"}),
                        "Something happened in the life of the person, or of the work."},
    [EVENT_CAME_OF_IT] = {"came_of_it", PEOPLE,
                          FIELDS({"of", FIELD_INTEGER, true, "the number of what happened or was promised"},
                                 {"text", FIELD_TEXT, true, "what came of it"}),
                          "What came of it."},
    [EVENT_COPIED] = {"copied", PEOPLE,
                      FIELDS({"as", FIELD_TEXT, true, "what kind of copy: full, slip, conference"},
                             {"to", FIELD_TEXT, false, "who has it"}),
                      "A copy was made; its receipt is of the record up to here."},
    [EVENT_ACKNOWLEDGED] = {"acknowledged", BIT(PRACTITIONER),
                            FIELDS({"of", FIELD_INTEGER, true, "the number of the comment"},
                                   {"text", FIELD_TEXT, false, "in their own words"}),
                            "The practitioner has read a comment."},
    [EVENT_REFLECTED] = {"reflected", BIT(PRACTITIONER),
                         FIELDS(ABOUT_DISAGREEMENT, ABOUT,
                                {"text", FIELD_TEXT, true, "what they take from it"}),
                         "What the practitioner takes from it."},
    [EVENT_LESSON] = {"lesson", PEOPLE | BIT(SUPERVISOR),
                      FIELDS(ABOUT_DISAGREEMENT, ABOUT, {"text", FIELD_TEXT, true, "what can be learned"},
                             {"name", FIELD_TEXT, false, "the supervisor's"}),
                      "What others can learn from it."},
    [EVENT_HANDED_OVER] = {"handed_over", BIT(PRACTITIONER) | BIT(SUPERVISOR),
                           FIELDS({"to", FIELD_TEXT, true, "who leads the work from now on"},
                                  {"from", FIELD_TEXT, false, "who led it until now"}, BECAUSE,
                                  {"name", FIELD_TEXT, false, "who handed it over, where that is neither"}),
                           "Another person leads the work from now on."},
    [EVENT_UNKNOWN] = {NULL, ~0u, NULL, NULL},
};

/* Keys that every line has. */
static const char *const frame_keys[] = {"seq", "prev", "at", "by", "event", "hash", NULL};

static const char *const field_words[] = {"a text",        "a whole number",
                                          "true or false", "an object",
                                          "a list",        "a text, a number, true or a list of texts"};

static enum event_kind event_kind_of(const char *name)
{
    for (int i = 0; i < EVENT_UNKNOWN; i++) {
        if (strcmp(event_table[i].name, name) == 0)
            return (enum event_kind)i;
    }
    return EVENT_UNKNOWN;
}

static bool is_answer(const json_t *value)
{
    if (json_typeof(value) != JSON_ARRAY)
        return BIT(json_typeof(value)) &
               (BIT(JSON_STRING) | BIT(JSON_INTEGER) | BIT(JSON_REAL) | BIT(JSON_TRUE));
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (json_typeof(json_array_get(value, i)) != JSON_STRING)
            return false;
    }
    return true;
}

static bool field_fits(const json_t *value, enum field_type type)
{
    static const unsigned taken[] = {
        [FIELD_TEXT] = BIT(JSON_STRING),
        [FIELD_INTEGER] = BIT(JSON_INTEGER),
        [FIELD_BOOLEAN] = BIT(JSON_TRUE) | BIT(JSON_FALSE),
        [FIELD_OBJECT] = BIT(JSON_OBJECT),
        [FIELD_ARRAY] = BIT(JSON_ARRAY),
    };
    return type == FIELD_ANSWER ? is_answer(value) : taken[type] & BIT(json_typeof(value));
}

static const struct event_field *field_of(const struct event_info *info, const char *key)
{
    for (const struct event_field *f = info->fields; f->name; f++) {
        if (strcmp(f->name, key) == 0)
            return f;
    }
    return NULL;
}

static bool check_fields(const struct event_info *info, json_t *object, bool strict, char **cause)
{
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) /* cannot be: a key without a value */
    {
        if (vocab_find(frame_keys, key) >= 0)
            continue;
        const struct event_field *field = field_of(info, key);
        if (field && !field_fits(value, field->type))
            return cause_set(cause, "“%s” of “%s” must be %s", key, info->name, field_words[field->type]);
        if (!field && strict) {
            const char *known[32];
            size_t n = 0;
            for (const struct event_field *f = info->fields; f->name; f++)
                known[n++] = f->name;
            known[n] = NULL;
            char what[64] = "key of ";
            strncat(what, info->name, sizeof what - strlen(what) - 1);
            return vocab_refuse(what, key, known, cause);
        }
    }
    for (const struct event_field *f = info->fields; f->name; f++) {
        if (f->required && !json_object_get(object, f->name))
            return cause_set(cause, "“%s” needs “%s”: %s", info->name, f->name, f->help);
    }
    return true;
}

bool event_parse(json_t *object, bool strict, struct event *event, char **cause)
{
    if (!json_is_object(object))
        return cause_set(cause, "this is not a JSON object");
    const char *name = json_string_value(json_object_get(object, "event"));
    const char *by = json_string_value(json_object_get(object, "by"));
    if (!name || !by)
        return cause_set(cause, "an event needs “%s”", name ? "by" : "event");
    int who = vocab_find(who_names, by);
    if (who < 0)
        return vocab_refuse("party", by, who_names, cause);
    event->kind = event_kind_of(name);
    event->by = (enum who)who;
    event->seq = (long)json_integer_value(json_object_get(object, "seq"));
    event->at = json_string_value(json_object_get(object, "at"));
    if (!event->at)
        event->at = "";
    event->body = object;
    const struct event_info *info = &event_table[event->kind];
    if (event->kind == EVENT_UNKNOWN) {
        if (!strict)
            return true;
        const char *known[EVENT_UNKNOWN + 1];
        for (int i = 0; i <= EVENT_UNKNOWN; i++)
            known[i] = event_table[i].name;
        return vocab_refuse("event", name, known, cause);
    }
    if (!(info->by & BIT(who)))
        return cause_set(cause, "“%s” cannot be by “%s”", name, by);
    return check_fields(info, object, strict, cause);
}

const char *event_text(const struct event *event, const char *key)
{
    return json_string_value(json_object_get(event->body, key));
}

const char *event_text_or(const struct event *event, const char *key, const char *otherwise)
{
    const char *text = event_text(event, key);
    return text ? text : otherwise;
}

long event_integer(const struct event *event, const char *key)
{
    return (long)json_integer_value(json_object_get(event->body, key));
}

json_t *event_value(const struct event *event, const char *key)
{
    return json_object_get(event->body, key);
}
