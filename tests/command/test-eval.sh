#!/bin/sh
# alongside eval, as a person and as another program use it.
n=0
failed=0
check() { # description expected-status expected-output; what was: $status, $output
    n=$((n + 1))
    if [ "$status" = "$2" ] && [ "$output" = "$3" ]; then
        echo "ok $n - $1"
    else
        echo "not ok $n - $1"
        printf '%s\n' "status $status, output:" "$output" "not $2:" "$3" | sed 's/^/# /'
        failed=1
    fi
}
run() {
    output=$("$ALONGSIDE" "$@" 2>&1)
    status=$?
}
run eval --set a=2 --set 'b=x y' "\${a} + 1 + count-selected(\${b})"
check "a value is printed" 0 5
run eval --set .=7 ". > 5"
check "the current answer is set" 0 true
run eval --set home=2 "1 + \${hom}"
check "an unknown name is shown with a caret" 2 'alongside eval: There is no question called "hom". Did you mean "home"?
  1 + ${hom}
      ^~~~~~'
run eval "regex('a', concat('(', ''))"
check "what goes wrong with a value is said" 2 'alongside eval: The pattern has a ( without its ).'
escape=$(printf '\033[2J')
run eval --set "a=$escape" "\${a}"
check "nothing raw is printed" 0 '⟨U+001B⟩[2J'
run eval "'$escape' + x$escape"
check "nothing raw is printed of the expression" 2 'alongside eval: "x" means nothing here: a question is written ${name}, text in quotes.
  '"'⟨U+001B⟩[2J'"' + x⟨U+001B⟩[2J
                  ^'
run eval --set a 1
check "--set wants a name and a value" 2 'alongside eval: --set wants NAME=VALUE.'
run evla
check "a command that is not there" 2 'alongside: there is no command called "evla". Did you mean "eval"? "alongside --help" lists them all.'
"$ALONGSIDE" eval --help >/dev/null && "$ALONGSIDE" --help >/dev/null && "$ALONGSIDE" --version >/dev/null
status=$? output=
check "--help and --version" 0 ""
status=0
output=$("$ALONGSIDE" eval --batch <<'LINES'
{"expr":"${a} + 1","set":{"a":"2"}}
{"expr":"1 div 0"}
{"expr":"number('x')"}
{"expr":"true() or nothing()"}
{"expr":"${a}","set":{"a":["x\u001b","y"]}}
{"expr":"${a} != ''","set":{"a":[]}}
{"expr":".","." :"ŷ"}

{"expr":"${b}","set":{"a":"2"}}
{"expr":"nothing()"}
{"expr":3}
{"expr":"1","set":{"a":{}}}
{"expr":"date('2026-01-31')"}
LINES
) || status=$?
check "--batch answers line by line" 0 '{"type":"number","value":3,"string":"3","number":3,"boolean":true}
{"type":"number","value":"Infinity","string":"Infinity","number":"Infinity","boolean":true}
{"type":"number","value":"NaN","string":"NaN","number":"NaN","boolean":false}
{"type":"boolean","value":true,"string":"true","number":1,"boolean":true}
{"type":"list","value":["x\u001B","y"],"string":"x\u001B","number":"NaN","boolean":true}
{"type":"boolean","value":false,"string":"false","number":0,"boolean":false}
{"type":"string","value":"\u0177","string":"\u0177","number":"NaN","boolean":true}
{"error":"There is no question called \"b\"."}
{"error":"There is no function called nothing()."}
{"error":"There is no \"expr\" with a text in this line."}
{"error":"A name is set to a text, a number, true, false, null or a list of texts."}
{"type":"string","value":"2026-01-31","string":"2026-01-31","number":20484,"boolean":true}'
output=$(echo '{"expr":' | "$ALONGSIDE" eval --batch)
status=$?
case $output in '{"error":"This line is not JSON: '*) output=refused ;; esac
check "a line that is not JSON" 0 refused
echo "1..$n"
exit $failed
