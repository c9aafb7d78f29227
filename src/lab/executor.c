// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Carries out a plan, in phases: all namespaces, all links, all nodes' interfaces with their
 * addresses, and, where a node's links run, its routes and the rest of its configuration. Within a
 * phase the order does not matter, so a crew of threads works on it; between two phases there is a
 * barrier, as a link needs both its namespaces and runs when both its ends are up.
 *
 * A route waits until its link runs: the kernel marks one that is made before as without carrier,
 * takes the mark away when it acts on the carrier, and has been seen to miss one (IPv6, 6.18, which
 * adds routes without the lock under which it does so).
 *
 * Each node costs one descriptor in the end: netlink sockets are closed when a node is configured.
 * `lo` is not set up when its namespace is made but with the first request of the node's
 * configuration, which saves a socket.
 *
 * An error keeps the operation that it belongs to. When several threads fail, the error of the
 * operation that comes first in the plan is the one that is told.
 */
#include "lab/executor.h"

#include <netinet/in.h>

#include <linux/if.h> /* after in.h: it brings the kernel's own otherwise */
#include <pthread.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "kernel/netns.h"
#include "kernel/procs.h"
#include "kernel/tun.h"
#include "lab/crew.h"
#include "lab/habits.h"
#include "lab/keyring.h"
#include "lab/raw_nft.h"
#include "model/device.h"
#include "model/firewall.h"
#include "netlink/nflog.h"
#include "netlink/nft.h"
#include "netlink/qdisc.h"
#include "netlink/rtnl.h"
#include "netlink/wg.h"

#define NODES_A_TURN 4
#define LINKS_A_TURN 16

/* How long links may take to run. The kernel drops packets until it has acted on a carrier, which
 * kernels from 6.8 do when they are asked for the link's state; older ones do it in the background,
 * at once or, where both ends have the same index, within a second. */
#define READY_MS 10000
#define READY_POLL_MS 2

struct executor {
    const struct plan *plan;
    int *netns; /* by node id, as the next */
    int *logs;
    int home; /* the namespace that the caller stands in */
    struct habits *habits;
    struct keyring *keys; /* or NULL */
    const struct executor_hooks *hooks;
    const struct phase *phase;
    pthread_mutex_t lock; /* of what follows */
    struct err err;
    uint32_t err_op; /* UINT32_MAX: no error */
};

/* What one thread has for itself. */
struct worker {
    struct executor *ex;
    struct sysctl_door door;
    struct nl *nl;
    struct netem_tables tables;
    struct nl *wg; /* to WireGuard, in a node that has it; or NULL */
};

/* A part of the work, on numbered items. */
struct phase {
    const char *name; /* for progress */
    uint32_t chunk;   /* items a turn */
    uint32_t (*items)(const struct executor *ex);
    int (*all)(struct worker *w, uint32_t item, uint32_t n); /* N items from ITEM on; or */
    int (*each)(struct worker *w, uint32_t id);              /* a node */
    bool inside; /* EACH is called in the node, with a netlink socket there */
    bool aside;  /* all namespaces are there */
};

/* --- Errors --------------------------------------------------------------------------------- */

/* ERR is what operation OP failed with. Gives ERR's code. */
static int fail(struct executor *ex, uint32_t op, struct err *err)
{
    pthread_mutex_lock(&ex->lock);
    if (op < ex->err_op) {
        ex->err = *err;
        ex->err_op = op;
    }
    pthread_mutex_unlock(&ex->lock);
    return err->code;
}

/* The kernel says that it, or this user, does not have what was asked for. */
static bool is_lacking(int code)
{
    return code == -EOPNOTSUPP || code == -EAFNOSUPPORT || code == -EPERM;
}

static int fail_netlink(struct executor *ex, const struct nl_refusal *refusal)
{
    struct err err;
    nl_refusal_err(refusal, &err);
    if (is_lacking(err.code))
        err.status = STATUS_LACKING;
    return fail(ex, refusal->cookie, &err);
}

