# ALONGSIDE_HARDENING
# -------------------
# What makes a fault in the program harder to use, wherever the compiler takes it: HARDENING_CPPFLAGS,
# HARDENING_CFLAGS, HARDENING_LDFLAGS. tests/test-hardening.sh looks for it in the program that was built.
AC_DEFUN([ALONGSIDE_HARDENING], [
for flag in -fPIE -fstack-protector-strong -fstack-clash-protection -fcf-protection -mbranch-protection=standard; do
  ALONGSIDE_TRY([CFLAGS], [$flag])
done
for flag in -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack; do
  ALONGSIDE_TRY([LDFLAGS], [$flag])
done
# The C library's checks of lengths ask for an optimising compiler, and get in the way of a sanitizer's own.
AS_IF([test -z "$with_sanitizer"],
  [AC_COMPILE_IFELSE([AC_LANG_SOURCE([@%:@ifndef __OPTIMIZE__
@%:@error nothing is optimised
@%:@endif])],
    [for level in 3 2; do
       AS_IF([test -z "$HARDENING_CPPFLAGS"],
         [ALONGSIDE_TRY([CPPFLAGS], [-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=$level])])
     done])])
])

# ALONGSIDE_TRY(VARIABLE, FLAGS)
# Add FLAGS to HARDENING_VARIABLE where a program can be built with them and nothing is said about it.
AC_DEFUN([ALONGSIDE_TRY], [
AC_SUBST([HARDENING_$1])
AC_MSG_CHECKING([whether $CC takes $2])
saved_CFLAGS=$CFLAGS
CFLAGS="$CFLAGS -Werror $HARDENING_CFLAGS $2" # a warning means that it does nothing
AC_LINK_IFELSE([AC_LANG_PROGRAM([@%:@include <stdio.h>], [puts("");])],
  [AC_MSG_RESULT([yes])
   HARDENING_$1="$HARDENING_$1 $2"],
  [AC_MSG_RESULT([no])])
CFLAGS=$saved_CFLAGS
])
