"""Documents to tables of Arrow. Needs pyarrow."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Optional, Union

from . import _nianbao
from ._errors import ExtractError
from ._extract import Source, _jobs
from ._settings import Settings, reader

if TYPE_CHECKING:
    import pyarrow

#: Texts of a batch have 32-bit offsets.
_LARGEST = (1 << 31) - (1 << 29)

Sources = Union[Source, Iterable[Union[Source, tuple[Source, str]]]]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    #: `text`, `category`, `json`, `integer`, `number` or `boolean`.
    kind: str
    #: What a value means.
    about: str


def tables() -> dict[str, list[Column]]:
    """The tables that records fill, and their columns: those of `nianbao export`."""
    return {name: [Column(*column) for column in columns] for name, _, columns in _nianbao.tables()}


def to_arrow(
    sources: Sources,
    table: str = "indicators",
    *,
    jobs: Optional[int] = None,
    settings: Optional[Settings] = None,
    failed: Optional[list[ExtractError]] = None,
    progress: Optional[Callable[[int], Any]] = None,
) -> pyarrow.RecordBatch:
    """A table of the records of one or many documents: the long panel, or another one of `tables()`.

    Rows and columns are those of `nianbao export --to parquet`. Documents that cannot be read are added to `failed`;
    without it the first one raises ExtractError. Raises OverflowError beyond 1.5 GiB: see `arrow_batches`.
    """
    import pyarrow

    batches = _batches(sources, table, jobs, settings, _LARGEST, failed is None, progress)
    batch = next(batches, None)
    _tell(batches, failed)
    if batch is None:
        batch = batches.rest()
    elif next(batches, None) is not None:
        raise OverflowError(f"the table {table} does not go into one batch: use nianbao.arrow_batches")
    _tell(batches, failed)
    return pyarrow.record_batch(batch)


def arrow_batches(
    sources: Sources,
    table: str = "indicators",
    *,
    batch_bytes: int = 16 << 20,
    jobs: Optional[int] = None,
    settings: Optional[Settings] = None,
    failed: Optional[list[ExtractError]] = None,
    progress: Optional[Callable[[int], Any]] = None,
) -> pyarrow.RecordBatchReader:
    """The same as a stream of batches of about `batch_bytes`: memory does not grow with the number of documents.

    DuckDB, polars and `pyarrow.parquet` read it as it comes.
    """
    import pyarrow

    batches = _batches(sources, table, jobs, settings, _most(batch_bytes), failed is None, progress)
    schema = pyarrow.schema(batches.rest())

    def told() -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            _tell(batches, failed)
            yield pyarrow.record_batch(batch)
        _tell(batches, failed)

    return pyarrow.RecordBatchReader.from_batches(schema, told())


def extract_batch(
    documents: Iterable[Union[Source, tuple[Source, str]]],
    *,
    tables: Sequence[str] = ("indicators",),
    with_record: bool = False,
    batch_bytes: int = 16 << 20,
    jobs: int = 1,
    settings: Optional[Settings] = None,
) -> Iterator[pyarrow.RecordBatch]:
    """One row for each record and one for each document that cannot be read, in batches of about `batch_bytes`: for
    engines such as Spark, in whose workers an exception or a dead process ends the job.

    No document raises; of formats that could take the process down it is read in a child process, whatever
    `settings.isolation` says but "never". `documents` are paths, bytes, or pairs of one of them and a name, in any
    number. Columns, the same for all batches (`batch_schema` says them):

    * `path`: the document's name; never null.
    * `part`: position of the record in its document, from 0; null for an error.
    * `record`, where asked for `with_record`: the record as a line of JSON, as `nianbao extract` writes it.
    * one for each of `tables`: a list of its rows, as structs.
    * `error`: a struct of `stage`, `code` and `message`; null for a record.

    Ids in `report_id` are those of the records: the same bytes at two paths have the same id, which the export tells
    apart by -2, -3, …
    """
    import pyarrow

    batches = reader(settings).nested(documents, _jobs(jobs), list(tables), with_record, _most(batch_bytes))
    for batch in batches:
        yield pyarrow.record_batch(batch)


def batch_schema(
    *, tables: Sequence[str] = ("indicators",), with_record: bool = False, settings: Optional[Settings] = None
) -> pyarrow.Schema:
    """The schema of the batches that `extract_batch` gives for the same arguments."""
    import pyarrow

    return pyarrow.schema(reader(settings).nested((), 1, list(tables), with_record, 1).rest())


def _batches(
    sources: Sources,
    table: str,
    jobs: Optional[int],
    settings: Optional[Settings],
    most: int,
    strict: bool,
    progress: Optional[Callable[[int], Any]],
) -> _nianbao.Batches:
    if isinstance(sources, (str, bytes, bytearray, os.PathLike)):
        sources = [sources]
    return reader(settings).table(sources, _jobs(jobs), table, most, strict, progress)


def _tell(batches: _nianbao.Batches, failed: Optional[list[ExtractError]]) -> None:
    errors = [ExtractError(*error) for error in batches.failed()]
    if failed is not None:
        failed.extend(errors)
    elif errors:
        raise errors[0]


def _most(batch_bytes: int) -> int:
    if not 1 <= batch_bytes <= _LARGEST:
        raise ValueError(f"batch_bytes cannot be {batch_bytes} (1 to {_LARGEST})")
    return batch_bytes
