// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Talking to a keeper. Packets keep requests whole, descriptors come along with the answer. The
 * socket is reached through a descriptor of its directory, so that its path may be longer than the
 * 107 bytes that fit into a socket's address.
 */
#include "lab/control.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

#include "lab/deadline.h"

enum { ANSWER_WITHIN_S = 5, BUSY_MS = 5 };

bool control_parse(const void *data, size_t len, struct control_request *ret)
{
    if (len != sizeof(*ret))
        return false;
    memcpy(ret, data, sizeof(*ret));
    return ret->version == CONTROL_VERSION && ret->verb >= CONTROL_JOIN &&
           ret->verb <= CONTROL_SERVICE && memchr(ret->node, '\0', sizeof(ret->node)) &&
           memchr(ret->service, '\0', sizeof(ret->service));
}

bool control_send_answer(int fd, int code, const int *fds, uint32_t n)
{
    struct control_answer answer = {.version = CONTROL_VERSION, .code = code, .n = n};
    int r = pass_fds(fd, &answer, sizeof(answer), fds, n, MSG_DONTWAIT);
    return !r || (r == -ETOOMANYREFS && n && control_send_answer(fd, CONTROL_BUSY, NULL, 0));
}

/* Why the keeper of S gives no answer, CODE being what came instead. */
static int no_answer(const struct state *s, int code, struct err *err)
{
    struct proc_id keeper = {0};
    state_read_proc(s, STATE_KEEPER, &keeper);
    if (code == -EAGAIN && procs_stopped(&keeper))
        return err_set(err, -ETIMEDOUT,
                       "the keeper of lab '%s' (process %d) does not answer: it is stopped.\n"
                       "`kill -CONT %d` wakes it, `nslab down %s` ends the lab.",
                       s->name, keeper.pid, keeper.pid, s->name);
    if (code == -EAGAIN)
        return err_set(err, -ETIMEDOUT,
                       "the keeper of lab '%s' (process %d) does not answer within %d seconds.\n"
                       "`nslab down %s` ends the lab.",
                       s->name, keeper.pid, ANSWER_WITHIN_S, s->name);
    if (state_life(s) == LAB_BUILDING)
        return err_set(err, -EAGAIN, "lab '%s' is still being built", s->name);
    return err_set(err, -ENOENT, "lab '%s' is ending, or has just ended", s->name);
}

int control_connect(const struct state *s, int *ret_fd, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct timeval within = {.tv_sec = ANSWER_WITHIN_S};
    snprintf(address.sun_path, sizeof(address.sun_path), "/proc/self/fd/%d/" STATE_SOCKET, s->dir);
    CLEAN_FD int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return err_sys(err, -errno, "making a socket");
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &within, sizeof(within));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &within, sizeof(within));
    if (connect(fd, (struct sockaddr *)&address, sizeof(address)))
        return no_answer(s, -errno, err);
    *ret_fd = TAKE_FD(fd);
    return 0;
}

/* A node's view of files is made when somebody joins it for the first time. */
static int keeper_is_full(const struct state *s, int code, struct err *err)
{
    struct proc_id keeper = {0};
    state_read_proc(s, STATE_KEEPER, &keeper);
    if (code == -ENOSPC)
        return err_lacking(err, code,
                           "the keeper of lab '%s' may not make mounts for the node: a limit is "
                           "reached (user.max_mnt_namespaces or fs.mount-max). End other labs or "
                           "containers, or raise it",
                           s->name);
    return err_lacking(err, code,
                       "the keeper of lab '%s' (process %d) may not open more files: raise its "
                       "limit, as by `prlimit --pid %d --nofile=4096`",
                       s->name, keeper.pid, keeper.pid);
}

/* One question and its answer. */
static int ask_once(int fd, const struct state *s, const struct control_request *request,
                    int *ret_fds, struct err *err)
{
    struct control_request packet = *request;
    struct control_answer answer;
    uint32_t n;
    packet.version = CONTROL_VERSION;
    /* one that was sent away has its answer already, and nobody who listens */
    if (send(fd, &packet, sizeof(packet), MSG_NOSIGNAL) < 0 && errno != EPIPE)
        return no_answer(s, -errno, err);
    ssize_t len = pass_fds_take(fd, &answer, sizeof(answer), ret_fds, &n);
    if (len < 0)
        return no_answer(s, (int)len, err);
    bool whole =
        len == (ssize_t)sizeof(answer) && answer.version == CONTROL_VERSION && answer.code <= 0;
    if (whole && !answer.code && answer.n == n)
        return (int)n;
    for (uint32_t i = 0; i < n; i++)
        close(ret_fds[i]);
    if (!whole)
        return no_answer(s, -ECONNRESET, err);
    if (answer.code == -EMFILE || answer.code == -ENFILE || answer.code == -ENOSPC)
        return keeper_is_full(s, answer.code, err);
    if (answer.code)
        return answer.code;
    return err_lacking(err, -EMFILE,
                       "this process may not open %u more files: raise its limit (ulimit -n)",
                       answer.n);
}

int control_ask(int fd, const struct state *s, const struct control_request *request, int *ret_fds,
                struct err *err)
{
    struct deadline within = deadline_in(ANSWER_WITHIN_S * 1000);
    int r = ask_once(fd, s, request, ret_fds, err);
    while (r == CONTROL_BUSY && deadline_left(&within)) {
        procs_sleep_ms(BUSY_MS);
        r = ask_once(fd, s, request, ret_fds, err);
    }
    return r == CONTROL_BUSY ? no_answer(s, -EAGAIN, err) : r;
}
