"""What a tool made of one page, and of all of them."""
from __future__ import annotations

from dataclasses import dataclass, field

Grid = list[list[str]]
"""A table as a rectangle: a merged cell's text stands at every position that it covers."""


@dataclass
class Extraction:
    """One page; what the tool does not offer stays None."""

    path: str
    text: str | None = None
    title: str | None = None
    date: str | None = None
    tables: list[Grid] | None = None
    agency: str | None = None
    year: int | None = None
    error: str | None = None


@dataclass
class Run:
    """All pages; `seconds` is CPU time for each page, `offers` names the fields that the tool has at all."""

    name: str
    version: str
    offers: frozenset[str]
    seconds: float
    pages: dict[str, Extraction] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def page(self, path: str) -> Extraction:
        """The page's extraction; a page without one counts as failed."""
        return self.pages.get(path) or Extraction(path, error='nothing came back')
