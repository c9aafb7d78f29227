// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What the program needs to be the same with ThreadSanitizer (linked with --wrap=setns): that has a
 * thread of its own in each process, and no one joins a mount namespace who shares root and working
 * directory with another thread.
 */
#include <sched.h>

int __real_setns(int fd, int kind);
int __wrap_setns(int fd, int kind);

int __wrap_setns(int fd, int kind)
{
    if (kind == CLONE_NEWNS && unshare(CLONE_FS))
        return -1;
    return __real_setns(fd, kind);
}
