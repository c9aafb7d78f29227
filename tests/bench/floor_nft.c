// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The floor of firewalls: what libnftnl and the kernel cost for the rules of tests/bench/run, in N
 * network namespaces that have nothing else, by two threads. One transaction each, no comments, no
 * file to read, no errors to explain.
 *
 * Usage, as root: floor_nft NODES. Prints the seconds for all. With LIST behind it, what nft lists
 * in the last one.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <libnftnl/batch.h>
#include <libnftnl/chain.h>
#include <libnftnl/expr.h>
#include <libnftnl/rule.h>
#include <libnftnl/set.h>
#include <libnftnl/table.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define THREADS 2
#define PAGE (128 * 1024)
#define TABLE "nslab"
#define ESTABLISHED 2 /* bits of ct state */
#define RELATED 4

#define CHECK(x)                                                                                   \
    do {                                                                                           \
        if ((x) < 0) {                                                                             \
            perror(#x);                                                                            \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

static unsigned nodes;
static int *netns;
static atomic_uint next_item;

struct maker {
    struct nftnl_batch *batch;
    struct nftnl_rule *rule;
    const char *chain;
    uint32_t seq;
};

static struct nlmsghdr *begin(struct maker *m, uint16_t type, uint16_t flags)
{
    return nftnl_nlmsg_build_hdr(nftnl_batch_buffer(m->batch), type, NFPROTO_INET, flags, m->seq++);
}

/* --- Expressions ----------------------------------------------------------------------------- */

static struct nftnl_expr *add(struct maker *m, const char *name)
{
    struct nftnl_expr *e = nftnl_expr_alloc(name);
    nftnl_rule_add_expr(m->rule, e);
    return e;
}

static void meta(struct maker *m, uint32_t key)
{
    struct nftnl_expr *e = add(m, "meta");
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_KEY, key);
    nftnl_expr_set_u32(e, NFTNL_EXPR_META_DREG, NFT_REG_1);
}

static void payload(struct maker *m, uint32_t base, uint32_t offset, uint32_t len)
{
    struct nftnl_expr *e = add(m, "payload");
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_DREG, NFT_REG_1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_BASE, base);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_OFFSET, offset);
    nftnl_expr_set_u32(e, NFTNL_EXPR_PAYLOAD_LEN, len);
}

static void cmp(struct maker *m, uint32_t op, const void *data, uint32_t len)
{
    struct nftnl_expr *e = add(m, "cmp");
    nftnl_expr_set_u32(e, NFTNL_EXPR_CMP_SREG, NFT_REG_1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_CMP_OP, op);
    nftnl_expr_set(e, NFTNL_EXPR_CMP_DATA, data, len);
}

static void cmp8(struct maker *m, uint8_t value)
{
    cmp(m, NFT_CMP_EQ, &value, sizeof(value));
}

static void ct_state(struct maker *m, uint32_t bits)
{
    uint32_t none = 0;
    struct nftnl_expr *e = add(m, "ct");
    nftnl_expr_set_u32(e, NFTNL_EXPR_CT_KEY, NFT_CT_STATE);
    nftnl_expr_set_u32(e, NFTNL_EXPR_CT_DREG, NFT_REG_1);
    e = add(m, "bitwise");
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_SREG, NFT_REG_1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_DREG, NFT_REG_1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_BITWISE_LEN, sizeof(bits));
    nftnl_expr_set(e, NFTNL_EXPR_BITWISE_MASK, &bits, sizeof(bits));
    nftnl_expr_set(e, NFTNL_EXPR_BITWISE_XOR, &none, sizeof(none));
    cmp(m, NFT_CMP_NEQ, &none, sizeof(none));
}

static void limit(struct maker *m)
{
    struct nftnl_expr *e = add(m, "limit");
    nftnl_expr_set_u64(e, NFTNL_EXPR_LIMIT_RATE, 5);
    nftnl_expr_set_u64(e, NFTNL_EXPR_LIMIT_UNIT, 1);
    nftnl_expr_set_u32(e, NFTNL_EXPR_LIMIT_BURST, 5);
    nftnl_expr_set_u32(e, NFTNL_EXPR_LIMIT_TYPE, NFT_LIMIT_PKTS);
}

static void count_and(struct maker *m, uint32_t verdict)
{
    add(m, "counter");
    struct nftnl_expr *e = add(m, "immediate");
    nftnl_expr_set_u32(e, NFTNL_EXPR_IMM_DREG, NFT_REG_VERDICT);
    nftnl_expr_set_u32(e, NFTNL_EXPR_IMM_VERDICT, verdict);
}

/* --- Sets, rules, chains --------------------------------------------------------------------- */

