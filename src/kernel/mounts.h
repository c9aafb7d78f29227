// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* All in the calling process's mount namespace, which must be one of its own. */

/* What the host mounts and unmounts from now on happens here too, never the other way round. */
int mounts_follow_host(struct err *err);

/* /proc of the caller's PID namespace, /sys of its network namespace, over the ones there are. */
int mounts_proc(struct err *err);
int mounts_sys(struct err *err);

/* FROM in place of the file TO; passed over where there is no TO. */
int mounts_file_over(const char *from, const char *to, struct err *err);
