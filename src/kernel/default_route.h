// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/* Gets the name of an interface; anything but 0 ends the walk. */
typedef int default_route_fn(void *arg, const char *iface);

/* Calls FN for each interface that a default route of IPv4 leads to, in this thread's network
 * namespace (/proc/thread-self/net/route). What FN gave, or 0; or what there was too little of
 * to look (err_is_shortage). */
int default_route_each(default_route_fn *fn, void *arg);
