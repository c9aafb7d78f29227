// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Bringing a lab up: the side of the one who asks.
 *
 * It makes the state directory, with the lock held, and writes into it all that needs the model;
 * then it starts the guard and listens. Whatever goes wrong from there on, here or there, it
 * closes its end of talk, which ends the lab, and waits until nothing is left before it returns:
 * the end of talk comes when guard and keeper end, and the guard is the last to be gone.
 *
 * Ctrl-C reaches only this process, as guard and keeper have no terminal. It is taken back as a
 * failure to the caller, after the clean-up, and then done again, to act as it would have.
 */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

#include "kernel/creds.h"
#include "lab/cables.h"
#include "lab/deadline.h"
#include "lab/describe.h"
#include "lab/find.h"
#include "lab/firewall.h"
#include "lab/guard.h"
#include "lab/lab.h"
#include "lab/needs.h"
#include "lab/raw_nft.h"
#include "lab/lent.h"
#include "lab/sweep.h"
#include "lab/talk.h"
#include "lab/tests.h"
#include "lab/uplinks.h"

enum {
    END_MS = 5000, /* for guard and keeper to be gone; then they are killed */
    TRIES = 100,   /* to get a directory while others come and go */
};

struct up {
    const struct lab_up_options *options;
    struct uplink_programs programs;
    struct state state;
    int talk;    /* our end */
    int guard;   /* pidfd, or negative: it may be gone already */
    int signals; /* signalfd */
    sigset_t taken, before;
    int caught; /* the signal that ended it, or 0 */
    bool ready, failed;
};

static int runs_already(const struct state *s, struct err *err)
{
    struct proc_id id = {0};
    if (state_life(s) != LAB_RUNNING) {
        state_read_proc(s, STATE_UP, &id);
        return err_set(err, -EEXIST, "lab '%s' is being built already, by process %d", s->name,
                       id.pid);
    }
    return err_set(err, -EEXIST,
                   "lab '%s' runs already: `nslab down %s` ends it, --name NAME builds another "
                   "beside it",
                   s->name, s->name);
}

/* Takes the directory S if it is new: 0, or -EAGAIN where it is not. */
static int take_state(struct state *s, struct err *err)
{
    int r = state_try_lock(s, false);
    if (r == -ENOENT && state_is_new(s)) /* one that has something in it and no lock is not ours */
        r = state_try_lock(s, true);
    if (r || !state_is_new(s)) {
        fd_close(&s->lock);
        return -EAGAIN;
    }
    /* at once: a lock without a name makes others wait for one */
    r = state_write_proc(s, STATE_UP, getpid());
    if (!r)
        return 0;
    state_remove(s);
    return err_sys(err, r, "writing to %s/%s", s->root, s->name);
}

/* A directory that is new and locked. */
static int create_state(const char *root, const char *name, struct state *ret, struct err *err)
{
    for (int i = 0; i < TRIES; i++) {
        CLEAN_STATE struct state s = STATE_NONE;
        int r = state_make(root, name, &s, err);
        if (r)
            return r;
        r = take_state(&s, err);
        if (!r) {
            *ret = s;
            s = STATE_NONE;
            return 0;
        }
        r = r == -EAGAIN ? sweep_lab(&s, true, err) : r;
        if (r)
            return r == -EBUSY ? runs_already(&s, err) : r;
    }
    return err_set(err, -ENOTEMPTY,
                   "%s/%s cannot be used: something is in it that nslab did not put there. "
                   "Remove it.",
                   root, name);
}

/* What others are told of the lab, as texts: the files of its directory. */
struct texts {
    char *description, *tests; /* TESTS or NULL */
    struct str firewalls, links, hosts, resolv;
};

static void texts_done(struct texts *t)
{
    free(t->description);
    free(t->tests);
    str_done(&t->firewalls);
    str_done(&t->links);
    str_done(&t->hosts);
    str_done(&t->resolv);
}

