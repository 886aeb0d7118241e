#!/bin/sh
# upgrade: what it lists, asks and refuses, and what then stands in the record, in list, show, export and verify.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
n=0
failed=0
run() {
    "$ALONGSIDE" "$@" >"$folder/out" 2>"$folder/err" </dev/null
    status=$?
}
check() { # description status words-on-stdout words-on-stderr ("" is nothing at all)
    n=$((n + 1))
    bad=
    [ "$status" = "$2" ] || bad="its status is $status"
    for stream in out err; do
        words=$3
        [ $stream = err ] && words=$4
        if [ -z "$words" ]; then
            [ -s "$folder/$stream" ] && bad="$bad; $stream is not empty"
        else
            grep -qF -- "$words" "$folder/$stream" || bad="$bad; $stream lacks: $words"
        fi
    done
    if [ -z "$bad" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        echo "# $bad"
        sed 's/^/# /' "$folder/out" "$folder/err"
        failed=1
    fi
}
form() { # version; the questions from standard input
    printf 'form: week\nversion: "%s"\ntitle: The week\nsections:\n  - section: all\n    questions:\n' "$1"
    sed 's/^/      - /'
}
form 1.0 >"$folder/one.yaml" <<'FORM'
{name: sleep, type: range, min: 1, max: 5, label: Sleep}
{name: food, type: select_one, label: Food, choices: [{name: ok, label: Enough}, {name: little, label: Too little}]}
{name: best, type: text, label: The best day}
{name: calm, type: integer, label: Calm hours, tolerance: 2}
FORM
form 2.0 >"$folder/two.yaml" <<'FORM'
{name: food, type: select_one, label: Food, choices: [{name: ok, label: Enough}, {name: none, label: None}]}
{name: calm, type: integer, label: Calm hours}
{name: worst, type: text, label: The worst day}
FORM
sed 's/form: week/form: month/' "$folder/two.yaml" >"$folder/other.yaml"
printf 'form: week\nversion: "3"\ntilte: x\n' >"$folder/broken.yaml"

"$ALONGSIDE" new --ref W --no-open "$folder/one.yaml" >"$folder/path" || exit 99
"$ALONGSIDE" apply W 2>/dev/null <<'SCRIPT' || exit 99
{"by":"practitioner","event":"answered","question":"sleep","value":4}
{"by":"service_user","event":"answered","question":"sleep","value":2}
{"by":"practitioner","event":"answered","question":"food","value":"ok"}
{"by":"service_user","event":"answered","question":"food","value":"ok"}
{"by":"practitioner","event":"answered","question":"calm","value":3}
{"by":"service_user","event":"answered","question":"calm","value":4}
{"by":"service_user","event":"answered","question":"best","value":"Friday"}
SCRIPT
lines=$(wc -l <"$(cat "$folder/path")")
run upgrade --yes W "$folder/two.yaml"
check "an open difference keeps its question" 1 "" "d1 is still open, and its question, “sleep”, is not in that version"
"$ALONGSIDE" apply W 2>/dev/null <<'SCRIPT' || exit 99
{"by":"service_user","event":"answered","question":"food","value":"little"}
{"by":"service_user","event":"answered","question":"sleep","value":4}
{"by":"practitioner","event":"confirmed","disagreement":"d1"}
{"by":"service_user","event":"confirmed","disagreement":"d1"}
SCRIPT
lines=$(wc -l <"$(cat "$folder/path")")
run upgrade W "$folder/two.yaml"
check "without a terminal and without --yes nothing is done" 1 "from version 1.0 to version 2.0." "--yes"
for words in "  sleep: Practitioner, “4” (not asked any more)" "  best: Service user, “Friday” (not asked any more)" \
    "  food: Service user, “Too little” (not an answer any more)" "  d1, about “Sleep”: Practitioner moved" \
    "Kept: 3 of 7 answers." "New questions: worst."; do
    case $words in *d1*) words="  d1, about “Sleep”: Service user moved to Practitioner's answer" ;; esac
    check "it lists $words" 1 "$words" "--yes"
