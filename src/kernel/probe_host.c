// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What the host sets: switches that forbid namespaces to ordinary users, limits that bound a lab's
 * size, tools. A switch that is set but did no harm (a profile allows nslab what others may not)
 * is no fault.
 */
#include <limits.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "kernel/creds.h"
#include "kernel/numbers.h"
#include "kernel/probe_table.h"
#include "kernel/procs.h"

#define LAB_OF_SOME_SIZE                                                                           \
    1000 /* nodes, or links, or programs, that limits should leave room for                        \
          */

/* -1 where there is none. */
static long read_sysctl(const char *name)
{
    char path[256];
    uint64_t value;
    snprintf(path, sizeof(path), "/proc/sys/%s", name);
    return number_read(path, &value) ? -1 : (long)value;
}

/* "user/max_net_namespaces" as sysctl(8) writes it. */
static void put_name(const char *path, char *buf, size_t size)
{
    snprintf(buf, size, "%s", path);
    for (char *c = buf; *c; c++) {
        if (*c == '/')
            *c = '.';
    }
}

/* A switch in the way of an ordinary user when it has the value that FORBIDS. */
static int look_at_switch(const struct probe_box *box, const struct probe *probe, long forbids,
                          struct probe_result *result)
{
    char name[128];
    long value = read_sysctl(probe->path);
    put_name(probe->path, name, sizeof(name));
    if (value < 0)
        probe_detail(result, "this kernel has no such switch");
    else if (value != forbids)
        probe_detail(result, "%ld", value);
    else
        probe_detail(result, "%ld: %s", value,
                     box->privileged        ? "forbids it to ordinary users, not to you"
                     : probe_spaces_ok(box) ? "but nslab may"
                                            : "forbids user namespaces to ordinary users");
    probe_remedy(result, "sudo sysctl -w %s=%d", name, forbids ? 0 : 15000);
    return value == forbids && !box->privileged && !probe_spaces_ok(box) ? -EPERM : 0;
}

static int probe_clone_switch(struct probe_box *box, const struct probe *probe,
                              struct probe_result *result)
{
    int r = look_at_switch(box, probe, 0, result);
    probe_remedy(result, "sudo sysctl -w kernel.unprivileged_userns_clone=1");
    return r;
}

static int probe_apparmor_switch(struct probe_box *box, const struct probe *probe,
                                 struct probe_result *result)
{
    return look_at_switch(box, probe, 1, result);
}

static int probe_userns_limit(struct probe_box *box, const struct probe *probe,
                              struct probe_result *result)
{
    return look_at_switch(box, probe, 0, result);
}

/* A limit that should leave room for a lab of some size. */
static int look_at_limit(long value, long least, const char *bounds, struct probe_result *result)
{
    if (value < 0)
        probe_detail(result, "not to be seen from here");
    else
        probe_detail(result, "%ld%s%s", value, *bounds ? ": " : "", bounds);
    return value >= 0 && value < least ? -ENOSPC : 0;
}

static int probe_limit(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box;
    char name[128];
    put_name(probe->path, name, sizeof(name));
    probe_remedy(result, "sudo sysctl -w %s=%d", name, 65536);
    return look_at_limit(read_sysctl(probe->path), LAB_OF_SOME_SIZE, probe->use, result);
}

static int probe_files_limit(struct probe_box *box, const struct probe *probe,
                             struct probe_result *result)
{
    (void)box, (void)probe;
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) < 0)
        return -errno;
    probe_detail(result, "%ld, which nslab raises to %ld: one for each node", (long)files.rlim_cur,
                 (long)files.rlim_max);
    probe_remedy(result,
                 "raise the hard limit of open files (ulimit -Hn, /etc/security/limits.conf,"
                 " LimitNOFILE=)");
    return files.rlim_max < LAB_OF_SOME_SIZE + 100 ? -EMFILE : 0;
}

static int probe_uplink(struct probe_box *box, const struct probe *probe,
                        struct probe_result *result)
{
    static const char *const programs[] = {"pasta", "slirp4netns"};
    char path[PATH_MAX];
    (void)box;
    for (size_t i = 0; i < ARRAY_SIZE(programs); i++) {
        if (!procs_find_program(programs[i], path))
            continue;
        probe_detail(result, "%s: %s", path, probe->use);
        return 0;
    }
    probe_detail(result, "not installed; for %s", probe->use);
    probe_remedy(result, "sudo apt install passt");
    return -ENOENT;
}

/* Whether a lab would have users besides root, found by having a user namespace like a lab's. */
static bool grants_users(void)
{
    struct err ignored;
    int status;
    pid_t pid = fork();
    if (pid == 0)
        _exit(creds_enter_userns(&ignored) || !creds_has_users());
    return pid > 0 && waitpid(pid, &status, 0) == pid && !status;
}

static int probe_newuidmap(struct probe_box *box, const struct probe *probe,
                           struct probe_result *result)
{
    char path[PATH_MAX];
    if (box->privileged) {
        probe_detail(result, "not needed here: this user has the capabilities");
        return 0;
    }
    if (!procs_find_program("newuidmap", path)) {
        probe_detail(result, "not installed; for %s", probe->use);
        probe_remedy(result, "sudo apt install uidmap");
        return -ENOENT;
    }
    if (grants_users())
        return 0;
    probe_detail(result, "this user is granted no numbers (subuid(5)); for %s", probe->use);
    probe_remedy(result, "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 "
                         "\"$USER\"");
    return -EPERM;
}

const struct probe probes_host[] = {
    {"kernel.unprivileged_userns_clone", PROBE_HOST, PROBE_NEEDED_ROOTLESS, probe_clone_switch,
     .path = "kernel/unprivileged_userns_clone"},
    {"kernel.apparmor_restrict_unprivileged_userns", PROBE_HOST, PROBE_NEEDED_ROOTLESS,
     probe_apparmor_switch, .path = "kernel/apparmor_restrict_unprivileged_userns"},
    {"user.max_user_namespaces", PROBE_HOST, PROBE_NEEDED_ROOTLESS, probe_userns_limit,
     .path = "user/max_user_namespaces"},
    {"user.max_net_namespaces", PROBE_HOST, PROBE_OPTIONAL, probe_limit,
     .path = "user/max_net_namespaces", .use = "the most nodes of all labs together"},
    {"open files", PROBE_HOST, PROBE_OPTIONAL, probe_files_limit},
    {"net.ipv4.neigh.default.gc_thresh3", PROBE_HOST, PROBE_OPTIONAL, probe_limit,
     .path = "net/ipv4/neigh/default/gc_thresh3",
     .use = "neighbours of all labs together, about two a link"},
    {"net.ipv6.neigh.default.gc_thresh3", PROBE_HOST, PROBE_OPTIONAL, probe_limit,
     .path = "net/ipv6/neigh/default/gc_thresh3",
     .use = "neighbours of all labs together, about two a link"},
    {"kernel.pid_max", PROBE_HOST, PROBE_OPTIONAL, probe_limit, .path = "kernel/pid_max",
     .use = "programs on this machine"},
    {"pasta or slirp4netns", PROBE_HOST, PROBE_OPTIONAL, probe_uplink, .use = "nodes of kind nat"},
    {"newuidmap", PROBE_HOST, PROBE_OPTIONAL, probe_newuidmap,
     .use = "programs that change their user, in labs of an ordinary user"},
};
const size_t probes_host_n = ARRAY_SIZE(probes_host);
