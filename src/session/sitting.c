/* A sitting in short. A question that was answered twice counts once: what counts is how much was talked
 * about, not how often it was changed. */
#include "session/sitting.h"

#include "assessment/promises.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/supervise.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdlib.h>
#include <string.h>

struct today {
    const struct assessment *a;
    size_t from, to; /* the events of the sitting, [from, to) */
    int language;
};

static const struct event *of_today(const struct today *t, size_t i, enum event_kind kind)
{
    const struct event *event = assessment_event(t->a, i);
    return event->kind == kind && !assessment_is_undone(t->a, event->seq) ? event : NULL;
}

static void line_of(struct strbuf *sb, const char *mark, const char *text)
{
    strbuf_addf(sb, "%s%s%s", sb->length ? "\n" : "", mark, text);
}

/* Which items each has dealt with, and in which sections anything was. */
static void count_answers(const struct today *t, int answered[PARTIES], bool *section)
{
    bool *seen = xcalloc((size_t)assessment_count(t->a) * PARTIES + 1, sizeof *seen);
    for (size_t i = t->from; i < t->to; i++) {
        const struct event *event = of_today(t, i, EVENT_ANSWERED);
        event = event ? event : of_today(t, i, EVENT_DECLINED);
        const char *path = event ? event_text(event, "question") : NULL;
        int item = path ? assessment_find(t->a, path) : -1;
        int place = item >= 0 ? assessment_place(t->a, item) : -1;
        if (place < 0)
            continue;
        section[assessment_question(t->a, item)->section] = true;
        for (int party = 0; party < PARTIES; party++) {
            bool theirs = event->by == (enum who)party || event->by == TOGETHER;
            bool *once = &seen[place * PARTIES + party];
            answered[party] += theirs && !*once;
            *once = *once || theirs;
        }
    }
    free(seen);
}

static void tell_answers(const struct today *t, struct strbuf *sb)
{
    int answered[PARTIES] = {0};
    const struct form *form = assessment_form(t->a);
    bool *section = xcalloc((size_t)form->section_count + 1, sizeof *section);
    count_answers(t, answered, section);
    for (int i = 0; i < PARTIES; i++) {
        enum who party = i ? who_other(assessment_left(t->a)) : assessment_left(t->a);
        char *line = answered[party] == 0
                         ? xasprintf("%s gave no answers.", assessment_name(t->a, party, t->language))
                         : xasprintf("%s gave %d %s.", assessment_name(t->a, party, t->language),
                                     answered[party], answered[party] == 1 ? "answer" : "answers");
        line_of(sb, "", line);
        free(line);
    }
    bool any = false;
    for (int s = 0; s < form->section_count; s++) {
        if (section[s])
            strbuf_addf(sb, "%s%s",
                        any ? ", " : "\nYou looked at: ", words_section(t->a, s, SERVICE_USER, t->language));
        any = any || section[s];
    }
    if (any)
        strbuf_addch(sb, '.');
    free(section);
}

/* Each that was opened, or had a word said about it, in this sitting. */
static void tell_differences(const struct today *t, struct strbuf *sb)
{
    bool any = false;
    for (size_t i = 0; i < assessment_disagreements(t->a); i++) {
        const struct disagreement *d = assessment_disagreement(t->a, i);
        bool today = false;
        for (size_t k = 0; k < d->turn_count; k++)
            today = today || d->turns[k] > (long)t->from;
        if (!today && d->opened <= (long)t->from)
            continue;
        if (!any)
            line_of(sb, "", "What you saw differently:");
        any = true;
        char *about = words_about(t->a, d, SERVICE_USER, t->language),
             *how = words_outcome(t->a, d, t->language);
        strbuf_addf(sb, "\n- %s (%s)", about, how);
        free(about);
        free(how);
    }
}

