// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <regex.h>
#include <stdbool.h>

/*
 * The extended regular expressions of POSIX, as regcomp(3) has them, but for two things: those that
 * would take gigabytes are refused, and where there is no memory for others the process ends
 * (base/memory.h), as else what has no answer would look like "does not fit".
 */

#define REGEX_WHY_MAX 128

/* Compiles TEXT, with FLAGS (REG_NEWLINE) beside REG_EXTENDED and REG_NOSUB, for regfree() to take
 * back. -E2BIG: it is too large; -EINVAL: it is none, and WHY says why. */
int regex_compile(regex_t *ret, const char *text, int flags, char why[REGEX_WHY_MAX]);

/* Whether TEXT (2 GiB at most) has something that REGEX fits. */
bool regex_fits(regex_t *regex, const char *text);
