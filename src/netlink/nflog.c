// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Packets that nftables logs to a group of NFLOG. */
#include "netlink/nflog.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_log.h>
#include <string.h>
#include <sys/socket.h>

#include "netlink/nl.h"

enum {
    BYTES_OF_PACKET = 160, /* for the headers */
    RECEIVE_BUFFER = 1 << 20,
    MESSAGE_MAX = 16384,
};

/* Each packet at once, its first bytes, numbered. */
static void put_config(struct nl_msg *m, uint16_t group)
{
    struct nfgenmsg header = {.version = NFNETLINK_V0, .res_id = htons(group)};
    struct nfulnl_msg_config_cmd bind = {.command = NFULNL_CFG_CMD_BIND};
    struct nfulnl_msg_config_mode mode = {.copy_range = htonl(BYTES_OF_PACKET),
                                          .copy_mode = NFULNL_COPY_PACKET};
    nl_put_header(m, &header, sizeof(header));
    nl_put(m, NFULA_CFG_CMD, &bind, sizeof(bind));
    nl_put(m, NFULA_CFG_MODE, &mode, sizeof(mode));
    nl_put_u32(m, NFULA_CFG_QTHRESH, htonl(1));
    nl_put_u16(m, NFULA_CFG_FLAGS, htons(NFULNL_CFG_F_SEQ));
}

/* The kernel has answered when the request is sent. */
static int ask(int fd, const struct nlmsghdr *request)
{
    char buf[1024] __attribute__((aligned(NLMSG_ALIGNTO)));
    if (send(fd, request, request->nlmsg_len, 0) < 0)
        return -errno;
    ssize_t len = recv(fd, buf, sizeof(buf), 0);
    const struct nlmsghdr *msg = (const void *)buf;
    if (len < 0)
        return -errno;
    if (!mnl_nlmsg_ok(msg, (int)len) || msg->nlmsg_type != NLMSG_ERROR)
        return -EPROTO;
    return ((const struct nlmsgerr *)mnl_nlmsg_get_payload(msg))->error;
}

static int refused(int code, struct err *err)
{
    if (code == -EPROTONOSUPPORT || code == -EINVAL || code == -ENOENT || code == -EOPNOTSUPP)
        return err_lacking(err, code,
                           "logging needs nfnetlink_log, which this kernel does not have "
                           "(CONFIG_NETFILTER_NETLINK_LOG)");
    return err_sys(err, code, "listening to what is logged");
}

int nflog_open(uint16_t group, int *ret, struct err *err)
{
    char buf[512] __attribute__((aligned(NLMSG_ALIGNTO)));
    struct nl_msg m;
    int size = RECEIVE_BUFFER;
    CLEAN_FD int fd =
        socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_NETFILTER);
    if (fd < 0)
        return refused(-errno, err);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
    nl_msg_init(&m, buf, sizeof(buf), NFNL_SUBSYS_ULOG << 8 | NFULNL_MSG_CONFIG,
                NLM_F_REQUEST | NLM_F_ACK);
    put_config(&m, group);
    int r = ask(fd, m.hdr);
    if (r < 0)
        return refused(r, err);
    *ret = TAKE_FD(fd);
    return 0;
}

static int take_attr(const struct nlattr *attr, void *arg)
{
    struct nflog_entry *e = arg;
    uint16_t len = mnl_attr_get_payload_len(attr);
    const void *data = mnl_attr_get_payload(attr);
    switch (mnl_attr_get_type(attr)) {
    case NFULA_PACKET_HDR:
        if (len >= sizeof(struct nfulnl_msg_packet_hdr))
            e->hook = ((const struct nfulnl_msg_packet_hdr *)data)->hook;
        break;
    case NFULA_MARK:
        e->mark = len >= 4 ? ntohl(mnl_attr_get_u32(attr)) : 0;
        break;
    case NFULA_IFINDEX_INDEV:
        e->iif = len >= 4 ? ntohl(mnl_attr_get_u32(attr)) : 0;
        break;
    case NFULA_IFINDEX_OUTDEV:
        e->oif = len >= 4 ? ntohl(mnl_attr_get_u32(attr)) : 0;
        break;
    case NFULA_PREFIX:
        e->prefix = mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) < 0 ? "" : data;
        break;
    case NFULA_SEQ:
        e->seq = len >= 4 ? ntohl(mnl_attr_get_u32(attr)) : 0;
        break;
    case NFULA_PAYLOAD:
        e->packet = data;
        e->len = len;
        break;
    default:
        break;
    }
    return MNL_CB_OK;
}

/* Whether MSG, with LEFT bytes from its beginning on, is whole. libmnl takes a length beyond
 * INT_MAX for a negative one. */
static bool is_whole(const struct nlmsghdr *msg, int left)
{
    return left >= (int)sizeof(*msg) && msg->nlmsg_len <= (uint32_t)left && mnl_nlmsg_ok(msg, left);
}

void nflog_parse(const void *bytes, size_t len, nflog_fn *fn, void *arg)
{
    int left = (int)len;
    for (const struct nlmsghdr *msg = bytes; is_whole(msg, left);
         msg = mnl_nlmsg_next(msg, &left)) {
        struct nflog_entry entry = {.prefix = ""};
        if (msg->nlmsg_type != (NFNL_SUBSYS_ULOG << 8 | NFULNL_MSG_PACKET) ||
            mnl_nlmsg_get_payload_len(msg) < sizeof(struct nfgenmsg))
            continue;
        mnl_attr_parse(msg, sizeof(struct nfgenmsg), take_attr, &entry);
        fn(arg, &entry);
    }
}

/* Programs in the node may write to this socket too, if they are its root. */
bool nflog_read(int fd, unsigned max, nflog_fn *fn, void *arg)
{
    static char buf[MESSAGE_MAX] __attribute__((aligned(NLMSG_ALIGNTO)));
    while (max-- > 0) {
        struct sockaddr_nl from;
        socklen_t from_len = sizeof(from);
        ssize_t got =
            recvfrom(fd, buf, sizeof(buf), MSG_DONTWAIT, (struct sockaddr *)&from, &from_len);
        if (got < 0 && (errno == ENOBUFS || errno == EINTR))
            continue; /* some got lost: the numbers tell */
        if (got <= 0)
            return false;
        if (from.nl_pid == 0)
            nflog_parse(buf, (size_t)got, fn, arg);
    }
    return true;
}
