// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Reading the nodes' logs while they are written. The writer begins a new file when one is full and
 * renames that to NAME.1: a reader that comes to the end of its file looks whether it still is the
 * newest.
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "lab/find.h"
#include "lab/lab.h"
#include "lab/logs.h"

static const char of_firewall[] = ".firewall"; /* "r1.firewall" */
static const char of_program[] = ".log";       /* "r1:web.log" */

/* --- Which there are ------------------------------------------------------------------------- */

/* "r1/firewall", "r1/web" by the name of its file; *RET_NODE: bytes that are the node. False where
 * it is none. */
static bool name_log(const char *file, struct str *out, size_t *ret_node)
{
    const char *between = strchr(file, ':'), *end = file + strlen(file);
    bool program = between && str_ends(file, of_program);
    if (!program && !str_ends(file, of_firewall))
        return false;
    if (!program)
        between = end - strlen(of_firewall);
    *ret_node = (size_t)(between - file);
    str_addn(out, file, *ret_node);
    str_add(out, "/");
    str_addn(out, between + 1, (size_t)(end - between) - 1 - (program ? strlen(of_program) : 0));
    return true;
}

static void add_log(json_t *list, int dir, const char *file)
{
    struct str name CLEAN_STR = {0};
    struct stat st;
    size_t node;
    if (!name_log(file, &name, &node) || fstatat(dir, file, &st, AT_SYMLINK_NOFOLLOW))
        return;
    json_array_append_new(list, json_pack("{s:s, s:s%, s:I}", "log", name.text, "node", file, node,
                                          "bytes", (json_int_t)st.st_size));
}

static int list_logs(const struct state *s, json_t **ret)
{
    struct dirent **entries = NULL;
    CLEAN_FD int fd = openat(s->dir, STATE_LOGS, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    int n = fd < 0 ? 0 : scandirat(fd, ".", &entries, NULL, versionsort);
    *ret = json_array();
    for (int i = 0; i < n; i++) {
        add_log(*ret, fd, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return 0;
}

int lab_logs(const char *name, json_t **ret, struct err *err)
{
    CLEAN_STATE struct state s = STATE_NONE;
    int r = find_lab(name, &s, err);
    return r ? r : list_logs(&s, ret);
}

static int unknown_log(const struct state *s, const char *what, struct err *err)
{
    json_t *logs = NULL, *log;
    size_t i;
    list_logs(s, &logs);
    CLEAN_FREE const char **names = memory_zeroed(json_array_size(logs), sizeof(*names));
    json_array_foreach(logs, i, log)
    {
        names[i] = json_string_value(json_object_get(log, "log"));
    }
    const char *near = str_nearest(what, names, json_array_size(logs));
    int r = near ? err_wrong(err, -ENOENT, "lab '%s' has no log '%s'; did you mean '%s'?", s->name,
                             what, near)
                 : err_wrong(err, -ENOENT,
                             "lab '%s' has no log '%s' (`nslab logs -l %s` lists them; a service "
                             "has one, and a node's firewall where a rule of it has `log`)",
                             s->name, what, s->name);
    json_decref(logs);
    return r;
}

/* --- Reading --------------------------------------------------------------------------------- */

struct log_reader {
    struct state state;
    char *file;
    int old, fd; /* the file before, -1 when it was read; and the one that grows */
    struct str rest;
    size_t at; /* bytes of REST that were handed out */
};

static int open_log(const struct log_reader *r, const char *behind)
{
    struct str path CLEAN_STR = {0};
    str_addf(&path, "%s%s", r->file, behind);
    return openat(r->state.dir, path.text, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
}

/* "r1/firewall" or "r1/web" to the file's name; NULL where it is none of that form. */
static char *file_of(const char *what)
{
    const char *slash = strchr(what, '/');
    char *file = NULL;
    if (!slash || slash == what || strchr(slash + 1, '/') || *what == '.' || strchr(what, ':'))
        return NULL;
    bool firewall = !strcmp(slash + 1, of_firewall + 1);
    int r = asprintf(&file, STATE_LOGS "/%.*s%s%s%s", (int)(slash - what), what,
                     firewall ? "." : ":", slash + 1, firewall ? "" : of_program);
    return r < 0 ? NULL : file;
}

static bool same_file(int a, int b)
{
    struct stat x, y;
    return !fstat(a, &x) && !fstat(b, &y) && x.st_ino == y.st_ino;
}

/* Not while the one becomes the other. */
static void open_both(struct log_reader *r)
{
    do {
        fd_close(&r->old);
        fd_close(&r->fd);
        r->fd = r->file ? open_log(r, "") : -1;
        r->old = r->fd >= 0 ? open_log(r, ".1") : -1;
    } while (same_file(r->fd, r->old));
}

int lab_log_open(const char *name, const char *what, struct log_reader **ret, struct err *err)
{
    struct log_reader *reader = calloc(1, sizeof(*reader));
    if (!reader)
        return err_set(err, -ENOMEM, "out of memory");
    *reader = (struct log_reader){.state = STATE_NONE, .old = -1, .fd = -1};
    int r = find_lab(name, &reader->state, err);
    if (!r) {
        reader->file = file_of(what);
        open_both(reader);
        r = reader->fd < 0 ? unknown_log(&reader->state, what, err) : 0;
    }
    if (r) {
        lab_log_close(reader);
        return r;
    }
    *ret = reader;
    return 0;
}

void lab_log_close(struct log_reader *reader)
{
    if (!reader)
        return;
    fd_close(&reader->old);
    fd_close(&reader->fd);
    str_done(&reader->rest);
    free(reader->file);
    state_done(&reader->state);
    free(reader);
}

/* A whole line of what was read, or NULL. */
static char *take_line(struct log_reader *r)
{
    if (r->rest.len == r->at)
        return NULL;
    const char *start = r->rest.text + r->at;
    const char *end = memchr(start, '\n', r->rest.len - r->at);
    if (!end)
        return NULL;
    r->at += (size_t)(end - start) + 1;
    return memory_textn(start, (size_t)(end - start));
}

/* More of the file that is read now; false at its end. */
static bool read_more(struct log_reader *r)
{
    char buf[16384];
    ssize_t n = read(r->old >= 0 ? r->old : r->fd, buf, sizeof(buf));
    if (n <= 0)
        return false;
    struct str longer = {0};
    str_addn(&longer, r->rest.text ? r->rest.text + r->at : "", r->rest.len - r->at);
    str_addn(&longer, buf, (size_t)n);
    str_done(&r->rest);
    r->rest = longer;
    r->at = 0;
    return true;
}

/* From the end of one file to the next; false where there is none. *RET_OVER: and never will be. */
static bool next_file(struct log_reader *r, bool *ret_over)
{
    if (r->old >= 0) {
        fd_close(&r->old);
        return true;
    }
    CLEAN_FD int fd = open_log(r, "");
    *ret_over = fd < 0 && !state_has(&r->state, STATE_LOCK);
    if (fd < 0 || same_file(fd, r->fd))
        return false;
    r->old = r->fd; /* what was written to it between our last look and its end */
    r->fd = TAKE_FD(fd);
    return true;
}

char *lab_log_next(struct log_reader *reader, bool *ret_over)
{
    *ret_over = false;
    for (;;) {
        char *line = take_line(reader);
        if (line)
            return line;
        if (!read_more(reader) && !next_file(reader, ret_over))
            return NULL;
    }
}
