#!/bin/sh
# How disagreements end, as two people and their supervisor meet it: nothing is final before both have said yes, what was
# talked over is kept, what waits comes back, what is left stays left. Rows A6,
# A13, A48, A51, A52 and B21.
tests=$(cd "${srcdir:-.}/tests" && pwd) || exit 99
. "${srcdir:-.}/tests/rows.sh"
status=0

rae() { by practitioner "$@"; }
sam() { by service_user "$@"; }
answer() { # question, value, why
    printf '"question":"%s","value":%s%s' "$1" "$2" "${3:+,\"because\":\"$3\"}"
}
d1='"disagreement":"d1"'
begin() { # reference, and another form than home; the two sit down
    ref=$1
    "$ALONGSIDE" new "${2:-$tests/line/home.yaml}" --ref "$ref" --no-open >"$work/said" 2>&1 </dev/null || wrong "$(cat "$work/said")"
    rae sat "$sat" | run
}
differ() {
    {
        rae answered "$(answer home 4 'You have a room')"
        sam answered "$(answer home 2 'I have no key')"
    } | run
}
both_yes() {
    {
        sam confirmed "$d1"
        rae confirmed "$d1"
    } | run
}
refused() { # words of why
    if "$ALONGSIDE" apply "$ref" - >"$work/said" 2>&1; then
        wrong "it was not refused"
    elif ! grep -qF -- "$1" "$work/said"; then
        wrong "refused, but: $(head -n 1 "$work/said")"
    fi
}
say() { # a command, and its arguments
    "$ALONGSIDE" "$@" >"$got" 2>&1 </dev/null
    status=$?
}
show() { say show "$ref"; }
export_() { say export --format json "$ref"; }
# The next sitting, in line mode: the same two, then these lines.
open_() {
    printf '%s\n' "$@" q | "$ALONGSIDE" --accessible open "$ref" >"$work/lines" 2>&1 || wrong "$(tail -n 1 "$work/lines")"
    # A long line is broken, with two blanks or more before what goes on.
    sed -e ':a' -e 'N' -e '$!ba' -e 's/\n  \{2,\}\([^ 0-9]\)/ \1/g' "$work/lines" >"$got"
}
after() { # one text, and in a later line the other
    awk -v a="$1" -v b="$2" 'index($0, a) && !seen { seen = NR } seen && NR > seen && index($0, b) { found = 1 }
        END { exit !found }' "$got" || wrong "not after “$1”: “$2”"
}
count() { # how often a text is there, expected
    is "$(grep -cF -- "$1" "$got")" "$2"
}
differing() { # how many differences the list has of this case
    is "$("$ALONGSIDE" list --format json | sed -n "/\"ref\": \"$ref\"/,/disagreements_open/s/.*disagreements_open\": \([0-9]*\).*/\1/p")" "$1"
}
begin_row() {
    row=$1
    : >"$work/wrong"
}
end() {
    say verify "$ref"
    is "$status" 0
    end_row
}

begin_row "A6 the practitioner moves, with a reason and by name: what they said before and what after is kept"
begin a6
differ
{
    rae proposed "$d1,\"as\":\"agree\",\"value\":2,\"because\":\"A room with no key is no home\""
    rae confirmed "$d1"
} | run
rae said "$d1,\"step\":\"moved\",\"reason\":\"new_fact\"" | refused "Rae has not changed what they said there"
sam confirmed "$d1" | run
sam said "$d1,\"step\":\"moved\",\"reason\":\"new_fact\"" | refused "Sam has not changed"
rae said "$d1,\"step\":\"moved\",\"reason\":\"new_fact\",\"text\":\"I did not know of the key\"" | run
show
has "Rae changed to “2”. “A room with no key is no home”" "Rae moved to Sam's answer." \
    "Rae on what changed: I learned something new."
export_
tr -d ' \n' <"$got" >"$work/flat"
mv "$work/flat" "$got"
has '"practitioner":{"before":4,"after":2,"because":"Aroomwithnokeyisnohome"' '"service_user":{"before":2,"after":2,' \
    '"outcome":"practitioner_moved"' '"step":"moved","reason":"new_fact","text":"Ididnotknowofthekey"'
