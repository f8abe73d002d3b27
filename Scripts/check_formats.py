#!/usr/bin/env python3
"""Measures how the auditor reads formats: routes, text, places, damage, bounds.

  Scripts/check_formats.py --binary .build/release/auditor [--shared ../shared] [--output formats.md] [--only PART ...]

Parts
  samples   every file of corpora/formats.tar.xz: its members and formats as an independent reader of Python's standard
            library sees them, and phrases taken from the text that it extracts: are they found, in the right member,
            with the right pointer, at the right bytes?
  made      containers and records that this script writes: every compression and archive, damage in the middle, bombs
  hostile   corpora/hostile.tar.xz and corpora/html/pathological.tar.xz: no crash, time and memory against size
  big       JSON Lines and a line too large for memory: memory must not follow the file (needs some GB of /tmp)

A phrase becomes a rule of a temporary pack; a finding of that rule is a phrase that was read. Exit code 1 when a part
fails.
"""
import argparse, bz2, email, email.policy, gzip, html, html.parser, io, json, lzma, os, re, resource, shutil, signal, struct
import subprocess, sys, tarfile, tempfile, threading, time, zipfile, zlib
import xml.etree.ElementTree as ET

PHRASE = re.compile(r"(?<![\w'’-])[A-Za-z]{2,}(?: [A-Za-z]{2,}){3,5}(?![\w'’-])")


# A process begins with the peak memory of the one that it was forked from: this script's would hide that of the auditor.
LAUNCHER = """
import os, sys, time
start = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as out:
    out.write(f"{os.waitstatus_to_exitcode(status)} {time.monotonic() - start} {usage.ru_maxrss}")
"""


def run(binary, paths, pack=None, options=(), cwd=None, timeout=600):
    """Audits `paths`; gives the records of the report, the exit code, seconds, peak memory in bytes."""
    out = tempfile.mkdtemp()
    report = os.path.join(out, "r.jsonl")
    command = [binary, "audit", "-q", "-o", report, "--jobs", "1", *options, *paths]
    if pack:
        command += ["--no-bundled", "--pack", pack]
    figures = os.path.join(out, "figures")
    process = subprocess.Popen(
        [sys.executable, "-S", "-c", LAUNCHER, figures, *command], cwd=cwd, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True)
    killer = threading.Timer(timeout, lambda: os.killpg(process.pid, signal.SIGKILL))
    killer.start()
    errors = process.stderr.read()
    process.wait()
    killer.cancel()
    code, seconds, peak = -signal.SIGKILL, timeout, 0
    if os.path.exists(figures):
        with open(figures) as line:
            code, seconds, peak = (float(word) for word in line.read().split())
    records = []
    if os.path.exists(report):
        with open(report, encoding="utf-8") as lines:
            records = [json.loads(line) for line in lines]
    shutil.rmtree(out)
    if not records and code not in (0, 1, 3):
        sys.stderr.write(f"{command}: exit {code}\n{errors.decode(errors='replace')[-2000:]}\n")
    return records, int(code), seconds, int(peak) * 1024


def make_pack(directory, phrases):
    """A pack with a rule for each phrase; gives its path."""
    path = os.path.join(directory, "pack")
    os.makedirs(path, exist_ok=True)
    with open(os.path.join(path, "pack.yaml"), "w") as out:
        out.write("{pack: check, version: 1.0.0, schema: auditor.rules/v1, title: {en: t, ar: t}, defaults: {status: experimental}}\n")
    with open(os.path.join(path, "rules.yaml"), "w") as out:
        for index, phrase in enumerate(phrases):
            out.write(
                f"---\nrule: check.p{index}\nmessage: {{en: A phrase., ar: عبارة.}}\nseverity: low\nscope: raw\n"
                f"match: {json.dumps(phrase)}\n")
    return path


