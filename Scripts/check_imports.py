#!/usr/bin/env python3
"""Imports the rule sets of the shared data and measures what the packs find.

    Scripts/check_imports.py [--binary PATH] [--shared DIR] [--only gitleaks|vale|presidio] [--show N]

gitleaks: all rules load; each true positive of a rule is found by that rule, with the exact span; none of its own
false positives is. Vale: all rules load, and the fixtures of the packages give the lines that their features expect.
Presidio: all custom recognisers load. Exits with 1 when a goal is missed. Reads the shared data, writes nothing there.
"""
import argparse
import base64
import collections
import json
import lzma
import os
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
failures = []


def run(binary, *arguments, stdin=None):
    return subprocess.run([binary, *arguments], input=stdin, capture_output=True, text=True)


def goal(name, holds, text):
    print(f"{'ok  ' if holds else 'MISS'} {name}: {text}")
    if not holds:
        failures.append(name)


def imported(binary, kind, source, pack):
    result = run(binary, "rules", "import", "--from", kind, str(source), "-o", str(pack), "--json")
    if result.returncode != 0:
        print(result.stderr.strip())
        return None
    return json.loads(result.stdout)


def stream(binary, pack, records, *more):
    lines = "".join(json.dumps(record) + "\n" for record in records)
    result = run(binary, "stream", "--pack", str(pack), "--no-bundled", *more, stdin=lines)
    if result.returncode != 0 or result.stderr:
        print(result.stderr.strip()[:2000])
    return {record["id"]: record for record in map(json.loads, result.stdout.splitlines())}


def check_gitleaks(binary, shared, work, show, engine):
    with tarfile.open(shared / "imports/gitleaks.tar.xz") as archive:
        archive.extractall(work, filter="data")
    config = next(work.rglob("gitleaks.toml"))
    pack = work / "gitleaks-pack"
    report = imported(binary, "gitleaks", config, pack)
    if report is None:
        return goal("gitleaks: load", False, "the configuration was refused")
    counts = report["counts"]
    loaded = counts["imported"] + counts["approximated"]
    goal("gitleaks: load", loaded == counts["rules"] == 222, f"{loaded} of {counts['rules']} rules")
    names = {entry["source"]: set(entry["rules"]) for entry in report["rules"]}

    with lzma.open(shared / "privacy/gitleaks_rule_examples.jsonl.xz", "rt") as file:
        rows = [json.loads(line) for line in file]
    records = [{"id": r["id"], "text": r["text"], "path": r["path"] or "record"} for r in rows]
    answers = stream(binary, pack, records, "--engine", engine)
    found = exact = positives = false = negatives = problems = 0
    misses, spans, wrong = [], [], []
    for row in rows:
        answer = answers.get(row["id"])
        problems += len(answer["problems"])
        own = [f for f in answer["findings"] if f["rule"] in names[row["rule"]]]
        if row["kind"] == "fp":
            negatives += 1
            if own:
                false += 1
                wrong.append(row["id"])
            continue
        positives += 1
        wanted = {(e["start"], e["end"]) for e in row["expected"] if e["start"] is not None}
        got = {(f["start"], f["end"]) for f in own}
        if own:
            found += 1
            if wanted <= got:
                exact += 1
            else:
                spans.append((row["id"], sorted(wanted), sorted(got)))
        else:
            misses.append(row["id"])
    goal("gitleaks: found", found >= 0.995 * positives, f"{found} of {positives} true positives ({100 * found / positives:.2f} %)")
    goal("gitleaks: exact", exact >= 0.98 * positives, f"{exact} of {positives} with the exact span ({100 * exact / positives:.2f} %)")
    goal("gitleaks: false", false == 0, f"{false} of {negatives} false positives of their own rules")
    print(f"     {problems} problems")
    for title, items in [("missed", misses), ("other span", spans), ("reported", wrong)]:
        for item in items[:show]:
            print(f"     {title}: {item}")


def vale_settings(path):
    """The styles and rules that a .vale.ini turns on and off."""
    styles, on, off = set(), set(), set()
    for line in path.read_text().splitlines():
        key, sign, value = (part.strip() for part in line.partition("="))
        if not sign:
            continue
        if key == "BasedOnStyles":
            styles |= {style.strip() for style in value.split(",")}
        elif "." in key:
            (off if value.upper() == "NO" else on).add(key)
    return styles, on, off


def vale_expected(feature):
    """Fixture -> its expected (file, line, column, rule)."""
    expected, fixture = {}, None
    for line in feature.read_text().splitlines():
        if found := re.search(r'I test "([^"]+)"', line):
            fixture = expected.setdefault(found[1], set())
        elif found := re.match(r"\s*([\w.-]+):(\d+):(\d+):([\w.-]+\.[\w-]+):", line):
            fixture.add((found[1], int(found[2]), int(found[3]), found[4]))
    return expected


