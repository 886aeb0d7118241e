#!/bin/sh
# A short pass of the record's fuzzer over its kept inputs.
exec tests/fuzz/fuzz-record 500 "$srcdir/tests/fuzz/record"
