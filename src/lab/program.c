// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * From the keeper to a program in a node: fork, enter, exec. What goes wrong before it is the
 * program comes back through a pipe that exec closes.
 */
#include "lab/program.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "base/signals.h"
#include "kernel/creds.h"
#include "kernel/netns.h"
#include "kernel/procs.h"

int program_enter(int mnt, int net, const char *node, struct err *err)
{
    if (mnt >= 0 && setns(mnt, CLONE_NEWNS))
        return err_sys(err, -errno, "entering a mount namespace");
    int r = net >= 0 ? netns_enter(net, err) : 0;
    if (!r)
        r = creds_unshare(CLONE_NEWUTS, "The program may not have its node's name", err);
    if (!r && sethostname(node, strlen(node)))
        r = err_sys(err, -errno, "giving the program its node's name");
    return r;
}

static void add_environment(const env_list *env)
{
    if (!env)
        return;
    VEC_EACH (struct env_var, var, env)
        setenv(var->name, var->value, 1);
}

static void set_environment(const struct program *p, const struct passwd *user)
{
    clearenv();
    setenv("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", 1);
    setenv("HOME", user ? user->pw_dir : "/root", 1);
    setenv("USER", user ? user->pw_name : "root", 1);
    setenv("LOGNAME", user ? user->pw_name : "root", 1);
    add_environment(p->env[0]);
    add_environment(p->env[1]);
    setenv("NSLAB_LAB", p->lab, 1);
    setenv("NSLAB_NODE", p->node, 1);
}

static int find_user(const char *name, const struct passwd **ret, struct err *err)
{
    char *end;
    unsigned long number = strtoul(name, &end, 10);
    const struct passwd *user = *end || end == name ? getpwnam(name) : getpwuid((uid_t)number);
    *ret = user;
    return user
               ? 0
               : err_lacking(err, -ENOENT, "there is no user '%s' in the node's /etc/passwd", name);
}

static int become_user(const struct passwd *user, struct err *err)
{
    if (!user || (user->pw_uid == geteuid() && user->pw_gid == getegid()))
        return 0;
    /* those of a keeper that is root by these alone, as no change of user takes them then */
    prctl(PR_SET_KEEPCAPS, 0);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (!initgroups(user->pw_name, user->pw_gid) &&
        !setresgid(user->pw_gid, user->pw_gid, user->pw_gid) &&
        !setresuid(user->pw_uid, user->pw_uid, user->pw_uid))
        return 0;
    int code = -errno;
    char who[256];
    snprintf(who, sizeof(who), "user %s", user->pw_name);
    return creds_no_users(err, code, who);
}

static int set_streams(const struct program *p)
{
    CLEAN_FD int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int out = p->out < 0 ? null : p->out;
    if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0)
        return -errno;
    return 0;
}

/* Everything but the program itself. */
static int prepare(const struct program *p, struct err *err)
{
    const struct passwd *user = NULL;
    int r = program_enter(p->mnt, p->net, p->node, err);
    if (!r && p->user)
        r = find_user(p->user, &user, err);
    if (!r && set_streams(p))
        r = err_sys(err, -errno, "setting up standard streams");
    if (r)
        return r;
    setsid();
    umask(022);
    setrlimit(RLIMIT_NOFILE, p->files);
    set_environment(p, user);
    r = become_user(user, err);
    if (!r && chdir(p->directory ? p->directory : "/"))
        r = err_sys(err, -errno, "%s", p->directory);
    return r;
}

static _Noreturn void become(const struct program *p, int told)
{
    static const struct err no_memory = {
        .code = -ENOMEM, .status = STATUS_FAILED, .text = "out of memory"};
    struct err err = {0};
    sigset_t none;
    memory_last_words(told, &no_memory, sizeof(no_memory));
    sigemptyset(&none);
    if (!prepare(p, &err)) {
        procs_default_signals();
        sigprocmask(SIG_SETMASK, &none, NULL);
        execvp(p->argv[0], p->argv);
        if (errno == ENOENT && !strchr(p->argv[0], '/'))
            err_lacking(&err, -errno, "%s: there is no such program in PATH", p->argv[0]);
        else
            err_sys(&err, -errno, "%s", p->argv[0]);
    }
    if (write(told, &err, sizeof(err)) < 0)
        _exit(126);
    _exit(127);
}

pid_t program_start(const struct program *p, int *ret_started, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
        return err_sys(err, -errno, "starting a program");
    pid_t pid = fork();
    if (!pid)
        become(p, ends[1]);
    int code = -errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_sys(err, code, "starting a program");
    }
    *ret_started = ends[0];
    return pid;
}

int program_started(int started, struct err *err)
{
    struct err why;
    ssize_t n = read(started, &why, sizeof(why));
    if (n < 0)
        return -EAGAIN;
    if (n != (ssize_t)sizeof(why))
        return 0;
    *err = why;
    return err->code;
}

void program_text(char *const *argv, struct str *out)
{
    for (size_t i = 0; argv[i]; i++) {
        if (i)
            str_add(out, " ");
        str_add_shell_word(out, argv[i]);
    }
}

const char *program_end(int status, char buf[PROGRAM_END_MAX])
{
    if (!WIFSIGNALED(status)) {
        snprintf(buf, PROGRAM_END_MAX, "ended with %d", WEXITSTATUS(status));
        return buf;
    }
    const char *name = signal_name(WTERMSIG(status));
    if (name)
        snprintf(buf, PROGRAM_END_MAX, "was killed by SIG%s", name);
    else
        snprintf(buf, PROGRAM_END_MAX, "was killed by signal %d", WTERMSIG(status));
    return buf;
}