static int sysctl_refused(const struct sysctl *s, int code, struct err *err)
{
    switch (code) {
    case -ENOENT:
        return err_lacking(err, code,
                           "this kernel or this user has no such setting in a network namespace "
                           "(misspelt, %s)",
                           str_starts(s->path, "net/ipv6/")
                               ? "or IPv6 is switched off on this machine"
                               : "its module not loaded, or for the host alone");
    case -EACCES:
    case -EPERM:
        return err_lacking(err, code, "this user may not write it: leave it out, or run as root");
    case -EROFS:
        return err_lacking(err, code,
                           "/proc/sys is read-only here, as in some containers: run "
                           "outside, or in a privileged one");
    case -EINVAL:
    case -ERANGE:
        return err_wrong(err, code, "the kernel does not take '%s': %s", s->value, strerror(-code));
    default:
        return err_sys(err, code, "writing '%s'", s->value);
    }
}

/* OP is what asked for S: its own operation, or that of the node whose kind starts with it. */
static int fail_sysctl(struct executor *ex, uint32_t op, const struct sysctl *s, int code)
{
    struct err err;
    sysctl_refused(s, code, &err);
    if (ex->plan->ops.v[op].kind == OP_NODE)
        err_context(&err, "setting /proc/sys/%s to %s", s->path, s->value);
    return fail(ex, op, &err);
}

/* The error that is told, if there was one: where in the file, and doing what. */
static int finish_err(const struct executor *ex, struct err *err)
{
    if (ex->err_op == UINT32_MAX)
        return 0;
    const struct op *op = &ex->plan->ops.v[ex->err_op];
    struct arena *arena = arena_new();
    *err = ex->err;
    if (!err->pos.line) /* else it knows better: a rule of a firewall */
        err->pos = op_pos(ex->plan, op);
    err_context(err, "%s", op_text(arena, ex->plan, op));
    arena_free(arena);
    return err->code;
}

/* --- Namespaces ----------------------------------------------------------------------------- */

static uint32_t count_nodes(const struct executor *ex)
{
    return ex->plan->topo->nodes.n;
}

/* What the file sets is written as it is: looking first would cost as much. */
static int write_sysctl(struct worker *w, uint32_t op)
{
    const struct sysctl *s = w->ex->plan->ops.v[op].u.sysctl;
    int r = sysctl_write(&w->door, s->path, s->value);
    return r == 0 || (r == -ENOENT && s->if_there) ? 0 : fail_sysctl(w->ex, op, s, r);
}

static int start_as_kind(struct worker *w, uint32_t id)
{
    const struct node *node = w->ex->plan->topo->nodes.v[id];
    const struct sysctl *refused;
    int r = habits_apply(w->ex->habits, &w->door, node->kind, &refused);
    return r < 0 ? fail_sysctl(w->ex, w->ex->plan->setup[id].first, refused, r) : 0;
}

/* Back home first: net.core.devconf_inherit_init_net=3 makes a namespace take its settings from
 * the one that its maker is in, which would be the last node. */
static int setup_node(struct worker *w, uint32_t id)
{
    struct executor *ex = w->ex;
    uint32_t op = ex->plan->setup[id].first;
    struct err err;
    if (netns_enter(ex->home, &err) < 0 || netns_new(&ex->netns[id], &err) < 0)
        return fail(ex, op, &err);
    sysctl_door_moved(&w->door);
    int r = start_as_kind(w, id);
    for (uint32_t i = op + 1; r == 0 && i < op + ex->plan->setup[id].n; i++) {
        if (ex->plan->ops.v[i].kind == OP_SYSCTL)
            r = write_sysctl(w, i);
    }
    return r;
}

/* --- Links ---------------------------------------------------------------------------------- */

static uint32_t count_links(const struct executor *ex)
{
    return ex->plan->links.n;
}

