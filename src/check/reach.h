// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "base/err.h"

struct reach_options {
    const char *from, *to; /* NULL: all */
    bool ipv4, ipv6;       /* which families; neither: every one that both ends have */
    uint32_t packets;      /* to each, that are counted; 0: one, and more where it is lost */
    uint32_t timeout_ms;   /* 0: REACH_TIMEOUT_MS */
};

#define REACH_TIMEOUT_MS 4000 /* a neighbour is given up after three seconds */

/*
 * Who of lab NAME reaches whom. FROM and TO are lists of "NODE", "NODE:INTERFACE", patterns of
 * either; TO may be addresses, too. All means every node that has an address but for switches.
 * *RET, a new reference: {"lab", "nodes": [names, of all that take part], "left_out": [nodes
 * without an address, where all were asked], "pairs": [{"from", "to", "family": "ipv4"|"ipv6" and
 * "address" (null both where there is none), "answered": bool, "sent", "received", "rtt": {"min",
 * "avg", "max"} (milliseconds; where it was answered), "reason" (where something is missing)}],
 * "asked", "answered"}.
 */
int lab_reach(const char *name, const struct reach_options *options, json_t **ret, struct err *err);
