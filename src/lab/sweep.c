// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Clearing away dead labs. The guard does it at once; when it was killed too, the next command
 * does. Both go the same way, and both may be killed half way and be followed by another: each
 * step can be done again.
 *
 * Whoever has the lock first waits for the keeper's end on a pidfd (until then its programs may
 * still run), then puts back what was changed outside, then removes the directory. Who does not
 * get the lock waits for the one who has it; a keeper or guard that was stopped is woken, and in
 * the end killed, as a dead lab must not keep its name for ever. The same goes for a helper of
 * `exec` (enter.c) that was stopped, without which the kernel does not let the keeper go.
 */
#include "lab/sweep.h"

#include <fcntl.h>

#include "lab/deadline.h"
#include "lab/outside.h"

enum {
    PATIENCE_MS = 10000,  /* until it is given up */
    WAKE_MS = 300,        /* until a keeper or guard that may be stopped is woken, */
    KILL_MS = 3000,       /* until the keeper is killed, */
    KILL_GUARD_MS = 5000, /* and its guard */
    NAMELESS_MS = 500,    /* until a lock that nobody has put a name to counts as one in use */
    LOOK_MS = 2,          /* between two looks, */
    HURRY_MS = 20,        /* and between those that go through all processes */
};

/* Waits for the end of the process in FILE, killed first: nobody is to live on without a lock. */
static int wait_for(const struct state *s, const char *file, struct err *err)
{
    struct proc_id id;
    int r = state_read_proc(s, file, &id);
    CLEAN_FD int pidfd = r ? r : procs_open(&id);
    if (err_is_shortage(pidfd))
        return err_sys(err, pidfd, "waiting for the end of lab '%s'", s->name);
    if (pidfd < 0)
        return 0;
    procs_signal(pidfd, SIGKILL);
    if (procs_wait_first(pidfd, PATIENCE_MS))
        return 0;
    return err_set(err, -ETIMEDOUT,
                   "lab '%s' is dead, but its %s (process %d) is not gone after %d seconds.\n"
                   "A program of the lab cannot be ended: it hangs in the kernel, or it is a "
                   "zombie whose parent is stopped.\n`ps -eo pid,ppid,stat,comm` shows it (state D "
                   "or Z); wake or end its parent and try again.",
                   s->name, file, id.pid, PATIENCE_MS / 1000);
}

int sweep_locked(struct state *s, struct err *err)
{
    int r = wait_for(s, STATE_KEEPER, err);
    if (r)
        return r;
    CLEAN_FD int journal = openat(s->dir, STATE_OUTSIDE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (journal >= 0)
        r = outside_undo(s, journal, NULL, err);
    else if (errno != ENOENT)
        r = err_sys(err, -errno, "%s/%s/" STATE_OUTSIDE, s->root, s->name);
    if (r)
        return err_context(err, "lab '%s' is dead, but not all is put back", s->name);
    r = state_remove(s);
    fd_close(&s->lock);
    return r ? err_sys(err, r, "removing %s/%s", s->root, s->name) : 0;
}

static void nudge(const struct state *s, const char *file, int sig)
{
    CLEAN_FD int pidfd = state_open_proc(s, file);
    if (pidfd >= 0)
        procs_signal(pidfd, sig);
}

static void hurry(const struct state *s, int64_t waited_ms)
{
    if (waited_ms < WAKE_MS)
        return;
    procs_wake_holders();
    nudge(s, STATE_KEEPER, waited_ms < KILL_MS ? SIGCONT : SIGKILL);
    nudge(s, STATE_GUARD, waited_ms < KILL_GUARD_MS ? SIGCONT : SIGKILL);
}

/* Locked a moment ago, or nearly gone: which one, only time tells. */
static bool is_nameless(const struct state *s)
{
    return !state_has(s, STATE_UP) && !state_has(s, STATE_KEEPER);
}

int sweep_lab(struct state *s, bool stopping_too, struct err *err)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    while (deadline_left(&deadline)) {
        int r = state_try_lock(s, false);
        if (!r)
            return sweep_locked(s, err);
        if (r == -ENOENT)
            return state_remove_empty(s);
        if (r != -EWOULDBLOCK)
            return err_sys(err, r, "locking %s/%s", s->root, s->name);
        enum lab_life life = state_life(s);
        if (life == LAB_STOPPING && stopping_too)
            deadline = deadline_in(PATIENCE_MS); /* as long as its programs are given */
        else if (life != LAB_DYING)
            return -EBUSY;
        if (deadline_waited(&deadline) > NAMELESS_MS && is_nameless(s))
            return -EBUSY;
        int64_t waited = deadline_waited(&deadline);
        hurry(s, waited);
        procs_sleep_ms(waited < WAKE_MS ? LOOK_MS : HURRY_MS);
    }
    return err_set(err, -ETIMEDOUT,
                   "lab '%s' is dead, but another process holds %s/%s/" STATE_LOCK
                   " and does not let go.\n`fuser -v %s/%s/" STATE_LOCK "` shows which.",
                   s->name, s->root, s->name, s->root, s->name);
}

static int sweep_one(void *arg, struct state *s)
{
    struct err err;
    (void)arg;
    sweep_lab(s, false, &err);
    return 0;
}

void sweep_all(const char *root)
{
    state_each(root, sweep_one, NULL);
    rmdir(root); /* where nothing is in it: of an `up` that was killed at once */
}
