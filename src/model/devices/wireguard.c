// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * WireGuard: IP packets in UDP, encrypted, to peers that are known by their keys. In a file they
 * are known by their names, and what one end has to know of the other is looked up there: its
 * address and port, its addresses in the tunnel, its key. Only the last is not in the model, where
 * it is drawn when the lab is built.
 *
 * A peer is resolved with the first interface that asks for it, so that both ends of a pair can be
 * looked at together.
 */
#include "model/wireguard.h"

#include <string.h>
#include <sys/socket.h>

#include "model/devices/tunnel.h"
#include "model/firewall_values.h"
#include "model/language_devices.h"
#include "model/names.h"
#include "model/times.h"

#define PORT_DEFAULT 51820
#define KEEPALIVE_MAX_S 65535

/* IPv6, UDP, WireGuard: what it takes of the MTU, whichever family carries it. */
#define OVERHEAD 80

struct endpoint_value {
    struct nat_value to;
    bool none; /* `none`: it is known when it is heard of */
};

struct wg_peer_input {
    struct text_value node; /* a pattern */
    struct key_value public_key, preshared_key;
    struct endpoint_value endpoint;
    struct list_value allowed_ips; /* of prefix_value */
    struct int_value keepalive; /* seconds */
    struct pos pos;
};

/* --- Values ----------------------------------------------------------------------------------- */

