#!/bin/sh
# alongside-review(5) against the program: each table and column in the order the program has them, with its words.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
page=$root/man/alongside-review.5
n=0
failed=0
result() { # ok? description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
# "NAME<tab>HELP" of a part of the page, the first letter small as in the program.
part() { # table
    sed -n "/^\.Ss $1\$/,/^\.El/p" "$page" |
        awk '/^\.It Cm / { name = $3; getline; sub(/\.$/, ""); print name "\t" tolower(substr($0, 1, 1)) substr($0, 2) }'
}
tables=$("$ALONGSIDE" review --list | awk '{ print $1 }')
[ "$(printf '%s\n' "$tables" | wc -l)" -ge 10 ]
result $? 'there are tables'
[ "$(sed -n '/^\.Sh TABLES/,/^\.Sh TEXT/s/^\.Ss //p' "$page")" = "$tables" ]
result $? 'the page has each of them, in their order'
for table in $tables; do
    told=$("$ALONGSIDE" review --list --table "$table" | sed -n 's/^  \([a-z_]*\)  *\(.*\)/\1\t\2/p')
    if [ "$(part "$table")" = "$told" ]; then
        result 0 "$table"
    else
        result 1 "$table"
        part "$table" >"${TMPDIR:-/tmp}/page.$$"
        printf '%s\n' "$told" | diff "${TMPDIR:-/tmp}/page.$$" - | sed 's/^/# /'
        rm -f "${TMPDIR:-/tmp}/page.$$"
    fi
done
echo "1..$n"
exit $failed
