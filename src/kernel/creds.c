// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What this process may do, and how an ordinary user gets what it takes: a user namespace that
 * maps this one user to root, and, where the system grants it, more of its numbers to all others.
 * Those only newuidmap and newgidmap may map, from outside, which are made for it: they look up in
 * /etc/subuid and /etc/subgid what was granted.
 *
 * Systems refuse that in different places: unshare itself (a switch, a limit, a container's
 * seccomp filter), or every capability afterwards (AppArmor). So nothing here is decided by
 * version or setting; the call is made, and only when it fails settings are read, to say why.
 */
#include "kernel/creds.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/str.h"
#include "kernel/numbers.h"
#include "kernel/procs.h"

enum {
    RANGES_MAX = 8,
    NUMBERS_WANTED = 65536, /* of users in a lab, from 0 on */
};

bool creds_privileged(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &header, data))
        return false;
    uint32_t need = CAP_TO_MASK(CAP_SYS_ADMIN) | CAP_TO_MASK(CAP_NET_ADMIN);
    return (data[0].effective & need) == need;
}

static bool has_seccomp_filter(void)
{
    int mode;
    return line_scan("/proc/self/status", "Seccomp: %d", &mode) && mode == 2;
}

/* Switches that take namespaces from ordinary users: what each is when it does. */
static const struct {
    const char *path;
    uint64_t refuses;
    const char *text;
} switches[] = {
    {"/proc/sys/kernel/unprivileged_userns_clone", 0,
     "kernel.unprivileged_userns_clone is 0. Allow it: "
     "sudo sysctl kernel.unprivileged_userns_clone=1"},
    {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", 1,
     "kernel.apparmor_restrict_unprivileged_userns is 1: AppArmor takes every capability from "
     "user namespaces of ordinary users. Allow them: "
     "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"},
};

/* How many of each kind a user may have: user.max_NAME_namespaces, see namespaces(7). */
static const struct {
    int kind;
    const char *name;
} limits[] = {
    {CLONE_NEWUSER, "user"}, {CLONE_NEWPID, "pid"}, {CLONE_NEWNS, "mnt"},
    {CLONE_NEWNET, "net"},   {CLONE_NEWUTS, "uts"},
};

/* Which limit on namespaces of KINDS is in the way (0: it may be any, or that of mounts). */
static void add_limit(int kinds, struct str *text)
{
    CLEAN_STR struct str names = {0};
    for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
        const char *name = limits[i].name;
        char path[64];
        uint64_t most;
        if (kinds && !(kinds & limits[i].kind))
            continue;
        snprintf(path, sizeof(path), "/proc/sys/user/max_%s_namespaces", name);
        if (!number_read(path, &most) && !most) {
            str_addf(text,
                     "user.max_%s_namespaces is 0. Allow some: "
                     "sudo sysctl user.max_%s_namespaces=10000",
                     name, name);
            return;
        }
        str_addf(&names, "%suser.max_%s_namespaces", names.len ? " or " : "", name);
    }
    str_addf(text, "A limit is reached (%s). End other labs or containers, or raise it",
             kinds ? names.text : "user.max_*_namespaces or fs.mount-max");
}

static void add_reason(int code, int kinds, struct str *text)
{
    if (code == -ENOSPC || code == -EUSERS) {
        add_limit(kinds, text);
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(switches); i++) {
        uint64_t is;
        if (!number_read(switches[i].path, &is) && is == switches[i].refuses) {
            str_addf(text, "%s", switches[i].text);
            return;
        }
    }
    str_addf(text, "%s",
             has_seccomp_filter()
                 ? "This looks like a container, whose seccomp profile refuses it. Start the "
                   "container with --privileged, or with --security-opt seccomp=unconfined and "
                   "--security-opt systempaths=unconfined"
                 : "No setting that is known to refuse it is set");
}

static int refused(struct err *err, int code, int kinds, const char *what)
{
    CLEAN_STR struct str reason = {0};
    add_reason(code, kinds, &reason);
    return err_lacking(
        err, code, "%s: %s.\n%s.\nRoot needs no user namespace. `nslab doctor` checks the rest.",
        what, strerror(-code), reason.text);
}

int creds_refused(struct err *err, int code, const char *what)
{
    return refused(err, code, 0, what);
}

int creds_unshare(int kinds, const char *what, struct err *err)
{
    return unshare(kinds) ? refused(err, -errno, kinds, what) : 0;
}

static int write_text(const char *path, const char *text)
{
    CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    return write(fd, text, strlen(text)) < 0 ? -errno : 0;
}

/* --- Numbers of users ------------------------------------------------------------------------ */

/* What /etc/subuid or /etc/subgid grants USER, as words for newuidmap or newgidmap behind the
 * mapping of the user's own number: lab numbers from 1 on. Their number, 0: nothing. */
