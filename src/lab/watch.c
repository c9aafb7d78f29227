// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Waiting for conditions. Everything that the kernel tells by itself is waited for: changes of
 * routes, neighbours and links, of folders, what the service prints, the end of a command. Only of
 * sockets that begin to listen it tells nothing; these are looked for now and then.
 *
 * Something to be told of is asked for before the look, so that nothing can come between.
 */
#include "lab/watch.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "base/regexp.h"
#include "kernel/procs.h"
#include "netlink/presence.h"

enum {
    LISTEN_MS = 20,
    COMMAND_MS = 20, /* where no pidfd is to be had */
    FILE_MS = 250,   /* besides inotify, which does not see behind a link that leads elsewhere */
    LINE_MAX_BYTES = 65536,
};

struct condition {
    const struct ready *ready;
    struct watch_note *note;
    regex_t regex; /* of READY_OUTPUT */
    int pidfd;     /* of READY_COMMAND, while it runs */
    pid_t pid;
    int64_t next; /* when to run it again */
};

struct watcher {
    const struct watch *w;
    struct condition *conditions;
    uint32_t n;
    struct nl *nl, *diag;
    int printed;           /* the pipe, until its end */
    int news;              /* of rtnetlink */
    int notify;            /* inotify */
    struct pollfd *polled; /* room for three, and one for each condition */
    struct str line;
};

bool watch_needs_output(const struct service *service)
{
    VEC_EACH (struct ready, ready, &service->ready)
        if (ready->kind == READY_OUTPUT)
            return true;
    return false;
}

static _Noreturn void give_up(const char *what, const struct err *err)
{
    dprintf(STDERR_FILENO, "nslab: %s: %s\n", what, err->text);
    _exit(1);
}

/* --- Looking --------------------------------------------------------------------------------- */

/* Asks to be told of what happens in the deepest folder of PATH that is there. */
static void watch_folder(const struct watcher *w, const char *path)
{
    char folder[PATH_MAX];
    struct stat st;
    snprintf(folder, sizeof(folder), "%s", path);
    do {
        char *slash = strrchr(folder, '/');
        slash[slash == folder] = '\0';
    } while (folder[1] && (stat(folder, &st) || !S_ISDIR(st.st_mode)));
    inotify_add_watch(w->notify, folder, IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF);
}

static int has_file(const struct watcher *w, const char *path)
{
    struct stat st;
    watch_folder(w, path);
    if (!stat(path, &st))
        return 1;
    watch_folder(w, path); /* a folder of it may have come just before */
    return !stat(path, &st);
}

static void start_command(const struct watcher *w, struct condition *c)
{
    c->next = procs_now_ms() + c->ready->every_ms;
    struct program program = *w->w->program;
    program.argv = c->ready->command.argv;
    program.out = -1;
    struct err err;
    CLEAN_FD int started = -1;
    c->pid = program_start(&program, &started, &err);
    c->pidfd = c->pid > 0 ? procs_pidfd(c->pid) : -1;
}

/* 1 when it has ended with 0; starts it when it is time to. */
static int look_at_command(const struct watcher *w, struct condition *c)
{
    int status;
    if (c->pid > 0 && waitpid(c->pid, &status, WNOHANG) == c->pid) {
        c->pid = 0;
        fd_close(&c->pidfd);
        c->note->status = status;
        if (!status)
            return 1;
    }
    if (c->pid <= 0 && procs_now_ms() >= c->next)
        start_command(w, c);
    return 0;
}

static int look(const struct watcher *w, struct condition *c, struct err *err)
{
    const struct ready *ready = c->ready;
    switch (ready->kind) {
    case READY_LISTEN:
        return presence_listener(w->diag, ready->protocol, ready->port, err);
    case READY_OUTPUT:
        return 0; /* see hear_output */
    case READY_FILE:
        return has_file(w, ready->text);
    case READY_COMMAND:
        return look_at_command(w, c);
    case READY_ROUTE:
        return presence_route(w->nl, &ready->prefix, err);
    case READY_NEIGHBOUR:
        return presence_neighbour(w->nl, &ready->addr, err);
    case READY_INTERFACE:
        return presence_interface(w->nl, ready->text, err);
    }
    return 0;
}

