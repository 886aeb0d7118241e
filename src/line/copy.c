/* A copy to take away, and its receipt code. */
#include "line/internal.h"

#include "base/mem.h"
#include "report/copy_text.h"
#include "report/report.h"

#include <stdlib.h>

static void tell_code(struct line *l, const struct copy *copy, const char *path)
{
    size_t lines = assessment_events(line_state(l));
    char *code = copy_code_spaced(session_receipt(l->s));
    if (copy->number)
        prompt_say(&l->p, "Copy %zu is made: %s. Print that file.", copy->number, path);
    else
        prompt_say(&l->p, "The copy is made: %s. Print that file. It is not noted in the record: %s.", path,
                   copy->unnoted);
    prompt_say(&l->p, "Its receipt code, over %zu %s, in groups of four:", lines,
               lines == 1 ? "entry" : "entries");
    prompt_say(&l->p, "%s", code);
    for (const char *const *advice = copy_advice; *advice; advice++)
        prompt_say(&l->p, "%s", *advice);
    free(code);
}

void line_copy(struct line *l)
{
    if (session_is_in_memory(l->s)) {
        prompt_say(&l->p, "This only tries the form out. There is nothing kept to copy.");
        return;
    }
    char *why = copy_no_paper(l->s);
    if (why) {
        line_done(l, false, &why);
        return;
    }
    for (int as = 0; as < COPY_KINDS; as++)
        prompt_item(&l->p, (size_t)as + 1, copy_words[as]);
    int picked = line_pick(l, "How much of it? Enter for none:", COPY_KINDS);
    if (picked <= 0)
        return;
    char *usual = copy_place(l->s), *cause = NULL;
    bool stop;
    prompt_say(&l->p, "The copy goes into a new file: %s.", usual);
    char *given =
        line_ask(l, "Another name, or Enter for that one:", "The name of a file, with its folder.", &stop);
    const char *path = given ? given : usual;
    if (!stop && line_done(l, report_may_save(path, false, &cause), &cause)) {
        struct copy copy;
        bool made = copy_make(&copy, l->s, l->turn, (enum copy_as)(picked - 1), NULL, &cause) &&
                    copy_text_save(l->s, &copy, path, false, &cause);
        if (line_done(l, made, &cause))
            tell_code(l, &copy, path);
        copy_release(&copy);
    }
    free(given);
    free(usual);
}
