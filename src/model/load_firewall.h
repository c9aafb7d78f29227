// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/map.h"
#include "model/load.h"

/* The loading of one node's firewall, in several files. */
struct fw_loader {
    struct loader *l;
    struct diags *d;
    struct arena *arena;
    struct node *node;
    const struct firewall_input *in;
    struct firewall *fw;
    struct map sets, chains; /* by name; chains: own ones */
    const char *base;        /* the file's name without its folders, for comments */
    uint32_t next_id;
    bool of_node; /* something in it depends on what the node has */
};

/* Reports that NAME is no WHAT ("set", "chain") of those in MAP, with the nearest. */
void fw_unknown(struct fw_loader *f, struct pos pos, const char *what, const char *name);

/* Reports a name that no set or chain can have. */
void fw_check_name(struct fw_loader *f, const struct text_value *name);

/* load_fw_sets.c: the named sets. */
void fw_load_sets(struct fw_loader *f);

/* Sorts N values of one type, merges those that touch where MERGE is true, and reports two that
 * overlap; false then. *N is how many are left. POS are their places, or NULL. */
bool fw_check_values(struct fw_loader *f, struct fw_written *v, uint32_t *n, bool merge);

/* Reports an interface that the node does not have; a name with a `*`, which no set holds, is not
 * looked up. */
bool fw_check_iface(struct fw_loader *f, const struct fw_value *value, struct pos pos, bool in_set);

/* load_fw_rule.c: IN becomes one rule in CHAIN, or two. What is wrong with it by itself is
 * reported; whether the chain can have it is for check_firewall.c. */
void fw_load_rule(struct fw_loader *f, const struct fw_rule_input *in, struct fw_chain *chain);

/* load_fw_names.c: the addresses that NAME stands for, IPv4 and IPv6, family 0 where there is none;
 * false after an error was reported. */
bool fw_name_addrs(struct fw_loader *f, const char *name, struct pos pos, struct addr ret[2]);

/* IN with addresses in place of the names that it matches; IN itself where it has none, NULL after
 * an error was reported. */
const struct fw_rule_input *fw_mean_names(struct fw_loader *f, const struct fw_rule_input *in);

/* The rule that a node with an uplink has at the end of CHAIN: what leaves by it is masqueraded. */
void fw_add_masquerade(struct fw_loader *f, struct fw_chain *chain);

/* What a rule is, as its action says. */
enum fw_sort fw_sort_of(const struct fw_rule_input *in);
enum fw_verdict fw_verdict_of(const struct fw_rule_input *in);

/* check_firewall.c: what only all chains together show; puts own chains in order. */
void fw_check(struct fw_loader *f);
