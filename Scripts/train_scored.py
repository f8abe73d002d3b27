#!/usr/bin/env python3
"""Trains the model of a scored rule (rules/README.md): word n-grams with whole-number weights.

    Scripts/train_scored.py DATA.jsonl … -o MODEL.tsv --languages "en und" --unit headline --trained-on "NAME (LICENCE)" …

Python's standard library only, and deterministic: the same data and options write the same bytes. The data is read where
it lies and never copied; only n-grams that stand in at least --least rows enter the model. Rows that say
{"part": "held-out"} are never trained on; --test prints the figures on them. --joined adds longer rows, each made of two.

What it fits: logistic regression over 1/√hits for each n-gram of the row that the model knows, which is how the engine
scores. First over all n-grams, then again over those that weigh most (--features). The threshold is the one with the best
F1 (or macro-F1) over cross-validated scores, unless --precision or --threshold asks for another.
"""
import argparse
import collections
import json
import math
import pathlib
import random
import re
import sys
import unicodedata as u

VERSION = "scored-words/1"
LENGTHS = (6, 12, 20, 30)
LIMIT = 40960

# ---- folding: as Scripts/make-unicode-tables.py writes it for the engine

ARABIC = {0x0671: "ا", 0x0649: "ي", 0x0629: "ه", 0x06A9: "ك", 0x06CC: "ي", 0x06BE: "ه", 0x06C1: "ه", 0x06D2: "ي", 0x0640: "",
          0x0622: "ا", 0x0623: "ا", 0x0625: "ا", 0x0672: "ا", 0x0673: "ا"}
PUNCTUATION = {**{ord(c): "'" for c in "‘’‚‛′ʼ`´"}, **{ord(c): '"' for c in "“”„‟«»″"}, **{ord(c): "-" for c in "‐‑‒–—―−"}}
KEEP = {0x0624, 0x0626}
IGNORABLE = {0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFEFF, 0xFFA0}
CACHE = {}


def folded_character(c):
    n, kind = ord(c), u.category(c)
    if c in " \t\n\r\f" or kind in ("Zs", "Zl", "Zp") or n == 0x85: return " "
    if kind == "Nd": return str(u.digit(c))
    if kind == "Cf" and not (0x600 <= n <= 0x605 or n in (0x6DD, 0x70F, 0x8E2)) or kind == "Cc" or n in IGNORABLE: return ""
    if 0xFE00 <= n <= 0xFE0F or 0xE0000 <= n <= 0xE01EF: return ""
    if n < 0x80 and n != 0x60: return c.lower()
    if n == 0x60: return c
    if n in ARABIC: return ARABIC[n]
    if n in PUNCTUATION: return PUNCTUATION[n]
    if n in KEEP: return c
    s = "".join(x for x in u.normalize("NFKD", c) if u.category(x) not in ("Mn", "Me")).casefold()
    s = "".join(ARABIC.get(ord(x), PUNCTUATION.get(ord(x), x)) for x in s)
    return "".join(x for x in u.normalize("NFKD", s) if u.category(x) != "Mn")


def folded(text):
    out = []
    for c in text:
        if c not in CACHE: CACHE[c] = folded_character(c)
        out.append(CACHE[c])
    return re.sub(" +", " ", "".join(out)).lstrip(" ")


# ---- the normaliser: as Sources/Audit/Matching/ScoredWords.swift

SIGNS = ("\x80-\xbf\xd7\xf7\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4\u06dd\u06de\u06e9\u2000-\u2bff\u3000-\u303f\ue000-\uf8ff"
         "\ufd3e\ufd3f\ufe10-\ufe6f\uff00-\uff0f\ufffc\ufffd\U0001f000-\U0001faff")
LETTER = f"(?:[a-z0-9]|[^\x00-\x7f{SIGNS}])"
TOKEN = re.compile(
    rf"(?P<url>(?:https?://|www\.)[^\x00-\x20]*)|(?P<word>{LETTER}(?:{LETTER}|'(?=[a-z])|(?<=[0-9])[.,](?=[0-9]))*)"
    rf"|@(?P<user>{LETTER}(?:{LETTER}|_|'(?=[a-z])|(?<=[0-9])[.,](?=[0-9]))*)|(?P<sign>[?!%$\u061f\u066a£¥€])")
