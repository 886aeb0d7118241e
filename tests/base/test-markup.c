/* HTML and SVG: whatever a text holds, it stays a text; and what is written is well-formed. Python's readers
 * of XML and of HTML, where there are some, say so of all that is written here. */
#include "check.h"

#include "base/markup.h"
#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct row {
    const char *why, *text, *written;
};

static const struct row texts[] = {
    {"nothing", "", ""},
    {"words", "Home, mostly", "Home, mostly"},
    {"a tag", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
    {"the end of the element", "</text></svg>", "&lt;/text&gt;&lt;/svg&gt;"},
    {"quotes", "\" onload=\"x\" '", "&quot; onload=&quot;x&quot; &#39;"},
    {"an entity", "&lt; &#60; &x;", "&amp;lt; &amp;#60; &amp;x;"},
    {"the end of what is raw", "]]>", "]]&gt;"},
    {"a comment", "<!-- -->", "&lt;!-- --&gt;"},
    {"an instruction", "<?xml?>", "&lt;?xml?&gt;"},
    {"lines", "one\ntwo", "one\ntwo"},
    {"other ends of lines", "a\r\tb", "a⟨U+000D⟩⟨U+0009⟩b"},
    {"escape", "\x1b[31m", "⟨U+001B⟩[31m"},
    {"direction", "a\u202eb", "a⟨U+202E⟩b"},
    {"isolates", "\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"},
    {"no character", "\xef\xbf\xbe\xef\xb7\x90", "⟨U+FFFE⟩⟨U+FDD0⟩"},
    {"broken bytes", "\x80\xff<", "⟨80⟩⟨FF⟩&lt;"},
    {"half a character, long for <", "\xc0\xbc", "⟨C0⟩⟨BC⟩"},
    {"a tag in wide letters is only letters", "＜b＞", "＜b＞"},
    {"other writings", "Łódź سلام 東京", "Łódź سلام 東京"},
};

/* All that is written, for one well-formed page at the end. */
static struct strbuf all = STRBUF_INIT;

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct strbuf sb = STRBUF_INIT;
        struct markup m;
        markup_begin(&m, &sb);
        markup_element(&m, "p", texts[i].text, "title", texts[i].text, NULL);
        markup_end(&m);
        struct strbuf value = STRBUF_INIT; /* the same, but for the ends of lines */
        for (const char *at = texts[i].written; *at; at++) {
            if (*at == '\n')
                strbuf_add(&value, "&#10;");
            else
                strbuf_addch(&value, *at);
        }
        char *wanted = xasprintf("<p title=\"%s\">%s</p>", value.text, texts[i].written);
        if (strcmp(sb.text, wanted) != 0)
            print_message("# %s\n", texts[i].why);
        assert_string_equal(sb.text, wanted);
        strbuf_add(&all, sb.text);
        free(wanted);
        strbuf_release(&value);
        strbuf_release(&sb);
    }
}

static void test_elements(void **state)
{
    (void)state;
    struct strbuf sb = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &sb);
    markup_open(&m, "table", "class", "all", NULL);
    markup_open(&m, "tr", NULL);
    markup_element(&m, "td", "", NULL);
    markup_open(&m, "td", NULL);
    markup_attribute(&m, "class", "n");
    markup_number(&m, "colspan", 2);
    markup_textf(&m, "%d < %d", 1, 2);
    markup_attribute(&m, "class", "too late");
    markup_void(&m, "br", NULL);
    markup_text(&m, "x");
    markup_end(&m);   /* all three */
    markup_close(&m); /* one too many */
    assert_string_equal(sb.text,
                        "<table class=\"all\"><tr><td></td><td class=\"n\" colspan=\"2\">1 &lt; 2<br/>x"
                        "</td></tr></table>");
    strbuf_add(&all, sb.text);
    strbuf_release(&sb);
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        double number;
        const char *written;
    } rows[] = {{0, "0"},         {-0.0, "0"},    {7, "7"},        {-3, "-3"},    {0.5, "0.5"},
                {-0.5, "-0.5"},   {0.05, "0.05"}, {1.006, "1.01"}, {0.004, "0"},  {-0.004, "0"},
                {99.999, "100"},  {NAN, "0"},     {INFINITY, "0"}, {-1e300, "0"}, {1e9, "1000000000"},
                {12.345, "12.35"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct strbuf sb = STRBUF_INIT;
        struct markup m;
        markup_begin(&m, &sb);
        markup_void(&m, "rect", NULL);
        markup_number(&m, "x", rows[i].number);
        markup_end(&m);
        char *wanted = xasprintf("<rect x=\"%s\"/>", rows[i].written);
        assert_string_equal(sb.text, wanted);
        strbuf_add(&all, sb.text);
        free(wanted);
        strbuf_release(&sb);
    }
}

