// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Any text as each kind of value that a topology or a command line has. What is read is written
 * back and read again: it is the same.
 */
#include <sys/socket.h>

#include "base/addr.h"
#include "base/json_text.h"
#include "base/shell_words.h"
#include "base/units.h"
#include "doc/expand.h"
#include "fuzz.h"
#include "kernel/procs.h"
#include "model/firewall_values.h"
#include "model/impair.h"
#include "model/language.h"
#include "model/names.h"
#include "plan/nft_words.h"

enum { NAMES_MAX = 200 };

static void check_units(const char *text)
{
    struct str s CLEAN_STR = {0};
    uint64_t value, again;
    uint32_t share, same;
    if (duration_parse_ns(text, &value) && value <= IMPAIR_DELAY_MAX) {
        units_add_duration(&s, value);
        HOLDS(duration_parse_ns(s.text, &again) && again == value);
        HOLDS(duration_parse(text, &again) && again == value / 1000 + (value % 1000 >= 500));
    }
    s.len = 0;
    if (size_parse(text, &value)) {
        units_add_size(&s, value);
        HOLDS(size_parse(s.text, &again) && again == value);
    }
    s.len = 0;
    if (rate_parse(text, &value)) {
        units_add_rate(&s, value);
        HOLDS(rate_parse(s.text, &again) && again == value);
    }
    s.len = 0;
    if (share_parse(text, &share)) {
        units_add_share(&s, share);
        HOLDS(share_parse(s.text, &same) && same == share);
    }
}

static void check_prefix(const struct prefix *prefix)
{
    char buf[ADDR_TEXT_MAX];
    struct prefix again;
    bool bare;
    struct addr first = prefix_network(prefix), last = prefix_last(prefix);
    struct prefix whole = {first, prefix->len}, one = {last, (uint8_t)addr_bits(&last)};
    HOLDS(prefix_parse(prefix_text(prefix, buf), &again, &bare) && !bare);
    HOLDS(prefix_compare(&again, prefix) == 0);
    HOLDS(prefix_contains(prefix, &first) && prefix_contains(prefix, &last));
    HOLDS(addr_compare(&first, &last) <= 0);
    HOLDS(prefix_has_host_bits(prefix) == !addr_equal(&first, &prefix->addr));
    HOLDS(prefix_overlaps(prefix, &whole) && prefix_overlaps(&one, prefix));
    struct addr next = addr_add(&last, 1);
    HOLDS(prefix_contains(prefix, &next) == !prefix->len);
}

static void check_addrs(const char *text)
{
    char buf[ADDR_TEXT_MAX];
    struct addr addr, again;
    struct prefix prefix;
    struct mac mac, same;
    bool bare;
    if (addr_parse(text, &addr)) {
        HOLDS(addr.family == AF_INET || addr.family == AF_INET6);
        HOLDS(addr_parse(addr_text(&addr, buf), &again) && addr_equal(&addr, &again));
        HOLDS(prefix_parse(text, &prefix, &bare) && bare && prefix.len == addr_bits(&addr));
    }
    if (prefix_parse(text, &prefix, &bare))
        check_prefix(&prefix);
    if (mac_parse(text, &mac))
        HOLDS(mac_parse(mac_text(&mac, buf), &same) && !memcmp(&mac, &same, sizeof(mac)));
}

static void check_shell_words(struct arena *arena, const char *text)
{
    const char *bad;
    struct str s CLEAN_STR = {0};
    char **words = shell_words(arena, text, &bad);
    HOLDS(!words == (bad != NULL));
    HOLDS(!bad || (bad >= text && bad < text + strlen(text)));
    for (size_t i = 0; words && words[i]; i++) {
        str_add(&s, i ? " " : "");
        str_add_shell_word(&s, words[i]);
    }
    char **again = words ? shell_words(arena, s.text ? s.text : "", &bad) : NULL;
    HOLDS(!words == !again);
    for (size_t i = 0; words && (words[i] || again[i]); i++)
        HOLDS(words[i] && again[i] && strcmp(words[i], again[i]) == 0);
}

static void check_names(const char *text)
{
    size_t len = strlen(text);
    HOLDS(!lab_name_valid(text) || (len >= 1 && len <= 32));
    HOLDS(!node_name_valid(text) || (len >= 1 && len <= 63));
    HOLDS(!service_name_valid(text) || node_name_valid(text) || strcmp(text, "all") == 0);
    HOLDS(!iface_name_valid(text) || (len >= 1 && len <= 15 && !strpbrk(text, "/ \t\n:")));
    HOLDS(!fw_name_valid(text) || (len >= 1 && len <= FW_NAME_MAX));
    HOLDS(!sysctl_name_valid(text) || (str_starts(text, "net") && !strstr(text, "/.")));
    HOLDS(!iface_sysctl_valid(text) || !strpbrk(text, "/ \t\n"));
    HOLDS(!endpoint_valid(text) || len <= 63 + 1 + 15);
    HOLDS(!label_valid(text) || (len && !strpbrk(text, "= \t\n")));
}

