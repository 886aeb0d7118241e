# Completion for alongside(1) in bash: commands, their options, forms, and the references of one's own records.
# bash-completion loads it by the command's name; where that is not installed, source it from ~/.bashrc.

# References of the records in the caseload that the line so far names: the first word of each line of `alongside list`.
# A locked caseload tells none: nobody is asked for a passphrase here.
_alongside_records() {
    local program=${words[0]} chosen=() i
    local -x ALONGSIDE_PASSPHRASE_FILE=${ALONGSIDE_PASSPHRASE_FILE:-/dev/null}
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
        --caseload=*) chosen=("${words[i]}") ;;
        --caseload) chosen=(--caseload "${words[i + 1]}") ;;
        esac
    done
    "$program" "${chosen[@]}" list </dev/null 2>/dev/null | awk '$1 != "" { print $1 }'
}

# Areas of the list of services, as it names them.
_alongside_areas() {
    "${words[0]}" services --format json </dev/null 2>/dev/null |
        sed -n '/^  "areas": {/,/^  }/s/^    "\([^"]*\)": .*/\1/p'
}

# Words that begin as typed, one a line into COMPREPLY; nothing in them is expanded.
_alongside_offer() {
    local word
    while IFS= read -r word; do
        [[ -n $word && $word == "$current"* ]] && COMPREPLY+=("$word")
    done
}

# Files whose name ends in one of the given ways, and folders to look in.
_alongside_files() {
    local file end
    compopt -o filenames 2>/dev/null
    while IFS= read -r file; do
        if [[ -d $file ]]; then
            COMPREPLY+=("$file")
            continue
        fi
        for end in "$@"; do
            [[ $file == *"$end" ]] && COMPREPLY+=("$file")
        done
    done < <(compgen -f -- "$current")
}

