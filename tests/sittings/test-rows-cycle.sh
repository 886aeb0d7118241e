#!/bin/sh
# Rows of what the research asks that close the circle: the paper for a case conference (B7), what there is of a sitting
# (B30), and whether words may be used (B12).
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
. "${srcdir:-.}/tests/rows.sh"
across=yes

begin() { # reference, form
    ref=$1
    record=$("$ALONGSIDE" new "${2:-whole-life}" --ref "$ref" --no-open 2>"$work/said" </dev/null) || wrong "$(cat "$work/said")"
    by practitioner sat "$sat" | run
}
answer() { # who, question, value as JSON, reason
    by "$1" answered "\"question\":\"$2\",\"value\":$3${4:+,\"because\":\"$4\"}"
}
conference() {
    "$ALONGSIDE" copy --as conference "$ref" >"$got" 2>"$work/said" || wrong "$(cat "$work/said")"
}
complete() {
    "$ALONGSIDE" show --complete "$@" "$ref" >"$got" 2>&1 || wrong "$(cat "$got")"
}
beside() { # texts that stand on one line, in this order
    grep -q -- "$1.*$2" "$got" || wrong "not beside each other: “$1”, “$2”"
}
tomorrow=$(date -d '+1 day' +%F)

# ---- B7 ----

row "B7 a conference pack: the service user's own words are on it, and nobody picks them"
begin b7
{
    answer service_user home 2 'I am on my sister'"'"'s sofa'
    answer practitioner home 4 'He has a roof over his head'
    by service_user statement '"text":"Nobody asked me about the dog"'
    by practitioner statement '"text":"We had little time"'
    by practitioner promised "\"text\":\"Ring the council\",\"by_when\":\"$tomorrow\""
    by service_user promised '"text":"Bring the letter"'
} | run
conference
has "Copy for the case conference" "In Sam's own words" "“I am on my sister's sofa”" "Nobody asked me about the dog"
lacks "We had little time"
has "Rae leads."
has "Promises that are open" "Bring the letter"
end

row "B7 unresolved disagreements are on it by themselves: both views, both reasons, side by side, in the same room"
conference
has "Seen differently, and not settled"
beside "Rae *│ Sam" ""
beside "4.*│.*2" ""
beside "“He has a roof.*│" "“I am on my"
rooms=$(sed 's/“/x/g; s/”/x/g' "$got" | grep -o '^.* │ ' | awk '{ print length($0) }' | sort -u | wc -l)
is "$rooms" 1 # the line between the two stands in one place all down the paper
end

row "B7 what waits, what was left and where both views stand are on it too; what was settled is not"
begin b7b
{
    answer practitioner home 4
    answer service_user home 2
    by practitioner proposed '"disagreement":"d1","as":"needs_information","what":"What the tenancy says","from":"the council"'
    by practitioner confirmed '"disagreement":"d1"'
    by service_user confirmed '"disagreement":"d1"'
    by service_user raised '"because":"I did not like how this was put"'
    by service_user proposed '"disagreement":"d2","as":"stopped"'
    by service_user raised '"because":"You were late"'
    by practitioner said '"disagreement":"d3","text":"The bus was late"'
    by practitioner proposed '"disagreement":"d3","as":"both_stand"'
    by practitioner confirmed '"disagreement":"d3"'
    by service_user confirmed '"disagreement":"d3"'
    by service_user raised '"because":"This one we sorted out"'
    by practitioner proposed '"disagreement":"d4","as":"agree"'
    by practitioner confirmed '"disagreement":"d4"'
    by service_user confirmed '"disagreement":"d4"'
} | run
conference
has "I did not like how this was put" "You were late" "The bus was late" "How it stands"
lacks "This one we sorted out"
end

row "B7 what one of them is not to see yet is not on it either"
begin b7c
by service_user answered '"question":"home","value":2,"because":"Said in secret","private":true' | run
conference
lacks "Said in secret"
answer practitioner home 4 | run
conference
has "Said in secret"
end

row "B7 it asks for what each wants of the meeting, with the same room for both, and has a receipt code"
has "What each asks of this meeting"
[ "$(grep -c '^ *_* *│ _*$' "$got")" = 3 ] || wrong "not three lines for each"
code=$(sed -n 's/^  \([0-9A-Z-]\{19\}-[0-9A-Z*~$=]\) .*/\1/p' "$got")
"$ALONGSIDE" verify --receipt "$code" "$ref" >"$got" 2>&1 </dev/null || wrong "the code does not verify"
cat "$record" >"$got"
has '"as":"conference"'
end

