// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Where this machine's own packets leave it. */
#include "kernel/default_route.h"

#include <errno.h>
#include <linux/if.h>
#include <stdio.h>

#include "base/err.h"

int default_route_each(default_route_fn *fn, void *arg)
{
    char line[512], iface[IFNAMSIZ];
    unsigned to, mask;
    int r = 0;
    CLEAN_FILE FILE *routes = fopen("/proc/thread-self/net/route", "re");
    if (!routes)
        return err_shortage(-errno);
    while (!r && fgets(line, sizeof(line), routes))
        if (sscanf(line, "%15s %x %*x %*x %*d %*d %*d %x", iface, &to, &mask) == 3 && !to && !mask)
            r = fn(arg, iface);
    return r;
}
