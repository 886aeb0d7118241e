/* alongside eval: try out an expression, or answer many for another program.
 *
 * --batch answers as ODK's engines do also where those are late: a call that is wrong is an error only when
 * it is come to, so that what they answer can be compared with what is answered here. */
#include "command/command.h"

#include "base/mem.h"
#include "base/out.h"
#include "base/utf8.h"
#include "base/vocab.h"
#include "command/options.h"
#include "form/expr.h"
#include "report/as_json.h"

#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "Usage: alongside eval [--set NAME=VALUE]... EXPRESSION\n"
    "       alongside eval --batch\n"
    "\n"
    "Prints what an expression of a form yields.\n"
    "\n"
    "  --set NAME=VALUE  ${NAME} is VALUE (a NAME of \".\" is the current answer)\n"
    "  --batch           read JSON Lines, {\"expr\":\"${a} + "
    "1\",\"set\":{\"a\":\"2\"}}, and answer each with a line;\n"
    "                    as in ODK, a function that is not there is an error only where it is come to\n"
    "  --help            print this and end\n"
    "\n"
    "An expression that begins with a minus stands after \"--\".\n";

/* ---- what names are set to ---- */

struct bindings {
    char **names;
    struct value *values;
    size_t count, room;
    struct value self;
};

static void bindings_clear(struct bindings *b)
{
    for (size_t i = 0; i < b->count; i++) {
        free(b->names[i]);
        value_release(&b->values[i]);
    }
    value_release(&b->self);
    b->count = 0;
}

static void bindings_release(struct bindings *b)
{
    bindings_clear(b);
    free(b->names);
    free(b->values);
}

static int bindings_find(void *context, const char *name)
{
    struct bindings *b = context;
    for (size_t i = 0; i < b->count; i++) {
        if (strcmp(b->names[i], name) == 0)
            return (int)i;
    }
    return -1;
}

/* Takes over the value. */
static void bind(struct bindings *b, const char *name, struct value value)
{
    if (strcmp(name, ".") == 0) {
        value_release(&b->self);
        b->self = value;
        return;
    }
    int found = bindings_find(b, name);
    if (found >= 0) {
        value_release(&b->values[found]);
        b->values[found] = value;
        return;
    }
    if (b->count == b->room) {
        size_t room = b->room;
        GROW(b->names, b->count, room);
        b->values = xreallocarray(b->values, room, sizeof *b->values);
        b->room = room;
    }
    b->names[b->count] = xstrdup(name);
    b->values[b->count++] = value;
}

static const char *bindings_nearest(void *context, const char *name)
{
    struct bindings *b = context;
    const char **names = xcalloc(b->count + 1, sizeof *names);
    for (size_t i = 0; i < b->count; i++)
        names[i] = b->names[i];
    const char *nearest = vocab_nearest(names, name);
    free(names);
    return nearest;
}

/* There is one person only here: their answer, both people's and the agreed one are the same. */
static void answer(void *context, int question, enum reading reading, struct value *out)
{
    const struct bindings *b = context;
    switch (reading) {
    case READ_DIFFERS:
        *out = value_of_boolean(false);
        break;
    case READ_GAP: {
        double number = value_number(&b->values[question]);
        *out = value_of_number(isnan(number) ? number : 0);
        break;
    }
    case READ_MISSING:
        break;
    default:
        *out = value_copy(&b->values[question]);
        break;
    }
}

static bool evaluate(struct bindings *b, const char *source, bool late, struct value *out,
                     struct expr_fault *fault, char **cause)
{
    const struct expr_scope scope = {bindings_find, bindings_nearest, false, late, b};
    const struct expr_env env = {.answer = answer, .self = &b->self, .context = b};
    struct expr *expr = expr_compile(source, &scope, fault);
    bool good = expr && expr_eval(expr, &env, out, cause);
    expr_free(expr);
    return good;
}

/* ---- one expression ---- */

