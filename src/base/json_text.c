// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/json_text.h"

#include <string.h>

#include "base/str.h"

json_t *json_text(const char *text)
{
    return json_textn(text, strlen(text));
}

json_t *json_textn(const char *text, size_t len)
{
    json_t *json = json_stringn(text, len);
    if (json)
        return json;
    CLEAN_STR struct str plain = {0};
    for (size_t i = 0; i < len; i++)
        str_addn(&plain, text[i] & 0x80 ? "?" : &text[i], 1);
    return json_stringn(plain.text, plain.len);
}
