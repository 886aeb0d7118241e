#!/bin/sh
# new, list and apply, as people and other programs call them: what they say, where, and the exit status.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
n=0
failed=0
# run COMMAND...: its status, output and what it says are kept for `check`.
run() {
    "$ALONGSIDE" "$@" >"$folder/out" 2>"$folder/err" </dev/null
    status=$?
}
check() { # description status words-on-stdout words-on-stderr ("" is nothing at all)
    n=$((n + 1))
    bad=
    [ "$status" = "$2" ] || bad="its status is $status"
    for stream in out err; do
        words=$3
        [ $stream = err ] && words=$4
        if [ -z "$words" ]; then
            [ -s "$folder/$stream" ] && bad="$bad; $stream is not empty"
        else
            grep -qF -- "$words" "$folder/$stream" || bad="$bad; $stream lacks: $words"
        fi
    done
    if [ -z "$bad" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        echo "# $bad"
        sed 's/^/# /' "$folder/out" "$folder/err"
        failed=1
    fi
}

run list
check "an empty caseload says how to begin" 0 "" "alongside new whole-life"
[ ! -e "$folder/cases" ]
status=$?
check "and looking makes no folder" 0 "" "alongside new whole-life"
run new whole-life --ref K-014
check "new prints the path" 0 "$folder/cases/" ""
path=$(cat "$folder/out")
status=$(stat -c '%a' "$folder/cases")$(stat -c '%a' "$path")
: >"$folder/out"
check "the folder is for its owner alone, and so is the record" 700600 "" ""
run new whole-lief
check "a form that is nearly there" 2 "" "did you mean “whole-life”"
run new "$root/tests/form/broken/yaml-tabs.yaml"
check "faults in a form" 2 "" "yaml-tabs.yaml:"
run new whole-life --ref 'a/b'
check "a reference that cannot be" 2 "" "reference"
run new
check "no form" 2 "" "say which form"

run apply K-014 "$root/forms/demo.jsonl"
check "apply by reference" 0 "" "entries added"
printf '# a story\n\n{"by":"service_user","event":"answered","question":"arriving","value":2}\n{"by":"service_user","event":"answered","question":"hom","value":2}\n' >"$folder/script"
run apply "$path" "$folder/script"
check "the first line that is refused ends it" 1 "" "$folder/script:4: there is no question “hom”: did you mean “home”"
check "what came before stays" 1 "" "1 entry added"
printf 'x%065536d\n' 0 >"$folder/script"
run apply "$path" "$folder/script"
check "a line without end" 1 "" "$folder/script:1: the line is too long"
run apply "$path" "$folder/not-there"
check "a script that is not there" 2 "" "not-there cannot be read"
run apply "$path" "$folder"
check "a script that is a folder" 2 "" "cannot be read"
run apply K-041 "$folder/script"
check "a record that is nearly there" 2 "" "did you mean “K-014”"
run apply "$folder/nowhere.jsonl"
check "a record that is not there" 2 "" "nowhere.jsonl"

run list
check "list: a line for each" 0 "K-014  Whole-life assessment" ""
run list --format json
check "list for programs" 0 '"disagreements_open": 2' ""
run list --format jsn
check "a format that is none" 2 "" "text or json"
printf 'x' >>"$path"
run list
check "a line that was not finished" 0 "not finished" ""
run list --caseload "$folder/script"
check "a caseload that is a file" 2 "" "is not a folder"
for command in new list apply; do
    run $command --help
    check "$command --help" 0 "Usage: alongside $command" ""
done
run help
check "help lists the commands" 0 "  referred " ""
run help print
check "help COMMAND" 0 "Usage: alongside print" ""
run help prnt
check "help for a command that is nearly there" 2 "" 'Did you mean "print"?'

# What is sound in a damaged record is told, and that it is not all of it.
run new whole-life --ref hurt
hurt=$(cat "$folder/out")
run apply hurt "$root/forms/demo.jsonl"
sed '9s/"at"/"aT"/' "$hurt" >"$folder/hurt.jsonl"
run referred "$folder/hurt.jsonl"
check "referred says that a record is damaged" 0 "" "hurt.jsonl is damaged (line 9"
run print "$folder/hurt.jsonl" certificate
check "so does print" 2 "" "hurt.jsonl is damaged (line 9"
run new review --no-open --follows "$folder/hurt.jsonl"
check "and what follows it" 0 ".jsonl" "hurt.jsonl is damaged (line 9"
run verify --everywhere "$path"
check "--everywhere is for a code" 2 "" "--everywhere goes with --receipt"
# The settings of the caseload say that there is to be no paper.
printf 'paper_copy: no\n' >"$ALONGSIDE_CASELOAD/settings.yaml"
run copy hurt
check "no copy is made where the settings say so" 2 "" "No copy on paper is made here"
run copy --output "$folder/copy.txt" hurt
check "nor into a file" 2 "" "settings.yaml says so (paper_copy)."
[ ! -e "$folder/copy.txt" ] || { echo "not ok - there is a file"; failed=1; }
echo "1..$n"
exit $failed
