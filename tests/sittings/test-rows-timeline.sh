#!/bin/sh
# What the research asks of what happens between and beside the answers, row by row: two people use the program, and what
# each row is tested by is what it then shows, prints, writes out or refuses.
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
. "${srcdir:-.}/tests/rows.sh"

# ---- what the two do ----

rae() {
    by practitioner "$@"
}
sam() {
    by service_user "$@"
}
happened() { # who, what, on which day, more of it
    by "$1" happened "\"what\":\"$2\",\"on\":\"$3\"${4:+,$4}"
}
begin() { # reference; the next entry is the third
    ref=$1
    "$ALONGSIDE" new review --ref "$ref" --no-open >"$work/said" 2>&1 </dev/null || wrong "$(head -n 1 "$work/said")"
    rae sat "$sat" | run
}

# ---- what is there then ----

show() { # each paragraph on one line
    "$ALONGSIDE" show "$ref" >"$work/shown" 2>&1 || wrong "$(head -n 1 "$work/shown")"
    sed -e ':a' -e 'N' -e '$!ba' -e 's/\n  *\([^ ]\)/ \1/g' -e 's/  */ /g' "$work/shown" >"$got"
}
shown_as_it_is() {
    "$ALONGSIDE" show "$ref" >"$got" 2>&1 || wrong "$(head -n 1 "$got")"
}
export_() { # one part of it
    "$ALONGSIDE" export --format yaml "$ref" 2>&1 | sed -n "/^$1:/,/^[a-z]/p" >"$got"
}
certificate() {
    "$ALONGSIDE" print "$ref" certificate "$@" >"$got" 2>&1 || wrong "$(head -n 1 "$got")"
}

# ---- the rows ----

row "A14 a lapse: what happened, what held, what comes next; it resets nothing and no number is made of it"
begin a14
{
    rae answered '"question":"arriving","value":4'
    sam answered '"question":"arriving","value":4'
    sam promised '"text":"Ring Jo"'
    sam kept '"promise":5,"kept":true'
} | run
all_else() { # how long the sitting goes on aside
    "$ALONGSIDE" export --format yaml a14 |
        sed -e '/^integrity:/,$d' -e '/^happenings:/,/^attendance:/d' -e '/^  until: /d' -e '/^  minutes: /d'
}
all_else >"$work/before"
happened service_user lapse 2026-06-20 '"text":"I drank","held":"I went to work","next":"I ring Jo first"' | run
all_else >"$work/after"
cmp -s "$work/before" "$work/after" || wrong "something else has changed: $(diff "$work/before" "$work/after" | head -n 3)"
show
has "A lapse: “I drank”. What held: “I went to work”. What comes next: “I ring Jo first”"
has "Sam: kept."
export_ happenings
has "held: I went to work"
has "next: I ring Jo first"
lacks "score"
end

row "A31 a milestone: both sign it, each on their own, and it can be printed"
begin a31
happened practitioner milestone 2026-06-01 '"text":"Three months in work"' | run
certificate
has "Three months in work"
has "1 June 2026"
has "Not signed yet"
rae signed '"of":3,"name":"Rae Moss"' | run
show
has "Rae has signed. Sam has not signed yet."
sam signed '"of":3,"name":"Sam Cole"' | run
show
has "A milestone: “Three months in work” Both have signed."
has "Rae has not signed yet." # the assessment
certificate 1
has "signed: Rae Moss"
has "signed: Sam Cole"
lacks "not signed"
awk 'length($0) > 0 { gsub(/[^ -~]/, "x"); if (length($0) > 240) exit 1 }' "$got" || wrong "a line is too long"
mv "$got" "$work/printed"
"$ALONGSIDE" print a31 certificate --output "$work/page.txt" >"$got" 2>&1 || wrong "no file: $(head -n 1 "$got")"
[ ! -s "$got" ] || wrong "it says something besides"
cmp -s "$work/printed" "$work/page.txt" || wrong "the file is not what is printed"
echo mine >"$work/page.txt"
"$ALONGSIDE" print --output "$work/page.txt" a31 certificate >"$got" 2>&1 && wrong "a file that is there is replaced"
has "page.txt is there already and was left as it is"
has "With --force it is written over."
is "$(cat "$work/page.txt")" mine
"$ALONGSIDE" print --force --output "$work/page.txt" a31 certificate >"$got" 2>&1 || wrong "$(head -n 1 "$got")"
cmp -s "$work/printed" "$work/page.txt" || wrong "--force does not write it over"
"$ALONGSIDE" print a31 certificate 2 >"$got" 2>&1 && wrong "there is a second one"
has "There is no milestone 2"
happened service_user milestone 2026-06-02 '"text":"\u001b[2J\u202ered"' | run
certificate
if LC_ALL=C grep -q "$(printf '\033')" "$got"; then
    wrong "something raw is printed"
