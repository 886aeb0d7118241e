#!/bin/sh
# Nothing raw, by any command, in any format: tests/command/hostile.py, which looks at every byte.
if ! python3 -c 'import yaml' 2>/dev/null; then
    echo '1..0 # SKIP there is no python3 with yaml'
    exit 0
fi
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
PYTHONDONTWRITEBYTECODE=1 python3 "$srcdir/tests/command/hostile.py" "$ALONGSIDE" "$(cd "$srcdir" && pwd)" "$folder"
