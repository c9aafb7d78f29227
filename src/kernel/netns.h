// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/*
 * Network namespaces of the calling thread: each thread has its own. All descriptors are O_CLOEXEC
 * and the caller's to close.
 */

/* Makes one and moves the calling thread into it. A limit that is reached is STATUS_LACKING. */
int netns_new(int *ret_fd, struct err *err);

/* A descriptor of the one that the calling thread is in. */
int netns_open_own(int *ret_fd, struct err *err);

/* Moves the calling thread into that of FD. */
int netns_enter(int fd, struct err *err);