static void tell_lists(const struct today *t, struct strbuf *sb)
{
    bool any = false;
    for (size_t i = t->from; i < t->to; i++) {
        const struct event *event = of_today(t, i, EVENT_ADDED);
        const struct entry *entry =
            event ? assessment_entry_numbered(t->a, event_integer(event, "entry")) : NULL;
        char *name = entry && entry->in ? words_entry(t->a, entry, SERVICE_USER, t->language) : xstrdup("");
        if (*name) {
            if (!any)
                line_of(sb, "", "New in your lists:");
            any = true;
            line_of(sb, "- ", name);
        }
        free(name);
    }
}

static void tell_promises(const struct today *t, struct strbuf *sb)
{
    bool any = false;
    for (size_t i = t->from; i < t->to; i++) {
        const struct event *event = of_today(t, i, EVENT_PROMISED);
        if (!event)
            continue;
        if (!any)
            line_of(sb, "", "You promised:");
        any = true;
        char *words = words_event(t->a, event, t->language);
        line_of(sb, "- ", words);
        free(words);
    }
}

char *sitting_recap(const struct session *s, int language)
{
    const struct assessment *a = session_assessment(s);
    size_t sittings = assessment_sittings(a);
    if (!sittings)
        return xstrdup("");
    struct today t = {a, (size_t)assessment_sitting(a, topic_sitting_began(a, sittings - 1))->opened,
                      assessment_events(a), language};
    struct strbuf sb = STRBUF_INIT;
    tell_answers(&t, &sb);
    tell_differences(&t, &sb);
    tell_lists(&t, &sb);
    tell_promises(&t, &sb);
    return strbuf_detach(&sb);
}

char *sitting_promises(const struct session *s, int language)
{
    const struct assessment *a = session_assessment(s);
    size_t sittings = assessment_sittings(a);
    struct strbuf sb = STRBUF_INIT;
    size_t from = sittings ? (size_t)assessment_sitting(a, topic_sitting_began(a, sittings - 1))->opened
                           : assessment_events(a);
    for (size_t i = from; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (event->kind != EVENT_PROMISED || assessment_is_undone(a, event->seq))
            continue;
        char *words = words_event(a, event, language);
        line_of(&sb, "", words);
        free(words);
    }
    return strbuf_detach(&sb);
}

/* ---- who is here ---- */

/* Where what stands in brackets at the end begins; NULL where nothing does, or nothing is before it. */
static const char *brackets_of(const char *typed)
{
    size_t length = strlen(typed);
    const char *open = strrchr(typed, '(');
    return open && open > typed && length > 0 && typed[length - 1] == ')' && open[1] != ')' ? open : NULL;
}

char *sitting_name_typed(const char *typed)
{
    const char *open = brackets_of(typed);
    size_t length = open ? (size_t)(open - typed) : strlen(typed);
    while (length > 0 && typed[length - 1] == ' ')
        length--;
    return xstrndup(typed, length);
}

json_t *sitting_sat(const struct session *s, enum who by, const char *const typed[PARTIES], enum who left,
                    const char *place, const int languages[PARTIES])
{
    const struct form *form = session_form(s);
    json_t *people = json_object(), *pronouns = json_object(), *reads = json_object();
    for (int party = 0; party < PARTIES; party++) {
        const char *text = typed[party] ? typed[party] : "", *open = brackets_of(text);
        char *name = sitting_name_typed(text);
        /* Said once and left out now, they are taken back. */
        const char *before = assessment_pronouns(session_assessment(s), (enum who)party);
        if (*name)
            json_object_set_new(people, who_names[party], json_string(name));
        if (open)
            json_object_set_new(pronouns, who_names[party], json_stringn(open + 1, strlen(open) - 2));
        else if (*before && *name)
            json_object_set_new(pronouns, who_names[party], json_string(""));
        json_object_set_new(reads, who_names[party], json_string(form->languages[languages[party]]));
        free(name);
    }
    json_t *intent = json_pack("{s:s, s:s, s:o, s:{s:s}}", "by", who_names[by], "event", "sat", "people",
                               people, "seats", "left", who_names[left]);
    if (json_object_size(pronouns))
        json_object_set(intent, "pronouns", pronouns);
    if (form->language_count > 1)
        json_object_set(intent, "languages", reads);
    if (place && *place)
        json_object_set_new(intent, "place", json_string(place));
    json_decref(pronouns);
    json_decref(reads);
    return intent;
}

