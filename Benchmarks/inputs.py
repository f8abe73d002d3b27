"""The inputs of the benchmark, made the same way on every machine, below .build/bench.

Real pages come from the shared corpora (never committed). Text comes from the labelled rows of the same corpora; where
they are absent, from the sentences of examples/outputs, so that the benchmark runs on any checkout: the result then
says so. Card numbers, accounts and telephone numbers are published test values.
"""
import hashlib
import json
import pathlib
import shutil

MB = 1_000_000
PIECE = 64_000  # bytes of one file of a text input

# Published test values: ISO/IEC 7812 test cards of the card networks, IBAN registry examples, RFC 2606 domains,
# numbers that national plans reserve for fiction (555-01xx; Ofcom 07700 900xxx).
LEAKS = [
    "Write to sara.haddad@example.com before Monday.",
    "card 4111 1111 1111 1111 exp 12/29",
    "بطاقة ٤٠١٢٨٨٨٨٨٨٨٨١٨٨١",
    "IBAN GB82 WEST 1234 5698 7654 32",
    "IBAN SA03 8000 0000 6080 1016 7519",
    "Call +1 202-555-0143 or 07700 900123.",
    "بريدي omar@example.org وهاتفي ‎+44 7700 900456",
    "See http://192.0.2.17/login?session=1234567890abcdef",
]


