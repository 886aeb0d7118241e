/* What the rules look up in an event: what it names, the words and days in it, and what is said where they
 * are not right. */
#include "assessment/internal.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/vocab.h"

#include <stdlib.h>
#include <string.h>

const char *called(const struct assessment *a, enum who party)
{
    return assessment_name(a, party, 0);
}

/* What an event names that is no item: why not. */
void no_such_item(const struct assessment *a, const char *name, char **cause)
{
    int question = form_find(a->form, name);
    const char *nearest = form_nearest(a->form, name);
    if (question >= 0)
        cause_set(cause, "“%s” is asked in each entry of “%s”: say in which, as in %s#1.", name,
                  a->form->questions[a->form->questions[question].repeat].name, name);
    else if (strchr(name, '#'))
        cause_set(cause, "there is no “%s” here: no such entry has this question.", name);
    else if (nearest)
        cause_set(cause, "there is no question “%s”: did you mean “%s”?", name, nearest);
    else
        cause_set(cause, "there is no question “%s” in this form.", name);
}

/* The item an event names, or -1 and a cause. */
int named_question(const struct assessment *a, const struct event *event, char **cause)
{
    const char *name = event_text(event, "question");
    int item = name ? assessment_find(a, name) : -1;
    if (item < 0) {
        no_such_item(a, name ? name : "", cause);
    } else if (assessment_place(a, item) < 0) {
        cause_set(cause, "“%s” is in an entry that was taken out.", name);
        item = -1;
    }
    return item;
}

bool word_known(const struct event *event, const char *key, const char *const *words, char **cause)
{
    const char *word = event_text(event, key);
    if (!word || (*word && vocab_find(words, word) >= 0))
        return true;
    const char *nearest = vocab_nearest(words, word);
    char *list = vocab_list(**words ? words : words + 1); /* some begin with "" for none */
    if (nearest && *nearest)
        cause_set(cause, "“%s” cannot be “%s”: did you mean “%s”? It is %s.", key, word, nearest, list);
    else
        cause_set(cause, "“%s” cannot be “%s”: it is %s.", key, word, list);
    free(list);
    return false;
}

bool day_known(const struct event *event, const char *key, char **cause)
{
    int day;
    const char *text = event_text(event, key);
    if (!text || date_parse(text, &day))
        return true;
    return cause_set(cause, "“%s” must be a day that exists, written YEAR-MONTH-DAY; “%s” is not.", key,
                     text);
}

bool has_words(const struct event *event, const char *key)
{
    const char *text = event_text(event, key);
    return text && strspn(text, " \t\n") < strlen(text);
}
