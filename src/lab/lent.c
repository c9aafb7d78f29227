// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Physical interfaces in nodes. The kernel has such an interface in one network namespace at a
 * time, and moving it costs it its addresses and routes.
 *
 *   1. What it was stands in the journal before it is moved: name, addresses, routes, up or down.
 *   2. Before it is moved the guard is handed the node's namespace. So however the keeper ends, the
 *      namespace is still there, whoever else holds it, and the guard fetches the interface from
 * it.
 *   3. Where the guard was killed too, the kernel gives the interface back once nobody holds the
 *      namespace: later, to the machine's first namespace, under the name that it had in the node,
 *      perhaps under none that anybody gave it. So it is known by its MAC, the one from its maker
 *      where it tells that. The next command waits for it, or says who holds the namespace.
 *
 * In the journal WHAT is its name on the host, WANT "INODE INDEX MAC" of the node's namespace and
 * of the interface there, WAS what rtnl_save got, in hexadecimal.
 */
#include "lab/lent.h"

#include <inttypes.h>
#include <linux/if.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>

#include "kernel/default_route.h"
#include "kernel/netns.h"
#include "kernel/pass_fd.h"
#include "lab/deadline.h"
#include "lab/outside.h"
#include "model/device.h"
#include "netlink/rtnl_saved.h"

enum {
    PATIENCE_MS = 5000, /* for the kernel to give one back */
    HELD_MS = 500,      /* until somebody in its namespace counts as who holds it */
    LOOK_MS = 5,
};

/* --- Looking --------------------------------------------------------------------------------- */

/* What a link is of that matters here; a struct rtnl_link's texts do not last. */
struct seen {
    uint32_t index, master;
    bool loopback, has_mac;
    char kind[32], above[IFNAMSIZ]; /* ABOVE: what stands on it */
};

struct look {
    const char *name;
    struct seen *seen;
    struct str *physical; /* names of all there are, or NULL */
};

static bool is_physical(const struct rtnl_link *link)
{
    return !link->kind && !(link->flags & IFF_LOOPBACK);
}

static int see_link(void *arg, const struct rtnl_link *link)
{
    struct look *look = arg;
    struct seen *seen = look->seen;
    if (look->physical && is_physical(link))
        str_addf(look->physical, "%s%s", look->physical->len ? ", " : "", link->name);
    if (seen->index && link->lower == seen->index)
        snprintf(seen->above, sizeof(seen->above), "%s", link->name);
    if (seen->index || strcmp(link->name, look->name) != 0)
        return 0;
    *seen = (struct seen){.index = link->index,
                          .master = link->master,
                          .loopback = link->flags & IFF_LOOPBACK,
                          .has_mac = link->has_mac};
    snprintf(seen->kind, sizeof(seen->kind), "%s", link->kind ? link->kind : "");
    return 0;
}

/* Why SEEN cannot be lent to IFACE of LAB. */
static int check_seen(const struct seen *seen, const char *lab, const struct iface *iface,
                      struct err *err)
{
    const char *host = iface_host_interface(iface);
    if (seen->loopback)
        return err_wrong(err, -EINVAL, "%s is every namespace's own, and cannot be lent", host);
    if (*seen->kind)
        return err_wrong(
            err, -EINVAL,
            "%s is no physical interface, but a %s of the kernel's, which would end "
            "with the lab.\nLend a physical one; or, once the lab is up, put a macvlan "
            "on it into the node: `ip link add link %s name %s netns %s.%s type "
            "macvlan`.",
            host, seen->kind, host, iface->name, lab, iface->node->name);
    if (seen->master)
        return err_set(err, -EBUSY, "%s is a port of a bridge or a bond: `ip link set %s nomaster`",
                       host, host);
    if (*seen->above)
        return err_set(err, -EBUSY, "%s is in use: %s stands on it", host, seen->above);
    if (!seen->has_mac)
        return err_set(err, -EINVAL,
                       "%s is no Ethernet: it could not be told from others when it "
                       "comes back",
                       host);
    return 0;
}

