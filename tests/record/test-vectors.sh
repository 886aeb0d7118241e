#!/bin/sh
# The other program (vectors.py) and this one: the vectors are what it makes, and it opens what Alongside writes.
set -u
for python in python3 /usr/bin/python3; do
    "$python" -c 'import argon2' 2> /dev/null && break
    python=
done
if [ -z "$python" ]; then
    echo "1..0 # SKIP python3-argon2 is not here"
    exit 0
fi
other=$srcdir/tests/record/vectors.py
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
ok() { # NUMBER NAME, after a command
    if [ "$?" -eq 0 ]; then echo "ok $1 - $2"; else echo "not ok $1 - $2"; fi
}
echo 1..4
mkdir "$work/made" "$work/ours"
"$python" "$other" make "$work/made" && diff -r "$work/made" "$srcdir/tests/record/vectors" >&2
ok 1 "the vectors are what vectors.py makes"
tests/record/test-vectors write "$work/ours" > "$work/plain" && [ -s "$work/plain" ] &&
    ! grep -q '"note ' "$work/ours/r.jsonl"
ok 2 "a record is sealed"
echo "passphrase brüme salt café plum oat ten" | "$python" "$other" open "$work/ours" | diff "$work/plain" - >&2
ok 3 "another program opens it with the passphrase, and reads the same lines"
echo "recovery twenty bytes of code" | "$python" "$other" open "$work/ours" | diff "$work/plain" - >&2
ok 4 "and with the recovery code"
