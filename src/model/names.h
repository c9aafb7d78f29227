// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/*
 * What may be called what. Each test has the same said as a regular expression (ECMA-262, for the
 * JSON Schema) beside it; a test holds the two together.
 */
bool lab_name_valid(const char *name);
#define LAB_NAME_PATTERN "^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$"

/* A letter or digit, then those, `_ . -`; at most 63 bytes; `all` is taken. */
bool node_name_valid(const char *name);
#define NODE_NAME_PATTERN "^(?!all$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$"

/* A service's: as a node's; `firewall` is the name of another log. */
bool service_name_valid(const char *name);
#define SERVICE_NAME_PATTERN "^(?!(firewall|exec)$)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$"

/* What the kernel takes (dev_valid_name in net/core/dev.c), without `%` (it would number them),
 * without `all` and `default`, which are something else below /proc/sys/net/ipv4/conf, and without
 * characters that a terminal obeys. */
bool iface_name_valid(const char *name);
#define IFACE_PATTERN "(?!(\\.|\\.\\.|all|default)$)[^/:%\\s\\x00-\\x1f\\x7f-\\x9f]{1,15}"
#define IFACE_NAME_PATTERN "^" IFACE_PATTERN "$"

/* NODE or NODE:INTERFACE. */
bool endpoint_valid(const char *text);
#define ENDPOINT_PATTERN                                                                           \
    "^(?!all(:|$))[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(:" IFACE_PATTERN ")?$"

/* A sysctl of the network, dotted or with slashes as sysctl(8) has it. */
bool sysctl_name_valid(const char *name);
#define SYSCTL_NAME_PATTERN "^net((\\.[^.\\s/]+(/[^.\\s/]+)*)+|(/[^./\\s][^/\\s]*)+)$"

/* One of an interface: `ipv4.rp_filter`, `ipv6.neigh.retrans_time_ms`. */
bool iface_sysctl_valid(const char *name);
#define IFACE_SYSCTL_PATTERN "^(ipv4|ipv6|mpls)(\\.neigh)?\\.[a-z0-9_]+$"

/* The key of a label. */
bool label_valid(const char *key);
#define LABEL_PATTERN "^[^=\\s]+$"

/* A chain's or set's: what nft takes, at most 64 bytes. */
bool fw_name_valid(const char *name);
#define FW_NAME_PATTERN "[A-Za-z][A-Za-z0-9_.-]{0,63}"
