/* What two people, or a hostile record, can do with a form, and all that is then made of it.
 *
 * The first byte says which form, and whether the whole record is written, opened and reported in the end. If
 * it asks for the input's own form, that stands before a line "====". Each line after that is a step: a JSON
 * object, or a letter and bytes that pick what there is (an item, a choice, an entry), so that most changes
 * of an input are steps as well. A step is asked for as by a person; after "!" it is taken in unasked, as
 * from a record by another hand.
 *
 * Whatever comes: the rules come to an end with what they owe, what is derived step by step is what is
 * derived from scratch, folding the events again gives the same, and what was asked for holds when it is
 * verified. */
#include "assessment/supervision.h"
#include "assessment/happened.h"
#include "assessment/internal.h"
#include "assessment/topics.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/utf8.h"
#include "record/chain.h"
#include "record/record.h"
#include "report/as_text.h"
#include "report/as_yaml.h"
#include "report/tree.h"
#include "report/verdict.h"
#include "session/score.h"
#include "session/session.h"
#include "session/summary.h"
#include "session/words.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(what)                                                                                           \
    do {                                                                                                     \
        if (!(what))                                                                                         \
            abort();                                                                                         \
    } while (0)

#include "fuzz-apply-beside.h"
#include "fuzz-apply-forms.h"

enum {
    MOST_STEPS = 60,
    MOST_UPGRADES = 2,
    MOST_OWED = 100,
    START = 1795255331 /* 2026-11-21T10:02:11Z */,
    PAUSE = 7 * 3600
};

struct play {
    struct assessment *a;
    const struct form *form; /* the one it begins with */
    const char *step;        /* what is left of the step */
    int upgrades;            /* each costs as much as all else */
    bool unasked;            /* something was taken in without asking */
    time_t now;
};

/* ---- what the bytes of a step pick ---- */

static size_t number(struct play *p)
{
    return *p->step ? (unsigned char)*p->step++ - (size_t)'0' : 0;
}

static size_t pick(struct play *p, size_t of)
{
    return of ? number(p) % of : 0;
}

static int pick_item(struct play *p)
{
    int count = assessment_count(p->a);
    return count ? assessment_at(p->a, (int)pick(p, (size_t)count)) : -1;
}

static json_t *pick_value(struct play *p, int item)
{
    const struct question *q = assessment_question(p->a, item);
    size_t n = pick(p, 256);
    switch (q->type) {
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_RANGE:
        return *p->step == '.' ? json_real((double)n / 8) : json_integer((json_int_t)n);
    case TYPE_SELECT_ONE: {
        const char *name = q->choices->choices[n % q->choices->count].name;
        return *p->step ? json_sprintf("%s:%s", name, p->step) : json_string(name);
    }
    case TYPE_SELECT_MULTIPLE:
    case TYPE_RANK: {
        json_t *array = json_array();
        for (size_t i = 0; i < q->choices->count && (i == 0 || *p->step); i++, n = number(p))
            json_array_append_new(array, json_string(q->choices->choices[n % q->choices->count].name));
        return array;
    }
    case TYPE_DATE:
        return json_sprintf("2026-%02zu-%02zu", n / 8 % 12 + 1, n % 31 + 1);
    case TYPE_TIME:
        return json_sprintf("%02zu:%02zu", n % 24, n % 60);
    case TYPE_DATE_TIME:
        return json_sprintf("2026-%02zu-%02zuT%02zu:%02zu", n / 8 % 12 + 1, n % 31 + 1, n % 24, n % 60);
    case TYPE_ACKNOWLEDGE:
        return json_true();
    default:
        return json_string(p->step);
    }
}

static void set_path(struct play *p, json_t *intent, const char *key, int item)
{
    if (item >= 0)
        json_object_set_new(intent, key, json_string(assessment_path(p->a, item)));
}

