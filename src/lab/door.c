// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Ways into a lab. Descriptors from the keeper, not /proc/PID/ns: they are the lab's for certain,
 * and need no right to look into another process.
 */
#include "lab/door.h"

#include <string.h>

#include "lab/control.h"
#include "lab/roster.h"

void door_close(struct door *door)
{
    fd_close(&door->pid);
    fd_close(&door->mnt);
    fd_close(&door->net);
    fd_close(&door->user);
}

static int no_such_node(const struct state *s, const char *node, struct err *err)
{
    CLEAN_ROSTER struct roster roster = {0};
    int r = roster_read(s, &roster, err);
    return r ? r : roster_check(&roster, s, node, err);
}

int door_open(int connection, const struct state *s, const char *node, struct door *ret,
              struct err *err)
{
    struct control_request request = {.verb = CONTROL_JOIN};
    int fds[CONTROL_FDS_MAX];
    if (node && (!*node || strlen(node) >= sizeof(request.node)))
        return no_such_node(s, node, err);
    if (node)
        memccpy(request.node, node, '\0', sizeof(request.node));
    err->code = 0;
    int n = control_ask(connection, s, &request, fds, err);
    if (n == 3 || n == 4) {
        *ret = (struct door){fds[0], fds[1], fds[2], n == 4 ? fds[3] : -1};
        return 0;
    }
    if (n >= 0) {
        while (n-- > 0)
            close(fds[n]);
        return err_set(err, -EPROTO, "the keeper of lab '%s' is of another version", s->name);
    }
    if (err->code)
        return n;
    if (n == -ENOENT)
        return no_such_node(s, node, err);
    if (n == -EPERM)
        return err_set(err, n, "lab '%s' is another user's: become that user first", s->name);
    if (n == -EACCES)
        return err_set(err, n, "the kernel forbids node '%s' its own /sys and /etc/hosts", node);
    return err_sys(err, n, "asking the keeper of lab '%s'", s->name);
}
