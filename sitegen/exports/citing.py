"""How the archive as a whole is cited: as a file in the Citation File Format, as metadata of DataCite, and as BibTeX.

All that is said stands in `sitegen.yaml`. What a format cannot do without is asked for (`lacking`), and never made up: neither a name nor a
year. An article is cited by `exports.citation`.

Sources: Citation File Format 1.2.0, schema guide; DataCite Metadata Schema 4.5, in its JSON form.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from sitegen.content.writer import quoted
from sitegen.exports.citation import MONTHS, tex
from sitegen.model.records import CitationSettings, Config, Contact, Creator
from sitegen.urls import slug

Form = Literal["cff", "datacite", "bibtex"]
NAMES: dict[Form, str] = {"cff": "CITATION.cff", "datacite": "datacite.json", "bibtex": "citation.bib"}
"""What a file of each form is called; the first name is the format's own rule, by which others find it."""
SPOKEN: dict[Form, str] = {"cff": "CITATION.cff", "datacite": "DataCite", "bibtex": "BibTeX"}
_NEEDED: dict[Form, tuple[str, ...]] = {"cff": ("creators",), "datacite": ("creators", "publisher", "date"), "bibtex": ()}
"""The keys of `citation` without which a form is none. A DOI is not among them: who registers the metadata gives it."""
_ORCID, SPDX = "https://orcid.org", "https://spdx.org/licenses/"
_MESSAGE = "Please cite this archive by what stands here."


def lacking(form: Form, citation: CitationSettings) -> tuple[str, ...]:
    """The keys that a form needs and that are not written.

    >>> lacking("datacite", CitationSettings(publisher="Lerre Archive"))
    ('creators', 'date')
    """
    return tuple(key for key in _NEEDED[form] if not getattr(citation, key))


def written(form: Form, config: Config, articles: int) -> str:
    """The citation of the archive, as the text of a file. `articles`: how many are public; DataCite alone tells them."""
    writers: dict[Form, Callable[[], str]] = {
        "cff": lambda: cff(config),
        "datacite": lambda: datacite(config, articles),
        "bibtex": lambda: bibtex(config),
    }
    return writers[form]()


def cff(config: Config) -> str:
    """The archive as a data set in the Citation File Format 1.2.0."""
    told = config.citation
    lines = ["cff-version: 1.2.0", f"message: {quoted(_MESSAGE)}", "type: dataset", f"title: {quoted(config.title)}"]
    if config.description:
        lines.append(f"abstract: {quoted(config.description)}")
    lines += ["authors:", *_entries(map(_cff_creator, told.creators))]
    single = {"version": told.version, "date-released": told.date, "doi": told.doi, "url": config.base_url, "license": told.licence}
    lines += [f"{key}: {quoted(value)}" for key, value in single.items() if value]
    if told.keywords:
        lines += ["keywords:", *(f"  - {quoted(word)}" for word in dict.fromkeys(told.keywords))]
    if contact := _cff_contact(told.contact):
        lines += ["contact:", *_entries([contact])]
    return "\n".join([*lines, ""])


def _cff_creator(creator: Creator) -> dict[str, str | None]:
    orcid = f"{_ORCID}/{creator.orcid}" if creator.orcid else None
    if creator.family:
        names = {"family-names": creator.family, "given-names": creator.given}
        return {**names, "orcid": orcid, "affiliation": creator.affiliation}
    return {"name": creator.name, "orcid": orcid}  # the format gives what has one name alone no affiliation


def _cff_contact(contact: Contact | None) -> dict[str, str | None]:
    told = {"name": contact.name, "email": contact.email} if contact is not None else {}
    return told if any(told.values()) else {}


def _entries(entries: Iterable[dict[str, str | None]]) -> Iterator[str]:
    """A list of mappings in YAML, each once, as the format asks."""
    seen: list[list[str]] = []
    for entry in entries:
        lines = [f"{key}: {quoted(value)}" for key, value in entry.items() if value]
        if lines not in seen:
            seen.append(lines)
            yield f"  - {lines[0]}"
            yield from (f"    {line}" for line in lines[1:])


