// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The links of a lab, and how users name them. They are written down in lines when the lab is made:
 * a lab may have many thousands.
 *
 * Names of nodes may have a `-` in them, which also stands between the two ends of a link: `a-b-c`
 * is `a` and `b-c`, or `a-b` and `c`. Each place where it could be split is tried; where there are
 * links for two of them, the user has to say which.
 */
#include "lab/cables.h"

#include <fnmatch.h>
#include <inttypes.h>
#include <string.h>

#include "model/model.h"

/* --- Writing down ------------------------------------------------------------------------------
 */

static void describe_end(const struct iface *iface, struct str *out)
{
    str_addf(out, "%" PRIu32 "\t%" PRIu32 "\t%s:%s\t", iface->node->id, iface->index,
             iface->node->name, iface->name);
}

void cables_describe(const struct topo *topo, struct str *out)
{
    VEC_EACH (struct link *, it, &topo->links) {
        const struct link *link = *it;
        describe_end(link->ends[0], out);
        describe_end(link->ends[1], out);
        VEC_EACH (struct label, label, &link->labels)
            str_addf(out, "%s=%s\t", label->key, label->value);
        str_add(out, "\n");
    }
}

/* --- Reading -----------------------------------------------------------------------------------
 */

static uint32_t take_number(char **line)
{
    const char *part = strsep(line, "\t");
    return part ? (uint32_t)strtoul(part, NULL, 10) : 0;
}

static void read_end(struct arena *arena, char **line, struct cable_end *ret)
{
    ret->node = take_number(line);
    ret->index = take_number(line);
    ret->name = strsep(line, "\t");
    if (!ret->name)
        ret->name = ":";
    ret->node_name = arena_strndup(arena, ret->name, strcspn(ret->name, ":"));
}

/* What is left of a line are labels, a tab behind each. False where it is no such line. */
static bool read_cable(struct arena *arena, char *line, struct cable *ret)
{
    read_end(arena, &line, &ret->ends[0]);
    read_end(arena, &line, &ret->ends[1]);
    if (!line || (*line && !str_ends(line, "\t")))
        return false;
    ret->lan = ret->ends[1].name[0] == '@' || ret->ends[0].name[0] == '@';
    ret->labels = line;
    for (char *c = ret->labels; *c; c++)
        *c = *c == '\t' ? '\0' : *c;
    return true;
}

static uint32_t count_lines(const char *text)
{
    uint32_t n = 0;
    for (; (text = strchr(text, '\n')); text++)
        n++;
    return n;
}

int cables_read(const struct state *s, struct arena *arena, struct cables *ret, struct err *err)
{
    struct str text CLEAN_STR = {0};
    int r = state_read(s, STATE_LINKS, &text);
    if (r)
        return err_sys(err, r, "reading %s/%s/" STATE_LINKS, s->root, s->name);
    char *rest = arena_strdup(arena, text.text ? text.text : "");
    *ret = (struct cables){.arena = arena};
    ret->v = arena_alloc(arena, (count_lines(rest) + 1) * sizeof(*ret->v));
    for (char *line; (line = strsep(&rest, "\n")) && *line;) {
        if (!read_cable(arena, line, &ret->v[ret->n++]))
            return err_set(err, -EBADMSG, "the links of lab '%s' cannot be read", s->name);
    }
    return 0;
}

/* --- Picking -----------------------------------------------------------------------------------
 */

static bool is_pattern(const char *text)
{
    return strpbrk(text, "*?[") != NULL;
}

/* Whether TEXT, of a node or of one end, is END. */
static bool fits(const char *text, const struct cable_end *end)
{
    return fnmatch(text, strchr(text, ':') ? end->name : end->node_name, 0) == 0;
}

struct reading {
    const struct cables *cables;
    uint8_t *picked;
    uint32_t found;
};

static void pick(struct reading *r, uint32_t cable, uint8_t ends)
{
    r->found += ends && !r->picked[cable];
    r->picked[cable] |= ends;
}

static void pick_labelled(struct reading *r, const char *item)
{
    for (uint32_t i = 0; i < r->cables->n; i++) {
        for (const char *label = r->cables->v[i].labels; *label; label += strlen(label) + 1) {
            if (fnmatch(item, label, 0) == 0)
                pick(r, i, 3);
        }
    }
}

static void pick_ends(struct reading *r, const char *item)
{
    for (uint32_t i = 0; strchr(item, ':') && i < r->cables->n; i++) {
        const struct cable *cable = &r->cables->v[i];
        pick(r, i, (uint8_t)(fits(item, &cable->ends[0]) | fits(item, &cable->ends[1]) << 1));
    }
}

