// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The guard: a small process outside the lab that outlives its keeper by a moment, puts back what
 * was changed outside and takes the state directory away.
 *
 * It is the keeper's parent, and so the one that knows its number outside and notices its end at
 * once. While the lab is being built it also watches the process that asked for it (the other
 * end of talk): when that is gone the keeper is killed, in the middle of whatever it does. The
 * keeper in turn dies with the guard until the lab stands (PR_SET_PDEATHSIG). From then on it
 * minds its own end of talk, and a lab whose guard was killed lives on; the next command after its
 * end does then what the guard would have done (sweep.c).
 *
 * There is one in every lab, root's and an ordinary user's: the same path for both.
 */
#include "lab/guard.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "kernel/creds.h"
#include "kernel/pass_fd.h"
#include "lab/keeper.h"
#include "lab/lent.h"
#include "lab/neighbours.h"
#include "lab/outside.h"
#include "lab/talk.h"

struct guard {
    struct launch l;
    struct state state;
    pid_t keeper;           /* our child; 0 when it has ended */
    int link;               /* to the keeper, until the lab stands */
    int signals;            /* signalfd */
    struct outside journal; /* open from the start: the directory may be taken away under us */
    struct lent_doors doors;
};

/* Descriptors below 3 would be lost under the standard streams. */
static int lift(int fd)
{
    return fd > 2 ? fd : fcntl(fd, F_DUPFD_CLOEXEC, 3);
}

/* No terminal, no folder, no descriptor, no signal of the caller's any more. */
static void become_daemon(struct guard *g)
{
    g->l.talk = lift(g->l.talk);
    g->l.log = lift(g->l.log);
    g->state.dir = lift(g->state.dir);
    g->state.lock = lift(g->state.lock);
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(g->l.log, STDOUT_FILENO);
    dup2(g->l.log, STDERR_FILENO);
    int keep[] = {g->l.talk, g->l.log, g->state.dir, g->state.lock};
    procs_keep_fds(keep, ARRAY_SIZE(keep));
    umask(077);
    if (chdir("/"))
        _exit(1);
}

static int open_signals(void)
{
    sigset_t set;
    sigfillset(&set);
    sigprocmask(SIG_SETMASK, &set, NULL);
    procs_default_signals();
    int fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return fd < 0 ? -errno : fd;
}

/* Forks the keeper into a PID namespace, in rootless use in a user namespace, of its own. */
static int fork_keeper(struct guard *g, struct err *err)
{
    int link[2];
    if (!g->l.privileged && creds_enter_userns(err))
        return err->code;
    if (creds_unshare(CLONE_NEWPID, "The lab may not have a PID namespace of its own", err))
        return err->code;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, link))
        return err_sys(err, -errno, "starting the keeper");
    pid_t pid = fork();
    if (!pid)
        keeper_main(&g->l, link[1]);
    if (pid < 0)
        return err_sys(err, -errno, "starting the keeper");
    close(link[1]);
    g->link = link[0];
    g->keeper = pid;
    return 0;
}

/* Writes down who the keeper is, then lets it begin. */
static int let_go(const struct guard *g, struct err *err)
{
    int r = state_write_proc(&g->state, STATE_KEEPER, g->keeper);
    if (!r && send(g->link, &g->keeper, sizeof(g->keeper), MSG_NOSIGNAL) < 0)
        r = -errno;
    return r ? err_sys(err, r, "writing to %s/%s", g->state.root, g->state.name) : 0;
}

/* Without memory it stays open all the same, and with it what was lent: then the kernel returns it
 * when we end. */
static void keep_door(struct lent_doors *doors, int netns)
{
    int *more = realloc(doors->netns, (doors->n + 1) * sizeof(*more));
    if (!more)
        return;
    doors->netns = more;
    doors->netns[doors->n++] = netns;
}

