/* What a supervisor writes and signs, what the practitioner makes of it, and who leads the work. */
#include "bench/caseload.h"

#include "assessment/supervision.h"

#include <stdlib.h>
#include <string.h>

static void comment(struct life *l, const char *disagreement)
{
    bool coaching = chance_percent(&l->chance, 35);
    json_t *intent = intent_by(SUPERVISOR, "commented");
    if (disagreement)
        intent_text(intent, "disagreement", disagreement);
    intent_text(intent, "text", chance_word(&l->chance, coaching ? words_coaching : words_comment));
    intent_text(intent, "name", chance_word(&l->chance, words_supervisors));
    if (coaching)
        intent_text(intent, "as", commented_names[AS_COACHING]);
    life_act(l, chance_from(&l->chance, 600, 20000), intent);
}

static void answer_referred(struct life *l, const char *id)
{
    json_t *intent = intent_by(SUPERVISOR, "said");
    intent_text(intent, "disagreement", id);
    intent_text(intent, "text", chance_word(&l->chance, words_asked));
    intent_text(intent, "name", chance_word(&l->chance, words_supervisors));
    life_act(l, chance_from(&l->chance, 3600, 90000), intent);
}

/* To one who works in the usual way, so that those who do not stay among themselves. */
static void hand_over(struct life *l)
{
    struct worker next = worker_numbered(chance_below(&l->chance, WORKERS));
    if (l->worker.they_move || l->worker.hurried || next.they_move || next.hurried ||
        strcmp(next.name, l->worker.name) == 0)
        return;
    bool supervisor = chance_percent(&l->chance, 40);
    json_t *intent = intent_by(supervisor ? SUPERVISOR : PRACTITIONER, "handed_over");
    intent_text(intent, "to", next.name);
    if (chance_percent(&l->chance, 60))
        intent_text(intent, "because", chance_word(&l->chance, words_handed_over));
    if (supervisor)
        intent_text(intent, "name", chance_word(&l->chance, words_supervisors));
    life_act(l, chance_from(&l->chance, 3600, 90000), intent);
    l->worker = next;
}

void life_supervision(struct life *l, bool may_hand_over)
{
    for (size_t i = 0; i < assessment_disagreements(life_now(l)); i++) {
        const struct disagreement *d = assessment_disagreement(life_now(l), i);
        char id[sizeof d->id];
        memcpy(id, d->id, sizeof id);
        if (d->state == STATE_WITHDRAWN)
            continue;
        if (d->state == STATE_REFERRED && chance_percent(&l->chance, 75))
            answer_referred(l, id);
        else if (chance_percent(&l->chance, 4))
            comment(l, id);
    }
    if (chance_percent(&l->chance, 2))
        comment(l, NULL);
    if (may_hand_over && chance_percent(&l->chance, 5))
        hand_over(l);
}

static void learn(struct life *l, enum who by, const char *event, const char *const *words, const char *id)
{
    if (!life_speaks(l, by))
        return;
    json_t *intent = intent_by(by, event);
    if (id && *id)
        intent_text(intent, "disagreement", id);
    intent_text(intent, "text", chance_word(&l->chance, words));
    if (by == SUPERVISOR)
        intent_text(intent, "name", chance_word(&l->chance, words_supervisors));
    life_act(l, life_pace(l, 15, 60), intent);
}

/* The first comment that was not read; its disagreement's id, "" where it is about none. */
static long unread(const struct life *l, char id[16])
{
    size_t count;
    long seq = 0;
    struct comment *comments = supervision_comments(life_now(l), &count);
    for (size_t i = 0; i < count && !seq; i++) {
        if (comments[i].acknowledged)
            continue;
        seq = comments[i].seq;
        memcpy(id, comments[i].disagreement ? comments[i].disagreement->id : "",
               comments[i].disagreement ? sizeof comments[i].disagreement->id : 1);
    }
    free(comments);
    return seq;
}

void life_reads_comments(struct life *l)
{
    char id[16];
    for (long seq; (seq = unread(l, id)) && chance_percent(&l->chance, 80);) {
        json_t *intent = intent_by(PRACTITIONER, "acknowledged");
        intent_integer(intent, "of", seq);
        if (chance_percent(&l->chance, 40))
            intent_text(intent, "text", chance_word(&l->chance, words_read));
        life_act(l, life_pace(l, 10, 60), intent);
        if (chance_percent(&l->chance, 35))
            learn(l, PRACTITIONER, "reflected", words_reflected, id);
    }
}

void life_looks_back(struct life *l)
{
    if (chance_percent(&l->chance, 6))
        learn(l, PRACTITIONER, "reflected", words_reflected, NULL);
    for (enum who by = PRACTITIONER; by <= SUPERVISOR; by++) {
        if (by != TOGETHER && chance_percent(&l->chance, 4))
            learn(l, by, "lesson", words_lesson, NULL);
    }
    for (int party = 0; party < PARTIES; party++) {
        const struct signature *signature = assessment_signature(life_now(l), (enum who)party);
        if (!signature->seq || signature->changed_since)
            return;
    }
    if (chance_percent(&l->chance, 30)) {
        json_t *intent = intent_by(SUPERVISOR, "countersigned");
        intent_text(intent, "name", chance_word(&l->chance, words_supervisors));
        life_act(l, chance_from(&l->chance, 3600, 300000), intent);
    }
}
