// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * How programs and files of a node are written. Commands, contents and regular expressions are full
 * of dollars that are not ours: in these a text refers to something only where `expand: true`
 * stands beside it.
 */
#include "model/language_programs.h"

#include <netinet/in.h>
#include <string.h>

#include "base/regexp.h"
#include "base/signals.h"
#include "model/names.h"
#include "model/values.h"

#define FIELDS(array) .fields = (array), .n = ARRAY_SIZE(array)
struct exec_value {
    struct words_value command;
    struct int_value expand;
};
static const struct field exec_fields[] = {
    {"command", "the command", &type_command, offsetof(struct exec_value, command), FIELD_REQUIRED},
    {"expand", "whether it refers to something: $1, $(node)", &type_bool,
     offsetof(struct exec_value, expand)},
};
static const struct table exec_table = {
    .name = "exec-command",
    .what = "a command",
    FIELDS(exec_fields),
};

static bool read_exec(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct exec_value value = {0};
    if (n->kind != DOC_MAP)
        return read_command(r, type, n, out);
    struct reader own = reader_beside(r, n);
    bool ok = table_read(&own, &exec_table, n, &value);
    *(struct words_value *)out = value.command;
    return ok;
}

static json_t *describe_exec(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_type(s, &type_words), schema_ref(s, &exec_table));
}

/* One text alone will do; one list alone would be its words. */
static json_t *describe_execs(const struct type *type, struct schema *s)
{
    return describe_either(
        json_pack("{s:s,s:o}", "type", "array", "items", schema_type(s, type->of)),
        describe_word(type_words.pattern));
}

static const struct type type_exec_item = {
    .expects = COMMAND_EXPECTS,
    .read = read_exec,
    .describe = describe_exec,
    .verbatim = true,
};
const struct type type_exec = {
    .name = "exec",
    .expects = "a list of commands, like [ip link set eth0 alias outside, [sysctl, -a]]",
    .read = read_list,
    .describe = describe_execs,
    .of = &type_exec_item,
    .size = sizeof(struct words_value),
};

/* --- Texts ------------------------------------------------------------------------------------ */

const struct type type_env_name;

static bool env_name_valid(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    return *name && strspn(name, letters) == strlen(name) && !(*name >= '0' && *name <= '9');
}

static bool read_env_name(struct reader *r, const struct type *type, const struct doc_node *n,
                          void *out)
{
    if (n->kind != DOC_SCALAR || !env_name_valid(n->text))
        return type_mismatch(r, type, n);
    if (strcmp(n->text, "NSLAB_LAB") == 0 || strcmp(n->text, "NSLAB_NODE") == 0) {
        diag_error(r->diags, n->pos, "%s is set by nslab, in every node", n->text);
        return false;
    }
    *(struct text_value *)out = (struct text_value){n->text, n->pos};
    return true;
}

const struct type type_env_name = {
    .expects = "a variable's name: letters, digits and '_', and not a digit first",
    .read = read_env_name,
    .describe = describe_text,
    .pattern = "^(?!NSLAB_(LAB|NODE)$)[A-Za-z_][A-Za-z0-9_]*$",
};
const struct type type_env = {
    .name = "env",
    .expects = "a map of variables of the environment, like {LANG: C}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_env_name,
    .of = &type_any_text,
    .size = sizeof(struct text_value),
};

static bool read_regex(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    regex_t regex;
    char why[REGEX_WHY_MAX];
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR || !*n->text)
        return type_mismatch(r, type, n);
    int code = regex_compile(&regex, n->text, 0, why);
    if (code == -E2BIG) {
        diag_error(r->diags, n->pos, "this regular expression is too large");
        return false;
    }
    if (code) {
        diag_error(r->diags, n->pos, "no regular expression: %s", why);
        diag_help(r->diags, "it is an extended one of POSIX, as `grep -E` has them");
        return false;
    }
    regfree(&regex);
    *(struct text_value *)out = (struct text_value){n->text, n->pos};
    return true;
}

static json_t *describe_filled(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return json_pack("{s:[s,s,s],s:i}", "type", "string", "number", "boolean", "minLength", 1);
}

const struct type type_regex = {
    .expects = "a regular expression, like 'ready|listening on'",
    .read = read_regex,
    .describe = describe_filled,
    .verbatim = true,
};

