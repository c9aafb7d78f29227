// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * The probes that run inside: /proc and /sys, a sysctl, each kind of link, each queueing
 * discipline, rules, routes, nftables. All in the inner child, which has a network of its own.
 *
 * Asking the kernel for a link of some kind loads its module, and some modules (dummy, bonding, the
 * tunnels) put a device into the host's own namespace when they are loaded. A look must not do
 * that: of these a module that waits to be loaded is good enough.
 */
#include <net/if.h> /* before <linux/if.h>, which then leaves out what it has */

#include <arpa/inet.h>
#include <fcntl.h>
#include <libmnl/libmnl.h>
#include <libnftnl/common.h>
#include <libnftnl/table.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/if_tunnel.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/pkt_sched.h>
#include <linux/veth.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/utsname.h>

#include "base/memory.h"
#include "kernel/probe_table.h"
#include "netlink/compat.h"
#include "netlink/nflog.h"

#define CREATE (NLM_F_CREATE | NLM_F_EXCL)
#define BASE "base0"
#define NAME "probe0"

/* Whether MODULES (a file of depmod's) lists MODULE: ".../NAME.ko" with anything behind it. */
static bool is_listed(const char *list, const char *module)
{
    struct utsname system;
    char path[256], line[4096], name[64];
    uname(&system);
    snprintf(path, sizeof(path), "/lib/modules/%s/%s", system.release, list);
    snprintf(name, sizeof(name), "/%s.ko", module);
    CLEAN_FILE FILE *file = fopen(path, "re");
    while (file && fgets(line, sizeof(line), file)) {
        line[strcspn(line, ":\n")] = '\0';
        if (strstr(line, name))
            return true;
    }
    return false;
}

bool probe_module_waits(const char *module)
{
    char path[128];
    snprintf(path, sizeof(path), "/sys/module/%s", module);
    return access(path, F_OK) < 0 && is_listed("modules.dep", module);
}

/* --- Requests ------------------------------------------------------------------------------- */

static int send_one(struct probe_box *box, struct probe_result *result)
{
    struct nl_refusal refusal;
    nl_queue(box->nl, 0);
    int r = nl_flush(box->nl, &refusal);
    if (r < 0 && result)
        probe_detail(result, "%s", *refusal.text ? refusal.text : strerror(-r));
    return r;
}

static void put_link_header(struct nl_msg *m, const char *name)
{
    struct ifinfomsg header = {.ifi_index = (int)if_nametoindex(name)};
    nl_put_header(m, &header, sizeof(header));
    nl_put_str(m, IFLA_IFNAME, name);
}

static void put_base(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_LINK, if_nametoindex(BASE));
}

static int set_up(struct probe_box *box, const char *name)
{
    struct ifinfomsg header = {
        .ifi_index = (int)if_nametoindex(name), .ifi_flags = IFF_UP, .ifi_change = IFF_UP};
    nl_put_header(nl_begin(box->nl, RTM_NEWLINK, 0), &header, sizeof(header));
    return send_one(box, NULL);
}

static int remove_link(struct probe_box *box, const char *name)
{
    struct ifinfomsg header = {.ifi_index = (int)if_nametoindex(name)};
    nl_put_header(nl_begin(box->nl, RTM_DELLINK, 0), &header, sizeof(header));
    return send_one(box, NULL);
}

/* --- Links ---------------------------------------------------------------------------------- */

static void put_veth_peer(struct nl_msg *m, const char *name)
{
    struct ifinfomsg header = {0};
    NL_NEST (m, VETH_INFO_PEER) {
        nl_put_raw(m, &header, sizeof(header));
        nl_put_str(m, IFLA_IFNAME, name);
    }
}

static void put_veth(struct nl_msg *m)
{
    put_veth_peer(m, "probe1");
}

static void put_base_pair(struct nl_msg *m)
{
    put_veth_peer(m, "base1");
}

static void put_bridge_vlans(struct nl_msg *m)
{
    nl_put_u8(m, IFLA_BR_VLAN_FILTERING, 1);
}

