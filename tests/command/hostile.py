"""Nothing raw: whatever stands in a record, a file's name or an argument, every byte that the program writes is UTF-8
text that can be seen, and the record and the exports hold exactly what was said.

hostile.py ALONGSIDE SRCDIR FOLDER; says what it checked as TAP. What is safe to show is decided here anew, from
Python's own table of characters, and by nothing of the program's.
"""
import csv
import glob
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
import xml.dom.minidom

import yaml

ALONGSIDE, SRCDIR, FOLDER = sys.argv[1:4]
checks = failures = 0


def result(good, what, detail=""):
    global checks, failures
    checks += 1
    failures += not good
    print(("ok" if good else "not ok"), checks, "-", what)
    for line in str(detail).splitlines()[:12] if not good else []:
        print("#", ascii(line)[:300])


# ---- what may be shown ---------------------------------------------------------------------------------------------

SEEN_THOUGH_CF = set(range(0x600, 0x606)) | {0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
NOT_SEEN = ({0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, 0xFFFC} | set(range(0x180B, 0x1810))
            | set(range(0xFE00, 0xFE10)) | set(range(0xFFF0, 0xFFF9)) | set(range(0xE0000, 0xE1000))
            | set(range(0xFDD0, 0xFDF0)))
MOST_MARKS = 10


def may_lean_on(before):
    """Is this a letter or sign on which a joiner, or a picture's selector, does what it is for?"""
    return before and ord(before) > 0x58F and unicodedata.category(before)[0] in "LMS" or before in "\u203c\u2049"


def never_raw(number):
    kind = unicodedata.category(chr(number))
    return (kind in ("Cc", "Cs", "Co", "Zl", "Zp") or (kind == "Cf" and number not in SEEN_THOUGH_CF)
            or number in NOT_SEEN or number & 0xFFFE == 0xFFFE)


def any_of(wanted):
    """A class of characters for an expression: all those of the first two planes and of the tags that are wanted."""
    ranges, last = [], -2
    for number in [*range(0x20000), *range(0xE0000, 0xE1000)]:
        if wanted(number):
            if number != last + 1:
                ranges.append([number, number])
            last = ranges[-1][1] = number
    return "".join("\\U%08x-\\U%08x" % tuple(both) for both in ranges)


NEVER = re.compile("[%s\U000f0000-\U0010ffff]" % any_of(
    lambda n: never_raw(n) and chr(n) not in "\n\r\u200c\u200d\ufe0e\ufe0f"))
FLOOD = re.compile("[%s]{%d}" % (any_of(lambda n: unicodedata.category(chr(n)) in ("Mn", "Me") and n not in NOT_SEEN),
                                 MOST_MARKS + 1))
CARRIAGE = re.compile("\r(?!\n)")


def hidden(text, crlf):
    """The first character that must not be there, and where; None where there is none."""
    if text.isascii() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text):
        return None
    found = NEVER.search(text) or FLOOD.search(text) or (CARRIAGE if crlf else re.compile("\r")).search(text)
    for leaning in re.finditer("[\u200c\u200d\ufe0e\ufe0f]", text) if not found else ():
        at, c = leaning.start(), leaning[0]
        before = text[at - 1:at]
        if c in "\u200c\u200d" and not (may_lean_on(before) or before in "\ufe0e\ufe0f") or \
                c in "\ufe0e\ufe0f" and (not may_lean_on(before) or before in "\ufe0e\ufe0f"):
            return "U+%04X at %d: %r" % (ord(c), at, text[max(0, at - 60):at + 20])
    return found and "U+%04X at %d: %r" % (ord(found[0][0]), found.start(), text[max(0, found.start() - 60):found.end() + 20])


def unseen(data, crlf=False):
    """What is wrong with these bytes; None where nothing is."""
    try:
        return hidden(data.decode("utf-8"), crlf)
    except UnicodeDecodeError as error:
        return str(error)


# ---- what people may have put there --------------------------------------------------------------------------------

