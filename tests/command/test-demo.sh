#!/bin/sh
# demo and open without a terminal: the demo tells its story to the end and says where the assessment lies, and touches
# nothing of the person's own; open goes on in line mode.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
mkdir "$folder/home" "$folder/tmp"
HOME=$folder/home
TMPDIR=$folder/tmp
ALONGSIDE_FORMS=$root/forms
export HOME TMPDIR ALONGSIDE_FORMS
unset XDG_DATA_HOME ALONGSIDE_CASELOAD ACCESSIBLE
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# /' "$folder/out" "$folder/err"
        failed=1
    fi
}

"$ALONGSIDE" demo >"$folder/out" 2>"$folder/err" </dev/null
ok $? "the demo plays itself to the end"
grep -q "Rae and Sam sat down together" "$folder/out" && grep -q "moved to Sam's answer" "$folder/out"
ok $? "and tells what the two do, and how they settle it"
file=$(sed -n 's/^The assessment is written out in //p' "$folder/out")
[ -s "$file" ] && grep -q '^disagreements:' "$file"
ok $? "the assessment lies where it says"
[ -z "$(ls -A "$folder/home")" ]
ok $? "nothing of the person's own is touched"
[ "$(stat -c '%a' "$(dirname "$file")")" = 700 ]
ok $? "its folder is for its owner alone"

record=$(ls "$folder"/tmp/*/*.jsonl)
printf 'q\n' | "$ALONGSIDE" open "$record" >"$folder/out" 2>"$folder/err"
ok $? "open goes on in line mode where there is no terminal"
grep -q "Whole-life assessment" "$folder/out"
ok $? "with the assessment"
before=$(cksum <"$record")
printf 'q\n' | "$ALONGSIDE" open --read-only "$record" >"$folder/out" 2>"$folder/err"
ok $? "open --read-only"
[ "$before" = "$(cksum <"$record")" ]
ok $? "and nothing is written"

ALONGSIDE_FORMS=$folder/nowhere "$ALONGSIDE" demo >"$folder/out" 2>"$folder/err" </dev/null
[ $? = 2 ] && grep -q "There is no form" "$folder/err" && [ "$(ls "$folder/tmp" | wc -l)" = 1 ]
ok $? "without the form: why, and no folder is left behind"
TMPDIR=$folder/nowhere "$ALONGSIDE" demo >"$folder/out" 2>"$folder/err" </dev/null
[ $? = 2 ] && grep -q "No folder for the demo" "$folder/err"
ok $? "without a place for it: why"
"$ALONGSIDE" --caseload "$folder/cases" new whole-life --ref R >"$folder/out" 2>"$folder/err" </dev/null &&
    "$ALONGSIDE" --caseload="$folder/cases" list >"$folder/out" 2>"$folder/err" && grep -q '^R ' "$folder/out"
ok $? "--caseload before the command is for every command"
"$ALONGSIDE" --accessible --caseload "$folder/cases" list >"$folder/out" 2>"$folder/err" && grep -q '^R ' "$folder/out"
ok $? "and so is --accessible"
for command in demo open; do
    "$ALONGSIDE" $command --help >"$folder/out" 2>"$folder/err" && grep -q "Usage: alongside $command" "$folder/out"
    ok $? "$command --help"
done
echo "1..$n"
exit $failed
