#!/bin/sh
# preview: a form is filled in and nothing is kept, however it ends; a new version of the file is gone on with.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
mkdir "$folder/home" "$folder/tmp" "$folder/here"
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
form() { # type of home, more
    printf 'form: life\nversion: "1"\ntitle: Life\nsections:\n  - section: one\n    questions:\n'
    printf '      - {name: home, type: %s, label: %s}\n' "$1" "$2"
    printf '      - {name: rent, type: integer, label: Rent}\n'
}
nothing_left() {
    [ -z "$(ls -A "$folder/home")" ] && [ -z "$(ls -A "$folder/tmp")" ] && [ "$(ls -A "$folder/here")" = life.yaml ]
    ok $? "$1"
}
cd "$folder/here" || exit 99
form text Home >life.yaml
"$ALONGSIDE" preview >"$folder/out" 2>"$folder/err"
[ $? = 2 ] && grep -q "say which form" "$folder/err"
ok $? "a form has to be named"
"$ALONGSIDE" preview - <life.yaml >"$folder/out" 2>"$folder/err"
[ $? = 2 ] && grep -q "has to be a file" "$folder/err"
ok $? "and be a file"
form txt Home >../broken.yaml
"$ALONGSIDE" preview ../broken.yaml </dev/null >"$folder/out" 2>"$folder/err"
[ $? = 2 ] && grep -q '^../broken.yaml:7:28: error: There is no type "txt"' "$folder/err" &&
    grep -q 'did you mean "text"' "$folder/err"
ok $? "without errors: they are said as check says them"
printf '\n\n\n\nA roof\nq\n' | "$ALONGSIDE" preview ./life.yaml >"$folder/out" 2>"$folder/err"
ok $? "filled in in line mode"
grep -q "Preview: nothing is kept" "$folder/out" && grep -q "That was a preview: nothing was kept." "$folder/out"
ok $? "which says that nothing is kept"
nothing_left "and nothing is"

# A new version while it runs: each line is waited for, so it is known what has been read.
mkfifo "$folder/in" "$folder/pipe"
"$ALONGSIDE" preview --accessible ./life.yaml <"$folder/in" >"$folder/pipe" 2>"$folder/err" &
program=$!
exec 3>"$folder/in" 4<"$folder/pipe"
: >"$folder/out"
until_says() {
    while IFS= read -r line <&4; do
        printf '%s\n' "$line" >>"$folder/out"
        case $line in *"$1"*) return 0 ;; esac
    done
    return 1
}
printf '\n\n\n\nA roof\n' >&3
until_says "Saved: A roof"
ok $? "an answer is given"
form text "Your home" >life.yaml
printf 'b\n' >&3
until_says "The form was read again." && printf '\n' >&3 && until_says "Your home" && until_says "says: A roof"
ok $? "the new version is gone on with, and the answer"
form txet "My home" >life.yaml
printf 'f\n' >&3
until_says "as it was before" && until_says 'life.yaml:7:28: error: There is no type "txet".'
ok $? "one with errors is told, and the one before goes on"
printf 'b\nb\n' >&3
until_says "Your home"
ok $? "as it was"
form text Home >life.yaml
kill -TERM "$program"
exec 3>&-
cat <&4 >>"$folder/out"
wait "$program"
nothing_left "after SIGTERM nothing is left either"
echo "1..$n"
exit $failed
