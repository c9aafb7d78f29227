// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"
#include "netlink/nl.h"
struct topo; /* model/model.h */

/*
 * What the nodes' firewalls log, in the keeper: one socket a node, and behind it a file in the
 * lab's directory, which holds the newest LOGS_FILE_MAX bytes at least and twice that at most.
 * Entries are JSON, one a line; see lab_log_next in lab.h.
 */
#define LOGS_FILE_MAX (1 << 20)

/* The folder that they are in. */
int logs_make_folder(const struct state *s, struct err *err);

/* Entries of a file that could not be written down, as on a full disk, and why. */
struct logs_unwritten {
    uint32_t n;
    int code;
};

/* Adds whole lines to FILE ("logs/r1.firewall"), which is begun anew when it is full. What cannot
 * be written is lost, and the lab lives on: UNWRITTEN counts it until the next that can be written,
 * which tells of it in an entry before. */
void logs_append(const struct state *s, const char *file, const struct str *text,
                 struct logs_unwritten *unwritten);

struct logs;

/* The nodes of TOPO whose FDS (by node, from nflog_open; -1: it does not log) are open; takes the
 * descriptors over, and borrows S. */
int logs_new(const struct topo *topo, int *fds, const struct state *s, struct logs **ret,
             struct err *err);

/* To be polled for reading: when it is ready, logs_serve. -1 where nothing logs. */
int logs_fd(const struct logs *logs);

/* Writes down some of what has arrived; never waits. */
void logs_serve(struct logs *logs);