/* An item that is a repeat, on from the one that is picked. */
static int pick_repeat(struct play *p)
{
    int count = assessment_count(p->a), from = (int)pick(p, 256);
    for (int i = 0; i < count; i++) {
        int item = assessment_at(p->a, (from + i) % count);
        if (assessment_question(p->a, item)->type == TYPE_REPEAT)
            return item;
    }
    return -1;
}

static void set_entry(struct play *p, json_t *intent, const char *key, int repeat)
{
    size_t count = repeat < 0 ? 0 : assessment_entries(p->a, repeat);
    if (count)
        json_object_set_new(intent, key,
                            json_integer(assessment_entry(p->a, repeat, pick(p, count))->number));
}

static void set_disagreement(struct play *p, json_t *intent)
{
    size_t count = assessment_disagreements(p->a);
    if (count)
        json_object_set_new(intent, "disagreement",
                            json_string(assessment_disagreement(p->a, pick(p, count))->id));
}

/* The `of` of an event: the latest of a kind, as many before it as a byte says. */
static void set_of(struct play *p, json_t *intent, const char *key, enum event_kind kind)
{
    size_t back = number(p) % 4;
    for (size_t i = assessment_events(p->a); i-- > 0;) {
        const struct event *event = assessment_event(p->a, i);
        if (event->kind == kind && back-- == 0) {
            json_object_set_new(intent, key, json_integer(event->seq));
            return;
        }
    }
    json_object_set_new(intent, key,
                        json_integer((json_int_t)back - 2)); /* none, or itself, or a later one */
}

static void set_day(struct play *p, json_t *intent, const char *key)
{
    size_t n = number(p);
    json_object_set_new(intent, key, json_sprintf("20%02zu-11-%02zu", 20 + n % 12, n % 31 + 1));
}

/* One of its words, several, a number: whatever the topic is told with. */
static void set_topic(struct play *p, json_t *intent)
{
    size_t count = 0;
    while (topic_table[count].name)
        count++;
    const struct topic *topic = &topic_table[pick(p, count)];
    size_t n = number(p), words = 0;
    while (topic->words && topic->words[words].word)
        words++;
    json_t *value = NULL;
    switch (topic->type) {
    case TOPIC_ONE:
        value = json_string(topic->words[n % words].word);
        break;
    case TOPIC_SEVERAL:
        value = json_pack("[s]", topic->words[n % words].word);
        json_object_set_new(intent, "notes", json_pack("{ss}", topic->words[n % words].word, p->step));
        break;
    case TOPIC_SECTIONS: {
        const struct form *form = assessment_form(p->a);
        value = json_pack("[s]", form->sections[n % (size_t)form->section_count].name);
        break;
    }
    case TOPIC_SCALE:
    case TOPIC_NUMBER:
        value = json_integer((json_int_t)n);
        break;
    case TOPIC_DAY:
        value = json_sprintf("20%02zu-11-%02zu", 20 + n % 12, n % 31 + 1);
        break;
    case TOPIC_SEEN:
        value = json_true();
        break;
    case TOPIC_TEXT:
        value = json_string(p->step);
        break;
    }
    json_object_set_new(intent, "topic", json_string(topic->name));
    json_object_set_new(intent, "value", value);
}

static void set_happened(struct play *p, json_t *intent)
{
    size_t count = 0;
    while (happened_table[count].name)
        count++;
    const struct happened_kind *kind = &happened_table[pick(p, count)];
    json_object_set_new(intent, "what", json_string(kind->name));
    set_day(p, intent, "on");
    for (const struct happened_field *field = kind->fields; field->name; field++) {
        size_t n = number(p), words = 0;
        while (field->words && field->words[words].word)
            words++;
        json_object_set_new(intent, field->name,
                            field->number ? json_integer((json_int_t)n)
                            : words       ? json_string(field->words[n % words].word)
                                          : json_string(*p->step ? p->step : "x"));
    }
}

