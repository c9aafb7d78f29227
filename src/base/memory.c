// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/memory.h"

#include <errno.h>
#include <jansson.h>

#include "base/util.h"

static struct {
    int fd;
    const void *text; /* or NULL */
    size_t len;
} last_words = {.fd = STDERR_FILENO};

void memory_last_words(int fd, const void *text, size_t len)
{
    last_words.fd = fd;
    last_words.text = text;
    last_words.len = len;
}

void memory_exhausted(void)
{
    static const char plain[] = "nslab: out of memory\n";
    if (last_words.fd >= 0 && last_words.text)
        fd_write_all(last_words.fd, last_words.text, last_words.len);
    else if (last_words.fd >= 0)
        fd_write_all(STDERR_FILENO, plain, sizeof(plain) - 1);
    _exit(1); /* what waits in stdio's buffers is not to look like a whole result */
}

void *memory_given(void *p)
{
    if (!p)
        memory_exhausted();
    return p;
}

void memory_taken(int r)
{
    if (r < 0)
        memory_exhausted();
}

bool memory_sufficed(int r)
{
    if (r < 0 && errno == ENOMEM)
        memory_exhausted();
    return r >= 0;
}

void *memory_get(size_t size)
{
    return memory_given(malloc(size ? size : 1));
}

void *memory_zeroed(size_t n, size_t size)
{
    return memory_given(calloc(n ? n : 1, size));
}

void *memory_resize(void *p, size_t size)
{
    return memory_given(realloc(p, size ? size : 1));
}

char *memory_text(const char *text)
{
    return memory_given(strdup(text));
}

char *memory_textn(const char *text, size_t len)
{
    return memory_given(strndup(text, len));
}

/* Before anybody has used it. */
static __attribute__((constructor)) void give_to_jansson(void)
{
    json_set_alloc_funcs(memory_get, free);
}
