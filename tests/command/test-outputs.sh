#!/bin/sh
# Files that are written because somebody asked for one: never through a link, never over what is there without
# --force, all or nothing, and for their owner only. Each command that writes one, against each thing that can lie there.
folder=$(mktemp -d) || exit 99
trap 'chmod -R u+w "$folder"; rm -rf "$folder"' EXIT
ALONGSIDE_CASELOAD=$folder/cases
export ALONGSIDE_CASELOAD
n=0
failed=0
result() { # ok? description
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# /' "$folder/said"
        failed=1
    fi
}
record=$("$ALONGSIDE" new --no-open --ref K-1 "$srcdir/tests/stories/form.yaml")
"$ALONGSIDE" apply "$record" "$srcdir/tests/stories/milestone/script.jsonl" >/dev/null 2>&1

# What can be written, a line each. Whatever else takes --output has to stand here: that is looked at below.
writers='export --format yaml RECORD
export --format json RECORD
export --format text RECORD
review --format csv RECORD
review --format json RECORD
copy RECORD
copy --as slip RECORD
copy --as conference RECORD
print RECORD certificate
report RECORD
report --format html RECORD
report --format json RECORD'

# What can lie at the name, a line each: what it is, and what becomes of it without --force and with it. "kept": it is
# refused and nothing has changed; "made": the new file is there, and it alone.
cases='nothing made made
a_file kept made
a_link_to_a_file kept made
a_link_to_nothing kept made
a_link_to_a_folder kept made
a_link_to_the_record kept made
a_link_to_full kept made
a_hard_link kept made
a_pipe kept made
a_folder kept kept
a_link_to_a_folder/ kept kept
no_folder/x kept kept
a_file/x kept kept
shut/x kept kept'

lay() { # everything as it was before
    rm -rf "$folder/out" "$folder/elsewhere"
    mkdir -p "$folder/out/a_folder" "$folder/out/shut" "$folder/elsewhere/folder"
    echo precious >"$folder/elsewhere/file"
    echo precious >"$folder/out/a_file"
    ln -s ../elsewhere/file "$folder/out/a_link_to_a_file"
    ln -s ../elsewhere/none "$folder/out/a_link_to_nothing"
    ln -s ../elsewhere/folder "$folder/out/a_link_to_a_folder"
    ln -s "$record" "$folder/out/a_link_to_the_record"
    ln -s /dev/full "$folder/out/a_link_to_full"
    ln "$folder/elsewhere/file" "$folder/out/a_hard_link"
    mkfifo "$folder/out/a_pipe"
    chmod a-w "$folder/out/shut"
}
# All there is around but one name: kinds, modes, links, contents. No time and no number of a file, which change with each.
look() { # but
    set -- "${1%/}"
    (cd "$folder" && find out elsewhere cases -not -path "out/$1" -printf '%p %y %m %l\n' | LC_ALL=C sort &&
        find elsewhere out -type f -not -path "out/$1" -exec cat {} +)
}
# Root may write everywhere: then nothing is shut.
is_root=false
[ "$(id -u)" = 0 ] && is_root=true

while read -r writer; do
    arguments=$(printf '%s\n' "$writer" | sed "s,RECORD,$record,")
    while read -r name plain forced; do
        if $is_root && [ "$name" = shut/x ]; then continue; fi
        # All formats and kinds are written by one function: what differs between them is looked at for all.
        case $writer/$name in
        'export --format yaml RECORD'/* | 'copy RECORD'/* | 'print RECORD certificate'/*) ;;
        */nothing | */a_file | */a_link_to_a_file) ;;
        *) continue ;;
        esac
        for force in '' --force; do
            wanted=$plain
            [ -n "$force" ] && wanted=$forced
            lay
            look "$name" >"$folder/before"
            ls -ldi "$folder/out/$name" 2>/dev/null | cut -d' ' -f1,2 >"$folder/was"
            lines=$(wc -l <"$record")
            # shellcheck disable=SC2086
            timeout 20 "$ALONGSIDE" $arguments --output "$folder/out/$name" $force >"$folder/said" 2>&1 </dev/null
            status=$?
            look "$name" >"$folder/after"
            good=0
            cmp -s "$folder/before" "$folder/after" || { good=1; diff "$folder/before" "$folder/after" >>"$folder/said"; }
            if [ "$wanted" = made ]; then
                [ $status = 0 ] && [ "$(stat -c '%F %a %h' "$folder/out/$name")" = 'regular file 600 1' ] &&
                    [ "$(wc -c <"$folder/out/$name")" -gt 100 ] || good=1
            else
                [ $status = 2 ] || good=1
                ls -ldi "$folder/out/$name" 2>/dev/null | cut -d' ' -f1,2 | cmp -s - "$folder/was" || good=1
                # A copy that could not be made is not noted as made.
                [ "$(wc -l <"$record")" = "$lines" ] || good=1
            fi
            result $good "$writer: $name ${force:-} is $wanted"
        done
    done <<CASES
