// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A program in a node, with an end. A child waits for it: that one is killed when time is over, and
 * with it the program, and lab_exec may do with the child's signals what it likes.
 */
#include "check/program.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include "lab/deadline.h"

/* What the child tells: less than a pipe takes at once. */
struct news {
    int r, status;
    struct err err;
};

/* In the child. */
static _Noreturn void attend(const char *lab, const char *node, char *const argv[], int out,
                             int tell)
{
    struct news news = {0};
    CLEAN_FD int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    const struct lab_exec_options options = {.in = in, .out = out, .err = out};
    news.r = lab_exec(lab, node, argv, &options, &news.status, &news.err);
    ssize_t n = write(tell, &news, sizeof(news));
    _exit(n == sizeof(news) ? 0 : 1);
}

/* False when there is no more for now; *RET_OVER: for ever. */
static bool take_output(int fd, struct str *output, bool *ret_over)
{
    char bytes[4096];
    ssize_t n = read(fd, bytes, sizeof(bytes));
    if (n > 0 && output->len < PROGRAM_OUTPUT_MAX)
        str_addn(output, bytes, (size_t)n);
    *ret_over = n == 0;
    return n > 0 || (n < 0 && errno == EINTR);
}

/* Until the child has told how it ended. Output may be held open by what the program left behind,
 * so its end is not waited for. */
static bool listen_to(int out, int told, unsigned limit_ms, struct news *news, struct str *output)
{
    struct deadline end = deadline_in(limit_ms);
    struct pollfd p[] = {{.fd = out, .events = POLLIN}, {.fd = told, .events = POLLIN}};
    bool over = false;
    while (deadline_left(&end)) {
        if (poll(p, ARRAY_SIZE(p), deadline_left(&end)) <= 0)
            continue;
        if (p[0].revents && !take_output(out, output, &over) && over)
            p[0].fd = -1;
        if (!p[1].revents)
            continue;
        bool whole = read(told, news, sizeof(*news)) == sizeof(*news);
        while (take_output(out, output, &over))
            ;
        return whole;
    }
    return false;
}

static int start(const char *lab, const char *node, char *const argv[], int fds[2],
                 pid_t *ret_child)
{
    int out[2], told[2];
    if (pipe2(out, O_CLOEXEC))
        return -errno;
    if (pipe2(told, O_CLOEXEC)) {
        int r = -errno;
        close(out[0]);
        close(out[1]);
        return r;
    }
    pid_t parent = getpid();
    *ret_child = fork();
    int r = *ret_child < 0 ? -errno : 0;
    if (!*ret_child) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        attend(lab, node, argv, out[1], told[1]);
    }
    close(out[1]);
    close(told[1]);
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fds[0] = out[0];
    fds[1] = told[0];
    if (r) {
        close(fds[0]);
        close(fds[1]);
    }
    return r;
}

int program_run(const char *lab, const char *node, char *const argv[], unsigned limit_ms,
                struct program_result *ret, struct err *err)
{
    struct news news = {0};
    int fds[2] = {-1, -1};
    pid_t child = -1;
    int r = start(lab, node, argv, fds, &child);
    if (r)
        return err_sys(err, r, "starting %s", argv[0]);
    *ret = (struct program_result){0};
    bool heard = listen_to(fds[0], fds[1], limit_ms, &news, &ret->output);
    close(fds[0]);
    close(fds[1]);
    if (!heard)
        kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
        ;
    ret->late = !heard;
    ret->status = news.status;
    if (heard && news.r) {
        str_done(&ret->output);
        *err = news.err;
        return news.r;
    }
    return 0;
}
