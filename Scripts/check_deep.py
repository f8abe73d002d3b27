#!/usr/bin/env python3
"""The slow checks: what must hold on every page and on big input, before a release.

    Scripts/check_deep.py [--binary .build/release/auditor] [--only NAME,…]

  windows      findings of every page and text equal those of `--engine exhaustive`
  jobs         --jobs 1 and 2, and a second run, write the same bytes
  pages        every page of every corpus, hostile ones too, is audited without a crash within the time and 400 MB
  hostile      FIFOs, links, loops, unreadable and oddly named files end in exit code 3, never in a hang or a crash
  big          100 MB text and HTML: peak memory at most 200 MB (privacy.md, gate 13), time linear in size
  leaks        no planted value stands in clear in any report
Prints one line a check and ends with 1 when one fails.
"""
import argparse
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "Benchmarks"))
import inputs  # noqa: E402

WORK = ROOT / ".build/deep"
LIMIT = 200 * inputs.MB
failures = []


def check(name, passed, text):
    print(f"{'ok  ' if passed else 'FAIL'}  {name}: {text}", flush=True)
    if not passed:
        failures.append(name)


def audit(binary, path, *words, outputs=("findings.jsonl",), timeout=1200):
    """Runs an audit under Benchmarks/measure.py; gives what it took and the bytes of its reports."""
    folder = WORK / "out"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [str(binary), "audit", str(path), *words]
    for name in outputs:
        command += ["-o", str(folder / name)]
    measured = subprocess.run([sys.executable, "-S", "-E", "Benchmarks/measure.py", str(timeout), str(WORK / "stdout.txt"), *command],
                              cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(measured.stdout), {n: (folder / n).read_bytes() if (folder / n).exists() else b"" for n in outputs}


def findings(data):
    """The lines that are findings, in order, without header and trailer."""
    return [line for line in data.splitlines() if b'"rule"' in line and b'"fingerprint"' in line]


def difference(left, right):
    """In words: findings that one engine lacks, else the keys in which common findings differ; rule and place of the first."""
    left, right = [[json.loads(line) for line in lines] for lines in (left, right)]

    def place(finding):
        return (finding["path"], finding.get("byte_start", finding.get("start")), finding.get("byte_end", finding.get("end")), finding["rule"])

    ours, theirs = {place(f): f for f in left}, {place(f): f for f in right}
    lost, extra = sorted(theirs.keys() - ours.keys()), sorted(ours.keys() - theirs.keys())
    if lost or extra:
        return f"windows lose {len(lost)} and add {len(extra)} of {len(right)}; first: {(lost or extra)[0]}"
    changed = sorted(k for k in ours if ours[k] != theirs[k])
    keys = sorted({name for k in changed for name in ours[k] if ours[k][name] != theirs[k].get(name)})
    return f"same places, but {len(changed)} of {len(right)} findings differ in {', '.join(keys)}; first: {changed[0] if changed else 'order'}"


def windows(binary, folders):
    for name, folder in folders:
        took, plain = audit(binary, folder)
        slow, whole = audit(binary, folder, "--engine", "exhaustive", timeout=7200)
        left, right = findings(plain["findings.jsonl"]), findings(whole["findings.jsonl"])
        ended = took["exit"] in (0, 1, 3) and slow["exit"] in (0, 1, 3)
        text = f"{len(left)} findings both ways, {took['wall']:.1f} s against {slow['wall']:.1f} s"
        if not ended:
            text = f"exit codes {took['exit']} and {slow['exit']}"
        elif left != right:
            text = difference(left, right)
        check(f"windows {name}", ended and left == right and len(left) > 0, text)


def jobs(binary, folders):
    names = ("findings.jsonl", "report.sarif", "report.html")
    for name, folder in folders:
        runs = [audit(binary, folder, "--jobs", n, outputs=names) for n in ("1", "2", "2")]
        hashes = {tuple(hashlib.sha256(out[n]).hexdigest() for n in names) for _, out in runs}
        codes = {took["exit"] for took, _ in runs}
        check(f"jobs {name}", len(hashes) == 1 and len(codes) == 1 and codes <= {0, 1, 3} and all(runs[0][1].values()),
              "three runs, the same bytes" if len(hashes) == 1 else f"{len(hashes)} different outputs of 3, exit codes {codes}")


def every_page(binary):
    for folder in sorted(p for p in (ROOT / ".build/corpora").iterdir() if p.is_dir()):
        took, _ = audit(binary, folder, timeout=900)
        check(f"pages {folder.name}", took["exit"] in (0, 1, 3) and took["rss"] <= 2 * LIMIT, f"exit {took['exit']}, {took['wall']:.1f} s, {took['rss'] / inputs.MB:.0f} MB")


def hostile(binary):
    tree = WORK / "hostile"
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "deep").mkdir(parents=True)
    (tree / "good.txt").write_text("card 4111 1111 1111 1111 exp 12/29\n")
    os.mkfifo(tree / "fifo.txt")
    (tree / "loop").symlink_to(".")
    (tree / "passwd.txt").symlink_to("/etc/passwd")
    (tree / "deep/up").symlink_to("../..")
    with (tree / "sparse.txt").open("wb") as out:
        out.truncate(2 * inputs.MB)
    (tree / "new\nline.txt").write_text("plain\n")
    with open(os.fsencode(tree) + b"/\xff\xfebad.txt", "wb") as out:
        out.write(b"plain\n")
    (tree / "closed.txt").write_text("plain\n")
    (tree / "closed.txt").chmod(0)
    took, out = audit(binary, tree, timeout=60)
    check("hostile tree", took["exit"] == 3 and b"4111 1111" not in out["findings.jsonl"], f"exit {took['exit']}, {took['wall']:.1f} s")
    check("hostile links", b"root:" not in out["findings.jsonl"], "links were not followed")


