/* Loading goes in rounds: YAML into a tree (yaml.c), the tree into questions by tables of keys (here,
 * load_choices.c, load_question.c), then names, expressions and what depends on what (load_expr.c). Each
 * round says all it can before the next one builds on it. Growing arrays live beside the form until their
 * size is known. */
#include "form/load.h"

#include "base/mem.h"
#include "base/path.h"
#include "base/strbuf.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* ---- the form's own keys ---- */

static void set_form(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    const char *text = read_scalar(l, key, "a name");
    if (!text)
        return;
    if (!is_name(text, "-."))
        fault(l, key->value, NULL,
              "A form's name begins with a small letter and is made of a to z, digits, \"-\" and \"_\" (at "
              "most 64), and \"%s\" is not.",
              shown(l, text));
    l->form->id = keep(l, text);
}

static void set_version(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    const char *text = read_scalar(l, key, "a text");
    if (text)
        l->form->version = keep(l, text);
}

static void set_title(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    l->form->title = read_text(l, key);
}

static void set_principle(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    l->form->principle = read_text(l, key);
}

static void set_must_pass_on(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    l->form->must_pass_on = read_text(l, key);
}

/* en, cy, en-GB, zh-Hant */
static bool is_language(const char *text)
{
    size_t small = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    if (small < 2 || small > 3)
        return false;
    text += small;
    while (*text == '-') {
        size_t part = strspn(text + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        if (part < 1 || part > 8)
            return false;
        text += 1 + part;
    }
    return *text == '\0';
}

static void set_languages(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    struct form *form = l->form;
    if (!read_list(l, key, "languages, like [en, cy]"))
        return;
    form->language_count = 0;
    for (const struct node *item = key->value->first; item; item = item->next) {
        if (item->kind != NODE_SCALAR || !is_language(item->text)) {
            fault(l, item, NULL, "A language is written with its code, like en or cy.");
            continue;
        }
        bool twice = false;
        for (int i = 0; i < form->language_count; i++)
            twice |= strcmp(form->languages[i], item->text) == 0;
        if (twice) {
            fault(l, item, NULL, "The language \"%s\" stands here twice.", shown(l, item->text));
        } else if (form->language_count == FORM_MOST_LANGUAGES) {
            fault(l, item, NULL, "A form has at most %d languages.", FORM_MOST_LANGUAGES);
            break;
        } else {
            form->languages[form->language_count++] = keep(l, item->text);
        }
    }
    if (form->language_count == 0) {
        form->languages[0] = "en";
        form->language_count = 1;
    }
}

static void set_party_label(struct loader *l, const struct node *key, void *target)
{
    const struct wording *label = read_text(l, key);
    if (label->names_answers)
        fault(l, key, NULL, "How a person is called cannot name an answer.");
    *(const struct wording **)target = label;
}

static const struct key party_table[] = {
    {"label", set_party_label, 0, "how this person is called until they give their name",
     .takes = TAKES_TEXT},
    {0},
};
const struct keys party_keys = {"a person", party_table};

static void set_party(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    enum who party = strcmp(key->text, who_names[PRACTITIONER]) == 0 ? PRACTITIONER : SERVICE_USER;
    const struct node *given[MOST_KEYS];
    if (read_map(l, key, "a label"))
        read_keys(l, key->value, &party_keys, 0, &l->form->party_label[party], given);
}

static const struct key parties_table[] = {
    {"practitioner", set_party, 0, "the one whose work this is", .takes = TAKES_KEYS, .keys = &party_keys},
    {"service_user", set_party, 0, "the one whose life this is", .takes = TAKES_KEYS, .keys = &party_keys},
    {0},
};
const struct keys parties_keys = {"the parties", parties_table};

static void set_parties(struct loader *l, const struct node *key, void *target)
{
    const struct node *given[MOST_KEYS];
    if (read_map(l, key, "practitioner and service_user"))
        read_keys(l, key->value, &parties_keys, 0, target, given);
}

static void set_form_because(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    set_because(l, key, &l->defaults);
}

static void set_form_reveal(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    set_reveal(l, key, &l->defaults);
}

static void set_form_kind(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    set_kind(l, key, &l->defaults);
}

static void set_form_evidence(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    set_evidence(l, key, &l->defaults);
}

/* ---- sections ---- */

struct section_target {
    struct section section;
    struct inherited inherited;
    const struct node *where;
    struct score_draft score;
};

static void set_section(struct loader *l, const struct node *key, void *target)
{
    struct section_target *t = target;
    const char *text = read_scalar(l, key, "a name");
    if (!text)
        return;
    t->where = key->value;
    if (is_name(text, ""))
        t->section.name = keep(l, text);
    else
        fault(l, key->value, NULL,
              "A name begins with a small letter and is made of a to z, digits and \"_\" (at most 64), and "
              "\"%s\" is not.",
              shown(l, text));
}

static void set_section_title(struct loader *l, const struct node *key, void *target)
{
    ((struct section_target *)target)->section.title = read_text(l, key);
}

static void set_section_because(struct loader *l, const struct node *key, void *target)
{
    set_because(l, key, &((struct section_target *)target)->inherited);
}

static void set_section_reveal(struct loader *l, const struct node *key, void *target)
{
    set_reveal(l, key, &((struct section_target *)target)->inherited);
}

static void set_section_kind(struct loader *l, const struct node *key, void *target)
{
    set_kind(l, key, &((struct section_target *)target)->inherited);
}

static void set_section_stage(struct loader *l, const struct node *key, void *target)
{
    set_stage(l, key, &((struct section_target *)target)->inherited);
}

static void set_section_evidence(struct loader *l, const struct node *key, void *target)
{
    set_evidence(l, key, &((struct section_target *)target)->inherited);
}

static void set_section_score(struct loader *l, const struct node *key, void *target)
{
    set_score(l, key, &((struct section_target *)target)->score);
}

static void set_questions(struct loader *l, const struct node *key, void *target)
{
    read_questions(l, key, ((struct section_target *)target)->inherited);
}

/* The questions come last: what is said for all of them must be known by then. */
static const struct key section_table[] = {
    {"section", set_section, 0, "its name, unique among the sections", .takes = TAKES_NAME, .needed = 1},
    {"title", set_section_title, 0, "what people read", .takes = TAKES_TEXT},
    {"because", set_section_because, 0, "as for the form, for the questions in here", .takes = TAKES_WORD,
     .words = because_names},
    {"reveal", set_section_reveal, 0, "as for the form, for the questions in here", .takes = TAKES_WORD,
     .words = reveal_names},
    {"kind", set_section_kind, 0, "as for the form, for the questions in here", .takes = TAKES_WORD,
     .words = kind_names},
    {"stage", set_section_stage, 0,
     "which part of the work it is: assess (unless given), plan, implement, review or evaluate",
     .takes = TAKES_WORD, .words = stage_names},
    {"evidence", set_section_evidence, 0, "as for the form, for the questions in here",
     .takes = TAKES_BOOLEAN},
    {"score", set_section_score, 0,
     "what it comes to: the name of a calculation, or that and how it is shown", .takes = TAKES_KEYS_OR_NAME,
     .keys = &score_keys},
    {"questions", set_questions, 0, "a list of questions", .takes = TAKES_LIST, .needed = 1,
     .keys = &question_keys},
    {0},
};
const struct keys section_keys = {"a section", section_table};

static void read_section(struct loader *l, const struct node *map)
{
    if (map->kind != NODE_MAP) {
        fault(l, map, NULL, "A section is a set of keys: section, title, questions.");
        return;
    }
    struct section_target t = {
        .inherited = l->defaults, .section = {.name = "", .first = l->count}, .where = map};
    t.inherited.section = l->section_count;
    const struct node *given[MOST_KEYS];
    read_keys(l, map, &section_keys, 0, &t, given);
    if (!map_find(map, "section"))
        fault(l, map, NULL, "This section has no name: begin it with \"section: name\".");
    if (!map_find(map, "questions"))
        fault(l, t.where, NULL, "This section has no questions.");
    t.section.count = l->count - t.section.first;
    t.section.stage = (enum cycle_stage)t.inherited.stage;
    l->section_names[l->section_count] =
        (struct named){.name = t.section.name, .where = t.where, .index = l->section_count};
    l->scores[l->section_count] = t.score;
    l->sections[l->section_count++] = t.section;
}

static void set_sections(struct loader *l, const struct node *key, void *target)
{
    (void)target;
    if (!read_list(l, key, "sections"))
        return;
    l->sections = arena_array(&l->out->arena, key->value->size, sizeof *l->sections);
    l->scores = arena_array(&l->scratch, key->value->size, sizeof *l->scores);
    l->section_names = arena_array(&l->scratch, key->value->size, sizeof *l->section_names);
    for (const struct node *item = key->value->first; item; item = item->next)
        read_section(l, item);
}

/* In the order in which they are needed: texts are read by language, questions by scale. */
static const struct key form_table[] = {
    {"form", set_form, 0, "the form's name", .takes = TAKES_FORM_NAME, .needed = 1},
    {"version", set_version, 0, "in quotes: \"1.0\"", .takes = TAKES_SCALAR, .needed = 1},
    {"languages", set_languages, 0, "codes; the first is what a missing translation falls back to",
     .takes = TAKES_SCALARS},
    {"title", set_title, 0, "what people read", .takes = TAKES_TEXT},
    {"principle", set_principle, 0, "what the organisation works by, read when a sitting opens",
     .takes = TAKES_TEXT},
    {"must_pass_on", set_must_pass_on, 0, "what has to be passed on, said before any question",
     .takes = TAKES_TEXT},
    {"parties", set_parties, 0, "how the two people are called", .takes = TAKES_KEYS, .keys = &parties_keys},
    {"because", set_form_because, 0, "ask for a reason: never, when_differing or always", .takes = TAKES_WORD,
     .words = because_names},
    {"reveal", set_form_reveal, 0, "as_typed, or together: hidden until both are in", .takes = TAKES_WORD,
     .words = reveal_names},
    {"kind", set_form_kind, 0, "what a difference is about: score, fact, process and so on",
     .takes = TAKES_WORD, .words = kind_names},
    {"evidence", set_form_evidence, 0, "true: ask how it is known", .takes = TAKES_BOOLEAN},
    {"scales", set_scales, 0, "scales, each under its name", .takes = TAKES_NAMED, .keys = &scale_keys},
    {"choices", set_choices, 0, "lists of choices, each under its name", .takes = TAKES_NAMED_LISTS,
     .keys = &choice_keys},
    {"tags", set_form_tags, 0, "words for grouping questions, each with what people read or without",
     .takes = TAKES_NAMED, .keys = &tag_keys},
    {"sections", set_sections, 0, "a list of sections", .takes = TAKES_LIST, .needed = 1,
     .keys = &section_keys},
    {"offers", set_offers, 0, "other forms that may fit", .takes = TAKES_LIST, .keys = &offer_keys},
    {"summaries", set_summaries, 0, "lists made from the answers", .takes = TAKES_LIST,
     .keys = &summary_keys},
    {0},
};
const struct keys form_keys = {"a form", form_table};

/* ---- the rounds ---- */

static void read_form(struct loader *l, const struct node *root)
{
    struct form *form = l->form;
    if (root->kind != NODE_MAP) {
        fault(l, root, NULL, "A form is a set of keys: form, version, title, sections and so on.");
        return;
    }
    const struct node *given[MOST_KEYS];
    read_keys(l, root, &form_keys, 0, NULL, given);
    if (!map_find(root, "form"))
        fault(l, root, NULL, "The form has no name: begin it with \"form: name\".");
    if (!map_find(root, "version"))
        fault(l, root, NULL, "The form has no \"version\": give it one, in quotes.");
    if (!map_find(root, "title"))
        warn(l, root, NULL, "The form has no \"title\": people see its name.");
    if (!map_find(root, "sections"))
        fault(l, root, NULL, "The form has no \"sections\".");
    if (!form->title)
        form->title = text_of(l, form->id);
    for (int party = 0; party < PARTIES; party++) {
        if (!form->party_label[party])
            form->party_label[party] = text_of(l, party == PRACTITIONER ? "Practitioner" : "Service user");
    }
}

static void sort_questions(struct loader *l)
{
    l->names = arena_array(&l->scratch, (size_t)l->count, sizeof *l->names);
    for (int i = 0; i < l->count; i++) {
        if (*l->questions[i].name)
            l->names[l->name_count++] =
                (struct named){.name = l->questions[i].name, .where = l->drafts[i].where, .index = i};
    }
    sort_names(l, l->names, (size_t)l->name_count, "question");
    int *by_name = arena_array(&l->out->arena, (size_t)l->count, sizeof *by_name);
    for (int i = 0; i < l->name_count; i++)
        by_name[i] = l->names[i].index;
    l->out->by_name = by_name;
    int named = 0;
    for (int i = 0; i < l->section_count; i++) {
        if (*l->section_names[i].name)
            l->section_names[named++] = l->section_names[i];
    }
    sort_names(l, l->section_names, (size_t)named, "section");
    l->section_name_count = named;
}

/* Once for each language, with what is read instead. */
static void warn_untranslated(struct loader *l)
{
    for (int i = 0; i < l->form->language_count; i++) {
        size_t count = l->untranslated[i].count, lines = l->untranslated[i].line_count;
        if (count == 0)
            continue;
        struct strbuf where = STRBUF_INIT;
        for (size_t k = 0; lines > 1 && k < lines && k < FIRST_LACKS; k++)
            strbuf_addf(&where, "%s%u", k ? ", " : ": lines ", l->untranslated[i].lines[k]);
        if (lines > FIRST_LACKS)
            strbuf_add(&where, " and more");
        /* What the first language lacks is read in any that has it. */
        char *instead = i > 0 ? xasprintf("\"%s\"", l->form->languages[0]) : xstrdup("another language");
        bool one = count == 1;
        warn(l, l->untranslated[i].first, NULL, "%zu %s not given in \"%s\", and read in %s instead%s.",
             count, one ? "text is" : "texts are", l->form->languages[i], instead,
             where.length ? where.text : "");
        free(instead);
        strbuf_release(&where);
    }
}

static void keep_source(struct loader *l, const char *source, size_t length)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, (const unsigned char *)source, length);
    sodium_bin2hex(l->form->sha256, sizeof l->form->sha256, hash, sizeof hash);
    l->form->source = arena_strndup(&l->out->arena, source, length);
    l->form->source_length = length;
}