/* Before there is a directory, which nobody would take back were this the end of the process. */
static int describe(const struct topo *topo, struct texts *ret, struct err *err)
{
    ret->description = describe_topo(topo);
    if (!ret->description)
        return err_set(err, -EINVAL, "describing the lab: a text in it is not UTF-8");
    ret->tests = tests_describe(topo);
    describe_hosts(topo, &ret->hosts);
    firewall_describe(topo, &ret->firewalls);
    cables_describe(topo, &ret->links);
    return describe_resolv(topo, &ret->resolv, err);
}

static int write_state(const struct state *s, const struct texts *t, struct err *err)
{
    int r = state_write(s, STATE_DESCRIPTION, t->description, strlen(t->description), 0600);
    if (!r && t->firewalls.len)
        r = state_write(s, STATE_FIREWALLS, t->firewalls.text, t->firewalls.len, 0600);
    if (!r)
        r = state_write(s, STATE_LINKS, t->links.text ? t->links.text : "", t->links.len, 0600);
    if (!r && t->tests)
        r = state_write(s, STATE_TESTS, t->tests, strlen(t->tests), 0600);
    if (!r)
        r = state_write(s, STATE_HOSTS, t->hosts.text, t->hosts.len, 0644);
    if (!r)
        r = state_write(s, STATE_RESOLV, t->resolv.text, t->resolv.len, 0644);
    return r ? err_sys(err, r, "writing to %s/%s", s->root, s->name) : 0;
}

