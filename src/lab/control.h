// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "kernel/pass_fd.h"
#include "lab/state.h"

/*
 * The language of the keeper's socket: one request a packet, one answer each, both of fixed size.
 */
#define CONTROL_VERSION 2
#define CONTROL_FDS_MAX PASS_FDS_MAX

enum control_verb {
    CONTROL_JOIN = 1, /* the namespaces of NODE; of the keeper itself where that is "" */
    CONTROL_NODES,    /* the network namespaces of nodes FIRST to FIRST + COUNT - 1 */
    CONTROL_STOP,     /* end the lab; GRACE_MS between SIGTERM and SIGKILL */
    CONTROL_SERVICES, /* a file in memory with all services, as JSON (see lab_services) */
    CONTROL_SERVICE,  /* ACTION to SERVICE of NODE; the answer does not wait for its end */
};

enum control_action { SERVICE_START, SERVICE_STOP, SERVICE_RESTART, SERVICE_KILL };

struct control_request {
    uint32_t version, verb;
    uint32_t first, count;
    uint32_t grace_ms;
    uint32_t action, signal; /* enum control_action; SIGNAL of SERVICE_KILL */
    char node[64];
    char service[64];
};

/* With N descriptors. To CONTROL_JOIN: PID, mount and network namespace, and in rootless use the
 * user namespace. -ENOENT: no such node. */
struct control_answer {
    uint32_t version;
    int32_t code;
    uint32_t n;
};

/* Whether LEN bytes of DATA are a request; then *RET is it. */
bool control_parse(const void *data, size_t len, struct control_request *ret);

/* An answer's code where the descriptors cannot be sent yet: a user may have only so many under way
 * (unix(7), ETOOMANYREFS). control_ask asks again then. */
#define CONTROL_BUSY (-EBUSY)

/* Sends CODE and N descriptors without waiting, or CONTROL_BUSY; false where the client does not
 * read. */
bool control_send_answer(int fd, int code, const int *fds, uint32_t n);

/*
 * The client's half. No call takes longer than a few seconds: a keeper that does not answer is an
 * error that says so.
 */
int control_connect(const struct state *s, int *ret_fd, struct err *err);

/* Asks, and gives the number of descriptors in FDS (room for CONTROL_FDS_MAX, the caller's to
 * close); the keeper's own refusal is returned without a text in ERR. */
int control_ask(int fd, const struct state *s, const struct control_request *request, int *ret_fds,
                struct err *err);
