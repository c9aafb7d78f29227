// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "netlink/hops.h"

/* HOP, if it is within MULTIPATH. */
static struct rtnexthop *within(const struct nlattr *multipath, struct rtnexthop *hop)
{
    const char *end =
        (const char *)mnl_attr_get_payload(multipath) + mnl_attr_get_payload_len(multipath);
    long left = end - (const char *)hop;
    return left >= (long)sizeof(*hop) && RTNH_OK(hop, left) ? hop : NULL;
}

struct rtnexthop *hops_first(const struct nlattr *multipath)
{
    return within(multipath, mnl_attr_get_payload(multipath));
}

struct rtnexthop *hops_next(const struct nlattr *multipath, const struct rtnexthop *hop)
{
    return within(multipath, RTNH_NEXT(hop));
}

static bool any_leads_over(const struct nlattr *multipath, uint32_t index)
{
    HOPS_EACH (hop, multipath) {
        if ((uint32_t)hop->rtnh_ifindex == index)
            return true;
    }
    return false;
}

bool hops_lead_over(const struct nlmsghdr *route, uint32_t index)
{
    const struct nlattr *attr;
    mnl_attr_for_each(attr, route, sizeof(struct rtmsg))
    {
        if (mnl_attr_get_type(attr) == RTA_OIF && mnl_attr_get_u32(attr) == index)
            return true;
        if (mnl_attr_get_type(attr) == RTA_MULTIPATH && any_leads_over(attr, index))
            return true;
    }
    return false;
}
