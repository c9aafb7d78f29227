// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/room.h"
#include "plan/plan.h"

/*
 * Labs as the rest of the program sees them: bring one up, take one down, look, go in.
 *
 * A lab is one process, the keeper, and its guard. All functions here run in the caller's process
 * and talk to the keeper through its socket; none prints. Errors carry the exit status that the
 * command line ends with.
 */

typedef void lab_progress_fn(void *arg, const char *phase, uint32_t done, uint32_t all);

struct lab_up_options {
    bool tied;                 /* the lab ends when this process does (`nslab run`) */
    lab_progress_fn *progress; /* or NULL */
    room_warn_fn *warn;        /* or NULL */
    void *arg;                 /* of both */
};

/*
 * Builds PLAN as a lab of its topology's name; returns when it is ready, or when nothing is left
 * of the attempt. A lab of that name that runs already is -EEXIST. With TIED *RET_TIE is a
 * descriptor that holds the lab up until it is closed; else -1.
 */
int lab_up(const struct plan *plan, const struct lab_up_options *options, int *ret_tie,
           struct err *err);

/* Lab NAME, which TIE holds up, lives on by itself. TIE stays the caller's to close. */
int lab_keep(const char *name, int tie, struct err *err);

/* Ends lab NAME: SIGTERM to its programs, up to GRACE_MS milliseconds, SIGKILL; returns when it and
 * what it changed outside are gone. -ENOENT: there is no such lab. *RET_STRANGERS (a JSON array of
 * {"pid", "node", "command"}, new reference) names the processes from outside that still hold one
 * of its namespaces open. */
int lab_down(const char *name, unsigned grace_ms, json_t **ret_strangers, struct err *err);

/* The labs of this user, as a JSON array of {"name", "file", "description", "nodes", "links",
 * "since" (Unix time, 0 while it is being built), "keeper" (pid), "state": "building"|"running"|
 * "stopping"}, by name; new reference. Sweeps what dead ones left. */
int lab_list(json_t **ret_labs, struct err *err);

/* What lab NAME is: {"name", "file", "description", "since", "keeper", "nodes": [{"name", "kind",
 * "description", "labels": {}}], "links": [{"ends": ["r1:eth0", "r2:eth0"]}], "lans": [["h1:eth0",
 * …]]}. New reference. */
int lab_describe(const char *name, json_t **ret, struct err *err);

/* lab_describe, each node also with "netns" (inode), "interfaces": [{"name", "kind", "index",
 * "state": "up"|"down"|"no-carrier", "mtu", "mac", "addresses": [], "peer": "r2:eth0" or absent,
 * "master": or absent, "rx": {"packets", "bytes", "errors", "dropped"}, "tx": {…}}] (lo too) and
 * "processes": [{"pid", "command", "user", "stranger": bool}]. */
int lab_status(const char *name, json_t **ret, struct err *err);

/* Who is in the nodes of lab NAME, those that came in through `ip netns exec` too: an array of
 * {"node", "pid" (as the caller sees it), "user" (its name in /etc/passwd, else its number, as
 * text), "command", "stranger"}; NODE or NULL for all.
 * Services come first: what lab_services has of them, with the same members where they run; else
 * "pid" and "user" are null. */
int lab_ps(const char *name, const char *node, json_t **ret, struct err *err);

/* The services of lab NAME: an array of {"node", "service", "state": "waiting"|"starting"|"ready"|
 * "running" (nothing was to be waited for, or not long enough)|"restarting"|"stopping"|"stopped"|
 * "ended"|"failed", "pid" (in the lab; null: none), "restarts", "since" (Unix time of the state),
 * "command", "end" (in words, where it has ended)}. */
int lab_services(const char *name, json_t **ret, struct err *err);

/* Does ACTION to service WHICH ("r1/web"), SIGNAL being that of LAB_SERVICE_KILL, and returns when
 * it has started and is ready, or has stopped. Those that wait for it stay as they are. */
enum lab_service_action {
    LAB_SERVICE_START,
    LAB_SERVICE_STOP,
    LAB_SERVICE_RESTART,
    LAB_SERVICE_KILL,
};
int lab_service(const char *name, const char *which, enum lab_service_action action, int signal,
                struct err *err);

