// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "kernel/numbers.h"

#include <fcntl.h>
#include <inttypes.h>

int number_read(const char *path, uint64_t *ret)
{
    char text[32];
    CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);
    if (len < 0)
        return -errno;
    text[len] = '\0';
    return sscanf(text, "%" SCNu64, ret) == 1 ? 0 : -EINVAL;
}

int number_write(const char *path, uint64_t value)
{
    CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return dprintf(fd, "%" PRIu64, value) < 0 ? -errno : 0;
}

bool line_scan(const char *path, const char *format, void *ret)
{
    CLEAN_FREE char *line = NULL;
    size_t size = 0;
    CLEAN_FILE FILE *file = fopen(path, "re");
    while (file && getline(&line, &size, file) > 0) {
        if (sscanf(line, format, ret) == 1)
            return true;
    }
    return false;
}
