#!/bin/sh
# A short pass of what people and hostile records do over its kept inputs.
exec tests/fuzz/fuzz-apply 20 "$srcdir/tests/fuzz/apply"
