#!/bin/sh
# What the research asks of words beside answers, of answers given hidden, of what is kept and of signing, row by row: the
# program is used as people use it, and what each row is tested by is what it then shows and writes out.
form=$(cd "${srcdir:-.}/tests/stories" && pwd)/form.yaml || exit 99
. "${srcdir:-.}/tests/rows.sh"
across=yes
begin() { # reference
    ref=$1
    "$ALONGSIDE" new "$form" --ref "$ref" --no-open >"$work/said" 2>&1 </dev/null || wrong "$(cat "$work/said")"
    by practitioner sat '"people":{"practitioner":"Rae","service_user":"Sam"}' | run
}
show() {
    "$ALONGSIDE" show "$ref" >"$got" 2>&1 || wrong "show"
}
export_() { # format
    "$ALONGSIDE" export --format "$1" "$ref" >"$got" 2>&1 || wrong "export"
}
line() { # lines typed at the question home in the next sitting, one an argument
    {
        by practitioner paused '"question":"home"'
        by practitioner sat
    } | run
    printf '%s\n' "$@" q >"$work/typed"
    "$ALONGSIDE" --accessible open "$ref" <"$work/typed" >"$work/lines" 2>&1 || wrong "line mode"
    sed -e ':a' -e 'N' -e '$!ba' -e 's/\n  \{2,\}\([^ 0-9]\)/ \1/g' "$work/lines" >"$got"
}

row "A40 up to three ways are offered; one is changed, one declined, and all of it is kept and told"
begin a40
{
    by practitioner offered '"question":"home","options":["Ask the council","Stay with my aunt","Wait"]'
} | run
line beside 1 5 "Stay with my aunt till spring"
has "Rae offered “Ask the council”, “Stay with my aunt”, “Wait”."
has "Rae offers something here. Type beside to answer it."
show
has "Sam changed the offer into “Stay with my aunt till spring”"
export_ yaml
has "how: changed"
has "text: Stay with my aunt till spring"
begin a40b
by service_user offered '"question":"home","options":["Wait"]' | run
by practitioner taken '"of":3,"how":"declined"' | run
show
has "Sam offered “Wait”. Rae declined the offer."
end

row "A41 another way to see it, by either; the first words stay"
begin a41
{
    by service_user answered '"question":"home","value":2,"because":"I am on a sofa"'
} | run
line beside 2 "You have family who take you in"
show
has "“I am on a sofa”"
has "Rae sees it another way too: “You have family who take you in”"
export_ yaml
has "reframed: - by: practitioner"
has "text: You have family who take you in"
has "because: I am on a sofa"
end

row "A50 each entry and each key of it is shown, word for word, in line mode as on F2"
line "kept all" ""
has "because (the reason, in their own words): I am on a sofa"
has "text (the other way to see it): You have family who take you in"
has "people.service_user (the name of each party): Sam"
has "record (the record's id):"
line "kept all" "sofa"
has "because (the reason, in their own words): I am on a sofa"
lacks "text (the other way to see it)"
line "kept all" "2"
has "people.practitioner (the name of each party): Rae"
lacks "because ("
end

row "B36 any question can be answered hidden until both are in, in nothing that is shown or written out"
begin b36
line hide 2
has "What you answer now does not show until both answers are in."
lacks "Sam says: 2"
show
has "Answered: shown when both have"
lacks "2: "
export_ json
has '"hidden": true'
lacks '"value": 2'
by practitioner answered '"question":"home","value":4' | run
show
lacks "Answered: shown when both have"
has "Not talked about yet"
export_ json
has '"first": "service_user"'
end

row "reveal: together, for the copies: two records that differ in a hidden answer are shown and written out the same"
for value in 2 5; do
    begin "hidden$value"
    by service_user answered "\"question\":\"mood\",\"value\":$value" | run
    "$ALONGSIDE" show "$ref" | sed 's/hidden[0-9]/ref/; /^ *Head /d; /[Rr]eceipt/d; /[Cc]ode /d; /^ *[0-9A-Z]\{26\}$/d; s/[0-9:]\{5\}//g; s/[0-9]* minutes*//' >"$work/show$value"
    for format in json yaml; do
        "$ALONGSIDE" export --format $format "$ref" |
            sed 's/hidden[0-9]/ref/; /"*record"*:/d; /"*head"*:/d; /"*receipt"*:/d; /"*code"*:/d; /"*at"*:/d; /"*from"*:/d; /"*until"*:/d; /"*since"*:/d; /"*minutes"*:/d' >"$work/$format$value"
    done
done
for what in show json yaml; do
    cmp -s "$work/${what}2" "$work/${what}5" || wrong "$what differs: $(diff "$work/${what}2" "$work/${what}5" | head -n 3)"
    [ -s "$work/${what}2" ] || wrong "$what is empty"
done
end

row "Signing and after: both sign or say why not; statements on anything then too; all that comes later says so"
begin signed
{
    by practitioner answered '"question":"home","value":4'
    by service_user noted '"text":"The heating is off"'
    by service_user signed '"name":"Sam"'
    by practitioner answered '"question":"home","value":3'
    by practitioner signed '"refused":true,"because":"I want to ask first"'
    by service_user statement '"question":"home","text":"It was cold"'
    by practitioner statement '"of":4,"text":"It is on again"'
} | run
show
has "Sam signed as “Sam”"
has "Rae chose not to sign"
has "“I want to ask first”"
has "Sam wants to say: “It was cold” (Later, after the signing.)"
has "Rae wants to say: “It is on again” (Later, after the signing.) (About entry 4: Sam's note.)"
has "(Later, after Sam signed.)"
export_ json
has '"of": 4'
has '"after_signing_of": [ "practitioner", "service_user" ]'
line k
has "Sam wants to say: “It was cold”"
end

row "A49 there is no field that only one of the two may see: no key of an entry names who may look"
"$ALONGSIDE" schema event >"$got" 2>&1 || wrong "schema"
lacks "visible"
lacks "confidential"
lacks "practitioner only"
export_ json
lacks "visible"
end

finish
