"""What Datasette shows of the database: titles, what the tables are, by what one narrows them, and questions to begin with."""

from __future__ import annotations

from typing import Any

import msgspec

from sitegen.exports.citing import SPDX
from sitegen.opendata.tables import TABLES
from sitegen.opendata.types import About

_QUERIES = {
    "words": (
        "Search the words of articles",
        'Signs with a meaning of their own: "…" a phrase, * what a word begins with, AND, OR, NOT.',
        """SELECT articles.title, articles.date, articles.publisher, snippet(articles_search, 1, '[', ']', ' … ', 24) AS found, articles.url
            FROM articles_search JOIN articles ON articles.rowid = articles_search.rowid
            WHERE articles_search MATCH :words ORDER BY rank LIMIT 200""",
    ),
    "series": (
        "The figures of a claim, in order of time",
        "claim: its id.",
        """SELECT day, value, least, most, unit, scope, source_names, words, url
            FROM figures_in_words WHERE claim = :claim ORDER BY day, statement""",
    ),
    "sources_of_claim": (
        "Who says something of a claim, and how often",
        "claim: its id.",
        """SELECT coalesce(sources.name, said.source) AS source, count(*) AS statements FROM statement_sources AS said
            JOIN statements ON statements.id = said.statement LEFT JOIN sources ON sources.id = said.source
            WHERE statements.claim = :claim AND said.role = 'said' GROUP BY said.source ORDER BY statements DESC, source""",
    ),
    "months": (
        "Articles by month",
        "By the first day that a date can mean.",
        """SELECT substr(first, 1, 7) AS month, count(*) AS articles
            FROM articles WHERE first NOT NULL GROUP BY month ORDER BY month""",
    ),
    "named": (
        "Which places are named most",
        "",
        """SELECT places.name, count(*) AS mentions, count(DISTINCT article) AS articles
            FROM place_mentions JOIN places ON places.id = place_mentions.place
            GROUP BY place ORDER BY articles DESC, mentions DESC, places.name LIMIT 200""",
    ),
}
"""By name: the title, what one gives, and the question."""


def metadata(about: About) -> list[bytes]:
    """The metadata file: `datasette archive.db --metadata archive.metadata.json`."""
    told = about.citation
    tables: dict[str, Any] = {
        table.name: {
            "description": table.about,
            "columns": {column.name: column.about for column in table.columns},
            "facets": list(table.faceted),
            **({"label_column": table.label} if table.label else {}),
        }
        for table in TABLES
    }
    tables["statements_in_words"] = {
        "description": "Statements with titles beside the ids.",
        "facets": ["claim_title", "source_names", "publisher"],
    }
    tables["figures_in_words"] = {"description": "Figures with titles beside the ids.", "facets": ["claim_title", "unit", "source_names"]}
    out: dict[str, Any] = {
        "title": about.title,
        "description": about.description or None,
        "source": about.title,
        "source_url": about.base_url,
        "license": told.licence,
        "license_url": f"{SPDX}{told.licence}.html" if told.licence else None,
        "databases": {
            "archive": {
                "description": "What readers of the site may see. Words of articles are their authors'.",
                "tables": tables,
                "queries": {
                    name: {"title": title, "description": says, "sql": " ".join(sql.split())}
                    for name, (title, says, sql) in _QUERIES.items()
                },
            }
        },
    }
    return [msgspec.json.format(msgspec.json.encode({key: value for key, value in out.items() if value is not None}), indent=1) + b"\n"]