static void put_vlan(struct nl_msg *m)
{
    nl_put_u16(m, IFLA_VLAN_ID, 10);
}

static void put_vrf(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_VRF_TABLE, 1000);
}

static void put_vxlan(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_VXLAN_ID, 10);
    nl_put_u16(m, IFLA_VXLAN_PORT, htons(4789));
}

static void put_geneve(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_GENEVE_ID, 10);
    nl_put_u32(m, IFLA_GENEVE_REMOTE, htonl(0x0a000002));
}

static void put_macvlan(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE);
}

/* A pair of addresses keeps a tunnel apart from the one that the kernel makes itself. */
static void put_gre(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_GRE_LOCAL, htonl(0x0a000001));
    nl_put_u32(m, IFLA_GRE_REMOTE, htonl(0x0a000002));
}

static void put_ip_tunnel(struct nl_msg *m)
{
    nl_put_u32(m, IFLA_IPTUN_LOCAL, htonl(0x0a000001));
    nl_put_u32(m, IFLA_IPTUN_REMOTE, htonl(0x0a000002));
}

static const uint8_t here6[16] = {0xfd, [15] = 1}, there6[16] = {0xfd, [15] = 2};

static void put_ip6gre(struct nl_msg *m)
{
    nl_put(m, IFLA_GRE_LOCAL, here6, sizeof(here6));
    nl_put(m, IFLA_GRE_REMOTE, there6, sizeof(there6));
}

static void put_ip6tnl(struct nl_msg *m)
{
    nl_put(m, IFLA_IPTUN_LOCAL, here6, sizeof(here6));
    nl_put(m, IFLA_IPTUN_REMOTE, there6, sizeof(there6));
}

static int add_link(struct probe_box *box, const char *name, const char *kind,
                    void (*put)(struct nl_msg *m), struct probe_result *result)
{
    struct nl_msg *m = nl_begin(box->nl, RTM_NEWLINK, CREATE);
    put_link_header(m, name);
    if (put == put_vlan || put == put_macvlan)
        put_base(m);
    NL_NEST (m, IFLA_LINKINFO) {
        nl_put_str(m, IFLA_INFO_KIND, kind);
        if (put)
            NL_NEST (m, IFLA_INFO_DATA)
                put(m);
    }
    return send_one(box, result);
}

static int probe_link(struct probe_box *box, const struct probe *probe, struct probe_result *result)
{
    if (probe->shows && probe_module_waits(probe->module)) {
        probe_detail(result, "%s (module %s is there, and loaded when first used)", probe->use,
                     probe->module);
        return 0;
    }
    int r = add_link(box, NAME, probe->kind, probe->put, result);
    return r < 0 ? r : remove_link(box, NAME);
}

/* These cannot be had by netlink. Closing the descriptor takes the device away. */
static int probe_tun(struct probe_box *box, const struct probe *probe, struct probe_result *result)
{
    (void)box;
    CLEAN_FD int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        int code = -errno;
        probe_detail(result, "/dev/net/tun: %s", strerror(-code));
        if (code == -EACCES)
            probe_remedy(result, "sudo chmod 666 /dev/net/tun");
        return code;
    }
    struct ifreq request = {.ifr_name = NAME};
    request.ifr_flags = (short)((strcmp(probe->kind, "tap") ? IFF_TUN : IFF_TAP) | IFF_NO_PI);
    return ioctl(fd, TUNSETIFF, &request) < 0 ? -errno : 0;
}

void probe_net_open(struct probe_box *box)
{
    struct err err;
    if (nl_open(&box->nl, &err) < 0)
        return;
    set_up(box, "lo");
    if (add_link(box, BASE, "veth", put_base_pair, NULL) < 0)
        return;
    set_up(box, BASE);
    set_up(box, "base1");
}

void probe_net_close(struct probe_box *box)
{
    if (box->nl)
        remove_link(box, BASE);
    nl_close(box->nl);
    box->nl = NULL;
}

/* --- Addresses, routes, rules, queueing disciplines ------------------------------------------- */

