#!/bin/sh
# Every manual page is clean by mandoc's own judgement.
cd "${srcdir:-.}" || exit 99
if ! command -v mandoc >/dev/null; then
    echo "1..0 # SKIP mandoc is not installed"
    exit 0
fi
n=0
failed=0
for page in man/*.[1-9]; do
    n=$((n + 1))
    if said=$(mandoc -T lint -W warning "$page" 2>&1); then
        echo "ok $n - $page"
    else
        echo "not ok $n - $page"
        printf '%s\n' "$said" | sed 's/^/# /'
        failed=1
    fi
done
echo "1..$n"
exit $failed