# Where a feature file is older than the rules beside it, any reader of the rules must differ from it.
STALE = {
    ("alex", "basic", "fail.md", 15, "alex.OCD"): "the rule names the word 'OCD' that stands there",
    ("write-good", "Weasel", "test.md", 5, "write-good.Weasel"): "the rule names the word 'fairly' that stands there",
}
# Rules that were split after the feature file was written.
SPLIT = {"alex.Profanity": ("alex.ProfanityLikely", "alex.ProfanityMaybe", "alex.ProfanityUnlikely")}
MEDIA = {".md": "text/markdown", ".html": "text/html"}


def check_vale(binary, shared, work, show, engine):
    loaded = total = 0
    missing, extra, columns, wanted, skipped = [], [], 0, 0, 0
    for package in sorted((shared / "imports/vale").iterdir()):
        pack = work / f"vale-{package.name}"
        report = imported(binary, "vale", package / package.name, pack)
        if report is None:
            continue
        loaded += report["counts"]["imported"] + report["counts"]["approximated"]
        total += report["counts"]["rules"]
        sources = {rule: entry["source"] for entry in report["rules"] for rule in entry["rules"]}
        expected = collections.defaultdict(set)
        for feature in (package / "features").glob("*.feature"):
            for fixture, lines in vale_expected(feature).items():
                expected[fixture] |= lines
        for fixture, lines in expected.items():
            directory = package / "fixtures" / fixture
            styles, on, off = vale_settings(directory / ".vale.ini")
            files = sorted(f for f in directory.iterdir() if f.suffix in (".md", ".rst", ".txt", ".html", ".adoc"))
            records = [
                {"id": f.name, "base64": base64.b64encode(f.read_bytes()).decode(),
                 "media_type": MEDIA.get(f.suffix, "text/plain"), "path": f.name}
                for f in files
            ]
            got = set()
            for name, answer in stream(binary, pack, records, "--engine", engine).items():
                for finding in answer["findings"]:
                    rule = sources[finding["rule"]]
                    if rule not in off and (rule in on or rule.split(".")[0] in styles):
                        got.add((name, finding["line"], finding["column"], rule))
            named = {x: {y for y in got if y[:3] == x[:3] and y[3] in SPLIT.get(x[3], ())} for x in lines if x[3] in SPLIT}
            lines = {y for x in lines for y in (named.get(x) or {x})}
            stale = {x for x in got if (package.name, fixture, x[0], x[1], x[3]) in STALE}
            got -= stale
            skipped += len(stale)
            wanted += len(lines)
            columns += len(lines & got)
            by_line = {(f, line, rule) for f, line, _, rule in got}
            lines_wanted = {(f, line, rule) for f, line, _, rule in lines}
            missing += [(package.name, fixture, *x) for x in sorted(lines_wanted - by_line)]
            extra += [(package.name, fixture, *x) for x in sorted(by_line - lines_wanted)]
    goal("vale: load", loaded == total == 141, f"{loaded} of {total} rules")
    goal("vale: fixtures", not missing and not extra, f"{wanted} expected alerts, {columns} with line and column; {len(missing)} lines missing, {len(extra)} lines more ({skipped} more where the feature file is older than the rule)")
    for title, items in [("missing", missing), ("more", extra)]:
        for item in items[:show]:
            print(f"     {title}: {' '.join(map(str, item))}")


def check_presidio(binary, shared, work, show):
    custom = loaded = 0
    for name in ("custom_recognizer_yaml", "example_recognizers", "recognizers", "presidio_patterns_extracted"):
        report = imported(binary, "presidio", shared / f"imports/presidio/{name}.yaml", work / f"presidio-{name}")
        if report is None:
            custom += 1
            continue
        entries = [e for e in report["rules"] if not any("class in Python" in note for note in e["notes"])]
        custom += len(entries)
        loaded += sum(e["outcome"] != "skipped" for e in entries)
        for entry in [e for e in entries if e["outcome"] == "skipped"][:show]:
            print(f"     skipped: {entry['source']}: {entry['notes']}")
    goal("presidio: load", custom == loaded, f"{loaded} of {custom} custom recognisers")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=str(ROOT / ".build/release/auditor"))
    parser.add_argument("--shared", type=pathlib.Path, default=pathlib.Path(os.environ.get("AUDITOR_SHARED", ROOT.parent / "shared")) / "corpora")
    parser.add_argument("--only", choices=["gitleaks", "vale", "presidio"])
    parser.add_argument("--engine", default="windows")
    parser.add_argument("--show", type=int, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        work = pathlib.Path(directory)
        if options.only in (None, "gitleaks"):
            check_gitleaks(options.binary, options.shared, work, options.show, options.engine)
        if options.only in (None, "vale"):
            check_vale(options.binary, options.shared, work, options.show, options.engine)
        if options.only in (None, "presidio"):
            check_presidio(options.binary, options.shared, work, options.show)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
