/* Pictures as SVG: well-formed, complete in themselves, nothing raw, and all they show in words. With
 * PICTURES_TO=FOLDER in the environment they are left there, to be looked at. */
#include "check.h"

#include "../review/pictures.h"

#include "base/markup.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/picture_svg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct picture_case *cases;
static size_t count;

static int set_up(void **state)
{
    (void)state;
    cases = pictures_make(&count);
    return 0;
}

static int take_down(void **state)
{
    (void)state;
    pictures_release(cases);
    return 0;
}

static char *svg(const struct picture *picture, const char *id)
{
    struct strbuf sb = STRBUF_INIT;
    struct markup m;
    markup_begin(&m, &sb);
    picture_svg(&m, picture, id);
    markup_end(&m);
    return strbuf_detach(&sb);
}

static void test_nothing_raw(void **state)
{
    (void)state;
    static const char *const never[] = {"<script",    "<b>",   "<style", "<image", "href", "onload",
                                        "javascript", "data:", "nan",    "inf",    "\x1b"};
    const char *folder = getenv("PICTURES_TO");
    for (size_t i = 0; i < count; i++) {
        char *text = svg(&cases[i].picture, "p");
        assert_true(utf8_valid(text, strlen(text)));
        for (size_t n = 0; n < sizeof never / sizeof *never; n++) {
            if (strstr(text, never[n]))
                print_message("# %s: %s\n", cases[i].name, never[n]);
            assert_null(strstr(text, never[n]));
        }
        /* Nothing is fetched: the one address is the name of SVG itself, and each url() a place in it. */
        for (const char *at = text; (at = strstr(at, "//")); at++)
            assert_int_equal(strncmp(at, "//www.w3.org/2000/svg\"", 22), 0);
        for (const char *at = text; (at = strstr(at, "url(")); at++)
            assert_int_equal(strncmp(at, "url(#p-hatch)", 13), 0);
        char *safe = utf8_safe(text, true);
        assert_string_equal(text, safe);
        free(safe);
        if (folder) {
            char *path = xasprintf("%s/%s.svg", folder, cases[i].name);
            FILE *out = fopen(path, "w");
            assert_non_null(out);
            fputs(text, out);
            fclose(out);
            free(path);
        }
        free(text);
    }
}

/* All on one page, as XML. Each number is one, within its picture; no id stands twice; what is referred to is
 * there; each picture has its title and words; letters are of a size that can be read. */
static void test_well_formed(void **state)
{
    (void)state;
    if (system("python3 -c '' >/dev/null 2>&1") != 0)
        skip();
    char *pictures = xasprintf("%zu", count);
    setenv("PICTURES", pictures, 1);
    free(pictures);
    FILE *reader = popen(
        "python3 -c '\n"
        "import re, sys, xml.etree.ElementTree as tree\n"
        "root = tree.fromstring(sys.stdin.buffer.read().decode())\n"
        "S = \"{http://www.w3.org/2000/svg}\"\n"
        "known = set(\"svg title desc defs pattern text line rect circle polygon polyline\".split())\n"
        "ids = [e.get(\"id\") for e in root.iter() if e.get(\"id\")]\n"
        "assert len(ids) == len(set(ids)), \"ids\"\n"
        "pictures = list(root)\n"
        "for svg in pictures:\n"
        "    _, _, width, height = map(float, svg.get(\"viewBox\").split())\n"
        "    assert [float(svg.get(\"width\")), float(svg.get(\"height\"))] == [width, height]\n"
        "    one, other = svg.get(\"aria-labelledby\").split()\n"
        "    assert svg[0].tag == S + \"title\" and svg[0].get(\"id\") == one and svg[0].text\n"
        "    assert svg[1].tag == S + \"desc\" and svg[1].get(\"id\") == other and svg[1].text\n"
        "    for e in svg.iter():\n"
        "        assert e.tag[len(S):] in known, e.tag\n"
        "        for key in \"x x1 x2 cx y y1 y2 cy\".split():\n"
        "            most = width if key[-1] == \"x\" or key[0] == \"x\" else height\n"
        "            assert -0.01 <= float(e.get(key, 0)) <= most + 0.01, (svg[0].text, e.tag, e.attrib)\n"
        "        for key in \"width height r\".split():\n"
        "            assert float(e.get(key, 1)) >= 0, e.attrib\n"
        "        if e.tag == S + \"rect\":\n"
        "            assert float(e.get(\"x\")) + float(e.get(\"width\")) <= width + 1, (svg[0].text, "
        "e.attrib)\n"
        "        assert float(e.get(\"font-size\", 13)) >= 9\n"
        "        for point in e.get(\"points\", \"\").split():\n"
        "            x, y = map(float, point.split(\",\"))\n"
        "            assert 0 <= x <= width and 0 <= y <= height, point\n"
        "        for used in re.findall(r\"url\\(#(.*?)\\)\", \" \".join(e.attrib.values())):\n"
        "            assert used in ids, used\n"
        "assert len(pictures) == int(sys.argv[1])\n"
        "' \"$PICTURES\"",
        "w");
    assert_non_null(reader);
    fputs("<page>", reader);
    for (size_t i = 0; i < count; i++) {
        char *id = xasprintf("p%zu", i), *text = svg(&cases[i].picture, id);
        fputs(text, reader);
        free(text);
        free(id);
    }
    fputs("</page>", reader);
    assert_int_equal(pclose(reader), 0);
}

/* Each label, and each number that is shown, is a text of its own in it. */
static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < count; i++) {
        const struct picture *picture = &cases[i].picture;
        char *text = svg(picture, "p");
        struct picture_lines told = picture_told(picture);
        for (size_t l = 0; l < told.count; l++) {
            struct strbuf sb = STRBUF_INIT;
            struct markup m;
            markup_begin(&m, &sb);
            markup_text(&m, told.lines[l]);
            assert_non_null(strstr(text, sb.text));
            strbuf_release(&sb);
        }
        picture_lines_release(&told);
        for (size_t b = 0;
             picture->kind == PICTURE_BARS && !*picture_why_none(picture) && b < picture->bars.count; b++) {
            char *number = picture_count(&picture->bars, b), *as_text = xasprintf(">%s</text>", number);
            assert_non_null(strstr(text, as_text));
            free(as_text);
            free(number);
        }
        free(text);
    }
}

int main(void)
{
    mem_init();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_raw),
        cmocka_unit_test(test_well_formed),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, set_up, take_down);
}
