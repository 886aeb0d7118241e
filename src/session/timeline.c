/* The timeline, read from the events each time: they are few. A sitting's day is the day on which it began
 * here; of everything else the day is what was said. */
#include "session/timeline.h"

#include "assessment/happened.h"
#include "assessment/promises.h"
#include "assessment/supervision.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "session/promised.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

const char *timeline_local_day(const char *at, char day[DATE_TEXT])
{
    time_t seconds = clock_parse(at);
    struct tm tm;
    if (seconds && localtime_r(&seconds, &tm))
        strftime(day, DATE_TEXT, "%Y-%m-%d", &tm);
    else
        snprintf(day, DATE_TEXT, "%.10s", at);
    return day;
}

/* A full stop, where there is no end yet; then a blank. */
static void begin_sentence(struct strbuf *sb)
{
    static const char *const ends[] = {".", "?", "!", ":", "”"};
    bool ended = sb->length == 0;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !ended; i++) {
        size_t length = strlen(ends[i]);
        ended = sb->length >= length && strcmp(sb->text + sb->length - length, ends[i]) == 0;
    }
    if (!ended)
        strbuf_addch(sb, '.');
    if (sb->length)
        strbuf_addch(sb, ' ');
}

/* ---- a sitting ---- */

long timeline_minutes(const struct sitting *sitting)
{
    time_t from = clock_parse(sitting->at), until = clock_parse(sitting->until);
    return from && until >= from ? (long)(until - from + 30) / 60 : -1;
}

static const struct sitting *sitting_of(const struct assessment *a, long seq)
{
    for (size_t i = 0; i < assessment_sittings(a); i++) {
        if (assessment_sitting(a, i)->opened == seq)
            return assessment_sitting(a, i);
    }
    return NULL;
}

static void tell_length(struct strbuf *sb, const struct sitting *sitting)
{
    long minutes = timeline_minutes(sitting);
    if (minutes < 0)
        strbuf_add(sb, "it goes on");
    else if (minutes == 0)
        strbuf_add(sb, "less than a minute");
    else
        strbuf_addf(sb, "%ld %s", minutes, minutes == 1 ? "minute" : "minutes");
}

static void tell_sitting(struct strbuf *sb, const struct assessment *a, const struct sitting *sitting,
                         int language)
{
    strbuf_add(sb, "Sitting, ");
    tell_length(sb, sitting);
    for (int party = 0; party < PARTIES; party++) {
        const char *name = sitting->name[party];
        strbuf_addf(sb, "%s%s", party ? " and " : ": ",
                    *name ? name : assessment_name(a, (enum who)party, language));
    }
    if (*sitting->place)
        strbuf_addf(sb, ", %s", sitting->place);
}

/* ---- what happened ---- */

/* What a field says where its label is not told with it; NULL where it is for the whole alone. */
static char *brief_of(const struct assessment *a, const struct event *event,
                      const struct happened_field *field, int language)
{
    static const char *const whole[] = {"role", "system", "decided_by", "criteria", NULL};
    for (size_t i = 0; whole[i]; i++) {
        if (strcmp(field->name, whole[i]) == 0)
            return NULL;
    }
    char *value = words_happened(a, event, field, language), *brief = value;
    if (!*value) {
        free(value);
        return NULL;
    }
    if (strcmp(field->name, "reached") == 0)
        brief = xstrdup(strcmp(event_text_or(event, "reached", ""), "yes") == 0 ? "It got through"
                                                                                : "It did not get through");
    else if (strcmp(field->name, "minutes") == 0)
        brief = xasprintf("%s %s", value, strcmp(value, "1") == 0 ? "minute" : "minutes");
    else if (strcmp(field->name, "held") == 0)
        brief = xasprintf("What held: “%s”", value);
    else if (strcmp(field->name, "next") == 0)
        brief = xasprintf("What comes next: “%s”", value);
    else if (!field->words && strcmp(field->name, "to") != 0)
        brief = xasprintf("“%s”", value);
    if (brief != value)
        free(value);
    return brief;
}

