#!/bin/sh
# A short pass of the key file's fuzzer over its kept inputs.
exec tests/fuzz/fuzz-key 500 "$srcdir/tests/fuzz/key"
