"""`compare.py FOLDER`: a script that a user would write instead of `tidemark drift`; it finds each resource and
compares each value.

It uses Python's own comparison of lists and dictionaries, without the order of lists, references, operators or
coverage.
"""

import json
import sys
import time
from pathlib import Path

folder = Path(sys.argv[1])
state = json.loads((folder / "state.json").read_text())
expectations = json.loads((folder / "baseline.json").read_text())

start = time.perf_counter()
places = {}
for kind, _, description in state:
    for attribute in ("DBInstanceIdentifier", "GroupName"):
        if attribute in description:
            places.setdefault((kind, attribute, description[attribute]), []).append(description)
findings = []
for kind, attribute, value, expected in expectations:
    (found,) = places[kind, attribute, value]
    findings += [(kind, value, name) for name in expected if found.get(name) != expected[name]]
milliseconds = (time.perf_counter() - start) * 1000

print(f"{len(expectations)} expectations, {len(findings)} findings")
print(milliseconds)
