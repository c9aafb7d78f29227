// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Programs and files of nodes, from what is written to structs. All services are there by name
 * before any looks for those that it waits for.
 */
#include "model/programs.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "model/load.h"

#define FILE_SIZE_MAX (16u << 20)
#define FILES_SIZE_MAX (256u << 20) /* of all nodes together */
#define WITHIN_MS 30000
#define EVERY_MS 200

struct programs *load_node_programs(struct loader *l, struct node *node)
{
    struct node_extra *extra = load_node_extra(l, node);
    if (!extra->programs)
        extra->programs = arena_new_of(l->r.arena, struct programs);
    return extra->programs;
}

static env_list load_env(struct loader *l, const struct map_value *in)
{
    env_list env = {0};
    const struct text_value *values = in->v;
    for (uint32_t i = 0; i < in->n; i++) {
        if (values[i].pos.line && in->keys[i].text)
            vec_push(l->r.arena, &env, ((struct env_var){in->keys[i].text, values[i].text}));
    }
    return env;
}

static struct command load_command(const struct words_value *in)
{
    return (struct command){.argv = in->argv, .pos = in->pos};
}

/* --- Files ------------------------------------------------------------------------------------ */

/* What a file outside has, read once. */
struct source {
    const char *bytes; /* NULL: it cannot be read, for the reason WHY */
    size_t len;
    const char *why;
};

/* SOURCE as seen from the folder that the topology is in. */
static const char *source_path(struct loader *l, const char *source)
{
    const char *file = l->r.diags->file, *slash = strrchr(file, '/');
    if (*source == '/' || !slash)
        return source;
    return arena_printf(l->scratch, "%.*s%s", (int)(slash + 1 - file), file, source);
}

static const char *read_open_file(struct loader *l, int fd, struct source *source)
{
    struct stat st;
    if (fd < 0 || fstat(fd, &st) < 0)
        return strerror(errno);
    if (!S_ISREG(st.st_mode))
        return "it is not a regular file";
    if (st.st_size > FILE_SIZE_MAX)
        return "it is larger than 16 MiB";
    char *bytes = arena_alloc(l->r.arena, (size_t)st.st_size + 1);
    while (source->len < (size_t)st.st_size) {
        ssize_t n = read(fd, bytes + source->len, (size_t)st.st_size - source->len);
        if (n < 0)
            return strerror(errno);
        if (!n)
            break;
        source->len += (size_t)n;
    }
    source->bytes = bytes;
    return NULL;
}

/* Not waiting for the other end of what may be a FIFO. */
static const struct source *read_source(struct loader *l, const char *path)
{
    struct source *source = map_get_str(&l->sources, path);
    if (source)
        return source;
    source = arena_new_of(l->scratch, struct source);
    CLEAN_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    source->why = read_open_file(l, fd, source);
    map_put_str(&l->sources, path, source);
    return source;
}

/* What the file that IN names has, what it refers to in its place where that is asked for. */
static void load_source_of(struct loader *l, const struct node *node, const struct file_input *in,
                           struct node_file *file)
{
    struct diags *d = l->r.diags;
    const char *path = source_path(l, in->source.text);
    const struct source *source = read_source(l, path);
    if (!source->bytes) {
        diag_error(d, in->source.pos, "%s cannot be read: %s", path, source->why);
        return;
    }
    file->content = source->bytes;
    file->len = source->len;
    if (!in->expand.value)
        return;
    if (strlen(source->bytes) != source->len) {
        diag_error(d, in->source.pos,
                   "%s is no text, as it has a zero byte: nothing in it can refer "
                   "to something",
                   path);
        return;
    }
    file->content = expand_text(d, &l->nodes.v[node->id].scope, source->bytes, in->source.pos);
    file->len = file->content ? strlen(file->content) : 0;
}

struct node_file *load_add_file(struct loader *l, struct node *node, const char *path,
                                struct pos pos)
{
    struct node_file *file = vec_add(l->r.arena, &load_node_programs(l, node)->files);
    *file = (struct node_file){.path = path, .mode = FILE_MODE, .pos = pos};
    return file;
}

