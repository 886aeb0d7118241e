#!/bin/sh
# A short pass of the digests' fuzzer over its kept inputs.
exec tests/fuzz/fuzz-digest 2000 "$srcdir/tests/fuzz/digest"
