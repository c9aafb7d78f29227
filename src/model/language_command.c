// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How commands are written. Quotes and backslashes are a shell's; so what a shell would do more, a
 * pipe or a variable, is refused where a shell would do it: outside of quotes, and `$` and the
 * backquote in double ones.
 */
#include "model/language_command.h"

#include <string.h>

/* The text that is being split. */
struct split {
    struct reader *r;
    const struct doc_node *n;
    const char *at;
    struct str word;
    bool in_word, failed;
    VEC(char *) words;
};

static void refuse_shell(struct split *s)
{
    struct str quoted CLEAN_STR = {0};
    for (const char *c = s->n->text; *c; c++) {
        str_add(&quoted, strchr("\"\\\n", *c) ? "\\" : "");
        str_addn(&quoted, *c == '\n' ? "n" : c, 1);
    }
    if (*s->at == '\n')
        diag_error(s->r->diags, s->n->pos, "a command on several lines takes a shell");
    else
        diag_error(s->r->diags, s->n->pos, "'%c' takes a shell, and no shell reads this command",
                   *s->at);
    diag_help(s->r->diags, "if it is for a shell: [sh, -c, \"%s\"]; else put it in quotes",
              quoted.text);
    s->failed = true;
}

static void end_word(struct split *s)
{
    if (s->in_word)
        vec_push(s->r->arena, &s->words,
                 arena_strdup(s->r->arena, s->word.text ? s->word.text : ""));
    str_done(&s->word);
    s->in_word = false;
}

static void take_single(struct split *s)
{
    const char *end = strchr(s->at + 1, '\'');
    if (!end)
        return;
    str_addn(&s->word, s->at + 1, (size_t)(end - s->at - 1));
    s->at = end + 1;
}

/* In double quotes a backslash quotes only what would mean something there. */
static void take_double(struct split *s)
{
    const char *start = s->at;
    for (s->at++; *s->at && *s->at != '"'; s->at++) {
        if (*s->at == '$' || *s->at == '`') {
            refuse_shell(s);
            return;
        }
        if (*s->at == '\\' && s->at[1] && strchr("\"\\$`", s->at[1]))
            s->at++;
        str_addn(&s->word, s->at, 1);
    }
    s->at = *s->at ? s->at + 1 : start;
}

/* One character, or all that stands in quotes. */
static void take(struct split *s)
{
    const char *start = s->at;
    s->in_word = true;
    if (*s->at == '\'')
        take_single(s);
    else if (*s->at == '"')
        take_double(s);
    else if (strchr("|&;<>$*`\n", *s->at))
        refuse_shell(s);
    else {
        s->at += *s->at == '\\' && s->at[1];
        str_addn(&s->word, s->at++, 1);
    }
    if (s->failed || s->at != start)
        return;
    diag_error(s->r->diags, s->n->pos, "a quote (%c) in this command does not end", *s->at);
    s->failed = true;
}

/* The last newlines are those of a block in YAML. */
static bool split(struct reader *r, const struct type *type, const struct doc_node *n,
                  struct words_value *ret)
{
    struct split s = {.r = r, .n = n, .at = n->text};
    size_t len = strlen(n->text);
    while (len && n->text[len - 1] == '\n')
        len--;
    while (!s.failed && s.at < n->text + len) {
        if (*s.at == ' ' || *s.at == '\t') {
            end_word(&s);
            s.at++;
        } else {
            take(&s);
        }
    }
    end_word(&s);
    if (!s.failed && !s.words.n)
        return type_mismatch(r, type, n);
    vec_push(r->arena, &s.words, NULL);
    *ret = (struct words_value){s.words.v, n->pos};
    return !s.failed;
}

static bool read_command(struct reader *r, const struct type *type, const struct doc_node *n,
                         void *out)
{
    struct words_value *value = out;
    VEC(char *) words = {0};
    if (doc_is_nothing(n))
        return true;
    if (n->kind == DOC_SCALAR)
        return split(r, type, n, value);
    if (n->kind != DOC_LIST || !n->n)
        return type_mismatch(r, type, n);
    for (uint32_t i = 0; i < n->n; i++) {
        if (n->items[i]->kind != DOC_SCALAR)
            return type_mismatch(r, type, n->items[i]);
        vec_push(r->arena, &words, arena_strdup(r->arena, n->items[i]->text));
    }
    if (!*words.v[0])
        return type_mismatch(r, type, n->items[0]);
    vec_push(r->arena, &words, NULL);
    *value = (struct words_value){words.v, n->pos};
    return true;
}

/* Outside of quotes no character of a shell's; each quote ends. */
#define PLAIN "([^\\s'\"\\\\|&;<>$*`]|\\\\[\\s\\S]|'[^']*'|\"([^\"\\\\$`]|\\\\[\\s\\S])*\")"
#define COMMAND_PATTERN "^[ \\t]*" PLAIN "(" PLAIN "|[ \\t])*\\\\?\\n*$"

static json_t *describe_command(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[{s:[s,s,s],s:s},{s:s,s:{s:[s,s,s,s]},s:[{s:[s,s,s,s],s:i}],s:i}]}",
                     "anyOf", "type", "string", "number", "boolean", "pattern", COMMAND_PATTERN,
                     "type", "array", "items", "type", "string", "number", "boolean", "null",
                     "prefixItems", "type", "string", "number", "boolean", "null", "minLength", 1,
                     "minItems", 1);
}

const struct type type_words = {
    .name = "command",
    .expects = "a command, like \"ping -c 1 h2\", or its words: [ping, -c, 1, h2]",
    .read = read_command,
    .describe = describe_command,
    .verbatim = true,
};
