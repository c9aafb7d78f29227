// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "base/str.h"
#include "model/model.h"

/* The options of a device in the words of ip-link(8), after its type: " id 10 protocol 802.1ad". */
void device_words(struct str *s, const struct iface *iface);

/* " link eth0", of a device that is made on another: what stands before its name. */
void device_words_link(struct str *s, const struct iface *iface);
