// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Messages of a lab in the making. Neither side may stall the other: who asked may be stopped
 * (Ctrl-Z) in the middle of it. So sending never waits, and progress keeps to a part of the
 * socket's buffer, which leaves room for the last word.
 */
#include "lab/talk.h"

#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "base/memory.h"

/* Bytes that may wait, of a buffer of 200 KiB; more where a phase begins or ends. */
enum { PROGRESS_ROOM = 32768, EDGE_ROOM = 3 * PROGRESS_ROOM };

int talk_open(int ends[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) ? -errno : 0;
}

void talk_progress(int fd, const char *phase, uint32_t done, uint32_t all)
{
    struct talk t = {.kind = TALK_PROGRESS, .done = done, .all = all};
    int waiting = 0, room = !done || done == all ? EDGE_ROOM : PROGRESS_ROOM;
    snprintf(t.phase, sizeof(t.phase), "%s", phase);
    if (!ioctl(fd, SIOCOUTQ, &waiting) && waiting < room)
        send(fd, &t, sizeof(t), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void talk_ready(int fd)
{
    struct talk t = {.kind = TALK_READY};
    send(fd, &t, sizeof(t), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void talk_failed(int fd, const struct err *err)
{
    struct talk t = {.kind = TALK_FAILED, .err = *err};
    send(fd, &t, sizeof(t), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void talk_last_words(int fd)
{
    static const struct talk t = {
        .kind = TALK_FAILED,
        .err = {.code = -ENOMEM, .status = STATUS_FAILED, .text = "out of memory"}};
    memory_last_words(fd, &t, sizeof(t));
}

int talk_read(int fd, struct talk *ret)
{
    ssize_t n = recv(fd, ret, sizeof(*ret), 0);
    if (n == (ssize_t)sizeof(*ret))
        return 0;
    return n < 0 && errno == EINTR ? -EINTR : -EPIPE;
}

void talk_detach(int fd)
{
    send(fd, "", 1, MSG_DONTWAIT | MSG_NOSIGNAL);
}

bool talk_detached(int fd)
{
    char byte;
    return recv(fd, &byte, 1, MSG_DONTWAIT) == 1;
}
