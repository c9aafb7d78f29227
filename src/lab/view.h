// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"
struct programs; /* model/programs.h */

/*
 * What programs of one node see of the machine's files: all of them, but /sys of the node's own
 * network namespace, and the lab's /etc/hosts and /etc/resolv.conf. It is a mount namespace for
 * each node, made when the node is first entered, so that programs of one node share what they
 * mount, and those of others do not see it. That of a node with files of its own (files.h) is made
 * when the lab is built.
 */

/* Makes the view of a node with network namespace NETNS, from the mount namespace that the caller
 * is in; OWN are its files, or NULL. *RET_FD: its mount namespace, O_CLOEXEC, the caller's to
 * close; it lives as long as this or a program holds it. S is the lab, whose files it shows. The
 * calling process has one more thread for a moment. */
int view_new(const struct state *s, int netns, const struct programs *own, int *ret_fd,
             struct err *err);
