#!/bin/sh
# What makes a fault in the program harder to use is in the program that was built, not only in the makefile.
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
if ! command -v readelf >/dev/null; then
    echo "1..0 # SKIP readelf is not here"
    exit 0
fi
LC_ALL=C
export LC_ALL
readelf -hldW "$ALONGSIDE" >"$folder/headers" &&
    readelf -nW "$ALONGSIDE" >"$folder/notes" &&
    readelf --dyn-syms -W "$ALONGSIDE" | awk '$7 == "UND" { sub(/@.*/, "", $8); print $8 }' >"$folder/imports" ||
    exit 99
# The C library checks lengths only where the compiler optimises, and a sanitizer does it better.
case " $CFLAGS " in
*-fsanitize* | *-O0* | *--coverage*) checks=no ;;
*" -O"*) checks=yes ;;
*) checks=no ;;
esac
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
    fi
}
skip() { # description why
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}
headers() { # pattern
    grep -Eq "$1" "$folder/headers"
}
imports() { # name
    grep -qx "$1" "$folder/imports"
}

headers 'Type: +DYN' && headers 'FLAGS_1.* PIE'
ok $? "the program lies somewhere else at each start (PIE)"
headers '^ +GNU_RELRO '
ok $? "tables of the linker can be made read-only (RELRO)"
headers '\((FLAGS|FLAGS_1)\).* (BIND_NOW|NOW)'
ok $? "and all of them are, before the program begins (BIND_NOW)"
headers '^ +GNU_STACK .* RW +0x'
ok $? "the stack holds no code"
! headers '^ +LOAD .* RWE '
ok $? "no part of it can be written and run"
! headers 'TEXTREL'
ok $? "the code is changed by nobody, the linker neither"
imports __stack_chk_fail
ok $? "a frame that is written past its end ends the program"

# The rest is to be seen in the code itself.
pointers="calls by pointer arrive at functions"
pages="a big frame is laid page by page, and cannot step over what guards the stack"
if [ "$(uname -m)" != x86_64 ] || ! command -v objdump >/dev/null; then
    skip "$pointers" "only on x86_64, with objdump"
    skip "$pages" "only on x86_64, with objdump"
else
    # path_read() has a buffer of four pages.
    objdump -d --no-show-raw-insn --disassemble=path_read "$ALONGSIDE" >"$folder/code"
    grep -A1 '<path_read>:' "$folder/code" | grep -q endbr64
    ok $? "$pointers"
    if [ $checks = no ]; then
        skip "$pages" "only where the compiler optimises"
    else
        grep -q 'sub .*0x1000,%r' "$folder/code"
        ok $? "$pages"
    fi
fi

# What the C library checks the length of.
if [ $checks = no ]; then
    skip "the C library checks lengths" "a sanitizer does, or nothing is optimised"
else
    bad=0
    for call in printf fprintf snprintf vasprintf; do
        imports "__${call}_chk" || { echo "# __${call}_chk is not called"; bad=1; }
    done
    # Calls whose length the compiler knows to fit are left as they are; a format never is.
    for call in printf fprintf vasprintf; do
        ! imports "$call" || { echo "# $call is called unchecked"; bad=1; }
    done
    ok $bad "the C library checks lengths"
fi
level="and also where the length is known only when it runs"
if [ $checks = no ]; then
    skip "$level" "a sanitizer does, or nothing is optimised"
elif ! echo '#include <stdio.h>' | $CC -O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -E - >/dev/null 2>&1; then
    skip "$level" "this compiler cannot"
else
    grep -q '^HARDENING_CPPFLAGS = .*-D_FORTIFY_SOURCE=3' Makefile
    ok $? "$level"
fi

echo "1..$n"
exit $failed
