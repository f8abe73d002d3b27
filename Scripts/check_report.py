#!/usr/bin/env python3
"""Looks at HTML reports in Chromium: accessibility, keyboard, narrow screens, requests, scripts, size and speed.

    Scripts/check_report.py [--binary .build/release/auditor] [--only NAME,…] [--million]

  axe          axe-core (WCAG 2.0 to 2.2, A and AA, best practice), every fold open: 0 violations in English and Arabic, light and dark,
               at 1,440 and 320 px, on the example directory and on a run of 10,000 findings; contrast on the first rows of each kind
  keyboard     tab reaches search, filters, a finding; Enter opens it; j, k, / and ? do what the list of keys says; the keys can be switched off
  narrow       at 320 px nothing is cut and nothing scrolls sideways but the boxes that are made to
  safe         hostile texts in every field (with AUDITOR_SHARED, the list of 515 naughty strings and hostile pages, too): no script of the
               content runs, no request but the file, no dialog, no console message; no formula in a cell, no control byte in any format nor
               in the terminal, in both languages; the same in the pages of a very large report
  print        the PDF of both languages: every page numbered, every risk and every finding in it, whatever was folded or filtered
  size         10,000 findings at most 1 MB and usable in 1 s, 100,000 at most 10 MB and 3 s; with --million 1,000,000 in pages, index in 5 s
  linear       ten times the findings take at most 13 times the time and memory

Needs: chromium (apt), pdftotext (apt: poppler-utils), and in Python: playwright, axe-playwright-python (pip). Ends with 0 when every check
passed, with 1 when one failed, and with 2, saying what is missing, when it could not look.
"""
import argparse
import csv
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
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
    # Made anew when the run that it is made of changed.
    mark = WORK / f"run-{count}.of"
    of = hashlib.sha256(pathlib.Path(base).read_bytes() + (ROOT / "Scripts/make_run.py").read_bytes()).hexdigest()
    if not path.exists() or not mark.exists() or mark.read_text() != of:
        subprocess.run([sys.executable, ROOT / "Scripts/make_run.py", base, str(count), path], check=True)
        mark.write_text(of)
    return path


def until(page, expression, timeout=60):
    """Waits for an expression. The page's policy forbids what wait_for_function does: to evaluate text inside the page."""
    end = time.monotonic() + timeout
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(f"not so within {timeout} s: {expression}")
        time.sleep(0.01)


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
        until(page, "!document.querySelector('#count') || document.querySelector('#count').textContent !== ''")
        return page


def axe(browser, files):
    from axe_playwright_python.sync_playwright import Axe
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}
    calm = {**options, "rules": {"color-contrast": {"enabled": False}}}
    for name, file in files:
        found, ran, unsure = [], 0, set()
        for ui in ("en", "ar"):
            for theme in ("light", "dark"):
                for width in (1440, 320):
                    page = browser.page(file, width, ui, theme)
                    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
                    page.wait_for_timeout(300)
                    result = Axe().run(page, options=calm).response
                    # Contrast is looked up point by point, which on a page of 400 cards takes minutes: on the first of each kind.
                    page.evaluate("""for (const part of document.querySelectorAll('.doc:nth-of-type(n+6), #finding-rows > tr:nth-child(n+60), '
                        + '#claims ol:nth-of-type(n+4), .card:nth-child(n+30), .ids li:nth-child(n+40)')) part.remove()""")
                    contrast = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}).response
                    for kind in ("passes", "violations", "incomplete"):
                        result[kind] += contrast[kind]
                    ran = max(ran, len(result["passes"]))
                    unsure |= {each["id"] for each in result["incomplete"]}
                    if page.evaluate("document.documentElement.lang") != ui:
                        found.append(f"the page is not in {ui}")
                    for violation in result["violations"]:
                        node = violation["nodes"][0]
                        found.append(f"{ui} {theme} {width}: {violation['id']} x {len(violation['nodes'])} ({str(node['target'])[:80]}: {node['html'][:90]})")
                    page.close()
        if ran < 30:
            found.append(f"axe looked at {ran} rules only")
        text = f"0 violations of {ran} rules that had something to look at, 2 languages x 2 themes x 2 widths; left to people: {', '.join(sorted(unsure)) or 'nothing'}"
        check(f"axe {name}", not found, text if not found else "; ".join(found[:6]))


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


