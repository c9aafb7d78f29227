// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Serving clients without ever depending on one. Nothing here waits: a client that sends garbage
 * or asks again before it has read its answer is dropped, one that says nothing costs its
 * descriptor, and when all places are taken the next waits outside until one goes, or is silent for
 * so long that it is sent away. One request of each client a turn, so that none starves the others.
 *
 * The directory of the socket is closed to all other users; the peer's number is compared all the
 * same. It is the number that the keeper sees, so in a user namespace the host's root is a stranger
 * (65534).
 */
#include "lab/server.h"

#include <fcntl.h>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "kernel/procs.h"

enum { SILENT_MS = 500 }; /* for a client to be sent away where another wants its place */

static int open_spare(void)
{
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int server_open(struct server *s)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = STATE_SOCKET};
    CLEAN_FD int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) ||
        listen(fd, SERVER_CLIENTS_MAX))
        return -errno;
    *s = (struct server){.listener = TAKE_FD(fd), .spare = open_spare()};
    return 0;
}

void server_close(struct server *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        close(s->clients[i].fd);
    s->n = 0;
    fd_close(&s->listener);
    fd_close(&s->spare);
}

static void drop(struct server *s, int fd)
{
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->clients[i].fd != fd)
            continue;
        close(fd);
        s->clients[i] = s->clients[--s->n];
        return;
    }
}

static const struct client *most_silent(const struct server *s)
{
    const struct client *silent = &s->clients[0];
    for (uint32_t i = 1; i < s->n; i++) {
        if (s->clients[i].heard < silent->heard)
            silent = &s->clients[i];
    }
    return silent;
}

/* Sends away who has been silent too long where all places are taken; true if there is one now. */
static bool make_room(struct server *s, int *ret_timeout)
{
    if (s->n < SERVER_CLIENTS_MAX)
        return true;
    const struct client *silent = most_silent(s);
    int64_t left = silent->heard + SILENT_MS - procs_now_ms();
    if (left > 0) {
        *ret_timeout = (int)left;
        return false;
    }
    drop(s, silent->fd);
    return true;
}

uint32_t server_poll(struct server *s, struct pollfd *p, int *ret_timeout)
{
    bool room = make_room(s, ret_timeout);
    p[0] = (struct pollfd){.fd = room ? s->listener : -1, .events = POLLIN};
    for (uint32_t i = 0; i < s->n; i++)
        p[i + 1] = (struct pollfd){.fd = s->clients[i].fd, .events = POLLIN};
    return s->n + 1;
}

static int accept_next(const struct server *s)
{
    return accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

/* Without a descriptor for it the next client would be for ever the next. */
static void send_away(struct server *s, int code)
{
    fd_close(&s->spare);
    CLEAN_FD int fd = accept_next(s);
    if (fd >= 0)
        control_send_answer(fd, code, NULL, 0);
    fd_close(&fd);
    s->spare = open_spare();
}

static void accept_client(struct server *s)
{
    struct ucred peer;
    socklen_t len = sizeof(peer);
    CLEAN_FD int fd = accept_next(s);
    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE)
            send_away(s, -errno);
        return;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &len) || peer.uid != geteuid()) {
        control_send_answer(fd, -EPERM, NULL, 0);
        return;
    }
    s->clients[s->n++] = (struct client){.fd = TAKE_FD(fd), .heard = procs_now_ms()};
}

/* Whether the answer before was read. Descriptors under way count against the user, who may have
 * only so many: one answer at a time. */
static bool has_read(int fd)
{
    int waiting = 0;
    return !ioctl(fd, SIOCOUTQ, &waiting) && !waiting;
}

static bool serve_client(int fd, server_answer_fn *fn, void *arg)
{
    char data[sizeof(struct control_request) + 1];
    struct control_request request;
    int fds[CONTROL_FDS_MAX];
    uint32_t n = 0;
    ssize_t len = recv(fd, data, sizeof(data), 0);
    if (len < 0 && (errno == EAGAIN || errno == EINTR))
        return true;
    if (len <= 0 || !has_read(fd))
        return false;
    int code = -EINVAL;
    if (control_parse(data, (size_t)len, &request))
        code = fn(arg, &request, fds, &n);
    return control_send_answer(fd, code, fds, n) && code != -EINVAL;
}

static void mark_heard(struct server *s, int fd)
{
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->clients[i].fd == fd)
            s->clients[i].heard = procs_now_ms();
    }
}

void server_serve(struct server *s, const struct pollfd *p, uint32_t n, server_answer_fn *fn,
                  void *arg)
{
    for (uint32_t i = 1; i < n; i++) {
        if (!p[i].revents)
            continue;
        if (serve_client(p[i].fd, fn, arg))
            mark_heard(s, p[i].fd);
        else
            drop(s, p[i].fd);
    }
    if (p[0].revents)
        accept_client(s);
}
