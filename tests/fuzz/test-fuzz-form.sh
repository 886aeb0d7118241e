#!/bin/sh
# A short pass of the form fuzzer over its kept inputs.
exec tests/fuzz/fuzz-form "$srcdir/tests/fuzz/form"
