// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

#pragma once

#include "cli.h"

/*
 * Runs ARGV in all NODES (a JSON array of names) of LAB at once and waits for all. What they print
 * comes out line by line, on stdout or stderr as they sent it, behind "NODE | ". Their
 * standard input is empty. Gives the exit status: in the order of NODES the first that is not 0.
 */
int fanout_exec(const char *lab, const json_t *nodes, char *const argv[]);
