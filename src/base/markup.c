/* HTML and SVG. The start of an element is left open until something follows it, so that attributes can be
 * added one by one; what is open stands on a stack, so that the ends are right whatever a caller does. */
#include "base/markup.h"

#include "base/mem.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Elements that could bring something in or run something. */
static const char *const refused[] = {"script", "iframe", "object", "embed", "image", "img",  "link",
                                      "base",   "form",   "input",  "audio", "video", "style"};

/* Letters, digits and single marks between them: what a name in this program looks like. */
static bool is_name(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char also[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:";
    return *name && strchr(letters, *name) && strspn(name, also) == strlen(name);
}

static const char *element_name(const char *element)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (strcasecmp(element, refused[i]) == 0)
            return "span";
    return is_name(element) ? element : "span";
}

/* May it be written? Nothing that runs, and no way to another place than one in the page. */
static bool is_harmless(const char *name, const char *value)
{
    if (!is_name(name) || strncasecmp(name, "on", 2) == 0 || strcasecmp(name, "style") == 0)
        return false;
    static const char *const ways[] = {"href",       "src",    "xlink:href", "action",
                                       "formaction", "srcset", "srcdoc"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcasecmp(name, ways[i]) == 0)
            return strcasecmp(name, "href") == 0 && *value == '#';
    return true;
}

static void escaped(struct strbuf *out, const char *text, bool attribute)
{
    char *safe = utf8_safe(text, true);
    for (const char *at = safe; *at;) {
        size_t plain = strcspn(at, "&<>\"'\n");
        strbuf_addn(out, at, plain);
        at += plain;
        switch (*at) {
        case '\0':
            continue;
        case '&':
            strbuf_add(out, "&amp;");
            break;
        case '<':
            strbuf_add(out, "&lt;");
            break;
        case '>':
            strbuf_add(out, "&gt;");
            break;
        case '"':
            strbuf_add(out, "&quot;");
            break;
        case '\'':
            strbuf_add(out, "&#39;"); /* HTML before its fifth version has no &apos; */
            break;
        default: /* in a value it would become a blank */
            strbuf_add(out, attribute ? "&#10;" : "\n");
        }
        at++;
    }
    free(safe);
}

static void end_start(struct markup *m)
{
    if (m->starting)
        strbuf_add(m->out, m->is_void ? "/>" : ">");
    m->starting = false;
}

void markup_begin(struct markup *m, struct strbuf *out)
{
    *m = (struct markup){.out = out};
}

void markup_close(struct markup *m)
{
    end_start(m);
    if (m->depth > 0)
        strbuf_addf(m->out, "</%s>", m->open[--m->depth]);
}

void markup_end(struct markup *m)
{
    end_start(m);
    while (m->depth > 0)
        markup_close(m);
}

void markup_attribute(struct markup *m, const char *name, const char *value)
{
    if (!m->starting || !is_harmless(name, value))
        return;
    strbuf_addf(m->out, " %s=\"", name);
    escaped(m->out, value, true);
    strbuf_addch(m->out, '"');
}

void markup_number(struct markup *m, const char *name, double value)
{
    const double most = 1e12;
    long long hundredths = isfinite(value) && fabs(value) < most ? llround(value * 100) : 0;
    const char *sign = hundredths < 0 ? "-" : "";
    long long size = llabs(hundredths);
    char text[40];
    if (size % 100 == 0)
        snprintf(text, sizeof text, "%s%lld", sign, size / 100);
    else if (size % 10 == 0)
        snprintf(text, sizeof text, "%s%lld.%lld", sign, size / 100, size % 100 / 10);
    else
        snprintf(text, sizeof text, "%s%lld.%02lld", sign, size / 100, size % 100);
    markup_attribute(m, name, text);
}

static void start(struct markup *m, const char *element, bool is_void)
{
    end_start(m);
    /* Deeper than there is room for would be a fault of the program; it is level from there on. */
    if (!is_void && m->depth == MARKUP_DEPTH)
        markup_close(m);
    element = element_name(element);
    strbuf_addf(m->out, "<%s", element);
    if (!is_void)
        m->open[m->depth++] = element;
    m->starting = true;
    m->is_void = is_void;
}

static void attributes(struct markup *m, va_list args)
{
    for (const char *name; (name = va_arg(args, const char *));) {
        const char *value = va_arg(args, const char *);
        if (!value)
            return;
        markup_attribute(m, name, value);
    }
}

void markup_open(struct markup *m, const char *element, ...)
{
    va_list args;
    va_start(args, element);
    start(m, element, false);
    attributes(m, args);
    va_end(args);
}

void markup_void(struct markup *m, const char *element, ...)
{
    va_list args;
    va_start(args, element);
    start(m, element, true);
    attributes(m, args);
    va_end(args);
}

void markup_element(struct markup *m, const char *element, const char *text, ...)
{
    va_list args;
    va_start(args, text);
    start(m, element, false);
    attributes(m, args);
    va_end(args);
    markup_text(m, text);
    markup_close(m);
}

void markup_text(struct markup *m, const char *text)
{
    end_start(m);
    escaped(m->out, text, false);
}

void markup_textf(struct markup *m, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    char *text = xvasprintf(format, args);
    va_end(args);
    markup_text(m, text);
    free(text);
}

void markup_doctype(struct markup *m)
{
    end_start(m);
    strbuf_add(m->out, "<!DOCTYPE html>\n");
}

void markup_style(struct markup *m, const char *css)
{
    end_start(m);
    strbuf_add(m->out, "<style>");
    for (const char *at = css; *at; at++)
        if (*at != '<' && *at != '>' && *at != '&')
            strbuf_addch(m->out, *at);
    strbuf_add(m->out, "</style>");
}
