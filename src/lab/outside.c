// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What a lab changes outside of itself, so that it can be put back when nobody is left who knows.
 *
 * The kernel takes back all that hangs off the keeper. The rest goes through this journal: one
 * line per change, KIND, WHAT, WANT (what it was set to), WAS, parted by tabs, on disk before
 * the change is made. So a line may tell of a change that never came about, and every undo first
 * looks whether things are as the line says: what somebody else made of it since is theirs.
 *
 * Numbers (the sizes of the neighbour tables) are shared: each lab adds to what it finds, and the
 * last one puts back what the first has found. So a lab that ends before others hands its line to
 * one of them. A lab whose journal is gone is not given anything any more, and the journal goes
 * under the same lock under which it was read for the last time.
 */
#include "lab/outside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "kernel/numbers.h"
#include "lab/deadline.h"
#include "lab/lent.h"
#include "netlink/nft.h"
#include "netlink/nl.h"
#include "netlink/rtnl.h"

#define LOCK_MS 2000 /* for others who have it; then it goes without */

/* Each gives 0 or why it could not, and is done again then. */
static int undo_link(const char *what, const char *want)
{
    char is[PATH_MAX];
    ssize_t n = readlink(what, is, sizeof(is) - 1);
    is[n > 0 ? n : 0] = '\0';
    if (n > 0 && !strcmp(is, want))
        return unlink(what) && errno != ENOENT ? -errno : 0;
    return 0;
}

/* Goes while it is empty only: other labs may have come to use it. */
static int undo_directory(const char *what, const char *want)
{
    (void)want;
    rmdir(what);
    return 0;
}

static int undo_table(const char *what, const char *want)
{
    struct err err;
    (void)want;
    int r = nft_delete_table(what, &err);
    return r == -ENOENT ? 0 : r;
}

struct ends {
    const char *alias;
    uint32_t found; /* index of one, 0: none */
};

static int find_end(void *arg, const struct rtnl_link *link)
{
    struct ends *ends = arg;
    if (link->alias && link->kind && !strcmp(link->alias, ends->alias) &&
        !strcmp(link->kind, "veth"))
        ends->found = link->index;
    return 0;
}

/* They would go with the lab's namespaces, but later. */
static int undo_ends(const char *what, const char *want)
{
    CLEAN_NL struct nl *nl = NULL;
    struct ends ends = {.alias = what};
    struct nl_refusal ignored;
    struct err err;
    (void)want;
    int r = nl_open(&nl, &err);
    while (!r) {
        ends.found = 0;
        r = rtnl_dump_links(nl, find_end, &ends, &err);
        if (r || !ends.found)
            return r;
        rtnl_delete_link(nl, ends.found, 0);
        r = nl_flush(nl, &ignored);
        r = r == -ENODEV ? 0 : r;
    }
    return r;
}

static const struct {
    const char *name;
    int (*undo)(const char *what, const char *want);
} kinds[OUTSIDE_KIND_COUNT] = {
    [OUTSIDE_LINK] = {"link", undo_link},    [OUTSIDE_DIRECTORY] = {"directory", undo_directory},
    [OUTSIDE_TABLE] = {"table", undo_table}, [OUTSIDE_ENDS] = {"ends", undo_ends},
    [OUTSIDE_LENT] = {"lent", NULL}, /* not by themselves, as the next */
    [OUTSIDE_NUMBER] = {"number", NULL},
};

int outside_open(int dir, const char *file, struct outside *ret)
{
    int fd = openat(dir, file, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return -errno;
    *ret = (struct outside){.fd = fd};
    return 0;
}

void outside_done(struct outside *o)
{
    fd_close(&o->fd);
    str_done(&o->pending);
}

void outside_note(struct outside *o, enum outside_kind kind, const char *what, const char *want)
{
    outside_note_was(o, kind, what, want, "");
}

void outside_note_was(struct outside *o, enum outside_kind kind, const char *what, const char *want,
                      const char *was)
{
    str_addf(&o->pending, "%s\t%s\t%s\t%s\n", kinds[kind].name, what, want, was);
}

void outside_note_number(struct outside *o, const char *what, uint64_t want, uint64_t was)
{
    str_addf(&o->pending, "%s\t%s\t%" PRIu64 "\t%" PRIu64 "\n", kinds[OUTSIDE_NUMBER].name, what,
             want, was);
}

/* All of it, or nothing: the next line would be read as the end of a part. */
int outside_commit(struct outside *o)
{
    int r = fd_append(o->fd, o->pending.text, o->pending.len);
    if (!r)
        str_done(&o->pending);
    return r;
}

static void read_journal(int fd, struct str *ret)
{
    char buf[4096];
    off_t at = 0;
    for (ssize_t n; (n = pread(fd, buf, sizeof(buf), at)) > 0; at += n)
        str_addn(ret, buf, (size_t)n);
}

/* Cuts LINE, without its newline, at its tabs. */
static bool cut_line(char *line, struct outside_line *ret)
{
    char *rest = line;
    ret->kind = strsep(&rest, "\t");
    ret->what = strsep(&rest, "\t");
    ret->want = strsep(&rest, "\t");
    ret->was = rest;
    return ret->want && rest;
}

/* --- Numbers --------------------------------------------------------------------------------- */

static void write_number(char *text)
{
    struct outside_line line;
    if (cut_line(text, &line) && !strcmp(line.kind, kinds[OUTSIDE_NUMBER].name))
        number_write(line.what, strtoull(line.want, NULL, 10));
}

int outside_commit_numbers(struct outside *o)
{
    CLEAN_FREE char *noted = strdup(o->pending.text ? o->pending.text : "");
    int r = noted ? outside_commit(o) : -ENOMEM;
    for (char *rest = r ? NULL : noted, *line; (line = strsep(&rest, "\n"));)
        write_number(line);
    return r;
}

int outside_lock(const char *root)
{
    struct deadline end = deadline_in(LOCK_MS);
    CLEAN_FD int fd = open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    while (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) && deadline_left(&end))
        procs_sleep_ms(1);
    return TAKE_FD(fd);
}

