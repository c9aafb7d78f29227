// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * nslab run: a lab for as long as a command runs, for tests and CI.
 *
 * The lab is tied to this process: whatever ends it ends the lab. The command runs in the caller's
 * place, not in a node, and finds the lab through NSLAB_LAB. Signals of the terminal reach the
 * command by themselves, so they are only kept from ending this process before the lab is down;
 * what was sent to this process alone is passed on. All talk goes to stderr, as stdout is the
 * command's.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "args.h"
#include "build.h"
#include "cli.h"
#include "target.h"

enum { GRACE_MS = 2000 };

static const int signals[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGCHLD};

/* In the child: never returns. */
static void become(char *const argv[], const char *lab, const sigset_t *mask, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGHUP);
    if (getppid() != parent)
        _exit(1);
    sigprocmask(SIG_SETMASK, mask, NULL);
    setenv("NSLAB_LAB", lab, 1);
    execvp(argv[0], argv);
    int code = errno;
    fail(0, "%s: %s", argv[0], strerror(code));
    _exit(code == ENOENT ? 127 : 126);
}

static void pass_on(int signal_fd, pid_t child)
{
    struct signalfd_siginfo info;
    if (read(signal_fd, &info, sizeof(info)) != sizeof(info))
        return;
    if (info.ssi_signo != SIGCHLD && info.ssi_code != SI_KERNEL)
        kill(child, (int)info.ssi_signo);
}

static int wait_for(pid_t child, int signal_fd)
{
    int status;
    for (;;) {
        pid_t pid = waitpid(child, &status, WNOHANG);
        if (pid == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        if (pid < 0 && errno != EINTR)
            return NSLAB_FAILED;
        pass_on(signal_fd, child);
    }
}

/* A shell that died may have left the terminal to a group that is no more. */
static void take_terminal_back(pid_t group)
{
    sigset_t ttou, before;
    if (group != getpgrp() || tcgetpgrp(STDIN_FILENO) == group)
        return;
    sigemptyset(&ttou);
    sigaddset(&ttou, SIGTTOU);
    sigprocmask(SIG_BLOCK, &ttou, &before);
    tcsetpgrp(STDIN_FILENO, group);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Runs ARGV with the lab up; gives its exit status. The signals stay blocked afterwards, so that
 * nothing comes between this and the lab's end. */
static int run_command(char *const argv[], const char *lab)
{
    sigset_t set, before;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT(signals); i++)
        sigaddset(&set, signals[i]);
    sigprocmask(SIG_BLOCK, &set, &before);
    CLEAN_FD int signal_fd = signalfd(-1, &set, SFD_CLOEXEC);
    pid_t group = tcgetpgrp(STDIN_FILENO);
    pid_t parent = getpid();
    pid_t child = signal_fd < 0 ? -1 : fork();
    if (child < 0)
        return fail(NSLAB_FAILED, "starting %s: %s", argv[0], strerror(errno));
    if (!child)
        become(argv, lab, &before, parent);
    int status = wait_for(child, signal_fd);
    take_terminal_back(group);
    return status;
}

static bool still_runs(const char *lab)
{
    CLEAN_TEXT char *text = NULL;
    bool found = false;
    if (nslab_list(&text, NULL))
        return false;
    CLEAN_JSON json_t *labs = parse_json(text);
    for (size_t i = 0; i < json_array_size(labs); i++)
        found = found || !strcmp(get_text(json_array_get(labs, i), "name"), lab);
    return found;
}

/* The command may have taken the lab down itself. */
static int take_down(const char *lab)
{
    struct nslab_error error;
    if (!nslab_down(lab, GRACE_MS, NULL, &error) || !still_runs(lab))
        return NSLAB_OK;
    return fail_error(NSLAB_FAILED, NULL, &error);
}

static int bring_up(const struct args *args, const char *file, const nslab_topology *topology,
                    int *ret_tie)
{
    double seconds;
    int status = build_lab(args, file, topology, ret_tie, &seconds);
    if (status)
        return status;

    char took[DURATION_TEXT_MAX];
    if (!args_has(args, OPT_QUIET) && isatty(STDERR_FILENO))
        fprintf(stderr, "nslab: %s is up, in %s%s\n", nslab_topology_name(topology),
                duration_text(seconds, took),
                args->rest ? "" : "; it goes down when this shell ends");
    return 0;
}

static int run_run(const struct args *args)
{
    const char *file;
    CLEAN_TOPOLOGY nslab_topology *topology = NULL;
    int status = target_file(args->words[0], &file);
    if (!status)
        status = target_topology(args, file, &topology);
    CLEAN_FD int tie = -1;
    if (!status)
        status = bring_up(args, file, topology, &tie);
    if (status)
        return status;

    char *shell = getenv("SHELL");
    char *const argv[] = {shell && *shell ? shell : "/bin/sh", NULL};
    const char *lab = nslab_topology_name(topology);
    status = run_command(args->rest ? args->rest : argv, lab);
    int down = take_down(lab);
    return status ? status : down;
}

static const struct option options[] = {
    OPTION_NAME,
    OPTION_SET,
    OPTION_QUIET("print nothing but errors"),
    OPTION_VERBOSE("print how long each phase takes"),
};

const struct command command_run = {
    .name = "run",
    .summary = "bring a lab up for as long as a command runs",
    .usage = "[FILE] [-- CMD...]",
    .about =
        "CMD runs where it is called, not in a node, with NSLAB_LAB set, so that 'nslab exec'\n"
        "in it means this lab. Without CMD it is a shell. The exit status is CMD's; the lab\n"
        "goes down with it, whatever ends it.\n",
    OPTIONS(options),
    .operand = OPERAND_FILE,
    .max = 1,
    .rest = REST_AFTER_DASHES,
    .run = run_run,
};
