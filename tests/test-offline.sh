#!/bin/sh
# The program talks to nobody and starts nothing: it has no call that could in it, and where strace is there, whole
# sittings are watched: no socket, no other program, not even the editor or the pager that somebody has set.
root=$(cd "${srcdir:-.}" && pwd) || exit 99
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/home" "$folder/tmp" "$folder/bin"
HOME=$folder/home
TMPDIR=$folder/tmp
ALONGSIDE_FORMS=$root/forms
ALONGSIDE_CASELOAD=$folder/cases
export HOME TMPDIR ALONGSIDE_FORMS ALONGSIDE_CASELOAD
unset XDG_DATA_HOME ACCESSIBLE
# Whatever might be started leaves a mark.
printf '#!/bin/sh\necho "$0 $*" >>"%s/started"\n' "$folder" >"$folder/bin/mark"
chmod +x "$folder/bin/mark"
for name in sh bash vi nano less more mail xdg-open xclip wl-copy; do
    ln -s mark "$folder/bin/$name"
done
EDITOR=$folder/bin/mark VISUAL=$folder/bin/mark PAGER=$folder/bin/mark BROWSER=$folder/bin/mark
export EDITOR VISUAL PAGER BROWSER
n=0
failed=0
ok() { # status description
    n=$((n + 1))
    if [ "$1" = 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        failed=1
    fi
}
skip() { # description why
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

# ---- what is in it ----

# The objects are asked, not the program: a sanitizer, or the measuring of coverage, brings calls of its own.
calls='socket socketpair connect bind listen accept accept4 send sendto sendmsg recv recvfrom recvmsg
    getaddrinfo gethostbyname getnameinfo res_init res_query
    getpwuid getpwnam getpwuid_r getpwnam_r getpwent getgrgid getgrnam getgrouplist initgroups getlogin cuserid
    system popen execl execle execlp execv execve execvp execvpe fexecve execveat posix_spawn posix_spawnp
    fork vfork clone daemon forkpty openpty dlopen dlmopen wordexp iconv_open syscall ptrace'
described="nothing in it opens a socket, starts a program, or asks who somebody is"
if ! command -v nm >/dev/null; then
    skip "$described" "nm is not here"
else
    nm -u libalongside.a src/main.o >"$folder/nm" 2>/dev/null
    used=$(sed -n 's/^ *[Uw] //p' "$folder/nm" | sort -u)
    bad=0
    # A list that lacks what must be in it is no list.
    echo "$used" | grep -qx openat || { echo "# nm says nothing"; bad=1; }
    for call in $calls; do
        ! echo "$used" | grep -qx "$call" || { echo "# it calls $call()"; bad=1; }
    done
    ok $bad "$described"
fi

# ---- what it does ----

watch="strace -f -qq -o $folder/trace -e trace=%network,execve,execveat,fork,vfork,clone,clone3,prctl,prlimit64"
if ! command -v strace >/dev/null || ! $watch true 2>/dev/null; then
    skip "nor does it, as whole sittings show" "strace is not here, or may not watch"
    echo "1..$n"
    exit $failed
fi
: >"$folder/all"
# The program as it is called, watched: itself and nothing else, and no call that has to do with a network.
quiet() {
    cat "$folder/trace" >>"$folder/all"
    [ "$(grep -c 'execve(' "$folder/trace")" = 1 ] && ! grep -Ev 'execve\(|prctl\(|prlimit64\(|[-+]{3}' "$folder/trace"
}
# What looks for leaks cannot while somebody watches.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
$watch env true && ! quiet >/dev/null && $watch python3 -c 'import socket; socket.socket()' && ! quiet >/dev/null
ok $? "a program that is started would be noticed, and so would a socket"
: >"$folder/all"
PATH=$folder/bin:$PATH

$watch "$ALONGSIDE" demo --accessible </dev/null >"$folder/out" 2>&1 && quiet
ok $? "the demo line by line: no socket, and no other program"

"$ALONGSIDE" new whole-life --ref case-1 --no-open >"$folder/out" 2>&1 </dev/null || exit 99
$watch "$ALONGSIDE" apply case-1 "$root/forms/demo.jsonl" >"$folder/out" 2>&1 && quiet
ok $? "a sitting by a script: no socket, and no other program"

bad=0
for command in 'show case-1' 'verify case-1' 'export case-1 --format json' 'list' 'check whole-life'; do
    # shellcheck disable=SC2086 # words
    $watch "$ALONGSIDE" $command </dev/null >"$folder/out" 2>&1 && quiet || { echo "# $command"; bad=1; }
done
ok $bad "what comes of it is shown, checked, exported: no socket, and no other program"

printf '%s\n' Rae Sam '' 'Room 2' '' help q | $watch "$ALONGSIDE" --accessible open case-1 >"$folder/out" 2>&1 && quiet
ok $? "a sitting in line mode: no socket, and no other program"

described="the demo on the screen: no socket, and no other program"
if ! command -v script >/dev/null; then
    skip "$described" "script is not here"
else
    # script(1) starts a shell, which starts what is watched. The terminal is its own; q leaves.
    printf 'q' | TERM=xterm SHELL=/bin/sh script -qec "$watch '$ALONGSIDE' demo" /dev/null >"$folder/out" 2>&1
    ended=$?
    [ $ended = 0 ] && grep -q 1049h "$folder/out" && quiet
    ok $? "$described"
fi

[ ! -e "$folder/started" ]
ok $? "nothing was started by any of it, \$EDITOR and \$PAGER neither"

described="its memory is its own: it leaves no core, and no other program may look in"
grep -q 'prlimit64.*RLIMIT_CORE, {rlim_cur=0, rlim_max=0}' "$folder/all"
core=$?
case $CFLAGS in
*-fsanitize*) [ $core = 0 ] ;; # what looks for leaks has to look in
*) [ $core = 0 ] && grep -q 'prctl(PR_SET_DUMPABLE, SUID_DUMP_DISABLE) *= 0' "$folder/all" ;;
esac
ok $? "$described"

echo "1..$n"
exit $failed
