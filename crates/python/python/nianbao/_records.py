"""Records and documents as objects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from . import _html
from ._errors import ExtractError


class Record(dict[str, Any]):
    """A record: a dictionary as `nianbao extract` writes it (`nianbao schema record` describes it), shown as a page in
    notebooks."""

    def _repr_html_(self) -> str:
        return _html.record(self)


@dataclass(frozen=True)
class Document:
    """What one document gave."""

    #: Its name.
    path: str
    #: One record for each report found; none where there is an `error`.
    records: list[Record] = field(default_factory=list)
    #: Why there is no record.
    error: Optional[ExtractError] = None

    def __repr__(self) -> str:
        # Records are long: a list of documents is to be looked over.
        told = f"{len(self.records)} records" if self.error is None else f"error={self.error!r}"
        return f"<Document {self.path!r}: {told}>"

    def _repr_html_(self) -> str:
        return _html.document(self)
