// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

struct roster_node {
    uint64_t netns; /* inode of its network namespace */
    const char *name;
};

/* The nodes of a lab that stands, in the topology's order. */
struct roster {
    long long since; /* Unix time */
    uint64_t pidns;  /* inode of the lab's PID namespace */
    uint32_t n;
    struct roster_node *nodes;
    char *text; /* what the names point into */
};

#define CLEAN_ROSTER CLEANUP(roster_done)
void roster_done(struct roster *r);

/* What the keeper wrote, as text: since and PID namespace, then a line a node. */
void roster_begin(struct str *out, long long since, uint64_t pidns);
void roster_add(struct str *out, uint64_t netns, const char *name);

/* From TEXT, which it takes over. */
int roster_parse(char *text, struct roster *ret);

/* Of lab S; one that does not stand yet is an error. */
int roster_read(const struct state *s, struct roster *ret, struct err *err);

/* The node whose namespace it is, or NULL. */
const struct roster_node *roster_find(const struct roster *r, uint64_t netns);

/* The place of the node NAME; UINT32_MAX: there is none. */
uint32_t roster_number(const struct roster *r, const char *name);

/* Whether NODE is one of lab S. If not, an error that is STATUS_WRONG and names the nearest. */
int roster_check(const struct roster *r, const struct state *s, const char *node, struct err *err);