done
[ "$(wc -l <"$(cat "$folder/path")")" = "$lines" ]
status=$?
check "and the record is as it was" 0 "version" "--yes"
run upgrade --by nobody --yes W "$folder/two.yaml"
check "by one of the two" 2 "" "--by"
run upgrade --yes W "$folder/other.yaml"
check "another form" 1 "" "“month” is another form"
run upgrade --yes W "$folder/one.yaml"
check "the same version" 1 "" "of version “1.0” of its form already"
run upgrade --yes W "$folder/broken.yaml"
check "a form with faults" 2 "" "broken.yaml:3:"
run upgrade --yes W
check "no form" 2 "" "say which record, and which form"
run upgrade --yes W "$folder/two.yaml"
check "done" 0 "Opened, since that version compares more closely: 1." ""
run list --format json
check "list knows the version" 0 '"version": "2.0"' ""
run verify W
check "verify holds each entry against the form as of then" 0 "every rule holds" ""
run show W
check "show says it" 0 "Practitioner went on with version 2.0 of the form, in place of" ""
check "and is of the new version" 0 "The week, version 2.0: W" ""
run show --at "$lines" W
check "a look back is of the old one" 0 "The week, version 1.0: W" ""
run export --format json W
check "the export says from what to what" 0 '"from": "1.0"' ""
run upgrade --yes W "$folder/one.yaml"
check "to an older version, with a word" 0 "to version 1.0, which is older by its number" ""
run verify W
check "that is verified too" 0 "every rule holds" ""

# What stays although that version would not take it if it were given now is told, in entries too.
form 3.0 >"$folder/three.yaml" <<'FORM'
{name: calm, type: integer, label: Calm hours}
{name: day, type: date, label: A day, asked_of: together}
{name: goals, type: repeat, label: Goals, questions: [{name: hard, type: integer, label: How hard?}]}
FORM
form 4.0 >"$folder/four.yaml" <<'FORM'
{name: calm, type: integer, label: Calm hours, constraint: ". <= 24", constraint_message: A day has 24 hours.}
{name: day, type: date, label: A day, asked_of: together, constraint: ". > date('2026-12-01')", constraint_message: Later.}
{name: goals, type: repeat, label: Goals, questions: [{name: hard, type: integer, label: How hard?, constraint: ". <= 5", constraint_message: Five at most.}]}
FORM
"$ALONGSIDE" new --ref C --no-open "$folder/three.yaml" >/dev/null || exit 99
"$ALONGSIDE" apply C 2>/dev/null <<'SCRIPT' || exit 99
{"by":"practitioner","event":"answered","question":"calm","value":30}
{"by":"service_user","event":"answered","question":"calm","value":24}
{"by":"service_user","event":"proposed","question":"day","value":"2026-11-30"}
{"by":"service_user","event":"confirmed","question":"day"}
{"by":"practitioner","event":"confirmed","question":"day"}
{"by":"practitioner","event":"added","question":"goals"}
{"by":"practitioner","event":"answered","question":"hard#1","value":7}
SCRIPT
run upgrade C "$folder/four.yaml"
check "what it would not take now is told" 1 "These are kept, and that version would not take them as they are" "--yes"
for words in "All are kept: 4 of 4 answers." "  calm: Practitioner, “30” (A day has 24 hours.)" \
    "  day: Together, “2026-11-30” (Later.)" "  hard#1: Practitioner, “7” (Five at most.)"; do
    check "it lists $words" 1 "$words" "--yes"
done
! grep -qF "calm: Service user" "$folder/out"
status=$?
check "and not what it would take" 0 "would not take" "--yes"
run upgrade --yes C "$folder/four.yaml"
check "they are carried over" 0 "It goes on with version 4.0." ""
run export --format json C
check "and stand" 0 '"value": 30' ""

# A record in which the form to go on with was changed: the chain is made anew, the rules still tell.
sed 's/version: \\"2.0\\"/version: \\"2.1\\"/' "$(cat "$folder/path")" >"$folder/forged.jsonl"
run verify "$folder/forged.jsonl"
check "a form changed in the record" 1 "hash does not match" ""
echo "1..$n"
exit $failed
