#!/bin/sh
# What the research asks of sittings, row by row: two people use the program, and what each row is tested by is what it
# then keeps, shows, writes out or refuses. What is seen on the screen is tested in tests/screen/test-sitting.
form=$(cd "${srcdir:-.}/tests/screen/forms" && pwd)/sitting.yaml || exit 99
. "${srcdir:-.}/tests/rows.sh"

# ---- what the two do ----

begin() { # reference
    ref=$1
    "$ALONGSIDE" new "$form" --ref "$ref" --no-open >"$work/said" 2>&1 </dev/null || bail
}
sit() { # lines typed into line mode, after who is here
    typed Rae "Sam (he/him)" "" "Room 2" "$@"
}
typed() {
    printf '%s\n' "$@" >"$work/typed"
    "$ALONGSIDE" --accessible open "$ref" <"$work/typed" >"$got" 2>&1 || bail
}
tell() { # who, topic, value
    printf '{"by":"%s","event":"told","topic":"%s","value":%s}\n' "$1" "$2" "$3"
}
sat() {
    echo '{"by":"practitioner","event":"sat","people":{"practitioner":"Rae","service_user":"Sam"}}'
}

# ---- what is there then ----

export_() { # as JSON, on one line
    "$ALONGSIDE" export --format json "$ref" 2>"$work/said" | tr -d '\n' | sed 's/  *//g' >"$got"
    [ -s "$got" ] || bail
}
show() {
    "$ALONGSIDE" show "$ref" >"$got" 2>&1 || bail
}
after() { # one text, and in a later line the other
    awk -v a="$1" -v b="$2" 'index($0, a) && !seen { seen = NR } seen && NR > seen && index($0, b) { found = 1 }
        END { exit !found }' "$got" || wrong "not after “$1”: “$2”"
}

# ---- the rows ----

row "A1 six skills, a tick and a note each: all are kept for the sitting, and written out"
begin a1
skills='"structure","relationship","pro_social","motivation","cognitive","responsivity"'
{
    sat
    printf '{"by":"practitioner","event":"told","topic":"practice","value":[%s],"notes":{%s}}\n' "$skills" \
        "$(printf '%s' "$skills" | sed 's/"\([a-z_]*\)"/"\1":"a note on \1"/g')"
} | run
export_
has "\"topic\":\"practice\",\"by\":\"practitioner\",\"value\":[$skills]"
for skill in structure relationship pro_social motivation cognitive responsivity; do
    has "{\"about\":\"$skill\",\"text\":\"anoteon$skill\"}"
done
show
has "Drew out their own reasons to change"
tell service_user practice '[]' | refused
tell practitioner practice '["charm"]' | refused
end

row "A4 a sitting cannot be closed before what was done in it was looked at"
begin a4
sat | run
echo '{"by":"service_user","event":"closed"}' | refused
has "look together at what you did today"
typed close "" b q
after "What we did today" "Rae gave no answers."
sat | run
{
    tell service_user agenda '["money"]'
    tell practitioner agenda '["home"]'
} | run
typed "" "" "" "" b o b q
has "Areas, 2 of 6. Then Rate, Talk, Plan, Recap."
export_
has '"agenda":["money","home"]'
sat | run
tell service_user recap true | run
echo '{"by":"service_user","event":"closed","word":"kingfisher"}' | run
export_
has '"closed":true,"word":"kingfisher"'
end

row "A5 each says how they arrive; name and pronouns are held"
begin a5
sit "" "" "" 4 3 b q
has "Sam: How are you today?"
export_
has '"name":"Sam","pronouns":"he/him"'
has '"topic":"arriving","by":"practitioner","value":3'
has '"topic":"arriving","by":"service_user","value":4'
end

row "A28 the service user is asked first what to talk about, and who chose first is kept"
begin a28
sit "" "" "" "" "" "3 1" 2 b q
after "Sam: What shall we talk about today?" "Rae: What shall we talk about today?"
export_
has '"chose_first":"service_user","agenda":["health","home","money"]'
begin a28b
{
    sat
    tell practitioner agenda '["home"]'
    tell service_user agenda '["money"]'
    tell service_user pen '"service_user"'
} | run
export_
has '"chose_first":"practitioner","agenda":["home","money"]'
has '"topic":"pen","by":"service_user","value":"service_user"'
end

row "A37 the best bit and how it was, apart from what came of it; how it was shows when both have said"
begin a37
{
    sat
    tell service_user best_bit '"We laughed"'
    tell service_user setting '"Warmer"'
    tell service_user how_it_was 2
} | run
export_
has '"value":"Welaughed"'
has '"topic":"setting"'
lacks how_it_was
show
lacks "How was today?"
tell practitioner how_it_was 5 | run
export_
has '"topic":"how_it_was","by":"service_user","value":2'
has '"topic":"how_it_was","by":"practitioner","value":5'
lacks '"scores":[{'
end

row "A39 a few areas today: the walk ends with them, nothing else is asked for, and the rest is there"
begin a39
sit "" "" "" "" "" 2 "" "" 4 4 "" "" 5 5 q
after "Money. Question 2 of 3." "That was all you chose for today: 1 of 1"
after "That was all you chose for today" "Home. Question 1 of 3."
export_
has '"agenda":["money"]'
end

row "A53 how the room is: kept for each sitting"
begin a53
sit "1 2 4" b q
export_
has '"topic":"room","by":"service_user","value":["side_by_side","both_see","drink"]'
show
has "Is the room right? We sit side by side, We both see the screen"
end

row "A54 one question each and nothing more is a sitting"
begin a54
sit b 4 4 close "" b q
export_
has '"until":'
has '"minutes":'
"$ALONGSIDE" verify "$ref" >"$got" 2>&1
has "every rule holds"
end

row "B9 what must be passed on is said before any question, and that it was is kept"
begin b9
sit "" "" "" b q
after "that has to be passed on" "How safe is home?"
export_
has '"topic":"pass_on"'
sed '/^must_pass_on:/d' "$form" >"$work/none.yaml"
"$ALONGSIDE" new "$work/none.yaml" --ref b9b --no-open >"$work/said" 2>&1 || bail
ref=b9b
sit b q
lacks "What must be passed on"
tell service_user pass_on true | refused
end

row "B25 the principle is shown at the start; at the end each says whether they held to it"
begin b25
sit "" "" b close "" "" "" "" "" "" "" 1 2 b q
after "What we work by" "We look at this together. Both views count."
export_
has '"topic":"principle_kept","by":"practitioner","value":"partly"'
has '"topic":"principle_kept","by":"service_user","value":"yes"'
end

row "B37 how many minutes each sitting took is written out"
begin b37
record=$(ls "$ALONGSIDE_CASELOAD"/*.jsonl | tail -n 1)
sat | run
echo '{"by":"service_user","event":"paused"}' | run
export_
# Both events in one second or two: none, or the minute that was begun.
grep -qE '"minutes":[0-9],' "$got" || wrong "no minutes"
end

finish
