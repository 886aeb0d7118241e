/* Forms as data. broken/NAME.yaml has NAME.expected beside it: word for word what is said about it.
 * good/NAME.yaml has what it is loaded to, in the words of describe() below. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "form/form.h"
#include "form/load.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- a form as a text ---- */

static void add_words(struct strbuf *sb, const struct form *form, const char *key, const struct wording *w)
{
    if (!w)
        return;
    strbuf_addf(sb, " %s:", key);
    for (int i = 0; i < form->language_count; i++) {
        const char *p = w->by[i][PRACTITIONER], *s = w->by[i][SERVICE_USER];
        if (p && s && strcmp(p, s) == 0)
            strbuf_addf(sb, " %s \"%s\"", form->languages[i], p);
        else if (p || s)
            strbuf_addf(sb, " %s \"%s\"/\"%s\"", form->languages[i], p ? p : "", s ? s : "");
    }
}

static void add_expr(struct strbuf *sb, const char *key, const struct expr *expr)
{
    if (expr)
        strbuf_addf(sb, "\n    %s: %s", key, expr_source(expr));
}

static void add_question(struct strbuf *sb, const struct form *form, const struct question *q)
{
    strbuf_addf(sb, "  %d %s %s", q->number, question_type_names[q->type], q->name);
    if (q->parent >= 0)
        strbuf_addf(sb, " in %s", form->questions[q->parent].name);
    if (q->asked_of != ASKED_OF_BOTH)
        strbuf_addf(sb, " asked_of=%s", who_names[q->asked_of]);
    if (q->because)
        strbuf_addf(sb, " because=%s", because_names[q->because]);
    if (q->reveal)
        strbuf_addf(sb, " reveal=%s", reveal_names[q->reveal]);
    if (q->stage != STAGE_ASSESS)
        strbuf_addf(sb, " stage=%s", stage_names[q->stage]);
    if (q->kind >= 0)
        strbuf_addf(sb, " kind=%s", kind_names[q->kind]);
    strbuf_addf(sb, "%s%s%s%s%s", q->evidence ? " evidence" : "", question_is_compared(q) ? " compared" : "",
                q->read_only ? " read_only" : "", q->carry_over ? " carry_over" : "",
                q->always_required ? " required" : "");
    strbuf_addf(sb, "%s%s", q->in_sight ? " in_sight" : "", q->trend ? " trend" : "");
    if (q->tolerance != 0)
        strbuf_addf(sb, " tolerance=%g", q->tolerance);
    if (q->rows != 1)
        strbuf_addf(sb, " rows=%d", q->rows);
    if (q->pathway)
        strbuf_addf(sb, " pathway=%s", q->pathway);
    for (size_t i = 0; i < q->tag_count; i++)
        strbuf_addf(sb, " #%s", q->tags[i]);
    add_words(sb, form, "label", q->label);
    add_words(sb, form, "hint", q->hint);
    add_words(sb, form, "guidance", q->guidance);
    add_words(sb, form, "message", q->constraint_message);
    add_words(sb, form, "asks back", q->warning_message);
    for (size_t i = 0; q->choices && i < q->choices->count; i++) {
        const struct choice *choice = &q->choices->choices[i];
        strbuf_addf(sb, "\n    - %s%s%s", choice->name, choice->exclusive ? " exclusive" : "",
                    choice->other ? " other" : "");
        add_words(sb, form, "label", choice->label);
        for (size_t k = 0; k < choice->keys; k++)
            strbuf_addf(sb, " %s=%s", choice->key_names[k], choice->key_values[k]);
    }
    if (q->scale) {
        strbuf_addf(sb, "\n    scale %s", q->scale->name ? q->scale->name : "of its own");
        if (q->scale->wobble > 0)
            strbuf_addf(sb, " wobble %g", q->scale->wobble);
        if (q->scale->has_min)
            strbuf_addf(sb, " from %g", q->scale->min);
        if (q->scale->has_max)
            strbuf_addf(sb, " to %g", q->scale->max);
        strbuf_addf(sb, " by %g", q->scale->step);
        for (size_t i = 0; i < q->scale->label_count; i++) {
            strbuf_addf(sb, " %g", q->scale->label_values[i]);
            add_words(sb, form, "is", q->scale->labels[i]);
        }
    }
    add_expr(sb, "relevant", q->relevant);
    add_expr(sb, "required", q->required);
    add_expr(sb, "constraint", q->constraint);
    add_expr(sb, "warning", q->warning);
    add_expr(sb, "calculation", q->calculation);
    add_expr(sb, "default", q->initial);
    add_expr(sb, "choice_filter", q->choice_filter);
    if (form->dependent_start[q->number] < form->dependent_start[q->number + 1])
        strbuf_add(sb, "\n    read by");
    for (int d = form->dependent_start[q->number]; d < form->dependent_start[q->number + 1]; d++)
        strbuf_addf(sb, " %s", form->questions[form->dependents[d]].name);
    strbuf_add(sb, "\n");
}

