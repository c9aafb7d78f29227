// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Asking from inside. A child joins the lab, as the caller must not change, and opens each probe's
 * sockets in the probe's node, where a socket stays. So it needs no namespaces any more when the
 * probes begin, and stands in the keeper's own all the time but for these moments: nobody takes it
 * for a program of a node. Outcomes are written where all processes see them.
 *
 * What a packet sets off, the kernel does on the processor of the one who sent it: where there are
 * thousands, a child for each processor takes a part.
 */
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "check/engine.h"
#include "lab/control.h"
#include "lab/door.h"

enum {
    CHUNK = 128,    /* nodes whose descriptors are held at once */
    FDS_KEPT = 64,  /* that are open anyway */
    FDS_SHARED = 2, /* of what the echo probes of a node share */
    CHILDREN_MAX = 8,
    CHILD_PROBES = 1000, /* that are worth a child of their own */
};

/* What all processes see. */
struct board {
    struct err errs[CHILDREN_MAX];
    struct probe_outcome outcomes[];
};

struct run {
    const struct state *state;
    const struct probe *probes;
    uint32_t n;
    int connection, keeper;
    struct door door;
    struct board *board;
    size_t size;
};

/* One child's part: FIRST to END. */
struct part {
    uint32_t first, end;
    struct err *err;
    pid_t pid;
};

static const struct probe_ops *ops_of(enum probe_kind kind)
{
    static const struct probe_ops *const all[] = {
        [PROBE_PING] = &probe_echo, [PROBE_TCP] = &probe_connect, [PROBE_UDP] = &probe_datagram,
        [PROBE_PATH] = &probe_echo, [PROBE_ROUTE] = &probe_route, [PROBE_STREAM] = &probe_stream,
    };
    return all[kind];
}

/* --- Opening -------------------------------------------------------------------------------- */

/* A job's business in a node: its own, or the other end's. */
struct visit {
    uint32_t node, job;
    bool peer;
};

static int by_node(const void *a, const void *b)
{
    const struct visit *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return x->job < y->job ? -1 : x->job > y->job;
}

static struct visit *list_visits(struct engine *e, uint32_t *ret_n)
{
    struct visit *visits = arena_alloc(e->arena, 2 * (size_t)e->n * sizeof(*visits));
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->n; i++) {
        const struct job *job = &e->jobs[i];
        visits[n++] = (struct visit){.node = job->probe->node, .job = i};
        if (job->ops->open_peer)
            visits[n++] = (struct visit){.node = job->probe->peer, .job = i, .peer = true};
    }
    qsort(visits, n, sizeof(*visits), by_node);
    *ret_n = n;
    return visits;
}

/* What the visits FIRST to END have to do in their node, NETNS. */
static int visit_node(struct engine *e, int netns, const struct visit *first,
                      const struct visit *end, struct err *err)
{
    if (setns(netns, CLONE_NEWNET))
        return err_sys(err, -errno, "joining a node's network namespace");
    for (; first < end; first++) {
        struct job *job = &e->jobs[first->job];
        int r = job->done ? 0 : first->peer ? job->ops->open_peer(e, job) : job->ops->open(e, job);
        if (!r)
            continue;
        job->out->code = r;
        engine_finish(e, job, PROBE_FAILED);
    }
    return 0;
}

static const struct visit *same_node(const struct visit *visit, const struct visit *end)
{
    uint32_t node = visit->node;
    while (visit < end && visit->node == node)
        visit++;
    return visit;
}

/* The visits from VISIT on that are near one another: gives the first behind them. */
static int visit_chunk(const struct run *run, struct engine *e, const struct visit **visit,
                       const struct visit *end, struct err *err)
{
    struct control_request request = {
        .verb = CONTROL_NODES, .first = (*visit)->node, .count = CHUNK};
    int fds[CONTROL_FDS_MAX];
    err->code = 0;
    int n = control_ask(run->connection, run->state, &request, fds, err);
    int r = n > 0 || err->code ? 0 : err_set(err, -EPROTO, "the keeper does not know its nodes");
    for (uint32_t i = 0; !r && (int)i < n && *visit < end; i++) {
        if ((*visit)->node != request.first + i)
            continue;
        const struct visit *next = same_node(*visit, end);
        r = visit_node(e, fds[i], *visit, next, err);
        *visit = next;
    }
    for (int i = 0; i < n; i++)
        close(fds[i]);
    return n < 0 ? n : r;
}

