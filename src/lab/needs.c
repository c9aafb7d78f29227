// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What a lab needs of the kernel, found out before anything of it is built: the plan is walked for
 * features, and each is tried as `nslab doctor` tries it (kernel/probe.h). And the programs that
 * the file does not name itself, but by what they are to do: routing daemons.
 */
#include "lab/needs.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kernel/probe.h"
#include "model/device.h"
#include "model/devices/bridge.h"
#include "model/impair.h"
#include "model/programs.h"

#define NEEDS_MAX 32

struct need {
    const char *check; /* a name of kernel/probe_net.c's */
    const char *what;
    struct pos pos; /* of the first that asks for it */
};

struct needs {
    struct need v[NEEDS_MAX];
    size_t n;
    struct arena *arena;
};

static void need(struct needs *needs, const char *check, const char *what, struct pos pos)
{
    for (size_t i = 0; i < needs->n; i++) {
        if (strcmp(needs->v[i].check, check) == 0)
            return;
    }
    if (needs->n < NEEDS_MAX)
        needs->v[needs->n++] = (struct need){check, what, pos};
}

static void need_device(struct needs *needs, const struct iface *iface)
{
    const struct device *device = iface->device;
    /* a kernel without bridges is rare, and trying takes time; uplinks are looked at by themselves
     */
    if (iface->kind == IFACE_DEVICE && device->type->module)
        need(needs, arena_printf(needs->arena, "link: %s", device->type->name),
             arena_printf(needs->arena, "%s interfaces", device->type->name), device->pos);
    if (iface_is(iface, &device_type_bridge)) {
        const struct int_value *filtering = &((const struct bridge *)device->own)->vlan_filtering;
        if (filtering->value)
            need(needs, PROBE_BRIDGE_VLANS, "bridges with VLANs", filtering->pos);
    }
}

static void need_qdiscs(struct needs *needs, const struct impair *impair)
{
    if (impair_has_netem(impair))
        need(needs, PROBE_NETEM, "netem (module sch_netem), which impairs links", impair->pos);
    if (impair->seed.given)
        need(needs, PROBE_NETEM_SEED, "seed for netem", impair->pos);
    if (impair_has_tbf(impair))
        need(needs, PROBE_TBF, "tbf (module sch_tbf), which limits rates", impair->pos);
}

static void collect(struct needs *needs, const struct plan *plan)
{
    VEC_EACH (const struct op, it, &plan->ops) {
        if (it->kind == OP_DEVICE)
            need_device(needs, it->u.iface);
        if (it->kind == OP_IMPAIR)
            need_qdiscs(needs, iface_extra(it->u.iface)->impair);
    }
}

static const struct probe_result *find(const struct probe_result *results, size_t n,
                                       const char *check)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(results[i].check, check) == 0)
            return &results[i];
    }
    return NULL;
}

static int refuse(const struct need *need, const struct probe_result *result, struct err *err)
{
    if (err_is_shortage(result->code))
        err_set(err, result->code, "asking the kernel for %s: %s", need->what, result->detail);
    else
        err_lacking(err, -EOPNOTSUPP, "this kernel has no %s: %s%s%s", need->what, result->detail,
                    *result->remedy ? "\nwhat helps: " : "", result->remedy);
    err->pos = need->pos;
    return err->code;
}

static int judge(const struct needs *needs, const struct probe_result *results, size_t n,
                 struct err *err)
{
    for (size_t i = 0; i < needs->n; i++) {
        const struct probe_result *result = find(results, n, needs->v[i].check);
        if (result && result->tried && !result->ok)
            return refuse(&needs->v[i], result, err);
    }
    return 0;
}

static int try_needs(const struct needs *needs, struct err *err)
{
    const char *checks[NEEDS_MAX + 1] = {NULL};
    CLEAN_FREE struct probe_result *results = NULL;
    size_t n;
    for (size_t i = 0; i < needs->n; i++)
        checks[i] = needs->v[i].check;
    if (!needs->n)
        return 0;
    int r = probe_some(checks, &results, &n, err);
    return r < 0 ? r : judge(needs, results, n, err);
}

/* Only what nslab has chosen itself is looked at: others' programs may come from the node's own
 * files. */
static int check_packages(const struct topo *topo, struct err *err)
{
    VEC_EACH (struct service *, it, &topo->services) {
        const char *program = (*it)->command.argv[0];
        if (!(*it)->package || access(program, X_OK) == 0)
            continue;
        err_lacking(err, -ENOENT,
                    "%s/%s needs %s, which is not here\nwhat helps: install the package %s",
                    (*it)->node->name, (*it)->name, program, (*it)->package);
        err->pos = (*it)->pos;
        return err->code;
    }
    return 0;
}

int needs_check(const struct plan *plan, struct err *err)
{
    struct needs needs = {.arena = plan->topo->arena};
    int r = check_packages(plan->topo, err);
    if (r < 0)
        return r;
    collect(&needs, plan);
    return try_needs(&needs, err);
}

int needs_check_impair(const struct impair *impair, struct err *err)
{
    struct needs needs = {0};
    need_qdiscs(&needs, impair);
    return try_needs(&needs, err);
}