char *sitting_typed(const struct assessment *a, enum who party)
{
    const char *pronouns = assessment_pronouns(a, party), *name = assessment_name_given(a, party);
    return *pronouns && *name ? xasprintf("%s (%s)", name, pronouns) : xstrdup(name);
}

char *sitting_beside_name(const struct assessment *a, enum who party, int language)
{
    const struct form *form = assessment_form(a);
    const char *pronouns = assessment_pronouns(a, party);
    const char *reads = language > 0 ? form->languages[language] : "";
    if (!*pronouns && !*reads)
        return xstrdup("");
    return xasprintf(" (%s%s%s)", pronouns, *pronouns && *reads ? ", " : "", reads);
}

int sitting_language(const struct assessment *a, enum who party)
{
    const struct form *form = assessment_form(a);
    const char *reads = NULL;
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        const struct event *sat = assessment_event_numbered(a, assessment_sitting(a, i)->opened);
        const char *now = json_string_value(json_object_get(event_value(sat, "languages"), who_names[party]));
        reads = now ? now : reads;
    }
    for (int i = 0; reads && i < form->language_count; i++) {
        if (strcmp(form->languages[i], reads) == 0)
            return i;
    }
    return 0;
}

/* ---- how it goes ---- */

bool sitting_goes_on(const struct assessment *a)
{
    size_t n = assessment_sittings(a);
    return n > 0 && !assessment_sitting(a, n - 1)->closed;
}

bool sitting_is_new(const struct assessment *a)
{
    size_t n = assessment_sittings(a);
    return n > 0 && topic_sitting_began(a, n - 1) == n - 1;
}

/* Of the last thing that says so, going back. */
enum sitting_stage sitting_stage(const struct assessment *a)
{
    size_t n = assessment_sittings(a);
    long from = n ? assessment_sitting(a, topic_sitting_began(a, n - 1))->opened : 0;
    for (size_t i = assessment_events(a); (long)i > from; i--) {
        const struct event *event = assessment_event(a, i - 1);
        const char *topic = event_text(event, "topic"), *path = event_text(event, "question");
        if (assessment_is_undone(a, event->seq))
            continue;
        if (event->kind == EVENT_TOLD && topic && topic_named(topic))
            return topic_named(topic)->stage == TOPIC_CLOSING  ? SITTING_RECAP
                   : topic_agenda_first(a, n - 1) != ALONGSIDE ? SITTING_AREAS
                                                               : SITTING_WELCOME;
        if (event->kind == EVENT_PROMISED || event->kind == EVENT_ADDED)
            return SITTING_PLAN;
        const struct disagreement *d = assessment_disagreement_of_id(a, event_text(event, "disagreement"));
        if (d)
            return disagreement_is_live(d) ? SITTING_TALK : SITTING_RATE;
        int item = path ? assessment_find(a, path) : -1;
        if (item >= 0)
            return assessment_entry_of(a, item) ? SITTING_PLAN : SITTING_RATE;
    }
    return SITTING_WELCOME;
}

static const char *const stage_titles[] = {"Welcome", "Areas", "Rate", "Talk", "Plan", "Recap"};

char *sitting_stage_words(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    for (enum sitting_stage stage = SITTING_WELCOME; stage <= SITTING_RECAP; stage++)
        strbuf_addf(&sb, sitting_stage(a) == stage ? "%s[%s]" : "%s%s", stage ? " > " : "",
                    stage_titles[stage]);
    return strbuf_detach(&sb);
}

char *sitting_stage_told(const struct assessment *a)
{
    enum sitting_stage now = sitting_stage(a);
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s, %d of %d.", stage_titles[now], (int)now + 1, SITTING_RECAP + 1);
    for (int stage = (int)now + 1; stage <= SITTING_RECAP; stage++)
        strbuf_addf(&sb, "%s%s%s", stage == (int)now + 1 ? " Then " : ", ", stage_titles[stage],
                    stage == SITTING_RECAP ? "." : "");
    return strbuf_detach(&sb);
}

