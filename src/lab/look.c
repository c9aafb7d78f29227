// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Looking into nodes. A child joins the lab for it, as the caller must not change. It stands in the
 * keeper's network namespace and steps into a node only to open a socket there, so that nobody who
 * looks at the same time takes it for a program of the node. Descriptors come from the keeper some
 * at a time: a lab may have more nodes than the caller may have files open.
 */
#include "lab/look.h"

#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/wait.h>

#include "base/memory.h"
#include "lab/control.h"
#include "lab/door.h"

enum { CHUNK = 128 }; /* nodes whose descriptors are held at once */

struct visit {
    const struct state *state;
    const struct look *look;
    uint32_t first, n;
    int connection;
    struct door door; /* the keeper's */
};

/* A socket in NETNS, without staying there. */
static int open_in(const struct visit *v, int netns, struct nl **ret, struct err *err)
{
    if (setns(netns, CLONE_NEWNET))
        return err_sys(err, -errno, "joining a node's network namespace");
    int r = nl_open_protocol(v->look->protocol, ret, err);
    if (setns(v->door.net, CLONE_NEWNET) && !r)
        r = err_sys(err, -errno, "leaving a node's network namespace");
    return r;
}

static int look_at_node(const struct visit *v, int netns, uint32_t node, json_t *list,
                        struct err *err)
{
    CLEAN_NL struct nl *nl = NULL;
    json_t *found;
    int r = open_in(v, netns, &nl, err);
    if (!r)
        r = v->look->fn(nl, node, v->look->arg, &found, err);
    if (!r)
        json_array_append_new(list, found);
    return r;
}

/* Those from FIRST on; gives how many. */
static int look_at_chunk(const struct visit *v, uint32_t first, json_t *list, struct err *err)
{
    uint32_t left = v->first + v->n - first;
    struct control_request request = {
        .verb = CONTROL_NODES, .first = first, .count = left < CHUNK ? left : CHUNK};
    int fds[CONTROL_FDS_MAX];
    err->code = 0;
    int n = control_ask(v->connection, v->state, &request, fds, err);
    int r = n > 0 || err->code ? n : err_set(err, -EPROTO, "the keeper does not know its nodes");
    for (int i = 0; i < n; i++) {
        if (r >= 0)
            r = look_at_node(v, fds[i], first + (uint32_t)i, list, err);
        close(fds[i]);
    }
    return r < 0 ? r : n;
}

/* In the child: what FN found, in an array; or why not. */
static json_t *look_at_all(const struct visit *v, struct err *err)
{
    json_t *list = json_array();
    int r = 0;
    if (v->door.user >= 0 && setns(v->door.user, CLONE_NEWUSER))
        r = err_sys(err, -errno, "joining the lab's user namespace");
    for (uint32_t i = v->first; r >= 0 && i < v->first + v->n; i += (uint32_t)r)
        r = look_at_chunk(v, i, list, err);
    if (r >= 0)
        return list;
    json_decref(list);
    return json_pack("{s:i, s:s}", "code", err->code, "text", err->text);
}

static _Noreturn void child_main(const struct visit *v, int out)
{
    static const char no_memory[] = "{\"code\": -12, \"text\": \"out of memory\"}";
    struct err err = {0};
    memory_last_words(out, no_memory, sizeof(no_memory) - 1);
    json_t *answer = look_at_all(v, &err);
    int r = json_dumpfd(answer, out, JSON_COMPACT);
    json_decref(answer);
    _exit(r ? 1 : 0);
}

static int read_answer(int in, json_t **ret, struct err *err)
{
    json_t *answer = json_loadfd(in, 0, NULL);
    if (json_is_array(answer)) {
        *ret = answer;
        return 0;
    }
    const char *text = json_string_value(json_object_get(answer, "text"));
    int code = (int)json_integer_value(json_object_get(answer, "code"));
    int r = err_set(err, code < 0 ? code : -EIO, "%s", text ? text : "looking at the nodes failed");
    json_decref(answer);
    return r;
}

static int ask_child(const struct visit *v, json_t **ret, struct err *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return err_sys(err, -errno, "looking at the nodes");
    pid_t pid = fork();
    if (!pid)
        child_main(v, ends[1]);
    int code = -errno;
    close(ends[1]);
    int r = pid < 0 ? err_sys(err, code, "looking at the nodes") : read_answer(ends[0], ret, err);
    close(ends[0]);
    while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
        ;
    return r;
}

int look_at_nodes(const struct state *s, const struct look *look, uint32_t first, uint32_t n,
                  json_t **ret, struct err *err)
{
    struct visit v = {
        .state = s, .look = look, .first = first, .n = n, .connection = -1, .door = DOOR_NONE};
    int r = control_connect(s, &v.connection, err);
    if (!r)
        r = door_open(v.connection, s, NULL, &v.door, err);
    if (!r)
        r = ask_child(&v, ret, err);
    door_close(&v.door);
    fd_close(&v.connection);
    return r;
}
