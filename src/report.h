// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/diag.h"

/*
 * What is wrong with topologies, for programs. Of N files together, each with its sorted
 * diagnostics; all of them are shown. The caller frees the text; it ends in a newline unless it is
 * empty.
 */

/* {"files": [{"file", "ok", "errors", "warnings", "diagnostics": [{"level", "line", "column",
 * "length", "text", "help", "note": {"line", "column", "text"}}]}]}. Line 0: no place. Without
 * help or note there is no such member. */
char *report_json(const struct diags *const files[], size_t n);

/* Workflow commands of GitHub Actions: "::error file=F,line=L,col=C::TEXT", one a line. */
char *report_github(const struct diags *const files[], size_t n);

/* SARIF 2.1.0, as code scanners and editors read it. */
char *report_sarif(const struct diags *const files[], size_t n);