static const struct type type_content = {
    .expects = "what is in the file, a text",
    .read = read_text,
    .describe = describe_text,
    .verbatim = true,
};

static bool filled(const char *text)
{
    return *text != '\0';
}

static const struct type type_source = {
    .expects = "the path of a file, from the topology's folder on",
    .read = read_text,
    .describe = describe_filled,
    .valid = filled,
};

/* --- Paths, users, modes ---------------------------------------------------------------------- */

static bool absolute(const char *path)
{
    return *path == '/';
}

static const struct type type_path = {
    .expects = "an absolute path in the node, like /run/frr/zebra.pid",
    .read = read_text,
    .describe = describe_text,
    .valid = absolute,
    .pattern = "^/",
};

/* PATH without what says nothing; NULL where it has `..`. */
static const char *plain_path(struct reader *r, const char *path)
{
    struct str plain CLEAN_STR = {0};
    for (; *path; path += strcspn(path, "/")) {
        path += strspn(path, "/");
        size_t len = strcspn(path, "/");
        if (len == 2 && strncmp(path, "..", 2) == 0)
            return NULL;
        if (len && !(len == 1 && *path == '.'))
            str_addf(&plain, "/%.*s", (int)len, path);
    }
    return arena_strdup(r->arena, plain.len ? plain.text : "/");
}

static bool is_below(const char *path, const char *top)
{
    size_t len = strlen(top);
    return strncmp(path, top, len) == 0 && (!path[len] || path[len] == '/');
}

#define PATH_MAX_BYTES 4095

static bool read_file_path(struct reader *r, const struct type *type, const struct doc_node *n,
                           void *out)
{
    static const char *const kernels[] = {"/proc", "/sys", "/dev"};
    if (n->kind != DOC_SCALAR || *n->text != '/' || !n->text[1] || strlen(n->text) > PATH_MAX_BYTES)
        return type_mismatch(r, type, n);
    const char *plain = plain_path(r, n->text);
    if (!plain) {
        diag_error(r->diags, n->pos, "'%s' has a '..' in it: write where that leads", n->text);
        return false;
    }
    if (strcmp(plain, n->text) != 0) {
        diag_error(r->diags, n->pos, "'%s' is not the shortest way to say this path", n->text);
        if (plain[1])
            diag_help(r->diags, "write %s", plain);
        return false;
    }
    for (size_t i = 0; i < ARRAY_SIZE(kernels); i++) {
        if (!is_below(plain, kernels[i]))
            continue;
        diag_error(r->diags, n->pos, "nothing can be put into %s, which is the kernel's",
                   kernels[i]);
        return false;
    }
    *(struct text_value *)out = (struct text_value){n->text, n->pos};
    return true;
}

static const struct type type_file_path = {
    .expects = "an absolute path, like /etc/frr/frr.conf",
    .read = read_file_path,
    .describe = describe_text,
    .pattern = "^(?!/(proc|sys|dev)(/|$))(/(?!\\.{1,2}(/|$))[^/]+)+$",
};

static bool user_valid(const char *user)
{
    return *user && *user != '-' && !user[strcspn(user, ": \t\r\n")] && strlen(user) <= 256;
}

static bool owner_valid(const char *owner)
{
    const char *colon = strchr(owner, ':');
    return colon != owner && *owner && *owner != '-' && !owner[strcspn(owner, " \t\r\n")] &&
           strlen(owner) <= 256 && (!colon || user_valid(colon + 1));
}

static const struct type type_user = {
    .expects = "a user of the node, by name or number",
    .read = read_text,
    .describe = describe_text,
    .valid = user_valid,
    .pattern = "^[^:\\s-][^:\\s]{0,255}$",
    .looks = LOOKS_DECIMAL,
};
static const struct type type_owner = {
    .expects = "USER or USER:GROUP, by name or number",
    .read = read_text,
    .describe = describe_text,
    .valid = owner_valid,
    .pattern = "^[^:\\s-][^:\\s]{0,255}(:[^:\\s-][^:\\s]{0,255})?$",
    .looks = LOOKS_DECIMAL,
};

