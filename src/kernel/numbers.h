// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdint.h>

#include "base/util.h"

/* Files of /proc and /sys that hold one number. False where there is none, or none that can be
 * read. */
bool number_read(const char *path, uint64_t *ret);

/* 0 or a negative errno. */
int number_write(const char *path, uint64_t value);
