// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Processes as /proc and pidfds show them.
 *
 * A number alone never stands for a process here: numbers are used again. What was written down
 * is a number with a start time, and what is acted on is a pidfd whose start time was compared
 * after it was opened.
 *
 * A killed process is there for a while yet, a PID 1 until all of its namespace is gone. It holds
 * no descriptors any more and answers nothing, so it must not count as alive: PF_EXITING and a
 * pending SIGKILL tell.
 */
#include "kernel/procs.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>

#define PF_EXITING 0x4 /* linux/sched.h */

enum { HOLDERS_MS = 300 }; /* until it is worth a look why a namespace does not end */

struct stat_line {
    char state;
    pid_t parent;
    unsigned long flags;
    uint64_t start;
};

/* Reads /proc/PID/FILE into BUF, NUL-terminated; its length or a negative errno. */
static ssize_t read_file(pid_t pid, const char *file, char *buf, size_t size)
{
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
    CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? -ESRCH : -errno;
    ssize_t n = read(fd, buf, size - 1);
    if (n < 0)
        return -errno;
    buf[n] = '\0';
    return n;
}

static int read_stat(pid_t pid, struct stat_line *ret)
{
    char buf[1024];
    ssize_t n = read_file(pid, "stat", buf, sizeof(buf));
    if (n < 0)
        return (int)n;
    const char *p = strrchr(buf, ')'); /* the name before it may hold anything */
    unsigned long long start;
    if (!p || sscanf(p + 1,
                     " %c %d %*d %*d %*d %*d %lu %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d"
                     " %llu",
                     &ret->state, &ret->parent, &ret->flags, &start) != 4)
        return -ESRCH;
    ret->start = start;
    return 0;
}

uint64_t procs_namespace(pid_t pid, const char *kind)
{
    char path[64];
    struct stat st;
    if (pid)
        snprintf(path, sizeof(path), "/proc/%d/ns/%s", (int)pid, kind);
    else
        snprintf(path, sizeof(path), "/proc/self/ns/%s", kind);
    return stat(path, &st) ? 0 : st.st_ino;
}

int procs_identify(pid_t pid, struct proc_id *ret)
{
    struct stat_line line;
    int r = read_stat(pid, &line);
    if (r < 0)
        return r;
    *ret = (struct proc_id){.pid = pid, .start = line.start, .ns = procs_namespace(0, "pid")};
    return 0;
}

const char *procs_id_text(const struct proc_id *id, char *buf)
{
    snprintf(buf, PROC_ID_TEXT_MAX, "%d %llu %llu\n", (int)id->pid, (unsigned long long)id->start,
             (unsigned long long)id->ns);
    return buf;
}

bool procs_id_parse(const char *text, struct proc_id *ret)
{
    int pid;
    unsigned long long start, ns;
    if (sscanf(text, "%d %llu %llu", &pid, &start, &ns) != 3 || pid <= 0)
        return false;
    *ret = (struct proc_id){.pid = pid, .start = start, .ns = ns};
    return true;
}

/* Whether SIGKILL is on its way: the sender may be back before the receiver ever runs. */
static bool killed(pid_t pid)
{
    static const char *const lines[] = {"\nSigPnd:", "\nShdPnd:"};
    char buf[4096];
    ssize_t n = read_file(pid, "status", buf, sizeof(buf));
    if (n < 0)
        return !err_is_shortage((int)n);
    for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
        const char *p = strstr(buf, lines[i]);
        if (p && strtoull(p + strlen(lines[i]), NULL, 16) & (1ull << (SIGKILL - 1)))
            return true;
    }
    return false;
}

enum proc_life procs_life(const struct proc_id *id)
{
    struct stat_line line;
    if (id->ns != procs_namespace(0, "pid"))
        return PROC_UNKNOWN;
    int r = read_stat(id->pid, &line);
    if (err_is_shortage(r))
        return PROC_UNSEEN;
    if (r < 0 || line.start != id->start)
        return PROC_GONE;
    if (strchr("ZXx", line.state) || line.flags & PF_EXITING || killed(id->pid))
        return PROC_ENDING;
    return PROC_ALIVE;
}

bool procs_stopped(const struct proc_id *id)
{
    struct stat_line line;
    return !read_stat(id->pid, &line) && line.start == id->start && strchr("Tt", line.state);
}

