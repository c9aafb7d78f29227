// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * A list of mmap'ed chunks, filled from the front; what does not fit gets a chunk of its own.
 *
 * AddressSanitizer is told what was given out, with a gap behind each piece: to it a chunk would be
 * one piece of memory, in which no step too far is seen.
 */
#include "base/arena.h"

#include <string.h>
#include <sys/mman.h>

#include "base/memory.h"
#include "base/vec.h"

#define CHUNK_FIRST (64u << 10)
#define CHUNK_MAX (4u << 20)
#define ALIGNMENT 8

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define GAP 16
#else
#define ASAN_POISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
#define GAP 0
#endif

struct chunk {
    struct chunk *next;
    size_t size, used;
};

struct arena {
    struct chunk *chunks;
    size_t next_size;
};

static struct chunk *chunk_new(size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        memory_exhausted();
    if (size >= CHUNK_MAX)
        madvise(memory, size, MADV_HUGEPAGE); /* a fault for 2 MiB, not 512 of them */
    struct chunk *chunk = memory;
    ASAN_POISON_MEMORY_REGION(chunk + 1, size - sizeof(*chunk));
    chunk->size = size;
    chunk->used = (sizeof(*chunk) + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    return chunk;
}

struct arena *arena_new(void)
{
    struct arena *arena = memory_zeroed(1, sizeof(*arena));
    arena->next_size = CHUNK_FIRST;
    return arena;
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
        next = chunk->next;
        ASAN_UNPOISON_MEMORY_REGION(chunk, chunk->size);
        munmap(chunk, chunk->size);
    }
    free(arena);
}

size_t arena_size(const struct arena *arena)
{
    size_t size = 0;
    for (const struct chunk *chunk = arena->chunks; chunk; chunk = chunk->next)
        size += chunk->used;
    return size;
}

/* Puts a chunk that holds SIZE more bytes in front. */
static void arena_extend(struct arena *arena, size_t size)
{
    size_t want = size + sizeof(struct chunk) + ALIGNMENT;
    if (want < arena->next_size)
        want = arena->next_size;
    struct chunk *chunk = chunk_new((want + 4095) & ~(size_t)4095);
    chunk->next = arena->chunks;
    arena->chunks = chunk;
    if (arena->next_size < CHUNK_MAX)
        arena->next_size *= 2;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    if (size > PTRDIFF_MAX - 2 * ALIGNMENT - GAP)
        memory_exhausted();
    size_t takes = (size + GAP + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    struct chunk *chunk = arena->chunks;
    if (!chunk || chunk->size - chunk->used < takes) {
        arena_extend(arena, takes);
        chunk = arena->chunks;
    }
    void *p = (char *)chunk + chunk->used;
    chunk->used += takes;
    ASAN_UNPOISON_MEMORY_REGION(p, size);
    return p;
}

char *arena_strndup(struct arena *arena, const char *s, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);
    memcpy(copy, s, len);
    return copy;
}

char *arena_strdup(struct arena *arena, const char *s)
{
    return arena_strndup(arena, s, strlen(s));
}

char *arena_vprintf(struct arena *arena, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int len = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (len < 0)
        memory_exhausted();
    char *text = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, fmt, ap);
    return text;
}

char *arena_printf(struct arena *arena, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    char *text = arena_vprintf(arena, fmt, ap);
    va_end(ap);
    return text;
}

void *vec_widen(struct arena *arena, void *v, uint32_t n, uint32_t *cap, uint32_t wanted,
                size_t size)
{
    if (wanted <= *cap)
        return v;
    *cap = wanted;
    void *grown = arena_alloc(arena, (size_t)wanted * size);
    if (n)
        memcpy(grown, v, n * size);
    return grown;
}

void *vec_copy(struct arena *arena, const void *v, uint32_t n, size_t size)
{
    uint32_t cap = 0;
    return n ? vec_widen(arena, (void *)v, n, &cap, n, size) : NULL;
}

void *vec_grow(struct arena *arena, void *v, uint32_t n, uint32_t *cap, size_t size)
{
    if (n < *cap)
        return v;
    return vec_widen(arena, v, n, cap, *cap ? *cap * 2 : 1, size);
}