/* *RET is IFACE's on the host, which can be lent. */
static int look_at(struct nl *nl, const char *lab, const struct iface *iface, struct seen *ret,
                   struct err *err)
{
    CLEAN_STR struct str physical = {0};
    struct look look = {iface_host_interface(iface), ret, &physical};
    *ret = (struct seen){0};
    int r = rtnl_dump_links(nl, see_link, &look, err);
    look.physical = NULL;
    if (!r && ret->index) /* again, as what stands on it may have come before it */
        r = rtnl_dump_links(nl, see_link, &look, err);
    if (r || ret->index)
        return r ? r : check_seen(ret, lab, iface, err);
    if (!physical.len)
        return err_set(err, -ENODEV, "this machine has no interface %s, and no physical one at all",
                       iface_host_interface(iface));
    return err_set(err, -ENODEV, "this machine has no interface %s; physical ones are: %s",
                   iface_host_interface(iface), physical.text);
}

/* --- Before anything is built ---------------------------------------------------------------- */

/* Which lab has WHAT. */
struct other {
    const char *what;
    bool dead;
    char name[LAB_NAME_MAX + 1];
};

static int find_other(void *arg, struct state *s)
{
    struct other *other = arg;
    int holds = outside_holds(s->dir, STATE_OUTSIDE, OUTSIDE_LENT, other->what);
    if (holds <= 0)
        return holds;
    snprintf(other->name, sizeof(other->name), "%s", s->name);
    other->dead = state_life(s) == LAB_DYING;
    return 1;
}

static int is_iface(void *arg, const char *iface)
{
    const char *const *name = arg;
    return !strcmp(iface, *name);
}

struct check {
    const char *lab, *root;
    bool privileged;
    struct nl *nl;
    lent_warn_fn *warn;
    void *arg;
};

static int find_out(const struct check *c, const struct iface *iface, struct err *err)
{
    struct seen seen;
    struct other other = {.what = iface_host_interface(iface)};
    int r = look_at(c->nl, c->lab, iface, &seen, err);
    if (r != -ENODEV || state_each(c->root, find_other, &other) <= 0)
        return r;
    if (other.dead)
        return err_set(err, -EBUSY,
                       "%s was lent to lab '%s' and has not come back: `nslab down %s` says why",
                       other.what, other.name, other.name);
    return err_set(err, -EBUSY, "lab '%s' has %s", other.name, other.what);
}

/* Without a default route the machine may be out of reach. */
static void warn_of_route(const struct check *c, const struct iface *iface)
{
    const char *host = iface_host_interface(iface);
    CLEAN_STR struct str text = {0};
    if (!c->warn || default_route_each(is_iface, &host) <= 0)
        return;
    str_addf(&text,
             "This machine's default route leads over %s, which is lent to %s: until the lab ends, "
             "it may be out of reach.",
             host, iface->node->name);
    c->warn(c->arg, text.text);
}

static int check_iface(struct check *c, const struct iface *iface, struct err *err)
{
    if (!c->privileged)
        return err_lacking(
            err, -EPERM,
            "A physical interface is lent by root alone, as it leaves this machine's "
            "network; a node of kind nat has a way out for everybody.");
    int r = c->nl ? 0 : nl_open(&c->nl, err);
    if (!r)
        r = find_out(c, iface, err);
    if (!r)
        warn_of_route(c, iface);
    return r;
}

int lent_check(const struct topo *topo, const struct state_places *places, const char *root,
               lent_warn_fn *warn, void *arg, struct err *err)
{
    struct check c = {topo->name, root, places->privileged, NULL, warn, arg};
    int r = 0;
    VEC_EACH (struct node *, node, &topo->nodes) {
        VEC_EACH (struct iface *, it, &(*node)->ifaces) {
            if (r || !iface_host_interface(*it))
                continue;
            r = check_iface(&c, *it, err);
            if (r)
                err->pos = (*it)->pos;
        }
    }
    nl_close(c.nl);
    return r;
}

/* --- Lending --------------------------------------------------------------------------------- */

struct lender {
    const struct state *state;
    int guard;
    struct nl *host; /* stays in the host's namespace, wherever the keeper goes */
    pthread_mutex_t lock;
};

int lender_open(const struct state *state, int guard, struct lender **ret, struct err *err)
{
    struct lender *lender = calloc(1, sizeof(*lender));
    if (!lender)
        return err_set(err, -ENOMEM, "out of memory");
    *lender = (struct lender){.state = state, .guard = guard};
    pthread_mutex_init(&lender->lock, NULL);
    *ret = lender;
    return nl_open(&lender->host, err);
}

