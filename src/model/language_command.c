// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How commands are written. Quotes and backslashes are a shell's; so what a shell would do more, a
 * pipe or a variable, is refused where a shell would do it: outside of quotes, and `$` and the
 * backquote in double ones.
 */
#include "model/language_command.h"

#include <string.h>

#include "base/shell_words.h"

#define SHOWN_MAX 60 /* bytes of a command that are said again */

/* A reader for what stands in map N, which may say `expand: true`. */
struct reader reader_beside(const struct reader *r, const struct doc_node *n)
{
    struct reader own = *r;
    struct int_value expand = {0};
    const struct doc_node *value = doc_get(n, "expand");
    if (value)
        type_read(&own, &type_bool, value, &expand);
    own.expand = expand.value;
    return own;
}

/* --- Commands --------------------------------------------------------------------------------- */

/* Where AT is, which is in N's text. */
static struct pos place_in(const struct doc_node *n, const char *at)
{
    struct pos pos = n->pos;
    size_t offset = (size_t)(at - n->text);
    if (n->quoted || offset >= pos.len)
        return pos;
    pos.col = (uint16_t)(pos.col + offset);
    pos.len = 1;
    return pos;
}

/* TEXT as it stands in double quotes in YAML, where that is short. */
static const char *quoted_text(struct reader *r, const char *text)
{
    struct str s CLEAN_STR = {0};
    if (strlen(text) > SHOWN_MAX || strpbrk(text, "\n\t\r"))
        return "…";
    for (; *text; text++) {
        str_add(&s, *text == '"' || *text == '\\' ? "\\" : "");
        str_addn(&s, text, 1);
    }
    return arena_strdup(r->arena, s.text ? s.text : "");
}

/* Whether BAD begins what may be meant to refer to something. */
static bool may_refer(const struct type *type, const char *bad)
{
    return type != &type_words && *bad == '$' &&
           (bad[1] == '(' || (bad[1] >= '1' && bad[1] <= '9'));
}

static bool report_shells_own(struct reader *r, const struct type *type, const struct doc_node *n,
                              const char *bad)
{
    struct pos pos = place_in(n, bad);
    if (strchr("'\"\\", *bad)) {
        diag_error(r->diags, pos,
                   *bad == '\\' ? "a command ends with a backslash"
                                : "a quote is not closed in this command");
        return false;
    }
    if (*bad == '\n')
        diag_error(r->diags, pos, "a command is one line, and here are more: no shell runs it");
    else
        diag_error(r->diags, pos, "'%c' is for a shell, and none runs this command", *bad);
    if (may_refer(type, bad))
        diag_help(r->diags,
                  "if it refers to the node's name, write `expand: true` beside the "
                  "command; else have a shell run it: [sh, -c, \"%s\"]",
                  quoted_text(r, n->text));
    else
        diag_help(r->diags, "have one run it: [sh, -c, \"%s\"]; or quote it: '…'",
                  quoted_text(r, n->text));
    return false;
}

static bool split(struct reader *r, const struct type *type, const struct doc_node *n,
                  struct words_value *command)
{
    const char *bad;
    command->argv = shell_words(r->diags->arena, n->text, &bad);
    return command->argv || report_shells_own(r, type, n, bad);
}

/* A list's words, as they are. */
static bool take_words(struct reader *r, const struct type *type, const struct doc_node *n,
                       struct words_value *command)
{
    char **argv = arena_alloc(r->diags->arena, (n->n + 1) * sizeof(*argv));
    for (uint32_t i = 0; i < n->n; i++) {
        const struct doc_node *word = n->items[i];
        if (word->kind != DOC_SCALAR || (!word->quoted && strcmp(word->text, "~") == 0)) {
            diag_error(r->diags, word->pos, "expected a word of the command, found %s",
                       doc_found(r, word));
            return false;
        }
        word = r->expand ? reader_expand(r, word) : word;
        if (!word)
            return false;
        argv[i] = arena_strdup(r->diags->arena, word->text);
    }
    command->argv = argv;
    return n->n || type_mismatch(r, type, n);
}

/* What cannot be a program's name. */
static bool check_program(struct reader *r, const struct type *type, const struct doc_node *n,
                          const char *program)
{
    if (!program || !*program)
        return type_mismatch(r, type, n);
    if (*program != '-')
        return true;
    diag_error(r->diags, n->pos, "no program is called '%s'", program);
    diag_help(r->diags,
              "a command is one text, or one list of words; `exec` is a list of commands: "
              "[[ip, link, show], …]");
    return false;
}

bool read_command(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    struct words_value command = {.pos = n->pos};
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR && n->kind != DOC_LIST)
        return type_mismatch(r, type, n);
    if (r->expand && r->unbound && n->refers)
        return true;
    if (n->kind == DOC_LIST ? !take_words(r, type, n, &command) : !split(r, type, n, &command))
        return false;
    if (!check_program(r, type, n, command.argv[0]))
        return false;
    *(struct words_value *)out = command;
    return true;
}

/* What shell_words takes; `$` may be meant where `expand: true` stands beside it. */
#define COMMAND_PATTERN(dollar)                                                                    \
    "^\\s*([^\\s\"'\\\\|&;<>*`()" dollar "-]|'[^']*'|\"([^\"\\\\`" dollar                          \
    "]|\\\\[\\s\\S])*\"|\\\\[\\s\\S])"                                                             \
    "([^\\n\"'\\\\|&;<>*`()" dollar "]|'[^']*'|\"([^\"\\\\`" dollar                                \
    "]|\\\\[\\s\\S])*\"|\\\\[\\s\\S])*\\s*$"

/* A number is a word, too, but for those that begin as options do. */
json_t *describe_word(const char *pattern)
{
    return json_pack("{s:[s,s,s],s:s,s:i}", "type", "string", "number", "boolean", "pattern",
                     pattern, "minimum", 0);
}

static json_t *describe_command(const struct type *type, struct schema *s)
{
    (void)s;
    json_t *words = json_pack("{s:s,s:[o],s:{s:[s,s,s]},s:i}", "type", "array", "prefixItems",
                              describe_word("^[^-]"), "items", "type", "string", "number",
                              "boolean", "minItems", 1);
    return describe_either(describe_word(type->pattern), words);
}

const struct type type_command = {
    .name = "command-that-may-refer",
    .expects = COMMAND_EXPECTS,
    .read = read_command,
    .describe = describe_command,
    .pattern = COMMAND_PATTERN(""),
    .verbatim = true,
};

/* Nothing stands beside it. */
const struct type type_words = {
    .name = "command",
    .expects = COMMAND_EXPECTS,
    .read = read_command,
    .describe = describe_command,
    .pattern = COMMAND_PATTERN("$"),
    .verbatim = true,
};