row "B7 with nothing to say it says so"
begin b7d
conference
has "Nothing is written down in Sam's own words yet." "There is nothing of that kind now." "Nothing is open."
"$ALONGSIDE" copy --as pack "$ref" >"$got" 2>&1 && wrong "it was not refused"
has "--as is full, slip or conference."
end

row "B7 who leads is on it, also once the work was handed over (B6)"
by practitioner handed_over '"to":"Mo Achebe","because":"A new job"' | run
conference
has "Mo Achebe leads, since $(LC_ALL=C date '+%-d %B %Y'). Before: Rae."
end

# ---- B30 ----

row "B30 completeness per session: there, not yet, does not apply, on less than one screen"
begin b30
complete
has "Your sitting on $(LC_ALL=C date '+%-d %B %Y')" "How each of you is: not yet (Rae, Sam)."
has "Both answers to what was begun: does not apply (no question was answered)."
has "A day for what you promised: does not apply (nothing was promised)."
has "What we work by: does not apply (this form has none)."
[ "$(wc -l <"$got")" -le 20 ] || wrong "more than 20 lines"
end

row "B30 each thing that is done is there then"
{
    by service_user told '"topic":"arriving","value":3'
    answer service_user home 2
    by practitioner promised '"text":"Ring the council"'
} | run
complete
has "How each of you is: not yet (Rae)." "Both answers to what was begun: not yet (1 waits for Rae)."
has "A day for what you promised: not yet (1 without a day)."
{
    by practitioner told '"topic":"arriving","value":4'
    by service_user told '"topic":"agenda","value":["home"]'
    answer practitioner home 4
    by practitioner told '"topic":"room","value":["quiet"]'
    by practitioner told '"topic":"practice","value":["structure"]'
} | run
complete
has "How each of you is: there." "The room: there." "What you talk about today: there." "How you were helped today: there."
has "Both answers to what was begun: there." "Talk about what you see differently: not yet (1 not talked about)."
by practitioner said '"disagreement":"d1","text":"He has a roof"' | run
complete
has "Talk about what you see differently: there (1 still open)."
{
    by practitioner told '"topic":"recap","value":true'
    by service_user told '"topic":"how_it_was","value":4'
    by practitioner told '"topic":"how_it_was","value":4'
    by practitioner told "\"topic\":\"next\",\"value\":\"$tomorrow\""
} | run
"$ALONGSIDE" copy "$ref" >/dev/null 2>&1
by service_user closed | run # it stops nothing: a promise still has no day
complete
has "A look back on what you did: there." "How today was for each of you: there." "A copy to take away: there."
has "The day you meet next: there ($(LC_ALL=C date -d "$tomorrow" '+%-d %B %Y'))." "The end of this sitting: there."
has "not yet (1 without a day)"
end

row "B30 no score, no share, and nothing of it is kept"
lacks "%" "score" "complete" " of 1" "missing"
before=$(wc -l <"$record")
complete
is "$(wc -l <"$record")" "$before"
end

row "B30 it is of the last sitting, and can be looked back at"
complete --at 2
has "How each of you is: not yet (Rae, Sam)."
ref=none
"$ALONGSIDE" new whole-life --ref none --no-open >/dev/null 2>&1 </dev/null
complete
has "Nobody has sat down yet"
end

row "B30 in line mode, by its word and before a sitting is closed"
begin b30b
printf 'so far\nclose\nb\nq\n' | "$ALONGSIDE" open --accessible "$ref" >"$got" 2>&1
has "Your sitting on" "A copy to take away: not yet."
end

# ---- voice ----

row "B12 voice: each says whether their words may be used; the last word holds, in any sitting"
begin voice
asked="May your words be used, without your name, so that others learn?"
by service_user told '"topic":"voice","value":"yes"' | run
"$ALONGSIDE" show "$ref" >"$got"
has "Sam: $asked Yes"
lacks "Rae: $asked"
by service_user told '"topic":"voice","value":"perhaps"' | refused
has "yes" "no"
{
    by practitioner told '"topic":"voice","value":"yes"'
    by service_user told '"topic":"voice","value":"no"'
} | run
"$ALONGSIDE" show "$ref" >"$got"
has "Rae: $asked Yes" "Sam: $asked No"
"$ALONGSIDE" export --format json "$ref" >"$got"
has '"voice"'
end

finish