static int open_all(struct run *run, struct engine *e, struct err *err)
{
    uint32_t n;
    const struct visit *visit = list_visits(e, &n), *end = visit + n;
    int r = run->connection < 0 ? control_connect(run->state, &run->connection, err) : 0;
    while (!r && visit < end)
        r = visit_chunk(run, e, &visit, end, err);
    fd_close(&run->connection);
    if (setns(run->door.net, CLONE_NEWNET) && !r)
        r = err_sys(err, -errno, "leaving a node's network namespace");
    return r;
}

/* --- Turns ---------------------------------------------------------------------------------- */

/* As many probes from FIRST on as there may be descriptors; at least one. */
static uint32_t turn_length(const struct run *run, uint32_t first, uint32_t end)
{
    struct rlimit limit = {.rlim_cur = 1024};
    getrlimit(RLIMIT_NOFILE, &limit);
    uint64_t room = limit.rlim_cur > 2 * (FDS_KEPT + CHUNK) ? limit.rlim_cur - FDS_KEPT - CHUNK : 1;
    CLEAN_FREE uint8_t *seen = NULL;
    uint32_t n_seen = 0, i = first;
    for (uint64_t used = 0; i < end; i++) {
        const struct probe *p = &run->probes[i];
        uint64_t fds = ops_of(p->kind)->fds;
        if (!fds) {
            uint8_t bit = (uint8_t)(1 << ((p->to.family == AF_INET6) + 2 * p->df));
            if (p->node >= n_seen) {
                uint32_t more = 2 * p->node + 64;
                seen = memory_resize(seen, more);
                memset(seen + n_seen, 0, more - n_seen);
                n_seen = more;
            }
            fds = seen[p->node] & bit ? 0 : FDS_SHARED;
            seen[p->node] |= bit;
        }
        if (used + fds > room && i > first)
            break;
        used += fds;
    }
    return i - first;
}

static void begin_turn(struct engine *e, const struct run *run, uint32_t first, uint32_t n)
{
    e->n = e->left = n;
    e->jobs = arena_alloc(e->arena, n * sizeof(*e->jobs));
    e->scratch = arena_alloc(e->arena, SCRATCH_SIZE);
    for (uint32_t i = 0; i < n; i++) {
        const struct probe *p = &run->probes[first + i];
        e->jobs[i] = (struct job){
            .probe = p, .out = &run->board->outcomes[first + i], .ops = ops_of(p->kind), .fd = -1};
    }
}

static int run_jobs(struct run *run, struct engine *e, struct err *err)
{
    e->began = engine_now();
    e->epoll = epoll_create1(EPOLL_CLOEXEC);
    int r = e->epoll < 0 ? err_sys(err, -errno, "waiting for answers") : open_all(run, e, err);
    for (uint32_t i = 0; !r && i < e->n; i++) {
        if (!e->jobs[i].done)
            engine_set_timer(e, &e->jobs[i], e->began);
    }
    if (!r)
        r = engine_run(e, run->keeper, err);
    echo_close_sockets(e);
    fd_close(&e->epoll);
    return r;
}

static int run_turn(struct run *run, uint32_t first, uint32_t n, struct err *err)
{
    struct engine e = {.arena = arena_new(), .epoll = -1};
    begin_turn(&e, run, first, n);
    int r = run_jobs(run, &e, err);
    arena_free(e.arena);
    return r;
}

/* --- The child ------------------------------------------------------------------------------ */

/* As many descriptors as the user may have. */
static void raise_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit))
        return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

static int join_lab(const struct run *run, struct err *err)
{
    if (run->door.user >= 0 && setns(run->door.user, CLONE_NEWUSER))
        return err_sys(err, -errno, "joining the lab's user namespace");
    return 0;
}