$cases
CASES
done <<WRITERS
$writers
WRITERS

"$ALONGSIDE" verify "$record" >"$folder/said" 2>&1
result $? 'the record that a link pointed to is whole'

# Nothing takes --output that is not in the table.
: >"$folder/said"
for command in $("$ALONGSIDE" --help | sed -n '/^Commands:/,/^Before/s/^  \([a-z]*\) .*/\1/p'); do
    "$ALONGSIDE" "$command" --help | grep -q -- --output || continue
    printf '%s\n' "$writers" | grep -q "^$command " || echo "$command" >>"$folder/said"
done
for format in $("$ALONGSIDE" export --help | sed -n 's/^      \([a-z]*\) .*/\1/p'); do
    printf '%s\n' "$writers" | grep -q "^export --format $format " || echo "export --format $format" >>"$folder/said"
done
[ ! -s "$folder/said" ]
result $? 'every command and format that writes a file is in the table'

# What names another folder by its words stays in the folder that was asked for: nothing is made of a reference, a name
# or an id but text. The whole folder is looked at, before and after.
lay
forge() { # id ref: a record with one line, rightly made
    python3 - "$1" "$2" "$srcdir/tests/stories/form.yaml" <<'PYTHON'
import hashlib, json, sys
record, ref, form = sys.argv[1:]
source = open(form, encoding="utf-8").read()
line = {"seq": 1, "prev": "0" * 64, "at": "2026-01-01T10:00:00Z", "by": "practitioner", "event": "opened", "format": 1,
        "record": record, "ref": ref, "form": {"id": "story", "version": "1.0",
                                               "sha256": hashlib.sha256(source.encode()).hexdigest(), "text": source}}
text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))[:-1]
sys.stdout.write('%s,"hash":"%s"}\n' % (text, hashlib.sha256(text.encode()).hexdigest()))
PYTHON
}
if command -v python3 >/dev/null; then
    i=0
    for name in ../../out/a_file ../escaped /tmp/escaped . .. .hidden -rf 'a/../../escaped' "$(printf 'x%.0s' $(seq 300))" 'nl
nl'; do
        i=$((i + 1))
        forged=$folder/cases/forged-$i.jsonl
        forge "$name" "$name" >"$forged"
        find "$folder" -path "$folder/said" -prune -o -path "$folder/before" -prune -o -path "$folder/after" -prune -o -print |
            LC_ALL=C sort >"$folder/before"
        {
            (cd "$folder/elsewhere" && printf '\n\n\n\nn\n1\n\nhalf' | "$ALONGSIDE" open --accessible "$forged"
                for c in 'show' 'export' 'export --format json' 'copy' 'copy --as slip' 'copy --as conference' 'show --complete' 'verify' 'print' 'referred'; do
                    "$ALONGSIDE" $c "$forged" certificate; "$ALONGSIDE" $c "$forged"; "$ALONGSIDE" $c "$name"
                done
                "$ALONGSIDE" new --no-open --ref "$name" "$srcdir/tests/stories/form.yaml" && echo "taken: $name"
                "$ALONGSIDE" new --no-open --follows "$forged" "$srcdir/tests/stories/form.yaml"
                "$ALONGSIDE" list; "$ALONGSIDE" trend "$name")
        } </dev/null >"$folder/said" 2>&1
        find "$folder" -path "$folder/said" -prune -o -path "$folder/before" -prune -o -path "$folder/after" -prune -o -print |
            LC_ALL=C sort >"$folder/after"
        # Only new records, in the caseload, by ids of the program's own, and drafts of records that are there.
        diff "$folder/before" "$folder/after" | grep '^[<>]' |
            grep -Ev "^> $folder/cases/([0-9A-HJKMNP-TV-Z]{26}|forged-$i)\.jsonl(\.draft)?\$" >"$folder/beyond"
        cat "$folder/beyond" >>"$folder/said"
        [ ! -s "$folder/beyond" ]
        result $? "nothing is made beyond the caseload by the name number $i"
        rm -f "$folder/beyond"
    done
fi

echo "1..$n"
exit $failed
