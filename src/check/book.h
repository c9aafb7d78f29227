// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/addr.h"
#include "lab/roster.h"

/*
 * Who has which address in a lab. A node's name means the address that the topology gave it first,
 * as in /etc/hosts; where it gave none (SLAAC, DHCP) the first that the node has now, and so it is
 * with a single interface. Link-local ones and those of 127.0.0.0/8 and ::1 do not count.
 */
struct book;

/* Asks the kernel once for all nodes of ROSTER, which is lab S's and has to outlive the book. */
int book_read(const struct state *s, const struct roster *roster, struct book **ret,
              struct err *err);
void book_free(struct book *book); /* NULL is fine */

static inline void book_freep(struct book **book)
{
    book_free(*book);
}
#define CLEAN_BOOK CLEANUP(book_freep)

/* Of FAMILY, of node number NODE, on its interface IFACE (NULL: any); false where there is none. */
bool book_find(const struct book *book, uint32_t node, const char *iface, int family,
               struct addr *ret);

/* The number of the first node that has ADDR; false where none has it. */
bool book_owner(const struct book *book, const struct addr *addr, uint32_t *ret_node);

/* "r1 (10.0.1.1)", or the address alone where nobody has it. BOOK may be NULL. */
void book_add_name(const struct book *book, const struct addr *addr, struct str *out);
