// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <poll.h>

#include "lab/control.h"

#define SERVER_CLIENTS_MAX 64

/* The keeper's half of the control socket. */
struct server {
    int listener;
    int spare; /* given up for a moment to tell a client that there is none for it */
    uint32_t n;
    struct client {
        int fd;
        int64_t heard; /* procs_now_ms() when it came, or was last answered */
    } clients[SERVER_CLIENTS_MAX];
};

/* What to answer: a code, and the descriptors in FDS (borrowed), *N of them. */
typedef int server_answer_fn(void *arg, const struct control_request *request, int *fds,
                             uint32_t *n);

/* Listens in the current folder. */
int server_open(struct server *s);
void server_close(struct server *s);

/* Adds what to wait for to P, which has room for SERVER_CLIENTS_MAX + 1 more; their number. Where
 * there is no place for a new client *RET_TIMEOUT is set to the milliseconds until there may be. */
uint32_t server_poll(struct server *s, struct pollfd *p, int *ret_timeout);

/* Does what there is to do after poll(2) has filled the N entries in P. Never waits. */
void server_serve(struct server *s, const struct pollfd *p, uint32_t n, server_answer_fn *fn,
                  void *arg);
