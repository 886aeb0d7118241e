/* The folder, the program, and the sweeps. What each job is, and what must hold after it, is in jobs.c. */
#include "play.h"

#include "base/mem.h"
#include "base/path.h"
#include "jobs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 600, MOST_FILE = 1 << 22 };

static char root[] = "/tmp/alongside-faults-XXXXXX";
static struct fault_told *told;
static bool killed;
static long count;

/* Durability is not what this program is about; what it starts, the shim keeps from it. */
int fsync(int fd)
{
    (void)fd;
    return 0;
}

int fdatasync(int fd)
{
    (void)fd;
    return 0;
}

/* As cheap as in the program with the shim before it (shim.c). */
int crypto_pwhash(unsigned char *const out, unsigned long long size, const char *const secret,
                  unsigned long long length, const unsigned char *const salt, unsigned long long passes,
                  size_t memory, int algorithm)
{
    (void)passes;
    (void)memory;
    (void)algorithm;
    return crypto_pwhash_argon2id(out, size, secret, length, salt, crypto_pwhash_argon2id_OPSLIMIT_MIN,
                                  crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_argon2id_ALG_ARGON2ID13);
}

/* ---- files ---- */

const char *place(const char *name)
{
    static char paths[16][200];
    static int next;
    char *path = paths[next++ % 16];
    snprintf(path, sizeof *paths, "%s/%s", root, name);
    return path;
}

char *file_bytes(const char *path, size_t *length)
{
    return path_read(path, MOST_FILE, length, NULL);
}

void file_write(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || write(fd, bytes, length) != (ssize_t)length || close(fd) != 0) {
        perror(path);
        abort();
    }
}

void folder_empty(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *item;
    while (dir && (item = readdir(dir))) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        char *path = path_join(folder, item->d_name);
        if (unlink(path) != 0) {
            folder_empty(path);
            rmdir(path);
        }
        free(path);
    }
    if (dir)
        closedir(dir);
}

void folder_copy(const char *from, const char *to)
{
    mkdir(to, 0700);
    DIR *dir = opendir(from);
    const struct dirent *item;
    while (dir && (item = readdir(dir))) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        char *path = path_join(from, item->d_name), *other = path_join(to, item->d_name);
        size_t length;
        char *bytes = file_bytes(path, &length);
        if (bytes)
            file_write(other, bytes, length);
        else
            folder_copy(path, other);
        free(bytes);
        free(path);
        free(other);
    }
    if (dir)
        closedir(dir);
}

/* ---- the program ---- */

static void set_number(const char *name, long number)
{
    char text[24];
    snprintf(text, sizeof text, "%ld", number);
    if (number)
        setenv(name, text, 1);
}

static void set_wrong(const struct wrong *wrong)
{
    char letter[] = {wrong->kind, '\0'};
    setenv("LD_PRELOAD", getenv("FAULT_SHIM"), 1);
    setenv("FAULT_BELOW", place("work"), 1);
    setenv("FAULT_TOLD", place("told"), 1);
    if (wrong->kind)
        setenv("FAULT_KIND", letter, 1);
    set_number("FAULT_NTH", wrong->nth);
    set_number("FAULT_ERROR", wrong->error);
    set_number("FAULT_ON", wrong->on);
    set_number("FAULT_DONE", wrong->done);
    set_number("FAULT_END", wrong->end);
    if (wrong->amount)
        setenv("FAULT_SHORT", wrong->amount, 1);
    if (wrong->power)
        setenv("FAULT_POWER", wrong->power, 1);
}

static void to_file(int fd, const char *path, int flags)
{
    int file = open(path, flags, 0600);
    if (file < 0 || dup2(file, fd) < 0)
        _exit(126);
    close(file);
}

static struct ended run_program(const char *program, char *const arguments[], const struct wrong *wrong)
{
    struct ended ended = {0};
    memset(told, 0, sizeof *told);
    pid_t child = fork();
    if (child == 0) {
        to_file(STDIN_FILENO, "/dev/null", O_RDONLY);
        to_file(STDOUT_FILENO, place("out"), O_WRONLY | O_CREAT | O_TRUNC);
        to_file(STDERR_FILENO, place("err"), O_WRONLY | O_CREAT | O_TRUNC);
        set_wrong(wrong);
        alarm(SECONDS); /* so that a hang is one fault told, and not the end of the tests */
        execv(program, arguments);
        _exit(127);
    }
    int status;
    size_t length;
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended.out = file_bytes(place("out"), &length);
    ended.err = file_bytes(place("err"), &length);
    ended.begun = told->begun;
    ended.killed = ended.signal == SIGKILL && wrong->end;
    return ended;
}

struct ended job_run(const struct job *job, const struct wrong *wrong)
{
    char *arguments[MOST_ARGUMENTS + 2] = {(char *)"alongside"};
    bool player = *job->arguments[0] == '!';
    for (int i = 0; i < MOST_ARGUMENTS && job->arguments[i]; i++) {
        const char *a = job->arguments[i];
        arguments[i + 1] = (char *)(*a == '@' ? place(a + 1) : *a == '!' ? a + 1 : a);
    }
    return run_program(getenv(player ? "FAULT_PLAYER" : "ALONGSIDE"), arguments, wrong);
}

