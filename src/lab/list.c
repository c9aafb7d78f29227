// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Which labs there are, and what one is: from what their directories hold, without asking anybody.
 */
#include "lab/list.h"

#include <string.h>

#include "base/memory.h"
#include "lab/find.h"
#include "lab/lab.h"

int list_describe(const struct state *s, const struct roster *roster, json_t **ret, struct err *err)
{
    CLEAN_STR struct str text = {0};
    struct proc_id keeper = {0};
    int r = state_read(s, STATE_DESCRIPTION, &text);
    json_t *lab = text.text ? json_loadb(text.text, text.len, 0, NULL) : NULL;
    if (!json_is_string(json_object_get(lab, "name"))) {
        json_decref(lab);
        return err_sys(err, r ? r : -EINVAL, "reading %s/%s/" STATE_DESCRIPTION, s->root, s->name);
    }
    r = state_read_proc(s, STATE_KEEPER, &keeper);
    if (err_is_shortage(r)) {
        json_decref(lab);
        return err_sys(err, r, "reading %s/%s/" STATE_KEEPER, s->root, s->name);
    }
    json_object_set_new(lab, "since", json_integer(roster ? roster->since : 0));
    json_object_set_new(lab, "keeper", json_integer(keeper.pid));
    *ret = lab;
    return 0;
}

int lab_describe(const char *name, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    return r ? r : list_describe(&s, &roster, ret, err);
}

/* A LAN counts as one, whatever it takes to make it. */
static json_int_t count_links(const json_t *lab)
{
    return (json_int_t)json_array_size(json_object_get(lab, "links")) +
           (json_int_t)json_array_size(json_object_get(lab, "lans"));
}

static const char *state_word(enum lab_life life)
{
    static const char *const words[] = {
        [LAB_BUILDING] = "building", [LAB_RUNNING] = "running", [LAB_STOPPING] = "stopping",
        [LAB_DYING] = "stopping",    [LAB_UNSEEN] = "", /* nobody is told of it */
    };
    return words[life];
}

static int add(void *arg, struct state *s)
{
    CLEAN_ROSTER struct roster roster = {0};
    struct err err;
    json_t *lab;
    int standing = roster_read(s, &roster, &err);
    int r = err_is_shortage(standing) ? standing
                                      : list_describe(s, standing ? NULL : &roster, &lab, &err);
    if (r)
        return err_shortage(r); /* gone in the meantime */
    enum lab_life life = state_life(s);
    if (life == LAB_UNSEEN) {
        json_decref(lab);
        return -EMFILE;
    }
    json_t *nodes = json_object_get(lab, "nodes");
    json_object_set_new(lab, "links", json_integer(count_links(lab)));
    json_object_set_new(lab, "nodes", json_integer((json_int_t)json_array_size(nodes)));
    json_object_set_new(lab, "state", json_string(state_word(life)));
    json_object_del(lab, "lans");
    json_array_append_new(arg, lab);
    return 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(json_string_value(json_object_get(*(json_t *const *)a, "name")),
                  json_string_value(json_object_get(*(json_t *const *)b, "name")));
}

/* LABS sorted; it is let go of. */
static json_t *sort(json_t *labs)
{
    size_t n = json_array_size(labs);
    json_t **array = memory_zeroed(n, sizeof(*array));
    json_t *sorted = json_array();
    for (size_t i = 0; i < n; i++)
        array[i] = json_array_get(labs, i);
    if (n)
        qsort(array, n, sizeof(*array), compare_names);
    for (size_t i = 0; i < n; i++)
        json_array_append(sorted, array[i]);
    free(array);
    json_decref(labs);
    return sorted;
}

int lab_list(json_t **ret_labs, struct err *err)
{
    json_t *labs = json_array();
    int r = find_each(add, labs, err);
    if (!r)
        *ret_labs = sort(labs);
    else
        json_decref(labs);
    return r;
}
