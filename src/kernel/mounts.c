// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Mounts of a lab and of what runs in it. A mount namespace here is a slave of the host's: a
 * private one would keep busy what the host wants to unmount, for as long as the lab lives.
 */
#include "kernel/mounts.h"

#include <sys/mount.h>

#include "kernel/creds.h"

#define HARMLESS (MS_NOSUID | MS_NODEV | MS_NOEXEC)

int mounts_follow_host(struct err *err)
{
    if (mount("none", "/", "none", MS_SLAVE | MS_REC, NULL))
        return creds_refused(err, -errno, "The lab may not have mounts of its own");
    return 0;
}

int mounts_proc(struct err *err)
{
    if (mount("proc", "/proc", "proc", HARMLESS, NULL))
        return creds_refused(err, -errno, "The lab may not mount its /proc");
    return 0;
}

int mounts_sys(struct err *err)
{
    if (!mount("sysfs", "/sys", "sysfs", HARMLESS, NULL))
        return 0;
    /* a user namespace may not have it writable where the host itself sees it read-only */
    if (errno == EPERM && !mount("sysfs", "/sys", "sysfs", HARMLESS | MS_RDONLY, NULL))
        return 0;
    return creds_refused(err, -errno, "The node may not mount its /sys");
}

int mounts_file_over(const char *from, const char *to, struct err *err)
{
    if (!mount(from, to, "none", MS_BIND, NULL) || (errno == ENOENT && access(to, F_OK)))
        return 0;
    return err_sys(err, -errno, "putting %s in place of %s", from, to);
}
