#!/bin/sh
# The manual against the program: alongside(1) has every command, option, key, line-mode word and variable that the
# program has, in its words; and each example in the pages does what it says.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
if ! command -v mandoc >/dev/null; then
    echo "1..0 # SKIP mandoc is not installed"
    exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_FORMS=$root/forms
export ALONGSIDE_FORMS
unset ALONGSIDE_CASELOAD
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}

# The page as people read it, without bold and underlining, a paragraph a line; in a part, all blanks are one.
mandoc -T ascii -O width=500 "$root/man/alongside.1" | LC_ALL=C sed "s/.$(printf '\b')//g" >"$work/page"
part() { # its heading, which stands in the first column or, of a smaller part, in the fourth
    awk -v heading="$1" '
        /^[A-Z]/ || /^   [^ ]/ { line = $0; sub(/^ +/, "", line); inside = line == heading; next }
        inside' "$work/page" | tr -s ' \t\n' ' '
}
stands() { # words, part of the page
    case " $2 " in *" $1 "*) ok 0 "$1" ;; *) ok 1 "$1" ;; esac
}

# ---- commands and options ----------------------------------------------------------------------------------

synopsis=$(part SYNOPSIS)
commands=$("$ALONGSIDE" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
[ -n "$commands" ]
ok $? "there are commands"
for command in $commands; do
    stands "alongside $command" "$synopsis"
    text=$(part "alongside $command")
    [ -n "$text" ]
    ok $? "$command has a part of its own"
    for option in $("$ALONGSIDE" "$command" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p'); do
        [ "$option" = --help ] || stands "$option" "$(printf '%s' "$text" | tr -d ,)"
    done
done

# ---- keys, from the one table of them ----------------------------------------------------------------------

tr -d '\n' <"$root/src/session/request.c" | sed 's/\[REQUEST_/\n&/g' |
    sed -n 's/^\[REQUEST_\([A-Z_]*\)\] = {"[^"]*", *"\([^"]\{1,\}\)", *[^,]*, *"[^"]*", *"\([^"]*\)"},.*/\1 \2 \3/p' |
    awk -v work="$work" '$1 == "OPEN" { over = 1 } { sub(/^[^ ]* /, ""); print >(work "/keys-" (over ? "review" : "screen")) }'
in_part() { # its heading; whose keys
    keys=$(part "$1")
    [ "$(wc -l <"$work/keys-$2")" -gt 30 ]
    ok $? "the table of keys is read"
    while read -r line; do
        stands "$line" "$keys"
    done <"$work/keys-$2"
}
in_part "THE SPLIT SCREEN" screen
in_part "THE SUPERVISOR'S BROWSER" review

# ---- line mode, as its own help says it --------------------------------------------------------------------

words=$(part "LINE MODE")
"$ALONGSIDE" --caseload "$work/cases" new whole-life --ref R >/dev/null
printf '\n\n\n\nb\n?\nq\n' | "$ALONGSIDE" --caseload "$work/cases" open --accessible R |
    sed -n 's/^  \([a-z?/]*\)  *\([A-Z].*\)/\1 \2/p' >"$work/words"
[ "$(wc -l <"$work/words")" -gt 20 ]
ok $? "line mode's help is read"
while read -r line; do
    stands "$line" "$words"
done <"$work/words"

# ---- the environment ---------------------------------------------------------------------------------------

variables=$(part ENVIRONMENT)
for name in $(sed -n 's/.*getenv("\([A-Z_]*\)").*/\1/p' "$root"/src/*/*.c | sort -u) ACCESSIBLE TERM; do
    stands "$name" "$variables"
done

# ---- the words of a record, from the tables of them ---------------------------------------------------------

written=$(sed -n '/^\.Sh WORDS/,/^\.Sh FILES/p' "$root/man/alongside-record.5" | tr '\n' ' ')
for table in kind settle outcome change missing evidence; do
    for word in $(cat "$root"/src/assessment/assessment.c "$root"/src/form/form.c | tr '\n' ' ' |
        sed "s/.*const ${table}_names\[\] = {\([^}]*\)}.*/\1/" | grep -o '"[a-z_]\{1,\}"' | tr -d '"'); do
        stands "$word" "$written"
    done
done

# ---- a form's keys, types and functions, from the tables of them ---------------------------------------------

# Each where the page tells of it: what those who come from elsewhere read does not count.
sed '/^\.Sh COMING/,$d' "$root/man/alongside-form.5" >"$work/form"
grep -E '^\.(It )?Cm ' "$work/form" | tr -s ' ,' '\n\n' | sort -u >"$work/marked"
sed -n 's/^\.It Fn//p' "$work/form" | sed 's/ Fn /\n/g' | awk '{ print $1 }' | sort -u >>"$work/marked"
told() { # how many there have to be, at least; what they are; the names, a line each, on standard input
    count=0
    while read -r name; do
        count=$((count + 1))
        grep -qxF -e "$name" "$work/marked"
        ok $? "alongside-form(5): the $2 $name"
    done
    [ "$count" -ge "$1" ]
    ok $? "all of that table is read: $count"
}
find "$root/src/form" -name 'load*.c' ! -name load_services.c -exec cat {} + | tr -s ' \n' ' ' | grep -oE '\{"[a-z_]+", set_' | cut -d'"' -f2 | sort -u >"$work/names"
told 60 key <"$work/names"
tr -s ' \n' ' ' <"$root/src/form/load_services.c" | grep -oE '\{"[a-z_]+", set_' | cut -d'"' -f2 | sort -u | while read -r key; do
    grep -qx "\.It Cm $key" "$root/man/alongside-services.5" || echo "$key"
done >"$work/untold"
[ ! -s "$work/untold" ]
ok $? "alongside-services(5) has every key $(paste -sd ' ' "$work/untold")"
tr -s ' \n' ' ' <"$root/src/form/form.c" | sed 's/.*question_type_names\[\] = {\([^}]*\)}.*/\1/' | grep -oE '"[a-z_]+"' |
    tr -d '"' >"$work/names"
told 15 type <"$work/names"
grep -oE '^ *\{"[a-z0-9:_-]+",' "$root/src/form/expr_functions.c" | cut -d'"' -f2 >"$work/names"
told 70 function <"$work/names"

# ---- examples ----------------------------------------------------------------------------------------------

# What stands between .Bd and .Ed, as it is typed.
displays() { # page
    awk '/^\.Bd/ { inside = 1; next } /^\.Ed/ { inside = 0; print "" } inside' "$root/man/$1" |
        sed "s/\\\\(aq/'/g; s/\\\\(dq/\"/g; s/\\\\e/\\\\/g; s/\\\\&//g"
}
cd "$work" || exit 99
ln -s "$ALONGSIDE" "$work/alongside"
PATH=$work:$PATH
displays alongside-form.5 | awk '/^form: / { inside = 1 } inside && !NF { exit } inside' >sleep.yaml
[ "$(alongside check --strict sleep.yaml 2>&1)" = "sleep.yaml: sleep 1.0: 1 section, 4 questions: no faults" ]
ok $? "alongside-form(5)'s form has no fault"
mv sleep.yaml sound.yaml
sed 's/\(relevant: ${\)sleep}/\1slep}/' sound.yaml >sleep.yaml
alongside check sleep.yaml >out 2>&1
displays alongside-form.5 | awk '/^sleep\.yaml:/ { inside = 1 } inside && !NF { exit } inside' >wanted
cmp -s out wanted
ok $? "with a slip in it, what the page says is said"
displays alongside-services.5 >services.yaml
[ "$(alongside services --check services.yaml 2>/dev/null)" = "services.yaml: 2 services in 2 areas: no faults" ]
ok $? "alongside-services(5)'s list has no fault"
# Every other example of the page: keys that can stand somewhere in a form, a paragraph at a time. What they name (other
# questions, lists) need not be there.
stub='form: t
version: "1"
title: T
languages: [en, cy]'
sections='sections:
  - section: s
    questions:'
# Is all that is said about the form on standard input about such names?
fits() {
    alongside check - 2>&1 | grep ': error: ' | grep -qvE 'There is no|The form has no' && return 1
    return 0
}
indented() { # by how much
    sed "s/^/$(printf '%*s' "$1" '')/" piece
}
fits_somewhere() {
    { printf '%s\n' "$stub" && cat piece && grep -q '^sections:' piece ||
        printf '%s\n      - {name: q, type: text, label: Q}\n' "$sections"; } | fits && return
    { printf '%s\n%s\n' "$stub" "$sections" && indented 6; } | fits && return
    { printf '%s\nsections:\n' "$stub" && indented 2; } | fits && return
    for type in text range select_one select_multiple integer group repeat calculate; do
        { printf '%s\n%s\n      - name: q\n' "$stub" "$sections" &&
            { grep -q '^type:' piece || printf '        type: %s\n' "$type"; } &&
            indented 8 && { grep -q '^label:' piece || printf '        label: Q\n'; }; } | fits && return
    done
    return 1
}
displays alongside-form.5 | awk -v RS= '
    /^form: / { form = 1 }
    !/^\$ / && !/^[a-z]*\.yaml:/ && !form { print > ("piece-" ++n); close("piece-" n) }
    { form = 0 }'
for piece in piece-*; do
    mv "$piece" piece
    fits_somewhere
    ok $? "alongside-form(5): $(head -n 1 piece | tr -s ' ')"
done
# A check that lets everything pass would be none.
printf 'lable: How am I?\n' >piece
! fits_somewhere
ok $? "a key that is none fits nowhere"
for page in alongside.1 alongside-form.5; do
    displays $page | awk '/^\$ alongside eval/ { print; getline; print }' >evals
    [ -s evals ]
    ok $? "$page has expressions tried out"
    while read -r line && IFS= read -r wanted; do
        [ "$(eval "${line#\$ }" 2>&1)" = "$wanted" ]
        ok $? "$line"
    done <evals
done

# README.md: its form, and the packages that quickstart installs.
awk '/^```yaml/ { inside = 1; next } /^```/ { inside = 0 } inside' "$root/README.md" >readme.yaml
[ "$(alongside check --strict readme.yaml 2>&1)" = "readme.yaml: sleep 1.0: 1 section, 2 questions: no faults" ]
ok $? "README.md's form has no fault"
packages=$(tr '\n' ' ' <"$root/quickstart" | sed "s/.*to_build='\([^']*\)' *to_test='\([^']*\)'.*/\1 \2/")
needs=$(sed -n '/^## What it needs/,/^## What it does not/p' "$root/README.md" | tr -s ':.\n' ' ')
[ "$(echo "$packages" | wc -w)" -gt 15 ]
ok $? "quickstart's packages are read"
for package in $packages; do
    stands "$package" "$needs"
done

# alongside(1)'s other examples, one after the other, in a caseload of their own.
ALONGSIDE_CASELOAD=$work/examples
export ALONGSIDE_CASELOAD
cp sound.yaml sleep.yaml
displays alongside.1 | grep -v '^true$' | sed 's/^\$ alongside open K-014$/& <\/dev\/null/; s/--at 20/--at 1/; s/^\$ //' >typed
(set -e; . ./typed) </dev/null >out 2>&1
ok $? "alongside(1)'s examples run"
[ -s K-014.yaml ] && grep -q 'every rule holds' out
ok $? "and do what is said of them"
# alongside-export(5)'s question, but for the times.
alongside new whole-life --ref EXPORT --no-open >/dev/null
alongside apply EXPORT >/dev/null 2>&1 <<'END'
{"by":"practitioner","event":"answered","question":"home","value":3}
{"by":"service_user","event":"answered","question":"home","value":2,"because":"I am on my sister's sofa"}
END
alongside export EXPORT | awk '/^  - name: / { inside = $3 == "home" } inside' |
    sed 's/^  //; s/[0-9T:-]*Z/Z/' >out
displays alongside-export.5 | sed '/^$/d; s/[0-9T:-]*Z/Z/' >wanted
[ -s out ] && cmp -s out wanted
ok $? "alongside-export(5)'s question is written like that"
# alongside-record(5): the hash of a line, with other people's tools.
RECORD=$(grep -l "\"seq\":2," "$work"/examples/*.jsonl | head -n 1)
displays alongside-record.5 | sed -n 's/^\$ //p' | head -n 2 | sed 's/RECORD/"$RECORD"/' >hash
[ "$(wc -l <hash)" = 2 ] && . ./hash | grep -Eo '^[0-9a-f]{64}' | uniq -c | grep -q '^ *2 '
ok $? "alongside-record(5)'s hash is the one in the file"
echo "1..$n"
exit $failed