/* Octal digits, as chmod(1) has them. */
static bool read_mode(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    if (doc_is_nothing(n))
        return true;
    size_t len = n->kind == DOC_SCALAR ? strlen(n->text) : 0;
    unsigned long mode = len && len < 7 && strspn(n->text, "01234567") == len
                             ? strtoul(n->text, NULL, 8)
                             : UINT32_MAX;
    if (mode > 07777)
        return type_mismatch(r, type, n);
    *(struct int_value *)out = (struct int_value){(uint32_t)mode, n->pos};
    return true;
}

static json_t *describe_mode(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return describe_either(
        json_pack("{s:s,s:s}", "type", "string", "pattern", "^0{0,2}[0-7]{1,4}$"),
        json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 0, "maximum", 7777));
}

static const struct type type_mode = {
    .expects = "permissions in octal, like 0644",
    .read = read_mode,
    .describe = describe_mode,
};

/* --- Files ------------------------------------------------------------------------------------ */

static const struct field file_fields[] = {
    {"content", "what is in it", &type_content, offsetof(struct file_input, content)},
    {"source", "a file whose content it has, from the topology's folder on", &type_source,
     offsetof(struct file_input, source)},
    {"mode", "its permissions, in octal (default 0644)", &type_mode,
     offsetof(struct file_input, mode)},
    {"owner", "USER or USER:GROUP that it belongs to (default root)", &type_owner,
     offsetof(struct file_input, owner)},
    {"expand", "whether its content refers to something: $1, $(node)", &type_bool,
     offsetof(struct file_input, expand)},
};
static const char *const file_needs[] = {"content", "source", NULL};
static const struct table file_table = {
    .name = "file",
    .what = "a file",
    FIELDS(file_fields),
    .needs_one_of = file_needs,
};

static bool is_gone(const struct doc_node *n)
{
    return n->kind == DOC_SCALAR && doc_is_nothing(n);
}

static bool read_file(struct reader *r, const struct type *type, const struct doc_node *n,
                      void *out)
{
    struct file_input *file = out;
    file->pos = n->pos;
    file->gone = is_gone(n);
    if (file->gone)
        return true;
    if (n->kind == DOC_SCALAR)
        return read_text(r, &type_content, n, &file->content);
    if (n->kind == DOC_LIST)
        return type_mismatch(r, type, n);
    struct reader own = reader_beside(r, n);
    file->bad = !table_read(&own, &file_table, n, file);
    return !file->bad;
}

static json_t *describe_file(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_type(s, &type_content), schema_ref(s, &file_table));
}

static const struct type type_file = {
    .expects = "a file's content, or {content: …, mode: 0644}",
    .read = read_file,
    .describe = describe_file,
    .verbatim = true,
};
const struct type type_files = {
    .name = "files",
    .expects = "a map of files, like {/etc/motd: {content: hello}}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_file_path,
    .of = &type_file,
    .size = sizeof(struct file_input),
};

static const struct field directory_fields[] = {
    {"mode", "its permissions, in octal (default 0755)", &type_mode,
     offsetof(struct file_input, mode)},
    {"owner", "USER or USER:GROUP that it belongs to (default root)", &type_owner,
     offsetof(struct file_input, owner)},
};
static const struct table directory_table = {
    .name = "directory",
    .what = "a directory",
    FIELDS(directory_fields),
};

static bool read_directory(struct reader *r, const struct type *type, const struct doc_node *n,
                           void *out)
{
    struct file_input *file = out;
    (void)type;
    file->pos = n->pos;
    file->gone = is_gone(n);
    if (file->gone)
        return true;
    file->bad = !table_read(r, &directory_table, n, file);
    return !file->bad;
}

static const struct type type_directory = {
    .expects = "a directory, like {mode: 0750, owner: frr}",
    .read = read_directory,
    .describe = describe_table,
    .table = &directory_table,
};
const struct type type_directories = {
    .name = "directories",
    .expects = "a map of directories, like {/var/lib/app: {owner: app}}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_file_path,
    .of = &type_directory,
    .size = sizeof(struct file_input),
};

/* --- Being ready ------------------------------------------------------------------------------ */

