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
#include "lab/service.h"

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

/* The process whose number in the lab is INSIDE, or NULL; it is taken out of LIST. */
static json_t *take_process(json_t *list, const char *node, json_int_t inside)
{
    size_t i;
    json_t *process;
    json_array_foreach(list, i, process)
    {
        pid_t pid = (pid_t)json_integer_value(json_object_get(process, "pid"));
        if (json_is_true(json_object_get(process, "stranger")) ||
            strcmp(json_string_value(json_object_get(process, "node")), node) != 0 ||
            procs_inner_number(pid) != inside)
            continue;
        json_incref(process);
        json_array_remove(list, i);
        return process;
    }
    return NULL;
}

/* SERVICE with what is known of its process, which it takes out of LIST. */
static void add_process(json_t *service, json_t *list)
{
    json_t *pid = json_object_get(service, "pid");
    const char *node = json_string_value(json_object_get(service, "node"));
    json_t *process = json_is_null(pid) ? NULL : take_process(list, node, json_integer_value(pid));
    json_object_set_new(service, "pid", json_null());
    json_object_set_new(service, "user", json_null());
    json_object_set_new(service, "stranger", json_false());
    if (process)
        json_object_update(service, process);
    json_decref(process);
}

/* Services, then who else is there. Takes PROCESSES over. */
static json_t *join_services(json_t *services, json_t *processes, const char *node)
{
    json_t *all = json_array(), *service;
    size_t i;
    json_array_foreach(services, i, service)
    {
        if (node && strcmp(json_string_value(json_object_get(service, "node")), node) != 0)
            continue;
        add_process(service, processes);
        json_array_append(all, service);
    }
    json_array_extend(all, processes);
    json_decref(processes);
    json_decref(services);
    return all;
}

int lab_ps(const char *name, const char *node, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_ROSTER struct roster roster = {0};
    json_t *services = NULL;
    int r = find_lab(name, &s, err);
    if (!r)
        r = roster_read(&s, &roster, err);
    if (!r && node)
        r = roster_check(&roster, &s, node, err);
    if (!r)
        r = service_list(&s, &services, err);
    if (!r)
        *ret = join_services(services, ps_list(&roster, node), node);
    return r;
}
