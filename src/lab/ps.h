// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/members.h"

/* {"node", "pid", "user", "command", "stranger"}, a new reference. -ESRCH: it is gone. */
int ps_describe_member(const struct member *m, json_t **ret);

/* All of them, or those of NODE: an array, a new reference. */
int ps_list(const struct roster *roster, const char *node, json_t **ret, struct err *err);