end

begin_row "A13 say it back: nobody says yes to a goal before it was said back and the other marked it, right or not quite"
begin a13 "$tests/line/say-back.yaml"
goal='"question":"goal"'
rae proposed "$goal,\"value\":\"A job I like\"" | run
for who in rae sam; do
    $who confirmed "$goal" | refused "first one of you says back"
done
rae said_back "$goal,\"text\":\"You want work\"" | run
sam confirmed "$goal" | refused "first one of you says back"
said=$(sed -n 's/.*"seq":\([0-9]*\),.*"said_back".*/\1/p' "$(ls -t "$ALONGSIDE_CASELOAD"/*.jsonl | head -n 1)")
rae marked "\"of\":$said,\"right\":true" | refused "for Sam to say"
sam marked "\"of\":$said,\"right\":false,\"text\":\"A job I like\"" | run
show
has "Rae heard: “You want work”" "Sam: not quite. “A job I like”"
export_
after '"said_back"' '"text": "You want work"'
after '"text": "You want work"' '"right": false'
{
    sam confirmed "$goal"
    rae confirmed "$goal"
} | run
# Another goal is said back anew.
sam proposed "$goal,\"value\":\"A flat\"" | run
sam confirmed "$goal" | refused "first one of you says back"
end

begin_row "A48 nothing is final before both have said yes: one yes stays a draft, and changes no answer"
begin a48
differ
{
    rae proposed "$d1,\"as\":\"agree\",\"value\":2"
    rae confirmed "$d1"
} | run
differing 1
show
has "You are talking about it." "On the table: You both write down: 2"
lacks "Rae moved to Sam's answer"
export_
has '"state": "talking"' '"outcome": null'
after '"confirmed_by"' '"practitioner"'
rae confirmed "$d1" | refused "Rae has said yes already"
# Another answer takes what lay on the table away, with the yes to it.
sam answered "$(answer home 1)" | run
show
lacks "On the table"
sam confirmed "$d1" | refused "nothing lies on the table"
rae proposed "$d1,\"as\":\"both_stand\"" | run
both_yes
differing 0
show
has "Both views stand." "Sam said yes." "Rae said yes."
end

begin_row "A51 a disagreement is a record: both views with both reasons, kept when it is settled, and no fault of anybody"
begin a51
differ
differing 1
show
has "You see this differently: 2 steps apart. Nobody is wrong." "“You have a room”" "“I have no key”" "d1 (score)"
lacks "error" "warning" "invalid" "mistake" "fail" "conflict"
open_ d 1 b "" b
has "Rae: 4. Sam: 2. How much: 2 steps apart, today."
lacks "error" "warning" "invalid" "mistake" "fail" "conflict"
rae proposed "$d1,\"as\":\"agree\",\"value\":2" | run
both_yes
show
has "The two see this differently. Rae: “4”, Sam: “2”." "Rae moved to Sam's answer."
export_
has '"outcome": "practitioner_moved"' '"kind": "score"' '"first": "practitioner"'
after '"practitioner"' '"before": 4'
after '"before": 4' '"after": 2'
after '"turns"' '"event": "differed"'
end

begin_row "A52 resolving is a skill with steps: why, say back, what would change it, what to write down, and was I heard"
begin a52
{
    rae answered "$(answer home 4)"
    sam answered "$(answer home 2)"
} | run
open_ t "I have no key" "You have a room there" \
    "You cannot lock it" 2 "I cannot stay either" "You can neither lock it nor stay" 1 "That there is a room" 1 \
    "A key of my own" "A letter from the landlord" \
    1 1 "No key, no home" y y 1 "I did not know of the key" 5 4
after "Step 1 of 4: Why" "Step 2 of 4: Say back"
after "Step 2 of 4: Say back" "Sam: Rae heard: “You cannot lock it”. Is that right?"
after "What was missing?" "not quite, Sam says: “I cannot stay either”"
after "Step 2 of 4: Say back" "Step 3 of 4: What would change it"
after "Step 3 of 4: What would change it" "Step 4 of 4: Write it down"
after "What shall we write down?" "We keep both answers, with both reasons"
after "It is settled." "Rae: you changed your answer."
after "I was heard" "Sam felt heard: 5 of 5."
has "Rae felt heard: 4 of 5."
export_
has '"step": "why"' '"event": "said_back"' '"right": false' '"right": true' '"step": "mind"' '"reason": "new_fact"' \
    '"text": "I cannot stay either"' '"heard": 5' '"heard": 4'
