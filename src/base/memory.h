// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * What to do when there is no more memory: end. Nobody could go on without, and a lab whose keeper
 * ends is taken back as after any other end. So nothing here returns NULL, and neither does
 * jansson: it is told to take its memory from here, as its callers would else have to look at every
 * call, and a report with something missing would look like a whole one.
 *
 * Who holds something that nobody else takes back when the process ends (a half of what it was to
 * change, a request of somebody) uses malloc, and says -ENOMEM.
 */

/* Says "nslab: out of memory" and ends the process, all of its threads, with 1. */
_Noreturn void memory_exhausted(void);

/* This process, which somebody waits for, says it to them instead: writes LEN bytes of TEXT, which
 * stays where it is, to FD. FD -1: nothing, its end says enough. STDERR_FILENO, NULL: as before. */
void memory_last_words(int fd, const void *text, size_t len);

/* As malloc, calloc, realloc, strdup and strndup; never NULL. */
void *memory_get(size_t size);
void *memory_zeroed(size_t n, size_t size);
void *memory_resize(void *p, size_t size);
char *memory_text(const char *text);
char *memory_textn(const char *text, size_t len);

/* What a library gave: P, NULL where there was no more; R, negative where it could not take a copy
 * of what it was given, which else cannot fail. */
void *memory_given(void *p);
void memory_taken(int r);

/* Whether what returned R succeeded, which may fail for what it was given, too; errno, 0 before,
 * says which of the two it was. */
bool memory_sufficed(int r);
