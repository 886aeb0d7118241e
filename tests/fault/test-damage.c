/* Every byte flipped, a record cut at every byte, lines moved, dropped, doubled, taken from another record,
 * two writers: in the open and sealed (damage.h). */
#include "check.h"

#include "base/mem.h"
#include "damage.h"
#include "record/kit.h"

#include <stdlib.h>

static void test_damage(void **state)
{
    const char *way = *state;
    for (int sealed = 0; sealed < 2; sealed++) {
        damage_seal(sealed);
        char *said = damage_each(way);
        if (said)
            fail_msg("%s: %s", sealed ? "sealed" : "in the open", said);
        print_message("# %s, %s: %ld changes, all noticed\n", way, sealed ? "sealed" : "in the open",
                      damage_count());
    }
}

int main(void)
{
    struct CMUnitTest tests[32];
    size_t count = 0;
    mem_init();
    kit_path("r");
    for (; damage_ways[count]; count++)
        tests[count] =
            (struct CMUnitTest){damage_ways[count], test_damage, NULL, NULL, (void *)damage_ways[count]};
    return _cmocka_run_group_tests("damage", tests, count, NULL, NULL);
}
