/* A made-up form of any size, for measuring. */
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
            strbuf_addf(&sb, "      - name: sum%d\n        type: calculate\n        calculation: sum(",
                        i / IN_SUM);
            for (int k = i - IN_SUM + 1; k <= i; k++)
                strbuf_addf(&sb, "${q%d}%s", k, k < i ? ", " : ")\n");
        }
    }
    *length = sb.length;
    return strbuf_detach(&sb);
}
