/* The summary. Both answers stand beside each other as on the screen, each on the side where its owner sits,
 * in columns of the same width; the talk about a difference follows right below it. Each entry of a repeat is
 * a block with its title, set in. What nobody has answered yet is counted, not listed.
 *
 * All text goes through report/page, which makes it safe to show and wraps it. */
#include "report/as_text.h"

#include "assessment/answer.h"
#include "assessment/beside.h"
#include "assessment/topics.h"
#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "report/cycle_text.h"
#include "report/page.h"
#include "report/text_beside.h"
#include "report/tree.h"
#include "report/view_text.h"
#include "session/beside.h"
#include "session/score.h"
#include "session/summary.h"
#include "session/waiting.h"
#include "session/words.h"
#include "session/words_beside.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A disagreement by the item it is about. */
struct about {
    int item;
    size_t disagreement;
};

/* ---- times ---- */

enum { WHEN_TIME = 11, WHEN_LENGTH = 16 }; /* where the time of day begins, and all of it */

/* "2026-11-21 10:02" by this computer's time zone. The caller frees it. */
static char *when(const char *at)
{
    time_t seconds = clock_parse(at);
    struct tm tm;
    char text[32];
    if (!seconds || !localtime_r(&seconds, &tm))
        return xstrdup(at);
    strftime(text, sizeof text, "%Y-%m-%d %H:%M", &tm);
    return xstrdup(text);
}

/* ---- who, where, when ---- */

static void print_sitting(const struct page *page, const struct sitting *sitting)
{
    char *from = when(sitting->at), *until = *sitting->until ? when(sitting->until) : NULL;
    /* The day is said once where it is the same. */
    bool same_day = until && strncmp(from, until, 10) == 0;
    page_line(page, 0, "Sitting: %s%s%s%s%s", from, until ? " to " : "",
              until ? until + (same_day ? WHEN_TIME : 0) : "", *sitting->place ? ", " : "", sitting->place);
    free(from);
    free(until);
    size_t i = (size_t)(sitting - assessment_sitting(page->a, 0));
    for (const struct topic *topic = topic_table; topic->name; topic++)
        text_told(page, i, topic);
}

static void print_follows(const struct page *page)
{
    const json_t *follows = event_value(assessment_event(page->a, 0), "follows");
    const char *at = json_string_value(json_object_get(follows, "at")),
               *record = json_string_value(json_object_get(follows, "record"));
    if (at && record)
        page_line(page, 0, "Follows the assessment %s, as it was on %.10s", record, at);
}

static void print_head(const struct page *page)
{
    const struct form *form = session_form(page->s);
    const char *title = assessment_text(page->a, -1, form->title, SERVICE_USER, LANGUAGE),
               *ref = session_ref(page->s);
    page_line(page, 0, "%s, version %s%s%s", *title ? title : form->id, form->version, *ref ? ": " : "", ref);
    struct strbuf people = STRBUF_INIT;
    for (int i = 0; i < 2; i++) {
        const char *name = assessment_name(page->a, page->side[i], LANGUAGE);
        const char *label = wording(form->party_label[page->side[i]], page->side[i], LANGUAGE);
        strbuf_addf(&people, "%s%s", i ? " and " : "", name);
        if (*label && strcmp(label, name) != 0)
            strbuf_addf(&people, " (%s)", label);
    }
    page_line(page, 0, "%s", people.text);
    strbuf_release(&people);
    text_lead(page);
    for (size_t i = 0; i < assessment_sittings(page->a); i++)
        print_sitting(page, assessment_sitting(page->a, i));
    print_follows(page);
    const struct form *from, *to;
    for (size_t i = 0; i < assessment_upgrades(page->a); i++) {
        const struct event *event = assessment_upgrade(page->a, i, &from, &to);
        char *at = when(event->at), *words = words_event(page->a, event, LANGUAGE);
        page_line(page, 0, "%s: %s", at, words);
        free(at);
        free(words);
    }
}