static void tell_happened(struct strbuf *sb, const struct assessment *a, const struct event *event,
                          int language)
{
    const struct happened_kind *kind = happened_kind_of(event);
    const char *between = ": ";
    if (kind != happened_named("step")) { /* “More support”, “Less support” says it all */
        strbuf_add(sb, kind ? kind->label : event_text_or(event, "what", ""));
    } else {
        between = "";
    }
    for (const struct happened_field *field = kind ? kind->fields : NULL; field && field->name; field++) {
        char *brief = brief_of(a, event, field, language);
        if (!brief)
            continue;
        strbuf_addf(sb, "%s%s", between, brief);
        between = strcmp(field->name, "to") == 0 || strcmp(field->name, "direction") == 0 ? ": " : ". ";
        free(brief);
    }
}

/* "Both have signed." "Rae has signed. Sam has not." */
static void tell_signatures(struct strbuf *sb, const struct assessment *a, long seq, int language)
{
    const struct event *by[PARTIES];
    bool refused[PARTIES];
    for (int party = 0; party < PARTIES; party++) {
        by[party] = happened_signed(a, seq, (enum who)party);
        refused[party] = by[party] && json_is_true(event_value(by[party], "refused"));
    }
    begin_sentence(sb);
    if (by[PRACTITIONER] && by[SERVICE_USER] && !refused[PRACTITIONER] && !refused[SERVICE_USER]) {
        strbuf_add(sb, "Both have signed");
        return;
    }
    for (int party = 0; party < PARTIES; party++)
        strbuf_addf(sb, "%s%s %s", party ? ". " : "", assessment_name(a, (enum who)party, language),
                    refused[party] ? "chose not to sign"
                    : by[party]    ? "has signed"
                                   : "has not signed yet");
}

/* What came of it and what was said to it, in the order in which that was written down. */
static size_t tell_after(struct strbuf *sb, const struct assessment *a, long seq, int language)
{
    size_t came = 0;
    for (const struct event *e = NULL; (e = assessment_next_about(a, seq, e));) {
        const char *name = assessment_name(a, e->by, language);
        if (e->kind == EVENT_CAME_OF_IT) {
            begin_sentence(sb);
            strbuf_addf(sb, "What came of it, as %s says: “%s”", name, event_text_or(e, "text", ""));
            came++;
        } else if (e->kind == EVENT_STATEMENT) {
            begin_sentence(sb);
            strbuf_addf(sb, "%s says to it: “%s”", name, event_text_or(e, "text", ""));
        } else if (e->kind == EVENT_ACKNOWLEDGED) {
            begin_sentence(sb);
            strbuf_addf(sb, "%s has read it", name);
            if (event_text(e, "text"))
                strbuf_addf(sb, ": “%s”", event_text(e, "text"));
        }
    }
    return came;
}

static void end_sentence(struct strbuf *sb)
{
    if (sb->length) {
        begin_sentence(sb);
        strbuf_remove(sb, sb->length - 1, 1);
    }
}

static char *standing_of(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    const struct happened_kind *kind = event->kind == EVENT_HAPPENED ? happened_kind_of(event) : NULL;
    if (event->kind == EVENT_SHARED && event_value(event, "told"))
        strbuf_addf(&sb, "%s was %stold", assessment_name(a, SERVICE_USER, language),
                    json_is_true(event_value(event, "told")) ? "" : "not ");
    if (kind && kind->both_sign)
        tell_signatures(&sb, a, event->seq, language);
    if (event->kind == EVENT_COMMENTED && !comment_acknowledged(a, event->seq))
        strbuf_addf(&sb, "%s has not read it yet", assessment_name(a, PRACTITIONER, language));
    if (tell_after(&sb, a, event->seq, language) == 0 && kind && kind->comes_back) {
        begin_sentence(&sb);
        strbuf_add(&sb, "Nothing has come back yet");
    }
    end_sentence(&sb);
    return strbuf_detach(&sb);
}

/* ---- all of them ---- */

const char *timeline_day(const char *iso)
{
    static _Thread_local char text[32];
    const char *whole = words_day(iso), *month = strchr(whole, ' '), *year = strrchr(whole, ' ');
    if (!month || year == month)
        return whole;
    snprintf(text, sizeof text, "%.*s%s", (int)(month - whole) + 4, whole, year);
    return text;
}

