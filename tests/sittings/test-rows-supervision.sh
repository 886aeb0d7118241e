#!/bin/sh
# What the research asks of supervision, row by row: a supervisor writes, both people see it, the practitioner says that
# it was read; what is learned; who leads. How it looks on the screen is tested in tests/screen/test-supervised.
form=$(cd "${srcdir:-.}/tests/stories" && pwd)/form.yaml || exit 99
. "${srcdir:-.}/tests/rows.sh"

begin() { # reference: they sit down, and see one thing differently
    ref=$1
    "$ALONGSIDE" new "$form" --ref "$ref" --no-open >"$work/said" 2>&1 </dev/null || bail
    {
        by practitioner sat "$sat"
        by practitioner answered '"question":"home","value":4,"because":"The tenancy is in his name"'
        by service_user answered '"question":"home","value":2,"because":"It is a sofa"'
    } | run
}
does() { # a command that must be taken
    "$ALONGSIDE" "$@" >"$got" 2>&1 || bail "$(cat "$got")"
}
fails() { # and one that must not
    if "$ALONGSIDE" "$@" >"$got" 2>&1; then
        wrong "it was not refused"
    fi
}
export_() { # as JSON, without blanks
    "$ALONGSIDE" export --format json "$ref" 2>"$work/said" | tr -d '\n' | sed 's/  *//g' >"$got"
    [ -s "$got" ] || bail
}
show() {
    "$ALONGSIDE" show "$ref" >"$got" 2>&1 || bail
}
verified() { # every rule holds, and no answer was touched
    "$ALONGSIDE" verify "$ref" >"$got" 2>&1 || wrong "it does not hold"
    export_
    has '"practitioner":{"before":4,"after":4,' '"service_user":{"before":2,"after":2,'
}
next_day() { # lines typed into line mode when they sit down again; after they closed the last sitting
    {
        by practitioner told '"topic":"recap","value":true'
        by practitioner closed
    } | run
    printf '%s\n' '' '' '' '' "$@" >"$work/typed"
    "$ALONGSIDE" --accessible open "$ref" <"$work/typed" >"$got" 2>&1 || bail
}

row "A2 a coaching note is tied to one disagreement, opens from the record, and stands there until it is read"
begin a2
does comment a2 "What would Sam call it?" --disagreement d1 --coaching --name "Pat Green"
has "Saved." "Rae"
export_
has '"as":"coaching","disagreement":"d1","text":"WhatwouldSamcallit?","acknowledged":null'
show
has "Pat Green wrote, as coaching: “What would Sam call it?”" "Pat Green wrote about it."
next_day b d '' q
across=yes
has "The supervisor wrote something that Rae has not read yet." "Pat Green wrote about it. Rae has not read it yet."
across=no
by practitioner sat "$sat" | run
next_day '' '' '' '' "I call it a sofa" "I will ask him" b q
across=yes
has "Pat Green wrote about “Home” “What would Sam call it?”" "Rae, Enter when you have read it"
across=no
export_
has '"acknowledged":{"at":' '"by":"service_user"' '"text":"Icallitasofa"' '"text":"Iwillaskhim"'
by practitioner sat "$sat" | run
next_day b q
has "Before we begin"
lacks "has not read"
verified
end

row "A2 what a supervisor wrote is told too where they go on with a sitting of the same day"
begin a2-same
by practitioner paused '"question":"home"' | run
does comment a2-same "Ask about the sofa" --name "Pat Green"
printf '%s\n' '' '' '' '' q >"$work/typed"
"$ALONGSIDE" --accessible open "$ref" <"$work/typed" >"$got" 2>&1 || bail
across=yes
has "The supervisor wrote something that Rae has not read yet. “time” shows it."
lacks "Before we begin"
across=no
end

row "A2 only a practitioner acknowledges, a comment, and once"
begin a2-once
does comment a2-once "You took time for this" --name "Pat Green"
by service_user acknowledged '"of":6' | refused
by supervisor acknowledged '"of":6' | refused
by practitioner acknowledged '"of":3' | refused
by practitioner acknowledged '"of":6' | run
by practitioner acknowledged '"of":6' | refused
has "already"
verified
end