static int add_address(struct probe_box *box, int family, const void *addr, unsigned len)
{
    struct ifaddrmsg header = {.ifa_family = (uint8_t)family,
                               .ifa_prefixlen = family == AF_INET ? 24 : 64,
                               .ifa_flags = IFA_F_NODAD,
                               .ifa_index = if_nametoindex(BASE)};
    struct nl_msg *m = nl_begin(box->nl, RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE);
    nl_put_header(m, &header, sizeof(header));
    nl_put(m, IFA_LOCAL, addr, len);
    nl_put(m, IFA_ADDRESS, addr, len);
    return send_one(box, NULL);
}

static int probe_address6(struct probe_box *box, const struct probe *probe,
                          struct probe_result *result)
{
    (void)probe;
    int r = add_address(box, AF_INET6, here6, sizeof(here6));
    if (r < 0)
        probe_remedy(result, "start the kernel without ipv6.disable=1");
    return r;
}

/* Two ways to 192.0.2.0/24 over the base link. */
static int probe_multipath(struct probe_box *box, const struct probe *probe,
                           struct probe_result *result)
{
    (void)probe;
    uint32_t own = htonl(0x0a000001), to = htonl(0xc0000200);
    int r = add_address(box, AF_INET, &own, sizeof(own));
    if (r < 0)
        return r;
    struct rtmsg header = {.rtm_family = AF_INET,
                           .rtm_dst_len = 24,
                           .rtm_table = RT_TABLE_MAIN,
                           .rtm_protocol = RTPROT_STATIC,
                           .rtm_type = RTN_UNICAST};
    struct nl_msg *m = nl_begin(box->nl, RTM_NEWROUTE, CREATE);
    nl_put_header(m, &header, sizeof(header));
    nl_put(m, RTA_DST, &to, sizeof(to));
    NL_NEST (m, RTA_MULTIPATH) {
        for (uint32_t i = 0; i < 2; i++) {
            struct rtnexthop hop = {.rtnh_len = sizeof(hop) + RTA_LENGTH(4),
                                    .rtnh_ifindex = (int)if_nametoindex(BASE)};
            nl_put_raw(m, &hop, sizeof(hop));
            nl_put_u32(m, RTA_GATEWAY, htonl(0x0a000002 + i));
        }
    }
    return send_one(box, result);
}

static int probe_rule(struct probe_box *box, const struct probe *probe, struct probe_result *result)
{
    (void)probe;
    static const int families[] = {AF_INET, AF_INET6};
    for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
        struct fib_rule_hdr header = {.family = (uint8_t)families[i], .action = FR_ACT_TO_TBL};
        struct nl_msg *m = nl_begin(box->nl, RTM_NEWRULE, CREATE);
        nl_put_header(m, &header, sizeof(header));
        nl_put_u32(m, FRA_TABLE, 1000);
        nl_put_u32(m, FRA_PRIORITY, 100);
        int r = send_one(box, result);
        if (r < 0)
            return r;
    }
    return 0;
}

static struct nl_msg *begin_qdisc(struct probe_box *box, uint16_t type, uint16_t flags)
{
    struct tcmsg header = {.tcm_ifindex = (int)if_nametoindex(BASE), .tcm_parent = TC_H_ROOT};
    struct nl_msg *m = nl_begin(box->nl, type, flags);
    nl_put_header(m, &header, sizeof(header));
    return m;
}

static void put_netem(struct nl_msg *m)
{
    struct tc_netem_qopt options = {.limit = 1000};
    nl_put(m, TCA_OPTIONS, &options, sizeof(options));
}

static void put_tbf(struct nl_msg *m)
{
    struct tc_tbf_qopt options = {.rate = {.rate = 125000}, .limit = 10000, .buffer = 1000000};
    NL_NEST (m, TCA_OPTIONS) {
        nl_put(m, TCA_TBF_PARMS, &options, sizeof(options));
        nl_put_u32(m, TCA_TBF_BURST, 10000);
    }
}