def naughty():
    """The 515 strings of the shared list, where it is: texts of others, so they stay there."""
    archive = pathlib.Path(os.environ.get("AUDITOR_SHARED", ROOT / "../shared")) / "corpora/hostile.tar.xz"
    if not archive.exists():
        print("note  without AUDITOR_SHARED: the list of naughty strings is not used", flush=True)
        return []
    with tarfile.open(archive) as tar:
        return [text for text in json.load(tar.extractfile("./blns/blns.json")) if text]


def hostile_run(base, texts, path, copies=1):
    """A run in which every text that a finding, a file, a decision or a header can hold is one of `texts`."""
    lines = [json.loads(line) for line in open(base, encoding="utf-8")]
    template = next(line for line in lines if line["type"] == "finding")
    rule = next(line for line in lines if line["type"] == "rule" and line["id"] == template["rule"])
    risks = [line for line in lines if line["type"] == "risk"]
    with open(path, "w", encoding="utf-8") as file:
        def put(record):
            file.write(json.dumps(record) + "\n")
        put({**lines[0], "target": texts[0], "options": texts, "packs": [{"name": text, "version": text, "sha256": text, "rules": 1} for text in texts[:30]]})
        put({"type": "profile", "date": "2026-11-29", "roles": [texts[1]], "places": [texts[2]], "audiences": [texts[0]], "sectors": [], "frameworks": texts})
        for number, risk in enumerate(risks):
            text = texts[number % len(texts)]
            put({"type": "decision", "risk": risk["id"], "status": "open", "owner": text, "due": text, "measure": text, "note": text, "decided_by": text, "decided_on": text})
        for text in texts:
            put({"type": "suppression", "kind": "unused", "rule": text, "path": text, "reason": text, "author": text, "expires": text})
        put({"type": "trend", "points": [{"label": t, "complete": False, "counts": [1, 2, 3, 4, 5]} for t in texts[:40]], "known": 1, "gone": 1, "other_rules": True, "bands": [], "new": []})
        words = {"en": "".join(texts[:40]), "ar": "".join(texts[:40])}
        put({**rule, "title": words, "message": {k: "{match} {value} " + v for k, v in words.items()}, "why": words, "fix": words, "measured": texts[0], "maps": {}})
        number = 0
        for copy in range(copies):
            for text in texts:
                path = f"{copy}{text}" if copies > 1 else text
                put({**template, "fingerprint": f"{number:032x}", "path": path, "structure_path": text, "language": "en", "reasons": [text],
                     "excerpt": {"before": text, "match": text, "after": text}, "values": {"value": text, "limit": text}})
                number += 1
                if copy:
                    continue
                put({**template, "type": "aside", "fingerprint": f"{number + 900_000:032x}", "path": path, "excerpt": {"before": text, "match": text, "after": text},
                     "decision": {"kind": "suppression", "reason": text, "author": text, "expires": text}})
                put({**template, "type": "claim", "fingerprint": f"{number + 1_800_000:032x}", "path": path, "excerpt": {"before": text, "match": text, "after": text}, "values": {"value": text}})
                put({"type": "problem", "kind": "structure", "path": path, "message": {"en": text, "ar": text}, "leaves_gap": True})
                put({"type": "coverage", "path": path, "status": "partial", "bytes": 1, "format": "html", "encoding": text, "language": "en", "words": 1, "title": text})
        for line in lines:
            if line["type"] in ("citation", "risk"):
                put(line)
        put({"type": "trailer"})


