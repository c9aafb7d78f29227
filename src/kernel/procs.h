// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <signal.h>
#include <sys/types.h>

#include "base/err.h"
#include "base/str.h"

/* One process for good: its start time tells it from a later one with the same number. NS is the
 * inode of the PID namespace in which PID is its number. */
struct proc_id {
    pid_t pid;
    uint64_t start; /* clock ticks after boot */
    uint64_t ns;
};

enum proc_life {
    PROC_GONE,
    PROC_ENDING,  /* killed or exiting: it does nothing more, but still is there */
    PROC_ALIVE,   /* stopped ones too */
    PROC_UNKNOWN, /* of another PID namespace: cannot be told from here */
    PROC_UNSEEN,  /* there was no way to look (a shortage) */
};

/* Who PID is, now. -ESRCH: nobody. */
int procs_identify(pid_t pid, struct proc_id *ret);

/* "PID START NS", as text and back; false if TEXT is nothing like it. */
#define PROC_ID_TEXT_MAX 72
const char *procs_id_text(const struct proc_id *id, char *buf);
bool procs_id_parse(const char *text, struct proc_id *ret);

enum proc_life procs_life(const struct proc_id *id);

/* Whether ID was stopped (SIGSTOP). */
bool procs_stopped(const struct proc_id *id);

/* A pidfd (the caller's to close) of exactly that process; -ESRCH where it is gone, or of another
 * PID namespace. Where pidfds are refused, as by a sandbox or by valgrind, procs_open() gives its
 * folder in /proc instead, which does for the calls here, and cannot be polled. */
int procs_open(const struct proc_id *id);
int procs_pidfd(pid_t pid);
int procs_signal(int pidfd, int sig);
bool procs_polls(int pidfd);

/* Waits up to MS milliseconds (-1: for ever) for its end, all its threads included. */
bool procs_wait(int pidfd, int ms);

/* What ps(1) shows of the calling process: a short name (15 bytes), and a title, cut to the room
 * that arguments and environment had. Both are overwritten: only for a process that makes no more
 * use of them. */
void procs_set_title(const char *name, const char *title);

/* 1 where PID's short name is NAME, 0 where not, or a shortage. */
int procs_is_named(pid_t pid, const char *name);

/* Calls FN for every process that /proc shows; a value other than 0 ends it and is returned. */
typedef int procs_fn(void *arg, pid_t pid);
int procs_each(procs_fn *fn, void *arg);

/* The inode of a namespace ("net", "pid", …) of PID, 0 where it may not be seen. 0 for PID: the
 * caller's own. */
uint64_t procs_namespace(pid_t pid, const char *kind);

/* PID's number in the innermost PID namespace that it is in; -ESRCH where it is gone. */
pid_t procs_inner_number(pid_t pid);

/* The command line with its arguments parted by spaces, or the short name in brackets; 0 or a
 * shortage. */
int procs_command(pid_t pid, struct str *out);

/* The path of program NAME in PATH, PATH_MAX bytes; false, and "", where it is not there. Folders
 * of PATH that are no full paths are passed over. */
bool procs_find_program(const char *name, char *ret);

/* The effective user; -ESRCH where it is gone. */
int procs_user(pid_t pid, uid_t *ret);

/* Wakes what keeps PID namespaces from ending: the kernel waits until every zombie in one is
 * collected (kernel/pid_namespace.c: zap_pid_ns_processes), and a parent outside of it, which had a
 * child join it, may have been stopped. Those of this user get SIGCONT. */
void procs_wake_holders(void);

/* procs_wait for the first process of a PID namespace: wakes what may hold it meanwhile. */
bool procs_wait_first(int pidfd, int ms);

/* Closes every descriptor above 2 but KEEP (N of them, at most PROCS_KEEP_MAX, -1 is passed over).
 */
#define PROCS_KEEP_MAX 16
void procs_keep_fds(const int *keep, size_t n);

/* Every signal's action is the default again. */
void procs_default_signals(void);

/* Milliseconds that never run backwards. */
int64_t procs_now_ms(void);
void procs_sleep_ms(unsigned ms);