static void add_score(struct strbuf *sb, const struct form *form, const struct score *score)
{
    strbuf_addf(sb, " score=%s %s max=%g", form->questions[score->calculation].name,
                score_show_names[score->show], score->max);
    for (size_t i = 0; i < score->band_count; i++) {
        strbuf_addf(sb, " %g", score->band_from[i]);
        add_words(sb, form, "is", score->bands[i]);
    }
}

static void add_summary(struct strbuf *sb, const struct form *form, const struct summary *summary)
{
    static const char *const groupings[] = {"nothing", "pathway", "section", "answer", "question"};
    strbuf_addf(sb, "summary %s of %s %s by %s %s", summary->name, summary->tag ? "tag" : "repeat",
                summary->tag ? summary->tag : form->questions[summary->repeat].name,
                groupings[summary->group_by],
                summary->group_question >= 0 ? form->questions[summary->group_question].name : "");
    if (summary->order_question >= 0)
        strbuf_addf(sb, " in order of %s", form->questions[summary->order_question].name);
    add_words(sb, form, "title", summary->title);
    add_words(sb, form, "one_kind", summary->one_kind);
    for (size_t i = 0; i < summary->show_count; i++)
        strbuf_addf(sb, " %s", form->questions[summary->show[i]].name);
    add_expr(sb, "where", summary->where);
    strbuf_add(sb, "\n");
}

static char *describe(const struct form *form)
{
    struct strbuf sb = STRBUF_INIT;
    strbuf_addf(&sb, "%s %s", form->id, form->version);
    add_words(&sb, form, "title", form->title);
    add_words(&sb, form, "practitioner", form->party_label[PRACTITIONER]);
    add_words(&sb, form, "service_user", form->party_label[SERVICE_USER]);
    strbuf_add(&sb, "\n");
    for (int s = 0; s < form->section_count; s++) {
        const struct section *section = &form->sections[s];
        strbuf_addf(&sb, "%s", section->name);
        add_words(&sb, form, "title", section->title);
        if (section->score)
            add_score(&sb, form, section->score);
        strbuf_add(&sb, "\n");
        for (int i = section->first; i < section->first + section->count; i++) {
            assert_int_equal(form->questions[i].section, s);
            assert_int_equal(form->questions[i].number, i);
            add_question(&sb, form, &form->questions[i]);
        }
    }
    for (size_t i = 0; i < form->tag_count; i++) {
        strbuf_addf(&sb, "tag %s", form->tags[i].name);
        add_words(&sb, form, "label", form_tag_label(form, form->tags[i].name));
        strbuf_add(&sb, "\n");
    }
    for (size_t i = 0; i < form->offer_count; i++) {
        strbuf_addf(&sb, "offer %s", form->offers[i].form);
        add_expr(&sb, "relevant", form->offers[i].relevant);
        strbuf_add(&sb, "\n");
    }
    for (size_t i = 0; i < form->summary_count; i++)
        add_summary(&sb, form, &form->summaries[i]);
    return strbuf_detach(&sb);
}

/* ---- folders of forms ---- */

static char *folder(const char *name)
{
    const char *srcdir = getenv("srcdir");
    return xasprintf("%s/tests/form/%s", srcdir ? srcdir : ".", name);
}

static char *read_beside(const char *in, const char *name, const char *ending, size_t *length)
{
    char *path = xasprintf("%s/%.*s%s", in, (int)(strlen(name) - strlen(".yaml")), name, ending);
    char *cause = NULL;
    char *text = path_read(path, 8 * 1024 * 1024, length, &cause);
    if (!text)
        fail_msg("%s", cause);
    free(path);
    return text;
}

