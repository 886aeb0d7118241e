#!/bin/sh
# The made-up caseload: the same for the same seed, sound but for what is broken on purpose, and with all in it that
# people look for in one.
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_FORMS=$(cd "${srcdir:-.}" && pwd)/forms
export ALONGSIDE_FORMS
make=$PWD/tests/bench/make-caseload
n=0
failed=0
ok() { # status what
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        head -n 20 "$work/why" | cut -c1-300 | sed 's/^/# /'
        failed=1
    fi
}
one() { # FOLDER records seed jobs broken
    folder=$work/$1
    shift
    "$make" "$folder" "$@" >"$folder.told" 2>"$work/why"
}

one once 20 7 1 && TZ=Pacific/Apia one again 20 7 3 && diff -r "$work/once" "$work/again" >"$work/why" 2>&1
ok $? "the same seed gives the same bytes, in any time zone, by any number of jobs"
[ "$(ls "$work/once" | wc -l)" = 20 ] && grep -q '^20 records (1 of them broken), ' "$work/once.told"
ok $? "there are as many records as were asked for, and one of them is broken"
one other 20 8 2 && { ls "$work/once"; ls "$work/other"; } | sort | uniq -d >"$work/why" && [ ! -s "$work/why" ] &&
    [ "$(ls "$work/other" | wc -l)" = 20 ]
ok $? "another seed gives others"

find "$work/once" ! -perm 600 -type f >"$work/why"
find "$work/once" ! -perm 700 -type d >>"$work/why"
[ ! -s "$work/why" ]
ok $? "they are their owner's alone"
! one once 20 7 && grep -q 'is not empty' "$work/why"
ok $? "what is there is not written over"

one ways 40 3 2 10
sed -n 's/^broken: \([^:]*\): .*/\1/p' "$work/ways.told" | sort >"$work/broken"
[ "$(wc -l <"$work/broken")" = 10 ] && [ "$(sed -n 's/^broken: [^:]*: //p' "$work/ways.told" | sort -u | wc -l)" = 5 ]
ok $? "as many as were asked for are broken, in each of the ways, and told by name"
: >"$work/why"
while read -r name; do
    "$ALONGSIDE" verify "$work/ways/$name" >"$work/said" 2>&1 && echo "$name: $(cat "$work/said")" >>"$work/why"
done <"$work/broken"
[ -s "$work/broken" ] && [ ! -s "$work/why" ]
ok $? "none of these verifies"
(cd "$work/ways" && while read -r name; do rm "$name"; done <"$work/broken")
"$ALONGSIDE" verify "$work"/ways/*.jsonl >"$work/said" 2>"$work/why" && [ ! -s "$work/why" ] &&
    [ "$(grep -c 'every rule holds' "$work/said")" = 30 ]
ok $? "all others verify, without a remark"

# All of it is there, in some hundred.
one rich 400 1 "" 0
cat "$work"/rich/*.jsonl >"$work/all"
[ "$(sed -n 's/^400 records (0 of them broken), \([0-9]*\) lines.*/\1/p' "$work/rich.told")" = "$(wc -l <"$work/all")" ]
ok $? "the sum counts the lines"
: >"$work/why"
there() { # key words
    key=$1
    shift
    for word; do
        grep -q "\"$key\":\"$word\"" "$work/all" || echo "no $key $word" >>"$work/why"
    done
}
there outcome practitioner_moved service_user_moved met_between new_answer both_stand stopped agreed
there change unchanged narrowed widened crossed
there event parked referred reopened raised undone declined said_back marked kept came_of_it copied shared \
    commented countersigned acknowledged reflected lesson handed_over paused
there topic room arriving agenda pen recap best_bit how_it_was practice next review
there what entry life_event lapse milestone attempt missed late cancelled referral left returned
there by supervisor alongside together
for text in '"heard":1' '"heard":5' '"reason":"new_fact"' '"reason":"gave_way"' '"first":"service_user"' \
    '"first":"practitioner"' '"refused":true' '"kept":false' '"follows":' '"id":"whole-life"' '"id":"review"' \
    '"id":"feedback"' '"id":"exit"' '"id":"young-adult"' '"step":"mind"' '"pronouns":' '"as":"coaching"'; do
    grep -qF -- "$text" "$work/all" || echo "no $text" >>"$work/why"
done
[ ! -s "$work/why" ]
ok $? "every way to end, and what happens around it, is in it"
differ=$(grep -c '"event":"differed"' "$work/all")
[ "$differ" -gt 100 ] && [ "$differ" -lt $(($(grep -c '"event":"answered"' "$work/all") / 10)) ]
ok $? "most answers are the same"
echo "1..$n"
exit $failed
