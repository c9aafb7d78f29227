// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * One program in many nodes. Each node has a child that calls nslab_exec with pipes for its
 * output; the parent copies whole lines. A child dies with the parent, and the program with the
 * child. As many run at once as there are descriptors for.
 *
 * Ctrl-C reaches all of them from the terminal by itself: the parent only must not die of it
 * before they have ended. SIGTERM and SIGHUP were sent to the parent alone, and are passed on.
 */
#include "fanout.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STREAMS = 2, LINE_MAX_BYTES = 65536, FD_RESERVE = 32 };

struct stream {
    int fd; /* -1: at its end */
    char *text;
    size_t len, cap;
};

struct job {
    const char *node;
    pid_t pid; /* 0: not yet started, or ended */
    int status;
    struct stream streams[STREAMS]; /* its stdout and stderr */
};

struct fanout {
    const char *lab;
    char *const *argv;
    struct job *jobs;
    size_t n, started, at_once;
    int width;     /* of the longest name */
    int signal_fd; /* of what is blocked while this runs */
    sigset_t before;
};

static void print_line(const struct fanout *f, const struct job *job, FILE *out, const char *text,
                       size_t len)
{
    fprintf(out, "%-*s | ", f->width, job->node);
    fwrite(text, 1, len, out);
    fputc('\n', out);
}

/* Prints the whole lines in STREAM, and at its end (ALL) what is left. */
static void print_lines(const struct fanout *f, struct job *job, int which, bool all)
{
    struct stream *s = &job->streams[which];
    FILE *out = which ? stderr : stdout;
    size_t from = 0;
    for (;;) {
        char *end = s->len > from ? memchr(s->text + from, '\n', s->len - from) : NULL;
        if (!end)
            break;
        print_line(f, job, out, s->text + from, (size_t)(end - s->text) - from);
        from = (size_t)(end - s->text) + 1;
    }
    if (from < s->len && (all || s->len - from >= LINE_MAX_BYTES)) {
        print_line(f, job, out, s->text + from, s->len - from);
        from = s->len;
    }
    if (from)
        memmove(s->text, s->text + from, s->len - from);
    s->len -= from;
    fflush(out);
}

/* Reads once; false when there is nothing more for now. */
static bool read_stream(const struct fanout *f, struct job *job, int which)
{
    struct stream *s = &job->streams[which];
    if (s->cap - s->len < 4096) {
        s->cap = s->cap ? s->cap * 2 : 8192;
        s->text = given(realloc(s->text, s->cap));
    }
    ssize_t n = read(s->fd, s->text + s->len, s->cap - s->len);
    if (n > 0)
        s->len += (size_t)n;
    if (n == 0)
        clean_fd(&s->fd);
    print_lines(f, job, which, n == 0);
    return n > 0;
}

/* Takes what an ended program left in the pipe. A program of its own in the background may hold
 * the other end for ever, so the pipe's end is not waited for. */
static void drain(const struct fanout *f, struct job *job)
{
    for (int which = 0; which < STREAMS; which++) {
        struct stream *s = &job->streams[which];
        while (s->fd >= 0 && read_stream(f, job, which))
            ;
        clean_fd(&s->fd);
        print_lines(f, job, which, true);
    }
}

/* In the child: never returns. */
static void run_job(const struct fanout *f, const char *node, const int out[STREAMS])
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigprocmask(SIG_SETMASK, &f->before, NULL);
    int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(out[0], 1);
    dup2(out[1], 2);
    if (in < 0)
        _exit(fail(NSLAB_FAILED, "/dev/null: %s", strerror(errno)));
    dup2(in, 0);

    struct nslab_error error;
    int exit_status = 0;
    int status = nslab_exec(f->lab, node, f->argv, NULL, &exit_status, &error);
    _exit(status ? fail_error(status, NULL, &error) : exit_status);
}

static int start_job(struct fanout *f, struct job *job)
{
    int out[2], err[2];
    if (pipe2(out, O_CLOEXEC))
        return fail(NSLAB_FAILED, "pipe: %s", strerror(errno));
    if (pipe2(err, O_CLOEXEC)) {
        int code = errno;
        close(out[0]);
        close(out[1]);
        return fail(NSLAB_FAILED, "pipe: %s", strerror(code));
    }
    job->pid = fork();
    if (job->pid == 0)
        run_job(f, job->node, (const int[]){out[1], err[1]});
    close(out[1]);
    close(err[1]);
    job->streams[0].fd = out[0];
    job->streams[1].fd = err[0];
    fcntl(out[0], F_SETFL, O_NONBLOCK);
    fcntl(err[0], F_SETFL, O_NONBLOCK);
    return job->pid < 0 ? fail(NSLAB_FAILED, "fork: %s", strerror(errno)) : 0;
}

