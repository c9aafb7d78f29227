// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

#include "lab/state.h"

/* The services of lab S, which is up, as lab_services has them but that "pid" is the number in the
 * lab. New reference. */
int service_list(const struct state *s, json_t **ret, struct err *err);
