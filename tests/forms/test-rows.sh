#!/bin/sh
# What the research asks of the forms, row by row: two people use the program, and what each row is tested by is what it
# then shows, writes out or refuses. What the forms say about themselves is tested in test-forms.
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
. "${srcdir:-.}/tests/rows.sh"

# ---- what the two do ----

rae() { # question, value as JSON
    by practitioner answered "\"question\":\"$1\",\"value\":$2"
}
sam() {
    by service_user answered "\"question\":\"$1\",\"value\":$2"
}
both() { # question, value: one answer that both confirm
    by practitioner proposed "\"question\":\"$1\",\"value\":$2"
    by practitioner confirmed "\"question\":\"$1\""
    by service_user confirmed "\"question\":\"$1\""
}
add() { # who, repeat, what it is about
    by "$1" added "\"question\":\"$2\"${3:+,\"about\":\"$3\"}"
}
begin() { # form, reference, more options
    what=$1
    ref=$2
    shift 2
    "$ALONGSIDE" new "$what" --ref "$ref" --no-open "$@" >"$work/said" 2>&1 </dev/null || bail
    by practitioner sat "$sat" | run
}

# ---- what is there then ----

show() {
    "$ALONGSIDE" show "$ref" >"$got" 2>&1 || bail
}
export_() {
    "$ALONGSIDE" export --format yaml "$ref" >"$got" 2>&1 || bail
}
trend() {
    "$ALONGSIDE" trend "$ref" >"$got" 2>&1 || bail
}
# The next sitting, in line mode: the same two, then these lines.
open_() {
    by practitioner paused | run
    printf '%s\n' "" "" "" "" "$@" q >"$work/typed"
    "$ALONGSIDE" --accessible open "$ref" <"$work/typed" >"$work/lines" 2>&1 || bail
    # A long line is broken, with two blanks or more before what goes on.
    sed -e ':a' -e 'N' -e '$!ba' -e 's/\n  \{2,\}\([^ 0-9]\)/ \1/g' "$work/lines" >"$got"
}
list() { # the list of that title alone, each line of it whole
    awk -v title="  $1" 'index($0, title) == 1 { here = 1 } here && /^$/ { exit }
        here && /^      [^ ]/ { sub(/^ +/, " "); printf "%s", $0; next } here { printf "%s%s", n++ ? "\n" : "", $0 }
        END { print "" }' "$got" >"$work/list" && mv "$work/list" "$got"
}
after() { # one text, and in a later line the other
    awk -v a="$1" -v b="$2" 'index($0, a) && !seen { seen = NR } seen && NR > seen && index($0, b) { found = 1 }
        END { exit !found }' "$got" || wrong "not after “$1”: “$2”"
}
field() { # question, whose, which: what the export has
    awk -v q="- name: $1" -v who="$2:" -v key="$3:" '
        { line = $0; sub(/^ +/, "", line) }
        line ~ /^- name: / { here = line == q; side = "" }
        here && line ~ /^(practitioner|service_user|together):/ { side = line }
        here && side == who && index(line, key " ") == 1 { print substr(line, length(key) + 2); exit }' "$got"
}

# ---- the rows ----

row "A7 how much and how sure, 0 to 10: what is asked next goes with the number, and is kept"
begin whole-life a7
{
    add service_user goals
    sam goal#1 '"A flat"'
    sam importance#1 7
    sam confidence#1 0
} | run
open_ / "not lower" / "make it a 1"
has "I said: 7. Why not lower?"
has "What help would make it a 1?"
lacks "What would have to change to make it a 1?"
lacks "I said: 0. Why not lower?"
sam confidence_why#1 '"x"' | refused
sam importance#1 3 | run
open_ / "not lower"
has "I said: 3. Why not lower?"
{
    sam importance_why#1 '"My son"'
    sam confidence_zero#1 '"A phone"'
} | run
show
has "I said: 3. Why not lower?"
after "I said: 3. Why not lower?" "My son"
after "What help would make it a 1?" "A phone"
end