def datacite(config: Config, articles: int) -> str:
    """The archive as DataCite's metadata 4.5, in JSON as its service takes them.

    What is deposited is a version of the site, which goes on: so it is related to the site's address.
    """
    told, year = config.citation, (config.citation.date or "")[:4]
    out: dict[str, Any] = {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "doi": told.doi,
        "types": {"resourceTypeGeneral": "Collection", "resourceType": "Annotated archive of articles"},
        "titles": [{"title": config.title, "lang": config.lang}],
        "creators": [_datacite_creator(one) for one in told.creators],
        "publisher": {"name": told.publisher},
        "publicationYear": year,
        "dates": [{"date": told.date, "dateType": "Issued"}] if told.date else [],
        "language": config.lang,
        "version": told.version,
        "sizes": [f"{articles} article{'' if articles == 1 else 's'}"],
        "subjects": [{"subject": word} for word in dict.fromkeys(told.keywords)],
        "descriptions": [{"description": config.description, "descriptionType": "Abstract", "lang": config.lang}]
        if config.description
        else [],
        "rightsList": [_rights(told.licence)] if told.licence else [],
        "contributors": [{"name": told.contact.name, "contributorType": "ContactPerson"}] if told.contact and told.contact.name else [],
        "relatedIdentifiers": [
            {"relatedIdentifier": config.base_url, "relatedIdentifierType": "URL", "relationType": "IsVersionOf"},
        ],
    }
    return json.dumps({key: value for key, value in out.items() if value}, ensure_ascii=False, indent=1) + "\n"


def _datacite_creator(creator: Creator) -> dict[str, Any]:
    """A creator. Whether a single name is a person's nobody has said, unless it has an ORCID iD, which only persons have."""
    name = ", ".join(part for part in (creator.family, creator.given) if part) if creator.family else creator.name
    is_person = creator.family is not None or creator.orcid is not None
    identifiers = [{"nameIdentifier": f"{_ORCID}/{creator.orcid}", "nameIdentifierScheme": "ORCID", "schemeUri": _ORCID}]
    out = {
        "name": name,
        "nameType": "Personal" if is_person else None,
        "givenName": creator.given,
        "familyName": creator.family,
        "nameIdentifiers": identifiers if creator.orcid else None,
        "affiliation": [{"name": creator.affiliation}] if creator.affiliation else None,
    }
    return {key: value for key, value in out.items() if value}


def _rights(licence: str) -> dict[str, str]:
    uri = f"{SPDX}{licence}.html"
    known = {"rightsIdentifier": licence, "rightsIdentifierScheme": "SPDX", "schemeUri": SPDX}
    return {"rights": licence, "rightsUri": uri, **known}


def bibtex(config: Config) -> str:
    """The archive as an entry of BibTeX. A body's name stands in braces of its own, so that no program takes it apart."""
    told = config.citation
    year, month, _ = [*(told.date or "").split("-"), "", ""][:3]
    authors = (
        ", ".join(_bibtex_name(part) for part in (one.family, one.given) if part) if one.family else f"{{{tex(one.name or '')}}}"
        for one in told.creators
    )
    fields = {
        "title": f"{{{tex(config.title)}}}",
        "author": " and ".join(authors),
        "publisher": tex(told.publisher or ""),
        "year": year,
        "month": MONTHS[int(month) - 1] if month else "",
        "version": tex(told.version or ""),
        "doi": told.doi or "",
        "url": config.base_url,
    }
    lines = [f"  {key} = {value if key == 'month' else f'{{{value}}}'}," for key, value in fields.items() if value]
    return "\n".join([f"@misc{{{slug(config.title) or 'archive'},", *lines, "}", ""])


def _bibtex_name(part: str) -> str:
    """A part of a person's name; in braces where BibTeX would find the end of it."""
    return f"{{{tex(part)}}}" if "," in part or " and " in f" {part.casefold()} " else tex(part)