def phrases_of(text, most=12):
    """Up to `most` runs of words, spread over the text."""
    found = []
    for line in text.splitlines():
        for match in PHRASE.finditer(line):
            phrase = match.group()
            if phrase.lower() not in (f.lower() for f in found[-400:]):
                found.append(phrase)
    step = max(1, len(found) // most)
    return found[::step][:most]


class Visible(html.parser.HTMLParser):
    """Text outside scripts and styles; an element that is no phrase ends a line."""

    inline = {"a", "b", "i", "em", "strong", "span", "u", "small", "sup", "sub", "font", "code"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out, self.skipped = [], 0

    def handle_starttag(self, tag, attrs):
        self.skipped += tag in ("script", "style", "title", "noscript", "textarea", "select")
        if tag not in self.inline:
            self.out.append("\n")

    def handle_endtag(self, tag):
        self.skipped = max(0, self.skipped - (tag in ("script", "style", "title", "noscript", "textarea", "select")))
        if tag not in self.inline:
            self.out.append("\n")

    def handle_data(self, data):
        if not self.skipped:
            self.out.append(re.sub(r"\s+", " ", data))


def page_text(data, charset=None):
    if isinstance(data, bytes):
        for name in [charset, "utf-8", "latin-1"]:
            try:
                data = data.decode(name or "utf-8")
                break
            except (UnicodeDecodeError, LookupError):
                continue
    parser = Visible()
    parser.feed(data)
    return "".join(parser.out)


def xml_text(data):
    """Paragraphs of an Office part."""
    lines = []
    for paragraph in ET.fromstring(data).iter():
        if paragraph.tag.split("}")[-1] in ("p", "h", "text"):
            lines.append("".join(t.text or "" for t in paragraph.iter() if t.text and t.tag.split("}")[-1] in ("t", "p", "h", "span", "text")))
    return "\n".join(lines)


def strings(value, pointer=""):
    """Every string of a JSON value with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, pointer + "/" + key.replace("~", "~0").replace("/", "~1"))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{pointer}/{index}")


def warc_records(data):
    """(offset, type, target, payload, http content type) of an uncompressed WARC; reads by Content-Length alone."""
    at = 0
    while at < len(data):
        while data[at:at + 1] in (b"\r", b"\n"):
            at += 1
        if not data[at:].startswith(b"WARC/"):
            return
        end = re.compile(rb"\r?\n\r?\n").search(data, at)
        if not end:
            return
        fields = {}
        for line in data[at:end.start()].splitlines()[1:]:
            name, _, value = line.decode("latin-1").partition(":")
            fields[name.lower()] = value.strip()
        length = int(fields.get("content-length", 0))
        block = data[end.end():end.end() + length]
        payload, kind = block, fields.get("content-type", "")
        if block.startswith(b"HTTP/"):
            head = re.compile(rb"\r?\n\r?\n").search(block)
            headers = block[:head.start()].decode("latin-1") if head else ""
            payload = block[head.end():] if head else b""
            match = re.search(r"(?im)^content-type:\s*(.*)$", headers)
            kind = match.group(1).strip() if match else ""
            if re.search(r"(?im)^transfer-encoding:\s*chunked", headers):
                payload = unchunk(payload)
            if re.search(r"(?im)^content-encoding:\s*gzip", headers) and payload[:2] == b"\x1f\x8b":
                payload = zlib.decompressobj(31).decompress(payload)
        yield at, fields.get("warc-type", ""), fields.get("warc-target-uri", ""), payload, kind
        at = end.end() + length


def unchunk(data):
    out, rest = b"", data
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        try:
            length = int(size.split(b";")[0], 16)
        except ValueError:
            return data
        if not length:
            break
        out, rest = out + rest[:length], rest[length + 2:]
    return out


def expectations(directory):
    """For each sample: [(path prefix of the member, format, phrases, pointer or None)]."""
    expected = {}

    def add(sample, member, form, text, most=12):
        expected.setdefault(sample, []).append((member, form, [(p, None) for p in phrases_of(text, most)]))

    for sample in sorted(os.listdir(directory)):
        path = os.path.join(directory, sample)
        data = open(path, "rb").read()
        if sample.endswith(".parquet"):
            expected[sample] = [(sample, "not read", [])]
        elif sample.endswith(".pdf"):
            expected[sample] = [(sample, "pdf", [])]
        elif sample.endswith(".jsonl") or sample.endswith((".json", ".ipynb")):
            form = "json-lines" if sample.endswith(".jsonl") else "json"
            values = [json.loads(line) for line in data.splitlines() if line.strip()] if form == "json-lines" else [json.loads(data)]
            wanted = []
            for value in values:
                for pointer, text in strings(value):
                    found = phrases_of(text, 1)
                    if found and not re.search(r"\d{7}|@", pointer):
                        wanted.append((found[0], pointer))
            step = max(1, len(wanted) // 30)
            expected[sample] = [(sample, form, wanted[::step][:30])]
        elif sample.endswith((".eval", ".wacz")):
            for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
                inner = zipfile.ZipFile(io.BytesIO(data)).read(name)
                member = f"{sample}!/{name}"
                if name.endswith((".json", ".jsonl")):
                    text = "\n".join(t for line in (inner.splitlines() if name.endswith("l") else [inner]) for _, t in strings(json.loads(line)))
                    add(sample, member, "json-lines" if name.endswith("l") else "json", text, 4)
                elif ".warc" in name:
                    expected.setdefault(sample, []).append((member, "container", []))
                    warc = gzip.decompress(inner) if name.endswith(".gz") else inner
                    for offset, kind, _, payload, media in warc_records(warc):
                        if kind == "response" and "html" in media:
                            add(sample, f"{member}!/{offset}:", "html", page_text(payload), 3)
        elif sample.endswith((".docx", ".odt", ".epub")):
            package = zipfile.ZipFile(io.BytesIO(data))
            for name in package.namelist():
                member = f"{sample}!/{name}"
                if name in ("word/document.xml", "content.xml") or re.match(r"word/(header|footer|footnotes|endnotes)\d*\.xml", name):
                    add(sample, member, "office", xml_text(package.read(name)))
                elif name.endswith(".html"):
                    add(sample, member, "html", page_text(package.read(name)))
        elif sample.endswith((".mhtml", ".eml")):
            message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
            expected.setdefault(sample, []).append((f"{sample}!/header", "text", []))
            for part in message.walk():
                if part.get_content_maintype() == "text":
                    text = part.get_payload(decode=True).decode("utf-8", "replace")
                    is_page = part.get_content_type() == "text/html"
                    if text.strip():
                        add(sample, f"{sample}!/", "html" if is_page else "text", page_text(text) if is_page else text)
        elif ".warc" in sample or ".arc" in sample:
            if sample.endswith(".gz"):
                try:
                    raw = gzip.decompress(data)
                except EOFError:
                    raw = zlib.decompressobj(31).decompress(data)
            elif sample.endswith(".lz4"):
                twin = os.path.join(directory, sample[:-4])
                raw = open(twin, "rb").read() if os.path.exists(twin) else b""
            else:
                raw = data
            expected[sample] = [(sample, "container", [])]
            if ".arc" in sample:
                add(sample, f"{sample}!/", "html", page_text(raw.partition(b"<!doctype")[2]))
            for offset, kind, target, payload, media in warc_records(raw):
                if kind in ("response", "resource", "conversion") and "html" in media and payload:
                    charset = re.search(r"charset=([\w-]+)", media)
                    text = page_text(payload, charset and charset.group(1))
                    # Phrases of ASCII letters are the same in every charset of the samples.
                    add(sample, f"{sample}!/{offset}:", "html", text, 3)
        elif sample.endswith(".html"):
            add(sample, sample, "html", page_text(data))
        elif sample.endswith(".zst"):
            expected[sample] = [(f"{sample}!/", "text", [])]
    return expected


def check_samples(arguments, lines):
    directory = os.path.join(arguments.work, "formats")
    subprocess.run(["tar", "xf", f"{arguments.shared}/corpora/formats.tar.xz", "-C", arguments.work], check=True)
    expected = expectations(directory)
    phrases, place = [], {}
    for members in expected.values():
        for _, _, wanted in members:
            for phrase, _ in wanted:
                if phrase not in place:
                    place[phrase] = len(phrases)
                    phrases.append(phrase)
    pack = make_pack(arguments.work, phrases)
    records, code, _, _ = run(arguments.binary, ["formats"], pack, cwd=arguments.work)
    entries = {r["path"]: r for r in records if r["type"] == "coverage"}
    problems = {}
    for r in records:
        if r["type"] == "problem":
            problems.setdefault(r["path"], []).append(r["message"]["en"])
    findings = {}
    for r in records:
        if r["type"] == "finding":
            findings.setdefault(int(r["rule"].split(".p")[1]), []).append(r)
    total = found = routed = misrouted = wrong_place = wrong_pointer = pointers = 0
    lines += ["| sample | members expected | routed | phrases | found | said not to be examined |", "|---|---|---|---|---|---|"]
    failures = []
    for sample, members in expected.items():
        right = hits = wanted_count = 0
        for member, form, wanted in members:
            matching = [e for p, e in entries.items() if p == member or (member.endswith((":", "!/")) and p.startswith(member))]
            if form == "not read":
                ok = any(e["status"] == "skipped" for e in matching) and sample in problems
            elif form == "pdf":
                ok = any(e.get("format") == "pdf" for e in matching)
            else:
                ok = any(e.get("format") == form for e in matching)
            right += ok
            if not ok:
                misrouted += 1
                failures.append(f"route: {member}: wanted {form}, got {[(e['path'], e.get('format'), e['status']) for e in matching][:3]}")
            for phrase, pointer in wanted:
                wanted_count += 1
                here = [f for f in findings.get(place[phrase], []) if f["path"] == member or (member.endswith((":", "!/")) and f["path"].startswith(member))]
                if not here:
                    failures.append(f"text: {member}: not found: {phrase!r}")
                    continue
                hits += 1
                if pointer is not None:
                    pointers += 1
                    if not any((f.get("structure_path") or "").split("#")[0] == pointer for f in here):
                        wrong_pointer += 1
                        failures.append(f"pointer: {member}: {phrase!r}: wanted {pointer}, got {[f.get('structure_path') for f in here][:3]}")
                    source = open(os.path.join(directory, sample), "rb").read()
                    for f in here:
                        piece = source[f["byte_start"]:f["byte_end"]].decode("utf-8", "replace")
                        line = source.split(b"\n")[f["line"] - 1].decode("utf-8", "replace")
                        if piece.lower() != phrase.lower() or not line[f["column"] - 1:].lower().startswith(phrase.lower()):
                            wrong_place += 1
                            failures.append(f"place: {member}: {phrase!r}: the bytes there are {piece!r}")
        routed += right
        total += wanted_count
        found += hits
        said = "; ".join(sorted({m[:70] for p, ms in problems.items() if p == sample or p.startswith(sample + "!/") for m in ms}))
        lines.append(f"| {sample} | {len(members)} | {right} | {wanted_count} | {hits} | {said} |")
    lines += [
        "", f"Samples {len(expected)}; members routed {routed}, misrouted {misrouted}; phrases {found} of {total}; "
        f"pointers wrong {wrong_pointer} of {pointers}; places wrong {wrong_place}; exit code {code} (3 wanted).", ""]
    lines += [f"- {f}" for f in failures[:40]]
    return misrouted == 0 and found == total and wrong_pointer == 0 and wrong_place == 0 and code == 3


def check_made(arguments, lines):
    work = os.path.join(arguments.work, "made")
    os.makedirs(work)
    marker = "seven quiet harbours waited patiently"
    text = f"A first line.\n{marker} for the tide.\n".encode()
    jsonl = json.dumps({"messages": [{"role": "user", "content": "ask"}, {"role": "assistant", "content": f"so\n{marker}"}]}).encode() + b"\n"
    page = f"<!doctype html><title>t</title><p>{marker}</p>".encode()

    def write(name, data):
        with open(os.path.join(work, name), "wb") as out:
            out.write(data)

    def zipped(members, method=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return out.getvalue()

    def tarred(members, mode="w"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode) as archive:
            for name, data in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                archive.addfile(entry, io.BytesIO(data))
        return out.getvalue()

    def warc(payload, target, kind="response", length=None):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + payload
        return (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {target}\r\nContent-Type: application/http\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n").encode() + block + b"\r\n\r\n"

    wanted = {}
    write("a.txt.gz", gzip.compress(text)); wanted["a.txt.gz"] = "a.txt.gz!/a.txt"
    write("b.jsonl.bz2", bz2.compress(jsonl)); wanted["b.jsonl.bz2"] = "b.jsonl.bz2!/b.jsonl"
    write("c.html.xz", lzma.compress(page)); wanted["c.html.xz"] = "c.html.xz!/c.html"
    for tool, suffix in (("zstd", "zst"), ("lz4", "lz4")):
        if shutil.which(tool):
            packed = subprocess.run([tool, "-c", "-"], input=text, capture_output=True).stdout
            write(f"d.txt.{suffix}", packed); wanted[f"d.txt.{suffix}"] = f"d.txt.{suffix}!/d.txt"
    write("e.zip", zipped({"x/page.html": page})); wanted["e.zip"] = "e.zip!/x/page.html"
    write("f.tar", tarred({"y.jsonl": jsonl})); wanted["f.tar"] = "f.tar!/y.jsonl"
    write("g.tar.gz", tarred({"y.txt": text}, "w:gz")); wanted["g.tar.gz"] = "g.tar.gz!/y.txt"
    write("h.tgz", tarred({"in.zip": zipped({"z.txt.gz": gzip.compress(text)})}, "w:gz")); wanted["h.tgz"] = "h.tgz!/in.zip!/z.txt.gz!/z.txt"
    write("noname", zipped({"z.txt": text})); wanted["noname"] = "noname!/z.txt"
    write("warc-in.zip", zipped({"c.warc": warc(page, "http://a.example/p?user=x@y.example#f")})); wanted["warc-in.zip"] = "warc-in.zip!/c.warc!/0:http://a.example/p?…"
    good = [warc(page.replace(b"<title>t", b"<title>%d" % i), f"http://a.example/{i}") for i in range(6)]
    damaged = [gzip.compress(r) for r in good]
    damaged[2] = damaged[2][:40] + bytes(20) + damaged[2][60:]
    write("damaged.warc.gz", b"".join(damaged))
    lied = list(good)
    lied[2] = warc(page, "http://a.example/2", length=4000)
    write("lied.warc", b"".join(lied))
    write("noise.warc", good[0] + b"this is no record\r\n\r\n" + good[1])
    write("broken.jsonl", jsonl + b'{"messages": [{"role": "assistant", "content": "open\n' + jsonl)
    # Written in parts, so that this process stays small: its size is the least that is measured of its children.
    with zipfile.ZipFile(os.path.join(work, "bomb.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("zeros.txt", "w", force_zip64=True) as out:
            for _ in range(400):
                out.write(b"0" * (1 << 20))
        archive.writestr("after.txt", text)
    inner = text
    for depth in range(9):
        inner = zipped({f"level{depth}" + (".txt" if depth == 0 else ".zip"): inner})
    write("deep.zip", inner)
    write("many.zip", zipped({f"{i}.txt": b"x" for i in range(10_050)}))
    write("cut.zip", zipped({f"{i}.txt": text + os.urandom(1500).hex().encode() for i in range(5)})[:6000])
    write("cut.txt.gz", gzip.compress(text * 3 + os.urandom(20_000).hex().encode())[:-3000])
    write("table.csv", b'name,answer,score\n"Doe, J","he said ""' + marker.encode() + b'""",3\n'); wanted["table.csv"] = "table.csv"
    write("mail.eml", (
        b"From: =?utf-8?B?2LnZhNmK?= <a@example.org>\r\nTo: b@example.org\r\nSubject: =?iso-8859-1?Q?caf=E9?=\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=xx\r\n\r\npre\r\n--xx\r\nContent-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\nseven quiet harb=\r\nours waited=20patiently\r\n--xx--\r\n")); wanted["mail.eml"] = "mail.eml!/1.txt"
    word = (
        '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "x">]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>seven quiet </w:t></w:r><w:r><w:t>harbours waited patiently</w:t></w:r></w:p>'
        '<w:p><w:del w:author="A"><w:r><w:delText>nine loud engines answered slowly</w:delText></w:r></w:del></w:p></w:body></w:document>')
    write("word.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": word, "word/comments.xml": '<w:comments xmlns:w="w"><w:comment><w:p><w:r><w:t>four green lanterns faded early</w:t></w:r></w:p></w:comment></w:comments>'}))
    wanted["word.docx"] = "word.docx!/word/document.xml"
    pack = make_pack(work, [marker, "nine loud engines answered slowly", "four green lanterns faded early"])
    shutil.move(pack, os.path.join(arguments.work, "made-pack"))
    records, code, seconds, memory = run(arguments.binary, ["made"], os.path.join(arguments.work, "made-pack"), cwd=arguments.work)
    by_path, problems, entries = {}, {}, {}
    for r in records:
        if r["type"] == "finding":
            by_path.setdefault((r["rule"][-1], r["path"]), []).append(r)
        elif r["type"] == "problem":
            problems.setdefault(r["path"], []).append(r)
        elif r["type"] == "coverage":
            entries[r["path"]] = r
    failures = [f"{name}: phrase not found at {path}" for name, path in wanted.items() if ("0", path) not in by_path]

    def need(condition, text):
        if not condition:
            failures.append(text)

    pages = [p for (rule, p) in by_path if p.startswith("damaged.warc.gz!/")]
    need(len(pages) == 5, f"damaged.warc.gz: {len(pages)} of 5 whole records read")
    need(any(p.startswith("damaged.warc.gz") for p in problems), "damaged.warc.gz: damage not said")
    need(len([p for (rule, p) in by_path if p.startswith("lied.warc!/")]) == 6, "lied.warc: records lost")
    need(any(p.startswith("lied.warc!/") for p in problems), "lied.warc: damage not said")
    need(len([p for (rule, p) in by_path if p.startswith("noise.warc!/")]) == 2, "noise.warc: records lost")
    broken = by_path.get(("0", "broken.jsonl"), [])
    need([f["line"] for f in broken] == [1, 3], f"broken.jsonl: found in lines {[f['line'] for f in broken]}")
    need(any(f["structure_path"] == "/messages/1/content#output" for f in broken), "broken.jsonl: pointer")
    need(any(":2:" in p["message"]["en"] for p in problems.get("broken.jsonl", [])), "broken.jsonl: line 2 not named")
    need(any(p["kind"] == "limit-reached" for p in problems.get("bomb.zip", [])), "bomb.zip: no limit")
    need(any("deep.zip" in p and q["kind"] == "limit-reached" for p, qs in problems.items() for q in qs), "deep.zip: no limit")
    need(any(p["kind"] == "limit-reached" for p in problems.get("many.zip", [])), "many.zip: no limit")
    need("cut.zip" in problems, "cut.zip: damage not said")
    need(("0", "cut.zip!/0.txt") in by_path, "cut.zip: first member not read")
    need(any(p.startswith("cut.txt.gz") for p in problems), "cut.txt.gz: damage not said")
    deleted = by_path.get(("1", "word.docx!/word/document.xml"), [])
    need(deleted and deleted[0]["visibility"] == "hidden", "word.docx: deleted text not hidden text")
    comment = by_path.get(("2", "word.docx!/word/comments.xml"), [])
    need(comment and comment[0]["channel"] == "comment", "word.docx: comment not in its channel")
    need(code == 3, f"exit code {code}")
    lines += [
        f"{len(wanted) + 13} made inputs, {len(failures)} failures, {seconds:.1f} s, peak memory {memory >> 20} MB (a bomb of 400 MB among them).", ""]
    lines += [f"- {f}" for f in failures]
    return not failures


