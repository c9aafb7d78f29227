// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include "base/addr.h"

/* Addresses as sockets have them. */
union sockaddr_any {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

/* ADDR with PORT (host order) in RET; its length. */
socklen_t sockaddr_put(const struct addr *addr, uint16_t port, union sockaddr_any *ret);
struct addr sockaddr_addr(const union sockaddr_any *from);

/* What goes along with one packet: FROM as its source (AF_UNSPEC: none said), TTL (0: the
 * default). Into MSG's control buffer, which has CONTROL_SIZE bytes. */
#define CONTROL_SIZE (CMSG_SPACE(sizeof(struct in6_pktinfo)) + CMSG_SPACE(sizeof(int)))
void sockets_put_control(struct msghdr *msg, int family, const struct addr *from, int ttl);

int sockets_set(int fd, int level, int option, int value); /* 0 or a negative errno */

struct probe_outcome;

/* Reads the socket's queue of errors (IP_RECVERR) empty: who said the last one, and what, into OUT,
 * where it came from the network. */
void sockets_read_errors(int fd, struct probe_outcome *out);

/* A socket of FAMILY and TYPE that does not wait and keeps such a queue, bound to FROM unless that
 * is AF_UNSPEC. A descriptor, or a negative errno. */
int sockets_open(int family, int type, const struct addr *from);
int sockets_error(int fd); /* SO_ERROR: 0 or a negative errno */
