/* Writing beside an item: the table of what can be written, the intents for it, and how it is told. */
#include "session/beside.h"

#include "assessment/beside.h"
#include "base/cause.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

const struct beside_kind beside_kinds[BESIDES] = {
    [BESIDE_NOTE] = {"A note", "a note about this question", "Write what you both may want to know later.",
                     "note", "The note is saved. F2 shows it.", false, false},
    [BESIDE_WAY] = {"Another way to see it", "another way to see it",
                    "The first words stay. This stands beside them.", "way",
                    "Saved. It stands beside the answers.", false, false},
    [BESIDE_OFFER] = {"Offer up to three ways to go on", "ways to go on, one on each line",
                      "Up to three. The other one takes one, changes it, or says no.", "offer",
                      "Saved. It is for the other one to say what they make of it.", false, false},
    [BESIDE_STATEMENT] = {"A statement of my own", "what do you want to have written here?",
                          "It stands beside it in your own words. Nobody can change it.", "statement",
                          "Saved. It stands there in your own words.", false, false},
    [BESIDE_RAISE] = {"I see this differently", "what do you see differently?", "Say it in your own words.",
                      "raise", "Saved.", false, false},
    [BESIDE_REFLECTION] = {"What I take from this", "what do you take from this?",
                           "What did you learn about how you work? Both of you see it.", "reflection",
                           "Saved. It stands there for both of you.", true, true},
    [BESIDE_LESSON] = {"What others can learn from this", "what can others learn from this?",
                       "Say it without names. It may be read by others, with no name on it.", "lesson",
                       "Saved. It stands there for both of you.", false, true},
};

size_t beside_offered(enum who by, bool learned, enum beside kinds[BESIDES])
{
    size_t count = 0;
    for (int kind = 0; kind < BESIDES; kind++) {
        if ((!beside_kinds[kind].practitioner || by == PRACTITIONER) &&
            (!learned || beside_kinds[kind].learned))
            kinds[count++] = (enum beside)kind;
    }
    return count;
}

/* ---- writing ---- */

/* One on each line; lines with nothing on them are none. */
static json_t *options_of(const char *text)
{
    json_t *options = json_array();
    char *all = xstrdup(text), *rest = all, *line;
    while ((line = strsep(&rest, "\n"))) {
        line += strspn(line, " \t");
        if (*line)
            json_array_append_new(options, json_string(line));
    }
    free(all);
    return options;
}

static const char *const events[BESIDES] = {"noted",  "reframed",  "offered", "statement",
                                            "raised", "reflected", "lesson"};

bool beside_learn(struct session *s, enum who by, enum beside kind, const struct disagreement *d,
                  const char *text, char **cause)
{
    json_t *intent =
        json_pack("{s:s, s:s, s:s}", "by", who_names[by], "event", events[kind], "disagreement", d->id);
    json_object_set_new(intent, "text", json_string(text));
    return session_do(s, intent, cause);
}

bool beside_write(struct session *s, enum who by, enum beside kind, int item, long of, const char *text,
                  char **cause)
{
    const struct disagreement *d = item >= 0 && beside_kinds[kind].learned
                                       ? assessment_disagreement_about(session_assessment(s), item)
                                       : NULL;
    if (d)
        return beside_learn(s, by, kind, d, text, cause);
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[by], "event", events[kind]);
    if (item >= 0)
        json_object_set_new(intent, "question", json_string(assessment_path(session_assessment(s), item)));
    if (of)
        json_object_set_new(intent, "of", json_integer(of));
    if (kind == BESIDE_OFFER)
        json_object_set_new(intent, "options", options_of(text));
    else
        json_object_set_new(intent, kind == BESIDE_RAISE ? "because" : "text", json_string(text));
    return session_do(s, intent, cause);
}

/* ---- saying what one makes of an offer ---- */

const char *beside_option(const struct event *offer, long option)
{
    const char *text = json_string_value(json_array_get(event_value(offer, "options"), (size_t)option - 1));
    return option > 0 && text ? text : "";
}

size_t beside_replies(const struct event *offer, struct reply replies[MOST_REPLIES])
{
    long options = (long)json_array_size(event_value(offer, "options"));
    size_t count = 0;
    for (int how = 0; how < 2; how++) {
        for (long i = 1; i <= options && i <= 3; i++)
            replies[count++] =
                (struct reply){how, i, xasprintf(how ? "Change: %s" : "Take: %s", beside_option(offer, i))};
    }
    replies[count++] = (struct reply){2, 0, xstrdup(options > 1 ? "None of these" : "No")};
    return count;
}