char *job_must(const struct job *job, int status)
{
    struct ended ended = job_run(job, &(struct wrong){0});
    char *said = ended.status == status ? NULL
                                        : xasprintf("and then %s ends in %d (signal %d): %s%s", job->name,
                                                    ended.status, ended.signal, ended.out, ended.err);
    ended_release(&ended);
    return said;
}

void ended_release(struct ended *ended)
{
    free(ended->out);
    free(ended->err);
}

/* ---- the whole ---- */

const char *play_begin(void)
{
    const char *shim = getenv("FAULT_SHIM");
    if (!shim || access(shim, R_OK) != 0)
        return "the shim is not built here";
    if (!mkdtemp(root))
        return "no folder can be made";
    setenv("ALONGSIDE_CASELOAD", place("work/caseload"), 1);
    file_write(place("told"), "", 0);
    int fd = open(place("told"), O_RDWR | O_CLOEXEC);
    if (fd < 0 || ftruncate(fd, sizeof *told) != 0)
        return "no file can be made";
    told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (told == MAP_FAILED)
        return "no memory can be shared";
    const char *why = jobs_begin();
    if (!why)
        why = jobs_sealed_begin();
    return why ? why : jobs_protect_begin();
}

void play_end(void)
{
    folder_empty(root);
    rmdir(root);
}

/* What is said of a play that went wrong. */
static char *describe(const struct job *job, const struct wrong *wrong, const struct ended *ended,
                      char *finding)
{
    char *what = wrong->end   ? xasprintf("ended before call %ld", wrong->end)
                 : wrong->nth ? xasprintf("%c %ld fails (%s%s%s%s%s)", wrong->kind, wrong->nth,
                                          wrong->error ? strerror(wrong->error) : "a wrong one",
                                          wrong->on ? ", for good" : "", wrong->done ? ", yet is done" : "",
                                          wrong->amount ? ", at first short by " : "",
                                          wrong->amount ? wrong->amount : "")
                              : xstrdup("nothing goes wrong");
    char *line =
        xasprintf("%s: %s%s%s: %s\n  status %d, signal %d, of %s\n  out: %.300s\n  err: %.600s", job->name,
                  what, wrong->power ? ", and the power, " : "", wrong->power ? wrong->power : "", finding,
                  ended->status, ended->signal, told->trace, ended->out, ended->err);
    free(what);
    free(finding);
    return line;
}

/* What must hold of every end, whatever was asked for. */
static char *check_end(const struct ended *ended)
{
    if (ended->killed)
        return NULL;
    if (ended->signal)
        return xstrdup("it crashed, or hung");
    if (ended->status < 0 || ended->status > 2)
        return xstrdup("no exit status of ours");
    if (ended->status && !*ended->err && !*ended->out)
        return xstrdup("it failed without a word");
    if (strstr(ended->err, "(null)"))
        return xstrdup("a sentence lacks a word");
    return NULL;
}

char *play(const struct job *job, const struct wrong *wrong)
{
    folder_empty(place("work"));
    if (job->state)
        folder_copy(place(job->state), place("work"));
    mkdir(place("work/out"), 0700);
    job->prepare ? job->prepare() : (void)0;
    struct ended ended = job_run(job, wrong);
    killed = ended.killed;
    count += told->hits > 0 || killed || (wrong->power && !wrong->nth);
    struct fault_told kept = *told;
    /* Looking and going on is done with every protection. */
    char *without = getenv("ALONGSIDE_WITHOUT") ? xstrdup(getenv("ALONGSIDE_WITHOUT")) : NULL;
    unsetenv("ALONGSIDE_WITHOUT");
    char *finding = check_end(&ended);
    if (!finding)
        finding = job->check(job, wrong, &ended);
    if (without)
        setenv("ALONGSIDE_WITHOUT", without, 1);
    free(without);
    *told = kept; /* what the looking did is not told */
    char *said = finding ? describe(job, wrong, &ended, finding) : NULL;
    ended_release(&ended);
    return said;
}

const struct fault_told *play_told(void)
{
    return told;
}

bool play_was_killed(void)
{
    return killed;
}

char *play_each(const struct job *job, struct wrong wrong, long step)
{
    char *said = NULL;
    for (wrong.nth = 1; !said; wrong.nth += step) {
        said = play(job, &wrong);
        if (told->hits == 0)
            break;
    }
    return said;
}

char *play_each_end(const struct job *job, const char *power, long step)
{
    struct wrong wrong = {.power = power};
    char *said = NULL;
    for (wrong.end = 1; !said; wrong.end += step) {
        said = play(job, &wrong);
        if (!killed)
            break;
    }
    wrong.end = 0; /* and once it is done */
    if (!said && power)
        said = play(job, &wrong);
    return said;
}

long play_count(void)
{
    long was = count;
    count = 0;
    return was;
}

const struct job *play_nth(int i)
{
    const struct job *const all[] = {jobs, sealed_jobs, protect_jobs};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
        for (const struct job *job = all[k]; job->name; job++) {
            if (i-- == 0)
                return job;
        }
    }
    return NULL;
}

const struct job *play_job(const char *name)
{
    const struct job *job;
    for (int i = 0; (job = play_nth(i)) && strcmp(job->name, name) != 0;)
        i++;
    return job;
}

const char *play_name(const struct job *job)
{
    return job->name;
}

bool play_is_slow(const struct job *job)
{
    return job->slow;
}
