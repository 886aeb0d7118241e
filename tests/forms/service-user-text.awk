# What the service user reads of a form, one text a paragraph. It knows the few ways in which the shipped forms write a
# text, and no YAML besides: `key: text`, parties below each other or in braces, and the labels of a scale.
# With -v only=sentences leaves out what has no full stop or question mark of its own (titles, choices, steps).
# With -v only=choices gives the choices and the steps of scales alone.

function unquoted(text) {
    sub(/^"/, "", text)
    sub(/"$/, "", text)
    return text
}
function put(text, choice) {
    text = unquoted(text)
    if (only == "choices" && !choice)
        return
    if (text !~ /[.?!]$/) {
        if (only == "sentences")
            return
        if (only != "choices")
            text = text "."
    }
    print text (only == "choices" ? "" : "\n")
}

/^[a-z]/ { place = $1 }
/^ *#/ || place == "parties:" { next }
/^ *labels: \{/ {
    gsub(/^ *labels: \{|\}$/, "")
    n = split($0, step, /, */)
    for (i = 1; i <= n; i++) {
        sub(/^[^:]*: */, "", step[i])
        put(step[i], 1)
    }
    next
}
/^ *- \{name: / {
    at = index($0, ", service_user: ")
    text = at ? substr($0, at + 16) : substr($0, index($0, " label: ") + 8)
    sub(/\}+$/, "", text)
    put(text, 1)
    next
}
/^ *(label|hint|guidance|title|constraint_message|service_user): ./ {
    sub(/^ *[a-z_]*: /, "")
    put($0, 0)
}
