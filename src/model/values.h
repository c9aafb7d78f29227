// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"

/*
 * The types of values in a topology, for the tables in language.c. What each fills is said beside
 * it; see doc/schema.h.
 */

/* struct text_value */
extern const struct type type_lab_name, type_node_name, type_profile_name, type_iface_name,
    type_alias;

/* struct map_value of text_value */
extern const struct type type_sysctls, type_iface_sysctls, type_labels;

/* struct list_value of prefix_value */
extern const struct type type_ifaddrs, type_loopbacks;

/* struct int_value: numbers */
extern const struct type type_mtu, type_queues, type_u32, type_priority, type_route_mtu,
    type_weight, type_table_id, type_protocol;

/* struct int_value: places in a list of words; the numbers they stand for are in the arrays */
extern const struct type type_state, type_route_type, type_scope, type_rule_type;
extern const uint8_t route_type_values[], scope_values[], rule_type_values[];

/* struct prefix_value; its family is AF_UNSPEC for `default` and `all` */
extern const struct type type_destination, type_selector;
extern const struct type type_subnet;
extern const struct type type_network; /* bare or with a length */

/* struct addr_value: a next hop */
extern const struct type type_via;

struct mark_value {
    uint32_t mark, mask;
    struct pos pos;
};
extern const struct type type_mark;

/* A 32-bit number, decimal or 0x…, at TEXT; *RET_END is what follows it. */
#define U32_PATTERN                                                                                \
    "(0x0*[0-9a-fA-F]{1,8}|0*(429496729[0-5]|42949672[0-8][0-9]|4294967[01][0-9]{2}|429496[0-6]"   \
    "[0-9]{3}|42949[0-5][0-9]{4}|4294[0-8][0-9]{5}|429[0-3][0-9]{6}|42[0-8][0-9]{7}|4[01][0-9]"    \
    "{8}|[1-3][0-9]{9}|[1-9][0-9]{0,8}|0))"
bool u32_parse(const char *text, uint32_t *ret, const char **ret_end);

/* Whether TEXT could be a node's name, or NODE:INTERFACE, where an address is wanted. */
bool is_name_for_address(const char *text);
extern const struct type type_cost;
extern const struct type type_name_for_address; /* for describing */

/* 1 to 65535, without zeros before it. */
#define PORT_PATTERN                                                                               \
    "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})"

struct ports_value {
    uint16_t first, last;
    struct pos pos;
};
extern const struct type type_ports;
