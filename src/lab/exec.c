// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A program in a node, as if it had been started here: the caller's side.
 *
 * Signals that the terminal sends reach the program by itself, so the caller passes on those only
 * that somebody sent to it. With a terminal of its own the program is in another process group, and
 * all of them are passed on (terminal.c).
 */
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "lab/control.h"
#include "lab/enter.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/terminal.h"

struct exec {
    int socket, signals;
    struct terminal terminal;
    sigset_t before; /* the mask */
    int status;      /* of waitpid */
    bool failed;
};

static const int passed_on[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM};
static const int job_control[] = {SIGTSTP, SIGCONT, SIGTTIN, SIGTTOU};

/* Those that the caller ignores the program ignores too. */
static void add_signals(sigset_t *set, const int *signals, size_t n)
{
    struct sigaction action;
    for (size_t i = 0; i < n; i++)
        if (!sigaction(signals[i], NULL, &action) && action.sa_handler != SIG_IGN)
            sigaddset(set, signals[i]);
}

static int take_signals(struct exec *x, struct err *err)
{
    sigset_t set;
    sigemptyset(&set);
    add_signals(&set, passed_on, ARRAY_SIZE(passed_on));
    if (x->terminal.fd >= 0)
        add_signals(&set, job_control, ARRAY_SIZE(job_control));
    x->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (x->signals < 0)
        return err_sys(err, -errno, "signalfd");
    pthread_sigmask(SIG_BLOCK, &set, &x->before);
    return 0;
}

static void pass_on(const struct exec *x, int sig)
{
    send(x->socket, &sig, sizeof(sig), MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void hear_signals(struct exec *x)
{
    struct signalfd_siginfo info;
    bool from_terminal_too = x->terminal.fd >= 0;
    while (read(x->signals, &info, sizeof(info)) == sizeof(info)) {
        if (info.ssi_signo == SIGCONT)
            terminal_give_again(&x->terminal);
        if (from_terminal_too || info.ssi_code != SI_KERNEL)
            pass_on(x, (int)info.ssi_signo);
    }
}

/* The program was stopped: so is the caller, and when that goes on, the program does. */
static void stop_too(struct exec *x)
{
    if (x->terminal.fd < 0)
        return;
    terminal_take_back(&x->terminal);
    terminal_stop(&x->terminal);
    terminal_give_again(&x->terminal);
    pass_on(x, SIGCONT);
}

/* False when there is no more to hear. */
static bool hear_helper(struct exec *x, struct err *err)
{
    struct enter_news news;
    ssize_t n = recv(x->socket, &news, sizeof(news), 0);
    if (n != (ssize_t)sizeof(news))
        return n < 0 && errno == EINTR;
    switch (news.kind) {
    case ENTER_STARTED:
        terminal_given(&x->terminal, news.value);
        break;
    case ENTER_STOPPED:
        stop_too(x);
        break;
    case ENTER_ENDED:
        x->status = news.value;
        return false;
    case ENTER_FAILED:
        *err = news.err;
        x->failed = true;
        break;
    }
    return true;
}

static void attend(struct exec *x, struct err *err)
{
    for (;;) {
        struct pollfd p[] = {{.fd = x->socket, .events = POLLIN},
                             {.fd = x->signals, .events = POLLIN}};
        if (poll(p, ARRAY_SIZE(p), -1) < 0)
            continue;
        if (p[1].revents)
            hear_signals(x);
        if (p[0].revents && !hear_helper(x, err))
            return;
    }
}

static int run(const struct enter *enter, struct exec *x, int *ret_status, struct err *err)
{
    pid_t helper;
    int r = enter_start(enter, &x->socket, &helper, err);
    if (r)
        return r;
    find_sweep(); /* while the program starts */
    attend(x, err);
    terminal_take_back(&x->terminal);
    fd_close(&x->socket);
    while (waitpid(helper, NULL, 0) < 0 && errno == EINTR)
        ;
    if (x->failed)
        return err->code;
    if (WIFSIGNALED(x->status))
        terminal_program_killed(&x->terminal, WTERMSIG(x->status));
    *ret_status = WIFSIGNALED(x->status) ? 128 + WTERMSIG(x->status) : WEXITSTATUS(x->status);
    return 0;
}

static int open_node(const char *name, const char *node, struct state *s, struct door *door,
                     struct err *err)
{
    CLEAN_FD int connection = -1;
    int r = find_lab_at_once(name, s, err);
    if (!r)
        r = control_connect(s, &connection, err);
    return r ? r : door_open(connection, s, node, door, err);
}

static int stream(int chosen, int otherwise)
{
    return chosen >= 0 ? chosen : otherwise;
}

int lab_exec(const char *name, const char *node, char *const argv[],
             const struct lab_exec_options *options, int *ret_status, struct err *err)
{
    static const struct lab_exec_options none = {.in = -1, .out = -1, .err = -1};
    const struct lab_exec_options *o = options ? options : &none;
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_DOOR struct door door = DOOR_NONE;
    CLEAN_FREE char *here = o->directory ? NULL : getcwd(NULL, 0);
    struct exec x = {.socket = -1, .signals = -1, .status = SIGKILL};
    struct enter enter = {
        .state = &s,
        .door = &door,
        .node = node,
        .argv = argv,
        .directory = o->directory ? o->directory
                     : here       ? here
                                  : "/",
        .streams = {stream(o->in, STDIN_FILENO), stream(o->out, STDOUT_FILENO),
                    stream(o->err, STDERR_FILENO)},
        .mask = &x.before,
    };
    int r = open_node(name, node, &s, &door, err);
    if (r) {
        find_sweep();
        return r;
    }
    x.terminal = terminal_find(enter.streams[0], enter.streams[1]);
    enter.terminal = x.terminal.fd;
    r = take_signals(&x, err);
    if (!r) {
        r = run(&enter, &x, ret_status, err);
        pthread_sigmask(SIG_SETMASK, &x.before, NULL);
    }
    fd_close(&x.signals);
    return r;
}