static json_t *by_letter(struct play *p)
{
    static const char letters[] = "adcnrspyoukgtzwmx+-^bqfejhilvBCDTWARLSH";
    static const char *const names[] = {
        "answered",  "declined",  "cleared",       "noted",      "raised",   "said",       "proposed",
        "confirmed", "reopened",  "undone",        "promised",   "signed",   "sat",        "paused",
        "closed",    "moved",     "shared",        "added",      "removed",  "upgraded",   "said_back",
        "marked",    "reframed",  "offered",       "taken",      "happened", "came_of_it", "told",
        "copied",    "statement", "kept",          "signed",     "said",     "commented",  "acknowledged",
        "reflected", "lesson",    "countersigned", "handed_over"};
    const char *letter = strchr(letters, *p->step);
    if (!letter || !*letter)
        return NULL;
    p->step++;
    enum who by = pick(p, 2) ? SERVICE_USER : PRACTITIONER;
    json_t *intent = json_pack("{ss ss}", "by", who_names[by], "event", names[letter - letters]);
    int item;
    switch (*letter) {
    case 'a':
        item = pick_item(p);
        set_path(p, intent, "question", item);
        if (item >= 0)
            json_object_set_new(intent, "value", pick_value(p, item));
        json_object_set_new(intent, "passed", json_true());
        break;
    case 'd':
        set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "missing", json_string(missing_names[1 + pick(p, 3)]));
        break;
    case 'c':
    case 'z':
        set_path(p, intent, "question", pick_item(p));
        break;
    case 'n':
        set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "come_back", json_boolean(pick(p, 2)));
        break;
    case 'r':
        set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "because", json_string(p->step));
        break;
    case 's':
        set_disagreement(p, intent);
        if (pick(p, 2))
            json_object_set_new(intent, "heard", json_integer(1 + (json_int_t)pick(p, 5)));
        else
            json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'p':
        if (pick(p, 3) == 0) {
            set_path(p, intent, "question", item = pick_item(p));
            if (item >= 0)
                json_object_set_new(intent, "value", pick_value(p, item));
            break;
        }
        set_disagreement(p, intent);
        size_t as = pick(p, 5);
        json_object_set_new(intent, "as", json_string(settle_names[as]));
        const struct disagreement *d =
            assessment_disagreement_of_id(p->a, json_string_value(json_object_get(intent, "disagreement")));
        if (as == SETTLE_AGREE && d && d->question >= 0)
            json_object_set_new(intent, "value", pick_value(p, d->question));
        if (as == SETTLE_NEEDS_INFORMATION)
            json_object_set_new(intent, "what", json_string(p->step));
        if (as == SETTLE_REFERRED)
            json_object_set_new(intent, "asking", json_string(p->step));
        break;
    case 'y':
        if (pick(p, 3) == 0)
            set_path(p, intent, "question", pick_item(p));
        else
            set_disagreement(p, intent);
        break;
    case 'o':
        set_disagreement(p, intent);
        break;
    case 'u':
        if (*p->step) /* without: their last doing */
            json_object_set_new(
                intent, "of",
                json_integer(*p->step == 'r' ? assessment_redoable(p->a, by) : (json_int_t)number(p)));
        break;
    case 'k':
        set_path(p, intent, "question", pick_item(p));
        if (pick(p, 2))
            set_day(p, intent, "by_when");
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'g':
        json_object_set_new(intent, "name", json_string(p->step));
        break;
    case 't':
        json_object_set_new(intent, "people", json_pack("{ss}", who_names[by], p->step));
        break;
    case 'x':
        json_object_set_new(intent, "what", json_string(p->step));
        json_object_set_new(intent, "to", json_string(p->step));
        break;
    case '+':
        set_path(p, intent, "question", pick_repeat(p));
        if (*p->step)
            set_path(p, intent, "about", pick_item(p));
        break;
    case 'm':
    case '-':
        set_path(p, intent, "question", item = pick_repeat(p));
        set_entry(p, intent, "entry", item);
        if (*letter == 'm' && *p->step)
            set_entry(p, intent, "before", item);
        break;
    case 'b':
        if (pick(p, 2))
            set_disagreement(p, intent);
        else
            set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'q':
        set_of(p, intent, "of", EVENT_SAID_BACK);
        json_object_set_new(intent, "right", json_boolean(pick(p, 2)));
        break;
    case 'f':
        set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'e':
        if (pick(p, 2))
            set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "options", json_pack("[ss]", "one", p->step));
        break;
    case 'j':
        set_of(p, intent, "of", EVENT_OFFERED);
        json_object_set_new(intent, "how", json_string(taken_names[pick(p, 3)]));
        json_object_set_new(intent, "option", json_integer((json_int_t)number(p)));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'h':
        set_happened(p, intent);
        break;
    case 'i':
        set_of(p, intent, "of", pick(p, 2) ? EVENT_HAPPENED : EVENT_PROMISED);
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'l':
        set_topic(p, intent);
        break;
    case 'v':
        json_object_set_new(intent, "as", json_string("full"));
        break;
    case 'B':
        json_object_set_new(intent, "of", json_integer((json_int_t)number(p)));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'C':
        set_of(p, intent, "promise", EVENT_PROMISED);
        json_object_set_new(intent, "kept", json_boolean(pick(p, 2)));
        break;
    case 'D':
        set_of(p, intent, "of", EVENT_HAPPENED);
        json_object_set_new(intent, pick(p, 2) ? "refused" : "name",
                            *p->step ? json_string(p->step) : json_true());
        break;
    case 'T': /* the supervisor */
        json_object_set_new(intent, "by", json_string(who_names[SUPERVISOR]));
        set_disagreement(p, intent);
        json_object_set_new(intent, "name", json_string("N"));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'W': /* what a supervisor writes, and what is learned */
    case 'R':
    case 'L':
        if (*letter == 'W') {
            json_object_set_new(intent, "by", json_string(who_names[SUPERVISOR]));
            json_object_set_new(intent, "as", json_string(commented_names[pick(p, 2)]));
        }
        if (pick(p, 2))
            set_disagreement(p, intent);
        else if (*letter != 'W')
            set_path(p, intent, "question", pick_item(p));
        json_object_set_new(intent, "text", json_string(p->step));
        break;
    case 'A':
        json_object_set_new(intent, "by", json_string(who_names[PRACTITIONER]));
        set_of(p, intent, "of", EVENT_COMMENTED);
        break;
    case 'S':
    case 'H':
        json_object_set_new(intent, "by", json_string(who_names[SUPERVISOR]));
        json_object_set_new(intent, *letter == 'S' ? "name" : "to", json_string(p->step));
        break;
    case '^':
        json_object_set_new(intent, "form", json_pack("{ss}", "text", fuzz_forms[pick(p, FUZZ_FORMS)]));
        break;
    default:
        break;
    }
    return intent;
}

