// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "args.h"
#include "cli.h"

/*
 * What a command is about: a topology file, a lab, nodes of a lab. All of these print what is
 * wrong themselves and give the exit status; 0 where *RET is set.
 */

/* WORD, or nslab.yaml or topology.yaml of the current folder where WORD is NULL. Borrowed. */
int target_file(const char *word, const char **ret);

/*
 * Reads FILE, minding --name and --set, and prints what is wrong with it to stderr. Only a valid
 * topology is given out. Warnings are left out with --quiet.
 */
int target_topology(const struct args *args, const char *file, nslab_topology **ret);

/*
 * The name of a lab: WORD, or what $NSLAB_LAB says, or the only one that runs. WORD may be a
 * topology file in place of a name. The lab need not run. The caller frees it.
 */
int target_lab(const char *word, char **ret);

/* The lab that --lab names, or the default. */
int target_lab_option(const struct args *args, char **ret);

/* Whether TEXT stands for several nodes: a list "r1,r2" or a pattern "r*". */
bool target_is_pattern(const char *text);

/* The names of LAB's nodes that TEXT (name, list, pattern) stands for, each once: a JSON array of
 * texts, in the order of TEXT, those of a pattern in the order of the lab. */
int target_nodes(const char *lab, const char *text, json_t **ret);
