#!/bin/sh
# report: the commissioner's report. Six people whose every number is counted by hand below; then a made-up caseload, of
# which no name, reference, id or day may be in it; few people; what is refused; a sealed caseload; a golden text.
# shellcheck source-path=SCRIPTDIR/..
. "$srcdir/tests/rows.sh"
root=$(cd "$srcdir" && pwd)
forms=$root/forms
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
  - section: mood
    title: How I feel
    questions:
      - {name: mood, type: range, min: 1, max: 5, label: My mood}
FORM
record=
new() { # reference, practitioner, service user, what each says of their words being used, more
    ref=$1
    record=$("$ALONGSIDE" new --no-open --ref "$1" ${6:+--follows "$6"} "$work/team.yaml")
    {
        by practitioner sat "\"people\":{\"practitioner\":\"$2\",\"service_user\":\"$3\"}"
        [ "$4" ] && by practitioner told "\"topic\":\"voice\",\"value\":\"$4\""
        [ "$5" ] && by service_user told "\"topic\":\"voice\",\"value\":\"$5\""
    } >"$work/intents"
    "$ALONGSIDE" apply "$record" "$work/intents" >"$work/said" 2>&1 || bail
}
act() { # intents on standard input, to the newest record
    "$ALONGSIDE" apply "$record" - >"$work/said" 2>&1 || bail
}
both() { # question, practitioner's, service user's, the reason of each
    by practitioner answered "\"question\":\"$1\",\"value\":$2${4:+,\"because\":\"$4\"}"
    by service_user answered "\"question\":\"$1\",\"value\":$3${5:+,\"because\":\"$5\"}"
}
settled() { # disagreement, more of the proposal
    by practitioner proposed "\"disagreement\":\"$1\",$2"
    by practitioner confirmed "\"disagreement\":\"$1\""
    by service_user confirmed "\"disagreement\":\"$1\""
}
report() { # arguments; a last line tells the status
    "$ALONGSIDE" report "$@" >"$got" 2>"$work/err" </dev/null
    echo "status $?" >>"$got"
    cat "$work/err" >>"$got"
}
json() {
    "$ALONGSIDE" report --format json "$@" >"$work/json" 2>"$work/err" </dev/null
    echo "status $?" >"$got"
}
cat >"$work/helpers.py" <<'PY'
import json, sys
d = json.load(open(sys.argv[1]))
parts = {p["name"]: p for p in d["parts"]}
figures = {i["name"]: i for p in d["parts"] for i in p["items"] if i["kind"] == "figure"}
rows = [r for f in figures.values() for r in f["rows"]]
items = lambda part, kind: [i for i in parts[part]["items"] if i["kind"] == kind]
def row(figure, label):
    return next(r for r in figures[figure]["rows"] if r["label"] == label)
def count(figure, label):
    r = row(figure, label)
    return r["count"], r["of"]
PY
key() { # a python expression, what it is as JSON
    said=$( (cat "$work/helpers.py"; echo 'print(json.dumps(eval(sys.argv[2]), separators=(",", ":"), ensure_ascii=False))') |
        python3 - "$work/json" "$1" 2>&1)
    [ "$said" = "$2" ] || wrong "$1 is $said, not $2"
}
have_python=no
python3 -c '' 2>/dev/null && have_python=yes

# K-1 to K-4: home alike. K-5: home 8 and 3, both views stand; both say yes to voice. K-6: mood 4 and 2, the service user
# moved; the practitioner says yes, the service user no. K-1 has a second record: home from 7 to 9 (practitioner), 7 to 6.
row "B29 made only from what is recorded: no question, no change"
new K-1 Rae Sam yes yes
both home 7 7 | act
first=$record
new K-1 Rae Sam '' '' "$first"
both home 9 6 "It is dry now" "It is loud" | act
for i in 2 3 4; do
    new "K-$i" Rae "Max$i" no ''
    both home 5 5 | act
