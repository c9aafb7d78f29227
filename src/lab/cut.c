// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Links set down, and up again as if nothing had been. An interface that is set down loses its IPv6
 * addresses and the routes over it, for good; who pulls a cable and puts it back means nothing of
 * the kind. So these are written down first, as the messages that the kernel tells of them in, and
 * handed back to it afterwards. An end that was down already is left out: what it has lost is not
 * to be had any more.
 */
#include "lab/cut.h"

#include <linux/if.h>
#include <string.h>

#include "base/memory.h"
#include "base/vec.h"
#include "kernel/procs.h"
#include "lab/deadline.h"
#include "lab/lab.h"
#include "netlink/keep.h"
#include "netlink/rtnl.h"

#define CARRIER_MS 3000
#define LOOK_MS 5

/* --- What is written down -----------------------------------------------------------------------
 */

int cut_read(const struct state *s, json_t **ret, struct err *err)
{
    struct str text CLEAN_STR = {0};
    int r = state_read(s, STATE_CUT, &text);
    if (r && r != -ENOENT)
        return err_sys(err, r, "reading %s/%s/" STATE_CUT, s->root, s->name);
    json_t *cut = text.text ? json_loads(text.text, 0, NULL) : NULL;
    *ret = cut ? cut : json_object();
    return 0;
}

int cut_write(const struct state *s, const json_t *cut, struct err *err)
{
    CLEAN_FREE char *text = json_dumps(cut, JSON_COMPACT);
    int r = text ? state_write(s, STATE_CUT, text, strlen(text), 0600) : -ENOMEM;
    return r ? err_sys(err, r, "writing to %s/%s", s->root, s->name) : 0;
}

static json_t *down_of(json_t *cut)
{
    json_t *down = json_object_get(cut, "down");
    if (!down)
        json_object_set_new(cut, "down", down = json_object());
    return down;
}

/* --- Down: in the child -------------------------------------------------------------------------
 */

/* What ends have, which are up: an array each. */
struct saved {
    uint32_t *indexes;
    json_t **messages;
    uint32_t n;
};

static void add_message(void *arg, uint32_t i, const void *msg, size_t len)
{
    const struct saved *saved = arg;
    struct str hex CLEAN_STR = {0};
    str_add_hex(&hex, msg, len);
    json_array_append_new(saved->messages[i], json_string(hex.text));
}

static bool is_down(const struct sight *sight)
{
    return !sight->state || strcmp(sight->state, "down") == 0;
}

static int save_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                     struct err *err)
{
    (void)arg;
    char key[16];
    CLEAN_FREE struct sight *sights = memory_zeroed(n, sizeof(*sights));
    CLEAN_FREE uint32_t *indexes = memory_zeroed(n, sizeof(*indexes));
    CLEAN_FREE json_t **messages = memory_zeroed(n, sizeof(*messages));
    struct saved saved = {.indexes = indexes, .messages = messages};
    int r = scene_look(nl, first, n, sights, err);
    for (uint32_t i = 0; !r && i < n; i++) {
        if (is_down(&sights[i]))
            continue;
        saved.indexes[saved.n] = first[i].of->index;
        saved.messages[saved.n] = json_array();
        json_object_set_new(ret, end_key(&first[i], key), saved.messages[saved.n++]);
    }
    return r ? r : keep_dump(nl, saved.indexes, saved.n, add_message, &saved, err);
}

static int set_state(struct nl *nl, const struct end *end, bool up, struct err *err)
{
    rtnl_set_state(nl, end->of->index, up, 0);
    if (nl_send(nl, err) == 0)
        return 0;
    return err_context(err, "setting %s %s", end->of->name, up ? "up" : "down");
}

static int lower_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                      struct err *err)
{
    (void)arg, (void)ret;
    int r = 0;
    for (uint32_t i = 0; !r && i < n; i++)
        r = set_state(nl, &first[i], false, err);
    return r;
}

/* An end that came up but was not given all back yet is still owed it, besides what it has. */
static void add_saved(json_t *down, json_t *saved)
{
    const char *key;
    json_t *messages;
    json_object_foreach(saved, key, messages)
    {
        json_t *owed = json_object_get(down, key);
        if (owed)
            json_array_extend(owed, messages);
        else
            json_object_set(down, key, messages);
    }
}

int cut_down(struct scene *scene, struct err *err)
{
    json_t *cut = NULL, *saved = NULL;
    int r = cut_read(&scene->state, &cut, err);
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, save_ends, NULL, &saved, err);
    if (!r) {
        add_saved(down_of(cut), saved);
        r = cut_write(&scene->state, cut, err);
    }
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, lower_ends, NULL, NULL, err);
    json_decref(saved);
    json_decref(cut);
    return r;
}

/* --- Up: in the child ---------------------------------------------------------------------------
 */

struct lost {
    const json_t *down; /* what ends lost, by their keys */
    struct arena *arena;
    VEC(uint32_t) up; /* the node's interfaces that are */
};

static int note_up(void *arg, const struct rtnl_link *link)
{
    struct lost *lost = arg;
    if (link->flags & IFF_UP)
        vec_push(lost->arena, &lost->up, link->index);
    return 0;
}

