// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Which programs run in which node, for `ps` and `status`.
 */
#include "lab/ps.h"

#include <pwd.h>
#include <string.h>

#include "lab/find.h"
#include "lab/lab.h"

struct listing {
    json_t *list;
    const char *node; /* or NULL for all */
};

static json_t *user_name(pid_t pid)
{
    char buf[4096];
    struct passwd entry, *found = NULL;
    uid_t uid = procs_user(pid);
    getpwuid_r(uid, &entry, buf, sizeof(buf), &found);
    return found ? json_string(found->pw_name) : json_sprintf("%u", uid);
}

/* A command line may hold any bytes. */
static json_t *command_text(pid_t pid)
{
    CLEAN_STR struct str text = {0};
    procs_command(pid, &text);
    json_t *j = json_string(text.text);
    if (j)
        return j;
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.text[i] > 126)
            text.text[i] = '?';
    return json_string(text.text);
}

json_t *ps_describe_member(const struct member *m)
{
    return json_pack("{s:s, s:i, s:o, s:o, s:b}", "node", m->node->name, "pid", (int)m->id.pid,
                     "user", user_name(m->id.pid), "command", command_text(m->id.pid), "stranger",
                     m->stranger);
}

static void add(void *arg, const struct member *m)
{
    struct listing *listing = arg;
    if (!listing->node || !strcmp(listing->node, m->node->name))
        json_array_append_new(listing->list, ps_describe_member(m));
}

json_t *ps_list(const struct roster *roster, const char *node)
{
    struct listing listing = {.list = json_array(), .node = node};
    members_each(roster, add, &listing);
    return listing.list;
}

int lab_ps(const char *name, const char *node, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    if (!r && node)
        r = roster_check(&roster, &s, node, err);
    if (!r)
        *ret = ps_list(&roster, node);
    return r;
}