CORPUS = [
    "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(A1)", "\uff1d1", "\uff201", " =1", "\"=1", "x\";\"=1", "x\n=1", "'=1",
    "\x1b[31m", "\x1b]0;title\x07", "\x1b]52;c;aGVsbG8=\x07", "\x1b]52;c;aGVsbG8=\x1b\\", "\x1bP+q544e\x1b\\",
    "\x1b]8;;http://x\x1b\\link", "\x1bc", "\x0e", "\x08\x08\x08", "\r", "\t", "\n", "\r\n", "\x7f",
    "".join(map(chr, range(1, 32))), "".join(map(chr, range(0x80, 0xA0))), "\x9b31m", "\x9d52;c;aA==\x9c", "\x90q\x9c",
    "\u202e\u202d\u202a\u202b\u202c", "\u2066\u2067\u2068\u2069", "\u200e\u200f\u061c", "\u2028\u2029\x85",
    "\u200b\u2060\ufeff\u00ad\u180e\u034f", "S\u200dam \u200cRae", "\u0645\u200c\u200d\u200c", "\u3164\u115f\uffa0",
    "".join(chr(0xE0000 + ord(c)) for c in "tagged"), "\U0001f3f4\U000e0067\U000e007f",
    "a\ufe0f\ufe0e", "\u2764\ufe0f\ufe0e\ufe0f", "\u845b\U000e0100", "\U0001f600" + "".join(chr(0xE0100 + c) for c in b"hi"),
    "\ufffe\uffff\ufdd0\U0001ffff\U0010ffff", "\ue000\U000f0000\U00100000", "\ufff9a\ufffab\ufffb", "\ufffc",
    "\u0301", "z" + "\u0336\u0301" * 40, "\U0001d173\U0001bca0\U00013430",
    "y", "no", "null", "~", "1:20", "0x1f", "1_000", "2026-01-01", "<<", "=", "- a", "a: b", "a #b", "&a", "*a", "!!python/x",
    "%TAG", "---", "...", "{{", "[", "`", "|", ">", "${home}", "%s%n", "\\u202e", "\\x1b[2J", "</script><b>&amp;",
]
ALL = " ".join(CORPUS)
CORPUS += ["w" * 3000, "\u0bcc" * 300, "z" + "\u0301" * 2000]
RAW = [b"\x1b]52;c;aA==\x07\xe2\x80\xaea\xc2\x9bb\xf3\xa0\x81\x81", b"\x80\x9b31m\xff\xed\xa0\x80", b"\r\x08\n x"]

texts = []  # all that was said, by its number


def said():
    """A text nobody said before, with everything in it, beginning each time with another."""
    number = len(texts)
    texts.append("%s T%dT %s" % (CORPUS[number % len(CORPUS)], number, ALL))
    return texts[-1]


def told_exactly(tree):
    """Is each of them that stands somewhere in a tree there as it was said?"""
    found = []

    def look(value):
        if isinstance(value, dict):
            for key, inner in value.items():
                look(key)
                look(inner)
        elif isinstance(value, list):
            for inner in value:
                look(inner)
        elif isinstance(value, str):
            for number in re.findall(r"T(\d+)T", value):
                found.append(texts[int(number)] in value)

    look(tree)
    return bool(found) and all(found)


# ---- running -------------------------------------------------------------------------------------------------------

os.makedirs(FOLDER + "/cases", exist_ok=True)
ENVIRONMENT = dict(os.environ, ALONGSIDE_CASELOAD=FOLDER + "/cases", HOME=FOLDER + "/home", TMPDIR=FOLDER)
ENVIRONMENT.pop("ACCESSIBLE", None)
ran = {}  # command: the formats it was run with
trouble = []


class Run:
    def __init__(self, *arguments, stdin=b"", more=None, crlf=False):
        environment = dict(ENVIRONMENT, **(more or {}))
        done = subprocess.run([ALONGSIDE, *arguments], input=stdin, capture_output=True, env=environment, cwd=FOLDER,
                              timeout=60)
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr
        words = [a for a in arguments if isinstance(a, str)]
        command = words[0] if words else ""
        formats = ran.setdefault(command, set())
        if "--format" in words[:-1]:
            formats.add(words[words.index("--format") + 1])
        for name, data in ("standard output", self.out), ("standard error", self.err):
            wrong = unseen(data, crlf and name == "standard output")
            if wrong:
                trouble.append("%r: %s: %s" % (arguments, name, wrong))
        if self.status not in (0, 1, 2):
            trouble.append("%r: status %d" % (arguments, self.status))


def settle(what):
    """Say whether all that was run since the last time was fit to be seen."""
    result(not trouble, what, "\n".join(trouble))
    trouble.clear()


