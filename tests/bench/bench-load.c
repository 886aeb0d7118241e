/* Loading a form: time and peak memory, beside bare libyaml going through the same bytes. */
#include "bench/bench.h"

#include "base/mem.h"
#include "bench/make-form.h"

#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

enum { TIMES = 5 };

static const int sizes[] = {100, 1000, 10000};

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

static void yaml_child(const void *what, double figures[FIGURES])
{
    size_t length;
    char *source = make_form(*(const int *)what, &length);
    double start = seconds_now();
    parse_only(source, length);
    figures[0] = seconds_now() - start;
}

static void load_child(const void *what, double figures[FIGURES])
{
    size_t length;
    char *source = make_form(*(const int *)what, &length);
    double start = seconds_now();
    struct form *form = bench_form(source, length);
    figures[0] = seconds_now() - start;
    figures[1] = (double)length;
    figures[2] = form->count;
}

static void nothing_child(const void *what, double figures[FIGURES])
{
    size_t length;
    figures[1] = make_form(*(const int *)what, &length)[0];
}

void bench_load(void)
{
    heading(
        "Loading a form (fastest of 5, each in a process of its own; peak memory is that of the process)");
    printf("%10s %9s %11s %9s %9s %9s %14s\n", "questions", "bytes", "libyaml ms", "load ms", "x libyaml",
           "peak MB", "of it load's");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        double bare = 1e9, whole = 1e9, peak = 0, length = 0, figures[FIGURES];
        double before = in_child(nothing_child, &sizes[i], figures);
        for (int k = 0; k < TIMES; k++) {
            in_child(yaml_child, &sizes[i], figures);
            bare = figures[0] < bare ? figures[0] : bare;
            double most = in_child(load_child, &sizes[i], figures);
            whole = figures[0] < whole ? figures[0] : whole;
            peak = most > peak ? most : peak;
            length = figures[1];
        }
        printf("%10d %9.0f %11.2f %9.2f %9.2f %9.1f %14.1f\n", sizes[i], length, bare * 1e3, whole * 1e3,
               whole / bare, peak, peak - before);
        if (sizes[i] == 10000) {
            aim("10,000 questions in", whole, 0.2, "s");
            aim("10,000 questions in", peak, 50, "MB");
        }
    }
}