row "A8 a card about any question: its four parts are kept and printed, and none is there unless chosen"
begin whole-life a8
rae home 2 | run
show
lacks "Thinking card"
lacks "went through"
{
    add service_user thinking_card home
    sam thought#1 '"They hate me"'
    sam feeling#1 '"Sick"'
    sam action#1 '"I left"'
    sam result#1 '"A cold night"'
    add service_user thinking_card feelings
} | run
show
has "Thinking card, 1 of 2"
after "Thinking card, 1 of 2" "About: Is where I live"
after "What went through my mind?" "They hate me"
after "What did I feel?" "Sick"
after "What did I do?" "I left"
after "What came of it?" "A cold night"
after "Thinking card, 2 of 2" "About: Which words fit how I feel?"
end

row "A9 no risk is worked out; what others said of it is taken only with who and when"
begin whole-life a9
add practitioner outside | run
rae outside_level#1 '"Medium"' | refused
has "outside_level"
rae outside_source#1 '"Police"' | run
rae outside_level#1 '"Medium"' | refused
rae outside_date#1 '"2999-01-01"' | refused
{
    rae outside_date#1 '"2026-01-05"'
    rae outside_level#1 '"Medium"'
} | run
show
after "Who said so?" "Police"
after "When did they say so?" "2026-01-05"
sed -n '/^Worked out/,/^Our plan/p' "$got" | grep -i risk && wrong "a risk is worked out"
export_
grep -A3 'type: calculate' "$got" | grep -i 'risk\|Medium' && wrong "a risk is worked out"
end

row "A10 what can change says so to both, and nothing else does"
begin whole-life a10
open_ / "work or learning that suits" 1
has "Rae: How near are they to work or learning that fits?"
has "Sam: Do I have work or learning that suits me?"
is "$(grep -c '\[This can change\]' "$got")" 1
open_ / "am i treated fairly" 1
is "$(grep -c '\[This can change\]' "$got")" 1 # the question it was left at
end

row "A12 what a good year looks like is shown at the next opening, and at the next assessment's"
begin whole-life a12
sam good_year '"A flat and my son at weekends"' | run
open_ o ""
is "$(sed -n 2p "$got")" "What would a good year look like for me? A flat and my son at weekends"
is "$(grep -c 'A flat and my son at weekends' "$got")" 2
begin review a12b --follows a12
open_ / "a good year" 1
has "A flat and my son at weekends"
end

row "A15 what is in the way, around and inside: each kind by itself"
begin whole-life a15
{
    add service_user goals
    sam goal#1 '"A flat"'
    add service_user obstacles#1
    sam obstacle#2 '"No deposit"'
    sam obstacle_kind#2 '"practical"'
    add practitioner obstacles#1
    rae obstacle#3 '"He gives up"'
    rae obstacle_kind#3 '"inside"'
    sam obstacle_kind#3 '"practical"'
} | run
show
list "In the way: things around us: 2 of 2"
has "No deposit"
has "He gives up (Sam)"
show
list "In the way: things inside: 1 of 2"
lacks "No deposit"
has "He gives up (Rae)"
open_ plan "around us" ""
is "$(grep -c 'In the way: things around us: 2 of 2' "$got")" 2
is "$(grep -c 'In the way: things inside: 1 of 2' "$got")" 1
is "$(grep -c 'No deposit' "$got")" 2
end

row "A17 act, refer or signpost; what the practitioner is late with stands in the list of both"
sed '/name: by$/,/warning_message/{/constraint\|warning/d;}' "$forms/whole-life.yaml" >"$work/late.yaml"
begin "$work/late.yaml" a17
{
    add service_user goals
    sam goal#1 '"A flat"'
    for step in 2:practitioner:2020-01-01:refer 3:practitioner:2020-01-01:act 4:service_user:2020-01-01:act \
        5:practitioner:2199-01-01:signpost; do
        IFS=: read -r entry who day kind <<STEP
$step
STEP
        add practitioner steps#1
        both "step#$entry" "\"Step $entry\""
        both "who#$entry" "\"$who\""
        both "by#$entry" "\"$day\""
        rae "kind#$entry" "\"$kind\""
    done
    rae status#3 '"done"'
    sam status#3 '"doing"'
} | run
open_ plan "" p plan ""
is "$(grep -c 'What my worker is late with: 2 of 4' "$got")" 1
is "$(grep -c 'What I am late with: 2 of 4' "$got")" 1
sed -n '/What my worker is late/,/In the way/p' "$got" >"$work/late" && cp "$work/late" "$got"
has "Step 2. By when? 2020-01-01. What kind of step is it? My worker asks a service (both)"
has "Step 3. By when? 2020-01-01. What kind of step is it? We do it ourselves (Sam)"
lacks "Step 4"
lacks "Step 5"
{
    sam status#3 '"done"'
    rae status#2 '"dropped"'
    sam status#2 '"dropped"'
} | run
show
has "What my worker is late with: 0 of 4"
end

