#!/bin/sh
# The receipt, as the people who hold the paper meet it: what stands on a copy, and what `alongside verify` says of its
# code: this record's, an older copy's, another record's, mistyped, of a record that was changed. And row A44.
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
. "${srcdir:-.}/tests/rows.sh"
across=yes
status=0

begin() { # reference
    ref=$1
    record=$("$ALONGSIDE" new whole-life --ref "$ref" --no-open 2>"$work/said" </dev/null) || wrong "$(cat "$work/said")"
    run '{"by":"practitioner","event":"sat","people":{"practitioner":"Rae","service_user":"Sam"}}'
}
run() { # intents, which must all be taken
    printf '%s\n' "$@" | "$ALONGSIDE" apply "$ref" - >"$work/said" 2>&1 || wrong "$(cat "$work/said")"
}
copy() { # to standard output as on paper; what is said besides is in $work/said
    "$ALONGSIDE" copy "$@" >"$got" 2>"$work/said"
    status=$?
}
code() { # the one on the paper in front
    sed -n 's/^  \([0-9A-Z-]\{19\}-[0-9A-Z*~$=]\) .*/\1/p' "$got"
}
verify() {
    "$ALONGSIDE" verify "$@" >"$got" 2>&1 </dev/null
    status=$?
}
alone() { # where there are no others to look at: each try takes its time
    verify --caseload "$work/none" "$@"
}
ends() { # exit status
    [ "$status" = "$1" ] || wrong "it ended with $status instead of $1"
}
another() { # another figure than this one
    if [ "$1" = 7 ]; then echo 4; else echo 7; fi
}
in_days() { # as the record has it
    date -d "+$1 days" +%F
}

# ---- A44 ----

row "A44 an open door: the slip has the next slot, and room to ask for a session"
begin a44
soon=$(in_days 14)
run "{\"by\":\"service_user\",\"event\":\"told\",\"topic\":\"next\",\"value\":\"$soon\",\"notes\":{\"time\":\"10:30\",\"place\":\"Room 3\"}}" \
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Ring the council about the flat, and ask for Mr Hall\",\"by_when\":\"$soon\"}" \
    "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"Find out about the bus\"}" \
    "{\"by\":\"service_user\",\"event\":\"promised\",\"text\":\"Bring the letter\",\"by_when\":\"$soon\"}"
copy --as slip a44
has "We meet next: $(LC_ALL=C date -d "$soon" '+%-d %B %Y'), 10:30, Room 3"
has "Ask for a session"
has "Please make time for me. Best on: _____"
has "You need not say why."
end

row "A44 the slip: what both promised, beside each other, with the days; what both have spoken on is not on it"
has "Rae │ Sam"
has "Bring the letter (by $(LC_ALL=C date -d "$soon" '+%-d %B')" # the year is on the next line
has "- Find out about the bus"
run '{"by":"practitioner","event":"kept","promise":4,"kept":true}'
copy --as slip a44
has "Find out about the bus"
run '{"by":"practitioner","event":"kept","promise":5,"kept":true}' '{"by":"service_user","event":"kept","promise":5,"kept":true}'
copy --as slip a44
lacks "Find out about the bus"
has "Ring the council"
end

row "A44 the slip is half a page, however much was promised"
for i in 1 2 3 4 5; do
    run "{\"by\":\"practitioner\",\"event\":\"promised\",\"text\":\"A promise of some length, number $i of them\",\"by_when\":\"$soon\"}" \
        "{\"by\":\"service_user\",\"event\":\"promised\",\"text\":\"One of mine, as long as that, number $i\",\"by_when\":\"$soon\"}"
done
copy --as slip a44
has "and 3 more"
[ "$(wc -l <"$got")" -le 33 ] || wrong "$(wc -l <"$got") lines"
awk 'length($0) > 80 * 3 { exit 1 }' "$got" || wrong "too wide"
end

row "A44 where no day was agreed on, or it is over, the slip has room to write one"
begin a44b
copy --as slip a44b
has "We meet next: ______"
has "Nothing is open."
end

# ---- what stands on a copy ----

row "the receipt is on every copy, with the number of lines, the whole head and the record's id"
begin one
for kind in full slip; do
    copy --as $kind one
    head=$("$ALONGSIDE" verify one | sed 's/.* Head //')
    [ -n "$(code)" ] || wrong "no code on $kind"
    has "($(grep -c '' "$record") entries)"
    has "$head"
    has "$(basename "$record" .jsonl)"
    ends 0
done
has "Copy number 2"
end

row "the copy says in plain words what the code proves and what not"
copy one
has "What it proves: nothing was changed, taken out or put in between since then."
has "What it does not prove: who was at the keyboard, or that what two people wrote down is true."
has "alongside verify RECORD --receipt '$(code)'"
end

