// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "plan/plan.h"

/*
 * Operations in the words of ip(8) and sysctl(8): what follows `ip -n NODE`, without the node. The
 * text plan and the shell script say the same thing with them.
 */

/* "net.ipv4.ip_forward=1"; names with dots in them as sysctl(8) has them. */
void words_sysctl(struct str *s, const struct sysctl *sysctl);

/* What a device is to be called: "bridge", "dummy", "tap". */
const char *device_word(const struct iface *iface);

/* " index 16 mtu 9000 address 52:…" and such of one end, in the order of `ip link add`. */
void words_end(struct str *s, const struct iface *iface, uint32_t queues);

/* "route add 10.0.0.0/24 via 10.0.1.1 dev eth0 metric 5", with -4 or -6 where it must be told. */
void words_route(struct str *s, const struct route *route);

/* "rule add priority 10000 from 10.0.0.0/24 lookup 100" of FAMILY. */
void words_rule(struct str *s, const struct rule *rule, int family);

/* The families RULE is made for, at most two; the number of them. */
unsigned rule_families(const struct rule *rule, int ret_families[2]);
