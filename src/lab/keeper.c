// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The keeper: the one process that a lab is.
 *
 * It is PID 1 of the lab's PID namespace and holds a descriptor of every node's network namespace;
 * nothing else does. So the kernel takes the lab back whole when the keeper ends, in whatever
 * way: its programs are killed, and with the last process and descriptor the namespaces go, and
 * with them links, addresses and routes.
 *
 *   1. It begins only when its guard has written down who it is, and until the lab stands it dies
 *      with the guard (PR_SET_PDEATHSIG) or by its hand.
 *   2. It stands in a network namespace of its own; nothing is ever made in the host's.
 *   3. When the lab stands, the topology is given back to the system. What stays are the nodes'
 *      names and descriptors, and what services need.
 *   4. From then on it has one thread, but for the moments that view.c takes, and never waits for
 *      anybody: signals come through a signalfd, clients are served as server.c says.
 *
 * As PID 1 it gets only signals that it asks for. It asks for SIGTERM, a clean end, but takes it
 * from outside alone: a program in a node that kills 1 is not to end everybody's lab.
 */
#include "lab/keeper.h"

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "base/memory.h"
#include "kernel/creds.h"
#include "kernel/mounts.h"
#include "lab/deadline.h"
#include "lab/executor.h"
#include "lab/lent.h"
#include "lab/logs.h"
#include "lab/netnames.h"
#include "lab/roster.h"
#include "lab/server.h"
#include "lab/services.h"
#include "lab/talk.h"
#include "lab/uplinks.h"
#include "lab/view.h"
#include "model/firewall.h"
#include "model/programs.h"

enum {
    GRACE_MS = 2000,  /* for programs, where nobody said how long */
    VIEWS_LEAST = 16, /* views that are kept where descriptors are short */
    FDS_BESIDES = SERVER_CLIENTS_MAX + VIEWS_LEAST + 32, /* descriptors beside those of the nodes */
    NETNAMES_A_TURN = 64,
    BREATH_MS = 50, /* where the system has no room for poll(2) */
    LOOK_MS = 1000, /* how often to look after the directory where inotify is not to be had */
};

enum { NS_PID, NS_MNT, NS_NET, NS_USER, NS_COUNT };

struct keeper {
    const struct launch *l;
    struct state *state;
    int link;      /* to the guard */
    int talk;      /* -1 once the lab lives by itself */
    pid_t outside; /* its own number outside */
    int ns[NS_COUNT];
    int signals, notify;
    int *netns;      /* of every node, those that users see first */
    int *views;      /* of nodes that users see: a mount namespace (view.h), -1: none yet */
    bool *own_files; /* by node: its view is there from the start, and not to be forgotten */
    uint32_t n_views, max_views, next_to_forget;
    struct rlimit files; /* what programs may have open */
    struct logs *logs;
    struct services *services;
    int told;                /* what was given to a client last, until the next one asks */
    struct uplinks *uplinks; /* until they are open */
    struct lender *lender;   /* until the lab is built */
    const char **names;      /* of those that users see */
    uint32_t n_names;
    uint32_t n_nodes; /* with those that have no name, behind the others */
    struct netnames netnames;
    struct err netnames_err;
    bool stopping;
    unsigned grace_ms; /* between SIGTERM and SIGKILL */
    struct server server;
};

static int wait_for_guard(struct keeper *k, struct err *err)
{
    int keep[] = {k->link, k->talk, k->l->log, k->state->dir, k->state->lock};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    procs_keep_fds(keep, ARRAY_SIZE(keep));
    /* the guard may have died before prctl, its word sent: then its end is closed */
    struct pollfd p = {.fd = k->link, .events = POLLIN | POLLRDHUP};
    if (recv(k->link, &k->outside, sizeof(k->outside), 0) != sizeof(k->outside) ||
        (poll(&p, 1, 0) > 0 && p.revents & (POLLHUP | POLLRDHUP)))
        return err_set(err, -EPIPE, "the lab's guard was killed");
    return 0;
}

static int open_signals(struct keeper *k, struct err *err)
{
    sigset_t set;
    sigfillset(&set); /* all blocked, as the guard has them */
    k->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return k->signals < 0 ? err_sys(err, -errno, "signalfd") : 0;
}

/* Nodes whose firewalls log. */
static uint32_t count_logs(const struct topo *topo)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, it, &topo->nodes)
        n += (*it)->firewall && (*it)->firewall->logs;
    return n;
}

