/* Lists to pick from: where they are, what they see differently, what a search finds. */
#include "line/internal.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "session/score.h"
#include "session/sitting.h"
#include "session/walk.h"
#include "session/words.h"

#include <stdlib.h>
#include <string.h>

/* "Where I live: Rae 4, Sam 2." The caller frees it. */
static char *question_words(const struct line *l, int question)
{
    const struct assessment *a = line_state(l);
    const struct question *q = assessment_question(session_assessment(l->s), question);
    struct strbuf sb = STRBUF_INIT;
    char *item = words_item(a, question, l->turn, line_language(l, l->turn));
    strbuf_add(&sb, item);
    free(item);
    if (q->type != TYPE_REPEAT)
        line_end_sentence(&sb);
    const char *between = " ";
    for (int who = PRACTITIONER; who <= TOGETHER; who++) {
        if (!answer_given(assessment_answer(a, question, (enum who)who)))
            continue;
        if (!assessment_revealed(a, question)) {
            strbuf_addf(&sb, "%s%s has answered", between, line_name(l, (enum who)who));
        } else {
            char *answer = words_answer_brief(a, question, (enum who)who, line_language(l, (enum who)who));
            strbuf_addf(&sb, "%s%s: %s", between, line_name(l, (enum who)who), answer);
            free(answer);
        }
        between = ". ";
    }
    if (*between == '.')
        strbuf_add(&sb, ".");
    const struct disagreement *d = assessment_disagreement_about(a, question);
    if (d && disagreement_is_live(d))
        strbuf_add(&sb, " You differ.");
    if (q->type == TYPE_REPEAT)
        strbuf_addf(&sb, ": %zu in this list.", assessment_entries(a, question));
    if (walk_stops(a, question) && (question_is_answered(q) || q->type == TYPE_REPEAT) &&
        (assessment_waits_for(a, question, PRACTITIONER) || assessment_waits_for(a, question, SERVICE_USER)))
        strbuf_add(&sb, " Not done.");
    if (assessment_come_back(a, question))
        strbuf_add(&sb, " Come back.");
    return strbuf_detach(&sb);
}

/* List questions, those for which `wanted` holds, and go to the one picked. False where there are none. */
static bool pick_question(struct line *l, bool (*wanted)(const struct line *, int, const void *),
                          const void *what)
{
    const struct assessment *a = line_state(l);
    int *questions = xcalloc((size_t)assessment_count(a) + 1, sizeof *questions), count = 0;
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        if (!walk_stops(a, q) || !wanted(l, q, what))
            continue;
        questions[count++] = q;
        char *words = question_words(l, q);
        prompt_item(&l->p, (size_t)count, words);
        free(words);
    }
    int picked = count ? line_pick(l, "A number to go there, or Enter to stay:", count) : 0;
    if (picked > 0)
        line_go(l, questions[picked - 1]);
    free(questions);
    return count > 0;
}

/* ---- the overview ---- */

static bool in_section(const struct line *l, int question, const void *section)
{
    return assessment_question(session_assessment(l->s), question)->section == *(const int *)section;
}

/* The calculations of a section, for each as they come out. */
static void show_calculations(struct line *l, int section)
{
    const struct assessment *a = line_state(l);
    const struct score *score = session_form(l->s)->sections[section].score;
    for (int place = 0; place < assessment_count(a); place++) {
        int q = assessment_at(a, place);
        const struct question *question = assessment_question(a, q);
        if (question->section != section || question->type != TYPE_CALCULATE || !question->label ||
            !assessment_shown(a, q) || (score && score->calculation == question->number) ||
            !score_is_told(a, q))
            continue;
        struct strbuf sb = STRBUF_INIT;
        for (int party = 0; party < PARTIES; party++) {
            char *value = score_value_words(a, q, (enum who)party);
            char *gap = score_gap_words(a, q, (enum who)party);
            strbuf_addf(&sb, "%s%s %s%s%s%s", party ? ", " : "", line_name(l, (enum who)party),
                        *value ? value : "-", *gap ? " (" : "", gap, *gap ? ")" : "");
            free(value);
            free(gap);
        }
        char *item = words_item(a, q, l->turn, line_language(l, l->turn));
        prompt_say(&l->p, "%s: %s.", item, sb.text);
        free(item);
        strbuf_release(&sb);
    }
}

void line_overview(struct line *l)
{
    const struct assessment *a = line_state(l);
    int count = session_form(l->s)->section_count;
    struct walk_progress all = walk_progress(a, -1);
    line_show_in_sight(l);
    line_show_overdue(l);
    char *stage = sitting_stage_told(a);
    prompt_say(&l->p, "This sitting: %s", stage);
    free(stage);
    prompt_say(&l->p, "%d of %d questions are done.", all.done, all.questions);
    for (int section = 0; section < count; section++) {
        struct walk_progress p = walk_progress(a, section);
        struct strbuf sb = STRBUF_INIT;
        strbuf_addf(&sb, "%s: ", words_section(a, section, l->turn, line_language(l, l->turn)));
        if (p.questions)
            strbuf_addf(&sb, "%d of %d done.", p.done, p.questions);
        else
            strbuf_add(&sb, "nothing to answer.");
        if (walk_has_today(a) && walk_section_today(a, section))
            strbuf_add(&sb, " For today.");
        if (p.differ)
            strbuf_addf(&sb, " You see %d differently.", p.differ);
        prompt_item(&l->p, (size_t)section + 1, sb.text);
        strbuf_release(&sb);
    }
    line_show_offers(l);
    int picked = line_pick(l, "A number to see that part, or Enter to go back:", count) - 1;
    if (picked < 0)
        return;
    show_calculations(l, picked);
    line_show_score(l, picked);
    if (!pick_question(l, in_section, &picked))
        prompt_say(&l->p, "Nothing is asked here as things stand.");
}

/* ---- finding ---- */

static bool is_found(const struct line *l, int question, const void *text)
{
    return walk_holds(line_state(l), question, text, line_language(l, l->turn));
}

void line_search(struct line *l)
{
    bool stop;
    char *text = line_ask(l, "Find which word?", "Type a part of the question.", &stop);
    if (text && !pick_question(l, is_found, text))
        prompt_say(&l->p, "“%s” is in no question.", text);
    free(text);
}
