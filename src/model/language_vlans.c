// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "model/language_vlans.h"

#include "model/language_devices.h"

#define VLAN_MAX 4094
#define VLAN_PATTERN "(409[0-4]|40[0-8][0-9]|[123][0-9]{3}|[1-9][0-9]{0,2})"

/* 10, or 10-20. */
static bool read_range(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    uint32_t first = 0, last = 0;
    const char *end = NULL;
    bool ok = n->kind == DOC_SCALAR && n->text[0] != '0' && u32_parse(n->text, &first, &end);
    last = first;
    if (ok && *end == '-')
        ok = end[1] != '0' && u32_parse(end + 1, &last, &end);
    if (!ok || *end || !first || last > VLAN_MAX || first > VLAN_MAX)
        return type_mismatch(r, type, n);
    if (first > last) {
        diag_error(r->diags, n->pos, "the range %s ends before it begins", n->text);
        diag_help(r->diags, "write it as %u-%u", last, first);
        return false;
    }
    *(struct vlan_range_value *)out =
        (struct vlan_range_value){(uint16_t)first, (uint16_t)last, n->pos};
    return true;
}

static json_t *describe_range(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return describe_either(
        json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 1, "maximum", VLAN_MAX),
        json_pack("{s:s,s:s}", "type", "string", "pattern",
                  "^" VLAN_PATTERN "(-" VLAN_PATTERN ")?$"));
}

static const struct type type_range = {
    .expects = "a VLAN's number from 1 to 4094, or a range like 10-20",
    .read = read_range,
    .describe = describe_range,
};

static const struct type type_tagged = {
    .expects = "a list of VLANs, like [10-20, 30]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_range,
    .size = sizeof(struct vlan_range_value),
    .min = 1,
};

static const struct field fields[] = {
    {"tagged", "the VLANs whose frames it carries with their tags", &type_tagged,
     offsetof(struct vlans_value, tagged)},
    {"untagged", "the VLAN of frames without a tag; where not given they are dropped",
     &type_vlan_id, offsetof(struct vlans_value, untagged)},
};
static const char *const needs[] = {"tagged", "untagged", NULL};
static const struct table table = {
    .name = "vlan",
    .what = "vlan",
    .fields = fields,
    .n = ARRAY_SIZE(fields),
    .needs_any_of = needs,
};

static bool read_vlans(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct vlans_value *vlans = out;
    if (doc_is_nothing(n))
        return true;
    vlans->pos = n->pos;
    if (n->kind == DOC_MAP)
        return table_read(r, &table, n, out);
    if (n->kind == DOC_LIST)
        return type_mismatch(r, type, n);
    return type_vlan_id.read(r, type, n, &vlans->untagged);
}

static json_t *describe_vlans(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(describe_int(&type_vlan_id, s), schema_ref(s, &table));
}

const struct type type_vlans = {
    .name = "vlan-or-number",
    .expects = "a VLAN's number from 1 to 4094, or {tagged: [10-20, 30], untagged: 1}",
    .read = read_vlans,
    .describe = describe_vlans,
    .min = 1,
    .max = VLAN_MAX,
};
