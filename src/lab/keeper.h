// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/launch.h"

/* The keeper's life, from its fork on. LINK is a socket to its guard, which sends its number
 * outside (a pid_t) as the word to begin, and gets one byte when the lab stands. */
_Noreturn void keeper_main(const struct launch *l, int link);
