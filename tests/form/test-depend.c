#include "check.h"

#include "base/mem.h"
#include "base/strbuf.h"
#include "form/depend.h"

#include <stdlib.h>

static struct strbuf circles = STRBUF_INIT;
static int circle_count;

static void circle(void *context, const int *members, int length)
{
    assert_ptr_equal(context, &circles);
    circle_count++;
    for (int i = 0; i < length && i < 10; i++)
        strbuf_addf(&circles, "%d ", members[i]);
    strbuf_add(&circles, "; ");
}

/* The graph as a text: for each thing what it reads, the things divided by '|'. */
static bool build(const char *graph, struct arena *arena, struct depend *depend)
{
    int reads[64], start[64] = {0}, n = 0, edges = 0;
    for (const char *p = graph;; p++) {
        if (*p >= '0' && *p <= '9')
            reads[edges++] = *p - '0';
        if (*p == '|' || *p == '\0')
            start[++n] = edges;
        if (*p == '\0')
            break;
    }
    strbuf_clear(&circles);
    circle_count = 0;
    return depend_build(&(struct reads){n, reads, start}, arena, depend, circle, &circles);
}

static void test_dependents_and_ranks(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct depend depend;
    assert_true(build("3|0|01||2", &arena, &depend));
    static const int starts[] = {0, 2, 3, 4, 5, 5}, dependents[] = {1, 2, 2, 4, 0}, ranks[] = {1, 2, 3, 0, 4};
    assert_memory_equal(depend.dependent_start, starts, sizeof starts);
    assert_memory_equal(depend.dependents, dependents, sizeof dependents);
    assert_memory_equal(depend.rank, ranks, sizeof ranks);
    arena_release(&arena);
}

static void test_circles(void **state)
{
    (void)state;
    static const struct {
        const char *graph, *circles;
    } cases[] = {
        {"", ""},
        {"|0|1", ""},
        {"0", "0 ; "},
        {"1|0", "0 1 ; "},
        {"|2|3|1", "1 2 3 ; "},
        {"1|2|1", "1 2 ; "},
        {"01|1", "0 ; 1 ; "},
        {"3|0|1|2", "0 3 2 1 ; "},
        {"12|0|0", "0 1 ; 0 2 ; "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct depend depend;
        assert_int_equal(build(cases[i].graph, &arena, &depend), *cases[i].circles == '\0');
        assert_string_equal(circles.text, cases[i].circles);
        arena_release(&arena);
    }
}

/* One chain through everything, backwards: no recursion, and the last is the first to be worked out. */
static void test_long_chain(void **state)
{
    (void)state;
    enum { N = 100000 };
    int *reads = xcalloc(N, sizeof *reads), *start = xcalloc(N + 1, sizeof *start);
    for (int i = 0; i < N; i++) {
        reads[i] = i + 1;
        start[i] = i;
    }
    start[N - 1] = start[N] = N - 1;
    struct arena arena = {0};
    struct depend depend;
    assert_true(depend_build(&(struct reads){N, reads, start}, &arena, &depend, circle, &circles));
    assert_int_equal(depend.rank[0], N - 1);
    assert_int_equal(depend.rank[N - 1], 0);
    arena_release(&arena);

    circle_count = 0;
    for (int i = 0; i < N; i++) /* each with itself: so many are not told */
        reads[i] = start[i] = i;
    start[N] = N;
    assert_false(depend_build(&(struct reads){N, reads, start}, &arena, &depend, circle, &circles));
    assert_int_equal(circle_count, 20);
    arena_release(&arena);
    free(reads);
    free(start);
    strbuf_release(&circles);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dependents_and_ranks),
        cmocka_unit_test(test_circles),
        cmocka_unit_test(test_long_chain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
