#!/bin/sh
# Fuzzing that goes on: `make fuzz`, or run.sh [SECONDS [NAME...]] in a folder of one's own.
#
# Builds the fuzzers with clang, libyaml's own source compiled in, runs each for SECONDS (60), and says how many
# inputs it tried, how much of the program they reached and what they found. What grows of the kept inputs lies in
# work/NAME and is gone on with the next time; findings are work/found-NAME-*. Exit status 1 where there are any.
#
# libyaml's source is fetched once, as the Debian package; YAML_SOURCE names a folder that has it already.
# FUZZ_MERGE=1: then also make work/kept-NAME of tests/fuzz/NAME and the few small inputs that reach more.
set -u
srcdir=${srcdir:-$(dirname "$0")/../..}
srcdir=$(cd "$srcdir" && pwd) || exit 1
seconds=${1:-60}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- form expr apply record key digest filter
CLANG=${CLANG:-clang}

if ! command -v "$CLANG" > /dev/null; then
    echo "fuzz: skipped, clang is not here"
    exit 0
fi
mkdir -p work || exit 1

# ---- libyaml

fetch_yaml() {
    # Only this folder's own lists: nothing of the system is changed.
    mkdir -p apt/lists/partial apt/cache/archives/partial
    . /etc/os-release
    echo "deb-src http://deb.debian.org/debian ${VERSION_CODENAME:-stable} main" > apt/sources.list
    set -- -qq -o Dir::Etc::sourcelist="$PWD/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$PWD/apt/lists" -o Dir::Cache="$PWD/apt/cache" -o APT::Sandbox::User=
    apt-get "$@" update && apt-get "$@" source --download-only libyaml || return 1
    mkdir -p libyaml && tar xzf libyaml_*.orig.tar.gz -C libyaml --strip-components=1
}

yaml=${YAML_SOURCE:-$PWD/libyaml}
if [ ! -f "$yaml/src/scanner.c" ] && ! fetch_yaml > work/fetch.log 2>&1; then
    echo "fuzz: libyaml's source cannot be fetched (work/fetch.log): without it, the library as it is installed"
    yaml=
fi

# ---- build

if ! "${MAKE:-make}" -s -j"$(nproc)" -f "$srcdir/tests/fuzz/fuzz.mk" CLANG="$CLANG" srcdir="$srcdir" yaml="$yaml" fuzzers="$*" \
    > work/build.log 2>&1; then
    cat work/build.log
    echo "fuzz: not built"
    exit 1
fi

# ---- run

# Leaving out what costs most and finds nothing: deep stacks of each piece of memory, a long memory of what is freed.
ASAN_OPTIONS=malloc_context_size=4:quarantine_size_mb=16
export ASAN_OPTIONS

most_bytes() {
    case $1 in
    expr) echo 400 ;;
    *) echo 3000 ;;
    esac
}

# Only what is small is kept for good.
most_kept() {
    case $1 in
    expr) echo 150 ;;
    *) echo 1000 ;;
    esac
}

# The stories, as inputs of fuzz-apply with a form of their own.
tell_stories() {
    mkdir -p work/stories
    for story in "$srcdir"/tests/stories/*/script.jsonl; do
        folder=${story%/*}
        form=$folder/form.yaml
        [ -f "$form" ] || form=$srcdir/tests/stories/form.yaml
        { printf 7 && cat "$form" && printf '\n====\n' && cat "$story"; } > "work/stories/${folder##*/}"
    done
}

seeds() {
    echo "$srcdir/tests/fuzz/$1"
    case $1 in
    form) echo "$srcdir/tests/form/good" "$srcdir/tests/form/broken" ;;
    apply) tell_stories && echo work/stories ;;
    esac
}

found=0
for name; do
    mkdir -p "work/$name"
    dict="$srcdir/tests/fuzz/$name.dict"
    [ -f "$dict" ] || dict="$srcdir/tests/fuzz/apply.dict"
    # shellcheck disable=SC2046 # words on purpose
    nice -n 19 "./fuzz-$name" -max_total_time="$seconds" -max_len="$(most_bytes "$name")" -dict="$dict" \
        -timeout=10 -rss_limit_mb=1024 -entropic=0 -print_final_stats=1 -artifact_prefix="work/found-$name-" \
        "work/$name" $(seeds "$name") > "work/$name.log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "work/$name.log")
    speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "work/$name.log")
    reach=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "work/$name.log" | tail -n 1)
    echo "fuzz-$name: ${runs:-?} inputs in $seconds s (${speed:-?} a second), ${reach:-?} edges reached," \
        "$([ "$status" -eq 0 ] && echo "nothing found" || echo "FOUND something: work/$name.log")"
    [ "$status" -eq 0 ] || found=1
    if [ -n "${FUZZ_MERGE:-}" ]; then
        rm -rf "work/kept-$name" && cp -r "$srcdir/tests/fuzz/$name" "work/kept-$name"
        nice -n 19 "./fuzz-$name" -set_cover_merge=1 -use_counters=0 -max_len="$(most_kept "$name")" \
            "work/kept-$name" "work/$name" > work/merge.log 2>&1
        echo "fuzz-$name: work/kept-$name has $(find "work/kept-$name" -type f | wc -l) inputs"
    fi
done
ls work/found-* 2> /dev/null
exit "$found"
