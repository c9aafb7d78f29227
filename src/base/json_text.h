// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <jansson.h>

/* TEXT, or LEN bytes of it, as JSON, for what others wrote: where it is not UTF-8, each byte beyond
 * ASCII becomes '?'. New reference. */
json_t *json_text(const char *text);
json_t *json_textn(const char *text, size_t len);
