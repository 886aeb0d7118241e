/* One person's view of a question. What the other is not to see yet is not on paper either. */
#include "report/view_text.h"

#include "assessment/answer.h"
#include "base/mem.h"
#include "session/beside.h"
#include "session/words.h"

#include <stdlib.h>

void cell_add_answer(struct cell *cell, const struct assessment *a, int question, enum who who)
{
    const struct answer *answer = assessment_answer(a, question, who);
    char *words = words_answer(a, question, who, LANGUAGE);
    cell_add(cell, INDENT, words);
    free(words);
    if (answer->because) {
        char *quoted = xasprintf("“%s”", answer->because);
        cell_add(cell, INDENT, quoted);
        free(quoted);
    }
    if (answer->evidence != EVIDENCE_NONE) {
        char *how = xasprintf("(%s)", words_evidence(answer->evidence));
        cell_add(cell, INDENT, how);
        free(how);
    }
    if (answer->passed)
        cell_add(cell, INDENT, "(asked back, and kept)");
    char *later = answer->seq ? words_later(a, answer->seq, LANGUAGE) : xstrdup("");
    if (*later) {
        char *line = xasprintf("(%s.)", later);
        cell_add(cell, INDENT, line);
        free(line);
    }
    free(later);
}

void cell_add_last(struct cell *cell, const struct assessment *a, int question, enum who who)
{
    char *last = words_last_why(a, question, who, LANGUAGE);
    if (*last)
        cell_add(cell, INDENT, last);
    free(last);
}

void cell_add_view(struct cell *cell, const struct assessment *a, int question, enum who who)
{
    if (assessment_question(a, question)->read_only)
        return;
    if (!answer_given(assessment_answer(a, question, who))) {
        char *why = words_not_asked(a, question, who, LANGUAGE);
        cell_add(cell, INDENT, *why ? why : "No answer yet");
        free(why);
    } else if (!assessment_revealed(a, question)) {
        cell_add(cell, INDENT, "Answered: shown when both have");
    } else {
        cell_add_answer(cell, a, question, who);
    }
}
