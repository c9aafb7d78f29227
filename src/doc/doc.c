// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * libyaml's events become a tree. Values stay the texts they are written as: what a text means is
 * for the key's type to say, so YAML's own guesses (`no`, `010`, `1:30`) never matter. A file is
 * hostile until read: depth is bounded, and so is the size of what aliases stand for.
 */
#include "doc/doc.h"

#include <string.h>
#include <yaml.h>

#include "base/map.h"
#include "base/memory.h"

#define DEPTH_MAX 64
#define WEIGHT_MAX (2u << 20)

struct loader {
    yaml_parser_t parser;
    struct diags *diags;
    struct arena *arena;
    struct map anchors;
    unsigned depth;
    uint64_t weight;
    bool failed; /* an error that ends reading was reported */
};

static struct pos mark_pos(const yaml_mark_t *start, const yaml_mark_t *end)
{
    size_t col = start->column + 1, len = 1;
    if (end && end->line == start->line && end->column > start->column)
        len = end->column - start->column;
    return (struct pos){.line = (uint32_t)start->line + 1,
                        .col = col > UINT16_MAX ? UINT16_MAX : (uint16_t)col,
                        .len = len > UINT16_MAX ? UINT16_MAX : (uint16_t)len};
}

static struct pos event_pos(const yaml_event_t *event)
{
    return mark_pos(&event->start_mark, &event->end_mark);
}

/* --- What libyaml says of broken YAML, in the user's words --------------------------------- */

static const char *line_start(const char *source, uint32_t line)
{
    for (; line > 1 && *source; line--) {
        source += strcspn(source, "\n");
        source += *source == '\n';
    }
    return source;
}

/* A word of YAML that only quotes can save: "::/0", "fd00::", "@set", "*". */
static bool word_needs_quotes(const char *word, size_t len)
{
    if (len >= 2 && (memcmp(word, "::", 2) == 0 || memcmp(word + len - 2, "::", 2) == 0))
        return true;
    return len && strchr("@*%`", word[0]);
}

/* Reports the first such word in line LINE, if there is one. */
static bool report_unquoted_word(struct loader *l, uint32_t line)
{
    static const char breaks[] = " \t\r\n[]{},\"'";
    const char *start = line_start(l->diags->source, line);
    for (const char *p = start; *p && *p != '\n' && *p != '#';) {
        size_t len = strcspn(p, breaks);
        if (len && word_needs_quotes(p, len)) {
            struct pos pos = {line, (uint16_t)(p - start + 1), (uint16_t)len};
            diag_error(l->diags, pos, "'%.*s' needs quotes here", (int)len, p);
            diag_help(l->diags, "quote it: \"%.*s\"", (int)len, p);
            return true;
        }
        p += len ? len : 1;
    }
    return false;
}

/* `key: some text: more`: the text with ": " in it. */
static void help_quote_text(struct loader *l, uint32_t line)
{
    const char *start = line_start(l->diags->source, line);
    size_t len = strcspn(start, "\r\n");
    const char *colon = memmem(start, len, ": ", 2);
    if (!colon)
        return;
    const char *text = colon + 2;
    size_t rest = len - (size_t)(text - start);
    if (memmem(text, rest, ": ", 2) || (rest && text[rest - 1] == ':'))
        diag_help(l->diags, "a text with \": \" in it needs quotes: \"%.*s\"", (int)rest, text);
}

/* Where bytes that are not UTF-8 stand: libyaml gives an offset only. */
static struct pos offset_pos(const char *source, size_t offset)
{
    struct pos pos = {.line = 1, .col = 1, .len = 1};
    for (size_t i = 0; i < offset && source[i]; i++) {
        pos.col++;
        if (source[i] == '\n')
            pos = (struct pos){.line = pos.line + 1, .col = 1, .len = 1};
    }
    return pos;
}

static bool line_has_comment(const struct loader *l, uint32_t line)
{
    if (!line)
        return false;
    const char *start = line_start(l->diags->source, line);
    return memmem(start, strcspn(start, "\n"), " #", 2) != NULL;
}

/* Where what the parser was in began, for brackets and quotes that are not closed. */
static void note_context(struct loader *l, struct pos pos)
{
    const yaml_parser_t *p = &l->parser;
    struct pos began = mark_pos(&p->context_mark, NULL);
    if (p->context && (strstr(p->context, "flow") || strstr(p->context, "quoted")) &&
        (began.line != pos.line || began.col != pos.col))
        diag_note(l->diags, began, "it begins here");
    bool comments = line_has_comment(l, began.line) || line_has_comment(l, pos.line - 1);
    if (p->context && strstr(p->context, "flow") && comments)
        diag_help(l->diags, "what comes after \" #\" is a comment: quote a text that has one");
}

