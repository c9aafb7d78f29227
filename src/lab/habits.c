// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A new namespace takes over much from the machine (all of net.ipv4.conf.all and default), and
 * machines differ, so what a kind of node wants is compared with what is there. All fresh
 * namespaces start alike: looking at one is enough for all nodes of a kind. Each kind learns for
 * itself, by doing, as writing one setting may change others (conf.all.forwarding does).
 */
#include "lab/habits.h"

#include <stdatomic.h>

#include "base/arena.h"

enum { UNKNOWN, LEARNING, KNOWN };

struct habit {
    atomic_int state;
    bool *needed; /* one for each setting; only to be read once state is KNOWN */
};

struct habits {
    struct arena *arena;
    struct habit *of_kind; /* in the order of node_kinds */
};

/* Setting I of KIND: what every node has comes first. NULL after the last. */
static const struct sysctl *setting(const struct node_kind *kind, size_t i)
{
    if (i < node_base_sysctls_n)
        return &node_base_sysctls[i];
    i -= node_base_sysctls_n;
    return i < kind->n ? &kind->sysctls[i] : NULL;
}

struct habits *habits_new(void)
{
    struct arena *arena = arena_new();
    struct habits *habits = arena_new_of(arena, struct habits);
    size_t kinds = 0;
    while (node_kinds[kinds])
        kinds++;
    *habits = (struct habits){.arena = arena};
    habits->of_kind = arena_alloc(arena, kinds * sizeof(*habits->of_kind));
    for (size_t i = 0; i < kinds; i++)
        habits->of_kind[i].needed = arena_alloc(arena, node_base_sysctls_n + node_kinds[i]->n);
    return habits;
}

void habits_free(struct habits *habits)
{
    if (habits)
        arena_free(habits->arena);
}

/* 1 when it had to be written, 0 when not, or a negative errno. */
static int look_and_write(struct sysctl_door *door, const struct sysctl *s)
{
    if (sysctl_is(door, s->path, s->value) == 1)
        return 0;
    int r = sysctl_write(door, s->path, s->value);
    if (r == -ENOENT && s->if_there)
        return 0;
    return r < 0 ? r : 1;
}

static int follow(const struct habit *habit, struct sysctl_door *door, const struct sysctl *s,
                  size_t i)
{
    return habit->needed[i] ? sysctl_write(door, s->path, s->value) : 0;
}

static struct habit *find_habit(struct habits *habits, const struct node_kind *kind)
{
    size_t i = 0;
    while (node_kinds[i] != kind)
        i++;
    return &habits->of_kind[i];
}

int habits_apply(struct habits *habits, struct sysctl_door *door, const struct node_kind *kind,
                 const struct sysctl **ret_refused)
{
    struct habit *habit = find_habit(habits, kind);
    const struct sysctl *s;
    int state = UNKNOWN;
    bool learner = atomic_compare_exchange_strong(&habit->state, &state, LEARNING);
    for (size_t i = 0; (s = setting(kind, i)); i++) {
        int r = state == KNOWN ? follow(habit, door, s, i) : look_and_write(door, s);
        if (r < 0) {
            *ret_refused = s;
            return r;
        }
        if (learner)
            habit->needed[i] = r;
    }
    if (learner)
        atomic_store(&habit->state, KNOWN);
    return 0;
}
