// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Uplinks in user space. The node has a tap, made when it was configured; the other end of it is
 * held by pasta or slirp4netns, a program that stands in the host's network and does there, as any
 * program may, what the lab's packets say. So nothing on the host changes, and root and an ordinary
 * user go the same way.
 *
 *   1. The keeper leaves the host's network before it builds, and an ordinary user's cannot go
 *      back. So a process for each uplink stays behind, in the lab's PID and user namespace, and is
 *      handed the node's network namespace when it is there.
 *   2. Of the lab's PID namespace, the programs end with the keeper, however that ends.
 *   3. An uplink is open when its tap has carrier: from then on the program reads it. A program
 *      that ends before that says why in the lab's log.
 */
#include "lab/uplinks.h"

#include <fcntl.h>
#include <linux/if.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "kernel/creds.h"
#include "kernel/mounts.h"
#include "kernel/netns.h"
#include "kernel/pass_fd.h"
#include "kernel/procs.h"
#include "kernel/tun.h"
#include "lab/deadline.h"
#include "lab/uplink_host.h"
#include "netlink/nl.h"
#include "netlink/rtnl.h"
#include "plan/uplink_words.h"

enum {
    OPEN_MS = 10000, /* until a program that does nothing has failed */
    LOOK_MS = 2,
    NETNS_FD = 3, /* of the node, in a program */
    SAID_MAX = 4096,
};

struct door {
    const struct node *node;
    const struct uplink *uplink;
    const char *program;
    enum uplink_mode mode;
    pid_t pid;
    int socket;
};

struct uplinks {
    const struct topo *topo;
    int host; /* its network namespace */
    struct door *doors;
    uint32_t n;
    int log;
    off_t logged; /* what the log had before they began */
};

static bool has_program(const struct node *node)
{
    return node_uplink(node) && node_uplink(node)->mode != UPLINK_VETH;
}

/* --- Which program --------------------------------------------------------------------------- */

/* What UPLINK needs, as slirp4netns has no IPv6 of our choice; UPLINK_ANY: either. */
static enum uplink_mode wanted(const struct uplink *uplink)
{
    bool any = uplink->mode == UPLINK_ANY;
    return any && uplink_has(uplink, AF_INET6) ? UPLINK_PASTA : uplink->mode;
}

/* What will carry it, pasta before slirp4netns; UPLINK_ANY where there is nothing that can. */
static enum uplink_mode choose(const struct uplink *uplink, const struct uplink_programs *programs)
{
    enum uplink_mode want = wanted(uplink);
    for (enum uplink_mode mode = UPLINK_PASTA; mode < UPLINK_VETH; mode++)
        if ((want == UPLINK_ANY || want == mode) && *programs->path[mode])
            return mode;
    return UPLINK_ANY;
}

static int check_uplink(const struct node *node, const struct uplink_programs *programs,
                        struct err *err)
{
    static const char *const packages[] = {
        [UPLINK_ANY] = "passt or slirp4netns",
        [UPLINK_PASTA] = "passt",
        [UPLINK_SLIRP4NETNS] = "slirp4netns",
    };
    enum uplink_mode want = wanted(node_uplink(node));
    int r = 0;
    if (choose(node_uplink(node), programs) == UPLINK_ANY)
        r = err_lacking(err, -ENOENT, "The uplink of %s needs %s, which is not in PATH: install %s",
                        node->name, uplink_mode_word(want), packages[want]);
    else if (tun_check(err))
        r = err_context(err, "The uplink of %s needs a tap", node->name);
    if (r)
        err->pos = node_uplink(node)->pos;
    return r;
}

int uplinks_check(const struct topo *topo, bool privileged, struct uplink_programs *ret,
                  struct err *err)
{
    for (enum uplink_mode mode = UPLINK_PASTA; mode < UPLINK_VETH; mode++)
        procs_find_program(uplink_mode_word(mode), ret->path[mode]);
    VEC_EACH (struct node *, it, &topo->nodes) {
        int r = has_program(*it) ? check_uplink(*it, ret, err) : 0;
        if (r)
            return r;
    }
    return uplink_host_check(topo, privileged, err);
}

/* --- The program ----------------------------------------------------------------------------- */

/* The command line; what only a lab's has comes behind the program's name. */
static char **command_line(const struct door *door)
{
    static const char *const only_here[UPLINK_VETH][3] = {
        [UPLINK_PASTA] = {"--foreground", "--no-netns-quit"},
        [UPLINK_SLIRP4NETNS] = {"--enable-sandbox"},
    };
    struct arena *arena = arena_new(); /* gone with this process */
    char netns[32];
    snprintf(netns, sizeof(netns), "/proc/self/fd/%d", NETNS_FD);
    const char **words = uplink_words(arena, door->uplink, door->mode, arena_strdup(arena, netns));
    const char **all =
        arena_alloc(arena, (UPLINK_WORDS_MAX + ARRAY_SIZE(only_here[0])) * sizeof(*all));
    unsigned n = 0;
    all[n++] = words[0];
    for (size_t i = 0; only_here[door->mode][i]; i++)
        all[n++] = only_here[door->mode][i];
    for (unsigned i = 1; words[i]; i++)
        all[n++] = words[i];
    return (char **)all;
}

/* slirp4netns makes a sandbox of its mount namespace and takes all of the old root's mounts away,
 * which would be the host's too where it shares them with us. */
static void leave_mounts(void)
{
    struct err err;
    if (!creds_unshare(CLONE_NEWNS, "An uplink may not have mounts of its own", &err) &&
        !mounts_follow_host(&err))
        return;
    dprintf(STDERR_FILENO, "%s\n", err.text);
    _exit(1);
}

