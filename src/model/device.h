// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/schema.h"
#include "model/model.h"

/*
 * What an interface can be that is no link's end. One file each in model/devices/, one line each in
 * devices.c. A type's keys are a table of its own; what it asks of the kernel is a table over the
 * same struct, from which the request, the words of ip(8) and the JSON are all made.
 */
struct loader;

/* How an option stands in the type's struct, and how the kernel wants it. What is not set is not
 * sent. */
enum option_form {
    OPTION_U8, /* struct int_value, as the next */
    OPTION_U16,
    OPTION_U32,
    OPTION_BE16,
    OPTION_BE32,
    OPTION_CHOICE_U8, /* struct int_value: the place in CHOICES, as the next */
    OPTION_CHOICE_U32,
    OPTION_CHOICE_BE16,
    OPTION_CHOICE_FLAG,  /* the same: its word alone, "nolearning" */
    OPTION_CENTISECONDS, /* struct duration_value, as the next; in 32 bits */
    OPTION_MILLISECONDS,
    OPTION_ADDR,      /* struct addr_value */
    OPTION_PARENT,    /* the device's parent; its index */
    OPTION_FLAG_BE16, /* struct int_value: CHOICES' first number where it is set */
};

struct option_choice {
    const char *word; /* of ip(8) */
    uint32_t number;  /* of the kernel */
};

struct device_option {
    const char *word; /* of ip(8); NULL: another option's word says it */
    uint16_t attr;    /* in IFLA_INFO_DATA */
    uint16_t attr6;   /* of an IPv6 address, where it is another */
    enum option_form form;
    size_t offset; /* in the type's struct */
    const struct option_choice *choices;
};

/* How the kernel is asked for one. */
enum device_maker { MAKER_NETLINK, MAKER_TUN, MAKER_LENT };

/* Where a tunnel's struct has the other end (an addr_value), and the number (an int_value) by which
 * both ends know each other. */
struct device_ends {
    size_t remote, number;
};

struct device_type {
    const char *name; /* in the file, and the kernel's word for it */
    const char *summary;
    const struct table *table; /* the keys of its own; its `what` is "a vlan" */
    size_t size;               /* of the struct that the table fills */
    const struct device_option *options;
    size_t n_options;
    enum device_maker maker;
    bool on_parent; /* made with its parent as IFLA_LINK, `link PARENT` */
    bool ports;     /* those that it is the master of carry its packets and have no addresses */
    bool numbered;  /* is on a link's segment as an end is, and numbered like one */
    bool no_mac;    /* carries IP packets, not frames */
    const struct device_ends *ends; /* of a tunnel, else NULL */
    const char *module, *config;    /* what of the kernel has it; CONFIG_… */

    /* Finds what its keys name, when all interfaces are there; false after an error. NULL: nothing
     * to do, as below. */
    bool (*load)(struct loader *l, struct iface *iface);

    /* Finds what its keys name, when all is numbered, and looks at it as a whole. */
    void (*finish)(struct loader *l, struct iface *iface);
};

/* What makes an interface a device. */
struct device {
    const struct device_type *type;
    struct iface *parent; /* what it stands on, or NULL */
    void *own;            /* its type's struct */
    struct pos pos;       /* of its type */
};

#define DEVICE_OPTIONS(array) .options = (array), .n_options = ARRAY_SIZE(array)

extern const struct device_type device_type_bond, device_type_bridge, device_type_dummy,
    device_type_geneve, device_type_gre, device_type_gretap, device_type_ip6gre, device_type_ip6tnl,
    device_type_ipip, device_type_macvlan, device_type_physical, device_type_sit, device_type_tap,
    device_type_tun, device_type_vlan, device_type_vrf, device_type_vxlan, device_type_wireguard;

/* The number of a VLAN, 0 of anything else; the routing table of a VRF. */
uint32_t vlan_id(const struct iface *iface);
uint32_t vrf_table(const struct iface *iface);

/* Of a physical one: its name on the host; NULL of anything else. */
const char *iface_host_interface(const struct iface *iface);

/* The node's end of an uplink that is a pair; no type of the file's. */
extern const struct device_type device_type_uplink_pair;

/* All of them, NULL at the end. */
extern const struct device_type *const device_types[];

/* Whether IFACE is a device of TYPE. */
static inline bool iface_is(const struct iface *iface, const struct device_type *type)
{
    return iface->device && iface->device->type == type;
}