class Random:
    """SplitMix64: the same numbers on every machine and Python version."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def below(self, n):
        return self.next() % n


def rows(shared, root, language):
    """Paragraphs in `language`, in a fixed order."""
    found = []
    if shared:
        for path in sorted((shared / "corpora/misinformation").glob(f"{language}_*/train.jsonl")):
            with path.open(encoding="utf-8") as lines:
                found += [" ".join(json.loads(line)["text"].split()) for line in lines]
    else:
        for path in sorted((root / "examples/outputs").rglob("*.txt")) + sorted((root / "examples/outputs").rglob("*.md")):
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
                if line.strip() and any("\u0600" <= c <= "\u06ff" for c in line) == (language == "ar"):
                    found.append(" ".join(line.split()))
    return sorted({row for row in found if len(row) > 20})


class Paragraphs:
    """An endless, deterministic walk over paragraphs."""

    def __init__(self, texts, seed):
        if not texts:
            raise SystemExit("no text to make inputs from: neither shared corpora nor examples/outputs")
        self.texts, self.random = texts, Random(seed)

    def next(self):
        return self.texts[self.random.below(len(self.texts))]

    def until(self, size, make=lambda text: text + "\n\n"):
        """Whole paragraphs, at least `size` bytes."""
        out, total = [], 0
        while total < size:
            data = make(self.next()).encode()
            out.append(data)
            total += len(data)
        return b"".join(out)


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def html_block(text, random):
    kind = random.below(12)
    body = escaped(text)
    if kind == 0:
        return f'<h2 class="title">{body[:90]}</h2>\n'
    if kind == 1:
        return f'<ul class="links"><li><a href="https://example.com/{random.below(9999)}?ref=list">{body[:60]}</a></li></ul>\n'
    if kind == 2:
        return f'<!-- block {random.below(9999)} --><div data-id="{random.below(9999)}" class="box"><p>{body}</p></div>\n'
    if kind == 3:
        return f'<script>window.state={{"id":{random.below(9999)},"t":"{random.next():x}"}};</script>\n'
    if kind == 4:
        return f'<figure><img src="/img/{random.below(9999)}.jpg" alt="{body[:80]}"><figcaption>{body[:80]}</figcaption></figure>\n'
    return f"<p>{body}</p>\n"


def page(paragraphs, random, size, language):
    direction = ' dir="rtl"' if language == "ar" else ""
    head = (f'<!doctype html>\n<html lang="{language}"{direction}><head><meta charset="utf-8">'
            f"<title>{escaped(paragraphs.next())[:70]}</title></head><body>\n").encode()
    return head + paragraphs.until(size, lambda text: html_block(text, random)) + b"</body></html>\n"


def write_pieces(folder, data_of, size, suffix):
    """Files of about PIECE bytes until `size` bytes are written."""
    total = index = 0
    while total < size:
        data = data_of(min(PIECE, size - total))
        (folder / f"{index:05d}.{suffix}").write_bytes(data)
        total += len(data)
        index += 1


def copy_pages(folder, source, pattern, times=1):
    paths = sorted(source.glob(pattern))
    for repeat in range(times):
        for index, path in enumerate(paths):
            shutil.copyfile(path, folder / f"{repeat:03d}-{index:05d}.html")
    return bool(paths)


def make(root, shared, scale=1.0):
    """Makes what is missing and gives [(name, description, folder)], in a fixed order."""
    base = root / ".build/bench" / ("inputs" if scale == 1 else f"inputs-{scale:g}")
    corpora = root / ".build/corpora"
    english, arabic = rows(shared, root, "en"), rows(shared, root, "ar")

    def text(texts, seed, size):
        def fill(folder):
            walk = Paragraphs(texts, seed)
            write_pieces(folder, lambda n: walk.until(n), size, "txt")
        return fill

    def dense(folder):
        walk, random = Paragraphs(english + arabic, 5), Random(6)
        def paragraph(text):
            return f"{text} {LEAKS[random.below(len(LEAKS))]}\n\n"
        write_pieces(folder, lambda n: walk.until(n, paragraph), int(8 * MB * scale), "txt")

    def big_text(folder):
        walk = Paragraphs(english + arabic, 7)
        with (folder / "big.txt").open("wb") as out:
            for _ in range(100):
                out.write(walk.until(int(MB * scale)))

    def big_html(folder):
        walk, random = Paragraphs(english + arabic, 8), Random(9)
        with (folder / "big.html").open("wb") as out:
            out.write(b'<!doctype html>\n<html><head><meta charset="utf-8"><title>big</title></head><body>\n')
            for _ in range(100):
                out.write(walk.until(int(MB * scale), lambda text: html_block(text, random)))
            out.write(b"</body></html>\n")

    def small(folder):
        random = Random(10)
        walks = {"en": Paragraphs(english, 11), "ar": Paragraphs(arabic, 12)}
        for index in range(int(10_000 * scale)):
            language = ("en", "ar")[index % 2]
            below = folder / f"{index // 1000:02d}"
            below.mkdir(exist_ok=True)
            suffix = ("txt", "md", "html")[index % 3]
            size = 500 + random.below(3000)
            if suffix == "html":
                data = page(walks[language], random, size, language)
            else:
                data = walks[language].until(size)
            (below / f"{index:05d}.{suffix}").write_bytes(data)

    def pages(name, pattern, times=1):
        return lambda folder: copy_pages(folder, corpora / name, pattern, times)

    wanted = []
    if shared:
        wanted += [
            ("pages-readability", "real scraped pages: readability test pages", pages("readability", "readability/test/test-pages/*/source.html")),
            ("pages-trafilatura", "real scraped pages: trafilatura evaluation pages", pages("trafilatura", "trafilatura/pages/*.html")),
            ("pages-arabic", "real Arabic pages, each 20 times", pages("arabic-pages", "*.html", 20)),
        ]
    origin = "the labelled rows" if shared else "examples/outputs (shared corpora absent)"
    wanted += [
        ("text-en", f"English text from {origin}, 64 KB files", text(english, 1, int(32 * MB * scale))),
        ("text-ar", f"Arabic text from {origin}, 64 KB files", text(arabic, 2, int(32 * MB * scale))),
        ("leaks-dense", "the same text with one published test identifier in each paragraph", dense),
        ("big-text", "one 100 MB text file, both languages", big_text),
        ("big-html", "one 100 MB HTML file, both languages", big_html),
        ("small-files", "10,000 files of 0.5 to 4 KB: text, Markdown, HTML", small),
    ]
    result = []
    for name, description, fill in wanted:
        folder, done = base / name, base / f"{name}.complete"
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            fill(folder)
            done.touch()
        result.append((name, description, folder))
    return result


def measure(folder):
    """Files, bytes and a SHA-256 over names and bytes, so that two runs can be seen to have read the same."""
    digest, files, size = hashlib.sha256(), 0, 0
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + data)
        files += 1
        size += len(data)
    return {"files": files, "bytes": size, "sha256": digest.hexdigest()}


def sample(folder, size):
    """A folder beside `folder` with its first `size` bytes: whole files, the last one cut at a line end."""
    target = folder.parent / f"{folder.name}-sample-{size}"
    if not target.exists():
        target.mkdir()
        left = size
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            data = path.read_bytes()
            if len(data) > left:
                data = data[: data.rfind(b"\n", 0, left) + 1] or data[:left]
            (target / path.name).write_bytes(data)
            left -= len(data)
            if left <= 0 or len(data) < path.stat().st_size:
                break
    return target
