/* Whatever bytes a form file holds, loading it ends, frees what it took and never prints anything raw. */
#include "assessment/assessment.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "form/form.h"
#include "session/summary.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Printing two hundred faults takes far longer than finding them, and finds nothing more. */
enum { SHOWN = 8 };

/* Ask a sound form for all it has. */
static void look_at(const struct form *form)
{
    for (int i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        if (form_find(form, q->name) != i || q->number != i || q->parent >= i)
            abort();
        if (*wording(q->label, SERVICE_USER, 1) == '\0' && q->type != TYPE_GROUP && q->type != TYPE_CALCULATE)
            abort();
        for (int d = form->dependent_start[i]; d < form->dependent_start[i + 1]; d++) {
            if (form->rank[form->dependents[d]] <= form->rank[i])
                abort();
        }
        for (size_t c = 0; q->choices && c < q->choices->count; c++) {
            if (question_choice(q, q->choices->choices[c].name) != &q->choices->choices[c])
                abort();
        }
    }
    if (form->source_length != strlen(form->source) || strlen(form->sha256) != 64)
        abort();
}

static void fold(struct assessment *a, json_t *object)
{
    struct event event;
    if (!event_parse(object, false, &event, NULL))
        abort();
    assessment_fold(a, &event);
    json_decref(object);
}

/* The answers that the form itself gives to begin with, and any to what is told by its choices. */
static void answer(struct assessment *a)
{
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        for (int party = 0; party < PARTIES && question_is_answered(q); party++) {
            json_t *value = assessment_initial(a, item, (enum who)party);
            if (!value && q->type == TYPE_SELECT_ONE)
                value = json_string(q->choices->choices[(size_t)party % q->choices->count].name);
            if (value)
                fold(a, json_pack("{ss ss ss so}", "event", "answered", "by", who_names[party], "question",
                                  assessment_path(a, item), "value", value));
        }
    }
}

static void hear(void *context, enum summary_level level, int item, const char *group, const char *text)
{
    (void)context;
    if (level > SUMMARY_REMARK || item < -1 || !group || !text)
        abort();
}

/* Have it asked: two entries in each repeat, what it makes of the answers, and every text as both read it. */
static void ask(const struct form *form)
{
    struct assessment *a = assessment_new(form);
    int entries = 0;
    for (int place = 0; place < assessment_count(a) && entries < 8; place++) {
        int item = assessment_at(a, place);
        if (assessment_question(a, item)->type != TYPE_REPEAT || assessment_entries(a, item) > 1)
            continue;
        fold(a, json_pack("{ss ss ss si}", "event", "added", "by", "service_user", "question",
                          assessment_path(a, item), "entry", ++entries));
        place = -1;
    }
    answer(a);
    summary_tell(a, SERVICE_USER, 0, hear, NULL);
    for (int place = 0; place < assessment_count(a); place++) {
        int item = assessment_at(a, place);
        const struct question *q = assessment_question(a, item);
        const struct wording *texts[] = {
            q->label,   q->hint, q->guidance, q->constraint_message, form->sections[q->section].title,
            form->title};
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            for (int reader = PRACTITIONER; reader <= TOGETHER; reader++) {
                const char *text = assessment_text(a, item, texts[i], (enum who)reader, i % 2);
                if (!text || (texts[i] && texts[i]->names_answers && strstr(text, "${")))
                    abort();
            }
        }
    }
    assessment_free(a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool ready;
    if (!ready)
        mem_init();
    ready = true;
    struct diags diags;
    diags_init(&diags, "form.yaml");
    struct form *form = form_check((const char *)data, size, &diags);
    if (!form != (diags.errors > 0))
        abort();
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out)
        mem_exhausted();
    size_t count = diags.count;
    diags.count = count > SHOWN ? SHOWN : count;
    diags_print(&diags, (const char *)data, size, out);
    diags.count = count;
    fclose(out);
    char *safe = utf8_safe(text, true);
    if (strlen(text) != length || strcmp(safe, text) != 0)
        abort();
    free(safe);
    free(text);
    if (form) {
        look_at(form);
        ask(form);
    }
    form_free(form);
    diags_release(&diags);
    return 0;
}