row "a copy is noted in the record, by the service user unless it is said otherwise"
begin noted
copy noted
copy --by practitioner --to "Sam's mother" --as slip noted
has "Copy for Sam's mother"
tail -n 2 "$record" >"$got"
has '"by":"service_user","event":"copied","as":"full"'
has '"by":"practitioner","event":"copied","as":"slip","to":"Sam'"'"'s mother"'
end

row "a copy that cannot be written is not noted"
lines=$(grep -c '' "$record")
echo mine >"$work/taken"
for place in "$work/taken" "$work" "$work/nowhere/copy.txt"; do
    copy noted --output "$place"
    ends 2
done
[ "$(cat "$work/taken")" = mine ] || wrong "it was written over"
[ "$(grep -c '' "$record")" = "$lines" ] || wrong "it was noted"
cp "$work/said" "$got"
has "Nothing can be written in the folder"
copy noted --force --output "$work/taken"
ends 0
grep -q 'Copy number 3' "$work/taken" || wrong "not written"
end

row "a damaged record has a copy too, not noted, and it says so"
sed '3s/full/fool/' "$record" >"$work/damaged.jsonl"
copy "$work/damaged.jsonl"
ends 0
has "This copy has no number: it could not be noted in the record."
has "(2 entries)"
lacks "Copy number"
grep -q 'The copy is not noted in the record: it is damaged from line 3 on' "$work/said" || wrong "not said"
end

# ---- the code held against the record ----

row "verify --receipt: matches; and with what was written since"
begin two
copy two
first=$(code)
verify two --receipt "$first"
has ": matches. It is the code of copy 1, made on 20"
has ", over all 3 entries."
ends 0
run '{"by":"service_user","event":"noted","text":"one more"}'
verify two --receipt "$first"
has ": matches, and 1 entry was added since. It is the code of copy 1"
run '{"by":"service_user","event":"noted","text":"and another"}'
verify two --receipt "$first"
has ": matches, and 2 entries were added since."
ends 0
end

row "an old code is told as an earlier copy's"
copy two
second=$(code)
verify two --receipt "$first"
has "It is the code of copy 1"
has "over 3 entries. 1 newer copy was made."
verify two --receipt "$second"
has ": matches. It is the code of copy 2"
end

row "a code is read as people write it"
verify two --receipt "$(printf %s "$first" | tr 'A-Z-' 'a-z ' | sed 's/0/o/g; s/1/l/g')"
has ": matches, and 3 entries"
ends 0
end

row "a mistyped code is told from a changed record: nothing is said of the record at all"
verify two --receipt "$(another "${first%"${first#?}"}")${first#?}"
has "mistyped"
lacks "match"
ends 2
verify two --receipt "${first%???}"
has "This one has"
ends 2
verify two --receipt "U${first#?}"
has "“U” can only stand at the very end"
ends 2
end

row "the code of another record's copy: it says whose it is"
begin three
copy three
other=$(code)
verify two --receipt "$other"
has ": does not match. It is the code of copy 1, made on 20"
has ", of another record: three, $(basename "$record" .jsonl)."
ends 1
alone "$(grep -l '"ref":"two"' "$ALONGSIDE_CASELOAD"/*.jsonl)" --receipt 0000-0000-0000-0000-0
has ": does not match. The code is typed as it was printed, but nothing in this record gives it."
ends 1
end