row "A18 coming, and doing what was planned: a line for each person"
for time in 1 2; do
    begin feedback fb
    {
        rae came "$((time + 1))"
        sam came "$((time + 3))"
        rae did "$time"
        sam did 3
        rae today 4
        sam today "$((time + 2))"
        sam warm "$time"
        sam mine "$((3 - time))"
        sam worth_it 5
    } | run
    by practitioner paused | run
done
line() { # label, who, the answers of both times in any order
    awk -v label="$1" -v who="  $2" '/^[^ ]/ { if (index($0, label) || !blank) here = index($0, label) > 0; blank = 0 }
        /^$/ { blank = 1; here = 0 } /^  [^ ]/ { mine = here && $0 == who }
        mine && /^    / { sub(/^    [-0-9]+  /, ""); print }' "$got" | LC_ALL=C sort | tr '\n' '|'
}
trend
is "$(line "They came to what we had planned." Rae)" ". . o . .  3: Half and half|. o . . .  2: Not much|"
is "$(line "I came to what we had planned." Sam)" ". . . . o  5: Yes, fully|. . . o .  4: Mostly|"
is "$(line "They did what they said they would do." Rae)" ". o . . .  2: Not much|o . . . .  1: Not at all|"
is "$(line "I did what I said I would do." Sam)" ". . o . .  3: Half and half|. . o . .  3: Half and half|"
end

row "A19 how today was, 1 to 5 by both: not to be seen until both are in"
trend
is "$(line "How was today for me?" Sam)" ". . . o .  4: Good|. . o . .  3: So-so|"
is "$(line "How was today for me?" Rae)" ". . . o .  4: Good|. . . o .  4: Good|"
begin feedback a19
sam today 1 | run
sam today 6 | refused
sam today 0 | refused
trend
is "$(line "How was today for me?" Sam)" "    No answer yet|"
show
lacks "Very low"
rae today 4 | run
show
has "1: Very low"
has "4: Good"
end

row "A20 the goals are mine, and worth it: lines of their own, and none of the lines is a sum"
ref=fb
trend
is "$(line "These goals are mine." Sam)" ". o . . .  2: Not much|o . . . .  1: Not at all|"
is "$(line "These goals are worth it to me." Sam)" ". . . . o  5: Yes, fully|. . . . o  5: Yes, fully|"
is "$(grep -c '^  Rae$' "$got") $(grep -c '^  Sam$' "$got")" "4 7"
lacks "otal"
end

row "A21 warm and open, said by the service user, over time"
trend
is "$(line "My worker was warm and open with me." Sam)" ". o . . .  2: Not much|o . . . .  1: Not at all|"
begin feedback a21
rae warm 5 | refused
end

row "A22 the plan on paper is in groups by what makes a life good"
begin whole-life a22
{
    for goal in 1:close:"A flat" 2:well:"Sleep" 3:close:"See Mum" 4:well:"Box"; do
        IFS=: read -r entry good words <<GOAL
$goal
GOAL
        add service_user goals
        sam "goal#$entry" "\"$words\""
        sam "goal_good#$entry" "\"$good\""
    done
    rae goal_status#4 '"dropped"'
    sam goal_status#4 '"dropped"'
} | run
show
list "Our goals, by what makes a good life: 3 of 4"
is "$(sed 1d "$got" | tr '\n' '|')" \
    "  Being well: 1 of 2|    - Sleep (both)|  Being close to people: 2 of 2|    - A flat (both)|    - See Mum (both)|"
end

