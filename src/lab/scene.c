// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Ends of links as the kernel has them. */
#include "lab/scene.h"

#include <linux/if.h>
#include <string.h>
#include <sys/file.h>

#include "base/memory.h"
#include "lab/find.h"
#include "netlink/rtnl.h"

void scene_done(struct scene *scene)
{
    arena_free(scene->arena);
    state_done(&scene->state);
}

/* Who changes something reads it first, or looks whether it is so: one at a time. */
static int lock(const struct state *s, struct err *err)
{
    int r;
    while ((r = flock(s->dir, LOCK_EX)) && errno == EINTR)
        ;
    return r ? err_sys(err, -errno, "locking %s/%s", s->root, s->name) : 0;
}

int scene_open(const char *lab, bool to_change, struct scene *scene, struct err *err)
{
    int r = find_lab(lab, &scene->state, err);
    if (!r && to_change)
        r = lock(&scene->state, err);
    if (r)
        return r;
    scene->arena = arena_new();
    return cables_read(&scene->state, scene->arena, &scene->cables, err);
}

int scene_pick(struct scene *scene, const char *which, struct err *err)
{
    uint8_t *picked = arena_alloc(scene->arena, scene->cables.n + 1);
    int r = 0;
    if (which)
        r = cables_pick(&scene->cables, scene->state.name, which, picked, err);
    else
        memset(picked, 3, scene->cables.n);
    scene->ends = ends_list(&scene->cables, picked);
    return r;
}

/* --- Looking: in the child ---------------------------------------------------------------------
 */

struct looking {
    const struct end *first;
    uint32_t n;
    struct sight *sights;
};

static struct sight *sight_of(struct looking *l, uint32_t index)
{
    for (uint32_t i = 0; i < l->n; i++) {
        if (l->first[i].of->index == index)
            return &l->sights[i];
    }
    return NULL;
}

static int see_link(void *arg, const struct rtnl_link *link)
{
    struct sight *sight = sight_of(arg, link->index);
    if (!sight)
        return 0;
    bool up = link->flags & IFF_UP;
    sight->state = !up ? "down" : rtnl_link_runs(link) ? "up" : "no-carrier";
    sight->mtu = link->mtu;
    return 0;
}

static int see_qdisc(void *arg, uint32_t index, const struct qdisc *qdisc)
{
    struct sight *sight = sight_of(arg, index);
    if (sight)
        qdisc_take(qdisc, &sight->qdisc);
    return 0;
}

static json_t *sight_json(const struct end *end, struct sight *sight)
{
    struct impair *impair = &sight->qdisc.impair;
    if (sight->qdisc.tbf)
        impair_drop_defaults(impair, sight->mtu);
    json_t *object = json_pack("{s:s, s:s, s:i, s:o}", "end", end->of->name, "state",
                               sight->state ? sight->state : "gone", "mtu", (int)sight->mtu,
                               "impairments", impair_json(impair));
    if (*sight->qdisc.other)
        json_object_set_new(object, "qdisc", json_string(sight->qdisc.other));
    return object;
}

int scene_look(struct nl *nl, const struct end *first, uint32_t n, struct sight *sights,
               struct err *err)
{
    struct looking looking = {.first = first, .n = n, .sights = sights};
    int r = rtnl_dump_links(nl, see_link, &looking, err);
    return r ? r : qdisc_dump(nl, see_qdisc, &looking, err);
}

static int see_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                    struct err *err)
{
    (void)arg;
    char key[16];
    CLEAN_FREE struct sight *sights = memory_zeroed(n, sizeof(*sights));
    int r = scene_look(nl, first, n, sights, err);
    for (uint32_t i = 0; !r && i < n; i++)
        json_object_set_new(ret, end_key(&first[i], key), sight_json(&first[i], &sights[i]));
    return r;
}

int scene_see(const struct scene *scene, json_t **ret, struct err *err)
{
    return ends_visit(&scene->state, &scene->ends, see_ends, NULL, ret, err);
}

/* --- Telling -----------------------------------------------------------------------------------
 */

static json_t *labels_json(const struct cable *cable)
{
    json_t *labels = json_object();
    for (const char *label = cable->labels; *label; label += strlen(label) + 1) {
        size_t len = strcspn(label, "=");
        CLEAN_FREE char *key = memory_textn(label, len);
        json_object_set_new(labels, key, json_string(label + len + (label[len] == '=')));
    }
    return labels;
}

/* The link of CABLE with those ends of it that were looked at; NULL where none was. */
static json_t *link_json(const struct cable *cable, json_t *sights)
{
    json_t *ends = json_array();
    for (unsigned i = 0; i < 2; i++) {
        char key[16];
        const struct end end = {.of = &cable->ends[i]};
        json_t *sight = json_object_get(sights, end_key(&end, key));
        if (sight)
            json_array_append(ends, sight);
    }
    if (json_array_size(ends))
        return json_pack("{s:o, s:b, s:o, s:o}", "link",
                         json_sprintf("%s-%s", cable->ends[0].name, cable->ends[1].name), "lan",
                         cable->lan, "labels", labels_json(cable), "ends", ends);
    json_decref(ends);
    return NULL;
}

int scene_tell(const struct scene *scene, json_t **ret, struct err *err)
{
    json_t *sights = NULL, *list = json_array();
    int r = scene_see(scene, &sights, err);
    for (uint32_t i = 0; !r && i < scene->cables.n; i++) {
        json_t *link = link_json(&scene->cables.v[i], sights);
        if (link)
            json_array_append_new(list, link);
    }
    json_decref(sights);
    if (r)
        json_decref(list);
    else
        *ret = list;
    return r;
}
