// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/members.h"

/* {"node", "pid", "user", "command", "stranger"}, a new reference. */
json_t *ps_describe_member(const struct member *m);

/* All of them, or those of NODE: an array, a new reference. */
json_t *ps_list(const struct roster *roster, const char *node);
