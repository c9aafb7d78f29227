// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"

/* Whether this process may make namespaces and networks as it is: CAP_SYS_ADMIN and CAP_NET_ADMIN
 * are in force. The user's number says nothing about it. */
bool creds_privileged(void);

/*
 * A new user namespace in which the caller is root and owns all that it makes from now on. Users 1
 * to 65535 are there too, as far as the system grants the caller numbers (subuid(5)). The caller
 * must have one thread. A refusal is STATUS_LACKING and names the setting.
 */
int creds_enter_userns(struct err *err);

/* unshare(2) of namespaces of KINDS (CLONE_NEW*, one or more). A refusal is STATUS_LACKING: WHAT
 * ("The lab may not have mounts of its own"), and the setting that is in the way. */
int creds_unshare(int kinds, const char *what, struct err *err);

/* Fills ERR for CODE, the refusal of WHAT ("a mount of proc"), with the reason and the remedy as
 * far as settings tell: STATUS_LACKING. Returns CODE. */
int creds_refused(struct err *err, int code, const char *what);

/* Whether there are users here beside root. */
bool creds_has_users(void);

/* Fills ERR for CODE, the refusal to be user (or to give something to) WHO: STATUS_LACKING, with
 * the remedy where this is a user namespace without other users. Returns CODE. */
int creds_no_users(struct err *err, int code, const char *who);
