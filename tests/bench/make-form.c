/* Made-up forms, for measuring. */
#include "bench/make-form.h"

#include "base/strbuf.h"

enum { IN_SECTION = 50, IN_SUM = 20, EACH_RELEVANT = 5 };

char *make_form(int n, size_t *length)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb,
               "form: made-up\nversion: \"1\"\ntitle: Made up\nscales:\n  ladder:\n    min: 1\n    max: 5\n"
               "    labels: {5: Going well, 1: Very hard right now}\nsections:\n");
    for (int i = 0; i < n; i++) {
        if (i % IN_SECTION == 0)
            strbuf_addf(&sb, "  - section: s%d\n    title: Section %d\n    questions:\n", i / IN_SECTION,
                        i / IN_SECTION);
        strbuf_addf(&sb,
                    "      - name: q%d\n        type: range\n        scale: ladder\n        label:\n"
                    "          practitioner: How settled is number %d for them?\n"
                    "          service_user: Is number %d settled for me?\n",
                    i, i, i);
        if (i % EACH_RELEVANT == EACH_RELEVANT - 1)
            strbuf_addf(&sb, "        relevant: ${q%d} > 2\n", i - 1);
        if (i % IN_SUM == IN_SUM - 1) {
            strbuf_addf(&sb, "      - name: sum%d\n        type: calculate\n        calculation: ",
                        i / IN_SUM);
            for (int k = i - IN_SUM + 1; k <= i; k++)
                strbuf_addf(&sb, "coalesce(${q%d}, 0)%s", k, k < i ? " + " : "\n");
        }
    }
    *length = sb.length;
    return strbuf_detach(&sb);
}

char *make_repeat_form(size_t *length)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "form: made-up\nversion: \"1\"\ntitle: Made up\nsections:\n"
                    "  - section: s\n    title: Section\n    questions:\n"
                    "      - name: entries\n        type: repeat\n        label: Entries\n"
                    "        max_count: 99\n        questions:\n");
    for (int i = 0; i < MADE_QUESTIONS; i++) {
        strbuf_addf(&sb, "          - {name: q%d, type: range, min: 1, max: 5, label: Number %d", i, i);
        if (i % EACH_RELEVANT == EACH_RELEVANT - 1)
            strbuf_addf(&sb, ", relevant: \"${q%d} > 2\"", i - 1);
        strbuf_add(&sb, "}\n");
    }
    strbuf_add(&sb, "          - {name: own, type: calculate, calculation: \"");
    for (int i = 0; i < MADE_QUESTIONS; i++)
        strbuf_addf(&sb, "coalesce(${q%d}, 0)%s", i, i < MADE_QUESTIONS - 1 ? " + " : "\"}\n");
    strbuf_add(&sb, "      - {name: all, type: calculate, calculation: \"sum(${own})\"}\n"
                    "      - {name: high, type: calculate, calculation: \"count-if(${q0}, . > 3)\"}\n");
    *length = sb.length;
    return strbuf_detach(&sb);
}

char *make_filter_form(int n, size_t *length)
{
    enum { COUNTIES = 10 };
    struct strbuf sb = STRBUF_INIT;
    strbuf_add(&sb, "form: made-up\nversion: \"1\"\ntitle: Made up\nchoices:\n  counties:\n");
    for (int i = 0; i < COUNTIES; i++)
        strbuf_addf(&sb, "    - {name: c%d, label: County %d}\n", i, i);
    strbuf_add(&sb, "  towns:\n");
    for (int i = 0; i < n; i++)
        strbuf_addf(&sb, "    - {name: t%d, label: Town %d, county: c%d}\n", i, i, i % COUNTIES);
    strbuf_add(&sb, "sections:\n  - section: s\n    title: Section\n    questions:\n"
                    "      - {name: county, type: select_one, choices: counties, label: County}\n"
                    "      - {name: town, type: select_one, choices: towns, label: Town,\n"
                    "         choice_filter: \"county = ${county}\"}\n");
    *length = sb.length;
    return strbuf_detach(&sb);
}
