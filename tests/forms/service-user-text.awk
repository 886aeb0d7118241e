# What the service user reads of a form, one text a paragraph. It knows the few ways in which the shipped forms write a
# text, and no YAML besides: `key: text`, parties below each other or in braces, and the labels of a scale.
# With -v only=sentences leaves out what has no full stop or question mark of its own (titles, choices, steps).
# With -v only=choices gives the choices and the steps of scales alone.
# With -v section=NAME gives what stands in that section alone.

function unquoted(text) {
    sub(/^"/, "", text)
    sub(/"$/, "", text)
    return text
}
# A text for each party in braces: the service user's.
function theirs(text,    at) {
    if (text ~ /^\{practitioner: /) {
        at = index(text, ", service_user: ")
        text = substr(text, at + 16)
        sub(/\}+$/, "", text)
    }
    return text
}
function put(text, choice) {
    if (section && section != here)
        return
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
/^  - section: / { here = $3 }
/^ *#/ || place == "parties:" { next }
place == "tags:" {
    if (sub(/^ *[a-z_]*: \{label: /, "")) {
        sub(/\}$/, "")
        put($0, 0)
    }
    next
}
/^ *labels: \{/ {
    gsub(/^ *labels: \{|\}$/, "")
    n = split($0, step, /, [0-9]+: /)
    for (i = 1; i <= n; i++) {
        sub(/^[0-9]+: */, "", step[i])
        put(step[i], 1)
    }
    next
}
/^ *- \{name: / {
    text = theirs(substr($0, index($0, " label: ") + 8))
    sub(/\}+$/, "", text)
    put(text, 1)
    next
}
/^ *(label|hint|guidance|title|constraint_message|warning_message|service_user): ./ {
    sub(/^ *[a-z_]*: /, "")
    put(theirs($0), 0)
}