static void load_file(struct loader *l, struct node *node, const struct text_value *path,
                      const struct file_input *in, bool directory)
{
    if (!path->text || in->bad || in->gone)
        return;
    struct node_file *file = load_add_file(l, node, path->text, path->pos);
    file->mode = in->mode.pos.line ? in->mode.value : directory ? DIRECTORY_MODE : FILE_MODE;
    file->owner = in->owner.text;
    if (directory)
        return;
    file->content = "";
    if (in->source.text) {
        load_source_of(l, node, in, file);
    } else if (in->content.text) {
        file->content = in->content.text;
        file->len = strlen(in->content.text);
    }
    bool fitted = l->files_size <= FILES_SIZE_MAX;
    l->files_size += file->len;
    if (fitted && l->files_size > FILES_SIZE_MAX)
        diag_error(l->r.diags, path->pos,
                   "the files of all nodes together are larger than 256 MiB");
}

static void load_files(struct loader *l, struct node *node, const struct map_value *in,
                       bool directories)
{
    const struct file_input *v = in->v;
    for (uint32_t i = 0; i < in->n; i++)
        load_file(l, node, &in->keys[i], &v[i], directories);
}

/* In the order of a walk through the tree: what is in a directory comes right behind it. */
static int by_path(const void *a, const void *b)
{
    const char *p = ((const struct node_file *)a)->path, *q = ((const struct node_file *)b)->path;
    while (*p && *p == *q)
        p++, q++;
    int left = *p == '/' ? 1 : (unsigned char)*p + (*p ? 1 : 0);
    int right = *q == '/' ? 1 : (unsigned char)*q + (*q ? 1 : 0);
    return left - right;
}

void load_sort_files(struct loader *l, struct node *node)
{
    struct programs *programs = load_node_programs(l, node);
    struct node_file *files = programs->files.v;
    if (programs->files.n)
        qsort(files, programs->files.n, sizeof(*files), by_path);
    for (uint32_t i = 1; i < programs->files.n; i++) {
        const struct node_file *file = &files[i - 1], *next = &files[i];
        size_t len = strlen(file->path);
        if (strcmp(file->path, next->path) == 0) {
            diag_error(l->r.diags, next->pos, "%s is a file and a directory", next->path);
            diag_note(l->r.diags, file->pos, "the other one is here");
        } else if (file->content && strncmp(file->path, next->path, len) == 0 &&
                   next->path[len] == '/') {
            diag_error(l->r.diags, next->pos, "nothing can be in %s, which is a file", file->path);
            diag_note(l->r.diags, file->pos, "the file is here");
        }
    }
}

/* --- Services --------------------------------------------------------------------------------- */

static const char *service_key(struct loader *l, const struct node *node, const char *name)
{
    return arena_printf(l->scratch, "%s/%s", node->name, name);
}

static struct service *find_service(struct loader *l, const struct node *node, const char *name)
{
    return map_get_str(&l->services, service_key(l, node, name));
}

struct service *load_add_service(struct loader *l, struct node *node, const char *name,
                                 struct pos pos)
{
    struct service *service = arena_new_of(l->r.arena, struct service);
    *service = (struct service){
        .name = name, .node = node, .within_ms = WITHIN_MS, .stop_signal = SIGTERM, .pos = pos};
    vec_push(l->r.arena, &load_node_programs(l, node)->services, service);
    map_put_str(&l->services, service_key(l, node, name), service);
    return service;
}

static void load_service(struct loader *l, struct node *node, const struct text_value *name,
                         const struct service_input *in)
{
    if (!name->text || in->gone || in->bad)
        return;
    struct service *service = load_add_service(l, node, name->text, name->pos);
    service->command = load_command(&in->command);
    service->env = load_env(l, &in->env);
    service->user = in->user.text;
    service->directory = in->directory.text;
    service->restart = (enum restart)in->restart.value;
    service->oneshot = in->oneshot.value;
    service->silent = in->log.value == LOG_NONE;
    if (in->within.pos.line)
        service->within_ms = (uint32_t)(in->within.us / 1000);
    if (in->stop_signal.pos.line)
        service->stop_signal = (int)in->stop_signal.value;
}

/* The address of NODE's neighbour that has a name: one on a segment that both are on. */
static void load_named_neighbour(struct loader *l, const struct node *node,
                                 const struct addr_value *in, struct ready *ready)
{
    static const struct hop_wish wish = {0};
    struct named named;
    if (!load_named(l, in->name, in->pos, &named))
        return;
    const struct ifaddr *addr = named_neighbour(&named, node, &wish, AF_INET);
    if (!addr)
        addr = named_neighbour(&named, node, &wish, AF_INET6);
    if (addr)
        ready->addr = addr->prefix.addr;
    else
        diag_error(l->r.diags, in->pos, "%s has no address on a subnet of %s's", in->name,
                   node->name);
}