bool timeline_is_later(const struct assessment *a, const struct event *event)
{
    for (int party = 0; party < PARTIES; party++) {
        long signature = assessment_signature(a, (enum who)party)->seq;
        if (signature && event->seq > signature)
            return true;
    }
    return false;
}

/* What a supervisor wrote and signed, what was learned, who leads: its day is when it was written. */
static bool is_supervision(enum event_kind kind)
{
    return kind == EVENT_COMMENTED || kind == EVENT_REFLECTED || kind == EVENT_LESSON ||
           kind == EVENT_COUNTERSIGNED || kind == EVENT_HANDED_OVER;
}

static bool has_day(const struct event *event)
{
    return event->kind == EVENT_SAT || event->kind == EVENT_HAPPENED || event->kind == EVENT_SHARED ||
           is_supervision(event->kind);
}

/* The day that was said; else the day on which it was written. */
static void day_of(const struct event *event, char day[DATE_TEXT])
{
    if (event_text(event, "on"))
        snprintf(day, DATE_TEXT, "%.10s", event_text(event, "on"));
    else
        timeline_local_day(event->at, day);
}

/* What it says, and what about. */
static void tell_written(struct strbuf *sb, const struct assessment *a, const struct event *event,
                         int language)
{
    char *words = words_event(a, event, language);
    strbuf_add(sb, words);
    free(words);
}

static char *words_of(const struct assessment *a, const struct event *event, int language)
{
    struct strbuf sb = STRBUF_INIT;
    const struct sitting *sitting = event->kind == EVENT_SAT ? sitting_of(a, event->seq) : NULL;
    if (sitting)
        tell_sitting(&sb, a, sitting, language);
    else if (event->kind == EVENT_HAPPENED)
        tell_happened(&sb, a, event, language);
    else if (event->kind == EVENT_SHARED)
        strbuf_addf(&sb, "Passed on to %s: “%s”", event_text_or(event, "to", ""),
                    event_text_or(event, "what", ""));
    else if (event->kind == EVENT_PROMISED)
        strbuf_addf(&sb, "%s will: “%s”", assessment_name(a, event->by, language),
                    event_text_or(event, "text", ""));
    else if (is_supervision(event->kind))
        tell_written(&sb, a, event, language);
    else
        strbuf_add(&sb, "Sitting");
    return strbuf_detach(&sb);
}

static int by_day(const void *one, const void *other)
{
    const struct moment *a = one, *b = other;
    int order = strcmp(a->day, b->day);
    return order ? order : (a->seq > b->seq) - (a->seq < b->seq);
}

struct moment *timeline_make(const struct assessment *a, int language, size_t *count)
{
    struct moment *moments = NULL;
    size_t room = 0;
    *count = 0;
    for (size_t i = 0; i < assessment_events(a); i++) {
        const struct event *event = assessment_event(a, i);
        if (!has_day(event) || assessment_is_undone(a, event->seq))
            continue;
        GROW(moments, *count, room);
        struct moment *moment = &moments[(*count)++];
        *moment = (struct moment){.seq = event->seq,
                                  .words = words_of(a, event, language),
                                  .standing = standing_of(a, event, language),
                                  .later = timeline_is_later(a, event)};
        day_of(event, moment->day);
    }
    if (moments)
        qsort(moments, *count, sizeof *moments, by_day);
    return moments;
}

void timeline_free(struct moment *moments, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(moments[i].words);
        free(moments[i].standing);
    }
    free(moments);
}

/* ---- one of them, whole ---- */

struct telling {
    const struct assessment *a;
    int language;
    void (*row)(void *context, const char *label, const char *text);
    void *context;
};

static void row(const struct telling *t, const char *label, const char *text)
{
    if (text && *text)
        t->row(t->context, label, text);
}

static void tell_fields(const struct telling *t, const struct event *event)
{
    const struct happened_kind *kind = happened_kind_of(event);
    for (const struct happened_field *field = kind ? kind->fields : NULL; field && field->name; field++) {
        char *value = words_happened(t->a, event, field, t->language);
        row(t, field->label, value);
        free(value);
    }
    row(t, "On which day?", words_day(event_text(event, "on")));
}

