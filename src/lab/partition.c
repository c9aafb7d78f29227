// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A network in parts: all links between groups of nodes set down, and up again. Nodes that belong
 * to no group stay with those that they are linked to; where these are of two groups, only the user
 * knows on which side such a node should be. The lab's directory has which ends were set down, so
 * that what was down before stays so.
 */
#include <fnmatch.h>
#include <string.h>

#include "lab/cut.h"
#include "lab/lab.h"

#define NO_GROUP 0

/* The group of each node, by number, from 1 on. */
struct groups {
    uint32_t *of;
    const char **names; /* of nodes that a link ends at, else NULL */
    uint32_t n;         /* nodes */
};

static void groups_init(const struct cables *c, struct groups *ret)
{
    struct groups g = {0};
    for (uint32_t i = 0; i < 2 * c->n; i++) {
        uint32_t node = c->v[i / 2].ends[i % 2].node;
        g.n = node >= g.n ? node + 1 : g.n;
    }
    g.of = arena_alloc(c->arena, (g.n + 1) * sizeof(*g.of));
    g.names = arena_alloc(c->arena, (g.n + 1) * sizeof(*g.names));
    for (uint32_t i = 0; i < 2 * c->n; i++)
        g.names[c->v[i / 2].ends[i % 2].node] = c->v[i / 2].ends[i % 2].node_name;
    *ret = g;
}

/* --- Who is in which ----------------------------------------------------------------------------
 */

static int no_such_node(const struct groups *g, const char *lab, const char *item, struct err *err)
{
    const char *near = str_nearest(item, g->names, g->n);
    if (near)
        return err_wrong(err, -ENOENT,
                         "no link of lab '%s' ends at a node '%s'; did you mean '%s'?", lab, item,
                         near);
    return err_wrong(err, -ENOENT, "no link of lab '%s' ends at a node '%s'", lab, item);
}

static int join_group(struct groups *g, const char *lab, const char *item, uint32_t group,
                      struct err *err)
{
    uint32_t found = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        if (!g->names[i] || fnmatch(item, g->names[i], 0) != 0)
            continue;
        if (g->of[i] != NO_GROUP && g->of[i] != group)
            return err_wrong(err, -EINVAL, "%s is on two sides", g->names[i]);
        g->of[i] = group;
        found++;
    }
    return found ? 0 : no_such_node(g, lab, item, err);
}

/* SIDES, "r1,r2 / r3,r4", is taken apart. */
static int read_groups(struct groups *g, const char *lab, char *sides, struct err *err)
{
    uint32_t group = NO_GROUP;
    int r = 0;
    for (char *side; !r && (side = strsep(&sides, "/"));) {
        uint32_t members = 0;
        group++;
        for (char *item; !r && (item = strsep(&side, ", "));) {
            members += *item != '\0';
            r = *item ? join_group(g, lab, item, group, err) : 0;
        }
        if (!r && !members)
            r = err_wrong(err, -EINVAL, "a side has no nodes: NODE,… / NODE,…");
    }
    return !r && group < 2 ? err_wrong(err, -EINVAL, "a partition has two sides: NODE,… / NODE,…")
                           : r;
}

/* --- Who is with whom ---------------------------------------------------------------------------
 */

static bool is_between(const struct groups *g, const struct cable *cable)
{
    uint32_t a = g->of[cable->ends[0].node], b = g->of[cable->ends[1].node];
    return a != NO_GROUP && b != NO_GROUP && a != b;
}

/* Lets groups grow over nodes of none, a cable at a time; whether one did. */
static bool grow(struct groups *g, const struct cables *c)
{
    bool grew = false;
    for (uint32_t i = 0; i < c->n; i++) {
        uint32_t *a = &g->of[c->v[i].ends[0].node], *b = &g->of[c->v[i].ends[1].node];
        if ((*a == NO_GROUP) == (*b == NO_GROUP))
            continue;
        *a = *b = *a == NO_GROUP ? *b : *a;
        grew = true;
    }
    return grew;
}

/* Two groups met at a cable that none of the named nodes' own is. */
static int met(const struct cable *cable, struct err *err)
{
    if (cable->lan)
        return err_wrong(
            err, -EINVAL,
            "a LAN joins the sides at %s: it is one wire, and cannot be cut between its "
            "members; `nslab link down NODE:INTERFACE` takes one of them off",
            cable->ends[0].name);
    return err_wrong(err, -EINVAL, "%s and %s still join the sides: say on which side they are",
                     cable->ends[0].node_name, cable->ends[1].node_name);
}

