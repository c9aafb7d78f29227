// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "doc/doc.h"

/*
 * Texts that refer to something, and names that stand for many.
 *
 *   $1  $(site)  $(node)     a part of the name, a named one, a variable; the name itself: as
 * written
 *   $(i+10)  $($1*4+1)       a whole number: + - * / %, parentheses, division towards zero
 *   $$                       a dollar
 *
 *   r(1..3)  leaf(01..12)  h(a|b|c)  pod(p=1..k/2)-(1..2)
 *
 * Each pair of parentheses that no dollar precedes is a part of a name; the last varies fastest.
 */

/* What one part of a name is in one of the names that it makes. */
struct part {
    const char *name; /* NULL: known by its place alone */
    const char *text; /* as written: "07" */
};

/* What a text may refer to. */
struct scope {
    const struct scope *outer; /* or NULL */
    const struct part *parts;  /* $1, $2, …; in a scope without a node: variables */
    uint32_t n;
    const char *node; /* $(node); NULL: what PARTS are has no place */
};

/* One of the names that a pattern makes. */
struct made {
    const char *name;
    const struct part *parts;
    uint32_t n;
};
typedef VEC(struct made) made_list;

#define MADE_MAX (1u << 16) /* names that one pattern may make */

/* TEXT, found at POS, with what it refers to in its place; NULL after an error was reported. */
const char *expand_text(struct diags *d, const struct scope *scope, const char *text,
                        struct pos pos);

/* N with all its texts expanded; N itself where it refers to nothing, NULL after an error. */
const struct doc_node *expand_doc(struct diags *d, const struct scope *scope,
                                  const struct doc_node *n);

/* Whether TEXT is a pattern: has parts, or refers to something. */
bool is_pattern(const char *text);

/* Appends the names that pattern TEXT makes, one or more; false after an error was reported. Names
 * are not looked at: they may be no node's. */
bool expand_pattern(struct diags *d, const struct scope *scope, const char *text, struct pos pos,
                    made_list *ret);

/* After the error that TEXT is no name: how a pattern is written, where one may have been meant. */
void help_pattern(struct diags *d, const char *text);

/* Whether pattern TEXT refers to a part that SCOPE itself (not an outer one) knows. */
bool pattern_refers_to(const char *text, const struct scope *scope);

/* Whether NAME will do for a variable or a part: a letter, then letters, digits and _; not node. */
bool part_name_valid(const char *name);
#define PART_NAME_PATTERN "^(?!node$)[A-Za-z][A-Za-z0-9_]*$"
