/* Trying a form out. The record is in memory, so nothing can stay behind, however the program ends.
 *
 * A new version of the file gets a new session, in which what the old one held is said again: who is here,
 * entries, answers by the question's name. Each goes the way of anything that is asked for, so what the new
 * version does not take is left out. A question may be asked only because of the answer to another, so it is
 * gone through until nothing more is taken. Talks are not carried over: they are about the form as it was. */
#include "session/preview.h"

#include "base/cause.h"
#include "base/mem.h"
#include "base/path.h"
#include "form/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct preview {
    char *path,
        *source; /* the file, and its text as it was looked at last; NULL where it could not be read */
    size_t length;
    int watch;
    struct session *session;
    bool faulty;
    char *faults;
    size_t fault_count;
};

/* ---- carrying over ---- */

struct carrying {
    struct session *to;
    const struct assessment *from;
    int *entries; /* by the old number, the new one; 0: not there */
    bool more;    /* something was taken in this round */
};

static json_t *intent_of(enum who by, const char *event, const char *path)
{
    return json_pack("{s:s, s:s, s:s}", "by", who_names[by], "event", event, "question", path);
}

static void carry_sitting(const struct carrying *c)
{
    size_t count = assessment_sittings(c->from);
    if (count == 0)
        return;
    const struct sitting *sitting = assessment_sitting(c->from, count - 1);
    json_t *people = json_object();
    for (int party = 0; party < PARTIES; party++) {
        if (*sitting->name[party])
            json_object_set_new(people, who_names[party], json_string(sitting->name[party]));
    }
    session_do(c->to,
               json_pack("{s:s, s:s, s:o, s:{s:s}}", "by", who_names[PRACTITIONER], "event", "sat", "people",
                         people, "seats", "left", who_names[assessment_left(c->from)]),
               NULL);
}

/* What an item of the old one is called in the new one; NULL where its entry is not there yet. */
static char *path_of(const struct carrying *c, int item)
{
    const struct entry *entry = assessment_entry_of(c->from, item);
    const char *name = assessment_question(c->from, item)->name;
    if (!entry)
        return xstrdup(name);
    return c->entries[entry->number] ? xasprintf("%s#%d", name, c->entries[entry->number]) : NULL;
}

static void carry_entries(struct carrying *c, int item, const char *path)
{
    for (size_t i = 0; i < assessment_entries(c->from, item); i++) {
        const struct entry *entry = assessment_entry(c->from, item, i);
        int next = assessment_next_entry(session_assessment(c->to));
        if (c->entries[entry->number] || !session_do(c->to, intent_of(entry->by, "added", path), NULL))
            continue;
        c->entries[entry->number] = next;
        c->more = true;
    }
}

static bool carry_together(struct session *to, const struct answer *answer, const char *path)
{
    json_t *intent = intent_of(PRACTITIONER, "proposed", path);
    json_object_set(intent, "value", (json_t *)answer->value);
    if (answer->because)
        json_object_set_new(intent, "because", json_string(answer->because));
    json_object_set_new(intent, "passed", json_true()); /* a warning was read when it was given */
    return session_do(to, intent, NULL) && session_do(to, intent_of(PRACTITIONER, "confirmed", path), NULL) &&
           session_do(to, intent_of(SERVICE_USER, "confirmed", path), NULL);
}

static void carry_answer(struct carrying *c, int item, enum who who, const char *path)
{
    const struct answer *answer = assessment_answer(c->from, item, who);
    int there = assessment_find(session_assessment(c->to), path);
    if (!answer_given(answer) || there < 0 ||
        answer_given(assessment_answer(session_assessment(c->to), there, who)))
        return;
    if (!answer->value)
        c->more |= session_decline(c->to, who < PARTIES ? who : PRACTITIONER, there, answer->missing, NULL);
    else if (who == TOGETHER)
        c->more |= carry_together(c->to, answer, path);
    else
        c->more |= session_answer_passed(c->to, who, there, json_incref((json_t *)answer->value),
                                         answer->because, evidence_names[answer->evidence], NULL);
}