/* The keeper hands over a namespace, says that the lab stands, or is gone. */
static void hear_keeper(struct guard *g)
{
    int netns = pass_fd_take(g->link);
    if (netns >= 0) {
        keep_door(&g->doors, netns);
        return;
    }
    if (netns == -ENOMSG) {
        memory_last_words(STDERR_FILENO, NULL, 0);
        fd_close(&g->l.talk);
    }
    fd_close(&g->link);
}

static void hear_signals(struct guard *g)
{
    struct signalfd_siginfo info;
    while (read(g->signals, &info, sizeof(info)) == sizeof(info))
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT)
            kill(g->keeper, g->l.talk < 0 ? SIGTERM : SIGKILL);
    if (waitpid(g->keeper, NULL, WNOHANG) == g->keeper)
        g->keeper = 0;
}

/* Until the keeper's end. */
static void watch(struct guard *g)
{
    while (g->keeper) {
        /* link behind talk: what the keeper says comes before who asked may let go */
        struct pollfd p[] = {
            {.fd = g->l.talk, .events = POLLRDHUP},
            {.fd = g->link, .events = POLLIN},
            {.fd = g->signals, .events = POLLIN},
        };
        if (poll(p, ARRAY_SIZE(p), -1) < 0)
            continue;
        if (p[2].revents)
            hear_signals(g);
        if (p[1].revents)
            hear_keeper(g);
        if (p[0].revents && g->l.talk >= 0 && g->keeper)
            kill(g->keeper, SIGKILL);
    }
}

static int guard_lab(struct guard *g, struct err *err)
{
    int r = open_signals();
    if (r < 0)
        return err_sys(err, r, "signalfd");
    g->signals = r;
    r = outside_open(g->state.dir, STATE_OUTSIDE, &g->journal);
    if (r)
        return err_sys(err, r, "writing to %s/%s", g->state.root, g->state.name);
    if (g->l.privileged)
        r = neighbours_raise(&g->state, g->l.plan->topo, &g->journal);
    if (r)
        return err_sys(err, r, "making room in the machine's neighbour tables");
    r = fork_keeper(g, err);
    if (r)
        return r;
    r = let_go(g, err);
    arena_free(g->l.plan->topo->arena);
    malloc_trim(0);
    if (r)
        kill(g->keeper, SIGKILL);
    watch(g);
    while (g->link >= 0) /* what it had sent */
        hear_keeper(g);
    return r;
}

static _Noreturn void guard_main(const struct launch *l)
{
    struct guard g = {.l = *l, .state = *l->state, .link = -1, .journal.fd = -1};
    struct err err = {0};
    char title[128];
    g.l.state = &g.state;
    become_daemon(&g);
    talk_last_words(g.l.talk);
    snprintf(title, sizeof(title), "nslab: guard of %s", g.state.name);
    procs_set_title("nslab-guard", title);
    if (guard_lab(&g, &err) < 0 && g.l.talk >= 0)
        talk_failed(g.l.talk, &err);
    if (g.journal.fd >= 0 && outside_undo(&g.state, g.journal.fd, &g.doors, &err)) {
        dprintf(STDERR_FILENO, "%s\n", err.text); /* the next command tries again, and tells */
        _exit(1);
    }
    if (state_remove(&g.state)) {
        dprintf(STDERR_FILENO, "removing %s/%s failed\n", g.state.root, g.state.name);
        _exit(1);
    }
    _exit(0);
}

int guard_start(const struct launch *l, struct err *err)
{
    pid_t pid = fork();
    if (pid < 0)
        return err_sys(err, -errno, "starting the lab's guard");
    if (!pid) {
        setsid();
        pid_t guard = fork();
        if (!guard)
            guard_main(l);
        if (guard > 0)
            state_write_proc(l->state, STATE_GUARD, guard);
        _exit(guard < 0);
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    return status ? err_set(err, -EAGAIN, "starting the lab's guard: fork failed") : 0;
}
