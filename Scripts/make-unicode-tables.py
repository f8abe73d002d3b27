#!/usr/bin/env python3
"""Writes Sources/Audit/Segmenting/UnicodeData.swift from Python's unicodedata (Unicode Character Database).

Three tables, each as one string of hexadecimal runs, so that they compile in no time and load in under a millisecond:
  digits      START:COUNT       runs of ten decimal digits (category Nd), value 0...9 repeating
  invisible   START:COUNT       characters that the `text` view leaves out (Cf, default-ignorable, C0/C1 except white space)
  spaces      START:COUNT       characters that become U+0020 (Zs other than U+0020)
  folds       START:COUNT>T     COUNT scalars from START fold to T, T+1, ... ;  START>T,T2  one scalar folds to several; START> to none
Folding = NFKD, marks (Mn) dropped, case-folded, plus Arabic and punctuation variants unified.
"""
import pathlib, unicodedata as u

ARABIC = {0x0671: "ا", 0x0649: "ي", 0x0629: "ه", 0x06A9: "ك", 0x06CC: "ي", 0x06BE: "ه", 0x06C1: "ه", 0x06D2: "ي", 0x0640: "",
          0x0622: "ا", 0x0623: "ا", 0x0625: "ا", 0x0672: "ا", 0x0673: "ا"}
PUNCTUATION = {}
for c in "‘’‚‛′ʼ`´": PUNCTUATION[ord(c)] = "'"
for c in "“”„‟«»″": PUNCTUATION[ord(c)] = '"'
for c in "‐‑‒–—―−": PUNCTUATION[ord(c)] = "-"
KEEP = {0x0624, 0x0626}                                  # waw and ya with hamza are letters of their own
IGNORABLE = {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180E, 0x180F, 0x3164, 0xFEFF, 0xFFA0}

def invisible(c):
    k = u.category(chr(c))
    if c in (9, 10, 12, 13): return False
    if 0x600 <= c <= 0x605 or c in (0x6DD, 0x70F, 0x8E2): return False   # Arabic number signs are seen
    return k in ("Cf",) or (k == "Cc" and c not in (0x85,)) or c in IGNORABLE or 0xFE00 <= c <= 0xFE0F or 0xE0100 <= c <= 0xE01EF or 0xE0000 <= c <= 0xE007F

def fold(c):
    if c in ARABIC: return ARABIC[c]
    if c in PUNCTUATION: return PUNCTUATION[c]
    if c in KEEP: return chr(c)
    s = u.normalize("NFKD", chr(c))
    s = "".join(x for x in s if u.category(x) not in ("Mn", "Me"))
    s = s.casefold()
    s = "".join(ARABIC.get(ord(x), PUNCTUATION.get(ord(x), x)) for x in s)
    s = "".join(x for x in u.normalize("NFKD", s) if u.category(x) != "Mn")
    return " " if s and not s.strip() else s.strip() if len(s) > 1 else s

def runs(points):
    out, start, last = [], None, None
    for p in points:
        if last is not None and p == last + 1: last = p; continue
        if start is not None: out.append((start, last - start + 1))
        start = last = p
    if start is not None: out.append((start, last - start + 1))
    return out

every = [c for c in range(0x80, 0x110000) if not 0xD800 <= c <= 0xDFFF]
digits = runs([c for c in every if u.category(chr(c)) == "Nd"])
inv = runs([c for c in list(range(0x20)) + [0x7F] + every if invisible(c)])
spaces = runs([c for c in every if u.category(chr(c)) in ("Zs", "Zl", "Zp") or c == 0x85])
skip = lambda c: 0xAC00 <= c <= 0xD7A3 or 0xF900 <= c <= 0xFAFF or 0x2F800 <= c <= 0x2FA1F or 0x3130 <= c <= 0x33FF or 0x2E80 <= c <= 0x2FDF or c > 0x1FFFF
folds, i = [], 0
table = {}
for c in every:
    if skip(c) or invisible(c) or u.category(chr(c)) in ("Nd", "Cn", "Co") or u.category(chr(c)) in ("Zs", "Zl", "Zp") or c == 0x85: continue
    f = fold(c)
    if f != chr(c): table[c] = f
keys = sorted(table)
while i < len(keys):
    c = keys[i]; f = table[c]
    if len(f) == 1:
        n = 1
        while i + n < len(keys) and keys[i + n] == c + n and len(table[c + n]) == 1 and ord(table[c + n]) == ord(f) + n: n += 1
        m = 1
        while n == 1 and i + m < len(keys) and keys[i + m] == c + m and table[c + m] == f: m += 1
        if m > 2: folds.append(f"{c:x}*{m:x}>{ord(f):x}"); i += m; continue
        folds.append(f"{c:x}>{ord(f):x}" if n == 1 else f"{c:x}:{n:x}>{ord(f):x}"); i += n
    elif f == "":
        n = 1
        while i + n < len(keys) and keys[i + n] == c + n and table[c + n] == "": n += 1
        folds.append(f"{c:x}*{n:x}>"); i += n
    else:
        folds.append(f"{c:x}>" + ",".join(f"{ord(x):x}" for x in f)); i += 1

def lines(name, doc, items):
    out, row = [f"  /// {doc}", f'  static let {name}: StaticString = """'], ""
    for item in items:
        if len(row) + len(item) > 98: out.append("    " + row.rstrip() + " \\"); row = ""
        row += item + " "
    out.append("    " + row.rstrip()); out.append('    """')
    return "\n".join(out)

pair = lambda rs: [f"{a:x}:{n:x}" for a, n in rs]
text = f'''// Written by Scripts/make-unicode-tables.py from the Unicode Character Database {u.unidata_version}. Do not edit.

/// Character data of the two views, as runs of hexadecimal numbers; `UnicodeTables` reads them once.
enum UnicodeData {{
{lines("digits", "Runs of decimal digits; every ten scalars count 0...9.", pair(digits))}

{lines("invisible", "Characters that the `text` view leaves out.", pair(inv))}

{lines("spaces", "Characters that become U+0020.", pair(spaces))}

{lines("folds", "`A:N>T` maps N scalars to T, T+1 …; `A*N>T` maps N scalars to T; `A>T,U` maps one to several; nothing after `>` removes.", folds)}
}}
'''
out = pathlib.Path(__file__).resolve().parent.parent / "Sources/Audit/Segmenting/UnicodeData.swift"
out.write_text(text, encoding="utf-8")
print(len(folds), "fold runs,", len(table), "scalars,", len(text), "bytes")
