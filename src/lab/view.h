// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

/*
 * What programs of one node see of the machine's files: all of them, but /sys of the node's own
 * network namespace, and the lab's /etc/hosts and /etc/resolv.conf. It is a mount namespace for
 * each node, made when the node is first entered, so that programs of one node share what they
 * mount, and those of others do not see it.
 */

/* Makes the view of a node with network namespace NETNS, from the mount namespace that the caller
 * is in. *RET_FD: its mount namespace, O_CLOEXEC, the caller's to close; it lives as long as this
 * or a program holds it. S is the lab, whose files it shows. 0, or a negative errno: -EACCES where
 * the kernel forbids it. The calling process has one more thread for a moment. */
int view_new(const struct state *s, int netns, int *ret_fd);
