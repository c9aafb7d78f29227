// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/devices/bridge.h"
#include "model/language_firewall.h"
#include "model/language_impair.h"
#include "model/language_programs.h"
#include "model/language_tests.h"
#include "model/language_routing.h"
#include "model/language_uplink.h"
#include "model/language_vlans.h"
#include "model/values.h"

/*
 * The topology language as tables, and the structs that they fill: a topology as it is written,
 * value by value, before anything refers to anything.
 */

struct iface_input {
    struct int_value type;       /* place in device_types */
    void *own;                   /* what its type's table fills; not to be written to */
    struct list_value addresses; /* of prefix_value */
    struct mac_value mac;
    struct int_value mtu, state; /* state: 0 up, 1 down */
    struct text_value alias;
    struct int_value accept_ra;
    struct vlans_value vlan;     /* of a port */
    struct map_value sysctls;    /* of text_value */
    struct impair_input *impair; /* of what this end sends; or NULL */
    bool bad;                    /* errors in it were reported */
};

struct nexthop_input {
    struct addr_value via;
    struct text_value dev;
    struct int_value weight, onlink;
    struct pos pos;
};

struct route_input {
    struct prefix_value to; /* family AF_UNSPEC: default */
    struct addr_value via, src;
    struct text_value dev;
    struct int_value metric, table, type, mtu, onlink, scope;
    struct list_value nexthops; /* of nexthop_input */
    struct pos pos;
    bool bad; /* errors in it were reported */
};

struct rule_input {
    struct prefix_value from, to; /* family AF_UNSPEC: any */
    struct text_value iif, oif;
    struct mark_value fwmark;
    struct int_value ipproto, priority, table, type;
    struct ports_value sport, dport;
    struct pos pos;
    bool bad; /* errors in it were reported */
};

struct node_input {
    struct int_value kind;            /* index in node_kinds */
    struct list_value profile;        /* of text_value */
    struct map_value interfaces;      /* of iface_input */
    struct list_value loopback;       /* of prefix_value */
    struct list_value routes;         /* of route_input */
    struct list_value routing_policy; /* of rule_input */
    struct routing_input routing;
    struct int_value forwarding, mtu;
    struct bridge bridge; /* of a switch's br0 */
    struct firewall_input firewall;
    struct uplink_input uplink;
    struct map_value sysctls, labels; /* of text_value */
    struct text_value description;
    struct programs_input programs;
};

struct endpoint_input {
    struct text_value node;
    struct text_value interface;
    struct iface_input attrs;
    struct pos pos;
};

/* The shapes that load_patterns.c makes links of, before they are read as such. */
struct shape_input {
    union {
        struct list_value ends;  /* of text_value */
        struct list_value sides; /* of list_value of text_value */
        struct {
            struct text_value center;
            struct list_value leaves; /* of text_value */
        } star;
        struct text_value grid;
    } u;
};

struct link_input {
    struct list_value endpoints, lan; /* of endpoint_input */
    struct shape_input shape;
    struct list_value addresses; /* of list_value of prefix_value */
    struct list_value subnets;   /* of prefix_value */
    struct int_value mtu, state, queues, cost;
    struct vlans_value vlan; /* of its ends at switches */
    struct map_value labels;
    struct impair_input *impair; /* of both ends; or NULL */
    struct pos pos;
};

struct addressing_input {
    struct list_value links, loopbacks; /* of prefix_value */
    struct list_value p2p, lan;         /* of int_value: prefix lengths of IPv4 and IPv6 */
    struct pos pos;
};

struct root_input {
    struct text_value name, description;
    struct map_value vars; /* of text_value, as they are written */
    struct addressing_input addressing;
    struct routing_input routing;
    struct doc_value defaults_node, defaults_link;
    struct doc_value profiles, nodes, links;
    struct list_value tests; /* of test_input */
};

extern const struct table root_table, node_table, profile_table, link_table, iface_table;

/* Of what root_input keeps as it stands: how each is read once it is merged. */
extern const struct type type_nodes, type_links, type_profiles;
extern const struct type type_vars; /* map_value of text_value */
extern const struct type type_shape_ends, type_sides, type_star, type_grid; /* shape_input */
extern const struct type type_default_node, type_default_link;

extern const struct type type_link; /* a link_input: a map, or a bare list of two endpoints */