# ---- a record with hostile words in each place for words -----------------------------------------------------------

# Keys whose text names something or is picked from a list; all others are words of somebody's.
NAMES = set("""question disagreement event by at prev hash record format missing evidence kind first step reason as change
    outcome basis on what_ before topic how held next reached whose absence system direction seats languages form
    by_when follows last stood entries through role about sha256 decided_by""".split())
SOMETIMES = {"what": ("shared", "parked", "proposed"), "through": ("said",), "kind": (), "held": (), "reason": ()}
KEYS = json.loads(Run("schema", "event").out)
WORDS = {}  # event: keys that hold words
for branch in KEYS["allOf"]:
    event = branch["if"]["properties"]["event"]["const"]
    for key, schema in branch["then"]["properties"].items():
        if isinstance(schema, dict) and schema.get("type") == "string" and "enum" not in schema \
                and "pattern" not in schema and "const" not in schema:
            if key not in NAMES and (key not in SOMETIMES or event in SOMETIMES[key]):
                WORDS.setdefault(event, set()).add(key)


ADDED = {"declined": "because", "reopened": "because", "offered": "text"}  # which no story has


def made_hostile(event, instead):
    """The event with hostile words, the same for the same: the program says some again where it does what was proposed."""
    event = json.loads(json.dumps(event))
    if event["event"] in ADDED:
        event.setdefault(ADDED[event["event"]], "")
    places = [(event, key) for key in WORDS.get(event["event"], ()) if key in event]
    places += [(event[key], inner) for key in ("people", "pronouns", "notes") for inner in event.get(key, {})]
    for place, key in places:
        if place[key] not in instead:
            instead[place[key]] = said()
        place[key] = instead[place[key]]
    return event


def write_record(path, form, events, **first):
    """A record as the program would have written it."""
    with open(form, encoding="utf-8") as file:
        source = file.read()
    form_id, version = (re.search(r'^%s: *"?([^"\n]+?)"?$' % key, source, re.M).group(1) for key in ("form", "version"))
    opened = {"by": "practitioner", "event": "opened", "format": 1, "record": os.path.basename(path)[:-6], "ref": "K-1",
              "form": {"id": form_id, "version": version,
                       "sha256": hashlib.sha256(source.encode()).hexdigest(), "text": source}}
    opened.update(first)
    prev, lines = "0" * 64, []
    for seq, event in enumerate([opened, *events], 1):
        line = {"seq": seq, "prev": prev, "at": "2026-01-01T10:%02d:%02dZ" % divmod(seq, 60), **event}
        text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))[:-1].encode("utf-8")
        prev = hashlib.sha256(text).hexdigest()
        lines.append(text + b',"hash":"' + prev.encode() + b'"}\n')
    with open(path, "wb") as file:
        file.write(b"".join(lines))


def stories():
    for folder in sorted(glob.glob(SRCDIR + "/tests/stories/*/")):
        form = folder + "form.yaml"
        if os.path.exists(folder + "form"):
            with open(folder + "form", encoding="utf-8") as file:
                form = "%s/forms/%s.yaml" % (SRCDIR, file.read().strip())
        elif not os.path.exists(form):
            form = SRCDIR + "/tests/stories/form.yaml"
        with open(folder + "record.jsonl", encoding="utf-8") as file:
            events = [json.loads(line) for line in file if line.startswith("{")]
        yield os.path.basename(folder[:-1]), form, events


def places(event):
    return {(event["event"], key) for key in WORDS.get(event["event"], set()) | {"people", "pronouns", "notes"} if key in event}


# As few stories as have words in every place that any story has.
left = {}
for name, form, events in stories():
    left[name] = (form, events, set().union(*map(places, events)) | {(e["event"], None) for e in events})
wanted = set().union(*(story[2] for story in left.values()))
told = set()
chosen = []
while wanted - told:
    name = max(sorted(left), key=lambda story: len(left[story][2] - told))
    form, events, has = left.pop(name)
    told |= has
    chosen.append((name, form, events))
never = {(event, key) for event in WORDS for key in WORDS[event]} - told - set(ADDED.items()) - {("opened", "ref"), ("opened", "lead")}
result(not never, "stories have words in every place of every event", never)

