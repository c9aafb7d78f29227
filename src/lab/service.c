// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Services of a lab that is up: what they do, and starting and stopping them by hand. The keeper
 * never lets a client wait; so it is asked again until what was wanted has come.
 */
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "lab/control.h"
#include "lab/deadline.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/roster.h"
#include "lab/service.h"

enum {
    LOOK_MS = 20,
    PATIENCE_MS = 60000, /* for one to have started or stopped */
};

/* --- Which there are ------------------------------------------------------------------------- */

static json_t *read_memory(int fd)
{
    struct stat st;
    if (fstat(fd, &st) || st.st_size <= 0)
        return NULL;
    CLEAN_FREE char *text = malloc((size_t)st.st_size);
    ssize_t n = text ? pread(fd, text, (size_t)st.st_size, 0) : -1;
    return n < 0 ? NULL : json_loadb(text, (size_t)n, 0, NULL);
}

/* Of the keeper at the other end of CONNECTION. */
static int ask_services(int connection, const struct state *s, json_t **ret, struct err *err)
{
    const struct control_request request = {.verb = CONTROL_SERVICES};
    int fds[CONTROL_FDS_MAX];
    err->code = 0;
    int n = control_ask(connection, s, &request, fds, err);
    if (n < 0)
        return err->code ? n : err_sys(err, n, "asking the keeper of lab '%s'", s->name);
    *ret = n ? read_memory(fds[0]) : NULL;
    for (int i = 0; i < n; i++)
        close(fds[i]);
    return *ret ? 0
                : err_set(err, -EPROTO, "the keeper of lab '%s' is of another version", s->name);
}

int service_list(const struct state *s, json_t **ret, struct err *err)
{
    CLEAN_FD int connection = -1;
    int r = control_connect(s, &connection, err);
    return r ? r : ask_services(connection, s, ret, err);
}

int lab_services(const char *name, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    int r = find_lab(name, &s, err);
    return r ? r : service_list(&s, ret, err);
}

static const char *text_of(const json_t *service, const char *key)
{
    return json_string_value(json_object_get(service, key));
}

static json_t *find_service(const json_t *services, const char *node, const char *name)
{
    size_t i;
    json_t *service;
    json_array_foreach(services, i, service)
    {
        if (!strcmp(text_of(service, "node"), node) && !strcmp(text_of(service, "service"), name))
            return service;
    }
    return NULL;
}

/* WHICH as it is written, and the nearest there is. */
static int no_such_service(const struct state *s, const json_t *services, const char *which,
                           struct err *err)
{
    size_t n = json_array_size(services), i;
    json_t *service;
    CLEAN_FREE char **names = memory_zeroed(n, sizeof(*names));
    json_array_foreach(services, i, service)
    {
        if (asprintf(&names[i], "%s/%s", text_of(service, "node"), text_of(service, "service")) < 0)
            memory_exhausted();
    }
    const char *near = str_nearest(which, (const char *const *)names, n);
    int r = near ? err_wrong(err, -ENOENT, "lab '%s' has no service '%s'; did you mean '%s'?",
                             s->name, which, near)
            : n  ? err_wrong(err, -ENOENT, "lab '%s' has no service '%s' (`nslab ps` shows them)",
                             s->name, which)
                 : err_wrong(err, -ENOENT, "lab '%s' has no services", s->name);
    for (i = 0; i < n; i++)
        free(names[i]);
    return r;
}

/* --- By hand --------------------------------------------------------------------------------- */

struct handling {
    const struct state *state;
    int connection;
    enum lab_service_action action;
    struct control_request request;
};

static bool is_one_of(const char *word, const char *const *words)
{
    while (*words && strcmp(word, *words) != 0)
        words++;
    return *words;
}