static size_t read_ranges(const char *path, const char *user, char words[RANGES_MAX * 3][16])
{
    CLEAN_FILE FILE *in = fopen(path, "re");
    char line[256], number[16];
    unsigned long inside = 1;
    size_t n = 0;
    snprintf(number, sizeof(number), "%u", geteuid());
    while (in && n < (size_t)RANGES_MAX * 3 && inside < NUMBERS_WANTED &&
           fgets(line, sizeof(line), in)) {
        char name[128];
        unsigned long start, count;
        if (sscanf(line, "%127[^:]:%lu:%lu", name, &start, &count) != 3 || !count ||
            (strcmp(name, user) != 0 && strcmp(name, number) != 0))
            continue;
        if (count > NUMBERS_WANTED - inside)
            count = NUMBERS_WANTED - inside;
        snprintf(words[n++], 16, "%lu", inside);
        snprintf(words[n++], 16, "%lu", start);
        snprintf(words[n++], 16, "%lu", count);
        inside += count;
    }
    return n;
}

/* In a child, which is still outside: maps the numbers of its parent. */
static _Noreturn void become_mapper(const char *program, const char *file, unsigned own)
{
    static char words[RANGES_MAX * 3][16];
    char *argv[4 + RANGES_MAX * 3 + 2] = {(char *)program};
    char path[PATH_MAX], parent[16], number[16];
    struct passwd *me = getpwuid(geteuid());
    size_t ranges = read_ranges(file, me ? me->pw_name : "", words), n = 1;
    setenv("PATH", "/usr/bin:/bin:/usr/local/bin:/usr/sbin:/run/wrappers/bin", 1);
    if (!ranges || !procs_find_program(program, path))
        _exit(1);
    snprintf(parent, sizeof(parent), "%d", getppid());
    snprintf(number, sizeof(number), "%u", own);
    argv[n++] = parent;
    argv[n++] = (char *)"0";
    argv[n++] = number;
    argv[n++] = (char *)"1";
    for (size_t i = 0; i < ranges; i++)
        argv[n++] = words[i];
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execv(path, argv);
    _exit(1);
}

struct mapper {
    pid_t pid;
    int go;
};

/* Waits outside until its parent has a user namespace. OTHER (or NULL) is not to wait for this
 * one's end, too. */
static struct mapper start_mapper(const char *program, const char *file, unsigned own,
                                  const struct mapper *other)
{
    int ends[2];
    char byte;
    if (pipe2(ends, O_CLOEXEC))
        return (struct mapper){-1, -1};
    pid_t pid = fork();
    if (!pid) {
        close(ends[1]);
        if (other && other->go >= 0)
            close(other->go);
        if (read(ends[0], &byte, 1) == 1)
            become_mapper(program, file, own);
        _exit(1);
    }
    close(ends[0]);
    return (struct mapper){pid, ends[1]};
}

/* Without GO it does nothing. */
static void end_mapper(struct mapper *mapper, bool go)
{
    if (mapper->pid < 0)
        return;
    if (go && write(mapper->go, "", 1) < 0)
        go = false;
    fd_close(&mapper->go);
    while (waitpid(mapper->pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

/* How many numbers are mapped: of users or of groups. */
static unsigned long count_mapped(const char *path)
{
    CLEAN_FILE FILE *in = fopen(path, "re");
    unsigned long inside, outside, count, all = 0;
    while (in && fscanf(in, "%lu %lu %lu", &inside, &outside, &count) == 3)
        all += count;
    return all;
}

static int map_own(const char *path, unsigned number)
{
    char map[32];
    snprintf(map, sizeof(map), "0 %u 1", number);
    return write_text(path, map);
}

int creds_enter_userns(struct err *err)
{
    unsigned uid = geteuid(), gid = getegid();
    struct mapper users = start_mapper("newuidmap", "/etc/subuid", uid, NULL);
    struct mapper groups = start_mapper("newgidmap", "/etc/subgid", gid, &users);
    int r = unshare(CLONE_NEWUSER) ? -errno : 0;
    end_mapper(&users, !r);
    bool has_users = !r && count_mapped("/proc/self/uid_map");
    end_mapper(&groups, has_users);
    bool has_groups = !r && count_mapped("/proc/self/gid_map");
    if (r)
        return refused(err, r, CLONE_NEWUSER, "This user may not make a user namespace");
    if (!has_users)
        r = map_own("/proc/self/uid_map", uid);
    if (!r && !has_groups)
        r = write_text("/proc/self/setgroups", "deny");
    if (!r && !has_groups)
        r = map_own("/proc/self/gid_map", gid);
    return r ? creds_refused(err, r, "This user may not be root in a user namespace of its own")
             : 0;
}

bool creds_has_users(void)
{
    return count_mapped("/proc/self/uid_map") > 1;
}

int creds_no_users(struct err *err, int code, const char *who)
{
    if (creds_has_users())
        return err_lacking(err, code, "%s cannot be had here: %s", who, strerror(-code));
    return err_lacking(
        err, code,
        "%s cannot be had here: an ordinary user's lab has no users but root unless the system "
        "grants some.\nInstall the package uidmap and grant this user numbers: "
        "`sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 USER`. "
        "Labs that are brought up afterwards have them.",
        who);
}
