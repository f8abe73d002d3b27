#!/usr/bin/env python3
"""Compares what the auditor reads on real pages with what an independent HTML5 parser (lexbor) reads.

  Scripts/check_words.py [--binary .build/release/auditor] [--pages DIR,…] [--limit N] [--output FILE]

Words   every text node of lexbor's tree outside script, style, template, noscript and title is text of the page; the
        share of its words that the auditor gives in the channel `text` is the recall. Wanted: 99.99 % over all pages,
        no page under 99 %.
Places  every run of text is looked up in the source: its characters, with character references decoded and tags taken
        away, must be those of the run. Wanted: 99.9 %.

Needs `pip install selectolax` (0.3 to 1.0; only for this check). Without it the check says so and ends with code 0.
"""
import argparse
import base64
import collections
import html
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORD = re.compile(r"\w+")
SKIPPED = {"script", "style", "template", "noscript", "title"}
# Elements that stand in a line; every other one ends a word.
INLINE = set(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr output q rb rp rt rtc ruby s samp "
    "small span strike strong sub sup time tt u var wbr tspan slot".split())
CODECS = {"windows-1252": "cp1252", "windows-1256": "cp1256", "windows-1251": "cp1251", "windows-874": "cp874",
          "x-mac-cyrillic": "mac_cyrillic", "macintosh": "mac_roman", "iso-8859-8-i": "iso-8859-8", "gbk": "gb18030"}