/* Whether all hold. */
static bool look_at_all(const struct watcher *w)
{
    bool all = true;
    struct err err;
    for (uint32_t i = 0; i < w->n; i++) {
        struct condition *c = &w->conditions[i];
        int r = c->note->held ? 1 : look(w, c, &err);
        if (r < 0 && r != -EINTR && r != -ENOBUFS)
            give_up("waiting for a service to be ready", &err);
        c->note->held = r > 0;
        all = all && c->note->held;
    }
    return all;
}

/* --- Hearing --------------------------------------------------------------------------------- */

static void match_line(const struct watcher *w, const char *line)
{
    for (uint32_t i = 0; i < w->n; i++) {
        struct condition *c = &w->conditions[i];
        if (c->ready->kind == READY_OUTPUT && !c->note->held)
            c->note->held = regex_fits(&c->regex, line);
    }
}

/* What was printed, by whole lines; what has no end yet is looked at too, as a prompt has none. */
static void hear_output(struct watcher *w)
{
    char buf[16384];
    ssize_t n = read(w->printed, buf, sizeof(buf));
    if (!n) /* it has ended; the keeper will know what to do */
        fd_close(&w->printed);
    for (ssize_t i = 0; i < n; i++) {
        if (buf[i] == '\n' || w->line.len >= LINE_MAX_BYTES) {
            match_line(w, w->line.text ? w->line.text : "");
            str_done(&w->line);
        }
        if (buf[i] != '\n')
            str_addn(&w->line, buf[i] ? &buf[i] : "?", 1);
    }
    if (n > 0 && w->line.len)
        match_line(w, w->line.text);
}

static void drain(int fd)
{
    char buf[16384];
    while (fd >= 0 && recv(fd, buf, sizeof(buf), MSG_DONTWAIT) >= 0)
        ;
}

static void drain_notify(int fd)
{
    char buf[16384];
    while (fd >= 0 && read(fd, buf, sizeof(buf)) > 0)
        ;
}

/* Until the next try of a command, or to its end where pidfds, which tell of that, are refused. */
static int64_t time_of_command(const struct condition *c)
{
    if (c->pid <= 0)
        return c->next - procs_now_ms();
    return c->pidfd < 0 ? COMMAND_MS : INT32_MAX;
}

/* Milliseconds until something is to be looked at that nobody tells of; -1: never. */
static int timeout(const struct watcher *w)
{
    int64_t best = INT32_MAX;
    for (uint32_t i = 0; i < w->n; i++) {
        const struct condition *c = &w->conditions[i];
        int64_t left = INT32_MAX;
        if (c->note->held)
            continue;
        if (c->ready->kind == READY_LISTEN)
            left = LISTEN_MS;
        if (c->ready->kind == READY_FILE)
            left = FILE_MS;
        if (c->ready->kind == READY_COMMAND)
            left = time_of_command(c);
        best = left < best ? left : best;
    }
    return best == INT32_MAX ? -1 : best < 0 ? 0 : (int)best;
}

static void wait_for_news(struct watcher *w)
{
    struct pollfd *p = w->polled;
    nfds_t n = 3;
    p[0] = (struct pollfd){.fd = w->printed, .events = POLLIN};
    p[1] = (struct pollfd){.fd = w->news, .events = POLLIN};
    p[2] = (struct pollfd){.fd = w->notify, .events = POLLIN};
    for (uint32_t i = 0; i < w->n; i++)
        if (w->conditions[i].pidfd >= 0)
            p[n++] = (struct pollfd){.fd = w->conditions[i].pidfd, .events = POLLIN};
    if (poll(p, n, timeout(w)) < 0)
        return;
    if (p[0].revents)
        hear_output(w);
    drain(w->news);
    drain_notify(w->notify);
}

/* --- Setting up ------------------------------------------------------------------------------ */

