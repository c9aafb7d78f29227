// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Looks for leaks in processes that end by _exit, by a signal of their own or by becoming another
 * program. LeakSanitizer by itself looks at exit alone, which few of nslab's processes call. Linked
 * into the program of the build `asan`, with these calls wrapped (`ld --wrap`).
 *
 * What it finds is written to a file that all processes have mapped from their start
 * (NSLAB_LEAKS_FILE): the folder of sanitizers' logs is not to be seen from everywhere, as a node
 * may have a /tmp of its own; and in it PID 1 of one lab would write over what PID 1 of another
 * said. The death of a process at a sanitizer's hand is written there too, for the same reason.
 * The file has the shape of struct report; tests/support/host.py makes and reads it.
 *
 * A look stops all threads from a process of its own, which is a child of this one, and finds them
 * by /proc. So it takes children in this process's own PID namespace and a /proc of that; who has
 * not got them is passed over. So are two kinds of forks: one that is still in its parent's memory
 * (vfork), and one of a process with several threads, as the stacks of the others are not looked
 * through in a child.
 *
 * A look takes a twentieth of a second. So of the many alike that one command may have (a helper
 * for each node), LOOKS are looked at, and then one in LOOKS.
 *
 * To see that they are looked at: NSLAB_LEAKS_PLANT=leak has each process leak PLANTED bytes before
 * it is, and NSLAB_LEAKS_PLANT=nslab-watch has that one free a piece of memory twice.
 */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PLANTED = 77, REPORT_SIZE = 1 << 20, NAME_SIZE = 16, KINDS = 64, LOOKS = 8 };

_Noreturn void __real__exit(int status);
int __real_raise(int sig);
int __real_execv(const char *path, char *const argv[]);
int __real_execve(const char *path, char *const argv[], char *const envp[]);
int __real_execvp(const char *file, char *const argv[]);
void *__real_mmap(void *addr, size_t size, int prot, int flags, int fd, off_t offset);
int __real_munmap(void *addr, size_t size);

struct report {
    _Atomic uint64_t used; /* bytes of TEXT; more than it has room for when something was lost */
    char text[REPORT_SIZE - sizeof(uint64_t)];
};

static struct report *report;   /* NULL: it goes where sanitizers' own reports go */
static _Atomic unsigned *ended; /* [KINDS], of a command and all that it forks */
static char planted[64];        /* kept, as programs are given an environment anew */

/* Who this process is: what is forked without the library's knowledge (vfork) is another. */
static struct {
    pid_t pid;
    ino_t ns;      /* of the PID namespace: numbers repeat */
    bool threaded; /* forked beside other threads, or by one */
} self;

static bool forks_threaded; /* what the next child's SELF.THREADED is */

/* --- Telling --------------------------------------------------------------------------------- */

static void tell(const char *text, size_t len)
{
    uint64_t at = atomic_fetch_add(&report->used, len);
    if (at < sizeof(report->text) && len <= sizeof(report->text) - at)
        memcpy(report->text + at, text, len);
}

static void tell_line(const char *fmt, ...)
{
    char line[256];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof(line), fmt, ap);
    va_end(ap);
    tell(line, strlen(line));
}

static void tell_file(int fd)
{
    char text[4096];
    ssize_t n;
    for (off_t at = 0; (n = pread(fd, text, sizeof(text), at)) > 0; at += n)
        tell(text, (size_t)n);
}

static void get_name(char name[NAME_SIZE])
{
    prctl(PR_GET_NAME, name);
}

static void died(void)
{
    char name[NAME_SIZE];
    get_name(name);
    tell_line("%s: ended by a sanitizer\n", name);
}

/* --- Who can be looked at -------------------------------------------------------------------- */

static ino_t namespace_of(const char *kind)
{
    char path[64];
    struct stat st;
    snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
    return stat(path, &st) ? 0 : st.st_ino;
}

static bool has_own_proc(void)
{
    char number[16];
    ssize_t n = readlink("/proc/self", number, sizeof(number) - 1);
    number[n > 0 ? n : 0] = '\0';
    return atoi(number) == getpid();
}

/* Whether the children of this process are in its own namespace, after going back there. */
static bool has_children_here(void)
{
    if (namespace_of("pid") == namespace_of("pid_for_children"))
        return true;
    int fd = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC);
    bool back = fd >= 0 && !setns(fd, CLONE_NEWPID);
    if (fd >= 0)
        close(fd);
    return back;
}

static bool can_look(void)
{
    return !self.threaded && self.pid == getpid() && self.ns == namespace_of("pid") &&
           has_own_proc() && has_children_here();
}