const char sitting_break_told[] = "You have been at it for 20 minutes. A break? q leaves for now.";
const char sitting_break_words[] = "You have been at it for 20 minutes. A break? Any key goes on.";

bool sitting_break_due(const struct assessment *a, time_t *rested)
{
    enum { BETWEEN = 20 * 60 };
    if (!sitting_goes_on(a))
        return false;
    time_t now = clock_now(), sat = clock_parse(assessment_sitting(a, assessment_sittings(a) - 1)->at);
    if (*rested < sat || *rested > now) /* also where the clock was set back */
        *rested = sat < now ? sat : now;
    if (now - *rested < BETWEEN)
        return false;
    *rested = now;
    return true;
}

/* ---- what is brought along ---- */

static void tell_overdue(const struct assessment *a, struct strbuf *sb, int language)
{
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    for (size_t i = 0; i < count; i++) {
        if (promises[i].by != PRACTITIONER || !promises[i].overdue)
            continue;
        char *line =
            xasprintf("%s has still to do this: “%s” (by %s).", assessment_name(a, PRACTITIONER, language),
                      promises[i].text, words_day(promises[i].by_when));
        line_of(sb, "", line);
        free(line);
    }
    free(promises);
}

static void tell_back(const struct assessment *a, struct strbuf *sb, int language)
{
    size_t from = (size_t)assessment_sitting(a, assessment_sittings(a) - 1)->opened;
    for (size_t i = from; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        const struct disagreement *d =
            event->kind == EVENT_REOPENED && event->by == ALONGSIDE
                ? assessment_disagreement_of_id(a, event_text(event, "disagreement"))
                : NULL;
        if (!d)
            continue;
        char *about = words_about(a, d, SERVICE_USER, language);
        char *line = xasprintf("You put this off till today: “%s”.", about);
        line_of(sb, "", line);
        free(line);
        free(about);
    }
}

static void tell_agreed_day(const struct assessment *a, struct strbuf *sb)
{
    size_t sittings = assessment_sittings(a);
    const struct event *next =
        sittings > 1 ? topic_told(a, sittings - 2, topic_named("next"), TOGETHER) : NULL;
    if (next) {
        char *line = xasprintf("Last time you said: we meet on %s.", words_day(event_text(next, "value")));
        line_of(sb, "", line);
        free(line);
    }
}

char *sitting_unread_words(const struct assessment *a, int language)
{
    size_t count = supervise_unread(a, NULL, 0);
    const char *name = assessment_name(a, PRACTITIONER, language);
    if (!count)
        return NULL;
    return count == 1 ? xasprintf("The supervisor wrote something that %s has not read yet.", name)
                      : xasprintf("The supervisor wrote %zu things that %s has not read yet.", count, name);
}

static void tell_unread(const struct assessment *a, struct strbuf *sb, int language)
{
    char *line = sitting_unread_words(a, language);
    if (line)
        line_of(sb, "", line);
    free(line);
}

/* Who leads is another since they last sat down. */
static void tell_lead(const struct assessment *a, struct strbuf *sb)
{
    size_t sittings = assessment_sittings(a);
    struct lead lead = supervision_lead(a);
    if (!lead.handed_over || (sittings > 1 && lead.seq < assessment_sitting(a, sittings - 2)->opened))
        return;
    char *words = supervise_lead_words(a);
    line_of(sb, "", words);
    free(words);
}

char *sitting_brought_along(const struct session *s, int language)
{
    const struct assessment *a = session_assessment(s);
    struct strbuf sb = STRBUF_INIT;
    if (assessment_sittings(a) > 0) {
        tell_agreed_day(a, &sb);
        tell_overdue(a, &sb, language);
        tell_back(a, &sb, language);
        tell_lead(a, &sb);
        tell_unread(a, &sb, language);
    }
    if (sb.length)
        return strbuf_detach(&sb);
    strbuf_release(&sb);
    return NULL;
}