static _Noreturn void child_main(struct run *run, const struct part *part, pid_t parent)
{
    memory_last_words(-1, NULL, 0);
    err_set(part->err, -ENOMEM, "out of memory"); /* unless it is something else */
    run->connection = -1;                         /* each has its own */
    int r = control_connect(run->state, &run->connection, part->err);
    if (!r)
        r = join_lab(run, part->err);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* joining a user namespace would forget it */
    if (getppid() != parent)
        _exit(1);
    signal(SIGPIPE, SIG_IGN);
    raise_limit();
    for (uint32_t i = part->first, n; !r && i < part->end; i += n) {
        n = turn_length(run, i, part->end);
        r = run_turn(run, i, n, part->err);
    }
    _exit(r ? 1 : 0);
}

/* --- The caller's side ---------------------------------------------------------------------- */

static int wait_for(const struct part *part, struct err *err)
{
    int status;
    while (waitpid(part->pid, &status, 0) < 0) {
        if (errno != EINTR)
            return err_sys(err, -errno, "waiting for the probes");
    }
    if (WIFEXITED(status) && !WEXITSTATUS(status))
        return 0;
    if (WIFEXITED(status) && part->err->code) {
        *err = *part->err;
        return err->code;
    }
    return err_set(err, -EIO, "the process that asked the probes has ended (status %d)", status);
}

static uint32_t count_children(const struct run *run)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t n = run->n / CHILD_PROBES;
    if (cpus > 0 && n > (uint32_t)cpus)
        n = (uint32_t)cpus;
    return n < 1 ? 1 : n > CHILDREN_MAX ? CHILDREN_MAX : n;
}

static int start_part(struct run *run, struct part *part, struct err *err)
{
    pid_t parent = getpid();
    part->pid = fork();
    if (!part->pid)
        child_main(run, part, parent);
    return part->pid < 0 ? err_sys(err, -errno, "starting the probes") : 0;
}

static int run_children(struct run *run, struct err *err)
{
    struct part parts[CHILDREN_MAX];
    uint32_t n = count_children(run), started = 0;
    int r = 0;
    for (uint32_t i = 0; i < n && !r; i++) {
        parts[i] = (struct part){.first = (uint32_t)((uint64_t)run->n * i / n),
                                 .end = (uint32_t)((uint64_t)run->n * (i + 1) / n),
                                 .err = &run->board->errs[i]};
        r = start_part(run, &parts[i], err);
        started += !r;
    }
    for (uint32_t i = 0; i < started; i++) {
        if (r)
            kill(parts[i].pid, SIGKILL);
        struct err theirs = {0};
        int code = wait_for(&parts[i], &theirs);
        if (code && !r)
            *err = theirs;
        r = r ? r : code;
    }
    return r;
}

static int make_board(struct run *run, struct err *err)
{
    run->size = sizeof(struct board) + (size_t)run->n * sizeof(struct probe_outcome);
    void *memory = mmap(NULL, run->size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return err_sys(err, -errno, "starting the probes");
    run->board = memory;
    return 0;
}

/* The keeper, to see it end. It cannot be told from within another PID namespace. */
static void open_keeper(struct run *run)
{
    struct proc_id id;
    if (!state_read_proc(run->state, STATE_KEEPER, &id))
        run->keeper = procs_open(&id);
    if (run->keeper >= 0 && !procs_polls(run->keeper))
        fd_close(&run->keeper);
}

static int run_all(struct run *run, struct probe_outcome *ret, struct err *err)
{
    int r = control_connect(run->state, &run->connection, err);
    if (!r)
        r = door_open(run->connection, run->state, NULL, &run->door, err);
    if (!r)
        r = make_board(run, err);
    fd_close(&run->connection); /* the keeper has only so many places */
    open_keeper(run);
    if (!r)
        r = run_children(run, err);
    if (!r)
        memcpy(ret, run->board->outcomes, run->n * sizeof(*ret));
    return r;
}

int probes_run(const struct state *s, const struct probe *probes, uint32_t n,
               struct probe_outcome *ret, struct err *err)
{
    struct run run = {
        .state = s, .probes = probes, .n = n, .connection = -1, .keeper = -1, .door = DOOR_NONE};
    int r = run_all(&run, ret, err);
    if (run.board)
        munmap(run.board, run.size);
    door_close(&run.door);
    fd_close(&run.connection);
    fd_close(&run.keeper);
    return r;
}
