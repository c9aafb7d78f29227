// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Echo requests, for pings and for paths. All that a node sends of one family share a raw socket,
 * which sees every ICMP packet of its namespace: one for each probe would see the square of them.
 * Packets have running numbers, in the id and sequence number of their headers, which also an error
 * brings back.
 *
 * Errors are read as the packets that they are. The socket's queue of errors says the same, but
 * the kernel fails the next send for each of them, whatever that is about. For IPv4 the queue has
 * to be on all the same, as without it nobody is told that the neighbour table is full.
 */
#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <time.h>

#include "check/engine.h"
#include "check/icmp.h"
#include "check/sockets.h"

enum {
    PATH_TRIES = 3,
    SHRINK_TRIES = 3,
    SURE_SIZE = 1280 - 40 - ICMP_HEADER, /* of payload that every link of IPv6 carries */
    PATH_AHEAD = 4, /* hops asked beyond the last that answered: routers say little at once */
    READ_SIZE = 512,
    FILTER_OPTION = 1, /* ICMP_FILTER of linux/icmp.h, which cannot stand beside netinet/in.h */
    RECEIVE_BUFFER = 4 << 20,
    PAYLOAD_MAX = 65535 - 20 - ICMP_HEADER,
    BIGS_MAX = 8, /* links of a path, each smaller than the one before */
};

#define SHRINK_TIME (10 * MS)

struct packet {
    uint32_t job, n; /* the N-th of this job's */
    int64_t sent;    /* engine_clock */
};

struct echo_socket {
    struct source source;
    struct echo_socket *next;
    uint32_t node;
    int family;
    bool df;
    int fd;
    int routes; /* of IPv6: a UDP socket, which sends nothing */
    uint32_t base, tag;
    VEC(struct packet) packets;
};

enum packet_state { OPEN, ANSWERED, LOST };

struct echo_job {
    struct echo_socket *socket;
    uint8_t *states; /* enum packet_state of each that is to be sent */
    uint32_t want;   /* how many are to be sent, and */
    uint32_t all;    /* at most */
    uint32_t cursor; /* the next one */
    uint32_t open;
    bool again;    /* not for the first time */
    bool waiting;  /* all are sent */
    bool shrunk;   /* a packet was too large for the way, which the kernel knows by now */
    uint32_t bigs; /* how often */
    uint64_t sum;  /* of round trips */
};

static bool is_path(const struct job *job)
{
    return job->probe->kind == PROBE_PATH;
}

/* --- Sockets -------------------------------------------------------------------------------- */

static int set_options(struct echo_socket *s)
{
    bool v4 = s->family == AF_INET;
    int r = v4 ? sockets_set(s->fd, IPPROTO_IP, IP_RECVERR, 1) : 0;
    if (!r && v4)
        r = sockets_set(s->fd, IPPROTO_IP, IP_MTU_DISCOVER,
                        s->df ? IP_PMTUDISC_PROBE : IP_PMTUDISC_DONT);
    if (!r && !v4)
        r = sockets_set(s->fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER,
                        s->df ? IPV6_PMTUDISC_PROBE : IPV6_PMTUDISC_DONT);
    if (!r && !v4 && s->df)
        r = sockets_set(s->fd, IPPROTO_IPV6, IPV6_DONTFRAG, 1);
    if (sockets_set(s->fd, SOL_SOCKET, SO_RCVBUFFORCE, RECEIVE_BUFFER))
        sockets_set(s->fd, SOL_SOCKET, SO_RCVBUF, RECEIVE_BUFFER);
    return r ? r : sockets_set(s->fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
}

/* Only what can be an answer. */
static int set_filter(const struct echo_socket *s)
{
    if (s->family == AF_INET) {
        const uint32_t pass = 1u << ICMP_ECHOREPLY | 1u << ICMP_DEST_UNREACH |
                              1u << ICMP_TIME_EXCEEDED | 1u << ICMP_PARAMETERPROB;
        return sockets_set(s->fd, SOL_RAW, FILTER_OPTION, (int)~pass);
    }
    struct icmp6_filter filter;
    ICMP6_FILTER_SETBLOCKALL(&filter);
    ICMP6_FILTER_SETPASS(ICMP6_DST_UNREACH, &filter);
    ICMP6_FILTER_SETPASS(ICMP6_PACKET_TOO_BIG, &filter);
    ICMP6_FILTER_SETPASS(ICMP6_TIME_EXCEEDED, &filter);
    ICMP6_FILTER_SETPASS(ICMP6_PARAM_PROB, &filter);
    ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &filter);
    return setsockopt(s->fd, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof(filter)) ? -errno : 0;
}

