// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdint.h>

#include "base/util.h"

/* Files of /proc and /sys: the number that one holds. 0 or a negative errno; -EINVAL where it holds
 * none. */
int number_read(const char *path, uint64_t *ret);

/* 0 or a negative errno. */
int number_write(const char *path, uint64_t value);

/* What FORMAT, of scanf(3) and with one conversion, finds in the first line that it fits; false
 * where none does. */
bool line_scan(const char *path, const char *format, void *ret);
