// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What this process may do, and how an ordinary user gets what it takes: a user namespace that
 * maps this one user to root.
 *
 * Systems refuse that in different places: unshare itself (a switch, a limit, a container's
 * seccomp filter), or every capability afterwards (AppArmor). So nothing here is decided by
 * version or setting; the call is made, and only when it fails settings are read, to say why.
 */
#include "kernel/creds.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>

#include "kernel/numbers.h"

bool creds_privileged(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data))
        return false;
    uint32_t need = CAP_TO_MASK(CAP_SYS_ADMIN) | CAP_TO_MASK(CAP_NET_ADMIN);
    return (data[0].effective & need) == need;
}

static bool has_seccomp_filter(void)
{
    int mode;
    return line_scan("/proc/self/status", "Seccomp: %d", &mode) && mode == 2;
}

/* Settings that take namespaces from ordinary users: what each is when it does, and the error that
 * comes of it (0: any but ENOSPC). */
static const struct {
    const char *path;
    uint64_t refuses;
    int code;
    const char *text;
} switches[] = {
    {"/proc/sys/kernel/unprivileged_userns_clone", 0, 0,
     "kernel.unprivileged_userns_clone is 0. Allow it: "
     "sudo sysctl kernel.unprivileged_userns_clone=1"},
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1, 0,
     "kernel.apparmor_restrict_unprivileged_userns is 1: AppArmor takes every capability from "
     "user namespaces of ordinary users. Allow them: "
     "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"},
    {"/proc/sys/user/max_user_namespaces", 0, ENOSPC,
     "user.max_user_namespaces is 0. Allow some: sudo sysctl user.max_user_namespaces=10000"},
    {"/proc/sys/user/max_net_namespaces", 0, ENOSPC,
     "user.max_net_namespaces is 0. Allow some: sudo sysctl user.max_net_namespaces=10000"},
};

static const char *find_reason(int code)
{
    int kind = code == -ENOSPC || code == -EUSERS ? ENOSPC : 0;
    for (size_t i = 0; i < ARRAY_SIZE(switches); i++) {
        uint64_t is;
        if (switches[i].code == kind && number_read(switches[i].path, &is) &&
            is == switches[i].refuses)
            return switches[i].text;
    }
    if (kind == ENOSPC)
        return "A limit on namespaces is reached (user.max_*_namespaces). End other labs or "
               "containers, or raise it";
    if (has_seccomp_filter())
        return "This looks like a container, whose seccomp profile refuses it. Start the "
               "container with --privileged, or with --security-opt seccomp=unconfined and "
               "--security-opt systempaths=unconfined";
    return "No setting that is known to refuse it is set";
}

int creds_refused(struct err *err, int code, const char *what)
{
    return err_lacking(
        err, code, "%s: %s.\n%s.\nRoot needs no user namespace. `nslab doctor` checks the rest.",
        what, strerror(-code), find_reason(code));
}

static int write_text(const char *path, const char *text)
{
    CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return write(fd, text, strlen(text)) < 0 ? -errno : 0;
}

int creds_enter_userns(struct err *err)
{
    char uid_map[32], gid_map[32];
    snprintf(uid_map, sizeof(uid_map), "0 %u 1", geteuid());
    snprintf(gid_map, sizeof(gid_map), "0 %u 1", getegid());
    if (unshare(CLONE_NEWUSER))
        return creds_refused(err, -errno, "This user may not make a user namespace");
    int r = write_text("/proc/self/uid_map", uid_map);
    if (!r)
        r = write_text("/proc/self/setgroups", "deny");
    if (!r)
        r = write_text("/proc/self/gid_map", gid_map);
    return r ? creds_refused(err, r, "This user may not be root in a user namespace of its own")
             : 0;
}
