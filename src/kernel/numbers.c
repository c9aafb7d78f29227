// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "kernel/numbers.h"

#include <fcntl.h>
#include <inttypes.h>

bool number_read(const char *path, uint64_t *ret)
{
    char text[32];
    CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
    if (len <= 0)
        return false;
    text[len] = '\0';
    return sscanf(text, "%" SCNu64, ret) == 1;
}

int number_write(const char *path, uint64_t value)
{
    CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return dprintf(fd, "%" PRIu64, value) < 0 ? -errno : 0;
}