/* ---- steps ---- */

static void take_in(struct play *p, json_t *body)
{
    char at[sizeof "2026-11-21T10:02:11Z"];
    struct tm tm;
    strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&p->now, &tm));
    json_object_set_new(body, "at", json_string(at));
    struct event event;
    MUST(event_parse(body, false, &event, NULL));
    if (getenv("FUZZ_TELL")) { /* to see what an input does */
        json_dumpf(body, stderr, JSON_COMPACT);
        fputc('\n', stderr);
    }
    assessment_fold(p->a, &event);
}

static void settle_debts(struct play *p)
{
    json_t *owed;
    for (int i = 0; (owed = assessment_owed(p->a)); i++) {
        struct event event;
        MUST(i < MOST_OWED);
        if (!p->unasked)
            MUST(event_parse(owed, true, &event, NULL) && assessment_follows(p->a, &event, NULL));
        take_in(p, owed);
        json_decref(owed);
    }
}

static void do_intent(struct play *p, json_t *intent, bool ask)
{
    static const char *const ours[] = {"seq", "prev", "at", "hash"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        json_object_del(intent, ours[i]);
    struct event event;
    char *cause = NULL;
    assessment_complete(p->a, intent);
    bool may = event_parse(intent, ask, &event, &cause);
    if (may && ask) {
        may = assessment_follows(p->a, &event, &cause);
        MUST(may == !cause);
    }
    if (cause && getenv("FUZZ_TELL"))
        fprintf(stderr, "refused: %s\n", cause);
    free(cause);
    if (!may || event.kind == EVENT_OPENED)
        return;
    p->unasked |= !ask;
    take_in(p, intent);
    if (ask)
        settle_debts(p);
}

static void do_step(struct play *p, const char *line, size_t length)
{
    p->now += PAUSE;
    clock_fix(p->now);
    bool ask = *line != '!';
    line += !ask;
    length -= !ask;
    json_t *intent;
    if (*line == '{') {
        intent = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    } else {
        char *step = xstrndup(line, length), *safe = utf8_safe(step, false);
        p->step = safe;
        intent = by_letter(p);
        free(safe);
        free(step);
    }
    const char *event = json_string_value(json_object_get(intent, "event"));
    bool upgrade = event && strcmp(event, "upgraded") == 0;
    if (json_is_object(intent) && !(upgrade && p->upgrades++ >= MOST_UPGRADES))
        do_intent(p, intent, ask);
    json_decref(intent);
}

/* ---- what must hold ---- */

/* All that can be asked about the answers, as a text. */
static char *told(const struct assessment *a)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s %d %zu\n", assessment_form(a)->version, a->paused_at, assessment_live(a));
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        MUST(assessment_place(a, item) == place && assessment_find(a, assessment_path(a, item)) == item);
        strbuf_addf(&sb, "%s %d%d %d %d", assessment_path(a, item),
                    assessment_relevant(a, item, PRACTITIONER), assessment_relevant(a, item, SERVICE_USER),
                    (int)assessment_standing(a, item), assessment_agreed(a, item) != NULL);
        for (int who = 0; who < SLOTS; who++) {
            const struct answer *answer = assessment_answer(a, item, (enum who)who);
            char *value = answer->value ? json_dumps(answer->value, JSON_ENCODE_ANY) : NULL;
            strbuf_addf(&sb, " %s/%d", value ? value : "", (int)answer->missing);
            free(value);
            if (assessment_question(a, item)->type == TYPE_CALCULATE) {
                char *result = value_string(assessment_calculated(a, item, (enum who)who));
                strbuf_addf(&sb, " =%s", result);
                free(result);
            }
        }
        strbuf_addf(&sb, "\n");
    }
    for (size_t i = 0; i < assessment_disagreements(a); i++) {
        const struct disagreement *d = assessment_disagreement(a, i);
        strbuf_addf(&sb, "%s %d %s %d %zu\n", d->id, d->question, state_names[d->state], (int)d->outcome,
                    d->turn_count);
    }
    return strbuf_detach(&sb);
}

