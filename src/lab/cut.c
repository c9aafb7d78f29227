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

#include <string.h>

#include "lab/lab.h"
#include "netlink/keep.h"

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

/* --- Bytes as text ------------------------------------------------------------------------------
 */

static void add_message(void *arg, const void *msg, size_t len)
{
    struct str hex CLEAN_STR = {0};
    for (size_t i = 0; i < len; i++)
        str_addf(&hex, "%02x", ((const unsigned char *)msg)[i]);
    json_array_append_new(arg, json_string(hex.text));
}

static bool queue_message(struct nl *nl, const char *hex)
{
    size_t len = strlen(hex) / 2;
    CLEAN_FREE unsigned char *bytes = malloc(len + 1);
    for (size_t i = 0; bytes && i < len; i++) {
        const char digits[] = {hex[2 * i], hex[2 * i + 1], '\0'};
        bytes[i] = (unsigned char)strtoul(digits, NULL, 16);
    }
    return bytes && keep_queue(nl, bytes, len, 0);
}

/* --- Down: in the child -------------------------------------------------------------------------
 */

static bool is_down(const struct sight *sight)
{
    return !sight->state || strcmp(sight->state, "down") == 0;
}

static int save_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                     struct err *err)
{
    (void)arg;
    char key[16];
    CLEAN_FREE struct sight *sights = calloc(n, sizeof(*sights));
    int r = scene_look(nl, first, n, sights, err);
    for (uint32_t i = 0; !r && i < n; i++) {
        json_t *messages = json_array();
        if (is_down(&sights[i])) {
            json_decref(messages);
            continue;
        }
        r = keep_dump(nl, first[i].of->index, add_message, messages, err);
        json_object_set_new(ret, end_key(&first[i], key), messages);
    }
    return r;
}

static int set_state(struct nl *nl, const struct end *end, bool up, struct err *err)
{
    struct nl_refusal refusal;
    keep_set_state(nl, end->of->index, up, 0);
    if (nl_flush(nl, &refusal) == 0)
        return 0;
    nl_refusal_err(&refusal, err);
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

int cut_down(struct scene *scene, struct err *err)
{
    json_t *cut = NULL, *saved = NULL;
    int r = cut_read(&scene->state, &cut, err);
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, save_ends, NULL, &saved, err);
    if (!r) {
        json_object_update(down_of(cut), saved);
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

/* What END lost. One message may lean on a later one (a route's next hop on an address), and each
 * may be said twice. */
static int give_back(struct nl *nl, const struct end *end, const json_t *messages, struct err *err)
{
    struct nl_refusal refusal;
    int r = -EAGAIN;
    for (unsigned tries = 0; r && tries < 2; tries++) {
        size_t i;
        json_t *message;
        json_array_foreach(messages, i, message) queue_message(nl, json_string_value(message));
        r = nl_flush(nl, &refusal);
    }
    if (!r)
        return 0;
    nl_refusal_err(&refusal, err);
    return err_context(err, "giving %s back its addresses and routes", end->of->name);
}

static int raise_ends(struct nl *nl, const struct end *first, uint32_t n, void *arg, json_t *ret,
                      struct err *err)
{
    const json_t *down = arg;
    char key[16];
    int r = 0;
    (void)ret;
    for (uint32_t i = 0; !r && i < n; i++)
        r = set_state(nl, &first[i], true, err);
    for (uint32_t i = 0; !r && i < n; i++)
        r = give_back(nl, &first[i], json_object_get(down, end_key(&first[i], key)), err);
    return r;
}

int cut_up(struct scene *scene, struct err *err)
{
    json_t *cut = NULL;
    char key[16];
    int r = cut_read(&scene->state, &cut, err);
    if (!r)
        r = ends_visit(&scene->state, &scene->ends, raise_ends, down_of(cut), NULL, err);
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