row "B2 one named lead for all areas of one file"
begin b2
export_
has '"lead":{"name":"Rae"' '"leads":[{"name":"Rae"'
is "$(grep -o '"leads":\[[^]]*\]' "$got" | grep -o '"name"' | wc -l)" 1
show
lacks "leads" # the practitioner does, and that needs no line
end

row "B6 exactly one leads at any time; handing over is written down, and told everywhere"
begin b6
by service_user handed_over '"to":"Bea"' | refused
fails handover b6 --to rae --name "Pat Green"
has "Rae leads already"
fails handover b6 --name "Pat Green"
does handover b6 --to "Bea Lang" --because "Rae moves to the court team" --name "Pat Green"
has "Bea Lang leads" "Before: Rae."
by supervisor handed_over '"to":"Cal","from":"Rae"' | refused
by practitioner undone '"of":6' | refused
export_
has '"lead":{"name":"BeaLang"' '"by":"supervisor","handed_over_by":"PatGreen","because":"Raemovestothecourtteam"}'
is "$(grep -o '"leads":\[[^]]*\]' "$got" | grep -o '"name"' | wc -l)" 2
across=yes
show
has "Bea Lang leads, since" "Bea Lang leads from here on. Before: Rae. “Rae moves to the court team”"
next_day b time '' q
has "Bea Lang leads, since" "Bea Lang leads from here on. Before: Rae."
across=no
verified
# An assessment that follows has the same lead, whoever sits there.
"$ALONGSIDE" new "$form" --ref b6 --follows b6 --no-open >"$got" 2>&1 </dev/null || bail
ref=$(tail -n 1 "$got")
by practitioner sat '"people":{"practitioner":"Jo"}' | run
export_
has '"lead":{"name":"BeaLang"'
is "$(grep -o '"leads":\[[^]]*\]' "$got" | grep -o '"name"' | wc -l)" 1
end

row "B28 the practitioner's own reflection, beside a supervisor's comment; both people see it"
begin b28
does comment b28 "Both of you stayed with it" --disagreement d1 --name "Pat Green"
by service_user reflected '"disagreement":"d1","text":"x"' | refused
by practitioner reflected '"disagreement":"d1","text":"I go by papers too much"' | run
{
    by service_user lesson '"disagreement":"d1","text":"Ask where people sleep"'
    by service_user statement '"of":7,"text":"That is so"'
} | run
export_
has '"reflections":[{"seq":7,"by":"practitioner"' '"text":"Igobypaperstoomuch","statements":[{"by":"service_user"' \
    '"lessons":[{"seq":8,"by":"service_user"'
show
has "Rae takes from it: “I go by papers too much”" "Sam says what others can learn: “Ask where people sleep”"
verified
end

row "A supervisor signs too, after both people, once; a comment after it changes nothing that was signed"
begin signed
fails countersign signed --name "Pat Green"
has "The two sign first."
{
    by practitioner signed '"name":"Rae"'
    by service_user signed '"refused":true'
} | run
does countersign signed --name "Pat Green"
has "Pat Green signed too, after Rae and Sam."
fails countersign signed --name "Pat Green"
does comment signed "Thank you" --name "Pat Green"
by practitioner acknowledged '"of":9' | run
export_
has '"countersignatures":[{"name":"PatGreen"' '"changed_since":false}]'
lacks '"changed_since":true'
show
has "Pat Green signed too, on"
by practitioner answered '"question":"money","value":3' | run
export_
is "$(grep -o '"changed_since":true' "$got" | wc -l)" 3
verified
end

row "What is referred is answered; neither view is written anew"
begin referred
{
    by service_user proposed '"disagreement":"d1","as":"referred","asking":"Does a sofa count?"'
    by service_user confirmed '"disagreement":"d1"'
    by practitioner confirmed '"disagreement":"d1"'
} | run
does referred referred d1 --answer "It is a roof" --name "Pat Green"
by supervisor answered '"question":"home","value":3' | refused
verified
end

finish
