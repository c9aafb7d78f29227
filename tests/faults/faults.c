// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Makes one call fail: a library that is put before libc by LD_PRELOAD, in nslab's own processes.
 *
 * What it has to do stands in a file that all processes of a lab share (NSLAB_FAULTS_FILE names
 * it), so that "the 17th call of socket" is the 17th of them all: of the command, the guard, the
 * keeper, their threads. Each kind of call has its counter, which runs while KIND is set. What was
 * made to fail is written there, too: which call, in which process, from where. Where they are
 * counted only, the first call from each place (a stack of functions) is noted.
 *
 * The file has the shape of struct faults; tests/support/faults.py writes and reads it.
 */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum kind { NONE, FORK, MEMORY, MOUNT, RECEIVE, SEND, OPEN, SETNS, SOCKET, UNSHARE, KINDS };

enum { FRAMES = 24, PLACES = 1 << 14 };

struct faults {
    _Atomic uint32_t kind; /* what is counted and fails; NONE: nothing */
    uint32_t error;        /* errno of the call that fails */
    uint64_t nth;          /* which one, from 1; 0: none, they are counted only */
    _Atomic uint64_t calls[KINDS];
    _Atomic uint32_t failed; /* whether one was made to fail; the rest describes it */
    int32_t pid, tid;
    uint32_t n_frames;
    char call[32], title[32];
    struct {
        char file[64];
        uint64_t offset;
    } frames[FRAMES];
    struct {
        _Atomic uint64_t stack; /* a hash of it; 0: the entry is free */
        uint64_t kind, nth;
    } places[PLACES]; /* the entry of a stack is its hash's, or the next that is free */
};

static struct faults *faults; /* NULL: in a program that is none of nslab's */

/* libc's own, found before main. */
static struct {
    __typeof__(&fork) fork;
    pid_t (*vfork)(void); /* without the attributes, so that it can be called at the very end */
    __typeof__(&pthread_create) pthread_create;
    __typeof__(&posix_spawn) posix_spawn;
    __typeof__(&posix_spawnp) posix_spawnp;
    __typeof__(&mmap) mmap;
    __typeof__(&mount) mount;
    __typeof__(&sendmsg) sendmsg;
    __typeof__(&sendto) sendto;
    __typeof__(&send) send;
    __typeof__(&recvmsg) recvmsg;
    __typeof__(&recvfrom) recvfrom;
    __typeof__(&recv) recv;
    __typeof__(&open) open;
    __typeof__(&openat) openat;
    __typeof__(&fopen) fopen;
    __typeof__(&opendir) opendir;
    __typeof__(&setns) setns;
    __typeof__(&socket) socket;
    __typeof__(&socketpair) socketpair;
    __typeof__(&accept4) accept4;
    __typeof__(&unshare) unshare;
    __typeof__(&syscall) syscall;
    __typeof__(&pipe2) pipe2;
    __typeof__(&memfd_create) memfd_create;
    __typeof__(&signalfd) signalfd;
    __typeof__(&epoll_create1) epoll_create1;
    __typeof__(&inotify_init1) inotify_init1;
} libc;

/* libc's allocator under its second name: looking it up by the first would need it. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static void name_frames(struct faults *f)
{
    void *addresses[FRAMES + 2];
    int n = backtrace(addresses, FRAMES + 2) - 2; /* without this and must_fail */
    f->n_frames = n > 0 ? (uint32_t)n : 0;
    for (uint32_t i = 0; i < f->n_frames; i++) {
        Dl_info info;
        const char *address = addresses[i + 2];
        if (!dladdr(address, &info) || !info.dli_fname)
            continue;
        const char *slash = strrchr(info.dli_fname, '/');
        strncpy(f->frames[i].file, slash ? slash + 1 : info.dli_fname, 63);
        f->frames[i].offset = (uint64_t)(address - (const char *)info.dli_fbase);
    }
}

