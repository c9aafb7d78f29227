// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/ends.h"

/* A lab, and the ends of links that a command is about. */
struct scene {
    struct state state;
    struct arena *arena; /* of the rest */
    struct cables cables;
    struct ends ends;
};

#define SCENE_NONE ((struct scene){.state = STATE_NONE})
#define CLEAN_SCENE CLEANUP(scene_done)
void scene_done(struct scene *scene);

/* LAB and its links, about none of which it is yet. TO_CHANGE: nobody else changes one until
 * scene_done. */
int scene_open(const char *lab, bool to_change, struct scene *scene, struct err *err);

/* About those that WHICH names (see cables_pick); NULL: all. */
int scene_pick(struct scene *scene, const char *which, struct err *err);

/* What the kernel has of an end. */
struct sight {
    const char *state; /* NULL: it is not there */
    uint32_t mtu;
    struct qdisc_found qdisc;
};

/* In a child of ends_visit: N sights, one for each of the ends from FIRST on. */
int scene_look(struct nl *nl, const struct end *first, uint32_t n, struct sight *sights,
               struct err *err);

/* By ends_visit: {"INDEX": {"end", "state", "mtu", "impairments", "qdisc"}}. */
int scene_see(const struct scene *scene, json_t **ret, struct err *err);

/* The links of SCENE as lab_links has them; new reference. */
int scene_tell(const struct scene *scene, json_t **ret, struct err *err);