static bool is_up(void *arg, uint32_t index)
{
    struct lost *lost = arg;
    VEC_EACH (const uint32_t, it, &lost->up) {
        if (*it == index)
            return true;
    }
    return false;
}

static int give_back(struct nl *nl, const struct end *end, struct lost *lost, struct err *err)
{
    const struct keep keep = {.index = end->of->index, .is_up = is_up, .arg = lost};
    char key[16];
    size_t i;
    json_t *message;
    int r = 0;
    json_array_foreach(json_object_get(lost->down, end_key(end, key)), i, message)
    {
        struct nl_refusal refusal;
        struct str bytes CLEAN_STR = {0};
        if (!str_add_unhex(&bytes, json_string_value(message)) ||
            !keep_queue(nl, &keep, bytes.text, bytes.len) || !nl_flush(nl, &refusal) ||
            refusal.code == -EEXIST)
            continue;
        r = nl_refusal_err(&refusal, err);
    }
    return r ? err_context(err, "giving %s back its addresses and routes", end->of->name) : 0;
}

/* What one end is given may lean on what a later one is (a route's next hop on an address), so all
 * is said twice. */
static int give_all_back(struct nl *nl, const struct end *first, uint32_t n, struct lost *lost,
                         struct err *err)
{
    int r = -EAGAIN;
    for (unsigned tries = 0; r && tries < 2; tries++) {
        r = 0;
        for (uint32_t i = 0; i < n; i++) {
            int one = give_back(nl, &first[i], lost, err);
            r = one ? one : r;
        }
    }
    return r;
}

static int raise_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                      struct err *err)
{
    (void)arg, (void)ret;
    int r = 0;
    for (uint32_t i = 0; !r && i < n; i++)
        r = set_state(nl, &first[i], true, err);
    return r;
}

static int furnish_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                        struct err *err)
{
    struct lost *lost = arg;
    (void)ret;
    lost->up.n = 0;
    int r = rtnl_dump_links(nl, note_up, lost, err);
    return r ? r : give_all_back(nl, first, n, lost, err);
}

/* --- Up ------------------------------------------------------------------------------------------
 */

/* Whether carrier is still to come to CABLE: both ends are up, and one has none. */
static bool is_waiting(const struct cable *cable, const json_t *sights)
{
    bool waits = false;
    for (unsigned i = 0; i < 2; i++) {
        char key[16];
        const struct end end = {.of = &cable->ends[i]};
        const char *state = json_string_value(
            json_object_get(json_object_get(sights, end_key(&end, key)), "state"));
        if (!state || !strcmp(state, "down") || !strcmp(state, "gone"))
            return false;
        waits = waits || strcmp(state, "up") != 0;
    }
    return waits;
}

/* Waits until packets pass: the kernel may take a second to act on carrier. */
static int await_carrier(const struct scene *scene, struct err *err)
{
    struct scene whole = *scene; /* with the other ends of its cables */
    uint8_t *picked = arena_alloc(scene->arena, scene->cables.n + 1);
    struct deadline end = deadline_in(CARRIER_MS);
    bool waits = true;
    int r = 0;
    for (uint32_t i = 0; i < scene->ends.n; i++)
        picked[scene->ends.v[i].cable - scene->cables.v] = 3;
    whole.ends = ends_list(&scene->cables, picked);
    while (!r && waits && deadline_left(&end)) {
        json_t *sights = NULL;
        waits = false;
        r = scene_see(&whole, &sights, err);
        for (uint32_t i = 0; !r && !waits && i < scene->cables.n; i++)
            waits = picked[i] && is_waiting(&scene->cables.v[i], sights);
        json_decref(sights);
        if (waits)
            procs_sleep_ms(LOOK_MS);
    }
    return r;
}

/* Routes come last: the kernel marks one that is made before its link runs, and has been seen to
 * forget the mark (executor.c). */
int cut_up(struct scene *scene, struct err *err)
{
    json_t *cut = NULL;
    char key[16];
    int r = cut_read(&scene->state, &cut, err);
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, raise_ends, NULL, NULL, err);
    if (!r)
        r = await_carrier(scene, err);
    if (!r) {
        struct lost lost = {.down = down_of(cut), .arena = scene->arena};
        r = ends_visit(&scene->state, &scene->ends, furnish_ends, &lost, NULL, err);
    }
    for (uint32_t i = 0; !r && i < scene->ends.n; i++)
        json_object_del(down_of(cut), end_key(&scene->ends.v[i], key));
    if (!r)
        r = cut_write(&scene->state, cut, err);
    json_decref(cut);
    return r;
}

static int change(const char *name, const char *which,
                  int (*cut)(struct scene *scene, struct err *err), json_t **ret, struct err *err)
{
    struct scene scene CLEAN_SCENE = SCENE_NONE;
    int r = scene_open(name, true, &scene, err);
    if (!r)
        r = scene_pick(&scene, which, err);
    if (!r)
        r = cut(&scene, err);
    return r ? r : scene_tell(&scene, ret, err);
}

int lab_link_down(const char *name, const char *which, json_t **ret, struct err *err)
{
    return change(name, which, cut_down, ret, err);
}

int lab_link_up(const char *name, const char *which, json_t **ret, struct err *err)
{
    return change(name, which, cut_up, ret, err);
}