row "A24 signs of change of three kinds, in any order; none opens or shuts another"
begin whole-life a24
{
    entry=0
    for kind in belonging act identity belonging; do
        entry=$((entry + 1))
        add service_user progress
        sam "progress_what#$entry" "\"Sign $entry\""
        sam "progress_kind#$entry" "\"$kind\""
    done
    add practitioner progress home
    rae progress_what#5 '"He pays the rent"'
    rae progress_kind#5 '"act"'
    sam progress_when#1 '"2026-02-01"'
    sam progress_when#4 '"2025-02-01"'
} | run
show
has "What I do: 2 of 2"
has "How I see myself: 1 of 1"
has "Where I belong: 2 of 2"
after "- Sign 4" "- Sign 1"
after "Sign of change, 5 of 5: He pays the rent" "About: Is where I live"
end

row "A26 who I am now: what was said before is kept, with its day, and they can read it"
begin whole-life a26
{
    sam who_now '"A lad in bother"'
    by practitioner paused
    by practitioner sat "$sat"
    sam who_now '"A dad"'
} | run
open_ / "who am i now" 1 k
after "Sam answered “A lad in bother”" "Sam answered “A dad”"
after "Sam answered “A lad in bother”" "answered by service_user, $(date -u +%Y)-"
has "Sam says: A dad"
begin review a26b --follows a26
open_ / "who am i now" 1 ""
has "Last time: A dad"
has "Saved: A dad"
end

row "A27 people on my side, and what the practitioner believes, stand in the plan on paper"
begin whole-life a27
{
    add service_user people
    sam person#1 '"Nan"'
    sam person_how#1 '"She rings me"'
    rae belief '"He will be a good dad"'
} | run
sam belief '"x"' | refused
show
sed -n '/^Our plan$/,/^Signed/p' "$got" >"$work/plan" && cp "$work/plan" "$got"
after "People on my side: 1 of 1" "- Nan. What do they do for me? She rings me"
after "What my worker believes: 1 of 1" "He will be a good dad"
export_
after "summary: belief" "He will be a good dad"
open_ plan ""
after "What my worker believes: 1 of 1" "He will be a good dad"
end

row "A29 each strength is people and chances, or a skill"
begin whole-life a29
{
    sam home_strength '"My sister has a room"'
    sam home_strength_kind '"people"'
    rae skills_strength '"He can weld"'
    rae skills_strength_kind '"skill"'
} | run
sam money_strength_kind '"skill"' | refused
show
after "My sister has a room" "People or a chance I have"
after "He can weld" "A skill or strength in them"
has "What is good already: 2 of"
end

row "A30 what happened is marked on the line of the answers, on its day"
begin whole-life a30
{
    sam home 2
    by practitioner paused
    by practitioner sat "$sat"
    add service_user life_events
    sam life_event#1 '"My son was born"'
    sam life_event_when#1 '"2019-03-04"'
    add service_user life_events
    sam life_event#2 '"I got a flat"'
    sam life_event_when#2 "\"$(date +%Y-%m-%d)\""
    add service_user life_events
    sam life_event#3 '"I left school"'
    sam life_event_when#3 '"2011-07-01"'
    sam home 4
} | run
trend
sed 's/^    [0-9-]*  /    /' "$got" | sed -n '/^Is where I live/,/^$/p' >"$work/one"
is "$(sed 1d "$work/one" | tr '\n' '|')" "  Sam|    . o . . .  2: Hard|    ---------- I got a flat (Sam)|    . . . o .  4: Mostly OK|  Sam: first 2, last time 2, now 4. Told when Rae has two answers too.||"
after "What happened when" "2011-07-01  Event: I left school (Sam)"
after "2011-07-01  Event: I left school" "2019-03-04  Event: My son was born (Sam)"
after "2019-03-04  Event: My son was born" "Event: I got a flat (Sam)"
show
after "- I left school. When was it? 2011-07-01" "- My son was born. When was it? 2019-03-04"
end

row "A32 what is good is asked before how it is, in each part; it can be skipped, and that is kept"
begin whole-life a32
{
    by service_user declined '"question":"home_strength","missing":"not_sure"'
    by practitioner declined '"question":"skills_strength","missing":"does_not_apply"'
    sam home 2
} | run
export_
for part in home skills money body mind drugs alcohol gambling family friends thinking identity hope time fair practical; do
    after "- name: ${part}_strength" "- name: $part"
    first=$(awk -v q="- name: ${part}" '{ sub(/^ +/, "") } $0 == q { print NR; exit }' "$got")
    strength=$(awk -v q="- name: ${part}_strength" '{ sub(/^ +/, "") } $0 == q { print NR; exit }' "$got")
    [ "$strength" -lt "$first" ] || wrong "$part is asked before its strength"
