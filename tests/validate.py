"""Forms, records and exports held against the schemas by a validator that is not ours.

validate.py FORM-SCHEMA EVENT-SCHEMA EXPORT-SCHEMA SRCDIR EXPORTS: what is checked is below, said as TAP without a plan.
EXPORTS is a folder of exports as JSON and of the records they were made from.
"""
import glob
import json
import os
import re
import subprocess
import sys

import jsonschema
import yaml

# Broken forms whose shape is right: what is wrong with them is only for `alongside check` to find.
SHAPE_IS_RIGHT = {
    name: reason
    for reason, names in {
        "a schema does not read expressions":
            "expr-chance expr-circle expr-circle-filter expr-circle-group expr-default-bare-choice expr-folded "
            "expr-repeats expr-section-note-group expr-self expr-syntax expr-types expr-unknown-own-key "
            "text-names",
        "it does not look from one place to another": "question-name-twice section-twice",
        "it does not hold one key against another": "summary-repeat-and-tag",
        "it does not count languages": "form-too-many-languages",
        "these are warnings": "form-no-title hard-to-read hard-to-read-elsewhere never-asked never-picked warnings",
        "the reader of YAML is content, and a form's is stricter":
            "yaml-direction yaml-directive yaml-duplicate-key yaml-duplicate-many yaml-escape-direction "
            "yaml-escape-hides-c1 yaml-escape-hides-control yaml-escape-nul yaml-long-text yaml-tab-in-text yaml-tag",
    }.items() for name in names.split()
}


class Loader(yaml.CSafeLoader):
    """YAML 1.2's core, as editors read it: `no` is a word, a day is a word, and every key is a string."""

    def construct_mapping(self, node, deep=False):
        self.flatten_mapping(node)
        return {str(key.value): self.construct_object(value, deep=True) for key, value in node.value}


Loader.yaml_implicit_resolvers = {}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|false)$", re.I), list("tTfF"))
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(null|~|)$", re.I), ["n", "N", "~", ""])
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[-+]?[0-9]+$"), list("-+0123456789"))
Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$"), list("-+0123456789"))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node))


