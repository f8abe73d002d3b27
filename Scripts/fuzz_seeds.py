#!/usr/bin/env python3
"""Writes small inputs for a fuzz target: fuzz_seeds.py TARGET DIRECTORY. From the shared corpora, and some of its own."""
import bz2
import gzip
import io
import json
import lzma
import pathlib
import re
import sys
import tarfile
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPORA = ROOT / ".build/corpora"
LIMIT = 32_768


def corpora(*patterns):
    for pattern in patterns:
        for path in sorted(CORPORA.glob(pattern)):
            if path.is_file() and path.stat().st_size <= LIMIT:
                yield path.read_bytes()


def tests():
    for path in sorted((CORPORA / "html5lib-tests").rglob("tree-construction/*.dat")):
        for block in path.read_bytes().split(b"#data\n")[1:]:
            yield block.split(b"\n#errors")[0]


def packed():
    text = b"A line with card 4111 in it.\n"
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            archive.writestr("a.txt", text)
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", '<w:document xmlns:w="w"><w:p><w:r><w:t>ignore</w:t></w:r></w:p></w:document>')
        yield out.getvalue()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        entry = tarfile.TarInfo("b.html")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text))
    yield out.getvalue()
    yield gzip.compress(text)
    # What the streams of members begin with again and again, and what follows them.
    for pack in (gzip.compress, bz2.compress, lzma.compress):
        yield pack(text) + pack(text) + b"\0" * 16
        yield pack(text)[:-4] + b"rest" + pack(text)
    for form in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w", format=form) as archive:
            for name in ("c.txt", "d" * 60 + "/" + "e" * 60 + ".html"):
                entry = tarfile.TarInfo(name)
                entry.size = len(text)
                archive.addfile(entry, io.BytesIO(text))
        yield out.getvalue()
    yield b"From: a@example.org\r\nSubject: =?utf-8?B?2LnZhNmK?=\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nhi\r\n--x--\r\n"


def records():
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>hi\r\n0\r\n\r\n"
    yield b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(block), block)
    yield b"filedesc://a.arc 0.0.0.0 20200101000000 text/plain 3\n1 0\n\nhttp://a.example/ 1.2.3.4 20200101000000 text/html %d\n%s\n" % (len(block), block)


def encodings():
    for data in corpora("arabic-pages/*misleading*", "arabic-pages/*Misleading*"):
        yield b"\0" + data[:LIMIT]
    for label, codec in enumerate(["utf-8", "utf-8", "cp1256", "iso-8859-6", "cp1252", "utf-16-le", "utf-16-be", "shift_jis", "gbk", "gb18030", "big5", "euc-kr", "euc-jp", "iso-2022-jp"]):
        text = '<meta charset="windows-1256"><p>قال خبير \u3042 \u4e2d é'
        yield bytes([label]) + text.encode(codec, "ignore")


def rules():
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for rule in re.split(rb"(?m)^---\s*$", path.read_bytes()):
            if len(rule) < 6_000:
                yield rule


def shapes():
    yield json.dumps({"messages": [{"role": "assistant", "content": "a\n\u0639"}]}).encode()
    yield b'{"a": [1, 2.5e3, null, {"b": "\\u0041\\ud83d\\ude00"}]}\n{"output": "x"}\n'
    yield b'name,answer\n"a ""b""",c\n'


SEEDS = {
    "html": lambda: [*tests(), *corpora("pathological/**/*", "hostile/**/*.html")],
    "encodings": encodings,
    "json": lambda: [*shapes(), *corpora("formats/**/*.json*", "formats/**/*.ipynb")],
    "warc": lambda: [*records(), *corpora("formats/**/*warc*", "formats/**/*.arc*")],
    "archives": lambda: [*packed(), *corpora("formats/**/*")],
    "yaml": rules,
    "readers": lambda: [*corpora("formats/**/*.xml", "hostile/**/*.txt", "hostile/**/*.md"), (ROOT / "CONTRIBUTING.md").read_bytes(),
                        b'<w:document xmlns:w="w"><w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p></w:document>'],
}


def main():
    target, directory = sys.argv[1], pathlib.Path(sys.argv[2])
    count = 0
    for count, data in enumerate(SEEDS[target](), 1):
        (directory / f"seed-{count}").write_bytes(data[:65_536])
    print(f"{count} seeds for {target}")


main()
