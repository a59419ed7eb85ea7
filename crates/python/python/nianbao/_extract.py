"""Documents to records."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Optional, Union

from ._errors import ExtractError, SeveralRecordsError
from ._records import Document, Record
from ._settings import Settings, reader

#: A document: its path, or its bytes.
Source = Union[str, "os.PathLike[str]", bytes]


def extract(source: Source, *, name: Optional[str] = None, settings: Optional[Settings] = None) -> Record:
    """The record of a document that holds one.

    `source` is a path or the document's bytes; `name` is what the record calls it, and its ending helps to tell the
    format. Raises ExtractError where the document cannot be read, and SeveralRecordsError, which bears the records,
    where it holds more than one.
    """
    path, records = _read(source, name, settings)
    if len(records) != 1:
        raise SeveralRecordsError(path, records)
    return records[0]


def extract_records(source: Source, *, name: Optional[str] = None, settings: Optional[Settings] = None) -> list[Record]:
    """The records of a document, one for each report found in it. Raises ExtractError where it cannot be read."""
    return _read(source, name, settings)[1]


def extract_many(
    sources: Iterable[Union[Source, tuple[Source, str]]],
    *,
    jobs: Optional[int] = None,
    settings: Optional[Settings] = None,
    progress: Optional[Callable[[int], Any]] = None,
) -> Iterator[Document]:
    """Reads many documents on `jobs` threads (one for each processor), and yields them in order.

    Each source is a path, bytes, or a pair of one of them and its name. Sources are taken as they are needed, four for
    each thread at most: memory does not grow with their number. A document that cannot be read has an `error` and no
    records; it costs no other. `progress` is called with the number of documents done. Ctrl-C ends the waiting at once,
    and no other document is begun.
    """
    for path, records, failed in reader(settings).many(sources, _jobs(jobs), progress):
        if failed is not None:
            yield Document(path, error=ExtractError(path, *failed))
        else:
            yield Document(path, [Record(record) for record in records or ()])


def _read(source: Source, name: Optional[str], settings: Optional[Settings]) -> tuple[str, list[Record]]:
    path, records, failed = reader(settings).one(source, name)
    if failed is not None:
        raise ExtractError(path, *failed)
    return path, [Record(record) for record in records or ()]


def _jobs(jobs: Optional[int]) -> int:
    if jobs is None:
        return os.cpu_count() or 1
    if jobs < 1:
        raise ValueError(f"jobs cannot be {jobs}: at least one thread must work")
    return jobs
