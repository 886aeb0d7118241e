/* YAML 1.2, by libyaml's emitter. */
#ifndef REPORT_AS_YAML_H
#define REPORT_AS_YAML_H

#include "report/report.h"

#include <jansson.h>

bool as_yaml_write(const struct session *s, FILE *out, char **cause);
/* Any tree as a YAML document. */
bool as_yaml_tree(const json_t *tree, FILE *out, char **cause);

#endif
