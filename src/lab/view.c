// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Making views: in a thread, which can have a mount namespace of its own and be gone, while the
 * caller stays where it is.
 */
#include "lab/view.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>

#include "kernel/mounts.h"
#include "kernel/netns.h"

struct making {
    const struct state *state;
    int netns;
    int fd;
    int code;
};

static int put_over(const struct state *s, const char *file, const char *path, struct err *err)
{
    char from[PATH_MAX + 64];
    snprintf(from, sizeof(from), "%s/%s/%s", s->root, s->name, file);
    return mounts_file_over(from, path, err);
}

static int furnish(const struct making *m, struct err *err)
{
    int r = netns_enter(m->netns, err); /* whose /sys it will be */
    if (!r && unshare(CLONE_NEWNS))
        r = err_sys(err, -errno, "making a mount namespace");
    if (!r)
        r = mounts_sys(err);
    if (!r)
        r = put_over(m->state, STATE_HOSTS, "/etc/hosts", err);
    if (!r)
        r = put_over(m->state, STATE_RESOLV, "/etc/resolv.conf", err);
    return r;
}

static void *make(void *arg)
{
    struct making *m = arg;
    struct err err;
    m->code = furnish(m, &err);
    if (m->code)
        return NULL;
    m->fd = open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC);
    m->code = m->fd < 0 ? -errno : 0;
    return NULL;
}

int view_new(const struct state *s, int netns, int *ret_fd)
{
    struct making m = {.state = s, .netns = netns, .fd = -1};
    pthread_t thread;
    int r = pthread_create(&thread, NULL, make, &m);
    if (r)
        return -r;
    pthread_join(thread, NULL);
    *ret_fd = m.fd;
    return m.code == -EPERM ? -EACCES : m.code;
}