static int probe_qdisc(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    struct nl_msg *m = begin_qdisc(box, RTM_NEWQDISC, CREATE);
    nl_put_str(m, TCA_KIND, probe->kind);
    probe->put(m);
    int r = send_one(box, result);
    if (r < 0)
        return r;
    nl_put_str(begin_qdisc(box, RTM_DELQDISC, 0), TCA_KIND, probe->kind);
    return send_one(box, result);
}

/* Whether *ARG, a netem, has a seed. */
static int take_seed(void *arg, const struct nlmsghdr *msg)
{
    bool *has_seed = arg;
    const struct nlattr *attr;
    mnl_attr_for_each(attr, msg, sizeof(struct tcmsg))
    {
        const char *payload = mnl_attr_get_payload(attr);
        if (mnl_attr_get_type(attr) != TCA_OPTIONS)
            continue;
        int len = mnl_attr_get_payload_len(attr) - (int)sizeof(struct tc_netem_qopt);
        const struct nlattr *option = (const void *)(payload + sizeof(struct tc_netem_qopt));
        for (; mnl_attr_ok(option, len);
             len -= MNL_ALIGN(option->nla_len), option = mnl_attr_next(option))
            *has_seed |= mnl_attr_get_type(option) == COMPAT_TCA_NETEM_PRNG_SEED;
    }
    return 0;
}

/* A kernel without seeds takes one and forgets it; one that has them tells it back. */
static int probe_netem_seed(struct probe_box *box, const struct probe *probe,
                            struct probe_result *result)
{
    bool has_seed = false;
    struct nl_msg *m = begin_qdisc(box, RTM_NEWQDISC, CREATE);
    nl_put_str(m, TCA_KIND, "netem");
    probe->put(m);
    int r = send_one(box, result);
    if (r < 0)
        return r;
    struct tcmsg header = {.tcm_ifindex = (int)if_nametoindex(BASE)};
    struct err err;
    nl_put_header(nl_begin(box->nl, RTM_GETQDISC, 0), &header, sizeof(header));
    nl_dump(box->nl, take_seed, &has_seed, &err);
    nl_put_str(begin_qdisc(box, RTM_DELQDISC, 0), TCA_KIND, "netem");
    r = send_one(box, result);
    if (r < 0 || has_seed)
        return r;
    probe_detail(result, "it draws from one of its own");
    probe_remedy(result, "Linux 6.6 or later");
    return -EOPNOTSUPP;
}

/* --- nftables ------------------------------------------------------------------------------- */

/* A batch that makes a table; the kernel answers the request in the middle. */
static size_t build_nft_batch(char *buf, size_t size)
{
    struct nftnl_table *table = memory_given(nftnl_table_alloc());
    struct mnl_nlmsg_batch *batch = mnl_nlmsg_batch_start(buf, size);
    nftnl_batch_begin(mnl_nlmsg_batch_current(batch), 1);
    mnl_nlmsg_batch_next(batch);
    memory_taken(nftnl_table_set_str(table, NFTNL_TABLE_NAME, "probe"));
    struct nlmsghdr *request =
        nftnl_nlmsg_build_hdr(mnl_nlmsg_batch_current(batch), NFT_MSG_NEWTABLE, NFPROTO_INET,
                              NLM_F_CREATE | NLM_F_ACK, 2);
    nftnl_table_nlmsg_build_payload(request, table);
    mnl_nlmsg_batch_next(batch);
    nftnl_batch_end(mnl_nlmsg_batch_current(batch), 3);
    mnl_nlmsg_batch_next(batch);
    size_t len = mnl_nlmsg_batch_size(batch);
    mnl_nlmsg_batch_stop(batch);
    nftnl_table_free(table);
    return len;
}

static int probe_nft(struct probe_box *box, const struct probe *probe, struct probe_result *result)
{
    (void)box, (void)probe, (void)result;
    _Alignas(struct nlmsghdr) char buf[8192];
    struct mnl_socket *socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
    if (!socket)
        return -errno;
    size_t len = build_nft_batch(buf, sizeof(buf) / 2);
    int r = 0;
    ssize_t got = -1;
    if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0 &&
        mnl_socket_sendto(socket, buf, len) >= 0)
        got = mnl_socket_recvfrom(socket, buf, sizeof(buf));
    if (got < 0 || mnl_cb_run(buf, (size_t)got, 0, mnl_socket_get_portid(socket), NULL, NULL) < 0)
        r = -errno;
    mnl_socket_close(socket);
    return r;
}

