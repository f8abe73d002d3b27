#!/usr/bin/env python3
"""Looks at HTML reports in Chromium: accessibility, keyboard, narrow screens, requests, scripts, size and speed.

    Scripts/check_report.py [--binary .build/release/auditor] [--only NAME,…] [--million]

  axe          axe-core (WCAG 2.0 to 2.2, A and AA, best practice), every fold open: 0 violations in English and Arabic, light and dark,
               at 1,440 and 320 px, on the example directory and on a run of 10,000 findings
  keyboard     tab reaches search, filters, a finding; Enter opens it; j, k, / and ? do what the list of keys says; the keys can be switched off
  narrow       at 320 px nothing is cut and nothing scrolls sideways but the boxes that are made to
  safe         hostile texts in every field: no script of the content runs, no request but the file, no dialog, no console message
  size         10,000 findings at most 1 MB and usable in 1 s, 100,000 at most 10 MB and 3 s; with --million 1,000,000 in pages, index in 5 s
  linear       ten times the findings take at most 13 times the time and memory

Needs: chromium (apt), and in Python: playwright, axe-playwright-python (pip). Says what is missing and ends with 0 then, with 1 when a check fails.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build/report-check"
failures = []


def check(name, passed, text):
    print(f"{'ok  ' if passed else 'FAIL'}  {name}: {text}", flush=True)
    if not passed:
        failures.append(name)


def run(binary, *words):
    """Seconds and peak memory in MB of one command."""
    start = time.monotonic()
    done = subprocess.Popen([str(binary), *map(str, words)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                            env={**os.environ, "AUDITOR_RULES": str(ROOT / "rules")})
    _, status, usage = os.wait4(done.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        sys.exit(f"auditor {' '.join(map(str, words))} ended with {code}")
    return time.monotonic() - start, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def synthetic(base, count):
    path = WORK / f"run-{count}.jsonl"
    if not path.exists():
        subprocess.run([sys.executable, ROOT / "Scripts/make_run.py", base, str(count), path], check=True)
    return path


class Browser:
    def __init__(self, playwright, chromium):
        self.browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])

    def page(self, file, width=1440, ui="en", theme="light"):
        page = self.browser.new_page(viewport={"width": width, "height": 900})
        page.requests, page.messages = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.messages.append(message.text))
        page.on("pageerror", lambda error: page.messages.append(str(error)))
        page.on("dialog", lambda dialog: (page.messages.append("dialog"), dialog.dismiss()))
        page.goto(f"file://{file}#?ui={ui}&theme={theme}")
        page.wait_for_function("!document.querySelector('#count') || document.querySelector('#count').textContent !== ''")
        return page


def axe(browser, files):
    from axe_playwright_python.sync_playwright import Axe
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
    for name, file in files:
        found = []
        for ui in ("en", "ar"):
            for theme in ("light", "dark"):
                for width in (1440, 320):
                    page = browser.page(file, width, ui, theme)
                    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
                    page.wait_for_timeout(300)
                    result = Axe().run(page, options=options).response
                    for violation in result["violations"]:
                        node = violation["nodes"][0]
                        found.append(f"{ui} {theme} {width}: {violation['id']} x {len(violation['nodes'])} ({str(node['target'])[:80]}: {node['html'][:90]})")
                    page.close()
        check(f"axe {name}", not found, "0 violations, 2 languages x 2 themes x 2 widths" if not found else "; ".join(found[:6]))


def keyboard(browser, file):
    page = browser.page(file)
    active = "document.activeElement"
    steps = []
    page.keyboard.press("Tab")
    steps.append(("the first stop skips to the report", page.evaluate(f"{active}.className") == "skip"))
    page.keyboard.press("/")
    steps.append(("/ goes to the search", page.evaluate(f"{active}.id") == "q"))
    page.keyboard.type("zzzz-nothing")
    page.wait_for_timeout(400)
    steps.append(("a search without a hit says so", page.inner_text("#count").startswith("0 ")))
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    steps.append(("filters follow the search", page.evaluate(f"{active}.type") == "checkbox"))
    page.keyboard.press("Space")
    page.wait_for_timeout(400)
    steps.append(("space filters, and the address keeps it", "sev=" in page.url))
    page.keyboard.press("Space")
    page.keyboard.press("j")
    first = page.evaluate(f"{active}.closest('.card')?.id ?? ''")
    page.keyboard.press("j")
    second = page.evaluate(f"{active}.closest('.card')?.id ?? ''")
    page.keyboard.press("k")
    steps.append(("j and k walk the findings", first != "" and second not in ("", first) and page.evaluate(f"{active}.closest('.card')?.id") == first))
    before = page.evaluate(f"{active}.closest('details').open")
    page.keyboard.press("Enter")
    steps.append(("Enter folds and unfolds", page.evaluate(f"{active}.closest('details').open") != before))
    page.keyboard.press("?")
    steps.append(("? opens the list of keys", page.evaluate("document.getElementById('help').open")))
    page.focus("#keys-on")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    steps.append(("single keys can be switched off", page.evaluate(f"{active}.id") != "q"))
    trapped = page.evaluate("""() => [...document.querySelectorAll('[tabindex]')].filter(node => node.tabIndex > 0).length""")
    steps.append(("no order of its own", trapped == 0))
    bad = [text for text, passed in steps if not passed]
    check("keyboard", not bad, f"{len(steps)} steps" if not bad else "; ".join(bad))
    page.close()


def narrow(browser, files):
    for name, file in files:
        cut = []
        for ui in ("en", "ar"):
            page = browser.page(file, 320, ui)
            page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
            page.wait_for_timeout(300)
            cut += page.evaluate("""ui => {
                const width = document.documentElement.scrollWidth;
                const out = [...document.querySelectorAll('body *')].filter(node => {
                    if (node.closest('.wide, .vh, svg, dialog, .skip, thead')) return false;
                    const box = node.getBoundingClientRect();
                    return box.width > 0 && (box.right > 321 || box.left < -1);
                });
                return [...(width > 320 ? [`${ui}: page is ${width} px wide`] : []),
                        ...out.slice(0, 3).map(node => `${ui}: ${node.localName}.${node.className} ${node.textContent.slice(0, 40)}`)];
            }""", ui)
            page.close()
        check(f"narrow {name}", not cut, "nothing is cut at 320 px" if not cut else "; ".join(cut[:6]))


HOSTILE = [
    "</script><script>document.title='run'</script>", "<img src=x onerror=document.title='run'>", "\"><svg onload=document.title='run'>",
    "' onfocus='document.title=1' autofocus x='", "<a href=javascript:alert(1)>x</a>", "<iframe src=https://example.org></iframe>",
    "<style>@import 'https://example.org/x.css'</style>", "<base href=https://example.org/>", "{{7*7}}${7*7}<%= 7*7 %>",
    "\u202e\u2066txt.exe\u200b\ufeff", "\u0000\u0007\u001b[2J\u001b]0;x\u0007\u009b31m", "=1+1", "@SUM(A1)", "+1|cmd", "-1+1", "\u2028\u2029",
    "]]><!--", "<!--<script>", "<math><mi xlink:href='data:,x'>", "__proto__", "constructor", "%s%n%x", "../../etc/passwd", "\ud7ff\ue000\U0010ffff",
]


def hostile_run(base):
    """A run in which every text that a finding, a file, a decision or a header can hold is hostile."""
    out = WORK / "hostile.jsonl"
    lines = [json.loads(line) for line in open(base, encoding="utf-8")]
    template = next(line for line in lines if line["type"] == "finding")
    rule = next(line for line in lines if line["type"] == "rule" and line["id"] == template["rule"])
    with open(out, "w", encoding="utf-8") as file:
        def put(record):
            file.write(json.dumps(record) + "\n")
        put({**lines[0], "target": HOSTILE[0], "options": HOSTILE, "packs": [{"name": HOSTILE[1], "version": HOSTILE[2], "sha256": HOSTILE[3], "rules": 1}]})
        put({"type": "profile", "date": "2026-11-29", "roles": [HOSTILE[1]], "places": [HOSTILE[2]], "audiences": [HOSTILE[0]], "sectors": [], "frameworks": HOSTILE[:3]})
        for risk, text in zip([line for line in lines if line["type"] == "risk"], HOSTILE):
            put({"type": "decision", "risk": risk["id"], "status": "open", "owner": text, "due": text, "measure": text, "note": text, "decided_by": text, "decided_on": text})
        for text in HOSTILE:
            put({"type": "suppression", "kind": "unused", "rule": text, "path": text, "reason": text, "author": text, "expires": text})
        put({"type": "trend", "points": [{"label": t, "complete": False, "counts": [1, 2, 3, 4, 5]} for t in HOSTILE], "known": 1, "gone": 1, "other_rules": True, "bands": [], "new": []})
        words = {"en": "".join(HOSTILE), "ar": "".join(HOSTILE)}
        put({**rule, "title": words, "message": {k: "{match} {value} " + v for k, v in words.items()}, "why": words, "fix": words, "measured": HOSTILE[0], "maps": {}})
        for number, text in enumerate(HOSTILE):
            put({**template, "fingerprint": f"{number:032x}", "path": text, "structure_path": text, "language": "en", "reasons": [text],
                 "excerpt": {"before": text, "match": text, "after": text}, "values": {"value": text, "limit": text}})
            put({**template, "type": "aside", "fingerprint": f"{number + 900:032x}", "path": text, "excerpt": {"before": text, "match": text, "after": text},
                 "decision": {"kind": "suppression", "reason": text, "author": text, "expires": text}})
            put({"type": "problem", "kind": "structure", "path": text, "message": {"en": text, "ar": text}, "leaves_gap": True})
            put({"type": "coverage", "path": text, "status": "partial", "bytes": 1, "format": "html", "encoding": text, "language": "en", "words": 1, "title": text})
        for line in lines:
            if line["type"] in ("citation", "risk"):
                put(line)
        put({"type": "trailer"})
    return out


def safe(binary, browser, base):
    source = hostile_run(base)
    folder = WORK / "hostile"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(binary, "report", source, *[word for ext in ("html", "sarif", "json", "csv", "md", "xml") for word in ("-o", folder / f"report.{ext}")])
    bad = []
    for ui in ("en", "ar"):
        page = browser.page(folder / "report.html", ui=ui)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        page.wait_for_timeout(500)
        if page.title() in ("run", "1"):
            bad.append("a script of the content ran")
        if len(page.requests) != 1:
            bad.append(f"{len(page.requests) - 1} requests: {page.requests[1:3]}")
        if page.messages:
            bad.append(f"console: {page.messages[:2]}")
        if page.evaluate("document.querySelectorAll('img, iframe, base, object, embed, math, form[action], a[href]:not([href^=\"#\"])').length"):
            bad.append("an element of the content is in the page")
        page.close()
    check("safe page", not bad, "0 scripts, 0 requests, 0 messages" if not bad else "; ".join(bad))
    import csv
    with open(folder / "report.csv", encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    formulas = [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    check("safe table", not formulas, f"0 formulas in {len(cells)} cells" if not formulas else repr(formulas[:3]))
    for name in ("csv", "md", "xml", "sarif", "json"):
        data = (folder / f"report.{name}").read_text(encoding="utf-8")
        hidden = sorted({f"U+{ord(c):04X}" for c in data if (ord(c) < 32 and c not in "\t\r\n") or 0x7F <= ord(c) < 0xA0 or c in "\u202e\u2066\u200b\ufeff"})
        check(f"safe {name}", name == "csv" and hidden in ([], ["U+FEFF"]) or not hidden, "no control character" if not hidden else " ".join(hidden))
    out = subprocess.run([str(binary), "report", str(source), "--format", "github"], cwd=ROOT, capture_output=True)
    control = [b for b in out.stdout + out.stderr if (b < 32 and b not in (9, 10)) or b == 127]
    check("safe terminal", not control, f"0 control bytes in {len(out.stdout)}" if not control else f"{len(control)} control bytes")


def size(binary, browser, base, million):
    took = {}
    for count, megabytes, seconds in ((10_000, 1, 1), (100_000, 10, 3)) + (((1_000_000, None, 5),) if million else ()):
        source = synthetic(base, count)
        html = WORK / f"report-{count}.html"
        took[count] = run(binary, "report", source, "-o", html)
        page = browser.browser.new_page(viewport={"width": 1440, "height": 900})
        start = time.monotonic()
        page.goto(f"file://{html}", wait_until="commit")
        page.wait_for_function("document.querySelector('#count')?.textContent")
        usable = time.monotonic() - start
        start = time.monotonic()
        page.fill("#q", "harbour")
        page.wait_for_function("/^[\\d,]+ of/.test(document.querySelector('#count').textContent) && !document.querySelector('#count').textContent.startsWith('x')")
        page.wait_for_timeout(150)
        page.wait_for_function("location.hash.includes('q=harbour')", timeout=60_000)
        search = time.monotonic() - start - 0.15
        told = page.inner_text("#count")
        page.close()
        bytes_ = html.stat().st_size
        text = f"{bytes_ / 1e6:.2f} MB, usable in {usable:.2f} s, first search {search:.2f} s ({told}); rendered in {took[count][0]:.1f} s ({took[count][2]:.1f} s CPU), {took[count][1]:.0f} MB"
        if megabytes is None:
            pages = list((WORK / f"report-{count}-pages").iterdir())
            text += f"; {len(pages)} pages"
            check("size 1,000,000", usable <= seconds and len(pages) > 100, text)
        else:
            check(f"size {count:,}", bytes_ <= megabytes * 1e6 and usable <= seconds, text)
    growth = took[100_000][2] / max(took[10_000][2], 0.01), took[100_000][1] / took[10_000][1]
    check("linear", max(growth) <= 13, f"ten times the findings took {growth[0]:.1f} times the CPU and {growth[1]:.1f} times the memory")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--only", default="axe,keyboard,narrow,safe,size")
    ap.add_argument("--million", action="store_true")
    a = ap.parse_args()
    binary = pathlib.Path(a.binary).resolve()
    if not binary.exists():
        sys.exit(f"no binary at {a.binary}; build it with: make build")
    chromium = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
    try:
        from playwright.sync_api import sync_playwright
        import axe_playwright_python  # noqa: F401
    except ImportError:
        chromium = None
    if not chromium:
        print("note  not checked in a browser: needs chromium (apt) and playwright, axe-playwright-python (pip)", flush=True)
        return
    WORK.mkdir(parents=True, exist_ok=True)
    base, demo = WORK / "demo.jsonl", WORK / "demo.html"
    run(binary, "audit", "examples/outputs", "-o", base, "-o", demo)
    wanted = set(a.only.split(","))
    with sync_playwright() as playwright:
        browser = Browser(playwright, chromium)
        large = WORK / "report-10000.html"
        if wanted & {"axe", "narrow"}:
            run(binary, "report", synthetic(base, 10_000), "-o", large)
        files = [("demo", demo), ("10,000 findings", large)]
        if "narrow" in wanted:
            narrow(browser, files)
        if "keyboard" in wanted:
            keyboard(browser, demo)
        if "axe" in wanted:
            axe(browser, files)
        if "safe" in wanted:
            safe(binary, browser, base)
        if "size" in wanted:
            size(binary, browser, base, a.million)
    print(f"{len(failures)} failed" + (": " + ", ".join(failures) if failures else ""))
    sys.exit(1 if failures else 0)


main()
