#!/bin/sh
# What the shipped forms make of answers: the lists of the plan, and how many stand in each. A step's day may lie in the
# past here, as it does once time has gone by.
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_CASELOAD=$work/cases
ALONGSIDE_FORMS=$forms
COLUMNS=80
export ALONGSIDE_CASELOAD ALONGSIDE_FORMS COLUMNS
n=0
failed=0
begin() { # form; intents on standard input; what is shown goes to $work/shown
    cat >"$work/script"
    sed '/name: by$/,/warning_message/{/constraint\|warning/d;}' "$forms/$1.yaml" >"$work/$1.yaml"
    if ! "$ALONGSIDE" new "$work/$1.yaml" --ref "$1" >"$work/said" 2>&1 </dev/null ||
        ! "$ALONGSIDE" apply "$1" "$work/script" >"$work/said" 2>&1 ||
        ! "$ALONGSIDE" show "$1" >"$work/shown" 2>&1; then
        echo "Bail out! $1: $(head -n 1 "$work/said")"
        exit 99
    fi
}
shows() { # what, a line
    n=$((n + 1))
    if grep -qF -- "$2" "$work/shown"; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1: “$2”"
        sed -n '/^Worked out/,/^Signed/p' "$work/shown" | sed 's/^/# /'
        failed=1
    fi
}
says() { # who, question, value as JSON
    printf '{"by":"%s","event":"answered","question":"%s","value":%s}\n' "$1" "$2" "$3"
}
together() { # question, value as JSON
    printf '{"by":"practitioner","event":"proposed","question":"%s","value":%s}\n' "$1" "$2"
    printf '{"by":"%s","event":"confirmed","question":"%s"}\n' practitioner "$1" service_user "$1"
}
add() { # who, repeat
    printf '{"by":"%s","event":"added","question":"%s"}\n' "$1" "$2"
}
step() { # repeat, number, words, whose, day
    add practitioner "$1"
    together "step#$2" "\"$3\""
    together "who#$2" "\"$4\""
    together "by#$2" "\"$5\""
}

{
    says service_user home_strength '"My sister"'
    says practitioner home 2
    says practitioner home_handled '"nobody"'
    says practitioner drugs 1
    says practitioner drugs_handled '"nobody"'
    says practitioner gambling 1
    says practitioner gambling_handled '"nobody"'
    says practitioner body 2
    says practitioner body_handled '"here"'
    add service_user goals # 1
    says service_user goal#1 '"A place of my own"'
    says service_user goal_good#1 '"close"'
    add service_user goals # 2
    says service_user goal#2 '"Sleep well"'
    says service_user goal_good#2 '"well"'
    add service_user goals # 3
    says service_user goal#3 '"Box again"'
    says service_user goal_good#3 '"well"'
    says service_user goal_status#3 '"dropped"'
    step steps#1 4 "Ring the council" practitioner 2020-01-01
    says practitioner kind#4 '"refer"'
    says practitioner system#4 '"welfare"'
    step steps#1 5 "Look at flats" service_user 2020-01-01
    step steps#2 6 "Ask the doctor" practitioner 2199-01-01
    says practitioner kind#6 '"signpost"'
    says practitioner system#6 '"treatment"'
    step steps#2 7 "Bring the form" practitioner 2020-01-01
    says practitioner status#7 '"done"'
    says service_user status#7 '"done"'
    add service_user obstacles#1 # 8
    says service_user obstacle#8 '"No deposit"'
    says service_user obstacle_kind#8 '"practical"'
    add service_user obstacles#2 # 9
    says service_user obstacle#9 '"I lie awake"'
    says service_user obstacle_kind#9 '"inside"'
    add practitioner services # 10
    says practitioner service#10 '"Day centre"'
    says practitioner service_role#10 '"gap_filler"'
    add practitioner services # 11
    says practitioner service#11 '"Probation"'
    says practitioner service_role#11 '"key_worker"'
    add practitioner services # 12
    says practitioner service#12 '"Food bank"'
    says practitioner service_role#12 '"gap_filler"'
    add service_user people # 13
    says service_user person#13 '"Nan"'
    add service_user progress # 14
    says service_user progress_what#14 '"I walked off"'
    says service_user progress_kind#14 '"act"'
    says practitioner belief '"That he will be a good dad"'
} | begin whole-life
shows "A22: goals by what makes a good life, but those dropped" "Our goals, by what makes a good life: 2 of 3"
shows "A22: under each good" "Being close to people: 1 of 1"
shows "A17: what the practitioner is late with, to both" "What my worker is late with: 1 of 4"
shows "A17: and which step that is" "- Ring the council"
shows "A15: what is in the way, around them" "In the way: things around us: 1 of 2"
shows "A15: and inside" "In the way: things inside: 1 of 2"
shows "A36: nobody yet" "Nobody helps with this yet: 3 of"
shows "A36: a part that the label names itself is named once" "- Home: who "
shows "B17: pathways not met" "Pathways not met yet: 2 of"
shows "B20: services by what they do" "They fill a gap: 2 of 2"
shows "B20: the one that leads" "They lead my help: 1 of 1"
shows "B26: where steps lead" "Housing, benefits or care: 1 of 1"
shows "B26: another system" "Health, drink or drugs help: 1 of 1"
shows "A27: people on my side" "People on my side: 1 of 1"
shows "A27: what the practitioner believes" "What my worker believes: 1 of 1"
shows "A24: signs of change, by kind" "What I do: 1 of 1"
shows "A32: strengths stand first" "What is good already: 1 of"

{
    says practitioner side '"missing"'
    says practitioner alone_unfinished '"The move"'
} | begin exit
shows "B11: their side is missing, and that is said" "side is missing: 1 of 1"
shows "B11: what is not done, from the one side there is" "What is not done yet: 1 of"

{
    says service_user ahead 5
    says service_user cooling 2
} | begin young-adult
shows "B23: what goes well" "Going well: 1 of"
shows "B23: what to talk about more" "To talk about more: 1 of"
echo "1..$n"
exit $failed
