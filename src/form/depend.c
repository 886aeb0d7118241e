/* Ranks are the order in which a walk, depth first and in order of number, leaves each thing: what it reads
 * has been left before. A form that refers only backwards so keeps its own order. The walk keeps its own
 * stack, since a form may be one chain of ten thousand. A way back to something still on the stack is a
 * circle. */
#include "form/depend.h"

#include "base/mem.h"

#include <stdlib.h>

enum { MOST_CIRCLES = 20 }; /* told: nobody mends more at a time */

enum state { NEW, WITHIN, DONE };

struct walk {
    const struct reads *reads;
    unsigned char *state;
    int *stack, *next; /* the way to where the walk is, and for each thing which of its reads comes next */
    int depth;
    int *rank, ranked;
    int *members;
    int circles;
    void (*circle)(void *context, const int *members, int length);
    void *context;
};

static void found_circle(struct walk *w, int back_to)
{
    if (w->circles++ >= MOST_CIRCLES)
        return;
    int from = w->depth - 1;
    while (w->stack[from] != back_to)
        from--;
    int length = w->depth - from, lowest = 0;
    for (int i = 1; i < length; i++) {
        if (w->stack[from + i] < w->stack[from + lowest])
            lowest = i;
    }
    for (int i = 0; i < length; i++)
        w->members[i] = w->stack[from + (lowest + i) % length];
    w->circle(w->context, w->members, length);
}

static void enter(struct walk *w, int i)
{
    w->state[i] = WITHIN;
    w->next[i] = w->reads->start[i];
    w->stack[w->depth++] = i;
}

static void walk_from(struct walk *w, int first)
{
    enter(w, first);
    while (w->depth) {
        int i = w->stack[w->depth - 1];
        if (w->next[i] == w->reads->start[i + 1]) {
            w->state[i] = DONE;
            w->rank[i] = w->ranked++;
            w->depth--;
            continue;
        }
        int read = w->reads->reads[w->next[i]++];
        if (w->state[read] == NEW)
            enter(w, read);
        else if (w->state[read] == WITHIN)
            found_circle(w, read);
    }
}

static void turn_round(const struct reads *reads, struct arena *arena, struct depend *depend)
{
    int n = reads->count, edges = reads->start[n];
    int *start = arena_array(arena, (size_t)n + 2, sizeof *start);
    int *dependents = arena_array(arena, (size_t)edges, sizeof *dependents);
    /* Counted one place too far on, so that filling in moves each start to where it belongs. */
    for (int e = 0; e < edges; e++)
        start[reads->reads[e] + 2]++;
    for (int i = 2; i <= n; i++)
        start[i] += start[i - 1];
    for (int i = 0; i < n; i++) {
        for (int e = reads->start[i]; e < reads->start[i + 1]; e++)
            dependents[start[reads->reads[e] + 1]++] = i;
    }
    depend->dependents = dependents;
    depend->dependent_start = start;
}

bool depend_build(const struct reads *reads, struct arena *arena, struct depend *depend,
                  void (*circle)(void *context, const int *members, int length), void *context)
{
    size_t n = (size_t)reads->count;
    struct walk w = {.reads = reads, .circle = circle, .context = context};
    w.state = xcalloc(n, sizeof *w.state);
    w.stack = xcalloc(n, sizeof *w.stack);
    w.next = xcalloc(n, sizeof *w.next);
    w.members = xcalloc(n, sizeof *w.members);
    w.rank = arena_array(arena, n, sizeof *w.rank);
    for (int i = 0; i < reads->count; i++) {
        if (w.state[i] == NEW)
            walk_from(&w, i);
    }
    free(w.state);
    free(w.stack);
    free(w.next);
    free(w.members);
    turn_round(reads, arena, depend);
    depend->rank = w.rank;
    return w.circles == 0;
}