/* The last of PID's numbers, and how many there are: one in each PID namespace that it is in. */
static pid_t read_numbers(pid_t pid, unsigned *ret_n)
{
    char text[8192];
    ssize_t n = read_file(pid, "status", text, sizeof(text));
    char *line = n < 0 ? NULL : strstr(text, "\nNSpid:");
    if (!line)
        return n < 0 ? (pid_t)n : -ESRCH;
    line[1 + strcspn(line + 1, "\n")] = '\0';
    *ret_n = 0;
    for (const char *tab = line; (tab = strchr(tab, '\t')); tab++)
        ++*ret_n;
    return (pid_t)strtol(strrchr(line, '\t') + 1, NULL, 10);
}

pid_t procs_inner_number(pid_t pid)
{
    unsigned n;
    return read_numbers(pid, &n);
}

int procs_pidfd(pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    return fd < 0 ? -errno : fd;
}

static int open_folder(pid_t pid)
{
    char path[32];
    snprintf(path, sizeof(path), "/proc/%d", pid);
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? (errno == ENOENT ? -ESRCH : -errno) : fd;
}

bool procs_polls(int pidfd)
{
    struct stat st;
    return !fstat(pidfd, &st) && !S_ISDIR(st.st_mode);
}

/* The number of the process whose folder FD is; 0 when it has ended. */
static pid_t living(int fd)
{
    char text[64], state;
    int pid;
    CLEAN_FD int stat = openat(fd, "stat", O_RDONLY | O_CLOEXEC);
    ssize_t n = stat < 0 ? -1 : read(stat, text, sizeof(text) - 1);
    text[n > 0 ? n : 0] = '\0';
    return sscanf(text, "%d (%*[^)]) %c", &pid, &state) == 2 && !strchr("ZX", state) ? pid : 0;
}

int procs_open(const struct proc_id *id)
{
    struct stat_line line;
    if (id->ns != procs_namespace(0, "pid"))
        return -ESRCH;
    CLEAN_FD int fd = procs_pidfd(id->pid);
    if (fd == -ENOSYS || fd == -EPERM)
        fd = open_folder(id->pid);
    if (fd < 0)
        return fd;
    int r = read_stat(id->pid, &line);
    if (r < 0)
        return r;
    return line.start == id->start ? TAKE_FD(fd) : -ESRCH;
}

int procs_signal(int pidfd, int sig)
{
    if (pidfd >= 0 && !procs_polls(pidfd)) {
        pid_t pid = living(pidfd);
        return !pid ? -ESRCH : kill(pid, sig) ? -errno : 0;
    }
    return syscall(SYS_pidfd_send_signal, pidfd, sig, NULL, 0) < 0 ? -errno : 0;
}

/* No news comes of a folder. */
static bool wait_for_folder(int fd, int ms)
{
    int64_t end = procs_now_ms() + ms;
    while (living(fd)) {
        if (ms >= 0 && procs_now_ms() >= end)
            return false;
        procs_sleep_ms(2);
    }
    return true;
}

bool procs_wait(int pidfd, int ms)
{
    if (!procs_polls(pidfd))
        return wait_for_folder(pidfd, ms);
    struct pollfd p = {.fd = pidfd, .events = POLLIN};
    int64_t end = procs_now_ms() + ms;
    for (;;) {
        int64_t left = ms < 0 ? -1 : end - procs_now_ms();
        int n = poll(&p, 1, ms < 0 ? -1 : left > 0 ? (int)left : 0);
        if (n > 0)
            return true;
        if (n == 0 || errno != EINTR)
            return false;
    }
}

/*
 * The kernel shows what stands between arg_start and arg_end, and where that does not end in NUL
 * goes on into the environment behind it.
 */
void procs_set_title(const char *name, const char *title)
{
    char buf[1024];
    unsigned long at[4]; /* arg_start, arg_end, env_start, env_end: fields 48 to 51 */
    prctl(PR_SET_NAME, name);
    CLEAN_FD int fd = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, buf, sizeof(buf) - 1);
    if (n <= 0)
        return;
    buf[n] = '\0';
    char *p = strrchr(buf, ')');
    for (int field = 2; p && field < 48; field++)
        p = strchr(p + 1, ' ');
    if (!p || sscanf(p, "%lu %lu %lu %lu", &at[0], &at[1], &at[2], &at[3]) != 4 ||
        at[0] != (unsigned long)program_invocation_name) /* as under valgrind: not ours */
        return;
    char *start = (char *)at[0];
    size_t room = (at[2] == at[1] && at[3] > at[2] ? at[3] : at[1]) - at[0];
    clearenv();
    memset(start, 0, room);
    memcpy(start, title, strnlen(title, room - 1));
}