/* Call `look` for each form in a folder: it must find what is beside it. */
static int each_form(const char *folder_name,
                     char *(*look)(struct form *form, struct diags *diags, const char *source, size_t length))
{
    char *in = folder(folder_name);
    DIR *dir = opendir(in);
    assert_non_null(dir);
    int forms = 0, wrong = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        const char *name = entry->d_name, *ending = strrchr(name, '.');
        if (!ending || strcmp(ending, ".yaml") != 0)
            continue;
        forms++;
        size_t length, expected_length;
        char *source = read_beside(in, name, ".yaml", &length);
        char *expected = read_beside(in, name, ".expected", &expected_length);
        struct diags diags;
        diags_init(&diags, name);
        struct form *form = form_check(source, length, &diags);
        char *got = look(form, &diags, source, length);
        if (strcmp(got, expected) != 0) {
            fprintf(stderr, "%s/%s:\n%s", folder_name, name, got);
            wrong++;
        }
        free(got);
        form_free(form);
        diags_release(&diags);
        free(source);
        free(expected);
    }
    closedir(dir);
    free(in);
    assert_int_equal(wrong, 0);
    return forms;
}

static char *printed(struct form *form, struct diags *diags, const char *source, size_t length)
{
    assert_int_equal(!form, diags->errors > 0);
    char *text = NULL;
    size_t text_length;
    FILE *out = open_memstream(&text, &text_length);
    diags_print(diags, source, length, out);
    fclose(out);
    return text;
}

static void test_broken(void **state)
{
    (void)state;
    assert_true(each_form("broken", printed) >= 40);
}

static char *described(struct form *form, struct diags *diags, const char *source, size_t length)
{
    return form ? describe(form) : printed(form, diags, source, length);
}

static void test_good(void **state)
{
    (void)state;
    assert_true(each_form("good", described) >= 5);
}

/* ---- what is asked of a form ---- */

static const char head[] = "form: t\nversion: \"1\"\ntitle: T\nsections:\n  - section: a\n    questions:\n";

static struct form *load(const char *questions)
{
    char *source = xasprintf("%s%s", head, questions);
    struct diags diags;
    diags_init(&diags, "t");
    struct form *form = form_load("t", source, strlen(source), &diags);
    diags_release(&diags);
    free(source);
    return form;
}

static void test_find(void **state)
{
    (void)state;
    struct form *form =
        load("      - {name: home, type: text, label: A}\n"
             "      - {name: a, type: select_one, label: A, choices: [{name: x, label: X}]}\n"
             "      - {name: money, type: range, label: A, min: 1, max: 3, labels: {2: two}}\n");
    assert_int_equal(form_find(form, "home"), 0);
    assert_int_equal(form_find(form, "a"), 1);
    assert_int_equal(form_find(form, "money"), 2);
    assert_int_equal(form_find(form, "mone"), -1);
    assert_int_equal(form_find(form, ""), -1);
    assert_string_equal(form_nearest(form, "hmoe"), "home");
    assert_null(form_nearest(form, "elsewhere"));
    assert_string_equal(question_choice(&form->questions[1], "x")->name, "x");
    assert_null(question_choice(&form->questions[1], "y"));
    assert_null(question_choice(&form->questions[0], "x"));
    assert_string_equal(wording(question_label_of(&form->questions[2], 2), SERVICE_USER, 0), "two");
    assert_null(question_label_of(&form->questions[2], 1));
    assert_null(question_label_of(&form->questions[0], 1));
    form_free(form);
}

static void test_wording(void **state)
{
    (void)state;
    const struct wording w = {.by = {[0] = {[PRACTITIONER] = "0p"}, [1] = {[SERVICE_USER] = "1s"}}};
    const struct wording far = {.by = {[3] = {[PRACTITIONER] = "3p"}}};
    assert_string_equal(wording(NULL, PRACTITIONER, 0), "");
    assert_string_equal(wording(&w, PRACTITIONER, 0), "0p");
    assert_string_equal(wording(&w, SERVICE_USER, 1), "1s");
    assert_string_equal(wording(&w, TOGETHER, 1), "1s");
    assert_string_equal(wording(&w, PRACTITIONER, 1), "0p"); /* the first language before the other's words */
    assert_string_equal(wording(&w, SERVICE_USER, 0), "0p");
    assert_string_equal(wording(&w, SERVICE_USER, 5), "0p");
    assert_string_equal(wording(&w, PRACTITIONER, 99), "0p");
    assert_string_equal(wording(&far, SERVICE_USER, 0), "3p");
}

