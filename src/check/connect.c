// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Ports: TCP connections, and datagrams with an answer. The socket's queue of errors tells who on
 * the way refused.
 */
#include <string.h>
#include <sys/epoll.h>

#include "check/engine.h"
#include "check/sockets.h"

enum { UDP_TRIES = 3, DNS_PORT = 53 };

static int64_t timeout(const struct probe *p)
{
    return (p->timeout_ms ? p->timeout_ms : PROBE_TIMEOUT_MS) * MS;
}

static void answered(struct engine *e, struct job *job)
{
    uint64_t rtt = (uint64_t)(engine_now() - job->started);
    job->out->rtt_min = job->out->rtt_avg = job->out->rtt_max = rtt;
    job->out->received = 1;
    engine_answered(e);
    engine_finish(e, job, PROBE_ANSWERED);
}

/* CODE is what became of JOB's socket. */
static void failed(struct engine *e, struct job *job, int code)
{
    sockets_read_errors(job->fd, job->out);
    engine_answered(e);
    if (code == -ECONNREFUSED) {
        job->out->code = code;
        engine_finish(e, job, PROBE_REFUSED);
    } else if (code == -ETIMEDOUT) {
        engine_finish(e, job, PROBE_SILENT);
    } else if (job->out->by.family != AF_UNSPEC) {
        job->out->code = code;
        engine_finish(e, job, PROBE_UNREACHABLE);
    } else {
        engine_refused(e, job, code);
    }
}

static int open_socket(struct job *job, int type)
{
    job->fd = sockets_open(job->probe->to.family, type, &job->probe->from);
    return job->fd < 0 ? job->fd : 0;
}

static void ready_job(struct engine *e, struct source *source, uint32_t events)
{
    struct job *job = (struct job *)source;
    if (!job->done)
        job->ops->ready(e, job, events);
}

/* 0, -EINPROGRESS, or why not. */
static int connect_job(struct job *job)
{
    union sockaddr_any to;
    socklen_t len = sockaddr_put(&job->probe->to, job->probe->port, &to);
    job->started = engine_now();
    job->source.ready = ready_job;
    return connect(job->fd, &to.any, len) ? -errno : 0;
}

/* --- TCP ------------------------------------------------------------------------------------ */

static int open_connect(struct engine *e, struct job *job)
{
    (void)e;
    return open_socket(job, SOCK_STREAM);
}

static void tick_connect(struct engine *e, struct job *job)
{
    if (job->started) {
        sockets_read_errors(job->fd, job->out);
        engine_finish(e, job, PROBE_SILENT);
        return;
    }
    int r = connect_job(job);
    engine_sent(e);
    if (r == -EINPROGRESS)
        r = engine_watch(e, job->fd, &job->source, EPOLLOUT);
    else if (!r)
        answered(e, job);
    if (r)
        failed(e, job, r);
    else if (!job->done)
        engine_set_timer(e, job, job->started + timeout(job->probe));
}

static void ready_connect(struct engine *e, struct job *job, uint32_t events)
{
    int r = sockets_error(job->fd);
    if (r)
        failed(e, job, r);
    else if (events & EPOLLOUT)
        answered(e, job);
    else
        sockets_read_errors(job->fd, job->out);
}

const struct probe_ops probe_connect = {
    .fds = 1,
    .open = open_connect,
    .tick = tick_connect,
    .ready = ready_connect,
};

/* --- UDP ------------------------------------------------------------------------------------ */

/* A query (RFC 1035) that every name server answers in some way: the name servers of the root. */
static const uint8_t dns_query[] = {
    0x6e, 0x73, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, /* id, recursion desired, one question */
    0,    0,    2, 0, 1,                      /* ".", NS, IN */
};
static const char word[] = "nslab\n";

static int open_datagram(struct engine *e, struct job *job)
{
    (void)e;
    return open_socket(job, SOCK_DGRAM);
}

static int send_payload(const struct job *job)
{
    const struct probe *p = job->probe;
    const void *payload = p->payload ? p->payload : p->port == DNS_PORT ? (void *)dns_query : word;
    size_t len = p->payload ? p->len : p->port == DNS_PORT ? sizeof(dns_query) : sizeof(word) - 1;
    return send(job->fd, payload, len, 0) < 0 ? -errno : 0;
}

static void tick_datagram(struct engine *e, struct job *job)
{
    uint32_t tries = job->probe->tries ? job->probe->tries : UDP_TRIES;
    int r = job->started ? 0 : connect_job(job);
    if (!r && !job->turn)
        r = engine_watch(e, job->fd, &job->source, EPOLLIN);
    if (!r && job->turn++ >= tries) {
        engine_finish(e, job, PROBE_SILENT);
        return;
    }
    if (!r)
        r = send_payload(job);
    engine_sent(e);
    if (r == -ENOBUFS)
        engine_press(e, job);
    else if (r)
        failed(e, job, r);
    else
        engine_set_timer(e, job, engine_now() + timeout(job->probe) / tries);
}

static void ready_datagram(struct engine *e, struct job *job, uint32_t events)
{
    (void)events;
    char nothing[1];
    ssize_t len = recv(job->fd, nothing, sizeof(nothing), MSG_DONTWAIT);
    int r = len < 0 ? -errno : 0;
    if (!r)
        answered(e, job);
    else if (r != -EAGAIN && r != -EINTR)
        failed(e, job, r);
    else
        sockets_read_errors(job->fd, job->out);
}

const struct probe_ops probe_datagram = {
    .fds = 1,
    .open = open_datagram,
    .tick = tick_datagram,
    .ready = ready_datagram,
};