static void describe(struct faults *f, const char *call)
{
    f->pid = getpid();
    f->tid = gettid();
    strncpy(f->call, call, sizeof(f->call) - 1);
    pthread_getname_np(pthread_self(), f->title, sizeof(f->title));
    name_frames(f);
    atomic_store(&f->failed, 1);
}

/* FNV-1a over the addresses of who called, and KIND; never 0. */
static uint64_t hash_stack(enum kind kind)
{
    void *addresses[FRAMES + 3];
    int n = backtrace(addresses, FRAMES + 3);
    uint64_t hash = 14695981039346656037u;
    for (int i = 3; i < n; i++) /* without this, note_place and must_fail */
        hash = (hash ^ (uintptr_t)addresses[i]) * 1099511628211u;
    hash = (hash ^ kind) * 1099511628211u;
    return hash ? hash : 1;
}

/* The NTH call of KIND, if none has come from there before. */
static __attribute__((noinline)) void note_place(struct faults *f, enum kind kind, uint64_t nth)
{
    uint64_t stack = hash_stack(kind);
    for (unsigned i = 0; i < PLACES; i++) {
        uint64_t there = 0, at = (stack + i) % PLACES;
        if (atomic_compare_exchange_strong(&f->places[at].stack, &there, stack)) {
            f->places[at].kind = kind;
            f->places[at].nth = nth;
            return;
        }
        if (there == stack)
            return;
    }
}

/* Counts CALL, one of KIND; true if it is the one, with errno set. */
static __attribute__((noinline)) bool must_fail(enum kind kind, const char *call)
{
    struct faults *f = faults;
    if (!f || atomic_load(&f->kind) == NONE)
        return false;
    uint64_t n = atomic_fetch_add(&f->calls[kind], 1) + 1;
    if (!f->nth)
        note_place(f, kind, n);
    if (atomic_load(&f->kind) != kind || n != f->nth)
        return false;
    describe(f, call);
    errno = (int)f->error;
    return true;
}

static bool is_nslab(void)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
    path[len < 0 ? 0 : len] = '\0';
    const char *slash = strrchr(path, '/');
    return slash && !strcmp(slash, "/nslab");
}

#define FIND(name) *(void **)&libc.name = dlsym(RTLD_NEXT, #name)

static void find_libc(void)
{
    FIND(fork);
    FIND(vfork);
    FIND(pthread_create);
    FIND(posix_spawn);
    FIND(posix_spawnp);
    FIND(mmap);
    FIND(mount);
    FIND(sendmsg);
    FIND(sendto);
    FIND(send);
    FIND(recvmsg);
    FIND(recvfrom);
    FIND(recv);
    FIND(open);
    FIND(openat);
    FIND(fopen);
    FIND(opendir);
    FIND(setns);
    FIND(socket);
    FIND(socketpair);
    FIND(accept4);
    FIND(unshare);
    FIND(syscall);
    FIND(pipe2);
    FIND(memfd_create);
    FIND(signalfd);
    FIND(epoll_create1);
    FIND(inotify_init1);
}

static __attribute__((constructor)) void begin(void)
{
    const char *path = getenv("NSLAB_FAULTS_FILE");
    void *frame;
    find_libc();
    unsetenv("LD_PRELOAD"); /* for what it starts */
    if (!path || !is_nslab())
        return;
    backtrace(&frame, 1); /* loads what it needs, now and not inside of malloc */
    int fd = libc.open(path, O_RDWR | O_CLOEXEC);
    void *shared =
        libc.mmap(NULL, sizeof(struct faults), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (fd < 0 || shared == MAP_FAILED) {
        fprintf(stderr, "faults: %s cannot be used\n", path);
        _exit(99);
    }
    close(fd);
    faults = shared;
}

/* --- fork --------------------------------------------------------------------------------- */

EXPORT pid_t fork(void)
{
    return must_fail(FORK, "fork") ? -1 : libc.fork();
}

/* The call has to be a jump, as the frame of who calls vfork must not be left by its child. */
EXPORT pid_t vfork(void)
{
    if (must_fail(FORK, "vfork"))
        return -1;
    return libc.vfork();
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*fn)(void *),
                          void *arg)
{
    if (must_fail(FORK, "pthread_create"))
        return errno;
    return libc.pthread_create(thread, attr, fn, arg);
}