SIGN = {"\u061f": "?", "\u066a": "%", "£": "$", "¥": "$", "€": "$"}
ARTICLE = re.compile("^(?:[وفبك]?ال|لل)(?=.{3})")


def tokens(text):
    """The tokens of a text, and which of them are words."""
    out = []
    for m in TOKEN.finditer(folded(text)):
        if m["url"] is not None: out.append(("URL", True))
        elif m["user"] is not None: out.append(("USER", False))
        elif m["sign"] is not None: out.append((SIGN.get(m["sign"], m["sign"]), False))
        else:
            word = re.sub(r"[0-9](?:[0-9.,]*[0-9])?", "0", m["word"])
            # Letters of two bytes in UTF-8 whose first is D8 to DB: U+0600 to U+06FF.
            if "\u0600" <= word[0] <= "\u06ff":
                match = ARTICLE.match(m["word"])
                if match and len(m["word"].encode()) >= 2 * match.end() + 6: word = word[match.end():]
            out.append((word, True))
    return out


def features(text, order=3):
    """The set of features of a text and its number of words."""
    found, words, last = set(), 0, ["^"]
    for token, is_word in tokens(text):
        if is_word:
            words += 1
            if words in LENGTHS: found.add(f"LEN{words}")
            if "a" <= token[0] <= "z" and len(token.encode()) >= 5 and token != "URL":
                for ending in ("ed", "est", "ing", "ly"):
                    if token.endswith(ending): found.add("-" + ending)
        last.append(token)
        for n in range(1, order + 1):
            if len(last) >= n and last[-n:] != ["^"]: found.add(" ".join(last[-n:]))
        last = last[-3:]
    return found, words


def is_fixed(feature):
    """True when the engine would read the feature as it is written."""
    if feature.startswith(("LEN", "-")): return True
    return all(t in ("^", "URL", "USER") or [x for x, _ in tokens(t)] == [t] for t in feature.split(" "))


# ---- fitting

def fit(rows, names, l2, epochs, seed, positive_weight=1.0):
    """Weights by name and the bias; AdaGrad over logistic loss."""
    index = {n: i for i, n in enumerate(names)}
    data = []
    for found, label in rows:
        ids = [index[f] for f in found if f in index]
        ids.sort()
        data.append((ids, 1 / math.sqrt(len(ids)) if ids else 0.0, 1.0 if label else -1.0))
    w, g, bias, gb = [0.0] * len(names), [1e-8] * len(names), 0.0, 1e-8
    order = list(range(len(data)))
    shuffle = random.Random(seed)
    rate = 0.5
    seen = collections.Counter(i for ids, _, _ in data for i in ids)
    for _ in range(epochs):
        shuffle.shuffle(order)
        for row in order:
            ids, x, y = data[row]
            z = y * (bias + x * sum(w[i] for i in ids))
            slope = -y / (1 + math.exp(min(50.0, z)))
            if y > 0: slope *= positive_weight
            gb += slope * slope
            bias -= rate * slope / math.sqrt(gb)
            for i in ids:
                # The penalty of a weight is spread over the rows that hold it.
                d = slope * x + l2 * w[i] / seen[i]
                g[i] += d * d
                w[i] -= rate * d / math.sqrt(g[i])
    return dict(zip(names, w)), bias


# What stands between two rows that are joined into one; the first row that is no claim keeps its label only beside another such.
# No joint says what the speaker thinks: that would teach the model that "I think" stands in claims, and it rarely does.
JOINTS = {"en": [", and ", " and ", ", but ", " because ", ", so ", "; ", " -- ", ", ", ", and "],
          "ar": ["، و", " و", "، لكن ", "؛ ", "، ", " .. ", " - "]}


def joined(texts, times, language, seed):
    """Longer rows made of two: with a claim in one of them they hold a claim, without one they do not.

    Rows that people write for training are short; the run-on sentences of speech are not, and a model that saw only short
    rows takes their length and their small words for a sign.
    """
    chance = random.Random(seed)
    pick = {label: [t for t, y in texts if y == label] for label in (True, False)}
    out = []
    if not pick[False]: return out
    for _ in range(times):
        for first, label in [(t, True) for t in pick[True]] + [(t, False) for t in pick[False]]:
            second = chance.choice(pick[False])
            if label and chance.random() < 0.5: first, second = second, first
            if not (second.startswith(("I ", "I'")) or second[1:2].isupper()): second = second[0].lower() + second[1:]
            out.append((first.rstrip(".?!؟") + chance.choice(JOINTS[language]) + second, label))
    return out


