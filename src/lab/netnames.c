// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Names for `ip -n LAB.NODE` and `ip netns exec LAB.NODE`: symbolic links to the keeper's
 * descriptors. They hold nothing up, unlike the bind mounts of `ip netns add`: with the keeper
 * gone they lead nowhere.
 *
 * The directory itself may be ours too. It is shared by all labs of root, so whoever finds it in
 * the journal of another lab writes it into its own: then the last lab to go takes it away.
 */
#include "lab/netnames.h"

#include <string.h>
#include <sys/stat.h>

#include "lab/outside.h"

static int holds_directory(void *arg, struct state *s)
{
    (void)arg;
    return outside_holds(s->dir, STATE_OUTSIDE, OUTSIDE_DIRECTORY, NETNAMES_DIRECTORY);
}

/* One lab at a time: who made it is known to others from the moment that it is there. */
static int make_directory(const struct state *s, struct outside *journal)
{
    CLEAN_FD int lock = outside_lock(s->root);
    (void)lock;
    /* in this order: who takes it away in between has it in the journal still, or it is gone */
    int held = state_each(s->root, holds_directory, NULL);
    if (held < 0)
        return held;
    if (held || access(NETNAMES_DIRECTORY, F_OK))
        outside_note(journal, OUTSIDE_DIRECTORY, NETNAMES_DIRECTORY, "");
    int r = outside_commit(journal);
    if (r)
        return r;
    if (!mkdir(NETNAMES_DIRECTORY, 0755))
        return chmod(NETNAMES_DIRECTORY, 0755) ? -errno : 0;
    return errno == EEXIST ? 0 : -errno;
}

static void link_path(const struct netnames *t, uint32_t i, char *ret)
{
    snprintf(ret, PATH_MAX, NETNAMES_DIRECTORY "/%s.%s", t->state->name, t->names[i]);
}

static void link_target(const struct netnames *t, uint32_t i, char *ret)
{
    snprintf(ret, 64, "/proc/%d/fd/%d", (int)t->keeper, t->fds[i]);
}

static int add_link(const struct state *s, const char *path, const char *target, struct err *err)
{
    for (int i = 0; i < 100; i++) {
        if (!symlink(target, path))
            return 0;
        if (errno != ENOENT)
            break;
        /* another lab, the last one, took the directory away */
        struct outside journal = {.fd = -1};
        int r = outside_open(s->dir, STATE_OUTSIDE, &journal);
        if (!r)
            r = make_directory(s, &journal);
        outside_done(&journal);
        if (r)
            return err_sys(err, r, "making " NETNAMES_DIRECTORY);
    }
    if (errno == EEXIST)
        return err_set(
            err, -EEXIST,
            "%s is there already, and not made by this lab: `ip netns delete %s` removes "
            "it, or give the lab another name (--name)",
            path, strrchr(path, '/') + 1);
    return err_sys(err, -errno, "making %s", path);
}

static int write_journal(const struct netnames *t, uint32_t end)
{
    char path[PATH_MAX], target[64];
    CLEAN_OUTSIDE struct outside journal = {.fd = -1};
    int r = outside_open(t->state->dir, STATE_OUTSIDE, &journal);
    if (!r && !t->done)
        r = make_directory(t->state, &journal);
    for (uint32_t i = t->done; !r && i < end; i++) {
        link_path(t, i, path);
        link_target(t, i, target);
        outside_note(&journal, OUTSIDE_LINK, path, target);
    }
    return r ? r : outside_commit(&journal);
}

int netnames_add(struct netnames *t, uint32_t max, struct err *err)
{
    char path[PATH_MAX], target[64];
    uint32_t end = t->n - t->done < max ? t->n : t->done + max;
    int r = t->done < end ? write_journal(t, end) : 0;
    if (r)
        return err_sys(err, r, "making " NETNAMES_DIRECTORY " and names in it");
    for (; !r && t->done < end; t->done++) {
        link_path(t, t->done, path);
        link_target(t, t->done, target);
        r = add_link(t->state, path, target, err);
    }
    return r;
}
