// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/util.h"

/*
 * The way to /proc/sys for a thread that walks through many network namespaces. Paths are those
 * below /proc/sys ("net/ipv4/ip_forward"); what is under net/ is that of the namespace which the
 * calling thread is in. For one thread at a time.
 */
struct sysctl_door {
    int proc;            /* the root of a procfs, or -1 */
    unsigned namespaces; /* entered since PROC was opened */
    bool no_fresh;       /* this kernel or user cannot have procfs instances of its own */
};

#define SYSCTL_DOOR_CLOSED ((struct sysctl_door){.proc = -1})

/* To be called whenever the thread has entered another namespace. */
void sysctl_door_moved(struct sysctl_door *door);
void sysctl_door_close(struct sysctl_door *door);

/* 0, or the negative errno of the open or the write. */
int sysctl_write(struct sysctl_door *door, const char *path, const char *value);

/* 1 when it reads as VALUE (white space aside), 0 when not, or a negative errno (-EACCES where it
 * cannot be read). */
int sysctl_is(struct sysctl_door *door, const char *path, const char *value);