done
new K-5 "Rae Cole" "Lou Marsh" yes yes
{
    both home 8 3 "Lou told me on 2026-03-02" "Rae Cole was not there, ring 07700 900123"
    settled d1 '"as":"both_stand"'
    by practitioner promised '"text":"I ring the landlord"'
    by practitioner lesson '"disagreement":"d1","text":"Ask Lou who holds the key"'
} | act
new K-6 Ida Jo yes no
{
    both mood 4 2 "A good week" "Not a word of this"
    settled d1 '"as":"agree","value":4'
    by service_user lesson '"disagreement":"d1","text":"Nobody may read this of mine"'
} | act
cat "$work"/cases/*.jsonl | cksum >"$work/before"
report
has "status 0" "What this is" "How much was done" "How it was done" "What each figure means" "Nobody was asked"
cat "$work"/cases/*.jsonl | cksum | cmp -s - "$work/before" || wrong "a record has changed"
[ ! -s "$work/err" ] || wrong "it said something"
end

if [ $have_python = yes ]; then
    # 6 people, 7 records, 1 follows; home 7 times, mood once; differ: K-1's second (9, 6), K-5, K-6.
    row "every number by hand, beside both movers"
    json
    has "status 0"
    key 'd["format"]' '"alongside-report/1"'
    key '[p["name"] for p in d["parts"]]' '["about","outputs","quality","engagement","change","voices","definitions"]'
    key 'count("people","People")' '[6,null]'
    key 'count("people","Assessments and reviews that were begun")' '[7,null]'
    key 'count("time","Sittings")' '[7,null]'
    key 'count("answers","Questions that both answered")' '[7,null]'
    key 'count("answers","Things that they saw differently")' '[3,null]'
    key 'count("answers","Of these, talked over and closed")' '[2,null]'
    key 'count("promised","By the practitioner")' '[1,1]'
    key 'count("differ","They see it differently at first")' '[3,7]'
    key 'count("outcomes","The practitioner moved")' '[0,3]'
    key 'count("outcomes","The service user moved")' '[1,3]'
    key 'count("outcomes","Both views stand")' '[1,3]'
    end

    row "A35 staff promises, and late and called off by whom, are in it with both people's word"
    key '[r["label"] for r in figures["promises"]["rows"]][:4:2]' \
        '["The practitioner'"'"'s promises","The practitioner says what became of it"]'
    key '[any(w in r["label"] for r in figures["attendance"]["rows"]) for w in ("Called off","Began late","Missed")]' '[true,true,true]'
    end

    row "B35 each share and figure has its n, and under 10 there is none: too few to say"
    key '[r["label"] for r in rows if r["shape"] in ("share","value") and not r["few"] and r["n"] is None]' '[]'
    key '[r["label"] for r in rows if r["value"] is not None and r["n"]<10]' '[]'
    key '[r["label"] for r in rows if r["shape"] in ("share","value") and r["value"] is None and not r["why"]]' '[]'
    key '[r["label"] for r in rows if r["shape"]=="share" and r["value"] is not None and r["low"] is None]' '[]'
    key 'row("differ","They see it differently at first")["why"]' '"too few to say"'
    end

    row "B24 outputs apart from quality, and nothing that mixes or sums them up"
    key 'len(figures)==sum(i["kind"]=="figure" for p in d["parts"] for i in p["items"])' true
    key '[k for k,v in d.items() if isinstance(v,(int,float))]' '[]'
    key '[k for p in d["parts"] for k,v in p.items() if isinstance(v,(int,float))]' '[]'
    key '[k for p in d["parts"] for i in p["items"] for k,v in i.items() if isinstance(v,(int,float))]' '[]'
    key '[w for w in ("score of","overall","composite","rating","ranking","league","index") if w in json.dumps(d).lower()]' '[]'
    cp "$work/json" "$work/all"
    json --part outputs
    key '[p["name"] for p in d["parts"]]' '["outputs"]'
    key 'sorted(set(figures)&{"differ","outcomes","moved","promises","attendance"})' '[]'
    key 'parts["outputs"]==next(p for p in json.load(open(sys.argv[1].replace("json","all")))["parts"] if p["name"]=="outputs")' true
    json --part quality
    key '[p["name"] for p in d["parts"]]' '["quality"]'
    key 'sorted(set(figures)&{"people","time","answers","promised","contact"})' '[]'
    end

    row "B13 each figure has its definition, formula and source beside it"
    json
    key '[n for n,f in figures.items() if not f["text"] or not f["formula"]]' '[]'
    key '[n for n,f in figures.items() if f["formula"]!="a count" and not f["source"]]' '[]'
    key '[f["title"] for f in figures.values() if f["title"] not in [i["title"] for i in items("definitions","term")]]' '[]'
    report --format html
    is "$(grep -o 'Worked out: ' "$got" | wc -l | tr -d ' ')" "$(python3 -c '
import json, sys
d = json.load(open(sys.argv[1]))
n = sum(i["kind"] == "figure" for p in d["parts"] for i in p["items"])
print(2 * n)' "$work/json")"
    end

    row "both views over time, never added up"
    key 'count("first_to_last","Questions that both answered first and last")' '[1,null]'
    key 'count("first_to_last","The practitioner: higher")' '[1,1]'
    key 'count("first_to_last","The service user: higher")' '[0,1]'
    key 'count("first_to_last","The service user: lower")' '[1,1]'
    key 'row("first_to_last","People with more than one record to look at")["words"]' '"fewer than 5"'
    end

    row "B12 words of those alone who said yes, without names, beside each other"
    key '[i["title"] for i in items("voices","voice")]' '["The service user moved","Both views stand"]'
    key 'items("voices","voice")[1]["said"]["practitioner"]["answer"]' '"8"'
    key 'items("voices","voice")[1]["said"]["practitioner"]["words"].startswith("The service user told me on ")' true
    key '"900123" in json.dumps(d)' false
    key 'items("voices","voice")[0]["said"]["practitioner"]["words"]' '"A good week"'
    key 'items("voices","voice")[0]["said"]["service_user"]' null
    key '[i["text"] for i in items("voices","lesson")]' '["Ask the service user who holds the key"]'
    key '"Not a word" in json.dumps(d) or "Nobody may read" in json.dumps(d)' false
    key 'count("may_be_heard","What service users said")' '[6,null]'
    key '[r["words"] for r in figures["may_be_heard"]["rows"] if r["label"]=="Service users: no"]' '["fewer than 5 of 6"]'
    report --part voices
    has "somebody who knows the people has to read it" "Has not said that their"
    lacks Rae Cole Marsh "Lou " K-5
    end

    row "what it writes is what its schema says"
    "$ALONGSIDE" schema report >"$work/schema"
    if python3 -c 'import jsonschema' 2>/dev/null; then
        python3 -W ignore -c 'import json, sys, jsonschema
schema, tree = (json.load(open(f)) for f in sys.argv[1:3])
jsonschema.validate(tree, schema)' "$work/schema" "$work/json" >"$got" 2>&1 || wrong "$(tail -n 1 "$got")"
        end
    else
        skip "python3-jsonschema is not installed"
    fi
fi

row "fewer than 5 people: what would be about somebody is left out"
report K-2 K-3 K-4 K-5
has "fewer than 5 people" "left out: too few to say" "Sittings"
lacks "holds the key" "How much they differ" "Still"
end

row "what is asked for is told, and what picks out a person is refused before anything is read"
report --since 2026-03-12 --until 2026-02
has "ends before it begins" "status 2"
report --since soon
has "“soon” is no day for --since" "status 2"
for filter in case=K-5 person=Sam lead=Rae record=0 'why_p~"a"' Sam '"Sam"' 'gap>2 Rae'; do
    report --filter "$filter"
    has "The filter cannot hold" "status 2"
done
report --filter date=2026-03-12
has "--since and --until" "status 2"
report --filter since=2026-03-12
has "--since and --until" "status 2"
report --filter gapp=2
has "did you mean “gap”?" "status 2"
report --filter part=living --part quality
has "status 0" "The filter says nothing of all that is counted here"
report --filter part=living --part about
has "Only what fits this filter is in it: part=living"
report --part output
has "did you mean “outputs”?" "status 2"
report --format pdf
has "it is text, html or json" "status 2"
report K-9
has "There is no assessment “K-9”" "status 2"
report --since 1999 --until 1999-03-12 --part about
has "from January 1999 to March 1999" "fewer than 5 people" "status 0"
report --title 'A <b>"title"</b>' --format html --part about
has '<h1>A &lt;b&gt;&quot;title&quot;&lt;/b&gt;</h1>' "status 0"
end

row "a record that cannot be read is told and not in it"
cp -r "$work/cases" "$work/torn"
rm -f "$work/torn/.alongside-review.db"
one=$(find "$work/torn" -name '*.jsonl' | sort | head -n 1)
sed -i '3s/[a-z]/X/' "$one"
report "$work/torn" --part about
has "could not be read, and are not in it: 1" "Not in it: 1 of 7 records" "status 1"
end

# ---- a made-up caseload ----

make=$PWD/tests/bench/make-caseload
ALONGSIDE_FORMS=$forms "$make" "$work/many" 120 11 2 0 >"$work/said" 2>&1 || bail
row "nobody is named in it, no case and no day, in any format"
for format in text html json; do
    "$ALONGSIDE" report "$work/many" --format $format >"$work/report.$format" 2>>"$work/err" </dev/null || wrong "$format: it ended with $?"
done
cat "$work"/report.* >"$got"
"$ALONGSIDE" review "$work/many" --table records --format csv --columns case,person,lead,record |
    tail -n +2 | tr -d '\r' | tr ',' '\n' | sort -u >"$work/names"
"$ALONGSIDE" review "$work/many" --table remarks --format csv --columns name | tail -n +2 | tr -d '\r' | sort -u >>"$work/names"
grep -v '^$' "$work/names" | sort -u >"$work/known"
[ "$(wc -l <"$work/known")" -gt 150 ] || wrong "there are hardly any names to look for"
grep -owFf "$work/known" "$got" | sort | uniq -c | head -n 5 >"$work/found"
[ ! -s "$work/found" ] || wrong "there: $(tr -s '\n ' '  ' <"$work/found")"
grep -noE '[0-9]{4}-[0-9]{2}-[0-9]{2}' "$got" | head -n 3 >"$work/found"
[ ! -s "$work/found" ] || wrong "a day: $(cat "$work/found")"
cp "$work/report.text" "$got"
has "Both views stand" "What people say"
end

row "the page: well-formed, complete in itself, in the order that it is read in"
cp "$work/report.html" "$got"
has "default-src &#39;none&#39;; style-src &#39;sha256-" '<html lang="en">' '<caption>' 'scope="col"' 'scope="row"' '<title'
sed -i 's,xmlns="http://www.w3.org/2000/svg",,g' "$got"
lacks '<script' '://' 'url(h' 'url(&' 'src=' '<img' '<link' ' style="' 'onclick'
if [ $have_python = yes ]; then
    python3 -c '
import sys, re, base64, hashlib, xml.dom.minidom as m
text = open(sys.argv[1], encoding="utf-8").read()
page = m.parseString(text)
style = page.getElementsByTagName("style")[0].firstChild.data
said = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
assert "sha256-" + said in text.replace("&#39;", chr(39)), "the policy is for another style"
levels = [int(n) for n in re.findall(r"<h([1-6])", text)]
assert levels[0] == 1 and levels.count(1) == 1, levels[:5]
assert all(b - a <= 1 for a, b in zip(levels, levels[1:])), "a heading is left out"
ids = re.findall(r" id=\"([^\"]*)\"", text)
assert len(ids) == len(set(ids)), "an id stands twice"
assert all(h in ids for h in re.findall(r"href=\"#([^\"]*)\"", text))
assert all(t.getElementsByTagName("caption") for t in page.getElementsByTagName("table"))
pictures = page.getElementsByTagName("svg")
assert len(pictures) >= 3 and all(p.getElementsByTagName("title") and p.getElementsByTagName("desc") for p in pictures)
' "$work/report.html" >"$work/found" 2>&1 || wrong "$(tail -n 1 "$work/found")"
fi
end

row "what was counted from one folder is counted from the same records by name"
"$ALONGSIDE" report "$work"/many/*.jsonl --no-index --part outputs >"$work/by-name" 2>&1 </dev/null
"$ALONGSIDE" report "$work/many" --part outputs 2>&1 </dev/null | diff - "$work/by-name" >"$got" || wrong "it differs"
end

# The words of a fixed caseload, but for what depends on today; GOLDEN_UPDATE=1 writes it anew.
row "the text is as it was"
{
    for part in about outputs change voices; do
        "$ALONGSIDE" report "$work/many" --part $part </dev/null
    done
} 2>&1 | sed -E 's/^Made in [A-Z][a-z]+ [0-9]+\.$/Made in MONTH./' >"$got"
[ "${GOLDEN_UPDATE:-}" ] && cp "$got" "$root/tests/report/golden/report.txt"
diff "$root/tests/report/golden/report.txt" "$got" >"$work/found" || wrong "$(head -n 20 "$work/found")"
end

row "a sealed caseload"
printf 'correct horse battery staple six words\n' >"$work/phrase"
cp -r "$work/cases" "$work/sealed"
report "$work/sealed" --part outputs
cp "$got" "$work/open"
if "$ALONGSIDE" protect --caseload "$work/sealed" --light --passphrase-file "$work/phrase" >"$work/said" 2>&1 </dev/null; then
    "$ALONGSIDE" --passphrase-file "$work/phrase" report "$work/sealed" --part outputs >"$got" 2>"$work/err" </dev/null
    echo "status $?" >>"$got"
    diff "$work/open" "$got" >"$work/found" || wrong "$(cat "$work/found" "$work/err")"
    "$ALONGSIDE" --passphrase-file "$work/phrase" report "$work/sealed" --part voices >"$got" 2>"$work/err" </dev/null
    has "Ask the service user who holds the key"
    report "$work/sealed"
    has "status 2"
else
    wrong "it cannot be sealed: $(cat "$work/said")"
fi
end
finish