after '"event": "said_back"' '"event": "marked"'
after '"right": true' '"step": "mind"'
after '"step": "mind"' '"event": "proposed"'
after '"event": "proposed"' '"event": "resolved"'
show
has "Rae heard: “You cannot lock it”" "Sam: not quite. “I cannot stay either”" "Sam: that is right." \
    "Sam on what would change this: “A key of my own”" "Sam felt heard: 5 of 5."
end

begin_row "A52 how far one was heard is on no screen, paper or export before both have said it, or the sitting is over"
begin a52-heard
differ
rae proposed "$d1,\"as\":\"both_stand\"" | run
both_yes
sam said "$d1,\"heard\":2" | run
show
has "Sam has said how far they felt heard. It shows when both have."
lacks "2 of 5"
export_
lacks '"heard": 2'
say trend "$ref"
lacks "heard"
open_ k t 1 ""
lacks "2 of 5" "heard 2"
rae said "$d1,\"heard\":4" | run
show
has "Sam felt heard: 2 of 5." "Rae felt heard: 4 of 5."
begin a52-over
differ
rae proposed "$d1,\"as\":\"both_stand\"" | run
both_yes
{
    sam said "$d1,\"heard\":1"
    rae paused
} | run
show
has "Sam felt heard: 1 of 5."
export_
has '"heard": 1'
end

begin_row "B21 anybody can skip, stop and take back at any time; a skip is no disagreement"
begin b21
{
    rae answered "$(answer home 4)"
    sam declined '"question":"home","missing":"rather_not_say"'
    sam declined '"question":"area","missing":"not_sure"'
    rae declined '"question":"area","missing":"does_not_apply"'
} | run
differing 0
export_
lacks '"event": "differed"'
has '"missing": "rather_not_say"'
show
has "Rather not say" "Not sure" "Does not apply"
lacks "differently"
{
    sam answered "$(answer home 1)"
    sam cleared '"question":"home"'
    rae cleared '"question":"home"'
    sam paused '"question":"home"'
} | run
show
# What is there already is kept, and can be talked about; nobody has an answer any more.
has "d1 (score)"
{
    sam sat "$sat"
    sam proposed "$d1,\"as\":\"stopped\""
    sam paused
} | run
differing 0
lacks "failed" "refused" "non-compliant" "why not"
open_ s 3 s 1 f
lacks "Talk about it now?" "why?" "I was heard"
end

begin_row "outcomes: derived from the answers, never claimed, for a hand that claims them too"
begin outcomes
differ
by alongside resolved "$d1,\"outcome\":\"service_user_moved\"" | refused "called for by no rule"
rae resolved "$d1,\"outcome\":\"service_user_moved\"" | refused "cannot be by"
rae proposed "$d1,\"as\":\"service_user_moved\"" | refused "both_stand"
rae proposed "$d1,\"as\":\"agree\",\"value\":3,\"outcome\":\"service_user_moved\"" | refused "outcome"
rae proposed "$d1,\"as\":\"agree\",\"value\":3" | run
both_yes
export_
has '"outcome": "met_between"'
sam reopened "$d1" | run
export_
has '"outcome": null'
end

begin_row "parked: what, from whom and until when; it comes back by itself at the next sitting, and asks whether it has come"
cp "$tests/sittings/parked.jsonl" "$ALONGSIDE_CASELOAD/01E2D0000000000000000PARKD.jsonl"
chmod 600 "$ALONGSIDE_CASELOAD/01E2D0000000000000000PARKD.jsonl"
ref=PARK
show
has "d1 (score): You are waiting for “the letter” from the council, until 16" "It waits (d1): How is my home?"
export_
has '"state": "parked"' '"outcome": "needs_information"' '"what": "the letter"' '"from": "the council"' '"by_when": "2020-03-16"'
open_ "" "" "" "" b t b "" d "" k
has "Has it come: “the letter” from the council, until 16 March 2020?"
after "Talking about this:" "You were waiting for “the letter” from the council, until 16 March"
show
has "Has it come: “the letter” from the council, until 16 March 2020?" "You were waiting for “the letter” from the council,"
export_
has '"event": "reopened"' '"state": "talking"'
rae proposed "$d1,\"as\":\"both_stand\"" | run
both_yes
show
lacks "Has it come"
end