static int open_news(struct err *err)
{
    struct sockaddr_nl address = {
        .nl_family = AF_NETLINK,
        .nl_groups = RTMGRP_LINK | RTMGRP_NEIGH | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE,
    };
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)))
        return err_sys(err, -errno, "listening to the kernel by netlink");
    return fd;
}

static int prepare_condition(struct watcher *w, struct condition *c, struct err *err)
{
    char why[REGEX_WHY_MAX];
    int r = 0;
    switch (c->ready->kind) {
    case READY_LISTEN:
        return w->diag ? 0 : nl_open_protocol(NETLINK_SOCK_DIAG, &w->diag, err);
    case READY_OUTPUT:
        r = regex_compile(&c->regex, c->ready->text, 0, why);
        return r ? err_set(err, -EINVAL, "%s: no regular expression", c->ready->text) : 0;
    case READY_FILE:
        w->notify = w->notify < 0 ? inotify_init1(IN_CLOEXEC | IN_NONBLOCK) : w->notify;
        return 0;
    case READY_COMMAND:
        return 0;
    case READY_ROUTE:
    case READY_NEIGHBOUR:
    case READY_INTERFACE:
        if (w->news < 0 && (w->news = open_news(err)) < 0)
            return w->news;
        return w->nl ? 0 : nl_open(&w->nl, err);
    }
    return r;
}

static _Noreturn void watch_main(const struct watch *w)
{
    struct watcher watcher = {
        .w = w, .n = w->service->ready.n, .printed = w->printed, .news = -1, .notify = -1};
    struct err err;
    int keep[] = {w->printed, w->program->mnt, w->program->net, w->program->out};
    procs_set_title("nslab-watch", "");
    procs_keep_fds(keep, ARRAY_SIZE(keep));
    dup2(w->program->out, STDERR_FILENO);
    memory_last_words(STDERR_FILENO, NULL, 0);
    watcher.conditions = memory_zeroed(watcher.n + 1, sizeof(*watcher.conditions));
    watcher.polled = memory_zeroed(watcher.n + 3, sizeof(*watcher.polled));
    int r = program_enter(w->program->mnt, w->program->net, w->program->node, &err);
    for (uint32_t i = 0; i < watcher.n && !r; i++) {
        watcher.conditions[i] =
            (struct condition){.ready = &w->service->ready.v[i], .note = &w->notes[i], .pidfd = -1};
        r = prepare_condition(&watcher, &watcher.conditions[i], &err);
    }
    if (r)
        give_up("waiting for a service to be ready", &err);
    while (!look_at_all(&watcher))
        wait_for_news(&watcher);
    _exit(0);
}

pid_t watch_start(const struct watch *w)
{
    for (uint32_t i = 0; i < w->service->ready.n; i++)
        w->notes[i] = (struct watch_note){.status = -1};
    pid_t pid = fork();
    if (!pid)
        watch_main(w);
    return pid < 0 ? -errno : pid;
}

/* --- What is missing ------------------------------------------------------------------------- */

void watch_missing(const struct ready *ready, const struct watch_note *note, struct str *out)
{
    char text[ADDR_TEXT_MAX], end[PROGRAM_END_MAX];
    switch (ready->kind) {
    case READY_LISTEN:
        str_addf(out, "no socket listens on %s/%u", ready->protocol == IPPROTO_UDP ? "udp" : "tcp",
                 ready->port);
        break;
    case READY_OUTPUT:
        str_addf(out, "it printed nothing that matches %s", ready->text);
        break;
    case READY_FILE:
        str_addf(out, "there is no file %s", ready->text);
        break;
    case READY_COMMAND:
        str_add(out, "`");
        program_text(ready->command.argv, out);
        str_addf(out, "` %s", note->status < 0 ? "has not ended" : program_end(note->status, end));
        break;
    case READY_ROUTE:
        str_addf(out, "there is no route to %s", prefix_text(&ready->prefix, text));
        break;
    case READY_NEIGHBOUR:
        str_addf(out, "the neighbour table has no %s", addr_text(&ready->addr, text));
        break;
    case READY_INTERFACE:
        str_addf(out, "interface %s does not run", ready->text);
        break;
    }
}
