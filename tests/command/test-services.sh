#!/bin/sh
# A16: who can help. The list of services, found by words and by what they help with, without a network; and what is
# said about a list with faults. GOLDEN_UPDATE=1 writes that anew.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
ALONGSIDE_FORMS=$root/forms ALONGSIDE_CASELOAD=$work/cases
export ALONGSIDE_FORMS ALONGSIDE_CASELOAD
mkdir -m 700 "$work/cases"
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
run() { # arguments; $out, $err, $status
    out=$("$ALONGSIDE" services "$@" 2>"$work/err" </dev/null)
    status=$?
    err=$(cat "$work/err")
}
is() { # description, wanted, got
    [ "$2" = "$3" ]
    ok $? "$1"
    [ "$2" = "$3" ] || printf '%s\n' "wanted: $2" "got: $3" | sed 's/^/# /'
}
names() {
    printf '%s\n' "$out" | grep -v '^ ' | paste -sd '|'
}

run
is "A16 without a list it is said how to begin one" "2 $root/examples/services.yaml $work/cases/services.yaml" \
    "$status $(printf '%s' "$err" | sed 's/.*copy \(.*\) to \(.*\)\. Then put.*/\1 \2/')"
sed '/made_up/d' "$root/examples/services.yaml" >"$work/cases/services.yaml"

run
is "A16 all of them, in the order of the file" \
    "Millbrook Keys||The Lantern||Brightside Workshop||Clear Start||Still Waters||The Bridge||Family Tree||Safe Harbour" "$(names)"
run --area home
is "A16 by area" "0 Millbrook Keys||The Lantern" "$status $(names)"
run --area hom
is "a slip in the area" "2 alongside services: there is no area “hom”: did you mean “home”?" "$status $err"
run --area xyzzy
is "an area that is none: those there are" "2 There is home, skills," "$status $(printf '%s' "$err" | grep -o 'There is home, skills,')"
run DEBT letters
is "A16 by words, all of them, large and small alike" "Clear Start" "$(names)"
run debt zebra
is "none" "1 alongside services: no service is like that." "$status $out$err"
run --area home welsh
is "A16 by area and word" "Millbrook Keys" "$(names)"
run keys
is "what is said about one" 9 "$(printf '%s\n' "$out" | grep -c '^    ')"
is "how to get in" 1 "$(printf '%s\n' "$out" | grep -c '^    How to get in: You can ask, or your worker can\.$')"

# Without a network: not one of the calls there are for it, in the program or what it is made of.
if command -v nm >/dev/null; then
    nm -D --undefined-only "$ALONGSIDE" >"$work/calls" 2>/dev/null
    grep -q ' sodium_init' "$work/calls"
    ok $? "the calls of the program are read"
    ! grep -qE ' (socket|connect|getaddrinfo|gethostbyname|res_query|sendto)(@|$)' "$work/calls"
    ok $? "A16 the program can call no network"
fi

# How long ago: held against today.
year=$(($(date +%Y) - 2))
checked() { # the line for checked, or nothing
    printf 'areas: {home: A home}\nservices:\n  - {name: One, what: It helps., areas: [home], phone: "1"%s}\n' "$1" \
        >"$work/cases/services.yaml"
    run
}
checked ", checked: $(date +%Y-%m-%d)"
is "checked today" "    Checked on $(date +%Y-%m-%d)." "$(printf '%s\n' "$out" | tail -n 1)"
checked ", checked: $year-01-31"
is "checked long ago: ring first" 1 "$(printf '%s\n' "$out" | grep -c "Checked on $year-01-31. That was [0-9]* months ago. Ring before you go.")"
checked ""
is "never checked" "    Nobody has checked this. Ring before you go." "$(printf '%s\n' "$out" | tail -n 1)"

# A hostile list: nothing is a formula, nothing is raw.
cat >"$work/cases/services.yaml" <<'LIST'
areas: {home: '=HYPERLINK("x")'}
services:
  - {name: '=1+1', what: '@SUM(A1), "quoted"', areas: [home], phone: '+44 1632 960001', address: '-2', for: "a\nb"}
LIST
run --format csv
printf '%s\n' "$out" | grep -q "^\"'=1+1\",\"'@SUM(A1), \"\"quoted\"\"\",\"home\",\"a$"
ok $? "no cell is one that a spreadsheet works out"
printf '%s\n' "$out" | grep -q "^b\",\"'-2\",\"'+44 1632 960001\",\"\""
ok $? "nor a number or a telephone"
run --format json
printf '%s' "$out" | python3 -c 'import json, sys; t = json.load(sys.stdin); s = t["services"][0]
assert t["format"] == "alongside-services/1" and s["name"] == "=1+1" and s["checked"] is None and s["old"] is True' 2>/dev/null ||
    ! command -v python3 >/dev/null
