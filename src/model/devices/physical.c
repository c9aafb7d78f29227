// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* An interface of the machine, lent to the node. */
#include "model/language_devices.h"
#include "model/load_devices.h"

struct physical {
    struct text_value host_interface;
};

static const struct field fields[] = {
    {"host-interface", "which of this machine's interfaces is lent", &type_iface_name,
     offsetof(struct physical, host_interface), FIELD_REQUIRED},
};
static const struct table table = DEVICE_TABLE("a", "physical", fields);

static bool load(struct loader *l, struct iface *iface)
{
    const struct text_value *host = &((const struct physical *)iface->device->own)->host_interface;
    struct iface *first = map_put_str(&l->lent, host->text, iface);
    if (!first)
        return true;
    diag_error(l->r.diags, host->pos, "%s is lent twice", host->text);
    diag_note(l->r.diags, first->pos, "%s has it", iface_label(l->scratch, first));
    return false;
}

const char *iface_host_interface(const struct iface *iface)
{
    return iface_is(iface, &device_type_physical)
               ? ((const struct physical *)iface->device->own)->host_interface.text
               : NULL;
}

const struct device_type device_type_physical = {
    .name = "physical",
    .summary = "an interface of the machine, lent to the node",
    .table = &table,
    .size = sizeof(struct physical),
    .maker = MAKER_LENT,
    .load = load,
};
