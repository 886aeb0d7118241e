/* The functions about dates and times. date() and date-time() are one: as in ODK's engines a date keeps the
 * time of day that it came with. */
#include "form/expr_code.h"

#include "base/cause.h"
#include "base/date.h"
#include "base/mem.h"
#include "form/moment.h"
#include "form/number.h"

#include <math.h>
#include <stdlib.h>

/* What the argument is as a moment; NaN where it is none. *blank: it is the empty text. */
static double moment_of(struct slot *slot, bool *blank)
{
    double moment;
    *blank = false;
    switch (slot->v.type) {
    case VALUE_DATE:
        return slot->v.number;
    case VALUE_NUMBER:
        return moment_of_number(slot->v.number);
    case VALUE_BOOLEAN:
        return NAN;
    default:
        break;
    }
    const char *text = slot_text(slot);
    if (!*text) {
        *blank = true;
        return NAN;
    }
    if (moment_parse(text, &moment))
        return moment;
    return moment_of_number(trunc(number_parse(text)));
}

bool function_date(struct call *c)
{
    bool blank;
    double moment = moment_of(&c->args[0], &blank);
    if (!blank) /* a date not yet given stays not given */
        slot_date(c->out, moment);
    return true;
}

bool function_today(struct call *c)
{
    slot_date(c->out, clock_today());
    return true;
}

bool function_now(struct call *c)
{
    slot_date(c->out, moment_now());
    return true;
}

bool function_decimal_date_time(struct call *c)
{
    bool blank;
    struct slot *from = &c->args[0];
    if (from->v.type == VALUE_NUMBER) {
        slot_number(c->out, from->v.number);
        return true;
    }
    slot_number(c->out, moment_number(moment_of(from, &blank)));
    return true;
}

bool function_decimal_time(struct call *c)
{
    struct slot *from = &c->args[0];
    bool text = from->v.type == VALUE_STRING || from->v.type == VALUE_LIST || from->v.type == VALUE_DATE;
    slot_number(c->out, text ? moment_time_of_day(slot_text(from)) : NAN);
    return true;
}

char *format_fault(const char *format)
{
    struct strbuf sb = STRBUF_INIT;
    char letter = '\0', *fault = NULL;
    if (!moment_format(0, format, &sb, &letter)) {
        static const char can[] = "%Y %y %m %n %b %d %e %H %h %M %S %3 %a";
        if (letter > ' ' && letter < 0x7f)
            fault = xasprintf("A date's format knows no %%%c: there are %s.", letter, can);
        else
            fault = xasprintf("A date's format wants a letter after %%: there are %s.", can);
    }
    strbuf_release(&sb);
    return fault;
}

bool function_format_date(struct call *c)
{
    bool blank;
    char letter;
    double moment = moment_of(&c->args[0], &blank);
    const char *format = slot_text(&c->args[1]);
    if (isnan(moment))
        return true;
    struct strbuf sb = STRBUF_INIT;
    if (!moment_format(moment, format, &sb, &letter)) {
        strbuf_release(&sb);
        char *fault = format_fault(format);
        cause_set(c->cause, "%s", fault ? fault : "A date's format is wrong.");
        free(fault);
        return false;
    }
    slot_take(c->out, strbuf_detach(&sb));
    return true;
}
