// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Several links as one. The bond has the addresses and the MTU, its members carry the packets. It
 * looks after their links from the start (the kernel by itself would not), so that it takes another
 * when one fails.
 */
#include <netinet/in.h>

#include <linux/if_bonding.h>
#include <linux/if_link.h>

#include "model/kinds.h"
#include "model/language_devices.h"
#include "model/load_devices.h"

#define MIIMON_DEFAULT_US 100000

struct bond {
    struct list_value members; /* of text_value */
    struct int_value mode;
    struct duration_value miimon;
};

static const char *const mode_words[] = {"balance-rr", "active-backup", "balance-xor", "broadcast",
                                         "802.3ad",    "balance-tlb",   "balance-alb", NULL};
static const struct option_choice modes[] = {
    {"balance-rr", BOND_MODE_ROUNDROBIN}, {"active-backup", BOND_MODE_ACTIVEBACKUP},
    {"balance-xor", BOND_MODE_XOR},       {"broadcast", BOND_MODE_BROADCAST},
    {"802.3ad", BOND_MODE_8023AD},        {"balance-tlb", BOND_MODE_TLB},
    {"balance-alb", BOND_MODE_ALB},
};
static const struct type type_mode = {
    .expects = "one of balance-rr, active-backup, balance-xor, broadcast, 802.3ad, balance-tlb, "
               "balance-alb",
    .read = read_enum,
    .describe = describe_enum,
    .words = mode_words,
};

/* The kernel counts milliseconds, in 31 bits. */
static const struct type type_miimon = {
    TIME("a time of at least 1ms, in whole ms, up to 500h, like 100ms or 1s", 1000,
         500 * 3600 * 1000000L),
};

static const struct field fields[] = {
    {"members", "the interfaces that are one", &type_other_ifaces, offsetof(struct bond, members),
     FIELD_REQUIRED},
    {"mode", "how they share: balance-rr (default), active-backup, 802.3ad, …", &type_mode,
     offsetof(struct bond, mode)},
    {"miimon", "how often it looks after their links (default 100ms)", &type_miimon,
     offsetof(struct bond, miimon)},
};
static const struct table table = DEVICE_TABLE("a", "bond", fields);

static const struct device_option options[] = {
    {"mode", IFLA_BOND_MODE, .form = OPTION_CHOICE_U8, .offset = offsetof(struct bond, mode),
     .choices = modes},
    {"miimon", IFLA_BOND_MIIMON, .form = OPTION_MILLISECONDS,
     .offset = offsetof(struct bond, miimon)},
};

/* The kernel gives members the MTU of the bond; where only they have one, that is the bond's. */
static bool share_mtu(struct loader *l, struct iface *iface)
{
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        struct iface *member = *it;
        if (member->master != iface || !member->mtu || member->mtu == iface->mtu)
            continue;
        if (iface->mtu) {
            diag_error(l->r.diags, load_source(l, member)->mtu,
                       "%s has MTU %u, but its bond %s has %u", iface_label(l->scratch, member),
                       member->mtu, iface->name, iface->mtu);
            return false;
        }
        iface->mtu = member->mtu;
        load_source(l, iface)->mtu = load_source(l, member)->mtu;
    }
    return true;
}

static bool load(struct loader *l, struct iface *iface)
{
    struct bond *bond = iface->device->own;
    struct iface *bridge = iface->node->kind->bridges ? iface->node->ifaces.v[0] : NULL;
    device_default(iface, &bond->mode, 0);
    if (!bond->miimon.pos.line)
        bond->miimon = (struct duration_value){MIIMON_DEFAULT_US, iface->device->pos};
    if (!iface->master && bridge) { /* in place of its members, a switch's link ends */
        iface->master = bridge;
        iface->no_learning = !iface->node->kind->learns;
    }
    return device_take_members(l, iface, &bond->members) && share_mtu(l, iface);
}

const struct device_type device_type_bond = {
    .name = "bond",
    .summary = "several links as one",
    .table = &table,
    .size = sizeof(struct bond),
    DEVICE_OPTIONS(options),
    .ports = true,
    .numbered = true,
    .module = "bonding",
    .config = "BONDING",
    .load = load,
};
