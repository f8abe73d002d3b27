#!/usr/bin/env python3
"""Measures how well a baseline holds: files are changed the way people change them, and the known findings are looked for again.

    Scripts/check_baseline.py [--binary .build/release/auditor] [--rounds N] [--seed N]

  stable      lines moved, files renamed or moved, neighbours edited, all of it at once: at least 99 % of the findings stay known
  reopened    every value of a finding is changed to another of the same form: 100 % are new, none is known

Works on the example directory and, where AUDITOR_SHARED is set, on a sample of its web pages and chat outputs. Everything goes through
the command line: `audit`, `baseline write`, `baseline diff`. A finding whose own words were changed is not counted as unchanged.
Prints every figure; ends with 1 when a limit is missed.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = pathlib.Path(os.environ.get("AUDITOR_SHARED", ROOT / "../shared"))
FILLERS = ["The desk met on Monday and went through the post.", "Nothing else was on the table that day.",
           "اجتمع الفريق يوم الاثنين وقرأ البريد.", "ثم عاد الجميع إلى العمل."]
failed = []


def auditor(binary, folder, *words):
    done = subprocess.run([binary, *words], cwd=folder, capture_output=True, text=True,
                          env={**os.environ, "AUDITOR_RULES": str(ROOT / "rules"), "AUDITOR_KEY": "a key of this measurement"})
    if done.returncode not in (0, 1, 3):
        sys.exit(f"auditor {' '.join(words)} ended with {done.returncode}: {done.stderr[:300]}")
    return done.stdout


def findings(binary, folder, run):
    auditor(binary, folder, "audit", "in", "-o", run)
    with open(folder / run, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return [line for line in lines if line["type"] == "finding" and not line["category"].startswith("misinformation/check-worthy")]


def sources(folder):
    shutil.copytree(ROOT / "examples/outputs", folder / "examples")
    archive = SHARED / "corpora/html/wcxb.tar.xz"
    if archive.exists():
        (folder / "pages").mkdir()
        with tarfile.open(archive) as tar:
            members = [m for m in tar.getmembers() if m.isfile() and "/pages/" in m.name and m.size < 120_000]
            for member in random.Random(5).sample(sorted(members, key=lambda m: m.name), min(40, len(members))):
                (folder / "pages" / pathlib.Path(member.name).name).write_bytes(tar.extractfile(member).read())
    else:
        print("note  without AUDITOR_SHARED: on the example directory only", flush=True)


def moved(text, name, choose):
    """Lines before and between. In a page they are paragraphs at the start of its body, between blocks."""
    filler = [choose.choice(FILLERS) for _ in range(choose.randint(1, 4))]
    if name.endswith((".html", ".htm")):
        head, body, rest = re.split(r"(<body[^>]*>)", text, maxsplit=1, flags=re.I) if re.search(r"<body[^>]*>", text, re.I) else (None, None, None)
        if head is None:
            return "\n" * len(filler) + text
        return head + "\n" * choose.randint(0, 3) + body + "".join(f"\n<p>{line}</p>" for line in filler) + rest
    # Front matter stays the first thing of a file.
    start = re.match(r"---\n.*?\n---\n", text, re.S)
    at = start.end() if start else 0
    return text[:at] + "".join(line + "\n\n" for line in filler) + text[at:] + "\n" + choose.choice(FILLERS) + "\n"


def edited(text, name, found, choose):
    """Lines that hold no finding, nor stand beside one that does inside a block, become other words."""
    if name.endswith((".html", ".htm")):
        spans = [(m.start(1), m.end(1)) for m in re.finditer(r"<(?:p|li|td)>([^<>]{20,})</(?:p|li|td)>", text)]
    else:
        spans = [(m.start(), m.end()) for m in re.finditer(r"(?m)^[^\n#>|\-*`{\[<][^\n]{20,}$", text)]
    places = sorted((f["byte_start"], f["byte_end"]) for f in found)
    out, last = [], 0
    for start, end in spans:
        from_, to = len(text[:start].encode()), len(text[:end].encode())
        if any(a < to + 1 and b > from_ - 1 for a, b in places) or choose.random() < 0.4:
            continue
        out += [text[last:start], choose.choice(FILLERS)]
        last = end
    return "".join(out) + text[last:]


def mutate(source, target, kind, found, choose):
    """Writes the changed files and says of what path each is."""
    by_path = collections.defaultdict(list)
    for each in found:
        by_path[each["path"]].append(each)
    for file in sorted(p for p in source.rglob("*") if p.is_file()):
        name = str(file.relative_to(source))
        data = file.read_bytes()
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = None
        if text is not None:
            if kind in ("edited neighbours", "all three"):
                text = edited(text, name, by_path[name], choose)
            if kind in ("moved lines", "all three"):
                text = moved(text, name, choose)
            data = text.encode()
        if kind in ("renamed files", "all three"):
            part = pathlib.PurePath(name)
            name = str(part.with_name("new-" + part.name)) if choose.random() < 0.5 else str(pathlib.PurePath("elsewhere") / name)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)


def stable(binary, kind, rounds, seed):
    total = known = was = gone = 0
    misses = collections.Counter()
    for number in range(rounds):
        choose = random.Random(f"{seed} {kind} {number}")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "in").mkdir()
            sources(folder / "in")
            before = findings(binary, folder, "before.jsonl")
            auditor(binary, folder, "baseline", "write", "before.jsonl", "-o", "baseline.json")
            (folder / "in").rename(folder / "old")
            (folder / "in").mkdir()
            mutate(folder / "old", folder / "in", kind, before, choose)
            after = findings(binary, folder, "after.jsonl")
            # Words that were put in may be found, too: those are new and are no miss.
            auditor(binary, folder, "audit", "in", "-o", "new.jsonl", "--baseline", "baseline.json")
            with open(folder / "new.jsonl", encoding="utf-8") as file:
                lines = [json.loads(line) for line in file]
            new = [line for line in lines if line["type"] == "finding" and not line["category"].startswith("misinformation/check-worthy")]
            # What still stands in the text under the same rule must be known.
            def keys(lines):
                return collections.Counter((f["rule"], f.get("value_tag", ""), (f.get("excerpt") or {}).get("match", "")) for f in lines)
            still = keys(before) & keys(after)
            fresh = keys(new)
            extra = keys(after) - keys(before)
            wrong = (fresh - extra) & still
            total += sum(still.values())
            known += sum(still.values()) - sum(wrong.values())
            was += len(before)
            gone += len(before) - sum(still.values())
            for (rule, _, _), count in wrong.items():
                misses[rule] += count
    share = 100 * known / max(total, 1)
    text = f"{known:,} of {total:,} stay known, {share:.3f} % ({rounds} rounds, {was:,} findings before; {gone} are no more in the changed files)"
    if misses:
        text += "; taken for new: " + ", ".join(f"{rule} {count}" for rule, count in misses.most_common(5))
    print(f"{'ok  ' if share >= 99 else 'FAIL'}  {kind}: {text}", flush=True)
    if share < 99 or total < 300 or gone > 0.05 * was:
        failed.append(kind)


def reopened(binary, count, seed):
    """E-mail addresses, telephone numbers, card numbers, tokens in URLs: the value changes, everything around it stays."""
    choose = random.Random(seed)

    # The first values and the second have no value in common, so that none can be taken for one that moved.
    def card(place):
        body = "45"[place] + "".join(choose.choice("0123456789") for _ in range(14))
        total = sum(d if i % 2 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(map(int, body)))
        return body + str(-total % 10)

    def mail(place):
        return "az"[place] + "".join(choose.choice("abcdefghkmnprst") for _ in range(9)) + "@mail.example.net"

    def phone(place):
        return "+44 7700 900" + f"{choose.randint(0, 499) + 500 * place:03d}"

    def iban(place):
        bban = "19"[place] + "".join(choose.choice("0123456789") for _ in range(17))
        check = 98 - int(bban + "131400") % 97
        return f"DE{check:02d}{bban}"

    def address(place):
        return f"{('198.51.100', '203.0.113')[place]}.{choose.randint(1, 254)}"

    kinds = {"card": (card, "Please charge card {v} today."), "mail": (mail, "Write to {v} about it."), "phone": (phone, "Call me on {v} at noon."),
             "iban": (iban, "Pay to IBAN {v} please."), "address": (address, "The login came from IP {v} last night."),
             "url": (mail, "See https://shop.example.com/a?email={v} now.")}
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "in").mkdir()
        plan = []
        for number in range(count):
            make, words = kinds[sorted(kinds)[number % len(kinds)]]
            plan.append((f"{number}.txt", words, make(0), make(1)))
        def put(place):
            shutil.rmtree(folder / "in")
            (folder / "in").mkdir()
            for path, words, *values in plan:
                lines = [choose.choice(FILLERS) for _ in range(choose.randint(0, 3) if place else 1)]
                (folder / "in" / (("renamed-" if place and choose.random() < 0.3 else "") + path)).write_text(
                    "\n\n".join(lines + [words.format(v=values[place]), FILLERS[1]]) + "\n", encoding="utf-8")
        put(0)
        before = findings(binary, folder, "before.jsonl")
        auditor(binary, folder, "baseline", "write", "before.jsonl", "-o", "baseline.json")
        put(1)
        after = findings(binary, folder, "after.jsonl")
        auditor(binary, folder, "audit", "in", "-o", "new.jsonl", "--baseline", "baseline.json")
        with open(folder / "new.jsonl", encoding="utf-8") as file:
            new = [json.loads(line) for line in file]
        def privately(lines):
            return [f["fingerprint"] for f in lines if f["type"] == "finding" and f["category"].startswith(("privacy", "secret"))]
        had, now, opened = privately(before), privately(after), privately(new)
        share = 100 * len(opened) / max(1, len(now))
        # A tag has 16 bits: of so many pairs of different values, 1 in 65,536 may share it.
        print(f"{'ok  ' if len(opened) == len(now) else 'FAIL'}  reopened: {len(opened)} of {len(now)} findings with a changed value, {share:.2f} % "
              f"({len(kinds)} kinds of values, {len(had)} findings before)", flush=True)
        if len(opened) != len(now) or len(now) < 0.95 * count:
            failed.append("reopened")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--rounds", type=int, default=3)
    ap.add_argument("--values", type=int, default=600)
    ap.add_argument("--seed", type=int, default=20261129)
    a = ap.parse_args()
    binary = str(pathlib.Path(a.binary).resolve())
    if not pathlib.Path(binary).exists():
        sys.exit(f"no binary at {a.binary}; build it with: make build")
    for kind in ("moved lines", "renamed files", "edited neighbours", "all three"):
        stable(binary, kind, a.rounds, a.seed)
    reopened(binary, a.values, a.seed)
    print(f"{len(failed)} failed" + (": " + ", ".join(failed) if failed else ""))
    sys.exit(1 if failed else 0)


main()