def watched(page, bad, opened):
    """What a page did on its own, after every fold was opened and every row of a large list was made."""
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    page.wait_for_timeout(500)
    if page.evaluate("document.title") in ("run", "1") or page.evaluate("globalThis.ran"):
        bad.append("a script of the content ran")
    if len(page.requests) != opened:
        bad.append(f"{len(page.requests) - opened} requests: {page.requests[1:3]}")
    if page.messages:
        bad.append(f"console: {page.messages[:2]}")
    # The links of the pages beside a very large report are ours: a folder's name and a number.
    strange = page.evaluate(r"""[...document.querySelectorAll('img, iframe, base, object, embed, math, video, audio, link, form[action], a[href]')]
        .filter(node => node.localName !== 'a' || !/^(#|([\w.-]*\/)?[\w.-]+\.html(#[\w.-]*)?$)/.test(node.getAttribute('href'))).map(node => node.outerHTML.slice(0, 90))""")
    if strange:
        bad.append(f"elements of the content are in the page: {strange[:2]}")
    styled = page.evaluate("[...document.querySelectorAll('*')].filter(node => [...node.attributes].some(each => each.name.startsWith('on') || each.name === 'style')).length")
    if styled:
        bad.append(f"{styled} elements with handlers or styles")


# What a spreadsheet takes for the start of a formula; the wide forms, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2028\u2029\ufeff\U000e0000-\U000e0fff]")
# The isolates that we write ourselves around dates and names in Arabic.
OURS = {"\u2066", "\u2067", "\u2068", "\u2069"}


def hidden_in(text, allowed=frozenset()):
    return sorted({f"U+{ord(c):04X}" for c in HIDDEN.findall(text) if c not in allowed})


def safe(binary, browser, base):
    lists = [("own", HOSTILE)]
    blns = naughty()
    if blns:
        lists.append((f"{len(blns)} naughty strings", HOSTILE + blns))
    for name, texts in lists:
        folder = WORK / "hostile"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        source = folder / "hostile.jsonl"
        hostile_run(base, texts, source)
        run(binary, "report", source, *[word for ext in ("html", "sarif", "json", "jsonl", "csv", "md", "xml") for word in ("-o", folder / f"report.{ext}")])
        run(binary, "report", source, "--ui-language", "ar", "-o", folder / "report.ar.html", "-o", folder / "report.ar.md")
        bad = []
        for file in ("report.html", "report.ar.html"):
            for ui in ("en", "ar"):
                page = browser.page(folder / file, ui=ui)
                watched(page, bad, 1)
                page.close()
        check(f"safe page, {name}", not bad, "0 scripts, 0 requests, 0 messages, 2 pages x 2 languages" if not bad else "; ".join(bad[:4]))
        with open(folder / "report.csv", encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        cells = [cell for row in rows for cell in row]
        formulas = [cell for cell in cells if cell[:1] in FORMULA or cell.lstrip(" ")[:1] in FORMULA]
        check(f"safe table, {name}", not formulas and len(rows) > len(texts), f"0 formulas in {len(cells)} cells of {len(rows)} rows" if not formulas else repr(formulas[:3]))
        said = []
        for ext in ("csv", "md", "ar.md", "xml", "sarif", "json", "jsonl", "html", "ar.html"):
            data = (folder / f"report.{ext}").read_text(encoding="utf-8")
            if len(data) < 1000:
                said.append(f"{ext} is nearly empty")
            marks = hidden_in(data.removeprefix("\ufeff") if ext == "csv" else data, OURS if "html" in ext or "md" in ext else frozenset())
            # JSON escapes them; a reader of JSON has them back, which is what a program needs.
            if marks:
                said.append(f"{ext}: {' '.join(marks)}")
        check(f"safe files, {name}", not said, "no control character in 9 files of 7 formats" if not said else "; ".join(said))
        said, count = [], 0
        for words in (["--format", "github"], ["-o", folder / "again.html"]):
            for ui in ("en", "ar"):
                out = subprocess.run([str(binary), "report", str(source), *map(str, words), "--ui-language", ui], cwd=ROOT, capture_output=True,
                                     env={**os.environ, "AUDITOR_RULES": str(ROOT / "rules")})
                count += len(out.stdout) + len(out.stderr)
                if out.returncode not in (0, 1, 3):
                    said.append(f"{words} {ui} ends with {out.returncode}: {out.stderr[:90]}")
                marks = hidden_in((out.stdout + out.stderr).decode().removeprefix("\ufeff"), OURS | {"\u200f", "\u200e"})
                if marks:
                    said.append(f"{words} {ui}: {' '.join(marks)}")
        check(f"safe terminal, {name}", not said, f"0 control characters in {count:,} bytes" if not said else "; ".join(said[:4]))
    hostile_files(binary, browser, blns)
    hostile_pages(binary, browser, base)


def hostile_files(binary, browser, blns):
    """The whole way: hostile names and contents on disk, audited in the terminal and in every format."""
    folder = WORK / "hostile-files"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "in").mkdir(parents=True)
    for number, text in enumerate(HOSTILE + blns):
        name = text.replace("/", "_").replace("\x00", "").encode("utf-8", "ignore")[:120]
        page = f"<!doctype html><title>{text}</title><h1>{text}</h1><p title=\"{text}\">Share this before they delete it {text}. Write to a.b@mail.example.net {text}</p>"
        target = os.path.join(os.fsencode(folder / "in"), b"%d-" % number + name + b".html")
        with open(target, "w", encoding="utf-8", errors="replace") as file:
            file.write(page)
    said, count = [], 0
    for ui in ("en", "ar"):
        out = subprocess.run([str(binary), "audit", "in", "--ui-language", ui, "-o", f"r.{ui}.html", "-o", f"r.{ui}.csv", "-o", f"r.{ui}.md"], cwd=folder,
                             capture_output=True, env={**os.environ, "AUDITOR_RULES": str(ROOT / "rules")})
        count += len(out.stdout) + len(out.stderr)
        if out.returncode not in (1, 3):
            said.append(f"ends with {out.returncode}: {out.stderr[:200]}")
            continue
        marks = hidden_in((out.stdout + out.stderr).decode(), OURS | {"\u200f", "\u200e"})
        if marks:
            said.append(f"{ui}: {' '.join(marks)}")
        page = browser.page(folder / f"r.{ui}.html", ui=ui)
        watched(page, said, 1)
        page.close()
        with open(folder / f"r.{ui}.csv", encoding="utf-8-sig", newline="") as file:
            said += [f"formula {cell[:20]!r}" for row in csv.reader(file) for cell in row if cell[:1] in FORMULA]
    check("safe audit", not said, f"{len(HOSTILE + blns)} hostile names, titles and texts: 0 scripts, 0 requests, 0 formulas, 0 control characters in {count:,} bytes of the terminal"
          if not said else "; ".join(said[:4]))


