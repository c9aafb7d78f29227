// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Finding labs: by directory, and where that does not help through /proc. A keeper that was
 * started in another session, with another XDG_RUNTIME_DIR, is this user's all the same.
 */
#include "lab/find.h"

#include <string.h>

#include "lab/sweep.h"

struct search {
    const char *name;  /* looked for, or NULL */
    struct state *ret; /* where it goes */
    struct str names;  /* those that run, parted by ", " */
    state_fn *fn;
    void *arg;
};

static int open_root(char *root, struct err *err)
{
    struct state_places places;
    state_places_get(&places);
    return state_root_path(&places, root, err);
}

static int open_swept_root(char *root, struct err *err)
{
    int r = open_root(root, err);
    if (!r)
        sweep_all(root);
    return r;
}

void find_sweep(void)
{
    char root[PATH_MAX];
    struct err err;
    open_swept_root(root, &err);
}

static int visit_live(void *arg, struct state *s)
{
    struct search *search = arg;
    return state_life(s) == LAB_DYING ? 0 : search->fn(search->arg, s);
}

int find_each(state_fn *fn, void *arg, struct err *err)
{
    char root[PATH_MAX];
    struct search search = {.fn = fn, .arg = arg};
    int r = open_swept_root(root, err);
    if (r)
        return r;
    r = state_each(root, visit_live, &search);
    if (!r)
        r = state_each_elsewhere(root, visit_live, &search);
    return r < 0 ? err_sys(err, r, "looking for labs in %s", root) : r;
}

static int match(void *arg, struct state *s)
{
    struct search *search = arg;
    if (state_life(s) == LAB_DYING)
        return 0;
    if (strcmp(s->name, search->name) != 0) {
        str_addf(&search->names, "%s%s", search->names.len ? ", " : "", s->name);
        return 0;
    }
    *search->ret = *s;
    *s = STATE_NONE;
    return 1;
}

static int no_such_lab(const struct search *search, struct err *err)
{
    if (!search->names.len)
        return err_set(err, -ENOENT, "there is no lab '%s'; none runs", search->name);
    return err_set(err, -ENOENT, "there is no lab '%s'; these run: %s", search->name,
                   search->names.text);
}

static int find_in(const char *root, const char *name, struct state *ret, struct err *err)
{
    struct state s = STATE_NONE;
    int r = 0;
    int opened = state_open(root, name, &s);
    if (err_is_shortage(opened))
        return err_sys(err, opened, "%s/%s", root, name);
    if (!opened) {
        if (state_life(&s) != LAB_DYING) {
            *ret = s;
            return 0;
        }
        r = sweep_lab(&s, false, err); /* once more, for what stood in the way */
    }
    state_done(&s);
    if (r && r != -EBUSY)
        return r;
    struct search search = {.name = name, .ret = &s};
    int found = state_each(root, match, &search);
    if (!found)
        found = state_each_elsewhere(root, match, &search);
    r = s.dir >= 0  ? 0
        : found < 0 ? err_sys(err, found, "looking for labs")
                    : no_such_lab(&search, err);
    if (!r)
        *ret = s;
    str_done(&search.names);
    return r;
}

int find_lab(const char *name, struct state *ret, struct err *err)
{
    char root[PATH_MAX];
    int r = open_swept_root(root, err);
    return r ? r : find_in(root, name, ret, err);
}

int find_lab_at_once(const char *name, struct state *ret, struct err *err)
{
    char root[PATH_MAX];
    int r = open_root(root, err);
    return r ? r : find_in(root, name, ret, err);
}
