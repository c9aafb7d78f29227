// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Which programs run in which node, for `ps` and `status`.
 */
#include "lab/ps.h"

#include <errno.h>
#include <pwd.h>
#include <string.h>

#include "lab/find.h"
#include "lab/lab.h"
#include "lab/service.h"

struct listing {
    json_t *list;
    const char *node; /* or NULL for all */
};

/* The name that /etc/passwd has for UID, or its number. What a system may ask besides
 * (nsswitch.conf) is not asked: where memory runs out that may end this process. */
static int name_user(uid_t uid, json_t **ret)
{
    CLEAN_FILE FILE *in = fopen("/etc/passwd", "re");
    struct passwd entry, *found;
    char buf[4096];
    int r = in ? 0 : err_shortage(-errno);
    *ret = NULL;
    while (in && !r && !*ret) {
        r = -fgetpwent_r(in, &entry, buf, sizeof(buf), &found);
        if (!r && entry.pw_uid == uid)
            *ret = json_string(entry.pw_name);
    }
    if (err_is_shortage(r))
        return r;
    if (!*ret)
        *ret = json_sprintf("%u", uid);
    return 0;
}

static int user_name(pid_t pid, json_t **ret)
{
    uid_t uid;
    int r = procs_user(pid, &uid);
    return r ? r : name_user(uid, ret);
}

/* A command line may hold any bytes. */
static json_t *command_text(struct str *text)
{
    json_t *j = json_string(text->text);
    if (j)
        return j;
    for (size_t i = 0; i < text->len; i++)
        if ((unsigned char)text->text[i] > 126)
            text->text[i] = '?';
    return json_string(text->text);
}

int ps_describe_member(const struct member *m, json_t **ret)
{
    CLEAN_STR struct str command = {0};
    json_t *user;
    int r = procs_command(m->id.pid, &command);
    if (!r)
        r = user_name(m->id.pid, &user);
    if (!r)
        *ret = json_pack("{s:s, s:i, s:o, s:o, s:b}", "node", m->node->name, "pid", (int)m->id.pid,
                         "user", user, "command", command_text(&command), "stranger", m->stranger);
    return r;
}

static int add(void *arg, const struct member *m)
{
    struct listing *listing = arg;
    json_t *process;
    if (listing->node && strcmp(listing->node, m->node->name) != 0)
        return 0;
    int r = ps_describe_member(m, &process);
    if (!r)
        json_array_append_new(listing->list, process);
    return err_shortage(r);
}

int ps_list(const struct roster *roster, const char *node, json_t **ret, struct err *err)
{
    struct listing listing = {.list = json_array(), .node = node};
    int r = members_each(roster, add, &listing);
    if (r) {
        json_decref(listing.list);
        return err_sys(err, r, "looking at the processes");
    }
    *ret = listing.list;
    return 0;
}

/* The process whose number in the lab is INSIDE, or NULL; it is taken out of LIST. */
static int take_process(json_t *list, const char *node, json_int_t inside, json_t **ret)
{
    size_t i;
    json_t *process;
    *ret = NULL;
    json_array_foreach(list, i, process)
    {
        pid_t pid = (pid_t)json_integer_value(json_object_get(process, "pid"));
        if (json_is_true(json_object_get(process, "stranger")) ||
            strcmp(json_string_value(json_object_get(process, "node")), node) != 0)
            continue;
        pid_t number = procs_inner_number(pid);
        if (err_is_shortage(number))
            return number;
        if (number != inside)
            continue;
        *ret = json_incref(process);
        json_array_remove(list, i);
        return 0;
    }
    return 0;
}

/* SERVICE with what is known of its process, which it takes out of LIST. */
static int add_process(json_t *service, json_t *list)
{
    json_t *pid = json_object_get(service, "pid"), *process = NULL;
    const char *node = json_string_value(json_object_get(service, "node"));
    int r = json_is_null(pid) ? 0 : take_process(list, node, json_integer_value(pid), &process);
    json_object_set_new(service, "pid", json_null());
    json_object_set_new(service, "user", json_null());
    json_object_set_new(service, "stranger", json_false());
    if (process)
        json_object_update(service, process);
    json_decref(process);
    return r;
}

/* Services, then who else is there, into ALL; it takes out of PROCESSES. */
static int join_services(json_t *services, json_t *processes, const char *node, json_t *all)
{
    json_t *service;
    size_t i;
    json_array_foreach(services, i, service)
    {
        if (node && strcmp(json_string_value(json_object_get(service, "node")), node) != 0)
            continue;
        int r = add_process(service, processes);
        if (r)
            return r;
        json_array_append(all, service);
    }
    return json_array_extend(all, processes);
}

static int list_all(const struct roster *roster, json_t *services, const char *node, json_t **ret,
                    struct err *err)
{
    json_t *processes = NULL, *all = json_array();
    int r = ps_list(roster, node, &processes, err);
    if (r)
        return r;
    r = join_services(services, processes, node, all);
    json_decref(processes);
    *ret = all;
    return r ? err_sys(err, r, "looking at the processes") : 0;
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
        r = list_all(&roster, services, node, ret, err);
    json_decref(services);
    return r;
}
