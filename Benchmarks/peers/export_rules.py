"""Writes the regexes and phrases of our own rule packs for ripgrep. Called by bench.py in its venv (PyYAML).

    export_rules.py RULES OUT    ->  OUT/regexes.txt, OUT/phrases.txt, one a line
"""
import pathlib
import sys

import yaml


def walk(node, regexes, phrases, key=None):
    if isinstance(node, dict):
        for name, value in node.items():
            if name == "regex" and isinstance(value, str):
                flag = "(?i)" if node.get("case") == "insensitive" else ""
                regexes.add(flag + value)
            elif name == "term" and isinstance(value, str):
                phrases.add(value)
            elif name not in ("examples", "near", "except"):
                # A part that is only words is a list of phrases, whatever its name.
                walk(value, regexes, phrases, "phrase" if key == "parts" else name)
    elif isinstance(node, list):
        for value in node:
            walk(value, regexes, phrases, key)
    elif isinstance(node, str) and key in ("match", "phrase"):
        phrases.add(node)


def main():
    rules, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    regexes, phrases = set(), set()
    for path in sorted(rules.rglob("*.yaml")):
        if "frameworks" in path.parts or path.name == "pack.yaml":
            continue
        for rule in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            for entry in rule if isinstance(rule, list) else [rule]:
                if isinstance(entry, dict) and "rule" in entry:
                    walk({k: v for k, v in entry.items() if k in ("match", "parts")}, regexes, phrases)
    out.mkdir(parents=True, exist_ok=True)
    (out / "regexes.txt").write_text("".join(r.replace("\n", " ") + "\n" for r in sorted(regexes)), encoding="utf-8")
    (out / "phrases.txt").write_text("".join(" ".join(p.split()) + "\n" for p in sorted(phrases) if p.strip()), encoding="utf-8")
    print(len(regexes), len(phrases))


main()
