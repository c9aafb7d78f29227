// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* Whether this process may make namespaces and networks as it is: CAP_SYS_ADMIN and CAP_NET_ADMIN
 * are in force. The user's number says nothing about it. */
bool creds_privileged(void);

/*
 * A new user namespace in which the caller is root and owns all that it makes from now on. The
 * caller must have one thread. A refusal is STATUS_LACKING and names the setting.
 */
int creds_enter_userns(struct err *err);

/* Fills ERR for CODE, the refusal of WHAT ("a mount of proc"), with the reason and the remedy as
 * far as settings tell: STATUS_LACKING. Returns CODE. */
int creds_refused(struct err *err, int code, const char *what);
