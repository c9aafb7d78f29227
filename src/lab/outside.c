// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * What a lab changes outside of itself, so that it can be put back when nobody is left who knows.
 *
 * The kernel takes back all that hangs off the keeper. The rest goes through this journal: one
 * line per change, KIND, WHAT, WANT (what it was set to), WAS, parted by tabs, on disk before
 * the change is made. So a line may tell of a change that never came about, and every undo first
 * looks whether things are as the line says: what somebody else made of it since is theirs.
 */
#include "lab/outside.h"

#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

static void undo_link(const char *what, const char *want)
{
    char is[PATH_MAX];
    ssize_t n = readlink(what, is, sizeof(is) - 1);
    is[n > 0 ? n : 0] = '\0';
    if (n > 0 && !strcmp(is, want))
        unlink(what);
}

/* Goes while it is empty only: other labs may have come to use it. */
static void undo_directory(const char *what, const char *want)
{
    (void)want;
    rmdir(what);
}

static const struct {
    const char *name;
    void (*undo)(const char *what, const char *want);
} kinds[OUTSIDE_KIND_COUNT] = {
    [OUTSIDE_LINK] = {"link", undo_link},
    [OUTSIDE_DIRECTORY] = {"directory", undo_directory},
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
    str_addf(&o->pending, "%s\t%s\t%s\t\n", kinds[kind].name, what, want);
}

int outside_commit(struct outside *o)
{
    size_t done = 0;
    while (done < o->pending.len) {
        ssize_t n = write(o->fd, o->pending.text + done, o->pending.len - done);
        if (n < 0)
            return -errno;
        done += (size_t)n;
    }
    str_done(&o->pending);
    return 0;
}

static void read_journal(int fd, struct str *ret)
{
    char buf[4096];
    off_t at = 0;
    for (ssize_t n; (n = pread(fd, buf, sizeof(buf), at)) > 0; at += n)
        str_addn(ret, buf, (size_t)n);
}

struct line {
    char *kind, *what, *want;
};

/* Cuts LINE, without its newline, at its tabs. */
static bool cut_line(char *line, struct line *ret)
{
    char *rest = line;
    ret->kind = strsep(&rest, "\t");
    ret->what = strsep(&rest, "\t");
    ret->want = strsep(&rest, "\t");
    return ret->want && rest;
}

static void undo_line(char *text)
{
    struct line line;
    if (!cut_line(text, &line))
        return;
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
        if (!strcmp(line.kind, kinds[i].name))
            kinds[i].undo(line.what, line.want);
}

void outside_undo(int fd)
{
    CLEAN_STR struct str text = {0};
    read_journal(fd, &text);
    char *end = text.text ? strrchr(text.text, '\n') : NULL; /* what follows was torn: never done */
    while (end) {
        *end = '\0';
        char *before = strrchr(text.text, '\n');
        undo_line(before ? before + 1 : text.text);
        end = before;
    }
}

bool outside_holds(int dir, const char *file, enum outside_kind kind, const char *what)
{
    CLEAN_STR struct str text = {0};
    CLEAN_STR struct str start = {0};
    CLEAN_FD int fd = openat(dir, file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    read_journal(fd, &text);
    str_addf(&start, "%s\t%s\t", kinds[kind].name, what);
    for (const char *p = text.text; p; p = (p = strchr(p, '\n')) ? p + 1 : NULL)
        if (str_starts(p, start.text))
            return true;
    return false;
}