static void tell_shared(const struct telling *t, const struct event *event)
{
    row(t, "What?", event_text(event, "what"));
    row(t, "To whom?", event_text(event, "to"));
    row(t, "Why?", event_text(event, "because"));
    row(t, "By what right?", event_text(event, "basis"));
    row(t, "On which day?", words_day(event_text(event, "on")));
    char *asked = xasprintf("Was %s told?", assessment_name(t->a, SERVICE_USER, t->language));
    if (event_value(event, "told"))
        row(t, asked, json_is_true(event_value(event, "told")) ? "Yes" : "No");
    free(asked);
}

static void tell_promised(const struct telling *t, const struct event *event)
{
    size_t count;
    struct promise *promises = assessment_promises(t->a, &count);
    for (size_t i = 0; i < count; i++) {
        if (promises[i].seq != event->seq)
            continue;
        char *about = promises[i].item >= 0 ? words_item(t->a, promises[i].item, SERVICE_USER, t->language)
                                            : xstrdup("");
        row(t, "About", about);
        row(t, "By which day?", words_day(promises[i].by_when));
        char *standing = promised_standing(t->a, &promises[i], t->language);
        row(t, "Kept?", standing);
        free(standing);
        free(about);
    }
    free(promises);
}

static void tell_signature(const struct telling *t, long seq, enum who party)
{
    const struct event *event = happened_signed(t->a, seq, party);
    char *label = xasprintf("%s signed", assessment_name(t->a, party, t->language));
    char *refused = xasprintf("%s chose not to sign", assessment_name(t->a, party, t->language));
    if (!event)
        row(t, label, "Not yet");
    else if (json_is_true(event_value(event, "refused")))
        row(t, refused, event_text(event, "because") ? event_text(event, "because") : "No reason said");
    else
        row(t, label, event_text(event, "name"));
    free(label);
    free(refused);
}

/* What was said to it since. */
static void tell_said(const struct telling *t, const struct event *event)
{
    size_t came = 0;
    for (const struct event *e = NULL; (e = assessment_next_about(t->a, event->seq, e));) {
        const char *name = assessment_name(t->a, e->by, t->language);
        char *label = e->kind == EVENT_CAME_OF_IT     ? xasprintf("What came of it, as %s says", name)
                      : e->kind == EVENT_STATEMENT    ? xasprintf("%s says to it", name)
                      : e->kind == EVENT_ACKNOWLEDGED ? xasprintf("%s has read it", name)
                      : e->kind == EVENT_RAISED       ? xasprintf("%s sees this differently", name)
                                                      : NULL;
        came += e->kind == EVENT_CAME_OF_IT;
        const char *text = event_text(e, e->kind == EVENT_RAISED ? "because" : "text");
        char day[DATE_TEXT];
        if (label && !text && e->kind == EVENT_ACKNOWLEDGED) /* that needs no words */
            text = words_day(timeline_local_day(e->at, day));
        if (label)
            row(t, label, text);
        free(label);
    }
    const struct happened_kind *kind = event->kind == EVENT_HAPPENED ? happened_kind_of(event) : NULL;
    if (kind && kind->comes_back && came == 0)
        row(t, "What came back?", "Nothing has come back yet");
}

void timeline_tell(const struct assessment *a, long seq, int language,
                   void (*tell)(void *context, const char *label, const char *text), void *context)
{
    const struct telling t = {a, language, tell, context};
    const struct event *event = assessment_event_numbered(a, seq);
    if (!event)
        return;
    const struct happened_kind *kind = event->kind == EVENT_HAPPENED ? happened_kind_of(event) : NULL;
    if (kind) {
        row(&t, "", kind->label);
        tell_fields(&t, event);
    } else if (event->kind == EVENT_SHARED) {
        row(&t, "", "Something was passed on");
        tell_shared(&t, event);
    } else {
        char *words = words_of(a, event, language), day[DATE_TEXT];
        day_of(event, day);
        row(&t, "", words);
        if (event->kind == EVENT_PROMISED)
            tell_promised(&t, event);
        else
            row(&t, "On which day?", words_day(day));
        free(words);
    }
    for (int party = 0; party < PARTIES && kind && kind->both_sign; party++)
        tell_signature(&t, seq, (enum who)party);
    tell_said(&t, event);
    if (event->kind != EVENT_SAT) {
        char day[DATE_TEXT];
        const char *by =
            event->by == SUPERVISOR ? words_supervisor(event) : assessment_name(a, event->by, language);
        char *written = xasprintf("%s, %s%s", by, words_day(timeline_local_day(event->at, day)),
                                  timeline_is_later(a, event) ? ". That was after signing" : "");
        row(&t, "Written down by", written);
        free(written);
    }
}

