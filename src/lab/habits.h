// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "kernel/sysctl.h"
#include "model/kinds.h"

/*
 * Which of the settings that a kind of node starts with really have to be written here. The first
 * node of a kind looks before it writes each; those after it write only what the first had to.
 */
struct habits;

struct habits *habits_new(void);
void habits_free(struct habits *habits); /* NULL is fine */

/*
 * Brings about what KIND starts with, in the fresh namespace that the calling thread has just made.
 * May be called by several threads. A refusal is a negative errno, *RET_REFUSED what was refused.
 */
int habits_apply(struct habits *habits, struct sysctl_door *door, const struct node_kind *kind,
                 const struct sysctl **ret_refused);