def check_hostile(arguments, lines):
    work = os.path.join(arguments.work, "hostile")
    os.makedirs(work)
    for archive in ("corpora/hostile.tar.xz", "corpora/html/pathological.tar.xz"):
        path = f"{arguments.shared}/{archive}"
        if os.path.exists(path):
            subprocess.run(["tar", "xf", path, "-C", work], check=True)

    def made(name, data):
        with open(os.path.join(work, name), "wb") as out:
            out.write(data)

    two = 2 << 20
    made("deep.json", b"[" * two)
    made("deep-objects.json", b'{"a":' * (two // 5))
    made("deep-closed.json", b"[" * (two // 2) + b"]" * (two // 2))
    made("empty-arrays.json", b"[" + b"[]," * (two // 3) + b"[]]")
    made("strings.json", b"[" + b'"a",' * (two // 4) + b'"a"]')
    made("one-letter.json", b'{"' + b"a" * two + b'": 1}')
    made("escapes.jsonl", b'"' + b"\\u0041" * (two // 6) + b'"\n')
    made("backslashes.jsonl", b'"' + b"\\\\" * (two // 2) + b'"\n')
    made("broken-lines.jsonl", b'{"a": \n' * (two // 7))
    made("objects.jsonl", b'{"role":"user","content":"a b"}\n' * (two // 32))
    made("quotes.csv", b"a,b,c\n" + b'"' * two)
    made("commas.csv", b"," * two)
    made("open-quotes.csv", b'"a\n' * (two // 3))
    made("xml-bomb.docx", _docx(b'<!DOCTYPE d [' + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (i + 1, i, i) for i in range(40)) + b"]><w:p><w:t>&a40;</w:t></w:p>"))
    made("deep-xml.docx", _docx(b"<w:p>" * (two // 5)))
    made("open-tags.docx", _docx(b"<" * two))
    made("boundaries.eml", b"From: a\r\nTo: b\r\nSubject: c\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\n" * (two // 7))
    made("warc-noise.warc", b"WARC/1.0\r\n" * (two // 10))
    made("warc-lengths.warc", b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n" * (two // 50))
    made("warc-short.warc", b"WARC/1.0\r\nContent-Length: 5\r\n\r\nhello, and more\r\n\r\n" * (two // 50))
    slow, fat, crashed, count = [], [], [], 0
    base = run(arguments.binary, ["deep.json"], cwd=work)
    empty = os.path.join(work, "empty.txt")
    open(empty, "w").close()
    _, _, start_seconds, start_memory = min((run(arguments.binary, [empty]) for _ in range(3)), key=lambda r: r[2])
    units = []
    for name in sorted(os.listdir(work)):
        path = os.path.join(work, name)
        if os.path.isdir(path):
            for inner, _, files in os.walk(path):
                big = [f for f in files if os.path.getsize(os.path.join(inner, f)) > 100_000]
                units += [os.path.join(inner, f) for f in big]
            units.append(path)
        else:
            units.append(path)
    for path in units:
        size = sum(os.path.getsize(os.path.join(d, f)) for d, _, fs in os.walk(path) for f in fs) if os.path.isdir(path) else os.path.getsize(path)
        records, code, seconds, memory = run(arguments.binary, [path], options=["--no-ignore"])
        count += 1
        label = os.path.relpath(path, work)
        if code not in (0, 1, 3) or not records:
            crashed.append(f"{label}: exit {code}")
        rate = max(0, seconds - start_seconds) / max(1, size / two)
        if rate > 1:
            slow.append(f"{label}: {rate:.2f} s per 2 MB ({size} bytes)")
        times = max(0, memory - start_memory) / max(size, 1 << 20)
        if times > 20:
            fat.append(f"{label}: {times:.1f} times its {size} bytes ({memory >> 20} MB)")
    lines += [f"{count} inputs: crashed {len(crashed)}, slower than 1 s per 2 MB {len(slow)}, over 20 times the input {len(fat)} "
              f"(start: {start_seconds:.2f} s, {start_memory >> 20} MB, taken off).", ""]
    lines += [f"- {x}" for x in crashed + slow + fat]
    return not (crashed or slow or fat)


def _docx(document):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def check_big(arguments, lines):
    work = os.path.join(arguments.work, "big")
    os.makedirs(work)
    marker = "seven quiet harbours waited patiently"
    pack = make_pack(work, [marker])
    record = json.dumps({"messages": [{"role": "user", "content": "why? " * 20}, {"role": "assistant", "content": "words of an answer that goes on " * 30}]}) + "\n"
    marked = json.dumps({"output": f"one\n{marker}\ntwo"}) + "\n"
    ok, rows = True, []

    def measure(name, write):
        nonlocal ok
        path = os.path.join(work, name)
        wanted = write(path)
        size = os.path.getsize(path)
        records, code, seconds, memory = run(arguments.binary, [path], pack, timeout=3600)
        places = sorted(r["byte_start"] for r in records if r["type"] == "finding")
        bounded = memory < 600 << 20
        right = places == wanted
        ok &= right and bounded and code in (0, 1)
        rows.append(f"| {name} | {size >> 20} | {len(wanted)} | {len(places)} {'in place' if right else 'WRONG'} | {seconds:.1f} | {memory >> 20} |")
        os.remove(path)

    def lines_of(megabytes):
        def write(path):
            wanted, at, chunk = [], 0, record * 200
            with open(path, "w") as out:
                while at < megabytes << 20:
                    out.write(chunk)
                    at += len(chunk)
                    wanted.append(at + marked.index(marker))
                    out.write(marked)
                    at += len(marked)
            return wanted
        return write

    def line_of(megabytes, prefix, suffix):
        def write(path):
            wanted, at = [], len(prefix)
            with open(path, "w") as out:
                out.write(prefix)
                filler = "words without an end " * 4999
                while at < megabytes << 20:
                    out.write(filler)
                    at += len(filler)
                    wanted.append(at)
                    out.write(marker + " ")
                    at += len(marker) + 1
                out.write(suffix)
            return wanted
        return write

    megabytes = arguments.megabytes
    measure("small.jsonl", lines_of(megabytes // 8))
    measure("large.jsonl", lines_of(megabytes))
    measure("line.jsonl", line_of(megabytes, '{"output": "', '"}\n'))
    measure("line.txt", line_of(megabytes, "", "\n"))
    lines += ["| file | MB | phrases | found | s | peak MB |", "|---|---|---|---|---|---|", *rows, ""]
    return ok


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    parser.add_argument("--binary", default=os.path.join(here, "../.build/release/auditor"))
    parser.add_argument("--shared", default=os.environ.get("AUDITOR_SHARED", os.path.join(here, "../../shared")))
    parser.add_argument("--only", nargs="*", default=["samples", "made", "hostile"])
    parser.add_argument("--megabytes", type=int, default=1024, help="size of the large files of 'big'")
    parser.add_argument("--output")
    arguments = parser.parse_args()
    arguments.binary = os.path.abspath(arguments.binary)
    arguments.shared = os.path.abspath(arguments.shared)
    os.environ.setdefault("AUDITOR_RULES", os.path.abspath(os.path.join(here, "../rules")))
    checks = {"samples": check_samples, "made": check_made, "hostile": check_hostile, "big": check_big}
    lines, failed = ["# Formats", ""], []
    for name in arguments.only:
        arguments.work = tempfile.mkdtemp(prefix="check-formats-")
        lines += [f"## {name}", ""]
        try:
            if not checks[name](arguments, lines):
                failed.append(name)
        finally:
            shutil.rmtree(arguments.work, ignore_errors=True)
        lines += [""]
    lines.append("Failed: " + ", ".join(failed) if failed else "All parts passed.")
    text = "\n".join(lines) + "\n"
    if arguments.output:
        with open(arguments.output, "w", encoding="utf-8") as out:
            out.write(text)
    sys.stdout.write(text)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
