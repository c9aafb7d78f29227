// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Programs of a lab. What `exec` runs and a service are one thing here, a unit: a command of `exec`
 * is one that ends, and waits for the one before it in its node; services wait for all of these.
 *
 *   1. A unit's output comes by a pipe, and is written down (logs.h) by lines, with what happened
 * to the unit between them. A program that prints faster than that waits.
 *   2. Whether it is ready a process of its own finds out (watch.h), by what the unit prints too:
 * it gets a copy, and no more is read of the unit than fits in there.
 *   3. What a unit leaves behind in its process group when it ends is killed.
 *   4. While the lab is built the first that goes wrong is kept, and ends the lab. Later a unit's
 *      failure is its own.
 */
#include "lab/services.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "base/arena.h"
#include "base/json_text.h"
#include "kernel/procs.h"
#include "lab/logs.h"
#include "lab/watch.h"

enum {
    EXEC_AT_ONCE = 64,
    EVENTS_A_TURN = 32,
    READ_A_TURN = 8192,
    WATCH_ROOM = 65536, /* bytes that may wait for a watcher */
    LINE_MAX_BYTES = 8192,
    TAIL_BYTES = 600, /* of what is shown of a failure */
    BACKOFF_MS = 100,
    BACKOFF_MAX_MS = 5000,
    BACKOFF_FORGET_MS = 10000, /* who ran for so long begins anew */
    GRACE_MS = 2000,           /* between stop-signal and SIGKILL, where one is stopped by hand */
    FDS_EACH = 4,
};

#define ENTRY_FLAGS (JSON_COMPACT | JSON_REAL_PRECISION(16))

enum state_of { WAITING, STARTING, READY, RUNNING, RESTARTING, STOPPING, STOPPED, ENDED, FAILED };

static const char *const state_words[] = {
    [WAITING] = "waiting", [STARTING] = "starting",     [READY] = "ready",
    [RUNNING] = "running", [RESTARTING] = "restarting", [STOPPING] = "stopping",
    [STOPPED] = "stopped", [ENDED] = "ended",           [FAILED] = "failed",
};

/* The pipes of a unit, as epoll names them. */
enum pipe_of { PIPE_OUT, PIPE_STARTED, PIPES };

struct unit {
    struct service service; /* a copy; of a command of `exec` made up */
    const env_list *env;    /* its node's */
    bool exec;
    uint32_t *after; /* units that must be ready first */
    uint32_t n_after;
    char *file; /* "logs/r1:web.log" */

    enum state_of state;
    double since;       /* Unix time of the state */
    bool was_ready;     /* since it was last started other than by itself */
    bool again;         /* start it when it has stopped */
    bool needed;        /* at the end: by one that still runs */
    pid_t pid, watcher; /* 0: none */
    int out, started, printed;
    int status; /* how it ended */
    unsigned restarts, backoff;
    int64_t ran_from;
    int64_t until; /* for it to be ready; 0: for ever */
    int64_t next;  /* when it is started again, or killed */
    struct watch_note *notes;
    struct str line;    /* that has no end yet */
    struct str entries; /* that are not written yet */
    struct logs_unwritten unwritten;
    char tail[TAIL_BYTES + 1];
    size_t tail_len;
};

struct services {
    const struct state *state;
    const int *netns, *views;
    struct rlimit files;
    struct arena *arena;
    struct unit *units;
    uint32_t n;
    uint32_t n_exec; /* the first of them */
    int epoll;
    bool built, stopping;
    struct err err; /* the first failure while the lab is built */
};

/* --- What is written down ----------------------------------------------------------------------
 */

static double now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    long us = now.tv_nsec / 1000;
    return (double)now.tv_sec + (double)us / 1e6;
}

/* Takes ENTRY over. */
static void add_entry(struct unit *u, json_t *entry)
{
    json_object_set_new(entry, "time", json_real(now()));
    char *line = u->service.silent ? NULL : json_dumps(entry, ENTRY_FLAGS);
    if (line)
        str_addf(&u->entries, "%s\n", line);
    free(line);
    json_decref(entry);
}

/* What was added so far, in one go. */
static void write_entries(const struct services *s, struct unit *u)
{
    if (u->entries.len)
        logs_append(s->state, u->file, &u->entries, &u->unwritten);
    u->entries.len = 0;
}