done
is "$(field home_strength service_user missing)" not_sure
is "$(field skills_strength practitioner missing)" does_not_apply
is "$(field home service_user value)" 2
end

row "A33 goals all of one kind: the plan says so, and stops nobody"
begin whole-life a33
{
    for entry in 1 2; do
        add service_user goals
        sam "goal#$entry" "\"Goal $entry\""
        sam "goal_for#$entry" '"trouble"'
    done
} | run
show
has "Worth a thought: 1 of 1"
after "Worth a thought" "- Our plan: All our goals are of one kind so far."
open_ plan ""
has "All our goals are of one kind so far."
{
    by practitioner signed '"name":"Rae"'
    by service_user signed '"name":"Sam"'
} | run
begin whole-life a33b
{
    for entry in 1 2; do
        add service_user goals
        sam "goal#$entry" "\"Goal $entry\""
    done
    sam goal_for#1 '"trouble"'
    sam goal_for#2 '"life"'
} | run
show
lacks "All our goals are of one kind"
end

row "A36 each part of life: here, set up with others, or nobody yet; nobody yet is a list"
begin whole-life a36
{
    rae home 2
    rae home_handled '"nobody"'
    rae money 1
    rae money_handled '"brokered"'
    rae gambling 2
    sam gambling 2
    rae gambling_handled '"here"'
    sam gambling_handled '"nobody"'
} | run
show
list "Nobody helps with this yet: 2 of 3"
has "- Home: who helps with this? Nobody yet (Rae)"
has "- Gambling: who helps with this? Rae: My worker, here; Sam: Nobody yet (Sam)"
lacks "Money and debt"
end

row "A42 from 16 to 25 the young adult's form is offered, on the overview and at signing"
begin whole-life a42
for age in 15 16 25 26; do
    sam age "$age" | run
    for where in o sign; do
        open_ "$where" ""
        case $age in
        16 | 25) has "There is also “Young adult (16 to 25)” for this: alongside new young-" ;;
        *) lacks "Young adult" ;;
        esac
    done
done
end

row "A45 what help was like before is asked once, and used again"
begin whole-life a45
{
    sam past_worked '"One worker who rang back"'
    sam past_wrong '"Told it to six people"'
} | run
for next in review whole-life; do
    begin "$next" "a45-$next" --follows a45
    open_ / "what help worked" 1 "" / "get wrong" 1 ""
    has "Last time: One worker who rang back"
    has "Saved: One worker who rang back"
    has "Saved: Told it to six people"
done
end

row "A46 feelings in words that both can pick"
begin whole-life a46
{
    sam feelings '["hopeful","other:Wobbly"]'
    rae feelings '["tired"]'
} | run
sam feelings '["none","sad"]' | refused
open_ / "words fit how" 1
has "1. Calm"
has "10. Alone"
show
has "Hopeful"
has "Wobbly"
has "Tired"
lacks "see differently"
end

row "A47 advise, assist or befriend: on each thing the practitioner does, and on nothing else"
begin whole-life a47
{
    add service_user goals
    sam goal#1 '"A flat"'
    entry=1
    for who in practitioner both service_user; do
        entry=$((entry + 1))
        add practitioner steps#1
        both "step#$entry" "\"Step $entry\""
        both "who#$entry" "\"$who\""
    done
    rae style#2 '"assist"'
    rae style#3 '"befriend"'
} | run
rae style#4 '"advise"' | refused
show
list "Who does what: 3 of 3"
has "Step 2. How does my worker help with this? Do it with me"
has "Step 3. How does my worker help with this? Be there for me"
end

row "B11 how it ended, planned or not, told by both; and by one, where the other could not be asked"
begin exit b11
{
    rae ended '"planned"'
    sam ended '"planned"'
    rae side '"here"'
    rae helped '"He rang"'
    sam helped '"She listened"'
} | run
rae alone_helped '"x"' | refused
show
has "He rang"
has "She listened"
has "My side is missing: 0 of 1"
begin exit b11b
{
    rae ended '"stopped_coming"'
    rae side '"missing"'
    rae tried '"Rang three times"'
    rae alone_helped '"The gym"'
} | run
rae helped '"x"' | refused
show
has "The gym"
list "My side is missing: 1 of 1"
has "I could not be asked (Rae)"
end

