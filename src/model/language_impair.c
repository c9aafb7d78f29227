// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* How impairments are written, in a topology and in the settings of `nslab link set`. */
#include "model/language_impair.h"

#include <string.h>

/* --- Values: each reads TEXT into its member; false where it is none ----------------------------
 */

/* The kernel counts nanoseconds, tc(8) microseconds. */
static bool parse_time(const char *text, uint64_t max, uint64_t *ret_ns)
{
    return duration_parse_ns(text, ret_ns) && *ret_ns <= max && *ret_ns % 1000 == 0;
}

static bool parse_delay(const char *text, struct impair *ret)
{
    return parse_time(text, IMPAIR_DELAY_MAX, &ret->delay);
}

static bool parse_jitter(const char *text, struct impair *ret)
{
    return parse_time(text, IMPAIR_JITTER_MAX, &ret->jitter);
}

static bool parse_correlation(const char *text, struct impair *ret)
{
    return share_parse(text, &ret->correlation);
}

static bool parse_distribution(const char *text, struct impair *ret)
{
    ret->distribution = DISTRIBUTION_UNIFORM;
    while (ret->distribution < DISTRIBUTION_COUNT &&
           strcmp(impair_distribution_name(ret->distribution), text) != 0)
        ret->distribution++;
    return ret->distribution < DISTRIBUTION_COUNT;
}

static bool parse_loss(const char *text, struct impair *ret)
{
    return share_parse(text, &ret->loss.p);
}

static bool parse_duplicate(const char *text, struct impair *ret)
{
    return share_parse(text, &ret->duplicate);
}

static bool parse_corrupt(const char *text, struct impair *ret)
{
    return share_parse(text, &ret->corrupt);
}

static bool parse_reorder(const char *text, struct impair *ret)
{
    return share_parse(text, &ret->reorder);
}

static bool parse_rate(const char *text, struct impair *ret)
{
    uint64_t bits;
    if (!rate_parse(text, &bits) || !bits || bits % 8)
        return false;
    ret->rate = bits / 8;
    return true;
}

static bool parse_bytes(const char *text, uint32_t *ret)
{
    uint64_t bytes;
    if (!size_parse(text, &bytes) || !bytes || bytes > UINT32_MAX)
        return false;
    *ret = (uint32_t)bytes;
    return true;
}

static bool parse_burst(const char *text, struct impair *ret)
{
    return parse_bytes(text, &ret->burst);
}

/* Digits alone, as a number of at most MAX. */
static bool parse_digits(const char *text, size_t len, uint64_t max, uint64_t *ret)
{
    errno = 0;
    *ret = strtoull(text, NULL, 10);
    return len && strspn(text, "0123456789") >= len && !errno && *ret <= max;
}

static bool parse_queue(const char *text, struct impair *ret)
{
    uint64_t packets;
    size_t len = strlen(text);
    ret->queue.in_bytes = !len || text[len - 1] != 'p';
    if (ret->queue.in_bytes)
        return parse_bytes(text, &ret->queue.size);
    if (!parse_digits(text, len - 1, UINT32_MAX, &packets) || !packets)
        return false;
    ret->queue.size = (uint32_t)packets;
    return true;
}

static bool parse_seed(const char *text, struct impair *ret)
{
    ret->seed.given = true;
    return parse_digits(text, strlen(text), UINT64_MAX, &ret->seed.value);
}

/* What a bare number lacks: "a time has a unit: 20ms". */
static const struct {
    bool (*parse)(const char *text, struct impair *ret);
    const char *noun, *unit;
} values[IMPAIR_KEYS] = {
    [IMPAIR_DELAY] = {parse_delay, "a time", "ms"},
    [IMPAIR_JITTER] = {parse_jitter, "a time", "ms"},
    [IMPAIR_CORRELATION] = {parse_correlation, "a share", "%"},
    [IMPAIR_DISTRIBUTION] = {parse_distribution},
    [IMPAIR_LOSS] = {parse_loss, "a probability", "%"},
    [IMPAIR_DUPLICATE] = {parse_duplicate, "a probability", "%"},
    [IMPAIR_CORRUPT] = {parse_corrupt, "a probability", "%"},
    [IMPAIR_REORDER] = {parse_reorder, "a probability", "%"},
    [IMPAIR_RATE] = {parse_rate, "a rate", "mbit"},
    [IMPAIR_BURST] = {parse_burst, "a size", "B"},
    [IMPAIR_QUEUE] = {parse_queue, "a queue", "p"},
    [IMPAIR_SEED] = {parse_seed},
};