/* Nodes whose views stay. */
static uint32_t count_own(const struct topo *topo)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, it, &topo->nodes)
        n += node_has_files(*it) || node_programs(*it)->exec.n;
    return n;
}

/* Room for a descriptor a node, one a log, and those of programs, before anything is built. */
static int raise_limits(struct keeper *k, struct err *err)
{
    struct rlimit limit;
    const struct topo *topo = k->l->plan->topo;
    rlim_t need =
        topo->nodes.n + count_logs(topo) + count_own(topo) + services_fds(topo) + FDS_BESIDES;
    getrlimit(RLIMIT_NOFILE, &limit);
    k->files = limit;
    limit.rlim_cur = limit.rlim_max;
    if (limit.rlim_max < need)
        limit = (struct rlimit){.rlim_cur = need, .rlim_max = need};
    k->max_views = (uint32_t)(limit.rlim_cur - need) + VIEWS_LEAST;
    if (!setrlimit(RLIMIT_NOFILE, &limit))
        return 0;
    return err_lacking(err, -EMFILE,
                       "A lab of %u nodes needs %lu open files, and the limit is lower.\nRaise it: "
                       "`ulimit -Hn %lu` as root, or LimitNOFILE= of the service, or nofile in "
                       "/etc/security/limits.conf.",
                       topo->nodes.n, (unsigned long)need, (unsigned long)need);
}

static int prepare_uplinks(struct keeper *k, struct err *err)
{
    return uplinks_prepare(k->l->plan->topo, k->l->programs, k->l->log, &k->uplinks, err);
}

static int open_lender(struct keeper *k, struct err *err)
{
    return k->l->privileged ? lender_open(k->state, k->link, &k->lender, err) : 0;
}

static int enter_namespaces(struct keeper *k, struct err *err)
{
    (void)k;
    int r = creds_unshare(CLONE_NEWNS | CLONE_NEWNET, "The lab may not have namespaces of its own",
                          err);
    if (!r)
        r = mounts_follow_host(err);
    return r ? r : mounts_proc(err);
}

/* What others join the lab by. */
static int open_doors(struct keeper *k, struct err *err)
{
    static const char *const paths[NS_COUNT] = {
        [NS_PID] = "/proc/self/ns/pid",
        [NS_MNT] = "/proc/self/ns/mnt",
        [NS_NET] = "/proc/self/ns/net",
        [NS_USER] = "/proc/self/ns/user",
    };
    for (int i = 0; i < NS_COUNT; i++) {
        k->ns[i] = open(paths[i], O_RDONLY | O_CLOEXEC);
        if (k->ns[i] < 0)
            return err_sys(err, -errno, "%s", paths[i]);
    }
    return 0;
}

static void tell_progress(void *arg, const char *phase, uint32_t done, uint32_t all)
{
    const struct keeper *k = arg;
    talk_progress(k->talk, phase, done, all);
}

static void begin_netnames(struct keeper *k)
{
    bool seen = k->l->privileged && !strcmp(k->state->root, STATE_SYSTEM_ROOT);
    k->netnames = (struct netnames){.state = k->state,
                                    .keeper = k->outside,
                                    .names = k->names,
                                    .fds = k->netns,
                                    .n = seen ? k->n_names : 0};
}

/* While the lab is built, as there are file systems where a new name takes its time. */
static bool add_some_netnames(void *arg)
{
    struct keeper *k = arg;
    return !netnames_add(&k->netnames, NETNAMES_A_TURN, &k->netnames_err) &&
           k->netnames.done < k->netnames.n;
}

static int lend(void *arg, const struct iface *iface, int netns, struct err *err)
{
    const struct keeper *k = arg;
    return lender_lend(k->lender, iface, netns, err);
}

static int build(struct keeper *k, struct err *err)
{
    const struct topo *topo = k->l->plan->topo;
    const struct executor_hooks hooks = {tell_progress, add_some_netnames, lend, k};
    CLEAN_FREE int *logs = calloc(topo->nodes.n + 1, sizeof(*logs));
    k->netns = calloc(topo->nodes.n + 1, sizeof(*k->netns));
    if (!k->netns || !logs)
        return err_set(err, -ENOMEM, "out of memory");
    begin_netnames(k);
    int r = executor_run(k->l->plan, &hooks, k->netns, logs, err);
    lender_close(TAKE(k->lender));
    return r ? r : logs_new(topo, logs, k->state, &k->logs, err);
}

