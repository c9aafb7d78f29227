// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The loop that all probes share: a heap of times, one epoll, and two brakes.
 *
 * The first packet to a neighbour asks all of its LAN for it. Thousands of such questions at once
 * overrun the queues between namespaces (net.core.netdev_max_backlog), and what is lost there looks
 * like an unreachable host. So only so many packets are under way before some are answered; those
 * that never will be stop counting after a moment.
 *
 * And neighbours take room in a table of the machine's, of which an ordinary user's lab cannot have
 * more. A full table refuses packets, and questions for a neighbour go unanswered. Entries give way
 * when they are five seconds old and not held to be reachable any more, which takes up to 45. So
 * what was refused or not answered is sent again; but by few at a time, as those who ask keep their
 * entries alive, and nobody would ever find room to answer.
 */
#include "check/engine.h"

#include <limits.h>
#include <sys/epoll.h>
#include <time.h>

enum {
    BUDGET = 64,       /* packets under way */
    EVENTS = 256,      /* looked at between two looks at the heap */
    PRESSED_MAX = 300, /* five minutes */
    CROWD = 32,        /* jobs that go on when the neighbour tables are full */
};

#define BUDGET_TIME (20 * MS)
#define PRESSED_TIME (1000 * MS)

static int64_t read_clock(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * (1000 * MS) + t.tv_nsec;
}

