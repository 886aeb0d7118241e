#!/bin/sh
# Where strace is there: `alongside apply` killed on entering a system call, whichever, those of its libraries too; a
# second witness besides the shim (tests/fault/shim.h), which sees only the calls that it stands in for. FAULTS=all: at
# each; else at each 17th.
alongside=${ALONGSIDE:?}
srcdir=${srcdir:-.}
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v strace >/dev/null || skip "strace is not here"
strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"
grep -q __asan_init "$alongside" && skip "a sanitizer does not bear being traced"

ALONGSIDE_CASELOAD=$folder/caseload
export ALONGSIDE_CASELOAD
"$alongside" new --ref K --no-open "$srcdir/tests/stories/form.yaml" >/dev/null || exit 99
record=$(echo "$folder"/caseload/*.jsonl)
cp "$record" "$folder/begun"
cat >"$folder/script" <<'END'
{"by":"practitioner","event":"answered","question":"home","value":5}
{"by":"service_user","event":"answered","question":"home","value":1}
{"by":"service_user","event":"said","disagreement":"d1","text":"I can be told to go"}
END
strace -f -o "$folder/calls" "$alongside" apply K "$folder/script" 2>/dev/null || exit 99
step=17
[ "$FAULTS" = all ] && step=1
# Each call by its name and which of that name it is, as strace counts them.
awk -v step=$step '{ sub(/^[0-9]+ +/, "") } /^[a-z]/ { sub(/\(.*/, ""); n[$0]++; if ($0 !~ "^(execve|exit_group)$" && ++all % step == 0) print $0, n[$0] }' \
    "$folder/calls" >"$folder/each"

failed=0
killed=0
begun=$(grep -c . "$folder/begun")
while read -r name n; do
    cp "$folder/begun" "$record"
    # In a shell of its own, so that this one does not tell of the kill.
    status=$( (exec strace -f -qq -o /dev/null -e "inject=$name:signal=KILL:when=$n" "$alongside" apply K "$folder/script") \
        >/dev/null 2>&1 </dev/null; echo $?) 2>/dev/null
    [ "$status" = 137 ] && killed=$((killed + 1))
    lines=$(grep -c '"hash":"[0-9a-f]*"}$' "$record")
    if [ "$lines" -lt "$begun" ] || ! head -c "$(wc -c <"$folder/begun")" "$record" | cmp -s - "$folder/begun"; then
        echo "# killed at $name $n: what was there is gone"
        failed=1
    fi
    if ! printf '' | "$alongside" apply K - >"$folder/out" 2>&1 || ! "$alongside" verify K >"$folder/out" 2>&1; then
        echo "# killed at $name $n:"
        sed 's/^/#   /' "$folder/out"
        failed=1
    fi
done <"$folder/each"
wanted=$(grep -c . "$folder/each")
[ "$wanted" -gt 5 ] && [ "$killed" = "$wanted" ] || failed=1
echo "# killed at $killed of $wanted system calls"
[ "$failed" = 0 ] || printf 'not '
echo "ok 1 - killed at any system call, the record opens and holds"
echo "1..1"
