// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/err.h"
struct programs; /* model/programs.h */

/*
 * The files that only one node sees: an empty /run, /tmp and /var/tmp, and what `files` and
 * `directories` say. Called in a mount namespace of the node's own, which nothing else stands in,
 * by a thread that may change it. Nothing of it is ever a file of the machine's: all lies in a
 * tmpfs that goes with the namespace.
 *
 * What cannot be had on this machine is STATUS_WRONG or STATUS_LACKING with the place in the file
 * that asks for it.
 */
int files_furnish(const struct programs *programs, struct err *err);

/* Whether PROGRAMS has a file or directory PATH. */
bool files_have(const struct programs *programs, const char *path);
