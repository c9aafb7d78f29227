// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/* Texts into words, by the rules of "Shell Command Language", 2.2 (POSIX.1), and no others. */
#include "base/shell_words.h"

#include <string.h>

#include "base/str.h"
#include "base/vec.h"

#define BLANKS " \t\r\n"

/* What would have been something else in a shell. */
#define SHELLS_OWN "|&;<>$*()`\n"

struct splitter {
    const char *at;
    const char *bad;
    struct str word;
};

/* After a backslash outside quotes: a newline is gone with it, all else is itself. */
static void take_escaped(struct splitter *s)
{
    if (!s->at[1]) {
        s->bad = s->at;
        return;
    }
    if (s->at[1] != '\n')
        str_addn(&s->word, s->at + 1, 1);
    s->at += 2;
}

static void take_single(struct splitter *s)
{
    const char *end = strchr(s->at + 1, '\'');
    if (!end) {
        s->bad = s->at;
        return;
    }
    str_addn(&s->word, s->at + 1, (size_t)(end - s->at - 1));
    s->at = end + 1;
}

/* Where `$` and backquotes are the shell's too, and a backslash is itself before most. */
static void take_double(struct splitter *s)
{
    const char *p = s->at + 1;
    for (; *p && *p != '"'; p++) {
        if (*p == '$' || *p == '`') {
            s->bad = p;
            return;
        }
        if (*p == '\\' && p[1] && strchr("$`\"\\\n", p[1]) && *++p == '\n')
            continue;
        str_addn(&s->word, p, 1);
    }
    if (!*p) {
        s->bad = s->at;
        return;
    }
    s->at = p + 1;
}

/* One word, which begins at AT. */
static void take_word(struct splitter *s)
{
    str_add(&s->word, "");
    while (!s->bad && *s->at && !strchr(BLANKS, *s->at)) {
        if (*s->at == '\\') {
            take_escaped(s);
        } else if (*s->at == '\'') {
            take_single(s);
        } else if (*s->at == '"') {
            take_double(s);
        } else if (strchr(SHELLS_OWN, *s->at)) {
            s->bad = s->at;
        } else {
            str_addn(&s->word, s->at, 1);
            s->at++;
        }
    }
}

/* To the next word; a newline before it would begin another command. */
static void skip_blanks(struct splitter *s, bool first)
{
    const char *newline = NULL;
    for (; *s->at && strchr(BLANKS, *s->at); s->at++) {
        if (*s->at == '\n' && !newline)
            newline = s->at;
    }
    if (newline && *s->at && !first)
        s->bad = newline;
}

char **shell_words(struct arena *arena, const char *text, const char **ret_bad)
{
    VEC(char *) words = {0};
    struct splitter s = {.at = text};
    skip_blanks(&s, true);
    while (*s.at && !s.bad) {
        take_word(&s);
        vec_push(arena, &words, arena_strndup(arena, s.word.text ? s.word.text : "", s.word.len));
        s.word.len = 0;
        if (!s.bad)
            skip_blanks(&s, false);
    }
    str_done(&s.word);
    vec_push(arena, &words, NULL);
    *ret_bad = s.bad;
    return s.bad ? NULL : words.v;
}
