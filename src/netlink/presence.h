// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "netlink/nl.h"

/*
 * Whether something is there, in the network namespace of a socket: 1, 0, or a negative errno with
 * ERR filled.
 */

/* A TCP socket that listens on PORT, or a UDP socket that is bound to it and connected to nobody;
 * NL is of NETLINK_SOCK_DIAG. */
int presence_listener(struct nl *nl, uint8_t protocol, uint16_t port, struct err *err);

/* A route of the main table to exactly TO. */
int presence_route(struct nl *nl, const struct prefix *to, struct err *err);

/* An entry of the neighbour table with a MAC address. */
int presence_neighbour(struct nl *nl, const struct addr *addr, struct err *err);

/* An interface that runs (see rtnl_link_runs). */
int presence_interface(struct nl *nl, const char *name, struct err *err);
