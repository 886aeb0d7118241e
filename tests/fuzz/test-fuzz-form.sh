#!/bin/sh
# A short pass of the form fuzzer over its kept inputs.
exec tests/fuzz/fuzz-form 25 "$srcdir/tests/fuzz/form"
