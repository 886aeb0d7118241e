#!/bin/sh
# Static analysis: `make lint`. clang-tidy (.clang-tidy says what it is asked) and cppcheck (cppcheck.txt says what it
# is not) over the named files. Prints what they find; exit status 1 where that is anything. A few minutes.
set -u
build=$PWD
cd "${srcdir:?}" || exit 2
# shellcheck disable=SC2048,SC2086 # the patterns are meant for this folder
set -- $*
found=$(mktemp) || exit 2
trap 'rm -f "$found"' EXIT
status=0
lacks() { # package
    command -v "$1" >/dev/null && return 1
    echo "lint: $1 is not here, so it was not asked (Debian: $1)" >&2
}

if ! lacks clang-tidy; then
    options="-std=c11 -D_GNU_SOURCE -DHAVE_CONFIG_H -DALONGSIDE_FORMS=\"\" -Isrc -I$build $LIBRARIES_CFLAGS"
    # shellcheck disable=SC2016 # $file and the options are the inner shell's
    printf '%s\n' "$@" | OPTIONS=$options xargs -P "$(nproc)" -I '{}' sh -c \
        'nice clang-tidy --quiet {} -- $OPTIONS 2>/dev/null || echo "{}: not clean"' >"$found"
    if [ -s "$found" ]; then
        cat "$found"
        status=1
    fi
fi
if ! lacks cppcheck; then
    nice cppcheck --quiet --enable=warning,style,performance,portability --std=c11 --max-configs=1 -j "$(nproc)" \
        -D_GNU_SOURCE -DHAVE_CONFIG_H -Isrc --include=tests/lint/macros.h --suppressions-list=tests/lint/cppcheck.txt \
        --template='{file}:{line}: {severity}: {message} [{id}]' "$@" 2>"$found"
    if [ -s "$found" ]; then
        sort -u "$found"
        status=1
    fi
fi
[ $status = 0 ] && echo "lint: $# files, nothing found"
exit $status