void lender_close(struct lender *lender)
{
    if (!lender)
        return;
    nl_close(lender->host);
    pthread_mutex_destroy(&lender->lock);
    free(lender);
}

static int note(const struct lender *lender, const struct iface *iface, uint32_t index, int netns,
                struct err *err)
{
    CLEAN_OUTSIDE struct outside journal = {.fd = -1};
    CLEAN_STR struct str saved = {0};
    CLEAN_STR struct str want = {0};
    CLEAN_STR struct str was = {0};
    struct rtnl_link link;
    struct stat st;
    char mac[ADDR_TEXT_MAX];
    int r = rtnl_save(lender->host, index, &saved, err);
    if (r || !rtnl_saved_link(saved.text, saved.len, &link) || fstat(netns, &st))
        return r ? r : err_set(err, -ENODEV, "it went away");
    str_addf(&want, "%" PRIu64 " %u %s", (uint64_t)st.st_ino, iface->index,
             mac_text(iface_extra(iface)->has_mac ? &iface->extra->mac : &link.mac, mac));
    str_add_hex(&was, saved.text, saved.len);
    r = outside_open(lender->state->dir, STATE_OUTSIDE, &journal);
    if (!r) {
        outside_note_was(&journal, OUTSIDE_LENT, iface_host_interface(iface), want.text, was.text);
        r = outside_commit(&journal);
    }
    return r ? err_sys(err, r, "writing to %s/%s", lender->state->root, lender->state->name) : 0;
}

static int move(struct nl *nl, const struct rtnl_move *move, struct err *err)
{
    rtnl_move_link(nl, move, 0);
    return nl_send(nl, err);
}

static int lend(const struct lender *lender, const struct iface *iface, int netns, struct err *err)
{
    struct seen seen;
    int r = look_at(lender->host, lender->state->name, iface, &seen, err);
    if (!r)
        r = note(lender, iface, seen.index, netns, err);
    if (!r && (r = pass_fd(lender->guard, netns)))
        return err_sys(err, r, "telling the lab's guard");
    const struct rtnl_move there = {
        .index = seen.index, .netns = netns, .name = iface->name, .new_index = iface->index};
    return r ? r : move(lender->host, &there, err);
}

int lender_lend(struct lender *lender, const struct iface *iface, int netns, struct err *err)
{
    pthread_mutex_lock(&lender->lock);
    int r = lend(lender, iface, netns, err);
    pthread_mutex_unlock(&lender->lock);
    return r;
}

/* --- Fetching -------------------------------------------------------------------------------- */

/* A line of the journal, read. */
struct loan {
    const char *name; /* on the host */
    uint64_t netns;   /* the node's, its inode */
    uint32_t index;   /* there */
    struct mac mac;   /* there */
    struct str saved;
    struct rtnl_link was; /* in SAVED */
};

static bool read_loan(const struct outside_line *line, struct loan *ret)
{
    unsigned char *m = ret->mac.bytes;
    ret->name = line->what;
    return sscanf(line->want, "%" SCNu64 " %u %hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &ret->netns,
                  &ret->index, &m[0], &m[1], &m[2], &m[3], &m[4], &m[5]) == 8 &&
           str_add_unhex(&ret->saved, line->was) &&
           rtnl_saved_link(ret->saved.text, ret->saved.len, &ret->was);
}

static bool same(const struct mac *a, const struct mac *b)
{
    return !memcmp(a->bytes, b->bytes, sizeof(a->bytes));
}

static bool is_it(const struct loan *loan, const struct rtnl_link *link)
{
    if (!is_physical(link) || !link->has_mac)
        return false;
    if (loan->was.has_perm || link->has_perm)
        return loan->was.has_perm && link->has_perm && same(&loan->was.perm, &link->perm);
    return same(&loan->was.mac, &link->mac) || same(&loan->mac, &link->mac);
}

struct find {
    const struct loan *loan;
    bool found;
    struct rtnl_link link;
    char name[IFNAMSIZ];
};

