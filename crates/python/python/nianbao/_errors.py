"""What can go wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._records import Record


class NianbaoError(Exception):
    """What went wrong in nianbao."""


class ExtractError(NianbaoError):
    """A document gave no record; the fields say which, where and why."""

    #: The document's name.
    path: str
    #: The stage that failed: `input` (it could not be read), `reading`, …
    stage: str
    #: Stable code in snake case: `not_found`, `empty`, `encrypted`, `timeout`, …
    code: str
    #: What is wrong and what to do about it.
    message: str

    def __init__(self, path: str, stage: str, code: str, message: str) -> None:
        super().__init__(path, stage, code, message)
        self.path, self.stage, self.code, self.message = path, stage, code, message

    def __str__(self) -> str:
        return f"{self.path or '<bytes>'}: {self.stage}: {self.code}: {self.message}"


class SeveralRecordsError(NianbaoError):
    """A document holds several records, or none, where one was asked for. They stand in `records`."""

    #: The document's name.
    path: str
    #: What it holds.
    records: list[Record]

    def __init__(self, path: str, records: list[Any]) -> None:
        super().__init__(path, records)
        self.path, self.records = path, records

    def __str__(self) -> str:
        return f"{self.path or '<bytes>'}: it holds {len(self.records)} records, not one; extract_records gives them all"


class ProfileError(NianbaoError):
    """A profile is not understood."""
