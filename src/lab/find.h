// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"

/*
 * Finding labs of this user. All clear away first what dead ones left, but for find_lab_at_once.
 */

/* The directory of lab NAME (the caller's to state_done), which is being built, runs or stops.
 * -ENOENT: there is no such lab, in a text that names those there are. */
int find_lab(const char *name, struct state *ret, struct err *err);

/* The same for one in a hurry, who calls find_sweep afterwards. */
int find_lab_at_once(const char *name, struct state *ret, struct err *err);
void find_sweep(void);

/* All of them, in no order. A value other than 0 of FN ends it and is returned. */
int find_each(state_fn *fn, void *arg, struct err *err);
