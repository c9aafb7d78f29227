// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#include "base/regexp.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define GROWN_MAX 100000 /* bytes, of an expression written out */

/* How large an expression gets when its repetitions are written out. A `+` is what it follows
 * twice: of a letter that is little, but of a group or of another repetition it doubles what may
 * have been doubled before. */
static uint64_t grown(const char *text)
{
    uint64_t growth = 1;
    for (const char *p = text; (p = strchr(p, '+')) && growth < UINT32_MAX; p++)
        growth *= p > text && strchr("+*?})", p[-1]) ? 2 : 1;
    for (const char *p = text; (p = strchr(p, '{')) && growth < UINT32_MAX; p++) {
        unsigned long low = strtoul(p + 1, NULL, 10);
        const char *comma = p + 1 + strspn(p + 1, "0123456789");
        unsigned long high = *comma == ',' ? strtoul(comma + 1, NULL, 10) : 0;
        unsigned long times = low > high ? low : high;
        growth *= times > UINT16_MAX ? UINT16_MAX : times ? times : 1;
    }
    return growth * strlen(text);
}

int regex_compile(regex_t *ret, const char *text, int flags, char why[REGEX_WHY_MAX])
{
    if (grown(text) > GROWN_MAX)
        return -E2BIG;
    int code = regcomp(ret, text, REG_EXTENDED | REG_NOSUB | flags);
    if (code == REG_ESPACE)
        memory_exhausted();
    if (!code)
        return 0;
    regerror(code, NULL, why, REGEX_WHY_MAX);
    return -EINVAL;
}

/* glibc's regexec() says "does not fit" where it had no memory to find out; what is below it tells
 * the two apart. */
bool regex_fits(regex_t *regex, const char *text)
{
    regoff_t len = (regoff_t)strlen(text);
    regoff_t at = re_search(regex, text, len, 0, len, NULL);
    if (at == -2)
        memory_exhausted();
    return at >= 0;
}
