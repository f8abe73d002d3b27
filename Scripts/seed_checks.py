#!/usr/bin/env python3
"""Measures the built-in checks on seeded mutations of sentences written for this purpose, English and Arabic.

    Scripts/seed_checks.py [--binary .build/release/auditor] [--only NAME,…] [--shared ../shared] [--misses]

Names: checksums, numbers, contradictions (sentences written here); clean, duplicates, headlines (texts of the shared data).

Each sentence is written twice: with figures that agree and with one figure changed. Recall is the share of changed ones
with a finding of the family; the unchanged ones must have none. Deterministic: one seed, no clock. `clean` counts findings
on the human texts of the shared data (not in the repository).
"""
import argparse, collections, datetime, json, os, pathlib, random, re, subprocess, sys, tarfile, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
AR = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
NUMBER_RULES = ["sum-mismatch", "share-sum", "fraction-mismatch", "ratio-mismatch", "percent-of-group", "change-mismatch",
                "change-direction", "magnitude-mismatch", "weekday-mismatch", "hijri-mismatch", "hijri-year-mismatch", "leap-day",
                "impossible-date", "impossible-date-digits", "quantity-two-values", "headline-number"]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAYS_AR = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
MONTHS_AR = [["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"],
             ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"],
             ["جانفي", "فيفري", "مارس", "أفريل", "ماي", "جوان", "جويلية", "أوت", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]]
