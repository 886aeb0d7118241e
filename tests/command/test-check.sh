#!/bin/sh
# alongside check: what it prints where, and its exit status.
n=0
failed=0
forms="$srcdir/tests/form"
check() { # description expected-status expected-output expected-talk
    n=$((n + 1))
    if [ "$status" = "$2" ] && [ "$output" = "$3" ] && [ "$talk" = "$4" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        printf '%s\n' "status $status, output:" "$output" "talk:" "$talk" | sed 's/^/# /'
        failed=1
    fi
}
run() { # arguments; standard error goes to $talk
    { output=$("$ALONGSIDE" check "$@" 2>&3); status=$?; } 3>"$talk_file"
    talk=$(cat "$talk_file")
}
talk_file=$(mktemp) || exit 99
trap 'rm -f "$talk_file"' EXIT

run "$forms/good/smallest.yaml"
check "a form without faults" 0 "$forms/good/smallest.yaml: smallest 1: 1 section, 1 question: no faults" ""
run - <"$forms/good/smallest.yaml"
check "a form on standard input" 0 "-: smallest 1: 1 section, 1 question: no faults" ""
title='form.yaml:1:1: warning: The form has no "title": people see its name.
    form: t
    ^'
run "$forms/broken/form-no-title.yaml"
check "warnings leave it a form" 0 "$forms/broken/form-no-title.yaml: t 1: 1 section, 1 question: no errors, 1 warning" \
    "$forms/broken/form-no-title.yaml${title#form.yaml}"
run --strict "$forms/broken/form-no-title.yaml"
check "but not with --strict" 1 "" "$forms/broken/form-no-title.yaml:1:1: error${title#*warning}"
run "$forms/broken/form-is-word.yaml" "$forms/good/smallest.yaml"
check "one with, one without" 1 "$forms/good/smallest.yaml: smallest 1: 1 section, 1 question: no faults" \
    "$forms/broken/form-is-word.yaml:1:1: error: A form is a set of keys: form, version, title, sections and so on.
    whole-life
    ^~~~~~~~~~"
run "$forms/nowhere.yaml" "$forms/broken/form-is-word.yaml"
[ "$status" = 2 ] && talk=${talk%%
*}
check "a file that is not there" 2 "" \
    "alongside check: $forms/nowhere.yaml cannot be read: No such file or directory"
run "$forms"
check "a folder" 2 "" "alongside check: $forms is a folder, not a file."
ALONGSIDE_FORMS=$forms/good run smallest
check "one that comes with the program, by its name" 0 \
    "$forms/good/smallest.yaml: smallest 1: 1 section, 1 question: no faults" ""
ALONGSIDE_FORMS=$forms/good run smalest
check "one that does not" 2 "" \
    "alongside check: There is no form “smalest”: did you mean “smallest”?"
run
check "no form at all" 2 "" "alongside check: name at least one form.
Try 'alongside check --help'."
run --format=json "$forms/broken/form-no-title.yaml"
json='{
  "format": "alongside-check/1",
  "strict": false,
  "files": [
    {
      "file": "'$forms'/broken/form-no-title.yaml",
      "form": "t",
      "version": "1",
      "errors": 0,
      "warnings": 1,
      "diagnostics": [
        {
          "file": "'$forms'/broken/form-no-title.yaml",
          "line": 1,
          "column": 1,
          "length": 1,
          "severity": "warning",
          "message": "The form has no \"title\": people see its name.",
          "suggestion": null
        }
      ]
    }
  ]
}'
check "as JSON" 0 "$json" ""
run --strict --format=json "$forms/broken/form-no-title.yaml"
check "as JSON, and strict" 1 "$(printf '%s' "$json" | sed 's/"strict": false/"strict": true/
    s/"errors": 0/"errors": 1/; s/"warnings": 1/"warnings": 0/; s/"severity": "warning"/"severity": "error"/')" ""
run --format=json "$forms/nowhere.yaml" "$forms/good/smallest.yaml"
output=$(printf '%s' "$output" | grep -c '"file": ')
check "as JSON, also of one that is not there" 2 3 \
    "alongside check: $forms/nowhere.yaml cannot be read: No such file or directory"
run --format=jason "$forms/good/smallest.yaml"
check "a format that is none" 2 "" "alongside check: --format is text or json."
run --help
status="$status $(printf '%s' "$output" | head -n 1)"
output=
check "help" "0 Usage: alongside check [--strict] [--format FORMAT] FORM..." "" ""
echo "1..$n"
exit $failed