/* 179, tcp/179, udp/53. */
static bool read_listen(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    struct listen_value value = {.protocol = IPPROTO_TCP, .pos = n->pos};
    uint32_t port = 0;
    const char *end = "";
    if (doc_is_nothing(n))
        return true;
    if (n->kind != DOC_SCALAR)
        return type_mismatch(r, type, n);
    const char *text = n->text;
    if (str_starts(text, "udp/"))
        value.protocol = IPPROTO_UDP;
    if (str_starts(text, "udp/") || str_starts(text, "tcp/"))
        text += 4;
    if (*text == '0' || !u32_parse(text, &port, &end) || *end || !port || port > UINT16_MAX)
        return type_mismatch(r, type, n);
    value.port = (uint16_t)port;
    *(struct listen_value *)out = value;
    return true;
}

static json_t *describe_listen(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    return describe_either(
        json_pack("{s:s,s:s}", "type", "string", "pattern", "^((tcp|udp)/)?" PORT_PATTERN "$"),
        json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 1, "maximum", UINT16_MAX));
}

static const struct type type_listen = {
    .expects = "a port, like tcp/179, udp/53, or 80 (of TCP)",
    .read = read_listen,
    .describe = describe_listen,
};

static const struct field ready_fields[] = {
    {"listen", "a port that something listens on: tcp/179, udp/53", &type_listen,
     offsetof(struct ready_input, listen)},
    {"output", "a regular expression that what it prints has somewhere in a line", &type_regex,
     offsetof(struct ready_input, output)},
    {"file", "a file of the node that is there", &type_path, offsetof(struct ready_input, file)},
    {"command", "a command that ends with 0, run again and again until it does", &type_command,
     offsetof(struct ready_input, command)},
    {"every", "how often to run `command` (default 200ms)", &type_timeout,
     offsetof(struct ready_input, every)},
    {"route", "a prefix that the main table has a route to, this very one", &type_destination,
     offsetof(struct ready_input, route)},
    {"neighbour", "an address or a node's name: it is in the neighbour table, with its MAC",
     &type_via, offsetof(struct ready_input, neighbour)},
    {"interface", "an interface of the node that runs", &type_iface_name,
     offsetof(struct ready_input, interface)},
};
static const char *const ready_needs[] = {"listen", "output",    "file",      "command",
                                          "route",  "neighbour", "interface", NULL};
static const struct table ready_table = {
    .name = "ready",
    .what = "ready",
    FIELDS(ready_fields),
    .needs_any_of = ready_needs,
};

static bool read_ready_item(struct reader *r, const struct type *type, const struct doc_node *n,
                            void *out)
{
    struct ready_input *ready = out;
    (void)type;
    ready->pos = n->pos;
    bool ok = table_read(r, &ready_table, n, out);
    if (ready->every.pos.line && !doc_get(n, "command")) {
        diag_error(r->diags, ready->every.pos,
                   "'every' is how often to run 'command', which is "
                   "not here");
        return false;
    }
    return ok;
}

static const struct type type_ready_item = {
    .expects = "when it is ready, like {listen: tcp/80}",
    .read = read_ready_item,
    .describe = describe_table,
    .table = &ready_table,
};
static const struct type type_ready_list = {
    .expects = "when it is ready, like {listen: tcp/80}, or a list of such",
    .read = read_list,
    .describe = describe_list,
    .of = &type_ready_item,
    .size = sizeof(struct ready_input),
};

/* A list, or one of what it is a list of. */
static bool read_ready(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    (void)type;
    if (n->kind != DOC_MAP)
        return read_list(r, &type_ready_list, n, out);
    struct ready_input *ready = arena_new_of(r->arena, struct ready_input);
    *(struct list_value *)out = (struct list_value){ready, 1, n->pos};
    return type_read(r, &type_ready_item, n, ready);
}

static json_t *describe_ready(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_ref(s, &ready_table), schema_type(s, &type_ready_list));
}

static const struct type type_ready = {
    .expects = "when it is ready, like {listen: tcp/80}, or a list of such",
    .read = read_ready,
    .describe = describe_ready,
    .of = &type_ready_item,
};

/* --- Services --------------------------------------------------------------------------------- */

static bool read_service_name(struct reader *r, const struct type *type, const struct doc_node *n,
                              void *out)
{
    if (n->kind != DOC_SCALAR || !service_name_valid(n->text)) {
        type_mismatch(r, type, n);
        if (n->kind == DOC_SCALAR && strcmp(n->text, "firewall") == 0)
            diag_help(r->diags, "`nslab logs NODE/firewall` shows what rules log");
        else if (n->kind == DOC_SCALAR && strcmp(n->text, "exec") == 0)
            diag_help(r->diags, "`nslab logs NODE/exec` shows what the commands of exec print");
        return false;
    }
    *(struct text_value *)out = (struct text_value){n->text, n->pos};
    return true;
}

