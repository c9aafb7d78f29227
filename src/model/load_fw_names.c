// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Names in a rule's matches: in place of each its addresses, one of each family that it has. */
#include <string.h>
#include <sys/socket.h>

#include "model/load_firewall.h"

bool fw_name_addrs(struct fw_loader *f, const char *name, struct pos pos, struct addr ret[2])
{
    struct named named;
    if (!load_named(f->l, name, pos, &named))
        return false;
    for (int i = 0; i < 2; i++) {
        const struct ifaddr *addr = named_addr(&named, i ? AF_INET6 : AF_INET);
        ret[i] = addr ? addr->prefix.addr : (struct addr){0};
    }
    if (ret[0].family || ret[1].family)
        return true;
    diag_error(f->d, pos, "%s has no address", name);
    return false;
}

static bool has_names(const struct match_value *value)
{
    for (uint32_t i = 0; i < value->n; i++) {
        if (value->v[i].named)
            return true;
    }
    return false;
}

static bool mean_values(struct fw_loader *f, struct match_value *value)
{
    struct fw_written *v = arena_alloc(f->arena, 2 * value->n * sizeof(*v));
    uint32_t n = 0;
    for (uint32_t i = 0; i < value->n; i++) {
        struct addr addrs[2];
        if (!value->v[i].named) {
            v[n++] = value->v[i];
            continue;
        }
        if (!fw_name_addrs(f, value->v[i].text, value->v[i].pos, addrs))
            return false;
        for (int j = 0; j < 2; j++) {
            if (!addrs[j].family)
                continue;
            v[n] = value->v[i];
            v[n].type = j ? FW_TYPE_IPV6 : FW_TYPE_IPV4;
            memcpy(v[n].value.first.bytes, addrs[j].bytes, sizeof(addrs[j].bytes));
            v[n].value.last = v[n].value.first;
            n++;
        }
    }
    value->v = v;
    value->n = n;
    return true;
}

const struct fw_rule_input *fw_mean_names(struct fw_loader *f, const struct fw_rule_input *in)
{
    static const enum fw_key keys[] = {FW_FROM, FW_TO};
    struct fw_rule_input *own = NULL;
    bool ok = true;
    for (size_t i = 0; i < 2 * ARRAY_SIZE(keys); i++) {
        enum fw_key key = keys[i / 2];
        if (!has_names(i % 2 ? &in->is_not.keys[key] : &in->is.keys[key]))
            continue;
        if (!own) {
            own = arena_new_of(f->arena, struct fw_rule_input);
            *own = *in;
        }
        ok = mean_values(f, i % 2 ? &own->is_not.keys[key] : &own->is.keys[key]) && ok;
    }
    return !ok ? NULL : own ? own : in;
}