static int open_uplinks(struct keeper *k, struct err *err)
{
    int r = uplinks_open(k->uplinks, k->state, k->netns, err);
    uplinks_free(TAKE(k->uplinks));
    return r;
}

/* One block: the pointers, then the texts. */
static int keep_names(struct keeper *k, struct err *err)
{
    const struct topo *topo = k->l->plan->topo;
    size_t size = 0;
    k->n_nodes = topo->nodes.n;
    while (k->n_names < topo->nodes.n && !topo->nodes.v[k->n_names]->hidden)
        size += sizeof(*k->names) + strlen(topo->nodes.v[k->n_names++]->name) + 1;
    k->names = malloc(size + 1);
    k->views = malloc(k->n_names * sizeof(*k->views) + 1);
    k->own_files = calloc(k->n_names + 1, sizeof(*k->own_files));
    if (!k->names || !k->views || !k->own_files)
        return err_set(err, -ENOMEM, "out of memory");
    char *text = (char *)(k->names + k->n_names);
    for (uint32_t i = 0; i < k->n_names; i++) {
        k->views[i] = -1;
        k->names[i] = text;
        text = stpcpy(text, topo->nodes.v[i]->name) + 1;
    }
    return 0;
}

/* The views of nodes with programs and files of their own. */
static int make_views(struct keeper *k, struct err *err)
{
    const struct topo *topo = k->l->plan->topo;
    int r = 0;
    for (uint32_t i = 0; i < k->n_names && !r; i++) {
        const struct node *node = topo->nodes.v[i];
        bool own = node_has_files(node);
        if (!own && !node_programs(node)->exec.n)
            continue;
        k->own_files[i] = true;
        r = view_new(k->state, k->netns[i], own ? node_programs(node) : NULL, &k->views[i], err);
        if (r)
            err_context(err, "the files of %s", node->name);
    }
    return r;
}

/* Those that are not there yet. */
static int add_netnames(struct keeper *k, struct err *err)
{
    if (!k->netnames_err.code)
        return netnames_add(&k->netnames, UINT32_MAX, err);
    *err = k->netnames_err;
    return err->code;
}

static int open_server(struct keeper *k, struct err *err)
{
    int r = fchdir(k->state->dir) ? -errno : server_open(&k->server);
    if (chdir("/") && !r)
        r = -errno;
    return r ? err_sys(err, r, "listening on %s/%s/" STATE_SOCKET, k->state->root, k->state->name)
             : 0;
}

/* A directory that vanishes takes the lab along. Only so many may watch: then it is looked at. */
static int watch_state(struct keeper *k, struct err *err)
{
    (void)err;
    char path[32];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", k->state->dir);
    CLEAN_FD int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (fd >= 0 && inotify_add_watch(fd, path, IN_DELETE | IN_DELETE_SELF | IN_UNMOUNT) >= 0)
        k->notify = TAKE_FD(fd);
    return 0;
}

/* From here on the lab stands. */
static int write_nodes(struct keeper *k, struct err *err)
{
    CLEAN_STR struct str text = {0};
    struct stat st;
    fstat(k->ns[NS_PID], &st);
    roster_begin(&text, time(NULL), st.st_ino);
    for (uint32_t i = 0; i < k->n_names; i++) {
        fstat(k->netns[i], &st);
        roster_add(&text, st.st_ino, k->names[i]);
    }
    int r = state_write(k->state, STATE_NODES, text.text, text.len, 0600);
    return r ? err_sys(err, r, "writing to %s/%s", k->state->root, k->state->name) : 0;
}

static void reap(struct keeper *k)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        if (k->services)
            services_reaped(k->services, pid, status);
}

static void drop_signals(const struct keeper *k)
{
    struct signalfd_siginfo info;
    while (read(k->signals, &info, sizeof(info)) > 0)
        ;
}

static void wait_for_programs(struct keeper *k)
{
    struct pollfd p[] = {{.fd = k->signals, .events = POLLIN},
                         {.fd = services_fd(k->services), .events = POLLIN},
                         {.fd = logs_fd(k->logs), .events = POLLIN}};
    if (poll(p, ARRAY_SIZE(p), services_timeout(k->services)) < 0)
        return;
    if (p[2].revents)
        logs_serve(k->logs);
    if (p[0].revents)
        drop_signals(k); /* who built the lab ends it by other means until it stands */
    reap(k);
    services_serve(k->services);
}