def counts_of(rows):
    return collections.Counter(f for found, _ in rows for f in found)


def train(rows, a):
    """Whole-number weights in hundredths and the bias."""
    counts = counts_of(rows)
    names = sorted(f for f, n in counts.items() if n >= a.least and is_fixed(f) and not dropped(f, a) and f not in a.without)
    weights, _ = fit(rows, names, a.l2, a.epochs, a.seed, a.positive_weight)
    best = sorted(names, key=lambda f: (-abs(weights[f]) * math.sqrt(min(counts[f], a.cap)), f))[: a.features]
    weights, bias = fit(rows, sorted(best), a.l2, a.epochs, a.seed, a.positive_weight)
    whole = {f: round(100 * w) for f, w in weights.items()}
    return {f: w for f, w in whole.items() if w}, round(100 * bias)


def dropped(feature, a):
    return bool(a.drop) and any(t in a.drop for t in feature.split(" "))


def score(found, words, weights, bias, a):
    """The score in hundredths; None when the model abstains."""
    hits = [weights[f] for f in found if f in weights]
    if words < a.minimum_words or len(hits) < a.minimum_hits: return None
    return bias + sum(hits) / math.sqrt(max(1, len(hits)))


def figures(scored, threshold):
    c = collections.Counter((y, s is not None and s >= threshold) for s, y in scored)
    tp, fp, fn, tn = c[True, True], c[False, True], c[True, False], c[False, False]
    share = lambda p, q: p / q if q else 0.0
    f1, f0 = share(2 * tp, 2 * tp + fp + fn), share(2 * tn, 2 * tn + fp + fn)
    return {"precision": share(tp, tp + fp), "recall": share(tp, tp + fn), "f1": f1, "macro": (f1 + f0) / 2, "n": len(scored)}


def auroc(scored):
    ranked = sorted((-1e9 if s is None else s, y) for s, y in scored)
    total, i, below = 0.0, 0, 0
    while i < len(ranked):
        j = i
        while j < len(ranked) and ranked[j][0] == ranked[i][0]: j += 1
        positives, negatives = sum(y for _, y in ranked[i:j]), sum(not y for _, y in ranked[i:j])
        total += positives * (below + negatives / 2)
        below += negatives
        i = j
    positives = sum(y for _, y in ranked)
    return total / max(1, positives * (len(ranked) - positives))


