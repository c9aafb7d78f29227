// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

/* A way into a lab: descriptors of its namespaces. */
struct door {
    int pid;
    int mnt, net; /* of a node, or of the keeper */
    int user; /* -1 where the lab has none of its own */
};

#define DOOR_NONE ((struct door){.pid = -1, .mnt = -1, .net = -1, .user = -1})
#define CLEAN_DOOR CLEANUP(door_close)
void door_close(struct door *door);

/* Asks the keeper on CONNECTION (control_connect) for the way into NODE, or where that is NULL to
 * the keeper itself. An unknown node is STATUS_WRONG, with the nearest name. */
int door_open(int connection, const struct state *s, const char *node, struct door *ret,
              struct err *err);
