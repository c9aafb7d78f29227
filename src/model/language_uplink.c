// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The table of `uplink`, as in language.c. */
#include "model/language_uplink.h"

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)

static const char *const modes[] = {"pasta", "slirp4netns", "veth", NULL};
static const struct type type_mode = {
    .expects = "one of pasta, slirp4netns, veth",
    .read = read_enum,
    .describe = describe_enum,
    .words = modes,
};

static const struct type type_subnets = {
    .expects = "a list of subnets, one of a family, like [100.127.1.0/24]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_subnet,
    .size = sizeof(struct prefix_value),
    .min = 1,
    .max = 2,
};

static const struct field uplink_fields[] = {
    {"mode", "pasta or slirp4netns, where not given the one that is installed; veth: for root",
     &type_mode, offsetof(struct uplink_input, mode)},
    {"interface", "its name in the node (default uplink)", &type_iface_name,
     offsetof(struct uplink_input, interface)},
    {"subnets", "between the node and the host (default 100.127.N.0/24, N from 1 on)",
     &type_subnets, offsetof(struct uplink_input, subnets)},
};
static const struct table uplink_table = {
    .name = "uplink",
    .what = "an uplink",
    FIELDS(uplink_fields),
};

static bool read_uplink(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    if (doc_is_nothing(n))
        return true;
    ((struct uplink_input *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

const struct type type_uplink = {
    .expects = "what a way out is like: {mode: pasta}",
    .read = read_uplink,
    .describe = describe_table,
    .table = &uplink_table,
};
