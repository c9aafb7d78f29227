// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The one kind of device that is not made by netlink, but by opening a file. */
#include "kernel/tun.h"

#include <fcntl.h>
#include <net/if.h>
#include <sys/ioctl.h>

#include <linux/if_tun.h> /* after net/if.h: it brings the kernel's own otherwise */

#define PATH "/dev/net/tun"

static int open_device(struct err *err)
{
    int fd = open(PATH, O_RDWR | O_CLOEXEC);
    if (fd >= 0)
        return fd;
    int code = -errno;
    switch (code) {
    case -EACCES:
    case -EPERM:
        return err_lacking(err, code,
                           "This user may not open " PATH ": `sudo chmod 0666 " PATH
                           "` lets everybody");
    case -ENOENT:
    case -ENODEV:
    case -ENXIO:
        return err_lacking(err, code,
                           "There is no " PATH ": `sudo modprobe tun`, or a kernel with "
                           "CONFIG_TUN");
    default:
        return err_sys(err, code, PATH);
    }
}

int tun_check(struct err *err)
{
    CLEAN_FD int fd = open_device(err);
    return fd < 0 ? fd : 0;
}

int tun_make(const char *name, uint32_t index, bool frames, struct err *err)
{
    struct ifreq request = {.ifr_flags = (short)((frames ? IFF_TAP : IFF_TUN) | IFF_NO_PI)};
    int chosen = (int)index;
    CLEAN_FD int fd = open_device(err);
    if (fd < 0)
        return fd;
    snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
    if (ioctl(fd, TUNSETIFINDEX, &chosen) < 0 || ioctl(fd, TUNSETIFF, &request) < 0 ||
        ioctl(fd, TUNSETPERSIST, 1) < 0)
        return err_sys(err, -errno, PATH);
    return 0;
}