/* What is wrong with the record, before anything is read from it; and that this is a look back. */
static void print_notice(const struct page *page)
{
    const struct record *record = session_record(page->s);
    size_t lines = tree_lines(page->s), all = record_count(record);
    if (record_damage(record))
        page_line(page, 0, "This record is damaged: %s. What comes before that is sound, and is shown here.",
                  record_damage(record));
    if (record_torn(record))
        page_line(
            page, 0,
            "The last entry was not finished (%zu bytes), as after a power cut. All entries before it are "
            "shown here.",
            record_torn(record));
    if (lines < all)
        page_line(page, 0, "This is how it stood after %zu of %zu entries.", lines, all);
    if (record_damage(record) || record_torn(record) || lines < all)
        page_blank(page);
}

/* ---- disagreements ---- */

static void print_turns(const struct page *page, const struct disagreement *d)
{
    char day[WHEN_LENGTH + 1] = "";
    for (size_t i = 0; i < d->turn_count; i++) {
        long seq = d->turns[i];
        const struct event *event = assessment_event_numbered(page->a, seq);
        char *at = when(event->at), *words = words_turn(page->a, event, LANGUAGE);
        /* The day stands above the first of it. */
        char *hour = strlen(at) == WHEN_LENGTH ? xasprintf("%s  ", at + WHEN_TIME) : xstrdup("");
        if (strncmp(day, at, WHEN_TIME - 1) != 0)
            page_line(page, 2 * INDENT, "%.*s", WHEN_TIME - 1, at);
        snprintf(day, sizeof day, "%s", at);
        char *later = words_later(page->a, seq, LANGUAGE);
        char *line = xasprintf("%s%s%s%s%s", words, assessment_is_undone(page->a, seq) ? " (taken back)" : "",
                               *later ? " (" : "", later, *later ? ".)" : "");
        free(later);
        page_labelled(page, 2 * INDENT, hour, line);
        free(line);
        free(hour);
        free(words);
        free(at);
    }
}

/* What came back of it: what it waited for, and the words of who was asked, which stand beside both views
 * however it ends. */
static void print_waited(const struct page *page, const struct disagreement *d)
{
    const struct event *waited = waiting_came_back(page->a, d);
    if (waited && waited->kind == EVENT_PARKED) {
        char *words = waiting_came_back_words(page->a, d);
        page_line(page, 2 * INDENT, "%s", words);
        free(words);
    }
    const struct event *reply = waiting_reply(page->a, d), *referral = waiting_referral(page->a, d);
    if (!reply)
        return;
    char *asked = waiting_asked_words(referral);
    page_line(page, 2 * INDENT, "You asked %s", asked);
    free(asked);
    char *name = xasprintf("%s: ", event_text(reply, "name") ? event_text(reply, "name") : "Supervisor");
    char *answer = xasprintf("“%s”", event_text(reply, "text"));
    page_labelled(page, 2 * INDENT, name, answer);
    free(answer);
    free(name);
}

static void print_disagreement(const struct page *page, const struct disagreement *d)
{
    char *outcome = words_outcome(page->a, d, LANGUAGE);
    page_line(page, INDENT, "%s (%s): %s%s", d->id, kind_names[d->kind], outcome, words_stop(outcome));
    free(outcome);
    print_waited(page, d);
    print_turns(page, d);
    if (disagreement_is_live(d) && d->proposal.seq) {
        char *proposal = words_proposal(page->a, d, LANGUAGE);
        page_line(page, 2 * INDENT, "On the table: %s", proposal);
        free(proposal);
    }
}

static int by_item(const void *one, const void *other)
{
    const struct about *a = one, *b = other;
    if (a->item != b->item)
        return a->item < b->item ? -1 : 1;
    return a->disagreement < b->disagreement ? -1 : a->disagreement > b->disagreement;
}

static struct about *abouts(const struct assessment *a)
{
    size_t count = assessment_disagreements(a);
    struct about *list = xcalloc(count + 1, sizeof *list);
    for (size_t i = 0; i < count; i++)
        list[i] = (struct about){assessment_disagreement(a, i)->question, i};
    qsort(list, count, sizeof *list, by_item);
    return list;
}

