#!/bin/sh
# What protects in the review and the commissioner's report, taken out one at a time: the test that holds it must fail,
# and does not when all is there. The rest of the controls is test-controls.c.
n=0
failed=0
out=$(mktemp) || exit 99
trap 'rm -f "$out"' EXIT
result() { # ok? description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
run() { # protection or nothing, program
    ALONGSIDE_WITHOUT=$1 CMOCKA_MESSAGE_OUTPUT=TAP "$2" >"$out" 2>/dev/null
}
control() { # protection, program, test
    run "$1" "$2"
    grep -q "^not ok .*$3\$" "$out"
    result $? "without $1: $3 fails"
}
index=tests/review/test-index
if [ ! -x $index ]; then
    echo '1..0 # SKIP the tests are not built here'
    exit 0
fi
control "the index's proof" $index test_forged
control 'left alone for a while' $index test_clock
control 'sealed since' $index test_sealed_since
control 'names taken out' tests/review/test-deidentify test_names
control 'numbers taken out' tests/review/test-deidentify test_numbers
control 'few people' tests/report/test-commission-rows test_one_by_one
control 'what is beside few' tests/report/test-commission-rows test_beside
for program in $index tests/review/test-deidentify tests/report/test-commission-rows; do
    run "" "$program" && ! grep -q '^not ok' "$out"
    result $? "$program with all of them"
done
! grep -q ALONGSIDE_WITHOUT "${ALONGSIDE:?}"
result $? 'the program itself has none of it'
echo "1..$n"
exit $failed
