/* The forms that fuzz-apply begins with and upgrades to: small, and with everything in them that hangs on
 * something else. The first three are versions of one form. */
#ifndef FUZZ_APPLY_FORMS_H
#define FUZZ_APPLY_FORMS_H

#define LISTS                                                                                                \
    "tags:\n"                                                                                                \
    "  can_change: {label: This can change}\n"                                                               \
    "  handled: {}\n"                                                                                        \
    "choices:\n"                                                                                             \
    "  goods:\n"                                                                                             \
    "    - {name: health, label: Health}\n"                                                                  \
    "    - {name: family, label: Family, far: 1}\n"                                                          \
    "    - {name: other, label: 'Other, please say', other: true}\n"                                         \
    "    - {name: nobody, label: Nobody, far: 1}\n"                                                          \
    "  wants: [{name: a, label: A}, {name: b, label: B}, {name: c, label: C}]\n"

#define OPENING                                                                                              \
    "title: {en: Together, cy: Gyda'n gilydd}\n"                                                             \
    "languages: [en, cy]\n"

static const char *const fuzz_forms[] = {
    "form: f\nversion: '1'\n" OPENING LISTS "sections:\n"
    "  - section: life\n"
    "    title: {en: 'Life with ${words}', cy: Bywyd}\n"
    "    score: {calculation: hard, show: bar, max: 9, bands: {0: Few, 3: Some, 6: Many}}\n"
    "    questions:\n"
    "      - {name: words, type: text, label: Words, in_sight: true, tags: [can_change]}\n"
    "      - {name: home, type: range, min: 1, max: 5, label: Home, tolerance: 1, trend: true, tags: "
    "[can_change]}\n"
    "      - {name: money, type: integer, label: Money, min: 0, warning: . < 50, warning_message: 'More than "
    "${home}?', required: '${home} > 2'}\n"
    "      - {name: hard, type: calculate, label: Hard parts, calculation: 'if(${home} <= 2, 1, 0) + "
    "${money}'}\n"
    "      - {name: who, type: select_one, choices: goods, label: Who, tags: [handled], relevant: '${home} < "
    "4', "
    "pathway: home}\n"
    "      - {name: many, type: select_multiple, choices: goods, label: Many, reveal: together, "
    "choice_filter: "
    "\"${who} != 'nobody' or far = 1\"}\n"
    "      - {name: order, type: rank, choices: wants, label: Order, tolerance: 1}\n"
    "      - {name: day, type: date, label: Day, constraint: '. > date(''2026-02-01'')', constraint_message: "
    "'After ${words}'}\n"
    "      - {name: up, type: time, label: Up, tolerance: 30, default: \"'07:00'\"}\n"
    "      - {name: visit, type: date_time, label: Visit, asked_of: together, warning: . > now()}\n"
    "      - {name: plan, type: text, label: Plan, asked_of: together}\n"
    "      - {name: read, type: acknowledge, label: Read, asked_of: service_user}\n"
    "      - {name: old, type: calculate, calculation: \"${day} < today() or gap(${home}) > 1 or "
    "differs(${who})\"}\n"
    "      - {name: told, type: note, label: 'You say ${who} and ${many}', relevant: '${old}'}\n"
    "  - section: plans\n"
    "    score: sum_hours\n"
    "    questions:\n"
    "      - name: goals\n"
    "        type: repeat\n"
    "        label: Goals\n"
    "        max_count: 3\n"
    "        relevant: \"${who} != 'nobody'\"\n"
    "        questions:\n"
    "          - {name: goal, type: text, label: 'Goal of ${words}', tags: [handled]}\n"
    "          - {name: good, type: select_one, choices: goods, label: Good}\n"
    "          - {name: nth, type: calculate, calculation: 'position(..) * 10 + count(${goals})'}\n"
    "          - name: steps\n"
    "            type: repeat\n"
    "            label: Steps\n"
    "            relevant: \"position(..) <= 2 and ${good} != 'family'\"\n"
    "            questions:\n"
    "              - {name: hours, type: integer, label: Hours, relevant: '${home} != 3', tags: [handled]}\n"
    "              - {name: share, type: calculate, calculation: '${hours} div sum(${hours}) + ${nth}'}\n"
    "              - {name: first, type: calculate, calculation: 'indexed-repeat(${hours}, ${goals}, 1, "
    "${steps}, "
    "2)'}\n"
    "      - {name: cards, type: repeat, label: Card, attachable: true, asked_of: service_user, questions: "
    "[{name: "
    "card, type: text, label: Card}]}\n"
    "      - {name: sum_hours, type: calculate, label: Hours, calculation: 'sum(${hours}) + "
    "count-if(${share}, . > "
    "1)'}\n"
    "offers:\n"
    "  - {form: other, relevant: '${sum_hours} > 3'}\n"
    "summaries:\n"
    "  - {summary: by_good, title: 'Goals of ${words}', repeat: goals, where: \"${goal} != ''\", group_by: "
    "good, "
    "show: [goal, good], one_kind: One}\n"
    "  - {summary: steps, title: Steps, repeat: steps, group_by: good, show: [hours, goal]}\n"
    "  - {summary: tagged, title: Tagged, tag: handled, where: . = 'nobody' or . > 1, group_by: answer}\n"
    "  - {summary: change, title: Change, tag: can_change, group_by: section}\n",

    "form: f\nversion: '2'\n" OPENING LISTS "sections:\n"
    "  - section: plans\n"
    "    questions:\n"
    "      - {name: words, type: text, label: Words, in_sight: true, asked_of: together}\n"
    "      - name: cards\n"
    "        type: repeat\n"
    "        label: Card\n"
    "        attachable: true\n"
    "        questions:\n"
    "          - {name: card, type: text, label: Card}\n"
    "          - {name: more, type: calculate, calculation: 'count(${goals}) + position(..)'}\n"
    "      - name: goals\n"
    "        type: repeat\n"
    "        label: Goals\n"
    "        max_count: 1\n"
    "        questions:\n"
    "          - {name: good, type: select_one, choices: wants, label: Good}\n"
    "          - {name: goal, type: text, label: Goal}\n"
    "          - {name: hours, type: integer, label: Hours}\n"
    "  - section: life\n"
    "    score: {calculation: hard, show: band, bands: {0: Few, 3: Some}}\n"
    "    questions:\n"
    "      - {name: hard, type: calculate, label: Hard parts, calculation: 'sum(${home}, ${money}, "
    "${hours})'}\n"
    "      - {name: money, type: decimal, label: Money, max: 40}\n"
    "      - {name: home, type: range, min: 1, max: 3, label: Home}\n"
    "      - {name: who, type: select_one, choices: wants, label: Who}\n"
    "      - {name: order, type: select_multiple, choices: wants, label: Order}\n"
    "      - {name: plan, type: text, label: Plan, compare: true}\n"
    "      - {name: visit, type: date_time, label: Visit, asked_of: together, constraint: . < now()}\n"
    "summaries:\n"
    "  - {summary: by_good, title: Goals, repeat: goals, group_by: good, show: [goal, hours]}\n",

    "form: f\nversion: '3'\n" OPENING "sections:\n"
    "  - section: all\n"
    "    questions:\n"
    "      - name: goals\n"
    "        type: repeat\n"
    "        label: Goals\n"
    "        asked_of: service_user\n"
    "        questions:\n"
    "          - {name: goal, type: text, label: 'Goal, ${home}', asked_of: service_user}\n"
    "          - name: steps\n"
    "            type: repeat\n"
    "            label: Steps\n"
    "            questions:\n"
    "              - {name: hours, type: range, min: 0, max: 9, label: Hours}\n"
    "              - {name: late, type: calculate, calculation: '${hours} > 2 and ${home} = 1'}\n"
    "      - {name: home, type: range, min: 0, max: 9, label: Home, tolerance: 3, relevant: 'count(${hours}) "
    "< 3'}\n"
    "      - {name: money, type: integer, label: Money, asked_of: practitioner}\n"
    "      - {name: day, type: date, label: Day, warning: . < today()}\n",
};
enum { FUZZ_FORMS = sizeof fuzz_forms / sizeof *fuzz_forms };

#endif
