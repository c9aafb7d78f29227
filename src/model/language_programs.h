// SPDX-License-Identifier: GPL-2.0-or-later
// Copyright (C) the nslab authors
#pragma once

#include "model/language_command.h"
#include "model/language_firewall.h"

/* What runs in a node, and which files it has, as written. */

struct listen_value {
    uint8_t protocol;
    uint16_t port;
    struct pos pos;
};

struct ready_input {
    struct listen_value listen;
    struct text_value output, file, interface;
    struct words_value command;
    struct duration_value every;
    struct prefix_value route; /* family AF_UNSPEC: default */
    struct addr_value neighbour;
    struct pos pos;
};

struct service_input {
    struct words_value command;
    struct list_value ready; /* of ready_input */
    struct list_value after; /* of text_value: SERVICE or NODE/SERVICE */
    struct duration_value within;
    struct map_value env; /* of text_value */
    struct text_value user, directory;
    struct int_value restart, oneshot, stop_signal, log;
    struct int_value expand;
    struct pos pos;
    bool bad;  /* errors in it were reported */
    bool gone; /* `none`: taken away */
};

/* A file or a directory. */
struct file_input {
    struct text_value content, source, owner;
    struct int_value mode;
    struct int_value expand;
    struct pos pos;
    bool bad;
    bool gone;
};

struct programs_input {
    struct list_value exec;              /* of words_value */
    struct map_value services;           /* of service_input */
    struct map_value files, directories; /* of file_input */
    struct map_value env;                /* of text_value */
};

extern const struct type type_exec, type_services, type_files, type_directories, type_env;

/* A POSIX extended regular expression, as text_value; it compiles, and is not too large to. */
extern const struct type type_regex;

/* Whether TEXT is SERVICE or NODE/SERVICE. */
bool after_valid(const char *text);

/* Places in the words of `log`. */
enum { LOG_OUTPUT, LOG_NONE };

#define FILE_MODE 0644
#define DIRECTORY_MODE 0755