/* The line of the source in which the fault lies, with it underlined. */
static void show_fault(const char *source, const struct expr_fault *fault)
{
    out_line(stderr, "alongside eval: %s%s%s%s", fault->message, fault->suggestion ? " Did you mean \"" : "",
             fault->suggestion ? fault->suggestion : "", fault->suggestion ? "\"?" : "");
    size_t start = fault->offset;
    while (start > 0 && source[start - 1] != '\n')
        start--;
    size_t length = strcspn(source + start, "\n"), underlined = fault->length;
    if (underlined > start + length - fault->offset)
        underlined = start + length - fault->offset;
    char *line = xstrndup(source + start, length), *before = xstrndup(source + start, fault->offset - start);
    char *under = xstrndup(source + fault->offset, underlined);
    char *safe_line = utf8_safe(line, false), *safe_before = utf8_safe(before, false);
    char *safe_under = utf8_safe(under, false);
    fprintf(stderr, "  %s\n  %*s^", safe_line, utf8_width(safe_before), "");
    for (int i = utf8_width(safe_under); i > 1; i--)
        fputc('~', stderr);
    fputc('\n', stderr);
    free(line);
    free(before);
    free(under);
    free(safe_line);
    free(safe_before);
    free(safe_under);
}

static void print_safe(const char *text)
{
    char *safe = utf8_safe(text, true);
    puts(safe);
    free(safe);
}

static int eval_one(struct bindings *b, const char *source)
{
    if (!utf8_valid(source, strlen(source))) {
        fputs("alongside eval: the expression is not UTF-8 text.\n", stderr);
        return 2;
    }
    struct value value;
    struct expr_fault fault = {0};
    char *cause = NULL;
    if (!evaluate(b, source, false, &value, &fault, &cause)) {
        if (fault.message)
            show_fault(source, &fault);
        else
            out_line(stderr, "alongside eval: %s", cause);
        expr_fault_release(&fault);
        free(cause);
        return 2;
    }
    if (value.type == VALUE_LIST) {
        for (size_t i = 0; i < value.count; i++)
            print_safe(value.items[i]);
    } else {
        char *text = value_string(&value);
        print_safe(text);
        free(text);
    }
    value_release(&value);
    return 0;
}

/* ---- many ---- */

/* A string as JSON, whatever bytes are in it. */
static json_t *json_text(const char *text)
{
    if (utf8_valid(text, strlen(text)))
        return json_string(text);
    char *safe = utf8_safe(text, true);
    json_t *json = json_string(safe);
    free(safe);
    return json;
}

static json_t *json_double(double number)
{
    if (isnan(number))
        return json_string("NaN");
    if (isinf(number))
        return json_string(number < 0 ? "-Infinity" : "Infinity");
    if (number == trunc(number) && fabs(number) < 1e15)
        return json_integer((json_int_t)number);
    return json_real(number);
}

static json_t *describe(const struct value *value)
{
    char *text = value_string(value);
    json_t *line = json_object(), *own = NULL;
    const char *type = "string";
    switch (value->type) {
    case VALUE_NUMBER:
        type = "number";
        own = json_double(value->number);
        break;
    case VALUE_BOOLEAN:
        type = "boolean";
        own = json_boolean(value->boolean);
        break;
    case VALUE_LIST:
        type = "list";
        own = json_array();
        for (size_t i = 0; i < value->count; i++)
            json_array_append_new(own, json_text(value->items[i]));
        break;
    default:
        own = json_text(text);
        break;
    }
    json_object_set_new(line, "type", json_string(type));
    json_object_set_new(line, "value", own);
    json_object_set_new(line, "string", json_text(text));
    json_object_set_new(line, "number", json_double(value_number(value)));
    json_object_set_new(line, "boolean", json_boolean(value_boolean(value)));
    free(text);
    return line;
}

static json_t *error_line(char *message)
{
    json_t *line = json_object();
    json_object_set_new(line, "error", json_text(message));
    free(message);
    return line;
}

/* What a JSON value binds a name to; NULL, or a sentence. */
static const char *bound_value(const json_t *json, struct value *out)
{
    static const char wrong[] = "A name is set to a text, a number, true, false, null or a list of texts.";
    *out = (struct value){0};
    if (json_is_string(json)) {
        *out = value_of_string(json_string_value(json));
    } else if (json_is_number(json)) {
        *out = value_of_number(json_number_value(json));
    } else if (json_is_boolean(json)) {
        *out = value_of_boolean(json_is_true(json));
    } else if (json_is_array(json)) {
        size_t count = json_array_size(json);
        const char **items = xcalloc(count, sizeof *items);
        for (size_t i = 0; i < count; i++) {
            items[i] = json_string_value(json_array_get(json, i));
            if (!items[i]) {
                free(items);
                return wrong;
            }
        }
        *out = value_of_list(items, count);
        free(items);
    } else if (!json_is_null(json)) {
        return wrong;
    }
    return NULL;
}