/* The place in the list of the first about this item; *count of them. */
static size_t find_about(const struct page *page, int item, size_t *count)
{
    size_t all = assessment_disagreements(page->a), low = 0, high = all;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (page->about[middle].item < item)
            low = middle + 1;
        else
            high = middle;
    }
    for (*count = 0; low + *count < all && page->about[low + *count].item == item;)
        ++*count;
    return low;
}

/* All that were about this question (-1: about none). */
static void print_disagreements(const struct page *page, int question)
{
    size_t count, first = find_about(page, question, &count);
    for (size_t i = first; i < first + count; i++)
        print_disagreement(page, assessment_disagreement(page->a, page->about[i].disagreement));
}

static bool has_disagreement(const struct page *page, int question)
{
    size_t count;
    find_about(page, question, &count);
    return count > 0;
}

/* ---- questions ---- */

static bool has_answer(const struct assessment *a, int question)
{
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        if (answer_given(assessment_answer(a, question, (enum who)who)))
            return true;
    }
    return false;
}

/* What is only shown stands there as it was last time. */
static bool has_last(const struct assessment *a, int question)
{
    bool last = false;
    for (int who = PRACTITIONER; who <= TOGETHER && assessment_question(a, question)->read_only; who++)
        last |= assessment_last(a, question, (enum who)who) != NULL;
    return last;
}

static bool is_listed(const struct page *page, int question)
{
    const struct assessment *a = page->a;
    if (assessment_question(a, question)->type == TYPE_REPEAT)
        return assessment_entries(a, question) > 0;
    return question_is_answered(assessment_question(a, question)) &&
           (has_answer(a, question) || has_last(a, question) || assessment_both_stood(a, question) ||
            assessment_together(a, question)->seq || has_disagreement(page, question) ||
            beside_next(a, question, NULL));
}

static void print_standing(const struct page *page, int question)
{
    enum standing standing = assessment_standing(page->a, question);
    const struct disagreement *d = assessment_disagreement_about(page->a, question);
    if (standing != STANDING_DIFFER && (standing != STANDING_SAME || d))
        return;
    if (d && !disagreement_is_live(d))
        return; /* its own line says how it was settled */
    char *words = words_standing(page->a, question, LANGUAGE);
    page_line(page, INDENT, "%s", words);
    free(words);
}

static void print_together(const struct page *page, int question)
{
    const struct proposal *proposal = assessment_together(page->a, question);
    page_line(page, INDENT, "%s", words_question(page->a, question, SERVICE_USER, LANGUAGE));
    struct cell cell = {STRBUF_INIT, page->columns - page->margin - INDENT};
    if (has_answer(page->a, question))
        cell_add_answer(&cell, page->a, question, TOGETHER);
    cell_add_last(&cell, page->a, question, TOGETHER);
    if (proposal->seq) {
        char *value = words_value(page->a, question, proposal->value, LANGUAGE);
        char *line = xasprintf("Put forward, and not said yes to by both yet: %s", value);
        cell_add(&cell, INDENT, line);
        free(line);
        free(value);
    }
    cell_print(page, &cell);
}

/* What was said where both views stood last time. */
static void print_stood(const struct page *page, int question)
{
    if (*words_stood(page->a, question))
        page_line(page, INDENT, "%s", words_stood(page->a, question));
    for (size_t i = 0; i < assessment_stood(page->a, question); i++) {
        char *said = words_stood_said(page->a, question, i, LANGUAGE);
        page_line(page, 2 * INDENT, "%s", said);
        free(said);
    }
}

