#!/usr/bin/env python3
"""How fast is `auditor`, how much memory does it take, and how do the alternatives do on the same bytes?

    bench.py --binary .build/release/auditor --date 2026-11-23 [--repeat 5] [--quick] [--only NAME,…] [--skip-peers]

Measures user and system CPU time, wall time and peak memory of whole processes (wait4), the median of N. A rate is
bytes per CPU second of the process less its start-up, which is measured on an empty file and listed. Writes
Benchmarks/runs/DATE-COMMIT/result.json and result.md. Python's standard library only; a tool that is not there is
listed as not measured, with the reason. How to read it: Benchmarks/README.md.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import statistics
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import inputs  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build/bench"
VENV = ROOT / ".build/bench-venv"
PINNED = ["presidio-analyzer==2.2.366", "slopscore-lint==0.14.3", "detect-secrets==1.5.0"]
MB = inputs.MB


def shown(word):
    """A word of a command without the place of this checkout."""
    return str(word).replace(str(ROOT) + "/", "")


def run(command, timeout=900):
    """One process: times in seconds, peak memory in bytes, exit code; None in `exit` when it took longer than `timeout`."""
    words = [sys.executable, "-S", "-E", "Benchmarks/measure.py", str(timeout), str(WORK / "output.txt"), *map(str, command)]
    return json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def repeated(command, times, good=(0,), timeout=900):
    """`times` runs after one that warms the page cache; a failure ends it with the reason."""
    samples = []
    warm = run(command, timeout)
    if warm["exit"] not in good:
        reason = f"longer than {timeout} s" if warm["exit"] is None else f"exit code {warm['exit']}"
        return {"failed": reason}
    if warm["wall"] > 60:
        samples = [warm]
    while len(samples) < (1 if warm["wall"] > 60 else times):
        samples.append(run(command, timeout))
    middle = {key: statistics.median(s[key] for s in samples) for key in ("user", "system", "wall", "rss")}
    return {"samples": samples, "exit": warm["exit"], **middle}


# ---- machine and versions

def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=ROOT)
    except (OSError, subprocess.TimeoutExpired):
        return None
    text = (done.stdout or done.stderr).strip()
    return text.splitlines()[0] if text else None


def machine():
    model = platform.processor() or platform.machine()
    cpuinfo = pathlib.Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"^model name\s*:\s*(.+)$", cpuinfo.read_text(), re.M)
        model = found.group(1) if found else model
    else:
        model = first_line(["sysctl", "-n", "machdep.cpu.brand_string"]) or model
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": model, "cores": os.cpu_count(), "memory": memory, "kernel": platform.release(),
            "system": first_line(["sh", "-c", ". /etc/os-release && echo $PRETTY_NAME"]) or platform.platform(),
            "load_before": [round(x, 2) for x in os.getloadavg()]}


# ---- auditor

class Auditor:
    def __init__(self, binary):
        self.binary, self.out = binary, WORK / "findings.jsonl"

    def command(self, path, jobs):
        return [self.binary, "audit", path, "--jobs", str(jobs), "-o", self.out]

    def measure(self, path, jobs, times):
        got = repeated(self.command(path, jobs), times, good=(0, 1, 3))
        if "failed" not in got:
            got["findings"] = self.findings()
        return got

    def findings(self):
        if not self.out.exists():
            return None
        with self.out.open("rb") as lines:
            return sum(b'"rule"' in line and b'"fingerprint"' in line for line in lines)


# ---- alternatives: each gives (name, version, command for a folder, exit codes, sample bytes, remark) or a reason

def venv_tools(install):
    """Paths of the pip tools; installs the pinned versions once. A dictionary, or the reason as text."""
    python = VENV / "bin/python"
    wanted = "\n".join(PINNED)
    stamp = VENV / "pinned.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return {"python": python}
    if not install:
        return "not installed (run without --no-install)"
    print("installing", ", ".join(PINNED), "in .build/bench-venv", file=sys.stderr)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode == 0:
        made = subprocess.run([str(VENV / "bin/pip"), "install", "-q", *PINNED], capture_output=True, text=True)
    if made.returncode != 0:
        return "pip failed: " + (made.stderr.strip().splitlines() or ["no message"])[-1]
    stamp.write_text(wanted)
    return {"python": python}


def accepted(rg, pattern, *flags):
    return subprocess.run([rg, *flags, "-e", pattern, os.devnull], capture_output=True).returncode != 2


def grouped(rg, patterns):
    """As few groups as ripgrep compiles, each as one alternation."""
    groups = []
    for pattern in patterns:
        for group in groups:
            words = [word for p in [*group, pattern] for word in ("-e", p)]
            if subprocess.run([rg, "-P", *words, os.devnull], capture_output=True).returncode != 2:
                group.append(pattern)
                break
        else:
            groups.append([pattern])
    return groups


def each_part(base, out, folder):
    """ripgrep once for each group of patterns; 2 when one of them fails."""
    script = 'folder=$1; shift; for part in "$0".*; do "$@" -P -f "$part" "$folder"; [ $? -lt 2 ] || exit 2; done'
    return ["sh", "-c", script, out / "regexes.pcre2", folder, *base]


def peers(install):
    tools = venv_tools(install)
    if isinstance(tools, str):
        for name in ("presidio-analyzer", "slopscore-lint", "detect-secrets"):
            yield {"name": name, "missing": tools}
    else:
        python, bin = tools["python"], VENV / "bin"
        versions = dict(re.findall(r"^([\w-]+)==(.+)$", "\n".join(PINNED), re.M))
        yield {"name": "presidio-analyzer", "version": versions["presidio-analyzer"], "good": (0,),
               "sample": 1 * MB, "command": lambda folder: [python, "Benchmarks/peers/presidio_worker.py", folder],
               "remark": "default English pattern recognisers, blank spaCy tokenizer, no NLP model, 4 KB documents"}
        yield {"name": "detect-secrets", "version": versions["detect-secrets"], "good": (0,),
               "sample": 1 * MB, "command": lambda folder: [bin / "detect-secrets", "-c", "1", "scan", "--all-files", folder],
               "remark": "all default plugins, one process"}
        yield {"name": "slopscore-lint", "version": versions["slopscore-lint"], "good": (0, 1),
               "sample": MB // 5, "command": lambda folder: [bin / "slopscore-lint", "scan", "-r", "-f", "json", folder],
               "remark": "rules scorer, JSON output"}
    rg = shutil.which("rg")
    if not rg:
        yield {"name": "ripgrep", "missing": "not installed (apt-get install ripgrep)"}
        return
    if isinstance(tools, str):
        yield {"name": "ripgrep", "missing": "the export of our rules needs PyYAML from the venv: " + tools}
        return
    out = WORK / "rules"
    done = subprocess.run([str(tools["python"]), "Benchmarks/peers/export_rules.py", "rules", str(out)],
                          capture_output=True, text=True, cwd=ROOT)
    if done.returncode != 0 or not (out / "regexes.txt").read_text().strip():
        yield {"name": "ripgrep", "missing": "no rules exported: " + (done.stderr.strip().splitlines() or ["none in rules/"])[-1]}
        return
    patterns = (out / "regexes.txt").read_text(encoding="utf-8").splitlines()
    plain = [p for p in patterns if accepted(rg, p)]
    perl = [p for p in patterns if accepted(rg, p, "-P")]
    (out / "regexes.rg").write_text("".join(p + "\n" for p in plain), encoding="utf-8")
    for old in out.glob("regexes.pcre2.*"):
        old.unlink()
    parts = grouped(rg, perl)
    for index, part in enumerate(parts):
        (out / f"regexes.pcre2.{index}").write_text("".join(p + "\n" for p in part), encoding="utf-8")
    phrases = len((out / "phrases.txt").read_text(encoding="utf-8").splitlines())
    version = (first_line([rg, "--version"]) or "").split()[1]
    base = [rg, "-uuu", "--text", "--no-mmap", "--threads", "1", "--only-matching", "--no-line-number", "--no-filename"]
    yield {"name": "ripgrep -P, our regexes", "version": version, "good": (0, 1), "sample": 1 * MB,
           "command": lambda folder: each_part(base, out, folder),
           "remark": f"{len(perl)} of our {len(patterns)} regexes with its PCRE2 engine, in {len(parts)} passes because one would be too "
                     "large for it; raw bytes, no validators, no folding"}
    yield {"name": "ripgrep, our regexes", "version": version, "good": (0, 1), "sample": 8 * MB,
           "command": lambda folder: [*base, "-f", out / "regexes.rg", folder],
           "remark": f"{len(plain)} of our {len(patterns)} regexes with its own engine, which has no look-around; raw bytes, no validators"}
    yield {"name": "ripgrep, our phrases", "version": version, "good": (0, 1), "sample": 8 * MB,
           "command": lambda folder: [*base, "-i", "-F", "-f", out / "phrases.txt", folder],
           "remark": f"{phrases} phrases as fixed strings, case-insensitive, raw bytes: no folding of Arabic, no clitics"}


PEER_INPUTS = ["text-en", "text-ar", "leaks-dense", "pages-trafilatura"]


# ---- the run

def rate(size, got, startup):
    """Megabytes per CPU second, less the start-up; None when the rest is too small to be told from noise."""
    if "failed" in got or not startup or "failed" in startup:
        return None
    work = got["user"] + got["system"] - startup["user"] - startup["system"]
    noise = max(0.05, (startup["user"] + startup["system"]) / 4)
    return round(size / MB / work, 3) if work > noise else None


def report(result):
    def number(value, form="{:,.1f}"):
        return "–" if value is None else form.format(value)

    def memory(got):
        return "–" if "failed" in got else f"{got['rss'] / MB:,.0f}"

    def seconds(got):
        return ("–", "–") if "failed" in got else (f"{got['user'] + got['system']:,.2f}", f"{got['wall']:,.2f}")

    m, v = result["machine"], result["versions"]
    lines = [f"# Benchmark {result['date']}, commit {result['commit']}", "",
             f"`{result['command']}`", "",
             f"{m['cpu']}, {m['cores']} cores, {m['memory'] / 1e9:.0f} GB; {m['system']}, kernel {m['kernel']}; "
             f"load before {m['load_before']}.", "",
             "Versions: " + ", ".join(f"{name} {version}" for name, version in v.items()) + ".", "",
             f"MB = 10^6 bytes. CPU = user + system seconds of the whole process, median of {result['repeat']} (one run when it takes "
             "over a minute). MB/s = bytes per CPU second after the start-up is taken off.", "",
             "## Start-up: rules ready, an empty file audited", "",
             "| tool | wall ms | CPU ms | peak memory MB |", "|---|---:|---:|---:|"]
    for name, got in result["startup"].items():
        if "failed" in got:
            lines.append(f"| {name} | {got['failed']} | | |")
        else:
            lines.append(f"| {name} | {got['wall'] * 1000:,.0f} | {(got['user'] + got['system']) * 1000:,.0f} | {memory(got)} |")
    lines += ["", "## auditor, all bundled rules", "",
              "| input | files | MB | jobs | MB/s per core | CPU s | wall s | MB/s wall | peak memory MB | findings |",
              "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|"]
    for item in result["auditor"]:
        got, size = item["result"], item["bytes"]
        if "failed" in got:
            lines.append(f"| {item['input']} | {item['files']:,} | {size / MB:,.1f} | {item['jobs']} | {got['failed']} | | | | | |")
            continue
        cpu, wall = seconds(got)
        lines.append(f"| {item['input']} | {item['files']:,} | {size / MB:,.1f} | {item['jobs']} | {number(item['rate'])} | {cpu} | {wall} "
                     f"| {size / MB / got['wall']:,.1f} | {memory(got)} | {got['findings'] if got['findings'] is not None else '–'} |")
    lines += ["", "## The same bytes, other tools", "",
              "They do not do the same work: see the remarks below and Benchmarks/README.md. Slow tools read the first part of the input; "
              "`auditor` read exactly that part too, and its rate on the whole input stands above.", "",
              "| input | sample MB | tool | MB/s per core | CPU s | wall s | peak memory MB | auditor on the whole input, times as fast |",
              "|---|---:|---|---:|---:|---:|---:|---:|"]
    whole = {item["input"]: item["rate"] for item in result["auditor"] if item["jobs"] == 1}
    for item in result["peers"]:
        got = item["result"]
        if "failed" in got:
            lines.append(f"| {item['input']} | {item['bytes'] / MB:,.2f} | {item['tool']} | {got['failed']} | | | | |")
            continue
        cpu, wall = seconds(got)
        ours = whole.get(item["input"])
        times = "–" if item["tool"] == "auditor" or not ours or not item["rate"] else f"{ours / item['rate']:,.0f}"
        lines.append(f"| {item['input']} | {item['bytes'] / MB:,.2f} | {item['tool']} | {number(item['rate'], '{:,.3f}')} | {cpu} | {wall} "
                     f"| {memory(got)} | {times} |")
    lines += ["", "## Remarks", ""]
    lines += [f"- {text}" for text in result["remarks"]]
    lines += ["", "## Inputs", "", "| input | what | files | bytes | SHA-256 of names and bytes |", "|---|---|---:|---:|---|"]
    lines += [f"| {i['name']} | {i['description']} | {i['files']:,} | {i['bytes']:,} | {i['sha256'][:16]}… |" for i in result["inputs"]]
    return "\n".join(lines) + "\n"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--binary", default=".build/release/auditor")
    ap.add_argument("--date", required=True, help="names the run; not read from the clock")
    ap.add_argument("--repeat", type=int, default=5)
    ap.add_argument("--quick", action="store_true", help="inputs of 1/16 size, one repetition: does it run at all?")
    ap.add_argument("--only", help="names of inputs, comma-separated")
    ap.add_argument("--skip-peers", action="store_true")
    ap.add_argument("--no-install", action="store_true", help="do not create the venv of the other tools")
    ap.add_argument("--output", help="folder of the result instead of Benchmarks/runs/DATE-COMMIT")
    a = ap.parse_args()

    binary = pathlib.Path(a.binary).resolve()
    if not binary.exists():
        sys.exit(f"no binary at {a.binary}; build it with: make build")
    times, scale = (1, 1 / 16) if a.quick else (a.repeat, 1.0)
    WORK.mkdir(parents=True, exist_ok=True)
    shared = pathlib.Path(os.environ.get("AUDITOR_SHARED") or ROOT.parent / "shared")
    shared = shared if (shared / "corpora").is_dir() else None
    if shared:
        subprocess.run([str(ROOT / "Scripts/unpack-corpora.sh"), str(shared)], check=True, cwd=ROOT)
    print("making inputs", file=sys.stderr)
    chosen = [i for i in inputs.make(ROOT, shared, scale) if not a.only or i[0] in a.only.split(",")]

    empty = WORK / "empty"
    empty.mkdir(exist_ok=True)
    (empty / "empty.txt").write_bytes(b"")
    auditor = Auditor(binary)
    commit = first_line(["git", "rev-parse", "--short", "HEAD"]) or "unknown"
    result = {"date": a.date, "commit": commit, "command": "python3 Benchmarks/bench.py " + " ".join(shown(w) for w in sys.argv[1:]),
              "repeat": times, "machine": machine(), "versions": {}, "startup": {}, "inputs": [], "auditor": [], "peers": [],
              "remarks": [], "commands": {}}
    result["versions"]["auditor"] = first_line([str(binary), "--version"]) or "unknown"
    result["versions"]["Swift"] = first_line(["swift", "--version"]) or "unknown"
    result["versions"]["Python"] = platform.python_version()
    for library in ("libxml-2.0", "libpcre2-8", "libhs"):
        result["versions"][library] = first_line(["pkg-config", "--modversion", library]) or "unknown"
    if not shared:
        result["remarks"].append("Shared corpora absent: no real pages, text made from examples/outputs.")

    result["startup"]["auditor"] = auditor.measure(empty, 1, max(times, 5))
    result["commands"]["auditor"] = [shown(w) for w in auditor.command("INPUT", "JOBS")]
    for name, description, folder in chosen:
        facts = inputs.measure(folder)
        result["inputs"].append({"name": name, "description": description, **facts})
        for jobs in (1, 2):
            print(f"auditor {name}, {jobs} jobs", file=sys.stderr)
            got = auditor.measure(folder, jobs, times)
            result["auditor"].append({"input": name, "jobs": jobs, "files": facts["files"], "bytes": facts["bytes"],
                                      "rate": rate(facts["bytes"], got, result["startup"]["auditor"]), "result": got})

    folders = {name: folder for name, _, folder in chosen}
    for peer in [] if a.skip_peers else peers(not a.no_install):
        if "missing" in peer:
            result["remarks"].append(f"{peer['name']}: not measured, {peer['missing']}.")
            continue
        name = peer["name"]
        result["versions"][name] = peer["version"]
        result["remarks"].append(f"{name} {peer['version']}: {peer['remark']}.")
        result["commands"][name] = [shown(w) for w in peer["command"]("SAMPLE")]
        result["startup"][name] = repeated(peer["command"](empty), times, peer["good"])
        for input_name in [n for n in PEER_INPUTS if n in folders]:
            part = inputs.sample(folders[input_name], int(peer["sample"] * scale))
            size = inputs.measure(part)["bytes"]
            print(f"{name} {input_name}, {size:,} bytes", file=sys.stderr)
            got = repeated(peer["command"](part), min(times, 3), peer["good"], timeout=300)
            result["peers"].append({"input": input_name, "tool": name, "bytes": size,
                                    "rate": rate(size, got, result["startup"][name]), "result": got})
            same = auditor.measure(part, 1, min(times, 3))
            result["peers"].append({"input": input_name, "tool": "auditor", "bytes": size,
                                    "rate": rate(size, same, result["startup"]["auditor"]), "result": same})

    target = pathlib.Path(a.output) if a.output else ROOT / "Benchmarks/runs" / f"{a.date}-{commit}"
    target.mkdir(parents=True, exist_ok=True)
    (target / "result.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (target / "result.md").write_text(report(result), encoding="utf-8")
    print(report(result))
    print("wrote", shown(target), file=sys.stderr)


main()