/* Signals that would end the caller, but for those that it ignores. */
static void take_signals(struct up *u)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    struct sigaction action;
    sigemptyset(&u->taken);
    for (size_t i = 0; i < ARRAY_SIZE(ending); i++)
        if (!sigaction(ending[i], NULL, &action) && action.sa_handler != SIG_IGN)
            sigaddset(&u->taken, ending[i]);
    pthread_sigmask(SIG_BLOCK, &u->taken, &u->before);
    u->signals = signalfd(-1, &u->taken, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void give_signals_back(struct up *u)
{
    fd_close(&u->signals);
    if (u->caught)
        raise(u->caught);
    pthread_sigmask(SIG_SETMASK, &u->before, NULL);
}

static void hear_signal(struct up *u)
{
    struct signalfd_siginfo info;
    if (read(u->signals, &info, sizeof(info)) == sizeof(info))
        u->caught = (int)info.ssi_signo;
}

/* One message of the lab; false when there will be no more. */
static bool hear_lab(struct up *u, struct err *err)
{
    struct talk t;
    int r = talk_read(u->talk, &t);
    if (r)
        return r == -EINTR;
    switch (t.kind) {
    case TALK_PROGRESS:
        if (u->options->progress && !u->caught)
            u->options->progress(u->options->arg, t.phase, t.done, t.all);
        break;
    case TALK_READY:
        u->ready = true;
        break;
    case TALK_FAILED:
        if (!u->failed)
            *err = t.err;
        u->failed = true;
        break;
    }
    return true;
}

/* Until the lab is ready, or there will be nothing more to hear. */
static void listen_to_lab(struct up *u, struct err *err)
{
    bool more = true;
    while (more && !u->ready && !u->caught) {
        struct pollfd p[] = {{.fd = u->talk, .events = POLLIN},
                             {.fd = u->signals, .events = POLLIN}};
        if (poll(p, ARRAY_SIZE(p), -1) < 0)
            continue;
        if (p[0].revents)
            more = hear_lab(u, err);
        hear_signal(u);
    }
}

static void kill_both(const struct up *u)
{
    CLEAN_FD int keeper = state_open_proc(&u->state, STATE_KEEPER);
    if (keeper >= 0)
        procs_signal(keeper, SIGKILL);
    if (u->guard >= 0)
        procs_signal(u->guard, SIGKILL);
}

/* Ends what there is of the lab, and waits until it is gone. The reason may still come. */
static int abandon(struct up *u, struct err *err)
{
    struct deadline end = deadline_in(END_MS);
    struct pollfd p = {.fd = u->talk, .events = POLLIN};
    struct err ignored;
    shutdown(u->talk, SHUT_WR);
    while (u->talk >= 0 && poll(&p, 1, deadline_left(&end)) > 0)
        if (!hear_lab(u, err))
            break;
    if (!deadline_left(&end))
        kill_both(u);
    if (u->guard >= 0)
        procs_wait(u->guard, GUARD_END_MS);
    sweep_locked(&u->state, &ignored);
    return err->code;
}

static int start(struct up *u, const struct plan *plan, struct err *err)
{
    int ends[2];
    CLEAN_FD int log = openat(u->state.dir, STATE_LOG,
                              O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (log < 0 || talk_open(ends))
        return err_sys(err, -errno, "starting the lab");
    struct launch l = {.plan = plan,
                       .state = &u->state,
                       .talk = ends[1],
                       .log = log,
                       .privileged = creds_privileged(),
                       .programs = &u->programs};
    u->talk = ends[0];
    int r = guard_start(&l, err);
    close(ends[1]);
    u->guard = state_open_proc(&u->state, STATE_GUARD);
    return r;
}

static int build(struct up *u, const struct plan *plan, const struct texts *texts, struct err *err)
{
    if (write_state(&u->state, texts, err) || start(u, plan, err)) {
        u->failed = true;
        return abandon(u, err);
    }
    listen_to_lab(u, err);
    hear_signal(u); /* the last that counts */
    if (u->ready && !u->caught)
        return 0;
    if (!u->failed)
        err_set(err, -EINTR, u->caught ? "interrupted" : "the lab was ended while it was built");
    u->failed = u->failed || u->caught;
    return abandon(u, err);
}

/* Those that came when it was too late to end the lab: it is up, and that is what is said. */
static void forget_signals(const struct up *u)
{
    struct signalfd_siginfo info;
    while (read(u->signals, &info, sizeof(info)) == sizeof(info))
        ;
}

/* The lab stands: it lives on by itself, or until *RET_TIE is closed. */
static void let_go(struct up *u, int *ret_tie)
{
    if (u->options->tied) {
        *ret_tie = TAKE_FD(u->talk);
        return;
    }
    /* first, so that nobody takes this process's end for the lab's */
    unlinkat(u->state.dir, STATE_UP, 0);
    talk_detach(u->talk);
    forget_signals(u);
}

int lab_keep(const char *name, int tie, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    int r = find_lab(name, &s, err);
    if (r)
        return r;
    unlinkat(s.dir, STATE_UP, 0);
    talk_detach(tie);
    return 0;
}

int lab_up(const struct plan *plan, const struct lab_up_options *options, int *ret_tie,
           struct err *err)
{
    static const struct lab_up_options none = {0};
    struct up u = {
        .options = options ? options : &none,
        .state = STATE_NONE,
        .talk = -1,
        .guard = -1,
        .signals = -1,
    };
    CLEANUP(texts_done) struct texts texts = {0};
    struct state_places places;
    char root[PATH_MAX];
    state_places_get(&places);
    int r = raw_nft_check(plan->topo, err);
    if (!r)
        r = room_check(plan->topo, places.privileged, u.options->warn, u.options->arg, err);
    if (!r)
        r = needs_check(plan, err);
    if (!r)
        r = uplinks_check(plan->topo, places.privileged, &u.programs, err);
    if (!r)
        r = state_root_path(&places, root, err);
    if (r)
        return r;
    sweep_all(root);
    r = lent_check(plan->topo, &places, root, u.options->warn, u.options->arg, err);
    if (!r)
        r = describe(plan->topo, &texts, err);
    if (r)
        return r;
    take_signals(&u);
    r = create_state(root, plan->topo->name, &u.state, err);
    if (!r)
        r = build(&u, plan, &texts, err);
    if (!r)
        let_go(&u, ret_tie);
    state_done(&u.state);
    fd_close(&u.talk);
    fd_close(&u.guard);
    give_signals_back(&u);
    return r;
}
