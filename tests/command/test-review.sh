#!/bin/sh
# review: many records looked over and written down. Three records whose every number is counted by hand below, then
# what is refused, what is broken, hostile words, a sealed caseload, none at all.
# shellcheck source-path=SCRIPTDIR/..
. "$srcdir/tests/rows.sh"
root=$(cd "$srcdir" && pwd)
mkdir "$work/cases"
chmod 700 "$work/cases"
cat >"$work/team.yaml" <<'FORM'
form: team
version: "1.0"
title: Team
sections:
  - section: living
    title: Where I live
    questions:
      - {name: home, type: range, min: 1, max: 10, label: My home}
      - {name: area, type: range, min: 1, max: 10, label: The area}
  - section: mood
    title: How I feel
    questions:
      - {name: mood, type: range, min: 1, max: 5, label: My mood}
FORM
new() { # reference, practitioner, service user
    ref=$("$ALONGSIDE" new --no-open --ref "$1" "$work/team.yaml")
    record=$("$ALONGSIDE" list --format json | sed -n "s/.*\"path\": \"\(.*\)\",/\1/p" | head -n 1)
    by practitioner sat "\"people\":{\"practitioner\":\"$2\",\"service_user\":\"$3\"}" | run
    ref=$1
}
both() { # question, practitioner's, service user's, more of the practitioner's
    by practitioner answered "\"question\":\"$1\",\"value\":$2$4"
    by service_user answered "\"question\":\"$1\",\"value\":$3"
}
settled() { # disagreement, more of the proposal
    by practitioner proposed "\"disagreement\":\"$1\",$2"
    by practitioner confirmed "\"disagreement\":\"$1\""
    by service_user confirmed "\"disagreement\":\"$1\""
}
# K-1: three answered, two differ (by 3, by 1): both stand; the practitioner moved.
new K-1 Rae Sam
{
    both home 7 4 ',"because":"New lock fitted"'
    settled d1 '"as":"both_stand"'
    both area 5 5
    both mood 3 2
    settled d2 '"as":"agree","value":2'
} | run
# K-2: two answered, one differs (by 4) and is open.
new K-2 Rae Max
{
    both home 8 8
    both area 6 2 ',"because":"=HYPERLINK(1), quiet"'
} | run
# K-3: one answered, it differs (by 2): the service user moved.
new K-3 Ida Lou
{
    both mood 4 2
    settled d1 '"as":"agree","value":4'
} | run
review() { # arguments; a last line tells the status
    "$ALONGSIDE" review "$@" >"$got" 2>"$work/err" </dev/null
    echo "status $?" >>"$got"
    cat "$work/err" >>"$got"
    sed -i -E "s/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/g; s,$work,HERE,g" "$got"
}
same() { # the whole output, on standard input; blanks at the ends of lines aside
    cat >"$work/wanted"
    diff "$work/wanted" "$got" >"$work/differ" || wrong "$(cat "$work/differ")"
}
key() { # a python expression of d, what it is
    said=$(python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
print(json.dumps(eval(sys.argv[2]), separators=(",", ":")))' "$work/json" "$1" 2>&1)
    [ "$said" = "$2" ] || wrong "$1 is $said, not $2"
}
json() {
    "$ALONGSIDE" review --format json "$@" >"$work/json" 2>"$work/err" </dev/null
    echo "status $?" >"$got"
}

row "text: rows, the widest apart first"
review --sort -gap
same <<'TEXT'
Date        Case  Part          P  S  Gap  How it ended
DAY  K-2   Where I live  6  2    4  open
DAY  K-1   Where I live  7  4    3  both stand
DAY  K-3   How I feel    4  2    2  service user moved
DAY  K-1   How I feel    3  2    1  practitioner moved

What they see differently: 4 of 4
status 0
TEXT
end

row "text: groups stand in the order of their values, whatever they hold"
review --group part --sort case --columns case,gap --filter 'gap>=2'
same <<'TEXT'
Case  Gap
Part: How I feel (1)
K-3     2

Part: Where I live (2)
K-1     3
K-2     4

What they see differently: 3 of 4, filter: gap>=2
status 0
TEXT
end

row "filters: part by its name or title, several values, words, what was not said"
review --filter 'part=living ended=open,both_stand' --columns case --sort case
has K-1 K-2 "2 of 4"
lacks K-3
review --filter '"new LOCK"' --columns case
has K-1 "1 of 4"
review --filter 'why_p=""' --columns case --sort case
has "2 of 4" K-1 K-3
review --filter 'part="where i live" gap!=3' --columns case
has K-2 "1 of 4"
review --filter 'since=2999'
has "0 of 4" "status 0"
end

row "csv: the columns by their names, nothing that is worked out"
review --format csv --columns case,p,s,gap,ended,why_p --sort case,id
printf '%s\r\n' '"case","p","s","gap","ended","why_p"' \
    '"K-1","7","4","3","both_stand","New lock fitted"' \
    '"K-1","3","2","1","practitioner_moved",""' \
    "\"K-2\",\"6\",\"2\",\"4\",\"open\",\"'=HYPERLINK(1), quiet\"" \
    '"K-3","4","2","2","service_user_moved",""' >"$work/csv"
echo "status 0" >>"$work/csv"
same <"$work/csv"
review --format csv --filter case=K-9
is "$(wc -l <"$got")" 2
end

if python3 -c '' 2>/dev/null; then
    row "json: the counts"
    json
    has "status 0"
    key 'd["format"]' '"alongside-review/1"'
    key 'd["records"], d["broken"], d["compared"], d["differ"], d["whole"]' '[3,[],6,4,true]'
    key '{k: v for k, v in d["outcomes"].items() if v}' \
        '{"open":1,"practitioner_moved":1,"service_user_moved":1,"both_stand":1}'
    key 'd["moved"]["practitioner"], d["moved"]["service_user"], d["moved"]["both"], d["moved"]["sign_test"]["n"]' '[1,1,0,2]'
    key 'd["agreement"]["steps"], d["agreement"]["pairs"], [(s["steps"], s["pairs"]) for s in d["agreement"]["scales"]]' \
        '[10,4,[[10,4],[5,2]]]'
    key 'd["agreement"]["kappa"]["value"], d["agreement"]["kappa"]["n"], d["agreement"]["percent"]["value"]' '[null,4,null]'
    key '"fewer than 10" in d["agreement"]["percent"]["why"]' true
    end

    row "json: disagreements as in the export, with the record and the case they are of"
    json --sort case,id
    key '[(x["ref"], x["id"], x["outcome"]) for x in d["disagreements"]]' \
        '[["K-1","d1","both_stand"],["K-1","d2","practitioner_moved"],["K-2","d1",null],["K-3","d1","service_user_moved"]]'
    "$ALONGSIDE" export --format json K-1 >"$work/export"
    key '[{k: v for k, v in x.items() if k not in ("record", "ref")} for x in d["disagreements"][:2]] == json.load(open(sys.argv[1].replace("/json", "/export")))["disagreements"]' true
    key 'd["disagreements"][0]["record"] == json.load(open(sys.argv[1].replace("/json", "/export")))["record"]' true
    end

    row "json: a filter holds for all of it; rows of other tables by their columns"
    json --filter 'part=mood'
    key 'd["compared"], d["differ"], len(d["disagreements"]), d["records"], d["filter"]' '[2,2,2,3,"part=mood"]'
    json --table compared --sort case,question --columns case,question,p,s,differ,gap
    key 'd["rows"][0]' '{"case":"K-1","question":"area","p":5,"s":5,"differ":false,"gap":0}'
    key 'len(d["rows"]), "disagreements" in d' '[6,false]'
    json --figures --flags
    key '"rows" in d, "disagreements" in d, d["figures"][0]["name"], type(d["flags"]).__name__' '[false,false,"differ","list"]'
    end

    row "json: as its schema says"
    if python3 -c 'import jsonschema' 2>/dev/null; then
        "$ALONGSIDE" schema review >"$work/schema"
        for asked in "--sort=case" "--table=records" "--figures" "--flags" "--table=broken"; do
            json "$asked"
            python3 -c 'import json, sys, jsonschema
schema, tree = json.load(open(sys.argv[1])), json.load(open(sys.argv[2]))
jsonschema.Draft7Validator(schema).validate(tree)
known = lambda s: set(schema["definitions"][s]["properties"]) if s else set(schema["properties"])
def look(tree, name):
    extra = set(tree) - known(name)
    assert not extra, (name, extra)
look(tree, None)
for key in ("outcomes", "moved", "agreement"):
    look(tree[key], key)
for x in tree.get("disagreements", []):
    look(x, "disagreement")
for x in tree.get("figures", []):
    look(x, "kind")
    for line in x["lines"]:
        look(line, "line")' "$work/schema" "$work/json" >"$got" 2>&1 || wrong "$asked: $(tail -n 1 "$got")"
        done
    fi
    end

    row "B28 a practitioner's own log: what was seen differently, what they take from it, what a supervisor wrote"
    ref=K-1
    {
        by supervisor commented '"disagreement":"d1","text":"What did Sam say to the lock?","name":"Pat","as":"coaching"'
        by practitioner reflected '"disagreement":"d1","text":"I looked at the door, not at Sam"'
        by practitioner lesson '"disagreement":"d1","text":"Rae and Sam: ask who holds the key"'
    } | run
    review --filter 'lead=Rae' --columns case,lead,comments,unread --sort case,id
    same <<'TEXT'
Case  Lead  Comments  Unread
K-1   Rae          1       1
K-1   Rae          0       0
K-2   Rae          0       0

What they see differently: 3 of 4, filter: lead=Rae
status 0
TEXT
    review --table remarks --filter 'lead=Rae kind=coaching,reflection' --columns kind,by,text,read --sort kind
    has "coaching" "What did Sam say to the lock?" "reflection" "I looked at the door, not at Sam" "no" "2 of 3"
    review --table remarks --filter 'lead=Ida'
    has "0 of 3"
    end

    row "B12 lessons for others: no name, nothing that leads back to the case"
    review --table lessons
    has "The practitioner and the service user: ask who holds the key" "Where I live" "1 of 1"
    lacks Rae Sam K-1
    json --table lessons
    key 'sorted(d["rows"][0])' '["by","date","form","part","text"]'
    key 'len(d["rows"][0]["date"])' 7
    end
fi

row "line by line: pages, filter, sort, groups, search, marks, back"
lines() { # what is typed, a line each, on standard input; arguments for the command
    "$ALONGSIDE" review --accessible "$@" >"$got" 2>&1 || wrong "status $?"
    sed -i -E "s/[0-9]{4}-[0-9]{2}-[0-9]{2}/DAY/g; s,$work,HERE,g" "$got"
}
across=yes
printf 's -gap\nf gap>=2\ng part\n/ sam\n/ K-1\nm 2\nM\nM\nback\nback\nq\n' | lines
has "What they see differently: 4 of 4." "1. Date: DAY. Case: K-2. Part: Where I live. Practitioner: 6. Service user: 2. Gap: 4. How it ended: open." \
    "What they see differently: 3 of 4. Filter: gap>=2" "Part: How I feel (1)" "Part: Where I live (2)" \
    "No row has these words." "Row 2 is marked. Marked: 1." "Marked ones only." "There is nothing to go back to."
printf 'f gop>2\nf pa?\nf ended=o?\nf gap>\nt\nt wrong\nc\nwrong\n99\n?\nq\n' | lines
has "did you mean “gap”?" "part the part of the form" "open" "promises: one row for each promise" \
    "there is no table “wrong”" "why_s: the service user's reason" "That is not a word here." "There is no row 99." \
    "What you can type:"
end

row "line by line: a row, whole: both people's words beside each other, the talk, the sitting, over time"
printf 's case,id\n1\n\nq\n' | lines --filter 'ended=both_stand'
has "My home Both views stand" "First. Rae: 7. Sam: 4." "Why. Rae: “New lock fitted”. Sam: nothing said." \
    "All that was said about it:" "Rae put forward to keep both answers" "The sitting it was found in:" \
    "Here they were found to see it differently." "Rae answered “5”. (The area)" "The same question over time:" \
    "Rae: 7 “New lock fitted”. Sam: 4."
end

row "line by line: figures open their rows, questions, saving"
printf 'figures\nfigures differ\nv 1\nback\ndefine 1\nmeans kinds\nfigures 999\nfigures none\nQ\nx HERE/lines.csv\nx\nq\n' | sed "s,HERE,$work," | lines
has "How much they differ" "4 of 6" "What both answered: 4 of 6" "count / n" "differ. How much they differ. They see it differently at first: 4 of 6" "There is no such line." \
    "There is no figure “none”." \
    "Saved as csv: HERE/lines.csv"
is "$(wc -l <"$work/lines.csv")" 5
end

row "line by line: words that people would type are understood as well as the letters"
printf '%s\n' 'sort -gap' 'Filter gap>=2' 'GROUP part' 'find sam' 'mark 2' marked marked back 'columns case' 'columns usual' \
    'open 1' next '' 'table sittings' 'table broken' back 'open 99' 'show' 'filtr gap>2' 'next' 'prev' again stop help quit |
    lines
has "Filter: gap>=2" "Part: How I feel (1)" "No row has these words." "Row 2 is marked. Marked: 1." "Marked ones only." \
    "Sittings: 3 of 3." "What both say:" "There is no row 99." "Type the number of a row." \
    "Did you mean “filter”?" "That is all of them." "Nothing is being read now." "f or filter FILTER: Show some rows" \
    "a or comment: Write a comment."
printf '%s\n' 'comment' 'answer 1' Pat '' 'sign 1' no 'comment 1' '' q | lines --sort case,id
has "Type the number of its row too, like: comment 3" "It was not signed." "Nothing was written."
lacks "Saved."
end

row "line by line: a comment, under a name that is asked once, and what is referred"
printf 's case,id\n3\n?\na\nPat Green\nAsk Max what he saw\nR\nNo\nL\nAsk both\n\nt remarks\nq\n' | lines
has "Saved. Both find it in the record." "Your name, as both will read it:" "What: comment. By: supervisor." \
    "Words: Ask Max what he saw" "What: lesson"
is "$(grep -c 'Your name, as' "$got")" 1
"$ALONGSIDE" export --format json K-2 >"$got"
has "Ask Max what he saw" "Pat Green"
across=no
end

row "what is asked for can be seen, and what cannot be had is refused before anything is read"
review --list
has disagreements compared records sittings promises happened episodes remarks lessons broken
review --list --table sittings
has "minutes" "(a number)" "who had the keyboard first: service_user, practitioner or in_turns"
review --table disagrements
has "did you mean “disagreements”?" "status 2"
review --filter 'gapp>2'
has "did you mean “gap”?" "status 2"
review --filter 'gap>two'
has "“gap” is a number" "status 2"
review --sort -gop
has "did you mean “gap”?" "status 2"
review --group ende
has "did you mean “ended”?" "status 2"
review --columns case,wrong
has "there is no column “wrong”" "status 2"
review --format yaml
has "it is text, csv or json" "status 2"
review "$work/nowhere.jsonl"
has "There is nothing at HERE/nowhere.jsonl" "status 2"
review K-7
has "There is no assessment “K-7”" "status 2"
end

row "paths: one record by its reference, a folder, both and the same twice"
review K-3 --columns case
has K-3 "1 of 1"
review "$work/cases" --columns case
has "4 of 4"
review "$work/cases" K-3 --columns case
has "4 of 4" "status 0"
mkdir "$work/copies"
chmod 700 "$work/copies"
cp "$work"/cases/*.jsonl "$work/copies"
review "$work/cases" "$work/copies" --columns case
has "4 of 4" "status 1" "is left out: the same record lies also in"
end

row "--output: a new file, never over one that is there"
review --output "$work/rows.csv" --format csv
has "status 0"
is "$(wc -l <"$work/rows.csv")" 5
review --output "$work/rows.csv" --format csv
has "is there already" "--force" "status 2"
end

row "broken ones are listed with their reason, and stop no other"
cp "$work"/copies/*.jsonl "$work/cases"
one=$(find "$work/cases" -name '*.jsonl' | sort | head -n 1)
printf 'no record\n' >"$work/cases/01BX5ZZKBKACTAV9WEVGEMMVRZ.jsonl"
sed -i '3s/value/valve/' "$one"
review --columns case
has "status 1" "01BX5ZZKBKACTAV9WEVGEMMVRZ.jsonl" "damaged" "of "
is "$(grep -c '^alongside review: ' "$got")" 2
review --table broken --columns why
has "2 of 2" "status 1"
review --no-index --table records --columns case
has "2 of 2"
if python3 -c '' 2>/dev/null; then
    json
    key 'd["records"], len(d["broken"]), all(b["why"] for b in d["broken"])' '[2,2,true]'
fi
rm "$work/cases/01BX5ZZKBKACTAV9WEVGEMMVRZ.jsonl"
cp "$work"/copies/*.jsonl "$work/cases"
review --columns case
has "status 0" "4 of 4"
end

row "nothing raw: words that would act on a terminal are shown, and stay in their cell"
new "K-4" Rae "$(printf 'Lo\\u001b[31m\\u202eu')"
printf '%s\n' '{"by":"practitioner","event":"answered","question":"home","value":9,"because":"a\u001b]0;x\u0007\nb\u202ec"}' \
    '{"by":"service_user","event":"answered","question":"home","value":1}' | run
for format in text csv json; do
    "$ALONGSIDE" review --format $format --filter case=K-4 --columns all >"$got" 2>&1
    if LC_ALL=C grep -q "$(printf '[\033\007]')" "$got" || grep -q "$(printf '\342\200\256')" "$got"; then
        wrong "$format has something raw in it"
    fi
    has "b"
done
"$ALONGSIDE" review --filter "$(printf 'x\033[31m=1')" >"$got" 2>&1
if LC_ALL=C grep -q "$(printf '\033')" "$got"; then wrong "a filter that is refused is told raw"; fi
end

row "an empty caseload, and one that is not there"
mkdir "$work/none"
chmod 700 "$work/none"
review --caseload "$work/none"
has "There are no records there." "0 of 0" "status 0"
review --caseload "$work/never"
has "There are no records there." "status 0"
end

row "a sealed caseload is unlocked first, and stays locked without its passphrase"
printf 'correct horse battery staple mended\n' >"$work/pass"
"$ALONGSIDE" protect --light --new-passphrase-file "$work/pass" --code-file "$work/code" >"$got" 2>&1 ||
    "$ALONGSIDE" protect --light --passphrase-file "$work/pass" >"$got" 2>&1
review --columns case
has "is locked" "status 2"
"$ALONGSIDE" review --passphrase-file "$work/pass" --columns case --sort case >"$got" 2>&1
has K-1 K-4 "5 of 5"
end
finish