/* --- Reading -----------------------------------------------------------------------------------
 */

static bool is_number(const char *text)
{
    return *text && !text[strspn(text, "0123456789.")];
}

/* Where a unit is missing, which; where a word is misspelt, the nearest. */
static bool value_mismatch(struct reader *r, const struct type *type, const struct doc_node *n)
{
    enum impair_key key = (enum impair_key)(type - impair_types);
    type_mismatch(r, type, n);
    if (n->kind == DOC_SCALAR && values[key].unit && is_number(n->text))
        diag_help(r->diags, "%s has a unit: %s%s", values[key].noun, n->text, values[key].unit);
    if (n->kind == DOC_SCALAR && type->words)
        diag_help_nearest(r->diags, n->text, type->words, DISTRIBUTION_COUNT - 1);
    return false;
}

static struct impair_input *input_at(struct reader *r, void *out)
{
    struct impair_input **input = out;
    if (!*input)
        *input = arena_new_of(r->arena, struct impair_input);
    return *input;
}

/* Into the member of key TYPE - impair_types. */
static bool read_value(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    enum impair_key key = (enum impair_key)(type - impair_types);
    struct impair_input *input = input_at(r, out);
    struct impair value = {0};
    input->pos[key] = n->pos;
    if (!doc_is_nothing(n) && (n->kind != DOC_SCALAR || !values[key].parse(n->text, &value))) {
        input->bad = true;
        return value_mismatch(r, type, n);
    }
    impair_copy(&input->value, &value, key);
    return true;
}

/* --- Loss in bursts ----------------------------------------------------------------------------
 */

struct share_value {
    uint32_t share;
    struct pos pos;
};

static bool read_share(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    struct share_value value = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !share_parse(n->text, &value.share)) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR && is_number(n->text))
            diag_help(r->diags, "a probability has a unit: %s%%", n->text);
        return false;
    }
    *(struct share_value *)out = value;
    return true;
}

#define SIZE_PATTERN "(?![0.]+[kMG]?i?B$)" DECIMAL_PATTERN "(B|kB|KiB|MB|MiB|GB|GiB)"

static const struct type type_share = {
    .name = "probability",
    .expects = "a probability up to 100%, like 0.1%",
    .read = read_share,
    .describe = describe_text,
    .pattern = SHARE_PATTERN,
};

struct bursts_input {
    struct share_value p, r, bad, good;
};
static const struct field bursts_fields[] = {
    {"p", "the probability that a good time ends, at each packet", &type_share,
     offsetof(struct bursts_input, p), FIELD_REQUIRED},
    {"r", "the probability that a bad time ends, at each packet", &type_share,
     offsetof(struct bursts_input, r), FIELD_REQUIRED},
    {"bad-loss", "how many packets are lost in a bad time (default 100%)", &type_share,
     offsetof(struct bursts_input, bad)},
    {"good-loss", "how many packets are lost in a good time (default 0%)", &type_share,
     offsetof(struct bursts_input, good)},
};
static const struct table bursts_table = {
    .name = "loss-in-bursts",
    .what = "loss in bursts",
    .fields = bursts_fields,
    .n = ARRAY_SIZE(bursts_fields),
};

static bool read_loss(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct bursts_input in = {.bad.share = SHARE_WHOLE};
    if (n->kind != DOC_MAP)
        return read_value(r, type, n, out);
    struct impair_input *input = input_at(r, out);
    input->pos[IMPAIR_LOSS] = n->pos;
    if (!table_read(r, &bursts_table, n, &in)) {
        input->bad = true;
        return false;
    }
    input->value.loss = (struct impair_loss){.p = in.p.share,
                                             .in_bursts = true,
                                             .r = in.r.share,
                                             .bad = in.bad.share,
                                             .good = in.good.share};
    return true;
}

static json_t *describe_loss(const struct type *type, struct schema *s)
{
    return describe_either(describe_text(type, s), schema_ref(s, &bursts_table));
}

static json_t *describe_seed(const struct type *type, struct schema *s)
{
    (void)s;
    return json_pack("{s:[s,s],s:s,s:i}", "type", "string", "integer", "pattern", type->pattern,
                     "minimum", 0);
}

/* --- Types -------------------------------------------------------------------------------------
 */

static const char *const distribution_words[] = {"uniform", "normal", "pareto", "paretonormal",
                                                 NULL};