static void add_ports(struct maker *m, const uint16_t *ports, unsigned n)
{
    struct nftnl_set *s = nftnl_set_alloc();
    nftnl_set_set_str(s, NFTNL_SET_TABLE, TABLE);
    nftnl_set_set_str(s, NFTNL_SET_NAME, "__set%d");
    nftnl_set_set_u32(s, NFTNL_SET_FAMILY, NFPROTO_INET);
    nftnl_set_set_u32(s, NFTNL_SET_ID, 1);
    nftnl_set_set_u32(s, NFTNL_SET_FLAGS, NFT_SET_ANONYMOUS | NFT_SET_CONSTANT);
    nftnl_set_set_u32(s, NFTNL_SET_KEY_TYPE, 13); /* nft's inet_service */
    nftnl_set_set_u32(s, NFTNL_SET_KEY_LEN, 2);
    nftnl_set_set_u32(s, NFTNL_SET_DESC_SIZE, n);
    for (unsigned i = 0; i < n; i++) {
        uint16_t port = htons(ports[i]);
        struct nftnl_set_elem *e = nftnl_set_elem_alloc();
        nftnl_set_elem_set(e, NFTNL_SET_ELEM_KEY, &port, sizeof(port));
        nftnl_set_elem_add(s, e);
    }
    nftnl_set_nlmsg_build_payload(begin(m, NFT_MSG_NEWSET, NLM_F_CREATE), s);
    CHECK(nftnl_batch_update(m->batch));
    nftnl_set_elems_nlmsg_build_payload(begin(m, NFT_MSG_NEWSETELEM, NLM_F_CREATE), s);
    CHECK(nftnl_batch_update(m->batch));
    nftnl_set_free(s);
}

static void in_ports(struct maker *m)
{
    struct nftnl_expr *e = add(m, "lookup");
    nftnl_expr_set_u32(e, NFTNL_EXPR_LOOKUP_SREG, NFT_REG_1);
    nftnl_expr_set_str(e, NFTNL_EXPR_LOOKUP_SET, "__set%d");
    nftnl_expr_set_u32(e, NFTNL_EXPR_LOOKUP_SET_ID, 1);
}

static void begin_rule(struct maker *m)
{
    m->rule = nftnl_rule_alloc();
    nftnl_rule_set_str(m->rule, NFTNL_RULE_TABLE, TABLE);
    nftnl_rule_set_str(m->rule, NFTNL_RULE_CHAIN, m->chain);
}

static void end_rule(struct maker *m)
{
    nftnl_rule_nlmsg_build_payload(begin(m, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND), m->rule);
    CHECK(nftnl_batch_update(m->batch));
    nftnl_rule_free(m->rule);
}

static void add_table(struct maker *m)
{
    struct nftnl_table *t = nftnl_table_alloc();
    nftnl_table_set_str(t, NFTNL_TABLE_NAME, TABLE);
    nftnl_table_nlmsg_build_payload(begin(m, NFT_MSG_NEWTABLE, NLM_F_CREATE | NLM_F_ACK), t);
    CHECK(nftnl_batch_update(m->batch));
    nftnl_table_free(t);
}

static void add_chain(struct maker *m, const char *name, uint32_t hook)
{
    struct nftnl_chain *c = nftnl_chain_alloc();
    m->chain = name;
    nftnl_chain_set_str(c, NFTNL_CHAIN_TABLE, TABLE);
    nftnl_chain_set_str(c, NFTNL_CHAIN_NAME, name);
    nftnl_chain_set_str(c, NFTNL_CHAIN_TYPE, "filter");
    nftnl_chain_set_u32(c, NFTNL_CHAIN_HOOKNUM, hook);
    nftnl_chain_set_s32(c, NFTNL_CHAIN_PRIO, 0);
    nftnl_chain_set_u32(c, NFTNL_CHAIN_POLICY, NF_DROP);
    nftnl_chain_nlmsg_build_payload(begin(m, NFT_MSG_NEWCHAIN, NLM_F_CREATE), c);
    CHECK(nftnl_batch_update(m->batch));
    nftnl_chain_free(c);
}

