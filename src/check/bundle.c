// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What a lab looks like where a test failed, as files for a person who was not there. The best
 * witnesses are the tools that people know, run in the nodes; our own readers tell of all the lab.
 *
 * The folder may lie where others write, too (/tmp): a link that another user has put in the way
 * leads nowhere.
 */
#include "check/bundle.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "check/program.h"
#include "lab/tests.h"

enum {
    NODES_MAX = 32, /* whose state is written; of a larger lab those concerned */
    SHOW_MS = 10000,
};

/* What is shown of a node, each where its program is there. */
static char *const show[] = {
    "sh", "-c",
    "show() { command -v \"$1\" > /dev/null || return; echo \"# $*\"; \"$@\" 2>&1; echo; }\n"
    "show ip -d -s address\n"
    "show ip -4 route show table all\n"
    "show ip -6 route show table all\n"
    "show ip -4 rule\n"
    "show ip -6 rule\n"
    "show ip -s neighbour\n"
    "show bridge -s fdb show\n"
    "show bridge vlan show\n"
    "show tc -s qdisc show\n"
    "show nft list ruleset\n"
    "show ss -tulnpi\n",
    NULL};

struct bundle {
    const char *lab;
    int folder;
    struct err *err;
};

/* The folder NAME of DIR, made where it is missing: its descriptor. Root's links and our own are
 * followed, and nobody else's. *RET_MADE: it is new. */
static int open_or_make(int dir, const char *name, bool *ret_made)
{
    struct stat st;
    int why = mkdirat(dir, name, 0755) ? -errno : 0;
    *ret_made = !why;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW))
        return why ? why : -errno;
    bool link = S_ISLNK(st.st_mode);
    if (link && st.st_uid && st.st_uid != geteuid())
        return -ELOOP;
    int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_CLOEXEC | (link ? 0 : O_NOFOLLOW));
    return fd < 0 ? -errno : fd;
}

/* An old folder that another user can write to may have links in it. */
static bool is_ours(int fd)
{
    struct stat st;
    return !fstat(fd, &st) && st.st_uid == geteuid() && !(st.st_mode & 002);
}

/* PATH, made with all folders above it where they are missing. */
static int make_folders(const char *path, int *ret, struct err *err)
{
    CLEAN_FREE char *copy = memory_text(path);
    CLEAN_FD int at = open(*path == '/' ? "/" : ".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool made = false;
    for (char *rest = copy, *name; at >= 0 && (name = strsep(&rest, "/"));) {
        int next = *name ? open_or_make(at, name, &made) : -1;
        if (!*name)
            continue;
        fd_close(&at);
        if (next < 0)
            return err_sys(err, next, "making the folder %s", path);
        at = next;
    }
    if (at < 0)
        return err_sys(err, -errno, "making the folder %s", path);
    if (!made && !is_ours(at))
        return err_lacking(err, -EPERM,
                           "the folder %s is there already, and another user's or for all to write "
                           "to",
                           path);
    *ret = TAKE_FD(at);
    return 0;
}

static int write_text(int folder, const char *name, const char *text, size_t len, struct err *err)
{
    CLEAN_FD int fd =
        openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0644);
    int r = fd < 0 ? -errno : fd_write_all(fd, text, len);
    return r ? err_sys(err, r, "writing %s", name) : 0;
}

static int write_json(const struct bundle *b, const char *name, const json_t *json)
{
    CLEAN_FREE char *text = json_dumps(json, JSON_INDENT(2));
    return text ? write_text(b->folder, name, text, strlen(text), b->err) : 0;
}