void beside_replies_release(struct reply *replies, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(replies[i].words);
}

bool beside_reply(struct session *s, enum who by, const struct event *offer, const struct reply *reply,
                  const char *text, char **cause)
{
    json_t *intent = json_pack("{s:s, s:s, s:I, s:s}", "by", who_names[by], "event", "taken", "of",
                               (json_int_t)offer->seq, "how", taken_names[reply->how]);
    if (reply->option)
        json_object_set_new(intent, "option", json_integer(reply->option));
    if (text)
        json_object_set_new(intent, "text", json_string(text));
    return session_do(s, intent, cause);
}

/* ---- telling ---- */

/* What was said to it: "Sam took up “…”." */
static void add_taken(struct strbuf *sb, const struct assessment *a, const struct event *offer, int language)
{
    const struct event *taken = offer_taken(a, offer);
    if (!taken) {
        strbuf_addf(sb, " %s has not said yet what becomes of it.",
                    assessment_name(a, who_other(offer->by), language));
        return;
    }
    char *words = words_turn(a, taken, language), *later = words_later(a, taken->seq, language);
    strbuf_addf(sb, " %s%s%s%s", words, *later ? " (" : "", later, *later ? ".)" : "");
    free(later);
    free(words);
}

char *beside_words(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    char *words = words_turn(a, event, language), *later = words_later(a, event->seq, language);
    strbuf_add(&sb, words);
    if (*later)
        strbuf_addf(&sb, " (%s.)", later);
    long of = event_integer(event, "of");
    const struct event *about = of ? assessment_event_numbered(a, of) : NULL;
    if (about) {
        char *what = words_act(a, about, language);
        strbuf_addf(&sb, " (About entry %ld: %s.)", of, what);
        free(what);
    }
    if (event->kind == EVENT_OFFERED)
        add_taken(&sb, a, event, language);
    free(later);
    free(words);
    return strbuf_detach(&sb);
}

static void add_offer(struct strbuf *sb, const struct assessment *a, const struct event *offer, int language)
{
    const struct event *taken = offer_taken(a, offer);
    const char *other = assessment_name(a, who_other(offer->by), language);
    const char *how = taken ? event_text(taken, "how") : NULL;
    if (how && strcmp(how, taken_names[0]) == 0)
        strbuf_addf(sb, "Offered. %s took up: %s", other,
                    beside_option(offer, event_value(taken, "option") ? event_integer(taken, "option") : 1));
    else if (how && strcmp(how, taken_names[1]) == 0)
        strbuf_addf(sb, "Offered. %s made it: %s", other,
                    event_text(taken, "text") ? event_text(taken, "text") : "");
    else
        strbuf_add(sb, how ? "Offered, and declined: " : "Offers: ");
    for (size_t i = 1; i <= json_array_size(event_value(offer, "options")); i++) {
        bool picked = how && strcmp(how, taken_names[2]) != 0;
        if (!picked)
            strbuf_addf(sb, "%s%s", i > 1 ? " / " : "", beside_option(offer, (long)i));
    }
}

char *beside_brief(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    const char *text = event_text(event, "text");
    if (event->kind == EVENT_OFFERED)
        add_offer(&sb, a, event, language);
    else
        strbuf_addf(&sb, "%s: %s",
                    event->kind == EVENT_REFRAMED    ? "Another way"
                    : event->kind == EVENT_REFLECTED ? "Takes from it"
                    : event->kind == EVENT_LESSON    ? "Others can learn"
                                                     : "Wants to say",
                    text ? text : "");
    return strbuf_detach(&sb);
}

char *beside_waiting(const struct assessment *a, int item, enum who party, int language)
{
    const struct event *offer = offer_waiting(a, item, party);
    return offer ? xasprintf("%s offers something here.", assessment_name(a, offer->by, language))
                 : xstrdup("");
}

char *words_later(const struct assessment *a, long seq, int language)
{
    unsigned who = event_after_signing(a, seq);
    if (who == ((1u << PRACTITIONER) | (1u << SERVICE_USER)))
        return xstrdup("Later, after the signing");
    if (!who)
        return xstrdup("");
    enum who party = (who & (1u << PRACTITIONER)) ? PRACTITIONER : SERVICE_USER;
    return xasprintf(assessment_signature(a, party)->refused ? "Later, after %s did not sign"
                                                             : "Later, after %s signed",
                     assessment_name(a, party, language));
}
