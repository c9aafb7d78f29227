// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Running a program in a node, from outside the lab.
 *
 * Three processes: the caller, a helper, the program. A PID namespace is entered by children
 * alone, and the caller must not change, so somebody has to go in between. The helper stays, as
 * the program's parent, because the kernel keeps a PID namespace until every zombie in it is
 * collected: were that the caller's to do, a caller stopped by Ctrl-Z would keep the lab from
 * ending. The helper has its signals blocked and a process group of its own, so nothing that is
 * done to the caller's job reaches it.
 *
 * The helper joins the user and PID namespaces only; the rest is for the program, so that the
 * helper does not stand in the node.
 */
#include "lab/enter.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "kernel/procs.h"
#include "lab/program.h"
#include "lab/terminal.h"

static void tell(int socket, enum enter_kind kind, int value)
{
    struct enter_news news = {.kind = kind, .value = value};
    send(socket, &news, sizeof(news), MSG_NOSIGNAL);
}

static _Noreturn void tell_failed(int socket, const struct err *err)
{
    struct enter_news news = {.kind = ENTER_FAILED, .err = *err};
    send(socket, &news, sizeof(news), MSG_NOSIGNAL);
    _exit(126);
}

static int join(int fd, int kind, const char *what, struct err *err)
{
    if (fd < 0 || !setns(fd, kind))
        return 0;
    return err_sys(err, -errno, "joining the lab's %s namespace", what);
}

/* Programs that look after a network are where an ordinary user's PATH may not lead. */
static void widen_path(void)
{
    static const char *const folders[] = {"/usr/local/sbin", "/usr/sbin", "/sbin"};
    CLEAN_STR struct str path = {0};
    str_addf(&path, "%s", getenv("PATH") ? getenv("PATH") : "/usr/local/bin:/usr/bin:/bin");
    for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
        CLEAN_STR struct str all = {0};
        CLEAN_STR struct str one = {0};
        str_addf(&all, ":%s:", path.text);
        str_addf(&one, ":%s:", folders[i]);
        if (!strstr(all.text, one.text))
            str_addf(&path, ":%s", folders[i]);
    }
    setenv("PATH", path.text, 1);
}

static void set_environment(const struct enter *e)
{
    widen_path();
    setenv("NSLAB_LAB", e->state->name, 1);
    setenv("NSLAB_NODE", e->node, 1);
    if (!chdir(e->directory))
        return;
    if (!chdir("/"))
        setenv("PWD", "/", 1);
}

/* All three at once: one may stand where another one goes. */
static int set_streams(const int streams[3])
{
    int high[3];
    for (int i = 0; i < 3; i++) {
        high[i] = streams[i] == i ? i : fcntl(streams[i], F_DUPFD_CLOEXEC, 3);
        if (high[i] < 0)
            return -errno;
    }
    for (int i = 0; i < 3; i++)
        if (high[i] != i && dup2(high[i], i) < 0)
            return -errno;
    return 0;
}

/* Whether a file NAME is in PATH. */
static bool in_path(const char *name)
{
    char file[PATH_MAX];
    const char *path = getenv("PATH");
    while (path && *path) {
        size_t len = strcspn(path, ":");
        snprintf(file, sizeof(file), "%.*s/%s", (int)len, path, name);
        if (!access(file, F_OK))
            return true;
        path += len + (path[len] == ':');
    }
    return false;
}

static _Noreturn void become(const struct enter *e)
{
    execvp(e->argv[0], e->argv);
    int code = errno;
    /* execvp's, when PATH has a folder that may not be looked into */
    if (code == EACCES && !strchr(e->argv[0], '/') && !in_path(e->argv[0]))
        code = ENOENT;
    dprintf(STDERR_FILENO, "nslab: %s: %s\n", e->argv[0], strerror(code));
    _exit(code == ENOENT ? 127 : 126);
}

