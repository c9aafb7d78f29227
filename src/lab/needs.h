// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "plan/plan.h"

/* Whether this kernel has what PLAN needs beyond what every lab does, and this machine the routing
 * daemons that it asks for. 0, or STATUS_LACKING with the place that asks for the first thing that
 * is missing, its name, and what brings it. Tries only what the plan needs, each once. */
int needs_check(const struct plan *plan, struct err *err);

struct impair; /* model/impair.h */

/* The same of what IMPAIR alone needs, while a lab runs. */
int needs_check_impair(const struct impair *impair, struct err *err);
