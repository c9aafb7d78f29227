// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include "base/util.h"

/* The next hops of routes, as the kernel tells them (rtnetlink(7), RTA_MULTIPATH). */

/* The first of the nest MULTIPATH, and the one behind HOP there; NULL: there is none. RTNH_OK alone
 * looks at a hop's length before it asks whether there is one. */
struct rtnexthop *hops_first(const struct nlattr *multipath);
struct rtnexthop *hops_next(const struct nlattr *multipath, const struct rtnexthop *hop);

#define HOPS_EACH(hop, multipath)                                                                  \
    for (struct rtnexthop *hop = hops_first(multipath); hop; hop = hops_next(multipath, hop))

/* Whether ROUTE, an RTM_NEWROUTE, leads over the interface INDEX, by one hop or by one of many. */
bool hops_lead_over(const struct nlmsghdr *route, uint32_t index);