static void print_question(const struct page *page, int question)
{
    const struct question *q = assessment_question(page->a, question);
    page_blank(page);
    if (q->asked_of == TOGETHER) {
        print_together(page, question);
    } else {
        const char *label[2];
        for (int i = 0; i < 2; i++)
            label[i] = words_question(page->a, question, page->side[i], LANGUAGE);
        bool same = strcmp(label[0], label[1]) == 0;
        struct cell cells[2];
        cells_init(page, cells);
        if (same)
            page_line(page, INDENT, "%s", label[0]);
        for (int i = 0; i < 2; i++) {
            if (!same)
                cell_add(&cells[i], 0, label[i]);
        }
        if (page_is_wide(page)) {
            /* The answers begin on one line, however long the wordings are. */
            cells_print(page, cells);
            cells_init(page, cells);
        }
        for (int i = 0; i < 2; i++)
            cell_add_view(&cells[i], page->a, question, page->side[i]);
        for (int i = 0; i < 2; i++)
            cell_add_last(&cells[i], page->a, question, page->side[i]);
        cells_print(page, cells);
        print_stood(page, question);
        if (assessment_shown(page->a, question))
            print_standing(page, question);
    }
    char *tags = summary_tags(page->a, q, SERVICE_USER, LANGUAGE);
    if (*tags)
        page_line(page, INDENT, "[%s]", tags);
    free(tags);
    if (!assessment_shown(page->a, question))
        page_line(page, INDENT, "Not asked any more, by the other answers. Kept, and left out of all sums.");
    print_disagreements(page, question);
    text_about(page, question);
    if (assessment_come_back(page->a, question))
        page_line(page, INDENT, "To come back to.");
}

/* ---- scores ---- */

/* What a calculation comes to for each of the two, who sits left first, and as agreed. */
static void print_views(const struct page *page, int item, const struct score *score)
{
    static const struct score_bar bar = {"#", "-", 10};
    for (int i = 0; i < 3; i++) {
        enum who view = i < 2 ? page->side[i] : TOGETHER;
        char *words;
        if (score) {
            words = score_words(page->a, score, view, SERVICE_USER, LANGUAGE, &bar);
        } else {
            char *value = score_value_words(page->a, item, view), *gap = score_gap_words(page->a, item, view);
            words = xasprintf("%s%s%s", *value ? value : *gap ? "" : "-", *value && *gap ? ". " : "", gap);
            free(value);
            free(gap);
        }
        char *name =
            i < 2 ? xasprintf("%s: ", assessment_name(page->a, view, LANGUAGE)) : xstrdup("Agreed: ");
        page_labelled(page, 2 * INDENT, name, words);
        free(name);
        free(words);
    }
}

static void print_section_score(const struct page *page, int section)
{
    const struct score *score = assessment_form(page->a)->sections[section].score;
    if (!score || !assessment_shown(page->a, score->calculation) ||
        !score_is_told(page->a, score->calculation))
        return;
    page_blank(page);
    page_line(page, INDENT, "%s", words_question(page->a, score->calculation, SERVICE_USER, LANGUAGE));
    print_views(page, score->calculation, score);
}

static bool is_section_score(const struct form *form, int question)
{
    for (int i = 0; i < form->section_count; i++) {
        if (form->sections[i].score && form->sections[i].score->calculation == question)
            return true;
    }
    return false;
}

/* ---- sections ---- */

static bool waits(const struct assessment *a, int question)
{
    return assessment_waits_for(a, question, PRACTITIONER) || assessment_waits_for(a, question, SERVICE_USER);
}

static void print_names(const struct page *page)
{
    struct cell cells[2];
    if (!page_is_wide(page))
        return;
    cells_init(page, cells);
    for (int i = 0; i < 2; i++)
        cell_add(&cells[i], 0, assessment_name(page->a, page->side[i], LANGUAGE));
    cells_print(page, cells);
}

/* How far what is in an entry is set in. */
static int margin_of(const struct page *page, const struct entry *entry)
{
    int margin = 0;
    for (; entry; entry = assessment_entry_of(page->a, entry->repeat))
        margin += INDENT;
    return margin < page->columns / 4 ? margin : page->columns / 4;
}

