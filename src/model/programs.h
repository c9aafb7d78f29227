// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/model.h"

/*
 * What runs in nodes, and what files they see that nobody else does. All of it lives as the
 * topology does, and is resolved: commands are split into words, names are addresses, `source` was
 * read.
 */
struct env_var {
    const char *name, *value;
};
typedef VEC(struct env_var) env_list;

struct command {
    char *const *argv; /* NULL-terminated, never empty */
    struct pos pos;
};

/* A file of a node's own, or an empty directory. */
struct node_file {
    const char *path;    /* absolute, without `.`, `..`, doubled or trailing `/` */
    const char *content; /* LEN bytes; NULL of a directory */
    size_t len;
    uint32_t mode;     /* permission bits */
    const char *owner; /* USER, USER:GROUP, numbers too, as the node knows them; NULL: root */
    struct pos pos;
};

enum ready_kind {
    READY_LISTEN,    /* a socket listens on PORT (udp: is bound to it) */
    READY_OUTPUT,    /* TEXT, a POSIX extended regular expression, was printed */
    READY_FILE,      /* TEXT, a path in the node, exists */
    READY_COMMAND,   /* COMMAND, run every EVERY_MS, ended with 0 */
    READY_ROUTE,     /* the main table has a route to exactly PREFIX */
    READY_NEIGHBOUR, /* ADDR is in the neighbour table, with a MAC address */
    READY_INTERFACE, /* interface TEXT is there and runs */
};

struct ready {
    enum ready_kind kind;
    const char *text;
    struct command command;
    uint32_t every_ms;
    uint8_t protocol; /* IPPROTO_TCP or IPPROTO_UDP */
    uint16_t port;
    struct prefix prefix;
    struct addr addr;
    struct pos pos;
};

enum restart { RESTART_NO, RESTART_ON_FAILURE, RESTART_ALWAYS };

struct service {
    const char *name; /* unique in its node */
    const struct node *node;
    struct command command;
    VEC(struct ready) ready;           /* all of them must hold; none: it was started */
    VEC(const struct service *) after; /* they must be ready before it is started */
    env_list env;                      /* over the node's */
    const char *user;                  /* as the node knows it; NULL: root */
    const char *directory;             /* to start in; NULL: / */
    const char *package; /* of a routing daemon, which the file names by what it speaks: what brings
                          * its program; else NULL */
    uint32_t within_ms;  /* for it to be ready */
    uint32_t id;         /* its place in topo.services */
    int stop_signal;     /* SIGTERM where not given */
    enum restart restart;
    bool oneshot; /* ready when it has ended with 0 */
    bool silent;  /* its output is thrown away */
    struct pos pos;
};

struct programs {
    VEC(struct command) exec;             /* run once each, in order, when the network is up */
    VEC(const struct service *) services; /* as in the file */
    VEC(struct node_file) files;          /* by path: directories before what is in them */
    env_list env;
};

/* Of NODE; never NULL, empty where it has nothing of it. */
const struct programs *node_programs(const struct node *node);

/* Whether NODE has a mount namespace with files of its own: /run, /tmp, /var/tmp, and FILES. */
bool node_has_files(const struct node *node);
