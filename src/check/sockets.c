// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "check/sockets.h"

#include <linux/errqueue.h>
#include <string.h>

#include "check/icmp.h"
#include "check/probe.h"

socklen_t sockaddr_put(const struct addr *addr, uint16_t port, union sockaddr_any *ret)
{
    memset(ret, 0, sizeof(*ret));
    ret->any.sa_family = addr->family;
    if (addr->family == AF_INET) {
        ret->v4.sin_port = htons(port);
        memcpy(&ret->v4.sin_addr, addr->bytes, 4);
        return sizeof(ret->v4);
    }
    ret->v6.sin6_port = htons(port);
    memcpy(&ret->v6.sin6_addr, addr->bytes, 16);
    return sizeof(ret->v6);
}

struct addr sockaddr_addr(const union sockaddr_any *from)
{
    struct addr addr = {.family = (uint8_t)from->any.sa_family};
    if (addr.family == AF_INET)
        memcpy(addr.bytes, &from->v4.sin_addr, 4);
    else if (addr.family == AF_INET6)
        memcpy(addr.bytes, &from->v6.sin6_addr, 16);
    return addr;
}

static void put_control(struct msghdr *msg, size_t *used, int level, int type, const void *data,
                        size_t len)
{
    struct cmsghdr *c = (struct cmsghdr *)((char *)msg->msg_control + *used);
    c->cmsg_level = level;
    c->cmsg_type = type;
    c->cmsg_len = CMSG_LEN(len);
    memcpy(CMSG_DATA(c), data, len);
    *used += CMSG_SPACE(len);
}

void sockets_put_control(struct msghdr *msg, int family, const struct addr *from, int ttl)
{
    size_t used = 0;
    memset(msg->msg_control, 0, CONTROL_SIZE);
    if (from->family == AF_INET && family == AF_INET) {
        struct in_pktinfo info = {0};
        memcpy(&info.ipi_spec_dst, from->bytes, 4);
        put_control(msg, &used, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
    } else if (from->family == AF_INET6 && family == AF_INET6) {
        struct in6_pktinfo info = {0};
        memcpy(&info.ipi6_addr, from->bytes, 16);
        put_control(msg, &used, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info));
    }
    if (ttl && family == AF_INET)
        put_control(msg, &used, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl));
    else if (ttl)
        put_control(msg, &used, IPPROTO_IPV6, IPV6_HOPLIMIT, &ttl, sizeof(ttl));
    msg->msg_controllen = used;
    if (!used)
        msg->msg_control = NULL;
}

int sockets_set(int fd, int level, int option, int value)
{
    return setsockopt(fd, level, option, &value, sizeof(value)) ? -errno : 0;
}

int sockets_open(int family, int type, const struct addr *from)
{
    union sockaddr_any addr;
    socklen_t len = sockaddr_put(from, 0, &addr);
    CLEAN_FD int fd = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    int r = family == AF_INET ? sockets_set(fd, IPPROTO_IP, IP_RECVERR, 1)
                              : sockets_set(fd, IPPROTO_IPV6, IPV6_RECVERR, 1);
    if (!r && from->family != AF_UNSPEC && bind(fd, &addr.any, len))
        r = -errno;
    return r ? r : TAKE_FD(fd);
}

int sockets_error(int fd)
{
    int error = 0;
    socklen_t len = sizeof(error);
    return getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) ? -errno : -error;
}

static void take_error(const struct sock_extended_err *error, struct probe_outcome *out)
{
    union sockaddr_any who;
    bool v4 = error->ee_origin == SO_EE_ORIGIN_ICMP;
    if (!v4 && error->ee_origin != SO_EE_ORIGIN_ICMP6)
        return;
    memcpy(&who, SO_EE_OFFENDER(error), v4 ? sizeof(who.v4) : sizeof(who.v6));
    out->by = sockaddr_addr(&who);
    out->icmp_type = error->ee_type;
    out->icmp_code = error->ee_code;
    if (icmp_is_too_big(out->by.family, error->ee_type, error->ee_code))
        out->mtu = error->ee_info;
}

void sockets_read_errors(int fd, struct probe_outcome *out)
{
    char control[512] __attribute__((aligned(8))), nothing[1];
    struct iovec part = {nothing, sizeof(nothing)};
    for (;;) {
        struct msghdr msg = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof(control)};
        if (recvmsg(fd, &msg, MSG_ERRQUEUE | MSG_DONTWAIT) < 0)
            return;
        for (struct cmsghdr *c = CMSG_FIRSTHDR(&msg); c; c = CMSG_NXTHDR(&msg, c)) {
            bool v4 = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR;
            bool v6 = c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR;
            if (v4 || v6)
                take_error((const struct sock_extended_err *)CMSG_DATA(c), out);
        }
    }
}
