// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

#define NETNAMES_DIRECTORY "/run/netns"

/*
 * Makes each of the N nodes of lab S visible to iproute2: NETNAMES_DIRECTORY/LAB.NODE points at
 * descriptor FDS[i] of process KEEPER (its number outside). Journaled in S. A name that is taken
 * is an error, never replaced.
 */
int netnames_add(const struct state *s, pid_t keeper, const char *const *names, const int *fds,
                 uint32_t n, struct err *err);
