#!/bin/sh
# What the service user reads in a shipped form: a reading grade (Flesch-Kincaid, by style from package diction) of 4
# or below, no sentence of more than 15 words, and nothing too long for its place on a screen of 80 by 24.
cd "${srcdir:-.}" || exit 99
if ! command -v style >/dev/null; then
    echo "1..0 # SKIP style (Debian: diction) is not installed"
    exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0
failed=0
result() { # what, is it so?
    n=$((n + 1))
    if [ "$2" = 1 ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        failed=1
    fi
}
texts() { # form, which
    awk -v only="$2" -f tests/forms/service-user-text.awk "$1"
}
for form in forms/*.yaml; do
    # Titles and choices are a word or two each and would make the whole look easier than it is: sentences alone. And
    # to style "Home:" is a sentence; to a reader it is not.
    texts "$form" sentences | sed 's/: /, /' >"$work/sentences"
    LC_ALL=C style "$work/sentences" >"$work/style"
    grade=$(sed -n 's/^ *Kincaid: *\(-*[0-9.]*\).*/\1/p' "$work/style")
    longest=$(sed -n 's/.*longest sent \([0-9]*\) wds.*/\1/p' "$work/style")
    echo "# $form: grade $grade, longest sentence $longest words"
    result "$form: reading grade 4 or below" "$(awk -v grade="$grade" 'BEGIN { print grade != "" && grade + 0 <= 4 }')"
    result "$form: no sentence over 15 words" "$(awk -v words="$longest" 'BEGIN { print words != "" && words + 0 <= 15 }')"
    texts "$form" all | awk 'length($0) > 140 { print "# " $0 }' >"$work/long"
    texts "$form" choices | awk 'length($0) > 28 { print "# " $0 }' >>"$work/long"
    cat "$work/long"
    result "$form: each text fits its place" "$([ -s "$work/long" ] || echo 1)"
    # A form in a style that the extractor does not know would pass by saying nothing.
    questions=$(grep -c '^ *type: ' "$form")
    found=$(texts "$form" all | grep -c .)
    result "$form: $found texts of $questions questions were read" "$([ "$found" -gt "$questions" ] && echo 1)"
done
echo "1..$n"
exit $failed