/* A name is that of an address, and the route one to it alone. */
static void load_ready_route(struct loader *l, const struct prefix_value *in, struct ready *ready)
{
    struct named named;
    ready->prefix = in->prefix;
    if (in->name && load_named(l, in->name, in->pos, &named)) {
        const struct ifaddr *addr = named_addr(&named, AF_INET);
        if (!addr)
            addr = named_addr(&named, AF_INET6);
        if (!addr) {
            diag_error(l->r.diags, in->pos, "%s has no address", in->name);
            return;
        }
        ready->prefix = (struct prefix){addr->prefix.addr, (uint8_t)addr_bits(&addr->prefix.addr)};
    } else if (!in->prefix.addr.family) {
        ready->prefix.addr.family = AF_INET;
    }
}

static struct ready *add_ready(struct loader *l, struct service *service, enum ready_kind kind,
                               struct pos pos)
{
    struct ready *ready = vec_add(l->r.arena, &service->ready);
    *ready = (struct ready){.kind = kind, .pos = pos};
    return ready;
}

static void add_ready_text(struct loader *l, struct service *service, enum ready_kind kind,
                           const struct text_value *text)
{
    if (text->text)
        add_ready(l, service, kind, text->pos)->text = text->text;
}

static void load_ready_interface(struct loader *l, struct service *service,
                                 const struct text_value *name)
{
    const struct node *node = service->node;
    if (!name->text)
        return;
    if (strcmp(name->text, "lo") != 0 && !node_find_iface(node, name->text)) {
        if (!load_report_iface(l, node, name->text, name->pos))
            diag_help(l->r.diags,
                      "one that the service makes is not seen before: declare it, like "
                      "interfaces: {%s: {type: tun}}",
                      name->text);
        return;
    }
    add_ready_text(l, service, READY_INTERFACE, name);
}

static void load_ready(struct loader *l, struct service *service, const struct ready_input *in)
{
    if (in->listen.pos.line) {
        struct ready *ready = add_ready(l, service, READY_LISTEN, in->listen.pos);
        ready->protocol = in->listen.protocol;
        ready->port = in->listen.port;
    }
    if (in->command.argv) {
        struct ready *ready = add_ready(l, service, READY_COMMAND, in->command.pos);
        ready->command = load_command(&in->command);
        ready->every_ms = in->every.pos.line ? (uint32_t)(in->every.us / 1000) : EVERY_MS;
    }
    if (in->route.pos.line)
        load_ready_route(l, &in->route, add_ready(l, service, READY_ROUTE, in->route.pos));
    if (in->neighbour.name)
        load_named_neighbour(l, service->node, &in->neighbour,
                             add_ready(l, service, READY_NEIGHBOUR, in->neighbour.pos));
    else if (in->neighbour.pos.line)
        add_ready(l, service, READY_NEIGHBOUR, in->neighbour.pos)->addr = in->neighbour.addr;
    add_ready_text(l, service, READY_OUTPUT, &in->output);
    add_ready_text(l, service, READY_FILE, &in->file);
    load_ready_interface(l, service, &in->interface);
}

/* Whether NAME is one that NODE has, and only is not right. */
static bool is_bad_service(struct loader *l, const struct node *node, const char *name)
{
    const struct map_value *services = &load_input(l, node)->programs.services;
    const struct service_input *v = services->v;
    for (uint32_t i = 0; i < services->n; i++) {
        if (v[i].bad && services->keys[i].text && strcmp(services->keys[i].text, name) == 0)
            return true;
    }
    return false;
}

