#!/usr/bin/env python3
"""Writes a synthetic run of N findings, for measuring reports: rules, risks and citations are those of a real run.

    Scripts/make_run.py BASE.jsonl COUNT OUT.jsonl [--documents N]

BASE is the .jsonl of any audit. Everything that stands in the excerpts is made of a fixed list of invented words, English and
Arabic in turn, 10 to 18 words a finding, almost every one different. The same arguments give the same bytes.
"""
import argparse
import hashlib
import json
import random

ENGLISH = ("harbour council morning review letter figure plan summer people market story window river answer garden method "
           "visit report number street table minister paper winter school office result question signal evening north").split()
ARABIC = ("الميناء المجلس الصباح المراجعة الرسالة الرقم الخطة الصيف الناس السوق القصة النافذة النهر الجواب الحديقة المنهج "
          "الزيارة التقرير العدد الشارع الجدول الوزير الورقة الشتاء المدرسة المكتب النتيجة السؤال الإشارة المساء الشمال").split()


def lines(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("base")
    ap.add_argument("count", type=int)
    ap.add_argument("output")
    ap.add_argument("--documents", type=int, help="one for 25 findings when not given")
    a = ap.parse_args()
    base = list(lines(a.base))
    rules = {line["id"]: line for line in base if line["type"] == "rule"}
    fired = sorted({line["rule"] for line in base if line["type"] == "finding"}) or sorted(rules)[:20]
    documents = a.documents or max(1, a.count // 25)
    rng = random.Random(20261129)

    def put(record):
        out.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")

    def words(language, low, high):
        return " ".join(rng.choices(ARABIC if language == "ar" else ENGLISH, k=rng.randint(low, high)))

    with open(a.output, "w", encoding="utf-8") as out:
        for line in base:
            if line["type"] in ("header", "rule"):
                put(line)
        by_severity = {name: 0 for name in ("critical", "high", "medium", "low", "info")}
        order = sorted(range(documents), key=str)
        path = {n: f"pages/{n % 100:02d}/page-{n}.html" for n in order}
        number = 0
        entries = []
        for at, n in sorted(((path[n], n) for n in order)):
            own = a.count // documents + (1 if len(entries) < a.count % documents else 0)
            language = "ar" if n % 2 else "en"
            entries.append({"type": "coverage", "path": at, "status": "examined", "bytes": 12000 + n % 977, "format": "html", "encoding": "utf-8",
                            "language": language, "words": 900 + n % 101, "title": words(language, 3, 6)})
            for k in range(own):
                rule = rules[fired[rng.randrange(len(fired))]]
                match = words(language, 2, 4)
                start = 100 + k * 400
                by_severity[rule["severity"]] += 1
                record = {"type": "finding", "fingerprint": hashlib.sha256(str(number).encode()).hexdigest()[:32], "rule": rule["id"]}
                if rule.get("entity"):
                    record["entity"] = rule["entity"]
                put(record | {
                    "category": rule["category"], "severity": rule["severity"], "confidence": rule["confidence"], "path": at, "line": 3 + k * 4,
                    "column": 1 + number % 60, "end_line": 3 + k * 4, "end_column": 1 + number % 60 + len(match), "start": start,
                    "end": start + len(match), "byte_start": start, "byte_end": start + len(match.encode()), "role": "body", "channel": "text",
                    "region": "main", "visibility": "visible", "language": language,
                    "message": {"ar": rule["message"].get("ar", ""), "en": rule["message"].get("en", "")},
                    "excerpt": {"before": words(language, 4, 7) + " ", "match": match, "after": " " + words(language, 4, 7)},
                    "value_tag": f"{number % 65536:04x}", "line_hash": f"{number:x}:1"})
                number += 1
        for entry in entries:
            put(entry)
        for line in base:
            if line["type"] in ("citation", "risk"):
                put(line)
        put({"type": "trailer", "findings": number, "claims": 0, "by_severity": by_severity, "complete": True})


main()