static const struct type type_service_name = {
    .expects = "a service's name: a letter or digit, then those, '_', '.' and '-', at most 63, and "
               "neither firewall nor exec",
    .read = read_service_name,
    .describe = describe_text,
    .pattern = SERVICE_NAME_PATTERN,
    .looks = LOOKS_DECIMAL,
};

bool after_valid(const char *text)
{
    const char *slash = strchr(text, '/');
    char node[64];
    size_t len = slash ? (size_t)(slash - text) : 0;
    if (!slash)
        return service_name_valid(text);
    if (len >= sizeof(node))
        return false;
    memcpy(node, text, len);
    node[len] = '\0';
    return node_name_valid(node) && service_name_valid(slash + 1);
}

/* Patterns are for the caller to make names of. */
static bool read_after(struct reader *r, const struct type *type, const struct doc_node *n,
                       void *out)
{
    if (n->kind != DOC_SCALAR || !strchr(n->text, '('))
        return read_text(r, type, n, out);
    *(struct text_value *)out = (struct text_value){n->text, n->pos};
    return true;
}

static const struct type type_after_item = {
    .names = true,
    .expects = "a service's name, or NODE/SERVICE",
    .read = read_after,
    .describe = describe_text,
    .valid = after_valid,
    .pattern = "^((?!all/)[A-Za-z0-9][A-Za-z0-9_.-]{0,62}/)?(?!(firewall|exec)$)[A-Za-z0-9]"
               "[A-Za-z0-9_.-]{0,62}$",
    .looks = LOOKS_DECIMAL,
};
static const struct type type_after = {
    .expects = "the services that it waits for, like [web, db/postgres]",
    .read = read_list,
    .describe = describe_list,
    .of = &type_after_item,
    .size = sizeof(struct text_value),
};

static const char *const restart_words[] = {"no", "on-failure", "always", NULL};
static const struct type type_restart = {
    .expects = "no, on-failure or always",
    .read = read_enum,
    .describe = describe_enum,
    .words = restart_words,
};

/* `none` is a word of its own here. */
static bool read_log(struct reader *r, const struct type *type, const struct doc_node *n, void *out)
{
    if (!is_gone(n))
        return read_enum(r, type, n, out);
    *(struct int_value *)out = (struct int_value){LOG_NONE, n->pos};
    return true;
}

static const char *const log_words[] = {"output", "none", NULL};
static const struct type type_output_log = {
    .expects = "output or none",
    .read = read_log,
    .describe = describe_enum,
    .words = log_words,
};

static bool read_signal(struct reader *r, const struct type *type, const struct doc_node *n,
                        void *out)
{
    if (doc_is_nothing(n))
        return true;
    int number = n->kind == DOC_SCALAR ? signal_parse(n->text) : 0;
    if (!number) {
        type_mismatch(r, type, n);
        size_t words = 0;
        while (signal_names[words])
            words++;
        if (n->kind == DOC_SCALAR)
            diag_help_nearest(r->diags, str_starts(n->text, "SIG") ? n->text + 3 : n->text,
                              signal_names, words);
        return false;
    }
    *(struct int_value *)out = (struct int_value){(uint32_t)number, n->pos};
    return true;
}

static json_t *describe_signal(const struct type *type, struct schema *s)
{
    (void)type, (void)s;
    struct str pattern CLEAN_STR = {0};
    str_add(&pattern, "^([1-9]|[1-5][0-9]|6[0-4]|([sS][iI][gG])?(");
    for (size_t i = 0; signal_names[i]; i++) {
        str_add(&pattern, i ? "|" : "");
        for (const char *p = signal_names[i]; *p; p++) {
            if (*p >= 'A' && *p <= 'Z')
                str_addf(&pattern, "[%c%c]", *p, *p - 'A' + 'a');
            else
                str_addn(&pattern, p, 1);
        }
    }
    str_add(&pattern, "))$");
    return describe_either(
        json_pack("{s:s,s:s}", "type", "string", "pattern", pattern.text),
        json_pack("{s:s,s:i,s:i}", "type", "integer", "minimum", 1, "maximum", 64));
}

