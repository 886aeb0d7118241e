#!/bin/sh
# A short pass of the fuzzer of filters over its kept inputs.
exec tests/fuzz/fuzz-filter 500 "$srcdir/tests/fuzz/filter"