static void report_yaml_error(struct loader *l)
{
    const yaml_parser_t *p = &l->parser;
    if (p->error == YAML_MEMORY_ERROR)
        memory_exhausted();
    struct pos pos = mark_pos(&p->problem_mark, NULL);
    l->failed = true;
    if (p->error == YAML_READER_ERROR) {
        diag_error(l->diags, offset_pos(l->diags->source, p->problem_offset),
                   "not readable as UTF-8 text: %s", p->problem);
        return;
    }
    if (report_unquoted_word(l, pos.line))
        return;
    diag_error(l->diags, pos, "not valid YAML: %s%s%s", p->problem, p->context ? ", " : "",
               p->context ? p->context : "");
    note_context(l, pos);
    const char *line = line_start(l->diags->source, pos.line);
    if (line[strspn(line, " ")] == '\t')
        diag_help(l->diags, "YAML is indented with spaces, not with tabs");
    else if (strstr(p->problem, "mapping values are not allowed"))
        help_quote_text(l, pos.line);
}

/* --- Events to nodes ----------------------------------------------------------------------- */

static bool next_event(struct loader *l, yaml_event_t *event)
{
    if (yaml_parser_parse(&l->parser, event))
        return true;
    report_yaml_error(l);
    return false;
}

static bool fail_at(struct loader *l, struct pos pos, const char *text)
{
    if (!l->failed)
        diag_error(l->diags, pos, "%s", text);
    l->failed = true;
    return false;
}

static void refuse_tag(struct loader *l, const yaml_event_t *event, const yaml_char_t *tag)
{
    if (!tag)
        return;
    diag_error(l->diags, event_pos(event), "tags are not used here: '%s'", (const char *)tag);
    diag_help(l->diags, "a text that begins with '!' needs quotes");
}

static struct doc_node *node_new(struct loader *l, enum doc_kind kind, struct pos pos)
{
    struct doc_node *node = arena_new_of(l->arena, struct doc_node);
    node->kind = kind;
    node->pos = pos;
    node->weight = 1;
    return node;
}

static const struct doc_node *read_node(struct loader *l, yaml_event_t *event);

static const struct doc_node *read_scalar(struct loader *l, const yaml_event_t *event)
{
    struct pos pos = event_pos(event);
    const char *text = (const char *)event->data.scalar.value;
    bool quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    refuse_tag(l, event, event->data.scalar.tag);
    if (strlen(text) != event->data.scalar.length)
        diag_error(l->diags, pos, "a text cannot hold a NUL byte");
    struct doc_node *node = node_new(l, *text || quoted ? DOC_SCALAR : DOC_NULL, pos);
    node->quoted = quoted;
    node->refers = strchr(text, '$') != NULL;
    if (node->kind == DOC_SCALAR)
        node->text = arena_strndup(l->arena, text, event->data.scalar.length);
    return node;
}

static const struct doc_node *read_alias(struct loader *l, const yaml_event_t *event)
{
    const char *name = (const char *)event->data.alias.anchor;
    const struct doc_node *target = map_get_str(&l->anchors, name);
    if (!target || !target->weight) {
        struct pos pos = event_pos(event);
        diag_error(l->diags, pos,
                   target ? "alias '*%s' stands inside what it names" : "unknown alias '*%s'",
                   name);
        diag_help(l->diags, "a text that begins with '*' needs quotes: \"*%s\"", name);
        return node_new(l, DOC_NULL, pos);
    }
    l->weight += target->weight;
    return target;
}

/* From here on *ANCHOR means NODE: one that is defined again means the latest. */
static void set_anchor(struct loader *l, const yaml_char_t *anchor, const struct doc_node *node)
{
    const char *name = arena_strdup(l->arena, (const char *)anchor);
    map_set(&l->anchors, name, strlen(name), (void *)(uintptr_t)node);
}

/* Takes up flow collections that end on the line where they began: their width. */
static void node_end(struct doc_node *node, const yaml_event_t *event)
{
    if (event->end_mark.line + 1 == node->pos.line && event->end_mark.column >= node->pos.col &&
        event->end_mark.column <= UINT16_MAX)
        node->pos.len = (uint16_t)(event->end_mark.column + 1 - node->pos.col);
}