/* Stays in the host's network until it is told which node's it is to carry. */
static _Noreturn void wait_and_become(const struct door *door, int socket)
{
    static char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};
    sigset_t none;
    procs_keep_fds(&socket, 1);
    leave_mounts();
    int netns = pass_fd_take(socket);
    if (netns < 0)
        _exit(1);
    if (netns != NETNS_FD)
        dup2(netns, NETNS_FD);
    else
        fcntl(netns, F_SETFD, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(door->program, command_line(door), environment);
    dprintf(STDERR_FILENO, "%s: %s\n", door->program, strerror(errno));
    _exit(127);
}

static int start(struct door *door, struct err *err)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
        return err_sys(err, -errno, "starting %s", door->program);
    door->pid = fork();
    if (!door->pid)
        wait_and_become(door, ends[1]);
    int code = -errno;
    close(ends[1]);
    door->socket = ends[0];
    return door->pid < 0 ? err_sys(err, code, "starting %s", door->program) : 0;
}

static uint32_t count_uplinks(const struct topo *topo)
{
    uint32_t n = 0;
    VEC_EACH (struct node *, it, &topo->nodes)
        n += has_program(*it);
    return n;
}

int uplinks_prepare(const struct topo *topo, const struct uplink_programs *programs, int log,
                    struct uplinks **ret, struct err *err)
{
    struct uplinks *u = calloc(1, sizeof(*u));
    struct door *door = u ? calloc(count_uplinks(topo) + 1, sizeof(*door)) : NULL;
    int r = 0;
    if (!door) {
        free(u);
        return err_set(err, -ENOMEM, "out of memory");
    }
    *u = (struct uplinks){.topo = topo, .host = -1, .doors = door, .log = log};
    *ret = u;
    r = netns_open_own(&u->host, err);
    VEC_EACH (struct node *, it, &topo->nodes) {
        if (r || !has_program(*it))
            continue;
        door = &u->doors[u->n++];
        *door = (struct door){.node = *it, .uplink = node_uplink(*it), .socket = -1};
        door->mode = choose(door->uplink, programs);
        door->program = programs->path[door->mode];
        r = start(door, err);
    }
    return r;
}

void uplinks_free(struct uplinks *u)
{
    if (!u)
        return;
    for (uint32_t i = 0; i < u->n; i++)
        fd_close(&u->doors[i].socket);
    fd_close(&u->host);
    free(u->doors);
    free(u);
}

/* --- Until it carries packets ---------------------------------------------------------------- */

static int take_link(void *arg, const struct rtnl_link *link)
{
    *(bool *)arg = rtnl_link_runs(link) && link->operstate == IF_OPER_UP;
    return 0;
}

/* The last line that tells something, of what the log got since the programs began. */
static void last_words(const struct uplinks *u, char said[SAID_MAX])
{
    char path[32];
    snprintf(path, sizeof(path), "/proc/self/fd/%d", u->log);
    CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t len = fd < 0 ? 0 : pread(fd, said, SAID_MAX - 1, u->logged);
    said[len > 0 ? len : 0] = '\0';
    char *best = said;
    for (char *rest = said, *line; (line = strsep(&rest, "\n"));)
        if (*line && !strstr(line, "syslog")) /* pasta misses /dev/log, and says so each time */
            best = line;
    memmove(said, best, strlen(best) + 1);
}

static int fail(const struct uplinks *u, const struct door *door, struct err *err, const char *how)
{
    char said[SAID_MAX];
    last_words(u, said);
    return err_set(err, -EIO, "%s %s%s%s", uplink_mode_word(door->mode), how, *said ? ": " : "",
                   said);
}

static int wait_for_carrier(const struct uplinks *u, const struct door *door, struct err *err)
{
    struct deadline deadline = deadline_in(OPEN_MS);
    CLEAN_NL struct nl *nl = NULL;
    bool runs = false;
    int r = nl_open(&nl, err);
    for (;;) {
        if (!r)
            r = rtnl_see_link(nl, door->uplink->iface->index, take_link, &runs, err);
        if (r || runs)
            return r;
        if (waitpid(door->pid, NULL, WNOHANG) == door->pid)
            return fail(u, door, err, "ended");
        if (!deadline_left(&deadline))
            return fail(u, door, err, "does nothing");
        procs_sleep_ms(LOOK_MS);
    }
}

static int hand_over(const struct uplinks *u, const struct door *door, int netns, struct err *err)
{
    int r = pass_fd(door->socket, netns);
    if (r == -EPIPE || r == -ECONNRESET)
        return fail(u, door, err, "ended");
    if (r)
        return err_sys(err, r, "handing it to %s", uplink_mode_word(door->mode));
    if (door->uplink->iface->down)
        return 0;
    r = netns_enter(netns, err);
    return r ? r : wait_for_carrier(u, door, err);
}

static int open_door(const struct uplinks *u, const struct door *door, int netns, struct err *err)
{
    int r = hand_over(u, door, netns, err);
    if (!r)
        return 0;
    err->pos = door->uplink->pos;
    return err_context(err, "opening the uplink of %s", door->node->name);
}

int uplinks_open(struct uplinks *u, const struct state *state, const int *netns, struct err *err)
{
    CLEAN_FD int home = -1;
    struct stat st;
    struct uplink_host host = {state, u->topo, netns, u->host, NULL};
    int r = netns_open_own(&home, err);
    u->logged = fstat(u->log, &st) ? 0 : st.st_size;
    for (uint32_t i = 0; !r && i < u->n; i++)
        r = open_door(u, &u->doors[i], netns[u->doors[i].node->id], err);
    if (!r)
        r = uplink_host_open(&host, err);
    return r ? r : netns_enter(home, err);
}
