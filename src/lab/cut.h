// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/scene.h"

/* Sets the ends of SCENE down, and writes down what they lose. */
int cut_down(struct scene *scene, struct err *err);

/* Sets them up, and gives that back. */
int cut_up(struct scene *scene, struct err *err);

/* What the lab's directory has of links that are down: {"down": {INDEX: […]}, "partition": […]};
 * new reference, an empty object where there is nothing. The scene is open to change. */
int cut_read(const struct state *s, json_t **ret, struct err *err);
int cut_write(const struct state *s, const json_t *cut, struct err *err);
