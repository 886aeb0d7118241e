# What the scripts share that test rows of what the research asks: a caseload of their own, intents as JSON, and rows,
# each of which is tested by what the program then shows, writes out or refuses. To be read in (“.”), with $forms set to
# the folder of forms where the shipped ones are wanted.
# shellcheck shell=sh disable=SC2034 # used by who reads this
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_CASELOAD=$work/cases
COLUMNS=80
export ALONGSIDE_CASELOAD COLUMNS
if [ -n "${forms:-}" ]; then
    ALONGSIDE_FORMS=$forms
    export ALONGSIDE_FORMS
fi
n=0
failed=0
row=
got=$work/got
across=no # yes: a text is looked for wherever its lines break
sat='"people":{"practitioner":"Rae","service_user":"Sam"}'

# ---- what the two do ----

by() { # who, event, more of it as JSON
    printf '{"by":"%s","event":"%s"%s}\n' "$1" "$2" "${3:+,$3}"
}
run() { # intents on standard input, all of which must be taken
    "$ALONGSIDE" apply "$ref" - >"$work/said" 2>&1 || bail
}
refused() { # the same of one that must not be
    if "$ALONGSIDE" apply "$ref" - >"$got" 2>&1; then
        wrong "it was not refused"
    fi
}

# ---- what is there then ----

wrong() { # the first thing that is counts
    [ -s "$work/wrong" ] || echo "$1" >"$work/wrong"
}
bail() { # also in a part of a pipe, which cannot end the whole
    wrong "$(head -n 1 "$work/said")"
}
seen() {
    if [ $across = yes ]; then tr -s '\n ' '  ' <"$got"; else cat "$got"; fi
}
has() { # texts
    for text; do
        seen | grep -qF -- "$text" || wrong "not there: “$text”"
    done
}
lacks() {
    for text; do
        if seen | grep -qiF -- "$text"; then
            wrong "there: “$text”"
        fi
    done
}
is() { # what, expected
    [ "$1" = "$2" ] || wrong "“$1” instead of “$2”"
}

# ---- rows ----

row() {
    row=$1
    : >"$work/wrong"
}
end() { # a script may say here what holds after each row, and then: end_row
    end_row
}
end_row() {
    n=$((n + 1))
    if [ ! -s "$work/wrong" ]; then
        echo "ok $n - $row"
    else
        echo "not ok $n - $row: $(cat "$work/wrong")"
        cut -c1-600 "$got" | sed 's/^/# /' | head -n "${ROWS_SHOW:-40}"
        failed=1
    fi
}
skip() { # why
    n=$((n + 1))
    echo "ok $n - $row # SKIP $1"
}
finish() {
    echo "1..$n"
    exit $failed
}