static struct form *load(const char *source, size_t length, bool advise, struct diags *diags)
{
    size_t errors_before = diags->errors;
    struct loaded *out = xcalloc(1, sizeof *out);
    struct loader l = {.out = out, .form = &out->form, .diags = diags, .advising = advise};
    l.defaults = (struct inherited){.parent = -1, .repeat = -1, .asked_of = ASKED_OF_BOTH, .kind = -1};
    l.form->id = l.form->version = "";
    l.form->languages[0] = "en";
    l.form->language_count = 1;

    const struct node *root = node_read(source, length, &l.scratch, diags);
    if (root) {
        read_form(&l, root);
        sort_questions(&l);
        load_exprs(&l);
        load_texts(&l);
        load_depend(&l);
        load_summaries(&l);
        warn_unused(&l);
        warn_untranslated(&l);
        if (advise)
            advise_reading(&l);
        if (advise && diags->errors == errors_before)
            advise_reach(&l);
    }
    bool sound = root && diags->errors == errors_before;
    if (sound) {
        struct question *questions = arena_array(&out->arena, (size_t)l.count, sizeof *questions);
        memcpy(questions, l.questions, (size_t)l.count * sizeof *questions);
        out->form.questions = questions;
        out->form.count = l.count;
        out->form.sections = l.sections;
        out->form.section_count = l.section_count;
        keep_source(&l, source, length);
    }
    free(l.questions);
    free(l.drafts);
    free(l.naming);
    free(l.texts);
    arena_release(&l.scratch);
    if (!sound) {
        form_free(&out->form);
        return NULL;
    }
    return &out->form;
}

struct form *form_load(const char *name, const char *source, size_t length, struct diags *diags)
{
    (void)name; /* stands in `diags` */
    return load(source, length, false, diags);
}

struct form *form_check(const char *source, size_t length, struct diags *diags)
{
    return load(source, length, true, diags);
}

struct form *form_read(const char *path, struct diags *diags)
{
    size_t length;
    char *cause = NULL;
    char *source = path_read(path, YAML_MOST_BYTES, &length, &cause);
    if (!source) {
        diags_add(diags, DIAG_ERROR, 0, 0, 0, NULL, "%s", cause);
        free(cause);
        return NULL;
    }
    struct form *form = form_load(path, source, length, diags);
    free(source);
    return form;
}