/* Reaps those that have ended; gives how many still run. */
static size_t reap(struct fanout *f)
{
    size_t running = 0;
    for (size_t i = 0; i < f->started; i++) {
        struct job *job = &f->jobs[i];
        int status;
        if (job->pid > 0 && waitpid(job->pid, &status, WNOHANG) == job->pid) {
            job->pid = 0;
            job->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            drain(f, job);
        }
        running += job->pid > 0;
    }
    return running;
}

static void take_signals(const struct fanout *f)
{
    struct signalfd_siginfo info;
    while (read(f->signal_fd, &info, sizeof(info)) == sizeof(info)) {
        if (info.ssi_signo == SIGCHLD || info.ssi_code == SI_KERNEL)
            continue;
        for (size_t i = 0; i < f->started; i++) {
            if (f->jobs[i].pid > 0)
                kill(f->jobs[i].pid, (int)info.ssi_signo);
        }
    }
}

/* Waits for something to happen and sees to it; gives how many still run. */
static size_t turn(struct fanout *f, struct pollfd *fds, size_t *which)
{
    size_t n = 0;
    fds[n++] = (struct pollfd){.fd = f->signal_fd, .events = POLLIN};
    for (size_t i = 0; i < f->started * STREAMS; i++) {
        int fd = f->jobs[i / STREAMS].streams[i % STREAMS].fd;
        if (fd < 0)
            continue;
        which[n] = i;
        fds[n++] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    if (poll(fds, n, -1) < 0)
        return f->started;
    for (size_t k = 1; k < n; k++) {
        if (fds[k].revents)
            read_stream(f, &f->jobs[which[k] / STREAMS], (int)(which[k] % STREAMS));
    }
    if (fds[0].revents)
        take_signals(f);
    return reap(f);
}

static int run_jobs(struct fanout *f)
{
    struct pollfd *fds = given(calloc(f->n * STREAMS + 1, sizeof(*fds)));
    size_t *which = given(calloc(f->n * STREAMS + 1, sizeof(*which)));
    size_t running = 0;
    int status = 0;
    while (running || (f->started < f->n && !status)) {
        while (f->started < f->n && running < f->at_once && !status) {
            status = start_job(f, &f->jobs[f->started++]);
            running += !status;
        }
        if (running)
            running = turn(f, fds, which);
    }
    free(fds);
    free(which);
    return status;
}

static void block_signals(struct fanout *f)
{
    static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGCHLD};
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaddset(&set, signals[i]);
    sigprocmask(SIG_BLOCK, &set, &f->before);
    f->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void set_up(struct fanout *f, const json_t *nodes)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    f->at_once =
        files.rlim_cur > FD_RESERVE + STREAMS ? (size_t)(files.rlim_cur - FD_RESERVE) / STREAMS : 1;
    for (size_t i = 0; i < f->n; i++) {
        struct job *job = &f->jobs[i];
        job->node = json_string_value(json_array_get(nodes, i));
        job->streams[0].fd = job->streams[1].fd = -1;
        int width = (int)strlen(job->node);
        f->width = width > f->width ? width : f->width;
    }
}

int fanout_exec(const char *lab, const json_t *nodes, char *const argv[])
{
    size_t n = json_array_size(nodes);
    struct fanout f = {
        .lab = lab, .argv = argv, .n = n, .jobs = given(calloc(n + 1, sizeof(*f.jobs)))};
    set_up(&f, nodes);
    block_signals(&f);
    int status =
        f.signal_fd < 0 ? fail(NSLAB_FAILED, "signalfd: %s", strerror(errno)) : run_jobs(&f);
    for (size_t i = 0; i < n; i++) {
        status = status ? status : f.jobs[i].status;
        free(f.jobs[i].streams[0].text);
        free(f.jobs[i].streams[1].text);
    }
    free(f.jobs);
    clean_fd(&f.signal_fd);
    sigprocmask(SIG_SETMASK, &f.before, NULL);
    return status;
}
