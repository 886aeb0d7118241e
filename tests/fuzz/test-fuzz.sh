#!/bin/sh
# A short pass of each fuzzer over its kept inputs.
exec tests/fuzz/fuzz-expr "$srcdir/tests/fuzz/expr"
