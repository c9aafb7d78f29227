// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Sysctls of network namespaces. The entries of /proc/sys/net of all namespaces have equal names
 * and parents, so they hang in one chain of a procfs instance's dentry hash, and every open walks
 * through those of all namespaces that were seen through it: writing one sysctl in each of N
 * namespaces is quadratic in N. A detached procfs instance that is thrown away after some
 * namespaces keeps the chains short. Where that is not to be had (old kernel, valgrind, masked
 * /proc), the one at /proc has to do.
 */
#include "kernel/sysctl.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <string.h>
#include <sys/syscall.h>

#define NAMESPACES_A_PROCFS 50

/* A procfs that is mounted nowhere: its root, or -1. */
static int open_fresh_proc(void)
{
    CLEAN_FD int fs = (int)syscall(SYS_fsopen, "proc", FSOPEN_CLOEXEC);
    if (fs < 0 || syscall(SYS_fsconfig, fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0) < 0)
        return -1;
    return (int)syscall(SYS_fsmount, fs, FSMOUNT_CLOEXEC, 0);
}

static int door_open(struct sysctl_door *door)
{
    if (door->proc >= 0)
        return 0;
    if (!door->no_fresh)
        door->proc = open_fresh_proc();
    door->no_fresh = door->proc < 0;
    if (door->no_fresh)
        door->proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    return door->proc < 0 ? -errno : 0;
}

void sysctl_door_close(struct sysctl_door *door)
{
    fd_close(&door->proc);
    door->namespaces = 0;
}

void sysctl_door_moved(struct sysctl_door *door)
{
    if (++door->namespaces > NAMESPACES_A_PROCFS && !door->no_fresh)
        sysctl_door_close(door);
}

static int open_setting(struct sysctl_door *door, const char *path, int flags)
{
    char below[PATH_MAX];
    int r = door_open(door);
    if (r < 0)
        return r;
    if (snprintf(below, sizeof(below), "sys/%s", path) >= (int)sizeof(below))
        return -ENAMETOOLONG;
    int fd = openat(door->proc, below, flags | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

int sysctl_write(struct sysctl_door *door, const char *path, const char *value)
{
    CLEAN_FD int fd = open_setting(door, path, O_WRONLY);
    if (fd < 0)
        return fd;
    return write(fd, value, strlen(value)) < 0 ? -errno : 0;
}

/* The words of both texts are the same. */
static bool same_words(const char *a, const char *b)
{
    static const char space[] = " \t\n";
    for (;;) {
        a += strspn(a, space);
        b += strspn(b, space);
        size_t n = strcspn(a, space);
        if (n != strcspn(b, space) || strncmp(a, b, n) != 0)
            return false;
        if (!n)
            return true;
        a += n;
        b += n;
    }
}

int sysctl_is(struct sysctl_door *door, const char *path, const char *value)
{
    char now[1024];
    CLEAN_FD int fd = open_setting(door, path, O_RDONLY);
    if (fd < 0)
        return fd;
    ssize_t len = read(fd, now, sizeof(now) - 1);
    if (len < 0)
        return -errno;
    now[len] = '\0';
    return same_words(now, value);
}
