// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "plan/plan.h"

/* The formats of plan_print; each gives a text for the caller to free. */
char *plan_print_text(const struct plan *plan);
char *plan_print_sh(const struct plan *plan);
char *plan_print_json(const struct plan *plan);