_alongside() {
    # The words, put together again where bash has split at "=" and ":".
    local words=() cword=0 i glue=''
    for ((i = 0; i <= COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        = | :)
            if ((${#words[@]})); then
                words[${#words[@]} - 1]+=${COMP_WORDS[i]}
                glue=1
                continue
            fi
            ;;
        esac
        if [[ -n $glue ]]; then
            words[${#words[@]} - 1]+=${COMP_WORDS[i]}
            glue=''
        else
            words+=("${COMP_WORDS[i]}")
        fi
    done
    cword=$((${#words[@]} - 1))
    local current=${words[cword]} previous='' option='' command=''
    ((cword > 0)) && previous=${words[cword - 1]}

    # `--format=ya` is the value of --format: bash replaces only what stands after the "=".
    if [[ $current == --*=* ]]; then
        option=${current%%=*}
        current=${current#*=}
    elif [[ $previous == --* ]]; then
        option=$previous
    fi

    # The command is the first word that is neither an option nor the value of one.
    for ((i = 1; i < cword; i++)); do
        case ${words[i]} in
        --caseload | --passphrase-file) ((i++)) ;;
        -*) ;;
        *)
            command=${words[i]}
            break
            ;;
        esac
    done

    COMPREPLY=()
    case $option in
    --caseload)
        compopt -o filenames 2>/dev/null
        while IFS= read -r i; do COMPREPLY+=("$i"); done < <(compgen -d -- "$current")
        return
        ;;
    --format)
        if [[ $command == list || $command == check || $command == referred ]]; then
            _alongside_offer <<<$'text\njson'
        elif [[ $command == report ]]; then
            _alongside_offer <<<$'html\ntext\njson'
        elif [[ $command == trend || $command == services || $command == review ]]; then
            _alongside_offer <<<$'text\njson\ncsv'
        else
            _alongside_offer <<<$'yaml\njson\ntext'
        fi
        return
        ;;
    --output | --passphrase-file | --new-passphrase-file | --code-file)
        _alongside_files ''
        return
        ;;
    --follows)
        _alongside_offer < <(_alongside_records)
        _alongside_files .jsonl
        return
        ;;
    --check)
        _alongside_files .yaml .yml
        return
        ;;
    --area)
        _alongside_offer < <(_alongside_areas)
        return
        ;;
    --by)
        _alongside_offer <<<$'practitioner\nservice_user'
        return
        ;;
    --part)
        _alongside_offer <<<$'about\noutputs\nquality\nengagement\nchange\nvoices\ndefinitions'
        return
        ;;
    --table)
        _alongside_offer < <("${words[0]}" review --list 2>/dev/null | awk '{ print $1 }')
        return
        ;;
    --as)
        _alongside_offer <<<$'full\nslip\nconference'
        return
        ;;
    --since | --until | --title | --filter | --sort | --group | --columns | --ref | --at | --set | --to | --receipt | --answer | --name | --disagreement | --because) return ;; # only the person knows
    esac

    if [[ $current == -* ]]; then
        local options=$'--help\n--version'
        case $command in
        '') options+=$'\n--caseload\n--accessible\n--passphrase-file' ;;
        services) options+=$'\n--caseload\n--area\n--check' ;;
        list) options+=$'\n--caseload\n--due' ;;
        review) options+=$'\n--caseload\n--table\n--filter\n--sort\n--group\n--columns\n--figures\n--flags\n--list\n--output\n--force\n--no-index\n--accessible' ;;
        report) options+=$'\n--caseload\n--part\n--since\n--until\n--filter\n--title\n--output\n--force\n--no-index' ;;
        apply | trend) options+=$'\n--caseload' ;;
        print) options+=$'\n--caseload\n--output\n--force' ;;
        new) options+=$'\n--caseload\n--ref\n--follows\n--no-open\n--accessible' ;;
        open) options+=$'\n--caseload\n--read-only\n--accessible' ;;
        referred) options+=$'\n--caseload\n--answer\n--name' ;;
        comment) options+=$'\n--caseload\n--disagreement\n--coaching\n--name' ;;
        countersign) options+=$'\n--caseload\n--name' ;;
        handover) options+=$'\n--caseload\n--to\n--because\n--name' ;;
        show) options+=$'\n--caseload\n--at\n--complete' ;;
        export) options+=$'\n--caseload\n--output\n--force' ;;
        copy) options+=$'\n--caseload\n--as\n--output\n--force\n--to\n--by' ;;
        verify) options+=$'\n--caseload\n--receipt\n--everywhere\n--receipt-only' ;;
        upgrade) options+=$'\n--caseload\n--by\n--yes' ;;
        check) options+=$'\n--strict' ;;
        preview) options+=$'\n--accessible' ;;
        eval) options+=$'\n--set\n--batch' ;;
        demo) options+=$'\n--keep\n--accessible' ;;
        protect) options+=$'\n--caseload\n--passphrase-file\n--light\n--off' ;;
        unlock | passphrase)
            options+=$'\n--caseload\n--passphrase-file\n--code-file\n--new-passphrase-file\n--recovery'
            [[ $command == passphrase ]] && options+=$'\n--new-code'
            ;;
        esac
        case $command in list | export | check | trend | services | referred | review | report) options+=$'\n--format' ;; esac
        _alongside_offer <<<"$options"
        return
    fi
    case $command in
    '') _alongside_offer <<<$'new\nopen\nlist\ncheck\nschema\neval\napply\nshow\ntrend\nreview\nreport\nreferred\ncomment\ncountersign\nhandover\nexport\ncopy\nprint\nverify\nupgrade\npreview\nservices\ndemo\nprotect\npassphrase\nunlock' ;;
    new | check | preview) _alongside_files .yaml .yml ;;
    schema) _alongside_offer <<<$'form\nevent\nexport\nreport\nreview\nservices\ntrend' ;;
    verify)
        # With --receipt-only it is an export, else a record.
        _alongside_offer < <(_alongside_records)
        _alongside_files .jsonl .yaml .json
        ;;
    open | show | export | copy | referred | comment | countersign | handover)
        _alongside_offer < <(_alongside_records)
        _alongside_files .jsonl
        ;;
    trend) _alongside_offer < <(_alongside_records) ;;
    review | report)
        _alongside_offer < <(_alongside_records)
        _alongside_files .jsonl
        ;;
    print)
        # The record first, then what of it.
        if [[ $previous == print ]]; then
            _alongside_offer < <(_alongside_records)
            _alongside_files .jsonl
        else
            _alongside_offer <<<certificate
        fi
        ;;
    upgrade)
        # The record first, then the form.
        if [[ $previous == upgrade ]]; then
            _alongside_offer < <(_alongside_records)
            _alongside_files .jsonl
        else
            _alongside_files .yaml .yml
        fi
        ;;
    apply)
        # The record first, then the script.
        if [[ $previous == apply ]]; then
            _alongside_offer < <(_alongside_records)
        fi
        _alongside_files .jsonl
        ;;
    esac
}

complete -F _alongside alongside