static void must_be_told_so(const struct assessment *a, const char *before)
{
    char *now = told(a);
    if (strcmp(now, before) != 0) {
        fprintf(stderr, "before:\n%s\nnow:\n%s\n", before, now);
        abort();
    }
    free(now);
}

static void derived_from_scratch(struct play *p, const char *before)
{
    /* Chance comes out differently each time. */
    for (size_t i = 0; i < p->a->edition_count; i++) {
        const char *source = p->a->editions[i].form->source;
        if (strstr(source, "random") || strstr(source, "uuid") || strstr(source, "once"))
            return;
    }
    clock_fix(clock_parse(p->a->events[p->a->event_count - 1].at));
    derive_all(p->a);
    must_be_told_so(p->a, before);
}

static void folded_again(const struct play *p, const char *before)
{
    struct assessment *again = assessment_new(p->form);
    for (size_t i = 0; i < assessment_events(p->a); i++) {
        const struct event *event = assessment_event(p->a, i);
        if (!p->unasked)
            MUST(assessment_follows(again, event, NULL));
        assessment_fold(again, event);
    }
    must_be_told_so(again, before);
    assessment_free(again);
}

static void hear(void *context, enum summary_level level, int item, const char *group, const char *text)
{
    (void)level;
    (void)item;
    *(size_t *)context += strlen(group) + strlen(text);
}