def hostile_pages(binary, browser, base):
    """The pages of a very large report hold the same texts."""
    folder = WORK / "hostile-pages"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    source = folder / "run.jsonl"
    hostile_run(base, HOSTILE, source, copies=100_001 // len(HOSTILE) + 1)
    run(binary, "report", source, "-o", folder / "report.html")
    pages = sorted((folder / "report-pages").glob("*.html"))
    bad = [] if len(pages) > 50 else [f"{len(pages)} pages only"]
    for file in [folder / "report.html", *pages[:3], *pages[-3:]]:
        page = browser.page(file)
        watched(page, bad, 1)
        page.close()
    for file in pages:
        marks = hidden_in(file.read_text(encoding="utf-8"), OURS)
        if marks:
            bad.append(f"{file.name}: {' '.join(marks)}")
    check("safe pages", not bad, f"0 scripts, 0 requests, no control character in {len(pages)} pages" if not bad else "; ".join(bad[:4]))


def printed(browser, demo, base):
    """The PDF holds the whole report, however the page was folded and filtered, and numbers its pages."""
    lines = [json.loads(line) for line in open(base, encoding="utf-8")]
    titles = {"en": [], "ar": []}
    for line in lines:
        if line["type"] == "risk":
            for ui in titles:
                titles[ui].append(line["title"][ui])
    prints = {line["fingerprint"] for line in lines if line["type"] == "finding" and not line["category"].startswith("misinformation/check-worthy")}
    for ui in ("en", "ar"):
        page = browser.page(demo, ui=ui, theme="dark")
        page.fill("#q", "zzzz-nothing")
        until(page, "location.hash.includes('zzzz')")
        pdf = WORK / f"print-{ui}.pdf"
        page.pdf(path=str(pdf), prefer_css_page_size=True)
        page.close()
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout
        sheets = text.split("\f")[:-1]
        bad = []
        of = {"en": r"(\d+) of (\d+)", "ar": r"(\d+)\D{1,12}(\d+)"}[ui]
        unnumbered = [at + 1 for at, sheet in enumerate(sheets)
                      if not any({at + 1, len(sheets)} == {int(n) for n in found} or (at + 1 == len(sheets) and str(at + 1) in found)
                                 for line in sheet.rstrip().splitlines()[-2:] for found in re.findall(of, line))]
        if unnumbered:
            bad.append(f"pages without number: {unnumbered[:8]}")
        flat = re.sub(r"\s+", "", text)
        missing = [each for each in prints if each not in flat]
        if missing:
            bad.append(f"{len(missing)} of {len(prints)} findings are not in it")
        if ui == "en":
            words = re.sub(r"\s+", " ", text)
            lost = [title for title in titles["en"] if not all(word in words for word in title.split())]
            if lost:
                bad.append(f"risks not in it: {lost[:3]}")
        check(f"print {ui}", not bad, f"{len(sheets)} numbered pages with all {len(prints)} findings, printed from a filtered dark page" if not bad else "; ".join(bad))


def size(binary, browser, base, million):
    took = {}
    # The first page of a browser starts its renderer: people have theirs open.
    page = browser.browser.new_page()
    page.set_content("<p>ready</p>")
    page.close()
    for count, megabytes, seconds in ((10_000, 1, 1), (100_000, 10, 3)) + (((1_000_000, None, 5),) if million else ()):
        source = synthetic(base, count)
        html = WORK / f"report-{count}.html"
        took[count] = run(binary, "report", source, "-o", html)
        page = browser.browser.new_page(viewport={"width": 1440, "height": 900})
        start = time.monotonic()
        page.goto(f"file://{html}", wait_until="commit")
        until(page, "document.querySelector('#count')?.textContent && document.querySelectorAll('#finding-rows tr').length >= 100")
        usable = time.monotonic() - start
        whole = page.inner_text("#count")
        start = time.monotonic()
        page.fill("#q", "harbour")
        until(page, "location.hash.includes('q=harbour')")
        search = time.monotonic() - start
        told = page.inner_text("#count")
        if told == whole or not re.match(r"[1-9][\d,]* of ", told):
            check(f"search {count:,}", False, f"a word that is in many findings shows {told!r}")
        page.close()
        bytes_ = html.stat().st_size
        text = f"{bytes_ / 1e6:.2f} MB, usable in {usable:.2f} s, first search {search:.2f} s ({told}); rendered in {took[count][0]:.1f} s ({took[count][2]:.1f} s CPU), {took[count][1]:.0f} MB"
        if megabytes is None:
            pages = list((WORK / f"report-{count}-pages").iterdir())
            text += f"; {len(pages)} pages"
            check("size 1,000,000", usable <= seconds and len(pages) > 100, text)
        else:
            check(f"size {count:,}", bytes_ <= megabytes * 1e6 and usable <= seconds, text)
    for small, large in ((10_000, 100_000), (100_000, 1_000_000)):
        if large in took:
            growth = took[large][2] / max(took[small][2], 0.01), took[large][1] / took[small][1]
            check(f"linear {large:,}", max(growth) <= 13, f"ten times the findings took {growth[0]:.1f} times the CPU and {growth[1]:.1f} times the memory")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--only", default="axe,keyboard,narrow,safe,print,size")
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
    if not chromium or not shutil.which("pdftotext"):
        print("note  not checked: needs chromium and pdftotext (apt), playwright and axe-playwright-python (pip)", flush=True)
        sys.exit(2)
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
        if "print" in wanted:
            printed(browser, demo, base)
        if "size" in wanted:
            size(binary, browser, base, a.million)
    print(f"{len(failures)} failed" + (": " + ", ".join(failures) if failures else ""))
    sys.exit(1 if failures else 0)


main()