static void pick_between(struct reading *r, const char *left, const char *right)
{
    for (uint32_t i = 0; i < r->cables->n; i++) {
        const struct cable_end *a = &r->cables->v[i].ends[0], *b = &r->cables->v[i].ends[1];
        if ((fits(left, a) && fits(right, b)) || (fits(left, b) && fits(right, a)))
            pick(r, i, 3);
    }
}

/* All places where ITEM may be split; into RET those, *RET_N, at which there is a link. */
static void pick_split(struct reading *r, const char *item, struct str *ret, uint32_t *ret_n)
{
    for (const char *dash = strchr(item, '-'); dash; dash = strchr(dash + 1, '-')) {
        const char *left = arena_strndup(r->cables->arena, item, (size_t)(dash - item));
        struct reading one = {.cables = r->cables,
                              .picked = arena_alloc(r->cables->arena, r->cables->n + 1)};
        pick_between(&one, left, dash + 1);
        for (uint32_t i = 0; i < r->cables->n; i++)
            pick(r, i, one.picked[i]);
        if (one.found)
            str_addf(ret, "%s'%s' and '%s'", (*ret_n)++ ? ", or " : "", left, dash + 1);
    }
}

/* --- What is not there --------------------------------------------------------------------------
 */

static bool is_node(const struct cables *c, const char *item)
{
    for (uint32_t i = 0; i < 2 * c->n; i++) {
        if (strcmp(c->v[i / 2].ends[i % 2].node_name, item) == 0)
            return true;
    }
    return false;
}

/* Each cable as users write it, from either end, into NAMES. */
static size_t list_names(const struct cables *c, bool whole, struct str *text, const char **names)
{
    size_t n = 0;
    for (uint32_t i = 0; i < 2 * c->n; i++) {
        const struct cable_end *a = &c->v[i / 2].ends[i % 2], *b = &c->v[i / 2].ends[!(i % 2)];
        if (whole)
            str_addf(text, "%s\n", a->name);
        else
            str_addf(text, "%s-%s\n", a->node_name, b->node_name);
    }
    char *rest = text->text;
    for (char *line; rest && *(line = strsep(&rest, "\n"));)
        names[n++] = line;
    return n;
}

static size_t list_labels(const struct cables *c, const char **names)
{
    size_t n = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (*c->v[i].labels)
            names[n++] = c->v[i].labels;
    }
    return n;
}

static int not_there(const struct cables *c, const char *lab, const char *item, struct err *err)
{
    const char **names = arena_alloc(c->arena, (2 * (size_t)c->n + 1) * sizeof(*names));
    struct str text CLEAN_STR = {0};
    bool whole = strchr(item, ':') && !strchr(item, '-');
    size_t n = strchr(item, '=') ? list_labels(c, names) : list_names(c, whole, &text, names);
    const char *near = is_pattern(item) ? NULL : str_nearest(item, names, n);
    if (is_node(c, item))
        return err_wrong(err, -ENOENT,
                         "%s is a node; a link is %s-NODE, one end of it %s:INTERFACE, and all of "
                         "its links are '%s-*'",
                         item, item, item, item);
    if (near)
        return err_wrong(err, -ENOENT, "lab '%s' has no link '%s'; did you mean '%s'?", lab, item,
                         near);
    return err_wrong(err, -ENOENT, "lab '%s' has no link '%s' (`nslab link ls` lists them)", lab,
                     item);
}

static int pick_item(struct reading *r, const char *lab, const char *item, struct err *err)
{
    struct str ways CLEAN_STR = {0};
    if (strchr(item, '='))
        pick_labelled(r, item);
    pick_ends(r, item);
    uint32_t n = r->found > 0;
    if (n)
        str_addf(&ways, "the end '%s'", item);
    if (!strchr(item, '='))
        pick_split(r, item, &ways, &n);
    if (n > 1 && !is_pattern(item))
        return err_wrong(err, -EINVAL, "'%s' may be %s: say it with interfaces, like h1:eth0", item,
                         ways.text);
    return n ? 0 : not_there(r->cables, lab, item, err);
}

int cables_pick(const struct cables *c, const char *lab, const char *which, uint8_t *picked,
                struct err *err)
{
    char *rest = arena_strdup(c->arena, which);
    int r = 0;
    for (char *item; !r && (item = strsep(&rest, ","));) {
        struct reading reading = {.cables = c, .picked = arena_alloc(c->arena, c->n + 1)};
        r = pick_item(&reading, lab, item, err);
        for (uint32_t i = 0; i < c->n; i++)
            picked[i] |= reading.picked[i];
    }
    return r;
}
