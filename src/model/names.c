// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/names.h"

#include <ctype.h>
#include <string.h>

#include "base/str.h"

#define ALNUM "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

/* A letter or digit, then bytes of ALLOWED, at most MAX in all. */
static bool name_valid(const char *name, const char *allowed, size_t max)
{
    size_t len = strlen(name);
    return len && len <= max && strchr(ALNUM, name[0]) && strspn(name, allowed) == len;
}

bool lab_name_valid(const char *name)
{
    return name_valid(name, ALNUM "_-", 32);
}

bool node_name_valid(const char *name)
{
    return name_valid(name, ALNUM "_.-", 63) && strcmp(name, "all") != 0;
}

bool service_name_valid(const char *name)
{
    return name_valid(name, ALNUM "_.-", 63) && strcmp(name, "firewall") != 0 &&
           strcmp(name, "exec") != 0;
}

bool fw_name_valid(const char *name)
{
    return isalpha((unsigned char)name[0]) && name_valid(name, ALNUM "_.-", 64);
}

static bool has_control(const char *text)
{
    while (*text && !str_control(text))
        text++;
    return *text;
}

static bool has_space(const char *text)
{
    for (; *text; text++) {
        if (isspace((unsigned char)*text))
            return true;
    }
    return false;
}

bool iface_name_valid(const char *name)
{
    static const char *const taken[] = {".", "..", "all", "default"};
    for (size_t i = 0; i < ARRAY_SIZE(taken); i++) {
        if (strcmp(name, taken[i]) == 0)
            return false;
    }
    size_t len = strlen(name);
    return len && len <= 15 && !strpbrk(name, "/:%\xa0") && /* lib/ctype.c */
           !has_space(name) && !has_control(name);
}

bool endpoint_valid(const char *text)
{
    const char *colon = strchr(text, ':');
    char node[64];
    size_t len = colon ? (size_t)(colon - text) : strlen(text);
    if (len >= sizeof(node))
        return false;
    memcpy(node, text, len);
    node[len] = '\0';
    return node_name_valid(node) && (!colon || iface_name_valid(colon + 1));
}

/* .WORD(/WORD)*, again and again: in a dotted name a slash stands for a dot in a word. */
static bool dotted_valid(const char *rest)
{
    while (*rest) {
        size_t len = strcspn(rest + 1, "./");
        if (!len)
            return false;
        rest += 1 + len;
    }
    return true;
}

static bool slashed_valid(const char *rest)
{
    while (*rest) {
        size_t len = strcspn(rest + 1, "/");
        if (!len || rest[1] == '.')
            return false;
        rest += 1 + len;
    }
    return true;
}

bool sysctl_name_valid(const char *name)
{
    if (strncmp(name, "net", 3) != 0 || has_space(name))
        return false;
    if (name[3] == '.')
        return dotted_valid(name + 3);
    return name[3] == '/' && slashed_valid(name + 3);
}

bool iface_sysctl_valid(const char *name)
{
    const char *dot = strchr(name, '.');
    size_t len = dot ? (size_t)(dot - name) : 0;
    bool known = len == 4 && (strncmp(name, "ipv4", 4) == 0 || strncmp(name, "ipv6", 4) == 0 ||
                              strncmp(name, "mpls", 4) == 0);
    if (!known)
        return false;
    if (strncmp(dot, ".neigh.", 7) == 0)
        dot += 6;
    len = strspn(dot + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return len && !dot[1 + len];
}

bool label_valid(const char *key)
{
    return *key && !strchr(key, '=') && !has_space(key);
}
