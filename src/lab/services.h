// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>
#include <sys/resource.h>

#include "lab/control.h"
#include "model/programs.h"

/*
 * A lab's programs, in the keeper: what nodes have in `exec`, and their services, from their start
 * to their end. Nothing here waits: the keeper polls services_fd, calls services_serve when it is
 * ready or when the time is there, and tells of every child that it has reaped.
 */
struct services;

struct services_setup {
    const struct topo *topo;
    const struct state *state;
    const int *netns, *views;   /* by node id; open for as long as the lab lives */
    const struct rlimit *files; /* programs' limit of open files */
};

/* Descriptors that the services of TOPO hold at most. */
uint32_t services_fds(const struct topo *topo);

/* Copies what it needs of the topology; borrows the rest. Nothing is started yet. */
int services_new(const struct services_setup *setup, struct services **ret, struct err *err);

int services_fd(const struct services *s);

/* Milliseconds until services_serve must be called; -1: there is nothing to wait for. */
int services_timeout(const struct services *s);
void services_serve(struct services *s);
void services_reaped(struct services *s, pid_t pid, int status);

/*
 * While the lab is built: how many of all programs are as they should be, ended or ready. 0, or
 * what the first failed with, with its place in the file. services_built then says that the lab is
 * up: from then on what fails fails for itself.
 */
int services_progress(const struct services *s, uint32_t *ret_done, uint32_t *ret_all,
                      struct err *err);
void services_built(struct services *s);

/* Every service: see lab_services. New reference. */
json_t *services_describe(const struct services *s);

/* Does ACTION to one. 0: it is under way. -ENOENT: there is no such service. -ESRCH: it does not
 * run. */
int services_control(struct services *s, const struct control_request *request);

/* Asks all to end, those first that others do not wait for; and whether some still run. */
void services_stop(struct services *s);
bool services_run(const struct services *s);