/* The rules of FIREWALL in tests/bench/run. */
static void add_rules(struct maker *m)
{
    static const uint16_t ports[] = {22, 80, 443};
    static const char lo[IFNAMSIZ] = "lo";
    uint16_t dns = htons(53);
    begin_rule(m);
    ct_state(m, ESTABLISHED | RELATED);
    count_and(m, NF_ACCEPT);
    end_rule(m);
    begin_rule(m);
    meta(m, NFT_META_IIFNAME);
    cmp(m, NFT_CMP_EQ, lo, sizeof(lo));
    count_and(m, NF_ACCEPT);
    end_rule(m);
    add_ports(m, ports, 3);
    begin_rule(m);
    meta(m, NFT_META_L4PROTO);
    cmp8(m, IPPROTO_TCP);
    payload(m, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
    in_ports(m);
    count_and(m, NF_ACCEPT);
    end_rule(m);
    begin_rule(m);
    meta(m, NFT_META_NFPROTO);
    cmp8(m, NFPROTO_IPV4);
    payload(m, NFT_PAYLOAD_NETWORK_HEADER, 12, 1);
    cmp8(m, 10);
    meta(m, NFT_META_L4PROTO);
    cmp8(m, IPPROTO_UDP);
    payload(m, NFT_PAYLOAD_TRANSPORT_HEADER, 2, 2);
    cmp(m, NFT_CMP_EQ, &dns, sizeof(dns));
    count_and(m, NF_ACCEPT);
    end_rule(m);
    begin_rule(m);
    meta(m, NFT_META_NFPROTO);
    cmp8(m, NFPROTO_IPV4);
    meta(m, NFT_META_L4PROTO);
    cmp8(m, IPPROTO_ICMP);
    payload(m, NFT_PAYLOAD_TRANSPORT_HEADER, 0, 1);
    cmp8(m, 8);
    limit(m);
    count_and(m, NF_ACCEPT);
    end_rule(m);
}

/* --- Sending --------------------------------------------------------------------------------- */

static void send_batch(struct maker *m)
{
    char buf[8192];
    struct iovec iov[8];
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    struct msghdr msg = {.msg_name = &kernel, .msg_namelen = sizeof(kernel), .msg_iov = iov};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
    CHECK(fd);
    msg.msg_iovlen = (size_t)nftnl_batch_iovec_len(m->batch);
    nftnl_batch_iovec(m->batch, iov, (uint32_t)msg.msg_iovlen);
    CHECK(sendmsg(fd, &msg, 0));
    ssize_t len = recv(fd, buf, sizeof(buf), 0);
    CHECK(len);
    CHECK(mnl_cb_run(buf, (size_t)len, 0, 0, NULL, NULL));
    close(fd);
}

static void *load(void *arg)
{
    for (unsigned i; (i = atomic_fetch_add(&next_item, 1)) < nodes;) {
        struct maker m = {.batch = nftnl_batch_alloc(PAGE, PAGE)};
        CHECK(setns(netns[i], CLONE_NEWNET));
        nftnl_batch_begin(nftnl_batch_buffer(m.batch), m.seq++);
        CHECK(nftnl_batch_update(m.batch));
        add_table(&m);
        add_chain(&m, "input", NF_INET_LOCAL_IN);
        add_rules(&m);
        add_chain(&m, "forward", NF_INET_FORWARD);
        add_rules(&m);
        nftnl_batch_end(nftnl_batch_buffer(m.batch), m.seq++);
        CHECK(nftnl_batch_update(m.batch));
        send_batch(&m);
        nftnl_batch_free(m.batch);
    }
    return arg;
}

static void *make_namespaces(void *arg)
{
    for (unsigned i; (i = atomic_fetch_add(&next_item, 1)) < nodes;) {
        CHECK(unshare(CLONE_NEWNET));
        netns[i] = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
        CHECK(netns[i]);
    }
    return arg;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double run(void *(*work)(void *))
{
    pthread_t threads[THREADS];
    double start = now();
    atomic_store(&next_item, 0);
    for (unsigned i = 0; i < THREADS; i++)
        CHECK(-pthread_create(&threads[i], NULL, work, NULL));
    for (unsigned i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return now() - start;
}

int main(int argc, char **argv)
{
    nodes = argc >= 2 ? (unsigned)atoi(argv[1]) : 0;
    if (nodes < 1 || nodes > 65535) {
        fprintf(stderr, "usage: floor_nft NODES [list]\n");
        return 2;
    }
    struct rlimit limits;
    CHECK(getrlimit(RLIMIT_NOFILE, &limits));
    limits.rlim_cur = limits.rlim_max;
    CHECK(setrlimit(RLIMIT_NOFILE, &limits));
    netns = calloc(nodes, sizeof(*netns));
    CHECK(netns ? 0 : -1);
    run(make_namespaces);
    printf("nft %.4f\n", run(load));
    fflush(stdout);
    if (argc == 3) {
        CHECK(setns(netns[nodes - 1], CLONE_NEWNET));
        execlp("nft", "nft", "list", "ruleset", NULL);
    }
    free(netns);
    return 0;
}