ok $? "JSON holds them as they are"
printf 'areas: {home: A}\nservices:\n  - {name: "a\\e[31m", what: x, areas: [home]}\n' >"$work/cases/services.yaml"
run
is "a list with a fault is not shown" "2 " "$status $out"
"$ALONGSIDE" services --check "$work/cases/services.yaml" >"$work/out" 2>&1
is "what cannot be seen is refused" 1 $?
! grep -q "$(printf '\033')" "$work/out"
ok $? "and not shown raw"

# Faults.
cd "$root/tests/services" || exit 99
"$ALONGSIDE" services --check broken.yaml >"$work/out" 2>&1
is "faults: exit status" 1 $?
[ "$GOLDEN_UPDATE" ] && cp "$work/out" broken.expected
cmp -s "$work/out" broken.expected
ok $? "faults: all of them, with their places"
for least in 'areas: {home: A}|has no "services"' 'services: []|this list is empty' '- a|is a set of keys' \
    'areas: {home: A}~services:~  - {name: A, what: B, areas: [home], checked: 2026-10-05, web: a.example, checked: 2026-10-05}|twice' \
    "areas: {home: A}~services:~  - {name: $(printf '%080d' 7), what: B, areas: [home]}|at most 70 characters" \
    "areas: {home: A}~services:~  - {name: A, what: \"$(printf '%01001d' 7)\", areas: [home]}|more than 1000 characters"; do
    printf '%s\n' "${least%|*}" | tr '~' '\n' >"$work/list.yaml"
    "$ALONGSIDE" services --check "$work/list.yaml" >"$work/out" 2>&1
    is "refused: ${least##*|}" 1 $?
    grep -qF -e "${least##*|}" "$work/out" || [ "${least##*|}" = twice ]
    ok $? "and said so"
done
# Advice, where there are no faults.
cat >"$work/list.yaml" <<LIST
areas: {home: A, money: B}
services:
  - {name: One, what: It helps., areas: [home], checked: $(date +%Y-%m-%d)}
  - {name: Two, what: It helps., areas: [home], phone: "1"}
  - {name: Three, what: It helps., areas: [home], phone: "1", checked: $year-01-31}
  - {name: Four, what: It helps., areas: [home], phone: "1", checked: $((year + 4))-01-31}
LIST
"$ALONGSIDE" services --check "$work/list.yaml" >/dev/null 2>"$work/out"
is "advice is no fault" 0 $?
is "advice: each thing, in its place" "1:18 No 3:12 Nobody 4:12 It 5:72 This 6:71 checked " \
    "$(sed -n 's/.*list.yaml:\([0-9:]*\): warning: "*\([A-Za-z]*\).*/\1 \2/p' "$work/out" | tr '\n' ' ')"
"$ALONGSIDE" services --check "$root/examples/services.yaml" >"$work/out" 2>/dev/null
is "the example has none" "0 $root/examples/services.yaml: 8 services in 9 areas: no faults" "$? $(cat "$work/out")"
"$ALONGSIDE" services --check "$work/not-there" >/dev/null 2>&1
is "a file that is not there" 2 $?
# Each area of the example is one that a form of ours asks about.
for area in $("$ALONGSIDE" services --format json --caseload "$root/examples" | sed -n '/^  "areas"/,/^  }/s/^    "\([^"]*\)".*/\1/p'); do
    grep -qE "(- section|pathway): $area\$" "$root"/forms/*.yaml
    ok $? "the example's area $area is one of a form"
done

# In line mode: what the question is about first.
cp "$root/examples/services.yaml" "$work/cases/services.yaml"
"$ALONGSIDE" new whole-life --ref R --no-open >/dev/null
line() {
    { printf '\n\n\n\nb\n/\nsafe and settled\n1\n' && printf '%s\n' "$@" q; } | "$ALONGSIDE" open --accessible R >"$work/out" 2>&1
}
line v '' 1 ''
grep -q '“A place to live”' "$work/out" && grep -q '1. Millbrook Keys' "$work/out" && grep -q '2. The Lantern' "$work/out" &&
    ! grep -q 'Clear Start' "$work/out" && grep -q 'Phone: 01632 960001' "$work/out"
ok $? "A16 line mode: those for the question in front"
grep -q 'These are made up. Do not ring them.' "$work/out"
ok $? "and that the example's are made up"
line v debt 1 ''
grep -q 'Phone: 01632 960004' "$work/out"
ok $? "A16 line mode: by a word"
line v all ''
grep -q '8. Safe Harbour' "$work/out"
ok $? "A16 line mode: all"
line v zebra
grep -q 'No service has “zebra” in it.' "$work/out"
ok $? "line mode: none"
rm "$work/cases/services.yaml"
line v
grep -q 'There is no list of services yet' "$work/out"
ok $? "line mode: no list"
echo "1..$n"
exit $failed