static void write_entry(const struct services *s, struct unit *u, json_t *entry)
{
    add_entry(u, entry);
    write_entries(s, u);
}

static void write_event(const struct services *s, struct unit *u, const char *event)
{
    write_entry(s, u, json_pack("{s:s}", "event", event));
}

static void write_end(const struct services *s, struct unit *u)
{
    char text[PROGRAM_END_MAX];
    json_t *entry = json_pack("{s:s}", "event", program_end(u->status, text));
    if (WIFSIGNALED(u->status))
        json_object_set_new(entry, "signal", json_integer(WTERMSIG(u->status)));
    else
        json_object_set_new(entry, "status", json_integer(WEXITSTATUS(u->status)));
    write_entry(s, u, entry);
}

static void add_tail(struct unit *u, const char *text, size_t len)
{
    if (len > TAIL_BYTES) {
        text += len - TAIL_BYTES;
        len = TAIL_BYTES;
    }
    size_t keep = u->tail_len + len > TAIL_BYTES ? TAIL_BYTES - len : u->tail_len;
    memmove(u->tail, u->tail + u->tail_len - keep, keep);
    memcpy(u->tail + keep, text, len);
    u->tail_len = keep + len;
    u->tail[u->tail_len] = '\0';
}

static void end_line(struct unit *u)
{
    add_entry(
        u, json_pack("{s:o}", "line", json_textn(u->line.text ? u->line.text : "", u->line.len)));
    add_tail(u, u->line.text ? u->line.text : "", u->line.len);
    add_tail(u, "\n", 1);
    u->line.len = 0;
}

static void add_output(struct unit *u, const char *text, size_t len)
{
    while (len) {
        const char *end = memchr(text, '\n', len);
        size_t part = end ? (size_t)(end - text) : len;
        size_t room = LINE_MAX_BYTES - u->line.len;
        bool full = part > room;
        part = full ? room : part;
        str_addn(&u->line, text, part);
        text += part;
        len -= part;
        if (!full && !end)
            return;
        end_line(u);
        if (!full) {
            text++;
            len--;
        }
    }
}

/* The last lines of what it printed, each behind two spaces. */
static void show_tail(const struct unit *u, struct str *out)
{
    const char *text = u->tail;
    if (u->tail_len == TAIL_BYTES && strchr(text, '\n') + 1 < u->tail + u->tail_len)
        text = strchr(text, '\n') + 1;
    if (*text)
        str_add(out, ". It printed:");
    while (*text) {
        size_t len = strcspn(text, "\n");
        str_addf(out, "\n  %.*s", (int)len, text);
        text += len + (text[len] == '\n');
    }
}

/* --- States ------------------------------------------------------------------------------------
 */

static void set_state(struct unit *u, enum state_of state)
{
    u->state = state;
    u->since = now();
}

static void name_unit(const struct unit *u, struct str *out)
{
    if (!u->exec) {
        str_addf(out, "service %s of %s", u->service.name, u->service.node->name);
        return;
    }
    str_addf(out, "running `");
    program_text(u->service.command.argv, out);
    str_addf(out, "` in %s", u->service.node->name);
}

/* U did not come up: HOW says what it did. The lab is only told while it is built. */
static void fail(struct services *s, struct unit *u, const struct err *why, const char *how)
{
    set_state(u, FAILED);
    if (s->built || s->err.code)
        return;
    struct str text CLEAN_STR = {0};
    name_unit(u, &text);
    str_addf(&text, ": %s", how);
    if (!why)
        show_tail(u, &text);
    err_set(&s->err, why ? why->code : -EIO, "%s", text.text);
    s->err.pos = u->exec ? u->service.command.pos : u->service.pos;
    s->err.status = why && why->status == STATUS_LACKING ? STATUS_LACKING : STATUS_FAILED;
}

static bool is_done(const struct unit *u)
{
    return u->was_ready;
}

static void become_ready(struct services *s, struct unit *u)
{
    bool waited = u->service.ready.n || u->service.oneshot;
    u->was_ready = true;
    u->until = 0;
    set_state(u, u->pid > 0 ? waited ? READY : RUNNING : ENDED);
    if (u->service.ready.n)
        write_event(s, u, "ready");
}

