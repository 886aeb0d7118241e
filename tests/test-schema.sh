#!/bin/sh
# The schemas: those in schema/ are what the program prints, and a validator that is not ours takes with them what is
# sound and refuses what is not. GOLDEN_UPDATE=1 writes schema/ anew.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
n=0
failed=0
for name in form event export report review services trend; do
    n=$((n + 1))
    shipped=$root/schema/$name.schema.json
    "$ALONGSIDE" schema $name >"$work/$name" || exit 99
    [ "$GOLDEN_UPDATE" ] && cp "$work/$name" "$shipped"
    if cmp -s "$work/$name" "$shipped"; then
        echo "ok $n - $name.schema.json is what the program prints"
    else
        echo "not ok $n - $name.schema.json is stale: alongside schema $name >schema/$name.schema.json"
        failed=1
    fi
done
n=$((n + 1))
if [ "$("$ALONGSIDE" schema from 2>&1 >&-)" = "alongside schema: there is no schema “from”: did you mean “form”?" ]; then
    echo "ok $n - a slip in the name"
else
    echo "not ok $n - a slip in the name"
    failed=1
fi
if ! python3 -c 'import jsonschema, yaml; yaml.CSafeLoader' 2>/dev/null; then
    echo "ok $((n + 1)) # SKIP python3-jsonschema and python3-yaml are not installed"
    echo "1..$((n + 1))"
    exit $failed
fi
# Each story told again in a record of its own, and exported.
mkdir "$work/exports"
for story in "$root"/tests/stories/*/record.jsonl; do
    name=$(basename "$(dirname "$story")")
    form=$root/tests/stories/form.yaml
    [ -f "${story%/*}/form.yaml" ] && form=${story%/*}/form.yaml
    "$ALONGSIDE" --caseload "$work/cases" new --no-open --ref "$name" "$form" >/dev/null || exit 99
    # What the program says by itself it says again.
    grep -v -e '"by":"alongside"' -e '"by":"together"' -e '"through":' "$story" |
        "$ALONGSIDE" --caseload "$work/cases" apply "$name" >"$work/said" 2>&1 || echo "# $name: $(cat "$work/said")"
    "$ALONGSIDE" --caseload "$work/cases" export --format json "$name" >"$work/exports/$name.json" || exit 99
done
# And the demo, which has a form with all there is.
"$ALONGSIDE" --caseload "$work/cases" new --no-open --ref demo "$root/forms/whole-life.yaml" >/dev/null || exit 99
"$ALONGSIDE" --caseload "$work/cases" apply demo "$root/forms/demo.jsonl" >"$work/said" 2>&1 || echo "# demo: $(cat "$work/said")"
"$ALONGSIDE" --caseload "$work/cases" export --format json demo >"$work/exports/demo.json" || exit 99
cp "$work"/cases/*.jsonl "$work/exports/"
python3 -W ignore "$root/tests/validate.py" "$work/form" "$work/event" "$work/export" "$root" "$work/exports" \
    >"$work/validated" || failed=1
awk -v n=$n '
    /^1\.\./ { next }
    { if (sub(/^ok /, "")) print "ok " ++n " " $0; else if (sub(/^not ok /, "")) print "not ok " ++n " " $0; else print }
    END { print "1.." n }' "$work/validated"
exit $failed
