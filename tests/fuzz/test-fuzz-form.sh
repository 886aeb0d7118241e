#!/bin/sh
# A short pass of the form fuzzer over its kept inputs.
exec tests/fuzz/fuzz-form 300 "$srcdir/tests/fuzz/form"