static void close_socket(struct echo_socket *s)
{
    fd_close(&s->fd);
    fd_close(&s->routes);
}

static int open_socket(struct echo_socket *s)
{
    bool v4 = s->family == AF_INET;
    s->fd = socket(s->family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
                   v4 ? IPPROTO_ICMP : (int)IPPROTO_ICMPV6);
    int r = s->fd < 0 ? -errno : set_filter(s);
    if (!r)
        r = set_options(s);
    if (!r && !v4) {
        s->routes = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        r = s->routes < 0 ? -errno : 0;
    }
    return r;
}

static void read_socket(struct engine *e, struct source *source, uint32_t events);

static int add_socket(struct engine *e, const struct probe *p, struct echo_socket **ret)
{
    struct echo_socket *s = arena_new_of(e->arena, struct echo_socket);
    *s = (struct echo_socket){.source = {read_socket},
                              .node = p->node,
                              .family = p->to.family,
                              .df = p->df,
                              .fd = -1,
                              .routes = -1};
    if (getrandom(&s->base, sizeof(s->base), 0) < 0 || getrandom(&s->tag, sizeof(s->tag), 0) < 0)
        return -errno;
    int r = open_socket(s);
    if (!r)
        r = engine_watch(e, s->fd, &s->source, EPOLLIN);
    if (r) {
        close_socket(s);
        return r;
    }
    s->next = e->echo_sockets;
    e->echo_sockets = s;
    *ret = s;
    return 0;
}

/* Jobs come node by node: those of this one are in front. */
static int find_socket(struct engine *e, const struct probe *p, struct echo_socket **ret)
{
    struct echo_socket *s = e->echo_sockets;
    while (s && s->node == p->node && (s->family != p->to.family || s->df != p->df))
        s = s->next;
    if (!s || s->node != p->node)
        return add_socket(e, p, ret);
    *ret = s;
    return 0;
}

void echo_close_sockets(struct engine *e)
{
    for (struct echo_socket *s = e->echo_sockets; s; s = s->next)
        close_socket(s);
    e->echo_sockets = NULL;
}

static int open_echo(struct engine *e, struct job *job)
{
    const struct probe *p = job->probe;
    struct echo_job *echo = arena_new_of(e->arena, struct echo_job);
    job->echo = echo;
    if (p->size > PAYLOAD_MAX)
        return -EMSGSIZE;
    echo->all = is_path(job) ? PROBE_HOPS_MAX : p->count ? p->count : 1;
    echo->want = is_path(job) ? PATH_AHEAD : echo->all;
    echo->states = arena_alloc(e->arena, echo->all);
    return find_socket(e, p, &echo->socket);
}

/* --- Sending -------------------------------------------------------------------------------- */

static size_t payload_size(const struct probe *p)
{
    return p->size || p->empty ? p->size : PROBE_SIZE;
}

static int send_bytes(struct engine *e, const struct job *job, size_t len, int ttl)
{
    char control[CONTROL_SIZE] __attribute__((aligned(8)));
    union sockaddr_any to;
    struct iovec part = {e->scratch, len};
    struct msghdr msg = {.msg_name = &to,
                         .msg_namelen = sockaddr_put(&job->probe->to, 0, &to),
                         .msg_iov = &part,
                         .msg_iovlen = 1,
                         .msg_control = control};
    sockets_put_control(&msg, job->probe->to.family, &job->probe->from, ttl);
    return sendmsg(job->echo->socket->fd, &msg, 0) < 0 ? -errno : 0;
}

/* What the queue of errors has is known, and must not fail the next send. */
static void forget_errors(int fd)
{
    char nothing[1];
    int error;
    socklen_t len = sizeof(error);
    while (recv(fd, nothing, sizeof(nothing), MSG_ERRQUEUE | MSG_DONTWAIT) >= 0)
        ;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
}