def best_threshold(scored, measure):
    values = sorted({math.floor(s) for s, _ in scored if s is not None})
    step = max(1, len(values) // 200)
    return max(((figures(scored, t)[measure], -abs(t), t) for t in values[::step]), default=(0, 0, 0))[2]


def said(name, scored, threshold):
    f = figures(scored, threshold)
    print(f"{name}: precision {f['precision']:.4f}, recall {f['recall']:.4f}, F1 {f['f1']:.4f}, macro-F1 {f['macro']:.4f}, "
          f"AUROC {auroc(scored):.4f}, threshold {threshold}, n {f['n']}", file=sys.stderr)
    return f


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", nargs="+")
    ap.add_argument("-o", "--output")
    ap.add_argument("--languages", default="en")
    ap.add_argument("--unit", choices=["headline", "sentence"], default="sentence")
    ap.add_argument("--minimum-words", type=int, default=3)
    ap.add_argument("--minimum-hits", type=int, default=1)
    ap.add_argument("--features", type=int, default=1500, help="n-grams in the model, at most")
    ap.add_argument("--least", type=int, default=2, help="rows that an n-gram stands in, at least")
    ap.add_argument("--cap", type=int, default=50, help="rows that count when n-grams are chosen, at most")
    ap.add_argument("--l2", type=float, default=1.0)
    ap.add_argument("--epochs", type=int, default=25)
    ap.add_argument("--positive-weight", type=float, default=1.0)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--folds", type=int, default=5)
    ap.add_argument("--measure", choices=["f1", "macro"], default="f1")
    ap.add_argument("--threshold", type=int)
    ap.add_argument("--precision", type=float, help="take the lowest threshold with this cross-validated precision instead")
    ap.add_argument("--joined", type=int, default=0, help="times that each row is joined with another into a longer one")
    ap.add_argument("--drop", default="", help="words that no n-gram may hold, with commas between, or @FILE")
    ap.add_argument("--without", default="", help="features to leave out, with commas between")
    ap.add_argument("--trained-on", default="")
    ap.add_argument("--licence", default="")
    ap.add_argument("--date", default="", help="the day, as 2026-01-31; never taken from the clock")
    ap.add_argument("--test", action="store_true", help="print the figures on rows with part held-out")
    ap.add_argument("--evaluate", action="append", default=[], help="print the figures on another labelled file")
    a = ap.parse_args()
    drop = pathlib.Path(a.drop[1:]).read_text(encoding="utf-8") if a.drop.startswith("@") else a.drop
    a.drop = {folded(w).strip() for w in re.split(r"[,\n]", drop) if w.strip() and not w.startswith("#")}
    a.without = {w for w in a.without.split(",") if w}
    rows, held = [], []
    for path in a.data:
        with open(path, encoding="utf-8") as lines:
            for row in map(json.loads, filter(str.strip, lines)):
                found, words = features(row["text"])
                (held if row.get("part") == "held-out" else rows).append((found, str(row["label"]) == "1", words, row["text"]))
    language = "ar" if a.languages.split()[0] == "ar" else "en"

    def more(texts):
        return [(features(t)[0], y) for t, y in joined(texts, a.joined, language, a.seed)]

    fold_of = list(range(len(rows)))
    random.Random(a.seed).shuffle(fold_of)
    crossed = []
    for fold in range(a.folds):
        inside = [row for row, k in zip(rows, fold_of) if k % a.folds != fold]
        weights, bias = train([row[:2] for row in inside] + more([(row[3], row[1]) for row in inside]), a)
        outside = [row for row, k in zip(rows, fold_of) if k % a.folds == fold]
        crossed += [(score(row[0], row[2], weights, bias, a), row[1]) for row in outside]
    threshold = a.threshold if a.threshold is not None else best_threshold(crossed, a.measure)
    if a.precision:
        reached = [t for t in sorted({math.floor(s) for s, _ in crossed if s is not None}) if figures(crossed, t)["precision"] >= a.precision]
        if not reached: sys.exit(f"no threshold reaches a precision of {a.precision}; ask for less")
        threshold = reached[0]
    if crossed: said(f"cross-validated, {a.folds} folds", crossed, threshold)
    weights, bias = train([row[:2] for row in rows] + more([(row[3], row[1]) for row in rows]), a)
    if a.test: said("held-out", [(score(row[0], row[2], weights, bias, a), row[1]) for row in held], threshold)
    for path in a.evaluate:
        with open(path, encoding="utf-8") as lines:
            data = [(features(r["text"]), str(r["label"]) == "1") for r in map(json.loads, lines)]
        scored = [(score(f, n, weights, bias, a), y) for (f, n), y in data]
        said(pathlib.Path(path).parent.name, scored, threshold)
        t = best_threshold(scored, "f1")
        said("  with the threshold that suits it best", scored, t)
    if not a.output: return
    words = [w for w in sys.argv[1:]]
    command = "Scripts/train_scored.py"
    skip = False
    for i, w in enumerate(words):
        if skip: skip = False; continue
        if w in ("--evaluate", "-o", "--output"): skip = True; continue
        if w == "--test": continue
        # Data outside the repository is named by its place in the shared corpora, not by a path of this machine.
        w = re.sub(r"^.*/corpora/", "$AUDITOR_SHARED/corpora/", w)
        command += " " + (f'"{w}"' if re.search(r"[^\w./=,+$@-]", w) else w)
    header = [("model", "auditor-scored/1"), ("normaliser", VERSION), ("languages", a.languages), ("unit", a.unit), ("bias", bias),
              ("threshold", threshold), ("minimum-words", a.minimum_words), ("minimum-hits", a.minimum_hits),
              ("trained-on", a.trained_on), ("licence", a.licence), ("command", command), ("date", a.date)]
    text = "".join(f"{k}: {v}\n" for k, v in header) + "\n"
    text += "".join(f"{w}\t{f}\n" for f, w in sorted(weights.items(), key=lambda p: (-p[1], p[0])))
    if len(text.encode()) > LIMIT: sys.exit(f"the model has {len(text.encode())} bytes; at most {LIMIT}, lower --features")
    pathlib.Path(a.output).write_text(text, encoding="utf-8")
    print(f"wrote {a.output}: {len(weights)} n-grams, {len(text.encode())} bytes", file=sys.stderr)


main()
