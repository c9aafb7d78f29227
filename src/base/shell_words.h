// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/arena.h"

/*
 * The words of TEXT as a POSIX shell would have them: quotes and backslashes do what they do there,
 * and are gone. NULL-terminated, in ARENA; there may be none. NULL where TEXT has what only a shell
 * can do: *RET_BAD is that character in TEXT, one of `| & ; < > $ * ( )`, a backquote or a newline,
 * or a quote that is never closed, or the backslash that TEXT ends with.
 */
char **shell_words(struct arena *arena, const char *text, const char **ret_bad);
