"""The list of what a release contains, as SPDX 2.3: https://spdx.github.io/spdx-spec/v2.3/."""

import hashlib
import json
import re
import uuid
from datetime import datetime, timezone
from pathlib import Path

from components import Component
from source import Source

RUNTIME = ("libcurl4", "libc6")
"""What the program loads when it runs; it is not in the release."""


def document(source: Source, program: Path, parts: list[Component]) -> str:
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    created = datetime.fromtimestamp(source.time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    tidemark = package("tidemark", source.version, "Apache-2.0") | {
        "primaryPackagePurpose": "APPLICATION",
        "packageFileName": "tidemark",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
    }
    contained = [
        package(part.name, part.version, part.license)
        | {
            "externalRefs": [
                {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": part.location}
            ]
        }
        for part in parts
    ]
    loaded = [package(name, None, "NOASSERTION") for name in RUNTIME]
    relationships = [related("SPDXRef-DOCUMENT", "DESCRIBES", tidemark)]
    relationships += [related(tidemark["SPDXID"], "STATIC_LINK", part) for part in contained]
    relationships += [related(tidemark["SPDXID"], "DYNAMIC_LINK", part) for part in loaded]
    content = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": source.name,
        "documentNamespace": f"https://spdx.org/spdxdocs/{source.name}-{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",
        "creationInfo": {"created": created, "creators": [f"Tool: tidemark-package-{source.version}"]},
        "packages": [tidemark, *contained, *loaded],
        "relationships": relationships,
    }
    return json.dumps(content, indent=2) + "\n"


def package(name: str, version: str | None, license: str) -> dict:
    described = {
        "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", name),
        "name": name,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseConcluded": license,
        "licenseDeclared": license,
        "copyrightText": "NOASSERTION",
    }
    return described | ({"versionInfo": version} if version else {})


def related(element: str, relationship: str, other: dict) -> dict:
    return {"spdxElementId": element, "relationshipType": relationship, "relatedSpdxElement": other["SPDXID"]}
