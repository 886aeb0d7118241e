#!/bin/sh
# The doors by which text leaves: each call in src/ that writes a text which is not a constant, by file, with their number
# and why nothing goes out raw there. A call more than stands here fails, so that whoever adds one says why it is safe;
# the rule is base/out for a line, report/page for paper, base/csv and report/as_json for data, base/markup (into a string) for
# HTML and SVG, the canvas for screens.
cd "${srcdir:-.}" || exit 99
doors='
src/base/csv.c 1 the text was made safe
src/base/out.c 3 the door; lines that are safe already
src/command/check.c 1 how it is used, a constant
src/command/copy.c 1 how it is used
src/command/demo.c 2 how it is used; a form that comes with the program, into its own folder
src/command/eval.c 6 what was made safe; how it is used; strerror
src/command/export.c 3 how it is used; names of formats
src/command/list.c 5 cells, each made safe by cell(); how it is used
src/command/new.c 1 how it is used
src/command/open.c 1 how it is used
src/command/apply.c 1 how it is used
src/command/options.c 1 the name of a command
src/command/choose.c 1 a recovery code made here
src/command/passphrase.c 2 how it is used
src/command/protect.c 2 how it is used; where a line of progress ends
src/command/preview.c 1 how it is used
src/command/print.c 1 how it is used
src/command/referred.c 1 how it is used
src/command/report.c 4 how it is used, formats, parts: constants
src/command/review.c 3 how it is used, formats
src/command/schema.c 1 how it is used
src/command/services.c 2 lines made safe by print_wrapped(); how it is used
src/command/show.c 1 how it is used
src/command/supervise.c 1 how it is used
src/command/trend.c 1 how it is used
src/command/upgrade.c 2 print(), by base/out; how it is used
src/command/verify.c 1 how it is used
src/command/verify_receipt.c 1 blanks
src/form/diag.c 5 what was made safe
src/line/lock.c 3 bytes that clear the terminal, from terminfo; constants
src/line/prompt.c 3 what was made safe; marks that are constants or numbers
src/main.c 2 the table of commands; name and version
src/report/as_json.c 2 the door for JSON and YAML: escaped
src/report/certificate.c 1 lines made safe
src/report/commission_html.c 1 a page by base/markup
src/report/page.c 7 the door for paper: made safe by page_labelled() and cell_add()
src/report/trend.c 2 constants
src/session/preview.c 1 into memory, for the canvas
'
n=0
failed=0
result() { # ok? description
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; failed=1; fi
}
# Statements on one line each, without comments; then those that write something which is no constant.
calls() { # file
    sed -e 's,/\*.*\*/,,' "$1" | tr '\n' ' ' | sed 's/[;{}]/\n/g' | grep -E \
        '(^|[^a-z_])(v?f?printf|dprintf) *\([^"]*"[^"]*%[-*.0-9]*s|(^|[^a-z_])fputs *\( *[^" ?]*(\?[^"]|[,)])|(^|[^a-z_])puts *\( *[^" ]|fwrite *\(|(^|[^a-z_])fputs *\([^,]*\?[^,]*[a-z_]+ *,' |
        wc -l
}
bad=0
for file in src/*.c src/*/*.c; do
    count=$(calls "$file")
    stands=$(printf '%s\n' "$doors" | sed -n "s,^$file \([0-9]*\) .*,\1,p")
    if [ "$count" != "${stands:-0}" ]; then
        echo "# $file writes $count texts that are no constants; the table says ${stands:-none}"
        bad=1
    fi
done
for file in $(printf '%s\n' "$doors" | sed 's/ .*//'); do
    [ -f "$file" ] || { echo "# $file is not there"; bad=1; }
done
result $bad 'each place by which text leaves stands in the table'
around='(^|[^a-z_])(perror|psignal|json_dumpf|json_dump_file|json_dumpfd|popen|putp|tputs|syslog|vwarn|verr) *\('
# (what a terminal's description says is put into a string there, and tputs() only takes its padding out)
! grep -nE "$around" src/*.c src/*/*.c | grep -v '^src/screen/terminfo.c:.*tputs(' | sed 's/^/# /' | grep .
result $? 'nothing goes around them'
bad=0
for file in $(grep -lE 'getopt_long *\(' src/*/*.c); do
    grep -q 'opterr = 0' "$file" || { echo "# $file"; bad=1; }
done
result $bad 'getopt_long() says nothing itself'
# Tags of HTML and SVG are written by base/markup alone, which escapes what stands between them.
tag='"([^"]|\\")*<(/?[a-z][a-z0-9]*( [a-z:-]+=|/?>)|[!?][a-zA-Z-])'
! grep -nE "$tag" src/*.c src/*/*.c | grep -v '^src/base/markup.c:' | sed 's/^/# /' | grep .
result $? 'no tag is written by hand'
printf 'fputs("<td>", out);\nf("<p class=\\"x\\">%%s</p>", s);\n' | grep -cE "$tag" | grep -qx 2
result $? 'one that is planted is found'
# The table's own test: a line more is seen.
plant=$(mktemp) || exit 99
trap 'rm -f "$plant"' EXIT
cat src/command/new.c >"$plant"
before=$(calls "$plant")
printf 'static void f(const char *s)\n{\n    printf("%%s\\n",\n           s);\n    puts(s);\n    fputs(s, stderr);\n}\n' >>"$plant"
[ "$(calls "$plant")" = $((before + 3)) ]
result $? 'a call that is planted is found'
echo "1..$n"
exit $failed