static int probe_nflog(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box, (void)probe;
    struct err err;
    CLEAN_FD int fd = -1;
    int r = nflog_open(1, &fd, &err);
    if (r < 0)
        probe_detail(result, "%s", err.text);
    return r;
}

static int probe_libnftables(struct probe_box *box, const struct probe *probe,
                             struct probe_result *result)
{
    (void)box, (void)probe, (void)result;
#ifdef HAVE_LIBNFTABLES
    return 0;
#else
    probe_detail(result, "this nslab was built without libnftables");
    probe_remedy(result, "build it with libnftables-dev installed");
    return -EOPNOTSUPP;
#endif
}

/* --- /proc and /sys ------------------------------------------------------------------------- */

static int probe_mount(struct probe_box *box, const struct probe *probe,
                       struct probe_result *result)
{
    (void)box, (void)result;
    char path[16];
    snprintf(path, sizeof(path), "/%s", probe->path);
    return mount(probe->kind, path, probe->kind, MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) < 0
               ? -errno
               : 0;
}

static int write_sysctl(const char *name, const char *value)
{
    char path[256];
    snprintf(path, sizeof(path), "/proc/sys/%s", name);
    CLEAN_FD int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0 || write(fd, value, strlen(value)) < 0)
        return -errno;
    return 0;
}

static int probe_sysctl(struct probe_box *box, const struct probe *probe,
                        struct probe_result *result)
{
    (void)box;
    int r = write_sysctl(probe->path, "1");
    if (r == -EROFS)
        probe_remedy(result, "a container that may write to /proc/sys (docker run --privileged)");
    return r;
}

/* Bridges of a host that filters bridged frames: what a lab's bridges write to be left alone. */
static int probe_br_netfilter(struct probe_box *box, const struct probe *probe,
                              struct probe_result *result)
{
    (void)box;
    int r = write_sysctl(probe->path, "0");
    if (r == -ENOENT) {
        probe_detail(result, "not loaded: bridged frames pass no firewall");
        return 0;
    }
    if (r == 0)
        probe_detail(result, "loaded; labs switch it off for themselves");
    return r;
}

#define LINK(word, function, mod, conf, what)                                                      \
    {                                                                                              \
        .check = "link: " word, .where = PROBE_INNER, .need = PROBE_OPTIONAL, .run = probe_link,   \
        .kind = word, .put = function, .module = mod, .config = conf, .use = what                  \
    }

#define LINK_SHOWS(word, function, mod, conf, what)                                                \
    {                                                                                              \
        .check = "link: " word, .where = PROBE_INNER, .need = PROBE_OPTIONAL, .run = probe_link,   \
        .kind = word, .put = function, .module = mod, .config = conf, .shows = true, .use = what   \
    }

