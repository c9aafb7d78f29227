// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "args.h"
#include "cli.h"

/*
 * Brings up the lab of TOPOLOGY, read from FILE, with a bar on a terminal, as --quiet and --verbose
 * want it. *RET_TIE (NULL: the lab lives on by itself) holds the lab up until it is closed. 0, or
 * the exit status after saying what went wrong; *RET_SECONDS is how long it took. Does not come
 * back from a signal that ends programs: it ends this one, too, when nothing is left of the lab.
 */
int build_lab(const struct args *args, const char *file, const nslab_topology *topology,
              int *ret_tie, double *ret_seconds);