records = []
for number, (name, form, events) in enumerate(chosen):
    path = "%s/cases/01JHST0000000000000000%04d.jsonl" % (FOLDER, number)
    instead = {}
    # Who leads where the work was handed over in an earlier record.
    lead = {} if any(event["event"] == "handed_over" for event in events) else {"lead": said()}
    write_record(path, form, [made_hostile(event, instead) for event in events], ref="=1+1 K-0", **lead)
    records.append((name, path))
    kept = open(path, "rb").read()
    verified = Run("verify", path)
    result(verified.status == 0, "%s: holds together" % name, verified.out + verified.err)
settle("verify is fit to be seen")

# ---- every command, every format -----------------------------------------------------------------------------------

made = 0


def output(*arguments, crlf=False):
    """To standard output, and to a file."""
    global made
    made += 1
    path = "%s/made-%d" % (FOLDER, made)
    shown = Run(*arguments, crlf=crlf)
    Run(*arguments, "--output", path)
    if os.path.exists(path):
        with open(path, "rb") as file:
            wrong = unseen(file.read(), crlf)
        if wrong:
            trouble.append("%r: the file: %s" % (arguments, wrong))
        if os.stat(path).st_mode & 0o777 != 0o600:
            trouble.append("%r: mode %o" % (arguments, os.stat(path).st_mode))
    elif shown.status == 0:
        trouble.append("%r: no file: %r" % (arguments, shown.err))
    return shown


FORMATS = re.findall(r"^ {6}(\w+) ", Run("export", "--help").out.decode(), re.M)
for name, path in records:
    trees = {}
    before = open(path, "rb").read()
    for format_name in FORMATS:
        exported = output("export", "--format", format_name, path)
        if format_name == "json":
            trees["json"] = json.loads(exported.out)
        elif format_name == "yaml":
            trees["yaml"] = yaml.safe_load(exported.out)
    exact = all(told_exactly(tree) for tree in trees.values())
    result(exact or not re.search(r"T\d+T", json.dumps(trees)), "%s: what was said is in the exports as it was said" % name)
    result(trees["yaml"] == trees["json"], "%s: YAML and JSON hold the same" % name)
    Run("show", path)
    Run("show", "--at", "3", path)
    Run("show", "--complete", path)
    output("print", path, "certificate")
    result(open(path, "rb").read() == before, "%s: reading it leaves it as it is" % name)
    output("copy", "--to", said(), path)
    output("copy", "--as", "slip", path)
    output("copy", "--as", "conference", path)
settle("reports of records are fit to be seen")

ELEMENTS = set("""html head meta title style body header h1 h2 h3 h4 p nav ol ul li a main section footer table caption
    thead tbody tr th td dl dt dd figure figcaption blockquote cite svg desc g rect line circle path polyline polygon text
    tspan defs pattern span div br strong em""".split())
ATTRIBUTES = re.compile(r"(?!on|xlink|src|action|formaction|srcset|data$|ping|background)[a-zA-Z0-9:-]+$")


def unsound(page):
    """What of a page (or a picture) could load or run something, or came out of its place; None where nothing did."""
    try:
        tree = xml.dom.minidom.parseString(page)
    except xml.parsers.expat.ExpatError as error:
        return str(error)
    for element in tree.getElementsByTagName("*"):
        if element.tagName not in ELEMENTS:
            return "<%s>" % element.tagName
        for name, value in element.attributes.items():
            if not ATTRIBUTES.match(name) or name == "href" and not value.startswith("#") or \
                    re.search(r"url\((?!#)|script:", value, re.I):
                return "%s=%r of <%s>" % (name, value[:60], element.tagName)
            if name not in ("content", "class", "d", "points") and hidden(value, False):
                return "%s=%r" % (name, value[:60])
    return None


for page in ("<html><script/></html>", "<p onclick='x'/>", "<a href='http://x'/>", "<p style='a:url(x)'/>", "<p><b</p>"):
    result(unsound(page) is not None, "the checker of pages finds %s" % page)

# Forms say what stands in rows, tables and pictures as well: one whose every label is meant to do harm where it comes out.
LABELS = ["=cmd|'/C calc'!A0", "</td></svg></script><script>alert(1)</script>", "<b onclick=x>", "&amp;&#x202e;", "]]>", "-->",
          "+1", "@SUM(A1)", "\" onload=\"x", "' x='", "%s%n", "-1", "<![CDATA[", "<!--", "\uff1d1", "\\u202e", "a; b, \"d"]