#define VALUE(what, match)                                                                         \
    .expects = what, .read = read_value, .describe = describe_text, .pattern = match

const struct type impair_types[IMPAIR_KEYS] = {
    [IMPAIR_DELAY] = {VALUE("a time with its unit, like 20ms, in whole us, up to 24h",
                            TIME_PATTERN)},
    [IMPAIR_JITTER] = {VALUE("a time with its unit, like 2ms, in whole us, below 2.147484s",
                             TIME_PATTERN)},
    [IMPAIR_CORRELATION] = {VALUE("a share up to 100%, like 25%", SHARE_PATTERN)},
    [IMPAIR_DISTRIBUTION] = {.expects = "uniform, normal, pareto or paretonormal",
                             .read = read_value,
                             .describe = describe_enum,
                             .words = distribution_words},
    [IMPAIR_LOSS] = {.expects = "a probability up to 100%, like 0.1%, or a map: {p: 1%, r: 20%}",
                     .read = read_loss,
                     .describe = describe_loss,
                     .pattern = SHARE_PATTERN},
    [IMPAIR_DUPLICATE] = {VALUE("a probability up to 100%, like 0.1%", SHARE_PATTERN)},
    [IMPAIR_CORRUPT] = {VALUE("a probability up to 100%, like 0.1%", SHARE_PATTERN)},
    [IMPAIR_REORDER] = {VALUE("a probability up to 100%, like 0.1%", SHARE_PATTERN)},
    [IMPAIR_RATE] = {VALUE("a rate with its unit, like 10mbit, in whole bytes (8bit) a second",
                           BITRATE_PATTERN)},
    [IMPAIR_BURST] = {VALUE("a size with its unit, like 32kB, below 4GiB", "^" SIZE_PATTERN "$")},
    [IMPAIR_QUEUE] = {VALUE("a number of packets, like 100p, or a size, like 64kB",
                            "^((?!0+p$)0*[0-9]{1,10}p|" SIZE_PATTERN ")$")},
    [IMPAIR_SEED] = {.expects = "a number from 0 to 18446744073709551615",
                     .read = read_value,
                     .describe = describe_seed,
                     .pattern = "^0*[0-9]{1,20}$"},
};

/* --- Settings ----------------------------------------------------------------------------------
 */

struct settings {
    struct impair_input *input;
};
static const struct field settings_fields[] = {IMPAIR_FIELDS(struct settings, input)};
static const struct table settings_table = {
    .name = "settings",
    .what = "a link's settings",
    .fields = settings_fields,
    .n = ARRAY_SIZE(settings_fields),
};

/* The first thing that is wrong, as a text that stands alone. */
static int first_error(const struct diags *diags, const char *setting, struct err *err)
{
    const struct diag *diag = &diags->list.v[0];
    return err_wrong(err, -EINVAL, "%s: %s%s%s", setting, diag->text, diag->help ? "; " : "",
                     diag->help ? diag->help : "");
}

/* KEY=VALUE as a document: {KEY: VALUE}. */
static const struct doc_node *setting_doc(struct diags *diags, const char *setting)
{
    const char *value = strchr(setting, '=');
    const struct doc_node *doc = NULL;
    if (!value || strpbrk(setting, "\n\r"))
        return NULL;
    diags->source =
        arena_printf(diags->arena, "{%.*s: %s}", (int)(value - setting), setting, value + 1);
    doc_read(diags->source, strlen(diags->source), diags, &doc);
    return doc;
}

static int parse_setting(struct arena *arena, const char *setting, struct settings *ret,
                         struct err *err)
{
    struct diags diags;
    struct reader reader = {.diags = &diags, .arena = arena};
    diags_init(&diags, arena, setting, "");
    const struct doc_node *doc = setting_doc(&diags, setting);
    if (doc && doc->kind == DOC_MAP && !diags.errors)
        table_read(&reader, &settings_table, doc, ret);
    if (diags.errors)
        return first_error(&diags, setting, err);
    if (!doc || doc->kind != DOC_MAP)
        return err_wrong(err, -EINVAL, "'%s' is no setting, like delay=20ms", setting);
    return 0;
}

int impair_parse(struct arena *arena, const char *const *settings, struct impair_input *ret,
                 struct err *err)
{
    struct settings into = {.input = ret};
    int r = 0;
    for (; *settings && !r; settings++)
        r = parse_setting(arena, *settings, &into, err);
    return r;
}