/* Whether EINVAL of IPv6 is for want of room for a neighbour, and not that of a route that is a
 * black hole, which it would say to this socket too. */
static bool has_route(const struct echo_socket *s, const struct addr *to)
{
    union sockaddr_any addr;
    socklen_t len = sockaddr_put(to, 9, &addr);
    return connect(s->routes, &addr.any, len) == 0;
}

static bool is_full(const struct job *job, int code)
{
    const struct echo_socket *s = job->echo->socket;
    return code == -ENOBUFS ||
           (code == -EINVAL && s->family == AF_INET6 && has_route(s, &job->probe->to));
}

/* The N-th packet of JOB; 0 or a negative errno. */
static int send_packet(struct engine *e, struct job *job, uint32_t n)
{
    struct echo_socket *s = job->echo->socket;
    uint32_t number = s->base + s->packets.n;
    struct echo_id id = {.id = (uint16_t)(number >> 16), .seq = (uint16_t)number, .tag = s->tag};
    size_t len = echo_build(s->family, &id, payload_size(job->probe), e->scratch);
    int ttl = is_path(job) ? (int)n + 1 : 0;
    struct packet *packet = vec_add(e->arena, &s->packets);
    *packet = (struct packet){.job = (uint32_t)(job - e->jobs), .n = n, .sent = engine_clock()};
    int r = send_bytes(e, job, len, ttl);
    if (r && r != -ENOBUFS && s->family == AF_INET) {
        forget_errors(s->fd); /* it may be another packet's */
        r = send_bytes(e, job, len, ttl);
    }
    engine_sent(e);
    return r;
}

/* --- A job's course ------------------------------------------------------------------------- */

/* Whether the first packet may be lost on the way back, where a link is too small for the reply:
 * its sender does not know yet, and is told with the loss of it. */
static bool may_shrink(const struct probe *p)
{
    return p->to.family == AF_INET6 && !p->df && p->count <= 1 && payload_size(p) > SURE_SIZE;
}

static uint32_t tries(const struct job *job)
{
    const struct probe *p = job->probe;
    if (p->tries)
        return p->tries;
    return is_path(job) ? PATH_TRIES : may_shrink(p) ? SHRINK_TRIES : 1;
}

/*
 * How long to wait in this turn. What was lost by chance is soon sent again; but the last time
 * comes after more than two seconds of four. Routers say that a destination is unreachable only so
 * often: where somebody used that up, a question every second keeps it used up for ever.
 */
static int64_t waiting_time(const struct job *job)
{
    uint32_t ms = job->probe->timeout_ms ? job->probe->timeout_ms : PROBE_TIMEOUT_MS;
    int64_t all = ms * MS, soon = all / 14, late = all * 8 / 15;
    uint32_t n = tries(job);
    if (n == 1)
        return all;
    if (job->turn + 2 < n)
        return soon;
    if (job->turn + 2 == n)
        return late;
    int64_t gone = (n - 2) * soon + late;
    return gone < all ? all - gone : soon;
}

static int64_t gap(const struct job *job)
{
    uint32_t ms = job->probe->interval_ms ? job->probe->interval_ms : PROBE_INTERVAL_MS;
    return is_path(job) || job->echo->again ? 0 : ms * MS;
}

/* What is known of the way ends with the last hop that answered; who says that it ends there has
 * been the hop before already. */
static void end_path(struct job *job)
{
    struct probe_outcome *out = job->out;
    const struct addr *hops = out->hops;
    while (out->n_hops && hops[out->n_hops - 1].family == AF_UNSPEC)
        out->n_hops--;
    if (out->n_hops > 1 && addr_equal(&hops[out->n_hops - 1], &hops[out->n_hops - 2]))
        out->n_hops--;
}

static void finish(struct engine *e, struct job *job)
{
    struct probe_outcome *out = job->out;
    bool reached = out->received;
    if (is_path(job))
        end_path(job);
    else if (out->received)
        out->rtt_avg = job->echo->sum / out->received;
    engine_finish(e, job,
                  reached                                         ? PROBE_ANSWERED
                  : out->by.family != AF_UNSPEC || out->code != 0 ? PROBE_UNREACHABLE
                                                                  : PROBE_SILENT);
}