const struct probe probes_net[] = {
    {"mount of proc", PROBE_INNER, PROBE_NEEDED, probe_mount, .kind = "proc", .path = "proc"},
    {"mount of sysfs", PROBE_INNER, PROBE_NEEDED, probe_mount, .kind = "sysfs", .path = "sys"},
    {"sysctl net.ipv4.ip_forward", PROBE_INNER, PROBE_NEEDED, probe_sysctl,
     .path = "net/ipv4/ip_forward"},
    {"link: veth", PROBE_INNER, PROBE_NEEDED, probe_link, "veth", put_veth, "veth", "VETH",
     .use = "links between nodes"},
    LINK("bridge", NULL, "bridge", "BRIDGE", "switches, hubs, LANs"),
    {PROBE_BRIDGE_VLANS, PROBE_INNER, PROBE_OPTIONAL, probe_link, "bridge", put_bridge_vlans,
     .config = "BRIDGE_VLAN_FILTERING", .use = "switches with VLANs"},
    LINK_SHOWS("dummy", NULL, "dummy", "DUMMY", "interfaces with no peer"),
    {"IPv6", PROBE_INNER, PROBE_OPTIONAL, probe_address6, .config = "IPV6",
     .use = "IPv6 addresses"},
    {"policy rules", PROBE_INNER, PROBE_OPTIONAL, probe_rule, .config = "IP_MULTIPLE_TABLES",
     .use = "routing-policy"},
    {"multipath routes", PROBE_INNER, PROBE_OPTIONAL, probe_multipath,
     .config = "IP_ROUTE_MULTIPATH", .use = "routes with nexthops"},
    {"br_netfilter", PROBE_INNER, PROBE_OPTIONAL, probe_br_netfilter,
     .path = "net/bridge/bridge-nf-call-iptables"},
    LINK("vlan", put_vlan, "8021q", "VLAN_8021Q", "VLANs"),
    LINK("vrf", put_vrf, "vrf", "NET_VRF", "virtual routing tables"),
    LINK_SHOWS("bond", NULL, "bonding", "BONDING", "bonded links"),
    LINK("vxlan", put_vxlan, "vxlan", "VXLAN", "VXLAN tunnels"),
    LINK("geneve", put_geneve, "geneve", "GENEVE", "GENEVE tunnels"),
    LINK_SHOWS("gre", put_gre, "ip_gre", "NET_IPGRE", "GRE tunnels"),
    LINK_SHOWS("gretap", put_gre, "ip_gre", "NET_IPGRE", "GRE tunnels of Ethernet"),
    LINK_SHOWS("ipip", put_ip_tunnel, "ipip", "NET_IPIP", "IPv4 in IPv4"),
    LINK_SHOWS("sit", put_ip_tunnel, "sit", "IPV6_SIT", "IPv6 in IPv4"),
    LINK_SHOWS("ip6gre", put_ip6gre, "ip6_gre", "IPV6_GRE", "GRE over IPv6"),
    LINK_SHOWS("ip6tnl", put_ip6tnl, "ip6_tunnel", "IPV6_TUNNEL", "tunnels over IPv6"),
    LINK("wireguard", NULL, "wireguard", "WIREGUARD", "WireGuard"),
    LINK("macvlan", put_macvlan, "macvlan", "MACVLAN", "several MACs on one link"),
    {"link: tun", PROBE_INNER, PROBE_OPTIONAL, probe_tun, "tun", NULL, "tun", "TUN",
     .use = "programs that are a link (IP)"},
    {"link: tap", PROBE_INNER, PROBE_OPTIONAL, probe_tun, "tap", NULL, "tun", "TUN",
     .use = "programs that are a link (Ethernet)"},
    {PROBE_NETEM, PROBE_INNER, PROBE_OPTIONAL, probe_qdisc, "netem", put_netem, "sch_netem",
     "NET_SCH_NETEM", .use = "delay, loss, rate"},
    {PROBE_NETEM_SEED, PROBE_INNER, PROBE_OPTIONAL, probe_netem_seed, "netem", put_netem,
     "sch_netem", "NET_SCH_NETEM", .use = "the same losses and delays twice"},
    {PROBE_TBF, PROBE_INNER, PROBE_OPTIONAL, probe_qdisc, "tbf", put_tbf, "sch_tbf", "NET_SCH_TBF",
     .use = "rate"},
    {"nftables", PROBE_INNER, PROBE_OPTIONAL, probe_nft, .module = "nf_tables",
     .config = "NF_TABLES", .use = "firewalls"},
    {"nftables: log", PROBE_INNER, PROBE_OPTIONAL, probe_nflog, .module = "nfnetlink_log",
     .config = "NETFILTER_NETLINK_LOG", .use = "log in a firewall's rule"},
    {"nftables: text", PROBE_INNER, PROBE_OPTIONAL, probe_libnftables,
     .use = "nft in a firewall: text in nft's own language"},
};
const size_t probes_net_n = ARRAY_SIZE(probes_net);
