"""The catalogue of the open data, in the W3C's Data Catalog Vocabulary (DCAT 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from sitegen.exports.citing import SPDX
from sitegen.model.opendata import DataFile
from sitegen.opendata.tables import VERSION
from sitegen.opendata.types import About, File

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "void": "http://rdfs.org/ns/void#",
    "schema": "https://schema.org/",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"


def catalogue(
    about: About, made: Iterable[tuple[File, DataFile]], counts: Mapping[str, int], folder: str, tables: Mapping[str, str]
) -> bytes:
    """The data set with a distribution for each file: its size in bytes, its media type, the standard that it follows; and how many rows
    each table has. What the settings do not say is not said: no licence, no publisher."""
    told, here = about.citation, about.base_url + folder
    licence = {"@id": f"{SPDX}{told.licence}.html"} if told.licence else None
    dataset: dict[str, Any] = {
        "@id": f"{here}#dataset",
        "@type": "dcat:Dataset",
        "dcterms:title": {"@value": about.title, "@language": about.lang},
        "dcterms:description": {"@value": about.description, "@language": about.lang} if about.description else None,
        "dcterms:language": about.lang,
        "dcterms:license": licence,
        "dcterms:publisher": {"@type": "foaf:Agent", "foaf:name": told.publisher} if told.publisher else None,
        "dcterms:creator": [{"@type": "foaf:Agent", "foaf:name": _name(one.name, one.given, one.family)} for one in told.creators] or None,
        "dcterms:identifier": f"https://doi.org/{told.doi}" if told.doi else None,
        "dcat:version": told.version,
        "dcat:keyword": [*told.keywords] or None,
        "dcat:landingPage": {"@id": here},
        "schema:variableMeasured": [
            {"@type": "schema:PropertyValue", "schema:name": name, "schema:description": tables[name], "schema:value": count}
            for name, count in counts.items()
        ],
        "dcat:distribution": [_distribution(*one, here, licence) for one in made],
    }
    catalog = {
        "@context": _CONTEXT,
        "@id": f"{here}catalog.jsonld",
        "@type": "dcat:Catalog",
        "dcterms:title": {"@value": about.title, "@language": about.lang},
        "foaf:homepage": {"@id": about.base_url},
        "dcat:dataset": [_said(dataset)],
    }
    return msgspec.json.format(msgspec.json.encode(catalog), indent=1) + b"\n"


def _distribution(file: File, one: DataFile, here: str, licence: Mapping[str, str] | None) -> dict[str, Any]:
    return _said(
        {
            "@id": here + file.name,
            "@type": "dcat:Distribution",
            "dcterms:title": file.name,
            "dcterms:description": {"@value": file.about, "@language": "en"},
            "dcat:downloadURL": {"@id": here + file.name},
            "dcat:mediaType": {"@id": _MEDIA + file.media},
            "dcat:byteSize": one.size,
            "void:entities": one.rows if one.rows >= 0 else None,
            "dcterms:license": licence,
            "dcterms:conformsTo": [{"@id": address} for address in (file.form, here + file.schema if file.schema else "") if address]
            or None,
            "dcat:version": str(VERSION),
        }
    )


def _said(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None}


def _name(name: str | None, given: str | None, family: str | None) -> str:
    return name or " ".join(part for part in (given, family) if part)