/* One packet less to wait for. */
static void settle(struct engine *e, struct job *job, uint32_t n, enum packet_state state)
{
    struct echo_job *echo = job->echo;
    if (echo->states[n] != OPEN)
        return;
    echo->states[n] = state;
    echo->open--;
    if (echo->waiting && !echo->open)
        finish(e, job);
}

/* Sends the packet at the cursor; false where it has to wait for room. */
static bool send_next(struct engine *e, struct job *job)
{
    struct echo_job *echo = job->echo;
    uint32_t n = echo->cursor;
    int r = send_packet(e, job, n);
    if (r && is_full(job, r)) {
        engine_press(e, job);
        return false;
    }
    echo->cursor++;
    if (!echo->again) {
        job->out->sent++;
        echo->open++;
    }
    if (r) {
        job->out->code = r;
        settle(e, job, n, LOST);
    }
    return true;
}

/* A round for those without an answer, in a moment. */
static void send_again(struct engine *e, struct job *job)
{
    struct echo_job *echo = job->echo;
    echo->waiting = echo->shrunk = false;
    echo->again = true;
    echo->cursor = 0;
    engine_set_timer(e, job, engine_now() + SHRINK_TIME);
}

static void send_round(struct engine *e, struct job *job)
{
    struct echo_job *echo = job->echo;
    while (echo->cursor < echo->want) {
        if (echo->again && echo->states[echo->cursor] != OPEN) {
            echo->cursor++;
            continue;
        }
        if (!send_next(e, job))
            return;
        if (gap(job) && echo->cursor < echo->want) {
            engine_set_timer(e, job, engine_now() + gap(job));
            return;
        }
    }
    echo->waiting = true;
    if (!echo->open)
        finish(e, job);
    else if (echo->shrunk)
        send_again(e, job);
    else
        engine_set_timer(e, job, engine_now() + waiting_time(job));
}

/* Those without an answer once more; false: that was all. */
static bool next_turn(struct engine *e, struct job *job)
{
    struct echo_job *echo = job->echo;
    if (++job->turn >= tries(job)) {
        if (!engine_was_pressed(e, job))
            return false;
        job->turn = 0;
        job->pressed++;
        job->started = engine_now();
    }
    echo->waiting = false;
    echo->again = true;
    echo->cursor = 0;
    return true;
}

static void tick_echo(struct engine *e, struct job *job)
{
    if (!job->started)
        job->started = engine_now();
    if (!job->echo->waiting || next_turn(e, job))
        send_round(e, job);
    else
        finish(e, job);
}

/* --- Answers -------------------------------------------------------------------------------- */

static void count_reply(struct job *job, int64_t rtt)
{
    struct probe_outcome *out = job->out;
    uint64_t ns = rtt > 0 ? (uint64_t)rtt : 0;
    out->rtt_min = !out->received || ns < out->rtt_min ? ns : out->rtt_min;
    out->rtt_max = ns > out->rtt_max ? ns : out->rtt_max;
    out->received++;
    job->echo->sum += ns;
}

/* Hop N of JOB's path is FROM; the last one, as it seems, where LAST. */
static void add_hop(struct engine *e, struct job *job, uint32_t n, const struct addr *from,
                    bool last)
{
    struct echo_job *echo = job->echo;
    struct probe_outcome *out = job->out;
    if (n >= echo->want)
        return; /* beyond the destination */
    if (n + 1 > out->n_hops)
        out->n_hops = n + 1;
    out->hops[n] = *from;
    if (last) {
        for (uint32_t i = n + 1; i < echo->want; i++) {
            echo->open -= i < out->sent && echo->states[i] == OPEN;
            echo->states[i] = LOST;
        }
        echo->want = echo->all = out->n_hops = n + 1;
    } else if (n + PATH_AHEAD / 2 >= echo->want && echo->want < echo->all) {
        uint32_t more = echo->want + PATH_AHEAD;
        echo->want = more < echo->all ? more : echo->all;
        if (echo->waiting)
            engine_set_timer(e, job, engine_now());
        echo->waiting = false;
    }
}