static void check_ready(struct services *s, struct unit *u)
{
    if (u->state == STARTING && u->started < 0 && !u->watcher && !u->service.oneshot)
        become_ready(s, u);
}

static void end_watcher(struct unit *u)
{
    if (u->watcher > 0)
        kill(u->watcher, SIGKILL);
    u->watcher = 0;
    fd_close(&u->printed);
}

/* --- Starting ----------------------------------------------------------------------------------
 */

static int add_pipe(const struct services *s, const struct unit *u, enum pipe_of which, int fd)
{
    uint64_t name = (uint64_t)(u - s->units) * PIPES + which;
    struct epoll_event event = {.events = EPOLLIN, .data.u64 = name};
    return epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

static int start_watcher(struct unit *u, const struct program *p, struct err *err)
{
    int ends[2] = {-1, -1};
    if (!u->service.ready.n)
        return 0;
    if (watch_needs_output(&u->service) && pipe2(ends, O_CLOEXEC | O_NONBLOCK))
        return err_sys(err, -errno, "starting a program");
    if (ends[0] >= 0) {
        fcntl(ends[0], F_SETFL, 0);
        fcntl(ends[1], F_SETPIPE_SZ, 4 * WATCH_ROOM); /* small pieces may take a page each */
    }
    const struct watch watch = {p, &u->service, ends[0], u->notes};
    u->watcher = watch_start(&watch);
    fd_close(&ends[0]);
    u->printed = ends[1];
    return u->watcher < 0 ? err_sys(err, u->watcher, "starting a program") : 0;
}

static int start_program(struct services *s, struct unit *u, struct err *err)
{
    int ends[2];
    const struct node *node = u->service.node;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK))
        return err_sys(err, -errno, "starting a program");
    fcntl(ends[1], F_SETFL, 0);
    CLEAN_FD int out = ends[1];
    u->out = ends[0];
    const struct program program = {
        .lab = s->state->name,
        .node = node->name,
        .mnt = s->views[node->id],
        .net = s->netns[node->id],
        .argv = u->service.command.argv,
        .env = {u->env, &u->service.env},
        .user = u->service.user,
        .directory = u->service.directory,
        .out = out,
        .files = &s->files,
    };
    int r = start_watcher(u, &program, err); /* first, or it would miss what is said at once */
    if (r)
        return r;
    u->pid = program_start(&program, &u->started, err);
    if (u->pid < 0)
        return u->pid;
    r = add_pipe(s, u, PIPE_OUT, u->out);
    if (!r)
        r = add_pipe(s, u, PIPE_STARTED, u->started);
    return r ? err_sys(err, r, "epoll") : 0;
}

static void start(struct services *s, struct unit *u)
{
    struct err err;
    int64_t ms = procs_now_ms();
    u->ran_from = ms;
    if (!u->until && u->service.within_ms && !u->exec)
        u->until = ms + u->service.within_ms;
    set_state(u, STARTING);
    if (start_program(s, u, &err)) {
        end_watcher(u);
        fd_close(&u->out);
        fd_close(&u->started);
        u->pid = 0;
        fail(s, u, &err, err.text);
        return;
    }
    write_entry(s, u, json_pack("{s:s, s:i}", "event", "started", "pid", (int)u->pid));
}

/* By hand, or for the first time. */
static void start_anew(struct services *s, struct unit *u)
{
    u->was_ready = u->again = false;
    u->until = 0;
    u->backoff = BACKOFF_MS;
    start(s, u);
}

static bool may_start(const struct services *s, const struct unit *u)
{
    for (uint32_t i = 0; i < u->n_after; i++)
        if (!is_done(&s->units[u->after[i]]))
            return false;
    return true;
}

/* Starts all that wait for nothing any more. */
static void start_next(struct services *s)
{
    uint32_t running = 0, left = 0;
    for (uint32_t i = 0; i < s->n_exec; i++) {
        running += s->units[i].pid > 0;
        left += !is_done(&s->units[i]);
    }
    uint32_t end = left ? s->n_exec : s->n;
    for (uint32_t i = left ? 0 : s->n_exec; i < end && !s->err.code; i++) {
        struct unit *u = &s->units[i];
        if (u->state != WAITING || !may_start(s, u) || (left && running >= EXEC_AT_ONCE))
            continue;
        running++;
        start_anew(s, u);
    }
}

/* --- Ending ------------------------------------------------------------------------------------
 */