static int make_links(struct worker *w, uint32_t at, uint32_t n)
{
    struct executor *ex = w->ex;
    uint32_t first = ex->plan->links.first + at;
    struct err err;
    if (!w->nl && nl_open(&w->nl, &err) < 0)
        return fail(ex, first, &err);
    for (uint32_t i = first; i < first + n; i++) {
        const struct link *link = ex->plan->ops.v[i].u.link;
        const int netns[2] = {ex->netns[link->ends[0]->node->id],
                              ex->netns[link->ends[1]->node->id]};
        rtnl_add_veth(w->nl, link, netns, i);
    }
    struct nl_refusal refusal;
    return nl_flush(w->nl, &refusal) < 0 ? fail_netlink(ex, &refusal) : 0;
}

/* --- Configuration -------------------------------------------------------------------------- */

/* OP_SYSCTL I of a node that has interfaces. */
static int write_late_sysctl(struct worker *w, uint32_t i)
{
    struct nl_refusal refusal;
    if (nl_flush(w->nl, &refusal) < 0) /* it may name an interface that is still queued */
        return fail_netlink(w->ex, &refusal);
    return write_sysctl(w, i);
}

/* OP_FIREWALL I: its interfaces are there. */
static int load_firewall(struct worker *w, uint32_t i)
{
    struct nl_refusal refusal;
    struct err err = {0};
    if (nl_flush(w->nl, &refusal) < 0)
        return fail_netlink(w->ex, &refusal);
    const struct op *op = &w->ex->plan->ops.v[i];
    const struct firewall *fw = op->u.firewall;
    if (fw->logs && nflog_open(FW_LOG_GROUP, &w->ex->logs[op->node], &err) < 0)
        return fail(w->ex, i, &err);
    return nft_load(fw, &err) < 0 ? fail(w->ex, i, &err) : 0;
}

/* OP_NFT I: after the node's own table, which it may speak of. */
static int load_raw_nft(struct worker *w, uint32_t i)
{
    struct nl_refusal refusal;
    struct err err = {0};
    if (nl_flush(w->nl, &refusal) < 0)
        return fail_netlink(w->ex, &refusal);
    return raw_nft_load(w->ex->plan->ops.v[i].u.firewall, &err) < 0 ? fail(w->ex, i, &err) : 0;
}

/* Everything that follows names it by our number. */
static int check_index(struct worker *w, uint32_t i)
{
    struct nl_refusal refusal;
    struct err err;
    nl_on_reply(w->nl, NULL, NULL);
    rtnl_get_link(w->nl, w->ex->plan->ops.v[i].u.iface->index, i);
    if (!nl_flush(w->nl, &refusal))
        return 0;
    if (refusal.cookie != i || refusal.code != -ENODEV)
        return fail_netlink(w->ex, &refusal);
    err_lacking(&err, -ENODEV,
                "this kernel cannot number an interface that it moves: it takes "
                "Linux 5.12");
    return fail(w->ex, i, &err);
}

static int borrow(struct worker *w, uint32_t i)
{
    const struct iface *iface = w->ex->plan->ops.v[i].u.iface;
    struct err err;
    if (w->ex->hooks->lend(w->ex->hooks->arg, iface, w->ex->netns[iface->node->id], &err) < 0)
        return fail(w->ex, i, &err);
    return check_index(w, i);
}

/* OP_DEVICE I: by netlink, or by its own way. */
static int make_device(struct worker *w, uint32_t i)
{
    const struct iface *iface = w->ex->plan->ops.v[i].u.iface;
    const struct device_type *type = iface->device->type;
    struct nl_refusal refusal;
    struct err err = {0};
    if (type->maker == MAKER_NETLINK) {
        rtnl_add_device(w->nl, iface, i);
        return 0;
    }
    if (nl_flush(w->nl, &refusal) < 0)
        return fail_netlink(w->ex, &refusal);
    if (type->maker == MAKER_LENT)
        return borrow(w, i);
    return tun_make(iface->name, iface->index, !type->no_mac, &err) < 0 ? fail(w->ex, i, &err) : 0;
}

