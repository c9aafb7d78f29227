// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/state.h"

struct topo; /* model/model.h */

/*
 * The tests of a lab, which its directory keeps for whoever tries them. A JSON array of
 *
 *   {"test": "ping", "name" (or absent), "words", "line", "column", "within" (ms), "not",
 *    "family": 4|6 (or absent), "from": [END], "to": [END], and of
 *    ping:        "size", "df", "count", "interval" (ms), "loss" (a fraction of 1)
 *    tcp, udp:    "expect", "send" (or absent)
 *    path:        "through": [{"name", "nodes": ["spine1", …]}]
 *    route:       "prefix" ("default" too; absent: to TO), "via": END (or absent), "dev"
 *    rtt:         "min", "max" (nanoseconds, 0: any), "count"
 *    throughput:  "min", "max" (bits a second, 0: any), "for" (ms)
 *    run:         "command": ["ip", …], "exit", "output" (or absent)}
 *
 * An END is {"name" (as it is written), "node", "interface", "address", "port", "all"}: "node"
 * where it is known, "interface", "address" and "port" where they are written, "all" (true) of
 * those that `all` means.
 */

/* What tests_read reads; NULL where there are none. */
char *tests_describe(const struct topo *topo);
int tests_read(const struct state *s, json_t **ret, struct err *err);

/* What a test is called: by its name, or by its words where that is NULL or "". */
const char *tests_title(const char *name, const char *words);
