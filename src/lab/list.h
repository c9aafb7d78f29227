// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/roster.h"

/* What lab_describe gives of the lab in S; ROSTER is NULL while it is being built. */
int list_describe(const struct state *s, const struct roster *roster, json_t **ret,
                  struct err *err);
