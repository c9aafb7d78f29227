// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A firewall to the kernel: one batch of messages between NFNL_MSG_BATCH_BEGIN and _END, which
 * nf_tables takes whole or not at all. The answers are there when the batch has been sent: an
 * error for each message that was refused, and the acknowledgement that the first asks for.
 */
#include "netlink/nft.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <libnftnl/batch.h>
#include <libnftnl/chain.h>
#include <libnftnl/table.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "netlink/nft_build.h"

/* Messages are gathered in pages of this size; the one that goes beyond, by OVERRUN at most, is
 * moved to a page of its own, where it has to fit: an attribute holds 64 KiB. */
#define PAGE (128 * 1024)
#define OVERRUN (128 * 1024)
#define SNDBUF_WANTED (1 << 28)

static void fail(struct nft_batch *b, int code)
{
    if (b->code < 0)
        return;
    b->code = code == -ENOMEM ? err_set(b->err, code, "out of memory")
                              : err_sys(b->err, code, "sending to the kernel");
}

/* The next message's number; POS is its place. */
static uint32_t number_message(struct nft_batch *b, struct pos pos)
{
    if (b->n == b->cap) {
        b->cap = b->cap ? 2 * b->cap : 64;
        b->pos = memory_resize(b->pos, b->cap * sizeof(*b->pos));
    }
    b->pos[b->n] = pos;
    return b->n++;
}

/* The first of a transaction is acknowledged, where nothing of it is refused. */
struct nlmsghdr *nft_begin(struct nft_batch *b, uint16_t type, uint16_t flags, struct pos pos)
{
    uint32_t seq = number_message(b, pos);
    flags |= seq == b->first + 1 ? NLM_F_ACK : 0;
    b->msg = nftnl_nlmsg_build_hdr(nftnl_batch_buffer(b->batch), type, NFPROTO_INET, flags, seq);
    return b->msg;
}

void nft_end(struct nft_batch *b)
{
    b->bytes += b->msg->nlmsg_len;
    if (nftnl_batch_update(b->batch) < 0)
        fail(b, -ENOMEM);
}

static void add_table(struct nft_batch *b, const struct firewall *fw)
{
    struct nftnl_table *table = memory_given(nftnl_table_alloc());
    struct nlmsghdr *msg = nft_begin(b, NFT_MSG_NEWTABLE, NLM_F_CREATE, fw->pos);
    memory_taken(nftnl_table_set_str(table, NFTNL_TABLE_NAME, b->table));
    nftnl_table_set_u32(table, NFTNL_TABLE_FLAGS, 0);
    nftnl_table_nlmsg_build_payload(msg, table);
    nftnl_table_free(table);
    nft_end(b);
}

static const char *chain_type(const struct fw_chain *chain)
{
    if (chain->sort == FW_SORT_DNAT || chain->sort == FW_SORT_SNAT)
        return "nat";
    return chain->sort == FW_SORT_MANGLE && chain->hook == NF_INET_LOCAL_OUT ? "route" : "filter";
}

static void add_chain(struct nft_batch *b, const struct fw_chain *chain)
{
    struct nftnl_chain *c = memory_given(nftnl_chain_alloc());
    struct nlmsghdr *msg = nft_begin(b, NFT_MSG_NEWCHAIN, NLM_F_CREATE, chain->pos);
    memory_taken(nftnl_chain_set_str(c, NFTNL_CHAIN_TABLE, b->table));
    memory_taken(nftnl_chain_set_str(c, NFTNL_CHAIN_NAME, chain->name));
    if (chain->base) {
        memory_taken(nftnl_chain_set_str(c, NFTNL_CHAIN_TYPE, chain_type(chain)));
        nftnl_chain_set_u32(c, NFTNL_CHAIN_HOOKNUM, chain->hook);
        nftnl_chain_set_s32(c, NFTNL_CHAIN_PRIO, chain->priority);
    }
    if (chain->has_policy)
        nftnl_chain_set_u32(c, NFTNL_CHAIN_POLICY, chain->drop ? NF_DROP : NF_ACCEPT);
    nftnl_chain_nlmsg_build_payload(msg, c);
    nftnl_chain_free(c);
    nft_end(b);
}

/* --- Sending --------------------------------------------------------------------------------- */

static int open_socket(int *ret, struct err *err)
{
    int on = 1;
    *ret = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER);
    if (*ret < 0) {
        int code = -errno;
        return code == -EPROTONOSUPPORT
                   ? err_lacking(err, code,
                                 "this kernel has no netfilter (CONFIG_NETFILTER_NETLINK)")
                   : err_sys(err, code, "netlink socket");
    }
    setsockopt(*ret, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
    setsockopt(*ret, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
    return 0;
}

/* As much room as there is to be had; how much that is. */
static size_t make_room(int fd)
{
    int room = SNDBUF_WANTED;
    socklen_t len = sizeof(room);
    if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room)))
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof(room));
    getsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, &len);
    return (size_t)room;
}

static int send_batch(struct nft_batch *b)
{
    int parts = nftnl_batch_iovec_len(b->batch);
    CLEAN_FREE struct iovec *iov = memory_zeroed((size_t)parts, sizeof(*iov));
    struct sockaddr_nl kernel = {.nl_family = AF_NETLINK};
    struct msghdr msg = {.msg_name = &kernel,
                         .msg_namelen = sizeof(kernel),
                         .msg_iov = iov,
                         .msg_iovlen = (size_t)parts};
    if (!iov)
        return -ENOMEM;
    nftnl_batch_iovec(b->batch, iov, (uint32_t)parts);
    return sendmsg(b->fd, &msg, 0) < 0 ? -errno : 0;
}