fi
end

row "A34 promises in two equal columns; both say whether each was kept, and both words stand"
begin a34
{
    rae promised '"text":"Ring the housing team","by_when":"2099-12-31"'
    sam promised '"text":"Bring my papers"'
    rae kept '"promise":4,"kept":true'
    sam kept '"promise":4,"kept":false'
} | run
shown_as_it_is
has "  Rae will:                             │ Sam will:"
has "  - Ring the housing team               │ - Bring my papers"
show
has "Rae: kept. Sam: not kept."
export_ promises
has "practitioner: true"
has "service_user: false"
end

row "A43 tries to get in touch: tried, missed, tried again; missing never closes anything"
begin a43
{
    happened practitioner attempt 2026-06-01 '"how":"call","reached":"no"'
    happened practitioner missed 2026-06-02 '"whose":"service_user","absence":"not_acceptable"'
    happened practitioner missed 2026-06-09 '"whose":"service_user","absence":"not_acceptable"'
    happened practitioner attempt 2026-06-10 '"how":"visit","reached":"yes","text":"We talked at the door"'
} | run
show
has "1 Jun 2026 A try to get in touch: A call. It did not get through 2 Jun 2026 A missed sitting: Sam."
has "10 Jun 2026 A try to get in touch: A visit. It got through. “We talked at the door”"
lacks "closed"
lacks "fail"
export_ episodes
has "to: null"
sam answered '"question":"arriving","value":4' | run
end

row "A55 episodes: the work stops and goes on, and nobody failed"
begin a55
{
    happened practitioner left 2099-03-01 '"how":"stopped_coming"'
    happened service_user returned 2099-05-01 '"text":"Jo rang me"'
    happened practitioner left 2099-06-01 '"how":"planned"'
} | run
show
has "It stopped on 1 March 2099: Stopped coming. It went on from 1 May 2099. It stopped on 1 June 2099: As we planned."
has "The door is open."
lacks "fail"
export_ episodes
has "to: '2099-03-01'"
has "from: '2099-05-01'"
has "how: planned"
end

row "B3 how it began: why, who decided, by which rules"
begin b3
happened practitioner entry 2026-05-04 '"text":"The court asked"' | refused
has "decided_by"
happened practitioner entry 2026-05-04 '"text":"The court asked","decided_by":"The panel","criteria":"Twelve months"' | run
show
has "How this began: “The court asked”"
export_ happenings
has "decided_by: The panel"
has "criteria: Twelve months"
end

row "B4 more or less support, in either direction, with the reason and what the service user says to it"
begin b4
{
    happened practitioner step 2026-06-01 '"direction":"up","text":"A hard month"'
    happened practitioner step 2026-07-01 '"direction":"down","text":"It goes well","decided_by":"Both"'
    sam statement '"of":4,"text":"Not too fast"'
} | run
happened practitioner step 2026-07-02 '"direction":"sideways","text":"x"' | refused
show
has "More support: “A hard month”"
has "Less support: “It goes well” Sam says to it: “Not too fast”"
export_ happenings
has "text: Not too fast"
end

