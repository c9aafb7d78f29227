// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Which namespace is which node: what the keeper leaves in the state directory when the lab
 * stands, so that it need not be asked who is where. Inode numbers of namespaces are used again,
 * so these are good only while the lab lives.
 */
#include "lab/roster.h"

#include <string.h>

#include "base/memory.h"

void roster_done(struct roster *r)
{
    free(r->nodes);
    free(r->text);
    *r = (struct roster){0};
}

void roster_begin(struct str *out, long long since, uint64_t pidns)
{
    str_addf(out, "%lld %llu\n", since, (unsigned long long)pidns);
}

void roster_add(struct str *out, uint64_t netns, const char *name)
{
    str_addf(out, "%llu %s\n", (unsigned long long)netns, name);
}

static uint32_t count_lines(const char *text)
{
    uint32_t n = 0;
    while ((text = strchr(text, '\n'))) {
        text++;
        n++;
    }
    return n;
}

/* A node from "INODE NAME". */
static bool parse_node(char *line, struct roster_node *ret)
{
    char *end;
    ret->netns = strtoull(line, &end, 10);
    ret->name = end + 1;
    return end > line && *end == ' ' && end[1];
}

int roster_parse(char *text, struct roster *ret)
{
    struct roster r = {.text = text};
    unsigned long long pidns;
    char *rest = text;
    char *line = strsep(&rest, "\n");
    r.nodes = calloc(count_lines(rest ? rest : "") + 1, sizeof(*r.nodes));
    bool good = r.nodes && rest && sscanf(line, "%lld %llu", &r.since, &pidns) == 2;
    while (good && (line = strsep(&rest, "\n")) && *line)
        good = parse_node(line, &r.nodes[r.n++]);
    if (!good) {
        roster_done(&r);
        return -EINVAL;
    }
    r.pidns = pidns;
    *ret = r;
    return 0;
}

int roster_read(const struct state *s, struct roster *ret, struct err *err)
{
    struct str text = {0};
    int r = state_read(s, STATE_NODES, &text);
    if (!r)
        r = roster_parse(str_take(&text), ret);
    str_done(&text);
    if (r == -ENOENT)
        return err_set(err, -EAGAIN, "lab '%s' is still being built", s->name);
    return r ? err_sys(err, r, "reading %s/%s/" STATE_NODES, s->root, s->name) : 0;
}

const struct roster_node *roster_find(const struct roster *r, uint64_t netns)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (r->nodes[i].netns == netns)
            return &r->nodes[i];
    return NULL;
}

uint32_t roster_number(const struct roster *r, const char *name)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (!strcmp(r->nodes[i].name, name))
            return i;
    return UINT32_MAX;
}

int roster_check(const struct roster *r, const struct state *s, const char *node, struct err *err)
{
    if (roster_number(r, node) != UINT32_MAX)
        return 0;
    const char **names = memory_zeroed(r->n, sizeof(*names));
    for (uint32_t i = 0; i < r->n; i++)
        names[i] = r->nodes[i].name;
    const char *nearest = str_nearest(node, names, r->n);
    free(names);
    if (nearest)
        return err_wrong(err, -ENOENT, "lab '%s' has no node '%s'; did you mean '%s'?", s->name,
                         node, nearest);
    return err_wrong(err, -ENOENT,
                     "lab '%s' has no node '%s'; `nslab status %s` shows those it has", s->name,
                     node, s->name);
}
