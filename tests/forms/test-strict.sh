#!/bin/sh
# Each form that comes with the program is without a fault, warnings too, and is installed.
forms=$(cd "${srcdir:-.}/forms" && pwd) || exit 99
ALONGSIDE_FORMS=$forms
export ALONGSIDE_FORMS
n=0
failed=0
for form in whole-life review feedback young-adult exit; do
    n=$((n + 1))
    if said=$("$ALONGSIDE" check --strict "$form" 2>&1); then
        echo "ok $n - $said" | sed "s|$forms/||"
    else
        echo "not ok $n - $form"
        printf '%s\n' "$said" | sed 's/^/# /'
        failed=1
    fi
done
n=$((n + 1))
there=$(ls "$forms"/*.yaml | wc -l)
if [ "$there" = $((n - 1)) ]; then
    echo "ok $n - and there are no others"
else
    echo "not ok $n - $there forms are there"
    failed=1
fi
echo "1..$n"
exit $failed
