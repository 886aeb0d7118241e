#!/bin/sh
# Places where a record cannot be made or added to: a folder that is missing, may not be written to or is full; input
# that ends in the middle of a word. Each time: what is wrong in words, status 2, and nothing lost.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
root=$(cd "${srcdir:-.}" && pwd) || exit 99
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
n=0
failed=0
run() {
    "$ALONGSIDE" "$@" >"$folder/out" 2>"$folder/err"
    status=$?
}
check() { # description status words-said
    n=$((n + 1))
    if [ "$status" = "$2" ] && cat "$folder/out" "$folder/err" | grep -qF -- "$3"; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        echo "# status $status; lacks: $3"
        sed 's/^/# /' "$folder/out" "$folder/err"
        failed=1
    fi
}
skip() { # description why
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}
form=$root/tests/stories/form.yaml
answer() { # value
    printf '{"by":"service_user","event":"answered","question":"home","value":%s}\n' "$1"
}

run new --no-open "$form" --ref K-1 </dev/null
check "a record to begin with" 0 "$folder/cases"
record=$(cat "$folder/out")

# ---- a missing folder

run apply "$folder/missing/r.jsonl" </dev/null
check "adding where there is no folder" 2 "$folder/missing"
run open "$folder/missing/r.jsonl" </dev/null
check "opening where there is no folder" 2 "$folder/missing"
run show "$folder/missing/r.jsonl" </dev/null
check "showing where there is no folder" 2 "$folder/missing"
run verify "$folder/missing/r.jsonl" </dev/null
check "verifying where there is no folder" 2 "$folder/missing"
run export --output "$folder/missing/r.yaml" "$record" </dev/null
check "exporting to where there is no folder" 2 "$folder/missing"
: >"$folder/file"
run new --no-open --caseload "$folder/file" "$form" </dev/null
check "a caseload that is a file" 2 "$folder/file"

# ---- a folder that may only be read: file permissions do not hold root back, so a file system that nobody may write

if unshare -rm true 2>/dev/null; then
    mkdir "$folder/disk"
    # Within: a small disk with a record on it, which is then made read-only, or filled up.
    within() { # what-to-do command...
        # shellcheck disable=SC2016
        unshare -rm sh -c '
            what=$1 disk=$2 record=$3
            shift 3
            mount -t tmpfs -o size=256k none "$disk" && cp "$record" "$disk/r.jsonl" || exit 99
            case $what in
            read-only) mount -o remount,ro "$disk" ;;
            full) dd if=/dev/zero of="$disk/fill" bs=4096 2>/dev/null; true ;;
            esac || exit 99
            "$@"
            status=$?
            cp "$disk/r.jsonl" "$disk.after"
            exit $status' sh "$@" >"$folder/out" 2>"$folder/err"
        status=$?
    }
    unchanged() {
        if cmp -s "$record" "$folder/disk.after"; then
            check "$1" 2 "$2"
        else
            status="$status, and the record has changed"
            check "$1" 2 "$2"
        fi
    }
    answer 2 >"$folder/script"
    within read-only "$folder/disk" "$record" "$ALONGSIDE" apply "$folder/disk/r.jsonl" "$folder/script"
    unchanged "adding on a file system to be read only" "ead-only file system"
    within read-only "$folder/disk" "$record" "$ALONGSIDE" open "$folder/disk/r.jsonl" </dev/null
    unchanged "opening there says how to look at it" "--read-only"
    within read-only "$folder/disk" "$record" "$ALONGSIDE" show "$folder/disk/r.jsonl"
    check "showing there" 0 "A story"
    within read-only "$folder/disk" "$record" "$ALONGSIDE" new --no-open --caseload "$folder/disk/cases" "$form"
    check "a new one there" 2 "ead-only file system"
    within read-only "$folder/disk" "$record" "$ALONGSIDE" export --output "$folder/disk/r.yaml" "$folder/disk/r.jsonl"
    check "exporting to there" 2 "ead-only file system"

    # The record ends in the middle of a block: what is written beyond it finds no room.
    i=0
    while [ $i -lt 400 ]; do
        answer $((i % 5 + 1))
        i=$((i + 1))
    done >"$folder/script"
    within full "$folder/disk" "$record" "$ALONGSIDE" apply "$folder/disk/r.jsonl" "$folder/script"
    check "adding on a full disk" 2 "there is no room for it on the disk"
    run verify "$folder/disk.after"
    check "what was saved before it was full is whole" 0 ""
    saved=$(wc -l <"$folder/disk.after")
    within full "$folder/disk" "$record" "$ALONGSIDE" apply "$folder/disk/r.jsonl" "$folder/script"
    lines=$(grep -ho '[0-9]* entr[a-z]* added' "$folder/err" | cut -d' ' -f1)
    status=$([ "$saved" = $((lines + 1)) ]; echo $?)
    check "it says how many were saved, and as many are there" 0 ""
    within full "$folder/disk" "$record" "$ALONGSIDE" new --no-open --caseload "$folder/disk/cases" "$form"
    check "a new one on a full disk" 2 "No space left on device"
    within full "$folder/disk" "$record" "$ALONGSIDE" export --output "$folder/disk/r.yaml" "$folder/disk/r.jsonl"
    check "exporting to a full disk" 2 "No space left on device"
    if [ -w /dev/full ]; then
        "$ALONGSIDE" export "$record" >/dev/full 2>"$folder/err"
        status=$?
        check "exporting into what is full" 2 "No space left on device"
        for command in "eval 1" "check $form" "verify $record" --help; do
            # shellcheck disable=SC2086
            "$ALONGSIDE" $command >/dev/full 2>"$folder/err"
            status=$?
            check "${command%% *} into what is full" 2 "cannot be written"
        done
    fi
else
    skip "a folder to be read only, and a full disk" "no name spaces of one's own here"
fi

# ---- input that ends in the middle of a word

answer 3 | head -c 40 >"$folder/script"
run apply "$record" "$folder/script"
check "a script that ends in the middle of a word" 1 "script:1:"
cp "$record" "$folder/before"
printf 'Rae\nSam\n\n\nb\n3\nn\nhalf a wo' | "$ALONGSIDE" open --accessible "$record" >"$folder/out" 2>"$folder/err"
status=$?
check "line mode whose input ends in the middle of a word" 0 "Home"
head -c "$(wc -c <"$folder/before")" "$record" | cmp -s - "$folder/before"
status=$?
check "all that was there is there" 0 ""
run verify "$record"
check "and it is whole" 0 ""

echo "1..$n"
exit $failed
