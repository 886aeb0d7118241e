#!/bin/sh
# Following and how far they have come, row by row of what the research asks for, as the program is called. What needs days
# to go by is in tests/session/test-following; what needs the screen (A25) in tests/screen/test-following.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_CASELOAD=$work/cases
ALONGSIDE_FORMS=$root/forms
COLUMNS=80
export ALONGSIDE_CASELOAD ALONGSIDE_FORMS COLUMNS
n=0
failed=0
got=$work/got
row() { # status, what is tested
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# /' "$got" "$work/said"
        failed=1
    fi
}
by() { # who, event, more of it as JSON
    printf '{"by":"%s","event":"%s"%s}\n' "$1" "$2" "${3:+,$3}"
}
rae() { # question, value as JSON, reason
    by practitioner answered "\"question\":\"$1\",\"value\":$2${3:+,\"because\":\"$3\"}"
}
sam() {
    by service_user answered "\"question\":\"$1\",\"value\":$2${3:+,\"because\":\"$3\"}"
}
told() { # topic, value
    by practitioner told "\"topic\":\"$1\",\"value\":$2"
}
begin() { # form, reference, more options
    what=$1
    ref=$2
    shift 2
    path=$("$ALONGSIDE" new "$what" --ref "$ref" --no-open "$@" 2>"$work/said" </dev/null) || exit 99
    by practitioner sat '"people":{"practitioner":"Rae","service_user":"Sam"}' | run
}
run() { # intents on standard input, all of which must be taken
    "$ALONGSIDE" apply "$path" - >"$work/said" 2>&1 || { sed 's/^/# /' "$work/said"; failed=1; }
}
has() { # words, however the lines are broken
    tr -s ' \n' '  ' <"$got" | grep -qF -- "$1"
}
lacks() {
    ! has "$1"
}
: >"$got"
: >"$work/said"

# ---- B1: each item has a stage; the whole cycle at one look ----

begin whole-life K-1
{ rae home 4; sam home 2; by service_user promised '"text":"Ring the housing office"'; } | run
"$ALONGSIDE" export --format json "$path" >"$work/tree.json"
python3 -c 'import json,sys
stages = {}
for section in json.load(open(sys.argv[1]))["sections"]:
    for q in section["questions"]:
        stages.setdefault(q["stage"], set()).add(section["section"])
assert "plan" in stages["plan"] and "home" in stages["assess"] and "plan" in stages, stages' "$work/tree.json" 2>"$got"
row $? "B1 each item of the export carries its stage"
"$ALONGSIDE" show "$path" >"$got"
has "Finding out: Rae 1 of" && has "Planning: Rae 0 of" && has "Doing:" && has "Looking again:" && has "Looking back:"
row $? "B1 the whole cycle stands in a summary"
has "Promises made: Rae 0, Sam 1" && has "Promises: 0 kept, 0 not kept or seen differently, 1 open"
row $? "B1 with the promises, made and open"
printf '%s\n' "" "" "" "" cycle 2 "" q | "$ALONGSIDE" open --accessible "$path" >"$got" 2>"$work/said"
has "The whole of it, from finding out to looking back." && has "2. Planning: Rae 0 of" && has "Planning. 1."
row $? "B1 in line mode: view by stage, and the questions of each"
sed -n '/The whole of it/,/A number for/p' "$got" >"$work/cycle"
[ "$(wc -l <"$work/cycle")" -lt 24 ]
row $? "B1 the whole cycle is on one screen"
for form in review:review exit:evaluate feedback:evaluate young-adult:plan; do
    grep -q "^    stage: ${form#*:}$" "$root/forms/${form%:*}.yaml"
    row $? "B1 ${form%:*} says its stage"
done

# ---- A23, B27, B31: distance travelled ----

cat >"$work/pulse.yaml" <<'FORM'
form: pulse
version: "1.0"
title: Pulse
scales: {ten: {min: 1, max: 10, wobble: 1.5}}
sections:
  - section: today
    questions:
      - {name: mine, type: range, scale: ten, trend: true, label: These goals are mine}
      - {name: hope, type: range, min: 1, max: 5, trend: true, label: I have hope}
FORM
begin "$work/pulse.yaml" P-1
{ rae mine 3; sam mine 5; sam mine 4; rae hope 2; sam hope 2; } | run
"$ALONGSIDE" trend P-1 >"$got"
has "Rae: now 3. No earlier answer to compare." && has "Sam: now 4. No earlier answer to compare." &&
    lacks "since the first time"
row $? "B27 no change without an earlier answer"
{ by practitioner sat; sam mine 8; sam hope 2; } | run
"$ALONGSIDE" trend P-1 >"$got"
lacks "since the first time" && has "Sam: first 4, last time 4, now 8. Told when Rae has two answers too."
row $? "B27 and never the change of one alone"
{ rae mine 4; rae hope 3; } | run
"$ALONGSIDE" trend P-1 >"$got"
has "Rae: first 3, last time 3, now 4. 1 up since the first time. No more than the wobble." &&
    has "Sam: first 4, last time 4, now 8. 4 up since the first time. More than the wobble."
