#!/usr/bin/env python3
"""Writes the man page from what the program says of itself (--experimental-dump-help of swift-argument-parser).

    Scripts/manual.py BINARY > auditor.1
"""
import json
import subprocess
import sys


def escaped(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


def label(argument):
    names = [("-" if n["kind"] == "short" else "--") + n["name"] for n in argument.get("names", [])]
    value = argument.get("valueName", "value")
    if argument["kind"] == "flag":
        return ", ".join(f"\\fB{escaped(n)}\\fR" for n in names)
    if argument["kind"] == "option":
        return ", ".join(f"\\fB{escaped(n)}\\fR" for n in names) + f" \\fI{escaped(value)}\\fR"
    return f"\\fI{escaped(value)}\\fR"


def arguments(command, out):
    for argument in command.get("arguments", []):
        if not argument.get("shouldDisplay", True):
            continue
        out += [".TP", label(argument), escaped(argument.get("abstract", "") or "\\&")]


def discussion(command, out):
    if command.get("discussion"):
        out += [".PP", ".nf", escaped(command["discussion"].strip()), ".fi"]


def commands(command, path, out):
    for sub in command.get("subcommands", []):
        if sub["commandName"] == "help" or not sub.get("shouldDisplay", True):
            continue
        name = f"{path} {sub['commandName']}"
        out += [f".SS \"{escaped(name)}\"", escaped(sub.get("abstract", ""))]
        discussion(sub, out)
        arguments(sub, out)
        commands(sub, name, out)


def main():
    done = subprocess.run([sys.argv[1], "--experimental-dump-help"], check=True, capture_output=True, text=True)
    root = json.loads(done.stdout)["command"]
    version = subprocess.run([sys.argv[1], "--version"], check=True, capture_output=True, text=True).stdout.strip()
    out = [f".TH AUDITOR 1 \"\" \"{escaped(version)}\" \"User Commands\"", ".SH NAME", f"auditor \\- {escaped(root['abstract'])}",
           ".SH SYNOPSIS", "\\fBauditor\\fR [\\fIcommand\\fR] \\fIpath\\fR... [\\fIoptions\\fR]", ".SH DESCRIPTION"]
    discussion(root, out)
    out.append(".SH COMMANDS")
    commands(root, "auditor", out)
    out += [".SH FILES", ".TP", "\\fIauditor.yaml\\fR", "Choices of a team; \\fBauditor init\\fR writes one that explains itself.",
            ".TP", "\\fIregister.yaml\\fR", "Decisions of people on risks; \\fBauditor register\\fR writes one.",
            ".TP", "\\fI.auditorignore\\fR", "Files to leave out, as in .gitignore.",
            ".SH ENVIRONMENT", ".TP", "\\fBAUDITOR_RULES\\fR", "Directory of the bundled rules.", ".TP", "\\fBAUDITOR_KEY\\fR",
            "Key of fingerprints, so that nobody else can compute them.", ".TP", "\\fBAUDITOR_CACHE\\fR", "Where compiled rules are kept; off keeps nothing.",
            ".TP", "\\fBSOURCE_DATE_EPOCH\\fR", "The date of the audit, for reports that can be made again byte for byte.", ".TP", "\\fBNO_COLOR\\fR", "No colours."]
    print("\n".join(line for line in out if line != ""))


main()
