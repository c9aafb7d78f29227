// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The floor: what the kernel itself costs for a ring of N routers. Only system calls, as few as
 * there can be, by two threads; no file to read, no errors to explain. A namespace each with
 * forwarding on; a veth pair each, both ends in place; `lo` and both ends up, an IPv4 and an IPv6
 * address on each end, a route of each family.
 *
 * Usage, as root: floor NODES. Prints seconds, one phase a line.
 */
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/mount.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define THREADS 2
#define LEFT 16 /* interface indexes: towards the router before, and the one behind */
#define RIGHT 17
#define LINKS_A_SEND 16
#define NAMESPACES_A_PROCFS 50

#define CHECK(x)                                                                                   \
    do {                                                                                           \
        if ((x) < 0) {                                                                             \
            perror(#x);                                                                            \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

struct batch {
    struct mnl_socket *socket;
    struct nlmsghdr *last;
    size_t used;
    char buf[32768];
};

static unsigned nodes;
static int *netns;
static atomic_uint next_item;

/* --- Netlink -------------------------------------------------------------------------------- */

static void batch_open(struct batch *b)
{
    b->socket = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
    CHECK(b->socket ? 0 : -1);
    b->used = 0;
}

static struct nlmsghdr *begin(struct batch *b, uint16_t type, uint16_t flags, const void *header,
                              size_t size)
{
    struct nlmsghdr *m = mnl_nlmsg_put_header(b->buf + b->used);
    m->nlmsg_type = type;
    m->nlmsg_flags = flags | NLM_F_REQUEST;
    memcpy(mnl_nlmsg_put_extra_header(m, size), header, size);
    b->last = m;
    return m;
}

static void end(struct batch *b)
{
    b->used += b->last->nlmsg_len;
}

/* Only the last request asks for an ack; a refused one is answered in any case. */
static void flush(struct batch *b)
{
    char answer[8192];
    b->last->nlmsg_flags |= NLM_F_ACK;
    CHECK(mnl_socket_sendto(b->socket, b->buf, b->used));
    CHECK(mnl_socket_recvfrom(b->socket, answer, sizeof(answer)));
    const struct nlmsgerr *ack = mnl_nlmsg_get_payload((struct nlmsghdr *)answer);
    errno = -ack->error;
    CHECK(ack->error);
    b->used = 0;
}

/* --- The three phases ----------------------------------------------------------------------- */

static int fresh_proc(void)
{
    int fs = (int)syscall(SYS_fsopen, "proc", FSOPEN_CLOEXEC);
    CHECK(fs);
    CHECK(syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0));
    int proc = (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
    CHECK(proc);
    close(fs);
    return proc;
}

static void set(int proc, const char *path, const char *value)
{
    int fd = openat(proc, path, O_WRONLY | O_CLOEXEC);
    CHECK(fd);
    CHECK(write(fd, value, strlen(value)));
    close(fd);
}

static void *make_namespaces(void *arg)
{
    int proc = -1;
    unsigned used = 0;
    for (unsigned i; (i = atomic_fetch_add(&next_item, 1)) < nodes;) {
        if (used++ % NAMESPACES_A_PROCFS == 0) {
            close(proc);
            proc = fresh_proc();
        }
        CHECK(unshare(CLONE_NEWNET));
        netns[i] = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        CHECK(netns[i]);
        set(proc, "sys/net/ipv4/ip_forward", "1");
        set(proc, "sys/net/ipv6/conf/all/forwarding", "1");
        set(proc, "sys/net/ipv6/conf/default/accept_dad", "0");
    }
    close(proc);
    return arg;
}

static void put_end(struct nlmsghdr *m, const char *name, unsigned node)
{
    mnl_attr_put_strz(m, IFLA_IFNAME, name);
    mnl_attr_put_u32(m, IFLA_NET_NS_FD, (uint32_t)netns[node]);
    mnl_attr_put_u32(m, IFLA_NUM_TX_QUEUES, 1);
    mnl_attr_put_u32(m, IFLA_NUM_RX_QUEUES, 1);
}

static void add_link(struct batch *b, unsigned i)
{
    const struct ifinfomsg left = {.ifi_index = RIGHT}, right = {.ifi_index = LEFT};
    struct nlmsghdr *m = begin(b, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &left, sizeof(left));
    put_end(m, "right", i);
    struct nlattr *info = mnl_attr_nest_start(m, IFLA_LINKINFO);
    mnl_attr_put_strz(m, IFLA_INFO_KIND, "veth");
    struct nlattr *data = mnl_attr_nest_start(m, IFLA_INFO_DATA);
    struct nlattr *peer = mnl_attr_nest_start(m, VETH_INFO_PEER);
    memcpy(mnl_nlmsg_put_extra_header(m, sizeof(right)), &right, sizeof(right));
    put_end(m, "left", (i + 1) % nodes);
    mnl_attr_nest_end(m, peer);
    mnl_attr_nest_end(m, data);
    mnl_attr_nest_end(m, info);
    end(b);
}

static void *make_links(void *arg)
{
    struct batch b;
    batch_open(&b);
    for (unsigned first; (first = atomic_fetch_add(&next_item, LINKS_A_SEND)) < nodes;) {
        for (unsigned i = first; i < first + LINKS_A_SEND && i < nodes; i++)
            add_link(&b, i);
        flush(&b);
    }
    mnl_socket_close(b.socket);
    return arg;
}

static void set_up(struct batch *b, int index)
{
    const struct ifinfomsg up = {.ifi_index = index, .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    begin(b, RTM_NEWLINK, 0, &up, sizeof(up));
    end(b);
}

/* Link I has 10.(I / 256).(I % 256).0/24 and fd00:I::/64; its left end 1, its right end 2. */
static size_t link_addr(int family, unsigned i, uint8_t host, uint8_t out[16])
{
    memset(out, 0, 16);
    out[0] = family == AF_INET ? 10 : 0xfd;
    out[family == AF_INET ? 1 : 2] = (uint8_t)(i >> 8);
    out[family == AF_INET ? 2 : 3] = (uint8_t)i;
    out[family == AF_INET ? 3 : 15] = host;
    return family == AF_INET ? 4 : 16;
}

static void add_addr(struct batch *b, int family, unsigned index, unsigned link)
{
    const struct ifaddrmsg header = {
        .ifa_family = (uint8_t)family,
        .ifa_prefixlen = family == AF_INET ? 24 : 64,
        .ifa_flags = IFA_F_NODAD,
        .ifa_index = index,
    };
    uint8_t addr[16];
    size_t len = link_addr(family, link, index == RIGHT ? 1 : 2, addr);
    struct nlmsghdr *m = begin(b, RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL, &header, sizeof(header));
    mnl_attr_put(m, IFA_LOCAL, len, addr);
    mnl_attr_put(m, IFA_ADDRESS, len, addr);
    end(b);
}

/* To the right, all the way round. */
static void add_default(struct batch *b, int family, unsigned link)
{
    const struct rtmsg header = {
        .rtm_family = (uint8_t)family,
        .rtm_table = RT_TABLE_MAIN,
        .rtm_protocol = RTPROT_BOOT,
        .rtm_type = RTN_UNICAST,
    };
    uint8_t via[16];
    size_t len = link_addr(family, link, 2, via);
    struct nlmsghdr *m = begin(b, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, &header, sizeof(header));
    mnl_attr_put(m, RTA_GATEWAY, len, via);
    mnl_attr_put_u32(m, RTA_OIF, RIGHT);
    end(b);
}

static void *configure(void *arg)
{
    static const int families[] = {AF_INET, AF_INET6};
    struct batch b;
    for (unsigned i; (i = atomic_fetch_add(&next_item, 1)) < nodes;) {
        CHECK(setns(netns[i], CLONE_NEWNET));
        batch_open(&b);
        set_up(&b, 1);
        set_up(&b, LEFT);
        set_up(&b, RIGHT);
        for (unsigned f = 0; f < 2; f++) {
            add_addr(&b, families[f], LEFT, (i + nodes - 1) % nodes);
            add_addr(&b, families[f], RIGHT, i);
            add_default(&b, families[f], i);
        }
        flush(&b);
        mnl_socket_close(b.socket);
    }
    return arg;
}

/* -------------------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double run(const char *name, void *(*work)(void *))
{
    pthread_t threads[THREADS];
    double start = now();
    atomic_store(&next_item, 0);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK(-pthread_create(&threads[i], NULL, work, NULL));
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    double took = now() - start;
    printf("%s %.4f\n", name, took);
    return took;
}

int main(int argc, char **argv)
{
    nodes = argc == 2 ? (unsigned)atoi(argv[1]) : 0;
    if (nodes < 3 || nodes > 65535) {
        fprintf(stderr, "usage: floor NODES (3 to 65535)\n");
        return 2;
    }
    struct rlimit limit;
    CHECK(getrlimit(RLIMIT_NOFILE, &limit));
    limit.rlim_cur = limit.rlim_max;
    CHECK(setrlimit(RLIMIT_NOFILE, &limit));
    netns = calloc(nodes, sizeof(*netns));
    CHECK(netns ? 0 : -1);
    CHECK(unshare(CLONE_NEWNET)); /* nothing in the host's */
    double total = run("namespaces", make_namespaces);
    total += run("links", make_links);
    total += run("configuration", configure);
    printf("total %.4f\n", total);
    free(netns);
    return 0;
}