static void read_items(struct loader *l, struct doc_node *node)
{
    VEC(const struct doc_node *) items = {0};
    yaml_event_t event;
    while (next_event(l, &event)) {
        bool end = event.type == YAML_SEQUENCE_END_EVENT;
        if (end)
            node_end(node, &event);
        const struct doc_node *item = end ? NULL : read_node(l, &event);
        yaml_event_delete(&event);
        if (!item)
            break;
        vec_push(l->arena, &items, item);
    }
    *node = doc_list_of(items.v, items.n, node->pos);
}

struct map_reader {
    VEC(struct doc_entry) entries;
    VEC(const struct doc_node *) merged; /* values of `<<` */
    struct map keys;                     /* to key_pos; for large maps */
};

static const struct doc_entry *find_entry(const struct map_reader *m, const char *key)
{
    VEC_EACH (const struct doc_entry, it, &m->entries) {
        if (strcmp(it->key, key) == 0)
            return it;
    }
    return NULL;
}

#define LINEAR_MAX 16

/* The entry of KEY if there is one; looks through few entries, hashes many. */
static const struct doc_entry *known_key(struct loader *l, struct map_reader *m, const char *key)
{
    if (m->entries.n < LINEAR_MAX)
        return find_entry(m, key);
    if (m->entries.n == LINEAR_MAX && !m->keys.arena) {
        map_init(&m->keys, l->arena);
        for (uintptr_t i = 0; i < m->entries.n; i++)
            map_put_str(&m->keys, m->entries.v[i].key, (void *)(i + 1));
    }
    uintptr_t at = (uintptr_t)map_get_str(&m->keys, key);
    return at ? &m->entries.v[at - 1] : NULL;
}

static void add_entry(struct loader *l, struct map_reader *m, struct doc_entry entry)
{
    const struct doc_entry *first = known_key(l, m, entry.key);
    if (first) {
        diag_error(l->diags, entry.key_pos, "duplicate key '%s'", entry.key);
        diag_note(l->diags, first->key_pos, "first given here");
        return;
    }
    vec_push(l->arena, &m->entries, entry);
    if (m->keys.arena)
        map_put_str(&m->keys, entry.key, (void *)(uintptr_t)m->entries.n);
}

/* Lays the maps behind `<<` under the written entries: what stands first wins. */
static void add_merged(struct loader *l, struct map_reader *m, const struct doc_node *from)
{
    if (from->kind == DOC_LIST) {
        for (uint32_t i = 0; i < from->n; i++)
            add_merged(l, m, from->items[i]);
        return;
    }
    if (from->kind != DOC_MAP) {
        diag_error(l->diags, from->pos, "'<<' takes a map, or a list of maps");
        return;
    }
    for (uint32_t i = 0; i < from->n; i++) {
        if (!known_key(l, m, from->entries[i].key))
            add_entry(l, m, from->entries[i]);
    }
}

/* Reads the value for the key in EVENT; false at the end of the map, or of reading. */
static bool read_entry(struct loader *l, struct map_reader *m, yaml_event_t *event)
{
    const struct doc_node *key = read_node(l, event), *value = NULL;
    yaml_event_t next;
    if (!key || !next_event(l, &next))
        return false;
    value = read_node(l, &next);
    yaml_event_delete(&next);
    if (!value)
        return false;
    if (key->kind != DOC_SCALAR) {
        diag_error(l->diags, key->pos, "a key must be a plain text");
        return true;
    }
    if (!key->quoted && strcmp(key->text, "<<") == 0)
        vec_push(l->arena, &m->merged, value);
    else
        add_entry(l, m, (struct doc_entry){key->text, key->pos, value});
    return true;
}

static void read_entries(struct loader *l, struct doc_node *node)
{
    struct map_reader m = {0};
    yaml_event_t event;
    bool more = true;
    while (more && next_event(l, &event)) {
        more = event.type != YAML_MAPPING_END_EVENT;
        if (more)
            more = read_entry(l, &m, &event);
        else
            node_end(node, &event);
        yaml_event_delete(&event);
    }
    VEC_EACH (const struct doc_node *, it, &m.merged)
        add_merged(l, &m, *it);
    *node = doc_map_of(m.entries.v, m.entries.n, node->pos);
}

