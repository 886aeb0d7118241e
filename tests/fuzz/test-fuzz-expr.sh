#!/bin/sh
# A short pass of the fuzzer of expressions over its kept inputs.
exec tests/fuzz/fuzz-expr 500 "$srcdir/tests/fuzz/expr"