/* Which cables to cut, into PICKED. */
static int pick_between(struct groups *g, const struct cables *c, uint8_t *picked, struct err *err)
{
    bool any = false;
    for (uint32_t i = 0; i < c->n; i++) {
        picked[i] = is_between(g, &c->v[i]) ? 3 : 0;
        any = any || picked[i];
    }
    while (grow(g, c))
        ;
    for (uint32_t i = 0; i < c->n; i++) {
        if (!picked[i] && is_between(g, &c->v[i]))
            return met(&c->v[i], err);
    }
    return any ? 0 : err_wrong(err, -EINVAL, "no link joins these sides");
}

/* --- Cutting and healing ------------------------------------------------------------------------
 */

/* The ends of SCENE that are up, as numbers: those that are to be healed. */
static json_t *list_up(const struct scene *scene, const json_t *sights)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < scene->ends.n; i++) {
        char key[16];
        const json_t *sight = json_object_get(sights, end_key(&scene->ends.v[i], key));
        const char *state = json_string_value(json_object_get(sight, "state"));
        if (state && strcmp(state, "down") != 0)
            json_array_append_new(list, json_integer(scene->ends.v[i].of->index));
    }
    return list;
}

static int note_partition(const struct scene *scene, struct err *err)
{
    json_t *cut = NULL, *sights = NULL;
    int r = cut_read(&scene->state, &cut, err);
    if (!r && json_object_get(cut, "partition"))
        r = err_wrong(err, -EBUSY, "lab '%s' is in parts already: `nslab heal` joins them",
                      scene->state.name);
    if (!r)
        r = scene_see(scene, &sights, err);
    if (!r) {
        json_object_set_new(cut, "partition", list_up(scene, sights));
        r = cut_write(&scene->state, cut, err);
    }
    json_decref(sights);
    json_decref(cut);
    return r;
}

int lab_partition(const char *name, const char *groups, json_t **ret, struct err *err)
{
    struct scene scene CLEAN_SCENE = SCENE_NONE;
    struct groups g = {0};
    int r = scene_open(name, true, &scene, err);
    if (r)
        return r;
    uint8_t *picked = arena_alloc(scene.arena, scene.cables.n + 1);
    groups_init(&scene.cables, &g);
    r = read_groups(&g, name, arena_strdup(scene.arena, groups), err);
    if (!r)
        r = pick_between(&g, &scene.cables, picked, err);
    scene.ends = ends_list(&scene.cables, picked);
    if (!r)
        r = note_partition(&scene, err);
    if (!r)
        r = cut_down(&scene, err);
    return r ? r : scene_tell(&scene, ret, err);
}

static void pick_index(const struct cables *c, uint32_t index, uint8_t *picked)
{
    for (uint32_t i = 0; i < 2 * c->n; i++) {
        if (c->v[i / 2].ends[i % 2].index == index)
            picked[i / 2] |= (uint8_t)(1u << (i % 2));
    }
}

static int pick_partition(const struct scene *scene, uint8_t *picked, struct err *err)
{
    json_t *cut = NULL, *index;
    size_t i;
    int r = cut_read(&scene->state, &cut, err);
    const json_t *list = json_object_get(cut, "partition");
    if (!r && !list)
        r = err_set(err, -ENOENT, "lab '%s' is in one part: there is nothing to heal",
                    scene->state.name);
    json_array_foreach(list, i, index)
        pick_index(&scene->cables, (uint32_t)json_integer_value(index), picked);
    json_decref(cut);
    return r;
}

static int forget_partition(const struct scene *scene, struct err *err)
{
    json_t *cut = NULL;
    int r = cut_read(&scene->state, &cut, err);
    json_object_del(cut, "partition");
    r = r ? r : cut_write(&scene->state, cut, err);
    json_decref(cut);
    return r;
}

int lab_heal(const char *name, json_t **ret, struct err *err)
{
    struct scene scene CLEAN_SCENE = SCENE_NONE;
    int r = scene_open(name, true, &scene, err);
    if (r)
        return r;
    uint8_t *picked = arena_alloc(scene.arena, scene.cables.n + 1);
    r = pick_partition(&scene, picked, err);
    scene.ends = ends_list(&scene.cables, picked);
    if (!r)
        r = cut_up(&scene, err);
    if (!r)
        r = forget_partition(&scene, err);
    return r ? r : scene_tell(&scene, ret, err);
}
