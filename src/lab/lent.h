// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "lab/state.h"
#include "model/model.h"

/*
 * Physical interfaces of the host that nodes have for as long as the lab lives. See lent.c for who
 * gives them back.
 */

typedef void lent_warn_fn(void *arg, const char *text);

/* 0, or why this user or this machine cannot lend what TOPO asks for, with the place of the first.
 * What may be a mistake goes to WARN (NULL: nowhere). Called in the host's network namespace; ROOT
 * is the labs' directory. */
int lent_check(const struct topo *topo, const struct state_places *places, const char *root,
               lent_warn_fn *warn, void *arg, struct err *err);

/* The keeper's: lender_open is called in the host's network namespace; then lender_lend from
 * anywhere, and any thread. GUARD is a socket to the guard, which is handed each NETNS that gets an
 * interface. Freed, nothing of the host is held any more. */
struct lender;
int lender_open(const struct state *state, int guard, struct lender **ret, struct err *err);
int lender_lend(struct lender *lender, const struct iface *iface, int netns, struct err *err);
void lender_close(struct lender *lender); /* NULL is fine */

/* The guard's: the namespaces that it was handed. */
struct lent_doors {
    int *netns;
    uint32_t n;
};

/* Fetches all that the journal open as JOURNAL tells of, through DOORS where there are any (NULL:
 * none), and makes it what it was. Waits a while for what comes by itself; -EBUSY and who holds it
 * where it does not. In the host's network namespace. */
int lent_fetch(int journal, const struct lent_doors *doors, struct err *err);