static void test_asked_and_compared(void **state)
{
    (void)state;
    struct form *form = load("      - {name: a, type: integer, label: A}\n"
                             "      - {name: b, type: integer, label: A, asked_of: together}\n"
                             "      - {name: c, type: integer, label: A, asked_of: service_user}\n"
                             "      - {name: d, type: text, label: A}\n"
                             "      - {name: e, type: text, label: A, compare: true}\n"
                             "      - {name: f, type: note, label: A}\n"
                             "      - {name: g, type: integer, label: A, compare: false}\n"
                             "      - {name: h, type: acknowledge, label: A}\n");
    static const struct {
        bool practitioner, service_user, compared, answered;
    } expected[] = {
        {true, true, true, true},  {false, false, false, true}, {false, true, false, true},
        {true, true, false, true}, {true, true, true, true},    {true, true, false, false},
        {true, true, false, true}, {true, true, false, true},
    };
    for (int i = 0; i < form->count; i++) {
        const struct question *q = &form->questions[i];
        assert_int_equal(question_asked_of(q, PRACTITIONER), expected[i].practitioner);
        assert_int_equal(question_asked_of(q, SERVICE_USER), expected[i].service_user);
        assert_int_equal(question_is_compared(q), expected[i].compared);
        assert_int_equal(question_is_answered(q), expected[i].answered);
    }
    form_free(form);
}

static void test_source_is_kept(void **state)
{
    (void)state;
    struct form *form = load("      - {name: a, type: text, label: A}\n");
    char *source = xasprintf("%s%s", head, "      - {name: a, type: text, label: A}\n");
    assert_string_equal(form->source, source);
    assert_int_equal(form->source_length, strlen(source));
    /* by sha256sum(1) */
    assert_string_equal(form->sha256, "79839527e3e23ca829b1c3e038a7e57a8ee61a352b1229d185eda0c11f1f0399");
    free(source);
    form_free(form);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number;
    } good[] = {{"0", 0},
                {"-0", 0},
                {"12", 12},
                {"-3.5", -3.5},
                {"+7", 7},
                {"0.1", 0.1},
                {"123456789012345", 123456789012345}},
      bad[] = {{"", 0},
               {"-", 0},
               {".5", 0},
               {"5.", 0},
               {"1e3", 0},
               {"0x10", 0},
               {"1,5", 0},
               {"1 2", 0},
               {"nan", 0},
               {"1.2.3", 0},
               {"1234567890123456", 0}};
    double number;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(number_of(good[i].text, &number));
        assert_true(number == good[i].number);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(number_of(bad[i].text, &number));
}

/* Each key has a help line, fits in the array of what is given, and question keys stand on some type. */
static void test_tables(void **state)
{
    (void)state;
    for (int t = 0; all_keys[t]; t++) {
        int n = 0;
        for (const struct key *key = all_keys[t]->keys; key->name; key++, n++) {
            assert_non_null(key->set);
            assert_non_null(key->help);
            assert_int_equal(key->takes == TAKES_WORD, key->words != NULL);
            assert_int_equal(key->takes >= TAKES_KEYS, key->keys != NULL);
            assert_true(all_keys[t] != &question_keys || !(key->needed & ~key->types));
            assert_true(all_keys[t] != &question_keys || key->types);
        }
        assert_true(n < MOST_KEYS);
    }
    for (int type = 0; type < TYPES; type++)
        assert_non_null(question_type_names[type]);
    assert_null(question_type_names[TYPES]);
}

static void test_no_file(void **state)
{
    (void)state;
    struct diags diags;
    diags_init(&diags, "nowhere/form.yaml");
    assert_null(form_read("nowhere/form.yaml", &diags));
    assert_int_equal(diags.errors, 1);
    assert_non_null(strstr(diags.items[0].message, "nowhere/form.yaml cannot be read"));
    diags_release(&diags);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_wording),
        cmocka_unit_test(test_asked_and_compared),
        cmocka_unit_test(test_source_is_kept),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_tables),
        cmocka_unit_test(test_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