/* The program's side of the fork. ALIVE is a pipe that the helper holds open. */
static _Noreturn void program_main(const struct enter *e, int socket, int alive)
{
    struct pollfd p = {.fd = alive};
    struct err err;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (poll(&p, 1, 0) > 0) /* it died before that */
        _exit(1);
    if (program_enter(e->door->mnt, e->door->net, e->node, &err))
        tell_failed(socket, &err);
    set_environment(e);
    int r = set_streams(e->streams);
    if (r) {
        err_sys(&err, r, "setting up standard streams");
        tell_failed(socket, &err);
    }
    if (e->terminal >= 0)
        terminal_enter(STDIN_FILENO);
    sigprocmask(SIG_SETMASK, e->mask, NULL);
    become(e);
}

struct helper {
    pid_t program;
    bool own_group;
    int socket, signals;
};

static void signal_program(const struct helper *h, int sig)
{
    if (!h->own_group || kill(-h->program, sig))
        kill(h->program, sig);
}

/* Signals to hand on; or the caller is gone, and the program goes too. */
static void hear_caller(const struct helper *h)
{
    int sig;
    if (recv(h->socket, &sig, sizeof(sig), 0) == sizeof(sig)) {
        signal_program(h, sig);
        return;
    }
    kill(h->program, SIGKILL);
    waitpid(h->program, NULL, 0);
    _exit(0);
}

static void hear_program(const struct helper *h)
{
    struct signalfd_siginfo info;
    int status;
    while (read(h->signals, &info, sizeof(info)) == sizeof(info))
        ;
    while (waitpid(h->program, &status, WNOHANG | WUNTRACED) == h->program) {
        if (WIFSTOPPED(status)) {
            tell(h->socket, ENTER_STOPPED, WSTOPSIG(status));
            continue;
        }
        tell(h->socket, ENTER_ENDED, status);
        _exit(0);
    }
}

static _Noreturn void attend(const struct helper *h)
{
    for (;;) {
        struct pollfd p[] = {{.fd = h->socket, .events = POLLIN},
                             {.fd = h->signals, .events = POLLIN}};
        if (poll(p, ARRAY_SIZE(p), -1) < 0)
            continue;
        if (p[1].revents)
            hear_program(h);
        if (p[0].revents)
            hear_caller(h);
    }
}

static int open_child_signals(void)
{
    sigset_t set;
    sigfillset(&set);
    sigprocmask(SIG_SETMASK, &set, NULL);
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static _Noreturn void helper_main(const struct enter *e, int socket)
{
    struct helper h = {.socket = socket, .own_group = e->terminal >= 0};
    struct sigaction before, action = {.sa_handler = SIG_DFL};
    struct err err;
    int alive[2];
    h.signals = open_child_signals();
    sigaction(SIGCHLD, &action, &before); /* ignored, it would leave nothing to wait for */
    if (join(e->door->user, CLONE_NEWUSER, "user", &err) ||
        join(e->door->pid, CLONE_NEWPID, "PID", &err))
        tell_failed(socket, &err);
    if (h.signals < 0 || pipe2(alive, O_CLOEXEC) || (h.program = vfork()) < 0) {
        err_sys(&err, -errno, "starting a program");
        tell_failed(socket, &err);
    }
    if (!h.program) { /* in our memory until it is the program */
        close(alive[1]);
        sigaction(SIGCHLD, &before, NULL);
        program_main(e, socket, alive[0]);
    }
    setpgid(0, 0);
    if (h.own_group)
        tell(socket, ENTER_STARTED, h.program);
    attend(&h);
}

int enter_start(const struct enter *e, int *ret_socket, pid_t *ret_helper, struct err *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
        return err_sys(err, -errno, "starting a program");
    pid_t pid = fork();
    if (!pid) {
        close(ends[0]);
        helper_main(e, ends[1]);
    }
    int code = -errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_sys(err, code, "starting a program");
    }
    *ret_socket = ends[0];
    *ret_helper = pid;
    return 0;
}