/* The kernel's own words in an error, or "". */
static const char *ext_ack_text(const struct nlmsghdr *msg)
{
    const struct nlattr *attr;
    const char *text = "";
    if (!(msg->nlmsg_flags & NLM_F_ACK_TLVS))
        return text;
    mnl_attr_for_each(attr, msg, sizeof(struct nlmsgerr))
    {
        if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG &&
            mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
            text = mnl_attr_get_str(attr);
    }
    return text;
}

static int refused(const struct nft_batch *b, const struct nlmsghdr *msg, int code, struct err *err)
{
    bool lacking = code == -EOPNOTSUPP || code == -EAFNOSUPPORT || code == -EPERM ||
                   code == -ENOENT || code == -EPROTONOSUPPORT;
    const char *text = ext_ack_text(msg);
    uint32_t seq = msg->nlmsg_seq;
    if (lacking)
        err_lacking(err, code, "this kernel, or this user, does not have what it needs: %s%s%s",
                    strerror(-code), *text ? ": " : "", text);
    else
        err_set(err, code, "%s%s%s", strerror(-code), *text ? ": " : "", text);
    if (seq < b->n)
        err->pos = b->pos[seq];
    return code;
}

/* What came back: 0 where there is an acknowledgement and no error. */
static int take_answers(const struct nft_batch *b, struct err *err)
{
    char buf[8192] __attribute__((aligned(NLMSG_ALIGNTO)));
    int r = 1;
    for (;;) {
        ssize_t len = recv(b->fd, buf, sizeof(buf), MSG_DONTWAIT);
        if (len < 0 && errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
            return err_sys(err, -errno, "netlink");
        if (len < 0 && errno == EAGAIN)
            break;
        int left = (int)len;
        for (const struct nlmsghdr *m = (const void *)buf; len > 0 && mnl_nlmsg_ok(m, left);
             m = mnl_nlmsg_next(m, &left)) {
            const struct nlmsgerr *e = mnl_nlmsg_get_payload(m);
            if (m->nlmsg_type != NLMSG_ERROR)
                continue;
            if (e->error)
                return refused(b, m, e->error, err);
            r = 0;
        }
    }
    return r ? err_set(err, -EIO, "the kernel does not answer") : 0;
}

/* --- Transactions ---------------------------------------------------------------------------- */

static void begin_transaction(struct nft_batch *b)
{
    b->first = b->n;
    b->bytes = 0;
    b->batch = memory_given(nftnl_batch_alloc(PAGE, OVERRUN));
    nftnl_batch_begin(nftnl_batch_buffer(b->batch), number_message(b, (struct pos){0}));
    nftnl_batch_update(b->batch);
}

static void end_transaction(struct nft_batch *b)
{
    nftnl_batch_end(nftnl_batch_buffer(b->batch), number_message(b, (struct pos){0}));
    if (nftnl_batch_update(b->batch) < 0)
        fail(b, -ENOMEM);
    bool empty = b->n == b->first + 2; /* it has nothing but its ends */
    int r = b->code < 0 || empty ? 0 : send_batch(b);
    if (r < 0)
        fail(b, r);
    if (b->code == 0 && !empty)
        b->code = take_answers(b, b->err);
    nftnl_batch_free(b->batch);
}

void nft_may_split(struct nft_batch *b)
{
    if (b->bytes < b->room / 2)
        return;
    end_transaction(b);
    begin_transaction(b);
}

/* All chains before any rule: rules jump. */
void nft_add_firewall(struct nft_batch *b, const struct firewall *fw)
{
    add_table(b, fw);
    VEC_EACH (struct fw_set *, it, &fw->sets)
        nft_add_set(b, *it);
    VEC_EACH (struct fw_chain *, it, &fw->chains)
        add_chain(b, *it);
    VEC_EACH (struct fw_chain *, it, &fw->chains) {
        VEC_EACH (const struct fw_rule, rule, &(*it)->rules) {
            nft_add_rule(b, *it, rule);
            nft_may_split(b);
        }
    }
}

static void delete_table(struct nft_batch *b, const struct firewall *fw)
{
    (void)fw;
    struct nftnl_table *table = memory_given(nftnl_table_alloc());
    struct nlmsghdr *msg = nft_begin(b, NFT_MSG_DELTABLE, 0, (struct pos){0});
    memory_taken(nftnl_table_set_str(table, NFTNL_TABLE_NAME, b->table));
    nftnl_table_nlmsg_build_payload(msg, table);
    nftnl_table_free(table);
    nft_end(b);
}

typedef void fill_fn(struct nft_batch *b, const struct firewall *fw);

/* What FN says of FW, as one transaction. */
static int transact(const char *table, fill_fn *fn, const struct firewall *fw, struct err *err)
{
    struct nft_batch b = {.fd = -1, .table = table, .err = err};
    int r = open_socket(&b.fd, err);
    if (r < 0)
        return r;
    b.room = make_room(b.fd);
    begin_transaction(&b);
    fn(&b, fw);
    end_transaction(&b);
    free(b.pos);
    close(b.fd);
    return b.code;
}

int nft_load(const struct firewall *fw, struct err *err)
{
    return transact(fw->table ? fw->table : FW_TABLE, nft_add_firewall, fw, err);
}

int nft_delete_table(const char *name, struct err *err)
{
    return transact(name, delete_table, NULL, err);
}
