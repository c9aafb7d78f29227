// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "kernel/tun.h"

#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <string.h>
#include <sys/ioctl.h>

#define DEVICE "/dev/net/tun"

static int open_device(struct err *err)
{
    int fd = open(DEVICE, O_RDWR | O_CLOEXEC);
    if (fd >= 0)
        return fd;
    int code = -errno;
    switch (code) {
    case -EACCES:
    case -EPERM:
        return err_lacking(err, code,
                           "This user may not open " DEVICE ": `sudo chmod 0666 " DEVICE
                           "` lets everybody");
    case -ENOENT:
    case -ENODEV:
    case -ENXIO:
        return err_lacking(err, code,
                           "There is no " DEVICE ": `sudo modprobe tun`, or a kernel "
                           "with CONFIG_TUN");
    default:
        return err_sys(err, code, "opening " DEVICE);
    }
}

int tun_check(struct err *err)
{
    CLEAN_FD int fd = open_device(err);
    return fd < 0 ? fd : 0;
}

int tun_add_tap(const char *name, uint32_t index, struct err *err)
{
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    CLEAN_FD int fd = open_device(err);
    if (fd < 0)
        return fd;
    memcpy(request.ifr_name, name, strnlen(name, IFNAMSIZ - 1));
    if (ioctl(fd, TUNSETIFINDEX, &index) || ioctl(fd, TUNSETIFF, &request) ||
        ioctl(fd, TUNSETPERSIST, 1))
        return err_sys(err, -errno, "making a tap");
    return 0;
}