with open(SRCDIR + "/tests/stories/form.yaml", encoding="utf-8") as file:
    labelled = file.read()
count = 0


def hostile_label(found):
    global count
    count += 1
    return found.group(1) + json.dumps("%s %d %s" % (LABELS[count % len(LABELS)], count, LABELS[count // len(LABELS) % len(LABELS)]),
                                       ensure_ascii=False)


labelled = re.sub(r"((?:\blabel|\btitle|\b[1-5]): )[A-Z][^,}\n]*", hostile_label, labelled)
result(count > 20, "a form with hostile labels", count)
with open(FOLDER + "/labels.yaml", "w", encoding="utf-8") as file:
    file.write(labelled)
os.makedirs(FOLDER + "/labels")
checked = Run("check", FOLDER + "/labels.yaml")
result(checked.status == 0, "which is a form", checked.out + checked.err)
for name, form, events in stories():
    if form.endswith("/tests/stories/form.yaml"):
        for time in range(6 if name in ("guided-talk", "promises", "parked", "referred", "sitting-in-full") else 1):
            count += 1
            write_record("%s/labels/01JHST0000000000000001%04d.jsonl" % (FOLDER, count), FOLDER + "/labels.yaml", events,
                         ref="=1+1 K-%d" % count)

# Each in a folder of its own, since one reference in one folder is one person; and enough of them for all parts.
alone = []
for number, (name, path) in enumerate(records):
    os.makedirs("%s/alone/%d" % (FOLDER, number))
    alone.append("%s/alone/%d/%s" % (FOLDER, number, os.path.basename(path)))
    with open(path, "rb") as source, open(alone[-1], "wb") as copy:
        copy.write(source.read())
for format_name in re.findall(r"^ {6}(\w+) +(?:one page|plain|for other)", Run("report", "--help").out.decode(), re.M):
    written = output("report", "--format", format_name, "--title", said(), *alone)
    result(written.status == 0 and b"left out: too few" not in written.out, "a report of all of them as %s" % format_name,
           written.err)
    labels = output("report", "--format", format_name, "--caseload", FOLDER + "/labels")
    result(labels.status == 0, "a report with hostile labels as %s" % format_name, labels.err)
    for page in (written.out, labels.out):
        if format_name == "html":
            result(unsound(page) is None, "a page that loads and runs nothing", unsound(page))
        if format_name == "json":
            json.loads(page)
settle("a report is fit to be seen")

SERVICES = """title: "@Here"
areas: {home: "=Home"}
services:
  - {name: '=cmd|''x''!A0', what: "+1; =2", areas: [home], phone: '-1', address: "@x, y", web: "https://example.org", open: '\\u2764\\uFE0F'}
"""
with open(FOLDER + "/cases/services.yaml", "w", encoding="utf-8") as file:
    file.write(SERVICES)
TABLES = [line.split()[0] for line in Run("review", "--list").out.decode().splitlines()]
result(len(TABLES) > 8, "there are tables to look over")
for arguments in (["list"], ["list", "--format", "json"], ["list", "--format", "text"], ["list", "--due"],
                  ["list", "--due", "--format", "json"], ["referred"], ["referred", "--format", "json"],
                  ["referred", "--format", "text"], ["trend", "=1+1 K-0"], ["trend", "--format", "text", "=1+1 K-0"],
                  ["trend", "--format", "json", "=1+1 K-0"], ["services"], ["services", "--format", "text"],
                  ["services", "--format", "json"], ["services", "--check", FOLDER + "/cases/services.yaml"],
                  *(["schema", name] for name in ("form", "event", "export", "review", "services", "trend")),
                  *(["review", "--table", name, "--columns", "all", "--format", kind] for name in TABLES
                    for kind in ("text", "json")),
                  ["review", "--figures"], ["review", "--flags"], ["review", "--figures", "--format", "json"],
                  ["review", "--list"], ["review", "--group", "why_p", "--sort", "-case"], ["review", "--filter", said() + "=1"],
                  ["review", "--filter", "ended=" + said()], ["review", "--columns", said()], ["review", said()], [], ["help"],
                  ["--help"], ["--version"]):
    Run(*arguments)
for arguments in (["trend", "--format", "csv", "=1+1 K-0"],
                  ["services", "--format", "csv"],
                  *(["review", "--table", name, "--columns", "all", "--format", "csv", *where] for name in TABLES
                    for where in ([], ["--caseload", FOLDER + "/labels"]) if name != "broken" and (not where or name == "disagreements"))):
    table = Run(*arguments, crlf=True)
    rows = list(csv.reader(io.StringIO(table.out.decode(), newline="")))
    beginnings = set()
    for row in rows[1:]:
        beginnings.update(re.sub(r"^[\s\"]+", "", part)[:1] for cell in row for part in re.split("[,;\n]", cell)
                          if not re.fullmatch(r"-?[0-9.]+", cell))
    result(len(rows) > 1 and all(len(row) == len(rows[0]) for row in rows) and not beginnings & set("=+-@\uff1d\uff0b\uff0d\uff20"),
           "%s: a table, and no formula in it" % " ".join(arguments), (beginnings, table.err))
Run("review", "--accessible", "--columns", "all", stdin=("1\n\n\n\n\n\n/ %s\nf why_p~\"%s\"\nv\nQ\nt %s\nt remarks\n1\n\nt records\n1\n\n%s\nq\n"
    % ((said(),) * 4)).encode())
for name in TABLES:
    for kind in ("text", "json", "csv"):
        shown = output("review", "--caseload", FOLDER + "/labels", "--table", name, "--columns", "all", "--format", kind, crlf=kind == "csv")
        if kind == "json":
            json.loads(shown.out)
for arguments in (["--figures"], ["--flags"], ["--figures", "--format", "json"], ["--flags", "--format", "json"]):
    output("review", "--caseload", FOLDER + "/labels", *arguments)
Run("review", "--accessible", "--caseload", FOLDER + "/labels", stdin=b"1\n\n\nv\nQ\nt compared\n1\n\np\nm\n?\nq\n")
settle("lists and tables are fit to be seen")

# ---- said, and kept ------------------------------------------------------------------------------------------------

form = SRCDIR + "/tests/stories/form.yaml"
begun = Run("new", "--no-open", "--ref", "K-9", form).out.decode().strip()
script = [
    {"by": "practitioner", "event": "sat", "people": {"practitioner": said(), "service_user": said()}, "place": said()},
    {"by": "practitioner", "event": "answered", "question": "home", "value": 4, "because": said()},
    {"by": "service_user", "event": "answered", "question": "home", "value": 2, "because": said()},
    {"by": "service_user", "event": "noted", "question": "home", "text": said()},
    {"by": "service_user", "event": "promised", "text": said()},
    {"by": "service_user", "event": "statement", "text": said()},
    {"by": "service_user", "event": "said", "disagreement": "d1", "text": said()},
]
applied = Run("apply", begun, stdin="".join(json.dumps(i) + "\n" for i in script).encode())
with open(begun, encoding="utf-8", newline="\n") as file:
    kept = [json.loads(line) for line in file.read().split("\n") if line]
asked = [v for i in script for v in [i.get("text"), i.get("because"), i.get("place"), *i.get("people", {}).values()] if v]
result(applied.status == 0 and all(any(text in json.dumps(k, ensure_ascii=False) or told_exactly([k]) and text in
       [k.get("text"), k.get("because"), k.get("place"), *k.get("people", {}).values()] for k in kept) for text in asked),
       "a record keeps what was said as it was said", applied.err)
Run("referred", begun, "d1", "--answer", said(), "--name", said())
Run("comment", begun, said(), "--disagreement", "d1", "--coaching", "--name", said())
Run("comment", begun, said(), "--name", said())
Run("countersign", begun, "--name", said())
Run("handover", begun, "--to", said(), "--because", said(), "--name", said())
plain = "%s/forms/exit.yaml" % SRCDIR
Run("upgrade", begun, plain)
Run("upgrade", "--yes", begun, form)

# One prompt at a time: every command of line mode, then all that can be asked about each question.
for name, path in records + [("typed", begun)]:
    typed = [b""] * 6 + [b"\x1b]52;c;aA==\x07", b"\x9b31m", b"?", b"help"]
    with open(SRCDIR + "/src/line/line.c", encoding="utf-8") as file:
        typed += [word.encode() for word in sorted(set(re.findall(r'^\s+\{"([a-z]+)"', file.read(), re.M))) if word != "q"]
    for word in (b"overview", b"differences", b"timeline", b"kept", b"plan", b"promises", b"way", b"lists", b"n", b"s", b"b"):
        typed += [word, b"1", b"", b"b", b""]
    Run("open", "--accessible", path, stdin=b"\n".join(typed) + b"\n")
settle("line mode is fit to be seen")

# ---- what goes wrong -----------------------------------------------------------------------------------------------

commands = re.findall(r"^  (\w+) ", Run("--help").out.decode().split("Commands:")[1].split("Before a command")[0], re.M)
for raw in RAW + [ALL.encode()]:
    Run(raw)
    Run("help", raw)
    for command in ("eval", "list") if raw not in RAW else commands:
        Run(command, b"--" + raw)
        Run(command, b"-" + raw)
    if raw in RAW:
        for command in commands:
            Run(command, b"--format", raw, raw)
            Run(command, raw)
            Run(command, raw, raw)
            Run(command, raw, raw, raw, raw)
        Run("show", raw, more={"ALONGSIDE_CASELOAD": os.fsdecode(raw)})
        Run("list", "--caseload", raw.replace(b"/", b""))
        Run("export", records[0][1], "--output", b"/nowhere/" + raw)
        Run("eval", b"--set", raw + b"=1", b"1")
        Run("eval", b"--set", b"a=" + raw, b"${a}")
        Run("eval", b"'" + raw)
        Run("eval", b"concat('" + raw + b"', nothing(" + raw + b"))")
        Run("eval", "--batch", stdin=raw + b'\n{"expr":"' + raw + b'"}\n{"expr":"\'\\u202e\\u009b\'"}\n')
        Run("verify", "--receipt", raw, records[0][1])
        Run("referred", records[0][1], raw, "--answer", raw, "--name", raw)
        Run("comment", records[0][1], raw, "--name", raw, "--disagreement", raw)
        Run("countersign", records[0][1], "--name", raw)
        Run("handover", records[0][1], "--to", raw, "--because", raw, "--name", raw)
        Run("print", records[0][1], raw)
        Run("copy", "--as", raw, records[0][1])
        Run("copy", "--by", raw, records[0][1])
        Run("schema", raw)
        Run("services", "--area", raw, raw)
        Run("new", "--no-open", "--ref", raw, form)
        Run("report", "--filter", raw, "--since", raw)
        Run("report", "--part", raw)
        Run("report", "--title", raw, "--format", "html")
        for option in ("--table", "--filter", "--sort", "--group", "--columns", "--format", "--output", "--caseload"):
            Run("review", option, raw.replace(b"/", b""), records[0][1])
        for option in ("--part", "--since", "--until", "--output", "--caseload"):
            Run("report", option, raw.replace(b"/", b""), records[0][1])
        for arguments in (["--filter", b"part=" + raw], ["--filter", b"since=" + raw], ["--filter", b"gap>=" + raw],
                          ["--filter", raw + b"=1"], ["--filter", b'"' + raw], ["--columns", b"part," + raw],
                          ["--output", b"/nowhere/" + raw], [b"/nowhere/" + raw]):
            Run("review", *arguments, records[0][1])
            Run("report", *arguments, records[0][1])
        Run("review", "--accessible", records[0][1], stdin=b"\n".join([b"/ " + raw, b"f " + raw, b"s " + raw, b"c " + raw, b"g " + raw,
            b"t " + raw, b"w " + raw, raw, b"1", raw, b"a", raw, raw, b"Q"]) + b"\n")
        Run("preview", raw, more={"TERM": "\x1b]0;x\x07"})
        Run("check", raw, more={"ALONGSIDE_FORMS": os.fsdecode(raw)})
        hostile_folder = os.fsencode(FOLDER) + b"/f" + raw.replace(b"/", b"")
        os.makedirs(hostile_folder, exist_ok=True)
        file_name = hostile_folder + b"/" + raw.replace(b"/", b"") + b".yaml"
        for text in (b"form: " + raw, b"form: x\nversion: \"1\"\n" + raw + b": 1\n", b"form: [" + raw, b"form: *" + raw + b"\n",
                     b"form: \"\\u202e\\e[2J\"\nversion: !" + raw + b" 1\n", b"sections:\n - section: \"" + raw + b"\"\n",
                     b"%" + raw + b"\n---\n", b"form: x\nversion: '1'\ntitle: '=\xe2\x9d\xa4\xef\xb8\x8f'\nsections: []\n"):
            with open(file_name, "wb") as file:
                file.write(text)
            Run("check", file_name)
            Run("check", "--format", "json", "--strict", file_name)
            Run("check", "--format", "text", file_name)
            Run("new", "--no-open", file_name)
            Run("preview", file_name)
            Run("services", "--check", file_name)
            Run("verify", "--receipt-only", file_name)
            Run("verify", file_name)
            Run("apply", begun, file_name)
            Run("show", file_name)
        good = hostile_folder + b"/good.yaml"
        with open(form, "rb") as source, open(good, "wb") as copy:
            copy.write(source.read())
        Run("check", good)
        Run("preview", good)
        Run("new", "--no-open", "--caseload", hostile_folder, good)
        Run("list", "--caseload", hostile_folder)
        Run("list", "--format", "json", "--caseload", hostile_folder)
        Run("export", begun, "--output", hostile_folder + b"/" + raw.replace(b"/", b""))
        Run("export", begun, "--output", hostile_folder + b"/" + raw.replace(b"/", b""))
        for record in (raw.replace(b"/", b"") + b".jsonl", b"two" + raw.replace(b"/", b"") + b".jsonl"):
            with open(records[0][1], "rb") as source, open(hostile_folder + b"/" + record, "wb") as copy:
                copy.write(source.read() + (raw if record[:3] == b"two" else b""))
        with open(hostile_folder + b"/settings.yaml", "wb") as file:
            file.write(b"lock_after: " + raw + b"\n" + raw + b": 1\n")
        for kind in ("text", "csv", "json"):
            for table in ("records", "broken", "disagreements"):
                Run("review", "--caseload", hostile_folder, "--table", table, "--columns", "all", "--format", kind, crlf=kind == "csv")
        Run("review", "--accessible", "--caseload", hostile_folder, stdin=b"t broken\n1\n\nq\n")
        Run("report", "--caseload", hostile_folder, "--format", "html")
        os.remove(hostile_folder + b"/settings.yaml")
        Run("demo", "--keep", more={"TMPDIR": os.fsdecode(hostile_folder)})
        for line in (raw, b'{"by":"' + raw + b'"}', b'{"by":"practitioner","event":"' + raw + b'"}',
                     b'{"by":"practitioner","event":"answered","question":"' + raw + b'","value":1}',
                     b'{"by":"practitioner","event":"answered","question":"home","value":"' + raw + b'"}',
                     b'{"by":"practitioner","event":"noted","question":"home","' + raw + b'":1}'):
            Run("apply", begun, stdin=line + b"\n")
        torn = os.fsencode(FOLDER) + b"/torn"
        with open(records[0][1], "rb") as source:
            whole = source.read()
        for damaged in (whole + raw, whole.replace(b"T0T", raw, 1), raw + whole, whole[:-80] + raw + b"\n", b'{"' + raw + b'":1}\n'):
            with open(torn, "wb") as file:
                file.write(damaged)
            for arguments in (["verify"], ["show"], ["export"], ["upgrade"], ["open", "--accessible"]):
                Run(*arguments, torn, *([form] if arguments == ["upgrade"] else []), stdin=b"\n")
settle("what is said of what goes wrong is fit to be seen")

# ---- nothing was left out ------------------------------------------------------------------------------------------

result(not set(commands) - set(ran), "every command was run", set(commands) - set(ran))
for command in commands:
    told = Run(command, "--help").out.decode()
    offered = re.search(r"--format FORMAT((?:.*\n?)+?)(?=^  -|^\S|\Z)", told, re.M)
    named = set(re.findall(r"\b(?:text|json|csv|yaml|html|svg)\b", offered.group(1))) if offered else set()
    result(not named - ran[command], "%s: every format was written" % command, named - ran[command])
settle("help is fit to be seen")

# ---- the checker itself --------------------------------------------------------------------------------------------

for raw in RAW + [b"\x9b", b"\xc2\x9b", b"\xff", b"\xed\xa0\x80"]:
    result(unseen(raw) is not None, "the checker finds %r" % raw)
for text in CORPUS:
    if any(unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn") and c != "\n" for c in text):
        result(hidden(text, False) is not None, "the checker finds %s" % ascii(text)[:40])
print("1..%d" % checks)
sys.exit(failures > 0)