/* Nothing that runs or brings something in, and no name that is none. */
static void test_refused(void **state)
{
    (void)state;
    struct strbuf sb = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &sb);
    markup_open(&m, "a", "href", "https://example.org/", "href", "#there", "onclick", "x()", "ONLOAD", "x()",
                "style", "background:url(x)", "xlink:href", "#x", "src", "x", "a b", "x", "", "x", "\"", "x",
                NULL);
    markup_element(&m, "script", "alert(1)", "src", "x", NULL);
    markup_element(&m, "IFRAME", "", NULL);
    markup_element(&m, "x y", "", NULL);
    markup_element(&m, "<", "", NULL);
    markup_style(&m, "p{color:black}</style><b>&");
    markup_end(&m);
    assert_string_equal(sb.text,
                        "<a href=\"#there\"><span>alert(1)</span><span></span><span></span><span></span>"
                        "<style>p{color:black}/styleb</style></a>");
    strbuf_add(&all, sb.text);
    strbuf_release(&sb);
}

static void test_depth(void **state)
{
    (void)state;
    struct strbuf sb = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &sb);
    for (int i = 0; i < 3 * MARKUP_DEPTH; i++)
        markup_open(&m, "g", NULL);
    markup_end(&m);
    size_t starts = 0, ends = 0;
    for (const char *at = sb.text; (at = strchr(at, '<')); at++)
        at[1] == '/' ? ends++ : starts++;
    assert_int_equal(starts, 3 * MARKUP_DEPTH);
    assert_int_equal(ends, starts);
    strbuf_add(&all, sb.text);
    strbuf_release(&sb);
}

/* All of it as one page, read by Python as XML and as HTML, which has to find the same texts. */
static void test_well_formed(void **state)
{
    (void)state;
    if (system("python3 -c '' >/dev/null 2>&1") != 0)
        skip();
    struct strbuf sb = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &sb);
    markup_doctype(&m);
    strbuf_add(&sb, "<html>");
    strbuf_add(&sb, all.text);
    strbuf_add(&sb, "</html>");
    FILE *reader = popen("python3 -c '\n"
                         "import sys, html.parser, xml.etree.ElementTree as tree\n"
                         "page = sys.stdin.buffer.read().decode()\n"
                         "class Reader(html.parser.HTMLParser):\n"
                         "    text, tags = \"\", 0\n"
                         "    def handle_data(self, data): self.text += data\n"
                         "    def handle_starttag(self, tag, attributes): self.tags += 1\n"
                         "reader = Reader()\n"
                         "reader.feed(page)\n"
                         "root = tree.fromstring(page)\n"
                         "assert reader.text.strip() == \"\".join(root.itertext()), \"texts\"\n"
                         "assert reader.tags == len(list(root.iter())), \"tags\"\n"
                         "assert not list(root.iter(\"script\")) and not list(root.iter(\"b\"))\n"
                         "'",
                         "w");
    assert_non_null(reader);
    fputs(sb.text, reader);
    assert_int_equal(pclose(reader), 0);
    strbuf_release(&sb);
    strbuf_release(&all);
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts),   cmocka_unit_test(test_elements), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_depth),    cmocka_unit_test(test_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
