/* What can be said beside an answer: why, how it is known, a note, come back later, not sure. */
#include "line/internal.h"

#include "base/mem.h"
#include "session/words.h"

#include <stdlib.h>

static json_t *intent_here(const struct line *l, const char *event)
{
    json_t *intent = json_pack("{s:s, s:s}", "by", who_names[l->turn], "event", event);
    if (line_question(l))
        json_object_set_new(intent, "question", json_string(assessment_path(line_state(l), l->at)));
    return intent;
}

/* Is there an answer of theirs that a reason can stand beside? */
static bool has_answer(struct line *l)
{
    const struct question *q = line_question(l);
    if (!question_is_answered(q))
        prompt_say(&l->p, "There is nothing to answer here. Enter goes on.");
    else if (q->asked_of == TOGETHER)
        prompt_say(&l->p, "This answer is from both of you. Say why when you put it forward.");
    else if (line_hides(l) ? !answer_given(assessment_answer(line_state(l), l->at, l->turn))
                           : !assessment_answer(line_state(l), l->at, l->turn)->value)
        prompt_say(&l->p, "%s, answer first.", line_name(l, l->turn));
    else
        return true;
    return false;
}

void line_reason(struct line *l)
{
    bool stop;
    char *because = has_answer(l) ? line_ask_reason(l, l->turn, &stop) : NULL;
    if (because && line_answer_again(l, l->turn, because, NULL))
        line_say_saved(l, "");
    free(because);
}

void line_evidence(struct line *l)
{
    int evidence = has_answer(l) ? line_ask_evidence(l) : 0;
    if (evidence > 0 && line_answer_again(l, l->turn, NULL, evidence_names[evidence]))
        line_say_saved(l, "");
}

void line_guidance(struct line *l)
{
    const char *guidance =
        assessment_text(line_state(l), l->at, line_question(l)->guidance, l->turn, line_language(l, l->turn));
    prompt_say(&l->p, "%s", *guidance ? guidance : "Nothing more is written about this question.");
}

void line_note(struct line *l)
{
    bool stop;
    char *text = line_ask(l, "Your note, or Enter for none:", "Write a note about this question.", &stop);
    json_t *intent = text ? intent_here(l, "noted") : NULL;
    if (intent) {
        json_object_set_new(intent, "text", json_string(text));
        if (line_do(l, intent))
            line_say_saved(l, "");
    }
    free(text);
}

void line_come_back(struct line *l)
{
    bool mark = !assessment_come_back(line_state(l), l->at);
    json_t *intent = intent_here(l, "noted");
    json_object_set_new(intent, "come_back", json_boolean(mark));
    if (line_do(l, intent))
        prompt_say(&l->p, mark ? "Marked: come back later." : "The mark is taken off.");
}

void line_skip(struct line *l)
{
    if (!question_is_answered(line_question(l))) {
        prompt_say(&l->p, "There is nothing to skip here. Enter goes on.");
        return;
    }
    if (line_hides(l)) {
        prompt_say(&l->p, "To skip it so that nobody sees: type s1, s2 or s3 as your answer.");
        return;
    }
    for (int i = MISSING_NOT_SURE; missing_names[i]; i++)
        prompt_item(&l->p, (size_t)i, words_missing((enum missing)i));
    char *question = line_words("%s, a number, or Enter to go back:", line_name(l, l->turn));
    int picked = line_pick(l, question, MISSING_RATHER_NOT_SAY);
    free(question);
    char *cause = NULL;
    if (picked > 0 &&
        line_done(l, session_decline(l->s, l->turn, l->at, (enum missing)picked, &cause), &cause)) {
        line_say_saved(l, "");
        l->p.hidden = false;
        line_go_on(l);
    }
}
