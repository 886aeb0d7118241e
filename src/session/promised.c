/* Promises in words. Whose it is, and what each says of it, stands with the name: a promise kept for the one
 * may not be for the other, and then both words stand. */
#include "session/promised.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "session/words_beside.h"

#include <stdlib.h>

char *promised_standing(const struct assessment *a, const struct promise *promise, int language)
{
    struct strbuf sb = STRBUF_INIT;
    for (int side = 0; side < PARTIES; side++) {
        enum who party = side ? who_other(assessment_left(a)) : assessment_left(a);
        if (promise->kept[party] != PROMISE_NOT_SAID)
            strbuf_addf(&sb, "%s%s: %s.", sb.length ? " " : "", assessment_name(a, party, language),
                        promise->kept[party] == PROMISE_KEPT ? "kept" : "not kept");
    }
    return strbuf_detach(&sb);
}

char *promised_due(const struct promise *promise)
{
    if (!promise->by_when)
        return xstrdup("");
    return xasprintf("By %s%s", words_day(promise->by_when), promise->overdue ? ". That day is over" : "");
}

char *promised_overdue(const struct assessment *a, enum who party, int language)
{
    size_t count;
    struct promise *promises = assessment_promises(a, &count);
    struct strbuf sb = STRBUF_INIT;
    for (size_t i = 0; i < count; i++) {
        if (!promises[i].overdue || promises[i].by != party)
            continue;
        if (sb.length)
            strbuf_addch(&sb, ' ');
        strbuf_addf(&sb, "%s promised: “%s”, by %s. That day is over.", assessment_name(a, party, language),
                    promises[i].text, words_day(promises[i].by_when));
    }
    free(promises);
    return strbuf_detach(&sb);
}
