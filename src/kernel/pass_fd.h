// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

/* Hands a descriptor to the process at the other end of SOCKET, which is a Unix socket: 0 or a
 * negative errno. */
int pass_fd(int socket, int fd);

/* Waits for one, which is the caller's to close; each message has one byte besides. -ENOMSG: a
 * message without one; -EPIPE: the other end was closed. */
int pass_fd_take(int socket);
