// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "kernel/pass_fd.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

union ancillary {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
};

int pass_fd(int socket, int fd)
{
    char byte = 0;
    struct iovec iov = {.iov_base = &byte, .iov_len = 1};
    union ancillary ancillary = {.header = {.cmsg_level = SOL_SOCKET,
                                            .cmsg_type = SCM_RIGHTS,
                                            .cmsg_len = CMSG_LEN(sizeof(int))}};
    struct msghdr msg = {.msg_iov = &iov,
                         .msg_iovlen = 1,
                         .msg_control = &ancillary,
                         .msg_controllen = sizeof(ancillary)};
    memcpy(CMSG_DATA(&ancillary.header), &fd, sizeof(fd));
    return sendmsg(socket, &msg, MSG_NOSIGNAL) == 1 ? 0 : -errno;
}

int pass_fd_take(int socket)
{
    char byte;
    int fd;
    struct iovec iov = {.iov_base = &byte, .iov_len = 1};
    union ancillary ancillary;
    struct msghdr msg = {.msg_iov = &iov,
                         .msg_iovlen = 1,
                         .msg_control = &ancillary,
                         .msg_controllen = sizeof(ancillary)};
    if (recvmsg(socket, &msg, MSG_CMSG_CLOEXEC) != 1)
        return -EPIPE;
    if (!msg.msg_controllen)
        return -ENOMSG;
    memcpy(&fd, CMSG_DATA(&ancillary.header), sizeof(fd));
    return fd;
}
