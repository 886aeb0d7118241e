#!/bin/sh
# The review's figures, worked out again from the records by a second program (again.py): caseloads of 150 with two
# seeds and under several filters, both of them together (in which cases have the same references), and very small ones,
# in which hardly anything may be shown. Then: nothing of anybody in a report of 300.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
    echo "1..0 # SKIP there is no Python 3"
    exit 0
fi
ALONGSIDE_FORMS=$(cd "${srcdir:-.}" && pwd)/forms
export ALONGSIDE_FORMS
n=0
failed=0
again() { # what, filters, folders
    what=$1
    shift
    n=$((n + 1))
    if python3 -B "$srcdir/tests/review/again.py" "$ALONGSIDE" "$@" >"$work/said" 2>&1; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        head -n 30 "$work/said" | cut -c1-300 | sed 's/^/# /'
        failed=1
    fi
}
make_one() { # folder, records, seed, broken
    tests/bench/make-caseload "$work/$1" "$2" "$3" 2 "$4" >/dev/null || exit 99
}
make_one one 150 1 5
make_one two 150 2 0
make_one many 300 3 2
cat >"$work/filters" <<'FILTERS'

part=thinking
since=2025-01
lead="Della Knox"
form=feedback
since=2024-06 until=2024-12 form=young-adult
FILTERS
printf '\nform=exit\n' >"$work/few"
again "150 records, seed 1: each number is the one that comes out" "$work/filters" "$work/one"
again "150 records, seed 2" "$work/filters" "$work/two"
again "two folders with the same references: nobody is taken for somebody else" "$work/few" "$work/one" "$work/two"
for seed in 1 2 3 4; do
    make_one "small$seed" 3 "$seed" 0
    make_one "some$seed" 25 "$seed" 0
    again "3 records, seed $seed: what may not be shown is not" "$work/few" "$work/small$seed"
    again "25 records, seed $seed: nothing left out can be worked out" "$work/few" "$work/some$seed"
done
again "300 records: no name, reference, id or day in any format of the report" private "$work/many"
echo "1..$n"
exit $failed