/* A list or a map. Its weight is 0 while it is being read, so that an alias inside is noticed. */
static const struct doc_node *read_collection(struct loader *l, const yaml_event_t *event)
{
    bool list = event->type == YAML_SEQUENCE_START_EVENT;
    const yaml_char_t *anchor =
        list ? event->data.sequence_start.anchor : event->data.mapping_start.anchor;
    struct doc_node *node =
        node_new(l, list ? DOC_LIST : DOC_MAP, mark_pos(&event->start_mark, NULL));
    refuse_tag(l, event, list ? event->data.sequence_start.tag : event->data.mapping_start.tag);
    node->weight = 0;
    if (anchor)
        set_anchor(l, anchor, node);
    if (l->depth >= DEPTH_MAX) {
        fail_at(l, node->pos, "nested too deep: 64 levels is the limit");
        return NULL;
    }
    l->depth++;
    if (list)
        read_items(l, node);
    else
        read_entries(l, node);
    l->depth--;
    return node;
}

/* The node that EVENT begins; NULL once reading has failed. */
static const struct doc_node *read_node(struct loader *l, yaml_event_t *event)
{
    const struct doc_node *node = NULL;
    if (event->type == YAML_SCALAR_EVENT)
        node = read_scalar(l, event);
    else if (event->type == YAML_ALIAS_EVENT)
        node = read_alias(l, event);
    else
        node = read_collection(l, event);
    if (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor)
        set_anchor(l, event->data.scalar.anchor, node);
    if (++l->weight > WEIGHT_MAX && node)
        fail_at(l, event_pos(event),
                "too large: 2 million values is the limit, aliases counted "
                "each time they are used");
    return l->failed ? NULL : node;
}

/* The events around the one document of a file. */
static const struct doc_node *read_stream(struct loader *l)
{
    const struct doc_node *root = NULL;
    for (bool more = true; more && !l->failed;) {
        yaml_event_t event;
        if (!next_event(l, &event))
            break;
        if (event.type == YAML_STREAM_END_EVENT)
            more = false;
        else if (event.type == YAML_DOCUMENT_START_EVENT && root)
            fail_at(l, event_pos(&event), "a second document: one file is one lab");
        else if (event.type != YAML_STREAM_START_EVENT && event.type != YAML_DOCUMENT_START_EVENT &&
                 event.type != YAML_DOCUMENT_END_EVENT)
            root = read_node(l, &event);
        yaml_event_delete(&event);
    }
    return l->failed ? NULL : root;
}

void doc_read(const char *bytes, size_t len, struct diags *diags, const struct doc_node **ret_root)
{
    struct loader l = {.diags = diags, .arena = diags->arena};
    map_init(&l.anchors, l.arena);
    if (!yaml_parser_initialize(&l.parser))
        memory_exhausted();
    yaml_parser_set_input_string(&l.parser, (const unsigned char *)bytes, len);
    *ret_root = read_stream(&l);
    yaml_parser_delete(&l.parser);
}

const struct doc_node *doc_get(const struct doc_node *map, const char *key)
{
    for (uint32_t i = 0; map && map->kind == DOC_MAP && i < map->n; i++) {
        if (strcmp(map->entries[i].key, key) == 0)
            return map->entries[i].value;
    }
    return NULL;
}

bool doc_is_nothing(const struct doc_node *n)
{
    static const char *const words[] = {"~", "none", "null", "Null", "NULL"};
    if (n->kind != DOC_SCALAR)
        return n->kind == DOC_NULL;
    for (unsigned i = 0; !n->quoted && i < ARRAY_SIZE(words); i++) {
        if (strcmp(n->text, words[i]) == 0)
            return true;
    }
    return false;
}

struct doc_node doc_key_of(const struct doc_entry *entry)
{
    return (struct doc_node){.kind = DOC_SCALAR,
                             .quoted = true,
                             .refers = strchr(entry->key, '$') != NULL,
                             .weight = 1,
                             .pos = entry->key_pos,
                             .text = entry->key};
}

struct doc_node doc_list_of(const struct doc_node **items, uint32_t n, struct pos pos)
{
    struct doc_node list = {.kind = DOC_LIST, .n = n, .weight = 1, .pos = pos, .items = items};
    for (uint32_t i = 0; i < n; i++) {
        list.weight += items[i]->weight;
        list.refers |= items[i]->refers;
    }
    return list;
}