def closed(schema):
    """The same schema taking what it tells of an object for all there is."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(part) for key, part in schema.items()}
    if "properties" in schema and schema.get("type") == "object" and "event" not in schema["properties"]:
        schema["additionalProperties"] = False
    return schema


n = failed = 0


def ok(good, what, why=""):
    global n, failed
    n += 1
    failed += not good
    print(f"{'ok' if good else 'not ok'} - {what}")
    if not good and why:
        print("# " + str(why).replace("\n", "\n# "))


def fault(validator, instance):
    """What is wrong, or None."""
    found = jsonschema.exceptions.best_match(validator.iter_errors(instance))
    return found and f"{'.'.join(map(str, found.absolute_path))}: {found.message[:300]}"


def form_fault(validator, path):
    try:
        with open(path, encoding="utf-8") as file:
            return fault(validator, yaml.load(file, Loader))
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        return f"not YAML: {error}"


def told(path):
    """What `alongside check --format=json` tells of a form, as the text has it."""
    made = subprocess.run([os.environ["ALONGSIDE"], "check", "--format=json", os.path.basename(path)],
                          cwd=os.path.dirname(path), capture_output=True, check=False).stdout
    lines = []
    for found in json.loads(made)["files"][0]["diagnostics"]:
        place = "".join(f"{found[key]}:" for key in ("file", "line", "column") if found[key])
        lines.append(f"{place} {found['severity']}: {found['message']}")
        if found["suggestion"]:
            lines.append(f"    did you mean \"{found['suggestion']}\"?")
    return lines


def expected(path):
    """The same out of the text, without the lines of the form."""
    name = os.path.basename(path)
    with open(path[:-len(".yaml")] + ".expected", encoding="utf-8") as file:
        return [line.rstrip("\n") for line in file if line.startswith((f"{name}:", "    did you mean "))]


def main():
    form, event, export = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:4])
    srcdir, exports = sys.argv[4:6]
    for schema in form, event, export:
        try:
            jsonschema.Draft7Validator.check_schema(schema)
            ok(True, f"{schema['title']}: its schema is one")
        except jsonschema.SchemaError as error:
            ok(False, f"{schema['title']}: its schema is one", error)
    form, event, export = (jsonschema.Draft7Validator(schema) for schema in (form, event, closed(export)))

    for path in sorted(glob.glob(f"{srcdir}/forms/*.yaml") + glob.glob(f"{srcdir}/tests/form/good/*.yaml") +
                       glob.glob(f"{srcdir}/tests/*/forms/*.yaml") + glob.glob(f"{srcdir}/tests/stories/*.yaml")):
        why = form_fault(form, path)
        ok(not why, os.path.relpath(path, srcdir), why)
    for path in sorted(glob.glob(f"{srcdir}/tests/form/broken/*.yaml")):
        name = os.path.basename(path)[:-len(".yaml")]
        why = form_fault(form, path)
        if name in SHAPE_IS_RIGHT:
            ok(not why, f"{name} has the right shape: {SHAPE_IS_RIGHT[name]}", why)
        else:
            ok(why, f"{name} is refused", "the schema finds nothing wrong with it: if its shape is right, list it in tests/validate.py and say why")
        ok(told(path) == expected(path), f"{name}: as JSON the same is said as in text", "\n".join(told(path)))
    for name in SHAPE_IS_RIGHT:
        if not os.path.exists(f"{srcdir}/tests/form/broken/{name}.yaml"):
            ok(False, f"{name} is listed and not there")

    lines = 0
    scripts = (glob.glob(f"{srcdir}/forms/*.jsonl") + glob.glob(f"{srcdir}/tests/stories/*/record.jsonl") +
               glob.glob(f"{exports}/*.jsonl"))
    for path in sorted(scripts):
        why = None
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            if line.strip() and not line.startswith("#") and not why:
                lines += 1
                found = fault(event, json.loads(line))
                why = found and f"line {number}: {found}"
        ok(not why, os.path.relpath(path, exports if path.startswith(exports) else srcdir), why)
    ok(lines > 500, f"{lines} lines were looked at")
    # What the program refuses the schema refuses.
    answered = {"by": "practitioner", "event": "answered", "question": "home", "value": 2}
    for change, what in (({"event": "answerd"}, "an event that is none"), ({"by": "alongside"}, "by whom it cannot be"),
                         ({"value": False}, "no answer"), ({"valeu": 2}, "a key that is none"),
                         ({"hash": "0" * 64}, "a hash without a chain")):
        ok(fault(event, {**answered, **change}), f"an event is refused: {what}")
    ok(not fault(event, answered), "but not a sound one")

    with open(f"{srcdir}/schema/services.schema.json", encoding="utf-8") as file:
        services = jsonschema.Draft7Validator(json.load(file))
    jsonschema.Draft7Validator.check_schema(services.schema)
    why = form_fault(services, f"{srcdir}/examples/services.yaml")
    ok(not why, "the example of a list of services", why)
    ok(form_fault(services, f"{srcdir}/tests/services/broken.yaml"), "a list of services with faults is refused")

    made = sorted(glob.glob(f"{exports}/*.json"))
    ok(len(made) > 50, f"{len(made)} exports")
    for path in made:
        why = fault(export, json.load(open(path, encoding="utf-8")))
        ok(not why, f"export of {os.path.basename(path)[:-len('.json')]}", why)
    tree = json.load(open(made[0], encoding="utf-8"))
    ok(fault(export, {**tree, "more": 1}), "an export with a key more is noticed")
    del tree["ref"]
    ok(fault(export, tree), "and one with a key less")
    print(f"1..{n}")
    sys.exit(failed > 0)


main()
