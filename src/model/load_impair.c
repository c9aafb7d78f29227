// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Impairments of the ends of links, each from up to three places: its link, and over that its
 * endpoint or its node's entry, key by key. What is the same for both ends and has nothing laid
 * over it is still worked out for each: an end's MTU matters too.
 */
#include "model/load.h"

static void lay_over(struct impair_input *under, const struct impair_input *over)
{
    under->bad |= over && over->bad;
    for (enum impair_key key = 0; over && key < IMPAIR_KEYS; key++) {
        if (!over->pos[key].line)
            continue;
        impair_copy(&under->value, &over->value, key);
        under->pos[key] = over->pos[key];
    }
}

static void check_twice(struct loader *l, const struct iface *iface, const struct impair_inputs *in)
{
    for (enum impair_key key = 0; in->endpoint && in->entry && key < IMPAIR_KEYS; key++) {
        if (in->endpoint->pos[key].line && in->entry->pos[key].line)
            load_said_twice(l, iface, impair_key_name(key), in->entry->pos[key]);
    }
}

static void check_faults(struct loader *l, const struct iface *iface, const struct impair_input *in)
{
    struct impair_fault fault = {0};
    if (in->bad || !impair_find_fault(&in->value, iface->mtu, &fault))
        return;
    diag_error(l->r.diags, in->pos[fault.key], "%s", fault.text);
    if (fault.help)
        diag_help(l->r.diags, "%s", fault.help);
}

void load_impair(struct loader *l, struct iface *iface, const struct impair_inputs *in)
{
    struct impair_input sum = {0};
    if (!in->link && !in->endpoint && !in->entry)
        return;
    check_twice(l, iface, in);
    lay_over(&sum, in->link);
    lay_over(&sum, in->endpoint);
    lay_over(&sum, in->entry);
    check_faults(l, iface, &sum);
    if (!impair_any(&sum.value))
        return;
    struct impair *impair = arena_new_of(l->r.arena, struct impair);
    *impair = sum.value;
    for (enum impair_key key = 0; key < IMPAIR_KEYS && !impair->pos.line; key++)
        impair->pos = sum.pos[key];
    load_iface_extra(l, iface)->impair = impair;
}

void load_refuse_impair(struct loader *l, const struct impair_input *in)
{
    for (enum impair_key key = 0; key < IMPAIR_KEYS; key++) {
        if (!in->pos[key].line)
            continue;
        diag_error(l->r.diags, in->pos[key], "'%s' is for the ends of links", impair_key_name(key));
        return;
    }
}
