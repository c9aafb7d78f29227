// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors

/*
 * Diagnostics in the formats of others. JSON goes through jansson, which wants UTF-8: a file's
 * name and what a topology holds may be any bytes, so all texts pass json_text.
 */
#include "report.h"

#include <string.h>

#include "base/json_text.h"

#define SARIF_SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

static const char *level_name(enum diag_level level)
{
    return level == DIAG_ERROR ? "error" : "warning";
}

/* The caller frees. */
static char *dump(json_t *json)
{
    char *text = json_dumps(json, JSON_INDENT(2));
    struct str out = {0};
    str_addf(&out, "%s\n", text);
    free(text);
    json_decref(json);
    return str_take(&out);
}

static json_t *note_json(const struct diag *diag)
{
    return json_pack("{s:i, s:i, s:o}", "line", (int)diag->note_pos.line, "column",
                     (int)diag->note_pos.col, "text", json_text(diag->note));
}

static json_t *diag_json(const struct diag *diag)
{
    json_t *json = json_pack("{s:s, s:i, s:i, s:i, s:o}", "level", level_name(diag->level), "line",
                             (int)diag->pos.line, "column", (int)diag->pos.col, "length",
                             (int)diag->pos.len, "text", json_text(diag->text));
    if (diag->help)
        json_object_set_new(json, "help", json_text(diag->help));
    if (diag->note)
        json_object_set_new(json, "note", note_json(diag));
    return json;
}

static json_t *file_json(const struct diags *diags)
{
    json_t *list = json_array();
    VEC_EACH (struct diag, diag, &diags->list)
        json_array_append_new(list, diag_json(diag));
    return json_pack("{s:o, s:b, s:i, s:i, s:o}", "file", json_text(diags->file), "ok",
                     !diags->errors, "errors", (int)diags->errors, "warnings", (int)diags->warnings,
                     "diagnostics", list);
}

char *report_json(const struct diags *const files[], size_t n)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(list, file_json(files[i]));
    return dump(json_pack("{s:o}", "files", list));
}

/* TEXT with the BYTES that end it, and the percent sign, as %XX. */
static void add_escaped(struct str *out, const char *text, const char *bytes)
{
    for (; *text; text++) {
        if (*text == '%' || strchr(bytes, *text))
            str_addf(out, "%%%02X", (unsigned char)*text);
        else
            str_addn(out, text, 1);
    }
}

static void add_github(struct str *out, const struct diags *diags, const struct diag *diag)
{
    str_addf(out, "::%s file=", level_name(diag->level));
    add_escaped(out, diags->file, "\r\n:,");
    if (diag->pos.line)
        str_addf(out, ",line=%u,col=%u,endColumn=%u", diag->pos.line, diag->pos.col,
                 diag->pos.col + diag->pos.len);
    str_add(out, "::");
    add_escaped(out, diag->text, "\r\n");
    if (diag->help) {
        str_add(out, "%0A");
        add_escaped(out, diag->help, "\r\n");
    }
    str_add(out, "\n");
}

char *report_github(const struct diags *const files[], size_t n)
{
    struct str out = {0};
    for (size_t i = 0; i < n; i++) {
        VEC_EACH (struct diag, diag, &files[i]->list)
            add_github(&out, files[i], diag);
    }
    return str_take(&out);
}

/* FILE as a URI reference: what RFC 3986 does not leave alone in a path is %XX. */
static json_t *uri_json(const char *file)
{
    struct str uri CLEAN_STR = {0};
    str_add(&uri, file[0] == '/' ? "file://" : "");
    for (; *file; file++) {
        unsigned char c = (unsigned char)*file;
        if (c < 0x80 && (strchr("-._~/", c) || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                         (c >= 'a' && c <= 'z')))
            str_addn(&uri, file, 1);
        else
            str_addf(&uri, "%%%02X", c);
    }
    return json_string(uri.text ? uri.text : "");
}

static json_t *location_json(const struct diags *diags, struct pos pos)
{
    json_t *place = json_pack("{s:{s:o}}", "artifactLocation", "uri", uri_json(diags->file));
    int column = pos.col ? pos.col : 1;
    if (pos.line)
        json_object_set_new(place, "region",
                            json_pack("{s:i, s:i, s:i}", "startLine", (int)pos.line, "startColumn",
                                      column, "endColumn", column + pos.len));
    return json_pack("{s:o}", "physicalLocation", place);
}

static json_t *related_json(const struct diags *diags, const struct diag *diag)
{
    json_t *location = location_json(diags, diag->note_pos);
    json_object_set_new(location, "message", json_pack("{s:o}", "text", json_text(diag->note)));
    return json_pack("[o]", location);
}

static json_t *result_json(const struct diags *diags, const struct diag *diag)
{
    struct str text CLEAN_STR = {0};
    str_add(&text, diag->text);
    if (diag->help)
        str_addf(&text, " (%s)", diag->help);
    json_t *result = json_pack("{s:s, s:s, s:{s:o}, s:[o]}", "ruleId", "topology", "level",
                               level_name(diag->level), "message", "text", json_text(text.text),
                               "locations", location_json(diags, diag->pos));
    if (diag->note)
        json_object_set_new(result, "relatedLocations", related_json(diags, diag));
    return result;
}

static json_t *tool_json(void)
{
    return json_pack("{s:{s:s, s:s, s:[{s:s, s:{s:s}}]}}", "driver", "name", "nslab", "version",
                     NSLAB_VERSION, "rules", "id", "topology", "shortDescription", "text",
                     "a topology file follows the nslab topology language");
}

char *report_sarif(const struct diags *const files[], size_t n)
{
    json_t *results = json_array();
    for (size_t i = 0; i < n; i++) {
        VEC_EACH (struct diag, diag, &files[i]->list)
            json_array_append_new(results, result_json(files[i], diag));
    }
    return dump(json_pack("{s:s, s:s, s:[{s:o, s:s, s:o}]}", "$schema", SARIF_SCHEMA, "version",
                          "2.1.0", "runs", "tool", tool_json(), "columnKind", "unicodeCodePoints",
                          "results", results));
}