static void hear_answer(void *context, int item, const char *text)
{
    (void)item;
    *(size_t *)context += strlen(text);
}

static void tell(const struct assessment *a)
{
    size_t length = 0;
    const struct form *form = assessment_form(a);
    for (int reader = PRACTITIONER; reader <= TOGETHER; reader++) {
        int language = reader % form->language_count;
        summary_tell(a, (enum who)reader, language, hear, &length);
        summary_in_sight(a, (enum who)reader, language, hear_answer, &length);
        for (int i = 0; i < form->section_count; i++) {
            const struct score *score = form->sections[i].score;
            if (score && assessment_shown(a, score->calculation))
                free(score_words(a, score, (enum who)reader, SERVICE_USER, language, NULL));
        }
    }
    json_decref(summary_tree(a, 0));
    for (size_t i = 0; i < assessment_events(a); i++)
        free(words_event(a, assessment_event(a, i), 0));
    tell_beside_answers(a);
}

/* ---- as a record ---- */

static void add_line(struct strbuf *sb, size_t seq, char head[RECORD_HASH_TEXT], const struct event *event)
{
    json_t *body = json_copy(event->body);
    json_object_del(body, "at");
    char *inside = json_dumps(body, JSON_COMPACT);
    size_t start = sb->length;
    strbuf_addf(sb, "{\"seq\":%zu,\"prev\":\"%s\",\"at\":\"%s\",", seq, head, event->at);
    strbuf_addn(sb, inside + 1, strlen(inside) - 2);
    chain_hash(sb->text + start, sb->length - start, head);
    strbuf_addf(sb, ",\"hash\":\"%s\"}\n", head);
    free(inside);
    json_decref(body);
}

static void report(const struct session *s)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        mem_exhausted();
    json_t *tree = tree_build(s);
    MUST(tree && as_yaml_tree(tree, out, NULL) && as_text_in(s, 60, out, NULL));
    json_decref(tree);
    fclose(out);
    char *safe = utf8_safe(text, true);
    MUST(strlen(text) == length && strcmp(safe, text) == 0);
    free(safe);
    free(text);
}

static void as_record(const struct play *p, const char *before)
{
    static char path[64];
    if (!*path)
        snprintf(path, sizeof path, P_tmpdir "/fuzz-apply-%ld.jsonl", (long)getpid());
    struct strbuf sb = STRBUF_INIT;
    struct chain chain;
    chain_init(&chain);
    for (size_t i = 0; i < assessment_events(p->a); i++)
        add_line(&sb, i + 1, chain.head, assessment_event(p->a, i));
    FILE *file = fopen(path, "w");
    MUST(file && fwrite(sb.text, 1, sb.length, file) == sb.length && fclose(file) == 0);
    char *cause = NULL;
    struct session *s = session_open(path, RECORD_READ, &cause);
    unlink(path);
    MUST(!s == (cause != NULL));
    free(cause);
    strbuf_release(&sb);
    if (!s) {
        MUST(p->unasked);
        return;
    }
    if (!record_damage(session_record(s)))
        must_be_told_so(session_assessment(s), before);
    report(s);
    struct verdict verdict;
    verify_record(session_record(s), &verdict);
    MUST(p->unasked || verdict.verified == VERIFIED_HOLDS);
    verdict_release(&verdict);
    session_close(s);
}

/* ---- one input ---- */

static struct form *form_of(const char *text, size_t length, bool ours)
{
    struct diags diags;
    diags_init(&diags, "form");
    struct form *form = form_load("form", text, length, &diags);
    if (ours && !form)
        diags_print(&diags, text, length, stderr);
    diags_release(&diags);
    return form;
}

