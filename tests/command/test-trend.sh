#!/bin/sh
# trend: one case's answers over time, over two assessments, and what is said where there is nothing to show.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_CASELOAD
n=0
failed=0
is() { # description wanted
    n=$((n + 1))
    if [ "$(cat "$folder/wanted")" = "$(cat "$folder/got")" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        diff "$folder/wanted" "$folder/got" | sed 's/^/# /'
        failed=1
    fi
}
run() {
    "$ALONGSIDE" "$@" >"$folder/got" 2>&1 </dev/null
    echo "status $?" >>"$folder/got"
    # Days and ids are not the same twice.
    sed -i -E "s/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z/INSTANT/g; s/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/g; s/[0-9A-HJKMNP-TV-Z]{26}/RECORD/g; s,$folder,HERE,g" "$folder/got"
}
cat >"$folder/form.yaml" <<'FORM'
form: pulse
version: "1.0"
title: How it goes
sections:
  - section: today
    title: Today
    questions:
      - {name: mine, type: range, min: 1, max: 5, trend: true, label: These goals are mine}
      - {name: came, type: acknowledge, asked_of: practitioner, trend: true, label: They came}
      - {name: warm, type: select_one, asked_of: service_user, trend: true, label: "=Warm?", choices: [{name: cold, label: "-No"}, {name: "yes", label: "Yes"}]}
      - {name: today, type: integer, reveal: together, trend: true, label: How was today}
      - {name: not_shown, type: integer, label: Not over time}
FORM
answers() {
    cat >"$folder/script"
    "$ALONGSIDE" apply "$1" "$folder/script" >/dev/null 2>"$folder/said" || cat "$folder/said"
}
sat='{"by":"practitioner","event":"sat","people":{"practitioner":"Rae","service_user":"Sam"}}'
first=$("$ALONGSIDE" new --no-open --ref K-1 "$folder/form.yaml")
answers "$first" <<SCRIPT
$sat
{"by":"practitioner","event":"answered","question":"mine","value":2}
{"by":"service_user","event":"answered","question":"mine","value":1}
{"by":"service_user","event":"answered","question":"mine","value":4}
{"by":"service_user","event":"answered","question":"warm","value":"cold"}
{"by":"service_user","event":"answered","question":"today","value":3}
{"by":"service_user","event":"answered","question":"not_shown","value":9}
{"by":"practitioner","event":"paused"}
$sat
{"by":"service_user","event":"answered","question":"mine","value":5}
{"by":"service_user","event":"answered","question":"mine","value":1}
{"by":"service_user","event":"undone"}
SCRIPT
cat >"$folder/wanted" <<'TEXT'
These goals are mine
  Rae
    DAY  . o . . .  2
  Sam
    DAY  . . . o .  4 (the last of 2 that time)
    DAY  . . . . o  5
  Rae: now 2. No earlier answer to compare.
  Sam: first 4, last time 4, now 5. Told when Rae has two answers too.

They came
  Rae
    No answer yet

=Warm?
  Sam
    DAY  -No
  Sam: now -No. No earlier answer to compare.

How was today
  Rae
    No answer yet
  Sam
    No answer yet
status 0
TEXT
run trend K-1
is "the last answer of each sitting, each person on their own; what was taken back or may not be seen is not there"
second=$("$ALONGSIDE" new --no-open --ref K-1 "$folder/form.yaml")
answers "$second" <<SCRIPT
$sat
{"by":"practitioner","event":"answered","question":"mine","value":3}
{"by":"service_user","event":"declined","question":"mine","missing":"not_sure"}
SCRIPT
"$ALONGSIDE" new --no-open --ref K-2 "$folder/form.yaml" >/dev/null
run trend K-1
# Begun within one second, either may come first.
sed -n '2,8p' "$folder/got" | LC_ALL=C sort >"$folder/lines"
mv "$folder/lines" "$folder/got"
cat >"$folder/wanted" <<'TEXT'
    DAY  . . . . .  Not sure
    DAY  . . . . o  5
    DAY  . . . o .  4 (the last of 2 that time)
    DAY  . . o . .  3
    DAY  . o . . .  2
  Rae
  Sam
TEXT
is "the next assessment goes on where the first one ends"
run trend --format csv K-1
tr -d '\r' <"$folder/got" | grep -E '^ref|"3","3"|"1","1"|warm|status' >"$folder/lines"
mv "$folder/lines" "$folder/got"
cat >"$folder/wanted" <<'TEXT'
ref,question,label,by,name,record,sitting,at,last,value,words
"K-1","mine","These goals are mine","practitioner","Rae","RECORD","1","INSTANT","true","3","3"
"K-1","mine","These goals are mine","service_user","Sam","RECORD","1","INSTANT","false","1","1"
"K-1","warm","'=Warm?","service_user","Sam","RECORD","1","INSTANT","true","cold","'-No"
status 0
TEXT
is "csv: every answer; what a spreadsheet would work out is a text"
run trend --format json K-1
grep -c '"words": "Not sure"' "$folder/got" >"$folder/lines"
grep -E '"(format|ref)"' "$folder/got" >>"$folder/lines"
mv "$folder/lines" "$folder/got"
cat >"$folder/wanted" <<'TEXT'
1
  "format": "alongside-trend/1",
  "ref": "K-1",
TEXT
is "json"
cat >"$folder/events.yaml" <<'FORM'
form: events
version: "1.0"
title: What happened
sections:
  - section: life
    title: Life
    questions:
      - {name: mine, type: range, min: 1, max: 3, trend: true, asked_of: service_user, label: Mine}
      - {name: count, type: integer, trend: true, asked_of: service_user, label: How many}
      - name: events
        type: repeat
        label: Event
        questions:
          - {name: what, type: text, label: What}
          - {name: when, type: date, trend: true, label: When}
      - name: secrets
        type: repeat
        label: Secret
        reveal: together
        questions:
          - {name: secret_when, type: date, trend: true, label: When}
FORM
third=$("$ALONGSIDE" new --no-open --ref K-9 "$folder/events.yaml")
said() {
    printf '{"by":"%s","event":"%s","question":"%s"%s}\n' "$1" "$2" "$3" "${4:+,\"value\":$4}"
}
{
    echo "$sat"
    said service_user added events
    said service_user answered 'what#1' '"=Moved"'
    said service_user answered 'when#1' '"2999-05-01"'
    said practitioner answered 'when#1' '"1999-05-02"'
    said practitioner added events
    said practitioner answered 'when#2' '"2999-04-01"'
    said practitioner added events
    said practitioner answered 'when#3' '"2999-03-01"'
    said practitioner removed 'events'
    said service_user added secrets
} | sed 's/"removed","question":"events"/&,"entry":3/' >"$folder/story"
{
    cat "$folder/story"
    said service_user answered 'secret_when#4' '"2999-01-01"'
    said service_user answered mine 3
    said service_user answered count 7
} >"$folder/more"
"$ALONGSIDE" apply "$third" "$folder/more" >/dev/null 2>"$folder/said" || cat "$folder/said"
"$ALONGSIDE" trend K-9 >"$folder/got" 2>&1
sed -i "s/$(date -u +%Y)-[0-9-]*/TODAY     /" "$folder/got"
cat >"$folder/wanted" <<'TEXT'
Mine
  Sam
    TODAY       . . o  3
    2999-04-01  ------ Event, 2 of 2 (Rae)
    2999-05-01  ------ =Moved (Sam)
  Sam: now 3. No earlier answer to compare.

How many
  Sam
    TODAY       7
    2999-04-01  -- Event, 2 of 2 (Rae)
    2999-05-01  -- =Moved (Sam)
  Sam: now 7. No earlier answer to compare.

What happened when
    1999-05-02  Event: =Moved (Rae)
    2999-04-01  Event, 2 of 2 (Rae)
    2999-05-01  Event: =Moved (Sam)
TEXT
is "what happened stands between the answers, on its day; what was taken out or may not be seen does not"
run trend --format csv K-9
tr -d '\r' <"$folder/got" | grep 'when#1.*service_user' >"$folder/lines"
mv "$folder/lines" "$folder/got"
cat >"$folder/wanted" <<'TEXT'
"K-9","when#1","Event","service_user","Sam","RECORD","1","INSTANT","true","DAY","'=Moved"
TEXT
is "csv: and what happened"
"$ALONGSIDE" trend --format json K-9 | sed -n '/"happened"/,$p' | grep -E '"(on|words|question)"' >"$folder/got"
cat >"$folder/wanted" <<'TEXT'
      "on": "1999-05-02",
      "question": "when#1",
      "words": "=Moved"
      "on": "2999-04-01",
      "question": "when#2",
      "words": "Event, 2 of 2"
      "on": "2999-05-01",
      "question": "when#1",
      "words": "=Moved"
TEXT
is "json: and what happened"
# What is written as JSON holds what its schema says, and nothing else.
if python3 -c 'import jsonschema' 2>/dev/null; then
    "$ALONGSIDE" schema trend >"$folder/schema"
    for ref in K-1 K-9; do
        "$ALONGSIDE" trend --format json $ref >"$folder/json"
        python3 -W ignore -c '
import json, jsonschema, sys
def closed(schema):
    if isinstance(schema, dict):
        schema = {key: closed(part) for key, part in schema.items()}
        return {**schema, "additionalProperties": False} if schema.get("type") == "object" else schema
    return [closed(part) for part in schema] if isinstance(schema, list) else schema
jsonschema.validate(json.load(open(sys.argv[2])), closed(json.load(open(sys.argv[1]))))' \
            "$folder/schema" "$folder/json" >"$folder/got" 2>&1
        : >"$folder/wanted"
        is "json: $ref is as its schema says"
    done
fi
run trend nowhere
cat >"$folder/wanted" <<'TEXT'
alongside trend: There is no assessment “nowhere” in HERE/cases. All that are there: alongside list
status 2
TEXT
is "no such case"
run trend --format xml K-1
cat >"$folder/wanted" <<'TEXT'
alongside trend: --format is text, json or csv.
status 2
TEXT
is "no such format"
echo "1..$n"
exit $failed