static void report_service(struct loader *l, const struct node *node, const char *name,
                           struct pos pos)
{
    struct str all CLEAN_STR = {0};
    const struct programs *programs = node_programs(node);
    if (l->services_missing)
        return;
    if (l->r.diags->errors > DIAG_SHOWN_MAX) { /* a look costs */
        diag_error(l->r.diags, pos, "%s has no service '%s'", node->name, name);
        return;
    }
    if (is_bad_service(l, node, name))
        return;
    const char **words = arena_alloc(l->scratch, (programs->services.n + 1) * sizeof(*words));
    for (uint32_t i = 0; i < programs->services.n; i++) {
        words[i] = programs->services.v[i]->name;
        str_addf(&all, "%s%s", all.len ? ", " : "", words[i]);
    }
    diag_error(l->r.diags, pos, "%s has no service '%s'", node->name, name);
    if (diag_help_nearest(l->r.diags, name, words, programs->services.n))
        return;
    if (topo_find_node(l->topo, name))
        diag_help(l->r.diags, "of another node it is NODE/SERVICE: %s/…", name);
    else
        diag_help(l->r.diags, "it has: %s", all.len ? all.text : "none");
}

/* SERVICE waits for NAME: SERVICE or NODE/SERVICE. */
static void wait_for(struct loader *l, struct service *service, const char *name, struct pos pos)
{
    const struct node *node = service->node;
    const char *slash = strchr(name, '/');
    if (slash)
        node = load_find_node(l, arena_strndup(l->scratch, name, (size_t)(slash - name)), pos);
    if (!node)
        return;
    name = slash ? slash + 1 : name;
    struct service *other = find_service(l, node, name);
    if (other == service)
        diag_error(l->r.diags, pos, "%s/%s waits for itself", node->name, name);
    else if (other)
        vec_push(l->r.arena, &service->after, other);
    else
        report_service(l, node, name, pos);
}

/* IN may be a pattern of several. */
static void load_after(struct loader *l, struct service *service, const struct text_value *in)
{
    const struct scope *scope = &l->nodes.v[service->node->id].scope;
    made_list made = {0};
    if (!is_pattern(in->text)) {
        wait_for(l, service, in->text, in->pos);
        return;
    }
    if (!expand_pattern(l->r.diags, scope, in->text, in->pos, &made))
        return;
    VEC_EACH (const struct made, it, &made) {
        if (after_valid(it->name))
            wait_for(l, service, it->name, in->pos);
        else
            diag_error(l->r.diags, in->pos,
                       "'%s' makes '%s', which is neither a service's name nor "
                       "NODE/SERVICE",
                       in->text, it->name);
    }
}

static void load_waits(struct loader *l, struct service *service, const struct service_input *in)
{
    const struct ready_input *ready = in->ready.v;
    const struct text_value *after = in->after.v;
    for (uint32_t i = 0; i < in->ready.n; i++)
        load_ready(l, service, &ready[i]);
    for (uint32_t i = 0; i < in->after.n; i++)
        load_after(l, service, &after[i]);
}

static void load_all_waits(struct loader *l, const struct node *node)
{
    const struct map_value *services = &load_input(l, node)->programs.services;
    const struct service_input *v = services->v;
    for (uint32_t i = 0; i < services->n; i++) {
        if (services->keys[i].text && !v[i].gone && !v[i].bad)
            load_waits(l, find_service(l, node, services->keys[i].text), &v[i]);
    }
}

/* --- Nodes ------------------------------------------------------------------------------------ */

static bool has_programs(const struct programs_input *in)
{
    return in->exec.n || in->services.n || in->files.n || in->directories.n || in->env.n;
}

static void load_own(struct loader *l, struct node *node, const struct programs_input *in)
{
    struct programs *programs = load_node_programs(l, node);
    const struct words_value *exec = in->exec.v;
    const struct service_input *services = in->services.v;
    programs->env = load_env(l, &in->env);
    for (uint32_t i = 0; i < in->exec.n; i++) {
        if (exec[i].argv)
            vec_push(l->r.arena, &programs->exec, load_command(&exec[i]));
    }
    load_files(l, node, &in->directories, true);
    load_files(l, node, &in->files, false);
    load_sort_files(l, node);
    for (uint32_t i = 0; i < in->services.n; i++)
        load_service(l, node, &in->services.keys[i], &services[i]);
}

void load_programs(struct loader *l)
{
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        if ((*it)->hidden)
            break;
        load_about(l, *it);
        if (has_programs(&load_input(l, *it)->programs))
            load_own(l, *it, &load_input(l, *it)->programs);
    }
    l->services_missing = l->r.diags->errors;
    if (!l->services_missing)
        load_routing(l);
    VEC_EACH (struct node *, it, &l->topo->nodes) {
        if ((*it)->hidden)
            break;
        load_about(l, *it);
        load_all_waits(l, *it);
    }
    load_about(l, NULL);
}