int procs_is_named(pid_t pid, const char *name)
{
    char buf[32];
    ssize_t n = read_file(pid, "comm", buf, sizeof(buf));
    if (err_is_shortage((int)n))
        return (int)n;
    return n > 0 && (size_t)n == strlen(name) + 1 && !memcmp(buf, name, strlen(name));
}

int procs_each(procs_fn *fn, void *arg)
{
    DIR *dir = opendir("/proc");
    if (!dir)
        return -errno;
    int r = 0;
    for (struct dirent *e; !r && (e = readdir(dir));) {
        char *end;
        long pid = strtol(e->d_name, &end, 10);
        if (pid > 0 && !*end)
            r = fn(arg, (pid_t)pid);
    }
    closedir(dir);
    return r;
}

int procs_command(pid_t pid, struct str *out)
{
    char buf[2048];
    ssize_t n = read_file(pid, "cmdline", buf, sizeof(buf));
    while (n > 0 && !buf[n - 1])
        n--;
    for (ssize_t i = 0; i < n; i++)
        buf[i] = (unsigned char)buf[i] < ' ' ? ' ' : buf[i];
    if (n > 0) {
        str_addn(out, buf, (size_t)n);
        return 0;
    }
    n = err_is_shortage((int)n) ? n : read_file(pid, "comm", buf, sizeof(buf));
    if (err_is_shortage((int)n))
        return (int)n;
    str_addf(out, "[%.*s]", n > 0 ? (int)strcspn(buf, "\n") : 1, n > 0 ? buf : "?");
    return 0;
}

bool procs_find_program(const char *name, char *ret)
{
    const char *path = getenv("PATH");
    while (path && *path) {
        size_t len = strcspn(path, ":");
        int n = snprintf(ret, PATH_MAX, "%.*s/%s", (int)len, path, name);
        if (n < PATH_MAX && *ret == '/' && !access(ret, X_OK))
            return true;
        path += len + (path[len] == ':');
    }
    *ret = '\0';
    return false;
}

int procs_user(pid_t pid, uid_t *ret)
{
    char buf[1024];
    ssize_t n = read_file(pid, "status", buf, sizeof(buf));
    const char *p = n < 0 ? NULL : strstr(buf, "\nUid:");
    if (n < 0)
        return (int)n;
    return p && sscanf(p, "\nUid: %*u %u", ret) == 1 ? 0 : -ESRCH;
}

static int wake_parent(void *arg, pid_t pid)
{
    struct stat_line dead, parent;
    unsigned n;
    uid_t user;
    (void)arg;
    bool holds = !read_stat(pid, &dead) && dead.state == 'Z' && read_numbers(pid, &n) > 0 && n > 1;
    if (holds && !read_stat(dead.parent, &parent) && parent.state == 'T' &&
        !procs_user(dead.parent, &user) && user == geteuid())
        kill(dead.parent, SIGCONT);
    return 0;
}

void procs_wake_holders(void)
{
    procs_each(wake_parent, NULL);
}

bool procs_wait_first(int pidfd, int ms)
{
    for (; ms > HOLDERS_MS; ms -= HOLDERS_MS) {
        if (procs_wait(pidfd, HOLDERS_MS))
            return true;
        procs_wake_holders();
    }
    return procs_wait(pidfd, ms);
}

static int compare_fds(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

void procs_keep_fds(const int *keep, size_t n)
{
    int sorted[PROCS_KEEP_MAX];
    int next = 3;
    memcpy(sorted, keep, n * sizeof(*keep));
    qsort(sorted, n, sizeof(*sorted), compare_fds);
    for (size_t i = 0; i < n; i++) {
        if (sorted[i] > next)
            close_range((unsigned)next, (unsigned)sorted[i] - 1, 0);
        if (sorted[i] >= next)
            next = sorted[i] + 1;
    }
    close_range((unsigned)next, ~0u, 0);
}

void procs_default_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int sig = 1; sig < NSIG; sig++)
        sigaction(sig, &action, NULL);
}

int64_t procs_now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000LL + t.tv_nsec / 1000000;
}

void procs_sleep_ms(unsigned ms)
{
    struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&t, NULL);
}