static void carry_over(struct session *to, const struct session *from)
{
    struct carrying c = {.to = to, .from = session_assessment(from)};
    c.entries = xcalloc((size_t)assessment_next_entry(c.from) + 1, sizeof *c.entries);
    carry_sitting(&c);
    do {
        c.more = false;
        for (int place = 0; place < assessment_count(c.from); place++) {
            int item = assessment_at(c.from, place);
            char *path = path_of(&c, item);
            if (path && assessment_question(c.from, item)->type == TYPE_REPEAT)
                carry_entries(&c, item, path);
            for (int who = PRACTITIONER; path && who <= TOGETHER; who++)
                carry_answer(&c, item, (enum who)who, path);
            free(path);
        }
    } while (c.more);
    free(c.entries);
    char *place = NULL, *text = session_draft(from, &place);
    if (text)
        session_keep_draft(to, place, text);
    free(place);
    free(text);
}

/* ---- the file ---- */

/* Editors write a new file and give it the name, so it is the folder that is watched. */
static int watch(const char *path)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    char *folder = path_folder(path);
    if (fd >= 0 && inotify_add_watch(fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE) < 0) {
        close(fd);
        fd = -1;
    }
    free(folder);
    return fd;
}

static void set_faults(struct preview *p, struct diags *diags, const char *cause)
{
    free(p->faults);
    size_t length;
    FILE *out = open_memstream(&p->faults, &length);
    if (!out)
        abort();
    if (cause)
        fprintf(out, "%s\n", cause);
    diags_print(diags, p->source, p->length, out);
    fclose(out);
    p->fault_count = cause ? 1 : diags->count;
}

struct preview *preview_new(const char *path, struct diags *diags, char **cause)
{
    struct preview *p = xcalloc(1, sizeof *p);
    p->path = xstrdup(path);
    p->watch = watch(path);
    p->source = path_read(path, YAML_MOST_BYTES, &p->length, cause);
    struct form *form = p->source ? form_load(path, p->source, p->length, diags) : NULL;
    p->session = form ? session_in_memory(form, cause) : NULL;
    if (!p->session) {
        preview_free(p);
        return NULL;
    }
    session_set_preview(p->session, p);
    set_faults(p, diags, NULL);
    return p;
}

void preview_free(struct preview *p)
{
    if (!p)
        return;
    session_close(p->session);
    if (p->watch >= 0)
        close(p->watch);
    free(p->path);
    free(p->source);
    free(p->faults);
    free(p);
}

struct session *preview_session(const struct preview *p)
{
    return p->session;
}

int preview_watch(const struct preview *p)
{
    return p->watch;
}

/* Go on with another version. */
static void go_on(struct preview *p, struct form *form)
{
    struct session *next = session_in_memory(form, NULL);
    if (!next)
        return;
    carry_over(next, p->session);
    session_swap(p->session, next);
    session_set_preview(p->session, p);
    session_close(next);
}

enum preview_news preview_look(struct preview *p)
{
    char drained[1024];
    while (p->watch >= 0 && read(p->watch, drained, sizeof drained) > 0)
        ;
    size_t length = 0;
    char *cause = NULL, *source = path_read(p->path, YAML_MOST_BYTES, &length, &cause);
    bool same = source && p->source && length == p->length && memcmp(source, p->source, length) == 0;
    if (same || (!source && !p->source)) {
        free(source);
        free(cause);
        return PREVIEW_SAME;
    }
    free(p->source);
    p->source = source;
    p->length = length;
    struct diags diags;
    diags_init(&diags, path_base(p->path));
    struct form *form = source ? form_load(p->path, source, length, &diags) : NULL;
    p->faulty = !form;
    if (form)
        go_on(p, form);
    set_faults(p, &diags, cause);
    diags_release(&diags);
    free(cause);
    return form ? PREVIEW_NEW : PREVIEW_FAULTY;
}

bool preview_is_faulty(const struct preview *p)
{
    return p->faulty;
}

const char *preview_faults(const struct preview *p)
{
    return p->faults;
}

size_t preview_fault_count(const struct preview *p)
{
    return p->fault_count;
}