row "a code of a line where no copy was noted is found too"
record=$(grep -l '"ref":"two"' "$ALONGSIDE_CASELOAD"/*.jsonl)
head -n 4 "$record" >"$work/short.jsonl"
"$ALONGSIDE" export --format json "$work/short.jsonl" >"$work/short.json"
export=$(sed -n 's/.*"receipt": "\(.*\)".*/\1/p' "$work/short.json")
verify two --receipt "$export"
has ": matches, and 2 entries were added since. It is the code of the first 4 entries"
has "no copy was noted there"
end

row "entries cut off the end of a record: the chain cannot show that, the receipt does"
verify "$work/short.jsonl"
ends 0
verify "$work/short.jsonl" --receipt "$first"
has ": matches, and 1 entry was added since."
alone "$work/short.jsonl" --receipt "$second"
has ": does not match."
ends 1
end

row "a record edited by hand: the damage is told, and what the code is of up to there"
sed '5s/another/other/' "$record" >"$work/edited.jsonl"
verify "$work/edited.jsonl" --receipt "$first"
has "line 5: its hash does not match"
has ": matches, and 1 entry was added since."
ends 1
alone "$work/edited.jsonl" --receipt "$second"
has ": does not match."
ends 1
end

row "one code is held against one record"
verify two three --receipt "$first"
has "a receipt code is of one record"
ends 2
end

# ---- the word ----

row "the word that the service user adds at the end stands on the copy, and verify shows it"
begin word
run '{"by":"practitioner","event":"told","topic":"recap","value":true}' \
    '{"by":"service_user","event":"closed","word":"kingfisher"}'
for kind in full slip; do
    copy --as $kind word
    has "Your own word: “kingfisher”"
done
verify word --receipt "$(code)"
has "entry 4 was closed with the word “kingfisher”."
has ": matches."
end

# ---- exports ----

row "verify --receipt-only: an export, YAML or JSON, held against its own code"
for kind in yaml json; do
    "$ALONGSIDE" export word --output "$work/word.$kind"
    verify --receipt-only "$work/word.$kind"
    has ": matches. Its code,"
    has "only the record itself can show"
    ends 0
done
end

row "verify --receipt-only: and against the paper"
copy word
paper=$(code)
"$ALONGSIDE" export word --force --output "$work/word.yaml"
verify --receipt-only "$work/word.yaml" --receipt "$paper"
has ": matches the code on the paper"
ends 0
verify --receipt-only "$work/word.json" --receipt "$paper"
has ": does not match the code on the paper."
ends 1
end

row "verify --receipt-only: what was changed in it is seen"
one=$(sed -n 's/.*"receipt": "\(.\).*/\1/p' "$work/word.json")
two=$(sed -n 's/.*"head": "\(.\).*/\1/p' "$work/word.json")
for change in 's/"lines": [0-9]*/"lines": 3/' 's/"record": "./"record": "X/' \
    "s/\"receipt\": \"./\"receipt\": \"$(another "$one")/" "s/\"head\": \"./\"head\": \"$(another "$two")/"; do
    sed "$change" "$work/word.json" >"$work/changed.json"
    cmp -s "$work/word.json" "$work/changed.json" && wrong "nothing was changed: $change"
    verify --receipt-only "$work/changed.json"
    has ": does not match."
    ends 1
done
grep -v '^  receipt: ' "$work/word.yaml" >"$work/old.yaml"
verify --receipt-only "$work/old.yaml"
has "there is no receipt code in it to hold it against. It comes to $paper."
ends 2
verify --receipt-only "$record"
has "is no export of an assessment"
ends 2
end

# ---- how it is worked out ----

row "the code is what alongside-record(5) says: the argon2 program comes to the same"
if command -v argon2 >/dev/null; then
    copy word
    record=$(grep -l '"ref":"word"' "$ALONGSIDE_CASELOAD"/*.jsonl)
    id=$(basename "$record" .jsonl)
    head=$(tail -n 1 "$record" | sed 's/.*"hash":"\([0-9a-f]*\)"}$/\1/')
    salt=$(printf %s "$id" | sha256sum | head -c 16)
    hex=$(printf %s "$id $(grep -c '' "$record") $head" |
        argon2 "$salt" -id -t 2 -k 65536 -p 1 -l 16 -r | head -c 20)
    # Base 32 by hand: five bits at a time.
    bits=$(printf %s "$hex" | sed 's/0/0000/g; s/1/0001/g' | awk '{
        split("0010 0011 0100 0101 0110 0111 1000 1001 1010 1011 1100 1101 1110 1111", four, " ")
        digits = "23456789abcdef"
        for (i = 1; i <= length($0); i++) {
            c = substr($0, i, 1)
            at = index(digits, c)
            out = out (at ? four[at] : c)
        }
        print out }')
    text=$(awk -v bits="$bits" 'BEGIN {
        for (i = 1; i <= 80; i += 5) {
            value = 0
            for (j = i; j < i + 5; j++)
                value = value * 2 + substr(bits, j, 1)
            printf "%s%s", substr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", value + 1, 1), (i - 1) % 20 == 15 ? "-" : ""
        } }')
    has "$text"
    end
else
    skip "argon2 is not installed"
fi

row "too little memory for the code is a sentence: an export goes without, a copy does not"
if (ulimit -v 60000 && "$ALONGSIDE" --version) >/dev/null 2>&1; then
    (ulimit -v 60000 && "$ALONGSIDE" export --format json word) >"$got" 2>"$work/said" || wrong "no export"
    has '"receipt": null'
    grep -q 'not enough free memory' "$work/said" || wrong "not said"
    (ulimit -v 60000 && "$ALONGSIDE" copy word) >"$got" 2>&1
    status=$?
    ends 2
    has "not enough free memory for the receipt code, which takes 64 MiB"
    has "says all the same that a copy was made"
    end
else
    skip "this build wants more memory than that"
fi

finish