static unsigned count_threads(void)
{
    unsigned n = 0;
    DIR *dir = opendir("/proc/self/task");
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        n += entry->d_name[0] != '.';
    if (dir)
        closedir(dir);
    return n;
}

static void before_fork(void)
{
    forks_threaded = self.threaded || count_threads() > 1;
}

static void remember_self(void)
{
    self.pid = getpid();
    self.ns = namespace_of("pid");
    self.threaded = forks_threaded;
}

/* --- Looking --------------------------------------------------------------------------------- */

static __attribute__((noinline)) void lose(size_t size)
{
    char *volatile lost = malloc(size);
    lost[0] = 1;
    lost = NULL;
}

/* What the calls before left on the stack could point to what is lost. */
static __attribute__((noinline)) void clear_stack(void)
{
    volatile char room[8192];
    for (size_t i = 0; i < sizeof(room); i++)
        room[i] = 0;
}

static void free_twice(void)
{
    void *volatile p = malloc(1);
    free(p);
    free(p);
}

static void plant(void)
{
    char name[NAME_SIZE];
    get_name(name);
    if (!strcmp(planted, "leak"))
        lose(PLANTED);
    else if (!strcmp(planted, name))
        free_twice();
    clear_stack();
}

static bool is_enough(const char *name, const char *way)
{
    unsigned kind = 0;
    for (const char *p = name; *p; p++)
        kind = kind * 31 + (unsigned char)*p;
    for (const char *p = way; *p; p++)
        kind = kind * 31 + (unsigned char)*p;
    unsigned n = atomic_fetch_add(&ended[kind % KINDS], 1);
    return n >= LOOKS && n % LOOKS;
}

static void look(const char *way)
{
    char name[NAME_SIZE];
    get_name(name);
    if (!ended || !can_look() || is_enough(name, way))
        return;
    plant();
    int fd = report ? memfd_create("leaks", MFD_CLOEXEC) : -1;
    if (fd >= 0)
        __sanitizer_set_report_fd((void *)(intptr_t)fd);
    if (__lsan_do_recoverable_leak_check() && report) {
        tell_line("%s leaks what it has at %s:\n", name, way);
        tell_file(fd);
    }
    if (fd < 0)
        return;
    __sanitizer_set_report_fd((void *)(intptr_t)-1); /* by log_path again */
    close(fd);
}

static void *map_shared(size_t size, int fd, int flags)
{
    void *memory = __real_mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | flags, fd, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static __attribute__((constructor)) void begin(void)
{
    const char *path = getenv("NSLAB_LEAKS_FILE"), *what = getenv("NSLAB_LEAKS_PLANT");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    ended = map_shared(KINDS * sizeof(*ended), -1, MAP_ANONYMOUS);
    report = fd < 0 ? NULL : map_shared(sizeof(*report), fd, 0);
    if (fd >= 0)
        close(fd);
    if (report)
        __sanitizer_set_death_callback(died);
    if (what)
        snprintf(planted, sizeof(planted), "%s", what);
    remember_self();
    pthread_atfork(before_fork, NULL, remember_self);
    atexit(plant);
}

/* --- The calls ------------------------------------------------------------------------------- */

_Noreturn void __wrap__exit(int status);
int __wrap_raise(int sig);
int __wrap_execv(const char *path, char *const argv[]);
int __wrap_execve(const char *path, char *const argv[], char *const envp[]);
int __wrap_execvp(const char *file, char *const argv[]);
void *__wrap_mmap(void *addr, size_t size, int prot, int flags, int fd, off_t offset);
int __wrap_munmap(void *addr, size_t size);

_Noreturn void __wrap__exit(int status)
{
    look("_exit");
    __real__exit(status);
}

int __wrap_raise(int sig)
{
    look("raise");
    return __real_raise(sig);
}

int __wrap_execv(const char *path, char *const argv[])
{
    look("execv");
    return __real_execv(path, argv);
}

int __wrap_execve(const char *path, char *const argv[], char *const envp[])
{
    look("execve");
    return __real_execve(path, argv, envp);
}

int __wrap_execvp(const char *file, char *const argv[])
{
    look("execvp");
    return __real_execvp(file, argv);
}

/* LeakSanitizer does not look by itself for pointers in what is mapped: arenas, and what processes
 * share. */
void *__wrap_mmap(void *addr, size_t size, int prot, int flags, int fd, off_t offset)
{
    void *memory = __real_mmap(addr, size, prot, flags, fd, offset);
    if (memory != MAP_FAILED)
        __lsan_register_root_region(memory, size);
    return memory;
}

int __wrap_munmap(void *addr, size_t size)
{
    __lsan_unregister_root_region(addr, size);
    return __real_munmap(addr, size);
}
