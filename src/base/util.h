// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Number of elements of an array (not of a pointer). */
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* printf-like functions: F is the format's place, A that of the first argument, from 1. */
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

#define CLEANUP(f) __attribute__((cleanup(f)))

/* Locals that let go of what they hold when they leave scope. */
#define CLEAN_FD CLEANUP(fd_close)
#define CLEAN_FILE CLEANUP(file_close)
#define CLEAN_FREE CLEANUP(mem_free)

/* Hands over what a cleanup local holds: its value, leaving the empty one behind. */
#define TAKE_FD(fd)                                                                                \
    __extension__({                                                                                \
        int *take_ = &(fd);                                                                        \
        int taken_ = *take_;                                                                       \
        *take_ = -1;                                                                               \
        taken_;                                                                                    \
    })
#define TAKE(p)                                                                                    \
    __extension__({                                                                                \
        __typeof__(&(p)) take_ = &(p);                                                             \
        __typeof__(p) taken_ = *take_;                                                             \
        *take_ = NULL;                                                                             \
        taken_;                                                                                    \
    })

/* Closes *FD where it is open (>= 0), keeping errno. */
static inline void fd_close(int *fd)
{
    int saved = errno;
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
    errno = saved;
}

/* Writes all LEN bytes; 0, or a negative errno. */
static inline int fd_write_all(int fd, const char *text, size_t len)
{
    while (len) {
        ssize_t n = write(fd, text, len);
        if (n < 0 && errno != EINTR)
            return -errno;
        text += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* Appends all LEN bytes to a file (O_APPEND), or nothing: what a full disk let through goes again,
 * unless somebody has written behind it. 0, or a negative errno. */
static inline int fd_append(int fd, const char *text, size_t len)
{
    struct stat before, after;
    if (fstat(fd, &before))
        return -errno;
    ssize_t n = write(fd, text, len);
    int r = n == (ssize_t)len ? 0 : n < 0 ? -errno : -ENOSPC;
    if (r && n > 0 && !fstat(fd, &after) && after.st_size == before.st_size + n &&
        ftruncate(fd, before.st_size))
        r = -errno;
    return r;
}

static inline void file_close(FILE **file)
{
    if (*file)
        fclose(*file);
    *file = NULL;
}

static inline void mem_free(void *p)
{
    void *memory;
    memcpy(&memory, p, sizeof(memory));
    free(memory);
}