static void impair(struct worker *w, const struct iface *iface, uint32_t i)
{
    const struct qdisc_wish wish = {.index = iface->index,
                                    .mtu = iface->mtu,
                                    .impair = iface_extra(iface)->impair,
                                    .tables = &w->tables};
    qdisc_add(w->nl, &wish, i);
}

static void add_peer(struct worker *w, uint32_t i)
{
    const struct op *op = &w->ex->plan->ops.v[i];
    const struct keyring *keys = w->ex->keys;
    const struct wg_peer *peer = op->u.peer;
    const uint8_t *key =
        peer->iface ? keyring_public(keys, wireguard_of(peer->iface)->secret) : peer->public_key;
    const uint8_t *preshared = peer->preshared ? keyring_secret(keys, peer->preshared) : NULL;
    wg_add_peer(w->wg, keyring_family(keys), op_iface(w->ex->plan, op)->index, peer, key, preshared,
                i);
}

/* OP_WIREGUARD I: its interface is there. What is queued goes out with the node's last requests. */
static int set_wireguard(struct worker *w, uint32_t i)
{
    const struct executor *ex = w->ex;
    const struct op *op = &ex->plan->ops.v[i];
    const struct iface *iface = op_iface(ex->plan, op);
    const struct wireguard *wg = wireguard_of(iface);
    struct nl_refusal refusal;
    struct err err = {0};
    if (op->u.peer) {
        add_peer(w, i);
        return 0;
    }
    if (nl_flush(w->nl, &refusal) < 0)
        return fail_netlink(w->ex, &refusal);
    if (!w->wg && nl_open_protocol(NETLINK_GENERIC, &w->wg, &err) < 0)
        return fail(w->ex, i, &err);
    wg_set_key(w->wg, keyring_family(ex->keys), iface->index, keyring_secret(ex->keys, wg->secret),
               (uint16_t)wg->listen_port.value, i);
    return 0;
}

static int configure(struct worker *w, uint32_t i)
{
    const struct op *op = &w->ex->plan->ops.v[i];
    switch (op_kind(op)) {
    case OP_SYSCTL:
        return write_late_sysctl(w, i);
    case OP_DEVICE:
        return make_device(w, i);
    case OP_WIREGUARD:
        return set_wireguard(w, i);
    case OP_SET:
        rtnl_set_link(w->nl, op->u.iface, i);
        break;
    case OP_VLANS:
        rtnl_set_vlans(w->nl, op->u.iface, i);
        break;
    case OP_ADDRESS:
        rtnl_add_addr(w->nl, op_iface(w->ex->plan, op), op->u.addr, i);
        break;
    case OP_ROUTE:
        rtnl_add_route(w->nl, op->u.route, i);
        break;
    case OP_RULE:
        rtnl_add_rule(w->nl, op->u.rule, i);
        break;
    case OP_FIREWALL:
        return load_firewall(w, i);
    case OP_NFT:
        return load_raw_nft(w, i);
    case OP_IMPAIR:
        impair(w, op->u.iface, i);
        break;
    case OP_UPLINK: /* the keeper's, when all is configured */
    case OP_FILE:
    case OP_EXEC:
    case OP_SERVICE:
    case OP_NODE:
    case OP_VETH:
    case OP_KIND_COUNT:
        break; /* of other parts of the plan */
    }
    return 0;
}

/* The operations from AT to before END, and what is queued. */
static int run_config(struct worker *w, uint32_t at, uint32_t end)
{
    for (; at < end; at++) {
        int r = configure(w, at);
        if (r < 0)
            return r;
    }
    struct nl_refusal refusal;
    if (nl_flush(w->nl, &refusal) < 0 || (w->wg && nl_flush(w->wg, &refusal) < 0))
        return fail_netlink(w->ex, &refusal);
    return 0;
}

/* Runs WORK in node ID with a netlink socket there. */
static int in_node(struct worker *w, uint32_t id, int (*work)(struct worker *w, uint32_t id))
{
    struct executor *ex = w->ex;
    struct err err;
    if (netns_enter(ex->netns[id], &err) < 0 || nl_open(&w->nl, &err) < 0)
        return fail(ex, ex->plan->setup[id].first, &err);
    sysctl_door_moved(&w->door);
    int r = work(w, id);
    nl_close(TAKE(w->nl));
    nl_close(TAKE(w->wg));
    return r;
}

