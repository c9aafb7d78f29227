// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/model.h"

typedef void room_warn_fn(void *arg, const char *text);

/*
 * Looks whether this machine has room for a lab of TOPO, before anything of it is built. What
 * cannot work is an error, STATUS_LACKING; what may not goes to FN (NULL: nowhere) and says what
 * to type. PRIVILEGED: what root's labs raise by themselves (neighbours.h) is not warned of.
 */
int room_check(const struct topo *topo, bool privileged, room_warn_fn *fn, void *arg,
               struct err *err);
