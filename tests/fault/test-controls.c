/* Each protection taken out, one at a time, and the sweep that must notice: a test that never fails shows
 * nothing. The program that can be told to go without them is built for this alone; in the real one there is
 * no trace of it. */
#include "check.h"

#include "base/mem.h"
#include "base/path.h"
#include "damage.h"
#include "play.h"
#include "record/kit.h"
#include "scarce.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What must fail without it: a job played with calls failing in a way, or with the process and the power
 * ending at each call; or a way of damage to a record (damage.h). */
static const struct control {
    const char *protection;
    const char *job;
    struct wrong wrong; /* .kind 0: it ends at each call */
    const char *damage;
    bool sealed;
} controls[] = {
    {"sync", "apply", {.power = "worst"}, NULL, false},
    {"sync", "new", {.power = "worst"}, NULL, false},
    {"sync", "export-over", {.power = "names"}, NULL, false},
    {"folder sync", "new", {.power = "worst"}, NULL, false},
    {"folder sync", "export", {.power = "worst"}, NULL, false},
    {"folder sync", "recover", {.power = "worst"}, NULL, false},
    {"believing a failed sync", "apply", {.kind = 's', .error = EIO, .power = "worst"}, NULL, false},
    {"cutting back", "apply", {.kind = 'w', .amount = "half"}, NULL, false},
    {"setting aside", "recover", {.kind = 'w', .error = EIO}, NULL, false},
    {"whole before named", "new", {.power = NULL}, NULL, false},
    {"whole before named", "rescue", {.power = "half"}, NULL, false},
    {"whole before named", "export-over", {.power = NULL}, NULL, false},
    {"reading back", "rescue", {.kind = 'w'}, NULL, false},
    {"reading back", "seal", {.kind = 'w'}, NULL, false},
    {"reading back", "unseal", {.kind = 'w'}, NULL, false},
    {"reading back", "protect", {.kind = 'w'}, NULL, false},
    {"reading back", "passphrase", {.kind = 'w'}, NULL, false},
    {"reading twice", "seal", {.kind = 'r'}, NULL, false},
    {"reading twice", "recover", {.kind = 'r'}, NULL, false},
    {"hash", NULL, {0}, "flipped", false},
    {"line before", NULL, {0}, "from another", false},
    {"number of the line", NULL, {0}, "numbered", false},
    {"nothing written over", NULL, {0}, "made twice", false},
    {"lock", NULL, {0}, "two writers", false},
    {"looking before adding", NULL, {0}, "changed under it", false},
    {"bound to its place", NULL, {0}, "to another place", true},
    {"bound to the line before", NULL, {0}, "after another line", true},
    {"bound to its record", NULL, {0}, "to another record", true},
    {"padding", NULL, {0}, "lengths", true},
    {"a number used once", NULL, {0}, "sealed twice", true},
};

static char *with_control(const struct control *control)
{
    if (control->damage) {
        damage_seal(control->sealed);
        return damage_each(control->damage);
    }
    const struct job *job = play_job(control->job);
    return control->wrong.kind ? play_each(job, control->wrong, 1)
                               : play_each_end(job, control->wrong.power, 1);
}

static void test_control(void **state)
{
    const struct control *control = *state;
    setenv("ALONGSIDE_WITHOUT", control->protection, 1);
    char *said = with_control(control);
    unsetenv("ALONGSIDE_WITHOUT");
    if (!said)
        fail_msg("nothing fails without “%s”", control->protection);
    print_message("# without “%s”: %.*s\n", control->protection, (int)strcspn(said, "\n"), said);
    free(said);
    said = with_control(control); /* and with it nothing does */
    if (said)
        fail_msg("%s", said);
}

static bool mentions(const char *program, const char *word)
{
    size_t length;
    char *bytes = path_read(program, (size_t)1 << 28, &length, NULL);
    assert_non_null(bytes);
    bool found = memmem(bytes, length, word, strlen(word));
    free(bytes);
    return found;
}

/* In the real program none of them can be taken out. */
static void test_no_trace(void **state)
{
    (void)state;
    assert_true(mentions(getenv("FAULT_CONTROLS"), "ALONGSIDE_WITHOUT"));
    assert_false(mentions(getenv("FAULT_REAL"), "ALONGSIDE_WITHOUT"));
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++)
        assert_true(mentions(getenv("FAULT_CONTROLS"), controls[i].protection));
}

int main(int argc, char **argv)
{
    const char *why = SCARCE_CANNOT ? "a sanitizer wants to be loaded first" : NULL;
    mem_init();
    kit_path("r");
    if (!why) {
        setenv("FAULT_REAL", getenv("ALONGSIDE"), 1);
        setenv("ALONGSIDE", getenv("FAULT_CONTROLS"), 1);
        char *player = xasprintf("%s-controls", getenv("FAULT_PLAYER"));
        setenv("FAULT_PLAYER", player, 1);
        free(player);
        why = play_begin();
    }
    if (why) {
        printf("1..0 # SKIP %s\n", why);
        return 0;
    }
    struct CMUnitTest tests[64] = {cmocka_unit_test(test_no_trace)};
    size_t count = 1;
    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        const struct control *c = &controls[i];
        char *name = xasprintf("without %s: %s%s", c->protection, c->job ? c->job : c->damage,
                               c->wrong.power ? ", the power cut" : "");
        if (argc < 2 || strstr(name, argv[1]))
            tests[count++] = (struct CMUnitTest){name, test_control, NULL, NULL, (void *)c};
        else
            free(name);
    }
    int failed = _cmocka_run_group_tests("controls", tests, count, NULL, NULL);
    for (size_t i = 1; i < count; i++)
        free((char *)tests[i].name);
    play_end();
    return failed;
}
