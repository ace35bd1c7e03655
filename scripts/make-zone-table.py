#!/usr/bin/env python3
"""Writes Sources/WarRoomRunbook/Zones/ZoneTable.swift: the POSIX rule of every zone, from this machine's zone files.

  scripts/make-zone-table.py [FOLDER]        FOLDER: where the zone files are, /usr/share/zoneinfo if left out

Run it when a new release of the tz database matters to the zones in use. The rule is the footer of the TZif file
(RFC 8536, 3.3); the names are those of tzdata.zi, links included, so that US/Eastern is found too.
"""
import pathlib
import sys

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/zoneinfo")
target = pathlib.Path(__file__).resolve().parent.parent / "Sources/WarRoomRunbook/Zones/ZoneTable.swift"

names = set()
version = "unknown"
for line in (folder / "tzdata.zi").read_text(encoding="ascii").splitlines():
    words = line.split()
    if line.startswith("# version "):
        version = words[2]
    elif words[0] == "Z":
        names.add(words[1])
    elif words[0] == "L":
        names.add(words[2])
names.discard("Factory")  # the placeholder of a machine that has no zone yet

lines = []
for name in sorted(names):
    data = (folder / name).read_bytes()
    if data[:4] != b"TZif" or data[4:5] < b"2":
        sys.exit(f"{name}: not a TZif file of version 2 or later")
    rule = data.rstrip(b"\n").rsplit(b"\n", 1)[1].decode("ascii")
    if not rule:
        sys.exit(f"{name}: has no footer")
    lines.append(f"{name} {rule}")
zones = len(lines)

# Several to a row: a table to be looked up in, not to be read.
rows = [""]
for line in lines:
    if len(rows[-1]) + len(line) > 108:
        rows.append("")
    rows[-1] += ("; " if rows[-1] else "") + line

target.write_text(
    f'''// Written by scripts/make-zone-table.py from release {version} of the tz database; do not edit.

/// The current rule of every zone, for machines without zone files.
enum ZoneTable {{
    /// The release of the tz database that the rules are from.
    static let release = "{version}"

    /// Each zone's name and its POSIX TZ string, in the order of the names, parted by line ends and "; ".
    private static let rows = """
'''
    + "".join(f"        {row}\n" for row in rows)
    + '        """\n\n'
    + "    /// Each zone's name, a blank, and its rule.\n"
    + '    static var lines: [Substring] { rows.split { $0 == "\\n" || $0 == ";" }.map { $0.drop { $0 == " " } } }\n'
    + "}\n",
    encoding="ascii",
)
print(f"{target.name}: {zones} zones of release {version}")
