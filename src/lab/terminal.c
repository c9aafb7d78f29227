// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Handing a terminal on to a program in a node.
 *
 * The caller's process group has no number in the lab's PID namespace, which confuses shells that
 * compare theirs with the terminal's. So a program with a terminal gets a group of its own, and
 * with it all that the caller's shell knows of job control has to be handed on: a stop is passed
 * up, a continue down, and the foreground goes back and forth.
 *
 * Job control must not see more than it would of a plain program. A script that runs nslab exec
 * must die of Ctrl-C too, though the terminal now tells only the program's group: so a program
 * that died of it has the caller's group told, unless the caller leads it and is all there is.
 */
#include "lab/terminal.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

struct terminal terminal_find(int in, int out)
{
    struct terminal t = {.fd = -1};
    if (isatty(in) && isatty(out) && tcgetpgrp(in) == getpgrp() && !tcgetattr(in, &t.modes))
        t.fd = in;
    return t;
}

/* From the background that would stop us (SIGTTOU) if it were not blocked. */
static void set_foreground(int fd, pid_t group)
{
    sigset_t set, before;
    sigemptyset(&set);
    sigaddset(&set, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &set, &before);
    tcsetpgrp(fd, group);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void terminal_enter(int fd)
{
    setpgid(0, 0);
    set_foreground(fd, getpgrp());
}

void terminal_given(struct terminal *t, pid_t program)
{
    t->program = program;
    t->given = t->fd >= 0;
}

void terminal_give_again(struct terminal *t)
{
    if (t->fd < 0 || t->given || tcgetpgrp(t->fd) != getpgrp())
        return;
    set_foreground(t->fd, t->program);
    t->given = true;
}

void terminal_take_back(struct terminal *t)
{
    if (!t->given)
        return;
    set_foreground(t->fd, getpgrp());
    t->given = false;
}

void terminal_stop(const struct terminal *t)
{
    struct sigaction action;
    sigset_t set, before;
    if (t->fd < 0 || sigaction(SIGTSTP, NULL, &action) || action.sa_handler == SIG_IGN)
        return;
    sigemptyset(&set);
    sigaddset(&set, SIGTSTP);
    kill(0, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &set, &before); /* here it stops, and goes on */
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void terminal_program_killed(const struct terminal *t, int sig)
{
    if (t->fd < 0)
        return;
    tcsetattr(t->fd, TCSADRAIN, &t->modes);
    if ((sig == SIGINT || sig == SIGQUIT) && getpgrp() != getpid())
        kill(0, sig);
}
