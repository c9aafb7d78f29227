// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Who is in which node, as /proc shows it from outside: programs that came in through nslab, and
 * strangers, which entered a network namespace without the lab's PID namespace (`ip netns exec`).
 * The lab's own processes stand in no node.
 */
#include "lab/members.h"

struct scan {
    const struct roster *roster;
    members_fn *fn;
    void *arg;
};

static int look(void *arg, pid_t pid)
{
    const struct scan *scan = arg;
    uint64_t netns = procs_namespace(pid, "net");
    struct member m = {.node = netns ? roster_find(scan->roster, netns) : NULL};
    int r = m.node ? procs_identify(pid, &m.id) : -ESRCH;
    if (r)
        return err_shortage(r);
    m.stranger = procs_namespace(pid, "pid") != scan->roster->pidns;
    return scan->fn(scan->arg, &m);
}

int members_each(const struct roster *r, members_fn *fn, void *arg)
{
    struct scan scan = {.roster = r, .fn = fn, .arg = arg};
    return procs_each(look, &scan);
}
