// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Making and entering network namespaces. A namespace lives as long as something holds it; here
 * that is one descriptor, so that nothing needs a process or a name.
 */
#include "kernel/netns.h"

#include <fcntl.h>
#include <sched.h>

int netns_open_own(int *ret_fd, struct err *err)
{
    int fd = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        *ret_fd = fd;
        return 0;
    }
    int code = -errno;
    err_sys(err, code, "opening /proc/thread-self/ns/net");
    if (code != -EMFILE && code != -ENFILE)
        return code;
    return err_lacking(err, code,
                       "no descriptor left for a network namespace (one a node is needed): raise "
                       "the hard limit of open files (ulimit -Hn)");
}

static int refused(int code, struct err *err)
{
    switch (code) {
    case -ENOSPC:
        return err_lacking(err, code,
                           "this user may make no more network namespaces: raise "
                           "user.max_net_namespaces");
    case -EPERM:
        return err_lacking(err, code, "this user may not make network namespaces");
    case -EINVAL:
        return err_lacking(err, code, "this kernel has no network namespaces (CONFIG_NET_NS)");
    default:
        return err_sys(err, code, "making a network namespace");
    }
}

int netns_new(int *ret_fd, struct err *err)
{
    if (unshare(CLONE_NEWNET) < 0)
        return refused(-errno, err);
    return netns_open_own(ret_fd, err);
}

int netns_enter(int fd, struct err *err)
{
    if (setns(fd, CLONE_NEWNET) < 0)
        return err_sys(err, -errno, "entering a network namespace");
    return 0;
}
