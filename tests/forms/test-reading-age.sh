#!/bin/sh
# What the service user reads in a shipped form: a reading grade (Flesch-Kincaid, by style from package diction) of 4
# or below in every section, no sentence of more than 15 words, and nothing too long for its place on a screen of 80 by
# 24: a question three lines of 36 columns, where each side has its own words; a choice the half of a screen.
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
texts() { # form, which, section
    awk -v only="$2" -v section="$3" -f tests/forms/service-user-text.awk "$1"
}
for form in forms/*.yaml; do
    # Titles and choices are a word or two each and would make the whole look easier than it is: sentences alone. And
    # to style "Home:" is a sentence; to a reader it is not. What an answer will stand in for is one word.
    sections=$(sed -n 's/^  - section: //p' "$form")
    hardest=-99
    longest=0
    hard=
    for section in $sections; do
        texts "$form" sentences "$section" | sed 's/: /, /; s/\${[a-z_]*}/five/g' >"$work/sentences"
        [ -s "$work/sentences" ] || continue
        LC_ALL=C style "$work/sentences" >"$work/style"
        grade=$(sed -n 's/^ *Kincaid: *\(-*[0-9.]*\).*/\1/p' "$work/style")
        words=$(sed -n 's/.*longest sent \([0-9]*\) wds.*/\1/p' "$work/style")
        awk -v grade="$grade" 'BEGIN { exit !(grade != "" && grade + 0 <= 4) }' || hard="$hard $section ($grade)"
        hardest=$(awk -v a="$grade" -v b="$hardest" 'BEGIN { print (a + 0 > b + 0 ? a : b) }')
        [ "${words:-99}" -gt "$longest" ] && longest=${words:-99}
    done
    echo "# $form: grade $hardest in the hardest section, longest sentence $longest words"
    result "$form: reading grade 4 or below in each section$hard" "$([ -n "$sections" ] && [ "$hardest" != -99 ] && [ -z "$hard" ] && echo 1)"
    result "$form: no sentence over 15 words" "$([ "$longest" -gt 0 ] && [ "$longest" -le 15 ] && echo 1)"
    texts "$form" all | awk 'length($0) > 100 { print "# " $0 }' >"$work/long"
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