row "B17 pathways that are not met, each by its name, and how many"
begin whole-life b17
{
    for part in home drugs alcohol skills gambling; do
        rae "$part" 1
        rae "${part}_handled" '"nobody"'
    done
    rae skills_handled '"here"'
} | run
show
after "Pathways, of seven, where nobody helps yet" "Rae: 2"
has "Pathways not met yet: 3 of 4, in 2 of 3 areas"
has "A place to live: 1 of 1"
has "Drugs and drink: 2 of 2"
lacks "accommodation"
lacks "drugs_alcohol"
end

row "B18 needs that are tied to crime and those that are not: one list, as asked, whatever is answered"
begin whole-life b18
{
    rae practical 1
    rae practical_handled '"nobody"'
    rae drugs 1
    rae drugs_handled '"nobody"'
    rae home 1
    rae home_handled '"nobody"'
} | run
show
list "Nobody helps with this yet: 3 of 3"
after "- Home:" "- Drugs:"
after "- Drugs:" "- Day-to-day"
end

row "B20 key worker, niche or gap filler: how many of each"
begin whole-life b20
{
    for service in 1:key_worker 2:gap_filler 3:niche 4:gap_filler; do
        add practitioner services
        rae "service#${service%:*}" "\"Service ${service%:*}\""
        rae "service_role#${service%:*}" "\"${service#*:}\""
    done
} | run
show
has "They fill a gap: 2 of 2"
has "They lead my help: 1 of 1"
after "Services that fill a gap" "2"
end

row "B23 growing up: talked about, or not done, and then why"
begin young-adult b23
rae ya_done '"all"' | run
rae ya_not_done_why '"no_time"' | refused
{
    rae ya_done '"not_done"'
    rae ya_not_done_why '"no_training"'
    sam ya_not_done_why '"other:I did not feel like it"'
} | run
show
list "Why not all of it: 1 of 1"
has "Rae: My worker cannot do it yet"
has "I did not feel like it"
export_
is "$(field ya_not_done_why practitioner value)" no_training
end

row "B26 where steps lead, by the four systems"
begin whole-life b26
{
    add service_user goals
    sam goal#1 '"A flat"'
    entry=1
    for system in community welfare corrections treatment; do
        entry=$((entry + 1))
        add practitioner steps#1
        both "step#$entry" "\"Step $entry\""
        rae "kind#$entry" '"refer"'
        rae "system#$entry" "\"$system\""
    done
    add practitioner steps#1
    both step#6 '"Step 6"'
    rae kind#6 '"act"'
} | run
rae system#6 '"welfare"' | refused
show
list "Where steps lead, by system: 4 of 5"
after "Prison or probation: 1 of 1" "- Step 4"
after "Housing, benefits or care: 1 of 1" "- Step 3"
after "Health, drink or drugs help: 1 of 1" "- Step 5"
after "A charity, faith or club: 1 of 1" "- Step 2"
end

row "B34 both say how it was, and neither sees the other's before both are in"
begin feedback b34
{
    sam listened 1
    sam best_bit '"Very low, the tea"'
} | run
for format in text yaml json; do
    "$ALONGSIDE" export --format "$format" b34 >"$got" || bail
    has "Very low, the tea" # a box is seen as it is typed
    lacks "Not at all"
    lacks "value: 1"
    lacks '"value": 1'
done
open_ / "listened" 1 k
lacks "Not at all.”"
has "Sam answered. You see it when both have answered."
{
    rae listened 4
    rae best_bit '"He laughed"'
} | run
show
has "1: Not at all"
has "4: Mostly"
has "He laughed"
# Nor does what is worked out from it tell.
cat >"$work/sum.yaml" <<'FORM'
form: sum
version: "1"
title: Worked out
reveal: together
sections:
  - section: all
    title: All
    questions:
      - {name: n, type: integer, label: How many?}
      - {name: more, type: calculate, label: More, calculation: "concat('a sum of ', ${n})"}
FORM
begin "$work/sum.yaml" b34b
sam n 3 | run
for format in text yaml json; do
    "$ALONGSIDE" export --format "$format" b34b >"$got" || bail
    lacks "a sum of"
done
rae n 3 | run
show
has "a sum of 3"
end

finish
