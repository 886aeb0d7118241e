#!/bin/sh
# What bash offers after a beginning of a line.
here=$(cd "${srcdir:-.}" && pwd) || exit 99
if ! command -v bash >/dev/null; then
    echo "1..0 # SKIP there is no bash"
    exit 0
fi
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/forms.d" "$work/other"
touch "$work/life.yaml" "$work/two words.yaml" "$work/notes.txt" "$work/script.jsonl"
cat >"$work/bin/alongside" <<'PROGRAM'
#!/bin/sh
case $* in
"services --format json") printf '{\n  "areas": {\n    "home": "A",\n    "money": "B"\n  },\n' ;;
"review --list") printf 'disagreements  one\nrecords        two\nremarks        three\n' ;;
"list") [ "$ALONGSIDE_PASSPHRASE_FILE" = /dev/null ] && printf 'K-014  Sam   2026-11-21\nK-015  $(touch caught)\n' ;;
"--caseload other list") printf 'Z-001  Alex\n' ;;
"--caseload=other list") printf 'Z-002  Alex\n' ;;
esac
PROGRAM
chmod +x "$work/bin/alongside"
cd "$work" || exit 99
PATH=$work/bin:$PATH exec bash --norc --noprofile -s "$here/completions/alongside.bash" <<'BASH'
source "$1" || exit 99
n=0 failed=0
# offered WORDS... : what is offered, sorted, with "|" between; the last word is the one being typed.
offered() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _alongside
    printf '%s\n' "${COMPREPLY[@]}" | LC_ALL=C sort | paste -sd '|'
}
is() { # expected, words...
    local want=$1 got
    shift
    got=$(offered "$@")
    n=$((n + 1))
    if [[ $got == "$want" ]]; then
        echo "ok $n - $*"
    else
        echo "not ok $n - $*"
        echo "# wanted $want"
        echo "# got    $got"
        failed=1
    fi
}
is 'apply|check|comment|copy|countersign|demo|eval|export|handover|list|new|open|passphrase|preview|print|protect|referred|report|review|schema|services|show|trend|unlock|upgrade|verify' alongside ''
is 'eval|export' alongside e
is 'check|comment|copy|countersign' alongside --caseload other c
is '--area|--caseload|--check|--format|--help|--version' alongside services -
is 'life.yaml' alongside services --check l
is 'home|money' alongside services --area ''
is 'csv|json|text' alongside services --format ''
is '--accessible|--caseload|--help|--passphrase-file|--version' alongside -
is 'K-014|K-015' alongside --passphrase-file notes.txt open K
is 'notes.txt' alongside --passphrase-file n
is '--accessible|--caseload|--follows|--help|--no-open|--ref|--version' alongside new -
is '--output' alongside export --o
is '--format' alongside list --f
is '--set' alongside eval --s
is '--at' alongside show --a
is '--format' alongside list --format
is 'bin|forms.d|life.yaml|other|two words.yaml' alongside check ''
is 'life.yaml' alongside new l
is 'life.yaml' alongside check other.yaml l
is 'K-014|K-015' alongside open K
is 'Z-001' alongside --caseload other show Z
is 'Z-002' alongside --caseload = other show Z
is 'K-014|K-015' alongside apply K
is 'script.jsonl' alongside apply K-014 s
is 'json|text|yaml' alongside export K-014 --format ''
is 'yaml' alongside export K-014 --format = y
is 'json|text' alongside list --format ''
is 'json|text' alongside check --format ''
is 'event|export|form|report|review|services|trend' alongside schema ''
is 'csv|json|text' alongside review --format ''
is 'html|json|text' alongside report --format ''
is 'outputs' alongside report --part o
is '--since' alongside report --s
is 'K-014|K-015' alongside report K
is 'records|remarks' alongside review --table re
is 'K-014|K-015' alongside review K
is 'csv|json|text' alongside trend --format ''
is 'K-014|K-015' alongside trend K
is 'other' alongside --caseload o
is '' alongside new --ref K
is '--caseload' alongside list --c
# What the program itself says there is, for each of its commands.
commands=$("$ALONGSIDE" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
is "$(LC_ALL=C sort <<<"$commands" | paste -sd '|')" alongside ''
for command in $commands; do
    is "$({
        echo --version
        "$ALONGSIDE" "$command" --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p'
    } | LC_ALL=C sort | paste -sd '|')" alongside "$command" -
done
n=$((n + 1))
if [[ -e caught ]]; then
    echo "not ok $n - a reference is never run"
    failed=1
else
    echo "ok $n - a reference is never run"
fi
echo "1..$n"
exit $failed
BASH
