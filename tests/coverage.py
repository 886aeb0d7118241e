"""Which branches of the core the tests take: `make coverage`, or in a folder built with --enable-coverage, after the tests:

    python3 coverage.py              a table by folder, by file for record/, and the files that lack most
    python3 coverage.py record/disk  each line of these files with a branch that was not taken

A branch is one way out of a condition, as gcov counts them without optimising: each side of && and || and ?: is one.
Nothing is left out: what the tests do not reach, whyever, counts as not reached. Only the headers of libraries are not
looked at. Exit status 1 where a folder falls below what it is held to.
"""
import collections
import glob
import json
import os
import subprocess
import sys

# What is held to what: the record and its sealing, and the rest of what stands below the screens.
HELD = [
    ("record", ["record"], 95),
    ("the rest of the core", ["base", "form", "assessment", "caseload", "session", "review", "report"], 85),
]
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
    by_folder = {folder: read(folder) for _, folders, _ in HELD for folder in folders}
    if sys.argv[1:]:
        for files in by_folder.values():
            missed(files, sys.argv[1:])
        return 0

    print(f"{'':34}{'branches taken':>17}")
    for folder, files in by_folder.items():
        row(folder + "/", files)
        if folder == "record":
            for name, lines in sorted(files.items()):
                row("    " + name, {name: lines})

    print(f"\nThe {WORST} files that lack most:")
    every = [(name, lines) for files in by_folder.values() for name, lines in files.items()]
    every.sort(key=lambda one: sums(dict([one]))[0] - sums(dict([one]))[1])
    for name, lines in every[:WORST]:
        row("    " + name, {name: lines})

    print()
    status = 0
    for what, folders, least in HELD:
        taken, all_ = sums({name: lines for folder in folders for name, lines in by_folder[folder].items()})
        reached = percent(taken, all_) >= least
        status |= not reached
        print(f"{what}: {percent(taken, all_):.1f} % of {all_} branches, "
              f"{'as much as' if reached else 'LESS THAN'} the {least} % it is held to")
    return status


if __name__ == "__main__":
    sys.exit(main())
