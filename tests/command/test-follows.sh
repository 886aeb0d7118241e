#!/bin/sh
# new --follows: what an earlier assessment hands on, where it is shown, and what counts.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# /' "$folder/out" "$folder/err"
        failed=1
    fi
}
has() { # words: does what was printed hold them, however its lines are broken?
    tr -s ' \n' '  ' <"$folder/out" | grep -qF -- "$1"
    ok $? "$1"
}
cat >"$folder/first.yaml" <<'FORM'
form: first
version: "1"
title: The first
sections:
  - section: all
    questions:
      - {name: home, type: range, min: 1, max: 5, label: Home}
      - {name: rent, type: integer, label: Rent}
      - {name: plan, type: text, asked_of: together, label: Our plan}
      - {name: born, type: date, asked_of: service_user, label: Born on}
      - {name: best, type: text, label: The best thing}
      - {name: gone, type: text, label: Asked once}
FORM
cat >"$folder/review.yaml" <<'FORM'
form: review
version: "1"
title: The review
sections:
  - section: all
    questions:
      - {name: born, type: date, asked_of: service_user, read_only: true, label: Born on}
      - {name: adult, type: calculate, calculation: "if(${born} < date('2000-01-01'), 'yes', 'no')"}
      - {name: home, type: range, min: 1, max: 5, label: Home}
      - {name: rent, type: integer, max: 100, carry_over: true, default: "7", label: Rent}
      - {name: plan, type: text, asked_of: together, carry_over: true, label: Our plan}
      - {name: best, type: integer, label: The best thing}
