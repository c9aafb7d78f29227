// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/model.h"

/*
 * What a node can be. One file each in model/kinds/, one line each in kinds.c.
 */
struct node_kind {
    const char *name;
    const char *summary;
    bool bridges;                 /* has br0 over all its link ends */
    bool forwards;                /* passes on what is not for it */
    bool learns;                  /* that bridge learns addresses */
    bool uplink;                  /* has a way out of the lab */
    const struct sysctl *sysctls; /* what it starts with beyond node_base_sysctls, N, in order */
    size_t n;
};

/* What every node starts with, in this order, before what its kind wants. */
extern const struct sysctl node_base_sysctls[];
extern const size_t node_base_sysctls_n;

extern const struct node_kind node_kind_host, node_kind_router, node_kind_switch, node_kind_hub,
    node_kind_nat;

/* All of them, NULL at the end; the first is the default. */
extern const struct node_kind *const node_kinds[];
