// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "plan/device_words.h"

#include "model/device.h"
#include "model/times.h"

/* Where OPTION stands in the struct of IFACE's type. */
static const void *value_of(const struct iface *iface, const struct device_option *option)
{
    return (const char *)iface->device->own + option->offset;
}

static void add_number(struct str *s, const struct device_option *option,
                       const struct int_value *value)
{
    if (value->pos.line)
        str_addf(s, " %s %u", option->word, value->value);
}

static void add_choice(struct str *s, const struct device_option *option,
                       const struct int_value *value)
{
    if (value->pos.line)
        str_addf(s, " %s %s", option->word, option->choices[value->value].word);
}

static void add_addr(struct str *s, const struct device_option *option,
                     const struct addr_value *value)
{
    char buf[ADDR_TEXT_MAX];
    if (value->addr.family)
        str_addf(s, " %s %s", option->word, addr_text(&value->addr, buf));
}

static void add_time(struct str *s, const struct device_option *option,
                     const struct duration_value *value, uint32_t unit_us)
{
    if (value->pos.line)
        str_addf(s, " %s %llu", option->word, (unsigned long long)(value->us / unit_us));
}

static void add_parent(struct str *s, const struct device_option *option,
                       const struct iface *parent)
{
    if (!parent)
        return;
    str_addf(s, " %s ", option->word);
    str_add_shell_word(s, parent->name);
}

static void add_option(struct str *s, const struct iface *iface, const struct device_option *option)
{
    const void *value = value_of(iface, option);
    switch (option->form) {
    case OPTION_U8:
    case OPTION_U16:
    case OPTION_U32:
    case OPTION_BE16:
    case OPTION_BE32:
        add_number(s, option, value);
        return;
    case OPTION_CHOICE_U8:
    case OPTION_CHOICE_U32:
    case OPTION_CHOICE_BE16:
        add_choice(s, option, value);
        return;
    case OPTION_CHOICE_FLAG:
        if (((const struct int_value *)value)->pos.line)
            str_addf(s, " %s", option->choices[((const struct int_value *)value)->value].word);
        return;
    case OPTION_CENTISECONDS:
        add_time(s, option, value, 10000);
        return;
    case OPTION_MILLISECONDS:
        add_time(s, option, value, 1000);
        return;
    case OPTION_ADDR:
        add_addr(s, option, value);
        return;
    case OPTION_PARENT:
        add_parent(s, option, iface->device->parent);
        return;
    case OPTION_FLAG_BE16: /* another's word says it */
        return;
    }
}

void device_words(struct str *s, const struct iface *iface)
{
    const struct device_type *type = iface->device->type;
    for (size_t i = 0; i < type->n_options; i++) {
        if (type->options[i].word || type->options[i].form == OPTION_CHOICE_FLAG)
            add_option(s, iface, &type->options[i]);
    }
}

void device_words_link(struct str *s, const struct iface *iface)
{
    if (!iface->device->type->on_parent)
        return;
    str_add(s, " link ");
    str_add_shell_word(s, iface->device->parent->name);
}
