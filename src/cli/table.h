// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stddef.h>
#include <stdio.h>

/* Text in columns, as wide as what stands in them. */
struct table;

/* COLUMNS cells a row (at most 16), INDENT spaces before each. */
struct table *table_new(size_t columns, unsigned indent);
void table_free(struct table *table);
void table_clean(struct table **table);
#define CLEAN_TABLE __attribute__((cleanup(table_clean)))

/* The next cell, row by row. Control characters are shown as '?'. */
__attribute__((format(printf, 2, 3))) void table_add(struct table *table, const char *fmt, ...);

/* The colour of the cell added last: an SGR code as of green(), "" for none. Borrowed. */
void table_colour(struct table *table, const char *colour);

/* A column with nothing in any row but the first (the headings) is left out. */
void table_print(const struct table *table, FILE *out);
