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
#include <string.h>
#include <sys/stat.h>

#include "kernel/creds.h"
#include "kernel/mounts.h"
#include "kernel/netns.h"
#include "lab/files.h"

struct making {
    const struct state *state;
    const struct programs *own; /* or NULL */
    int netns;
    int fd;
    int code;
    struct err *err;
};

/* What the lab has in place of a file of the machine's. */
struct replaced {
    const char *file, *path;
    int fd; /* from before the node's own /run, in which it may lie */
};

static int open_replaced(const struct state *s, struct replaced *replaced, struct err *err)
{
    char from[PATH_MAX + 64];
    /* by its path: what S->dir leads to is in the mount namespace of who opened that */
    snprintf(from, sizeof(from), "%s/%s/%s", s->root, s->name, replaced->file);
    replaced->fd = open(from, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    return replaced->fd < 0 ? err_sys(err, -errno, "%s", from) : 0;
}

/* The machine's file may be a link into its /run, where the node has nothing yet. */
static void make_target(const char *path)
{
    char to[PATH_MAX], *run;
    ssize_t n = readlink(path, to, sizeof(to) - 1);
    to[n > 0 ? n : 0] = '\0';
    run = str_starts(to, "../run/") ? to + 2 : to;
    if (!str_starts(run, "/run/"))
        return;
    for (char *slash = strchr(run + strlen("/run/"), '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (!mkdir(run, 0755))
            chmod(run, 0755);
        *slash = '/';
    }
    int fd = open(run, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    fd_close(&fd);
}

static int put_over(const struct making *m, const struct replaced *replaced, struct err *err)
{
    char from[64];
    if (m->own && files_have(m->own, replaced->path))
        return 0;
    if (m->own)
        make_target(replaced->path);
    snprintf(from, sizeof(from), "/proc/self/fd/%d", replaced->fd);
    return mounts_file_over(from, replaced->path, err);
}

static int furnish(const struct making *m, struct replaced replaced[2], struct err *err)
{
    int r = netns_enter(m->netns, err); /* whose /sys it will be */
    if (!r)
        r = creds_unshare(CLONE_NEWNS, "The node may not have mounts of its own", err);
    if (!r)
        r = mounts_sys(err);
    for (int i = 0; i < 2 && !r; i++)
        r = open_replaced(m->state, &replaced[i], err);
    if (!r && m->own)
        r = files_furnish(m->own, err);
    for (int i = 0; i < 2 && !r; i++)
        r = put_over(m, &replaced[i], err);
    return r;
}

static void *make(void *arg)
{
    struct making *m = arg;
    struct replaced replaced[2] = {
        {STATE_HOSTS, "/etc/hosts", -1},
        {STATE_RESOLV, "/etc/resolv.conf", -1},
    };
    m->code = furnish(m, replaced, m->err);
    for (int i = 0; i < 2; i++)
        fd_close(&replaced[i].fd);
    if (m->code)
        return NULL;
    m->fd = open("/proc/thread-self/ns/mnt", O_RDONLY | O_CLOEXEC);
    m->code = m->fd < 0 ? err_sys(m->err, -errno, "/proc/thread-self/ns/mnt") : 0;
    return NULL;
}

int view_new(const struct state *s, int netns, const struct programs *own, int *ret_fd,
             struct err *err)
{
    struct making m = {.state = s, .own = own, .netns = netns, .fd = -1, .err = err};
    pthread_t thread;
    int r = pthread_create(&thread, NULL, make, &m);
    if (r)
        return err_sys(err, -r, "starting a thread");
    pthread_join(thread, NULL);
    *ret_fd = m.fd;
    return m.code;
}
