// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The floor under installing routes: those of a topology, as bare netlink messages that are made
 * beforehand and then sent by two threads, as many at once as the kernel takes. Prints how many
 * there were, and the seconds that sending them took. To be run as root.
 *
 *     bench-floor_routes FILE
 */
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

#include "kernel/netns.h"
#include "model/model.h"
#include "netlink/rtnl.h"

#define THREADS 2
#define SEND_MAX (96u << 10)

/* The messages of one node's routes. */
struct batch {
    char *bytes;
    size_t len, cap;
};

static const struct topo *topo;
static int *netns;
static struct batch *batches;
static atomic_uint next_node;

static _Noreturn void die(const char *what)
{
    perror(what);
    exit(1);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* --- The network, without its routes ---------------------------------------------------------- */

static void flush(struct nl *nl)
{
    struct nl_refusal refusal;
    if (nl_flush(nl, &refusal) < 0) {
        fprintf(stderr, "refused: %s %s\n", refusal.text, strerror(-refusal.code));
        exit(1);
    }
}

static void configure(const struct node *node)
{
    struct err err;
    struct nl *nl;
    if (netns_enter(netns[node->id], &err) < 0 || nl_open(&nl, &err) < 0)
        die("entering a node");
    rtnl_set_lo_up(nl, 0);
    VEC_EACH (struct iface *, it, &node->ifaces)
        rtnl_set_link(nl, *it, 0);
    VEC_EACH (struct iface *, it, &node->ifaces) {
        VEC_EACH (const struct ifaddr, addr, &(*it)->addrs)
            rtnl_add_addr(nl, *it, addr, 0);
    }
    flush(nl);
    nl_close(nl);
}

static void build(void)
{
    struct err err;
    struct nl *nl;
    netns = calloc(topo->nodes.n, sizeof(*netns));
    for (uint32_t i = 0; i < topo->nodes.n; i++) {
        if (netns_new(&netns[i], &err) < 0)
            die("unshare");
    }
    if (nl_open(&nl, &err) < 0)
        die("netlink");
    VEC_EACH (struct link *, it, &topo->links) {
        const int ends[] = {netns[(*it)->ends[0]->node->id], netns[(*it)->ends[1]->node->id]};
        rtnl_add_veth(nl, *it, ends, 0);
    }
    flush(nl);
    nl_close(nl);
    VEC_EACH (struct node *, it, &topo->nodes)
        configure(*it);
}

/* --- Messages --------------------------------------------------------------------------------- */

static void *put(struct batch *b, const void *data, size_t len)
{
    size_t aligned = NLMSG_ALIGN(len);
    if (b->len + aligned > b->cap) {
        b->cap = 2 * b->cap + 4096;
        b->bytes = realloc(b->bytes, b->cap);
    }
    memset(b->bytes + b->len, 0, aligned);
    memcpy(b->bytes + b->len, data, len);
    b->len += aligned;
    return b->bytes + b->len - aligned;
}

static void put_attr(struct batch *b, unsigned short type, const void *data, size_t len)
{
    const struct rtattr attr = {.rta_len = (unsigned short)RTA_LENGTH(len), .rta_type = type};
    put(b, &attr, sizeof(attr));
    put(b, data, len);
}

static void put_hops(struct batch *b, const struct route *route)
{
    if (route->hops.n == 1) {
        const struct nexthop *hop = &route->hops.v[0];
        put_attr(b, RTA_GATEWAY, hop->via.bytes, addr_bytes(&hop->via));
        put_attr(b, RTA_OIF, &hop->dev->index, sizeof(hop->dev->index));
        return;
    }
    size_t nest = b->len;
    put(b, &(struct rtattr){.rta_type = RTA_MULTIPATH}, sizeof(struct rtattr));
    VEC_EACH (const struct nexthop, hop, &route->hops) {
        size_t gateway = addr_bytes(&hop->via);
        const struct rtnexthop head = {.rtnh_len =
                                           (unsigned short)(sizeof(head) + RTA_LENGTH(gateway)),
                                       .rtnh_ifindex = (int)hop->dev->index};
        put(b, &head, sizeof(head));
        put_attr(b, RTA_GATEWAY, hop->via.bytes, gateway);
    }
    ((struct rtattr *)(void *)(b->bytes + nest))->rta_len = (unsigned short)(b->len - nest);
}

static void put_route(struct batch *b, const struct route *route)
{
    size_t start = b->len;
    const struct nlmsghdr header = {.nlmsg_type = RTM_NEWROUTE,
                                    .nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL};
    const struct rtmsg rtm = {.rtm_family = route->to.addr.family,
                              .rtm_dst_len = route->to.len,
                              .rtm_table = RT_TABLE_MAIN,
                              .rtm_protocol = RTPROT_BOOT,
                              .rtm_type = RTN_UNICAST};
    put(b, &header, sizeof(header));
    put(b, &rtm, sizeof(rtm));
    if (route->to.len)
        put_attr(b, RTA_DST, route->to.addr.bytes, addr_bytes(&route->to.addr));
    put_hops(b, route);
    ((struct nlmsghdr *)(void *)(b->bytes + start))->nlmsg_len = (unsigned)(b->len - start);
}

/* --- Sending ---------------------------------------------------------------------------------- */

/* Sends the LEN bytes at MESSAGES, whose last one asks for an answer, and waits for that. */
static void send_some(int fd, char *messages, size_t len, struct nlmsghdr *last)
{
    char answer[4096];
    last->nlmsg_flags |= NLM_F_ACK;
    if (send(fd, messages, len, 0) != (ssize_t)len || recv(fd, answer, sizeof(answer), 0) < 0)
        die("sending routes");
    const struct nlmsgerr *error = NLMSG_DATA((struct nlmsghdr *)(void *)answer);
    if (error->error) {
        errno = -error->error;
        die("a route");
    }
}

static void send_node(uint32_t node)
{
    struct batch *b = &batches[node];
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    char *from = b->bytes;
    struct nlmsghdr *last = NULL;
    for (char *at = b->bytes; at < b->bytes + b->len;) {
        struct nlmsghdr *message = (void *)at;
        if (at + message->nlmsg_len - from > SEND_MAX) {
            send_some(fd, from, (size_t)(at - from), last);
            from = at;
        }
        last = message;
        at += NLMSG_ALIGN(message->nlmsg_len);
    }
    if (last)
        send_some(fd, from, (size_t)(b->bytes + b->len - from), last);
    close(fd);
}

static void *work(void *arg)
{
    (void)arg;
    for (uint32_t node; (node = atomic_fetch_add(&next_node, 1)) < topo->nodes.n;) {
        if (setns(netns[node], CLONE_NEWNET))
            die("setns");
        send_node(node);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    static char text[16 << 20];
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file || !fread(text, 1, sizeof(text) - 1, file)) {
        fprintf(stderr, "usage: %s FILE\n", argv[0]);
        return 2;
    }
    struct diags diags;
    struct arena *arena = arena_new();
    diags_init(&diags, arena, argv[1], text);
    topo = topo_load(&diags, &(struct topo_options){.name = "floor"});
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    if (!topo)
        return 1;
    build();
    batches = calloc(topo->nodes.n, sizeof(*batches));
    unsigned long routes = 0;
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (const struct route, it, &(*node)->routes)
            put_route(&batches[(*node)->id], it);
        routes += (*node)->routes.n;
    }
    pthread_t threads[THREADS];
    double start = now();
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("routes %lu\nsend %.4f\n", routes, now() - start);
    arena_free(arena);
    return 0;
}