/* Whether the watcher has room for what is read next. */
static bool has_room(const struct unit *u)
{
    int waiting = 0;
    return u->printed < 0 || ioctl(u->printed, FIONREAD, &waiting) ||
           waiting <= WATCH_ROOM - READ_A_TURN;
}

/* Reads once; false when there is no more for now. */
static bool read_output(const struct services *s, struct unit *u)
{
    char buf[READ_A_TURN];
    if (u->out < 0 || !has_room(u))
        return false;
    ssize_t n = read(u->out, buf, sizeof(buf));
    if (n < 0)
        return false;
    if (!n) {
        fd_close(&u->out);
        return false;
    }
    if (u->printed >= 0 && write(u->printed, buf, (size_t)n) < 0)
        fd_close(&u->printed);
    add_output(u, buf, (size_t)n);
    write_entries(s, u);
    return true;
}

/* Why it could not be started, or that it was. */
static void hear_started(struct services *s, struct unit *u)
{
    struct err err = {0};
    int r = program_started(u->started, &err);
    if (r == -EAGAIN)
        return;
    fd_close(&u->started);
    if (!r) {
        check_ready(s, u);
        return;
    }
    end_watcher(u);
    write_event(s, u, err.text);
    fail(s, u, &err, err.text);
}

static bool is_again(const struct unit *u)
{
    return u->service.restart == RESTART_ALWAYS ||
           (u->service.restart == RESTART_ON_FAILURE && u->status);
}

static void restart_later(struct unit *u)
{
    int64_t ms = procs_now_ms();
    if (ms - u->ran_from >= BACKOFF_FORGET_MS)
        u->backoff = BACKOFF_MS;
    u->next = ms + u->backoff;
    u->backoff = u->backoff * 2 < BACKOFF_MAX_MS ? u->backoff * 2 : BACKOFF_MAX_MS;
    u->restarts++;
    set_state(u, RESTARTING);
}

static void go_on(struct services *s, struct unit *u)
{
    char how[PROGRAM_END_MAX], text[PROGRAM_END_MAX + 32];
    bool before = !u->was_ready && (u->service.ready.n || u->service.oneshot);
    if (u->state == FAILED)
        return;
    if (u->state == STOPPING || s->stopping) {
        set_state(u, STOPPED);
        if (u->again && !s->stopping)
            start_anew(s, u);
    } else if (u->service.oneshot && !u->status) {
        become_ready(s, u);
    } else if (is_again(u)) {
        restart_later(u);
    } else if (u->status || before) {
        snprintf(text, sizeof(text), "it %s%s", program_end(u->status, how),
                 u->service.ready.n && !u->was_ready ? " before it was ready" : "");
        fail(s, u, NULL, text);
    } else {
        u->was_ready = true;
        set_state(u, ENDED);
    }
}

static void hear_end(struct services *s, struct unit *u, int status)
{
    kill(-u->pid, SIGKILL);
    fd_close(&u->printed); /* nobody is told any more */
    while (read_output(s, u))
        ;
    if (u->line.len)
        end_line(u);
    if (u->started >= 0)
        hear_started(s, u);
    end_watcher(u);
    fd_close(&u->out);
    fd_close(&u->started);
    u->pid = 0;
    u->status = status;
    write_end(s, u);
    go_on(s, u);
}

static void hear_watcher(struct services *s, struct unit *u, int status)
{
    u->watcher = 0;
    fd_close(&u->printed);
    if (!status)
        check_ready(s, u);
    else if (!s->built)
        fail(s, u, NULL, "it cannot be told whether it is ready");
    else if (u->state == STARTING)
        set_state(u, RUNNING);
}

/* --- Time --------------------------------------------------------------------------------------
 */

/* What it was to wait for, and did not see. */
static void not_ready(struct services *s, struct unit *u)
{
    struct str text CLEAN_STR = {0};
    const struct ready *first = NULL;
    char how[PROGRAM_END_MAX];
    str_addf(&text, "it was not ready within %.6g s", u->service.within_ms / 1000.0);
    for (uint32_t i = 0; i < u->service.ready.n; i++) {
        if (u->notes[i].held)
            continue;
        str_add(&text, first ? ", and " : ": ");
        watch_missing(&u->service.ready.v[i], &u->notes[i], &text);
        first = first ? first : &u->service.ready.v[i];
    }
    if (u->service.oneshot && u->pid > 0)
        str_add(&text, first ? ", and it has not ended" : ": it has not ended");
    if (u->restarts)
        str_addf(&text, "; it was started %u times, because it %s", u->restarts + 1,
                 program_end(u->status, how));
    write_event(s, u, text.text);
    u->until = 0;
    end_watcher(u);
    if (!s->built)
        fail(s, u, NULL, text.text);
    else if (u->state == STARTING)
        set_state(u, RUNNING);
}