/* Whether it is what was wanted; *RET_OVER: or will not be. */
static bool has_come(const struct handling *h, const json_t *service, bool *ret_over)
{
    static const char *const up[] = {"ready", "running", NULL};
    static const char *const down[] = {"stopped", "ended", "failed", NULL};
    const char *state = text_of(service, "state");
    bool is_down = is_one_of(state, down);
    *ret_over = is_down;
    switch (h->action) {
    case LAB_SERVICE_START:
    case LAB_SERVICE_RESTART:
        return is_one_of(state, up) || !strcmp(state, "ended");
    case LAB_SERVICE_STOP:
        return is_down;
    case LAB_SERVICE_KILL:
        return true;
    }
    return true;
}

static int wait_for_it(const struct handling *h, struct err *err)
{
    struct deadline deadline = deadline_in(PATIENCE_MS);
    const struct control_request *request = &h->request;
    for (;;) {
        json_t *services = NULL;
        int r = ask_services(h->connection, h->state, &services, err);
        if (r)
            return r;
        const json_t *service = find_service(services, request->node, request->service);
        bool over = !service, come = service && has_come(h, service, &over);
        bool late = !deadline_left(&deadline);
        if (!come && (over || late)) {
            const char *end = service ? text_of(service, "end") : NULL;
            r = err_set(err, -EIO, "service %s of %s %s; `nslab logs %s/%s` shows what it printed",
                        request->service, request->node,
                        over && end ? end
                        : over      ? "did not start"
                                    : "is not there yet",
                        request->node, request->service);
        }
        json_decref(services);
        if (come || r)
            return r;
        procs_sleep_ms(LOOK_MS);
    }
}

static int handle(struct handling *h, const char *which, struct err *err)
{
    struct control_request *request = &h->request;
    err->code = 0;
    int r = control_ask(h->connection, h->state, request, (int[CONTROL_FDS_MAX]){0}, err);
    if (r >= 0)
        return wait_for_it(h, err);
    if (err->code)
        return r;
    if (r == -ESRCH)
        return err_set(err, r, "service %s of %s does not run", request->service, request->node);
    return err_sys(err, r, "service '%s'", which);
}

static int check_node(const struct state *s, const char *node, struct err *err)
{
    CLEAN_ROSTER struct roster roster = {0};
    int r = roster_read(s, &roster, err);
    return r ? r : roster_check(&roster, s, node, err);
}

/* Fills the request for "r1/web". */
static void set_request(struct control_request *request, const char *which, uint32_t action,
                        int signal)
{
    const char *slash = strchr(which, '/');
    *request = (struct control_request){
        .verb = CONTROL_SERVICE, .action = action, .signal = (uint32_t)signal};
    snprintf(request->node, sizeof(request->node), "%.*s", (int)(slash - which), which);
    snprintf(request->service, sizeof(request->service), "%s", slash + 1);
}

static int check_service(const struct handling *h, const char *which, struct err *err)
{
    json_t *services = NULL;
    int r = ask_services(h->connection, h->state, &services, err);
    if (!r && !find_service(services, h->request.node, h->request.service)) {
        r = check_node(h->state, h->request.node, err);
        r = r ? r : no_such_service(h->state, services, which, err);
    }
    json_decref(services);
    return r;
}

int lab_service(const char *name, const char *which, enum lab_service_action action, int signal,
                struct err *err)
{
    static const enum control_action actions[] = {
        [LAB_SERVICE_START] = SERVICE_START,
        [LAB_SERVICE_STOP] = SERVICE_STOP,
        [LAB_SERVICE_RESTART] = SERVICE_RESTART,
        [LAB_SERVICE_KILL] = SERVICE_KILL,
    };
    CLEAN_STATE struct state s = STATE_NONE;
    CLEAN_FD int connection = -1;
    struct handling h = {.state = &s, .action = action};
    if (!strchr(which, '/'))
        return err_wrong(err, -EINVAL, "'%s' is no service: write NODE/SERVICE", which);
    set_request(&h.request, which, actions[action], signal);
    int r = find_lab(name, &s, err);
    if (!r)
        r = control_connect(&s, &connection, err);
    h.connection = connection;
    if (!r)
        r = check_service(&h, which, err);
    return r ? r : handle(&h, which, err);
}
