/* How long loading a form takes, beside bare libyaml going through the same bytes, and how much memory it
 * holds. */
#include "base/mem.h"
#include "bench/make-form.h"
#include "form/form.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <yaml.h>

enum { TIMES = 5 };

static double now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static void parse_only(const char *source, size_t length)
{
    yaml_parser_t parser;
    yaml_event_t event;
    if (!yaml_parser_initialize(&parser))
        mem_exhausted();
    yaml_parser_set_input_string(&parser, (const unsigned char *)source, length);
    for (bool more = true; more;) {
        if (!yaml_parser_parse(&parser, &event))
            break;
        more = event.type != YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
    yaml_parser_delete(&parser);
}

static struct form *load(const char *source, size_t length)
{
    struct diags diags;
    diags_init(&diags, "made-up");
    struct form *form = form_load("made-up", source, length, &diags);
    if (!form) {
        diags_print(&diags, source, length, stderr);
        exit(1);
    }
    diags_release(&diags);
    return form;
}

int main(void)
{
    mem_init();
    printf("%9s %9s %11s %11s %7s %9s\n", "questions", "bytes", "libyaml ms", "load ms", "ratio", "held MB");
    for (int n = 100; n <= 10000; n *= 10) {
        size_t length;
        char *source = make_form(n, &length);
        double bare = 1e9, whole = 1e9;
        double held = 0;
        for (int i = 0; i < TIMES; i++) {
            double start = now();
            parse_only(source, length);
            double between = now();
            size_t before = mallinfo2().uordblks;
            struct form *form = load(source, length);
            double end = now();
            held = (double)(mallinfo2().uordblks - before) / 1e6;
            form_free(form);
            bare = between - start < bare ? between - start : bare;
            whole = end - between < whole ? end - between : whole;
        }
        printf("%9d %9zu %11.2f %11.2f %7.2f %9.2f\n", n, length, bare * 1e3, whole * 1e3, whole / bare,
               held);
        free(source);
    }
    return 0;
}
