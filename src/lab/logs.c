// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Writing the nodes' logs. A node that logs faster than it can be written down must not keep the
 * keeper from its other work, nor fill the disk: a turn takes a bounded number of packets of each
 * node, what does not fit into the socket's buffer is lost, and the file is begun anew when it is
 * full, with the one before kept. How many got lost stands in the log.
 */
#include "lab/logs.h"

#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <time.h>

#include "model/firewall.h"
#include "model/model.h"
#include "netlink/nflog.h"
#include "netlink/packet.h"

enum { PACKETS_A_TURN = 128, NODES_A_TURN = 16 };

struct iface_name {
    uint32_t index;
    char name[16];
};

/* One node's log. */
struct log {
    int fd;
    char *file; /* in the state directory: "logs/r1.firewall" */
    struct iface_name *ifaces;
    uint32_t n_ifaces;
    uint32_t next; /* sequence number */
    struct str text;
    struct logs_unwritten unwritten;
};

struct logs {
    const struct state *state;
    int epoll;
    struct log *v;
    uint32_t n;
};

/* --- Entries --------------------------------------------------------------------------------- */

static void add_iface(json_t *j, const char *key, const struct log *log, uint32_t index)
{
    if (!index)
        return;
    for (uint32_t i = 0; i < log->n_ifaces; i++) {
        if (log->ifaces[i].index != index)
            continue;
        json_object_set_new(j, key, json_string(log->ifaces[i].name));
        return;
    }
    json_object_set_new(j, key, json_sprintf("if%" PRIu32, index)); /* made later */
}

static void add_addr(json_t *j, const char *key, const struct addr *addr)
{
    char text[ADDR_TEXT_MAX];
    json_object_set_new(j, key, json_string(addr_text(addr, text)));
}

static void add_packet(json_t *j, const struct packet *p)
{
    struct str text CLEAN_STR = {0};
    packet_text(&text, p);
    json_object_set_new(j, "packet", json_string(text.text));
    if (p->from.family == AF_UNSPEC)
        return;
    const char *proto = packet_proto_word(p->proto);
    add_addr(j, "from", &p->from);
    add_addr(j, "to", &p->to);
    json_object_set_new(j, "proto", *proto ? json_string(proto) : json_integer(p->proto));
    json_object_set_new(j, "length", json_integer(p->length));
    json_object_set_new(j, "ttl", json_integer(p->ttl));
    if (!p->has_ports)
        return;
    json_object_set_new(j, "sport", json_integer(p->sport));
    json_object_set_new(j, "dport", json_integer(p->dport));
}

static json_t *new_entry(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    long us = now.tv_nsec / 1000;
    return json_pack("{s:f}", "time", (double)now.tv_sec + (double)us / 1e6);
}

/* Takes ENTRY over. */
static void add_line(struct str *to, json_t *entry)
{
    char *text = json_dumps(entry, JSON_COMPACT | JSON_REAL_PRECISION(16));
    if (text)
        str_addf(to, "%s\n", text);
    free(text);
    json_decref(entry);
}

static void tell_lost(struct log *log, uint32_t lost)
{
    json_t *entry = new_entry();
    json_object_set_new(entry, "lost", json_integer(lost));
    add_line(&log->text, entry);
}

static void take_entry(void *arg, const struct nflog_entry *e)
{
    struct log *log = arg;
    struct packet packet = packet_parse(e->packet, e->len);
    if (e->seq != log->next)
        tell_lost(log, e->seq - log->next);
    log->next = e->seq + 1;
    json_t *j = new_entry();
    const char *hook = e->hook <= NF_INET_POST_ROUTING ? fw_hook_name(e->hook) : "";
    json_object_set_new(j, "hook", json_string(hook));
    json_t *prefix = json_string(e->prefix);
    json_object_set_new(j, "prefix", prefix ? prefix : json_string("?")); /* not UTF-8 */
    add_iface(j, "iif", log, e->iif);
    add_iface(j, "oif", log, e->oif);
    if (e->mark)
        json_object_set_new(j, "mark", json_integer(e->mark));
    add_packet(j, &packet);
    add_line(&log->text, j);
}

/* --- Files ----------------------------------------------------------------------------------- */

/* The file's name becomes that of the one before. */
static void rotate(const struct state *s, const char *file)
{
    struct str before CLEAN_STR = {0};
    str_addf(&before, "%s.1", file);
    renameat(s->dir, file, s->dir, before.text);
}

