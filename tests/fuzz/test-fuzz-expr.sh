#!/bin/sh
# A short pass of the fuzzer of expressions over its kept inputs.
exec tests/fuzz/fuzz-expr 60 "$srcdir/tests/fuzz/expr"