static int make_folder(const struct bundle *b, const char *name, int *ret)
{
    mkdirat(b->folder, name, 0755);
    *ret = openat(b->folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return *ret < 0 ? err_sys(b->err, -errno, "making the folder %s", name) : 0;
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* TEXT with its lines indented as the first. */
static void add_paragraph(struct str *out, const char *title, const char *text)
{
    str_addf(out, "  %-10s", title);
    for (; *text; text++) {
        str_addn(out, text, 1);
        if (*text == '\n')
            str_addf(out, "%12s", "");
    }
    str_add(out, "\n");
}

static void add_story(struct str *out, const json_t *result)
{
    size_t i;
    json_t *pair;
    str_addf(out, "%s:%lld:%lld: %s\n", text_of(result, "file"),
             json_integer_value(json_object_get(result, "line")),
             json_integer_value(json_object_get(result, "column")),
             tests_title(text_of(result, "name"), text_of(result, "words")));
    add_paragraph(out, "test", text_of(result, "words"));
    add_paragraph(out, "expected", text_of(result, "expected"));
    str_addf(out, "  %-10s%lld, in %.3f s\n", "tries",
             json_integer_value(json_object_get(result, "tries")),
             json_number_value(json_object_get(result, "seconds")));
    json_array_foreach(json_object_get(result, "failed"), i, pair)
    {
        CLEAN_STR struct str seen = {0};
        const char *to = text_of(pair, "to");
        str_addf(&seen, "%s%s%s: %s", text_of(pair, "from"), *to ? " to " : "", to,
                 text_of(pair, "seen"));
        add_paragraph(out, i ? "" : "seen", seen.text);
    }
    str_add(out, "\n");
}

static int write_stories(const struct bundle *b, const json_t *results)
{
    CLEAN_STR struct str text = {0};
    size_t i;
    json_t *result;
    json_array_foreach(json_object_get(results, "tests"), i, result)
    {
        if (!json_is_true(json_object_get(result, "ok")))
            add_story(&text, result);
    }
    int r = write_text(b->folder, "failed.txt", text.text ? text.text : "", text.len, b->err);
    return r ? r : write_json(b, "results.json", results);
}

/* What of the whole lab can be asked at once. */
static int write_lab(const struct bundle *b)
{
    struct err ignored;
    json_t *json = NULL;
    int r = 0;
    if (!lab_status(b->lab, &json, &ignored)) {
        r = write_json(b, "status.json", json);
        json_decref(json);
    }
    if (!r && !lab_links(b->lab, NULL, &json, &ignored)) {
        r = write_json(b, "links.json", json);
        json_decref(json);
    }
    if (!r && !lab_firewall(b->lab, NULL, &json, &ignored)) {
        r = json_array_size(json) ? write_json(b, "firewalls.json", json) : 0;
        json_decref(json);
    }
    return r;
}

static bool concerns(const json_t *results, const char *node)
{
    size_t i, k;
    json_t *result, *name;
    json_array_foreach(json_object_get(results, "tests"), i, result)
        json_array_foreach(json_object_get(result, "nodes"), k, name)
    {
        if (strcmp(json_string_value(name), node) == 0)
            return true;
    }
    return false;
}

static int write_node(const struct bundle *b, int folder, const char *node)
{
    struct program_result result;
    struct err ignored;
    CLEAN_STR struct str name = {0};
    if (program_run(b->lab, node, show, SHOW_MS, &result, &ignored))
        return 0;
    str_addf(&name, "%s.txt", node);
    int r = write_text(folder, name.text, result.output.text ? result.output.text : "",
                       result.output.len, b->err);
    str_done(&result.output);
    return r;
}

/* Of a small lab all nodes are concerned: who knows which of them is at fault. */
static int write_nodes(const struct bundle *b, const struct roster *roster, const json_t *results)
{
    CLEAN_FD int folder = -1;
    int r = make_folder(b, "nodes", &folder);
    uint32_t written = 0;
    for (uint32_t i = 0; !r && i < roster->n && written < NODES_MAX; i++) {
        const char *node = roster->nodes[i].name;
        if (roster->n > NODES_MAX && !concerns(results, node))
            continue;
        r = write_node(b, folder, node);
        written++;
    }
    return r;
}

/* A log as `nslab logs --json` prints it: an object a line. */
static int write_log(const struct bundle *b, int folder, const char *log)
{
    CLEAN_STR struct str text = {0};
    CLEAN_STR struct str name = {0};
    struct log_reader *reader;
    struct err ignored;
    bool over;
    if (lab_log_open(b->lab, log, &reader, &ignored))
        return 0;
    for (char *line; (line = lab_log_next(reader, &over)); free(line))
        str_addf(&text, "%s\n", line);
    lab_log_close(reader);
    str_addf(&name, "%s.jsonl", log);
    for (char *c = name.text; *c; c++)
        *c = *c == '/' ? '_' : *c;
    return write_text(folder, name.text, text.text ? text.text : "", text.len, b->err);
}

static int write_logs(const struct bundle *b)
{
    CLEAN_FD int folder = -1;
    struct err ignored;
    json_t *logs = NULL, *log;
    size_t i;
    int r = 0;
    if (lab_logs(b->lab, &logs, &ignored))
        return 0;
    if (json_array_size(logs))
        r = make_folder(b, "logs", &folder);
    json_array_foreach(logs, i, log)
    {
        if (!r)
            r = write_log(b, folder, text_of(log, "log"));
    }
    json_decref(logs);
    return r;
}

int bundle_write(const char *name, const struct roster *roster, const json_t *results,
                 const char *folder, struct err *err)
{
    CLEAN_FD int fd = -1;
    int r = make_folders(folder, &fd, err);
    if (r)
        return r;
    const struct bundle b = {.lab = name, .folder = fd, .err = err};
    r = write_stories(&b, results);
    if (!r)
        r = write_lab(&b);
    if (!r)
        r = write_nodes(&b, roster, results);
    if (!r)
        r = write_logs(&b);
    return r ? err_context(err, "%s", folder) : 0;
}