FORM
"$ALONGSIDE" new --ref F --no-open "$folder/first.yaml" >"$folder/path" || exit 99
"$ALONGSIDE" apply F 2>/dev/null <<'SCRIPT' || exit 99
{"by":"practitioner","event":"answered","question":"home","value":4}
{"by":"service_user","event":"answered","question":"home","value":2}
{"by":"practitioner","event":"answered","question":"rent","value":90}
{"by":"service_user","event":"answered","question":"rent","value":90}
{"by":"practitioner","event":"proposed","question":"plan","value":"A walk a day"}
{"by":"practitioner","event":"confirmed","question":"plan"}
{"by":"service_user","event":"confirmed","question":"plan"}
{"by":"service_user","event":"answered","question":"born","value":"1990-05-01"}
{"by":"practitioner","event":"answered","question":"best","value":"The dog"}
{"by":"practitioner","event":"answered","question":"gone","value":"x"}
{"by":"practitioner","event":"declined","question":"best","missing":"not_sure"}
SCRIPT
first=$(cat "$folder/path")
before=$(cksum <"$first")
path=$("$ALONGSIDE" new --follows F --no-open "$folder/review.yaml" 2>"$folder/err")
: >"$folder/out"
[ -s "$path" ] && [ "$before" = "$(cksum <"$first")" ]
ok $? "a new record; the earlier one is as it was"
[ "$("$ALONGSIDE" list 2>/dev/null | grep -c '^F ')" = 2 ]
ok $? "the reference is taken over"
head -n 1 "$path" >"$folder/out"
has '"last":{"home":{"practitioner":4,"service_user":2},"rent":{"practitioner":90,"service_user":90},"plan":{"together":"A walk a day"},"born":{"service_user":"1990-05-01"}}'
has "\"lines\":$(wc -l <"$first"),\"head\":\"$(tail -n 1 "$first" | tail -c 67 | head -c 64)\""
rm "$first"
"$ALONGSIDE" verify "$path" >"$folder/out" 2>&1
has "every rule holds"
printf '\n\n\n\nb\nb\n\n\n\nq\n' | "$ALONGSIDE" open --accessible "$path" >"$folder/out" 2>"$folder/err"
has "Born on Service user. Last time: 1990-05-01 This one is for Service user. This is only shown."
has "Practitioner. Last time: 4 Service user. Last time: 2"
has "a whole number of 100 or less, Enter for 90"
grep -c '"event":"answered"' "$path" >"$folder/out"
has 1
"$ALONGSIDE" show "$path" >"$folder/out"
has "Follows the assessment $(sed -n '1s/.*"follows":{"record":"\([^"]*\)".*/\1/p' "$path"), as it was on"
has "Last time: 1990-05-01"
"$ALONGSIDE" export --format json "$path" >"$folder/out"
has '"last": { "practitioner": 4, "service_user": 2 }'
has '"follows": { "record":'
has '"agreed": "yes"'
"$ALONGSIDE" new --follows "$path" --ref G --no-open "$folder/review.yaml" >"$folder/path" 2>"$folder/err"
head -n 1 "$(cat "$folder/path")" >"$folder/out"
has '"last":{"born":{"service_user":"1990-05-01"},"rent":{"service_user":90}}'
"$ALONGSIDE" new --follows nowhere "$folder/review.yaml" >"$folder/out" 2>"$folder/err"
[ $? = 2 ] && grep -q nowhere "$folder/err"
ok $? "there has to be an earlier one"

# Entries go on where the new form says so: numbered anew, each with its answers, an inner one in its own.
cat >"$folder/goals.yaml" <<'FORM'
form: goals
version: "1"
title: Goals
sections:
  - section: all
    questions:
      - {name: home, type: integer, label: Home}
      - name: goals
        type: repeat
        label: Goals
        carry_over: true
        questions:
          - {name: goal, type: text, asked_of: together, carry_over: true, label: Goal}
          - name: steps
            type: repeat
            label: Steps
            carry_over: true
            questions:
              - {name: step, type: text, label: Step}
      - name: cards
        type: repeat
        label: Cards
        attachable: true
        carry_over: true
        questions:
          - {name: card, type: text, label: Card}
      - name: left
        type: repeat
        label: Left behind
        questions:
          - {name: thing, type: text, label: Thing}
      - {name: goals_there, type: calculate, calculation: "count(${goals})"}
FORM
"$ALONGSIDE" new --ref E --no-open "$folder/goals.yaml" >"$folder/path" 2>"$folder/err" || exit 99
"$ALONGSIDE" apply E 2>"$folder/err" <<'SCRIPT' || exit 99
{"by":"service_user","event":"added","question":"goals"}
{"by":"practitioner","event":"added","question":"goals"}
{"by":"practitioner","event":"added","question":"goals"}
{"by":"service_user","event":"added","question":"steps#3"}
{"by":"service_user","event":"added","question":"left"}
{"by":"service_user","event":"added","question":"cards","about":"home"}
{"by":"service_user","event":"answered","question":"step#4","value":"Ring them"}
{"by":"service_user","event":"answered","question":"thing#5","value":"A thing"}
{"by":"practitioner","event":"answered","question":"card#6","value":"A card"}
{"by":"practitioner","event":"proposed","question":"goal#3","value":"A job"}
{"by":"practitioner","event":"confirmed","question":"goal#3"}
{"by":"service_user","event":"confirmed","question":"goal#3"}
{"by":"practitioner","event":"removed","question":"goals","entry":2}
{"by":"practitioner","event":"moved","question":"goals","entry":3,"before":1}
SCRIPT
path=$("$ALONGSIDE" new --follows E --no-open "$folder/goals.yaml" 2>"$folder/err")
head -n 1 "$path" >"$folder/out"
has '"last":{"goal#1":{"together":"A job"},"step#3":{"service_user":"Ring them"},"card#4":{"practitioner":"A card"}}'
has '"entries":[{"question":"goals","by":"practitioner"},{"question":"goals","by":"service_user"},{"question":"steps#1","by":"service_user"},{"question":"cards","by":"service_user","about":"home"}]'
"$ALONGSIDE" apply "$path" >"$folder/out" 2>&1 <<'SCRIPT'
{"by":"service_user","event":"answered","question":"step#3","value":"Ring them again"}
{"by":"service_user","event":"removed","question":"goals","entry":2}
{"by":"service_user","event":"added","question":"goals"}
SCRIPT
ok $? "they are entries as all others"
"$ALONGSIDE" verify "$path" >"$folder/out" 2>&1
has "every rule holds"
"$ALONGSIDE" export --format json "$path" >"$folder/out"
has '"name": "goals_there", "label": { "practitioner": "goals_there", "service_user": "goals_there" }, "relevant": { "practitioner": true, "service_user": true }, "practitioner": 3'
"$ALONGSIDE" show "$path" >"$folder/out"
has "Goals, 1 of 3: A job"
has "Last time: Ring them"
sed 's/"question":"steps#1","by"/"question":"steps#7","by"/' "$path" >"$folder/forged.jsonl"
"$ALONGSIDE" verify "$folder/forged.jsonl" >"$folder/out" 2>&1
[ $? = 2 ]
ok $? "one that was changed is no record"
echo "1..$n"
exit $failed