/* The first operation of node ID's configuration that waits for its links, or the end of all. */
static uint32_t first_late(const struct plan *plan, uint32_t id)
{
    const struct op_range *range = &plan->config[id];
    uint32_t i = range->first;
    while (i < range->first + range->n && op_kind(&plan->ops.v[i]) < OP_ROUTE)
        i++;
    return i;
}

static int set_up_ifaces(struct worker *w, uint32_t id)
{
    const struct plan *plan = w->ex->plan;
    rtnl_set_lo_up(w->nl, plan->setup[id].first);
    return run_config(w, plan->config[id].first, first_late(plan, id));
}

/* --- Readiness ------------------------------------------------------------------------------ */

/* Interfaces of one node that are to have carrier, and the last one seen that has none yet. */
struct watch {
    const struct iface *ifaces[RTNL_GET_MAX];
    uint32_t n;
    uint32_t waiting; /* an interface's index, 0: none */
};

static bool has_carrier(const struct iface *iface)
{
    return iface->kind == IFACE_VETH && !iface->down && !iface_peer(iface)->down;
}

/* A bond looks for the carrier of its members from time to time. */
static bool is_to_run(const struct iface *iface)
{
    if (!iface_is(iface, &device_type_bond) || iface->down)
        return has_carrier(iface);
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        if ((*it)->master == iface && has_carrier(*it))
            return true;
    }
    return false;
}

static int take_link(void *arg, const struct nlmsghdr *msg)
{
    struct watch *watch = arg;
    struct rtnl_link link;
    if (!rtnl_parse_link(msg, &link))
        return 0;
    if (!rtnl_link_runs(&link) || link.operstate != IF_OPER_UP)
        watch->waiting = link.index;
    return 0;
}

static int look(struct worker *w, struct watch *watch, uint32_t op)
{
    struct nl_refusal refusal;
    watch->waiting = 0;
    nl_on_reply(w->nl, take_link, watch);
    for (uint32_t i = 0; i < watch->n; i++)
        rtnl_get_link(w->nl, watch->ifaces[i]->index, op);
    int r = nl_flush(w->nl, &refusal);
    nl_on_reply(w->nl, NULL, NULL);
    return r < 0 ? fail_netlink(w->ex, &refusal) : 0;
}

static int fail_waiting(struct executor *ex, const struct watch *watch)
{
    const struct op_range *links = &ex->plan->links;
    uint32_t op = links->first;
    uint32_t at = 0;
    struct err err;
    while (watch->ifaces[at]->index != watch->waiting)
        at++;
    while (op < links->first + links->n && watch->ifaces[at]->link &&
           ex->plan->ops.v[op].u.link != watch->ifaces[at]->link)
        op++;
    err_set(&err, -ETIMEDOUT, "%s has no carrier after %d seconds", watch->ifaces[at]->name,
            READY_MS / 1000);
    return fail(ex, op, &err);
}

static int wait_until_ready(struct worker *w, struct watch *watch, uint32_t op)
{
    for (unsigned ms = 0; watch->n; ms += READY_POLL_MS) {
        int r = look(w, watch, op);
        if (r < 0)
            return r;
        if (!watch->waiting)
            break;
        if (ms >= READY_MS)
            return fail_waiting(w->ex, watch);
        procs_sleep_ms(READY_POLL_MS);
    }
    watch->n = 0;
    return 0;
}

static int watch_node(struct worker *w, uint32_t id)
{
    const struct node *node = w->ex->plan->topo->nodes.v[id];
    uint32_t op = w->ex->plan->setup[id].first;
    struct watch watch = {0};
    for (uint32_t i = 0; i < node->ifaces.n; i++) {
        if (is_to_run(node->ifaces.v[i]))
            watch.ifaces[watch.n++] = node->ifaces.v[i];
        if (watch.n == ARRAY_SIZE(watch.ifaces)) {
            int r = wait_until_ready(w, &watch, op);
            if (r < 0)
                return r;
        }
    }
    return wait_until_ready(w, &watch, op);
}

