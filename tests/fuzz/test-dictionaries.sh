#!/bin/sh
# The fuzzers' dictionaries have a word for each key of forms, each function of expressions, and each event.
set -u
known() { # NUMBER WHAT DICTIONARY, words on standard input
    missing=$(sort -u | while read -r word; do
        grep -q "[\"{ ]$word[:(\\\\\" ]" "$srcdir/tests/fuzz/$3" || echo "$word"
    done)
    if [ -z "$missing" ]; then
        echo "ok $1 - $2"
    else
        echo "not ok $1 - $2"
        echo "# not in $3:" $missing
    fi
}
some() { # at least so many words, or the table has changed its looks
    words=$(cat)
    [ "$(echo "$words" | wc -l)" -ge "$1" ] && echo "$words" || echo "the-words-are-not-found-in-the-source"
}
echo 1..3
sed -n 's/^    {"\([a-z_]*\)", set_.*/\1/p' $(ls "$srcdir"/src/form/load*.c | grep -v load_services) | some 50 | known 1 'keys of forms' form.dict
sed -n 's/^ *{"\([a-z0-9_:-]*\)",.*/\1/p' "$srcdir/src/form/expr_functions.c" | some 60 | known 2 functions expr.dict
sed -n 's/.*\[EVENT_[A-Z_]*\] = {"\([a-z_]*\)",.*/\1/p' "$srcdir/src/record/event.c" | some 25 | known 3 events apply.dict