/* What is to run once, and the services, until all are ready. */
static int run_programs(struct keeper *k, struct err *err)
{
    const struct services_setup setup = {.topo = k->l->plan->topo,
                                         .state = k->state,
                                         .netns = k->netns,
                                         .views = k->views,
                                         .files = &k->files};
    uint32_t done, all, told = UINT32_MAX;
    int r = services_new(&setup, &k->services, err);
    while (!r && !(r = services_progress(k->services, &done, &all, err)) && all) {
        if (done != told)
            tell_progress(k, "programs", done, all);
        told = done;
        if (done == all)
            break;
        services_serve(k->services);
        wait_for_programs(k);
    }
    if (!r)
        services_built(k->services);
    return r;
}

static int (*const steps[])(struct keeper *, struct err *) = {
    wait_for_guard, open_signals, raise_limits, prepare_uplinks, open_lender, enter_namespaces,
    open_doors,     keep_names,   build,        open_uplinks,    make_views,  add_netnames,
    run_programs,   open_server,  watch_state,  write_nodes,
};

/* Tells both sides that the lab stands, and lets go of what it was made from. */
static void settle(struct keeper *k)
{
    char byte = 0;
    send(k->link, &byte, 1, MSG_NOSIGNAL);
    prctl(PR_SET_PDEATHSIG, 0);
    fd_close(&k->link);
    memory_last_words(STDERR_FILENO, NULL, 0);
    talk_ready(k->talk);
    arena_free(k->l->plan->topo->arena);
    malloc_trim(0);
}

/* Services in their order, each with its own signal, until GRACE is over. */
static void stop_services(struct keeper *k, const struct deadline *grace)
{
    services_stop(k->services);
    while (services_run(k->services) && deadline_left(grace)) {
        struct pollfd p[] = {{.fd = k->signals, .events = POLLIN},
                             {.fd = services_fd(k->services), .events = POLLIN}};
        poll(p, ARRAY_SIZE(p), deadline_left(grace));
        drop_signals(k);
        reap(k);
        services_serve(k->services);
    }
}

/* Asks all programs to end, and sees that they did; what is left then the kernel kills with us. */
static _Noreturn void stop(struct keeper *k)
{
    struct deadline grace = deadline_in(k->grace_ms);
    unlinkat(k->state->dir, STATE_SOCKET, 0);
    server_close(&k->server);
    stop_services(k, &grace);
    kill(-1, SIGTERM);
    kill(-1, SIGCONT);
    for (reap(k); deadline_left(&grace) && !kill(-1, 0); reap(k)) {
        int left = deadline_left(&grace);
        struct pollfd p = {.fd = k->signals, .events = POLLIN};
        poll(&p, 1, left < 5 ? left : 5); /* not all who end are our children */
        drop_signals(k);
        services_serve(k->services);
    }
    _exit(0);
}

/* Gives back the descriptor of some node's view, of one after the other. */
static void forget_view(struct keeper *k)
{
    int *view;
    do
        view = &k->views[k->next_to_forget++ % k->n_names];
    while (*view < 0 || k->own_files[view - k->views]);
    fd_close(view);
    k->n_views--;
}

static int open_view(struct keeper *k, uint32_t node)
{
    struct err err;
    if (k->views[node] >= 0)
        return 0;
    if (k->n_views == k->max_views)
        forget_view(k);
    int r = view_new(k->state, k->netns[node], NULL, &k->views[node], &err);
    if (!r)
        k->n_views++;
    return r == -EPERM ? -EACCES : r;
}

static int answer_join(struct keeper *k, const char *node, int *fds, uint32_t *n)
{
    uint32_t i = 0;
    while (*node && i < k->n_names && strcmp(node, k->names[i]) != 0)
        i++;
    if (*node && i == k->n_names)
        return -ENOENT;
    int r = *node ? open_view(k, i) : 0;
    if (r)
        return r;
    *n = k->l->privileged ? NS_USER : NS_COUNT;
    memcpy(fds, k->ns, *n * sizeof(int));
    if (*node) {
        fds[NS_NET] = k->netns[i];
        fds[NS_MNT] = k->views[i];
    }
    return 0;
}