static int64_t when(const struct unit *u)
{
    int64_t at = INT64_MAX;
    if (u->state == RESTARTING || u->state == STOPPING)
        at = u->next;
    if (u->until && (u->state == STARTING || u->state == RESTARTING) && u->until < at)
        at = u->until;
    return at;
}

static void act_in_time(struct services *s, struct unit *u)
{
    int64_t ms = procs_now_ms();
    if (when(u) > ms)
        return;
    if (u->until && ms >= u->until && (u->state == STARTING || u->state == RESTARTING))
        not_ready(s, u);
    else if (u->state == RESTARTING)
        start(s, u);
    else if (u->state == STOPPING && u->pid > 0)
        kill(u->pid, SIGKILL);
}

int services_timeout(const struct services *s)
{
    int64_t best = INT64_MAX;
    for (uint32_t i = 0; i < s->n; i++) {
        int64_t at = when(&s->units[i]);
        best = at < best ? at : best;
    }
    if (best == INT64_MAX)
        return -1;
    int64_t left = best - procs_now_ms();
    return left <= 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

/* --- The keeper's side -------------------------------------------------------------------------
 */

int services_fd(const struct services *s)
{
    return s->epoll;
}

void services_serve(struct services *s)
{
    struct epoll_event events[EVENTS_A_TURN];
    int n = epoll_wait(s->epoll, events, EVENTS_A_TURN, 0);
    for (int i = 0; i < n; i++) {
        struct unit *u = &s->units[events[i].data.u64 / PIPES];
        if (events[i].data.u64 % PIPES == PIPE_STARTED)
            hear_started(s, u);
        else
            read_output(s, u);
    }
    for (uint32_t i = 0; i < s->n; i++)
        act_in_time(s, &s->units[i]);
    if (!s->stopping)
        start_next(s);
}

void services_reaped(struct services *s, pid_t pid, int status)
{
    for (uint32_t i = 0; i < s->n; i++) {
        struct unit *u = &s->units[i];
        if (u->pid == pid)
            hear_end(s, u, status);
        else if (u->watcher == pid)
            hear_watcher(s, u, status);
        else
            continue;
        break;
    }
    if (s->stopping)
        services_stop(s);
    else
        start_next(s);
}

int services_progress(const struct services *s, uint32_t *ret_done, uint32_t *ret_all,
                      struct err *err)
{
    *ret_all = s->n;
    *ret_done = 0;
    for (uint32_t i = 0; i < s->n; i++)
        *ret_done += is_done(&s->units[i]);
    if (!s->err.code)
        return 0;
    *err = s->err;
    return err->code;
}

void services_built(struct services *s)
{
    s->built = true;
}

static json_t *describe(const struct unit *u)
{
    CLEAN_STR struct str command = {0};
    program_text(u->service.command.argv, &command);
    json_t *j =
        json_pack("{s:s, s:s, s:s, s:o, s:i, s:I, s:o}", "node", u->service.node->name, "service",
                  u->service.name, "state", state_words[u->state], "pid",
                  u->pid > 0 ? json_integer(u->pid) : json_null(), "restarts", (int)u->restarts,
                  "since", (json_int_t)u->since, "command", json_textn(command.text, command.len));
    if (u->state == ENDED || u->state == FAILED || u->state == RESTARTING) {
        char text[PROGRAM_END_MAX];
        json_object_set_new(j, "end", json_string(program_end(u->status, text)));
    }
    return j;
}

json_t *services_describe(const struct services *s)
{
    json_t *list = json_array();
    for (uint32_t i = s->n_exec; i < s->n; i++)
        json_array_append_new(list, describe(&s->units[i]));
    return list;
}

/* --- By hand -----------------------------------------------------------------------------------
 */

static struct unit *find_unit(const struct services *s, const char *node, const char *name)
{
    for (uint32_t i = s->n_exec; i < s->n; i++)
        if (!strcmp(s->units[i].service.node->name, node) &&
            !strcmp(s->units[i].service.name, name))
            return &s->units[i];
    return NULL;
}

static void stop(struct services *s, struct unit *u)
{
    if (u->state == STOPPING)
        return;
    end_watcher(u);
    if (u->pid <= 0) {
        if (u->state == RESTARTING || u->state == WAITING)
            set_state(u, STOPPED);
        return;
    }
    write_event(s, u, "stopping");
    u->next = procs_now_ms() + GRACE_MS;
    set_state(u, STOPPING);
    kill(u->pid, u->service.stop_signal);
    kill(u->pid, SIGCONT);
}

int services_control(struct services *s, const struct control_request *request)
{
    struct unit *u = find_unit(s, request->node, request->service);
    if (!u)
        return -ENOENT;
    switch ((enum control_action)request->action) {
    case SERVICE_START:
        u->again = u->state == STOPPING;
        if (u->pid <= 0)
            start_anew(s, u);
        return 0;
    case SERVICE_STOP:
        u->again = false;
        stop(s, u);
        return 0;
    case SERVICE_RESTART:
        u->restarts = 0;
        stop(s, u);
        u->again = u->pid > 0;
        if (u->pid <= 0)
            start_anew(s, u);
        return 0;
    case SERVICE_KILL:
        if (u->pid <= 0)
            return -ESRCH;
        return kill(u->pid, (int)request->signal) ? -errno : 0;
    }
    return -EINVAL;
}

/* --- The end -----------------------------------------------------------------------------------
 */

bool services_run(const struct services *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        if (s->units[i].pid > 0)
            return true;
    return false;
}

/* Finds out for which ones that run wait, by way of others too. Those stand before them. */
static void mark_needed(struct services *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        s->units[i].needed = false;
    for (uint32_t i = s->n; i-- > 0;) {
        const struct unit *u = &s->units[i];
        for (uint32_t k = 0; k < u->n_after && (u->pid > 0 || u->needed); k++)
            s->units[u->after[k]].needed = true;
    }
}

void services_stop(struct services *s)
{
    s->stopping = true;
    mark_needed(s);
    for (uint32_t i = s->n; i-- > 0;) {
        struct unit *u = &s->units[i];
        if (u->pid > 0 && u->state != STOPPING && u->needed)
            continue;
        stop(s, u);
        u->next = INT64_MAX; /* the keeper knows when it has been long enough */
    }
}

/* --- Making them -------------------------------------------------------------------------------
 */

static const char *copy_text(struct arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static struct command copy_command(struct arena *arena, const struct command *from)
{
    size_t n = 0;
    while (from->argv && from->argv[n])
        n++;
    char **argv = arena_alloc(arena, (n + 1) * sizeof(*argv));
    for (size_t i = 0; i < n; i++)
        argv[i] = arena_strdup(arena, from->argv[i]);
    return (struct command){argv, from->pos};
}

static env_list copy_env(struct arena *arena, const env_list *from)
{
    env_list list = {0};
    VEC_EACH (struct env_var, var, from)
        vec_push(
            arena, &list,
            ((struct env_var){arena_strdup(arena, var->name), arena_strdup(arena, var->value)}));
    return list;
}

static struct service copy_service(struct arena *arena, const struct service *from,
                                   const struct node *node)
{
    struct service s = *from;
    s.name = copy_text(arena, from->name);
    s.node = node;
    s.command = copy_command(arena, &from->command);
    s.env = copy_env(arena, &from->env);
    s.user = copy_text(arena, from->user);
    s.directory = copy_text(arena, from->directory);
    memset(&s.after, 0, sizeof(s.after));
    memset(&s.ready, 0, sizeof(s.ready));
    VEC_EACH (struct ready, ready, &from->ready) {
        struct ready copy = *ready;
        copy.text = copy_text(arena, ready->text);
        copy.command = copy_command(arena, &ready->command);
        vec_push(arena, &s.ready, copy);
    }
    return s;
}

/* What is left of a node when the topology is gone. */
struct nodes {
    struct node **nodes; /* by id */
    env_list *envs;
};

static void copy_node(struct services *s, struct nodes *nodes, const struct node *from)
{
    if (nodes->nodes[from->id])
        return;
    struct node *node = arena_new_of(s->arena, struct node);
    *node = (struct node){.name = arena_strdup(s->arena, from->name), .id = from->id};
    nodes->nodes[from->id] = node;
    nodes->envs[from->id] = copy_env(s->arena, &node_programs(from)->env);
}

static struct unit *add_unit(struct services *s, const struct nodes *nodes,
                             const struct service *service, bool exec)
{
    uint32_t id = service->node->id;
    struct unit *u = &s->units[s->n++];
    *u = (struct unit){.service = copy_service(s->arena, service, nodes->nodes[id]),
                       .env = &nodes->envs[id],
                       .exec = exec,
                       .out = -1,
                       .started = -1,
                       .printed = -1,
                       .since = now()};
    u->file = arena_printf(s->arena, STATE_LOGS "/%s:%s.log", service->node->name, service->name);
    return u;
}

static void add_exec(struct services *s, struct nodes *nodes, const struct node *node)
{
    const struct programs *programs = node_programs(node);
    for (uint32_t i = 0; i < programs->exec.n; i++) {
        const struct service service = {.name = "exec",
                                        .node = node,
                                        .command = programs->exec.v[i],
                                        .oneshot = true,
                                        .stop_signal = SIGTERM};
        copy_node(s, nodes, node);
        struct unit *u = add_unit(s, nodes, &service, true);
        u->after = arena_alloc(s->arena, sizeof(*u->after));
        u->after[0] = s->n - 2;
        u->n_after = i > 0;
    }
}

static void add_service(struct services *s, struct nodes *nodes, const struct service *service)
{
    copy_node(s, nodes, service->node);
    struct unit *u = add_unit(s, nodes, service, false);
    u->after = arena_alloc(s->arena, (service->after.n + 1) * sizeof(*u->after));
    VEC_EACH (const struct service *, after, &service->after)
        u->after[u->n_after++] = s->n_exec + (*after)->id;
}

/* Memory that watchers write to. */
static int share_notes(struct services *s, struct err *err)
{
    size_t n = 0;
    for (uint32_t i = 0; i < s->n; i++)
        n += s->units[i].service.ready.n;
    if (!n)
        return 0;
    struct watch_note *notes =
        mmap(NULL, n * sizeof(*notes), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (notes == MAP_FAILED)
        return err_sys(err, -errno, "sharing memory");
    for (uint32_t i = 0; i < s->n; i++) {
        s->units[i].notes = notes;
        notes += s->units[i].service.ready.n;
    }
    return 0;
}

static uint32_t count_units(const struct topo *topo)
{
    uint32_t n = topo->services.n;
    VEC_EACH (struct node *, it, &topo->nodes)
        n += node_programs(*it)->exec.n;
    return n;
}

uint32_t services_fds(const struct topo *topo)
{
    uint32_t n = count_units(topo) - topo->services.n;
    return (topo->services.n + (n < EXEC_AT_ONCE ? n : EXEC_AT_ONCE)) * FDS_EACH;
}

int services_new(const struct services_setup *setup, struct services **ret, struct err *err)
{
    const struct topo *topo = setup->topo;
    struct arena *arena = arena_new();
    struct services *s = arena_new_of(arena, struct services);
    struct nodes nodes = {arena_alloc(arena, (topo->nodes.n + 1) * sizeof(*nodes.nodes)),
                          arena_alloc(arena, (topo->nodes.n + 1) * sizeof(*nodes.envs))};
    *s = (struct services){.state = setup->state,
                           .netns = setup->netns,
                           .views = setup->views,
                           .files = *setup->files,
                           .arena = arena,
                           .epoll = epoll_create1(EPOLL_CLOEXEC)};
    s->units = arena_alloc(arena, (count_units(topo) + 1) * sizeof(*s->units));
    *ret = s;
    if (s->epoll < 0)
        return err_sys(err, -errno, "epoll");
    VEC_EACH (struct node *, it, &topo->nodes)
        add_exec(s, &nodes, *it);
    s->n_exec = s->n;
    VEC_EACH (struct service *, it, &topo->services)
        add_service(s, &nodes, *it);
    int r = s->n ? logs_make_folder(s->state, err) : 0;
    return r ? r : share_notes(s, err);
}
