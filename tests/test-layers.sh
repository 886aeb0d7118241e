#!/bin/sh
# Who may include whom, in one table: each folder of src/, and the folders whose headers it may use besides its own.
# Also: curses only in screen/, and HACKING.md's map names each source file.
cd "${srcdir:-.}" || exit 99
table='
base:
form: base
record: base form
assessment: base form record
caseload: base form record assessment
session: base form record assessment caseload
review: base form record assessment caseload session
report: base form record assessment caseload session review
screen: base form record assessment caseload session review report
line: base form record assessment caseload session review report
command: base form record assessment caseload session review report screen line
'
failed=0
n=0
result() { # ok? description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
for folder in src/*/; do
    name=$(basename "$folder")
    allowed=$(printf '%s' "$table" | sed -n "s/^$name://p")
    bad=0
    for file in "$folder"*.[ch]; do
        [ -f "$file" ] || continue
        for used in $(sed -n 's,^#include "\([a-z]*\)/.*,\1,p' "$file" | sort -u); do
            case " $allowed $name " in
            *" $used "*) ;;
            *) echo "# $file includes $used/"; bad=1 ;;
            esac
        done
    done
    printf '%s' "$table" | grep -q "^$name:" || { echo "# $name is not in the table"; bad=1; }
    result $bad "$name/ includes only what lies below it"
done
bad=0
for file in $(grep -lE '#include *<(n?curses|ncursesw/)' src/*/*.[ch] src/*.c); do
    case $file in src/screen/*) ;; *) echo "# $file"; bad=1 ;; esac
done
result $bad "curses only in screen/"
bad=0
for file in src/*/*.c; do
    short=${file#src/}
    grep -q "\`${short%.c}\`" HACKING.md || { echo "# HACKING.md's map lacks ${short%.c}"; bad=1; }
done
for named in $(sed -n 's/^| `\([a-z]*\/[a-z0-9_]*\)`.*/\1/p' HACKING.md); do
    [ -f "src/$named.c" ] || [ -f "src/$named.h" ] || { echo "# HACKING.md names $named, which is not there"; bad=1; }
done
result $bad "HACKING.md's map is true"
echo "1..$n"
exit $failed