/* "Our goals, 1 of 2: A job". */
static void print_entry(struct page *page, const struct entry *entry)
{
    const struct assessment *a = page->a;
    char *title = words_entry(a, entry, SERVICE_USER, LANGUAGE);
    page->margin = margin_of(page, entry) - INDENT;
    page_blank(page);
    page_line(page, INDENT, "%s, %d of %zu%s%s", words_question(a, entry->repeat, SERVICE_USER, LANGUAGE),
              assessment_entry_place(a, entry), assessment_entries(a, entry->repeat), *title ? ": " : "",
              title);
    page->margin += INDENT;
    free(title);
    if (entry->about >= 0) {
        char *about = words_item(a, entry->about, SERVICE_USER, LANGUAGE);
        page_line(page, INDENT, "About: %s", about);
        free(about);
    }
    for (int i = 0; i < 2; i++) {
        if (entry->out[page->side[i]])
            page_line(page, INDENT, "%s says to take this out.", assessment_name(a, page->side[i], LANGUAGE));
    }
}

/* From `*place` on, which goes on to where the next one begins: the items lie section by section. */
static void print_section(struct page *page, int number, int *place)
{
    const struct assessment *a = page->a;
    int listed = 0, waiting = 0, first = *place;
    for (; *place < assessment_count(a); ++*place) {
        int item = assessment_at(a, *place);
        if (assessment_question(a, item)->section != number)
            break;
        bool is = is_listed(page, item);
        listed += is;
        waiting += !is && waits(a, item);
    }
    if (!listed)
        return;
    page_heading(page, words_section(a, number, SERVICE_USER, LANGUAGE));
    print_names(page);
    for (int at = first; at < *place; at++) {
        int item = assessment_at(a, at);
        const struct entry *entry = assessment_entry_of(a, item);
        if (entry && item == entry->first)
            print_entry(page, entry);
        page->margin = margin_of(page, entry);
        if (is_listed(page, item) && assessment_question(a, item)->type != TYPE_REPEAT)
            print_question(page, item);
    }
    page->margin = 0;
    if (waiting) {
        page_blank(page);
        page_line(page, INDENT, "%d %s here nobody has answered yet.", waiting,
                  waiting == 1 ? "question" : "questions");
    }
    print_section_score(page, number);
}

/* ---- scores of no section ---- */

static void print_scores(const struct page *page)
{
    bool any = false;
    for (int place = 0; place < assessment_count(page->a); place++) {
        int q = assessment_at(page->a, place);
        const struct question *question = assessment_question(page->a, q);
        /* One without a label is for other expressions, not for people. */
        if (question->type != TYPE_CALCULATE || !question->label || !assessment_shown(page->a, q) ||
            is_section_score(assessment_form(page->a), q) || !score_is_told(page->a, q))
            continue;
        if (!any)
            page_heading(page, "Worked out from the answers");
        any = true;
        char *label = words_item(page->a, q, SERVICE_USER, LANGUAGE);
        page_line(page, INDENT, "%s", label);
        print_views(page, q, NULL);
        free(label);
    }
}

/* ---- the lists made from the answers ---- */

static void print_list_line(void *context, enum summary_level level, int item, const char *group,
                            const char *text)
{
    const struct page *page = context;
    (void)item;
    (void)group;
    if (level == SUMMARY_TITLE)
        page_blank(page);
    if (level == SUMMARY_ROW)
        page_labelled(page, 2 * INDENT, "- ", text);
    else
        page_line(page, INDENT, "%s", text);
}

static void print_plan(const struct page *page)
{
    if (assessment_form(page->a)->summary_count == 0)
        return;
    page_heading(page, "Our plan");
    summary_tell(page->a, SERVICE_USER, LANGUAGE, print_list_line, (void *)page);
}

static void print_raised(const struct page *page)
{
    if (!has_disagreement(page, -1))
        return;
    page_heading(page, "Seen differently, about no one question");
    print_disagreements(page, -1);
}

/* ---- the end ---- */