/* All services, as a file in memory. */
static int answer_services(struct keeper *k, int *fds, uint32_t *n)
{
    json_t *list = services_describe(k->services);
    CLEAN_FREE char *text = json_dumps(list, JSON_COMPACT);
    json_decref(list);
    fd_close(&k->told);
    k->told = memfd_create("services", MFD_CLOEXEC);
    if (k->told < 0)
        return -errno;
    if (!text || write(k->told, text, strlen(text)) < 0)
        return -ENOMEM;
    fds[(*n)++] = k->told;
    return 0;
}

static int answer(void *arg, const struct control_request *request, int *fds, uint32_t *n)
{
    struct keeper *k = arg;
    switch ((enum control_verb)request->verb) {
    case CONTROL_JOIN:
        return answer_join(k, request->node, fds, n);
    case CONTROL_NODES:
        while (*n < request->count && *n < CONTROL_FDS_MAX && request->first < k->n_nodes - *n) {
            fds[*n] = k->netns[request->first + *n];
            (*n)++;
        }
        return 0;
    case CONTROL_STOP:
        k->stopping = true;
        k->grace_ms = request->grace_ms;
        return 0;
    case CONTROL_SERVICES:
        return answer_services(k, fds, n);
    case CONTROL_SERVICE:
        return services_control(k->services, request);
    }
    return -EINVAL;
}

static void hear_signals(struct keeper *k)
{
    struct signalfd_siginfo info;
    reap(k);
    while (read(k->signals, &info, sizeof(info)) == sizeof(info))
        if ((info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) && !info.ssi_pid &&
            info.ssi_code == SI_USER) /* else a program may say that it is nobody */
            k->stopping = true;
}

/* The lab lives on by itself, or ends with the one who wanted it. */
static void hear_talk(struct keeper *k)
{
    if (!talk_detached(k->talk))
        k->stopping = true;
    fd_close(&k->talk);
}

static void look_after_state(struct keeper *k)
{
    char events[4096];
    struct stat st;
    while (k->notify >= 0 && read(k->notify, events, sizeof(events)) > 0)
        ;
    if (!state_has(k->state, STATE_SOCKET) || fstat(k->state->lock, &st) || !st.st_nlink)
        k->stopping = true;
}

/* Of two times to wait, -1 being for ever. */
static int sooner(int a, int b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

static _Noreturn void serve(struct keeper *k)
{
    struct pollfd p[5 + 1 + SERVER_CLIENTS_MAX];
    while (!k->stopping) {
        p[0] = (struct pollfd){.fd = k->signals, .events = POLLIN};
        p[1] = (struct pollfd){.fd = k->talk, .events = POLLIN};
        p[2] = (struct pollfd){.fd = k->notify, .events = POLLIN};
        p[3] = (struct pollfd){.fd = logs_fd(k->logs), .events = POLLIN};
        p[4] = (struct pollfd){.fd = services_fd(k->services), .events = POLLIN};
        int timeout = k->notify < 0 ? LOOK_MS : -1;
        uint32_t n = server_poll(&k->server, p + 5, &timeout);
        int ready = poll(p, n + 5, sooner(timeout, services_timeout(k->services)));
        if (ready < 0) {
            if (errno != EINTR)
                procs_sleep_ms(BREATH_MS);
            continue;
        }
        if (p[0].revents)
            hear_signals(k);
        if (p[1].revents)
            hear_talk(k);
        if (p[2].revents || !ready)
            look_after_state(k);
        if (p[3].revents)
            logs_serve(k->logs);
        services_serve(k->services);
        server_serve(&k->server, p + 5, n, answer, k);
    }
    stop(k);
}

_Noreturn void keeper_main(const struct launch *l, int link)
{
    struct keeper k = {.l = l,
                       .state = l->state,
                       .link = link,
                       .talk = l->talk,
                       .notify = -1,
                       .told = -1,
                       .grace_ms = GRACE_MS};
    struct err err = {0};
    char title[128];
    snprintf(title, sizeof(title), "nslab: keeper of %s", l->state->name);
    procs_set_title(KEEPER_NAME, title);
    for (size_t i = 0; i < ARRAY_SIZE(steps); i++) {
        if (!steps[i](&k, &err))
            continue;
        talk_failed(k.talk, &err);
        _exit(1);
    }
    settle(&k);
    serve(&k);
}
