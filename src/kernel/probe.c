// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What this kernel and this user can do. Versions and settings lie (AppArmor lets `unshare` pass
 * and refuses everything after it; containers mask /proc), so each thing is done once, in a child
 * that ends and takes it all along:
 *
 *   the caller ── child: user, mount, network and PID namespace ── inner child, PID 1: the rest
 *
 * Results are written straight into memory shared with the children: one that dies half way has
 * told what it found so far, and "not tried" stands in the rest.
 */
#include "kernel/probe.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "kernel/creds.h"
#include "kernel/probe_table.h"

#define PATIENCE_MS 10000 /* for one probe: a module may have to be loaded, by a slow machine */

void probe_detail(struct probe_result *result, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(result->detail, sizeof(result->detail), fmt, ap);
    va_end(ap);
}

void probe_remedy(struct probe_result *result, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(result->remedy, sizeof(result->remedy), fmt, ap);
    va_end(ap);
}

/* --- The namespaces ------------------------------------------------------------------------- */

/* Moves the calling process into a user namespace where it is root. */
static int enter_userns(void)
{
    struct err err = {0};
    return creds_enter_userns(&err);
}

/* The same in a child of its own, for root, who is to stay where it is. */
static int try_userns_aside(void)
{
    pid_t pid = fork();
    if (pid < 0)
        return -errno;
    if (pid == 0)
        _exit(-enter_userns());
    int status;
    if (waitpid(pid, &status, 0) < 0)
        return -errno;
    return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECANCELED;
}

static int probe_userns(struct probe_box *box, const struct probe *probe,
                        struct probe_result *result)
{
    (void)probe;
    if (!box->privileged)
        return enter_userns();
    probe_detail(result, "not needed here: this user has the capabilities");
    return try_userns_aside();
}

static int probe_mntns(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box, (void)probe, (void)result;
    if (unshare(CLONE_NEWNS) < 0 || mount("none", "/", "none", MS_SLAVE | MS_REC, NULL) < 0 ||
        mount("tmpfs", "/tmp", "tmpfs", 0, "size=4k") < 0)
        return -errno;
    return 0;
}

static int probe_netns(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box, (void)probe, (void)result;
    return unshare(CLONE_NEWNET) < 0 ? -errno : 0;
}

/* The next child is PID 1 of it. */
static int probe_pidns(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box, (void)probe, (void)result;
    return unshare(CLONE_NEWPID) < 0 ? -errno : 0;
}

const struct probe probes_child[] = {
    {"user namespace", PROBE_CHILD, PROBE_NEEDED_ROOTLESS, probe_userns, .config = "USER_NS"},
    {"mount namespace", PROBE_CHILD, PROBE_NEEDED, probe_mntns},
    {"network namespace", PROBE_CHILD, PROBE_NEEDED, probe_netns, .config = "NET_NS"},
    {"PID namespace", PROBE_CHILD, PROBE_NEEDED, probe_pidns, .config = "PID_NS"},
};
const size_t probes_child_n = ARRAY_SIZE(probes_child);

/* What is in the way of an ordinary user: the middle line of what creds_refused says. */
static void add_refusal_remedy(int code, struct probe_result *result)
{
    struct err err = {0};
    creds_refused(&err, code, "");
    const char *reason = strchr(err.text, '\n');
    reason = reason ? reason + 1 : err.text;
    probe_remedy(result, "%.*s", (int)strcspn(reason, "\n"), reason);
}

/* --- Running the probes --------------------------------------------------------------------- */

/* The kernel loads a module itself when it is asked for what is in it, so one that is missing after
 * that is not there, or kept from being loaded. */
static void add_module_remedy(const struct probe *probe, struct probe_result *result)
{
    if (probe->module && probe_module_waits(probe->module))
        probe_remedy(result, "sudo modprobe %s", probe->module);
    else if (probe->config)
        probe_remedy(result, "a kernel with CONFIG_%s%s", probe->config,
                     probe->module ? ", or its package of further modules (linux-modules-extra)"
                                   : "");
}

/* What the probe's own function left open. A refusal where namespaces are asked for is a matter of
 * settings, everywhere else of what the kernel has. */
static void complete(const struct probe_box *box, const struct probe *probe, int code,
                     struct probe_result *result)
{
    result->ok = code == 0;
    result->code = code;
    if (code == 0 && !*result->detail)
        probe_detail(result, "%s", probe->use ? probe->use : "");
    if (code < 0 && !*result->detail)
        probe_detail(result, "%s", strerror(-code));
    if (code == 0 || *result->remedy)
        return;
    bool refused = code == -EPERM || code == -EACCES || code == -ENOSPC || code == -EUSERS;
    bool by_settings = refused && (probe->where == PROBE_CHILD || !probe->module);
    if (by_settings && (!box->privileged || code == -ENOSPC || code == -EUSERS))
        add_refusal_remedy(code, result);
    else if (by_settings)
        probe_remedy(result, "root, and a container that may do this (docker run --privileged)");
    else
        add_module_remedy(probe, result);
}