/* ---- what stands above ---- */

static void count_one(struct attendance *n, const struct event *event)
{
    const char *what = event_text_or(event, "what", ""), *absence = event_text_or(event, "absence", "");
    n->cancelled += strcmp(what, "cancelled") == 0;
    n->late += strcmp(what, "late") == 0;
    if (strcmp(what, "missed") != 0)
        return;
    n->missed++;
    if (strcmp(absence, "acceptable") == 0)
        n->acceptable++;
    else if (strcmp(absence, "not_acceptable") == 0)
        n->not_acceptable++;
    else
        n->not_known++;
}

struct attendance timeline_attended(const struct assessment *a, enum who party)
{
    struct attendance n = {0};
    for (const struct event *e = NULL; (e = assessment_next(a, EVENT_HAPPENED, e));) {
        if (strcmp(event_text_or(e, "whose", ""), who_names[party]) == 0)
            count_one(&n, e);
    }
    return n;
}

static void add_absences(struct strbuf *sb, const struct attendance *n)
{
    const struct {
        size_t count;
        const char *words;
    } parts[] = {{n->acceptable, "with a good reason"},
                 {n->not_acceptable, "without a good reason"},
                 {n->not_known, "reason not known"}};
    const char *between = " (";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!parts[i].count)
            continue;
        strbuf_addf(sb, "%s%zu %s", between, parts[i].count, parts[i].words);
        between = ", ";
    }
    if (n->missed)
        strbuf_addch(sb, ')');
}

char *timeline_attendance(const struct assessment *a, int language)
{
    struct strbuf sb = STRBUF_INIT;
    size_t sittings = assessment_sittings(a);
    bool any = false;
    strbuf_addf(&sb, "%zu %s.", sittings, sittings == 1 ? "sitting took place" : "sittings took place");
    for (int side = 0; side < PARTIES; side++) {
        enum who party = side ? who_other(assessment_left(a)) : assessment_left(a);
        struct attendance n = timeline_attended(a, party);
        any |= n.missed + n.cancelled + n.late > 0;
        strbuf_addf(&sb, " %s: missed %zu", assessment_name(a, party, language), n.missed);
        add_absences(&sb, &n);
        strbuf_addf(&sb, ", called off %zu, late %zu.", n.cancelled, n.late);
    }
    if (!any)
        strbuf_clear(&sb);
    return strbuf_detach(&sb);
}

char *timeline_episodes(const struct assessment *a)
{
    struct episode episodes[32];
    size_t count = happened_episodes(a, episodes, sizeof episodes / sizeof *episodes);
    const struct happened_kind *left = happened_named("left");
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count && episodes[0].to; i++) {
        char day[DATE_TEXT];
        strbuf_addf(&sb, i ? " It went on from %s." : "The work began on %s.",
                    words_day(i ? episodes[i].from : timeline_local_day(episodes[i].from, day)));
        if (!episodes[i].to)
            continue;
        strbuf_addf(&sb, " It stopped on %s", words_day(episodes[i].to));
        for (const struct topic_word *w = left->fields[0].words; w->word && episodes[i].how; w++) {
            if (strcmp(w->word, episodes[i].how) == 0)
                strbuf_addf(&sb, ": %s", w->label);
        }
        strbuf_addch(&sb, '.');
    }
    if (sb.length && episodes[count - 1].to)
        strbuf_add(&sb, " The door is open.");
    return strbuf_detach(&sb);
}