def big(binary, folders):
    for name, folder in folders:
        half, _ = audit(binary, inputs.sample(folder, 50 * inputs.MB))
        took, _ = audit(binary, folder)
        cpu = [x["user"] + x["system"] for x in (half, took)]
        growth = cpu[1] / max(cpu[0], 0.01)
        check(f"big {name}", took["exit"] in (0, 1, 3) and took["rss"] <= LIMIT,
              f"exit {took['exit']}, {took['rss'] / inputs.MB:.0f} MB of at most {LIMIT / inputs.MB:.0f}, {took['wall']:.1f} s")
        check(f"linear {name}", growth <= 3, f"twice the bytes took {growth:.2f} times the CPU")


def leaks(binary):
    folder = WORK / "leaks"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    planted = ["4111111111111111", "4111 1111 1111 1111", "sara.haddad@example.com", "GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432",
               "SA0380000000608010167519", "٤٠١٢٨٨٨٨٨٨٨٨١٨٨١", "4012888888881881", "07700 900123", "07700 900456", "07700 900789"]
    (folder / "a.txt").write_text("\n\n".join(inputs.LEAKS) + "\ncard 4111111111111111, GB82WEST12345698765432, SA0380000000608010167519\n"
                                  # The second and third have no label of their own, and stand in the excerpt of the first.
                                  "Phone: 07700 900123 07700 900456\n\nMail sara.haddad@example.com 07700 900789\n", encoding="utf-8")
    (folder / "b.html").write_text("<!doctype html><title>x</title><!-- sara.haddad@example.com --><p title='4111111111111111'>"
                                   + "</p><p>".join(inputs.LEAKS) + "</p>", encoding="utf-8")
    names = ("findings.jsonl", "report.sarif", "report.html")
    took, out = audit(binary, folder, outputs=names)
    for name in names:
        text = out[name].decode(errors="replace")
        clear = [p for p in planted if p in text]
        check(f"leaks {name}", bool(text) and not clear and took["exit"] in (0, 1, 3),
              "nothing in clear" if not clear else f"{len(clear)} of {len(planted)} values in clear" if text else "not written")
    stdout = (WORK / "stdout.txt").read_text(errors="replace")
    check("leaks terminal", not [p for p in planted if p in stdout], "nothing in clear")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--only", default="")
    a = ap.parse_args()
    binary = pathlib.Path(a.binary).resolve()
    if not binary.exists():
        sys.exit(f"no binary at {a.binary}; build it with: make build")
    WORK.mkdir(parents=True, exist_ok=True)
    shared = pathlib.Path(os.environ.get("AUDITOR_SHARED") or ROOT.parent / "shared")
    shared = shared if (shared / "corpora").is_dir() else None
    if shared:
        subprocess.run([str(ROOT / "Scripts/unpack-corpora.sh"), str(shared)], check=True, cwd=ROOT)
    else:
        print("note  the shared corpora are absent: real pages are not checked", flush=True)
    made = {name: folder for name, _, folder in inputs.make(ROOT, shared)}
    # Slow engine, so a part of the made text; every real page.
    texts = [(n, inputs.sample(made[n], 4 * inputs.MB)) for n in ("text-en", "text-ar", "leaks-dense", "big-html")]
    pages = [(n, made[n]) for n in ("pages-readability", "pages-trafilatura", "pages-arabic") if n in made]
    wanted = set(a.only.split(",")) if a.only else {"windows", "jobs", "pages", "hostile", "big", "leaks"}
    if "leaks" in wanted:
        leaks(binary)
    if "hostile" in wanted:
        hostile(binary)
    if "jobs" in wanted:
        jobs(binary, texts + pages)
    if "windows" in wanted:
        windows(binary, texts + pages)
    if "pages" in wanted and shared:
        every_page(binary)
    if "big" in wanted:
        big(binary, [(n, made[n]) for n in ("big-text", "big-html")])
    print(f"{len(failures)} failed" + (": " + ", ".join(failures) if failures else ""))
    sys.exit(1 if failures else 0)


main()