static bool is_wanted(const struct probe_box *box, const struct probe *probe)
{
    if (!box->checks || probe->where == PROBE_CHILD)
        return true;
    for (const char *const *it = box->checks; *it; it++) {
        if (strcmp(*it, probe->check) == 0)
            return true;
    }
    return false;
}

static void run_one(struct probe_box *box, const struct probe *probe, struct probe_result *result)
{
    struct probe_result r = {.check = result->check, .needed = result->needed, .tried = true};
    int code = probe->run(box, probe, &r);
    complete(box, probe, code, &r);
    *result = r;
}

static void run_table(struct probe_box *box, const struct probe *table, size_t n, size_t first)
{
    for (size_t i = 0; i < n; i++) {
        if (is_wanted(box, &table[i]))
            run_one(box, &table[i], &box->results[first + i]);
    }
}

bool probe_spaces_ok(const struct probe_box *box)
{
    bool ok = true;
    for (size_t i = 0; i < probes_child_n; i++)
        ok = ok && (box->results[i].ok || !box->results[i].needed);
    return ok;
}

static void run_inner(struct probe_box *box)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    probe_net_open(box);
    run_table(box, probes_net, probes_net_n, probes_child_n);
    probe_net_close(box);
    _exit(0);
}

static void run_child(struct probe_box *box)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    run_table(box, probes_child, probes_child_n, 0);
    if (!probe_spaces_ok(box))
        _exit(0);
    pid_t pid = fork();
    if (pid == 0)
        run_inner(box);
    int status;
    waitpid(pid, &status, 0);
    _exit(0);
}

static size_t count_tried(const struct probe_box *box)
{
    size_t tried = 0;
    for (size_t i = 0; i < probes_child_n + probes_net_n; i++)
        tried += box->results[i].tried;
    return tried;
}

/* Those that PID did not get to. */
static void tell_late(struct probe_box *box)
{
    for (size_t i = 0; i < probes_child_n + probes_net_n; i++) {
        if (!box->results[i].tried)
            probe_detail(&box->results[i], "not tried: one of them gave no answer for %d s",
                         PATIENCE_MS / 1000);
    }
}

/* Waits for PID as long as it gets on; else it is ended, which takes its children along. */
static void wait_for(pid_t pid, struct probe_box *box)
{
    CLEAN_FD int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd end = {.fd = fd, .events = POLLIN};
    size_t tried = 0, before;
    bool late;
    do {
        before = tried;
        late = fd >= 0 && poll(&end, 1, PATIENCE_MS) == 0;
        tried = count_tried(box);
    } while (late && tried > before);
    if (late) {
        kill(pid, SIGKILL);
        tell_late(box);
    }
    while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
}

static void name_results(struct probe_box *box, const struct probe *table, size_t n, size_t first)
{
    for (size_t i = 0; i < n; i++) {
        struct probe_result *r = &box->results[first + i];
        r->check = table[i].check;
        r->needed = table[i].need == PROBE_NEEDED ||
                    (table[i].need == PROBE_NEEDED_ROOTLESS && !box->privileged);
        probe_detail(r, "not tried: without what is missing above it cannot work");
    }
}

int probe_some(const char *const *checks, struct probe_result **ret, size_t *ret_n, struct err *err)
{
    size_t n = probes_child_n + probes_net_n + probes_host_n;
    struct probe_box box = {.privileged = creds_privileged(), .checks = checks};
    void *shared = mmap(NULL, n * sizeof(struct probe_result), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED)
        return err_sys(err, -errno, "memory for the probes");
    box.results = shared;
    name_results(&box, probes_child, probes_child_n, 0);
    name_results(&box, probes_net, probes_net_n, probes_child_n);
    name_results(&box, probes_host, probes_host_n, probes_child_n + probes_net_n);

    pid_t pid = fork();
    if (pid == 0)
        run_child(&box);
    int code = pid < 0 ? err_sys(err, -errno, "starting a child process") : 0;
    if (pid > 0) {
        wait_for(pid, &box);
        run_table(&box, probes_host, probes_host_n, probes_child_n + probes_net_n);
        *ret = memory_zeroed(n, sizeof(**ret));
        *ret_n = n;
        memcpy(*ret, shared, n * sizeof(**ret));
    }
    munmap(shared, n * sizeof(struct probe_result));
    return code;
}

int probe_all(struct probe_result **ret, size_t *ret_n, struct err *err)
{
    return probe_some(NULL, ret, ret_n, err);
}
