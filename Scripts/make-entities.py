#!/usr/bin/env python3
"""Write Sources/Audit/Reading/HTMLEntityTable.swift from Python's copy of the WHATWG named character references.

    python3 Scripts/make-entities.py > Sources/Audit/Reading/HTMLEntityTable.swift

One string literal, sorted by name: `name;hex` for a name that needs its semicolon, `name*hex` for one that is also
read without; two scalars are joined by a comma; entries are divided by a space.
"""
import html.entities

names = html.entities.html5
assert len(names) == 2231, len(names)
entries = []
for name in sorted({n.rstrip(";") for n in names}, key=lambda n: n.encode()):
    value = names[name + ";"]
    if name in names:
        assert names[name] == value
    entries.append(name + ("*" if name in names else ";") + ",".join(f"{ord(c):X}" for c in value))
assert sum(2 if "*" in e else 1 for e in entries) == 2231
lines, line = [], ""
for entry in entries:
    if len(line) + len(entry) + 1 > 102:
        lines.append(line); line = ""
    line += entry + " "
lines.append(line)
print('''/// The named character references of HTML, in the form that `HTMLEntities` reads. Written by
/// Scripts/make-entities.py; do not edit.
///
/// Source: WHATWG HTML, section 13.5, "Named character references" (2,231 names).
enum HTMLEntityTable {
  static let entries: StaticString = """''')
for line in lines[:-1]:
    print("    " + line + "\\")
print("    " + lines[-1].rstrip())
print('    """\n}')
