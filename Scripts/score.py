#!/usr/bin/env python3
"""Scores a build on the shared labelled data and writes Benchmarks/SCORES.md: name, value, command line.

    Scripts/score.py [--binary .build/release/auditor] [--shared ../shared] [--only NAME,…] [--output FILE]

The scores come from eval/score.py of the shared data, run once a line; what the binary cannot do yet is listed as such.
Nothing in the file depends on the clock or the machine, so that two runs of one build write the same bytes.
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build/score"

# Types of Presidio's sets and which entities of ours count as them, beside those of the same name: only
# presidio-research's own mapping of the synthetic set (privacy.md, 3.1).
TYPES = ROOT / "Scripts/maps/presidio.json"

# What patterns can find in it; the rest (names, places, titles, ages) needs a trained recogniser.
STRUCTURED = ["CREDIT_CARD", "PHONE_NUMBER", "EMAIL_ADDRESS", "DOMAIN_NAME", "IBAN_CODE", "US_SSN", "IP_ADDRESS", "US_DRIVER_LICENSE"]

HUMAN = [  # name, corpus, label of the rows that people wrote without the trait
    ("English news and stories", "en_human_vs_llm_fastdetect", "0"),
    ("English objective sentences", "en_subjectivity_ct24", "0"),
    ("English headlines, not clickbait", "en_clickbait_chakraborty2016", "0"),
    ("Arabic prose", "ar_human_vs_llm_airabic", "0"),
    ("Arabic news", "ar_satire_vs_news", "0"),
    ("Arabic objective sentences", "ar_subjectivity_ct24", "0"),
    ("German sentences", "de_subjectivity_ct24", None),
    ("Italian sentences", "it_subjectivity_ct24", None),
    ("Bulgarian sentences", "bg_subjectivity_ct24", None),
]
# Claims are findings only where the rule is asked for by name.
CLAIMS = ["--arg=--select", "--arg=misinformation.check-worthy"]

FAMILIES = ["misinformation", "integrity", "privacy", "secret"]


class Scorer:
    def __init__(self, binary, shared, only):
        self.binary, self.shared, self.only = binary, shared, only
        self.lines = []

    def shown(self, words):
        text = " ".join(shlex.quote(str(w)) for w in words)
        return text.replace(str(self.shared), "$AUDITOR_SHARED").replace(str(ROOT) + "/", "")

    def wanted(self, name):
        return not self.only or any(name.startswith(prefix) for prefix in self.only)

    def add(self, name, value, command):
        self.lines.append((name, value, command))
        print(f"{name}: {value}", file=sys.stderr)

    def skip(self, name, reason):
        if self.wanted(name):
            self.add(name, f"not scored: {reason}", "–")

    def figures(self, words):
        """What eval/score.py says: a dictionary, or the reason of a failure as text; and the command."""
        command = ["python3", self.shared / "eval/score.py", *words]
        done = subprocess.run([*map(str, command), "--binary", str(self.binary), "--json"], capture_output=True, text=True, cwd=ROOT)
        if done.returncode != 0:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1].replace(str(ROOT), ".")
            return f"failed: {last[:160]}", self.shown(command)
        return json.loads(done.stdout.splitlines()[-1]), self.shown(command)

    def score(self, name, words, value):
        """One line; `value` makes the text of the cell from the figures."""
        if self.wanted(name):
            figures, command = self.figures(words)
            self.add(name, figures if isinstance(figures, str) else value(figures), command)

    def clean(self, name, data):
        """Texts, of 1,000, with at least one finding: of any rule and of each family."""
        if not self.wanted(name):
            return
        figures, command = self.figures(["clean", data])
        if isinstance(figures, str):
            self.add(name, figures, command)
            return
        key = "texts_with_a_finding_per_1000"
        parts = [f"all rules {figures[key]}"]
        for family in FAMILIES:
            one, _ = self.figures(["clean", data, "--rules", family + "."])
            parts.append(f"{family} {one if isinstance(one, str) else one[key]}")
        self.add(name, ", ".join(parts) + f"; of 1,000 texts, n {figures['texts']}", command + " [--rules FAMILY.]")


def filtered(shared, corpus, label):
    """The rows of one label, in .build/score, because eval/score.py reads whole files."""
    source = shared / f"corpora/misinformation/{corpus}/train.jsonl"
    if label is None:
        return source
    target = WORK / f"{corpus}-label-{label}.jsonl"
    with source.open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        out.writelines(line for line in lines if str(json.loads(line)["label"]) == label)
    return target


def structured(shared):
    """The synthetic set with only the types of STRUCTURED expected, and asked of every row, so that each wrong hit counts."""
    target = WORK / "synth-structured.jsonl"
    with (shared / "corpora/privacy/presidio_research_synth_v2.jsonl").open(encoding="utf-8") as lines, target.open("w", encoding="utf-8") as out:
        for row in map(json.loads, lines):
            row["expected"] = [e for e in row["expected"] if e["type"] in STRUCTURED]
            out.write(json.dumps({**row, "entities_requested": STRUCTURED}, ensure_ascii=False) + "\n")
    return target


def written(name, value):
    path = WORK / name
    path.write_text(json.dumps(value, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    return path


def secret_map(shared):
    """Each type of the gitleaks rows may be found under any entity that our rules give to secrets."""
    import lzma
    entities = set()
    for path in sorted((ROOT / "rules").rglob("*.yaml")):
        for rule in re.split(r"(?m)^---\s*$", path.read_text(encoding="utf-8")):
            category = re.search(r"(?m)^category:\s*(\S+)", rule)
            entity = re.search(r"(?m)^entity:\s*(\S+)", rule)
            if category and entity and re.search(r"secret|credential", category.group(1)):
                entities.add(entity.group(1))
    types = set()
    with lzma.open(shared / "corpora/privacy/gitleaks_rule_examples.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            types |= {e["type"] for e in json.loads(line).get("expected") or []}
    return {t: sorted(entities) for t in sorted(types)} if entities else None


def disguises(scorer):
    """Share of the disguise probes in which the expected type is found at all (no spans in that set)."""
    name = "disguises: 31 probes, type found"
    if not scorer.wanted(name):
        return
    path = scorer.shared / "corpora/privacy/obfuscation_probes.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    feed = "".join(json.dumps({"id": r["id"], "text": r["text"]}, ensure_ascii=False) + "\n" for r in rows)
    done = subprocess.run([str(scorer.binary), "stream"], input=feed.encode(), capture_output=True)
    if done.returncode not in (0, 1, 3):
        scorer.add(name, f"failed: auditor stream ended with {done.returncode}", "–")
        return
    outputs = [json.loads(line) for line in done.stdout.splitlines() if line.strip()]
    found = sum(any(f.get("entity") == r["expected_type"] for f in o.get("findings", [])) for r, o in zip(rows, outputs))
    scorer.add(name, f"{found} of {len(rows)}", "python3 Scripts/score.py --only disguises")


# Scripts that measure with texts of their own: the name of the score, the script, its check, and which of its lines are scores.
SEEDED = [
    ("seeded mutations, checksums of references", "seed_checks.py", "checksums", "checksums:"),
    ("seeded mutations, numbers and dates", "seed_checks.py", "numbers", "numbers:"),
    ("clean, findings of numbers, dates and references", "seed_checks.py", "clean", "clean "),
    ("contradicting numbers of two documents", "seed_checks.py", "contradictions", "contradictions"),
    ("near duplicates", "seed_checks.py", "duplicates", "duplicates "),
    ("swapped headlines", "seed_checks.py", "headlines", "headlines "),
    ("signals of the list, with a text in each language", "seed_signals.py", "signals", "signals"),
    ("residue of assistants, strings", "seed_signals.py", "residue", "residue"),
    ("hidden text and characters, attacks", "seed_signals.py", "hidden", "hidden"),
    ("residue and hidden characters, human texts", "seed_signals.py", "human", "human"),
    ("clickbait, Arabic headlines written for this project, held-out part", "seed_signals.py", "headlines", "headlines"),
]


def seeded(scorer):
    """What the scripts with seeded texts say, one score a check."""
    for name, script, check, prefix in SEEDED:
        if not scorer.wanted(name):
            continue
        done = subprocess.run([sys.executable, str(ROOT / "Scripts" / script), "--only", check, "--binary", str(scorer.binary), "--shared",
                               str(scorer.shared)], capture_output=True, text=True, cwd=ROOT)
        lines = [line for line in done.stdout.splitlines() if line.startswith(prefix)]
        value = "; ".join(line.removeprefix(prefix).strip(" :") if len(lines) == 1 else line for line in lines)
        scorer.add(name, value or f"failed: {(done.stderr.strip().splitlines() or ['no figure'])[-1][:160]}", f"python3 Scripts/{script} --only {check}")


def groups(scorer):
    """Hit rates on English that learners and others wrote, where that set is at hand; it is part of what is held back."""
    name = "fairness: hit rates by group, rules of medium confidence or more"
    if not scorer.wanted(name):
        return
    data = next(iter(sorted((scorer.shared / "corpora/misinformation").glob("en_human_vs_llm_liang_bias/*.jsonl"))), None)
    if data is None:
        scorer.skip(name, "the Liang set is not in the shared data; with it: auditor rules eval DATA --rules misinformation.,integrity. --min-confidence medium --groups label")
        return
    command = [str(scorer.binary), "rules", "eval", str(data), "--rules", "misinformation.,integrity.", "--min-confidence", "medium", "--groups", "label"]
    done = subprocess.run(command, capture_output=True, text=True)
    last = [line for line in done.stdout.splitlines() if line.startswith("highest rate")]
    scorer.add(name, last[0] if last else "failed", scorer.shown(command))


def rule_exists(prefix):
    pattern = re.compile(r"(?m)^rule:\s*['\"]?" + re.escape(prefix))
    return any(pattern.search(p.read_text(encoding="utf-8")) for p in (ROOT / "rules").rglob("*.yaml"))


def supports(binary, *words, feed=b""):
    try:
        return subprocess.run([str(binary), *words], input=feed, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--shared", default=os.environ.get("AUDITOR_SHARED") or str(ROOT.parent / "shared"))
    ap.add_argument("--only", default="", help="first words of score names, comma-separated")
    ap.add_argument("--output", default=str(ROOT / "Benchmarks/SCORES.md"))
    a = ap.parse_args()
    binary, shared = pathlib.Path(a.binary).resolve(), pathlib.Path(a.shared).resolve()
    if not (shared / "eval/score.py").exists():
        sys.exit("the shared data is absent; set AUDITOR_SHARED or put it in ../shared")
    if not binary.exists():
        sys.exit(f"no binary at {a.binary}; build it with: make build")
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run([str(ROOT / "Scripts/unpack-corpora.sh"), str(shared)], check=True, cwd=ROOT)
    s = Scorer(binary, shared, [x for x in a.only.split(",") if x])
    corpora, pages = shared / "corpora", ROOT / ".build/corpora"
    if not supports(binary, "stream"):
        sys.exit("this binary has no `stream`, through which everything is scored")

    s.score("article: golden spans", ["article", corpora / "article"],
            lambda o: f"{o['found']} of {o['golden']} found, {o['beyond_golden']} findings beyond them, language {o['language']}")

    def labels(o):
        return f"precision {o['precision']:.4f}, recall {o['recall']:.4f}, F1 {o['f1']:.4f}, macro-F1 {o['macro_f1']:.4f}, n {o['n']}"

    def citations(o):
        # Of the references without a fault, those with a finding.
        rows = [json.loads(x)["label"] for x in (corpora / "misinformation/en_citations_hallmark/train.jsonl").open(encoding="utf-8")]
        found = o["recall"] * rows.count(1)
        wrong = round(found / o["precision"] - found) if o["precision"] else 0
        return f"{labels(o)}, false positive rate {wrong / max(1, rows.count(0)):.4f}"

    for name, corpus, prefix, more in [
        ("clickbait, English headlines", "en_clickbait_chakraborty2016", "misinformation.clickbait,misinformation.curiosity-gap,misinformation.listicle,misinformation.sensational", ["--headline"]),
        ("clickbait, English headlines, patterns alone", "en_clickbait_chakraborty2016", "misinformation.clickbait,misinformation.curiosity-gap,misinformation.listicle,misinformation.sensational",
         ["--headline", "--arg=--ignore", "--arg=misinformation.clickbait-scored"]),
        ("check-worthy, English debates", "en_checkworthy_ct24_debates", "misinformation.check-worthy", CLAIMS),
        ("check-worthy, Arabic tweets", "ar_checkworthy_ct23", "misinformation.check-worthy", CLAIMS),
        ("citations, English BibTeX", "en_citations_hallmark", "misinformation.citation", []),
    ]:
        if any(rule_exists(p) for p in prefix.split(",")):
            s.score(name, ["labels", corpora / f"misinformation/{corpus}/train.jsonl", "--rules", prefix, *more], citations if "hallmark" in corpus else labels)
        else:
            s.skip(name, f"no rule {prefix}…")

    # Evidence of persuasion: the share of sentences or paragraphs with a finding that people labelled so, and of those labelled that have one.
    for name, corpus in [("persuasion, English sentences (PTC)", "en_propaganda_ptc_sentence"),
                         ("persuasion, Arabic posts and paragraphs (ArAIEval 1A)", "ar_propaganda_araieval2023_1a"),
                         ("persuasion, Arabic paragraphs (ArMPro)", "ar_propaganda_armpro")]:
        s.score(name, ["labels", corpora / f"misinformation/{corpus}/train.jsonl", "--rules", "misinformation.persuasion"], labels)

    for title, corpus, label in HUMAN:
        s.clean(f"clean, {title}", filtered(shared, corpus, label))

    seeded(s)
    groups(s)

    def spans(o):
        m = o["micro"]
        return f"precision {m['p']:.4f}, recall {m['r']:.4f}, F2 {m['f2']:.4f} (tp {m['tp']}, fp {m['fp']}, fn {m['fn']})"

    privacy = corpora / "privacy"
    s.score("spans, Presidio recogniser tests",
            ["spans", privacy / "presidio_recognizer_tests.jsonl", "--map", TYPES, "--arg=--min-confidence", "--arg=low"], spans)
    s.score("spans, Presidio-research synthetic v2, structured types", ["spans", structured(shared), "--map", TYPES], spans)
    s.score("spans, Presidio-research synthetic v2, all types", ["spans", privacy / "presidio_research_synth_v2.jsonl", "--map", TYPES], spans)
    s.score("spans, Arabic and MENA probes", ["spans", privacy / "mena_arabic_probes.jsonl"], spans)
    mapping = secret_map(shared)
    if mapping:
        s.score("spans, gitleaks rule examples", ["spans", privacy / "gitleaks_rule_examples.jsonl.xz", "--map", written("secrets.json", mapping)], spans)
    else:
        s.skip("spans, gitleaks rule examples", "no rule with a secret category and an entity")
    disguises(s)
    s.score("phones, national format with a label", ["phones", privacy / "libphonenumber_examples.jsonl"],
            lambda o: f"found {o['found']:.4f} of {o['numbers']} in {o['regions']} regions; MENA {o['mena']:.4f} of {o['mena_numbers']}")

    if supports(binary, "validate"):
        for name, file in [("validate, python-stdnum vectors", "stdnum_vectors.jsonl"), ("validate, Presidio validators", "presidio_validator_tests.jsonl")]:
            s.score(name, ["validate", privacy / file],
                    lambda o: f"accuracy {o['accuracy']:.5f} on {o['answered']} of {o['rows']} rows, {o['formats']} formats, {o['countries']} countries")
    else:
        s.skip("validate, number formats", "this binary has no `validate`")

    if supports(binary, "stream", "--inspect"):
        s.score("text, html5lib trees", ["text", pages / "html5lib-tests/html5lib-tests"],
                lambda o: f"{o['equal']} of {o['tests']} equal ({o['equal_share']:.4f}), text lost in {o['text_lost']}")

        def main_text(o):
            snippets = f"precision {o['p']:.4f}, recall {o['r']:.4f}, F1 {o['f1']:.4f}" if "f1" in o else None
            return ", ".join(x for x in (f"word F1 {o['word_f1']:.4f}" if "word_f1" in o else None, snippets, f"{o['pages']} pages") if x)

        for corpus in ("trafilatura", "wcxb"):
            s.score(f"extract, main text, {corpus}", ["extract", pages / corpus / corpus], main_text)
    else:
        s.skip("text and extract", "this binary has no `stream --inspect`")

    text = ("# Scores on the shared labelled data\n\nMade by `make score` (`Scripts/score.py`); the data is outside the repository, "
            "and a reserved part of each set is not seen here. What each set is: `reference/` of the shared data.\n\n"
            "| name | value | command |\n|---|---|---|\n"
            + "".join(f"| {n} | {v} | {'`' + c + '`' if c != '–' else c} |\n" for n, v, c in s.lines))
    pathlib.Path(a.output).write_text(text, encoding="utf-8")
    print(f"wrote {pathlib.Path(a.output).name}", file=sys.stderr)


main()