/* The six bits that C stands for in base64, or -1. */
static int digit_of(char c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c ? strchr(digits, c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* 44 characters of base64 that stand for 32 bytes: 43 digits, the last with two zero bits. */
static bool key_parse(const char *text, uint8_t *ret)
{
    uint32_t bits = 0;
    unsigned n = 0;
    if (strlen(text) != 44 || text[43] != '=')
        return false;
    for (size_t i = 0; i < 43; i++) {
        int digit = digit_of(text[i]);
        if (digit < 0)
            return false;
        bits = bits << 6 | (uint32_t)digit;
        if (i % 4)
            ret[n++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
    }
    return !(bits & 3);
}

static bool is_zero(const uint8_t *key)
{
    static const uint8_t zero[WG_KEY_LEN];
    return memcmp(key, zero, WG_KEY_LEN) == 0;
}

/* What is no key is not repeated: it may be one but for a character. */
static bool read_key(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct key_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    value.text = n->kind == DOC_SCALAR ? n->text : "";
    value.drawn = type->words && strcmp(value.text, type->words[0]) == 0;
    if (value.drawn || (key_parse(value.text, value.key) && !is_zero(value.key))) {
        *(struct key_value *)out = value;
        return true;
    }
    diag_error(r->diags, n->pos, "expected %s", type->expects);
    return false;
}

static json_t *describe_key(const struct type *type, struct schema *s)
{
    json_t *text = describe_text(type, s);
    return type->words ? describe_either(json_pack("{s:s}", "const", type->words[0]), text) : text;
}

#define KEY_PATTERN "^(?!A{43}=)[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$"
static const char *const generate_word[] = {"generate", NULL};

static const struct type type_public_key = {
    .expects = "a key as `wg pubkey` prints it: 44 characters of base64",
    .read = read_key,
    .describe = describe_key,
    .pattern = KEY_PATTERN,
};
static const struct type type_secret_key = {
    .name = "wireguard-key",
    .expects = "a key as `wg genkey` prints it, 44 characters of base64, or generate",
    .read = read_key,
    .describe = describe_key,
    .pattern = KEY_PATTERN,
    .words = generate_word,
};

static bool read_endpoint(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    struct endpoint_value *value = out;
    value->none = doc_is_nothing(n);
    return value->none || type_nat.read(r, type, n, &value->to);
}

static json_t *describe_endpoint(const struct type *type, struct schema *s)
{
    (void)type;
    return schema_type(s, &type_nat);
}

static const struct type type_endpoint = {
    .expects = "an address or a node's name, with a port or without: 10.0.0.1:51820, r1, "
               "\"[fd00::1]:51820\"",
    .read = read_endpoint,
    .describe = describe_endpoint,
};

static const struct type type_keepalive = {
    .expects = "a time of whole seconds up to 65535s, like 25s",
    .read = read_seconds,
    .describe = describe_text,
    .pattern = SECONDS_PATTERN,
    .min = 1000000,
    .max = KEEPALIVE_MAX_S * 1000000L,
};

static const struct type type_allowed_ips = {
    .expects = "a list of prefixes, like [10.1.0.0/16, fd00:1::/48]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_network,
    .size = sizeof(struct prefix_value),
};

/* --- Tables ----------------------------------------------------------------------------------- */

static const struct type type_peer_name = {
    .expects = "NODE or NODE:INTERFACE, or many of them: r(1..3)",
    .read = read_text,
    .describe = describe_text,
    .pattern = ENDPOINT_PATTERN,
    .looks = LOOKS_NATURAL,
    .names = true,
    .verbatim = true,
};

static const struct field peer_fields[] = {
    {"node", "who it is: a node, NODE:INTERFACE, or many of them; itself is left out",
     &type_peer_name, offsetof(struct wg_peer_input, node)},
    {"public-key", "of a peer that is no node of the lab", &type_public_key,
     offsetof(struct wg_peer_input, public_key)},
    {"endpoint", "where it is (default: the node's first address, and its port)", &type_endpoint,
     offsetof(struct wg_peer_input, endpoint)},
    {"allowed-ips", "what is behind it (default: the node's addresses in the tunnel)",
     &type_allowed_ips, offsetof(struct wg_peer_input, allowed_ips)},
    {"preshared-key", "one more key, which both have", &type_secret_key,
     offsetof(struct wg_peer_input, preshared_key)},
    {"keepalive", "how often it is sent something, so that a NAT remembers", &type_keepalive,
     offsetof(struct wg_peer_input, keepalive)},
};
static const char *const peer_needs[] = {"node", "public-key", NULL};
static const struct table peer_table = {
    .name = "wireguard-peer",
    .what = "a peer",
    .fields = peer_fields,
    .n = ARRAY_SIZE(peer_fields),
    .needs_one_of = peer_needs,
};

static bool read_peer(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    ((struct wg_peer_input *)out)->pos = n->pos;
    return read_table(r, type, n, out);
}

static const struct type type_peer = {
    .expects = "a peer, like {node: r2}",
    .read = read_peer,
    .describe = describe_table,
    .table = &peer_table,
};
static const struct type type_peers = {
    .expects = "a list of peers, like [{node: r2}]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_peer,
    .size = sizeof(struct wg_peer_input),
};

static const struct field fields[] = {
    {"private-key", "its key; drawn when the lab is built where nothing is said, or `generate`",
     &type_secret_key, offsetof(struct wireguard, private_key)},
    {"listen-port", "the UDP port (default 51820)", &type_udp_port,
     offsetof(struct wireguard, listen_port)},
    {"peers", "with whom it talks", &type_peers, offsetof(struct wireguard, peer_inputs)},
};
static const struct table table = DEVICE_TABLE("a", "wireguard", fields);

/* --- As each is written ----------------------------------------------------------------------- */

const struct wireguard *wireguard_of(const struct iface *iface)
{
    return iface->device->own;
}

const char *wg_peer_label(struct arena *arena, const struct wg_peer *peer)
{
    return peer->iface ? iface_label(arena, peer->iface) : peer->public_text;
}

static struct wg_secret *add_secret(struct loader *l, const char *name, const struct key_value *key)
{
    struct arena *arena = l->r.arena;
    struct wg_secret *secret = arena_new_of(arena, struct wg_secret);
    *secret = (struct wg_secret){.id = l->topo->secrets.n, .name = name};
    if (key->text && !key->drawn) {
        secret->text = arena_strdup(arena, key->text);
        memcpy(secret->key, key->key, sizeof(secret->key));
    }
    vec_push(arena, &l->topo->secrets, secret);
    return secret;
}

static bool check_port(struct loader *l, const struct iface *iface)
{
    const struct wireguard *wg = wireguard_of(iface);
    VEC_EACH (struct iface *, it, &iface->node->ifaces) {
        if (*it == iface)
            break;
        if (!iface_is(*it, iface->device->type) || (*it)->bad ||
            wireguard_of(*it)->listen_port.value != wg->listen_port.value)
            continue;
        diag_error(l->r.diags, wg->listen_port.pos, "%s has port %u already", (*it)->name,
                   wg->listen_port.value);
        diag_help(l->r.diags, "give %s another: {listen-port: %u}", iface->name,
                  wg->listen_port.value + 1);
        return false;
    }
    return true;
}

static struct wg_peer *add_peer(struct loader *l, struct wireguard *wg,
                                const struct wg_peer_input *in)
{
    struct wg_peer *peer = vec_add(l->r.arena, &wg->peers);
    peer->pos = in->pos;
    peer->in = in;
    return peer;
}

static bool add_named_peers(struct loader *l, struct iface *iface, const struct wg_peer_input *in)
{
    made_list made = {0};
    const struct scope *scope = &l->nodes.v[iface->node->id].scope;
    if (!expand_pattern(l->r.diags, scope, in->node.text, in->node.pos, &made))
        return false;
    VEC_EACH (const struct made, it, &made)
        add_peer(l, iface->device->own, in)->name = it->name;
    return true;
}

static void add_keyed_peer(struct loader *l, struct wireguard *wg, const struct wg_peer_input *in)
{
    struct wg_peer *peer = add_peer(l, wg, in);
    peer->public_text = arena_strdup(l->r.arena, in->public_key.text);
    memcpy(peer->public_key, in->public_key.key, sizeof(peer->public_key));
}

static bool load(struct loader *l, struct iface *iface)
{
    struct wireguard *wg = iface->device->own;
    const struct wg_peer_input *v = wg->peer_inputs.v;
    bool ok = true;
    device_default(iface, &wg->listen_port, PORT_DEFAULT);
    wg->secret = add_secret(l, iface_label(l->r.arena, iface), &wg->private_key);
    map_init(&wg->by_iface, l->scratch);
    for (uint32_t i = 0; i < wg->peer_inputs.n; i++) {
        if (v[i].node.text)
            ok = add_named_peers(l, iface, &v[i]) && ok;
        else if (v[i].public_key.text)
            add_keyed_peer(l, wg, &v[i]);
    }
    return check_port(l, iface) && ok;
}

/* --- Who a peer is ---------------------------------------------------------------------------- */

/* The one interface of NODE that is WireGuard's; NULL: there is none, or *RET_SEVERAL. */
static struct iface *only_one(const struct node *node, bool *ret_several)
{
    struct iface *found = NULL;
    *ret_several = false;
    VEC_EACH (struct iface *, it, &node->ifaces) {
        if (!iface_is(*it, &device_type_wireguard))
            continue;
        *ret_several = found != NULL;
        if (*ret_several)
            return NULL;
        found = *it;
    }
    return found;
}

struct iface *wireguard_find_peer(const struct topo *topo, const struct wg_peer *peer)
{
    char name[64] = "";
    size_t len = peer->name ? strcspn(peer->name, ":") : sizeof(name);
    bool several;
    if (len >= sizeof(name))
        return NULL;
    memcpy(name, peer->name, len);
    const struct node *node = topo_find_node(topo, name);
    if (!node || !peer->name[len])
        return node ? only_one(node, &several) : NULL;
    struct iface *iface = node_find_iface(node, peer->name + len + 1);
    return iface && iface_is(iface, &device_type_wireguard) ? iface : NULL;
}

/* Says why PEER names none. */
static void report_peer(struct loader *l, const struct wg_peer *peer)
{
    struct diags *d = l->r.diags;
    struct named named;
    bool several;
    if (!load_named(l, peer->name, peer->in->node.pos, &named))
        return;
    const struct iface *any = named.iface ? NULL : only_one(named.node, &several);
    if (named.iface)
        diag_error(d, peer->in->node.pos, "%s is no WireGuard interface", peer->name);
    else if (!any && several)
        diag_error(d, peer->in->node.pos, "%s has several WireGuard interfaces: say which",
                   peer->name);
    else
        diag_error(d, peer->in->node.pos, "%s has no WireGuard interface", peer->name);
}

static bool resolve_peer(struct loader *l, struct iface *iface, struct wg_peer *peer)
{
    struct wireguard *wg = iface->device->own;
    if (!peer->iface)
        report_peer(l, peer);
    else if (map_put(&wg->by_iface, &peer->iface, sizeof(peer->iface), peer))
        diag_error(l->r.diags, peer->in->node.pos, "%s is a peer already",
                   iface_label(l->scratch, peer->iface));
    else
        return true;
    return false;
}

/* Finds out who the peers are. Who is among its own is left out: all members can have one list. */
static void find_peers(struct loader *l, const struct iface *iface, struct wireguard *wg)
{
    uint32_t n = 0;
    VEC_EACH (struct wg_peer, it, &wg->peers) {
        it->iface = wireguard_find_peer(l->topo, it);
        if (it->iface != iface)
            wg->peers.v[n++] = *it;
    }
    if (wg->peers.n && !n)
        diag_error(l->r.diags, wg->peers.v[0].pos, "%s has nobody but itself for a peer",
                   iface_label(l->scratch, iface));
    wg->peers.n = n;
}

/* Once for each interface, before anyone looks for a peer of it. */
static void resolve(struct loader *l, struct iface *iface)
{
    struct wireguard *wg = iface->device->own;
    if (wg->resolved)
        return;
    wg->resolved = true;
    load_about(l, iface->node);
    find_peers(l, iface, wg);
    VEC_EACH (struct wg_peer, it, &wg->peers) {
        if (it->name && !resolve_peer(l, iface, it))
            iface->bad = true;
    }
}

/* --- Where it is, and what is behind it ------------------------------------------------------- */

/* The first address of NODE that is none of a tunnel of this sort. */
static const struct ifaddr *outer_addr(const struct node *node, int family)
{
    VEC_EACH (struct iface *, it, &node->ifaces) {
        const struct ifaddr *addr = iface_first_addr(*it, family);
        if (addr && !iface_is(*it, &device_type_wireguard))
            return addr;
    }
    return iface_first_addr(node->lo, family);
}

/* The first address of WHOM in a family that NODE has too. */
static bool find_addr(const struct named *whom, const struct node *node, struct addr *ret)
{
    static const int families[] = {AF_INET, AF_INET6};
    for (size_t i = 0; i < ARRAY_SIZE(families); i++) {
        const struct ifaddr *addr = whom->iface ? iface_first_addr(whom->iface, families[i])
                                                : outer_addr(whom->node, families[i]);
        if (!addr || !outer_addr(node, families[i]))
            continue;
        *ret = addr->prefix.addr;
        return true;
    }
    return false;
}

static void find_named_endpoint(struct loader *l, const struct node *node, struct wg_peer *peer)
{
    const struct nat_value *to = &peer->in->endpoint.to;
    struct named named = {.node = peer->iface ? peer->iface->node : NULL};
    struct pos pos = to->name ? to->pos : peer->in->node.pos;
    if (to->name && !load_named(l, to->name, to->pos, &named))
        return;
    if (find_addr(&named, node, &peer->endpoint))
        return;
    diag_error(l->r.diags, pos, "%s has no address that %s could send to",
               to->name ? to->name : peer->name, node->name);
    diag_help(l->r.diags, "say `endpoint: ADDRESS`, or `endpoint: none` where the other begins");
}

static void find_endpoint(struct loader *l, const struct node *node, struct wg_peer *peer)
{
    const struct endpoint_value *in = &peer->in->endpoint;
    if (in->none || (!peer->iface && !in->to.pos.line))
        return;
    peer->endpoint = in->to.addr;
    peer->port = in->to.port;
    if (!peer->port && peer->iface)
        peer->port = (uint16_t)wireguard_of(peer->iface)->listen_port.value;
    if (!peer->port)
        diag_error(l->r.diags, in->to.pos, "its port is not known: write ADDRESS:PORT");
    if (!peer->endpoint.family)
        find_named_endpoint(l, node, peer);
}

static void allow_own_addresses(struct loader *l, struct wg_peer *peer)
{
    VEC_EACH (const struct ifaddr, it, &peer->iface->addrs) {
        struct prefix own = {it->prefix.addr, (uint8_t)addr_bits(&it->prefix.addr)};
        vec_push(l->r.arena, &peer->allowed, own);
    }
    if (peer->allowed.n)
        return;
    diag_error(l->r.diags, peer->in->node.pos, "%s has no address, so nothing is behind it",
               iface_label(l->scratch, peer->iface));
    diag_help(l->r.diags, "give it one, or say `allowed-ips: […]`");
}

static void find_allowed(struct loader *l, struct wg_peer *peer)
{
    const struct list_value *in = &peer->in->allowed_ips;
    const struct prefix_value *v = in->v;
    for (uint32_t i = 0; i < in->n; i++)
        vec_push(l->r.arena, &peer->allowed, v[i].prefix);
    if (!in->pos.line && peer->iface)
        allow_own_addresses(l, peer);
}

/* The kernel would give what two peers have to the last of them, without a word. */
static void check_allowed(struct loader *l, const struct wireguard *wg)
{
    char buf[ADDR_TEXT_MAX];
    struct map owners;
    map_init(&owners, l->scratch);
    VEC_EACH (struct wg_peer, peer, &wg->peers) {
        VEC_EACH (struct prefix, it, &peer->allowed) {
            const struct wg_peer *other = map_put(&owners, it, sizeof(*it), peer);
            if (!other)
                continue;
            diag_error(l->r.diags, peer->pos, "%s is behind another peer already",
                       prefix_text(it, buf));
            diag_note(l->r.diags, other->pos, "behind this one");
        }
    }
}

/* --- Pairs ------------------------------------------------------------------------------------ */

static bool is_same_key(const struct key_value *a, const struct key_value *b)
{
    return a->drawn == b->drawn && memcmp(a->key, b->key, sizeof(a->key)) == 0;
}

static const struct wg_secret *add_shared_secret(struct loader *l, const struct iface *iface,
                                                 const struct wg_peer *peer)
{
    const char *own = iface_label(l->scratch, iface);
    const char *name =
        peer->iface ? arena_printf(l->r.arena, "%s-%s", own, iface_label(l->scratch, peer->iface))
                    : arena_printf(l->r.arena, "%s-%u", own, l->topo->secrets.n);
    struct wg_secret *secret = add_secret(l, name, &peer->in->preshared_key);
    secret->shared = true;
    return secret;
}

/* The key that IFACE and PEER share; BACK is what PEER says of IFACE, or NULL. */
static void share_key(struct loader *l, const struct iface *iface, struct wg_peer *peer,
                      const struct wg_peer *back)
{
    const struct key_value *key = &peer->in->preshared_key;
    const struct key_value *other = back ? &back->in->preshared_key : NULL;
    if (!key->pos.line)
        return;
    if (other && !is_same_key(key, other))
        diag_error(l->r.diags, key->pos, "%s has %s for %s", iface_label(l->scratch, peer->iface),
                   other->pos.line ? "another key" : "none", iface_label(l->scratch, iface));
    else if (!other && key->drawn)
        diag_error(l->r.diags, key->pos, "nobody at the other end would know it: write the key");
    else
        peer->preshared =
            back && back->preshared ? back->preshared : add_shared_secret(l, iface, peer);
}

static void pair(struct loader *l, struct iface *iface, struct wg_peer *peer)
{
    const struct wg_peer *back = NULL;
    if (peer->iface) {
        back = map_get(&wireguard_of(peer->iface)->by_iface, &(const struct iface *){iface},
                       sizeof(iface));
        if (!back)
            diag_warning(l->r.diags, peer->in->node.pos, "%s does not have %s for a peer",
                         iface_label(l->scratch, peer->iface), iface_label(l->scratch, iface));
        if (!back)
            diag_help(l->r.diags, "it takes nothing from whom it does not know");
    }
    share_key(l, iface, peer, back);
}

static void finish_peer(struct loader *l, struct iface *iface, struct wg_peer *peer)
{
    peer->keepalive = (uint16_t)peer->in->keepalive.value;
    find_endpoint(l, iface->node, peer);
    find_allowed(l, peer);
    pair(l, iface, peer);
}

static void finish(struct loader *l, struct iface *iface)
{
    struct wireguard *wg = iface->device->own;
    resolve(l, iface);
    VEC_EACH (struct wg_peer, it, &wg->peers) {
        if (it->iface && !it->iface->bad)
            resolve(l, (struct iface *)it->iface);
    }
    load_about(l, iface->node);
    if (iface->bad)
        return;
    VEC_EACH (struct wg_peer, it, &wg->peers) {
        if (!it->iface || !it->iface->bad)
            finish_peer(l, iface, it);
    }
    check_allowed(l, wg);
    tunnel_set_mtu(l, iface, &(struct addr){0}, OVERHEAD);
}

const struct device_type device_type_wireguard = {
    .name = "wireguard",
    .summary = "IP packets in UDP, encrypted, to peers that are known by their keys",
    .table = &table,
    .size = sizeof(struct wireguard),
    .no_mac = true,
    .module = "wireguard",
    .config = "WIREGUARD",
    .load = load,
    .finish = finish,
};
