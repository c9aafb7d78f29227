// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "plan/plan.h"

/* Programs and files in the script of a plan (print_sh.c): each adds to S what TOPO needs. */

/* The functions that the others call. */
void script_programs_functions(struct str *s, const struct topo *topo);

/* What ends the services and their files; indented, in front of the namespaces' end. */
void script_programs_down(struct str *s, const struct topo *topo);

/* The mount namespace of NODE, where it has one, when its network namespace is there. */
void script_own_files(struct str *s, const struct topo *topo, const struct node *node);

/* An OP_FILE, OP_EXEC or OP_SERVICE. */
void script_program(struct str *s, const struct plan *plan, const struct op *op);