struct doc_node doc_map_of(struct doc_entry *entries, uint32_t n, struct pos pos)
{
    struct doc_node map = {.kind = DOC_MAP, .n = n, .weight = 1, .pos = pos, .entries = entries};
    for (uint32_t i = 0; i < n; i++) {
        const struct doc_node *value = entries[i].value;
        map.weight += value->weight + 1;
        map.refers |= value->refers || strchr(entries[i].key, '$');
        map.adds |= value->adds || str_ends(entries[i].key, "+");
    }
    return map;
}

/* --- Back to text ---------------------------------------------------------------------------- */

/* Whether TEXT means itself without quotes, in flow style. */
static bool is_plain(const char *text)
{
    static const char *const words[] = {"~", "null", "none", "-", "?"};
    size_t len = strlen(text);
    for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
        if (strcmp(text, words[i]) == 0)
            return false;
    }
    return len && !strchr(" @*&!|>'\"%`#:{}[],?-", text[0]) && !strpbrk(text, "{}[],\"\n\t") &&
           text[len - 1] != ':' && text[len - 1] != ' ' && !strstr(text, ": ") &&
           !strstr(text, ":?") && !strstr(text, " #");
}

static void add_scalar(struct str *s, const char *text)
{
    if (is_plain(text)) {
        str_add(s, text);
        return;
    }
    str_add(s, "\"");
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            str_add(s, "\\");
        if (*text == '\n')
            str_add(s, "\\n");
        else
            str_addn(s, text, 1);
    }
    str_add(s, "\"");
}

static void add_flow(struct str *s, const struct doc_node *n)
{
    switch (n->kind) {
    case DOC_NULL:
        return;
    case DOC_SCALAR:
        if (!n->quoted && doc_is_nothing(n))
            str_add(s, n->text);
        else
            add_scalar(s, n->text);
        return;
    case DOC_LIST:
        str_add(s, "[");
        for (uint32_t i = 0; i < n->n; i++) {
            str_add(s, i ? ", " : "");
            add_flow(s, n->items[i]);
        }
        str_add(s, "]");
        return;
    case DOC_MAP:
        str_add(s, "{");
        for (uint32_t i = 0; i < n->n; i++) {
            str_add(s, i ? ", " : "");
            add_scalar(s, n->entries[i].key);
            str_add(s, ": ");
            add_flow(s, n->entries[i].value);
        }
        str_add(s, "}");
        return;
    }
}

char *doc_flow_text(struct arena *arena, const struct doc_node *n)
{
    struct str text CLEAN_STR = {0};
    add_flow(&text, n);
    return arena_strdup(arena, text.text ? text.text : "");
}

/* --- Places inside of texts ----------------------------------------------------------------- */

/* Where WANT, of LEN bytes, stands at the end of the source line at START: a column, or 0. */
static uint16_t col_at_end(const char *start, const char *want, size_t len)
{
    size_t all = strcspn(start, "\r\n");
    if (all < len || memcmp(start + all - len, want, len) != 0 || all - len >= UINT16_MAX)
        return 0;
    return (uint16_t)(all - len + 1);
}

/* Of a text on the line where N begins, in quotes or not. */
static uint16_t col_within(const char *start, const struct doc_node *n)
{
    size_t all = strcspn(start, "\r\n"), len = strlen(n->text), skip = n->pos.col - (size_t)1;
    if (skip >= all || strchr(n->text, '\n'))
        return 0;
    const char *found = memmem(start + skip, all - skip, n->text, len);
    return found ? (uint16_t)(found - start + 1) : 0;
}

const struct pos *doc_text_lines(struct arena *arena, const char *source, const struct doc_node *n,
                                 uint32_t *ret_n)
{
    VEC(struct pos) lines = {0};
    const char *start = line_start(source, n->pos.line), *text = n->text;
    uint16_t col = col_within(start, n);
    for (uint32_t i = 1; *text; i++) { /* a block's first line is the next one of the file */
        size_t len = strcspn(text, "\n");
        struct pos pos = {n->pos.line, col, (uint16_t)(len > UINT16_MAX ? UINT16_MAX : len)};
        start += strcspn(start, "\n");
        start += *start == '\n';
        if (!col)
            pos = (struct pos){n->pos.line + i, col_at_end(start, text, len), pos.len};
        if (!pos.col)
            pos = (struct pos){n->pos.line, n->pos.col, 0};
        vec_push(arena, &lines, pos);
        text += len + (text[len] == '\n');
    }
    *ret_n = lines.n;
    return lines.v;
}