HIJRI = ["محرم", "صفر", "ربيع الأول", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"]


def run(binary, rows, select):
    feed = "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)
    words = [w for one in select.split(",") for w in ("--select", one)]
    done = subprocess.run([str(binary), "stream", *words], input=feed.encode(), capture_output=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(done.stderr.decode()[:600])
    return {o["id"]: [f["rule"] for f in o["findings"]] for o in map(json.loads, done.stdout.splitlines())}


# ---------------------------------------------------------------- checksums
def isbn13(r):
    d = [9, 7, 8] + [r.randrange(10) for _ in range(9)]
    return d + [-sum(x * (1, 3)[i % 2] for i, x in enumerate(d)) % 10]


def isbn10(r):
    d = [r.randrange(10) for _ in range(9)]
    c = -sum(x * (10 - i) for i, x in enumerate(d)) % 11
    return "".join(map(str, d)) + "0123456789X"[c]


def issn(r):
    d = [r.randrange(10) for _ in range(7)]
    c = -sum(x * (8 - i) for i, x in enumerate(d)) % 11
    s = "".join(map(str, d)) + "0123456789X"[c]
    return s[:4] + "-" + s[4:]


def orcid(r):
    n = r.randrange(15000000, 350000000)
    if n == 218250097 // 1: n += 1
    s = f"{n:015d}"
    t = 0
    for ch in s: t = (t + int(ch)) * 2
    c = (12 - t % 11) % 11
    s += "0123456789X"[c]
    return "-".join(s[i:i + 4] for i in range(0, 16, 4))


def change_digit(r, text):
    places = [i for i, ch in enumerate(text[:-1]) if ch.isdigit() and i > 3]
    i = r.choice(places)
    return text[:i] + str((int(text[i]) + r.randrange(1, 10)) % 10) + text[i + 1:]


def checksums(r):
    rows = []
    en = {"isbn": ["The manual (ISBN {}) explains it.", "See ISBN: {} for the tables.", "@book{{k, title = {{On rivers}}, isbn = {{{}}}}}"],
          "issn": ["It appeared in the quarterly (ISSN {}).", "See ISSN: {} for the tables."],
          "orcid": ["The author (ORCID {}) replied.", "Profile: https://orcid.org/{} was updated."]}
    ar = {"isbn": ["يشرح الدليل (ردمك {}) ذلك.", "انظر ISBN: {} للجداول."], "issn": ["نُشر في الفصلية (ISSN {}).", "انظر ردمد: {} للجداول."],
          "orcid": ["أجاب المؤلف (ORCID {}) بالنفي."]}
    for kind, make in (("isbn", lambda r: "".join(map(str, isbn13(r)))), ("isbn", isbn10), ("issn", issn), ("orcid", orcid)):
        for lang, table in (("en", en), ("ar", ar)):
            for _ in range(30):
                value = make(r)
                bad = change_digit(r, value)
                frame = r.choice(table[kind])
                if lang == "ar" and r.random() < .6:
                    value, bad = value.translate(AR), bad.translate(AR)
                rows.append((kind + " " + lang, frame.format(value), frame.format(bad)))
    for lang, frames in (("en", ["As doi:{} says.", "See https://doi.org/{} today."]), ("ar", ["كما ورد في doi:{} سابقًا.", "انظر https://doi.org/{} اليوم."])):
        for _ in range(30):
            good = f"10.{r.randrange(1000, 50000)}/{r.choice('abcdefgh')}{r.randrange(1000, 9999)}.{r.randrange(10, 99)}"
            if good.split("/")[0] in ("10.1234", "10.12345", "10.4321", "10.5432"): continue
            bad = r.choice([f"10.{r.randrange(10, 999)}/" + good.split("/")[1], f"10.{r.randrange(80000, 99999)}/" + good.split("/")[1], "10.48550/" + good.split("/")[1], good.split("/")[0] + "/"])
            f = r.choice(frames)
            if lang == "ar": good, bad = good.translate(AR), bad.translate(AR)
            rows.append(("doi " + lang, f.format(good), f.format(bad)))
        for _ in range(30):
            y, m = r.randrange(15, 26), r.randrange(1, 13)
            good = f"{y}{m:02d}.{r.randrange(1, 20000):05d}"
            bad = r.choice([f"{y}{r.randrange(13, 99)}.{good[5:]}", good[:-1], f"{y}{m:02d}.{good[5:]}7", f"{r.randrange(30, 90)}{m:02d}.{good[5:]}"])
            f = r.choice(["As arXiv:{} says.", "See https://arxiv.org/abs/{} today."] if lang == "en" else ["كما ورد في arXiv:{} سابقًا."])
            if lang == "ar": good, bad = good.translate(AR), bad.translate(AR)
            rows.append(("arxiv " + lang, f.format(good), f.format(bad)))
    return rows


# ---------------------------------------------------------------- numbers and dates
def grouped(n, r):
    return f"{n:,}" if n >= 1000 and r.random() < .7 else str(n)


def numbers(r):
    rows = []

    def add(kind, lang, good, bad):
        if lang == "ar" and r.random() < .5:
            good, bad = good.translate(AR), bad.translate(AR)
        rows.append((kind + " " + lang, good, bad))

    sums = {"en": ["The farm keeps {0} goats, {1} sheep and {2} cows, a total of {t} animals.", "Volunteers cleared {0} sacks of plastic, {1} of glass and {2} of metal: {t} in total.",
                   "The fund paid ${0} for seeds, ${1} for tools and ${2} for fuel, totalling ${t}.", "A total of {t} people took part: {0} from the coast, {1} from the valley and {2} from the hills.",
                   "Of the books, {0} went to schools and {1} to clinics, for a combined total of {t2}.", "With {0} votes for, {1} against and {2} abstentions, the votes add up to a sum of {t}."],
            "ar": ["تضم المزرعة {0} عنزة و{1} شاة و{2} بقرة، بمجموع {t} رأسًا.", "جمع المتطوعون {0} كيسًا من البلاستيك و{1} من الزجاج و{2} من المعدن، والمجموع {t} كيسًا.",
                   "دفع الصندوق {0} دينارًا للبذور و{1} دينارًا للأدوات و{2} دينارًا للوقود، بإجمالي {t} دينارًا.", "شارك ما مجموعه {t} شخصًا: {0} من الساحل و{1} من الوادي و{2} من الجبال.",
                   "ذهب {0} كتابًا إلى المدارس و{1} إلى العيادات، أي ما مجموعه {t2} كتابًا."]}
    for lang, frames in sums.items():
        for i in range(30):
            a, b, c = (r.randrange(20, 900) for _ in range(3))
            f = frames[i % len(frames)]
            t, t2 = a + b + c, a + b
            factor = r.choice([.8, .9, 1.1, 1.2, 1.35])
            # never below the largest part: a reader would call that a part, not a total
            bt, bt2 = max(int(t * factor), max(a, b, c) + 3), max(int(t2 * factor), max(a, b) + 3)
            if bt in (t, a + b, b + c, a + c): bt += 7
            if bt2 == t2: bt2 += 7
            g = lambda n: grouped(n, r) if lang == "en" else str(n)
            add("sum", lang, f.format(g(a), g(b), g(c), t=g(t), t2=g(t2)), f.format(g(a), g(b), g(c), t=g(bt), t2=g(bt2)))
    shares = {"en": ["About {0}% of the rooms face the street, {1}% face the garden and the remaining {2}% have no window.", "Wheat takes {0}% of the land, barley {1}%, and the rest ({2}%) lies fallow.", "The grant was split {0}% for wages, {1}% for rent and {2}% for travel."],
              "ar": ["يطل {0}٪ من الغرف على الشارع و{1}٪ على الحديقة، والباقي {2}٪ بلا نوافذ.", "يشغل القمح {0}% من الأرض والشعير {1}%، والنسبة المتبقية {2}% أرض بور.", "تتوزع المنحة بين {0}% للأجور و{1}% للإيجار و{2}% للسفر."]}
    for lang, frames in shares.items():
        for i in range(15):
            a, b = r.randrange(20, 50), r.randrange(10, 40)
            c = 100 - a - b
            add("shares", lang, frames[i % 3].format(a, b, c), frames[i % 3].format(a, b, c + r.choice([-7, 5, 8, 12, 20])))
    ratio = {"en": ["Inspectors passed {0} of {1} lifts ({p}%).", "She answered {0} out of {1} questions, or {p}%.", "Of all wells, {0} of the {1} tested ({p} per cent) were safe."],
             "ar": ["اجتاز الفحص {0} من أصل {1} مصعدًا ({p}٪).", "أجابت عن {0} من {1} سؤالًا ({p}%).", "كانت {0} بئرًا من أصل {1}، أي {p}٪، صالحة."]}
    for lang, frames in ratio.items():
        for i in range(15):
            w = r.randrange(20, 400)
            p = r.randrange(max(3, w // 10), w - 1)
            real = round(100 * p / w)
            bad = real + r.choice([-9, 6, 11, 14]) if real > 12 else real + 9
            add("ratio", lang, frames[i % 3].format(p, w, p=real), frames[i % 3].format(p, w, p=bad))
    change = {"en": ["Output rose by {p}% from {x} to {y} tonnes.", "Attendance grew {p}% last year, from {x} to {y}.", "The fee climbed from {x} to {y} euros, a {p}% increase.", "Rents rose from {x} to {y} ({p}%)."],
              "ar": ["ارتفع الإنتاج بنسبة {p}٪ من {x} إلى {y} طن.", "زاد عدد الحضور من {x} إلى {y} بنسبة {p}% خلال عام.", "قفزت الرسوم من {x} إلى {y} دينار، بزيادة نسبتها {p}٪."]}
    for lang, frames in change.items():
        for i in range(20):
            x = r.randrange(40, 900)
            p = r.randrange(8, 80)
            y = round(x * (1 + p / 100))
            real = round(100 * (y - x) / x)
            bad = real + r.choice([-6, 9, 15, 25])
            if bad < 1: bad = real + 12
            f = frames[i % len(frames)]
            add("change", lang, f.format(p=real, x=x, y=y), f.format(p=bad, x=x, y=y))
    double = {"en": ["Membership doubled from {x} to {y} in a year.", "The herd tripled, from {x} to {y3} head.", "Losses halved from {y} to {x}."],
              "ar": ["تضاعف عدد الأعضاء من {x} إلى {y} خلال عام.", "تضاعفت الطلبات ثلاث مرات من {x} إلى {y3} طلب.", "وتضاعفت الكمية من {x} إلى {y} كيس."]}
    for lang, frames in double.items():
        for i in range(12):
            x = r.randrange(30, 500)
            good = frames[i % 3].format(x=x, y=2 * x, y3=3 * x)
            bad = frames[i % 3].format(x=x, y=round(x * r.choice([1.2, 1.4, 1.5])), y3=round(x * r.choice([1.4, 1.9, 2.1])))
            add("doubled", lang, good, bad)
    direction = {"en": ["Water use fell from {y} to {x} litres a day.", "Exports rose from {x} to {y} crates."], "ar": ["انخفض استهلاك المياه من {y} إلى {x} لترًا يوميًا.", "ارتفعت الصادرات من {x} إلى {y} صندوقًا."]}
    for lang, frames in direction.items():
        for i in range(10):
            x = r.randrange(40, 300)
            y = x + r.randrange(20, 200)
            add("direction", lang, frames[i % 2].format(x=x, y=y), frames[i % 2].format(x=y, y=x))
    for i in range(10):
        n = r.randrange(2, 90)
        add("magnitude", "en", f"The port cost {n} million dollars ({n},000,000).", f"The port cost {n} million dollars ({n},000,000,000).")
        add("magnitude", "ar", f"بلغت كلفة الميناء {n} مليون دولار ({n},000,000).", f"بلغت كلفة الميناء {n} مليار دولار ({n},000,000).")
        km = r.randrange(20, 400)
        add("units", "en", f"The pipe runs {km} km ({round(km * .621)} miles) inland.", f"The pipe runs {km} km ({round(km * r.choice([.35, .9, 1.6]))} miles) inland.")
        add("units", "ar", f"يمتد الأنبوب {km} كيلومترًا ({round(km * .621)} ميلًا) في الداخل.", f"يمتد الأنبوب {km} كيلومترًا ({round(km * r.choice([.35, .9, 1.6]))} ميلًا) في الداخل.")
    day0 = datetime.date(1990, 1, 1)
    for i in range(30):
        d = day0 + datetime.timedelta(r.randrange(13000))
        w = d.weekday()
        o = (w + r.randrange(1, 7)) % 7
        f = ["The vote took place on {w}, {d} {m} {y}.", "On {w}, {m} {d}, {y}, the mill closed.", "The mill closed on {d} {m} {y} ({w})."][i % 3]
        g = lambda k: f.format(w=DAYS[k], d=d.day, m=MONTHS[d.month - 1], y=d.year)
        add("weekday", "en", g(w), g(o))
        ma = MONTHS_AR[i % 3][d.month - 1]
        f2 = ["جرى التصويت يوم {w} {d} {m} {y}.", "أُغلقت المطحنة يوم {w} الموافق {d} {m} {y}.", "أُغلقت المطحنة في {d} {m} {y} ({w})."][i % 3]
        h = lambda k: f2.format(w=DAYS_AR[k], d=d.day, m=ma, y=d.year)
        add("weekday", "ar", h(w), h(o))
    for i in range(12):
        y = r.choice([1999, 2003, 2011, 2019, 2021, 2023, 2025])
        add("no such day", "en", f"The ferry sank on 28 February {y}.", r.choice([f"The ferry sank on 29 February {y}.", f"The ferry sank on 31 April {y}.", f"It was signed on {y}-02-30."]))
        add("no such day", "ar", f"غرقت العبارة في 28 فبراير {y}.", r.choice([f"غرقت العبارة في 29 فبراير {y}.", f"غرقت العبارة في 31 نيسان {y}."]))
    for i in range(15):
        hy, hm, hd = r.randrange(1400, 1447), r.randrange(12), r.randrange(1, 29)
        n = hd + 29 * hm + (hm + 1) // 2 + 354 * (hy - 1) + (3 + 11 * hy) // 30 + 1948439 - 2440588
        good = datetime.date(1970, 1, 1) + datetime.timedelta(n)
        bad = good + datetime.timedelta(r.choice([-45, -20, 9, 33, 200]))
        ma = MONTHS_AR[i % 3]
        f = ["صدر القرار في {d} {m} {y}هـ الموافق {g}م.", "افتُتح السوق في {d} {m} {y} هـ ({g})."][i % 2]
        g = lambda t: f.format(d=hd, m=HIJRI[hm], y=hy, g=f"{t.day} {ma[t.month - 1]} {t.year}")
        add("hijri", "ar", g(good), g(bad))
        years = (good.year, good.year + r.choice([-6, -3, 4, 9]))
        f3 = ["صدر النظام عام {h}هـ الموافق {g}م.", "The decree of {h} AH ({g}) was repealed."][i % 2]
        add("hijri year", "en" if i % 2 else "ar", f3.format(h=hy, g=years[0]), f3.format(h=hy, g=years[1]))
    for i in range(8):
        p = r.randrange(30, 95)
        add("over 100", "en", f"The poll says {p}% of voters own a boat.", f"The poll says {p + 80}% of voters own a boat.")
        add("over 100", "ar", f"يقول الاستطلاع إن {p}٪ من الناخبين يملكون قاربًا.", f"يقول الاستطلاع إن {p + 80}٪ من الناخبين يملكون قاربًا.")
        add("fraction", "en", f"Nearly half of the fields ({46 + i % 4}%) are dry.", f"Nearly half of the fields ({70 + i}%) are dry.")
        add("fraction", "ar", f"جف نصف الحقول ({48 + i % 4}٪) هذا العام.", f"جف نصف الحقول ({68 + i}٪) هذا العام.")
    return rows


def report(name, rows, found, misses):
    by = collections.defaultdict(lambda: [0, 0, 0])
    for i, (kind, good, bad) in enumerate(rows):
        c = by[kind]
        c[0] += 1
        c[1] += bool(found.get(f"b{i}"))
        c[2] += bool(found.get(f"g{i}"))
        if misses and not found.get(f"b{i}"): print("  missed:", bad)
        if misses and found.get(f"g{i}"): print("  wrong:", good, found[f"g{i}"])
    total = [sum(c[k] for c in by.values()) for k in range(3)]
    for kind, c in sorted(by.items()):
        print(f"  {kind}: {c[1]} of {c[0]} found, {c[2]} wrong on the unchanged text")
    print(f"{name}: {total[1]} of {total[0]} mutations found ({total[1] / total[0]:.4f}), {total[2]} findings on unchanged texts")


CLEAN = [("en_human_vs_llm_fastdetect", "0"), ("en_subjectivity_ct24", "0"), ("ar_human_vs_llm_airabic", "0"), ("ar_satire_vs_news", "0"), ("ar_subjectivity_ct24", "0")]


def clean(binary, shared, misses):
    for corpus, label in CLEAN:
        rows, paragraphs = [], 0
        path = shared / f"corpora/misinformation/{corpus}/train.jsonl"
        for row in map(json.loads, path.open(encoding="utf-8")):
            if str(row["label"]) != label: continue
            paragraphs += max(1, sum(bool(p.strip()) for p in row["text"].split("\n")))
            rows.append({"id": str(len(rows)), "text": row["text"]})
        found = run(binary, rows, ",".join("misinformation." + n for n in NUMBER_RULES) + ",misinformation.citation")
        hits = collections.Counter(rule for rules in found.values() for rule in rules)
        if misses:
            for row in rows:
                if found[row["id"]]: print("  ", found[row["id"]], row["text"][:1500].replace("\n", " / "))
        print(f"clean {corpus}: {sum(hits.values())} findings in {paragraphs} paragraphs of {len(rows)} texts ({1000 * sum(hits.values()) / paragraphs:.2f} per 1,000) {dict(hits)}")


# ---------------------------------------------------------------- directories
def audit(binary, files, select):
    """The findings of a directory: (path, rule, values)."""
    with tempfile.TemporaryDirectory() as place:
        for name, text in files.items():
            (pathlib.Path(place) / name).write_text(text, encoding="utf-8")
        out = pathlib.Path(place).parent / (pathlib.Path(place).name + ".jsonl")
        words = [w for one in select.split(",") for w in ("--select", one)]
        done = subprocess.run([str(binary), "audit", place, "-o", str(out), *words], capture_output=True)
        if not out.exists():
            sys.exit(done.stderr.decode()[:600])
        lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        out.unlink()
    return [(j["path"], j["rule"], j.get("values", {})) for j in lines if "rule" in j and "path" in j]


def shingles(text):
    words = re.sub("[\u064b-\u0652\u0670\u0640]", "", text).split()
    return {tuple(words[i:i + 3]) for i in range(len(words) - 2)}


def duplicates(binary, shared, misses):
    """Twins with and without vowel marks, and copies in which every tenth word is another, of human and generated texts."""
    r = random.Random(7)
    marks = ["\u064e", "\u064f", "\u0650", "\u0651", "\u0652"]
    for corpus in ("ar_human_vs_llm_airabic", "en_human_vs_llm_fastdetect"):
        rows = [json.loads(line)["text"] for line in (shared / f"corpora/misinformation/{corpus}/train.jsonl").open(encoding="utf-8")]
        kept, seen = [], {}
        for text in rows:  # originals that share text with one before are left out: they are near duplicates already
            own = shingles(text)
            if len(own) < 40: continue
            near = collections.Counter(i for s in own for i in seen.get(s, ()))
            if near and near.most_common(1)[0][1] > .15 * len(own): continue
            for s in own: seen.setdefault(s, []).append(len(kept))
            kept.append(text)
        kept = kept[:400]
        vocabulary = sorted({w for t in kept for w in t.split()})
        files, base = {}, {}
        twins = edited = 0
        for i, text in enumerate(kept):
            files[f"o{i:04d}.txt"] = text
            if corpus.startswith("ar"):
                bare = re.sub("[\u064b-\u0652\u0670\u0640]", "", text)
                twin = bare if bare != text else "".join(c + (r.choice(marks) if "\u0628" <= c <= "\u064a" and r.random() < .6 else "") for c in text)
                files[f"t{i:04d}.txt"] = twin
                twins += 1
            if i % 2 == 0:
                copy = [r.choice(vocabulary) if r.random() < .1 and w.strip() else w for w in re.split(r"(\s+)", text)]
                files[f"e{i:04d}.txt"] = "".join(copy)
                edited += 1
        found = {p: v["value"] for p, rule, v in audit(binary, files, "misinformation.near-duplicate,misinformation.same-text") if "value" in v}
        for kind, count in (("t", twins), ("e", edited)):
            if not count: continue
            names = [n for n in files if n[0] == kind]
            good = [n for n in names if found.get(n, "x0")[1:] == n[1:]]
            print(f"duplicates {corpus}: {'diacritic twins' if kind == 't' else 'edited copies'} {len(good)} of {count} paired ({len(good) / count:.4f})")
            if misses: print("  missed:", sorted(set(names) - set(good))[:20])
        right = sum(p[1:] == v[1:] for p, v in found.items())
        print(f"duplicates {corpus}: precision {right / len(found):.4f} of {len(found)} findings")
        if misses: print("  wrong:", [(p, v) for p, v in found.items() if p[1:] != v[1:]][:20])


def swaps(binary, shared, misses):
    """Headlines against their own text and against another one's: titles of web articles; for the news sets, which have
    no titles of their own, the first sentence or the first ten words (a harder stand-in)."""
    pairs = []
    for corpus, label in (("en_human_vs_llm_fastdetect", "0"), ("ar_satire_vs_news", "0")):
        part = []
        for row in map(json.loads, (shared / f"corpora/misinformation/{corpus}/train.jsonl").open(encoding="utf-8")):
            if str(row["label"]) != label or row.get("domain", "xsum") != "xsum": continue
            words = row["text"].split()
            if len(words) < 80: continue
            head = re.split(r"(?<=[.!?؟]) ", row["text"], maxsplit=1)[0].split() if corpus.startswith("en") else words[:10]
            if not 5 <= len(head) <= 40: continue
            part.append((" ".join(head[:16]), " ".join(words[len(head):])))
        pairs.append((corpus, list(dict.fromkeys(part))[:500]))
    with tarfile.open(shared / "corpora/html/wcxb.tar.xz") as archive:
        gold = next(m for m in archive.getmembers() if m.name.endswith("gold.jsonl"))
        part = []
        for row in map(json.loads, archive.extractfile(gold).read().decode().splitlines()):
            truth = row["ground_truth"]
            title, body = (truth.get("title") or "").strip(), (truth.get("main_content") or "").strip()
            if row["_internal"]["page_type"]["primary"] != "article" or len(title.split()) < 5 or len(body.split()) < 80: continue
            part.append((title.replace("\n", " "), body.removeprefix(title).strip()))
        pairs.append(("wcxb articles, their own titles", part))
    rule = "rule: x.headline-share\nmessage: '{value}'\nscope: headline\nmatch: {builtin: headline-share}\n"
    with tempfile.TemporaryDirectory() as pack:
        (pathlib.Path(pack) / "pack.yaml").write_text("{pack: x, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}")
        (pathlib.Path(pack) / "x.yaml").write_text(rule)
        for corpus, part in pairs:
            files = {}
            for i, (head, body) in enumerate(part):
                files[f"g{i:04d}.md"] = f"# {head}\n\n{body}\n"
                files[f"s{i:04d}.md"] = f"# {head}\n\n{part[(i + 7) % len(part)][1]}\n"
            shares, flagged = {}, set()
            with tempfile.TemporaryDirectory() as place:
                for name, text in files.items(): (pathlib.Path(place) / name).write_text(text, encoding="utf-8")
                out = pathlib.Path(pack) / "out.jsonl"
                subprocess.run([str(binary), "audit", place, "--pack", pack, "-o", str(out), "--select", "x.headline-share", "--select", "misinformation.headline-body"], capture_output=True)
                for j in map(json.loads, out.open(encoding="utf-8")):
                    if j.get("rule") == "x.headline-share": shares[j["path"]] = float(j["values"]["value"])
                    if j.get("rule") == "misinformation.headline-body-mismatch": flagged.add(j["path"])
            own = [v for p, v in shares.items() if p[0] == "g"]
            other = [v for p, v in shares.items() if p[0] == "s"]
            wins = sum((a > b) + .5 * (a == b) for a in own for b in other)
            if misses:
                for limit in (1, 5, 8, 10, 13, 16, 20):
                    print(f"  below {limit}%: {sum(v < limit for v in other)} swapped, {sum(v < limit for v in own)} true")
            print(f"headlines {corpus}: AUROC {wins / max(1, len(own) * len(other)):.4f}; found {sum(p[0] == 's' for p in flagged)} of {len(other)} swapped, {sum(p[0] == 'g' for p in flagged)} of {len(own)} true pairs ({len(own)} and {len(other)} measured)")


SUBJECTS = {"en": ["Aldersey paint plant", "Birchwood dairy", "Corran ferry terminal", "Dunmore public library", "Eastfield wind farm", "Farrow bridge", "Glenmore hospital", "Hartwell brewery", "Inverlaw school", "Juniper valley reservoir", "Kelston quarry", "Larkhill market", "Mossburn museum"],
            "ar": ["مصنع الدهانات في الزرقة", "مخبز السنابل في العقيلة", "مرسى العبارات في رأس الحور", "المكتبة العامة في تل الريحان", "مزرعة الرياح في وادي الغار", "مستشفى النخيل في بئر السدر", "مدرسة الياسمين في الجرف", "متحف الفخار في عين الزيتون", "سوق الحرير في باب الرمان", "محجر الرخام في جبل الصوان"]}
FACTS = {"en": [("The {s} employs {v} workers.", "The {s} has {v} workers on its payroll."), ("The {s} covers {v} hectares of land.", "On the edge of town, the {s} covers {v} hectares."), ("The {s} serves {v} customers.", "Officials say the {s} serves {v} customers."), ("The {s} cost ${v} million in 2019.", "In 2019 the {s} cost ${v} million."), ("The {s} holds {v} parking places.", "The {s} in the north holds {v} parking places."), ("Repairs to the {s} took {v} days.", "The repairs to the {s} took {v} days.")],
         "ar": [("يعمل في {s} {v} موظف.", "ويعمل في {s} {v} موظفًا."), ("تبلغ مساحة {s} {v} هكتار.", "مساحة {s} تبلغ {v} هكتارًا."), ("بلغت كلفة ترميم {s} {v} دينار.", "كلفة ترميم {s} {v} دينار."), ("يستقبل {s} {v} زائر يوميًا.", "يستقبل {s} يوميًا {v} زائر."), ("يضم {s} {v} غرفة.", "يضم {s} القديم {v} غرفة.")]}


def contradictions(binary, misses):
    """Pairs of documents that give two numbers for one thing, and pairs that only look so: same number, another subject, another thing."""
    r = random.Random(11)
    files, true, kinds = {}, set(), {}
    filler = {"en": "The weather stayed mild. People walked along the river and talked about the harvest.", "ar": "بقي الطقس معتدلًا. ومشى الناس على ضفة النهر وتحدثوا عن الحصاد."}
    n = 0
    for lang in ("en", "ar"):
        facts = [(s, f) for s in SUBJECTS[lang] for f in FACTS[lang]]
        r.shuffle(facts)
        for k, (s, (a, b)) in enumerate(facts):
            v = r.randrange(12, 900)
            kind = "true" if k % 6 < 5 else "same"
            w = v if kind == "same" else int(v * r.choice([.5, .7, 1.3, 1.8, 2.4])) + 3
            form = lambda x: str(x).translate(AR) if lang == "ar" and n % 2 else str(x)
            for side, frame, value in (("a", a, v), ("b", b, w)):
                files[f"{lang}{k:03d}{side}.txt"] = f"{filler[lang]}\n\n{frame.format(s=s, v=form(value))}\n"
            kinds[f"{lang}{k:03d}"] = kind
            n += 1
    found = {(p, v.get("document", "")) for p, rule, v in audit(binary, files, "misinformation.contradicting-numbers")}
    pairs = {tuple(sorted((p[:5], o[:5]))) for p, o in found}
    right = {a for a, b in pairs if a == b and kinds[a] == "true"}
    wrong = {(a, b) for a, b in pairs if a != b or kinds[a] != "true"}
    for lang in ("en", "ar"):
        every = {k for k, v in kinds.items() if v == "true" and k.startswith(lang)}
        print(f"contradictions {lang}: {len(right & every)} of {len(every)} pairs found ({len(right & every) / len(every):.4f})")
        if misses:
            for k in sorted(every - right): print("  missed:", files[k + "a.txt"].split("\n")[2], "|", files[k + "b.txt"].split("\n")[2])
    print(f"contradictions: precision {len(right) / max(1, len(right) + len(wrong)):.4f} ({len(wrong)} wrong pairs among {len(files) // 2} pairs of documents)")
    if misses:
        for a, b in sorted(wrong): print("  wrong:", files[a + "a.txt"].split("\n")[2], "|", files[b + "b.txt"].split("\n")[2])


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=str(ROOT / ".build/release/auditor"))
    ap.add_argument("--shared", default=os.environ.get("AUDITOR_SHARED") or str(ROOT.parent / "shared"))
    ap.add_argument("--only", default="checksums,numbers,contradictions,clean,duplicates,headlines")
    ap.add_argument("--misses", action="store_true", help="print what was missed and what was wrongly found")
    a = ap.parse_args()
    binary, only = pathlib.Path(a.binary).resolve(), a.only.split(",")
    for name, make, select in (("checksums", checksums, "misinformation.citation"), ("numbers", numbers, ",".join("misinformation." + n for n in NUMBER_RULES))):
        if name in only:
            rows = make(random.Random(20260101))
            feed = [{"id": f"{k}{i}", "text": text} for i, row in enumerate(rows) for k, text in (("g", row[1]), ("b", row[2]))]
            report(name, rows, run(binary, feed, select), a.misses)
    if "contradictions" in only:
        contradictions(binary, a.misses)
    if "duplicates" in only:
        duplicates(binary, pathlib.Path(a.shared), a.misses)
    if "headlines" in only:
        swaps(binary, pathlib.Path(a.shared), a.misses)
    if "clean" in only:
        clean(binary, pathlib.Path(a.shared), a.misses)


main()