begin_row "referred: asked over the caseload, answered with a name; the words stand beside both views however it ends"
begin referred
differ
sam proposed "$d1,\"as\":\"referred\",\"asking\":\"Does a room without a key count?\",\"to\":\"the supervisor\"" | run
both_yes
say referred
has "referred d1, since" "“You have a room”" "“I have no key”" "Sam asks the supervisor: “Does a room without a key count?”"
say referred --format json
has '"asking": "Does a room without a key count?"' '"by": "service_user"' '"disagreement": "d1"' '"because": "I have no key"'
say referred "$ref" d1 --answer "It does not."
is "$status" 2
has "--name NAME"
say referred "$ref" d1 --name "Pat Green" --answer " "
is "$status" 2
has "no words"
say referred "$ref" d7 --name "Pat Green" --answer "It does not."
is "$status" 2
has "there is no disagreement “d7”"
say referred "$ref" d1 --name "Pat Green" --answer "It does not."
is "$status" 0
has "Rae and Sam find it beside both of their views"
say referred
has "Nothing is asked of anybody."
say referred "$ref" d1 --name "Pat Green" --answer "Once more."
is "$status" 2
has "nobody is asked about d1"
open_ t b ""
has "Pat Green has answered what you asked. t shows it." "Pat Green says: “It does not.”"
show
has "You asked the supervisor: “Does a room without a key count?”" "Pat Green: “It does not.”" "“You have a room”" "“I have no key”"
sam proposed "$d1,\"as\":\"both_stand\"" | run
both_yes
show
has "Pat Green: “It does not.”" "Both views stand."
export_
after '"supervisor"' '"name": "Pat Green"'
has '"change": "unchanged"' '"before": 4' '"after": 4' '"before": 2' '"after": 2'
end

begin_row "referred: a record that is open elsewhere, or cannot be written, is not answered, and that is said"
begin locked
differ
sam proposed "$d1,\"as\":\"referred\",\"asking\":\"Who is right?\"" | run
both_yes
file=$(ls "$ALONGSIDE_CASELOAD"/*.jsonl | while read -r f; do grep -l '"ref":"locked"' "$f"; done)
mkfifo "$work/keys"
"$ALONGSIDE" --accessible open "$ref" <"$work/keys" >"$work/other" 2>&1 &
other=$!
exec 3>"$work/keys"
until grep -q "for help" "$work/other" || ! kill -0 "$other" 2>/dev/null; do :; done
say referred "$ref" d1 --name "Pat Green" --answer "Neither."
is "$status" 2
has "open in another"
say referred
has "“Who is right?”"
echo q >&3
exec 3>&-
wait "$other"
printf 'x' | dd of="$file" bs=1 seek=300 conv=notrunc 2>/dev/null
say referred "$ref" d1 --name "Pat Green" --answer "Neither."
is "$status" 2
rm -f "$file"
begin locked
end

begin_row "stopped: respected without a reason, by nobody else, and it does not come back by itself"
begin stopped
differ
rae proposed "$d1,\"as\":\"stopped\"" | refused "for Sam to choose"
open_ t b 4 7 y
has "Sam chose to leave it."
lacks "I was heard" "What made you" "reason to write down"
{
    rae said "$d1,\"text\":\"Let us look at it again\""
    rae answered "$(answer home 5)"
    rae paused
    rae sat "$sat"
} | run
differing 0
show
has "Sam chose to leave it."
lacks "On the table"
open_ "" "" q
lacks "Talk about it now?" "left open" "did not"
export_
has '"outcome": "stopped"' '"because": "I have no key"'
sam reopened "$d1" | run
differing 1
end

finish