EXPORT int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
    if (must_fail(FORK, "posix_spawn"))
        return errno;
    return libc.posix_spawn(pid, path, actions, attr, argv, envp);
}

EXPORT int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                        const posix_spawnattr_t *attr, char *const argv[], char *const envp[])
{
    if (must_fail(FORK, "posix_spawnp"))
        return errno;
    return libc.posix_spawnp(pid, file, actions, attr, argv, envp);
}

/* --- memory ------------------------------------------------------------------------------- */

EXPORT void *malloc(size_t size)
{
    return must_fail(MEMORY, "malloc") ? NULL : __libc_malloc(size);
}

EXPORT void *calloc(size_t n, size_t size)
{
    return must_fail(MEMORY, "calloc") ? NULL : __libc_calloc(n, size);
}

EXPORT void *realloc(void *p, size_t size)
{
    return size && must_fail(MEMORY, "realloc") ? NULL : __libc_realloc(p, size);
}

EXPORT void *mmap(void *at, size_t size, int protection, int flags, int fd, off_t offset)
{
    return must_fail(MEMORY, "mmap") ? MAP_FAILED
                                     : libc.mmap(at, size, protection, flags, fd, offset);
}

/* --- netlink ------------------------------------------------------------------------------ */

static bool is_netlink(int fd)
{
    int domain = 0, before = errno;
    socklen_t len = sizeof(domain);
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len))
        domain = 0;
    errno = before;
    return domain == AF_NETLINK;
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
    return is_netlink(fd) && must_fail(SEND, "sendmsg") ? -1 : libc.sendmsg(fd, msg, flags);
}

EXPORT ssize_t sendto(int fd, const void *data, size_t len, int flags, __CONST_SOCKADDR_ARG to,
                      socklen_t to_len)
{
    return is_netlink(fd) && must_fail(SEND, "sendto")
               ? -1
               : libc.sendto(fd, data, len, flags, to, to_len);
}

EXPORT ssize_t send(int fd, const void *data, size_t len, int flags)
{
    return is_netlink(fd) && must_fail(SEND, "send") ? -1 : libc.send(fd, data, len, flags);
}

EXPORT ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
    return is_netlink(fd) && must_fail(RECEIVE, "recvmsg") ? -1 : libc.recvmsg(fd, msg, flags);
}

EXPORT ssize_t recvfrom(int fd, void *data, size_t len, int flags, __SOCKADDR_ARG from,
                        socklen_t *from_len)
{
    return is_netlink(fd) && must_fail(RECEIVE, "recvfrom")
               ? -1
               : libc.recvfrom(fd, data, len, flags, from, from_len);
}

EXPORT ssize_t recv(int fd, void *data, size_t len, int flags)
{
    return is_netlink(fd) && must_fail(RECEIVE, "recv") ? -1 : libc.recv(fd, data, len, flags);
}

/* --- what makes a descriptor -------------------------------------------------------------- */

/* The mode that comes behind FLAGS, where one does. */
#define MODE(flags, mode)                                                                          \
    do {                                                                                           \
        va_list ap_;                                                                               \
        va_start(ap_, flags);                                                                      \
        mode = (flags) & (O_CREAT | O_TMPFILE) ? va_arg(ap_, mode_t) : 0;                          \
        va_end(ap_);                                                                               \
    } while (0)

EXPORT int open(const char *path, int flags, ...)
{
    mode_t mode;
    MODE(flags, mode);
    return must_fail(OPEN, "open") ? -1 : libc.open(path, flags, mode);
}