static int configure_node(struct worker *w, uint32_t id)
{
    const struct op_range *range = &w->ex->plan->config[id];
    int r = watch_node(w, id);
    return r < 0 ? r : run_config(w, first_late(w->ex->plan, id), range->first + range->n);
}

/* --- Phases --------------------------------------------------------------------------------- */

static const struct phase phases[] = {
    {"namespaces", NODES_A_TURN, count_nodes, .each = setup_node},
    {"links", LINKS_A_TURN, count_links, .all = make_links, .aside = true},
    {"interfaces", NODES_A_TURN, count_nodes, .each = set_up_ifaces, .inside = true, .aside = true},
    {"configuration", NODES_A_TURN, count_nodes, .each = configure_node, .inside = true,
     .aside = true},
};

static int work_on_items(struct worker *w, uint32_t first, uint32_t n)
{
    const struct phase *phase = w->ex->phase;
    int r = phase->all ? phase->all(w, first, n) : 0;
    for (uint32_t id = first; phase->each && id < first + n && r == 0; id++)
        r = phase->inside ? in_node(w, id, phase->each) : phase->each(w, id);
    return r;
}

static void work_on_phase(struct crew *crew, void *arg)
{
    struct executor *ex = arg;
    struct worker w = {.ex = ex, .door = SYSCTL_DOOR_CLOSED};
    uint32_t first, n;
    while (crew_take(crew, &first, &n)) {
        if (work_on_items(&w, first, n) < 0)
            crew_stop(crew);
        crew_done(crew, n);
    }
    nl_close(w.nl);
    netem_tables_done(&w.tables);
    sysctl_door_close(&w.door);
}

static void tell_progress(void *arg, uint32_t done)
{
    const struct executor *ex = arg;
    if (ex->hooks->progress)
        ex->hooks->progress(ex->hooks->arg, ex->phase->name, done, ex->phase->items(ex));
}

static int run_phase(struct executor *ex, const struct phase *phase, struct err *err)
{
    const struct crew_job job = {
        .items = phase->items(ex),
        .chunk = phase->chunk,
        .body = work_on_phase,
        .arg = ex,
        .progress = tell_progress,
        .progress_arg = ex,
        .aside = phase->aside ? ex->hooks->aside : NULL,
        .aside_arg = ex->hooks->arg,
    };
    if (!job.items)
        return 0;
    ex->phase = phase;
    int r = crew_run(&job, err);
    return r < 0 ? r : finish_err(ex, err);
}

static int run_phases(struct executor *ex, struct err *err)
{
    int r = 0;
    for (size_t i = 0; i < ARRAY_SIZE(phases) && r == 0; i++)
        r = run_phase(ex, &phases[i], err);
    return r;
}

int executor_run(const struct plan *plan, const struct executor_hooks *hooks, int *ret_netns,
                 int *ret_logs, struct err *err)
{
    static const struct executor_hooks none = {0};
    struct executor ex = {
        .plan = plan,
        .netns = ret_netns,
        .logs = ret_logs,
        .hooks = hooks ? hooks : &none,
        .err_op = UINT32_MAX,
    };
    for (uint32_t i = 0; i < plan->topo->nodes.n; i++)
        ret_netns[i] = ret_logs[i] = -1;
    int r = netns_open_own(&ex.home, err);
    if (r < 0)
        return r;
    ex.habits = habits_new();
    pthread_mutex_init(&ex.lock, NULL);
    r = keyring_new(plan->topo, ex.home, &ex.keys, err);
    if (r == 0)
        r = run_phases(&ex, err);
    keyring_free(ex.keys);
    pthread_mutex_destroy(&ex.lock);
    habits_free(ex.habits);
    fd_close(&ex.home);
    return r;
}