def inspect(binary, pages):
    feed = "".join(
        json.dumps({"id": str(p), "base64": base64.b64encode(p.read_bytes()).decode(), "media_type": "text/html"}) + "\n" for p in pages)
    done = subprocess.run([binary, "stream", "--inspect"], input=feed.encode(), capture_output=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"auditor stream ended with {done.returncode}: {done.stderr.decode(errors='replace')[:1000]}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


def decoded(data, encoding):
    name = CODECS.get(encoding, encoding)
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        if data.startswith(mark):
            data = data[len(mark):]
            break
    return data.decode(name, "replace")


def their_text(parser, text):
    """The text of the tree, with a line end wherever an element that is not of a line begins or ends."""
    out = []

    def skips(node):
        name = node.tag
        # <title> inside svg is text of the picture.
        return name in SKIPPED and not (name == "title" and node.parent is not None and node.parent.tag not in ("head", "html", "body"))

    stack = [(parser(text).root, False)]
    while stack:
        node, is_end = stack.pop()
        if is_end:
            out.append("\n")
            continue
        name = node.tag
        if name == "-text":
            out.append(node.text_content or "")
            continue
        # A node without a name holds no text of its own (a processing instruction; the root of some trees).
        if name is not None and (name.startswith("-") or skips(node)):
            continue
        if name is not None and name not in INLINE:
            out.append("\n")
            stack.append((node, True))
        children, child = [], node.child
        while child is not None:
            children.append(child)
            child = child.next
        stack += [(c, False) for c in reversed(children)]
    return "".join(out)


def words(text):
    return collections.Counter(WORD.findall(text.lower()))


def unmatched(theirs, ours):
    """Words of theirs that are not among ours, words that are only cut elsewhere aside ("foo" "bar" and "foobar")."""
    missing, extra = theirs - ours, ours - theirs
    if not missing or not extra:
        return missing
    for one, other in ((missing, extra), (extra, missing)):
        for word in sorted(one, key=len, reverse=True):
            for _ in range(min(one[word], 200)):
                parts = cut(word, other)
                if not parts:
                    break
                other.subtract(parts)
                one[word] -= 1
    return +missing


def cut(word, pieces, depth=0):
    """Some of `pieces` that make up `word`, or None."""
    if not word:
        return []
    if depth > 12:
        return None
    for end in range(len(word), 0, -1):
        head = word[:end]
        if pieces[head] > 0 and not (depth == 0 and end == len(word)):
            rest = cut(word[end:], pieces, depth + 1)
            if rest is not None:
                return [head, *rest]
    return None


TAGS = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?</\1\s*>|</?[a-zA-Z!?/](?:\"[^\"]*\"|'[^']*'|[^>\"'])*>", re.S)
LETTERS = re.compile(r"[\W_]+")


def letters(text):
    return LETTERS.sub("", text)


def in_place(segment, source):
    """Whether the characters between the run's ends are the run's."""
    piece = source[segment["start"]:segment["end"]]
    want = letters(segment["text"])
    if segment["channel"] == "text":
        got = letters(html.unescape(TAGS.sub("", piece)))
        if got == want:
            return True
        # Hidden text, a picture's text or a script inside the run is a run of its own.
        got = letters(html.unescape(piece))
    elif segment["channel"] == "json-ld":
        try:
            got = letters(json.loads('"' + piece + '"'))
        except ValueError:
            got = letters(piece)
    else:
        got = letters(html.unescape(piece))
        if got != want:
            got = letters(piece)
    if got == want:
        return True
    if not want or got[:1] != want[:1] or got[-1:] != want[-1:]:
        return not want
    rest = iter(got)
    return all(character in rest for character in want)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=str(ROOT / ".build/release/auditor"))
    ap.add_argument("--pages", default="trafilatura,wcxb,readability,arabic-pages", help="folders of .build/corpora")
    ap.add_argument("--limit", type=int, default=0, help="pages of each folder; 0 for all")
    ap.add_argument("--worst", type=int, default=8, help="pages to list")
    ap.add_argument("--output")
    a = ap.parse_args()
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        print("check_words: selectolax is not installed (pip install selectolax); nothing was compared")
        return 0
    corpora = ROOT / ".build/corpora"
    if not corpora.is_dir():
        print("check_words: no pages in .build/corpora; run Scripts/unpack-corpora.sh SHARED; nothing was compared")
        return 0
    lines, failed = ["| pages | count | words | recall | least | under 99 % | runs | in place |", "|---|---|---|---|---|---|---|---|"], False
    everything = [0, 0, 0, 0]
    listed = []
    for name in a.pages.split(","):
        pages = sorted(p for p in (corpora / name).rglob("*.html") if "expected" not in p.name)
        pages = pages[:: max(1, len(pages) // a.limit)] if a.limit else pages
        total = found = runs = placed = 0
        least, under, count = 1.0, 0, 0
        for at in range(0, len(pages), 40):
            part = pages[at:at + 40]
            for page, answer in zip(part, inspect(a.binary, part)):
                source = decoded(page.read_bytes(), answer["encoding"])
                text = [s for s in answer["segments"] if s["channel"] == "text"]
                theirs = words(their_text(LexborHTMLParser, source))
                ours = words("\n".join(s["text"] for s in text))
                missing = unmatched(theirs, ours)
                size, lost = sum(theirs.values()), sum(missing.values())
                count += 1
                total += size
                found += size - lost
                share = 1 - lost / size if size else 1.0
                least = min(least, share)
                under += share < 0.99
                if lost:
                    listed.append((share, lost, f"{name}/{page.relative_to(corpora / name)}", " ".join(list(missing)[:8])))
                for segment in answer["segments"]:
                    if segment.get("start") is None or segment["channel"] == "source":
                        continue
                    runs += 1
                    good = in_place(segment, source)
                    placed += good
                    if not good and a.worst and runs - placed <= 3:
                        listed.append((2, 0, f"place {page.name} {segment['channel']} {segment['start']}", repr(segment["text"][:60]) + " / " + repr(source[segment["start"]:segment["end"]][:90])))
        if not count:
            continue
        failed |= under > 0
        everything = [x + y for x, y in zip(everything, (total, found, runs, placed))]
        lines.append(f"| {name} | {count} | {total} | {100 * found / max(1, total):.4f} % | {100 * least:.2f} % | {under} | {runs} | {100 * placed / max(1, runs):.3f} % |")
    total, found, runs, placed = everything
    lines.append(f"| all |  | {total} | {100 * found / max(1, total):.4f} % |  |  | {runs} | {100 * placed / max(1, runs):.3f} % |")
    failed |= found < 0.9999 * total or placed < 0.999 * runs
    lines.append("")
    for share, lost, page, some in sorted(listed)[: a.worst] + [x for x in listed if x[0] == 2][: a.worst]:
        lines.append(f"- {page}: {lost} words, {100 * share:.2f} %: {some}" if share <= 1 else f"- {page}: {some}")
    lines.append("FAILED" if failed else "passed")
    text = "\n".join(lines) + "\n"
    if a.output:
        pathlib.Path(a.output).write_text(text, encoding="utf-8")
    print(text, end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