/* One of ours, read once. */
static const struct form *form_known(size_t which)
{
    static struct form *known[FUZZ_FORMS];
    if (!known[which])
        known[which] = form_of(fuzz_forms[which], strlen(fuzz_forms[which]), true);
    MUST(known[which]);
    return known[which];
}

static json_t *opened_with(const struct form *form)
{
    return json_pack("{ss ss si ss s{ss ss ss ss%}}", "by", "practitioner", "event", "opened", "format", 1,
                     "record", "01HZZZZZZZZZZZZZZZZZZZZZZZ", "form", "id", form->id, "version", form->version,
                     "sha256", form->sha256, "text", form->source, form->source_length);
}

/* The record follows another that handed this on; false where that one cannot be. */
static bool open_after(const struct assessment *a, json_t *opened, const char *text, ptrdiff_t length)
{
    json_t *given = json_loadb(text, (size_t)length, JSON_REJECT_DUPLICATES, NULL);
    json_t *last = json_object_get(given, "last"), *entries = json_object_get(given, "entries");
    json_object_set_new(opened, "follows", json_object());
    if (json_is_object(last))
        json_object_set(opened, "last", last);
    if (json_is_array(entries))
        json_object_set(opened, "entries", entries);
    json_decref(given);
    struct event event;
    return event_parse(opened, true, &event, NULL) && assessment_follows(a, &event, NULL);
}

/* What it hands on to a record that follows with this form is what such a record may begin with. */
static void hand_on(const struct assessment *before, const struct form *form)
{
    json_t *opened = opened_with(form);
    struct assessment *a = assessment_new(form);
    struct event event;
    json_object_set_new(opened, "follows", json_object());
    assessment_hand_on(before, form, opened);
    MUST(event_parse(opened, true, &event, NULL) && assessment_follows(a, &event, NULL));
    assessment_fold(a, &event);
    tell(a);
    assessment_free(a);
    json_decref(opened);
}

static void play(const struct form *form, const char *text, size_t size, bool as_file)
{
    struct play p = {.form = form, .a = assessment_new(form), .now = START};
    clock_fix(p.now);
    json_t *opened = opened_with(form);
    const char *newline = memchr(text, '\n', size);
    if (size > 0 && *text == '=')
        p.unasked = !open_after(p.a, opened, text + 1, (newline ? newline : text + size) - text - 1);
    take_in(&p, opened);
    json_decref(opened);
    for (int steps = 0; size > 0 && steps < MOST_STEPS; steps++) {
        newline = memchr(text, '\n', size);
        size_t length = newline ? (size_t)(newline - text) : size;
        if (length > 0)
            do_step(&p, text, length);
        text += length + (newline != NULL);
        size -= length + (newline != NULL);
    }
    tell(p.a);
    hand_on(p.a, assessment_form(p.a));
    hand_on(p.a, form_known(FUZZ_FORMS - 1));
    char *before = told(p.a);
    if (as_file)
        as_record(&p, before);
    folded_again(&p, before);
    derived_from_scratch(&p, before);
    free(before);
    assessment_free(p.a);
    clock_fix(0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char border[] = "\n====\n";
    static bool ready;
    if (!ready)
        mem_init();
    ready = true;
    if (size == 0)
        return 0;
    size_t first = (size_t)data[0] - '0', which = first / 2 % (FUZZ_FORMS + 1);
    const char *text = (const char *)data + 1;
    size--;
    if (which < FUZZ_FORMS) {
        play(form_known(which), text, size, first % 2);
        return 0;
    }
    const char *end = memmem(text, size, border, sizeof border - 1);
    struct form *form = end ? form_of(text, (size_t)(end - text) + 1, false) : NULL;
    if (form)
        play(form, end + sizeof border - 1, size - (size_t)(end - text) - (sizeof border - 1), first % 2);
    form_free(form);
    return 0;
}
