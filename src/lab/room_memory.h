// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/model.h"

/* About what the kernel takes for a lab of TOPO, in bytes. */
uint64_t room_memory_need(const struct topo *topo);

/* What can still be had on this machine. */
bool room_memory_available(uint64_t *ret);

/*
 * The control group (version 2, mounted at ROOT) with the least memory left, among the one that the
 * file SELF (/proc/self/cgroup) names and those above it: its path and what is left. False where
 * none has a limit.
 */
bool room_memory_group(const char *root, const char *self, struct str *ret_path, uint64_t *ret);
