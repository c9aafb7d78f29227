// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/device.h"
#include "model/load.h"

/* For device types (model/devices/), while a file is read. */

/* Makes IFACE the br0 of its node, a switch or hub. */
void load_add_switch_bridge(struct loader *l, struct iface *iface);

/* Makes IFACE the node's end of its uplink: a tap, or one end of a PAIR. */
void load_add_uplink_device(struct loader *l, struct iface *iface, bool pair);

/* The interface of OF's node that NAME names, not OF itself; NULL after an error. */
struct iface *device_find(struct loader *l, const struct iface *of, const struct text_value *name);

/* Puts IFACE on the interface NAME: false after an error. */
bool device_stand_on(struct loader *l, struct iface *iface, const struct text_value *name);

/* Makes IFACE the master of NAMES (of text_value): false after an error. */
bool device_take_members(struct loader *l, struct iface *iface, const struct list_value *names);

/* Whether PARENT carries Ethernet frames, which IFACE is made for; false after an error at POS. */
bool device_check_frames(struct loader *l, const struct iface *iface, const struct iface *parent,
                         struct pos pos);

/* Whether no other device of IFACE's type in its node is the SAME; false after an error at POS. */
typedef bool device_same_fn(const struct iface *a, const struct iface *b);
bool device_check_twin(struct loader *l, const struct iface *iface, device_same_fn *same,
                       struct pos pos);

/* Packets of IFACE must fit into those of its parent. */
void device_check_parent_mtu(struct loader *l, const struct iface *iface);

/* VALUE where the file says nothing. */
void device_default(const struct iface *iface, struct int_value *in, uint32_t value);