EXPORT int open64(const char *path, int flags, ...)
{
    mode_t mode;
    MODE(flags, mode);
    return must_fail(OPEN, "open64") ? -1 : libc.open(path, flags, mode);
}

EXPORT int openat(int dir, const char *path, int flags, ...)
{
    mode_t mode;
    MODE(flags, mode);
    return must_fail(OPEN, "openat") ? -1 : libc.openat(dir, path, flags, mode);
}

EXPORT int openat64(int dir, const char *path, int flags, ...)
{
    mode_t mode;
    MODE(flags, mode);
    return must_fail(OPEN, "openat64") ? -1 : libc.openat(dir, path, flags, mode);
}

EXPORT FILE *fopen(const char *path, const char *mode)
{
    return must_fail(OPEN, "fopen") ? NULL : libc.fopen(path, mode);
}

EXPORT FILE *fopen64(const char *path, const char *mode)
{
    return must_fail(OPEN, "fopen64") ? NULL : libc.fopen(path, mode);
}

EXPORT DIR *opendir(const char *path)
{
    return must_fail(OPEN, "opendir") ? NULL : libc.opendir(path);
}

EXPORT int pipe2(int ends[2], int flags)
{
    return must_fail(OPEN, "pipe2") ? -1 : libc.pipe2(ends, flags);
}

EXPORT int memfd_create(const char *name, unsigned flags)
{
    return must_fail(OPEN, "memfd_create") ? -1 : libc.memfd_create(name, flags);
}

EXPORT int signalfd(int fd, const sigset_t *set, int flags)
{
    return must_fail(OPEN, "signalfd") ? -1 : libc.signalfd(fd, set, flags);
}

EXPORT int epoll_create1(int flags)
{
    return must_fail(OPEN, "epoll_create1") ? -1 : libc.epoll_create1(flags);
}

EXPORT int inotify_init1(int flags)
{
    return must_fail(OPEN, "inotify_init1") ? -1 : libc.inotify_init1(flags);
}

/* --- the others --------------------------------------------------------------------------- */

EXPORT int mount(const char *source, const char *target, const char *type, unsigned long flags,
                 const void *data)
{
    return must_fail(MOUNT, "mount") ? -1 : libc.mount(source, target, type, flags, data);
}

EXPORT int setns(int fd, int type)
{
    return must_fail(SETNS, "setns") ? -1 : libc.setns(fd, type);
}

EXPORT int socket(int domain, int type, int protocol)
{
    return must_fail(SOCKET, "socket") ? -1 : libc.socket(domain, type, protocol);
}

EXPORT int socketpair(int domain, int type, int protocol, int ends[2])
{
    return must_fail(SOCKET, "socketpair") ? -1 : libc.socketpair(domain, type, protocol, ends);
}

EXPORT int accept4(int fd, __SOCKADDR_ARG address, socklen_t *len, int flags)
{
    return must_fail(SOCKET, "accept4") ? -1 : libc.accept4(fd, address, len, flags);
}

EXPORT int unshare(int flags)
{
    return must_fail(UNSHARE, "unshare") ? -1 : libc.unshare(flags);
}

/* Those that libc has no function for. */
static enum kind kind_of(long number)
{
    switch (number) {
    case SYS_fsopen:
    case SYS_fsconfig:
    case SYS_fsmount:
    case SYS_open_tree:
    case SYS_move_mount:
        return MOUNT;
    case SYS_pidfd_open:
        return OPEN;
    default:
        return NONE;
    }
}

EXPORT long syscall(long number, ...)
{
    long a[6];
    va_list ap;
    va_start(ap, number);
    for (int i = 0; i < 6; i++)
        a[i] = va_arg(ap, long);
    va_end(ap);
    enum kind kind = kind_of(number);
    if (kind != NONE && must_fail(kind, kind == MOUNT ? "mount by syscall" : "pidfd_open"))
        return -1;
    return libc.syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