static const struct type type_signal = {
    .expects = "a signal, like TERM, SIGINT or 15",
    .read = read_signal,
    .describe = describe_signal,
};

static const struct field service_fields[] = {
    {"command", "what is run", &type_command, offsetof(struct service_input, command),
     FIELD_REQUIRED},
    {"ready", "when it is ready; where not given, when it was started", &type_ready,
     offsetof(struct service_input, ready)},
    {"within", "how long that may take (default 30s)", &type_timeout,
     offsetof(struct service_input, within)},
    {"after", "services that must be ready before: SERVICE or NODE/SERVICE", &type_after,
     offsetof(struct service_input, after)},
    {"env", "variables of its environment, over the node's", &type_env,
     offsetof(struct service_input, env)},
    {"user", "the user that it runs as (default root)", &type_user,
     offsetof(struct service_input, user)},
    {"directory", "the directory that it starts in (default /)", &type_path,
     offsetof(struct service_input, directory)},
    {"restart", "whether it is started again when it ends: no (default), on-failure, always",
     &type_restart, offsetof(struct service_input, restart)},
    {"oneshot", "whether it is ready when it has ended with 0", &type_bool,
     offsetof(struct service_input, oneshot)},
    {"stop-signal", "the signal that asks it to end (default TERM)", &type_signal,
     offsetof(struct service_input, stop_signal)},
    {"log", "output (default): what it prints is kept; none: thrown away", &type_output_log,
     offsetof(struct service_input, log)},
    {"expand", "whether commands and `output` refer to something: $1, $(node)", &type_bool,
     offsetof(struct service_input, expand)},
};
static const struct table service_table = {
    .name = "service",
    .what = "a service",
    FIELDS(service_fields),
};

/* What the keys of a service say together. */
static bool check_service(struct reader *r, const struct service_input *in)
{
    struct diags *d = r->diags;
    unsigned errors = d->errors;
    const struct ready_input *ready = in->ready.v;
    if (in->oneshot.value && in->restart.value == 2)
        diag_error(d, in->restart.pos, "what ends once cannot be restarted always");
    if (in->oneshot.value && in->ready.n)
        diag_error(d, in->ready.pos,
                   "a oneshot is ready when it has ended with 0, and by nothing "
                   "else");
    if (in->within.pos.line && !in->ready.n && !in->oneshot.value)
        diag_error(d, in->within.pos, "'within' is how long 'ready' may take, which is not here");
    if (in->within.us / 1000 > UINT32_MAX)
        diag_error(d, in->within.pos, "'within' is too long: a week or two will do");
    for (uint32_t i = 0; i < in->ready.n; i++) {
        if (ready[i].every.us / 1000 > UINT32_MAX)
            diag_error(d, ready[i].every.pos, "'every' is too long: an hour or two will do");
        if (ready[i].output.text && in->log.value == LOG_NONE)
            diag_error(d, ready[i].output.pos,
                       "'output' is looked for in what it prints, which "
                       "`log: none` throws away");
    }
    return d->errors == errors;
}

static bool read_service(struct reader *r, const struct type *type, const struct doc_node *n,
                         void *out)
{
    struct service_input *service = out;
    (void)type;
    service->pos = n->pos;
    service->gone = is_gone(n);
    if (service->gone)
        return true;
    struct reader own = reader_beside(r, n);
    if (n->kind == DOC_SCALAR || n->kind == DOC_LIST)
        service->bad = !read_command(&own, &type_command, n, &service->command);
    else
        service->bad = !table_read(&own, &service_table, n, service) || !check_service(r, service);
    return !service->bad;
}

static json_t *describe_service(const struct type *type, struct schema *s)
{
    (void)type;
    return describe_either(schema_type(s, &type_words), schema_ref(s, &service_table));
}

static const struct type type_service = {
    .expects = "a service, like {command: nginx, ready: {listen: tcp/80}}",
    .read = read_service,
    .describe = describe_service,
    .verbatim = true,
};
const struct type type_services = {
    .name = "services",
    .expects = "a map of services, like {web: {command: nginx}}",
    .read = read_map,
    .describe = describe_map,
    .key = &type_service_name,
    .of = &type_service,
    .size = sizeof(struct service_input),
};