int64_t engine_now(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t engine_clock(void)
{
    return read_clock(CLOCK_REALTIME);
}

/* --- Times ---------------------------------------------------------------------------------- */

/* Of one time, in the order of the probes. */
static bool is_before(const struct timer *a, const struct timer *b)
{
    return a->when != b->when ? a->when < b->when : a->job < b->job;
}

static void sift_up(struct timer *heap, uint32_t i)
{
    struct timer timer = heap[i];
    while (i && is_before(&timer, &heap[(i - 1) / 2])) {
        heap[i] = heap[(i - 1) / 2];
        i = (i - 1) / 2;
    }
    heap[i] = timer;
}

static void sift_down(struct timer *heap, uint32_t n)
{
    struct timer timer = heap[0];
    uint32_t i = 0, child;
    while ((child = 2 * i + 1) < n) {
        if (child + 1 < n && is_before(&heap[child + 1], &heap[child]))
            child++;
        if (!is_before(&heap[child], &timer))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = timer;
}

/* A job's earlier time stays in the heap, and is passed over when it comes. */
void engine_set_timer(struct engine *e, struct job *job, int64_t when)
{
    job->when = when;
    e->heap = vec_grow(e->arena, e->heap, e->heap_n, &e->heap_cap, sizeof(*e->heap));
    e->heap[e->heap_n] = (struct timer){.when = when, .job = (uint32_t)(job - e->jobs)};
    sift_up(e->heap, e->heap_n++);
}

static void pop_timer(struct engine *e)
{
    e->heap[0] = e->heap[--e->heap_n];
    if (e->heap_n)
        sift_down(e->heap, e->heap_n);
}

/* The next job whose time comes, NULL: there is none. */
static struct job *next_job(struct engine *e)
{
    while (e->heap_n) {
        struct job *job = &e->jobs[e->heap[0].job];
        if (!job->done && job->when == e->heap[0].when)
            return job;
        pop_timer(e);
    }
    return NULL;
}

/* --- Brakes --------------------------------------------------------------------------------- */

void engine_sent(struct engine *e)
{
    if (e->budget)
        e->budget--;
}

void engine_answered(struct engine *e)
{
    if (e->budget < BUDGET)
        e->budget++;
}

static void refill(struct engine *e, int64_t now)
{
    if (now - e->budget_at < BUDGET_TIME)
        return;
    e->budget = BUDGET;
    e->budget_at = now;
}

void engine_press(struct engine *e, struct job *job)
{
    e->pressed_at = engine_now();
    if (job->pressed++ >= PRESSED_MAX)
        engine_refused(e, job, -ENOBUFS);
    else
        engine_set_timer(e, job, e->pressed_at + PRESSED_TIME);
}

bool engine_was_pressed(const struct engine *e, const struct job *job)
{
    return e->pressed_at && e->pressed_at >= job->started && job->pressed < PRESSED_MAX;
}

/* Whether JOB is one of the first few that are not done. */
static bool is_in_front(struct engine *e, const struct job *job)
{
    uint32_t i = (uint32_t)(job - e->jobs), before = 0;
    while (e->jobs[e->front].done)
        e->front++;
    for (uint32_t k = e->front; k < i && before < CROWD; k++)
        before += !e->jobs[k].done;
    return before < CROWD;
}

/* Since the tables were full once, only those in front go on. */
static bool has_to_wait(struct engine *e, struct job *job, int64_t now)
{
    if (!e->pressed_at || is_in_front(e, job))
        return false;
    job->pressed += !job->pressed;
    engine_set_timer(e, job, now + PRESSED_TIME);
    return true;
}

/* --- Jobs ----------------------------------------------------------------------------------- */

void engine_finish(struct engine *e, struct job *job, enum probe_verdict verdict)
{
    if (job->done)
        return;
    job->out->verdict = verdict;
    job->out->took = (uint64_t)(engine_now() - e->began);
    job->out->crowded = job->pressed != 0;
    job->done = true;
    e->left--;
    fd_close(&job->fd);
    if (job->ops->close)
        job->ops->close(job);
}

/* What the network around the node does, and what is wrong with the question. */
void engine_refused(struct engine *e, struct job *job, int code)
{
    bool net = code == -ENETUNREACH || code == -EHOSTUNREACH || code == -ENETDOWN ||
               code == -EACCES || code == -EPERM || code == -EINVAL || code == -EMSGSIZE;
    job->out->code = code;
    engine_finish(e, job, net ? PROBE_UNREACHABLE : PROBE_FAILED);
}

int engine_watch(struct engine *e, int fd, struct source *source, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = source};
    return epoll_ctl(e->epoll, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

static void run_due(struct engine *e)
{
    int64_t now = engine_now();
    struct job *job;
    refill(e, now);
    while (e->budget && (job = next_job(e)) && job->when <= now) {
        pop_timer(e);
        if (has_to_wait(e, job, now))
            continue;
        job->when = INT64_MAX;
        job->ops->tick(e, job);
    }
}

/* Milliseconds to wait, rounded up so as not to turn in vain. */
static int time_left(struct engine *e)
{
    const struct job *job = next_job(e);
    if (!job)
        return -1;
    int64_t now = engine_now();
    int64_t when = e->budget ? job->when : e->budget_at + BUDGET_TIME;
    if (when <= now)
        return 0;
    int64_t ms = (when - now + MS - 1) / MS;
    return ms < INT_MAX ? (int)ms : INT_MAX;
}

/* Events of what a job watches come to nothing once it is done: the socket was closed. But some may
 * be in hand already. */
static int take_events(struct engine *e, struct err *err)
{
    struct epoll_event events[EVENTS];
    int n = epoll_wait(e->epoll, events, EVENTS, time_left(e));
    if (n < 0 && errno != EINTR)
        return err_sys(err, -errno, "waiting for answers");
    for (int i = 0; i < n; i++) {
        struct source *source = events[i].data.ptr;
        if (!source)
            return err_set(err, -ESRCH, "the lab has ended meanwhile");
        source->ready(e, source, events[i].events);
    }
    return 0;
}

int engine_run(struct engine *e, int keeper, struct err *err)
{
    int r = keeper < 0 ? 0 : engine_watch(e, keeper, NULL, EPOLLIN);
    e->budget = BUDGET;
    e->budget_at = engine_now();
    while (!r && e->left) {
        run_due(e);
        if (e->left)
            r = take_events(e, err);
    }
    return r;
}
