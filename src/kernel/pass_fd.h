// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdint.h>
#include <sys/types.h>

/*
 * Descriptors handed from process to process over a Unix socket that keeps packets whole
 * (SCM_RIGHTS of unix(7)). Who takes one has to close it; it is O_CLOEXEC.
 */
#define PASS_FDS_MAX 250 /* the kernel's limit is 253 */

/* Sends LEN bytes of DATA, and N descriptors along with them. FLAGS as of sendmsg(2), MSG_NOSIGNAL
 * besides. 0 or a negative errno. */
int pass_fds(int socket, const void *data, size_t len, const int *fds, uint32_t n, int flags);

/* Waits for a packet of at most SIZE bytes: its length, or a negative errno. *RET_N descriptors
 * came along, into FDS, which has room for PASS_FDS_MAX; fewer than were sent where this process
 * may not open so many. */
ssize_t pass_fds_take(int socket, void *data, size_t size, int *fds, uint32_t *ret_n);

/* One, with one byte that says nothing. */
int pass_fd(int socket, int fd);

/* -ENOMSG: a packet without one; -EPIPE: the other end was closed. */
int pass_fd_take(int socket);