static int find_it(void *arg, const struct rtnl_link *link)
{
    struct find *find = arg;
    if (find->found || !is_it(find->loan, link))
        return 0;
    find->found = true;
    find->link = *link;
    snprintf(find->name, sizeof(find->name), "%s", link->name);
    find->link.name = find->name;
    return 0;
}

/* From the node's namespace to HOME, where its name and number may be somebody else's by now. */
static void bring(const struct loan *loan, int netns, int home)
{
    const struct rtnl_move ways[] = {
        {.name = loan->name, .new_index = loan->was.index},
        {.name = loan->name},
        {.name = "dev%d"},
    };
    CLEAN_NL struct nl *nl = NULL;
    struct err err;
    if (netns_enter(netns, &err) || nl_open(&nl, &err))
        return;
    for (size_t i = 0; i < ARRAY_SIZE(ways); i++) {
        struct rtnl_move way = ways[i];
        way.index = loan->index;
        way.netns = home;
        if (!move(nl, &way, &err))
            return;
    }
}

static void bring_through(const struct loan *loan, const struct lent_doors *doors)
{
    struct err err;
    struct stat st;
    CLEAN_FD int home = -1;
    if (netns_open_own(&home, &err))
        return;
    for (uint32_t i = 0; doors && i < doors->n; i++) {
        if (!fstat(doors->netns[i], &st) && st.st_ino == loan->netns) {
            bring(loan, doors->netns[i], home);
            break;
        }
    }
    netns_enter(home, &err);
}

struct holder {
    uint64_t netns;
    pid_t pid;
};

static int find_holder(void *arg, pid_t pid)
{
    struct holder *holder = arg;
    if (procs_namespace(pid, "net") != holder->netns)
        return 0;
    holder->pid = pid;
    return 1;
}

static int not_back(const struct loan *loan, pid_t holder, struct err *err)
{
    CLEAN_STR struct str command = {0};
    if (!holder)
        return err_set(err, -ETIMEDOUT,
                       "%s, which was lent to a node, has not come back: something holds the "
                       "node's network namespace (a mount, an open descriptor), or it went to the "
                       "machine's first network namespace, and this is another",
                       loan->name);
    procs_command(holder, &command);
    return err_set(err, -ETIMEDOUT,
                   "%s, which was lent to a node, has not come back: process %d (%s) still is in "
                   "the node's network namespace.\nEnd it; the next nslab command makes %s what it "
                   "was.",
                   loan->name, (int)holder, command.text ? command.text : "?", loan->name);
}

/* Until it is here, as far as that can be waited for. */
static int wait_for(const struct loan *loan, struct nl *nl, struct find *find, struct err *err)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    for (;;) {
        struct holder holder = {.netns = loan->netns};
        int r = rtnl_dump_links(nl, find_it, find, err);
        if (r || find->found)
            return r;
        if (deadline_waited(&deadline) > HELD_MS && procs_each(find_holder, &holder))
            return not_back(loan, holder.pid, err);
        if (!deadline_left(&deadline))
            return not_back(loan, 0, err);
        procs_sleep_ms(LOOK_MS);
    }
}

static int fetch(const struct loan *loan, const struct lent_doors *doors, struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    struct find find = {.loan = loan};
    int r = nl_open(&nl, err);
    if (!r && doors)
        bring_through(loan, doors);
    if (!r)
        r = wait_for(loan, nl, &find, err);
    if (!r)
        rtnl_restore(nl, &find.link, loan->saved.text, loan->saved.len);
    return r;
}

struct fetching {
    const struct lent_doors *doors;
    struct err *err;
    int r;
};

static int fetch_line(void *arg, const struct outside_line *line)
{
    struct fetching *fetching = arg;
    struct loan loan = {0};
    struct err err;
    if (read_loan(line, &loan)) {
        int r = fetch(&loan, fetching->doors, fetching->r ? &err : fetching->err);
        fetching->r = fetching->r ? fetching->r : r;
    }
    str_done(&loan.saved);
    return 0;
}

int lent_fetch(int journal, const struct lent_doors *doors, struct err *err)
{
    struct fetching fetching = {doors, err, 0};
    outside_each(journal, OUTSIDE_LENT, fetch_line, &fetching);
    return fetching.r;
}