static void check_patterns(struct arena *arena, const char *text)
{
    static const struct part parts[] = {{"n", "3"}};
    static const struct scope scope = {.parts = parts, .n = 1, .node = "r3"};
    made_list made = {0};
    struct diags diags;
    diags_init(&diags, arena, "fuzz.yaml", "");
    const char *whole = expand_text(&diags, &scope, text, (struct pos){1, 1, 1});
    HOLDS(!whole == (diags.errors > 0));
    pattern_refers_to(text, &scope);
    unsigned before = diags.errors;
    bool good = expand_pattern(&diags, &scope, text, (struct pos){1, 1, 1}, &made);
    HOLDS(good || diags.errors > before || before);
    HOLDS(!good || (made.n && made.n <= MADE_MAX));
    for (uint32_t i = 1; good && is_pattern(text) && i < made.n && i < NAMES_MAX; i++)
        HOLDS(made.v[i].n == made.v[0].n);
    fuzz_diags(&diags);
}

/* What a match takes is said in words that it takes, too. */
static void check_firewall_values(struct arena *arena, const char *text)
{
    enum fw_type types[FW_PARTS_MAX];
    for (enum fw_type type = 0; type < FW_TYPE_NAMED_COUNT; type++) {
        struct str s CLEAN_STR = {0};
        struct fw_written value = {0}, again = {0};
        if (!fw_value_parse(arena, type, text, &value) || type == FW_TYPE_IFNAME || value.mask)
            continue;
        HOLDS(memcmp(&value.value.first, &value.value.last, sizeof(value.value.first)) == 0 ||
              value.value.form != FW_SINGLE);
        nft_words_datum(&s, value.type, &value.value.first);
        if (strcmp(s.text, "ipv6-icmp") == 0)
            continue; /* nft's name for it, which is not ours */
        HOLDS(fw_value_parse(arena, type, s.text, &again) && again.type == value.type);
        HOLDS(memcmp(&value.value.first, &again.value.first, sizeof(again.value.first)) == 0);
    }
    HOLDS(fw_types_parse(text, types) <= FW_PARTS_MAX);
    uint32_t parts = 0;
    for (const char *at = text; fw_next_part(arena, &at); parts++)
        HOLDS(parts <= strlen(text));
}

/* As a value in a file, plain and in quotes. */
static void check_types(struct arena *arena, const char *text)
{
    static const struct type *const types[] = {
        &type_lab_name, &type_node_name,  &type_profile_name, &type_iface_name, &type_alias,
        &type_ifaddrs,  &type_loopbacks,  &type_mtu,          &type_queues,     &type_u32,
        &type_priority, &type_route_mtu,  &type_weight,       &type_table_id,   &type_protocol,
        &type_state,    &type_route_type, &type_scope,        &type_rule_type,  &type_destination,
        &type_selector, &type_subnet,     &type_network,      &type_via,        &type_mark,
        &type_cost,     &type_ports,      &type_limit,        &type_log,        &type_nat,
        &type_timeout,  &type_fw_name,    &type_set_element,  &type_set_type,   &type_policy,
        &type_reject,   &type_mss,        &type_port,         &type_set_mark,   &type_set_size,
        &type_bool,     &type_addr,       &type_mac,          &type_any_text,   &type_prefix,
        &type_ifaddr,   &type_vars,       &type_link,         &type_star,       &type_grid,
        &type_command,  &type_regex,      &type_seconds,      &type_vlans,      &type_routing,
    };
    _Alignas(max_align_t) static char out[1 << 14];
    for (size_t i = 0; i < 2 * ARRAY_SIZE(types); i++) {
        struct diags diags;
        struct doc_node node = {.kind = DOC_SCALAR, .quoted = i % 2, .weight = 1, .text = text};
        struct reader reader = {.diags = &diags, .arena = arena};
        node.pos = (struct pos){1, 1, 1};
        memset(out, 0, sizeof(out));
        diags_init(&diags, arena, "fuzz.yaml", text);
        bool good = type_read(&reader, types[i / 2], &node, out);
        HOLDS(good == !diags.errors);
        fuzz_diags(&diags);
    }
}

static void check_others(const char *text, size_t size)
{
    struct str hex CLEAN_STR = {0}, back CLEAN_STR = {0};
    char buf[PROC_ID_TEXT_MAX];
    struct proc_id id, same;
    uint32_t number;
    const char *end;
    json_t *json = json_textn(text, size);
    HOLDS(json_is_string(json));
    json_decref(json);
    str_add_hex(&hex, text, size);
    HOLDS(!size || (str_add_unhex(&back, hex.text) && back.len == size));
    HOLDS(!size || memcmp(back.text, text, size) == 0);
    if (u32_parse(text, &number, &end))
        HOLDS(end > text && end <= text + strlen(text));
    if (procs_id_parse(text, &id))
        HOLDS(procs_id_parse(procs_id_text(&id, buf), &same) && same.pid == id.pid &&
              same.start == id.start && same.ns == id.ns);
}

/* Patterns that make thousands of names are as they should be, and take their time. */
static bool is_large(const char *text)
{
    const char *range = strstr(text, "..");
    return range && strspn(range + 2, "0123456789 $(") > 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = fuzz_text(data, size);
    struct arena *arena = arena_new();
    check_units(text);
    check_addrs(text);
    check_shell_words(arena, text);
    check_names(text);
    check_firewall_values(arena, text);
    check_types(arena, text);
    check_others(text, size);
    if (!is_large(text))
        check_patterns(arena, text);
    arena_free(arena);
    free(text);
    return 0;
}
