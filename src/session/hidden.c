/* Answers that neither sees before both are in: what is said around them must be the same whatever was
 * answered. */
#include "session/session.h"

#include "base/cause.h"
#include "base/mem.h"

bool session_may_hide(const struct session *s, enum who by, int question, char **cause)
{
    const struct assessment *a = session_assessment(s);
    const struct question *q = assessment_question(a, question);
    enum who other = who_other(by);
    if (!question_is_answered(q) || q->read_only || q->asked_of != ASKED_OF_BOTH)
        return cause_set(cause, "This is not a question that you both answer, so there is nothing to hide.");
    if (q->reveal == REVEAL_TOGETHER)
        return cause_set(cause, "Here nothing shows anyway, until both answers are in.");
    if (answer_given(assessment_answer(a, question, other)) && assessment_revealed(a, question))
        return cause_set(cause, "%s has answered already. Both answers show as soon as yours is in.",
                         assessment_name(a, other, assessment_language(a, by)));
    return true;
}

char *session_not_taken(const struct session *s, enum who by, int question)
{
    const struct assessment *a = session_assessment(s);
    const char *rule = assessment_text(a, question, assessment_question(a, question)->constraint_message, by,
                                       assessment_language(a, by));
    return xasprintf("That cannot be taken here, so nothing is saved. Try again.%s%s%s",
                     *rule ? " What holds here: “" : "", rule, *rule ? "”" : "");
}

char *session_hidden_warning(const struct session *s, enum who by, int question)
{
    const struct assessment *a = session_assessment(s);
    const struct question *q = assessment_question(a, question);
    const char *words = assessment_text(a, question, q->warning_message, by, assessment_language(a, by));
    if (!q->warning)
        return NULL;
    return xasprintf("Whatever you answered, this is asked: “%s” Look again if that fits your answer.",
                     *words ? words : "This is unusual. Is it right?");
}
