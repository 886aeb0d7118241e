"""Which branches of the core the tests take: `make coverage`, or in a folder built with --enable-coverage, after the tests:

    python3 coverage.py              a table by folder, by file for record/, and the files that lack most
    python3 coverage.py record/disk  each line of these files with a branch that was not taken

A branch is one way out of a condition, as gcov counts them without optimising: each side of && and || and ?: is one.
What the tests do not reach, whyever, counts as not reached, but for what cannot be reached at all:

* the way on after `|| cause_set(…)` and others that say why and are always false: one branch for each;
* what stands on a line with a comment that begins with “cannot be:” and says why.

These are counted, and may be no more than MOST_LEFT_OUT of the whole. The headers of libraries are not looked at. Exit
status 1 where a part falls below what it is held to.
"""
import collections
import glob
import json
import os
import re
import subprocess
import sys

# What is held to what: the record and all that seals it, by how its files' names begin; the rest of what stands below
# the screens. What is below `command/` and not named here is printed and held to nothing.
SEALING = ("record/", "base/crockford.", "caseload/unlock.", "caseload/protect.", "caseload/passphrase.",
           "command/unlock.", "command/secret.", "command/protect.", "command/passphrase.", "command/choose.")
CORE = ("base/", "form/", "assessment/", "caseload/", "session/", "review/", "report/")
FOLDERS = ["record", "base", "form", "assessment", "caseload", "session", "review", "report", "command"]
HELD = [
    ("record/ and the sealing", lambda name: name.startswith(SEALING), 95),
    ("the rest of the core", lambda name: name.startswith(CORE) and not name.startswith(SEALING), 85),
]
MOST_LEFT_OUT = 2  # per cent
ALWAYS_FALSE = r"\|\|\s*(?:cause_set|cause_errno|too_long|changed|gave_up|refuse)\("
WORST = 10


def read(folder):
    """{file: {line: [count, ...]}} of a folder's objects."""
    found = {}
    for notes in sorted(glob.glob(f"src/{folder}/*.gcno")):
        if os.path.basename(notes).startswith("tests_"):
            continue  # a test's own copy, from which protections can be taken out
        told = subprocess.run(
            ["gcov", "--json-format", "--stdout", "--branch-probabilities", notes],
            capture_output=True, text=True, check=True).stdout
        for unit in map(json.loads, told.splitlines()):
            for source in unit["files"]:
                name = source["file"]
                if "/src/" not in "/" + name:
                    continue  # a library's header
                name = ("/" + name).rsplit("/src/", 1)[1]
                lines = found.setdefault(name, collections.defaultdict(list))
                for line in source["lines"]:
                    lines[line["line_number"]] += [branch["count"] for branch in line["branches"]]
    return found


def leave_out(name, lines, source):
    """Take out of a file's branches what cannot be reached; how many these were."""
    with open(os.path.join(source, "src", name), encoding="utf-8") as file:
        text = file.read()
    before = sum(map(len, lines.values()))
    for number, line in enumerate(text.split("\n"), 1):
        if "/* cannot be: " in line and number in lines:
            lines[number] = [count for count in lines[number] if count]
    for found in re.finditer(ALWAYS_FALSE, text):
        # gcov tells it of any line of the statement
        first = max(text.rfind(mark, 0, found.start()) for mark in ";{}")
        last = text.find(";", found.start())
        for number in range(text.count("\n", 0, first) + 1, text.count("\n", 0, last) + 2):
            if 0 in lines.get(number, []):
                lines[number].remove(0)
                break
    return before - sum(map(len, lines.values()))


def sums(files):
    counts = [count for lines in files.values() for line in lines.values() for count in line]
    return sum(count > 0 for count in counts), len(counts)


def percent(taken, all_):
    return 100 * taken / all_ if all_ else 100


def row(name, files):
    taken, all_ = sums(files)
    print(f"{name:34}{taken:7} of {all_:6}{percent(taken, all_):8.1f} %")


def missed(files, wanted):
    for name, lines in sorted(files.items()):
        if not any(name.startswith(one) for one in wanted):
            continue
        for number, counts in sorted(lines.items()):
            if 0 in counts:
                print(f"src/{name}:{number}: {counts.count(0)} of {len(counts)} not taken")


def main():
    if not glob.glob("src/record/*.gcda"):
        sys.exit("coverage: no test has run here in a build with --enable-coverage")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
    by_folder = {folder: read(folder) for folder in FOLDERS}
    every = {name: lines for files in by_folder.values() for name, lines in files.items()}
    left_out = {name: leave_out(name, lines, source) for name, lines in every.items()}
    if sys.argv[1:]:
        missed(every, sys.argv[1:])
        return 0

    print(f"{'':34}{'branches taken':>17}")
    for folder, files in by_folder.items():
        row(folder + "/", files)
        for name, lines in sorted(files.items()):
            if name.startswith(SEALING):
                row("    " + name, {name: lines})

    print(f"\nThe {WORST} files that lack most:")
    worst = sorted(every.items(), key=lambda one: sums(dict([one]))[0] - sums(dict([one]))[1])
    for name, lines in worst[:WORST]:
        row("    " + name, {name: lines})

    print()
    status = 0
    for what, belongs, least in HELD:
        files = {name: lines for name, lines in every.items() if belongs(name)}
        taken, all_ = sums(files)
        out = sum(left_out[name] for name in files)
        reached = percent(taken, all_) >= least
        few = percent(out, all_ + out) <= MOST_LEFT_OUT
        status |= not (reached and few)
        print(f"{what}: {percent(taken, all_):.1f} % of {all_} branches, "
              f"{'as much as' if reached else 'LESS THAN'} the {least} % it is held to; "
              f"{out} that cannot be reached are left out{'' if few else ', WHICH IS TOO MANY'}")
    return status


if __name__ == "__main__":
    sys.exit(main())
