// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Devices, made by what their types' tables say. */
#include <netinet/in.h>

#include <arpa/inet.h>
#include <linux/if_link.h>

#include "model/device.h"
#include "model/times.h"
#include "netlink/rtnl.h"

static void put_int(struct nl_msg *m, const struct device_option *option, uint32_t value)
{
    switch (option->form) {
    case OPTION_U8:
    case OPTION_CHOICE_U8:
    case OPTION_CHOICE_FLAG:
        nl_put_u8(m, option->attr, (uint8_t)value);
        return;
    case OPTION_U16:
        nl_put_u16(m, option->attr, (uint16_t)value);
        return;
    case OPTION_U32:
    case OPTION_CHOICE_U32:
        nl_put_u32(m, option->attr, value);
        return;
    case OPTION_BE16:
    case OPTION_CHOICE_BE16:
    case OPTION_FLAG_BE16:
        nl_put_u16(m, option->attr, htons((uint16_t)value));
        return;
    case OPTION_BE32:
        nl_put_u32(m, option->attr, htonl(value));
        return;
    case OPTION_CENTISECONDS:
    case OPTION_MILLISECONDS:
    case OPTION_ADDR:
    case OPTION_PARENT:
        return;
    }
}

/* The number that the kernel has for IN. */
static uint32_t number_of(const struct device_option *option, const struct int_value *in)
{
    bool flag = option->form == OPTION_FLAG_BE16;
    return option->choices ? option->choices[flag ? 0 : in->value].number : in->value;
}

static void put_addr(struct nl_msg *m, const struct device_option *option, const struct addr *addr)
{
    bool other = addr->family == AF_INET6 && option->attr6;
    if (addr->family)
        nl_put_addr(m, other ? option->attr6 : option->attr, addr);
}

static void put_time(struct nl_msg *m, const struct device_option *option,
                     const struct duration_value *in, uint32_t unit_us)
{
    if (in->pos.line)
        nl_put_u32(m, option->attr, (uint32_t)(in->us / unit_us));
}

static void put_option(struct nl_msg *m, const struct iface *iface,
                       const struct device_option *option)
{
    const void *value = (const char *)iface->device->own + option->offset;
    const struct int_value *number = value;
    switch (option->form) {
    case OPTION_ADDR:
        put_addr(m, option, &((const struct addr_value *)value)->addr);
        return;
    case OPTION_CENTISECONDS:
        put_time(m, option, value, 10000);
        return;
    case OPTION_MILLISECONDS:
        put_time(m, option, value, 1000);
        return;
    case OPTION_PARENT:
        if (iface->device->parent)
            nl_put_u32(m, option->attr, iface->device->parent->index);
        return;
    case OPTION_U8:
    case OPTION_U16:
    case OPTION_U32:
    case OPTION_BE16:
    case OPTION_BE32:
    case OPTION_CHOICE_U8:
    case OPTION_CHOICE_U32:
    case OPTION_CHOICE_BE16:
    case OPTION_CHOICE_FLAG:
    case OPTION_FLAG_BE16:
        if (number->pos.line)
            put_int(m, option, number_of(option, number));
        return;
    }
}

/* A bridge takes its MTU from its ports, until it is given one after its creation. */
static bool has_mtu_later(const struct iface *iface)
{
    return iface_is(iface, &device_type_bridge);
}

void rtnl_add_device(struct nl *nl, const struct iface *iface, uint32_t cookie)
{
    const struct device_type *type = iface->device->type;
    struct nl_msg *m = rtnl_begin_link(nl, NLM_F_CREATE | NLM_F_EXCL, iface->index, 0);
    nl_put_str(m, IFLA_IFNAME, iface->name);
    if (iface->mtu && !has_mtu_later(iface))
        nl_put_u32(m, IFLA_MTU, iface->mtu);
    if (iface_extra(iface)->has_mac)
        nl_put_mac(m, IFLA_ADDRESS, &iface->extra->mac);
    if (type->on_parent)
        nl_put_u32(m, IFLA_LINK, iface->device->parent->index);
    NL_NEST (m, IFLA_LINKINFO) {
        nl_put_str(m, IFLA_INFO_KIND, type->name);
        NL_NEST (m, IFLA_INFO_DATA) {
            for (size_t i = 0; i < type->n_options; i++)
                put_option(m, iface, &type->options[i]);
        }
    }
    nl_queue(nl, cookie);
}