/* What is looked for in the journals of the other labs. */
struct search {
    const struct state *self;
    const char *what;
    uint64_t want, was;
    const char *line; /* to give to the first that has WHAT; NULL: WAS of a line with WANT */
};

static bool is_self(const struct search *search, const struct state *s)
{
    return !strcmp(search->self->name, s->name);
}

static int give_line(void *arg, struct state *s)
{
    const struct search *search = arg;
    if (is_self(search, s))
        return 0;
    int holds = outside_holds(s->dir, STATE_OUTSIDE, OUTSIDE_NUMBER, search->what);
    if (holds <= 0)
        return holds;
    CLEAN_FD int fd = openat(s->dir, STATE_OUTSIDE, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_shortage(-errno);
    CLEAN_STR struct str line = {0};
    str_addf(&line, "%s\n", search->line);
    int r = fd_append(fd, line.text, line.len);
    return r ? r : 1;
}

/* LINE, of a journal of lab S: its text is cut. */
static int undo_number(void *arg, char *text)
{
    const struct state *s = arg;
    CLEAN_FREE char *whole = memory_text(text);
    struct outside_line line;
    uint64_t is;
    if (!cut_line(text, &line) || strcmp(line.kind, kinds[OUTSIDE_NUMBER].name) != 0)
        return 0;
    int r = number_read(line.what, &is);
    if (r || is != strtoull(line.want, NULL, 10))
        return err_shortage(r);
    struct search search = {.self = s, .what = line.what, .line = whole};
    int given = state_each(s->root, give_line, &search);
    if (!given)
        given = err_shortage(number_write(line.what, strtoull(line.was, NULL, 10)));
    return given < 0 ? given : 0;
}

static int find_line(void *arg, struct state *s)
{
    struct search *search = arg;
    CLEAN_STR struct str text = {0};
    CLEAN_FD int fd = openat(s->dir, STATE_OUTSIDE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (is_self(search, s))
        return 0;
    if (fd < 0)
        return err_shortage(-errno);
    read_journal(fd, &text);
    for (char *rest = text.text, *at; (at = strsep(&rest, "\n"));) {
        struct outside_line line;
        if (!cut_line(at, &line) || strcmp(line.what, search->what) != 0 ||
            strtoull(line.want, NULL, 10) != search->want)
            continue;
        search->was = strtoull(line.was, NULL, 10);
        return 1;
    }
    return 0;
}

int outside_find_number(const struct state *s, const char *what, uint64_t want, uint64_t *ret_was)
{
    struct search search = {.self = s, .what = what, .want = want};
    int found = state_each(s->root, find_line, &search);
    if (found > 0)
        *ret_was = search.was;
    return found;
}

/* --- Putting back ---------------------------------------------------------------------------- */

static void keep_first(int *first, int code)
{
    *first = *first ? *first : code;
}

/* The others are tried, whatever becomes of one. ARG is the first error. */
static int undo_line(void *arg, char *text)
{
    struct outside_line line;
    int *first = arg;
    if (!cut_line(text, &line))
        return 0;
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (kinds[i].undo && !strcmp(line.kind, kinds[i].name))
            keep_first(first, kinds[i].undo(line.what, line.want));
    return 0;
}

/* The lines of a journal, the last first; FN may cut them. */
static int each_line(int fd, int (*fn)(void *arg, char *line), void *arg)
{
    CLEAN_STR struct str text = {0};
    int r = 0;
    read_journal(fd, &text);
    char *end = text.text ? strrchr(text.text, '\n') : NULL; /* what follows was torn: never done */
    while (end && !r) {
        *end = '\0';
        char *before = strrchr(text.text, '\n');
        r = fn(arg, before ? before + 1 : text.text);
        end = before;
    }
    return r;
}

int outside_undo(const struct state *s, int fd, const struct lent_doors *doors, struct err *err)
{
    int r = lent_fetch(fd, doors, err), code = 0;
    each_line(fd, undo_line, &code);
    CLEAN_FD int lock = outside_lock(s->root);
    (void)lock;
    /* read again: others may have handed theirs over */
    keep_first(&code, each_line(fd, undo_number, (void *)s));
    if (!r && code)
        r = err_sys(err, code, "putting back what was changed outside of the lab");
    if (!r)
        unlinkat(s->dir, STATE_OUTSIDE, 0);
    return r;
}

struct each {
    const char *kind;
    outside_line_fn *fn;
    void *arg;
};

static int take_line(void *arg, char *text)
{
    const struct each *each = arg;
    struct outside_line line;
    bool is = cut_line(text, &line) && !strcmp(line.kind, each->kind);
    return is ? each->fn(each->arg, &line) : 0;
}

int outside_each(int fd, enum outside_kind kind, outside_line_fn *fn, void *arg)
{
    struct each each = {kinds[kind].name, fn, arg};
    return each_line(fd, take_line, &each);
}

int outside_holds(int dir, const char *file, enum outside_kind kind, const char *what)
{
    CLEAN_STR struct str text = {0};
    CLEAN_STR struct str start = {0};
    CLEAN_FD int fd = openat(dir, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return err_shortage(-errno);
    read_journal(fd, &text);
    str_addf(&start, "%s\t%s\t", kinds[kind].name, what);
    for (const char *p = text.text; p; p = (p = strchr(p, '\n')) ? p + 1 : NULL)
        if (str_starts(p, start.text))
            return 1;
    return 0;
}