static void take_reply(struct engine *e, struct job *job, const struct packet *packet,
                       const struct addr *from, int64_t at)
{
    if (job->echo->states[packet->n] != OPEN || !addr_equal(from, &job->probe->to))
        return;
    engine_answered(e);
    count_reply(job, at - packet->sent);
    if (is_path(job))
        add_hop(e, job, packet->n, from, true);
    settle(e, job, packet->n, ANSWERED);
}

static void take_error(struct engine *e, struct job *job, const struct packet *packet,
                       const struct addr *from, const struct icmp_answer *icmp)
{
    bool expired = icmp_is_expired(from->family, icmp->type);
    bool too_big = icmp_is_too_big(from->family, icmp->type, icmp->code);
    if (job->echo->states[packet->n] != OPEN || !addr_equal(&icmp->to, &job->probe->to))
        return;
    engine_answered(e);
    if (too_big && !job->probe->df && job->echo->bigs++ < BIGS_MAX) {
        job->echo->shrunk = true;
        if (job->echo->waiting)
            send_again(e, job);
        return;
    }
    if (!expired && !too_big && engine_was_pressed(e, job))
        return; /* nobody there, or no room for who it is: it is asked again */
    if (is_path(job))
        add_hop(e, job, packet->n, from, !expired);
    if (!is_path(job) || !expired) {
        job->out->by = *from;
        job->out->icmp_type = icmp->type;
        job->out->icmp_code = icmp->code;
        job->out->mtu = icmp->mtu;
    }
    settle(e, job, packet->n, LOST);
}

/* Whose packet the answer ICMP is about; NULL: nobody's here. */
static const struct packet *find_packet(const struct engine *e, const struct echo_socket *s,
                                        const struct icmp_answer *icmp)
{
    uint32_t number = (((uint32_t)icmp->id.id << 16) | icmp->id.seq) - s->base;
    if (icmp->sort == ICMP_OTHER || number >= s->packets.n)
        return NULL;
    const struct packet *packet = &s->packets.v[number];
    const struct job *job = &e->jobs[packet->job];
    bool tagged = icmp->has_tag && payload_size(job->probe) >= sizeof(icmp->id.tag);
    return job->done || (tagged && icmp->id.tag != s->tag) ? NULL : packet;
}

static void take_packet(struct engine *e, struct echo_socket *s, const struct addr *from,
                        const struct icmp_answer *icmp, int64_t at)
{
    const struct packet *packet = find_packet(e, s, icmp);
    if (!packet)
        return;
    struct job *job = &e->jobs[packet->job];
    if (icmp->sort == ICMP_REPLY)
        take_reply(e, job, packet, from, at);
    else
        take_error(e, job, packet, from, icmp);
}

/* When the kernel had the packet; now, where it does not say. */
static int64_t stamp_of(struct msghdr *msg)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
        struct timespec t;
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_TIMESTAMPNS)
            continue;
        memcpy(&t, CMSG_DATA(c), sizeof(t));
        return t.tv_sec * (1000 * MS) + t.tv_nsec;
    }
    return engine_clock();
}

static bool read_one(struct engine *e, struct echo_socket *s)
{
    uint8_t bytes[READ_SIZE];
    char control[CMSG_SPACE(sizeof(struct timespec))] __attribute__((aligned(8)));
    union sockaddr_any from;
    struct iovec part = {bytes, sizeof(bytes)};
    struct msghdr msg = {.msg_name = &from,
                         .msg_namelen = sizeof(from),
                         .msg_iov = &part,
                         .msg_iovlen = 1,
                         .msg_control = control,
                         .msg_controllen = sizeof(control)};
    ssize_t len = recvmsg(s->fd, &msg, MSG_DONTWAIT);
    if (len < 0)
        return errno != EAGAIN && errno != EINTR; /* an error, of a packet, is read off by that */
    struct icmp_answer icmp = icmp_parse(s->family, bytes, (size_t)len);
    struct addr by = sockaddr_addr(&from);
    take_packet(e, s, &by, &icmp, stamp_of(&msg));
    return true;
}

static void read_socket(struct engine *e, struct source *source, uint32_t events)
{
    struct echo_socket *s = (struct echo_socket *)source;
    if (events & EPOLLERR)
        forget_errors(s->fd);
    while (read_one(e, s))
        ;
}

const struct probe_ops probe_echo = {
    .open = open_echo,
    .tick = tick_echo,
};
