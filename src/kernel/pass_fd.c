// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "kernel/pass_fd.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

union ancillary {
    struct cmsghdr header;
    char room[CMSG_SPACE(PASS_FDS_MAX * sizeof(int))];
};

int pass_fds(int socket, const void *data, size_t len, const int *fds, uint32_t n, int flags)
{
    struct iovec iov = {.iov_base = (void *)data, .iov_len = len};
    struct msghdr msg = {.msg_iov = &iov, .msg_iovlen = 1};
    union ancillary ancillary;
    if (n) {
        msg.msg_control = &ancillary;
        msg.msg_controllen = CMSG_SPACE(n * sizeof(int));
        memset(&ancillary, 0, msg.msg_controllen);
        ancillary.header = (struct cmsghdr){.cmsg_level = SOL_SOCKET,
                                            .cmsg_type = SCM_RIGHTS,
                                            .cmsg_len = CMSG_LEN(n * sizeof(int))};
        memcpy(CMSG_DATA(&ancillary.header), fds, n * sizeof(int));
    }
    ssize_t sent = sendmsg(socket, &msg, flags | MSG_NOSIGNAL);
    return sent == (ssize_t)len ? 0 : sent < 0 ? -errno : -EMSGSIZE;
}

/* The descriptors that came with MSG into RET: their number. */
static uint32_t take_fds(struct msghdr *msg, int *ret)
{
    struct cmsghdr *c = CMSG_FIRSTHDR(msg);
    if (!c || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        return 0;
    size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(ret, CMSG_DATA(c), n * sizeof(int));
    return (uint32_t)n;
}

ssize_t pass_fds_take(int socket, void *data, size_t size, int *fds, uint32_t *ret_n)
{
    union ancillary ancillary;
    struct iovec iov = {.iov_base = data, .iov_len = size};
    struct msghdr msg = {.msg_iov = &iov,
                         .msg_iovlen = 1,
                         .msg_control = &ancillary,
                         .msg_controllen = sizeof(ancillary)};
    ssize_t len = recvmsg(socket, &msg, MSG_CMSG_CLOEXEC);
    *ret_n = len < 0 ? 0 : take_fds(&msg, fds);
    return len < 0 ? -errno : len;
}

int pass_fd(int socket, int fd)
{
    return pass_fds(socket, "", 1, &fd, 1, 0);
}

int pass_fd_take(int socket)
{
    int fds[PASS_FDS_MAX];
    uint32_t n;
    char byte;
    if (pass_fds_take(socket, &byte, 1, fds, &n) != 1)
        return -EPIPE;
    return n ? fds[0] : -ENOMSG;
}
