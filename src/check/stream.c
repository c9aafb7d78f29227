// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How much gets through: one TCP connection between two nodes, both ends here. The receiver counts
 * what its socket gives, which the kernel throws away unread (MSG_TRUNC of tcp(7)). The first
 * quarter of the time is not counted: TCP is still finding its speed, and the burst of a rate limit
 * is used up.
 */
#include <string.h>
#include <sys/epoll.h>

#include "check/engine.h"
#include "check/sockets.h"

enum {
    CHUNKS = 8, /* that one end sends or reads before the other has its turn */
    READ_MAX = 16 << 20,
};

enum stage { BEFORE, CONNECTING, WARMING_UP, COUNTING };

/* A socket of the two ends, or the one that waits for the connection. */
struct stream_end {
    struct source source;
    struct job *job;
    int fd;
};

struct stream_job {
    enum stage stage;
    struct stream_end sender, listener, receiver;
    uint16_t port;
    uint64_t bytes, bytes_before; /* received; until counting began */
    int64_t begun;                /* counting */
};

static struct stream_job *stream_of(struct engine *e, struct job *job)
{
    if (job->stream)
        return job->stream;
    struct stream_job *s = job->stream = arena_new_of(e->arena, struct stream_job);
    s->sender = s->listener = s->receiver = (struct stream_end){.job = job, .fd = -1};
    return s;
}

static int64_t duration(const struct job *job)
{
    return (job->probe->duration_ms ? job->probe->duration_ms : PROBE_DURATION_MS) * MS;
}

/* --- Both ends ------------------------------------------------------------------------------ */

static int watch(struct engine *e, struct stream_end *end, uint32_t events,
                 void (*ready)(struct engine *, struct source *, uint32_t))
{
    end->source.ready = ready;
    return engine_watch(e, end->fd, &end->source, events);
}

static int open_sender(struct engine *e, struct job *job)
{
    struct stream_job *s = stream_of(e, job);
    s->sender.fd = sockets_open(job->probe->to.family, SOCK_STREAM, &job->probe->from);
    return s->sender.fd < 0 ? s->sender.fd : 0;
}

/* On any address: the one that is connected to may be translated on the way. */
static int open_listener(struct engine *e, struct job *job)
{
    struct stream_job *s = stream_of(e, job);
    const struct addr any = {.family = job->probe->to.family};
    union sockaddr_any addr;
    socklen_t len = sockaddr_put(&any, job->probe->port, &addr);
    int fd = s->listener.fd = sockets_open(any.family, SOCK_STREAM, &(struct addr){0});
    if (fd < 0)
        return fd;
    sockets_set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (any.family == AF_INET6)
        sockets_set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
    if (bind(fd, &addr.any, len) || listen(fd, 1) || getsockname(fd, &addr.any, &len))
        return -errno;
    s->port = ntohs(any.family == AF_INET ? addr.v4.sin_port : addr.v6.sin6_port);
    return 0;
}

static void close_stream(struct job *job)
{
    if (!job->stream)
        return;
    fd_close(&job->stream->sender.fd);
    fd_close(&job->stream->listener.fd);
    fd_close(&job->stream->receiver.fd);
}

/* CODE is what became of the connection. */
static void broken(struct engine *e, struct job *job, int code)
{
    sockets_read_errors(job->stream->sender.fd, job->out);
    job->out->code = code;
    engine_finish(e, job,
                  code == -ECONNREFUSED || code == -ECONNRESET || code == -EPIPE ? PROBE_REFUSED
                  : code == -ETIMEDOUT                                           ? PROBE_SILENT
                                       : PROBE_UNREACHABLE);
}

/* --- Its course ----------------------------------------------------------------------------- */

static void send_some(struct engine *e, struct source *source, uint32_t events)
{
    struct stream_end *end = (struct stream_end *)source;
    (void)events;
    for (int i = 0; i < CHUNKS && end->fd >= 0; i++) {
        if (send(end->fd, e->scratch, SCRATCH_SIZE, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
            continue;
        if (errno != EAGAIN && errno != EINTR)
            broken(e, end->job, -errno);
        return;
    }
}

static void receive_some(struct engine *e, struct source *source, uint32_t events)
{
    struct stream_end *end = (struct stream_end *)source;
    (void)events;
    for (int i = 0; i < CHUNKS && end->fd >= 0; i++) {
        ssize_t len = recv(end->fd, NULL, READ_MAX, MSG_TRUNC | MSG_DONTWAIT);
        if (len < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (len <= 0)
            broken(e, end->job, len ? -errno : -EPIPE);
        else
            end->job->stream->bytes += (uint64_t)len;
    }
}

static void accept_receiver(struct engine *e, struct source *source, uint32_t events)
{
    struct stream_end *listener = (struct stream_end *)source;
    struct job *job = listener->job;
    struct stream_job *s = job->stream;
    (void)events;
    if (job->done || s->receiver.fd >= 0)
        return;
    s->receiver.fd = accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (s->receiver.fd < 0)
        return;
    fd_close(&listener->fd);
    s->stage = WARMING_UP;
    engine_set_timer(e, job, engine_now() + duration(job) / 4);
    int r = watch(e, &s->receiver, EPOLLIN, receive_some);
    if (r)
        broken(e, job, r);
}

/* The connection stands, or cannot be. */
static void connected(struct engine *e, struct source *source, uint32_t events)
{
    struct stream_end *end = (struct stream_end *)source;
    int r = end->fd < 0 ? 0 : sockets_error(end->fd);
    if (r)
        broken(e, end->job, r);
    else if (end->fd >= 0 && events & EPOLLOUT)
        source->ready = send_some;
}

static void begin_stream(struct engine *e, struct job *job)
{
    struct stream_job *s = job->stream;
    union sockaddr_any to;
    socklen_t len = sockaddr_put(&job->probe->to, s->port, &to);
    uint32_t ms = job->probe->timeout_ms ? job->probe->timeout_ms : PROBE_TIMEOUT_MS;
    job->started = engine_now();
    s->stage = CONNECTING;
    int r = watch(e, &s->listener, EPOLLIN, accept_receiver);
    if (!r && connect(s->sender.fd, &to.any, len) && errno != EINPROGRESS)
        r = -errno;
    if (!r)
        r = watch(e, &s->sender, EPOLLOUT, connected);
    if (r)
        broken(e, job, r);
    else
        engine_set_timer(e, job, job->started + ms * MS);
}

static void end_stream(struct engine *e, struct job *job)
{
    const struct stream_job *s = job->stream;
    int64_t ns = engine_now() - s->begun;
    double bits = 8.0 * (double)(s->bytes - s->bytes_before);
    job->out->bits_per_second = (uint64_t)(bits * 1e9 / (double)(ns > 0 ? ns : 1));
    engine_finish(e, job, PROBE_ANSWERED);
}

static void tick_stream(struct engine *e, struct job *job)
{
    struct stream_job *s = job->stream;
    switch (s->stage) {
    case BEFORE:
        begin_stream(e, job);
        return;
    case CONNECTING:
        sockets_read_errors(s->sender.fd, job->out);
        engine_finish(e, job, PROBE_SILENT);
        return;
    case WARMING_UP:
        s->stage = COUNTING;
        s->begun = engine_now();
        s->bytes_before = s->bytes;
        engine_set_timer(e, job, s->begun + duration(job) * 3 / 4);
        return;
    case COUNTING:
        end_stream(e, job);
    }
}

const struct probe_ops probe_stream = {
    .fds = 3,
    .open = open_sender,
    .open_peer = open_listener,
    .tick = tick_stream,
    .close = close_stream,
};