/* The firewalls of lab NAME's nodes that have one (NODE or NULL for all): an array of {"node",
 * "chains": [{"chain", "hook": bool, "policy": "accept"|"drop"|null, "rules": [{"rule" (as the file
 * has it), "place" ("lab.yaml:41"), "line", "gone": bool, "packets", "bytes" (both absent where it
 * does not count)}]}], "sets": [{"set", "type", "elements": [{"element", "expires" (seconds;
 * absent: never)}]}], "nft" (line of raw text, 0: none)}. */
int lab_firewall(const char *name, const char *node, json_t **ret, struct err *err);

/* What the nodes of lab NAME log: an array of {"log" ("r1/firewall", "r1/exec", or "r1/" and the
 * service), "node", "bytes"}, by name. */
int lab_logs(const char *name, json_t **ret, struct err *err);

/*
 * Log WHAT ("r1/firewall") of lab NAME from its beginning on, as far as it is kept. An unknown one
 * is STATUS_WRONG, with the nearest name.
 */
struct log_reader;
int lab_log_open(const char *name, const char *what, struct log_reader **ret, struct err *err);
void lab_log_close(struct log_reader *reader); /* NULL is fine */

/*
 * The next entry as a line of JSON without its newline, or NULL where there is none yet. Of a
 * firewall: {"time" (Unix time), "hook", "prefix", "iif", "oif", "mark" (these three where there is
 * one), "packet" (in words), "from", "to", "proto", "length", "ttl", "sport", "dport" (these seven
 * as far as the packet has them)}, or {"time", "lost" (how many were logged, but too fast to be
 * written)}. Of programs: {"time", "line" (what one printed)}, or {"time", "event" (what became of
 * it, in words), "pid", "status", "signal" (these where there is one)}. Of both: {"time", "lost"
 * (how many entries), "why" (they could not be written down)}. The caller's to free. *RET_OVER:
 * there will be no more, as the lab is gone.
 */
char *lab_log_next(struct log_reader *reader, bool *ret_over);

/*
 * The links of lab NAME: an array of {"link" ("h1:eth0-r1:eth1"), "lan": bool (a member's cable),
 * "labels": {}, "ends": [{"end", "state": "up"|"down"|"no-carrier"|"gone", "mtu", "impairments":
 * {"delay": "20ms", …}, "qdisc" (a queueing discipline that is none of ours; else absent)}]}.
 * WHICH (see cables.h; NULL: all) names links, both ends each, or single ends. All that change
 * links tell of those they changed in the same way.
 */
int lab_links(const char *name, const char *which, json_t **ret, struct err *err);

/* SETTINGS ("delay=20ms", NULL-terminated) of WHICH, each key by itself; "delay=none" takes one
 * away. All are looked at before the first is changed. */
int lab_link_set(const char *name, const char *which, const char *const *settings, json_t **ret,
                 struct err *err);

/* Sets WHICH down, and up again with the routes and IPv6 addresses that the kernel took from them
 * meanwhile. */
int lab_link_down(const char *name, const char *which, json_t **ret, struct err *err);
int lab_link_up(const char *name, const char *which, json_t **ret, struct err *err);

/* Sets down all links between nodes of different GROUPS ("r1,r2 / r3,r4", patterns too). A node of
 * no group that would still join two, or a LAN, is STATUS_WRONG; so is a second one. */
int lab_partition(const char *name, const char *groups, json_t **ret, struct err *err);

/* And what that set down up again. */
int lab_heal(const char *name, json_t **ret, struct err *err);

struct lab_exec_options {
    const char *directory; /* to start in; NULL: the caller's own, by path, or / */
    int in, out, err;      /* descriptors to use in place of 0, 1 and 2; -1: the caller's */
};

/*
 * Runs ARGV in NODE of lab NAME and waits for it: the node's network, hostname, /etc/hosts and
 * /sys, the lab's PID namespace, the caller's terminal and working directory. *RET_STATUS is the
 * command's exit status as a shell would give it: 128+N for a signal, 126 not executable, 127 not
 * found.
 */
int lab_exec(const char *name, const char *node, char *const argv[],
             const struct lab_exec_options *options, int *ret_status, struct err *err);
