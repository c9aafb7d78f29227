// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Links while a lab runs: what they are, and impairments of other strength. What a link has is
 * asked of the kernel every time, its queueing disciplines being the only place where that is kept;
 * so what was changed by hand is seen too, and one key is changed without touching the others.
 */
#include <string.h>

#include "base/memory.h"
#include "lab/lab.h"
#include "lab/needs.h"
#include "lab/scene.h"
#include "model/language_impair.h"

int lab_links(const char *name, const char *which, json_t **ret, struct err *err)
{
    struct scene scene CLEAN_SCENE = SCENE_NONE;
    int r = scene_open(name, false, &scene, err);
    if (!r)
        r = scene_pick(&scene, which, err);
    return r ? r : scene_tell(&scene, ret, err);
}

/* The impairments that SIGHT tells of, back as numbers. */
static int read_back(struct arena *arena, const json_t *sight, struct impair_input *ret,
                     struct err *err)
{
    const char *settings[IMPAIR_KEYS + 1] = {NULL}, *key;
    size_t n = 0;
    json_t *value;
    json_object_foreach(json_object_get(sight, "impairments"), key, value) settings[n++] =
        arena_printf(arena, "%s=%s", key, json_string_value(value));
    return impair_parse(arena, settings, ret, err);
}

static int check_end(const struct end *end, const json_t *sight, struct err *err)
{
    const char *other = json_string_value(json_object_get(sight, "qdisc"));
    uint32_t mtu = (uint32_t)json_integer_value(json_object_get(sight, "mtu"));
    struct impair_fault fault = {0};
    if (!sight || !mtu)
        return err_set(err, -ENODEV, "%s is not there any more", end->of->name);
    if (other)
        return err_set(err, -EBUSY,
                       "%s has a queueing discipline that nslab did not put there (%s); `tc qdisc "
                       "del dev %s root` in the node takes it away",
                       end->of->name, other, strchr(end->of->name, ':') + 1);
    if (!impair_find_fault(&end->want, mtu, &fault))
        return 0;
    return err_wrong(err, -EINVAL, "%s: %s%s%s", end->of->name, fault.text, fault.help ? ": " : "",
                     fault.help ? fault.help : "");
}

/* What each end is to have: what it has, and OVER laid on it. */
static int plan_ends(struct scene *scene, const struct impair_input *over, json_t *sights,
                     struct err *err)
{
    int r = 0;
    for (uint32_t i = 0; !r && i < scene->ends.n; i++) {
        struct end *end = &scene->ends.v[i];
        struct impair_input now = {0};
        char key[16];
        const json_t *sight = json_object_get(sights, end_key(end, key));
        r = read_back(scene->arena, sight, &now, err);
        end->want = now.value;
        for (enum impair_key k = 0; k < IMPAIR_KEYS; k++) {
            if (over->pos[k].line)
                impair_copy(&end->want, &over->value, k);
        }
        r = r ? r : check_end(end, sight, err);
    }
    return r;
}

static int impair_end(struct nl *nl, const struct end *end, struct netem_tables *tables,
                      const struct sight *sight, struct err *err)
{
    const struct qdisc_wish wish = {
        .index = end->of->index, .mtu = sight->mtu, .impair = &end->want, .tables = tables};
    qdisc_change(nl, &sight->qdisc, &wish, 0);
    if (nl_send(nl, err) == 0)
        return 0;
    return err_context(err, "impairing %s", end->of->name);
}

/* In the child. */
static int impair_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                       struct err *err)
{
    (void)arg, (void)ret;
    struct netem_tables tables CLEAN_NETEM_TABLES = {0};
    CLEAN_FREE struct sight *sights = memory_zeroed(n, sizeof(*sights));
    int r = scene_look(nl, first, n, sights, err);
    for (uint32_t i = 0; !r && i < n; i++)
        r = impair_end(nl, &first[i], &tables, &sights[i], err);
    return r;
}

static int check_needs(const struct scene *scene, struct err *err)
{
    struct impair sum = {0};
    for (uint32_t i = 0; i < scene->ends.n; i++) {
        for (enum impair_key key = 0; key < IMPAIR_KEYS; key++) {
            if (impair_has(&scene->ends.v[i].want, key))
                impair_copy(&sum, &scene->ends.v[i].want, key);
        }
    }
    return needs_check_impair(&sum, err);
}

static int set_links(struct scene *scene, const struct impair_input *over, struct err *err)
{
    json_t *sights = NULL;
    int r = scene_see(scene, &sights, err);
    if (!r)
        r = plan_ends(scene, over, sights, err);
    if (!r)
        r = check_needs(scene, err);
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, impair_ends, NULL, NULL, err);
    json_decref(sights);
    return r;
}

int lab_link_set(const char *name, const char *which, const char *const *settings, json_t **ret,
                 struct err *err)
{
    struct scene scene CLEAN_SCENE = SCENE_NONE;
    struct impair_input over = {0};
    int r = scene_open(name, true, &scene, err);
    if (!r)
        r = impair_parse(scene.arena, settings, &over, err);
    if (!r)
        r = scene_pick(&scene, which, err);
    if (!r)
        r = set_links(&scene, &over, err);
    return r ? r : scene_tell(&scene, ret, err);
}