static int open_file(const struct state *s, const char *file)
{
    return openat(s->dir, file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

int logs_make_folder(const struct state *s, struct err *err)
{
    if (!mkdirat(s->dir, STATE_LOGS, 0700) || errno == EEXIST)
        return 0;
    return err_sys(err, -errno, "%s/%s/" STATE_LOGS, s->root, s->name);
}

static int append(const struct state *s, const char *file, const struct str *text)
{
    struct stat st;
    CLEAN_FD int fd = open_file(s, file);
    if (fd < 0 || fstat(fd, &st))
        return -errno;
    if (st.st_size && st.st_size + (off_t)text->len > LOGS_FILE_MAX) {
        rotate(s, file);
        close(fd);
        fd = open_file(s, file);
    }
    /* a part of an entry would be none, and spoil the next one */
    return fd < 0 ? -errno : fd_append(fd, text->text, text->len);
}

static uint32_t count_lines(const struct str *text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text->len; i++)
        n += text->text[i] == '\n';
    return n;
}

void logs_append(const struct state *s, const char *file, const struct str *text,
                 struct logs_unwritten *unwritten)
{
    CLEAN_STR struct str all = {0};
    if (unwritten->n) {
        json_t *entry = new_entry();
        json_object_set_new(entry, "lost", json_integer(unwritten->n));
        json_object_set_new(entry, "why", json_string(strerror(-unwritten->code)));
        add_line(&all, entry);
    }
    str_addn(&all, text->text, text->len);
    int r = append(s, file, &all);
    if (r)
        *unwritten = (struct logs_unwritten){unwritten->n + count_lines(text), r};
    else
        *unwritten = (struct logs_unwritten){0};
}

/* --- The keeper's side ----------------------------------------------------------------------- */

static int out_of_memory(struct err *err)
{
    return err_set(err, -ENOMEM, "out of memory");
}

static int copy_ifaces(struct log *log, const struct node *node)
{
    log->ifaces = calloc(node->ifaces.n + 1, sizeof(*log->ifaces));
    if (!log->ifaces)
        return -ENOMEM;
    log->ifaces[log->n_ifaces++] = (struct iface_name){1, "lo"};
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if ((*it)->index == 1)
            continue;
        struct iface_name *name = &log->ifaces[log->n_ifaces++];
        name->index = (*it)->index;
        snprintf(name->name, sizeof(name->name), "%s", (*it)->name);
    }
    return 0;
}

static int add_log(struct logs *logs, const struct node *node, int *fd, struct err *err)
{
    struct log *log = &logs->v[logs->n++];
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = log};
    *log = (struct log){.fd = TAKE_FD(*fd)};
    if (copy_ifaces(log, node) || asprintf(&log->file, STATE_LOGS "/%s.firewall", node->name) < 0)
        return out_of_memory(err);
    CLEAN_FD int file = open_file(logs->state, log->file);
    if (file < 0)
        return err_sys(err, -errno, "%s/%s/%s", logs->state->root, logs->state->name, log->file);
    if (epoll_ctl(logs->epoll, EPOLL_CTL_ADD, log->fd, &event))
        return err_sys(err, -errno, "epoll");
    return 0;
}

static int add_logs(struct logs *logs, const struct topo *topo, int *fds, struct err *err)
{
    int r = 0;
    logs->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (logs->epoll < 0)
        return err_sys(err, -errno, "epoll");
    r = logs_make_folder(logs->state, err);
    for (uint32_t i = 0; i < topo->nodes.n && !r; i++) {
        if (fds[i] >= 0)
            r = add_log(logs, topo->nodes.v[i], &fds[i], err);
    }
    return r;
}

int logs_new(const struct topo *topo, int *fds, const struct state *s, struct logs **ret,
             struct err *err)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < topo->nodes.n; i++)
        n += fds[i] >= 0;
    struct logs *logs = calloc(1, sizeof(*logs));
    struct log *v = calloc(n + 1, sizeof(*v));
    if (!logs || !v) {
        free(logs);
        free(v);
        return out_of_memory(err);
    }
    *logs = (struct logs){.state = s, .epoll = -1, .v = v};
    *ret = logs;
    return n ? add_logs(logs, topo, fds, err) : 0;
}

int logs_fd(const struct logs *logs)
{
    return logs->epoll;
}

void logs_serve(struct logs *logs)
{
    struct epoll_event events[NODES_A_TURN];
    int n = epoll_wait(logs->epoll, events, ARRAY_SIZE(events), 0);
    for (int i = 0; i < n; i++) {
        struct log *log = events[i].data.ptr;
        nflog_read(log->fd, PACKETS_A_TURN, take_entry, log);
        if (log->text.len)
            logs_append(logs->state, log->file, &log->text, &log->unwritten);
        log->text.len = 0;
    }
}
