// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

/* The kernel's numbers that the headers nslab is built with may not have yet. */
#define COMPAT_TCA_NETEM_PRNG_SEED 14 /* Linux 6.6 */
