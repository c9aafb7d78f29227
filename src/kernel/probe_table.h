// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "kernel/probe.h"
#include "netlink/nl.h"

/*
 * The probes as data, for probe*.c alone.
 *
 * Where a probe runs. The child takes the namespaces, one after the other; it starts the inner
 * child, which is PID 1 there and has a network of its own; what concerns the host is looked at
 * from outside, at the end, when it is known what works.
 */
enum probe_where { PROBE_CHILD, PROBE_INNER, PROBE_HOST };

enum probe_need { PROBE_NEEDED, PROBE_OPTIONAL, PROBE_NEEDED_ROOTLESS };

struct probe_box {
    bool privileged;              /* has the capabilities, so needs no user namespace */
    const char *const *checks;    /* those to try inside, NULL-terminated; NULL: all */
    struct nl *nl;                /* of the inner child */
    struct probe_result *results; /* all, in the table's order, shared with the children */
};

struct probe {
    const char *check;
    enum probe_where where;
    enum probe_need need;

    /* 0 or a negative errno. May fill the result's detail and remedy; what it leaves empty is
     * filled from the error and from what is below. */
    int (*run)(struct probe_box *box, const struct probe *probe, struct probe_result *result);

    const char *kind;              /* of a link or a queueing discipline: the kernel's word */
    void (*put)(struct nl_msg *m); /* of a link: attributes beside its kind, or NULL */
    const char *module;            /* that has it, or NULL */
    const char *config;            /* the kernel's build option, or NULL */
    bool shows;       /* loading the module makes devices on the host too: not done for a look */
    const char *path; /* of a sysctl: below /proc/sys */
    const char *use;  /* what it is for */
};

extern const struct probe probes_child[], probes_net[], probes_host[];
extern const size_t probes_child_n, probes_net_n, probes_host_n;

/* Whether every namespace that is needed was to be had. */
bool probe_spaces_ok(const struct probe_box *box);

__attribute__((format(printf, 2, 3))) void probe_detail(struct probe_result *result,
                                                        const char *fmt, ...);
__attribute__((format(printf, 2, 3))) void probe_remedy(struct probe_result *result,
                                                        const char *fmt, ...);

/* Whether PROBE's module is a file that is not loaded: not "built in", not "unknown". */
bool probe_module_waits(const char *module);

/* Opens what the probes of the network share: a socket, and a veth pair base0 - base1 that is up.
 * probe_net_close takes it down; NULL nl is fine. */
void probe_net_open(struct probe_box *box);
void probe_net_close(struct probe_box *box);
