#!/bin/sh
# The whole life of a sealed caseload from the command line: sealed, used by every command, its passphrase changed and
# forgotten, opened again; and each refusal. Nobody is asked: there is no terminal here.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
unset ALONGSIDE_PASSPHRASE_FILE
n=0
failed=0
# run COMMAND...: its status, output and what it says are kept for `check`. A session of its own has no terminal.
run() {
    setsid -w "$ALONGSIDE" "$@" >"$folder/out" 2>"$folder/err" <"${input:-/dev/null}"
    status=$?
}
check() { # description status words-on-stdout words-on-stderr ("" is nothing at all, "*" anything)
    n=$((n + 1))
    bad=
    [ "$status" = "$2" ] || bad="its status is $status"
    for stream in out err; do
        words=$3
        [ $stream = err ] && words=$4
        if [ -z "$words" ]; then
            [ -s "$folder/$stream" ] && bad="$bad; $stream is not empty"
        elif [ "$words" != "*" ]; then
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
holds() { # description: the test before it, as a check
    status=$?
    : >"$folder/out"
    : >"$folder/err"
    check "$1" "${2:-0}" "" ""
}
pass=$folder/pass
old() { run --passphrase-file "$pass" "$@"; }

echo 'some words of my own' >"$pass"
echo 'some words of my owm' >"$folder/wrong"
echo 'too short' >"$folder/short"
: >"$folder/empty"

# ---- in the open ----

run new "$root/forms/whole-life.yaml" --ref K-014 --no-open
record=$(cat "$folder/out")
run apply K-014 "$root/forms/demo.jsonl"
run new whole-life --ref K-015 --no-open
run copy K-014 --as full --to service_user --output "$folder/copy.txt"
run export K-014 --format json
cp "$folder/out" "$folder/open.json"
receipt=$(sed -n 's/.*"receipt": "\([^"]*\)".*/\1/p' "$folder/open.json" | tail -1)
[ -n "$receipt" ] && grep -q 'on my sister' "$record" && grep -q '"Sam"' "$record" && grep -q '"Rae"' "$record"
holds "there is a receipt, and words to look for"
printf '{"place":"home","text":"half a thought of Sam"}' >"$record.draft"
printf 'left behind by Sam' >"$record.draft.new"
cp -r "$folder/cases" "$folder/before"

run unlock
check "unlock: not sealed" 2 "" "To seal it: alongside protect"
run passphrase
check "passphrase: not sealed" 2 "" "To seal it: alongside protect"
run protect --off
check "nothing to open: no terminal" 2 "" "no terminal"
run --passphrase-file "$pass" protect --off
check "nothing to open" 0 "" "nothing to open"
run protect
check "protect without a terminal" 2 "" "--passphrase-file FILE"
run --passphrase-file "$folder/short" protect
check "a short passphrase" 2 "" "9 of at least 12 characters"
run --passphrase-file "$folder/empty" protect
check "no passphrase" 2 "" "There is no passphrase in the first line"
run --passphrase-file "$folder/none" protect
check "no such file" 2 "" "$folder/none"
run protect too many
check "it takes no names" 2 "" "it takes no names"
setsid -w "$ALONGSIDE" --passphrase-file "$pass" protect --light >/dev/full 2>"$folder/err" </dev/null
status=$?
: >"$folder/out"
check "a code that cannot be printed changes nothing" 2 "" "nothing was changed"
[ ! -e "$folder/cases/alongside.key" ]
holds "and there is no key file"

# ---- sealed ----

old protect --light
check "protect: the code alone on standard output" 0 "-" "is sealed. From now on"
cp "$folder/out" "$folder/code"
[ "$(wc -lc <"$folder/code" | tr -s ' ' | sed 's/^ //')" = "1 42" ]
holds "it is one line of 41 characters"
[ ! -e "$record.draft.new" ]
holds "what a power cut left is gone"
# What was said, who is who, the reference, the draft: in no file, and in no file's name.
for said in K-014 K-015 '"Sam"' '"Rae"' 'on my sister' '"answered"' '"event"' 'half a thought' 'left behind' whole-life; do
    ! grep -rqF -- "$said" "$folder/cases"
    holds "no file says: $said"
    ! find "$folder/cases" | sed "s,^$folder/cases,," | grep -qF -- "$said"
    holds "no file is called: $said"
done
[ -z "$(find "$folder/cases" -type f ! -perm 600)" ]
holds "all files are their owner's alone"

# The key file has the keys that alongside-record(5) tells of, in that order.
sed -n '/^\.Ss The key file/,/^\.El/s/^\.It Va //p' "$root/man/alongside-record.5" | tr '\n' ' ' >"$folder/told"
sed 's/{"passes"[^}]*}/x/; s/{"salt"[^}]*}/x/' "$folder/cases/alongside.key" | grep -o '"[a-z]*":' | tr -d '":' |
    tr '\n' ' ' | cmp -s - "$folder/told"
holds "the key file is as the manual says"

for command in "list" "list --due" "open K-014" "open $record" "apply K-014 $root/forms/demo.jsonl" "show K-014" \
    "trend K-014" "referred" "referred K-014" "comment K-014 x --name y" "countersign K-014 --name y" \
    "handover K-014 --to x --name y" "export K-014" "copy K-014" "print K-014 certificate" "verify K-014" \
    "verify $record" "upgrade K-014 $root/forms/whole-life.yaml" "new whole-life --no-open" "passphrase" "unlock" \
    "protect --off"; do
    run $command
    check "without the passphrase: $command" 2 "" "--passphrase-file FILE"
done
run
check "the home screen needs a terminal" 2 "" "which command"
run --passphrase-file "$folder/wrong" list
check "another passphrase" 2 "" "That is not the passphrase of this caseload."
run --passphrase-file "$folder/wrong" unlock
check "unlock: it does not fit" 1 "" "That is not the passphrase of this caseload."
old unlock
check "unlock: it fits, and what a try costs" 0 "3 passes over 64 MiB" ""
old protect
check "protect: sealed already" 0 "" "is sealed already"
ALONGSIDE_PASSPHRASE_FILE=$pass
export ALONGSIDE_PASSPHRASE_FILE
run list
check "the file named by the environment" 0 "K-015" ""
run --passphrase-file "$folder/wrong" list
check "the command line comes before the environment" 2 "" "That is not the passphrase"
unset ALONGSIDE_PASSPHRASE_FILE
run list --passphrase-file "$pass"
check "the option after the command" 0 "K-015" ""
input=$pass
run --passphrase-file - list
check "the passphrase from standard input" 0 "K-015" ""
cat "$pass" "$root/forms/demo.jsonl" >"$folder/both"
input=$folder/both
run --passphrase-file - apply K-015
check "and what comes after it is the script" 0 "" "entries added"
{ cat "$pass"; cat "$root/forms/whole-life.yaml"; } >"$folder/both"
run --passphrase-file - new --ref K-016 --no-open -
check "or the form" 0 "$folder/cases/" ""
input=
head -c 25 "$(cat "$folder/out")" | grep -q '^{"sealed":1,"seq":1,'
holds "a new record is sealed"
printf 'some words of my own\r\n' >"$folder/crlf"
run --passphrase-file "$folder/crlf" list
check "a line that ends as on Windows" 0 "K-014" ""
setsid -w "$ALONGSIDE" --passphrase-file "$pass" show K-014 >"$folder/out" 2>"$folder/err" <&-
status=$?
check "standard input is closed" 0 "Sam" ""
setsid -w "$ALONGSIDE" --passphrase-file - show K-014 >"$folder/out" 2>"$folder/err" <&-
status=$?
check "closed, and to be read from" 2 "" "standard input"

# ---- every command ----

old show K-014
check "show" 0 "Sam" ""
old show "$record"
check "show by path" 0 "Sam" ""
old trend K-014
check "trend" 0 "*" "*"
old referred
check "referred" 0 "*" "*"
old verify K-014
check "verify" 0 "nothing changed" ""
old export K-014 --format json
check "export" 0 "K-014" ""
[ "$(sed -n 's/.*"receipt": "\([^"]*\)".*/\1/p' "$folder/out" | tail -1)" = "$receipt" ]
holds "the receipt is the same, sealed or not"
old export K-014 --format yaml --output "$folder/export.yaml"
check "export to a file" 0 "" ""
run verify --receipt-only "$folder/export.yaml"
check "an export is checked without the passphrase" 0 "*" "*"
old verify K-014 --receipt "$receipt"
check "verify a receipt from before" 0 "matches" ""
old copy K-015 --as slip --to practitioner
check "copy" 0 "*" ""
old print K-014 certificate
check "print" "$status" "*" "*"
old upgrade K-014 --yes "$root/forms/whole-life.yaml"
check "upgrade: the same form" "$status" "*" "*"
! grep -q 'is locked\|is sealed' "$folder/err"
holds "and nothing about a lock"
old list --format json
check "list as JSON" 0 '"trouble": null' ""
old open K-014 --read-only
check "open, a line at a time" 0 "Sam" "*"
run services --format json
check "the list of services is no secret, and there is none" 2 "" "There is no list of services yet"
run demo --accessible
check "the demo is open" 0 "*" "*"
run check whole-life
check "a form is no secret" 0 "*" "*"

# ---- what does not belong ----

mkdir "$folder/other"
run --caseload "$folder/other" new whole-life --ref Z-1 --no-open
stray=$(cat "$folder/out")
cp "$stray" "$folder/cases/"
old list
check "a record in the open among sealed ones is told" 0 "not sealed: run alongside protect" ""
old protect
check "and sealed" 0 "" "is sealed. From now on"
old list
check "and then not told" 0 "Z-1" ""
! grep -q "not sealed" "$folder/out"
holds "as the rest"
cp "$record" "$folder/other/"
run show "$folder/other/$(basename "$record")"
check "a sealed record without its key file" 2 "" "the key file alongside.key is not beside it"
run --caseload "$folder/other" --passphrase-file "$pass" new whole-life --no-open
check "nothing new in the open beside it" 2 "" "their key file is gone"
rm "$folder/other/$(basename "$record")"
run --caseload "$folder/other" --passphrase-file "$pass" protect --light
check "another caseload with a key of its own" 0 "-" "is sealed"
cp "$record" "$folder/other/"
run --passphrase-file "$pass" show "$folder/other/$(basename "$record")"
check "a record of another caseload" 2 "" "is sealed with the key of another caseload"
run --caseload "$folder/other" --passphrase-file "$pass" protect
check "is left as it is, which is told" 0 "" "is sealed already"
cp "$folder/before/$(basename "$record")" "$folder/cases/$(basename "$stray")"
printf 'no record' >"$folder/cases/notes.jsonl"
run --passphrase-file "$folder/wrong" protect
check "not gone on with by another passphrase" 2 "" "That is not the passphrase"
old protect
check "what is no record is left, and told" 1 "" "notes.jsonl"
old list
check "and the caseload is half moved" 0 "K-014" "may not be sealed yet. To go on: alongside protect"
rm "$folder/cases/notes.jsonl"
printf 'x' >"$folder/cases/minutes.txt"
printf 'x' >"$folder/cases/plan.txt"
old protect
check "then all of it is sealed; other files are told of" 0 "" "minutes.txt"
rm "$folder/cases/minutes.txt" "$folder/cases/plan.txt" "$folder/cases/$(basename "$stray")"

# ---- the key file ----

key=$folder/cases/alongside.key
cp "$key" "$folder/key"
sed 's/"state":"sealed"/"state":"opening"/' "$folder/key" >"$key"
old list
check "the key file changed" 2 "" "it is damaged. Put back a copy of it"
head -c 100 "$folder/key" >"$key"
old list
check "the key file cut" 2 "" "it is damaged"
sed 's/"format":1/"format":2/' "$folder/key" >"$key"
old list
check "a newer key file" 2 "" "made by a newer version"
sed 's/"mebibytes":64/"mebibytes":1000000/' "$folder/key" >"$key"
old list
check "out of bounds" 2 "" "64 to 1024 are taken"
rm "$key"
old list
check "the key file gone" 0 "the key file alongside.key is not beside it" ""
cp "$folder/other/alongside.key" "$key"
old list
check "another caseload's key file" 0 "is sealed with the key of another caseload" ""
cp "$folder/key" "$key"

# ---- changing ----

echo 'quite other words now' >"$folder/new"
old passphrase --new-passphrase-file "$folder/short"
check "a new one that is too short" 2 "" "9 of at least 12"
run --passphrase-file "$folder/wrong" passphrase --new-passphrase-file "$folder/new"
check "the old one is wrong" 2 "" "That is not the passphrase"
old passphrase --new-passphrase-file "$folder/new"
check "another passphrase" 0 "" "The recovery code is the same as before."
cp "$key" "$folder/good"
head -c 100 "$folder/good" >"$key"
old show K-014
check "its file damaged before it was used: the one from before" 0 "Sam" "alongside.key.bak"
cp "$folder/good" "$key"
old list
check "the old one no longer fits" 2 "" "That is not the passphrase"
run --passphrase-file "$folder/new" show K-014
check "the new one does" 0 "Sam" ""
[ ! -e "$key.bak" ]
holds "and the one from before is gone"
cat "$folder/new" "$pass" >"$folder/both"
input=$folder/both
run --passphrase-file - passphrase --new-passphrase-file -
check "both from standard input, one after the other" 0 "" "is changed"
input=

# ---- forgotten ----

sed 's/^\(.\)\(.\)/\2\1/; s/^\(.\)\1/\1Z/' "$folder/code" >"$folder/slip"
run unlock --code-file "$folder/slip" --new-passphrase-file "$folder/new"
check "a slip in the code" 1 "" "recovery code"
cp "$folder/other/alongside.key" "$key"
run unlock --code-file "$folder/code" --new-passphrase-file "$folder/new"
check "the code of another caseload" 1 "" "That is not the recovery code of this caseload."
cp "$folder/key" "$key"
tr 'A-Z-' 'a-z ' <"$folder/code" >"$folder/typed"
run unlock --code-file "$folder/typed" --new-passphrase-file "$folder/new"
check "as somebody types it" 0 "" "The passphrase is changed."
run --passphrase-file "$folder/new" passphrase --new-code --new-passphrase-file "$pass"
check "and a new code" 0 "-" "The old recovery code no longer fits."
cp "$folder/out" "$folder/newer"
run unlock --code-file "$folder/code" --new-passphrase-file "$folder/new"
check "the old code no longer fits" 1 "" "That is not the recovery code"
run passphrase --code-file "$folder/newer" --new-passphrase-file "$pass"
check "the new one does" 0 "" "is changed"

# ---- what stands in the way ----

for command in protect passphrase unlock; do
    run $command --help
    check "$command --help" 0 "Usage: alongside $command" ""
    setsid -w env -u ALONGSIDE_CASELOAD -u HOME -u XDG_DATA_HOME "$ALONGSIDE" --passphrase-file "$pass" $command \
        >"$folder/out" 2>"$folder/err" </dev/null
    status=$?
    check "$command: no place for a caseload" 2 "" "alongside $command: "
done
run --caseload "$folder/pass/below" --passphrase-file "$pass" protect
check "protect: a file in the folder's place" 2 "" "$folder/pass"
for command in protect "passphrase --new-passphrase-file $folder/new"; do
    # shellcheck disable=SC2086 # its words
    flock "$folder/cases" setsid -w "$ALONGSIDE" --passphrase-file "$pass" $command >"$folder/out" 2>"$folder/err" </dev/null
    status=$?
    check "another one is at work: $command" 2 "" "Wait until it is done."
done
cp "$key" "$folder/good"
rm -f "$key.bak"
head -c 100 "$folder/good" >"$key"
for command in protect "protect --off" "passphrase --new-passphrase-file $folder/new" unlock; do
    # shellcheck disable=SC2086 # its words
    old $command
    check "the key file is damaged: $command" 2 "" "Put back a copy of it"
done
cp "$folder/good" "$key.bak"
old unlock
check "unlock: the one from before" 0 "The passphrase of" "is used in its place"
old protect
check "protect: the one from before" 0 "" "is used in its place"
rm "$key" "$key.bak"
run --passphrase-file "$pass" protect --off
check "sealed, and the key file gone: nothing is said to be open" 2 "" "There are sealed assessments in"
cp "$folder/good" "$key"
head -c 1100 /dev/zero | tr '\0' x >"$folder/long"
run --passphrase-file "$folder/long" list
check "a passphrase that is too long" 2 "" "That is too long: a passphrase has"
run --passphrase-file "$folder" list
check "a folder in its place" 2 "" "The passphrase cannot be read from"
printf 'some words of my own\r\n' >"$folder/windows"
run --passphrase-file "$folder/windows" list
check "from another system" 0 "K-014" ""
ALONGSIDE_PASSPHRASE_FILE='' run list
check "no file is named" 2 "" "there is no terminal to ask for its passphrase at"
run unlock --code-file "$folder/empty" --new-passphrase-file "$folder/new"
check "no code" 2 "" "There is no passphrase in the first line"
run unlock --code-file "$folder/newer"
check "by the code, and no new passphrase is said" 2 "" "no terminal to choose a passphrase at"
old passphrase --new-code
check "and by the passphrase" 2 "" "no terminal to choose a passphrase at"

# ---- back ----

run --passphrase-file "$folder/wrong" protect --off
check "not without the passphrase" 2 "" "That is not the passphrase"
printf 'no record' >"$folder/cases/notes.jsonl"
old protect --off
check "what is no record keeps the key file there" 1 "" "alongside protect --off"
[ -e "$key" ]
holds "so that nothing is lost"
rm "$folder/cases/notes.jsonl"
old protect --off
check "all of it in the open" 0 "" "no passphrase is needed any more"
[ ! -e "$key" ] && [ ! -e "$key.bak" ]
holds "the key file is gone"
size=$(wc -c <"$folder/before/$(basename "$record")")
head -c "$size" "$record" | cmp -s - "$folder/before/$(basename "$record")"
holds "a record begins with every byte it had"
cmp -s "$record.draft" "$folder/before/$(basename "$record").draft"
holds "so does what was half typed"
run show K-014
check "and nobody is asked" 0 "Sam" ""
echo "1..$n"
exit $failed