row "B9 what was passed on stands there for both to see, also when the person was not told then"
begin b9
rae shared '"what":"A threat","to":"The police","because":"Somebody was in danger","basis":"The law","on":"2026-06-05","told":false' | run
show
has "5 Jun 2026 Passed on to The police: “A threat” Sam was not told."
end

row "B15 help from another service, with the part it plays, and what came back"
begin b15
happened practitioner referral 2026-06-28 \
    '"to":"The housing team","text":"A room","role":"delivery","system":"welfare"' | run
show
has "Help from another service: The housing team: “A room” Nothing has come back yet."
rae came_of_it '"of":3,"text":"A room from August"' | run
show
has "“A room from August”"
lacks "Nothing has come back"
export_ happenings
has "role: delivery"
has "text: A room from August"
end

row "B16 passing on: what, why, by what right, to whom, when, and that the person was told"
begin b16
rae shared '"what":"The address","to":"The housing team","because":"Their form","basis":"Sam said yes","on":"2026-06-06","told":true' | run
show
has "6 Jun 2026 Passed on to The housing team: “The address” Sam was told."
export_ shared
for part in "what: The address" "because: Their form" "basis: Sam said yes" "to: The housing team" "'on': '2026-06-06'" \
    "told: true"; do
    has "$part"
done
end

row "B33 attended, missed with a good reason, missed without: counted for both alike"
begin b33
{
    happened practitioner missed 2026-06-01 '"whose":"service_user","absence":"acceptable"'
    happened practitioner missed 2026-06-02 '"whose":"service_user","absence":"not_acceptable"'
    happened service_user missed 2026-06-03 '"whose":"practitioner"'
    happened service_user late 2026-06-04 '"whose":"practitioner","minutes":20'
    happened practitioner cancelled 2026-06-05 '"whose":"service_user"'
} | run
show
has "1 sitting took place. Rae: missed 1 (1 reason not known), called off 0, late 1. Sam: missed 2 (1 with a good reason, 1 without a good reason), called off 1, late 0."
export_ attendance
has "not_acceptable: 1"
end

row "B36 who was not reached or left is still there to be counted"
begin b36
{
    happened practitioner attempt 2026-06-01 '"how":"letter","reached":"no"'
    happened practitioner left 2026-07-01 '"how":"stopped_coming"'
} | run
"$ALONGSIDE" list >"$got" 2>&1
has "b36"
export_ happenings
has "reached: 'no'"
export_ episodes
has "how: stopped_coming"
end

row "Missed, late and cancelled sittings can be written down with by whom, also when it was the practitioner or somebody else"
begin missed
{
    happened service_user missed 2026-06-01 '"whose":"practitioner","text":"Off sick"'
    happened practitioner cancelled 2026-06-02 '"whose":"other","text":"Locked down"'
} | run
happened service_user missed 2026-06-03 | refused
has "whose"
show
has "A missed sitting: Rae. “Off sick”"
has "A cancelled sitting: Somebody else. “Locked down”"
end

row "Promises whose day is over are shown to both; where either says that one was kept it is over no more"
begin overdue
{
    rae promised '"text":"Ring the housing team","by_when":"2020-01-02"'
    sam promised '"text":"Bring my papers","by_when":"2099-01-02"'
} | run
show
has "Ring the housing team"
has "That day is over"
export_ promises
has "overdue: true"
printf '%s\n' o "" q | "$ALONGSIDE" --accessible open overdue 2>&1 | tr '\n' ' ' | tr -s ' ' >"$got"
has "Rae promised: “Ring the housing team”, by 2 January 2020. That day is over."
sam kept '"promise":3,"kept":true' | run
show
lacks "That day is over"
end

row "What is written down after signing is marked so"
begin later
{
    sam promised '"text":"Before"'
    rae signed '"name":"Rae"'
    happened service_user life_event 2026-06-01 '"text":"A new flat"'
    sam promised '"text":"After"'
} | run
show
has "“A new flat” That was written after signing."
export_ promises
is "$(grep -c 'later: false' "$got") $(grep -A 3 -c 'later: true' "$got")" "1 1"
end

finish
