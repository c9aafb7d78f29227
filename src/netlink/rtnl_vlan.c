// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* The VLANs of a bridge's ports. */
#include <netinet/in.h>
#include <sys/socket.h>

#include <linux/if_bridge.h> /* after in.h: it brings the kernel's own otherwise */

#include "netlink/rtnl.h"

static void put_vlan(struct nl_msg *m, uint16_t vlan, uint16_t flags)
{
    const struct bridge_vlan_info info = {.flags = flags, .vid = vlan};
    nl_put(m, IFLA_BRIDGE_VLAN_INFO, &info, sizeof(info));
}

static void put_range(struct nl_msg *m, const struct vlan_range *range)
{
    if (range->first == range->last) {
        put_vlan(m, range->first, 0);
    } else {
        put_vlan(m, range->first, BRIDGE_VLAN_INFO_RANGE_BEGIN);
        put_vlan(m, range->last, BRIDGE_VLAN_INFO_RANGE_END);
    }
}

/* RTM_SETLINK adds to what is there. What is no port is a bridge itself. */
static struct nl_msg *begin(struct nl *nl, uint16_t type, const struct iface *iface)
{
    const struct ifinfomsg header = {.ifi_family = PF_BRIDGE, .ifi_index = (int)iface->index};
    struct nl_msg *m = nl_begin(nl, type, 0);
    nl_put_header(m, &header, sizeof(header));
    return m;
}

static void put_self(struct nl_msg *m, const struct iface *iface)
{
    if (!iface_is_port(iface))
        nl_put_u16(m, IFLA_BRIDGE_FLAGS, BRIDGE_FLAGS_SELF);
}

static void leave_default(struct nl *nl, const struct iface *iface, uint32_t cookie)
{
    struct nl_msg *m = begin(nl, RTM_DELLINK, iface);
    NL_NEST (m, IFLA_AF_SPEC) {
        put_self(m, iface);
        put_vlan(m, VLAN_DEFAULT, 0);
    }
    nl_queue(nl, cookie);
}

void rtnl_set_vlans(struct nl *nl, const struct iface *iface, uint32_t cookie)
{
    const struct vlans *vlans = iface_extra(iface)->vlans;
    bool other = vlans->untagged != VLAN_DEFAULT;
    if (other)
        leave_default(nl, iface, cookie);
    if (!other && !vlans->tagged.n)
        return;
    struct nl_msg *m = begin(nl, RTM_SETLINK, iface);
    NL_NEST (m, IFLA_AF_SPEC) {
        put_self(m, iface);
        if (other && vlans->untagged)
            put_vlan(m, vlans->untagged, BRIDGE_VLAN_INFO_PVID | BRIDGE_VLAN_INFO_UNTAGGED);
        VEC_EACH (const struct vlan_range, it, &vlans->tagged)
            put_range(m, it);
    }
    nl_queue(nl, cookie);
}