static void print_signature(const struct page *page, enum who who)
{
    const struct signature *signature = assessment_signature(page->a, who);
    const char *name = assessment_name(page->a, who, LANGUAGE);
    if (!signature->seq) {
        page_line(page, INDENT, "%s has not signed yet.", name);
        return;
    }
    char *at = when(assessment_event_numbered(page->a, signature->seq)->at);
    if (signature->refused)
        page_line(page, INDENT, "%s chose not to sign, %s.%s%s%s", name, at, signature->because ? " “" : "",
                  signature->because ? signature->because : "", signature->because ? "”" : "");
    else
        page_line(page, INDENT, "%s signed as “%s”, %s.", name, signature->name, at);
    if (signature->changed_since)
        page_line(page, 2 * INDENT, "Something was changed after that.");
    free(at);
}

static void print_open(const struct page *page)
{
    bool any = false;
    page_heading(page, "Still open");
    for (int i = 0; i < 2; i++) {
        int waiting = 0;
        for (int place = 0; place < assessment_count(page->a); place++)
            waiting += assessment_waits_for(page->a, assessment_at(page->a, place), page->side[i]);
        any |= waiting > 0;
        if (waiting)
            page_line(page, INDENT, "%d %s for %s", waiting, waiting == 1 ? "question" : "questions",
                      assessment_name(page->a, page->side[i], LANGUAGE));
    }
    for (size_t i = 0; i < assessment_disagreements(page->a); i++) {
        const struct disagreement *d = assessment_disagreement(page->a, i);
        bool waits = d->state == STATE_PARKED || d->state == STATE_REFERRED;
        if ((!disagreement_is_live(d) && !waits) ||
            (d->question >= 0 && !assessment_shown(page->a, d->question)))
            continue;
        any = true;
        char *about = words_about(page->a, d, SERVICE_USER, LANGUAGE);
        char *outcome = waits ? words_outcome(page->a, d, LANGUAGE) : xstrdup("");
        page_line(page, INDENT, "%s (%s): %s%s%s%s", waits ? "It waits" : "Seen differently", d->id, about,
                  waits ? ". " : "", outcome, waits ? words_stop(outcome) : "");
        free(outcome);
        free(about);
    }
    for (int place = 0; place < assessment_count(page->a); place++) {
        int q = assessment_at(page->a, place);
        if (!assessment_come_back(page->a, q))
            continue;
        any = true;
        char *item = words_item(page->a, q, SERVICE_USER, LANGUAGE);
        page_line(page, INDENT, "To come back to: %s", item);
        free(item);
    }
    if (!any)
        page_line(page, INDENT, "Nothing.");
}

static void print_integrity(const struct page *page)
{
    size_t lines = tree_lines(page->s);
    page_heading(page, "The record");
    page_line(page, INDENT, "%s", record_id(session_record(page->s)));
    page_line(page, INDENT, "%zu %s", lines, lines == 1 ? "entry" : "entries");
    page_line(page, INDENT, "Head %s", tree_head(page->s));
}

bool as_text_in(const struct session *s, int columns, FILE *out, char **cause)
{
    const struct assessment *a = session_assessment(s);
    struct page page = {.s = s, .a = a, .out = out};
    page.columns = columns < AS_TEXT_LEAST ? AS_TEXT_LEAST : columns;
    page.side[0] = assessment_left(a);
    page.side[1] = who_other(page.side[0]);
    print_notice(&page);
    print_head(&page);
    struct about *about = abouts(a);
    page.about = about;
    for (int i = 0, place = 0; i < assessment_form(a)->section_count; i++)
        print_section(&page, i, &place);
    print_raised(&page);
    print_scores(&page);
    print_plan(&page);
    cycle_print(&page);
    text_promises(&page);
    text_timeline(&page);
    text_notes(&page);
    page_heading(&page, "Signed");
    print_signature(&page, page.side[0]);
    print_signature(&page, page.side[1]);
    text_countersigned(&page);
    print_open(&page);
    print_integrity(&page);
    free(about);
    if (fflush(out) == 0 && !ferror(out))
        return true;
    return cause_errno(cause, "It cannot be written");
}

bool as_text_write(const struct session *s, FILE *out, char **cause)
{
    return as_text_in(s, AS_TEXT_COLUMNS, out, cause);
}
