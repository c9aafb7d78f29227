// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <limits.h>

#include "base/err.h"
#include "base/str.h"
#include "kernel/procs.h"

#define LAB_NAME_MAX 32
#define KEEPER_NAME "nslab-keeper" /* a keeper's short name */
#define STATE_SYSTEM_ROOT "/run/nslab"

/* Where state may be kept; a caller's own places, or made up ones in tests. */
struct state_places {
    bool privileged;
    uid_t uid;
    const char *system;   /* /run/nslab */
    const char *runtime;  /* $XDG_RUNTIME_DIR, or NULL */
    const char *run_user; /* /run/user: holds UID */
    const char *tmp;      /* /tmp: holds nslab-UID */
};

void state_places_get(struct state_places *ret);

/* The state root: a path in RET (PATH_MAX bytes), which need not exist. An unsafe one (another
 * owner's, open to others, a link) is an error. */
int state_root_path(const struct state_places *places, char *ret, struct err *err);

/* Files of a lab's directory. */
#define STATE_LOCK "lock"     /* held (flock) by the guard and the keeper */
#define STATE_UP "up"         /* the process that the lab's life is tied to, while it is */
#define STATE_GUARD "guard"   /* the guard, and */
#define STATE_KEEPER "keeper" /* the keeper */
#define STATE_DESCRIPTION "lab.json"
#define STATE_FIREWALLS "firewalls" /* the nodes' rules; not there where there are none */
#define STATE_HOSTS "hosts"
#define STATE_RESOLV "resolv.conf"
#define STATE_OUTSIDE "outside" /* what was changed outside */
#define STATE_LOG "log"
#define STATE_LOGS "logs"   /* a folder: what nodes log */
#define STATE_SOCKET "sock" /* there while the keeper answers */
#define STATE_LINKS "links" /* which there are, as they were made */
#define STATE_CUT "cut"     /* what links that are down are to get back */
#define STATE_TESTS "tests" /* of the topology; not there where there are none */
#define STATE_NODES "nodes" /* the nodes' namespaces; there once the lab stands */

/* A lab's directory. */
struct state {
    char root[PATH_MAX];
    char name[LAB_NAME_MAX + 1];
    int dir;
    int lock; /* -1: not held */
};

#define STATE_NONE ((struct state){.dir = -1, .lock = -1})
#define CLEAN_STATE CLEANUP(state_done)

void state_done(struct state *s); /* lets go of it, and of the lock */

/* Opens lab NAME's directory in ROOT; -ENOENT where there is none. */
int state_open(const char *root, const char *name, struct state *ret);

/* The same, and makes both where they are missing. */
int state_make(const char *root, const char *name, struct state *ret, struct err *err);

/* 0: the lock is ours now. -EWOULDBLOCK: somebody holds it. -ENOENT: there is no lock, and without
 * CREATE none is made; or this directory is no more, though another may be in its place. */
int state_try_lock(struct state *s, bool create);

/* With the lock held: whether there is nothing in it but the lock. */
bool state_is_new(const struct state *s);

/* With the lock held: takes the directory away, and the root where that was the last lab. */
int state_remove(struct state *s);

/* Takes away a directory without a lock, if nothing is in it: of an `up` that was killed before it
 * locked it. One with something in it is not a lab's, and stays as it is. 0. */
int state_remove_empty(const struct state *s);

/* Writes a file whole or not at all: nobody ever sees a part of it. */
int state_write(const struct state *s, const char *file, const char *text, size_t len, mode_t mode);
int state_read(const struct state *s, const char *file, struct str *ret);
bool state_has(const struct state *s, const char *file);

int state_write_proc(const struct state *s, const char *file, pid_t pid);
int state_read_proc(const struct state *s, const char *file, struct proc_id *ret);

/* procs_open() of the process in FILE. */
int state_open_proc(const struct state *s, const char *file);

enum lab_life {
    LAB_BUILDING,
    LAB_RUNNING,
    LAB_STOPPING, /* its programs have some time to end */
    LAB_DYING,    /* gone in a moment, or dead already */
    LAB_UNSEEN,   /* there was no way to look (a shortage): nobody's to touch */
};

/* What a directory whose lock somebody holds stands for. */
enum lab_life state_life(const struct state *s);

/* Calls FN for each directory of a lab in ROOT; a value other than 0 ends it and is returned. */
typedef int state_fn(void *arg, struct state *s);
int state_each(const char *root, state_fn *fn, void *arg);

/* The same for labs of this user whose keepers run but whose directories lie elsewhere, as those of
 * another session may. */
int state_each_elsewhere(const char *root, state_fn *fn, void *arg);
