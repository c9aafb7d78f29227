// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Taking a lab down: asking its keeper, and where that does not help, killing it. Either way it is
 * over only when the keeper is gone, by its pidfd, and when what it changed outside is put back
 * and its directory gone.
 *
 * Strangers are looked up while the lab lives, and looked at again after: once the namespaces are
 * gone their inode numbers may be those of another lab's.
 */
#include "base/vec.h"
#include "lab/control.h"
#include "lab/deadline.h"
#include "lab/find.h"
#include "lab/guard.h"
#include "lab/lab.h"
#include "lab/ps.h"
#include "lab/sweep.h"

enum {
    GRACE_MAX_MS = 24 * 60 * 60 * 1000,
    SLACK_MS = 3000, /* beyond the grace, for a keeper to end */
    BEGIN_MS = 5000, /* for a lab in the making to have a keeper that can be ended */
};

struct strangers {
    struct arena *arena;
    VEC(struct stranger {
        struct proc_id id;
        uint64_t netns;
        json_t *json;
    })
    list;
};

static int note_stranger(void *arg, const struct member *m)
{
    struct strangers *strangers = arg;
    json_t *json;
    int r = m->stranger ? ps_describe_member(m, &json) : -ESRCH;
    if (r)
        return err_shortage(r);
    struct stranger *stranger = vec_add(strangers->arena, &strangers->list);
    *stranger = (struct stranger){m->id, m->node->netns, json};
    return 0;
}

/* A lab that is being built, or is half gone, has none that could be told. */
static int note_strangers(const struct state *s, struct strangers *strangers, struct err *err)
{
    CLEAN_ROSTER struct roster roster = {0};
    int r = roster_read(s, &roster, err);
    if (r)
        return err_shortage(r);
    r = members_each(&roster, note_stranger, strangers);
    return r ? err_sys(err, r, "looking at the processes") : 0;
}

/* Those that are still there, and hold the namespace. */
static json_t *left_strangers(struct strangers *strangers)
{
    json_t *list = json_array();
    VEC_EACH (struct stranger, s, &strangers->list) {
        if (procs_life(&s->id) == PROC_ALIVE && procs_namespace(s->id.pid, "net") == s->netns)
            json_array_append(list, s->json);
        json_decref(s->json);
    }
    return list;
}

/* Whether the keeper took the word. */
static bool ask_to_stop(const struct state *s, unsigned grace_ms)
{
    struct control_request request = {.verb = CONTROL_STOP, .grace_ms = grace_ms};
    struct err ignored;
    int fds[CONTROL_FDS_MAX];
    CLEAN_FD int connection = -1;
    return !control_connect(s, &connection, &ignored) &&
           control_ask(connection, s, &request, fds, &ignored) == 0;
}

/* Until the keeper is gone. One that is still building has nothing to stop for. */
static void end_keeper(const struct state *s, int pidfd, unsigned grace_ms)
{
    procs_signal(pidfd, SIGCONT);
    bool stopping = state_life(s) == LAB_STOPPING || ask_to_stop(s, grace_ms);
    if (!stopping || !procs_wait_first(pidfd, (int)grace_ms + SLACK_MS))
        procs_signal(pidfd, SIGKILL);
}

/* Until nothing is left of it. A lab that came into its place since is another one. */
static int end_lab(struct state *s, unsigned grace_ms, struct err *err)
{
    struct proc_id keeper = {0}, first = {0};
    struct deadline deadline = deadline_in(BEGIN_MS);
    for (;;) {
        bool known = !state_read_proc(s, STATE_KEEPER, &keeper);
        first = first.pid ? first : keeper;
        CLEAN_FD int pidfd = known ? procs_open(&keeper) : -1;
        CLEAN_FD int guard = state_open_proc(s, STATE_GUARD);
        if (first.pid != keeper.pid || first.start != keeper.start)
            return 0;
        if (known && procs_life(&keeper) == PROC_UNKNOWN)
            return err_set(err, -ESRCH,
                           "lab '%s' was brought up in another PID namespace (a container?), and "
                           "can only be taken down from there",
                           s->name);
        if (pidfd >= 0)
            end_keeper(s, pidfd, grace_ms);
        int r = sweep_lab(s, true, err);
        if (r != -EBUSY && guard >= 0)
            procs_wait(guard, GUARD_END_MS);
        if (r != -EBUSY)
            return r;
        if (!deadline_left(&deadline))
            return err_set(err, r, "lab '%s' is being built, and cannot be stopped yet", s->name);
        procs_sleep_ms(2);
    }
}

int lab_down(const char *name, unsigned grace_ms, json_t **ret_strangers, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    struct strangers strangers = {0};
    if (grace_ms > GRACE_MAX_MS)
        grace_ms = GRACE_MAX_MS;
    int r = find_lab(name, &s, err);
    if (r)
        return r;
    strangers.arena = arena_new();
    r = note_strangers(&s, &strangers, err);
    if (!r)
        r = end_lab(&s, grace_ms, err);
    json_t *left = left_strangers(&strangers);
    arena_free(strangers.arena);
    if (!r)
        *ret_strangers = left;
    else
        json_decref(left);
    return r;
}