static json_t *answer_line(struct bindings *b, const char *text, size_t length)
{
    json_error_t error;
    json_t *request = json_loadb(text, length, JSON_REJECT_DUPLICATES, &error);
    if (!request)
        return error_line(xasprintf("This line is not JSON: %s.", error.text));
    json_t *line = NULL, *set = json_object_get(request, "set"), *self = json_object_get(request, ".");
    const char *source = json_string_value(json_object_get(request, "expr")), *wrong = NULL, *name;
    json_t *json;
    struct value value;
    if (!source)
        line = error_line(xstrdup("There is no \"expr\" with a text in this line."));
    else if (set && !json_is_object(set))
        line = error_line(xstrdup("\"set\" is not an object."));
    json_object_foreach(set, name, json)
    {
        if (!line && !wrong && !(wrong = bound_value(json, &value)))
            bind(b, name, value);
    }
    if (!line && !wrong && self && !(wrong = bound_value(self, &value)))
        bind(b, ".", value);
    if (wrong)
        line = error_line(xstrdup(wrong));
    struct expr_fault fault = {0};
    char *cause = NULL;
    if (line) {
        /* said already */
    } else if (evaluate(b, source, true, &value, &fault, &cause)) {
        line = describe(&value);
        value_release(&value);
    } else if (cause) {
        line = error_line(cause);
    } else {
        line = error_line(fault.suggestion
                              ? xasprintf("%s Did you mean \"%s\"?", fault.message, fault.suggestion)
                              : xstrdup(fault.message));
        expr_fault_release(&fault);
    }
    json_decref(request);
    return line;
}

static int eval_batch(void)
{
    struct bindings b = {0};
    char *text = NULL;
    size_t room = 0;
    ssize_t length;
    int status = 0;
    errno = 0;
    while ((length = getline(&text, &room, stdin)) >= 0) {
        if (strspn(text, " \t\r\n") == (size_t)length)
            continue;
        json_t *line = answer_line(&b, text, (size_t)length);
        char *told =
            json_dumps(line, JSON_ENSURE_ASCII | JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
        as_json_escaped(told, strlen(told), stdout, NULL); /* DEL is ASCII */
        json_decref(line);
        free(told);
        putchar('\n');
        bindings_clear(&b);
        if (fflush(stdout) != 0) {
            fprintf(stderr, "alongside eval: the answers cannot be written: %s.\n", strerror(errno));
            status = 2;
            break;
        }
    }
    if (!status && ferror(stdin)) {
        fprintf(stderr, "alongside eval: the lines cannot be read: %s.\n", strerror(errno));
        status = 2;
    }
    free(text);
    bindings_release(&b);
    return status;
}

int command_eval(int argc, char **argv)
{
    static const struct option options[] = {
        {"set", required_argument, NULL, 's'},
        {"batch", no_argument, NULL, 'b'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct bindings b = {0};
    bool batch = false;
    int option, status = -1;
    opterr = 0;
    optind = 1;
    while (status < 0 && (option = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
        char *equals = optarg ? strchr(optarg, '=') : NULL;
        switch (option) {
        case 's':
            if (!equals || equals == optarg || !utf8_valid(optarg, strlen(optarg))) {
                fputs("alongside eval: --set wants NAME=VALUE.\n", stderr);
                status = 2;
                break;
            }
            *equals = '\0';
            bind(&b, optarg, value_of_string(equals + 1));
            break;
        case 'b':
            batch = true;
            break;
        case 'h':
            fputs(usage, stdout);
            status = 0;
            break;
        default:
            options_fault("eval", argv, options, option);
            fputs("\"alongside eval --help\" says how it is used.\n", stderr);
            status = 2;
            break;
        }
    }
    if (status < 0 && argc - optind != (batch ? 0 : 1)) {
        fputs(usage, stderr);
        status = 2;
    }
    if (status < 0)
        status = batch ? eval_batch() : eval_one(&b, argv[optind]);
    bindings_release(&b);
    return status;
}