row $? "B31 both changes side by side, with the note on chance"
has "Rae: first 2, last time 2, now 3. 1 up since the first time. Sam"
row $? "B31 and no such note where the form does not give it"
grep -q 'Jacobson' "$root/man/alongside-form.5"
row $? "B31 the manual says where the note comes from"
"$ALONGSIDE" trend --format json P-1 >"$work/trend.json"
python3 -c 'import json,sys
t = json.load(open(sys.argv[1]))
mine = [s for s in t["series"] if s["question"] == "mine" and s["by"] == "service_user"][0]
assert [p["value"] for p in mine["points"]] == [5, 4, 8]
d = [d for d in t["distance"] if d["question"] == "mine"][0]
assert d["service_user"]["change"] == 4 and d["service_user"]["more_than_wobble"] is True
assert d["practitioner"]["change"] == 1 and d["practitioner"]["more_than_wobble"] is False
hope = [d for d in t["distance"] if d["question"] == "hope"][0]
assert hope["service_user"]["more_than_wobble"] is None' "$work/trend.json" 2>"$got"
row $? "A23 every rating is kept, an edit is a version more; B31 the JSON says both changes"
printf '%s\n' "" "" "" "" way 1 q | "$ALONGSIDE" open --accessible "$path" >"$got" 2>"$work/said"
has "How far you have come." && has "Sam: 5 (changed later that day)" && has "Step by step: 3, up to 4"
row $? "A23 in line mode: the ups and downs drawn, every answer with its day"
{ by service_user happened "\"what\":\"lapse\",\"on\":\"$(date +%F)\",\"text\":\"I drank\""; sam mine 9; } | run
"$ALONGSIDE" trend P-1 >"$got"
has "A lapse: I drank (Sam)" && has "Sam: first 4, last time 4, now 9. 5 up since the first time."
row $? "A14 A30 a lapse stands as a mark and resets nothing"

# ---- Following ----

begin whole-life F-1
{
    rae home 4 "New lock fitted"
    sam home 2 "He knows where I live"
    by service_user said '"disagreement":"d1","text":"I do not sleep well."'
    by practitioner proposed '"disagreement":"d1","as":"both_stand"'
    by practitioner confirmed '"disagreement":"d1"'
    by service_user confirmed '"disagreement":"d1"'
} | run
first=$path
path=$("$ALONGSIDE" new review --follows "$first" --no-open 2>"$work/said" </dev/null) || exit 99
rm "$first"
"$ALONGSIDE" verify "$path" >"$got" 2>&1
has "every rule holds"
row $? "Following: the record stands by itself"
by practitioner paused '"question":"home"' | run
printf '%s\n' "" "" "" "" b q | "$ALONGSIDE" open --accessible "$path" >"$got" 2>"$work/said"
has "Name (Rae):" && has "Name (Sam):"
row $? "Following: the names are there to start from"
has "Rae. Last time: 4: Mostly OK. “New lock fitted” Sam. Last time: 2: Hard. “He knows where I live”"
row $? "Following: last time stands beside the question, for both, with the reasons"
has "Both views stood last time. Sam said then: “I do not sleep well.”"
row $? "Following: what stood as both views is asked again with its texts"
"$ALONGSIDE" show "$path" >"$got"
has "Both views stood last time. Sam said then: “I do not sleep well.”" && has "Last time: 4: Mostly OK. “New lock"
row $? "Following: in a summary too"
"$ALONGSIDE" export --format json "$path" >"$got"
has '"because": { "practitioner": "New lock fitted", "service_user": "He knows where I live" }' &&
    has '"stood": [ { "by": "service_user", "text": "I do not sleep well." } ]'
row $? "Following: and in the export"

# ---- B10: reviews that are due ----

day() { # days from today
    date -d "$1 days" +%F
}
begin "$work/pulse.yaml" D-1
{ told review "\"$(day -12)\""; told review_kind '"formal"'; told review_weeks 6; } | run
begin "$work/pulse.yaml" D-2
{ told review "\"$(day +1)\""; told review_kind '"informal"'; } | run
begin "$work/pulse.yaml" D-3
told review_weeks 4 | run
"$ALONGSIDE" list --due >"$got" 2>"$work/said"
cat >"$work/wanted" <<TEXT
D-1  $(day -12)  overdue by 12 days  Pulse, a formal review, every 6 weeks
D-2  $(day +1)  due in 1 day        Pulse, a short catch-up
D-3  $(day +28)  due in 28 days      Pulse, every 4 weeks
TEXT
cmp -s "$got" "$work/wanted"
row $? "B10 what is due, by when, formal or not, and how often for this person"
"$ALONGSIDE" list --due --format json >"$work/due.json"
python3 -c 'import json,sys
due = json.load(open(sys.argv[1]))
assert [(d["ref"], d["days"], d["kind"], d["weeks"]) for d in due] == [
    ("D-1", -12, "formal", 6), ("D-2", 1, "informal", None), ("D-3", 28, None, 4)], due' "$work/due.json" 2>"$got"
row $? "B10 for programs too"
path=$("$ALONGSIDE" new review --follows D-1 --no-open 2>"$work/said" </dev/null)
"$ALONGSIDE" list --due >"$got" 2>"$work/said"
has "D-1 $(day +42) due in 42 days Review" && lacks overdue
row $? "B10 once the review is begun the interval goes on from there"

# ---- A54, B22 ----

begin "$work/pulse.yaml" S-1
{ rae mine 4; sam mine 4; told recap true; by service_user closed '"word":"enough"'; } | run
"$ALONGSIDE" verify "$path" >"$got" 2>&1
has "every rule holds" && [ "$(grep -c '"event":"answered"' "$path")" = 2 ] && tail -n 1 "$path" | grep -q '"closed"'
row $? "A54 a sitting of one question each is a sitting: it closes, and is valid"
"$ALONGSIDE" show "$path" >"$got" 2>&1 && "$ALONGSIDE" export --format json "$path" >"$got" 2>"$work/said"
row $? "A54 and can be told and exported"
by practitioner sat | run
sam hope 3 | run
[ "$(grep -c '"event":"sat"' "$path")" = 2 ]
row $? "B22 a closed sitting closes no assessment: the next one goes on"
grep -rnE 'expire|expiry|timeout' "$root"/src/assessment "$root"/src/record >"$got"
[ ! -s "$got" ]
row $? "B22 nothing in the rules ends by itself"
echo "1..$n"
exit $failed
